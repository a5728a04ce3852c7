package math

// What can be read off the representation, or is done on it.

const (
	signBit   = 1 << 63
	fracBits  = 52
	fracMask  = 1<<fracBits - 1
	expMask   = 0x7FF
	expBias   = 1023
	uvNaN     = 0x7FF8000000000001
	uvInf     = 0x7FF0000000000000
	uvOne     = 0x3FF0000000000000
	minNormal = 0x1p-1022
)

// Inf returns +∞ if sign >= 0, otherwise -∞.
func Inf(sign int) float64 {
	if sign >= 0 {
		return Float64frombits(uvInf)
	}
	return Float64frombits(uvInf | signBit)
}

// NaN returns a value that is not a number.
func NaN() float64 { return Float64frombits(uvNaN) }

// IsNaN reports whether f is not a number.
func IsNaN(f float64) (is bool) { return f != f }

// IsInf reports whether f is +∞ (sign > 0), -∞ (sign < 0) or one of them (sign
// == 0).
func IsInf(f float64, sign int) bool {
	return sign >= 0 && f > MaxFloat64 || sign <= 0 && f < -MaxFloat64
}

// Signbit reports whether x is negative or negative zero.
func Signbit(x float64) bool { return Float64bits(x)&signBit != 0 }

// Copysign returns f with the sign of sign.
func Copysign(f, sign float64) float64 {
	return Float64frombits(Float64bits(f)&^signBit | Float64bits(sign)&signBit)
}

// Abs returns x without its sign.
func Abs(x float64) float64 { return Float64frombits(Float64bits(x) &^ signBit) }

// Nextafter returns the next number after x in the direction of y; x itself if they are
// equal, NaN if one is.
func Nextafter(x, y float64) (r float64) {
	switch {
	case IsNaN(x) || IsNaN(y):
		return NaN()
	case x == y:
		return x
	case x == 0:
		return Copysign(SmallestNonzeroFloat64, y)
	case (y > x) == (x > 0):
		return Float64frombits(Float64bits(x) + 1)
	}
	return Float64frombits(Float64bits(x) - 1)
}

// Nextafter32 is [Nextafter] for float32.
func Nextafter32(x, y float32) (r float32) {
	switch {
	case x != x || y != y:
		return float32(NaN())
	case x == y:
		return x
	case x == 0:
		return float32(Copysign(SmallestNonzeroFloat32, float64(y)))
	case (y > x) == (x > 0):
		return Float32frombits(Float32bits(x) + 1)
	}
	return Float32frombits(Float32bits(x) - 1)
}

// Frexp splits f into frac × 2^exp with |frac| in [½, 1).  Zeros, infinities
// and NaN are returned unchanged, with exponent 0.
func Frexp(f float64) (frac float64, exp int) {
	if f == 0 || IsInf(f, 0) || IsNaN(f) {
		return f, 0
	}
	if Abs(f) < minNormal {
		f *= 1 << fracBits
		exp = -fracBits
	}
	b := Float64bits(f)
	exp += int(b>>fracBits&expMask) - (expBias - 1)
	return Float64frombits(b&^(expMask<<fracBits) | (expBias-1)<<fracBits), exp
}

// Ldexp returns frac × 2^exp.
func Ldexp(frac float64, exp int) float64 {
	if frac == 0 || IsInf(frac, 0) || IsNaN(frac) {
		return frac
	}
	m, e := Frexp(frac) // frac = 2m × 2^(e-1)
	// Beyond these the result is zero or infinite anyway.
	exp = max(min(exp, 5000), -5000) + e - 1
	switch {
	case exp < -1075:
		return Copysign(0, frac)
	case exp > expBias:
		return Inf(1 - 2*int(Float64bits(frac)>>63))
	}
	b := Float64bits(m) &^ (expMask << fracBits)
	if exp > -expBias {
		return Float64frombits(b | uint64(exp+expBias)<<fracBits)
	}
	// Subnormal: scaled up, and down again with a single rounding.
	return Float64frombits(b|uint64(exp+expBias+fracBits+1)<<fracBits) * 0x1p-53
}

