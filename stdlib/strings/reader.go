package strings

import (
	"errors"
	"io"
	"unicode/utf8"
)

// Reader reads from a string; it has all of io's reading interfaces.  Its zero
// value reads an empty string.
type Reader struct {
	s        string
	pos      int64 // of the next byte; Seek can put it behind the end
	prevRune int   // where the rune that ReadRune just returned starts; -1 after anything else
}

// NewReader returns a Reader of s.
func NewReader(s string) *Reader { return &Reader{s, 0, -1} }

// Reset makes r read s from the start.
func (r *Reader) Reset(s string) { *r = Reader{s, 0, -1} }

// Len returns the number of bytes not read yet.
func (r *Reader) Len() int {
	if r.pos >= int64(len(r.s)) {
		return 0
	}
	return int(int64(len(r.s)) - r.pos)
}

// Size returns the length of the whole string, read or not.
func (r *Reader) Size() int64 { return int64(len(r.s)) }

// Read implements [io.Reader].
func (r *Reader) Read(b []byte) (n int, err error) {
	if r.pos >= int64(len(r.s)) {
		return 0, io.EOF
	}
	r.prevRune = -1
	n = copy(b, r.s[r.pos:])
	r.pos += int64(n)
	return n, nil
}

// ReadAt implements [io.ReaderAt].
func (r *Reader) ReadAt(b []byte, off int64) (n int, err error) {
	// No field may change here: calls can run in parallel.
	if off < 0 {
		return 0, errors.New("strings.Reader.ReadAt: negative offset")
	}
	if off >= int64(len(r.s)) {
		return 0, io.EOF
	}
	n = copy(b, r.s[off:])
	if n < len(b) {
		err = io.EOF
	}
	return n, err
}

// ReadByte implements [io.ByteReader].
func (r *Reader) ReadByte() (byte, error) {
	r.prevRune = -1
	if r.pos >= int64(len(r.s)) {
		return 0, io.EOF
	}
	c := r.s[r.pos]
	r.pos++
	return c, nil
}

// UnreadByte implements [io.ByteScanner].
func (r *Reader) UnreadByte() error {
	if r.pos <= 0 {
		return errors.New("strings.Reader.UnreadByte: at beginning of string")
	}
	r.prevRune = -1
	r.pos--
	return nil
}

// ReadRune implements [io.RuneReader].
func (r *Reader) ReadRune() (ch rune, size int, err error) {
	if r.pos >= int64(len(r.s)) {
		r.prevRune = -1
		return 0, 0, io.EOF
	}
	r.prevRune = int(r.pos)
	ch, size = utf8.DecodeRuneInString(r.s[r.pos:])
	r.pos += int64(size)
	return ch, size, nil
}

// UnreadRune implements [io.RuneScanner].
func (r *Reader) UnreadRune() error {
	if r.pos <= 0 {
		return errors.New("strings.Reader.UnreadRune: at beginning of string")
	}
	if r.prevRune < 0 {
		return errors.New("strings.Reader.UnreadRune: previous operation was not ReadRune")
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
		offset += int64(len(r.s))
	default:
		return 0, errors.New("strings.Reader.Seek: invalid whence")
	}
	if offset < 0 {
		return 0, errors.New("strings.Reader.Seek: negative position")
	}
	r.pos = offset
	return offset, nil
}

// WriteTo implements [io.WriterTo].
func (r *Reader) WriteTo(w io.Writer) (n int64, err error) {
	r.prevRune = -1
	if r.pos >= int64(len(r.s)) {
		return 0, nil
	}
	rest := r.s[r.pos:]
	m, err := io.WriteString(w, rest)
	if m > len(rest) {
		panic("strings.Reader.WriteTo: invalid WriteString count")
	}
	r.pos += int64(m)
	if m != len(rest) && err == nil {
		err = io.ErrShortWrite
	}
	return int64(m), err
}
