package runtime

const (
	sysWrite     = 1
	sysGetpid    = 39
	sysKill      = 62
	sysFcntl     = 72
	sysExitGroup = 231
)
