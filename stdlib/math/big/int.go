// Package big has numbers without a fixed size: integers ([Int]), fractions
// ([Rat]) and floating point numbers of any precision ([Float]).
//
// The zero value of each is the number 0 and ready to use.  Operations are
// methods whose receiver takes the result, which they also return, so that
// calls can be chained and memory is used again:
//
//	c.Add(a, b) // c = a + b
//
// The receiver may be an operand, too: sum.Add(sum, x) adds x to sum.  Numbers
// are handled through pointers only; copying the struct gives two numbers that
// share memory, which goes wrong.  Use Set instead.
//
// The package has no assembly: products above some length use Karatsuba's
// method, quotients that of Burnikel and Ziegler, powers Montgomery's, and text
// is converted by halves.
package big

import (
	"fmt"
	"math/bits"
	"math/rand"
)

// An Int is an integer of any size.
//
// How long an operation takes depends on the values: Int is nothing to build
// cryptography from.
type Int struct {
	neg bool // never for 0
	abs nat
}

var intOne = &Int{false, natOne}

// Sign returns -1, 0 or +1 as x is below, equal to or above 0.
func (x *Int) Sign() int {
	switch {
	case len(x.abs) == 0:
		return 0
	case x.neg:
		return -1
	}
	return 1
}

// SetInt64 sets z to x.
func (z *Int) SetInt64(x int64) *Int {
	u := uint64(x)
	if x < 0 {
		u = -u
	}
	z.abs = z.abs.setUint64(u)
	z.neg = x < 0
	return z
}

// SetUint64 sets z to x.
func (z *Int) SetUint64(x uint64) *Int {
	z.abs = z.abs.setUint64(x)
	z.neg = false
	return z
}

// NewInt returns a new Int that is x.
func NewInt(x int64) *Int {
	u := uint64(x)
	if x < 0 {
		u = -u
	}
	var abs nat
	switch {
	case x == 0:
	case uint64(Word(u)) == u:
		abs = nat{Word(u)}
	default:
		abs = nat{Word(u), Word(u >> 32)}
	}
	return &Int{x < 0, abs}
}

// Set sets z to x.
func (z *Int) Set(x *Int) *Int {
	if z != x {
		z.abs = z.abs.set(x.abs)
		z.neg = x.neg
	}
	return z
}

// Bits returns the words of |x|, the lowest first.  They are x's own, not a
// copy; meant for operations that are missing here.
func (x *Int) Bits() []Word { return x.abs }

// SetBits makes abs, the lowest word first, z's own memory, and z the number
// that it is.
func (z *Int) SetBits(abs []Word) *Int {
	z.abs = nat(abs).norm()
	z.neg = false
	return z
}

// Abs sets z to |x|.
func (z *Int) Abs(x *Int) *Int {
	z.Set(x)
	z.neg = false
	return z
}

// Neg sets z to -x.
func (z *Int) Neg(x *Int) *Int {
	z.Set(x)
	z.neg = len(z.abs) > 0 && !z.neg
	return z
}

// addSigned sets z to x + y, with yneg for the sign of y.
func (z *Int) addSigned(x, y *Int, yneg bool) *Int {
	neg := x.neg
	if x.neg == yneg {
		z.abs = z.abs.add(x.abs, y.abs)
	} else if x.abs.cmp(y.abs) >= 0 {
		z.abs = z.abs.sub(x.abs, y.abs)
	} else {
		neg = !neg
		z.abs = z.abs.sub(y.abs, x.abs)
	}
	z.neg = len(z.abs) > 0 && neg
	return z
}

// Add sets z to x + y.
func (z *Int) Add(x, y *Int) *Int { return z.addSigned(x, y, y.neg) }

// Sub sets z to x - y.
func (z *Int) Sub(x, y *Int) *Int { return z.addSigned(x, y, !y.neg) }

// Mul sets z to x · y.
func (z *Int) Mul(x, y *Int) *Int {
	neg := x.neg != y.neg
	z.abs = z.abs.mul(x.abs, y.abs)
	z.neg = len(z.abs) > 0 && neg
	return z
}

