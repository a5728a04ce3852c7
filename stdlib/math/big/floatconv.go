package big

// Floating point numbers as text: parsing, formatting, marshalling.

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// ParseFloat is f.Parse(s, base) with a new f of the given precision and rounding
// mode.
func ParseFloat(s string, base int, prec uint, mode RoundingMode) (f *Float, b int, err error) {
	return new(Float).SetPrec(prec).SetMode(mode).Parse(s, base)
}

// SetString sets z to the number that s is, as [Float.Parse] with base 0 does, and
// returns z and true; if s is no number it returns nil and false, and z may have
// any value.
func (z *Float) SetString(s string) (*Float, bool) {
	if f, _, err := z.Parse(s, 0); err == nil {
		return f, true
	}
	return nil, false
}

// Parse sets z to the number that s is, rounded, and returns z, the base, and an
// error if s is no number or there is more after it.  The precision 0 becomes 64.
//
//	number    = [ sign ] ( float | "inf" | "Inf" ) .
//	sign      = "+" | "-" .
//	float     = ( mantissa | prefix pmantissa ) [ exponent ] .
//	prefix    = "0" [ "b" | "B" | "o" | "O" | "x" | "X" ] .
//	mantissa  = digits "." [ digits ] | digits | "." digits .
//	pmantissa = [ "_" ] digits "." [ digits ] | [ "_" ] digits | "." digits .
//	exponent  = ( "e" | "E" | "p" | "P" ) [ sign ] digits .
//	digits    = digit { [ "_" ] digit } .
//	digit     = "0" ... "9" | "a" ... "z" | "A" ... "Z" .
//
// The base is 0, 2, 8, 10 or 16; another panics.  With base 0 it is what the
// prefix says: 2 for "0b", 8 for "0o", 16 for "0x", else 10; only then there may
// be a prefix and underscores.  An exponent after "e" is one of 10, one after "p"
// one of 2; in base 16 only the latter can be told from digits.
func (z *Float) Parse(s string, base int) (f *Float, b int, err error) {
	switch s {
	case "inf", "Inf", "+inf", "+Inf":
		return z.SetInf(false), 0, nil
	case "-inf", "-Inf":
		return z.SetInf(true), 0, nil
	}
	r := &textReader{s: s}
	if f, b, err = z.scan(r, base); err != nil {
		return
	}
	if ch, end := r.ReadByte(); end == nil {
		err = fmt.Errorf("expected end of string, found %q", ch)
	} else if end != io.EOF {
		err = end
	}
	return
}

// scan sets z to the number that r starts with.
func (z *Float) scan(r io.ByteScanner, base int) (f *Float, b int, err error) {
	if z.prec == 0 {
		z.prec = 64
	}
	z.form = zero // something valid if there is an error
	z.neg, err = scanSign(r)
	if err != nil {
		return
	}
	var count int
	z.mant, b, count, err = z.mant.scan(r, base, true)
	if err != nil {
		return
	}
	exp, expBase, err := scanExponent(r, true, base == 0)
	if err != nil {
		return nil, b, err
	}
	if len(z.mant) == 0 {
		z.acc = Exact
		z.form = zero
		return z, b, nil
	}

	// The value is 0.mantissa · 2**exp2 · 5**exp5.
	exp2 := int64(len(z.mant))*wordBits - fnorm(z.mant)
	exp5 := int64(0)
	if count < 0 {
		d := int64(count)
		switch b {
		case 10:
			exp5 = d
			exp2 += d
		case 2:
			exp2 += d
		case 8:
			exp2 += d * 3
		case 16:
			exp2 += d * 4
		}
	}
	if expBase == 10 {
		exp5 += exp
	}
	exp2 += exp

	if exp2 < MinExp || exp2 > MaxExp {
		return nil, b, errors.New("exponent overflow")
	}
	z.form = finite
	z.exp = int32(exp2)
	if exp5 == 0 {
		z.round(0)
		return z, b, nil
	}
	// Enough bits more that the power's own rounding does not matter.
	p := new(Float).SetPrec(z.Prec() + 64)
	if exp5 < 0 {
		z.Quo(z, p.pow5(uint64(-exp5)))
	} else {
		z.Mul(z, p.pow5(uint64(exp5)))
	}
	return z, b, nil
}

