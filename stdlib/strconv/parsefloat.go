package strconv

import (
	"math"
	"math/bits"
)

// Parsing a decimal number:
//
//  1. Scan it: up to 19 significant digits as an integer, a decimal exponent.
//  2. Eisel and Lemire: multiply with the power of ten in 128 bits.  That
//     decides nearly always.  (Lemire: "Number Parsing at a Gigabyte per Second", 2021.)
//  3. With more than 19 digits, do so for the integer and the next larger; if both
//     give the same, that is it.
//  4. Otherwise compare all digits with the midpoint between two floats, in
//     integers of any size.

// parseStatus says how parsing went.
type parseStatus uint8

const (
	parsedOK parseStatus = iota
	badSyntax
	badRange // the result is infinite
)

// ParseFloat returns the floating-point number nearest to what s stands for;
// of two equally near the even one.
//
// bitSize is 32 or 64; with 32 the result can be converted to float32
// unchanged.  s is a decimal or hexadecimal floating-point literal of Go or a
// decimal integer, possibly with a sign, or, in any case of letters, nan or a possibly
// signed inf or infinity.  Underscores may separate digits as in Go.
//
// Errors are of type *[NumError].  Its Err is [ErrSyntax] if s is not of that
// form, [ErrRange] if its value is more than half a unit in the last place
// beyond the largest number of the size; the result is infinite then.
func ParseFloat(s string, bitSize int) (float64, error) {
	f, n, status := parseFloatPrefix(s, bitSize)
	if n != len(s) && status != badSyntax {
		status = badSyntax
		f = 0
	}
	switch status {
	case badSyntax:
		return 0, syntaxError("ParseFloat", s)
	case badRange:
		return f, rangeError("ParseFloat", s)
	}
	return f, nil
}

// parseFloatPrefix parses the longest number that s begins with and returns
// its length.
func parseFloatPrefix(s string, bitSize int) (f float64, n int, status parseStatus) {
	if f, n = parseSpecial(s); n > 0 {
		if bitSize == 32 {
			f = float64(float32(f)) // changes the bits of NaN
		}
		return f, n, parsedOK
	}
	t := &float64Type
	if bitSize == 32 {
		t = &float32Type
	}
	num, ok := scanNumber(s)
	if !ok {
		return 0, num.length, badSyntax
	}
	var b uint64
	switch {
	case num.hex:
		b, ok = t.fromHex(&num)
	default:
		b, ok = t.fromDecimal(s, &num)
	}
	if !ok {
		status = badRange
	}
	if bitSize == 32 {
		f = float64(math.Float32frombits(uint32(b)))
	} else {
		f = math.Float64frombits(b)
	}
	if num.neg {
		f = -f
	}
	return f, num.length, status
}

// prefixFold returns how many bytes s has in common with the lower-case word.
func prefixFold(s, word string) int {
	n := 0
	for n < len(s) && n < len(word) && lower(s[n]) == word[n] && s[n] >= 'A' {
		n++
	}
	return n
}

// parseSpecial parses infinities and NaN; n is 0 if s is neither.
func parseSpecial(s string) (f float64, n int) {
	if s == "" {
		return 0, 0
	}
	sign, signed := 1, 0
	switch s[0] {
	case '+', '-':
		if s[0] == '-' {
			sign = -1
		}
		signed = 1
	case 'n', 'N':
		if prefixFold(s, "nan") == 3 {
			return math.Float64frombits(0x7FF8000000000001), 3
		}
		return 0, 0
	}
	n = prefixFold(s[signed:], "infinity")
	switch {
	case n < len("inf"):
		return 0, 0
	case n < len("infinity"):
		n = len("inf")
	}
	b := uint64(0x7FF0000000000000)
	if sign < 0 {
		b |= 1 << 63
	}
	return math.Float64frombits(b), signed + n
}

// number is a scanned literal: ±mant·10^exp or, if hex, ±mant·2^exp.
type number struct {
	mant      uint64 // the first 19 significant digits, 16 if hex
	exp       int
	neg, hex  bool
	truncated bool // there are more digits, and they are not all 0
	length    int  // of the literal
	digits    int  // where its digits begin
}

