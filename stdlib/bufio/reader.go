// Package bufio puts a buffer between a program and an io.Reader or io.Writer
// and has functions for text input.
//
// Files: reader.go, writer.go (with ReadWriter) and scan.go.
package bufio

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

const (
	defaultBufSize = 4096
	minSize        = 16 // a rune always fits
	// maxEmptyReads is how many reads in a row may bring neither data nor an
	// error.
	maxEmptyReads = 100
)

var (
	ErrInvalidUnreadByte = errors.New("bufio: invalid use of UnreadByte")
	ErrInvalidUnreadRune = errors.New("bufio: invalid use of UnreadRune")
	ErrBufferFull        = errors.New("bufio: buffer full")
	ErrNegativeCount     = errors.New("bufio: negative count")
)

var errNegativeRead = errors.New("bufio: reader returned negative count from Read")

// Reader reads from an io.Reader through a buffer.  Make one with [NewReader] or
// [NewReaderSize], or call [Reader.Reset] on a zero one.
type Reader struct {
	buf      []byte
	rd       io.Reader
	r, w     int   // unread is buf[r:w]
	err      error // from rd, not reported yet
	lastByte int   // for UnreadByte, or -1
	lastRune int   // size of the rune, for UnreadRune, or -1
}

// NewReaderSize returns a Reader with a buffer of at least the given size.  If
// rd is already one, it is returned.
func NewReaderSize(rd io.Reader, size int) *Reader {
	if b, ok := rd.(*Reader); ok && len(b.buf) >= size {
		return b
	}
	b := new(Reader)
	b.start(make([]byte, max(size, minSize)), rd)
	return b
}

// NewReader returns a Reader with a buffer of the default size.
func NewReader(rd io.Reader) *Reader { return NewReaderSize(rd, defaultBufSize) }

// Size returns the size of the buffer.
func (b *Reader) Size() int { return len(b.buf) }

// Reset drops what is buffered and makes b read from r.  A zero Reader gets a
// buffer of the default size.  Resetting b to itself does nothing.
func (b *Reader) Reset(r io.Reader) {
	if b == r {
		return
	}
	if b.buf == nil {
		b.buf = make([]byte, defaultBufSize)
	}
	b.start(b.buf, r)
}

func (b *Reader) start(buf []byte, r io.Reader) {
	*b = Reader{buf: buf, rd: r, lastByte: -1, lastRune: -1}
}

// takeErr returns the pending error once.
func (b *Reader) takeErr() error {
	err := b.err
	b.err = nil
	return err
}

// fill reads more into the buffer, which must not be full.
func (b *Reader) fill() {
	if b.r > 0 {
		copy(b.buf, b.buf[b.r:b.w])
		b.w -= b.r
		b.r = 0
	}
	if b.w >= len(b.buf) {
		panic("bufio: tried to fill full buffer")
	}
	for range maxEmptyReads {
		n, err := b.rd.Read(b.buf[b.w:])
		if n < 0 {
			panic(errNegativeRead)
		}
		b.w += n
		if err != nil {
			b.err = err
			return
		}
		if n > 0 {
			return
		}
	}
	b.err = io.ErrNoProgress
}

// Buffered returns how many bytes can be read from the buffer.
func (b *Reader) Buffered() int { return b.w - b.r }

// Peek returns the next n bytes without reading them; they are valid until the
// next read.  If they are fewer, the error says why, [ErrBufferFull] if n is larger
// than the buffer.
func (b *Reader) Peek(n int) ([]byte, error) {
	if n < 0 {
		return nil, ErrNegativeCount
	}
	b.lastByte, b.lastRune = -1, -1
	for b.Buffered() < n && b.Buffered() < len(b.buf) && b.err == nil {
		b.fill()
	}
	if n > len(b.buf) {
		return b.buf[b.r:b.w], ErrBufferFull
	}
	var err error
	if have := b.Buffered(); have < n {
		n = have
		err = b.takeErr()
		if err == nil {
			err = ErrBufferFull
		}
	}
	return b.buf[b.r : b.r+n], err
}