// pow5 sets z to 5**n, rounded at every step.
func (z *Float) pow5(n uint64) *Float {
	const most = 27 // 5**27 is the largest that fits 64 bits
	v := uint64(1)
	for range min(n, most) {
		v *= 5
	}
	z.SetUint64(v)
	if n <= most {
		return z
	}
	n -= most
	f := new(Float).SetPrec(z.Prec() + 64).SetUint64(5)
	for n > 0 {
		if n&1 != 0 {
			z.Mul(z, f)
		}
		f.Mul(f, f)
		n >>= 1
	}
	return z
}

var _ fmt.Scanner = (*Float)(nil)

// Scan implements [fmt.Scanner] for the verbs of floating point numbers.
// Infinities are not read.
func (z *Float) Scan(s fmt.ScanState, ch rune) error {
	s.SkipSpace()
	_, _, err := z.scan(stateReader{s}, 0)
	return err
}

// A decimal is the number 0.mant · 10**exp.  mant are ASCII digits, without zeros
// at either end.
type decimal struct {
	mant []byte
	exp  int
}

// init sets x to exactly m·2**shift.
func (x *decimal) init(m nat, shift int) {
	if len(m) == 0 {
		x.mant = x.mant[:0]
		x.exp = 0
		return
	}
	if shift < 0 {
		// Fewer bits, fewer digits.
		s := min(m.trailingZeroBits(), uint(-shift))
		if s > 0 {
			m = nat(nil).shr(m, s)
			shift += int(s)
		}
	}
	n := 0
	if shift > 0 {
		m = nat(nil).shl(m, uint(shift))
	} else if shift < 0 {
		// m/2**n = m·5**n / 10**n
		n = -shift
		m = nat(nil).mul(m, nat(nil).expNN(natFive, nat(nil).setUint64(uint64(n)), nil))
	}
	s := m.utoa(10)
	x.exp = len(s) - n
	for len(s) > 0 && s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	x.mant = s
}

// at returns digit i.
func (x *decimal) at(i int) byte {
	if 0 <= i && i < len(x.mant) {
		return x.mant[i]
	}
	return '0'
}

// round rounds x to at most n digits, halves to the even digit.
func (x *decimal) round(n int) {
	if n < 0 || n >= len(x.mant) {
		return
	}
	up := x.mant[n] >= '5'
	if x.mant[n] == '5' && n+1 == len(x.mant) {
		up = n > 0 && (x.mant[n-1]-'0')&1 != 0
	}
	if up {
		x.roundUp(n)
	} else {
		x.roundDown(n)
	}
}

func (x *decimal) roundUp(n int) {
	if n < 0 || n >= len(x.mant) {
		return
	}
	for n > 0 && x.mant[n-1] >= '9' {
		n--
	}
	if n == 0 {
		x.mant[0] = '1'
		x.mant = x.mant[:1]
		x.exp++
		return
	}
	x.mant[n-1]++
	x.mant = x.mant[:n]
}

func (x *decimal) roundDown(n int) {
	if n < 0 || n >= len(x.mant) {
		return
	}
	x.mant = x.mant[:n]
	for len(x.mant) > 0 && x.mant[len(x.mant)-1] == '0' {
		x.mant = x.mant[:len(x.mant)-1]
	}
	if len(x.mant) == 0 {
		x.exp = 0
	}
}

// roundShortest cuts d, which is x, to as few digits as tell x from the other
// numbers of its precision.
func roundShortest(d *decimal, x *Float) {
	if len(d.mant) == 0 {
		return
	}
	// The mantissa with half a unit as the lowest bit, and the ends of the
	// interval that rounds to x.
	mant := nat(nil).set(x.mant)
	exp := int(x.exp) - mant.bitLen()
	s := mant.bitLen() - int(x.prec+1)
	if s < 0 {
		mant = mant.shl(mant, uint(-s))
	} else {
		mant = mant.shr(mant, uint(s))
	}
	exp += s
	var lower, upper decimal
	lower.init(nat(nil).sub(mant, natOne), exp)
	upper.init(nat(nil).add(mant, natOne), exp)
	// The ends belong to it if x is even.
	inclusive := mant[0]&2 == 0

	for i, m := range d.mant {
		l, u := lower.at(i), upper.at(i)
		down := l != m || inclusive && i+1 == len(lower.mant)
		up := m != u && (inclusive || m+1 < u || i+1 < len(upper.mant))
		switch {
		case down && up:
			d.round(i + 1)
			return
		case down:
			d.roundDown(i + 1)
			return
		case up:
			d.roundUp(i + 1)
			return
		}
	}
}