// Ilogb returns the binary exponent of x: the greatest n with 2^n <= |x|.
// Ilogb(±∞) = MaxInt32, Ilogb(0) = MinInt32, Ilogb(NaN) = MaxInt32.
func Ilogb(x float64) int {
	switch {
	case x == 0:
		return MinInt32
	case IsNaN(x), IsInf(x, 0):
		return MaxInt32
	}
	_, exp := Frexp(x)
	return exp - 1
}

// Logb returns the binary exponent of x, see [Ilogb].  Logb(±∞) = +∞, Logb(0)
// = -∞, Logb(NaN) = NaN.
func Logb(x float64) float64 {
	switch {
	case x == 0:
		return Inf(-1)
	case IsInf(x, 0):
		return Inf(1)
	case IsNaN(x):
		return x
	}
	return float64(Ilogb(x))
}

// Trunc returns the integer part of x.  Zeros, infinities and NaN stay as they
// are, as with the other roundings.
func Trunc(x float64) float64 {
	b := Float64bits(x)
	exp := int(b>>fracBits&expMask) - expBias
	switch {
	case exp < 0:
		return Float64frombits(b & signBit)
	case exp < fracBits:
		return Float64frombits(b &^ (1<<uint(fracBits-exp) - 1))
	}
	return x
}

// Floor returns the greatest integer that is not greater than x.
func Floor(x float64) float64 {
	t := Trunc(x)
	if t > x {
		t--
	}
	return t
}

// Ceil returns the least integer that is not less than x.
func Ceil(x float64) float64 {
	t := Trunc(x)
	if t < x {
		return Copysign(t+1, x) // -0.5 becomes -0
	}
	return t
}

// Round returns the nearest integer; of two equally near the one further from
// zero.
func Round(x float64) float64 {
	t := Trunc(x)
	if Abs(x-t) >= 0.5 {
		return t + Copysign(1, x)
	}
	return t
}

// RoundToEven returns the nearest integer; of two equally near the even one.
func RoundToEven(x float64) float64 {
	t := Trunc(x)
	odd := Remainder(t, 2) != 0
	if d := Abs(x - t); d > 0.5 || d == 0.5 && odd {
		return t + Copysign(1, x)
	}
	return t
}

// Modf returns the integer part of f and the rest, both with the sign of f.
// Modf(±∞) = ±∞, NaN.
func Modf(f float64) (integer float64, fractional float64) {
	integer = Trunc(f)
	fractional = Copysign(f-integer, f)
	if IsInf(f, 0) {
		fractional = NaN()
	}
	return
}

// Max returns the larger of x and y.  If one is +∞, that is the result; else if
// one is NaN, NaN.  0 is larger than -0.
func Max(x, y float64) float64 {
	switch {
	case IsInf(x, 1) || IsInf(y, 1):
		return Inf(1)
	case IsNaN(x) || IsNaN(y):
		return NaN()
	case x == 0 && y == 0:
		if Signbit(x) {
			return y
		}
		return x
	case x > y:
		return x
	}
	return y
}

// Min returns the smaller of x and y.  If one is -∞, that is the result; else
// if one is NaN, NaN.  -0 is smaller than 0.
func Min(x, y float64) float64 {
	switch {
	case IsInf(x, -1) || IsInf(y, -1):
		return Inf(-1)
	case IsNaN(x) || IsNaN(y):
		return NaN()
	case x == 0 && y == 0:
		if Signbit(x) {
			return x
		}
		return y
	case x < y:
		return x
	}
	return y
}

// Dim returns x-y, or 0 if that is negative.  The difference of equal
// infinities is NaN.
func Dim(x, y float64) float64 {
	d := x - y
	if d <= 0 {
		return 0
	}
	return d
}