// MulRange sets z to the product of all integers from a to b; 1 if there are
// none.
func (z *Int) MulRange(a, b int64) *Int {
	switch {
	case a > b:
		return z.SetInt64(1)
	case a <= 0 && b >= 0:
		return z.SetInt64(0)
	}
	neg := false
	lo, hi := uint64(a), uint64(b)
	if a < 0 {
		neg = (hi-lo)&1 == 0
		lo, hi = -hi, -lo
	}
	z.abs = z.abs.mulRange(lo, hi)
	z.neg = neg
	return z
}

// Binomial sets z to the binomial coefficient of n and k.
func (z *Int) Binomial(n, k int64) *Int {
	if k > n || k < 0 || n < 0 {
		return z.SetInt64(0)
	}
	k = min(k, n-k)
	// n·(n-1)·…·(n-k+1) / k!, each step of which is an integer.  Factors are
	// gathered in words first.
	if k < 40 {
		z.SetInt64(1)
		var num, den Int
		for i := int64(0); i < k; i++ {
			z.Mul(z, num.SetInt64(n-i))
			z.Quo(z, den.SetInt64(i+1))
		}
		return z
	}
	var a, b Int
	a.MulRange(n-k+1, n)
	b.MulRange(1, k)
	return z.Quo(&a, &b)
}

// Quo sets z to x / y rounded to zero, as Go's division is.  If y is 0 it
// panics.  See [Int.QuoRem].
func (z *Int) Quo(x, y *Int) *Int {
	neg := x.neg != y.neg
	t := getScratch(0)
	z.abs, *t = z.abs.div(*t, x.abs, y.abs)
	putScratch(t)
	z.neg = len(z.abs) > 0 && neg
	return z
}

// Rem sets z to the remainder of [Int.Quo], as Go's % is.  If y is 0 it panics.
func (z *Int) Rem(x, y *Int) *Int {
	neg := x.neg
	z.abs = z.abs.rem(x.abs, y.abs)
	z.neg = len(z.abs) > 0 && neg
	return z
}

// QuoRem sets z to the quotient x / y rounded to zero and r to the remainder
// x - y·z, which has the sign of x, and returns both: what Go's operators do.
// If y is 0 it panics.
func (z *Int) QuoRem(x, y, r *Int) (*Int, *Int) {
	qneg, rneg := x.neg != y.neg, x.neg
	z.abs, r.abs = z.abs.div(r.abs, x.abs, y.abs)
	z.neg, r.neg = len(z.abs) > 0 && qneg, len(r.abs) > 0 && rneg
	return z, r
}

// Div sets z to the Euclidean quotient of x and y: see [Int.DivMod].  If y is 0
// it panics.
func (z *Int) Div(x, y *Int) *Int {
	yneg := y.neg
	var r Int
	z.QuoRem(x, y, &r)
	if r.neg {
		if yneg {
			z.Add(z, intOne)
		} else {
			z.Sub(z, intOne)
		}
	}
	return z
}

// Mod sets z to the Euclidean remainder of x and y, which is never negative:
// see [Int.DivMod].  If y is 0 it panics.
func (z *Int) Mod(x, y *Int) *Int {
	if z == y || alias(z.abs, y.abs) {
		y = new(Int).Set(y)
	}
	z.Rem(x, y)
	if z.neg {
		z.neg = false
		z.abs = z.abs.sub(y.abs, z.abs)
	}
	return z
}

// DivMod sets z to the quotient and m to the remainder x - y·z of Euclidean
// division, in which 0 <= m < |y|, and returns both.  If y is 0 it panics.
//
// (R. Boute, "The Euclidean definition of the functions div and mod", 1992.)
func (z *Int) DivMod(x, y, m *Int) (*Int, *Int) {
	if z == y || m == y || alias(z.abs, y.abs) || alias(m.abs, y.abs) {
		y = new(Int).Set(y)
	}
	z.QuoRem(x, y, m)
	if m.neg {
		if y.neg {
			z.Add(z, intOne)
			m.Sub(m, y)
		} else {
			z.Sub(z, intOne)
			m.Add(m, y)
		}
	}
	return z, m
}

