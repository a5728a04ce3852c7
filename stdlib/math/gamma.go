package math

// Gamma after Cephes.  Copyright 1984, 1987, 1989, 1992, 2000 by Stephen L.
// Moshier.

var (
	gammaP = [...]float64{
		1.60119522476751861407e-04, 1.19135147006586384913e-03, 1.04213797561761569935e-02, 4.76367800457137231464e-02,
		2.07448227648435975150e-01, 4.94214826801497100753e-01, 9.99999999999999996796e-01,
	}
	gammaQ = [...]float64{
		-2.31581873324120129819e-05, 5.39605580493303397842e-04, -4.45641913851797240494e-03, 1.18139785222060435552e-02,
		3.58236398605498653373e-02, -2.34591795718243348568e-01, 7.14304917030273074085e-02, 1.00000000000000000320e+00,
	}
	gammaS = [...]float64{
		7.87311395793093628397e-04, -2.29549961613378126380e-04, -2.68132617805781232825e-03,
		3.47222221605458667310e-03, 8.33333333333482257126e-02,
	}
)

// stirling returns Γ(x) for x > 33 as a product of two factors, as one alone may
// overflow.
func stirling(x float64) (float64, float64) {
	if x > 200 {
		return Inf(1), 1
	}
	const (
		sqrtTwoPi = 2.506628274631000502417
		max       = 143.01608
	)
	w := 1 / x
	w = 1 + w*((((gammaS[0]*w+gammaS[1])*w+gammaS[2])*w+gammaS[3])*w+gammaS[4])
	y1 := Exp(x)
	y2 := 1.0
	if x > max {
		v := Pow(x, 0.5*x-0.25)
		y1, y2 = v, v/y1
	} else {
		y1 = Pow(x, x-0.5) / y1
	}
	return y1, sqrtTwoPi * w * y2
}

// Gamma returns Γ(x).  Gamma(+∞) = +∞, Gamma(±0) = ±∞; NaN for negative
// integers and -∞.
func Gamma(x float64) float64 {
	const euler = 0.57721566490153286060651209008240243104215933593992
	switch {
	case x < 0 && x == Floor(x) || IsInf(x, -1) || IsNaN(x):
		return NaN()
	case IsInf(x, 1):
		return x
	case x == 0:
		return Copysign(Inf(1), x)
	}
	q := Abs(x)
	p := Floor(q)
	if q > 33 {
		if x >= 0 {
			y1, y2 := stirling(x)
			return y1 * y2
		}
		// The reflection formula; p is too large for int64 only if x is an integer.
		sign := 1
		if i := int64(p); i&1 == 0 {
			sign = -1
		}
		z := q - p
		if z > 0.5 {
			p++
			z = q - p
		}
		z = q * Sin(Pi*z)
		if z == 0 {
			return Inf(sign)
		}
		sq1, sq2 := stirling(q)
		abs := Abs(z)
		d := abs * sq1 * sq2
		if IsInf(d, 0) {
			z = Pi / abs / sq1 / sq2
		} else {
			z = Pi / d
		}
		return float64(sign) * z
	}
	// To [2, 3).
	z := 1.0
	for x >= 3 {
		x--
		z *= x
	}
	for x < 0 {
		if x > -1e-09 {
			goto small
		}
		z /= x
		x++
	}
	for x < 2 {
		if x < 1e-09 {
			goto small
		}
		z /= x
		x++
	}
	if x == 2 {
		return z
	}
	x -= 2
	p = (((((x*gammaP[0]+gammaP[1])*x+gammaP[2])*x+gammaP[3])*x+gammaP[4])*x+gammaP[5])*x + gammaP[6]
	q = ((((((x*gammaQ[0]+gammaQ[1])*x+gammaQ[2])*x+gammaQ[3])*x+gammaQ[4])*x+gammaQ[5])*x+gammaQ[6])*x + gammaQ[7]
	return z * p / q

small:
	if x == 0 {
		return Inf(1)
	}
	return z / ((1 + euler*x) * x)
}
