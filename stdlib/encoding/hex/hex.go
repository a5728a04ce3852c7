// Package hex writes bytes as hexadecimal digits and reads them.
package hex

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

const digits = "0123456789abcdef"

// EncodedLen returns how many digits n bytes take.
func EncodedLen(n int) int { return n * 2 }

// DecodedLen returns how many bytes x digits make.
func DecodedLen(x int) int { return x / 2 }

// Encode writes the digits of src, in lower case, to dst and returns their
// number.
func Encode(dst, src []byte) int {
	for i, b := range src {
		dst[2*i] = digits[b>>4]
		dst[2*i+1] = digits[b&0xF]
	}
	return len(src) * 2
}

// AppendEncode appends the digits of src to dst.
func AppendEncode(dst, src []byte) []byte {
	n := EncodedLen(len(src))
	dst = slices.Grow(dst, n)
	Encode(dst[len(dst):][:n], src)
	return dst[:len(dst)+n]
}

// EncodeToString returns the digits of src.
func EncodeToString(src []byte) string {
	dst := make([]byte, EncodedLen(len(src)))
	Encode(dst, src)
	return string(dst)
}

// ErrLength says that the number of digits is odd.
var ErrLength = errors.New("encoding/hex: odd length hex string")

// InvalidByteError is a byte that is not a digit.
type InvalidByteError byte

func (e InvalidByteError) Error() string {
	return fmt.Sprintf("encoding/hex: invalid byte: %#U", rune(e))
}

// value returns the value of a digit, or 255.
func value(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	}
	return 255
}

// Decode writes the bytes that src has the digits of to dst and returns their
// number.  The digits may be in both cases.  If something is wrong, it returns the bytes
// before that with the error.
func Decode(dst, src []byte) (int, error) {
	n := 0
	for ; 2*n+1 < len(src); n++ {
		hi, lo := value(src[2*n]), value(src[2*n+1])
		if hi > 15 {
			return n, InvalidByteError(src[2*n])
		}
		if lo > 15 {
			return n, InvalidByteError(src[2*n+1])
		}
		dst[n] = hi<<4 | lo
	}
	if len(src)%2 == 1 {
		if last := src[len(src)-1]; value(last) > 15 {
			return n, InvalidByteError(last)
		}
		return n, ErrLength
	}
	return n, nil
}

// AppendDecode appends the bytes that src has the digits of to dst, and returns
// an error like [Decode].
func AppendDecode(dst, src []byte) ([]byte, error) {
	dst = slices.Grow(dst, DecodedLen(len(src)))
	n, err := Decode(dst[len(dst):][:DecodedLen(len(src))], src)
	return dst[:len(dst)+n], err
}

// DecodeString returns the bytes that s has the digits of, and an error like
// [Decode].
func DecodeString(s string) ([]byte, error) {
	dst := make([]byte, DecodedLen(len(s)))
	n, err := Decode(dst, []byte(s))
	return dst[:n], err
}

// Dump returns what the command hexdump -C shows for data.
func Dump(data []byte) string {
	if len(data) == 0 {
		return ""
	}
	var b strings.Builder
	b.Grow((len(data) + 15) / 16 * 79)
	d := Dumper(&b)
	d.Write(data)
	d.Close()
	return b.String()
}

const bufferSize = 1024

// NewEncoder returns a writer that writes the digits of what it gets to w.
func NewEncoder(w io.Writer) io.Writer { return &encoder{w: w} }

type encoder struct {
	w   io.Writer
	err error
	out [bufferSize]byte
}

func (e *encoder) Write(p []byte) (n int, err error) {
	for len(p) > 0 && e.err == nil {
		part := p[:min(len(p), bufferSize/2)]
		size := Encode(e.out[:], part)
		var written int
		written, e.err = e.w.Write(e.out[:size])
		n += written / 2
		p = p[len(part):]
	}
	return n, e.err
}

// NewDecoder returns a reader of the bytes that r has the digits of.  Their
// number must be even.
func NewDecoder(r io.Reader) io.Reader { return &decoder{r: r} }

type decoder struct {
	r   io.Reader
	err error
	in  []byte // digits in buf
	buf [bufferSize]byte
}

func (d *decoder) Read(p []byte) (n int, err error) {
	if len(d.in) < 2 && d.err == nil {
		rest := copy(d.buf[:], d.in)
		var got int
		got, d.err = d.r.Read(d.buf[rest:])
		d.in = d.buf[:rest+got]
		if d.err == io.EOF && len(d.in)%2 != 0 {
			if last := d.in[len(d.in)-1]; value(last) > 15 {
				d.err = InvalidByteError(last)
			} else {
				d.err = io.ErrUnexpectedEOF
			}
		}
	}
	if have := len(d.in) / 2; len(p) > have {
		p = p[:have]
	}
	n, err = Decode(p, d.in[:len(p)*2])
	d.in = d.in[2*n:]
	if err != nil {
		d.in, d.err = nil, err // what was decoded comes first
	}
	if len(d.in) < 2 {
		return n, d.err
	}
	return n, nil
}

// Dumper returns a writer that writes to w what the command hexdump -C shows
// for its input.  Close finishes the last line.
func Dumper(w io.Writer) io.WriteCloser { return &dumper{w: w} }

type dumper struct {
	w      io.Writer
	line   [16]byte
	used   int // bytes in line
	offset uint
	closed bool
}

func (h *dumper) Write(data []byte) (n int, err error) {
	if h.closed {
		return 0, errors.New("encoding/hex: dumper closed")
	}
	for len(data) > 0 {
		c := copy(h.line[h.used:], data)
		h.used += c
		data = data[c:]
		if h.used == len(h.line) {
			if err := h.flush(); err != nil {
				return n, err
			}
		}
		n += c
	}
	return n, nil
}

// flush writes the line, padded if it is not full.
func (h *dumper) flush() error {
	// 00000000  00 … 07  08 … 0f  |text|
	var b [80]byte
	for i := range b {
		b[i] = ' '
	}
	for i := range 8 {
		b[i] = digits[h.offset>>uint(28-4*i)&0xF]
	}
	at := 10
	text := 60
	b[text] = '|'
	for i, c := range h.line[:h.used] {
		if i == 8 {
			at++
		}
		b[at], b[at+1] = digits[c>>4], digits[c&0xF]
		at += 3
		if c < 32 || 126 < c {
			c = '.'
		}
		b[text+1+i] = c
	}
	end := text + 1 + h.used
	b[end], b[end+1] = '|', '\n'
	h.offset += uint(h.used)
	h.used = 0
	_, err := h.w.Write(b[:end+2])
	return err
}

func (h *dumper) Close() error {
	if h.closed {
		return nil
	}
	h.closed = true
	if h.used == 0 {
		return nil
	}
	return h.flush()
}