// How [Int.Divide] rounds the quotient.
const (
	Trunc = ToZero        // as Go's division
	Floor = ToNegativeInf // down
	Round = ToNearestEven // to the nearest, halves to the even one
	Ceil  = ToPositiveInf // up
)

// Divide computes the quotient q of x and y, rounded as mode says ([Trunc],
// [Floor], [Round] or [Ceil]; another panics), and the remainder r = x - y·q.
// It sets z to q unless z is nil, r unless that is nil, and returns z and r.  If
// y is 0 it panics.
func (z *Int) Divide(x, y, r *Int, mode RoundingMode) (*Int, *Int) {
	switch mode {
	case Trunc, Floor, Round, Ceil:
	default:
		panic("unsupported rounding mode")
	}
	if len(y.abs) == 0 {
		panic("division by zero")
	}
	var q, rem Int
	q.QuoRem(x, y, &rem)
	if len(rem.abs) > 0 {
		// q is rounded to zero; away from it the next is q+step.
		below := x.neg != y.neg // the exact quotient is negative
		away := false
		switch mode {
		case Floor:
			away = below
		case Ceil:
			away = !below
		case Round:
			c := nat(nil).shl(rem.abs, 1).cmp(y.abs)
			away = c > 0 || c == 0 && len(q.abs) > 0 && q.abs[0]&1 != 0
		}
		if away {
			// The remainder changes its sign.
			if below {
				q.Sub(&q, intOne)
				rem.Add(&rem, y)
			} else {
				q.Add(&q, intOne)
				rem.Sub(&rem, y)
			}
		}
	}
	if z != nil {
		z.Set(&q)
	}
	if r != nil {
		r.Set(&rem)
	}
	return z, r
}

// Cmp returns -1, 0 or +1 as x is less than, equal to or greater than y.
func (x *Int) Cmp(y *Int) (r int) {
	switch {
	case x == y:
		return 0
	case x.neg == y.neg:
		r = x.abs.cmp(y.abs)
		if x.neg {
			r = -r
		}
	case x.neg:
		r = -1
	default:
		r = 1
	}
	return
}

// CmpAbs compares |x| and |y| as [Int.Cmp] does x and y.
func (x *Int) CmpAbs(y *Int) int { return x.abs.cmp(y.abs) }

func low64(x nat) uint64 {
	if len(x) == 0 {
		return 0
	}
	v := uint64(x[0])
	if wordBits == 32 && len(x) > 1 {
		v |= uint64(x[1]) << 32
	}
	return v
}

// Int64 returns x as an int64.  If it does not fit the result is undefined; see
// [Int.IsInt64].
func (x *Int) Int64() int64 {
	v := int64(low64(x.abs))
	if x.neg {
		v = -v
	}
	return v
}

// Uint64 returns x as a uint64.  If it does not fit the result is undefined; see
// [Int.IsUint64].
func (x *Int) Uint64() uint64 { return low64(x.abs) }

// IsInt64 tells whether x fits an int64.
func (x *Int) IsInt64() bool {
	if x.abs.bitLen() > 64 {
		return false
	}
	v := int64(low64(x.abs))
	return v >= 0 || x.neg && v == -v
}

// IsUint64 tells whether x fits a uint64.
func (x *Int) IsUint64() bool { return !x.neg && x.abs.bitLen() <= 64 }

// Float64 returns the float64 nearest to x, halves to the even one, and on
// which side of x it is.
func (x *Int) Float64() (float64, Accuracy) {
	n := x.abs.bitLen()
	if n == 0 {
		return 0, Exact
	}
	if n <= 53 || n < 64 && n-int(x.abs.trailingZeroBits()) <= 53 {
		f := float64(low64(x.abs))
		if x.neg {
			f = -f
		}
		return f, Exact
	}
	return new(Float).SetInt(x).Float64()
}

