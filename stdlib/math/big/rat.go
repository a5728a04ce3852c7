package big

// Fractions.

import "math"

// A Rat is a fraction of two integers of any size, always in lowest terms.
//
// The denominator of the zero value has no words yet; it counts as 1.
type Rat struct {
	a Int
	b Int // its sign is of no meaning
}

// NewRat returns a new Rat that is a/b.  It panics if b is 0.
func NewRat(a, b int64) *Rat { return new(Rat).SetFrac64(a, b) }

// norm brings z to lowest terms.
func (z *Rat) norm() *Rat {
	switch {
	case len(z.a.abs) == 0:
		z.a.neg = false
		z.b.abs = z.b.abs.setWord(1)
	case len(z.b.abs) == 0:
		z.b.abs = z.b.abs.setWord(1)
	case z.b.abs.isOne():
	default:
		neg := z.a.neg
		z.a.neg, z.b.neg = false, false
		var g Int
		g.lehmer(nil, nil, &z.a, &z.b)
		if !g.abs.isOne() {
			z.a.abs, _ = z.a.abs.div(nil, z.a.abs, g.abs)
			z.b.abs, _ = z.b.abs.div(nil, z.b.abs, g.abs)
		}
		z.a.neg = neg
	}
	return z
}

// den returns the magnitude of x's denominator.
func (x *Rat) den() nat {
	if len(x.b.abs) == 0 {
		return natOne
	}
	return x.b.abs
}

// SetFloat64 sets z to exactly f.  If f is no number or infinite it returns nil.
func (z *Rat) SetFloat64(f float64) *Rat {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	bits := math.Float64bits(f)
	mant := bits & (1<<52 - 1)
	exp := int(bits >> 52 & 0x7FF)
	if exp == 0 {
		exp = -1022
	} else {
		mant |= 1 << 52
		exp -= 1023
	}
	shift := 52 - exp
	// Only powers of two can be in common.
	for mant&1 == 0 && shift > 0 {
		mant >>= 1
		shift--
		if mant == 0 {
			break
		}
	}
	z.a.SetUint64(mant)
	z.a.neg = f < 0
	z.b.Set(intOne)
	if shift > 0 {
		z.b.Lsh(&z.b, uint(shift))
	} else {
		z.a.Lsh(&z.a, uint(-shift))
	}
	return z.norm()
}

// A floatFormat says which numbers a floating point type has.
type floatFormat struct {
	prec       int // bits of the mantissa with the hidden one
	emin, emax int // exponents of the smallest normal and the largest number, as 1.m·2**e
}

var (
	float32Format = floatFormat{24, -126, 127}
	float64Format = floatFormat{53, -1022, 1023}
)

// nearest returns the number of the format that is nearest to a/b, halves to
// the even one, as a float64 (which holds those of both formats).
func (f floatFormat) nearest(a, b nat) (v float64, exact bool) {
	n := a.bitLen()
	if n == 0 {
		return 0, true
	}
	// A quotient of prec+2 or prec+3 bits, the last of which stands for
	// whatever follows.
	exp := n - b.bitLen() // 2**(exp-1) < a/b < 2**(exp+1)
	prec := f.prec
	if exp < f.emin {
		// A smaller number has fewer bits.
		prec = max(prec-(f.emin-exp), -1)
	}
	shift := prec + 2 - exp
	var num, den nat = a, b
	if shift > 0 {
		num = nat(nil).shl(a, uint(shift))
	} else if shift < 0 {
		den = nat(nil).shl(b, uint(-shift))
	}
	q, r := nat(nil).div(nil, num, den)
	mant := low64(q)
	sticky := len(r) > 0

	// mant·2**-shift; how many of its bits are to be dropped?
	e := q.bitLen() - 1 - shift // of the leading bit
	lowest := max(e, f.emin) - (f.prec - 1)
	if e < f.emin-f.prec {
		// Not half of the smallest number.  What Go's toolchain calls exact here
		// is what would be with a larger range of exponents.
		_, pow2 := b.isPow2()
		return 0, pow2 && n-int(a.trailingZeroBits()) <= f.prec
	}
	drop := uint(lowest + shift)
	half := uint64(1) << (drop - 1)
	rest := mant & (1<<drop - 1)
	mant >>= drop
	exact = rest == 0 && !sticky
	if rest > half || rest == half && (sticky || mant&1 != 0) {
		mant++
	}
	v = math.Ldexp(float64(mant), lowest)
	if e >= f.emax && (math.IsInf(v, 0) || math.Abs(v) >= math.Ldexp(1, f.emax)*2) {
		return math.Inf(1), false
	}
	return v, exact
}

// Float32 returns the float32 nearest to x, halves to the even one, and whether
// it is x.  Beyond the largest it is an infinity.  The sign is that of x even if
// the result is 0.
func (x *Rat) Float32() (f float32, exact bool) {
	v, exact := float32Format.nearest(x.a.abs, x.den())
	f = float32(v)
	if x.a.neg {
		f = -f
	}
	return
}

// Float64 returns the float64 nearest to x, halves to the even one, and whether
// it is x.  Beyond the largest it is an infinity.  The sign is that of x even if
// the result is 0.
func (x *Rat) Float64() (f float64, exact bool) {
	f, exact = float64Format.nearest(x.a.abs, x.den())
	if x.a.neg {
		f = -f
	}
	return
}

