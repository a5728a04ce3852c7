package big

// Floating point numbers.

import (
	"fmt"
	"math"
	"math/bits"
)

// Limits of exponents and precisions.
const (
	MaxExp  = math.MaxInt32
	MinExp  = math.MinInt32
	MaxPrec = math.MaxUint32 // memory ends earlier
)

// A Float is a floating point number
//
//	sign × mantissa × 2**exponent
//
// with 0.5 <= mantissa < 1 and an exponent from [MinExp] to [MaxExp], or a zero
// or an infinity, which both have signs.
//
// It has a precision, the largest number of bits of its mantissa, a rounding
// mode, and an accuracy, which tells on which side of the exact result the last
// operation rounded.  An operation rounds to the precision and with the mode of
// its receiver; if that has the precision 0, as new ones do, it takes the largest
// one of the operands first.  With 24 or 53 bits and [ToNearestEven] results are
// those of float32 and float64, as long as these are normal numbers.
//
// The zero value is +0 with precision 0 and the mode [ToNearestEven].
type Float struct {
	prec uint32
	mode RoundingMode
	acc  Accuracy
	form form
	neg  bool
	// The mantissa of a finite number: the top bit of the highest word is set,
	// and stands for ½.  There may be words of zeros below.
	mant nat
	exp  int32
}

// An ErrNaN is what operations panic with whose result would be no number.
type ErrNaN struct {
	msg string
}

// Error returns what was tried.
func (err ErrNaN) Error() string { return err.msg }

type form byte

const (
	zero form = iota
	finite
	inf
)

// A RoundingMode says which of the two neighbours a result becomes that cannot
// be represented.
type RoundingMode byte

// Rounding modes.
const (
	ToNearestEven RoundingMode = iota // IEEE 754 roundTiesToEven
	ToNearestAway                     // IEEE 754 roundTiesToAway
	ToZero                            // IEEE 754 roundTowardZero
	AwayFromZero
	ToNegativeInf // IEEE 754 roundTowardNegative
	ToPositiveInf // IEEE 754 roundTowardPositive
)

var roundingModeNames = [...]string{"ToNearestEven", "ToNearestAway", "ToZero", "AwayFromZero", "ToNegativeInf", "ToPositiveInf"}

// String returns the name of the mode.
func (i RoundingMode) String() string {
	if int(i) < len(roundingModeNames) {
		return roundingModeNames[i]
	}
	return fmt.Sprintf("RoundingMode(%d)", byte(i))
}

// An Accuracy is the sign of a result minus the exact one.
type Accuracy int8

// Accuracies.
const (
	Below Accuracy = -1
	Exact Accuracy = 0
	Above Accuracy = +1
)

// String returns the name of the accuracy.
func (i Accuracy) String() string {
	switch i {
	case Below:
		return "Below"
	case Exact:
		return "Exact"
	case Above:
		return "Above"
	}
	return fmt.Sprintf("Accuracy(%d)", int8(i))
}

func makeAcc(above bool) Accuracy {
	if above {
		return Above
	}
	return Below
}

// NewFloat returns a new Float that is x, with precision 53.  It panics with
// [ErrNaN] if x is no number.
func NewFloat(x float64) *Float {
	if math.IsNaN(x) {
		panic(ErrNaN{"NewFloat(NaN)"})
	}
	return new(Float).SetFloat64(x)
}

// SetPrec sets z's precision and rounds z to it.  The precision 0 makes a finite
// z a zero; one above [MaxPrec] means that.
func (z *Float) SetPrec(prec uint) *Float {
	z.acc = Exact
	if prec == 0 {
		z.prec = 0
		if z.form == finite {
			z.acc = makeAcc(z.neg)
			z.form = zero
		}
		return z
	}
	old := z.prec
	z.prec = uint32(min(prec, MaxPrec))
	if z.prec < old {
		z.round(0)
	}
	return z
}

