// Package bits counts, finds and moves the bits of unsigned integers, and has
// the arithmetic of more than one word.
//
// Each function has a plain body here; the compiler may put a machine
// instruction in its place.
package bits

const uintSize = 32 << (^uint(0) >> 63)

// UintSize is the number of bits in a uint.
const UintSize = uintSize

// arithError is what the divisions panic with.  It has the method and the text
// of the runtime's own errors, but not their type: this package imports nothing.
type arithError string

func (e arithError) RuntimeError() {}
func (e arithError) Error() string { return "runtime error: " + string(e) }

var (
	errDivide   error = arithError("integer divide by zero")
	errOverflow error = arithError("integer overflow")
)

// LeadingZeros returns how many zero bits precede x's highest one bit;
// [UintSize] for 0.
func LeadingZeros(x uint) int { return UintSize - Len(x) }

// LeadingZeros8 returns how many zero bits precede x's highest one bit; 8 for 0.
func LeadingZeros8(x uint8) int { return 8 - Len8(x) }

// LeadingZeros16 returns how many zero bits precede x's highest one bit; 16 for 0.
func LeadingZeros16(x uint16) int { return 16 - Len16(x) }

// LeadingZeros32 returns how many zero bits precede x's highest one bit; 32 for 0.
func LeadingZeros32(x uint32) int { return 32 - Len32(x) }

// LeadingZeros64 returns how many zero bits precede x's highest one bit; 64 for 0.
func LeadingZeros64(x uint64) int { return 64 - Len64(x) }

// TrailingZeros returns how many zero bits follow x's lowest one bit;
// [UintSize] for 0.
func TrailingZeros(x uint) int {
	if x == 0 {
		return UintSize
	}
	return OnesCount64(uint64(x&-x - 1))
}

// TrailingZeros8 returns how many zero bits follow x's lowest one bit; 8 for 0.
func TrailingZeros8(x uint8) int { return OnesCount64((uint64(x&-x) - 1) & 0xFF) }

// TrailingZeros16 returns how many zero bits follow x's lowest one bit; 16 for 0.
func TrailingZeros16(x uint16) int { return OnesCount64((uint64(x&-x) - 1) & 0xFFFF) }

// TrailingZeros32 returns how many zero bits follow x's lowest one bit; 32 for 0.
func TrailingZeros32(x uint32) int { return OnesCount64((uint64(x&-x) - 1) & 0xFFFFFFFF) }

// TrailingZeros64 returns how many zero bits follow x's lowest one bit; 64 for 0.
func TrailingZeros64(x uint64) int {
	if x == 0 {
		return 64
	}
	// The lowest bit alone shifts the sequence so that its place can be read at the top.
	return int(deBruijnIndex[(x&-x)*deBruijn64>>58])
}

// deBruijn64 has every pattern of six bits once (Leiserson, Prokop, Randall:
// "Using de Bruijn Sequences to Index a 1 in a Computer Word"); deBruijnIndex says how far
// it was shifted, given its top six bits.
const deBruijn64 = 0x03f79d71b4ca8b09

const deBruijnIndex = "" +
	"\x00\x01\x38\x02\x39\x31\x1c\x03\x3d\x3a\x2a\x32\x26\x1d\x11\x04\x3e\x2f\x3b\x24\x2d\x2b\x33\x16\x35\x27\x21\x1e\x18\x12\x0c\x05" +
	"\x3f\x37\x30\x1b\x3c\x29\x25\x10\x2e\x23\x2c\x15\x34\x20\x17\x0b\x36\x1a\x28\x0f\x22\x14\x1f\x0a\x19\x0e\x13\x09\x0d\x08\x07\x06"

// OnesCount returns the number of one bits in x.
func OnesCount(x uint) int { return OnesCount64(uint64(x)) }

// OnesCount8 returns the number of one bits in x.
func OnesCount8(x uint8) int { return OnesCount64(uint64(x)) }

// OnesCount16 returns the number of one bits in x.
func OnesCount16(x uint16) int { return OnesCount64(uint64(x)) }

// OnesCount32 returns the number of one bits in x.
func OnesCount32(x uint32) int { return OnesCount64(uint64(x)) }

const (
	mask1 = 0x5555555555555555 // every other bit
	mask2 = 0x3333333333333333 // every other pair
	mask4 = 0x0F0F0F0F0F0F0F0F // every other nibble
	ones8 = 0x0101010101010101 // one in each byte
)

// OnesCount64 returns the number of one bits in x.
func OnesCount64(x uint64) int {
	// Counts of 2, 4 and 8 bits side by side; the product adds up the bytes in
	// its top byte.
	x -= x >> 1 & mask1
	x = x&mask2 + x>>2&mask2
	x = (x + x>>4) & mask4
	return int(x * ones8 >> 56)
}

// RotateLeft returns x rotated left by k bits, or right by -k.
func RotateLeft(x uint, k int) uint {
	if UintSize == 32 {
		return uint(RotateLeft32(uint32(x), k))
	}
	return uint(RotateLeft64(uint64(x), k))
}

