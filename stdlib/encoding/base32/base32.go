// Package base32 has the encoding of RFC 4648: five bytes as eight characters out of 32.
package base32

import (
	"slices"
	"strconv"
)

// Encoding is an alphabet of 32 characters and how the end is padded.
type Encoding struct {
	alphabet  [32]byte
	decodeMap [256]uint8 // of each character, or invalid
	pad       rune
}

const invalid = 0xFF

// Padding characters.
const (
	StdPadding rune = '=' // the usual one
	NoPadding  rune = -1  // no padding
)

// NewEncoding returns an encoding with the given alphabet of 32 different bytes, none of them the padding
// character, \r or \n, and padding with =.  It panics if they are not.  The alphabet is taken byte by byte.
func NewEncoding(encoder string) *Encoding {
	if len(encoder) != 32 {
		panic("encoding alphabet is not 32-bytes long")
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

// StdEncoding is the usual encoding.
var StdEncoding = NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

// HexEncoding is the one with digits first, as in DNS.
var HexEncoding = NewEncoding("0123456789ABCDEFGHIJKLMNOPQRSTUV")

// WithPadding returns enc with another padding character, or [NoPadding].  It panics if that is \r, \n, in the
// alphabet, or above 0xff.  It is one byte in any case.
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

// EncodedLen returns how many characters n bytes take.
func (enc *Encoding) EncodedLen(n int) int {
	if enc.pad == NoPadding {
		return n/5*8 + (n%5*8+4)/5
	}
	return (n + 4) / 5 * 8
}

// DecodedLen returns how many bytes n characters make, at most.
func (enc *Encoding) DecodedLen(n int) int { return decodedLen(n, enc.pad) }

func decodedLen(n int, pad rune) int {
	if pad == NoPadding {
		return n/8*5 + n%8*5/8
	}
	return n / 8 * 5
}

// Encode writes the encoding of src to dst, EncodedLen(len(src)) bytes.  It pads, so it is not for parts of a
// stream: see [NewEncoder].
func (enc *Encoding) Encode(dst, src []byte) {
	for len(src) > 0 {
		var group [5]byte
		n := copy(group[:], src)
		src = src[n:]
		v := uint64(group[0])<<32 | uint64(group[1])<<24 | uint64(group[2])<<16 | uint64(group[3])<<8 | uint64(group[4])
		chars := (n*8 + 4) / 5
		for i := range chars {
			dst[i] = enc.alphabet[v>>(35-5*i)&31]
		}
		if chars < 8 && enc.pad != NoPadding {
			for i := chars; i < 8; i++ {
				dst[i] = byte(enc.pad)
			}
			chars = 8
		}
		dst = dst[chars:]
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

// CorruptInputError is where a character is that should not be there.
type CorruptInputError int64

func (e CorruptInputError) Error() string {
	return "illegal base32 data at input byte " + strconv.FormatInt(int64(e), 10)
}

// isOdd reports whether a last group of n characters is one that no number of bytes makes.
func isOdd(n int) bool { return n == 1 || n == 3 || n == 6 }

// decode decodes src, which has no newlines. end is true if it came to a group that is not complete.
func (enc *Encoding) decode(dst, src []byte) (n int, end bool, err error) {
	for at := 0; at < len(src) && !end; {
		var (
			group [8]byte
			chars = 8
			start = at
		)
		for j := 0; j < 8; j++ {
			if at == len(src) {
				if enc.pad != NoPadding {
					return n, false, CorruptInputError(start)
				}
				chars, end = j, true
				break
			}
			c := src[at]
			at++
			if c == byte(enc.pad) && j >= 2 && len(src)-at < 8 {
				if len(src)-at+j < 7 {
					return n, false, CorruptInputError(len(src)) // not enough padding
				}
				for k := 0; k < 7-j; k++ {
					if at+k < len(src) && src[at+k] != byte(enc.pad) {
						return n, false, CorruptInputError(at + k - 1)
					}
				}
				chars, end = j, true
				if isOdd(chars) {
					return n, false, CorruptInputError(at - 1)
				}
				break
			}
			group[j] = enc.decodeMap[c]
			if group[j] == invalid {
				return n, false, CorruptInputError(at - 1)
			}
		}
		var v uint64
		for _, c := range group {
			v = v<<5 | uint64(c)
		}
		if isOdd(chars) {
			break // without padding the group is just dropped
		}
		for i := range chars * 5 / 8 {
			dst[n] = byte(v >> (32 - 8*i))
			n++
		}
	}
	return n, end, nil
}

// withoutNewlines copies src to dst without newlines and returns the length.
func withoutNewlines(dst, src []byte) int {
	n := 0
	for _, c := range src {
		if c != '\r' && c != '\n' {
			dst[n] = c
			n++
		}
	}
	return n
}

// Decode writes what src encodes to dst, at most DecodedLen(len(src)) bytes, and returns how many.  After a
// [CorruptInputError] those before it are there.  Newlines are ignored.
func (enc *Encoding) Decode(dst, src []byte) (n int, err error) {
	buf := make([]byte, len(src))
	buf = buf[:withoutNewlines(buf, src)]
	n, _, err = enc.decode(dst, buf)
	return n, err
}

// AppendDecode appends what src encodes to dst, and returns an error like [Encoding.Decode].
func (enc *Encoding) AppendDecode(dst, src []byte) ([]byte, error) {
	n := len(src)
	for n > 0 && (rune(src[n-1]) == enc.pad || src[n-1] == '\n' || src[n-1] == '\r') {
		n--
	}
	n = decodedLen(n, NoPadding)
	dst = slices.Grow(dst, n)
	n, err := enc.Decode(dst[len(dst):][:n], src)
	return dst[:len(dst)+n], err
}

// DecodeString returns what s encodes, and an error like [Encoding.Decode].
func (enc *Encoding) DecodeString(s string) ([]byte, error) {
	buf := []byte(s)
	buf = buf[:withoutNewlines(buf, buf)]
	n, _, err := enc.decode(buf, buf)
	return buf[:n], err
}
