// Package io has the interfaces of byte streams, and functions that need no
// more than those.
//
// Nothing here may be assumed safe for use by several goroutines at once
// unless it says so.
package io

import (
	"errors"
	"sync"
)

// Where an offset given to Seek counts from.
const (
	SeekStart   = 0 // the start
	SeekCurrent = 1 // the current offset
	SeekEnd     = 2 // the end
)

// EOF is what Read returns when the input has ended as it should.  It is
// returned as it is, never wrapped, because callers compare with ==.
var EOF = errors.New("EOF")

// ErrUnexpectedEOF means that the input ended in the middle of something.
var ErrUnexpectedEOF = errors.New("unexpected EOF")

// ErrShortWrite means that a write took fewer bytes than asked but gave no
// error.
var ErrShortWrite = errors.New("short write")

// ErrShortBuffer means that the buffer given is too small for what is to be
// read.
var ErrShortBuffer = errors.New("short buffer")

// ErrNoProgress means that a [Reader] returned neither data nor an error many
// times in a row: it is broken.
var ErrNoProgress = errors.New("multiple Read calls return no data or error")

var (
	errInvalidWrite = errors.New("invalid write result")
	errWhence       = errors.New("Seek: invalid whence")
	errOffset       = errors.New("Seek: invalid offset")
)

// Reader is something that can be read from.
//
// Read puts up to len(p) bytes into p and returns how many.  If some are there
// but not len(p), it returns those instead of waiting for more.  It may use
// all of p as scratch space.
//
// An error, EOF included, may come with the last bytes or with the next call,
// which then returns 0 bytes; so look at the bytes before the error.  Zero
// bytes without an error mean that nothing happened, and should be rare unless
// p is empty.  p must not be kept.
type Reader interface {
	Read(p []byte) (n int, err error)
}

// Writer is something that can be written to.
//
// Write writes the bytes of p and returns how many it wrote.  If these are not
// all, there is an error.  p must be neither changed nor kept.
type Writer interface {
	Write(p []byte) (n int, err error)
}

// Closer is something that can be closed.  What a second Close does is up to
// the implementation.
type Closer interface {
	Close() error
}

// Seeker is something with a position.
//
// Seek sets the offset of the next read or write, counted from whence
// ([SeekStart], [SeekCurrent], [SeekEnd]), and returns it counted from the
// start.  A position before the start is an error; one after the end is not.
type Seeker interface {
	Seek(offset int64, whence int) (int64, error)
}

// ReadWriter is a [Reader] and [Writer].
type ReadWriter interface {
	Reader
	Writer
}

// ReadCloser is a [Reader] and [Closer].
type ReadCloser interface {
	Reader
	Closer
}

// WriteCloser is a [Writer] and [Closer].
type WriteCloser interface {
	Writer
	Closer
}

// ReadWriteCloser is a [Reader], [Writer] and [Closer].
type ReadWriteCloser interface {
	Reader
	Writer
	Closer
}

// ReadSeeker is a [Reader] and [Seeker].
type ReadSeeker interface {
	Reader
	Seeker
}

// ReadSeekCloser is a [Reader], [Seeker] and [Closer].
type ReadSeekCloser interface {
	Reader
	Seeker
	Closer
}

// WriteSeeker is a [Writer] and [Seeker].
type WriteSeeker interface {
	Writer
	Seeker
}

// ReadWriteSeeker is a [Reader], [Writer] and [Seeker].
type ReadWriteSeeker interface {
	Reader
	Writer
	Seeker
}

// ReaderFrom is something that can fill itself from a reader.  ReadFrom reads
// until EOF, which it does not return, or an error, and returns the number of
// bytes read.  [Copy] uses it.
type ReaderFrom interface {
	ReadFrom(r Reader) (n int64, err error)
}

// WriterTo is something that can write itself to a writer.  WriteTo writes
// until there is nothing left or an error occurs, and returns the number of
// bytes written.  [Copy] uses it.
type WriterTo interface {
	WriteTo(w Writer) (n int64, err error)
}

// ReaderAt is something that can be read anywhere.
//
// ReadAt reads len(p) bytes from offset off.  Unlike Read it waits until it
// has them all; fewer come with an error that says why.  Reading up to the very end
// may return EOF or not.  It neither uses nor moves a current offset, so calls
// may run in parallel.
type ReaderAt interface {
	ReadAt(p []byte, off int64) (n int, err error)
}

// WriterAt is something that can be written anywhere.
//
// WriteAt writes p at offset off, and returns an error if it does not write
// all.  It neither uses nor moves a current offset; calls for ranges that do
// not overlap may run in parallel.
type WriterAt interface {
	WriteAt(p []byte, off int64) (n int, err error)
}

// ByteReader is something that can be read byte by byte.  With an error, no
// byte was consumed.
type ByteReader interface {
	ReadByte() (byte, error)
}

// ByteScanner is a [ByteReader] that can step back: the next ReadByte after
// UnreadByte returns the last byte read once more.  It may be an error to
// step back twice or after something else than a read.
type ByteScanner interface {
	ByteReader
	UnreadByte() error
}