// RotateLeft8 returns x rotated left by k bits, or right by -k.
func RotateLeft8(x uint8, k int) uint8 {
	s := uint(k) & 7
	return x<<s | x>>(8-s)
}

// RotateLeft16 returns x rotated left by k bits, or right by -k.
func RotateLeft16(x uint16, k int) uint16 {
	s := uint(k) & 15
	return x<<s | x>>(16-s)
}

// RotateLeft32 returns x rotated left by k bits, or right by -k.
func RotateLeft32(x uint32, k int) uint32 {
	s := uint(k) & 31
	return x<<s | x>>(32-s)
}

// RotateLeft64 returns x rotated left by k bits, or right by -k.
func RotateLeft64(x uint64, k int) uint64 {
	s := uint(k) & 63
	return x<<s | x>>(64-s)
}

// Reverse returns x with its bits in reversed order.
func Reverse(x uint) uint { return uint(Reverse64(uint64(x)) >> (64 - UintSize)) }

// Reverse8 returns x with its bits in reversed order.
func Reverse8(x uint8) uint8 { return uint8(Reverse64(uint64(x)) >> 56) }

// Reverse16 returns x with its bits in reversed order.
func Reverse16(x uint16) uint16 { return uint16(Reverse64(uint64(x)) >> 48) }

// Reverse32 returns x with its bits in reversed order.
func Reverse32(x uint32) uint32 { return uint32(Reverse64(uint64(x)) >> 32) }

// Reverse64 returns x with its bits in reversed order.
func Reverse64(x uint64) uint64 {
	x = x>>1&mask1 | x&mask1<<1
	x = x>>2&mask2 | x&mask2<<2
	x = x>>4&mask4 | x&mask4<<4
	return ReverseBytes64(x)
}

// ReverseBytes returns x with its bytes in reversed order.
func ReverseBytes(x uint) uint { return uint(ReverseBytes64(uint64(x)) >> (64 - UintSize)) }

// ReverseBytes16 returns x with its bytes in reversed order.
func ReverseBytes16(x uint16) uint16 { return x>>8 | x<<8 }

// ReverseBytes32 returns x with its bytes in reversed order.
func ReverseBytes32(x uint32) uint32 {
	return x>>24 | x>>8&0xFF00 | x<<8&0xFF0000 | x<<24
}

// ReverseBytes64 returns x with its bytes in reversed order.
func ReverseBytes64(x uint64) uint64 {
	return uint64(ReverseBytes32(uint32(x)))<<32 | uint64(ReverseBytes32(uint32(x>>32)))
}

// Len returns how many bits x takes: the index of its highest one bit plus
// one; 0 for 0.
func Len(x uint) int { return Len64(uint64(x)) }

// Len8 returns how many bits x takes; 0 for 0.
func Len8(x uint8) int { return Len64(uint64(x)) }

// Len16 returns how many bits x takes; 0 for 0.
func Len16(x uint16) (n int) { return Len64(uint64(x)) }

// Len32 returns how many bits x takes; 0 for 0.
func Len32(x uint32) (n int) { return Len64(uint64(x)) }

// Len64 returns how many bits x takes; 0 for 0.
func Len64(x uint64) (n int) {
	if x >= 1<<32 {
		x >>= 32
		n = 32
	}
	if x >= 1<<16 {
		x >>= 16
		n += 16
	}
	if x >= 1<<8 {
		x >>= 8
		n += 8
	}
	if x >= 1<<4 {
		x >>= 4
		n += 4
	}
	if x >= 1<<2 {
		x >>= 2
		n += 2
	}
	if x >= 1<<1 {
		x >>= 1
		n++
	}
	return n + int(x)
}

// Add returns x + y + carry and the carry out of it.  carry must be 0 or 1.
func Add(x, y, carry uint) (sum, carryOut uint) {
	sum = x + y + carry
	carryOut = (x&y | (x|y)&^sum) >> (UintSize - 1)
	return
}

// Add32 returns x + y + carry and the carry out of it.  carry must be 0 or 1.
func Add32(x, y, carry uint32) (sum, carryOut uint32) {
	wide := uint64(x) + uint64(y) + uint64(carry)
	return uint32(wide), uint32(wide >> 32)
}

// Add64 returns x + y + carry and the carry out of it.  carry must be 0 or 1.
func Add64(x, y, carry uint64) (sum, carryOut uint64) {
	sum = x + y + carry
	// The top bit overflows if both top bits are set, or one is and the sum's
	// is not.
	carryOut = (x&y | (x|y)&^sum) >> 63
	return
}

// Sub returns x - y - borrow and the borrow out of it.  borrow must be 0 or 1.
func Sub(x, y, borrow uint) (diff, borrowOut uint) {
	diff = x - y - borrow
	borrowOut = (^x&y | ^(x^y)&diff) >> (UintSize - 1)
	return
}