// Discard skips n bytes.  If it cannot skip all, the error says why.
func (b *Reader) Discard(n int) (discarded int, err error) {
	if n < 0 {
		return 0, ErrNegativeCount
	}
	if n == 0 {
		return 0, nil
	}
	b.lastByte, b.lastRune = -1, -1
	for left := n; ; {
		if b.Buffered() == 0 {
			b.fill()
		}
		skip := min(b.Buffered(), left)
		b.r += skip
		left -= skip
		if left == 0 {
			return n, nil
		}
		if b.err != nil {
			return n - left, b.takeErr()
		}
	}
}

// Read reads into p from the buffer, or by a single Read of the underlying
// reader, so there may be less than len(p).
func (b *Reader) Read(p []byte) (n int, err error) {
	if len(p) == 0 {
		if b.Buffered() > 0 {
			return 0, nil
		}
		return 0, b.takeErr()
	}
	if b.r == b.w {
		if b.err != nil {
			return 0, b.takeErr()
		}
		if len(p) >= len(b.buf) {
			// Nothing is gained by copying.
			n, b.err = b.rd.Read(p)
			if n < 0 {
				panic(errNegativeRead)
			}
			if n > 0 {
				b.lastByte, b.lastRune = int(p[n-1]), -1
			}
			return n, b.takeErr()
		}
		// Not fill: it may read more than once.
		b.r, b.w = 0, 0
		n, b.err = b.rd.Read(b.buf)
		if n < 0 {
			panic(errNegativeRead)
		}
		if n == 0 {
			return 0, b.takeErr()
		}
		b.w = n
	}
	n = copy(p, b.buf[b.r:b.w])
	b.r += n
	b.lastByte, b.lastRune = int(b.buf[b.r-1]), -1
	return n, nil
}

// ReadByte reads a byte.
func (b *Reader) ReadByte() (byte, error) {
	b.lastRune = -1
	for b.r == b.w {
		if b.err != nil {
			return 0, b.takeErr()
		}
		b.fill()
	}
	c := b.buf[b.r]
	b.r++
	b.lastByte = int(c)
	return c, nil
}

// UnreadByte puts back the last byte of the last read operation.  It fails
// after anything but a read, in particular after [Reader.Peek],
// [Reader.Discard] and [Reader.WriteTo].
func (b *Reader) UnreadByte() error {
	if b.lastByte < 0 || b.r == 0 && b.w > 0 {
		return ErrInvalidUnreadByte
	}
	if b.r > 0 {
		b.r--
	} else {
		b.w = 1 // the buffer is empty
	}
	b.buf[b.r] = byte(b.lastByte)
	b.lastByte, b.lastRune = -1, -1
	return nil
}

// ReadRune reads a rune and returns it with the number of bytes it took; an
// invalid byte is U+FFFD with size 1.
func (b *Reader) ReadRune() (r rune, size int, err error) {
	for b.w-b.r < utf8.UTFMax && !utf8.FullRune(b.buf[b.r:b.w]) && b.err == nil && b.Buffered() < len(b.buf) {
		b.fill()
	}
	b.lastRune = -1
	if b.r == b.w {
		return 0, 0, b.takeErr()
	}
	r, size = utf8.DecodeRune(b.buf[b.r:b.w])
	b.r += size
	b.lastByte = int(b.buf[b.r-1])
	b.lastRune = size
	return r, size, nil
}

// UnreadRune puts back the rune just read by [Reader.ReadRune]; after anything
// else it fails.
func (b *Reader) UnreadRune() error {
	if b.lastRune < 0 || b.r < b.lastRune {
		return ErrInvalidUnreadRune
	}
	b.r -= b.lastRune
	b.lastByte, b.lastRune = -1, -1
	return nil
}

// ReadSlice reads up to and including the first delim and returns a slice of
// the buffer, which is valid until the next read.  If there is no delim, it
// returns all that there is with the error that ended it, [ErrBufferFull] if it does not
// fit.  [Reader.ReadBytes] and [Reader.ReadString] are easier to use.
func (b *Reader) ReadSlice(delim byte) (line []byte, err error) {
	for searched := 0; ; {
		if i := bytes.IndexByte(b.buf[b.r+searched:b.w], delim); i >= 0 {
			end := b.r + searched + i + 1
			line = b.buf[b.r:end]
			b.r = end
			break
		}
		if b.err != nil {
			line = b.buf[b.r:b.w]
			b.r = b.w
			err = b.takeErr()
			break
		}
		if b.Buffered() >= len(b.buf) {
			line = b.buf
			b.r = b.w
			err = ErrBufferFull
			break
		}
		searched = b.Buffered()
		b.fill()
	}
	if len(line) > 0 {
		b.lastByte, b.lastRune = int(line[len(line)-1]), -1
	}
	return line, err
}

