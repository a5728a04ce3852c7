// Package base64 has the encoding of RFC 4648: three bytes as four characters
// out of 64.
package base64

import (
	"io"
	"slices"
	"strconv"
)

// Encoding is an alphabet of 64 characters and how the end is padded.
type Encoding struct {
	alphabet  [64]byte
	decodeMap [256]uint8 // of each character, or invalid
	pad       rune
	strict    bool
}

const invalid = 0xFF

// Padding characters.
const (
	StdPadding rune = '=' // the usual one
	NoPadding  rune = -1  // no padding
)

// NewEncoding returns an encoding with the given alphabet of 64 different
// bytes, none of them the padding character, \r or \n, and padding with =.  It
// panics if they are not.  The alphabet is taken byte by byte.
func NewEncoding(encoder string) *Encoding {
	if len(encoder) != 64 {
		panic("encoding alphabet is not 64-bytes long")
	}
	e := &Encoding{pad: StdPadding}
	for i := range e.decodeMap {
		e.decodeMap[i] = invalid
	}
	for i := 0; i < len(encoder); i++ {
		c := encoder[i]
		switch {
		case c == '\n' || c == '\r':
			panic("encoding alphabet contains newline character")
		case e.decodeMap[c] != invalid:
			panic("encoding alphabet includes duplicate symbols")
		}
		e.alphabet[i] = c
		e.decodeMap[c] = uint8(i)
	}
	return e
}

// WithPadding returns enc with another padding character, or [NoPadding].  It
// panics if that is \r, \n, in the alphabet, or above 0xff.
func (enc Encoding) WithPadding(padding rune) *Encoding {
	switch {
	case padding < NoPadding || padding == '\r' || padding == '\n' || padding > 0xFF:
		panic("invalid padding")
	case padding != NoPadding && enc.decodeMap[byte(padding)] != invalid:
		panic("padding contained in alphabet")
	}
	enc.pad = padding
	return &enc
}

// Strict returns enc with the rule that bits that are not used must be zero,
// see section 3.5 of the RFC.  Newlines are still ignored.
func (enc Encoding) Strict() *Encoding {
	enc.strict = true
	return &enc
}

// StdEncoding is the usual encoding.
var StdEncoding = NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

// URLEncoding is the one for URLs and file names.
var URLEncoding = NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

// RawStdEncoding is [StdEncoding] without padding.
var RawStdEncoding = StdEncoding.WithPadding(NoPadding)

// RawURLEncoding is [URLEncoding] without padding.
var RawURLEncoding = URLEncoding.WithPadding(NoPadding)

// EncodedLen returns how many characters n bytes take.
func (enc *Encoding) EncodedLen(n int) int {
	if enc.pad == NoPadding {
		return n/3*4 + (n%3*8+5)/6
	}
	return (n + 2) / 3 * 4
}

// DecodedLen returns how many bytes n characters make, at most.
func (enc *Encoding) DecodedLen(n int) int {
	if enc.pad == NoPadding {
		return n/4*3 + n%4*6/8
	}
	return n / 4 * 3
}

// Encode writes the encoding of src to dst, EncodedLen(len(src)) bytes.  It
// pads, so it is not for parts of a stream: see [NewEncoder].
func (enc *Encoding) Encode(dst, src []byte) {
	for len(src) >= 3 {
		v := uint(src[0])<<16 | uint(src[1])<<8 | uint(src[2])
		dst[0] = enc.alphabet[v>>18&0x3F]
		dst[1] = enc.alphabet[v>>12&0x3F]
		dst[2] = enc.alphabet[v>>6&0x3F]
		dst[3] = enc.alphabet[v&0x3F]
		src, dst = src[3:], dst[4:]
	}
	if len(src) == 0 {
		return
	}
	v := uint(src[0]) << 16
	if len(src) == 2 {
		v |= uint(src[1]) << 8
	}
	dst[0] = enc.alphabet[v>>18&0x3F]
	dst[1] = enc.alphabet[v>>12&0x3F]
	if len(src) == 2 {
		dst[2] = enc.alphabet[v>>6&0x3F]
	} else if enc.pad != NoPadding {
		dst[2] = byte(enc.pad)
	}
	if enc.pad != NoPadding {
		dst[3] = byte(enc.pad)
	}
}

