// Package sysrand has the random numbers of the operating system, for crypto/rand and for
// packages that it imports itself.
package sysrand

import (
	"syscall"
	"unsafe"
)

// chunk is how much is asked for at once: so much a signal cannot interrupt.
const chunk = 256

// Read fills b by getrandom(2).
func Read(b []byte) (n int, err error) {
	for n < len(b) {
		part := b[n:min(n+chunk, len(b))]
		got, _, errno := syscall.Syscall(sysGetrandom, uintptr(unsafe.Pointer(&part[0])), uintptr(len(part)), 0)
		if errno == syscall.EINTR {
			continue
		}
		if errno != 0 {
			return n, errno
		}
		n += int(got)
	}
	return n, nil
}
