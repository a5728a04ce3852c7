package math

// Log returns the natural logarithm of x.  Log(+∞) = +∞, Log(0) = -∞, Log(x <
// 0) = NaN.
func Log(x float64) float64 {
	const (
		l1 = 6.666666666666735130e-01
		l2 = 3.999999999940941908e-01
		l3 = 2.857142874366239149e-01
		l4 = 2.222219843214978396e-01
		l5 = 1.818357216161805012e-01
		l6 = 1.531383769920937332e-01
		l7 = 1.479819860511658591e-01
	)
	switch {
	case IsNaN(x) || IsInf(x, 1):
		return x
	case x < 0:
		return NaN()
	case x == 0:
		return Inf(-1)
	}
	// x = 2^k·(1+f) with √½ <= 1+f < √2; log(1+f) by s = f/(2+f).
	f1, ki := Frexp(x)
	if f1 < Sqrt2/2 {
		f1 *= 2
		ki--
	}
	f := f1 - 1
	k := float64(ki)
	s := f / (2 + f)
	s2 := s * s
	s4 := s2 * s2
	t1 := s2 * (l1 + s4*(l3+s4*(l5+s4*l7)))
	t2 := s4 * (l2 + s4*(l4+s4*l6))
	r := t1 + t2
	half := 0.5 * f * f
	return k*ln2Hi - ((half - (s*(half+r) + k*ln2Lo)) - f)
}

// Log10 returns the decimal logarithm of x, with the special cases of [Log].
func Log10(x float64) float64 { return Log(x) * (1 / Ln10) }

// Log2 returns the binary logarithm of x, with the special cases of [Log].  It
// is exact for powers of two.
func Log2(x float64) float64 {
	frac, exp := Frexp(x)
	if frac == 0.5 {
		return float64(exp - 1)
	}
	return Log(frac)*(1/Ln2) + float64(exp)
}

// Log1p returns the natural logarithm of 1+x, precise where x is near 0.
// Log1p(+∞) = +∞, Log1p(±0) = ±0, Log1p(-1) = -∞, Log1p(x < -1) = NaN.
func Log1p(x float64) float64 {
	const (
		sqrt2M1     = 4.142135623730950488017e-01
		sqrt2HalfM1 = -2.928932188134524755992e-01
		small       = 0x1p-29
		tiny        = 0x1p-54
		two53       = 1 << 53
		lp1         = 6.666666666666735130e-01
		lp2         = 3.999999999940941908e-01
		lp3         = 2.857142874366239149e-01
		lp4         = 2.222219843214978396e-01
		lp5         = 1.818357216161805012e-01
		lp6         = 1.531383769920937332e-01
		lp7         = 1.479819860511658591e-01
	)
	switch {
	case x < -1 || IsNaN(x):
		return NaN()
	case x == -1:
		return Inf(-1)
	case IsInf(x, 1):
		return Inf(1)
	}
	abs := Abs(x)
	var f float64
	var iu uint64
	k := 1
	if abs < sqrt2M1 {
		if abs < small {
			if abs < tiny {
				return x
			}
			return x - x*x*0.5
		}
		if x > sqrt2HalfM1 {
			k, f, iu = 0, x, 1
		}
	}
	var c float64 // what 1+x lost
	if k != 0 {
		var u float64
		if abs < two53 {
			u = 1 + x
			iu = Float64bits(u)
			k = int(iu>>52) - 1023
			if k > 0 {
				c = 1 - (u - x)
			} else {
				c = x - (u - 1)
			}
			c /= u
		} else {
			u = x
			iu = Float64bits(u)
			k = int(iu>>52) - 1023
			c = 0
		}
		iu &= 1<<52 - 1
		if iu < 0x0006A09E667F3BCD { // below √2
			u = Float64frombits(iu | 0x3FF0000000000000)
		} else {
			k++
			u = Float64frombits(iu | 0x3FE0000000000000)
			iu = (1<<52 - iu) >> 2
		}
		f = u - 1
	}
	half := 0.5 * f * f
	if iu == 0 { // f is tiny
		if f == 0 {
			if k == 0 {
				return 0
			}
			c += float64(k) * ln2Lo
			return float64(k)*ln2Hi + c
		}
		r := half * (1 - 0.66666666666666666*f)
		if k == 0 {
			return f - r
		}
		return float64(k)*ln2Hi - ((r - (float64(k)*ln2Lo + c)) - f)
	}
	s := f / (2 + f)
	z := s * s
	r := z * (lp1 + z*(lp2+z*(lp3+z*(lp4+z*(lp5+z*(lp6+z*lp7))))))
	if k == 0 {
		return f - (half - s*(half+r))
	}
	return float64(k)*ln2Hi - ((half - (s*(half+r) + (float64(k)*ln2Lo + c))) - f)
}
