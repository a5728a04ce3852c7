package math

// Lgamma after FreeBSD's msun, which has the coefficients.  Copyright (C) 1993
// by Sun Microsystems, Inc.  Permission to use, copy, modify, and distribute
// them is freely granted, provided that this notice is preserved.

const (
	lgTc = 1.46163214496836224576e+00  // where Γ is least
	lgTf = -1.21486290535849611461e-01 // log Γ there,
	lgTt = -3.63867699703950536541e-18 // and the rest of it
)

var (
	lgA = [...]float64{7.72156649015328655494e-02, 3.22467033424113591611e-01, 6.73523010531292681824e-02, 2.05808084325167332806e-02, 7.38555086081402883957e-03, 2.89051383673415629091e-03, 1.19270763183362067845e-03, 5.10069792153511336608e-04, 2.20862790713908385557e-04, 1.08011567247583939954e-04, 2.52144565451257326939e-05, 4.48640949618915160150e-05}
	lgT = [...]float64{4.83836122723810047042e-01, -1.47587722994593911752e-01, 6.46249402391333854778e-02, -3.27885410759859649565e-02, 1.79706750811820387126e-02, -1.03142241298341437450e-02, 6.10053870246291332635e-03, -3.68452016781138256760e-03, 2.25964780900612472250e-03, -1.40346469989232843813e-03, 8.81081882437654011382e-04, -5.38595305356740546715e-04, 3.15632070903625950361e-04, -3.12754168375120860518e-04, 3.35529192635519073543e-04}
	lgU = [...]float64{-7.72156649015328655494e-02, 6.32827064025093366517e-01, 1.45492250137234768737e+00, 9.77717527963372745603e-01, 2.28963728064692451092e-01, 1.33810918536787660377e-02}
	lgV = [...]float64{2.45597793713041134822e+00, 2.12848976379893395361e+00, 7.69285150456672783825e-01, 1.04222645593369134254e-01, 3.21709242282423911810e-03}
	lgS = [...]float64{-7.72156649015328655494e-02, 2.14982415960608852501e-01, 3.25778796408930981787e-01, 1.46350472652464452805e-01, 2.66422703033638609560e-02, 1.84028451407337715652e-03, 3.19475326584100867617e-05}
	lgR = [...]float64{1.39200533467621045958e+00, 7.21935547567138069525e-01, 1.71933865632803078993e-01, 1.86459191715652901344e-02, 7.77942496381893596434e-04, 7.32668430744625636189e-06}
	lgW = [...]float64{4.18938533204672725052e-01, 8.33333333333329678849e-02, -2.77777777728775536470e-03, 7.93650558643019558500e-04, -5.95187557450339963135e-04, 8.36339918996282139126e-04, -1.63092934096575273989e-03}
)

// Lgamma returns the logarithm of |Γ(x)| and the sign of Γ(x).  It is +∞ for
// +∞, 0 and negative integers, -∞ for -∞.
func Lgamma(x float64) (lgamma float64, sign int) {
	const (
		two52 = 1 << 52
		two58 = 1 << 58
		tiny  = 0x1p-70
	)
	sign = 1
	switch {
	case IsNaN(x):
		return x, sign
	case IsInf(x, 0):
		return x, sign
	case x == 0:
		return Inf(1), sign
	}
	negative := x < 0
	x = Abs(x)
	if x < tiny {
		if negative {
			sign = -1
		}
		return -Log(x), sign
	}
	var reflected float64
	if negative {
		// Γ(-x) = -π/(x·sin(πx)·Γ(x))
		if x >= two52 {
			return Inf(1), sign
		}
		t := sinPi(x)
		if t == 0 {
			return Inf(1), sign
		}
		reflected = Log(Pi / Abs(t*x))
		if t < 0 {
			sign = -1
		}
	}
	switch {
	case x == 1 || x == 2:
		lgamma = 0
	case x < 2:
		// Near 2, near the minimum and near 1; below 0.9 from one further up.
		var y float64
		var part int
		if x <= 0.9 {
			lgamma = -Log(x)
			switch {
			case x >= lgTc-1+0.27:
				y, part = 1-x, 0
			case x >= lgTc-1-0.27:
				y, part = x-(lgTc-1), 1
			default:
				y, part = x, 2
			}
		} else {
			switch {
			case x >= lgTc+0.27:
				y, part = 2-x, 0
			case x >= lgTc-0.27:
				y, part = x-lgTc, 1
			default:
				y, part = x-1, 2
			}
		}
		switch part {
		case 0:
			z := y * y
			p1 := poly(z, []float64{lgA[0], lgA[2], lgA[4], lgA[6], lgA[8], lgA[10]})
			p2 := z * poly(z, []float64{lgA[1], lgA[3], lgA[5], lgA[7], lgA[9], lgA[11]})
			lgamma += y*p1 + p2 - 0.5*y
		case 1:
			z := y * y
			w := z * y
			p1 := poly(w, []float64{lgT[0], lgT[3], lgT[6], lgT[9], lgT[12]})
			p2 := poly(w, []float64{lgT[1], lgT[4], lgT[7], lgT[10], lgT[13]})
			p3 := poly(w, []float64{lgT[2], lgT[5], lgT[8], lgT[11], lgT[14]})
			p := z*p1 - (lgTt - w*(p2+y*p3))
			lgamma += lgTf + p
		case 2:
			p1 := y * poly(y, lgU[:])
			p2 := poly1(y, lgV[:])
			lgamma += -0.5*y + p1/p2
		}
	case x < 8:
		i := int(x)
		y := x - float64(i)
		p := y * poly(y, lgS[:])
		q := poly1(y, lgR[:])
		lgamma = 0.5*y + p/q
		z := 1.0
		for ; i >= 3; i-- {
			z *= y + float64(i-1)
		}
		if x >= 3 {
			lgamma += Log(z)
		}
	case x < two58:
		t := Log(x)
		z := 1 / x
		y := z * z
		w := lgW[0] + z*poly(y, lgW[1:])
		lgamma = (x-0.5)*(t-1) + w
	default:
		lgamma = x * (Log(x) - 1)
	}
	if negative {
		lgamma = reflected - lgamma
	}
	return lgamma, sign
}

// sinPi returns sin(-πx) for x > 0, so: negative where sin(πx) is positive.
func sinPi(x float64) float64 {
	const (
		two52 = 1 << 52
		two53 = 1 << 53
	)
	if x < 0.25 {
		return -Sin(Pi * x)
	}
	// The fraction of x and its eighth of a turn.
	z := Floor(x)
	var n int
	if z != x {
		x = Mod(x, 2)
		n = int(x * 4)
	} else if x >= two53 {
		x, n = 0, 0
	} else {
		if x < two52 {
			z = x + two52
		}
		n = int(1 & Float64bits(z))
		x = float64(n)
		n <<= 2
	}
	switch n {
	case 0:
		x = Sin(Pi * x)
	case 1, 2:
		x = Cos(Pi * (0.5 - x))
	case 3, 4:
		x = Sin(Pi * (1 - x))
	case 5, 6:
		x = -Cos(Pi * (x - 1.5))
	default:
		x = Sin(Pi * (x - 2))
	}
	return -x
}
