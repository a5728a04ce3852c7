package strconv

import "math/bits"

// What formatting and parsing have in common: the layout of floats, powers of
// ten with 128 bits, and logarithms of powers.

// floatType is the layout of float32 or float64.
type floatType struct {
	fracBits uint // stored bits of the significand
	expBits  uint
	bias     int
}

var (
	float32Type = floatType{23, 8, -127}
	float64Type = floatType{52, 11, -1023}
)

// minExp is the exponent of the lowest bit of the smallest numbers: a
// subnormal number is its fraction times 2^minExp.
func (t *floatType) minExp() int { return t.bias + 1 - int(t.fracBits) }

type uint128 struct{ hi, lo uint64 }

// pow10 returns P with 10^k = P·2^(log2Pow10(k)-127), cut off; exact says that
// nothing is missing.
func pow10(k int) (p uint128, exact bool) {
	// 5^55 is the largest power that fits in 128 bits.
	return pow10Table[k-pow10Min], 0 <= k && k <= 55
}

// The logarithms, rounded down.  They multiply by an approximation that is good
// enough for |e| up to 1200.

// log2Pow10 returns ⌊log₂ 10^e⌋.
func log2Pow10(e int) int { return e * 1741647 >> 19 }

// log10Pow2 returns ⌊log₁₀ 2^e⌋.
func log10Pow2(e int) int { return e * 1262611 >> 22 }

// log10ThreeQuarters returns ⌊log₁₀ ¾·2^e⌋.
func log10ThreeQuarters(e int) int { return (e*1262611 - 524031) >> 22 }

// mul192 returns x times p, highest word first.
func mul192(x uint64, p uint128) (hi, mid, lo uint64) {
	hi, mid = bits.Mul64(x, p.hi)
	carry, lo := bits.Mul64(x, p.lo)
	mid, carry = bits.Add64(mid, carry, 0)
	return hi + carry, mid, lo
}
