package math

// Inverse trigonometric functions: Atan after Cephes, the others by it.

// atanPoly returns the arctangent of 0 <= x <= 0.66.
func atanPoly(x float64) float64 {
	const (
		p0 = -8.750608600031904122785e-01
		p1 = -1.615753718733365076637e+01
		p2 = -7.500855792314704667340e+01
		p3 = -1.228866684490136173410e+02
		p4 = -6.485021904942025371773e+01
		q0 = +2.485846490142306297962e+01
		q1 = +1.650270098316988542046e+02
		q2 = +4.328810604912902668951e+02
		q3 = +4.853903996359136964868e+02
		q4 = +1.945506571482613964425e+02
	)
	z := x * x
	z = z * ((((p0*z+p1)*z+p2)*z+p3)*z + p4) / (((((z+q0)*z+q1)*z+q2)*z+q3)*z + q4)
	return x*z + x
}

// atanPositive returns the arctangent of x > 0.
func atanPositive(x float64) float64 {
	const (
		moreBits = 6.123233995736765886130e-17 // π/2 less its float
		tan3Pi8  = 2.41421356237309504880
	)
	switch {
	case x <= 0.66:
		return atanPoly(x)
	case x > tan3Pi8:
		return Pi/2 - atanPoly(1/x) + moreBits
	}
	return Pi/4 + atanPoly((x-1)/(x+1)) + 0.5*moreBits
}

// Atan returns the arctangent of x, in radians.
func Atan(x float64) float64 {
	if x == 0 {
		return x
	}
	if x > 0 {
		return atanPositive(x)
	}
	return -atanPositive(-x)
}

// Asin returns the arcsine of x, in radians; NaN outside [-1, 1].
func Asin(x float64) float64 {
	if x == 0 {
		return x
	}
	negative := x < 0
	x = Abs(x)
	if x > 1 || IsNaN(x) {
		return NaN()
	}
	y := Sqrt(1 - x*x)
	if x > 0.7 {
		y = Pi/2 - atanPositive(y/x)
	} else {
		y = atanPositive(x / y)
	}
	if negative {
		y = -y
	}
	return y
}

// Acos returns the arccosine of x, in radians; NaN outside [-1, 1].
func Acos(x float64) float64 { return Pi/2 - Asin(x) }

// Atan2 returns the angle of the point (x, y), in (-π, π].  Signs of zeros
// count: Atan2(±0, -0) = ±π, Atan2(±0, x > 0) = ±0.  With infinities it is a
// multiple of π/4.
func Atan2(y, x float64) float64 {
	switch {
	case IsNaN(y) || IsNaN(x):
		return NaN()
	case y == 0:
		if x >= 0 && !Signbit(x) {
			return Copysign(0, y)
		}
		return Copysign(Pi, y)
	case x == 0:
		return Copysign(Pi/2, y)
	case IsInf(x, 0):
		switch {
		case IsInf(x, 1) && IsInf(y, 0):
			return Copysign(Pi/4, y)
		case IsInf(x, 1):
			return Copysign(0, y)
		case IsInf(y, 0):
			return Copysign(3*Pi/4, y)
		}
		return Copysign(Pi, y)
	case IsInf(y, 0):
		return Copysign(Pi/2, y)
	}
	q := Atan(y / x)
	if x < 0 {
		if q <= 0 {
			return q + Pi
		}
		return q - Pi
	}
	return q
}
