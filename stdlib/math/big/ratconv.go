package big

// Fractions as text: formatting, parsing, marshalling.

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

var _ fmt.Scanner = &Rat{}

// Scan implements [fmt.Scanner] for the verbs e, E, f, F, g, G and v, which all
// mean the same.
func (z *Rat) Scan(s fmt.ScanState, ch rune) error {
	tok, err := s.Token(true, func(ch rune) bool { return strings.ContainsRune("+-/0123456789.eE", ch) })
	if err != nil {
		return err
	}
	if !strings.ContainsRune("efgEFGv", ch) {
		return errors.New("Rat.Scan: invalid verb")
	}
	if _, ok := z.SetString(string(tok)); !ok {
		return errors.New("Rat.Scan: invalid syntax")
	}
	return nil
}

// SetString sets z to the number that s is and returns z and true; if s is no
// number, or there is more after it, it returns nil and false, and z may have
// any value.
//
// It is a fraction "a/b", both of which may have a prefix as with [Int.SetString]
// and base 0, and only the first a sign; or a floating point number, which may
// have a prefix, too (but a leading 0 does not mean octal), and an exponent: of
// 10 after an "e", of 2 after a "p".  A hexadecimal one has only the latter.
func (z *Rat) SetString(s string) (*Rat, bool) {
	if s == "" {
		return nil, false
	}
	if sep := strings.IndexByte(s, '/'); sep >= 0 {
		if _, ok := z.a.SetString(s[:sep], 0); !ok {
			return nil, false
		}
		r := &textReader{s: s[sep+1:]}
		var err error
		if z.b.abs, _, _, err = z.b.abs.scan(r, 0, false); err != nil {
			return nil, false
		}
		if r.i < len(r.s) || len(z.b.abs) == 0 {
			return nil, false
		}
		return z.norm(), true
	}

	r := &textReader{s: s}
	neg, err := scanSign(r)
	if err != nil {
		return nil, false
	}
	var base, count int
	z.a.abs, base, count, err = z.a.abs.scan(r, 0, true)
	if err != nil {
		return nil, false
	}
	exp, expBase, err := scanExponent(r, true, true)
	if err != nil {
		return nil, false
	}
	if r.i < len(r.s) {
		return nil, false
	}
	if len(z.a.abs) == 0 {
		return z.norm(), true
	}

	// The value is mantissa · 2**exp2 · 5**exp5: the point and the exponent
	// are powers of those.
	var exp2, exp5 int64
	if count < 0 {
		d := int64(count)
		switch base {
		case 10:
			exp5 = d
			exp2 = d
		case 2:
			exp2 = d
		case 8:
			exp2 = d * 3
		case 16:
			exp2 = d * 4
		}
	}
	if expBase == 10 {
		exp5 += exp
	}
	exp2 += exp

	if exp5 != 0 {
		n := max(exp5, -exp5)
		if n < 0 || n > 1e6 {
			return nil, false
		}
		pow := nat(nil).expNN(natFive, nat(nil).setWord(Word(n)), nil)
		if exp5 > 0 {
			z.a.abs = z.a.abs.mul(z.a.abs, pow)
			z.b.abs = z.b.abs.setWord(1)
		} else {
			z.b.abs = pow
		}
	} else {
		z.b.abs = z.b.abs.setWord(1)
	}
	if exp2 < -1e7 || exp2 > 1e7 {
		return nil, false
	}
	if exp2 > 0 {
		z.a.abs = z.a.abs.shl(z.a.abs, uint(exp2))
	} else if exp2 < 0 {
		z.b.abs = z.b.abs.shl(z.b.abs, uint(-exp2))
	}
	z.a.neg = neg && len(z.a.abs) > 0
	return z.norm(), true
}

// scanExponent reads an exponent, if there is one: the value, and the base that
// it is the exponent of: 10, or 2 if base2ok and it is one with "p".  sepOk
// allows underscores.
func scanExponent(r io.ByteScanner, base2ok, sepOk bool) (exp int64, base int, err error) {
	ch, err := r.ReadByte()
	if err != nil {
		if err == io.EOF {
			err = nil
		}
		return 0, 10, err
	}
	switch ch {
	case 'e', 'E':
		base = 10
	case 'p', 'P':
		if base2ok {
			base = 2
			break
		}
		fallthrough
	default:
		r.UnreadByte()
		return 0, 10, nil
	}

	var text []byte
	ch, err = r.ReadByte()
	if err == nil && (ch == '+' || ch == '-') {
		if ch == '-' {
			text = append(text, '-')
		}
		ch, err = r.ReadByte()
	}
	prev := '.'
	badSep, have := false, false
	for err == nil {
		if '0' <= ch && ch <= '9' {
			text = append(text, ch)
			prev = '0'
			have = true
		} else if ch == '_' && sepOk {
			if prev != '0' {
				badSep = true
			}
			prev = '_'
		} else {
			r.UnreadByte()
			break
		}
		ch, err = r.ReadByte()
	}
	if err == io.EOF {
		err = nil
	}
	if err == nil && !have {
		err = errNoDigits
	}
	if err == nil {
		exp, err = strconv.ParseInt(string(text), 10, 64)
	}
	if err == nil && (badSep || prev == '_') {
		err = errInvalSep
	}
	return exp, base, err
}

// String returns x as "a/b", even if b is 1.
func (x *Rat) String() string { return string(x.appendTo(nil)) }

