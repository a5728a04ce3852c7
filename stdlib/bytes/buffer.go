package bytes

import (
	"errors"
	"io"
	"unicode/utf8"
)

// Buffer is a sequence of bytes that is written at the end and read at the
// start.  Its zero value is empty and ready to use.
type Buffer struct {
	buf  []byte // the unread part is buf[off:]
	off  int
	last lastRead // what can be unread
}

// lastRead says what the last operation read: the size of a rune, or one of
// the other values.
type lastRead int8

const (
	readNothing lastRead = 0 // not a read
	readBytes   lastRead = -1
)

// MinRead is the least room that [Buffer.ReadFrom] gives a Read.
const MinRead = 512

// firstSize is the first allocation for small writes.
const firstSize = 64

// ErrTooLarge is panicked with if memory for a buffer cannot be had.
var ErrTooLarge = errors.New("bytes.Buffer: too large")

var errNegativeRead = errors.New("bytes.Buffer: reader returned negative count from Read")

// NewBuffer returns a Buffer that has the contents of buf and writes behind
// them.  The caller must leave buf alone from now on.
func NewBuffer(buf []byte) *Buffer { return &Buffer{buf: buf} }

// NewBufferString returns a Buffer that has the contents of s.
func NewBufferString(s string) *Buffer { return &Buffer{buf: []byte(s)} }

// Bytes returns the unread part.  It is valid until the next change of the
// buffer.
func (b *Buffer) Bytes() []byte { return b.buf[b.off:] }

// AvailableBuffer returns an empty slice with the unused capacity, to append to
// and pass to the next Write.  It is valid until the next change of the
// buffer.
func (b *Buffer) AvailableBuffer() []byte { return b.buf[len(b.buf):] }

// String returns the unread part as a string, "<nil>" for a nil *Buffer.
func (b *Buffer) String() string {
	if b == nil {
		return "<nil>" // what a debugger wants to see
	}
	return string(b.buf[b.off:])
}

// Len returns the length of the unread part.
func (b *Buffer) Len() int { return len(b.buf) - b.off }

// Cap returns the capacity of the memory the buffer has.
func (b *Buffer) Cap() int { return cap(b.buf) }

// Available returns how many bytes can be written without allocation.
func (b *Buffer) Available() int { return cap(b.buf) - len(b.buf) }

// Truncate drops all unread bytes but the first n.  It panics if n is negative
// or there are not so many.
func (b *Buffer) Truncate(n int) {
	if n == 0 {
		b.Reset()
		return
	}
	b.last = readNothing
	if n < 0 || n > b.Len() {
		panic("bytes.Buffer: truncation out of range")
	}
	b.buf = b.buf[:b.off+n]
}

// Reset makes the buffer empty but keeps its memory.
func (b *Buffer) Reset() {
	b.buf = b.buf[:0]
	b.off = 0
	b.last = readNothing
}

// extend makes the buffer n bytes longer and returns where they begin.
func (b *Buffer) extend(n int) int {
	at := len(b.buf)
	if n <= cap(b.buf)-at {
		b.buf = b.buf[:at+n]
		return at
	}
	return b.extendSlow(n)
}

func (b *Buffer) extendSlow(n int) int {
	m := b.Len()
	if m == 0 && b.off != 0 {
		b.Reset()
		if n <= cap(b.buf) {
			b.buf = b.buf[:n]
			return 0
		}
	}
	if b.buf == nil && n <= firstSize {
		b.buf = make([]byte, n, firstSize)
		return 0
	}
	c := cap(b.buf)
	switch {
	case n <= c/2-m:
		// Move down.  Only if that leaves half of the memory free, or the bytes
		// would be moved again and again.
		copy(b.buf, b.buf[b.off:])
	case c > maxInt-c-n:
		panic(ErrTooLarge)
	default:
		b.buf = enlarge(b.buf[b.off:], b.off+n)
	}
	b.off = 0
	b.buf = b.buf[:m+n]
	return m
}

// enlarge returns a copy of b with room for n more bytes, at least doubled.
func enlarge(b []byte, n int) []byte {
	defer func() {
		if recover() != nil {
			panic(ErrTooLarge)
		}
	}()
	c := max(len(b)+n, 2*cap(b))
	// append rounds up to what the allocator hands out.
	bigger := append([]byte(nil), make([]byte, c)...)
	return bigger[:copy(bigger, b)]
}

// Grow makes sure that n more bytes can be written without allocation.  It
// panics if n is negative, and with [ErrTooLarge] if the memory cannot be had.
func (b *Buffer) Grow(n int) {
	if n < 0 {
		panic("bytes.Buffer.Grow: negative count")
	}
	b.buf = b.buf[:b.extend(n)]
}

// Write appends p.  The error is always nil; it panics with [ErrTooLarge] if the
// buffer becomes too large.
func (b *Buffer) Write(p []byte) (n int, err error) {
	b.last = readNothing
	return copy(b.buf[b.extend(len(p)):], p), nil
}

// WriteString appends s.  The error is always nil; it panics with [ErrTooLarge]
// if the buffer becomes too large.
func (b *Buffer) WriteString(s string) (n int, err error) {
	b.last = readNothing
	return copy(b.buf[b.extend(len(s)):], s), nil
}