// SetMode sets z's rounding mode, and its accuracy to [Exact].
func (z *Float) SetMode(mode RoundingMode) *Float {
	z.mode = mode
	z.acc = Exact
	return z
}

// Prec returns x's precision in bits.  It may be 0 for zeros and infinities.
func (x *Float) Prec() uint { return uint(x.prec) }

// MinPrec returns the smallest precision that x fits exactly; 0 for zeros and
// infinities.
func (x *Float) MinPrec() uint {
	if x.form != finite {
		return 0
	}
	return uint(len(x.mant))*wordBits - x.mant.trailingZeroBits()
}

// Mode returns x's rounding mode.
func (x *Float) Mode() RoundingMode { return x.mode }

// Acc returns the accuracy of the operation that set x last.
func (x *Float) Acc() Accuracy { return x.acc }

// Sign returns -1, 0 or +1 as x is below, equal to or above 0.
func (x *Float) Sign() int {
	switch {
	case x.form == zero:
		return 0
	case x.neg:
		return -1
	}
	return 1
}

// MantExp returns the exponent of x and, unless mant is nil, sets that to the
// mantissa, with x's precision and mode: x is mant × 2**exp with
// 0.5 <= |mant| < 1.  For zeros and infinities the exponent is 0 and mant x.  x
// and mant may be the same.
func (x *Float) MantExp(mant *Float) (exp int) {
	if x.form == finite {
		exp = int(x.exp)
	}
	if mant != nil {
		mant.Copy(x)
		if mant.form == finite {
			mant.exp = 0
		}
	}
	return
}

// setExpAndRound sets z's exponent, with which z may become a zero or an
// infinity, and rounds the mantissa; sbit tells whether there is more after it.
func (z *Float) setExpAndRound(exp int64, sbit uint) {
	switch {
	case exp < MinExp:
		z.acc = makeAcc(z.neg)
		z.form = zero
	case exp > MaxExp:
		z.acc = makeAcc(!z.neg)
		z.form = inf
	default:
		z.form = finite
		z.exp = int32(exp)
		z.round(sbit)
	}
}

// SetMantExp sets z to mant × 2**exp, the inverse of [Float.MantExp], but mant
// may have any magnitude; z gets mant's precision and mode.  Zeros and infinities remain what they are.
func (z *Float) SetMantExp(mant *Float, exp int) *Float {
	z.Copy(mant)
	if z.form == finite {
		z.setExpAndRound(int64(z.exp)+int64(exp), 0)
	}
	return z
}

// Signbit tells whether x is below 0 or is -0.
func (x *Float) Signbit() bool { return x.neg }

// IsInf tells whether x is an infinity.
func (x *Float) IsInf() bool { return x.form == inf }

// IsInt tells whether x is an integer, which infinities are not.
func (x *Float) IsInt() bool {
	if x.form != finite {
		return x.form == zero
	}
	if x.exp <= 0 {
		return false
	}
	return x.prec <= uint32(x.exp) || x.MinPrec() <= uint(x.exp)
}

// round rounds z's mantissa to z's precision and sets the accuracy; sbit is 1 if
// the exact value has further bits after the mantissa.  That is only heeded if
// the mantissa is longer than the precision.
func (z *Float) round(sbit uint) {
	z.acc = Exact
	if z.form != finite {
		return
	}
	m := uint32(len(z.mant))
	have := uint64(m) * wordBits
	if have <= uint64(z.prec) {
		return
	}
	// The first bit to go, and whether one after it is set.
	at := uint(have - uint64(z.prec) - 1)
	rbit := z.mant.bit(at)
	if sbit == 0 {
		sbit = z.mant.sticky(at)
	}

	n := (z.prec + (wordBits - 1)) / wordBits
	if m > n {
		copy(z.mant, z.mant[m-n:])
		z.mant = z.mant[:n]
	}
	lsb := Word(1) << (n*wordBits - z.prec)
	if rbit|sbit != 0 {
		up := false
		switch z.mode {
		case ToNearestEven:
			up = rbit != 0 && (sbit != 0 || z.mant[0]&lsb != 0)
		case ToNearestAway:
			up = rbit != 0
		case ToZero:
		case AwayFromZero:
			up = true
		case ToNegativeInf:
			up = z.neg
		case ToPositiveInf:
			up = !z.neg
		}
		z.acc = makeAcc(up != z.neg)
		if up && addVW(z.mant, z.mant, lsb) != 0 {
			// All ones became a power of two.
			if z.exp >= MaxExp {
				z.form = inf
				return
			}
			z.exp++
			shrVU(z.mant, z.mant, 1)
			z.mant[n-1] |= 1 << (wordBits - 1)
		}
	}
	z.mant[0] &^= lsb - 1
}

