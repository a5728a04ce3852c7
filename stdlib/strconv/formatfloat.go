package strconv

import (
	"math"
	"math/bits"
)

// Formatting a float m·2^e:
//
//   - The fewest digits that identify it: Schubfach (Giulietti, "The Schubfach
//     way to render doubles", 2020), with 128-bit powers of ten.
//   - A given number of digits: one multiplication with a 128-bit power of ten;
//     if the result is too near to a tie, or more than 17 digits are wanted,
//     all digits with integers of any size, then rounding to even.

// digits is a decimal number 0.d₁d₂…·10^point.  Zero has no digits.
type digits struct {
	d     []byte
	point int
}

// FormatFloat returns f as text.  bitSize, 32 or 64, is the size of the type f
// comes from.
//
// fmt is the form: 'e' (-d.dddde±dd), 'E' (with E), 'f' (-ddd.dddd), 'g' ('e'
// for large exponents, otherwise 'f'), 'G' (the same with E), 'b' (-ddddp±ddd,
// a binary exponent), 'x' (-0xd.ddddp±ddd, hexadecimal), 'X' (the same with X and P).
//
// prec is the number of digits after the point, for 'g' and 'G' the largest
// number of significant digits, whose trailing zeros are left out.  -1 means as
// few digits as give f back when parsed.  Exponents have two digits at
// least, except with 'b'.
func FormatFloat(f float64, fmt byte, prec, bitSize int) string {
	return string(AppendFloat(make([]byte, 0, max(prec+4, 24)), f, fmt, prec, bitSize))
}

// AppendFloat appends what [FormatFloat] returns to dst.
func AppendFloat(dst []byte, f float64, fmt byte, prec, bitSize int) []byte {
	var b uint64
	t := &float64Type
	switch bitSize {
	case 32:
		b = uint64(math.Float32bits(float32(f)))
		t = &float32Type
	case 64:
		b = math.Float64bits(f)
	default:
		panic("strconv: illegal AppendFloat/FormatFloat bitSize")
	}
	neg := b>>(t.expBits+t.fracBits) != 0
	biased := int(b>>t.fracBits) & (1<<t.expBits - 1)
	mant := b & (1<<t.fracBits - 1)
	switch biased {
	case 1<<t.expBits - 1:
		switch {
		case mant != 0:
			return append(dst, "NaN"...)
		case neg:
			return append(dst, "-Inf"...)
		}
		return append(dst, "+Inf"...)
	case 0:
		biased = 1 // subnormal: the same exponent, without the leading one
	default:
		mant |= 1 << t.fracBits
	}
	exp := biased - 1 + t.minExp() // f = mant·2^exp

	if neg {
		switch fmt {
		case 'b', 'x', 'X', 'e', 'E', 'f', 'g', 'G':
			dst = append(dst, '-')
		}
	}
	switch fmt {
	case 'b':
		return appendBinary(dst, mant, exp)
	case 'x', 'X':
		return appendHex(dst, prec, fmt, mant, exp, t)
	case 'e', 'E', 'f', 'g', 'G':
	default:
		return append(dst, '%', fmt)
	}

	var buf [24]byte
	var digs digits
	shortest := prec < 0
	if shortest {
		digs = shortestDigits(buf[:], mant, exp, t)
		switch fmt {
		case 'e', 'E':
			prec = max(len(digs.d)-1, 0)
		case 'f':
			prec = max(len(digs.d)-digs.point, 0)
		default:
			prec = len(digs.d)
		}
	} else {
		switch fmt {
		case 'e', 'E':
			digs = significantDigits(buf[:], mant, exp, prec+1)
		case 'f':
			digs = fixedDigits(buf[:], mant, exp, prec)
		default:
			prec = max(prec, 1)
			digs = significantDigits(buf[:], mant, exp, prec)
		}
	}
	switch fmt {
	case 'e', 'E':
		return appendScientific(dst, digs, prec, fmt)
	case 'f':
		return appendFixed(dst, digs, prec)
	}
	// The form with an exponent is for exponents below -4, or from the
	// precision on: that asked for, but not more than there are digits if those
	// reach the point, and 6 if there was none asked for.
	n := len(digs.d)
	threshold := prec
	if threshold > n && n >= digs.point {
		threshold = n
	}
	if shortest {
		threshold = 6
	}
	if exp10 := digs.point - 1; exp10 < -4 || exp10 >= threshold {
		return appendScientific(dst, digs, max(min(prec, n)-1, 0), fmt+'e'-'g')
	}
	return appendFixed(dst, digs, max(n-digs.point, 0))
}