// scanNumber scans the longest literal that s begins with.
func scanNumber(s string) (num number, ok bool) {
	i := 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		num.neg = s[i] == '-'
		i++
	}
	base, maxDigits, expChar := uint64(10), 19, byte('e')
	if i+2 < len(s) && s[i] == '0' && lower(s[i+1]) == 'x' {
		i += 2
		base, maxDigits, expChar = 16, 16, 'p'
		num.hex = true
	}
	num.digits = i
	sawDigits, sawDot, underscores := false, false, false
	nd, point := 0, 0 // digits seen, and how many of them are before the point
	inMant := 0
scan:
	for ; i < len(s); i++ {
		c := s[i]
		d := c - '0'
		switch {
		case c == '_':
			underscores = true
			continue
		case c == '.':
			if sawDot {
				break scan
			}
			sawDot = true
			point = nd
			continue
		case d <= 9:
		case num.hex && 'a' <= lower(c) && lower(c) <= 'f':
			d = lower(c) - 'a' + 10
		default:
			break scan
		}
		sawDigits = true
		if d == 0 && nd == 0 {
			point-- // a leading zero only moves the point
			continue
		}
		nd++
		if inMant < maxDigits {
			num.mant = num.mant*base + uint64(d)
			inMant++
		} else if d != 0 {
			num.truncated = true
		}
	}
	if !sawDigits {
		return num, false
	}
	if !sawDot {
		point = nd
	}
	if num.hex {
		point *= 4
		inMant *= 4
	}
	num.length = i
	if i < len(s) && lower(s[i]) == expChar {
		i++
		sign := 1
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			if s[i] == '-' {
				sign = -1
			}
			i++
		}
		if i >= len(s) || s[i]-'0' > 9 {
			return num, false
		}
		e := 0
		for ; i < len(s) && (s[i]-'0' <= 9 || s[i] == '_'); i++ {
			if s[i] == '_' {
				underscores = true
			} else if e < 10000 { // more is as good as infinite
				e = e*10 + int(s[i]-'0')
			}
		}
		point += e * sign
		num.length = i
	} else if num.hex {
		return num, false // the exponent is not optional
	}
	if num.mant != 0 {
		num.exp = point - inMant
	}
	if underscores && !underscoresOK(s[:num.length]) {
		return num, false
	}
	return num, true
}

// inf is the representation of infinity.
func (t *floatType) inf() uint64 { return (1<<t.expBits - 1) << t.fracBits }

// encode returns the representation of mant·2^exp, where exp is minExp or
// mant has its full fracBits+1 bits, or one more and is 2^(fracBits+1).  ok
// is false if it is infinite.
func (t *floatType) encode(mant uint64, exp int) (b uint64, ok bool) {
	if mant>>(t.fracBits+1) != 0 {
		mant >>= 1
		exp++
	}
	if mant>>t.fracBits == 0 {
		return mant, true // subnormal
	}
	biased := exp - t.minExp() + 1
	if biased >= 1<<t.expBits-1 {
		return t.inf(), false
	}
	return uint64(biased)<<t.fracBits | mant&(1<<t.fracBits-1), true
}

// fromHex returns the float nearest to mant·2^exp.
func (t *floatType) fromHex(num *number) (b uint64, ok bool) {
	mant, exp := num.mant, num.exp
	if mant == 0 {
		return 0, true
	}
	shift := bits.LeadingZeros64(mant)
	mant <<= uint(shift)
	exp -= shift
	// What is to go: all but fracBits+1 bits, more for a subnormal number.
	drop := 63 - int(t.fracBits)
	if exp+drop < t.minExp() {
		drop = t.minExp() - exp
	}
	if drop > 64 {
		return 0, true // less than half of the smallest
	}
	exp += drop
	half := uint64(1) << uint(drop-1)
	rest := mant & (half<<1 - 1)
	mant = mant >> uint(drop-1) >> 1
	if rest > half || rest == half && (num.truncated || mant&1 != 0) {
		mant++
	}
	return t.encode(mant, exp)
}

// fromDecimal returns the float nearest to the number scanned from s.
func (t *floatType) fromDecimal(s string, num *number) (b uint64, ok bool) {
	if num.mant == 0 {
		return 0, true
	}
	if b, ok = t.eiselLemire(num.mant, num.exp); ok {
		if !num.truncated {
			return b, true
		}
		if next, ok := t.eiselLemire(num.mant+1, num.exp); ok && next == b {
			return b, true
		}
	}
	return t.fromDigits(s, num)
}

