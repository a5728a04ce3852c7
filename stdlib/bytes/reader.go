package bytes

import (
	"errors"
	"io"
	"unicode/utf8"
)

// Reader reads from a slice of bytes; it has all of io's reading interfaces.  Its zero
// value reads an empty slice.
type Reader struct {
	b        []byte
	pos      int64 // of the next byte; Seek can put it behind the end
	prevRune int   // where the rune that ReadRune just returned starts; -1 after anything else
}

// NewReader returns a Reader of b.
func NewReader(b []byte) *Reader { return &Reader{b, 0, -1} }

// Reset makes r read b from the start.
func (r *Reader) Reset(b []byte) { *r = Reader{b, 0, -1} }

// Len returns the number of bytes not read yet.
func (r *Reader) Len() int {
	if r.pos >= int64(len(r.b)) {
		return 0
	}
	return int(int64(len(r.b)) - r.pos)
}

// Size returns the length of the whole slice, read or not.
func (r *Reader) Size() int64 { return int64(len(r.b)) }

// Read implements [io.Reader].
func (r *Reader) Read(b []byte) (n int, err error) {
	if r.pos >= int64(len(r.b)) {
		return 0, io.EOF
	}
	r.prevRune = -1
	n = copy(b, r.b[r.pos:])
	r.pos += int64(n)
	return n, nil
}

// ReadAt implements [io.ReaderAt].
func (r *Reader) ReadAt(b []byte, off int64) (n int, err error) {
	// No field may change here: calls can run in parallel.
	if off < 0 {
		return 0, errors.New("bytes.Reader.ReadAt: negative offset")
	}
	if off >= int64(len(r.b)) {
		return 0, io.EOF
	}
	n = copy(b, r.b[off:])
	if n < len(b) {
		err = io.EOF
	}
	return n, err
}

// ReadByte implements [io.ByteReader].
func (r *Reader) ReadByte() (byte, error) {
	r.prevRune = -1
	if r.pos >= int64(len(r.b)) {
		return 0, io.EOF
	}
	c := r.b[r.pos]
	r.pos++
	return c, nil
}

// UnreadByte implements [io.ByteScanner].
func (r *Reader) UnreadByte() error {
	if r.pos <= 0 {
		return errors.New("bytes.Reader.UnreadByte: at beginning of slice")
	}
	r.prevRune = -1
	r.pos--
	return nil
}

// ReadRune implements [io.RuneReader].
func (r *Reader) ReadRune() (ch rune, size int, err error) {
	if r.pos >= int64(len(r.b)) {
		r.prevRune = -1
		return 0, 0, io.EOF
	}
	r.prevRune = int(r.pos)
	ch, size = utf8.DecodeRune(r.b[r.pos:])
	r.pos += int64(size)
	return ch, size, nil
}

// UnreadRune implements [io.RuneScanner].
func (r *Reader) UnreadRune() error {
	if r.pos <= 0 {
		return errors.New("bytes.Reader.UnreadRune: at beginning of slice")
	}
	if r.prevRune < 0 {
		return errors.New("bytes.Reader.UnreadRune: previous operation was not ReadRune")
	}
	r.pos = int64(r.prevRune)
	r.prevRune = -1
	return nil
}

// Seek implements [io.Seeker].
func (r *Reader) Seek(offset int64, whence int) (int64, error) {
	r.prevRune = -1
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += r.pos
	case io.SeekEnd:
		offset += int64(len(r.b))
	default:
		return 0, errors.New("bytes.Reader.Seek: invalid whence")
	}
	if offset < 0 {
		return 0, errors.New("bytes.Reader.Seek: negative position")
	}
	r.pos = offset
	return offset, nil
}

// WriteTo implements [io.WriterTo].
func (r *Reader) WriteTo(w io.Writer) (n int64, err error) {
	r.prevRune = -1
	if r.pos >= int64(len(r.b)) {
		return 0, nil
	}
	rest := r.b[r.pos:]
	m, err := w.Write(rest)
	if m > len(rest) {
		panic("bytes.Reader.WriteTo: invalid Write count")
	}
	r.pos += int64(m)
	if m != len(rest) && err == nil {
		err = io.ErrShortWrite
	}
	return int64(m), err
}