func (x *Rat) appendTo(buf []byte) []byte {
	buf = x.a.Append(buf, 10)
	buf = append(buf, '/')
	return append(buf, x.den().utoa(10)...)
}

// RatString returns x as "a/b", or "a" if b is 1.
func (x *Rat) RatString() string {
	if x.IsInt() {
		return x.a.String()
	}
	return x.String()
}

// FloatString returns x in decimal with prec digits after the point, rounded to
// the nearest, halves away from zero.
func (x *Rat) FloatString(prec int) string {
	var buf []byte
	if x.IsInt() {
		buf = x.a.Append(buf, 10)
		if prec > 0 {
			buf = append(buf, '.')
			for range prec {
				buf = append(buf, '0')
			}
		}
		return string(buf)
	}
	q, r := nat(nil).div(nil, x.a.abs, x.b.abs)
	p := natOne
	if prec > 0 {
		p = nat(nil).expNN(natTen, nat(nil).setUint64(uint64(prec)), nil)
	}
	r = nat(nil).mul(r, p)
	r, rest := nat(nil).div(nil, r, x.b.abs)
	// Half of the denominator or more: one up.
	if nat(nil).shl(rest, 1).cmp(x.b.abs) >= 0 {
		r = r.add(r, natOne)
		if r.cmp(p) >= 0 {
			q = nat(nil).add(q, natOne)
			r = nat(nil).sub(r, p)
		}
	}
	if x.a.neg {
		buf = append(buf, '-')
	}
	buf = append(buf, q.utoa(10)...)
	if prec > 0 {
		buf = append(buf, '.')
		frac := r.utoa(10)
		for range prec - len(frac) {
			buf = append(buf, '0')
		}
		buf = append(buf, frac...)
	}
	return string(buf)
}

// FloatPrec returns with how many digits after the point x in decimal is either
// exact, or begins to repeat itself, and whether it is exact.
//
//	x      n    exact    with n digits
//	0      0    true     0
//	1/2    1    true     0.5
//	1/3    0    false    0       (0.333…)
//	1/4    2    true     0.25
//	1/6    1    false    0.2     (0.1666…)
func (x *Rat) FloatPrec() (n int, exact bool) {
	// With b = 2**p2 · 5**p5 · rest, x is exact with max(p2, p5) digits if
	// rest is 1, and repeats after so many if it is not.
	d := x.den()
	p2 := d.trailingZeroBits()
	q := nat(nil).shr(d, p2)

	// Powers 5**(2**i) as long as they divide, then back.
	var powers []nat
	p5 := uint(0)
	f := natFive
	for {
		t, r := nat(nil).div(nil, q, f)
		if len(r) != 0 {
			break
		}
		powers = append(powers, f)
		p5 += 1 << (len(powers) - 1)
		q = t
		f = nat(nil).sqr(f)
	}
	for i := len(powers) - 1; i >= 0; i-- {
		if t, r := nat(nil).div(nil, q, powers[i]); len(r) == 0 {
			p5 += 1 << i
			q = t
		}
	}
	return int(max(p2, p5)), q.isOne()
}

// The version of the binary form: see [Rat.GobEncode].
const ratGobVersion byte = 1

// GobEncode implements encoding/gob.GobEncoder: a byte with the version and the
// sign, the length of the numerator in four bytes, and the bytes of numerator
// and denominator.
func (x *Rat) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	a, b := x.a.Bytes(), x.b.Bytes()
	if uint64(len(a)) > 1<<32-1 {
		return nil, errors.New("Rat.GobEncode: numerator too large")
	}
	n := len(a)
	head := byte(ratGobVersion << 1)
	if x.a.neg {
		head |= 1
	}
	buf := append(make([]byte, 0, 5+len(a)+len(b)), head, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	buf = append(buf, a...)
	return append(buf, b...), nil
}

// GobDecode implements encoding/gob.GobDecoder.
func (z *Rat) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Rat{} // a nil pointer was encoded
		return nil
	}
	if len(buf) < 5 {
		return errors.New("Rat.GobDecode: buffer too small")
	}
	b := buf[0]
	if b>>1 != ratGobVersion {
		return fmt.Errorf("Rat.GobDecode: encoding version %d not supported", b>>1)
	}
	n := uint64(buf[1])<<24 | uint64(buf[2])<<16 | uint64(buf[3])<<8 | uint64(buf[4])
	end := 5 + n
	if uint64(len(buf)) < end {
		return errors.New("Rat.GobDecode: buffer too small")
	}
	z.a.neg = b&1 != 0
	z.a.abs = z.a.abs.setBytes(buf[5:end])
	z.b.abs = z.b.abs.setBytes(buf[end:])
	return nil
}

// AppendText implements encoding.TextAppender: x as [Rat.RatString] has it.
func (x *Rat) AppendText(b []byte) ([]byte, error) {
	if x.IsInt() {
		return x.a.AppendText(b)
	}
	return x.appendTo(b), nil
}

// MarshalText implements encoding.TextMarshaler: x as [Rat.RatString] has it.
func (x *Rat) MarshalText() (text []byte, err error) { return x.AppendText(nil) }

// UnmarshalText implements encoding.TextUnmarshaler: what [Rat.SetString]
// accepts.
func (z *Rat) UnmarshalText(text []byte) error {
	if _, ok := z.SetString(string(text)); !ok {
		return fmt.Errorf("math/big: cannot unmarshal %q into a *big.Rat", text)
	}
	return nil
}