func (z *Float) setBits64(neg bool, x uint64) *Float {
	if z.prec == 0 {
		z.prec = 64
	}
	z.acc = Exact
	z.neg = neg
	if x == 0 {
		z.form = zero
		return z
	}
	z.form = finite
	s := bits.LeadingZeros64(x)
	z.mant = z.mant.setUint64(x << s)
	z.exp = int32(64 - s)
	if z.prec < 64 {
		z.round(0)
	}
	return z
}

// SetUint64 sets z to x, rounded.  The precision 0 becomes 64.
func (z *Float) SetUint64(x uint64) *Float { return z.setBits64(false, x) }

// SetInt64 sets z to x, rounded.  The precision 0 becomes 64.
func (z *Float) SetInt64(y int64) *Float {
	u := uint64(y)
	if y < 0 {
		u = -u
	}
	return z.setBits64(y < 0, u)
}

// SetFloat64 sets z to x, rounded.  The precision 0 becomes 53.  It panics with
// [ErrNaN] if x is no number.
func (z *Float) SetFloat64(x float64) *Float {
	if z.prec == 0 {
		z.prec = 53
	}
	if math.IsNaN(x) {
		panic(ErrNaN{"Float.SetFloat64(NaN)"})
	}
	z.acc = Exact
	z.neg = math.Signbit(x)
	if x == 0 {
		z.form = zero
		return z
	}
	if math.IsInf(x, 0) {
		z.form = inf
		return z
	}
	z.form = finite
	frac, exp := math.Frexp(x)
	z.mant = z.mant.setUint64(1<<63 | math.Float64bits(frac)<<11)
	z.exp = int32(exp)
	if z.prec < 53 {
		z.round(0)
	}
	return z
}

// fnorm shifts m so that its top bit is set and returns by how many bits.
func fnorm(m nat) int64 {
	s := bits.LeadingZeros(uint(m[len(m)-1]))
	if s > 0 {
		shlVU(m, m, uint(s))
	}
	return int64(s)
}

// SetInt sets z to x, rounded.  The precision 0 becomes as large as x needs, but
// at least 64.
func (z *Float) SetInt(x *Int) *Float {
	n := uint32(x.BitLen())
	if z.prec == 0 {
		z.prec = max(n, 64)
	}
	z.acc = Exact
	z.neg = x.neg
	if len(x.abs) == 0 {
		z.form = zero
		return z
	}
	z.mant = z.mant.set(x.abs)
	fnorm(z.mant)
	z.setExpAndRound(int64(n), 0)
	return z
}

// SetRat sets z to x, rounded.  The precision 0 becomes as large as numerator and
// denominator need, but at least 64.
func (z *Float) SetRat(x *Rat) *Float {
	if x.IsInt() {
		return z.SetInt(x.Num())
	}
	var a, b Float
	a.SetInt(x.Num())
	b.SetInt(x.Denom())
	if z.prec == 0 {
		z.prec = max(a.prec, b.prec)
	}
	return z.Quo(&a, &b)
}

