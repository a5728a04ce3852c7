package runtime

const (
	sysFcntl     = 25
	sysWrite     = 64
	sysExitGroup = 94
	sysKill      = 129
	sysGetpid    = 172
)