// AppendEncode appends the encoding of src to dst.
func (enc *Encoding) AppendEncode(dst, src []byte) []byte {
	n := enc.EncodedLen(len(src))
	dst = slices.Grow(dst, n)
	enc.Encode(dst[len(dst):][:n], src)
	return dst[:len(dst)+n]
}

// EncodeToString returns the encoding of src.
func (enc *Encoding) EncodeToString(src []byte) string {
	buf := make([]byte, enc.EncodedLen(len(src)))
	enc.Encode(buf, src)
	return string(buf)
}

// CorruptInputError is the offset of the first byte that cannot be decoded.
type CorruptInputError int64

func (e CorruptInputError) Error() string {
	return "illegal base64 data at input byte " + strconv.FormatInt(int64(e), 10)
}

// Decode writes what src encodes to dst, which must have room for
// DecodedLen(len(src)) bytes, and returns the number of bytes.  Newlines (\r,
// \n) are ignored.  The error is a [CorruptInputError], with the bytes decoded before it.
func (enc *Encoding) Decode(dst, src []byte) (n int, err error) {
	i := 0
	for i < len(src) {
		// Four plain characters at a time, as long as there are.
		for len(src)-i >= 4 {
			a, b, c, d := enc.decodeMap[src[i]], enc.decodeMap[src[i+1]], enc.decodeMap[src[i+2]], enc.decodeMap[src[i+3]]
			if a|b|c|d == invalid {
				break
			}
			dst[n] = a<<2 | b>>4
			dst[n+1] = b<<4 | c>>2
			dst[n+2] = c<<6 | d
			i += 4
			n += 3
		}
		if i == len(src) {
			break
		}
		var m int
		i, m, err = enc.quantum(dst[n:], src, i)
		n += m
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// quantum decodes four characters from src[i] on, with newlines and padding,
// and returns where the next begin.
func (enc *Encoding) quantum(dst, src []byte, i int) (next, n int, err error) {
	var v [4]byte
	count := 4
	skipNewlines := func() {
		for i < len(src) && (src[i] == '\n' || src[i] == '\r') {
			i++
		}
	}
	for j := 0; j < len(v); j++ {
		skipNewlines()
		if i == len(src) {
			switch {
			case j == 0:
				return i, 0, nil
			case j == 1, enc.pad != NoPadding:
				return i, 0, CorruptInputError(i - j)
			}
			count = j
			break
		}
		c := src[i]
		i++
		if v[j] = enc.decodeMap[c]; v[j] != invalid {
			continue
		}
		if rune(c) != enc.pad || j < 2 {
			return i, 0, CorruptInputError(i - 1)
		}
		// The end, padded to four.
		if j == 2 {
			skipNewlines()
			if i == len(src) {
				return i, 0, CorruptInputError(len(src))
			}
			if rune(src[i]) != enc.pad {
				return i, 0, CorruptInputError(i - 1)
			}
			i++
		}
		skipNewlines()
		if i < len(src) {
			err = CorruptInputError(i) // something after the end
		}
		count = j
		v[j] = 0
		break
	}
	for j := count; j < len(v); j++ {
		v[j] = 0
	}
	bits := uint(v[0])<<18 | uint(v[1])<<12 | uint(v[2])<<6 | uint(v[3])
	bytes := [3]byte{byte(bits >> 16), byte(bits >> 8), byte(bits)}
	n = count - 1
	if enc.strict && n < 3 && bytes[n] != 0 {
		return i, 0, CorruptInputError(i - (3 - n))
	}
	copy(dst[:n], bytes[:n])
	return i, n, err
}

// AppendDecode appends what src encodes to dst, and returns an error like
// [Encoding.Decode].
func (enc *Encoding) AppendDecode(dst, src []byte) ([]byte, error) {
	// Padding and newlines at the end make no bytes.
	n := len(src)
	for n > 0 && (rune(src[n-1]) == enc.pad || src[n-1] == '\n' || src[n-1] == '\r') {
		n--
	}
	n = n/4*3 + n%4*6/8
	dst = slices.Grow(dst, n)
	n, err := enc.Decode(dst[len(dst):][:n], src)
	return dst[:len(dst)+n], err
}

// DecodeString returns what s encodes, and an error like [Encoding.Decode].
func (enc *Encoding) DecodeString(s string) ([]byte, error) {
	buf := make([]byte, enc.DecodedLen(len(s)))
	n, err := enc.Decode(buf, []byte(s))
	return buf[:n], err
}

// NewEncoder returns a writer that writes the encoding of its input to w.
// Close writes the last, incomplete group.
func NewEncoder(enc *Encoding, w io.Writer) io.WriteCloser { return &encoder{enc: enc, w: w} }

type encoder struct {
	enc *Encoding
	w   io.Writer
	err error
	in  [3]byte // an incomplete group
	n   int
	out [1024]byte
}

func (e *encoder) Write(p []byte) (n int, err error) {
	if e.err != nil {
		return 0, e.err
	}
	if e.n > 0 {
		m := copy(e.in[e.n:], p)
		e.n += m
		n += m
		p = p[m:]
		if e.n < 3 {
			return n, nil
		}
		e.enc.Encode(e.out[:], e.in[:])
		if _, e.err = e.w.Write(e.out[:4]); e.err != nil {
			return n, e.err
		}
		e.n = 0
	}
	for len(p) >= 3 {
		m := min(len(p)-len(p)%3, len(e.out)/4*3)
		e.enc.Encode(e.out[:], p[:m])
		if _, e.err = e.w.Write(e.out[:m/3*4]); e.err != nil {
			return n, e.err
		}
		n += m
		p = p[m:]
	}
	e.n = copy(e.in[:], p)
	return n + e.n, nil
}

func (e *encoder) Close() error {
	if e.err == nil && e.n > 0 {
		e.enc.Encode(e.out[:], e.in[:e.n])
		_, e.err = e.w.Write(e.out[:e.enc.EncodedLen(e.n)])
		e.n = 0
	}
	return e.err
}

// NewDecoder returns a reader of what r encodes.
func NewDecoder(enc *Encoding, r io.Reader) io.Reader {
	return &decoder{enc: enc, r: plainReader{r}}
}

// plainReader leaves out newlines, so that groups of four stay together.
type plainReader struct{ r io.Reader }

func (p plainReader) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	for n > 0 {
		kept := 0
		for _, c := range b[:n] {
			if c != '\r' && c != '\n' {
				b[kept] = c
				kept++
			}
		}
		if kept > 0 || err != nil {
			return kept, err
		}
		n, err = p.r.Read(b) // all newlines
	}
	return n, err
}

type decoder struct {
	enc     *Encoding
	r       io.Reader
	err     error
	readErr error
	in      [1024]byte
	n       int    // characters in in
	out     []byte // decoded, not read yet
	outBuf  [1024 / 4 * 3]byte
}

func (d *decoder) Read(p []byte) (n int, err error) {
	if len(d.out) > 0 {
		n = copy(p, d.out)
		d.out = d.out[n:]
		return n, nil
	}
	if d.err != nil {
		return 0, d.err
	}
	for d.n < 4 && d.readErr == nil {
		want := min(max(len(p)/3*4, 4), len(d.in))
		n, d.readErr = d.r.Read(d.in[d.n:want])
		d.n += n
	}
	if d.n < 4 {
		// The end.
		if d.enc.pad == NoPadding && d.n > 0 {
			var m int
			m, d.err = d.enc.Decode(d.outBuf[:], d.in[:d.n])
			d.n = 0
			d.out = d.outBuf[:m]
			n = copy(p, d.out)
			d.out = d.out[n:]
			if n > 0 || len(p) == 0 && len(d.out) > 0 {
				return n, nil
			}
			if d.err != nil {
				return 0, d.err
			}
		}
		d.err = d.readErr
		if d.err == io.EOF && d.n > 0 {
			d.err = io.ErrUnexpectedEOF
		}
		return 0, d.err
	}
	whole := d.n / 4 * 4
	var m int
	m, d.err = d.enc.Decode(d.outBuf[:], d.in[:whole])
	d.out = d.outBuf[:m]
	n = copy(p, d.out)
	d.out = d.out[n:]
	d.n = copy(d.in[:], d.in[whole:d.n])
	return n, d.err
}