// SetInf sets z to the infinity with the given sign.
func (z *Float) SetInf(signbit bool) *Float {
	z.acc = Exact
	z.form = inf
	z.neg = signbit
	return z
}

// Set sets z to x, rounded.  The precision 0 becomes that of x.
func (z *Float) Set(x *Float) *Float {
	z.acc = Exact
	if z == x {
		return z
	}
	z.form = x.form
	z.neg = x.neg
	if x.form == finite {
		z.exp = x.exp
		z.mant = z.mant.set(x.mant)
	}
	if z.prec == 0 {
		z.prec = x.prec
	} else if z.prec < x.prec {
		z.round(0)
	}
	return z
}

// Copy sets z to x with its precision, mode and accuracy.
func (z *Float) Copy(x *Float) *Float {
	if z == x {
		return z
	}
	z.prec, z.mode, z.acc, z.form, z.neg = x.prec, x.mode, x.acc, x.form, x.neg
	if z.form == finite {
		z.mant = z.mant.set(x.mant)
		z.exp = x.exp
	}
	return z
}

// msb64 returns the 64 highest bits of x, whose top bit is set.
func msb64(x nat) uint64 {
	i := len(x) - 1
	if i < 0 {
		return 0
	}
	v := uint64(x[i])
	if wordBits == 32 {
		v <<= 32
		if i > 0 {
			v |= uint64(x[i-1])
		}
	}
	return v
}

// Uint64 returns x rounded to zero, and how that differs from x.  Beyond a
// uint64 it is the nearest one.
func (x *Float) Uint64() (uint64, Accuracy) {
	switch x.form {
	case finite:
		if x.neg {
			return 0, Above
		}
		if x.exp <= 0 {
			return 0, Below
		}
		if x.exp <= 64 {
			v := msb64(x.mant) >> (64 - uint32(x.exp))
			if x.MinPrec() <= 64 {
				// Not only of integers: so it is in Go's toolchain.
				return v, Exact
			}
			return v, Below
		}
		return math.MaxUint64, Below
	case zero:
		return 0, Exact
	}
	if x.neg {
		return 0, Above
	}
	return math.MaxUint64, Below
}

// Int64 returns x rounded to zero, and how that differs from x.  Beyond an int64
// it is the nearest one.
func (x *Float) Int64() (int64, Accuracy) {
	acc := makeAcc(x.neg)
	switch x.form {
	case zero:
		return 0, Exact
	case finite:
		if x.exp <= 0 {
			return 0, acc
		}
		if x.exp <= 63 {
			v := int64(msb64(x.mant) >> (64 - uint32(x.exp)))
			if x.neg {
				v = -v
			}
			if x.MinPrec() <= uint(x.exp) {
				acc = Exact
			}
			return v, acc
		}
		if x.neg && x.exp == 64 && x.MinPrec() == 1 {
			acc = Exact
		}
	}
	if x.neg {
		return math.MinInt64, acc
	}
	return math.MaxInt64, acc
}

// ieee returns the number of the format nearest to x, as a float64.
func (x *Float) ieee(f floatFormat) (float64, Accuracy) {
	signed := func(v float64) float64 {
		if x.neg {
			return -v
		}
		return v
	}
	switch x.form {
	case zero:
		return signed(0), Exact
	case inf:
		return signed(math.Inf(1)), Exact
	}
	e := int64(x.exp) - 1 // of the form 1.m
	p := int64(f.prec)
	if e < int64(f.emin) {
		// Small numbers have fewer bits; with none, only what is more than half
		// of the smallest one becomes that.
		p += e - int64(f.emin)
		if p < 0 || p == 0 && x.MinPrec() == 1 {
			return signed(0), makeAcc(x.neg)
		}
		if p == 0 {
			return signed(math.Ldexp(1, f.emin-f.prec+1)), makeAcc(!x.neg)
		}
	}
	var r Float
	r.prec = uint32(p)
	r.Set(x)
	if r.form == inf || int64(r.exp)-1 > int64(f.emax) {
		return signed(math.Inf(1)), makeAcc(!x.neg)
	}
	return signed(math.Ldexp(float64(msb64(r.mant)), int(r.exp)-64)), r.acc
}

