package big

// Integers as text: formatting, parsing, marshalling.

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// A textReader is an [io.ByteScanner] over a string.
type textReader struct {
	s string
	i int
}

func (r *textReader) ReadByte() (byte, error) {
	if r.i >= len(r.s) {
		return 0, io.EOF
	}
	r.i++
	return r.s[r.i-1], nil
}

func (r *textReader) UnreadByte() error {
	r.i--
	return nil
}

// A stateReader is an [io.ByteScanner] over what a call of fmt's Scan reads.
type stateReader struct{ fmt.ScanState }

func (r stateReader) ReadByte() (byte, error) {
	ch, size, err := r.ReadRune()
	if size != 1 && err == nil {
		err = fmt.Errorf("invalid rune %#U", ch)
	}
	return byte(ch), err
}

func (r stateReader) UnreadByte() error { return r.UnreadRune() }

// Text returns x in the given base, which is from 2 to 62: the digits from 10
// are lower case letters, those from 36 upper case ones.  There is no prefix.
// For nil it is "<nil>".
func (x *Int) Text(base int) string {
	if x == nil {
		return "<nil>"
	}
	return string(x.abs.itoa(x.neg, base))
}

// Append appends what x.Text(base) returns to buf.
func (x *Int) Append(buf []byte, base int) []byte {
	if x == nil {
		return append(buf, "<nil>"...)
	}
	return append(buf, x.abs.itoa(x.neg, base)...)
}

// String returns x in decimal.
func (x *Int) String() string { return x.Text(10) }

func writeMultiple(s fmt.State, text string, count int) {
	for ; count > 0; count-- {
		io.WriteString(s, text)
	}
}

// Format implements [fmt.Formatter] for the verbs b, o, O, d, x and X (and s and
// v as d) with all the flags that the integers of the language know.
func (x *Int) Format(s fmt.State, ch rune) {
	var base int
	switch ch {
	case 'b':
		base = 2
	case 'o', 'O':
		base = 8
	case 'd', 's', 'v':
		base = 10
	case 'x', 'X':
		base = 16
	default:
		fmt.Fprintf(s, "%%!%c(big.Int=%s)", ch, x.String())
		return
	}
	if x == nil {
		fmt.Fprint(s, "<nil>")
		return
	}
	sign := ""
	switch {
	case x.neg:
		sign = "-"
	case s.Flag('+'):
		sign = "+"
	case s.Flag(' '):
		sign = " "
	}
	prefix := ""
	if s.Flag('#') {
		switch ch {
		case 'b':
			prefix = "0b"
		case 'o':
			prefix = "0"
		case 'x':
			prefix = "0x"
		case 'X':
			prefix = "0X"
		}
	}
	if ch == 'O' {
		prefix = "0o"
	}
	text := x.abs.utoa(base)
	if ch == 'X' {
		text = bytes.ToUpper(text)
	}

	var left, zeros, right int
	prec, havePrec := s.Precision()
	if havePrec {
		switch {
		case len(text) < prec:
			zeros = prec - len(text)
		case len(text) == 1 && text[0] == '0' && prec == 0:
			return // nothing at all, not even padding
		}
	}
	if width, ok := s.Width(); ok {
		if d := width - len(sign) - len(prefix) - zeros - len(text); d > 0 {
			switch {
			case s.Flag('-'):
				right = d
			case s.Flag('0') && !havePrec:
				zeros = d
			default:
				left = d
			}
		}
	}
	writeMultiple(s, " ", left)
	writeMultiple(s, sign, 1)
	writeMultiple(s, prefix, 1)
	writeMultiple(s, "0", zeros)
	s.Write(text)
	writeMultiple(s, " ", right)
}

// scan sets z to the number that r starts with.
func (z *Int) scan(r io.ByteScanner, base int) (*Int, int, error) {
	neg, err := scanSign(r)
	if err != nil {
		return nil, 0, err
	}
	z.abs, base, _, err = z.abs.scan(r, base, false)
	if err != nil {
		return nil, base, err
	}
	z.neg = len(z.abs) > 0 && neg
	return z, base, nil
}

func scanSign(r io.ByteScanner) (neg bool, err error) {
	ch, err := r.ReadByte()
	if err != nil {
		return false, err
	}
	switch ch {
	case '-':
		return true, nil
	case '+':
	default:
		r.UnreadByte()
	}
	return false, nil
}

var _ fmt.Scanner = intOne

// Scan implements [fmt.Scanner] for the verbs b, o, d, x and X; s and v take the
// base from a prefix.
func (z *Int) Scan(s fmt.ScanState, ch rune) error {
	s.SkipSpace()
	var base int
	switch ch {
	case 'b':
		base = 2
	case 'o':
		base = 8
	case 'd':
		base = 10
	case 'x', 'X':
		base = 16
	case 's', 'v':
	default:
		return errors.New("Int.Scan: invalid verb")
	}
	_, _, err := z.scan(stateReader{s}, base)
	return err
}

// The version of the binary form: see [Int.GobEncode].
const intGobVersion byte = 1

// GobEncode implements encoding/gob.GobEncoder: a byte with the version and the
// sign, then the bytes of |x|, the highest first.
func (x *Int) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	buf := make([]byte, 1+len(x.abs)*wordBytes)
	i := x.abs.putBytes(buf[1:])
	buf[i] = intGobVersion << 1
	if x.neg {
		buf[i] |= 1
	}
	return buf[i:], nil
}

// GobDecode implements encoding/gob.GobDecoder.
func (z *Int) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Int{} // a nil pointer was encoded
		return nil
	}
	b := buf[0]
	if b>>1 != intGobVersion {
		return fmt.Errorf("Int.GobDecode: encoding version %d not supported", b>>1)
	}
	z.neg = b&1 != 0
	z.abs = z.abs.setBytes(buf[1:])
	return nil
}

// AppendText implements encoding.TextAppender: x in decimal.
func (x *Int) AppendText(b []byte) (text []byte, err error) { return x.Append(b, 10), nil }

// MarshalText implements encoding.TextMarshaler: x in decimal.
func (x *Int) MarshalText() (text []byte, err error) { return x.AppendText(nil) }

// UnmarshalText implements encoding.TextUnmarshaler: what [Int.SetString]
// accepts with base 0.
func (z *Int) UnmarshalText(text []byte) error {
	if _, ok := z.SetString(string(text), 0); !ok {
		return fmt.Errorf("math/big: cannot unmarshal %q into a *big.Int", text)
	}
	return nil
}

// MarshalJSON implements encoding/json.Marshaler: a number, null for nil.
func (x *Int) MarshalJSON() ([]byte, error) {
	if x == nil {
		return []byte("null"), nil
	}
	return x.abs.itoa(x.neg, 10), nil
}

// UnmarshalJSON implements encoding/json.Unmarshaler.  null changes nothing.
func (z *Int) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		return nil
	}
	return z.UnmarshalText(text)
}