// SetString sets z to the number that s is in the given base and returns z and
// true; if s is not a number, or there is more after it, it returns nil and
// false and z may have any value.
//
// The base is 0 or from 2 to [MaxBase]; another panics.  With base 0 a prefix
// tells it: "0b" is 2, "0" and "0o" 8, "0x" 16, none 10; and there may be
// underscores after the prefix and between digits.  Up to base 36 it does not
// matter how letters are written; above, upper case ones are the digits from 36.
func (z *Int) SetString(s string, base int) (*Int, bool) { return z.setFrom(&textReader{s: s}, base) }

// setFrom is [Int.SetString] for what r has, all of it.
func (z *Int) setFrom(r *textReader, base int) (*Int, bool) {
	if _, _, err := z.scan(r, base); err != nil || r.i < len(r.s) {
		return nil, false
	}
	return z, true
}

// SetBytes sets z to the number that buf is, its highest byte first.
func (z *Int) SetBytes(buf []byte) *Int {
	z.abs = z.abs.setBytes(buf)
	z.neg = false
	return z
}

// Bytes returns |x|, the highest byte first, in as few bytes as possible.
func (x *Int) Bytes() []byte {
	buf := make([]byte, len(x.abs)*wordBytes)
	return buf[x.abs.putBytes(buf):]
}

// FillBytes sets buf to |x|, the highest byte first with zeros before, and
// returns it.  It panics if buf is too short.
func (x *Int) FillBytes(buf []byte) []byte {
	clear(buf)
	x.abs.putBytes(buf)
	return buf
}

// BitLen returns how many bits |x| has; 0 for 0.
func (x *Int) BitLen() int { return x.abs.bitLen() }

// TrailingZeroBits returns how many zero bits |x| ends with.
func (x *Int) TrailingZeroBits() uint { return x.abs.trailingZeroBits() }

// Exp sets z to x**y mod |m|; if m is nil or 0, to x**y, with 1 for y <= 0.  If y
// is negative and x has no inverse modulo m it leaves z alone and returns nil.
//
// How long it takes depends on the values.
func (z *Int) Exp(x, y, m *Int) *Int {
	base := x.abs
	neg := x.neg
	modulus := m != nil && len(m.abs) > 0
	if y.neg {
		if !modulus {
			return z.SetInt64(1)
		}
		inv := new(Int).ModInverse(x, m)
		if inv == nil {
			return nil
		}
		// The sign of x counts once more below: that is how Go's toolchain answers,
		// though (-3)**-1 mod 7 is 2 and not 5.
		base = inv.abs
	}
	neg = neg && len(y.abs) > 0 && y.abs[0]&1 == 1
	if !modulus {
		z.abs = z.abs.expNN(base, y.abs, nil)
		z.neg = len(z.abs) > 0 && neg
		return z
	}
	mod := m.abs
	if alias(z.abs, mod) {
		mod = nat(nil).set(mod)
	}
	z.abs = z.abs.expNN(base, y.abs, mod)
	z.neg = false
	if neg && len(z.abs) > 0 {
		z.abs = z.abs.sub(mod, z.abs)
	}
	return z
}

// Rand sets z to a pseudorandom number from 0 up to but without n, drawn from
// rnd.  Secrets need [crypto/rand.Int] instead.
func (z *Int) Rand(rnd *rand.Rand, n *Int) *Int {
	if n.neg || len(n.abs) == 0 {
		z.neg = false
		z.abs = nil
		return z
	}
	z.neg = false
	z.abs = z.abs.random(rnd, n.abs, n.abs.bitLen())
	return z
}

// ModInverse sets z to the inverse of g modulo n.  If there is none it leaves z
// alone and returns nil.  If n is 0 it panics.
func (z *Int) ModInverse(g, n *Int) *Int {
	var nAbs Int
	nAbs.abs = n.abs
	if g.neg {
		g = new(Int).Mod(g, &nAbs)
	}
	var d, x Int
	d.GCD(&x, nil, g, &nAbs)
	if !d.abs.isOne() {
		return nil
	}
	if x.neg {
		z.Add(&x, &nAbs)
	} else {
		z.Set(&x)
	}
	return z
}

