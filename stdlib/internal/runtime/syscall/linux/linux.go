// Package linux makes system calls that the scheduler is not told of.
package linux

import _ "unsafe"

// Syscall6 makes the system call num; errno is 0 if it succeeded.
func Syscall6(num, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, errno uintptr) {
	return rawSyscall6(num, a1, a2, a3, a4, a5, a6)
}

//go:linkname rawSyscall6 syscall.RawSyscall6
func rawSyscall6(num, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, errno uintptr)
