package syscall

import "unsafe"

// System calls are the runtime's.

func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)
func Syscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno)
func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)
func RawSyscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno)

func rawSyscallNoError(trap, a1, a2, a3 uintptr) (r1, r2 uintptr) {
	r1, r2, _ = RawSyscall(trap, a1, a2, a3)
	return r1, r2
}

// rawVforkSyscall makes a process. Compiled code may move its stack and ask the scheduler in the child, so the child
// gets memory of its own instead of the parent's: a fork.
func rawVforkSyscall(trap, a1, a2, a3 uintptr) (r1 uintptr, err Errno) {
	const shared = CLONE_VM | CLONE_VFORK
	if trap == SYS_CLONE {
		r1, _, err = RawSyscall6(trap, a1&^shared, a2, a3, 0, 0, 0)
		return r1, err
	}
	// clone3: the flags are the first word of its argument.
	flags := (*uint64)(unsafe.Pointer(a1))
	saved := *flags
	*flags &^= shared
	r1, _, err = RawSyscall(trap, a1, a2, a3)
	*flags = saved
	return r1, err
}

func gettimeofday(tv *Timeval) (err Errno) {
	_, _, err = RawSyscall(SYS_GETTIMEOFDAY, uintptr(unsafe.Pointer(tv)), 0, 0)
	return err
}
