package math

// Erf and Erfc after FreeBSD's msun, which has the coefficients.  Copyright (C)
// 1993 by Sun Microsystems, Inc.  Permission to use, copy, modify, and
// distribute them is freely granted, provided that this notice is preserved.
//
// The range is split at 0.84375, 1.25, 1/0.35 and 6 (28 for Erfc); each part
// has a rational function.

const (
	erfOffset = 8.45062911510467529297e-01 // what erf(1) is near to
	erfSlope  = 1.28379167095512586316e-01 // 2/√π - 1
	erfSlope8 = 1.02703333676410069053e+00 // the same, times 8
)

var (
	erfPP = [...]float64{1.28379167095512558561e-01, -3.25042107247001499370e-01, -2.84817495755985104766e-02, -5.77027029648944159157e-03, -2.37630166566501626084e-05}
	erfQQ = [...]float64{3.97917223959155352819e-01, 6.50222499887672944485e-02, 5.08130628187576562776e-03, 1.32494738004321644526e-04, -3.96022827877536812320e-06}
	erfPA = [...]float64{-2.36211856075265944077e-03, 4.14856118683748331666e-01, -3.72207876035701323847e-01, 3.18346619901161753674e-01, -1.10894694282396677476e-01, 3.54783043256182359371e-02, -2.16637559486879084300e-03}
	erfQA = [...]float64{1.06420880400844228286e-01, 5.40397917702171048937e-01, 7.18286544141962662868e-02, 1.26171219808761642112e-01, 1.36370839120290507362e-02, 1.19844998467991074170e-02}
	erfRA = [...]float64{-9.86494403484714822705e-03, -6.93858572707181764372e-01, -1.05586262253232909814e+01, -6.23753324503260060396e+01, -1.62396669462573470355e+02, -1.84605092906711035994e+02, -8.12874355063065934246e+01, -9.81432934416914548592e+00}
	erfSA = [...]float64{1.96512716674392571292e+01, 1.37657754143519042600e+02, 4.34565877475229228821e+02, 6.45387271733267880336e+02, 4.29008140027567833386e+02, 1.08635005541779435134e+02, 6.57024977031928170135e+00, -6.04244152148580987438e-02}
	erfRB = [...]float64{-9.86494292470009928597e-03, -7.99283237680523006574e-01, -1.77579549177547519889e+01, -1.60636384855821916062e+02, -6.37566443368389627722e+02, -1.02509513161107724954e+03, -4.83519191608651397019e+02}
	erfSB = [...]float64{3.03380607434824582924e+01, 3.25792512996573918826e+02, 1.53672958608443695994e+03, 3.19985821950859553908e+03, 2.55305040643316442583e+03, 4.74528541206955367215e+02, -2.24409524465858183362e+01}
)

// Erf returns the error function of x, 2/√π times the integral of exp(-t²)
// from 0 to x.  Erf(±∞) = ±1.
func Erf(x float64) float64 {
	const (
		tiny  = 0x1p-1022 * 16
		small = 0x1p-28
	)
	switch {
	case IsNaN(x):
		return NaN()
	case IsInf(x, 0):
		return Copysign(1, x)
	}
	negative := x < 0
	if negative {
		x = -x // -0 stays
	}
	var y float64
	switch {
	case x < small:
		if x < tiny {
			y = 0.125 * (8*x + erfSlope8*x) // no underflow on the way
		} else {
			y = x + erfSlope*x
		}
	case x < 0.84375:
		z := x * x
		y = x + x*(poly(z, erfPP[:])/poly1(z, erfQQ[:]))
	case x < 1.25:
		s := x - 1
		y = erfOffset + poly(s, erfPA[:])/poly1(s, erfQA[:])
	case x >= 6:
		y = 1
	default:
		y = 1 - erfTail(x)
	}
	if negative {
		return -y
	}
	return y
}

// Erfc returns 1 - Erf(x), precise where that is small.  Erfc(+∞) = 0,
// Erfc(-∞) = 2.
func Erfc(x float64) float64 {
	const tiny = 0x1p-56
	switch {
	case IsNaN(x):
		return NaN()
	case IsInf(x, 1):
		return 0
	case IsInf(x, -1):
		return 2
	}
	negative := x < 0
	x = Abs(x)
	var y float64
	switch {
	case x < 0.84375:
		y = x
		if x >= tiny {
			z := x * x
			q := poly(z, erfPP[:]) / poly1(z, erfQQ[:])
			if x < 0.25 {
				y = x + x*q
			} else {
				y = 0.5 + (x*q + (x - 0.5))
			}
		}
		if negative {
			return 1 + y
		}
		return 1 - y
	case x < 1.25:
		s := x - 1
		q := poly(s, erfPA[:]) / poly1(s, erfQA[:])
		if negative {
			return 1 + erfOffset + q
		}
		return 1 - erfOffset - q
	case x < 28:
		if negative && x > 6 {
			return 2
		}
		y = erfTail(x)
		if negative {
			return 2 - y
		}
		return y
	}
	if negative {
		return 2
	}
	return 0
}

// erfTail returns erfc(x) for 1.25 <= x < 28.
func erfTail(x float64) float64 {
	s := 1 / (x * x)
	var q float64
	if x < 1/0.35 {
		q = poly(s, erfRA[:]) / poly1(s, erfSA[:])
	} else {
		q = poly(s, erfRB[:]) / poly1(s, erfSB[:])
	}
	z := Float64frombits(Float64bits(x) &^ (1<<32 - 1)) // z² is exact
	return Exp(-z*z-0.5625) * Exp((z-x)*(z+x)+q) / x
}