// ReadLine reads a line without its end, \n or \r\n, and returns a slice of
// the buffer, which is valid until the next read.  If the line does not fit,
// it returns what does and isPrefix, and the rest in later calls.  Either line
// or err is nil.  [Reader.ReadBytes], [Reader.ReadString] and [Scanner] are easier to use.
//
// [Reader.UnreadByte] after it puts back the last byte read, even if that
// belongs to the line's end.
func (b *Reader) ReadLine() (line []byte, isPrefix bool, err error) {
	line, err = b.ReadSlice('\n')
	if err == ErrBufferFull {
		if len(line) > 0 && line[len(line)-1] == '\r' {
			// It may belong to \r\n: keep it for the next call.
			if b.r == 0 {
				panic("bufio: tried to rewind past start of buffer")
			}
			b.r--
			line = line[:len(line)-1]
		}
		return line, true, nil
	}
	if len(line) == 0 {
		if err != nil {
			line = nil
		}
		return line, false, err
	}
	if line[len(line)-1] == '\n' {
		drop := 1
		if len(line) > 1 && line[len(line)-2] == '\r' {
			drop = 2
		}
		line = line[:len(line)-drop]
	}
	return line, false, nil
}

// collect reads up to delim: full are the copied buffers before the last
// piece, which is still in the buffer, and n is the length of all.
func (b *Reader) collect(delim byte) (full [][]byte, last []byte, n int, err error) {
	for {
		last, err = b.ReadSlice(delim)
		n += len(last)
		if err != ErrBufferFull {
			return full, last, n, err
		}
		full = append(full, bytes.Clone(last))
	}
}

// ReadBytes reads up to and including the first delim and returns a copy.  If
// there is no delim, it returns all that there is with the error that ended it,
// often EOF.
func (b *Reader) ReadBytes(delim byte) ([]byte, error) {
	full, last, n, err := b.collect(delim)
	all := make([]byte, 0, n)
	for _, p := range full {
		all = append(all, p...)
	}
	return append(all, last...), err
}

// ReadString is [Reader.ReadBytes] with a string as result.
func (b *Reader) ReadString(delim byte) (string, error) {
	full, last, n, err := b.collect(delim)
	if full == nil {
		return string(last), err
	}
	all := make([]byte, 0, n)
	for _, p := range full {
		all = append(all, p...)
	}
	return string(append(all, last...)), err
}

// WriteTo writes all that there is to w, if possible by the underlying
// reader's WriteTo or w's ReadFrom.
func (b *Reader) WriteTo(w io.Writer) (n int64, err error) {
	b.lastByte, b.lastRune = -1, -1
	if b.r < b.w {
		n, err = b.writeBuf(w)
		if err != nil {
			return n, err
		}
	}
	if r, ok := b.rd.(io.WriterTo); ok {
		m, err := r.WriteTo(w)
		return n + m, err
	}
	if w, ok := w.(io.ReaderFrom); ok {
		m, err := w.ReadFrom(b.rd)
		return n + m, err
	}
	for b.err == nil {
		if b.Buffered() < len(b.buf) {
			b.fill()
		}
		if b.r < b.w {
			m, err := b.writeBuf(w)
			n += m
			if err != nil {
				return n, err
			}
		}
	}
	if b.err == io.EOF {
		b.err = nil
	}
	return n, b.takeErr()
}

var errNegativeWrite = errors.New("bufio: writer returned negative count from Write")

func (b *Reader) writeBuf(w io.Writer) (int64, error) {
	n, err := w.Write(b.buf[b.r:b.w])
	if n < 0 {
		panic(errNegativeWrite)
	}
	b.r += n
	return int64(n), err
}