// Text returns x as text.  The format is one of
//
//	'e'	-d.dddde±dd, the exponent with at least two digits
//	'E'	the same with 'E'
//	'f'	-ddddd.dddd, no exponent
//	'g'	'e' for large and small exponents, else 'f'
//	'G'	'E' for large and small exponents, else 'f'
//	'x'	-0xd.dddddp±dd, hexadecimal, from 1 to below 2, exponent of 2
//	'p'	-0x.dddp±dd, hexadecimal, from ½ to below 1, exponent of 2
//	'b'	-ddddddp±dd, decimal integer of x's precision, exponent of 2
//
// another gives "%" and that character.  prec is the number of digits after the
// point for e, E, f and x, of all digits for g and G, and means nothing for p and
// b.  If it is negative there are as few digits as tell x from all others of its
// precision.
func (x *Float) Text(format byte, prec int) string {
	return string(x.Append(make([]byte, 0, 10+max(prec, 0)), format, prec))
}

// String returns x.Text('g', 10).
func (x *Float) String() string { return x.Text('g', 10) }

// Append appends what x.Text(fmt, prec) returns to buf.
func (x *Float) Append(buf []byte, fmt byte, prec int) []byte {
	if x.neg {
		buf = append(buf, '-')
	}
	if x.form == inf {
		if !x.neg {
			buf = append(buf, '+')
		}
		return append(buf, "Inf"...)
	}
	switch fmt {
	case 'b':
		return x.appendB(buf)
	case 'p':
		return x.appendP(buf)
	case 'x':
		return x.appendX(buf, prec)
	}

	var d decimal
	if x.form == finite {
		d.init(x.mant, int(x.exp)-x.mant.bitLen())
	}
	shortest := prec < 0
	if shortest {
		roundShortest(&d, x)
		switch fmt {
		case 'e', 'E':
			prec = len(d.mant) - 1
		case 'f':
			prec = max(len(d.mant)-d.exp, 0)
		case 'g', 'G':
			prec = len(d.mant)
		}
	} else {
		switch fmt {
		case 'e', 'E':
			d.round(1 + prec)
		case 'f':
			d.round(d.exp + prec)
		case 'g', 'G':
			prec = max(prec, 1)
			d.round(prec)
		}
	}

	switch fmt {
	case 'e', 'E':
		return d.appendE(buf, fmt, prec)
	case 'f':
		return d.appendF(buf, prec)
	case 'g', 'G':
		limit := prec
		if limit > len(d.mant) && len(d.mant) >= d.exp {
			limit = len(d.mant)
		}
		if shortest {
			limit = 6
		}
		if exp := d.exp - 1; exp < -4 || exp >= limit {
			return d.appendE(buf, fmt+'e'-'g', min(prec, len(d.mant))-1)
		}
		if prec > d.exp {
			prec = len(d.mant)
		}
		return d.appendF(buf, max(prec-d.exp, 0))
	}
	if x.neg {
		buf = buf[:len(buf)-1]
	}
	return append(buf, '%', fmt)
}

// appendExp appends an exponent with sign and at least two digits.
func appendExp(buf []byte, ch byte, exp int64) []byte {
	buf = append(buf, ch)
	if exp < 0 {
		buf = append(buf, '-')
		exp = -exp
	} else {
		buf = append(buf, '+')
	}
	if exp < 10 {
		buf = append(buf, '0')
	}
	return strconv.AppendInt(buf, exp, 10)
}

