package runtime

const (
	sysWrite = 1
	sysFcntl = 72
)