// Float32 returns the float32 nearest to x, halves to the even one, and how it
// differs from x.
func (x *Float) Float32() (float32, Accuracy) {
	v, acc := x.ieee(float32Format)
	return float32(v), acc
}

// Float64 returns the float64 nearest to x, halves to the even one, and how it
// differs from x.
func (x *Float) Float64() (float64, Accuracy) { return x.ieee(float64Format) }

// Int returns x rounded to zero, in z unless that is nil, and how it differs from
// x.  For an infinity the result is nil.
func (x *Float) Int(z *Int) (*Int, Accuracy) {
	if z == nil && x.form <= finite {
		z = new(Int)
	}
	switch x.form {
	case zero:
		return z.SetInt64(0), Exact
	case inf:
		return nil, makeAcc(x.neg)
	}
	acc := makeAcc(x.neg)
	if x.exp <= 0 {
		return z.SetInt64(0), acc
	}
	if x.MinPrec() <= uint(x.exp) {
		acc = Exact
	}
	z.neg = x.neg
	have := uint(len(x.mant)) * wordBits
	if e := uint(x.exp); e >= have {
		z.abs = z.abs.shl(x.mant, e-have)
	} else {
		z.abs = z.abs.shr(x.mant, have-e)
	}
	return z, acc
}

// Rat returns x as a fraction, in z unless that is nil.  For an infinity the
// result is nil; otherwise it is exact.
func (x *Float) Rat(z *Rat) (*Rat, Accuracy) {
	if z == nil && x.form <= finite {
		z = new(Rat)
	}
	switch x.form {
	case zero:
		return z.SetInt64(0), Exact
	case inf:
		return nil, makeAcc(x.neg)
	}
	have := int64(len(x.mant)) * wordBits
	z.a.neg = x.neg
	if e := int64(x.exp); e >= have {
		z.a.abs = z.a.abs.shl(x.mant, uint(e-have))
		z.b.abs = z.b.abs.setWord(1)
		return z, Exact
	}
	z.a.abs = z.a.abs.set(x.mant)
	z.b.abs = z.b.abs.shl(natOne, uint(have-int64(x.exp)))
	return z.norm(), Exact
}

// Abs sets z to |x|, rounded.
func (z *Float) Abs(x *Float) *Float {
	z.Set(x)
	z.neg = false
	return z
}

// Neg sets z to x, rounded, with the other sign.
func (z *Float) Neg(x *Float) *Float {
	z.Set(x)
	z.neg = !z.neg
	return z
}

// lowExp returns the exponent of the lowest bit of x's mantissa.
func (x *Float) lowExp() int64 { return int64(x.exp) - int64(len(x.mant))*wordBits }

// aligned returns x's and y's mantissas with a common exponent of the lowest bit.
func aligned(x, y *Float) (a, b nat, exp int64) {
	a, b = x.mant, y.mant
	ex, ey := x.lowExp(), y.lowExp()
	switch {
	case ex < ey:
		b = nat(nil).shl(b, uint(ey-ex))
	case ex > ey:
		a = nat(nil).shl(a, uint(ex-ey))
		ex = ey
	}
	return a, b, ex
}

// uadd sets z to |x| + |y|, but with the sign that z has.
func (z *Float) uadd(x, y *Float) {
	a, b, exp := aligned(x, y)
	z.mant = z.mant.add(a, b)
	z.setExpAndRound(exp+int64(len(z.mant))*wordBits-fnorm(z.mant), 0)
}