func (d *decimal) appendE(buf []byte, ch byte, prec int) []byte {
	buf = append(buf, d.at(0))
	if prec > 0 {
		buf = append(buf, '.')
		for i := 1; i <= prec; i++ {
			buf = append(buf, d.at(i))
		}
	}
	exp := 0
	if len(d.mant) > 0 {
		exp = d.exp - 1
	}
	return appendExp(buf, ch, int64(exp))
}

func (d *decimal) appendF(buf []byte, prec int) []byte {
	if d.exp > 0 {
		for i := range d.exp {
			buf = append(buf, d.at(i))
		}
	} else {
		buf = append(buf, '0')
	}
	if prec > 0 {
		buf = append(buf, '.')
		for i := range prec {
			buf = append(buf, d.at(d.exp+i))
		}
	}
	return buf
}

// withBits returns x's mantissa as an integer of n bits.
func (x *Float) withBits(n uint) nat {
	have := uint(len(x.mant)) * wordBits
	if n < have {
		return nat(nil).shr(x.mant, have-n)
	}
	return nat(nil).shl(x.mant, n-have)
}

func (x *Float) appendB(buf []byte) []byte {
	if x.form == zero {
		return append(buf, '0')
	}
	buf = append(buf, x.withBits(uint(x.prec)).utoa(10)...)
	buf = append(buf, 'p')
	e := int64(x.exp) - int64(x.prec)
	if e >= 0 {
		buf = append(buf, '+')
	}
	return strconv.AppendInt(buf, e, 10)
}

func (x *Float) appendX(buf []byte, prec int) []byte {
	if x.form == zero {
		buf = append(buf, "0x0"...)
		if prec > 0 {
			buf = append(buf, '.')
			for range prec {
				buf = append(buf, '0')
			}
		}
		return append(buf, "p+00"...)
	}
	// One bit before the point, four for each digit after it.
	n := 1 + 4*uint(max(prec, 0))
	if prec < 0 {
		n = 1 + (x.MinPrec()-1+3)/4*4
	}
	r := new(Float).SetPrec(n).SetMode(x.mode).Set(x)
	hex := r.withBits(n).utoa(16)
	buf = append(buf, "0x1"...)
	if len(hex) > 1 {
		buf = append(buf, '.')
		buf = append(buf, hex[1:]...)
	}
	return appendExp(buf, 'p', int64(r.exp)-1)
}

func (x *Float) appendP(buf []byte) []byte {
	if x.form == zero {
		return append(buf, '0')
	}
	m := x.mant
	for len(m) > 0 && m[0] == 0 {
		m = m[1:]
	}
	buf = append(buf, "0x."...)
	buf = append(buf, bytes.TrimRight(m.utoa(16), "0")...)
	buf = append(buf, 'p')
	if x.exp >= 0 {
		buf = append(buf, '+')
	}
	return strconv.AppendInt(buf, int64(x.exp), 10)
}

// Format implements [fmt.Formatter] for the verbs of floating point numbers, p
// (see [Float.Text]) and v, which is g, with precision, width and the flags +,
// space, 0 and -.
func (x *Float) Format(s fmt.State, format rune) {
	prec, havePrec := s.Precision()
	if !havePrec {
		prec = 6
	}
	switch format {
	case 'e', 'E', 'f', 'b', 'p', 'x':
	case 'F':
		format = 'f'
	case 'g', 'G', 'v':
		if format == 'v' {
			format = 'g'
		}
		if !havePrec {
			prec = -1
		}
	default:
		fmt.Fprintf(s, "%%!%c(*big.Float=%s)", format, x.String())
		return
	}
	text := x.Append(nil, byte(format), prec)

	sign := ""
	switch {
	case text[0] == '-':
		sign = "-"
		text = text[1:]
	case text[0] == '+': // an infinity
		sign = "+"
		if s.Flag(' ') {
			sign = " "
		}
		text = text[1:]
	case s.Flag('+'):
		sign = "+"
	case s.Flag(' '):
		sign = " "
	}
	padding := 0
	if width, ok := s.Width(); ok {
		padding = width - len(sign) - len(text)
	}
	switch {
	case s.Flag('0') && !x.IsInf():
		writeMultiple(s, sign, 1)
		writeMultiple(s, "0", padding)
		s.Write(text)
	case s.Flag('-'):
		writeMultiple(s, sign, 1)
		s.Write(text)
		writeMultiple(s, " ", padding)
	default:
		writeMultiple(s, " ", padding)
		writeMultiple(s, sign, 1)
		s.Write(text)
	}
}

