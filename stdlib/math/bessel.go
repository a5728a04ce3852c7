package math

// Bessel functions after FreeBSD's msun; the coefficients are in
// bessel_table.go.

const (
	invSqrtPi = 5.64189583547756279280e-01
	twoOverPi = 6.36619772367581382433e-01
)

// ratio returns num/den at 1/x² for the range x >= 2 is in.
func (t *asymptotic) ratio(x float64, n int) float64 {
	z := 1 / (x * x)
	return poly(z, t.num[:]) / poly1(z, t.den[:n])
}

func asymptoticRange(tables *[4]asymptotic, x float64) *asymptotic {
	switch {
	case x >= 8:
		return &tables[0]
	case x >= 4.5454:
		return &tables[1]
	case x >= 2.8571:
		return &tables[2]
	}
	return &tables[3]
}

func pZero(x float64) float64 { return 1 + asymptoticRange(&asymptoticP0, x).ratio(x, 5) }
func qZero(x float64) float64 { return (-0.125 + asymptoticRange(&asymptoticQ0, x).ratio(x, 6)) / x }
func pOne(x float64) float64  { return 1 + asymptoticRange(&asymptoticP1, x).ratio(x, 5) }
func qOne(x float64) float64  { return (0.375 + asymptoticRange(&asymptoticQ1, x).ratio(x, 6)) / x }

// hugeArg is from where the asymptotic expansion has one term.
const hugeArg = 0x1p129

// J0 returns the Bessel function of the first kind of order 0.  J0(±∞) = 0.
func J0(x float64) float64 {
	const (
		tiny  = 0x1p-27
		small = 0x1p-13
	)
	switch {
	case IsNaN(x):
		return x
	case IsInf(x, 0):
		return 0
	case x == 0:
		return 1
	}
	x = Abs(x)
	if x >= 2 {
		s, c := Sincos(x)
		ss, cc := s-c, s+c
		if x < MaxFloat64/2 {
			z := -Cos(x + x)
			if s*c < 0 {
				cc = z / ss
			} else {
				ss = z / cc
			}
		}
		if x > hugeArg {
			return invSqrtPi * cc / Sqrt(x)
		}
		return invSqrtPi * (pZero(x)*cc - qZero(x)*ss) / Sqrt(x)
	}
	if x < small {
		if x < tiny {
			return 1
		}
		return 1 - 0.25*x*x
	}
	z := x * x
	r := z * poly(z, j0Num[:])
	s := poly1(z, j0Den[:])
	if x < 1 {
		return 1 + z*(-0.25+(r/s))
	}
	u := 0.5 * x
	return (1+u)*(1-u) + z*(r/s)
}

// Y0 returns the Bessel function of the second kind of order 0.  Y0(+∞) = 0,
// Y0(0) = -∞, Y0(x < 0) = NaN.
func Y0(x float64) float64 {
	const tiny = 0x1p-27
	switch {
	case x < 0 || IsNaN(x):
		return NaN()
	case IsInf(x, 1):
		return 0
	case x == 0:
		return Inf(-1)
	}
	if x >= 2 {
		s, c := Sincos(x)
		ss, cc := s-c, s+c
		if x < MaxFloat64/2 {
			z := -Cos(x + x)
			if s*c < 0 {
				cc = z / ss
			} else {
				ss = z / cc
			}
		}
		if x > hugeArg {
			return invSqrtPi * ss / Sqrt(x)
		}
		return invSqrtPi * (pZero(x)*ss + qZero(x)*cc) / Sqrt(x)
	}
	if x <= tiny {
		return y0Num[0] + twoOverPi*Log(x)
	}
	z := x * x
	u := poly(z, y0Num[:])
	v := poly1(z, y0Den[:])
	return u/v + twoOverPi*J0(x)*Log(x)
}

// J1 returns the Bessel function of the first kind of order 1.  J1(±∞) = 0.
func J1(x float64) float64 {
	const tiny = 0x1p-27
	switch {
	case IsNaN(x):
		return x
	case IsInf(x, 0) || x == 0:
		return 0
	}
	negative := x < 0
	x = Abs(x)
	if x >= 2 {
		s, c := Sincos(x)
		ss, cc := -s-c, s-c
		if x < MaxFloat64/2 {
			z := Cos(x + x)
			if s*c > 0 {
				cc = z / ss
			} else {
				ss = z / cc
			}
		}
		var z float64
		if x > hugeArg {
			z = invSqrtPi * cc / Sqrt(x)
		} else {
			z = invSqrtPi * (pOne(x)*cc - qOne(x)*ss) / Sqrt(x)
		}
		if negative {
			return -z
		}
		return z
	}
	if x < tiny {
		// The sign is lost here, as it is in Go.
		return 0.5 * x
	}
	z := x * x
	r := z * poly(z, j1Num[:])
	s := poly1(z, j1Den[:])
	r *= x
	z = 0.5*x + r/s
	if negative {
		return -z
	}
	return z
}