// usub sets z to |x| - |y|, but with the sign that z has; |x| >= |y|.
func (z *Float) usub(x, y *Float) {
	a, b, exp := aligned(x, y)
	z.mant = z.mant.sub(a, b)
	if len(z.mant) == 0 {
		z.acc = Exact
		z.form = zero
		z.neg = false
		return
	}
	z.setExpAndRound(exp+int64(len(z.mant))*wordBits-fnorm(z.mant), 0)
}

func (z *Float) umul(x, y *Float) {
	e := int64(x.exp) + int64(y.exp)
	n := len(x.mant) + len(y.mant)
	if x == y {
		z.mant = z.mant.sqr(x.mant)
	} else {
		z.mant = z.mant.mul(x.mant, y.mant)
	}
	// 0.x · 0.y has its point before all len(x)+len(y) words, of which the highest
	// may be zero and is then not there.
	e -= int64(n-len(z.mant)) * wordBits
	z.setExpAndRound(e-fnorm(z.mant), 0)
}

func (z *Float) uquo(x, y *Float) {
	// At least one bit more than the precision.
	n := int(z.prec/wordBits) + 1
	a := x.mant
	if d := n - len(x.mant) + len(y.mant); d > 0 {
		a = make(nat, d+len(x.mant))
		copy(a[d:], x.mant)
	}
	d := len(a) - len(y.mant)
	e := int64(x.exp) - int64(y.exp)
	var r nat
	z.mant, r = z.mant.div(nil, a, y.mant)
	e -= int64(d-len(z.mant)) * wordBits
	sbit := uint(0)
	if len(r) > 0 {
		sbit = 1
	}
	z.setExpAndRound(e-fnorm(z.mant), sbit)
}

// ucmp compares |x| and |y|.
func (x *Float) ucmp(y *Float) int {
	switch {
	case x.exp < y.exp:
		return -1
	case x.exp > y.exp:
		return +1
	}
	i, j := len(x.mant), len(y.mant)
	for i > 0 || j > 0 {
		var a, b Word
		if i > 0 {
			i--
			a = x.mant[i]
		}
		if j > 0 {
			j--
			b = y.mant[j]
		}
		switch {
		case a < b:
			return -1
		case a > b:
			return +1
		}
	}
	return 0
}

// Add sets z to x + y, rounded.  It panics with [ErrNaN] if they are infinities
// with different signs.
func (z *Float) Add(x, y *Float) *Float {
	if z.prec == 0 {
		z.prec = max(x.prec, y.prec)
	}
	if x.form == finite && y.form == finite {
		z.addFinite(x, y, y.neg)
		return z
	}
	switch {
	case x.form == inf && y.form == inf && x.neg != y.neg:
		z.acc, z.form, z.neg = Exact, zero, false
		panic(ErrNaN{"addition of infinities with opposite signs"})
	case x.form == zero && y.form == zero:
		z.acc, z.form, z.neg = Exact, zero, x.neg && y.neg
		return z
	case x.form == inf || y.form == zero:
		return z.Set(x)
	}
	return z.Set(y)
}

// addFinite sets z to x + y, with yneg for the sign of y.
func (z *Float) addFinite(x, y *Float, yneg bool) {
	z.neg = x.neg
	if x.neg == yneg {
		z.uadd(x, y)
	} else if x.ucmp(y) > 0 {
		z.usub(x, y)
	} else {
		z.neg = !z.neg
		z.usub(y, x)
	}
	if z.form == zero && z.mode == ToNegativeInf && z.acc == Exact {
		z.neg = true
	}
}

// Sub sets z to x - y, rounded.  It panics with [ErrNaN] if they are infinities
// with the same sign.
func (z *Float) Sub(x, y *Float) *Float {
	if z.prec == 0 {
		z.prec = max(x.prec, y.prec)
	}
	if x.form == finite && y.form == finite {
		z.addFinite(x, y, !y.neg)
		return z
	}
	switch {
	case x.form == inf && y.form == inf && x.neg == y.neg:
		z.acc, z.form, z.neg = Exact, zero, false
		panic(ErrNaN{"subtraction of infinities with equal signs"})
	case x.form == zero && y.form == zero:
		z.acc, z.form, z.neg = Exact, zero, x.neg && !y.neg
		return z
	case x.form == inf || y.form == zero:
		return z.Set(x)
	}
	return z.Neg(y)
}