// eiselLemire returns the float nearest to mant·10^exp, or false if it cannot
// tell or the result is not a normal number.
func (t *floatType) eiselLemire(mant uint64, exp int) (b uint64, ok bool) {
	if exp < pow10Min || pow10Max < exp {
		return 0, false
	}
	p, _ := pow10(exp)
	shift := uint(bits.LeadingZeros64(mant))
	mant <<= shift

	// hi:lo is the product cut off, and less than mant below the true one (in
	// units of lo).  If adding that could carry into the bits that count, refine
	// with the power's low half; if it still could, give up.
	spare := 64 - t.fracBits - 3 // bits of hi below the one that rounds, at least
	mask := uint64(1)<<spare - 1
	hi, lo := bits.Mul64(mant, p.hi)
	if hi&mask == mask && lo+mant < mant {
		var rest uint64
		hi, lo, rest = mul192(mant, p)
		if hi&mask == mask && lo+1 == 0 && rest+mant < mant {
			return 0, false
		}
	}
	top := uint(hi >> 63) // the product has 127 or 128 bits
	r := hi >> (top + spare)
	// A tie, or not quite: the bits below say nothing.
	if lo == 0 && hi&mask == 0 && r&3 == 1 {
		return 0, false
	}
	r = (r + r&1) >> 1
	e := log2Pow10(exp) + 64 - int(shift) + int(top) - 1 // of the leading bit
	if r>>(t.fracBits+1) != 0 {
		r >>= 1
		e++
	}
	biased := e - t.bias
	if biased < 1 || 1<<t.expBits-1 <= biased {
		return 0, false
	}
	return uint64(biased)<<t.fracBits | r&(1<<t.fracBits-1), true
}

// maxDigits is how many digits can matter: midpoints of float64 have 767 at
// most, what follows can only break a tie.
const maxDigits = 800

// fromDigits returns the float nearest to the number scanned from s.  It
// starts from a float that is not too large and goes up as long as the
// midpoint to the next is below the number.
func (t *floatType) fromDigits(s string, num *number) (b uint64, ok bool) {
	// All digits as a natural number D, with value D·10^exp.
	var d natural
	exp := num.exp
	nd, pending, pow := 0, uint64(0), uint64(1)
	sticky := false
	for i := num.digits; i < num.length; i++ {
		c := s[i]
		if lower(c) == 'e' {
			break
		}
		if c == '_' || c == '.' || c == '0' && nd == 0 {
			continue
		}
		nd++
		if nd > maxDigits {
			sticky = sticky || c != '0'
			continue
		}
		if nd > 19 {
			exp--
		}
		pending = pending*10 + uint64(c-'0')
		pow *= 10
		if pow == 1e19 {
			d = d.mulAdd(pow, pending)
			pending, pow = 0, 1
		}
	}
	d = d.mulAdd(pow, pending)
	if sticky {
		d = d.mulAdd(10, 1)
		exp--
	}

	// Far out of range?  The number is in [10^(point-1), 10^point).
	point := exp + len(append(natural(nil), d...).decimal())
	if point > 310 {
		return t.inf(), false
	}
	if point <= -324 {
		return 0, true // less than half of the smallest, 4.9e-324
	}

	// The float to start from.
	p, _ := pow10(num.exp)
	shift := bits.LeadingZeros64(num.mant)
	hi, _ := bits.Mul64(num.mant<<uint(shift), p.hi)
	hiExp := log2Pow10(num.exp) + 1 - shift // the number is at least hi·2^hiExp
	e := max(hiExp+bits.Len64(hi)-1-int(t.fracBits), t.minExp())
	mant := hi >> uint(e-hiExp) // a shift by 64 or more gives 0

	// Compare D·5^exp·2^exp with (2·mant+1)·2^(e-1), both without fractions.
	if exp >= 0 {
		d = d.mulPow5(exp)
	}
	for {
		mid := natural{2*mant + 1}
		if exp < 0 {
			mid = mid.mulPow5(-exp)
		}
		left := d
		if diff := exp - (e - 1); diff >= 0 {
			left = d.shiftLeft(diff)
		} else {
			mid = mid.shiftLeft(-diff)
		}
		c := left.compare(mid)
		if c < 0 || c == 0 && mant&1 == 0 {
			break
		}
		mant++
		if c == 0 {
			break
		}
	}
	return t.encode(mant, e)
}
