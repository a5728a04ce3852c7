package runtime

const (
	sysFcntl = 25
	sysWrite = 64
)