// Sub32 returns x - y - borrow and the borrow out of it.  borrow must be 0 or 1.
func Sub32(x, y, borrow uint32) (diff, borrowOut uint32) {
	diff = x - y - borrow
	borrowOut = (^x&y | ^(x^y)&diff) >> 31
	return
}

// Sub64 returns x - y - borrow and the borrow out of it.  borrow must be 0 or 1.
func Sub64(x, y, borrow uint64) (diff, borrowOut uint64) {
	diff = x - y - borrow
	borrowOut = (^x&y | ^(x^y)&diff) >> 63
	return
}

// Mul returns the two halves of the product of x and y.
func Mul(x, y uint) (hi, lo uint) {
	if UintSize == 32 {
		h, l := Mul32(uint32(x), uint32(y))
		return uint(h), uint(l)
	}
	h, l := Mul64(uint64(x), uint64(y))
	return uint(h), uint(l)
}

// Mul32 returns the two halves of the product of x and y.
func Mul32(x, y uint32) (hi, lo uint32) {
	wide := uint64(x) * uint64(y)
	return uint32(wide >> 32), uint32(wide)
}

// Mul64 returns the two halves of the product of x and y.
func Mul64(x, y uint64) (hi, lo uint64) {
	const low = 1<<32 - 1
	xl, xh := x&low, x>>32
	yl, yh := y&low, y>>32
	// None of these sums overflows: (2³²-1)² + 2(2³²-1) = 2⁶⁴-1.
	cross := xh*yl + xl*yl>>32
	other := xl*yh + cross&low
	return xh*yh + cross>>32 + other>>32, x * y
}

// Div returns the quotient and the remainder of hi:lo divided by y.  It panics
// if y is 0 or the quotient does not fit (y <= hi).
func Div(hi, lo, y uint) (quo, rem uint) {
	if UintSize == 32 {
		q, r := Div32(uint32(hi), uint32(lo), uint32(y))
		return uint(q), uint(r)
	}
	q, r := Div64(uint64(hi), uint64(lo), uint64(y))
	return uint(q), uint(r)
}

// Div32 returns the quotient and the remainder of hi:lo divided by y.  It
// panics if y is 0 or the quotient does not fit (y <= hi).
func Div32(hi, lo, y uint32) (quo, rem uint32) {
	if y != 0 && y <= hi {
		panic(errOverflow)
	}
	wide := uint64(hi)<<32 | uint64(lo)
	return uint32(wide / uint64(y)), uint32(wide % uint64(y))
}

// Div64 returns the quotient and the remainder of hi:lo divided by y.  It
// panics if y is 0 or the quotient does not fit (y <= hi).
func Div64(hi, lo, y uint64) (quo, rem uint64) {
	if y == 0 {
		panic(errDivide)
	}
	if y <= hi {
		panic(errOverflow)
	}
	if hi == 0 {
		return lo / y, lo % y
	}
	// Long division in base 2³² (Knuth, TAOCP 4.3.1, algorithm D) with the
	// divisor normalised, so that each digit's first guess is at most two too large.
	shift := uint(LeadingZeros64(y))
	y <<= shift
	yh, yl := y>>32, y&(1<<32-1)
	top := hi << shift
	if shift > 0 {
		top |= lo >> (64 - shift)
	}
	lo <<= shift
	q1, top := divStep(top, lo>>32, y, yh, yl)
	q0, rest := divStep(top, lo&(1<<32-1), y, yh, yl)
	return q1<<32 | q0, rest >> shift
}

// divStep divides top·2³²+next by y = yh·2³²+yl, where top < y, and returns the
// one-digit quotient and the remainder.
func divStep(top, next, y, yh, yl uint64) (digit, rest uint64) {
	digit = top / yh
	guess := top % yh
	for digit >= 1<<32 || digit*yl > guess<<32|next {
		digit--
		guess += yh
		if guess >= 1<<32 {
			break
		}
	}
	// The true value fits in 64 bits, so wrapping in between does no harm.
	return digit, top<<32 + next - digit*y
}

// Rem returns the remainder of hi:lo divided by y.  It panics if y is 0 but
// never for a quotient that does not fit.
func Rem(hi, lo, y uint) uint {
	if UintSize == 32 {
		return uint(Rem32(uint32(hi), uint32(lo), uint32(y)))
	}
	return uint(Rem64(uint64(hi), uint64(lo), uint64(y)))
}

// Rem32 returns the remainder of hi:lo divided by y.  It panics if y is 0 but
// never for a quotient that does not fit.
func Rem32(hi, lo, y uint32) uint32 {
	return uint32((uint64(hi)<<32 | uint64(lo)) % uint64(y))
}

// Rem64 returns the remainder of hi:lo divided by y.  It panics if y is 0 but
// never for a quotient that does not fit.
func Rem64(hi, lo, y uint64) uint64 {
	// hi:lo and (hi mod y):lo leave the same remainder.
	_, rem := Div64(hi%y, lo, y)
	return rem
}