// Jacobi returns the Jacobi symbol (x/y): -1, 0 or +1.  It panics unless y is
// odd.
func Jacobi(x, y *Int) int {
	if len(y.abs) == 0 || y.abs[0]&1 == 0 {
		panic(fmt.Sprintf("big: invalid 2nd argument to Int.Jacobi: need odd integer but got %s", y.String()))
	}
	j := 1
	if y.neg && x.neg {
		j = -1
	}
	var a, b, c Int
	a.Set(x)
	b.Abs(y)
	for {
		if b.abs.isOne() {
			return j
		}
		a.Mod(&a, &b)
		if len(a.abs) == 0 {
			return 0
		}
		// Factors of two: (2/b) is -1 for b = 3 and 5 mod 8.
		s := a.abs.trailingZeroBits()
		if s&1 != 0 {
			if r := b.abs[0] & 7; r == 3 || r == 5 {
				j = -j
			}
		}
		c.Rsh(&a, s)
		// Reciprocity.
		if b.abs[0]&3 == 3 && c.abs[0]&3 == 3 {
			j = -j
		}
		a.Set(&b)
		b.Set(&c)
	}
}

// ModSqrt sets z to a square root of x modulo the odd prime p.  If there is none
// it leaves z alone and returns nil.  It panics if p is even; if p is not a prime
// the result is undefined.
func (z *Int) ModSqrt(x, p *Int) *Int {
	switch Jacobi(x, p) {
	case -1:
		return nil
	case 0:
		return z.SetInt64(0)
	}
	if x.neg || x.Cmp(p) >= 0 {
		x = new(Int).Mod(x, p)
	}
	switch {
	case p.abs[0]&3 == 3:
		// x**((p+1)/4)
		e := new(Int).Add(p, intOne)
		e.Rsh(e, 2)
		return z.Exp(x, e, p)
	case p.abs[0]&7 == 5:
		// Atkin: a = (2x)**((p-5)/8), b = 2x·a² = √-1, x·a·(b-1).
		e := new(Int).Rsh(p, 3)
		twice := new(Int).Lsh(x, 1)
		a := new(Int).Exp(twice, e, p)
		b := new(Int).Mul(a, a)
		b.Mod(b, p)
		b.Mul(b, twice)
		b.Mod(b, p)
		b.Sub(b, intOne)
		b.Mul(b, x)
		b.Mod(b, p)
		b.Mul(b, a)
		return z.Mod(b, p)
	}
	return z.tonelliShanks(x, p)
}

// tonelliShanks is [Int.ModSqrt] for any odd prime; x is a square.
func (z *Int) tonelliShanks(x, p *Int) *Int {
	// p-1 = s·2**e with s odd.
	var s Int
	s.Sub(p, intOne)
	e := s.abs.trailingZeroBits()
	s.Rsh(&s, e)

	// The smallest number that is not a square.
	n := NewInt(2)
	for Jacobi(n, p) != -1 {
		n.Add(n, intOne)
	}

	var y, b, g, t Int
	y.Add(&s, intOne)
	y.Rsh(&y, 1)
	y.Exp(x, &y, p) // y² = x·b
	b.Exp(x, &s, p) // b has an order of 2**m, m < r
	g.Exp(n, &s, p)
	r := e
	for {
		var m uint
		t.Set(&b)
		for t.Cmp(intOne) != 0 {
			t.Mul(&t, &t).Mod(&t, p)
			m++
		}
		if m == 0 {
			return z.Set(&y)
		}
		t.SetInt64(0).SetBit(&t, int(r-m-1), 1).Exp(&g, &t, p)
		g.Mul(&t, &t).Mod(&g, p)
		y.Mul(&y, &t).Mod(&y, p)
		b.Mul(&b, &g).Mod(&b, p)
		r = m
	}
}

// Lsh sets z to x << n.
func (z *Int) Lsh(x *Int, n uint) *Int {
	z.abs = z.abs.shl(x.abs, n)
	z.neg = x.neg
	return z
}

