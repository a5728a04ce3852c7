package math

// Hyperbolic functions.  The polynomial of Sinh is number 2029 of Hart and Cheney,
// Tanh is Cephes', the inverse functions are msun's.

// Sinh returns the hyperbolic sine of x.
func Sinh(x float64) float64 {
	const (
		p0 = -0.6307673640497716991184787251e+6
		p1 = -0.8991272022039509355398013511e+5
		p2 = -0.2894211355989563807284660366e+4
		p3 = -0.2630563213397497062819489e+2
		q0 = -0.6307673640497716991212077277e+6
		q1 = 0.1521517378790019070696485176e+5
		q2 = -0.173678953558233699533450911e+3
	)
	negative := x < 0
	if negative {
		x = -x
	}
	var y float64
	switch {
	case x > 21:
		y = Exp(x) * 0.5
	case x > 0.5:
		e := Exp(x)
		y = (e - 1/e) * 0.5
	default:
		sq := x * x
		y = (((p3*sq+p2)*sq+p1)*sq + p0) * x
		y = y / (((sq+q2)*sq+q1)*sq + q0)
	}
	if negative {
		y = -y
	}
	return y
}

// Cosh returns the hyperbolic cosine of x.
func Cosh(x float64) float64 {
	x = Abs(x)
	if x > 21 {
		return Exp(x) * 0.5
	}
	e := Exp(x)
	return (e + 1/e) * 0.5
}

// Tanh returns the hyperbolic tangent of x.
func Tanh(x float64) float64 {
	const (
		maxLog = 8.8029691931113054295988e+01 // log(2^127)
		p0     = -9.64399179425052238628e-1
		p1     = -9.92877231001918586564e1
		p2     = -1.61468768441708447952e3
		q0     = 1.12811678491632931402e2
		q1     = 2.23548839060100448583e3
		q2     = 4.84406305325125486048e3
	)
	z := Abs(x)
	switch {
	case z > 0.5*maxLog:
		return Copysign(1, x)
	case z >= 0.625:
		s := Exp(2 * z)
		z = 1 - 2/(s+1)
		if x < 0 {
			z = -z
		}
	default:
		if x == 0 {
			return x
		}
		s := x * x
		z = x + x*s*((p0*s+p1)*s+p2)/(((s+q0)*s+q1)*s+q2)
	}
	return z
}

// Asinh returns the inverse hyperbolic sine of x.
func Asinh(x float64) float64 {
	const (
		tiny  = 0x1p-28
		large = 1 << 28
	)
	if IsNaN(x) || IsInf(x, 0) {
		return x
	}
	negative := x < 0
	if negative {
		x = -x
	}
	var y float64
	switch {
	case x > large:
		y = Log(x) + Ln2
	case x > 2:
		y = Log(2*x + 1/(Sqrt(x*x+1)+x))
	case x < tiny:
		y = x
	default:
		y = Log1p(x + x*x/(1+Sqrt(1+x*x)))
	}
	if negative {
		y = -y
	}
	return y
}

// Acosh returns the inverse hyperbolic cosine of x; NaN for x < 1.
func Acosh(x float64) float64 {
	const large = 1 << 28
	switch {
	case x < 1 || IsNaN(x):
		return NaN()
	case x == 1:
		return 0
	case x >= large:
		return Log(x) + Ln2
	case x > 2:
		return Log(2*x - 1/(x+Sqrt(x*x-1)))
	}
	t := x - 1
	return Log1p(t + Sqrt(2*t+t*t))
}

// Atanh returns the inverse hyperbolic tangent of x; ±∞ for ±1, NaN outside
// [-1, 1].
func Atanh(x float64) float64 {
	const tiny = 0x1p-28
	switch {
	case x < -1 || x > 1 || IsNaN(x):
		return NaN()
	case x == 1:
		return Inf(1)
	case x == -1:
		return Inf(-1)
	}
	negative := x < 0
	if negative {
		x = -x
	}
	var y float64
	switch {
	case x < tiny:
		y = x
	case x < 0.5:
		t := x + x
		y = 0.5 * Log1p(t+t*x/(1-x))
	default:
		y = 0.5 * Log1p((x+x)/(1-x))
	}
	if negative {
		y = -y
	}
	return y
}
