// Package subtle has functions whose time does not depend on the values that they
// are given, which code that handles secrets needs.
package subtle

import "unsafe"

// ConstantTimeCompare returns 1 if x and y have the same contents, else 0.  The
// time depends on their lengths only; if these differ it returns at once.
func ConstantTimeCompare(x, y []byte) int {
	if len(x) != len(y) {
		return 0
	}
	var v byte
	for i := range x {
		v |= x[i] ^ y[i]
	}
	return ConstantTimeByteEq(v, 0)
}

// ConstantTimeSelect returns x if v is 1 and y if v is 0; v must be one of these.
func ConstantTimeSelect(v, x, y int) int { return ^(v-1)&x | (v-1)&y }

// ConstantTimeByteEq returns 1 if x == y, else 0.
func ConstantTimeByteEq(x, y uint8) int {
	return int((uint32(x^y) - 1) >> 31)
}

// ConstantTimeEq returns 1 if x == y, else 0.
func ConstantTimeEq(x, y int32) int {
	return int((uint64(uint32(x^y)) - 1) >> 63)
}

// ConstantTimeCopy copies y to x, which has the same length, if v is 1, and leaves
// it alone if v is 0; v must be one of these.
func ConstantTimeCopy(v int, x, y []byte) {
	if len(x) != len(y) {
		panic("subtle: slices have different lengths")
	}
	keep, take := byte(v-1), ^byte(v-1)
	for i := range x {
		x[i] = x[i]&keep | y[i]&take
	}
}

// ConstantTimeLessOrEq returns 1 if x <= y, else 0; both must be from 0 to 2**31-1.
func ConstantTimeLessOrEq(x, y int) int {
	return int(uint32(int32(x)-int32(y)-1) >> 31)
}

// WithDataIndependentTiming calls f with the processor set so that the time of its
// instructions does not depend on their operands, where that can be set.  On amd64
// it just calls f.
func WithDataIndependentTiming(f func()) { f() }

// XORBytes sets dst[i] = x[i] ^ y[i] for as many bytes as the shorter of x and y
// has, and returns their number.  It panics if dst is shorter, or if it overlaps x
// or y other than by starting at the same place.
func XORBytes(dst, x, y []byte) int {
	n := min(len(x), len(y))
	if n == 0 {
		return 0
	}
	if n > len(dst) {
		panic("subtle.XORBytes: dst too short")
	}
	dst, x, y = dst[:n], x[:n], y[:n]
	if overlapInexactly(dst, x) || overlapInexactly(dst, y) {
		panic("subtle.XORBytes: invalid overlap")
	}
	i := 0
	for ; i+8 <= n; i += 8 {
		*(*uint64)(unsafe.Pointer(&dst[i])) = *(*uint64)(unsafe.Pointer(&x[i])) ^ *(*uint64)(unsafe.Pointer(&y[i]))
	}
	for ; i < n; i++ {
		dst[i] = x[i] ^ y[i]
	}
	return n
}

// overlapInexactly reports whether x and y, of the same length, share memory but
// do not start at the same place.
func overlapInexactly(x, y []byte) bool {
	a, b := uintptr(unsafe.Pointer(&x[0])), uintptr(unsafe.Pointer(&y[0]))
	return a != b && a < b+uintptr(len(y)) && b < a+uintptr(len(x))
}
