package strings

import (
	"unicode/utf8"
	"unsafe"
)

// Builder makes a string piece by piece without copying it at the end.  Its
// zero value is ready to use.  Once used, it must not be copied.
type Builder struct {
	self *Builder // the Builder itself, once something was written: a copy has another address
	buf  []byte   // never shortened, as String gives its bytes away
}

// check panics if b is a copy of a Builder in use.
func (b *Builder) check() {
	if b.self == nil {
		// Through uintptr, so that pointing to itself does not move every Builder to the
		// heap.
		address := uintptr(unsafe.Pointer(b))
		b.self = (*Builder)(unsafe.Pointer(address ^ 0))
	} else if b.self != b {
		panic("strings: illegal use of non-zero Builder copied by value")
	}
}

// String returns what was written so far.
func (b *Builder) String() string { return unsafe.String(unsafe.SliceData(b.buf), len(b.buf)) }

// Len returns the number of bytes written so far.
func (b *Builder) Len() int { return len(b.buf) }

// Cap returns how many bytes fit in the memory held now, those already written
// included.
func (b *Builder) Cap() int { return cap(b.buf) }

// Reset makes b empty.
func (b *Builder) Reset() {
	b.self = nil
	b.buf = nil
}

// Grow makes room for n more bytes, so that they can be written without
// another allocation.  It panics if n is negative.
func (b *Builder) Grow(n int) {
	b.check()
	if n < 0 {
		panic("strings.Builder.Grow: negative count")
	}
	if cap(b.buf)-len(b.buf) < n {
		// Appending to nothing rounds the size up to what the allocator hands out.
		buf := append([]byte(nil), make([]byte, 2*cap(b.buf)+n)...)
		b.buf = buf[:copy(buf, b.buf)]
	}
}

// Write appends p.  The error is always nil.
func (b *Builder) Write(p []byte) (int, error) {
	b.check()
	b.buf = append(b.buf, p...)
	return len(p), nil
}

// WriteByte appends c.  The error is always nil.
func (b *Builder) WriteByte(c byte) error {
	b.check()
	b.buf = append(b.buf, c)
	return nil
}

// WriteRune appends the encoding of r and returns its length.  The error is
// always nil.
func (b *Builder) WriteRune(r rune) (int, error) {
	b.check()
	n := len(b.buf)
	b.buf = utf8.AppendRune(b.buf, r)
	return len(b.buf) - n, nil
}

// WriteString appends s.  The error is always nil.
func (b *Builder) WriteString(s string) (int, error) {
	b.check()
	b.buf = append(b.buf, s...)
	return len(s), nil
}