// ByteWriter is something that takes a byte at a time.
type ByteWriter interface {
	WriteByte(c byte) error
}

// RuneReader is something that can be read rune by rune, encoded in UTF-8; size
// is the number of bytes the rune took.
type RuneReader interface {
	ReadRune() (r rune, size int, err error)
}

// RuneScanner is a [RuneReader] that can step back: the next ReadRune after
// UnreadRune returns the last rune read once more.  It may be an error to
// step back twice or after something else than a read.
type RuneScanner interface {
	RuneReader
	UnreadRune() error
}

// StringWriter is something that strings can be written to without making
// them slices first.
type StringWriter interface {
	WriteString(s string) (n int, err error)
}

// WriteString writes s to w, with w's own WriteString if it has one.
func WriteString(w Writer, s string) (n int, err error) {
	if sw, ok := w.(StringWriter); ok {
		return sw.WriteString(s)
	}
	return w.Write([]byte(s))
}

// ReadAtLeast reads from r until buf holds min bytes or more, and returns how many
// it holds.  If the input ends before, the error is EOF when there was no byte
// and [ErrUnexpectedEOF] otherwise.  If buf is smaller than min it is
// [ErrShortBuffer].  The error is nil if and only if n >= min.
func ReadAtLeast(r Reader, buf []byte, min int) (n int, err error) {
	if len(buf) < min {
		return 0, ErrShortBuffer
	}
	for n < min && err == nil {
		var got int
		got, err = r.Read(buf[n:])
		n += got
	}
	switch {
	case n >= min:
		return n, nil
	case n > 0 && err == EOF:
		return n, ErrUnexpectedEOF
	}
	return n, err
}

// ReadFull reads exactly len(buf) bytes from r into buf; its errors are those of
// [ReadAtLeast].
func ReadFull(r Reader, buf []byte) (n int, err error) { return ReadAtLeast(r, buf, len(buf)) }

// ReadAll reads r to its end and returns what it read.  The end is not an
// error.
func ReadAll(r Reader) ([]byte, error) {
	buf := make([]byte, 0, 512)
	for {
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if err != nil {
			if err == EOF {
				err = nil
			}
			return buf, err
		}
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)] // let append choose how much to grow
		}
	}
}

// Copy copies src to dst until src ends or an error occurs, and returns the
// number of bytes copied and the first error.  The end of src is not an error.
// It leaves the work to src's WriteTo or else to dst's ReadFrom, if there is one.
func Copy(dst Writer, src Reader) (written int64, err error) {
	return copyThrough(dst, src, nil)
}

// CopyBuffer is [Copy] through buf, if a buffer is needed at all.  A nil buf
// means that one is allocated; an empty one is a panic.
func CopyBuffer(dst Writer, src Reader, buf []byte) (written int64, err error) {
	if buf != nil && len(buf) == 0 {
		panic("empty buffer in CopyBuffer")
	}
	return copyThrough(dst, src, buf)
}

// CopyN copies n bytes, or fewer with the error that is to blame: EOF if src
// ended.  The error is nil if and only if n bytes were copied.
func CopyN(dst Writer, src Reader, n int64) (written int64, err error) {
	written, err = Copy(dst, LimitReader(src, n))
	if written < n && err == nil {
		err = EOF
	}
	if written == n {
		err = nil
	}
	return written, err
}

const copyBufferSize = 32 << 10

func copyThrough(dst Writer, src Reader, buf []byte) (written int64, err error) {
	if w, ok := src.(WriterTo); ok {
		return w.WriteTo(dst)
	}
	if r, ok := dst.(ReaderFrom); ok {
		return r.ReadFrom(src)
	}
	if buf == nil {
		size := int64(copyBufferSize)
		if l, ok := src.(*LimitedReader); ok && l.N < size {
			size = max(l.N, 1)
		}
		buf = make([]byte, size)
	}
	for {
		n, readErr := src.Read(buf)
		if n > 0 {
			m, writeErr := dst.Write(buf[:n])
			if m < 0 || n < m {
				m = 0
				if writeErr == nil {
					writeErr = errInvalidWrite
				}
			}
			written += int64(m)
			if writeErr != nil {
				return written, writeErr
			}
			if m < n {
				return written, ErrShortWrite
			}
		}
		if readErr != nil {
			if readErr == EOF {
				readErr = nil
			}
			return written, readErr
		}
	}
}

// LimitReader returns a reader that ends with EOF after n bytes of r, at the
// latest.  It is a *[LimitedReader].
func LimitReader(r Reader, n int64) Reader { return &LimitedReader{r, n} }

// LimitedReader reads from R, N bytes at most.  Each Read lowers N; when N is
// not positive or R has ended, the result is EOF.
type LimitedReader struct {
	R Reader
	N int64
}

// Read reads what the limit still allows.
func (l *LimitedReader) Read(p []byte) (n int, err error) {
	if l.N <= 0 {
		return 0, EOF
	}
	if int64(len(p)) > l.N {
		p = p[:l.N]
	}
	n, err = l.R.Read(p)
	l.N -= int64(n)
	return n, err
}