// Y1 returns the Bessel function of the second kind of order 1.  Y1(+∞) = 0,
// Y1(0) = -∞, Y1(x < 0) = NaN.
func Y1(x float64) float64 {
	const tiny = 0x1p-54
	switch {
	case x < 0 || IsNaN(x):
		return NaN()
	case IsInf(x, 1):
		return 0
	case x == 0:
		return Inf(-1)
	}
	if x >= 2 {
		s, c := Sincos(x)
		ss, cc := -s-c, s-c
		if x < MaxFloat64/2 {
			z := Cos(x + x)
			if s*c > 0 {
				cc = z / ss
			} else {
				ss = z / cc
			}
		}
		if x > hugeArg {
			return invSqrtPi * ss / Sqrt(x)
		}
		return invSqrtPi * (pOne(x)*ss + qOne(x)*cc) / Sqrt(x)
	}
	if x <= tiny {
		return -twoOverPi / x
	}
	z := x * x
	u := poly(z, y1Num[:])
	v := poly1(z, y1Den[:])
	return x*(u/v) + twoOverPi*(J1(x)*Log(x)-1/x)
}

// hugeN is from where x counts as much larger than n².
const hugeN = 0x1p302

// Jn returns the Bessel function of the first kind of order n.  Jn(n, ±∞) = 0.
func Jn(n int, x float64) float64 {
	const two29 = 0x1p-29
	switch {
	case IsNaN(x):
		return x
	case IsInf(x, 0):
		return 0
	}
	// J(-n, x) = J(n, -x), and J(n, -x) = -J(n, x) if n is odd.
	if n == 0 {
		return J0(x)
	}
	if x == 0 {
		return 0
	}
	if n < 0 {
		n, x = -n, -x
	}
	if n == 1 {
		return J1(x)
	}
	negative := false
	if x < 0 {
		x = -x
		negative = n&1 == 1
	}
	var b float64
	switch {
	case float64(n) <= x:
		if x >= hugeN {
			var t float64
			switch s, c := Sincos(x); n & 3 {
			case 0:
				t = c + s
			case 1:
				t = -c + s
			case 2:
				t = -c - s
			case 3:
				t = c - s
			}
			b = invSqrtPi * t / Sqrt(x)
			break
		}
		// Upwards from J0 and J1.
		b = J1(x)
		for i, a := 1, J0(x); i < n; i++ {
			a, b = b, b*(float64(i+i)/x)-a
		}
	case x < two29:
		// The first term of Taylor's series, (x/2)^n/n!.
		if n <= 33 {
			half := x * 0.5
			b = half
			a := 1.0
			for i := 2; i <= n; i++ {
				a *= float64(i)
				b *= half
			}
			b /= a
		}
	default:
		// Downwards: a continued fraction gives J(n)/J(n-1); it is long enough
		// when its denominators exceed 1e9.
		w := float64(n+n) / x
		h := 2 / x
		q0 := w
		z := w + h
		q1 := w*z - 1
		k := 1
		for q1 < 1e9 {
			k++
			z += h
			q0, q1 = q1, z*q1-q0
		}
		m := n + n
		t := 0.0
		for i := 2 * (n + k); i >= m; i -= 2 {
			t = 1 / (float64(i)/x - t)
		}
		a := t
		b = 1
		// If b may overflow on the way down, scale.
		scale := float64(n)*Log(Abs(2/x*float64(n))) >= 7.09782712893383973096e+02
		for i := n - 1; i > 0; i-- {
			di := float64(i + i)
			a, b = b, b*di/x-a
			if scale && b > 1e100 {
				a /= b
				t /= b
				b = 1
			}
		}
		b = t * J0(x) / b
	}
	if negative {
		return -b
	}
	return b
}

// Yn returns the Bessel function of the second kind of order n.  Yn(n, +∞) = 0,
// Yn(n, 0) = -∞ (+∞ for odd n < 0), Yn(n, x < 0) = NaN.
func Yn(n int, x float64) float64 {
	switch {
	case x < 0 || IsNaN(x):
		return NaN()
	case IsInf(x, 1):
		return 0
	}
	if n == 0 {
		return Y0(x)
	}
	if x == 0 {
		if n < 0 && n&1 == 1 {
			return Inf(1)
		}
		return Inf(-1)
	}
	negative := false
	if n < 0 {
		n = -n
		negative = n&1 == 1
	}
	if n == 1 {
		if negative {
			return -Y1(x)
		}
		return Y1(x)
	}
	var b float64
	if x >= hugeN {
		var t float64
		switch s, c := Sincos(x); n & 3 {
		case 0:
			t = s - c
		case 1:
			t = -s - c
		case 2:
			t = -s + c
		case 3:
			t = s + c
		}
		b = invSqrtPi * t / Sqrt(x)
	} else {
		a := Y0(x)
		b = Y1(x)
		for i := 1; i < n && !IsInf(b, -1); i++ {
			a, b = b, (float64(i+i)/x)*b-a
		}
	}
	if negative {
		return -b
	}
	return b
}