// The version of the binary form: see [Float.GobEncode].
const floatGobVersion byte = 1

// GobEncode implements encoding/gob.GobEncoder: the version, a byte with mode,
// accuracy, form and sign, the precision, and for a finite number the exponent
// and the mantissa, with the highest byte first.
func (x *Float) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	flags := byte(x.mode&7)<<5 | byte((x.acc+1)&3)<<3 | byte(x.form&3)<<1
	if x.neg {
		flags |= 1
	}
	buf := []byte{floatGobVersion, flags}
	buf = append32(buf, x.prec)
	if x.form == finite {
		// No more words than the precision needs.
		n := min(int((x.prec+(wordBits-1))/wordBits), len(x.mant))
		buf = append32(buf, uint32(x.exp))
		for i := len(x.mant) - 1; i >= len(x.mant)-n; i-- {
			w := uint64(x.mant[i])
			if wordBits == 64 {
				buf = append32(buf, uint32(w>>32))
			}
			buf = append32(buf, uint32(w))
		}
	}
	return buf, nil
}

func append32(buf []byte, v uint32) []byte {
	return append(buf, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}

func get32(buf []byte) uint32 {
	return uint32(buf[0])<<24 | uint32(buf[1])<<16 | uint32(buf[2])<<8 | uint32(buf[3])
}

// GobDecode implements encoding/gob.GobDecoder.  z is rounded to its precision
// with its mode, unless that precision is 0.
func (z *Float) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Float{} // a nil pointer was encoded
		return nil
	}
	if len(buf) < 6 {
		return errors.New("Float.GobDecode: buffer too small")
	}
	if buf[0] != floatGobVersion {
		return fmt.Errorf("Float.GobDecode: encoding version %d not supported", buf[0])
	}
	oldPrec, oldMode := z.prec, z.mode

	b := buf[1]
	z.mode = RoundingMode(b >> 5 & 7)
	z.acc = Accuracy(b>>3&3) - 1
	z.form = form(b >> 1 & 3)
	z.neg = b&1 != 0
	z.prec = get32(buf[2:])
	if z.form == finite {
		if len(buf) < 10 {
			return errors.New("Float.GobDecode: buffer too small for finite form float")
		}
		z.exp = int32(get32(buf[6:]))
		z.mant = z.mant.setBytes(buf[10:])
	}
	if oldPrec != 0 {
		z.mode = oldMode
		z.SetPrec(uint(oldPrec))
	}
	if msg := z.invalid(); msg != "" {
		return errors.New("Float.GobDecode: " + msg)
	}
	return nil
}

// invalid says what is wrong with a finite number.
func (x *Float) invalid() string {
	if x.form != finite {
		return ""
	}
	m := len(x.mant)
	if m == 0 {
		return "nonzero finite number with empty mantissa"
	}
	if top := x.mant[m-1]; top>>(wordBits-1) == 0 {
		return fmt.Sprintf("msb not set in last word %#x of %s", top, x.Text('p', 0))
	}
	if x.prec == 0 {
		return "zero precision finite number"
	}
	return ""
}

// AppendText implements encoding.TextAppender: x with as many digits as its
// precision needs, but without precision, mode and accuracy.
func (x *Float) AppendText(b []byte) ([]byte, error) {
	if x == nil {
		return append(b, "<nil>"...), nil
	}
	return x.Append(b, 'g', -1), nil
}

// MarshalText implements encoding.TextMarshaler, as [Float.AppendText].
func (x *Float) MarshalText() (text []byte, err error) { return x.AppendText(nil) }

// UnmarshalText implements encoding.TextUnmarshaler: what [Float.Parse] accepts
// with base 0.
func (z *Float) UnmarshalText(text []byte) error {
	if _, _, err := z.Parse(string(text), 0); err != nil {
		return fmt.Errorf("math/big: cannot unmarshal %q into a *big.Float (%v)", text, err)
	}
	return nil
}