// SectionReader is a window of a [ReaderAt], with a position of its own.
type SectionReader struct {
	r     ReaderAt
	base  int64 // the window's start,
	off   int64 // the next byte to read
	limit int64 // and the window's end, all as offsets of r
	n     int64 // the length the window was made with
}

// NewSectionReader returns a reader of the n bytes of r that start at off.
func NewSectionReader(r ReaderAt, off int64, n int64) *SectionReader {
	const maxOffset = 1<<63 - 1
	limit := int64(maxOffset) // if off+n would overflow: all of the rest
	if off <= maxOffset-n {
		limit = off + n
	}
	return &SectionReader{r, off, off, limit, n}
}

// Read reads at the current position and advances it.
func (s *SectionReader) Read(p []byte) (n int, err error) {
	if s.off >= s.limit {
		return 0, EOF
	}
	if room := s.limit - s.off; int64(len(p)) > room {
		p = p[:room]
	}
	n, err = s.r.ReadAt(p, s.off)
	s.off += int64(n)
	return n, err
}

// Seek moves the position within the window; see [Seeker].
func (s *SectionReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case SeekStart:
		offset += s.base
	case SeekCurrent:
		offset += s.off
	case SeekEnd:
		offset += s.limit
	default:
		return 0, errWhence
	}
	if offset < s.base {
		return 0, errOffset
	}
	s.off = offset
	return offset - s.base, nil
}

// ReadAt reads at off, counted from the start of the window.
func (s *SectionReader) ReadAt(p []byte, off int64) (n int, err error) {
	if off < 0 || off >= s.Size() {
		return 0, EOF
	}
	off += s.base
	room := s.limit - off
	if int64(len(p)) <= room {
		return s.r.ReadAt(p, off)
	}
	n, err = s.r.ReadAt(p[:room], off)
	if err == nil {
		err = EOF // less than asked needs a reason
	}
	return n, err
}

// Size returns the length of the window.
func (s *SectionReader) Size() int64 { return s.limit - s.base }

// Outer returns what [NewSectionReader] was given.
func (s *SectionReader) Outer() (r ReaderAt, off int64, n int64) { return s.r, s.base, s.n }

// OffsetWriter writes to a [WriterAt] as if it began at some offset.
type OffsetWriter struct {
	w    WriterAt
	base int64
	off  int64 // of the next Write, as an offset of w
}

// NewOffsetWriter returns a writer whose offset 0 is w's offset off.
func NewOffsetWriter(w WriterAt, off int64) *OffsetWriter { return &OffsetWriter{w, off, off} }

// Write writes at the current position and advances it.
func (o *OffsetWriter) Write(p []byte) (n int, err error) {
	n, err = o.w.WriteAt(p, o.off)
	o.off += int64(n)
	return n, err
}

// WriteAt writes at off and leaves the position alone.
func (o *OffsetWriter) WriteAt(p []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, errOffset
	}
	return o.w.WriteAt(p, off+o.base)
}

// Seek moves the position.  There is no end to count from: [SeekEnd] is an
// error.
func (o *OffsetWriter) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case SeekStart:
		offset += o.base
	case SeekCurrent:
		offset += o.off
	default:
		return 0, errWhence
	}
	if offset < o.base {
		return 0, errOffset
	}
	o.off = offset
	return offset - o.base, nil
}

// TeeReader returns a reader of r that writes to w all that it reads, before
// its Read returns.  An error of w is returned as one of reading.
func TeeReader(r Reader, w Writer) Reader { return &teeReader{r, w} }

type teeReader struct {
	r Reader
	w Writer
}

func (t *teeReader) Read(p []byte) (n int, err error) {
	n, err = t.r.Read(p)
	if n > 0 {
		if m, writeErr := t.w.Write(p[:n]); writeErr != nil {
			return m, writeErr
		}
	}
	return n, err
}

// Discard takes all writes and does nothing.
var Discard Writer = discard{}

type discard struct{}

var _ ReaderFrom = discard{} // for Copy

func (discard) Write(p []byte) (int, error)       { return len(p), nil }
func (discard) WriteString(s string) (int, error) { return len(s), nil }

// blackHoles are buffers that everybody may write to and nobody reads.
var blackHoles = sync.Pool{New: func() any { b := make([]byte, 8<<10); return &b }}

func (discard) ReadFrom(r Reader) (n int64, err error) {
	buf := blackHoles.Get().(*[]byte)
	defer blackHoles.Put(buf)
	for {
		m, err := r.Read(*buf)
		n += int64(m)
		if err == EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// NopCloser gives r a Close that does nothing.  The result has a WriteTo if r
// has one.
func NopCloser(r Reader) ReadCloser {
	if _, ok := r.(WriterTo); ok {
		return nopCloserWriterTo{nopCloser{r}}
	}
	return nopCloser{r}
}

type nopCloser struct{ Reader }

func (nopCloser) Close() error { return nil }

type nopCloserWriterTo struct{ nopCloser }

func (c nopCloserWriterTo) WriteTo(w Writer) (int64, error) { return c.Reader.(WriterTo).WriteTo(w) }
