// Package alias tells how slices overlap, which ciphers must know as they may write
// where they read, but only from the same place on.
package alias

import "unsafe"

// Any reports whether x and y share memory.
func Any(x, y []byte) bool {
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	a, b := uintptr(unsafe.Pointer(&x[0])), uintptr(unsafe.Pointer(&y[0]))
	return a < b+uintptr(len(y)) && b < a+uintptr(len(x))
}

// Inexact reports whether x and y share memory but do not begin at the same place.
func Inexact(x, y []byte) bool {
	return Any(x, y) && &x[0] != &y[0]
}
