package syscall

import "sync/atomic"

// nofile is the limit of open files that the process was started with, if it was raised: programs that are started get it back.
// The low soft limit that systems set is for programs that use select, which cannot handle more.
var nofile atomic.Pointer[Rlimit]

func init() {
	var l Rlimit
	if Getrlimit(RLIMIT_NOFILE, &l) != nil || l.Cur == l.Max {
		return
	}
	raised := Rlimit{l.Max, l.Max}
	if setrlimit(RLIMIT_NOFILE, &raised) == nil {
		nofile.Store(&l)
	}
}