// appendScientific appends d.ddde±dd with prec digits after the point.
func appendScientific(dst []byte, digs digits, prec int, e byte) []byte {
	first := byte('0')
	exp := 0
	if len(digs.d) > 0 {
		first = digs.d[0]
		exp = digs.point - 1
	}
	dst = append(dst, first)
	if prec > 0 {
		dst = append(dst, '.')
		have := min(len(digs.d), prec+1)
		if have > 1 {
			dst = append(dst, digs.d[1:have]...)
		}
		for i := max(have, 1); i <= prec; i++ {
			dst = append(dst, '0')
		}
	}
	return appendExponent(append(dst, e), exp, 2)
}

// appendExponent appends a sign and exp, with width digits at least.
func appendExponent(dst []byte, exp, width int) []byte {
	sign := byte('+')
	if exp < 0 {
		sign, exp = '-', -exp
	}
	dst = append(dst, sign)
	if width == 2 && exp < 10 {
		dst = append(dst, '0')
	}
	return AppendUint(dst, uint64(exp), 10)
}

// appendFixed appends ddd.ddd with prec digits after the point.
func appendFixed(dst []byte, digs digits, prec int) []byte {
	if digs.point > 0 {
		n := min(len(digs.d), digs.point)
		dst = append(dst, digs.d[:n]...)
		for ; n < digs.point; n++ {
			dst = append(dst, '0')
		}
	} else {
		dst = append(dst, '0')
	}
	if prec > 0 {
		dst = append(dst, '.')
		for i := digs.point; i < digs.point+prec; i++ {
			c := byte('0')
			if 0 <= i && i < len(digs.d) {
				c = digs.d[i]
			}
			dst = append(dst, c)
		}
	}
	return dst
}

// appendBinary appends mant and exp as they are.
func appendBinary(dst []byte, mant uint64, exp int) []byte {
	dst = AppendUint(dst, mant, 10)
	return appendExponent(append(dst, 'p'), exp, 1)
}

// appendHex appends 0x1.hhhp±dd.
func appendHex(dst []byte, prec int, fmt byte, mant uint64, exp int, t *floatType) []byte {
	// The leading one to bit 60, so that fifteen hexadecimal digits follow.
	if mant == 0 {
		exp = 0
	} else {
		shift := bits.LeadingZeros64(mant) - 3
		mant <<= uint(shift)
		exp += 60 - shift
	}
	if 0 <= prec && prec < 15 {
		drop := uint(60 - 4*prec)
		rest := mant & (1<<drop - 1)
		half := uint64(1) << (drop - 1)
		mant >>= drop
		if rest > half || rest == half && mant&1 != 0 {
			mant++
		}
		mant <<= drop
		if mant>>61 != 0 {
			mant >>= 1
			exp++
		}
	}
	hexDigits := "0123456789abcdef"
	if fmt == 'X' {
		hexDigits = "0123456789ABCDEF"
	}
	dst = append(dst, '0', fmt, byte('0'+mant>>60&1))
	mant <<= 4
	if prec < 0 && mant != 0 || prec > 0 {
		dst = append(dst, '.')
		for i := 0; prec < 0 && mant != 0 || i < prec; i++ {
			dst = append(dst, hexDigits[mant>>60])
			mant <<= 4
		}
	}
	return appendExponent(append(dst, fmt-'x'+'p'), exp, 2)
}

// makeDigits writes u to buf and returns it as digits without trailing zeros, times
// 10^exp.
func makeDigits(buf []byte, u uint64, exp int) digits {
	if u == 0 {
		return digits{}
	}
	at := formatDecimal(buf, u)
	d := buf[at:]
	point := len(d) + exp
	for d[len(d)-1] == '0' {
		d = d[:len(d)-1]
	}
	return digits{d, point}
}

// shortestDigits returns the fewest digits that identify mant·2^exp; of
// several such numbers, the nearest.
func shortestDigits(buf []byte, mant uint64, exp int, t *floatType) digits {
	if mant == 0 {
		return digits{}
	}
	if exp <= 0 && -exp <= int(t.fracBits) && mant&(1<<uint(-exp)-1) == 0 {
		return makeDigits(buf, mant>>uint(-exp), 0) // an integer without rounding
	}
	u, k := schubfach(mant, exp, mant == 1<<t.fracBits && exp > t.minExp())
	return makeDigits(buf, u, k)
}

// schubfach returns the shortest u·10^k within the interval that rounds to
// mant·2^exp.  The interval reaches half a unit to both sides; down only a quarter
// if mant is a power of two, as the floats below are closer (near).  Its ends belong to it
// if mant is even.
func schubfach(mant uint64, exp int, near bool) (u uint64, k int) {
	below := uint64(2)
	if near {
		below = 1
		k = log10ThreeQuarters(exp)
	} else {
		k = log10Pow2(exp)
	}
	// Everything times 4·10^-k, so that the interval is longer than 4 and not
	// longer than 40; results are rounded to odd, which keeps comparisons exact.
	g, exact := pow10(-k)
	if !exact {
		g.lo++ // must not be too small; the table leaves room
	}
	h := uint(exp + log2Pow10(-k) + 1)
	center := mant << 2
	lower := roundToOdd(g, (center-below)<<h)
	value := roundToOdd(g, center<<h)
	upper := roundToOdd(g, (center+2)<<h)
	if mant&1 != 0 {
		lower++
		upper--
	}
	s := value >> 2
	if s >= 10 {
		// One digit less: at most one of the two neighbours is inside.
		s10 := s / 10
		down := lower <= 40*s10
		up := 40*s10+40 <= upper
		if down != up {
			if up {
				s10++
			}
			return s10, k + 1
		}
	}
	down := lower <= 4*s
	up := 4*s+4 <= upper
	if down != up {
		if up {
			s++
		}
		return s, k
	}
	// Both are: the nearer one, of two equally near the even one.
	if mid := 4*s + 2; value > mid || value == mid && s&1 != 0 {
		s++
	}
	return s, k
}