// Rsh sets z to x >> n, rounded down.
func (z *Int) Rsh(x *Int, n uint) *Int {
	if x.neg {
		// -((|x|-1) >> n) - 1
		t := z.abs.sub(x.abs, natOne)
		t = t.shr(t, n)
		z.abs = t.add(t, natOne)
		z.neg = true
		return z
	}
	z.abs = z.abs.shr(x.abs, n)
	z.neg = false
	return z
}

// Bit returns bit i of x.  i must not be negative.
func (x *Int) Bit(i int) uint {
	if i < 0 {
		panic("negative bit index")
	}
	if x.neg {
		// The two's complement is ^(|x|-1).
		if uint(i) < x.abs.trailingZeroBits() {
			return 0
		}
		if uint(i) == x.abs.trailingZeroBits() {
			return 1
		}
		return x.abs.bit(uint(i)) ^ 1
	}
	return x.abs.bit(uint(i))
}

// SetBit sets z to x with bit i set to b, which must be 0 or 1.
func (z *Int) SetBit(x *Int, i int, b uint) *Int {
	if i < 0 {
		panic("negative bit index")
	}
	if b > 1 {
		panic("set bit is not 0 or 1")
	}
	if x.neg {
		t := z.abs.sub(x.abs, natOne)
		t = t.setBit(t, uint(i), b^1)
		z.abs = t.add(t, natOne)
		z.neg = true
		return z
	}
	z.abs = z.abs.setBit(x.abs, uint(i), b)
	z.neg = false
	return z
}

// The bit operations treat numbers as two's complement with infinitely many
// bits: -x is ^(x-1).

// And sets z to x & y.
func (z *Int) And(x, y *Int) *Int {
	if x.neg == y.neg {
		if x.neg {
			// ^a & ^b = ^(a|b)
			a := nat(nil).sub(x.abs, natOne)
			b := nat(nil).sub(y.abs, natOne)
			z.abs = z.abs.add(z.abs.or(a, b), natOne)
			z.neg = true
			return z
		}
		z.abs = z.abs.and(x.abs, y.abs)
		z.neg = false
		return z
	}
	if x.neg {
		x, y = y, x
	}
	// a & ^b
	b := nat(nil).sub(y.abs, natOne)
	z.abs = z.abs.andNot(x.abs, b)
	z.neg = false
	return z
}

// AndNot sets z to x &^ y.
func (z *Int) AndNot(x, y *Int) *Int {
	switch {
	case x.neg && y.neg:
		// ^a &^ ^b = b &^ a
		a := nat(nil).sub(x.abs, natOne)
		b := nat(nil).sub(y.abs, natOne)
		z.abs = z.abs.andNot(b, a)
		z.neg = false
	case x.neg:
		// ^a &^ b = ^(a|b)
		a := nat(nil).sub(x.abs, natOne)
		z.abs = z.abs.add(z.abs.or(a, y.abs), natOne)
		z.neg = true
	case y.neg:
		// a &^ ^b = a & b
		b := nat(nil).sub(y.abs, natOne)
		z.abs = z.abs.and(x.abs, b)
		z.neg = false
	default:
		z.abs = z.abs.andNot(x.abs, y.abs)
		z.neg = false
	}
	return z
}

// Or sets z to x | y.
func (z *Int) Or(x, y *Int) *Int {
	if x.neg == y.neg {
		if x.neg {
			// ^a | ^b = ^(a&b)
			a := nat(nil).sub(x.abs, natOne)
			b := nat(nil).sub(y.abs, natOne)
			z.abs = z.abs.add(z.abs.and(a, b), natOne)
			z.neg = true
			return z
		}
		z.abs = z.abs.or(x.abs, y.abs)
		z.neg = false
		return z
	}
	if x.neg {
		x, y = y, x
	}
	// a | ^b = ^(b &^ a)
	b := nat(nil).sub(y.abs, natOne)
	z.abs = z.abs.add(z.abs.andNot(b, x.abs), natOne)
	z.neg = true
	return z
}

