package runtime

// complex128div divides complex numbers: the compiler's `/` for both complex types.
//
// The quotient is computed by Smith's method, which scales by the larger part of the divisor so that nothing
// overflows on the way. Where that ends in NaN in both parts, the rules of C99 annex G decide: a zero divisor or an
// infinite dividend gives infinities, an infinite divisor zeros.
func complex128div(n, m complex128) complex128 {
	a, b := real(n), imag(n)
	c, d := real(m), imag(m)
	var re, im float64
	if absFloat(c) >= absFloat(d) {
		r := d / c
		scale := c + r*d
		re = (a + b*r) / scale
		im = (b - a*r) / scale
	} else {
		r := c / d
		scale := d + r*c
		re = (a*r + b) / scale
		im = (b*r - a) / scale
	}
	if re == re || im == im {
		return complex(re, im)
	}
	var zero float64
	inf := 1 / zero
	switch {
	case c == 0 && d == 0 && (a == a || b == b):
		inf = withSign(inf, c)
		re, im = inf*a, inf*b
	case (isInfFloat(a) || isInfFloat(b)) && isFiniteFloat(c) && isFiniteFloat(d):
		a, b = unitOfInf(a), unitOfInf(b)
		re, im = inf*(a*c+b*d), inf*(b*c-a*d)
	case (isInfFloat(c) || isInfFloat(d)) && isFiniteFloat(a) && isFiniteFloat(b):
		c, d = unitOfInf(c), unitOfInf(d)
		re, im = zero*(a*c+b*d), zero*(b*c-a*d)
	}
	return complex(re, im)
}

func absFloat(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}

func isFiniteFloat(x float64) bool { return x-x == 0 }

func isInfFloat(x float64) bool { return x == x && !isFiniteFloat(x) }

// withSign gives x, which is not negative, the sign of s (which may be a zero).
func withSign(x, s float64) float64 {
	if s < 0 || s == 0 && 1/s < 0 {
		return -x
	}
	return x
}

// unitOfInf is ±1 for infinities and ±0 for everything else, with the sign of x.
func unitOfInf(x float64) float64 {
	if isInfFloat(x) {
		return withSign(1, x)
	}
	return withSign(0, x)
}