// WriteByte appends c.  The error is always nil.
func (b *Buffer) WriteByte(c byte) error {
	b.last = readNothing
	b.buf[b.extend(1)] = c
	return nil
}

// WriteRune appends the encoding of r and returns its length.  The error is
// always nil.
func (b *Buffer) WriteRune(r rune) (n int, err error) {
	if uint32(r) < utf8.RuneSelf {
		b.WriteByte(byte(r))
		return 1, nil
	}
	b.last = readNothing
	at := b.extend(utf8.UTFMax)
	b.buf = utf8.AppendRune(b.buf[:at], r)
	return len(b.buf) - at, nil
}

// ReadFrom appends all of r until EOF, which is not returned as an error.
func (b *Buffer) ReadFrom(r io.Reader) (n int64, err error) {
	b.last = readNothing
	for {
		at := b.extend(MinRead)
		b.buf = b.buf[:at]
		m, err := r.Read(b.buf[at:cap(b.buf)])
		if m < 0 {
			panic(errNegativeRead)
		}
		b.buf = b.buf[:at+m]
		n += int64(m)
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// WriteTo writes the unread part to w and makes the buffer empty, if there is no
// error.
func (b *Buffer) WriteTo(w io.Writer) (n int64, err error) {
	b.last = readNothing
	if size := b.Len(); size > 0 {
		m, err := w.Write(b.buf[b.off:])
		if m > size {
			panic("bytes.Buffer.WriteTo: invalid Write count")
		}
		b.off += m
		n = int64(m)
		if err != nil {
			return n, err
		}
		if m != size {
			return n, io.ErrShortWrite
		}
	}
	b.Reset()
	return n, nil
}

// Read reads the next len(p) bytes, or what is left.  If nothing is left, the
// error is EOF, unless p is empty.
func (b *Buffer) Read(p []byte) (n int, err error) {
	b.last = readNothing
	if b.Len() == 0 {
		b.Reset()
		if len(p) == 0 {
			return 0, nil
		}
		return 0, io.EOF
	}
	n = copy(p, b.buf[b.off:])
	b.off += n
	if n > 0 {
		b.last = readBytes
	}
	return n, nil
}

// Peek returns the next n bytes without reading them; if there are not so many,
// what there is and EOF.  They are valid until the next change of the buffer.
func (b *Buffer) Peek(n int) ([]byte, error) {
	if b.Len() < n {
		return b.buf[b.off:], io.EOF
	}
	return b.buf[b.off : b.off+n], nil
}

// Next reads and returns the next n bytes, or what is left.  They are valid
// until the next change of the buffer.
func (b *Buffer) Next(n int) []byte {
	b.last = readNothing
	n = min(n, b.Len())
	next := b.buf[b.off : b.off+n]
	b.off += n
	if n > 0 {
		b.last = readBytes
	}
	return next
}

// ReadByte reads a byte.
func (b *Buffer) ReadByte() (byte, error) {
	if b.Len() == 0 {
		b.Reset()
		return 0, io.EOF
	}
	c := b.buf[b.off]
	b.off++
	b.last = readBytes
	return c, nil
}

// ReadRune reads a rune and returns it with the number of bytes it took.
func (b *Buffer) ReadRune() (r rune, size int, err error) {
	if b.Len() == 0 {
		b.Reset()
		return 0, 0, io.EOF
	}
	r, size = utf8.DecodeRune(b.buf[b.off:])
	b.off += size
	b.last = lastRead(size)
	return r, size, nil
}

// UnreadRune undoes a ReadRune, if that was the last operation and
// successful; otherwise it is an error.
func (b *Buffer) UnreadRune() error {
	if b.last <= readNothing {
		return errors.New("bytes.Buffer: UnreadRune: previous operation was not a successful ReadRune")
	}
	b.off -= int(b.last)
	b.last = readNothing
	return nil
}

// UnreadByte puts back the last byte of what was read, if the last operation
// was a read and got something; otherwise it is an error.
func (b *Buffer) UnreadByte() error {
	if b.last == readNothing {
		return errors.New("bytes.Buffer: UnreadByte: previous operation was not a successful read")
	}
	b.last = readNothing
	if b.off > 0 {
		b.off--
	}
	return nil
}

// ReadBytes reads up to and including the first delim.  Without delim it reads
// all that is left and returns EOF with it.  The bytes are a copy.
func (b *Buffer) ReadBytes(delim byte) (line []byte, err error) {
	slice, err := b.readSlice(delim)
	return append(line, slice...), err
}

// ReadString is [Buffer.ReadBytes] with a string as result.
func (b *Buffer) ReadString(delim byte) (line string, err error) {
	slice, err := b.readSlice(delim)
	return string(slice), err
}

func (b *Buffer) readSlice(delim byte) (line []byte, err error) {
	end := len(b.buf)
	if i := IndexByte(b.buf[b.off:], delim); i >= 0 {
		end = b.off + i + 1
	} else {
		err = io.EOF
	}
	line = b.buf[b.off:end]
	b.off = end
	b.last = readBytes
	return line, err
}