// Xor sets z to x ^ y.
func (z *Int) Xor(x, y *Int) *Int {
	if x.neg == y.neg {
		if x.neg {
			a := nat(nil).sub(x.abs, natOne)
			b := nat(nil).sub(y.abs, natOne)
			z.abs = z.abs.xor(a, b)
			z.neg = false
			return z
		}
		z.abs = z.abs.xor(x.abs, y.abs)
		z.neg = false
		return z
	}
	if x.neg {
		x, y = y, x
	}
	// a ^ ^b = ^(a^b)
	b := nat(nil).sub(y.abs, natOne)
	z.abs = z.abs.add(z.abs.xor(x.abs, b), natOne)
	z.neg = true
	return z
}

// Not sets z to ^x.
func (z *Int) Not(x *Int) *Int {
	if x.neg {
		z.abs = z.abs.sub(x.abs, natOne)
		z.neg = false
		return z
	}
	z.abs = z.abs.add(x.abs, natOne)
	z.neg = true
	return z
}

// Sqrt sets z to the square root of x, rounded down.  It panics if x is
// negative.
func (z *Int) Sqrt(x *Int) *Int {
	if x.neg {
		panic("square root of negative number")
	}
	z.neg = false
	z.abs = z.abs.sqrt(x.abs)
	return z
}

// GCD sets z to the greatest common divisor of a and b, which is never negative,
// and x and y, unless they are nil, so that z = a·x + b·y.
//
// If a and b are 0, all are 0.  If only a is 0, z is |b|, x is 0 and y the sign
// of b; if only b is 0, z is |a|, x the sign of a and y 0.
func (z *Int) GCD(x, y, a, b *Int) *Int {
	if len(a.abs) == 0 || len(b.abs) == 0 {
		lenA, lenB, negA, negB := len(a.abs), len(b.abs), a.neg, b.neg
		if lenA == 0 {
			z.Set(b)
		} else {
			z.Set(a)
		}
		z.neg = false
		setSign := func(v *Int, n int, neg bool) {
			if v == nil {
				return
			}
			if n == 0 {
				v.SetInt64(0)
			} else {
				v.SetInt64(1)
				v.neg = neg
			}
		}
		if lenA != 0 {
			lenB = 0
		}
		setSign(x, lenA, negA)
		setSign(y, lenB, negB)
		return z
	}
	return z.lehmer(x, y, a, b)
}

// lehmer is [Int.GCD] of numbers that are not 0, by Lehmer's method: several
// steps of Euclid's algorithm are made with the leading word of both numbers,
// as long as the lower ones cannot change a quotient (D. Knuth, volume 2,
// 4.5.2; the condition is Collins', see T. Jebelean, "A double-digit
// Lehmer-Euclid algorithm", 1995).
func (z *Int) lehmer(x, y, a, b *Int) *Int {
	var A, B, Ua, Ub Int
	A.Abs(a)
	B.Abs(b)
	extended := x != nil || y != nil
	if extended {
		// A = Ua·|a| + (something)·|b|, and so for B.
		Ua.SetInt64(1)
		Ub.SetInt64(0)
	}
	if A.abs.cmp(B.abs) < 0 {
		A, B = B, A
		Ua, Ub = Ub, Ua
	}
	var q, r, s, t Int
	for len(B.abs) > 1 {
		u0, u1, v0, v1, even := lehmerSteps(&A, &B)
		if v0 != 0 {
			// A, B = u0·A + v0·B, u1·A + v1·B, with signs by even.
			update(&A, &B, &q, &r, &s, &t, u0, u1, v0, v1, even)
			if extended {
				update(&Ua, &Ub, &q, &r, &s, &t, u0, u1, v0, v1, even)
			}
		} else {
			euclid(&A, &B, &Ua, &Ub, &q, &r, &t, extended)
		}
	}
	if len(B.abs) > 0 {
		if len(A.abs) > 1 {
			euclid(&A, &B, &Ua, &Ub, &q, &r, &t, extended)
		}
		if len(B.abs) > 0 {
			// Both are words.
			aw, bw := A.abs[0], B.abs[0]
			if extended {
				ua, ub, va, vb := Word(1), Word(0), Word(0), Word(1)
				even := true
				for bw != 0 {
					quo, rem := aw/bw, aw%bw
					aw, bw = bw, rem
					ua, ub = ub, ua+quo*ub
					va, vb = vb, va+quo*vb
					even = !even
				}
				t.abs = t.abs.setWord(ua)
				t.neg = !even && ua != 0
				s.abs = s.abs.setWord(va)
				s.neg = even && va != 0
				t.Mul(&Ua, &t)
				s.Mul(&Ub, &s)
				Ua.Add(&t, &s)
			} else {
				for bw != 0 {
					aw, bw = bw, aw%bw
				}
			}
			A.abs[0] = aw
		}
	}

	aNeg := a.neg
	if y != nil {
		y.setCofactor(&A, &Ua, a, b, aNeg)
	}
	if x != nil {
		x.Set(&Ua)
		if aNeg {
			// Also that of 0, which then shows as "-0": so it is in Go's toolchain.
			x.neg = !x.neg
		}
	}
	return z.Set(&A)
}