// SetFrac sets z to a/b.  It panics if b is 0.
func (z *Rat) SetFrac(a, b *Int) *Rat {
	if len(b.abs) == 0 {
		panic("division by zero")
	}
	neg := a.neg != b.neg
	babs := b.abs
	if &z.a == b || alias(z.a.abs, babs) {
		babs = nat(nil).set(babs)
	}
	z.a.abs = z.a.abs.set(a.abs)
	z.b.abs = z.b.abs.set(babs)
	z.a.neg = neg
	z.b.neg = false
	return z.norm()
}

// SetFrac64 sets z to a/b.  It panics if b is 0.
func (z *Rat) SetFrac64(a, b int64) *Rat {
	if b == 0 {
		panic("division by zero")
	}
	z.a.SetInt64(a)
	if b < 0 {
		z.b.SetUint64(-uint64(b))
		z.a.neg = !z.a.neg
		return z.norm()
	}
	z.b.SetInt64(b)
	return z.norm()
}

// SetInt sets z to x.
func (z *Rat) SetInt(x *Int) *Rat {
	z.a.Set(x)
	z.b.SetInt64(1)
	return z
}

// SetInt64 sets z to x.
func (z *Rat) SetInt64(x int64) *Rat {
	z.a.SetInt64(x)
	z.b.SetInt64(1)
	return z
}

// SetUint64 sets z to x.
func (z *Rat) SetUint64(x uint64) *Rat {
	z.a.SetUint64(x)
	z.b.SetInt64(1)
	return z
}

// Set sets z to x.
func (z *Rat) Set(x *Rat) *Rat {
	if z != x {
		z.a.Set(&x.a)
		z.b.Set(&x.b)
	}
	if len(z.b.abs) == 0 {
		z.b.SetInt64(1)
	}
	return z
}

// Abs sets z to |x|.
func (z *Rat) Abs(x *Rat) *Rat {
	z.Set(x)
	z.a.neg = false
	return z
}

// Neg sets z to -x.
func (z *Rat) Neg(x *Rat) *Rat {
	z.Set(x)
	z.a.neg = len(z.a.abs) > 0 && !z.a.neg
	return z
}

// Inv sets z to 1/x.  It panics if x is 0.
func (z *Rat) Inv(x *Rat) *Rat {
	if len(x.a.abs) == 0 {
		panic("division by zero")
	}
	z.Set(x)
	z.a.abs, z.b.abs = z.b.abs, z.a.abs
	return z
}

// Sign returns -1, 0 or +1 as x is below, equal to or above 0.
func (x *Rat) Sign() int { return x.a.Sign() }

// IsInt tells whether the denominator of x is 1.
func (x *Rat) IsInt() bool { return len(x.b.abs) == 0 || x.b.abs.isOne() }

// Num returns the numerator of x, not a copy of it.
func (x *Rat) Num() *Int { return &x.a }

// Denom returns the denominator of x, which is never below 1; not a copy of it,
// except for a Rat that was never set.
func (x *Rat) Denom() *Int {
	if len(x.b.abs) == 0 {
		return &Int{abs: nat{1}}
	}
	return &x.b
}

// scaled sets z to x with its magnitude multiplied by f.
func (z *Int) scaled(x *Int, f nat) {
	z.abs = z.abs.mul(x.abs, f)
	z.neg = len(z.abs) > 0 && x.neg
}

// Cmp returns -1, 0 or +1 as x is less than, equal to or greater than y.
func (x *Rat) Cmp(y *Rat) int {
	var a, b Int
	a.scaled(&x.a, y.den())
	b.scaled(&y.a, x.den())
	return a.Cmp(&b)
}

func (z *Rat) setDen(x, y *Rat) {
	if len(x.b.abs) == 0 && len(y.b.abs) == 0 {
		z.b.abs = z.b.abs.setWord(1)
		return
	}
	z.b.abs = z.b.abs.mul(x.den(), y.den())
}

// Add sets z to x + y.
func (z *Rat) Add(x, y *Rat) *Rat {
	var a, b Int
	a.scaled(&x.a, y.den())
	b.scaled(&y.a, x.den())
	z.setDen(x, y)
	z.a.Add(&a, &b)
	return z.norm()
}

// Sub sets z to x - y.
func (z *Rat) Sub(x, y *Rat) *Rat {
	var a, b Int
	a.scaled(&x.a, y.den())
	b.scaled(&y.a, x.den())
	z.setDen(x, y)
	z.a.Sub(&a, &b)
	return z.norm()
}

// Mul sets z to x · y.
func (z *Rat) Mul(x, y *Rat) *Rat {
	if x == y {
		// Squares of numbers without a common factor have none.
		z.a.neg = false
		z.a.abs = z.a.abs.sqr(x.a.abs)
		if len(x.b.abs) == 0 {
			z.b.abs = z.b.abs.setWord(1)
		} else {
			z.b.abs = z.b.abs.sqr(x.b.abs)
		}
		return z
	}
	z.setDen(x, y)
	z.a.Mul(&x.a, &y.a)
	return z.norm()
}

// Quo sets z to x / y.  It panics if y is 0.
func (z *Rat) Quo(x, y *Rat) *Rat {
	if len(y.a.abs) == 0 {
		panic("division by zero")
	}
	var a, b Int
	a.scaled(&x.a, y.den())
	b.scaled(&y.a, x.den())
	z.a.abs = a.abs
	z.b.abs = b.abs
	z.a.neg = a.neg != b.neg
	z.b.neg = false
	return z.norm()
}