// Mul sets z to x · y, rounded.  It panics with [ErrNaN] if one is a zero and the
// other an infinity.
func (z *Float) Mul(x, y *Float) *Float {
	if z.prec == 0 {
		z.prec = max(x.prec, y.prec)
	}
	neg := x.neg != y.neg
	if x.form == finite && y.form == finite {
		z.neg = neg
		z.umul(x, y)
		return z
	}
	z.acc = Exact
	switch {
	case x.form == zero && y.form == inf || x.form == inf && y.form == zero:
		z.form, z.neg = zero, false
		panic(ErrNaN{"multiplication of zero with infinity"})
	case x.form == inf || y.form == inf:
		z.form, z.neg = inf, neg
	default:
		z.form, z.neg = zero, neg
	}
	return z
}

// Quo sets z to x / y, rounded.  It panics with [ErrNaN] if both are zeros or
// both infinities.
func (z *Float) Quo(x, y *Float) *Float {
	if z.prec == 0 {
		z.prec = max(x.prec, y.prec)
	}
	neg := x.neg != y.neg
	if x.form == finite && y.form == finite {
		z.neg = neg
		z.uquo(x, y)
		return z
	}
	z.acc = Exact
	switch {
	case x.form == zero && y.form == zero || x.form == inf && y.form == inf:
		z.form, z.neg = zero, false
		panic(ErrNaN{"division of zero by zero or infinity by infinity"})
	case x.form == zero || y.form == inf:
		z.form, z.neg = zero, neg
	default:
		z.form, z.neg = inf, neg
	}
	return z
}

// Cmp returns -1, 0 or +1 as x is less than, equal to or greater than y.  -0 is
// equal to 0, and so are infinities of one sign.
func (x *Float) Cmp(y *Float) int {
	mx, my := x.ord(), y.ord()
	switch {
	case mx < my:
		return -1
	case mx > my:
		return +1
	}
	switch mx {
	case -1:
		return y.ucmp(x)
	case +1:
		return x.ucmp(y)
	}
	return 0
}

// ord returns 0 for zeros, ±1 for finite numbers and ±2 for infinities.
func (x *Float) ord() int {
	m := 0
	switch x.form {
	case finite:
		m = 1
	case inf:
		m = 2
	}
	if x.neg {
		m = -m
	}
	return m
}

// Sqrt sets z to the square root of x, rounded; the accuracy is not computed.
// The precision 0 becomes that of x.  It panics if x is below 0.
func (z *Float) Sqrt(x *Float) *Float {
	if z.prec == 0 {
		z.prec = x.prec
	}
	if x.Sign() == -1 {
		panic(ErrNaN{"square root of negative operand"})
	}
	if x.form != finite {
		z.acc = Exact
		z.form = x.form
		z.neg = x.neg
		return z
	}
	// x is m·2**e for an integer m; with an even e and enough bits in m its
	// root is that of m, whose digits after the point count as one.
	m := x.mant
	e := x.lowExp()
	want := 2 * (int64(z.prec) + 2)
	s := max(want-int64(m.bitLen()), 0)
	if (e-s)&1 != 0 {
		s++
	}
	m = nat(nil).shl(m, uint(s))
	e -= s
	root := nat(nil).sqrt(m)
	sbit := uint(0)
	if nat(nil).sqr(root).cmp(m) != 0 {
		sbit = 1
	}
	n := int64(root.bitLen())
	// In Go's toolchain it is x's mode that counts, and that z has afterwards.
	z.mode = x.mode
	fnorm(root)
	z.mant = root
	z.neg = false
	z.setExpAndRound(n+e/2, sbit)
	return z
}
