package math

const (
	ln2Hi = 6.93147180369123816490e-01
	ln2Lo = 1.90821492927058770002e-10
)

// Exp returns e^x.  Exp(+∞) = +∞.  Very large results are +∞, very small ones 0
// or 1.
func Exp(x float64) float64 { return exp(x) }

func exp(x float64) float64 {
	switch {
	case IsNaN(x) || IsInf(x, 1):
		return x
	case IsInf(x, -1):
		return 0
	case x > 7.09782712893383973096e+02:
		return Inf(1)
	case x < -7.45133219101941108420e+02:
		return 0
	}
	// x = q·ln 2 + 16·s.  Taylor's series for e^s - 1, then four times e^2s - 1 =
	// (e^s-1)·(e^s-1+2) (Shibata, "Efficient evaluation methods of elementary
	// functions suitable for SIMD computation", 2010).  The fused operations are
	// part of the result.
	const (
		ln2U = 0.69314718055966295651160180568695068359375
		ln2L = 0.28235290563031577122588448175013436025525412068e-12
	)
	q := RoundToEven(x * Log2E)
	s := FMA(-q, ln2U, x)
	s = FMA(-q, ln2L, s) * 0.0625
	y := FMA(1.0/40320, s, 1.0/5040)
	y = FMA(y, s, 1.0/720)
	y = FMA(y, s, 1.0/120)
	y = FMA(y, s, 1.0/24)
	y = FMA(y, s, 1.0/6)
	y = FMA(y, s, 0.5)
	y = FMA(y, s, 1) * s
	y *= y + 2
	y *= y + 2
	y *= y + 2
	return Ldexp(FMA(y, y+2, 1), int(q))
}

// Exp2 returns 2^x, with the special cases of [Exp].
func Exp2(x float64) float64 { return exp2(x) }

func exp2(x float64) float64 {
	switch {
	case IsNaN(x) || IsInf(x, 1):
		return x
	case IsInf(x, -1):
		return 0
	case x > 1.0239999999999999e+03:
		return Inf(1)
	case x < -1.0740e+03:
		return 0
	}
	// x = k + r with |r| <= ½; 2^r = e^(r·ln 2), in two parts.
	var k int
	switch {
	case x > 0:
		k = int(x + 0.5)
	case x < 0:
		k = int(x - 0.5)
	}
	t := x - float64(k)
	return expReduced(t*ln2Hi, -t*ln2Lo, k)
}

// expReduced returns e^(hi-lo)·2^k for |hi-lo| <= ½·ln 2, after msun.
func expReduced(hi, lo float64, k int) float64 {
	const (
		p1 = 1.66666666666666657415e-01
		p2 = -2.77777777770155933842e-03
		p3 = 6.61375632143793436117e-05
		p4 = -1.65339022054652515390e-06
		p5 = 4.13813679705723846039e-08
	)
	r := hi - lo
	t := r * r
	c := r - t*(p1+t*(p2+t*(p3+t*(p4+t*p5))))
	y := 1 - ((lo - (r*c)/(2-c)) - hi)
	return Ldexp(y, k)
}

// Expm1 returns e^x - 1, precise where x is near 0.  Expm1(+∞) = +∞, Expm1(-∞)
// = -1; very large results are +∞.
func Expm1(x float64) float64 {
	const (
		overflow = 7.09782712893383973096e+02
		ln2x56   = 3.88162421113569373274e+01
		ln2Half3 = 1.03972077083991796413e+00
		ln2Half  = 3.46573590279972654709e-01
		invLn2   = 1.44269504088896338700e+00
		tiny     = 0x1p-54
		q1       = -3.33333333333331316428e-02
		q2       = 1.58730158725481460165e-03
		q3       = -7.93650757867487942473e-05
		q4       = 4.00821782732936239552e-06
		q5       = -2.01099218183624371326e-07
	)
	switch {
	case IsInf(x, 1) || IsNaN(x):
		return x
	case IsInf(x, -1):
		return -1
	}
	abs := x
	negative := x < 0
	if negative {
		abs = -abs
	}
	if abs >= ln2x56 {
		if negative {
			return -1
		}
		if abs >= overflow {
			return Inf(1)
		}
	}
	// x = k·ln 2 + r, with the rounding error of r in c.
	var c float64
	var k int
	if abs > ln2Half {
		var hi, lo float64
		if abs < ln2Half3 {
			if negative {
				hi, lo, k = x+ln2Hi, -ln2Lo, -1
			} else {
				hi, lo, k = x-ln2Hi, ln2Lo, 1
			}
		} else {
			if negative {
				k = int(invLn2*x - 0.5)
			} else {
				k = int(invLn2*x + 0.5)
			}
			t := float64(k)
			hi, lo = x-t*ln2Hi, t*ln2Lo
		}
		x = hi - lo
		c = (hi - x) - lo
	} else if abs < tiny {
		return x
	}
	half := 0.5 * x
	sq := x * half
	r1 := 1 + sq*(q1+sq*(q2+sq*(q3+sq*(q4+sq*q5))))
	t := 3 - r1*half
	e := sq * ((r1 - t) / (6 - x*t))
	if k == 0 {
		return x - (x*e - sq)
	}
	e = x*(e-c) - c
	e -= sq
	switch {
	case k == -1:
		return 0.5*(x-e) - 0.5
	case k == 1:
		if x < -0.25 {
			return -2 * (e - (x + 0.5))
		}
		return 1 + 2*(x-e)
	case k <= -2 || k > 56:
		y := 1 - (e - x)
		y = Float64frombits(Float64bits(y) + uint64(k)<<52)
		return y - 1
	case k < 20:
		t := Float64frombits(0x3FF0000000000000 - 0x20000000000000>>uint(k)) // 1 - 2^-k
		y := t - (e - x)
		return Float64frombits(Float64bits(y) + uint64(k)<<52)
	}
	t = Float64frombits(uint64(0x3FF-k) << 52) // 2^-k
	y := x - (e + t)
	y++
	return Float64frombits(Float64bits(y) + uint64(k)<<52)
}