// setCofactor sets y to (g - |a|·u) / b.
func (y *Int) setCofactor(g, u, a, b *Int, aNeg bool) {
	var t, absA Int
	absA.abs = a.abs
	t.Mul(&absA, u)
	t.Sub(g, &t)
	y.Quo(&t, b)
}

// lehmerSteps makes steps of Euclid's algorithm with the leading bits of A and B
// and returns the matrix of the steps; the signs of its entries alternate and
// are known from even.  v0 is 0 if no step was possible.
func lehmerSteps(A, B *Int) (u0, u1, v0, v1 Word, even bool) {
	n, m := len(A.abs), len(B.abs)
	h := uint(bits.LeadingZeros(uint(A.abs[n-1])))
	// The leading word of A, and the bits of B at the same places.
	a1 := A.abs[n-1] << h
	if h > 0 {
		a1 |= A.abs[n-2] >> (wordBits - h)
	}
	var a2 Word
	switch {
	case n == m:
		a2 = B.abs[n-1] << h
		if h > 0 {
			a2 |= B.abs[n-2] >> (wordBits - h)
		}
	case n == m+1:
		if h > 0 {
			a2 = B.abs[n-2] >> (wordBits - h)
		}
	}

	// The matrix of no step; the entries are kept as magnitudes.
	u0, u1, v0, v1, even = 1, 0, 0, 1, true
	for a2 != 0 {
		q := a1 / a2
		r := a1 - q*a2
		u2, v2 := u0+q*u1, v0+q*v1
		// The quotient is that of the whole numbers, too, if the remainders
		// are not so small that the lower words could change it.
		if r < v2 || a2-r < v1+v2 {
			break
		}
		a1, a2 = a2, r
		u0, u1 = u1, u2
		v0, v1 = v1, v2
		even = !even
	}
	return
}

// update sets A, B = u0·A - v0·B, v1·B - u1·A if even, and with the signs the
// other way round if not.
func update(A, B, q, r, s, t *Int, u0, u1, v0, v1 Word, even bool) {
	t.abs = t.abs.setWord(u0)
	s.abs = s.abs.setWord(v0)
	t.neg, s.neg = !even && u0 != 0, even && v0 != 0
	t.Mul(A, t)
	s.Mul(B, s)

	r.abs = r.abs.setWord(u1)
	q.abs = q.abs.setWord(v1)
	r.neg, q.neg = even && u1 != 0, !even && v1 != 0
	r.Mul(A, r)
	q.Mul(B, q)

	A.Add(t, s)
	B.Add(r, q)
}

// euclid makes one step: A, B = B, A mod B.
func euclid(A, B, Ua, Ub, q, r, t *Int, extended bool) {
	q.QuoRem(A, B, r)
	*A, *B, *r = *B, *r, *A
	if extended {
		// Ua, Ub = Ub, Ua - q·Ub
		t.Mul(Ub, q)
		t.Sub(Ua, t)
		*Ua, *Ub, *t = *Ub, *t, *Ua
	}
}
