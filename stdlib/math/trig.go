package math

import "math/bits"

// Sine, cosine and tangent after Cephes: reduce by multiples of π/4, in three
// parts up to 2^29 and with as many digits of 4/π as it takes above, then a
// polynomial.
//
// Copyright 1984, 1987, 1989, 1992, 2000 by Stephen L. Moshier.

var (
	sinCoef = [...]float64{1.58962301576546568060e-10, -2.50507477628578072866e-8, 2.75573136213857245213e-6, -1.98412698295895385996e-4, 8.33333333332211858878e-3, -1.66666666666666307295e-1}
	cosCoef = [...]float64{-1.13585365213876817300e-11, 2.08757008419747316778e-9, -2.75573141792967388112e-7, 2.48015872888517045348e-5, -1.38888888888730564116e-3, 4.16666666666665929218e-2}
	tanP    = [...]float64{-1.30936939181383777474e4, 1.15351664838587416140e6, -1.79565251976484877988e7}
	tanQ    = [...]float64{1, 1.36812963470692954678e4, -1.32089234440210967447e6, 2.50083801823357915839e7, -5.38695755929454629881e7}
)

// π/4 in three parts, the first two short enough that their products with the
// number of octants are exact.
const (
	pi4A = 7.85398125648498535156e-1
	pi4B = 3.77489470793079817668e-8
	pi4C = 2.69515142907905952645e-15

	reduceThreshold = 1 << 29 // beyond that the products are not exact
)

// octant returns j and z with |x| ≈ j·π/4 + z, j even and |z| <= π/4.
func octant(x float64) (j uint64, z float64) {
	if x >= reduceThreshold {
		j, z = trigReduce(x)
		return j, z
	}
	j = uint64(x * (4 / Pi))
	y := float64(j)
	if j&1 == 1 {
		j++
		y++
	}
	j &= 7
	return j, ((x - y*pi4A) - y*pi4B) - y*pi4C
}

func sinPoly(z float64) float64 {
	zz := z * z
	return z + z*zz*((((((sinCoef[0]*zz)+sinCoef[1])*zz+sinCoef[2])*zz+sinCoef[3])*zz+sinCoef[4])*zz+sinCoef[5])
}

func cosPoly(z float64) float64 {
	zz := z * z
	return 1 - 0.5*zz + zz*zz*((((((cosCoef[0]*zz)+cosCoef[1])*zz+cosCoef[2])*zz+cosCoef[3])*zz+cosCoef[4])*zz+cosCoef[5])
}

// Sin returns the sine of x, in radians; NaN for infinities.
func Sin(x float64) float64 {
	switch {
	case x == 0 || IsNaN(x):
		return x
	case IsInf(x, 0):
		return NaN()
	}
	j, z := octant(Abs(x))
	negative := x < 0
	if j > 3 {
		negative = !negative
		j -= 4
	}
	var y float64
	if j == 1 || j == 2 {
		y = cosPoly(z)
	} else {
		y = sinPoly(z)
	}
	if negative {
		y = -y
	}
	return y
}

// Cos returns the cosine of x, in radians; NaN for infinities.
func Cos(x float64) float64 {
	if IsNaN(x) || IsInf(x, 0) {
		return NaN()
	}
	j, z := octant(Abs(x))
	negative := false
	if j > 3 {
		negative = true
		j -= 4
	}
	if j > 1 {
		negative = !negative
	}
	var y float64
	if j == 1 || j == 2 {
		y = sinPoly(z)
	} else {
		y = cosPoly(z)
	}
	if negative {
		y = -y
	}
	return y
}

// Sincos returns Sin(x) and Cos(x).
func Sincos(x float64) (sin, cos float64) {
	switch {
	case x == 0:
		return x, 1
	case IsNaN(x) || IsInf(x, 0):
		return NaN(), NaN()
	}
	j, z := octant(Abs(x))
	negativeSin, negativeCos := x < 0, false
	if j > 3 {
		j -= 4
		negativeSin, negativeCos = !negativeSin, !negativeCos
	}
	if j > 1 {
		negativeCos = !negativeCos
	}
	cos, sin = cosPoly(z), sinPoly(z)
	if j == 1 || j == 2 {
		sin, cos = cos, sin
	}
	if negativeCos {
		cos = -cos
	}
	if negativeSin {
		sin = -sin
	}
	return
}

// Tan returns the tangent of x, in radians; NaN for infinities.
func Tan(x float64) float64 {
	switch {
	case x == 0 || IsNaN(x):
		return x
	case IsInf(x, 0):
		return NaN()
	}
	j, z := octant(Abs(x))
	zz := z * z
	y := z
	if zz > 1e-14 {
		y = z + z*(zz*(((tanP[0]*zz)+tanP[1])*zz+tanP[2])/((((zz+tanQ[1])*zz+tanQ[2])*zz+tanQ[3])*zz+tanQ[4]))
	}
	if j&2 == 2 {
		y = -1 / y
	}
	if x < 0 {
		y = -y
	}
	return y
}

// fourOverPi has the binary digits of 4/π: the integer part is the lowest bit of
// the first word.
var fourOverPi = [...]uint64{
	0x0000000000000001, 0x45f306dc9c882a53, 0xf84eafa3ea69bb81, 0xb6c52b3278872083,
	0xfca2c757bd778ac3, 0x6e48dc74849ba5c0, 0x0c925dd413a32439, 0xfc3bd63962534e7d,
	0xd1046bea5d768909, 0xd338e04d68befc82, 0x7323ac7306a673e9, 0x3908bf177bf25076,
	0x3ff12fffbc0b301f, 0xde5e2316b414da3e, 0xda6cfd9e4f96136e, 0x9e8c7ecd3cbfd45a,
	0xea4f758fd7cbe2f6, 0x7a0e73ef14a525d4, 0xd7f6bf623f1aba10, 0xac06608df8f6d757,
}

// trigReduce is [octant] with as many digits of 4/π as it takes: it multiplies x's digits by those of 4/π
// that are worth less than 8 and matter (Payne and Hanek, 1983).
func trigReduce(x float64) (j uint64, z float64) {
	if x < Pi/4 {
		return 0, x
	}
	m := Float64bits(x)
	exp := int(m>>fracBits&expMask) - expBias - fracBits
	m = m&fracMask | 1<<fracBits
	// Three words of 4/π from the bit on that is worth 2^(61-exp): the product's
	// top three bits are the octant.
	digit, shift := uint(exp+61)/64, uint(exp+61)%64
	p0 := fourOverPi[digit]<<shift | fourOverPi[digit+1]>>(64-shift)
	p1 := fourOverPi[digit+1]<<shift | fourOverPi[digit+2]>>(64-shift)
	p2 := fourOverPi[digit+2]<<shift | fourOverPi[digit+3]>>(64-shift)
	hi, _ := bits.Mul64(p2, m)
	midHi, midLo := bits.Mul64(p1, m)
	lo, carry := bits.Add64(midLo, hi, 0)
	hi, _ = bits.Add64(p0*m, midHi, carry)
	j = hi >> 61
	// The fraction as a float.
	hi = hi<<3 | lo>>61
	lz := uint(bits.LeadingZeros64(hi))
	e := uint64(expBias - (lz + 1))
	hi = hi<<(lz+1) | lo>>(64-(lz+1))
	z = Float64frombits(hi>>(64-fracBits) | e<<fracBits)
	if j&1 == 1 {
		j = (j + 1) & 7
		z--
	}
	return j, z * (Pi / 4)
}