// roundToOdd returns g·x / 2^128, its lowest bit set if there is a fraction.
func roundToOdd(g uint128, x uint64) uint64 {
	hi, mid, _ := mul192(x, g)
	if mid > 1 {
		hi |= 1
	}
	return hi
}

var uint64Pow10 = [...]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19}

// maxFast is the most digits that scaled can give.
const maxFast = 17

// significantDigits returns mant·2^exp rounded to n digits.
func significantDigits(buf []byte, mant uint64, exp, n int) digits {
	if mant == 0 {
		return digits{}
	}
	if n <= maxFast {
		// The number is in [10^p, 2·10^(p+1)).
		p := log10Pow2(exp + bits.Len64(mant) - 1)
		k := n - 1 - p
		u, ok := scaled(mant, exp, k)
		if ok && u >= uint64Pow10[n] {
			k--
			u, ok = scaled(mant, exp, k)
		}
		if ok {
			return makeDigits(buf, u, -k)
		}
	}
	digs := allDigits(mant, exp)
	digs.round(n)
	return digs
}

// fixedDigits returns mant·2^exp rounded to prec digits after the point.
func fixedDigits(buf []byte, mant uint64, exp, prec int) digits {
	if mant == 0 {
		return digits{}
	}
	if p := log10Pow2(exp + bits.Len64(mant) - 1); 0 <= p+prec && p+prec < maxFast {
		if u, ok := scaled(mant, exp, prec); ok {
			return makeDigits(buf, u, -prec)
		}
	}
	digs := allDigits(mant, exp)
	digs.round(digs.point + prec)
	return digs
}

// scaled returns mant·2^exp·10^k, rounded to even, if it can tell.  The result must be
// at least 1/2 and less than 2^62.
func scaled(mant uint64, exp, k int) (u uint64, ok bool) {
	p, exact := pow10(k)
	shift := bits.LeadingZeros64(mant)
	mant <<= uint(shift)
	exp -= shift
	hi, mid, lo := mul192(mant, p)
	// The result is hi:mid shifted right by drop, and up to two units of mid
	// more if p is not exact.
	drop := 63 - exp - log2Pow10(k)
	if drop <= 64 || 128 <= drop {
		return 0, false
	}
	drop -= 64
	half := uint64(1) << uint(drop-1)
	rest := hi & (half<<1 - 1)
	u = hi >> uint(drop)
	switch {
	case rest > half, rest == half && mid|lo != 0, rest == half && !exact:
		u++
	case rest == half: // a tie
		u += u & 1
	case rest == half-1 && mid >= 1<<64-2 && !exact:
		return 0, false
	}
	return u, true
}

// allDigits returns all digits of mant·2^exp.
func allDigits(mant uint64, exp int) digits {
	n := natural{mant}
	if exp >= 0 {
		d := n.shiftLeft(exp).decimal()
		return digits{d, len(d)}
	}
	// m/2^x = m·5^x/10^x
	zeros := min(bits.TrailingZeros64(mant), -exp)
	n[0] >>= uint(zeros)
	exp += zeros
	d := n.mulPow5(-exp).decimal()
	return digits{d, len(d) + exp}
}

// round rounds to n digits, to even, and drops trailing zeros; n may be
// negative.
func (x *digits) round(n int) {
	if n < 0 {
		*x = digits{}
		return
	}
	if n < len(x.d) {
		up := x.d[n] > '5'
		if x.d[n] == '5' {
			up = n > 0 && x.d[n-1]&1 != 0
			for _, c := range x.d[n+1:] {
				up = up || c != '0'
			}
		}
		x.d = x.d[:n]
		if up {
			for n > 0 && x.d[n-1] == '9' {
				n--
			}
			if n == 0 {
				x.d = append(x.d[:0], '1')
				x.point++
				return
			}
			x.d = x.d[:n]
			x.d[n-1]++
		}
	}
	for len(x.d) > 0 && x.d[len(x.d)-1] == '0' {
		x.d = x.d[:len(x.d)-1]
	}
	if len(x.d) == 0 {
		x.point = 0
	}
}
