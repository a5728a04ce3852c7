package math

// Pow returns x^y.  The special cases, in order:
//
//	Pow(x, ±0) = 1 and Pow(1, y) = 1, even for NaN
//	Pow(x, 1) = x
//	NaN if x or y is
//	Pow(±0, y) = ±∞ for odd integers y < 0, +∞ for other y < 0 and -∞
//	Pow(±0, y) = ±0 for odd integers y > 0, +0 for other y > 0 and +∞
//	Pow(-1, ±∞) = 1
//	Pow(x, ±∞) = +∞ or 0, by whether |x| > 1 and the sign
//	Pow(±∞, y) like Pow(±0, -y)
//	NaN for x < 0 and y not an integer
func Pow(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case y == 1:
		return x
	case IsNaN(x) || IsNaN(y):
		return NaN()
	case x == 0:
		switch {
		case y < 0:
			if Signbit(x) && isOdd(y) {
				return Inf(-1)
			}
			return Inf(1)
		case Signbit(x) && isOdd(y):
			return x
		}
		return 0
	case IsInf(y, 0):
		switch {
		case x == -1:
			return 1
		case (Abs(x) < 1) == IsInf(y, 1):
			return 0
		}
		return Inf(1)
	case IsInf(x, 0):
		if IsInf(x, -1) {
			if y == Trunc(y) && isOdd(y) {
				return Copysign(Pow(Inf(1), y), -1)
			}
			return Pow(Inf(1), y)
		}
		if y < 0 {
			return 0
		}
		return Inf(1)
	case y == 0.5:
		return Sqrt(x)
	case y == -0.5:
		return 1 / Sqrt(x)
	}
	yi, yf := Modf(Abs(y))
	if yf != 0 && x < 0 {
		return NaN()
	}
	if yi >= 1<<63 {
		// |y| is so large that the result is 1, or out of range.
		switch {
		case x == -1:
			return 1
		case (Abs(x) < 1) == (y > 0):
			return 0
		}
		return Inf(1)
	}
	// x^y = a·2^e: the fraction of y by Exp and Log, the rest by squaring.
	a, e := 1.0, 0
	if yf != 0 {
		if yf > 0.5 {
			yf--
			yi++
		}
		a = Exp(yf * Log(x))
	}
	x1, xe := Frexp(x)
	for i := int64(yi); i != 0; i >>= 1 {
		if xe < -1<<12 || 1<<12 < xe {
			// Out of range for sure, and e might overflow.
			e += xe
			break
		}
		if i&1 == 1 {
			a *= x1
			e += xe
		}
		x1 *= x1
		xe <<= 1
		if x1 < 0.5 {
			x1 += x1
			xe--
		}
	}
	if y < 0 {
		a = 1 / a
		e = -e
	}
	return Ldexp(a, e)
}

// isOdd reports whether x is an odd integer.
func isOdd(x float64) bool {
	if Abs(x) >= 1<<53 {
		return false
	}
	i, frac := Modf(x)
	return frac == 0 && int64(i)&1 == 1
}

var (
	pow10Low = [...]float64{
		1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
		1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31,
	}
	pow10High    = [...]float64{1e0, 1e32, 1e64, 1e96, 1e128, 1e160, 1e192, 1e224, 1e256, 1e288}
	pow10HighNeg = [...]float64{1e-0, 1e-32, 1e-64, 1e-96, 1e-128, 1e-160, 1e-192, 1e-224, 1e-256, 1e-288, 1e-320}
)

// Pow10 returns 10^n; 0 for n < -323, +∞ for n > 308.
func Pow10(n int) float64 {
	switch {
	case 0 <= n && n <= 308:
		return pow10High[n/32] * pow10Low[n%32]
	case -323 <= n && n <= 0:
		return pow10HighNeg[-n/32] / pow10Low[-n%32]
	case n > 0:
		return Inf(1)
	}
	return 0
}

// Hypot returns √(p²+q²) without needless overflow or underflow.  It is +∞ if
// p or q is infinite, otherwise NaN if one is.
func Hypot(p, q float64) float64 { return hypot(p, q) }

func hypot(p, q float64) float64 {
	switch {
	case IsInf(p, 0) || IsInf(q, 0):
		return Inf(1)
	case IsNaN(p) || IsNaN(q):
		return NaN()
	}
	p, q = Abs(p), Abs(q)
	if p < q {
		p, q = q, p
	}
	if p == 0 {
		return 0
	}
	q /= p
	return p * Sqrt(1+q*q)
}

// Cbrt returns the cube root of x, after msun: an estimate from the exponent, a
// rational function to 23 bits, one step of Newton's method.
func Cbrt(x float64) float64 {
	const (
		b1 = 715094163                  // (682-0.03306235651)·2^20
		b2 = 696219795                  // (664-0.03306235651)·2^20
		c  = 5.42857142857142815906e-01 // 19/35
		d  = -7.05306122448979611050e-01
		e  = 1.41428571428571436819e+00 // 99/70
		f  = 1.60714285714285720630e+00 // 45/28
		g  = 3.57142857142857150787e-01 // 5/14
	)
	if x == 0 || IsNaN(x) || IsInf(x, 0) {
		return x
	}
	negative := x < 0
	x = Abs(x)
	t := Float64frombits(Float64bits(x)/3 + b1<<32)
	if x < minNormal {
		t = 1 << 54
		t *= x
		t = Float64frombits(Float64bits(t)/3 + b2<<32)
	}
	r := t * t / x
	s := c + r*t
	t *= g + f/(s+e+d/s)
	// Rounded up to 22 bits, so that t² is exact.
	t = Float64frombits(Float64bits(t)&(0xFFFFFFFFC<<28) + 1<<30)
	s = t * t
	r = x / s
	w := t + t
	r = (r - t) / (w + r)
	t = t + t*r
	if negative {
		t = -t
	}
	return t
}
