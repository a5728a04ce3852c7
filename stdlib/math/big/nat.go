package big

// Natural numbers.  A nat is normalised: its highest word is not zero, so that
// 0 has no words.
//
// A method with the receiver z may use z's memory for the result, which it
// returns; z may be an operand.

import (
	"math/bits"
	"math/rand"
)

type nat []Word

var (
	natZero nat
	natOne  = nat{1}
	natTwo  = nat{2}
	natFive = nat{5}
	natTen  = nat{10}
)

// make returns a vector of n words with any contents, z's memory if it is
// large enough.
func (z nat) make(n int) nat {
	if n <= cap(z) {
		return z[:n]
	}
	if n == 1 {
		// Most numbers have one word and never grow.
		return make(nat, 1)
	}
	// A few words more, so that a sum does not grow at each step.
	return make(nat, n, n+4)
}

func (z nat) norm() nat {
	i := len(z)
	for i > 0 && z[i-1] == 0 {
		i--
	}
	return z[:i]
}

func (z nat) clear() { clear(z) }

func (z nat) setWord(x Word) nat {
	if x == 0 {
		return z[:0]
	}
	z = z.make(1)
	z[0] = x
	return z
}

func (z nat) setUint64(x uint64) nat {
	if w := Word(x); uint64(w) == x {
		return z.setWord(w)
	}
	z = z.make(2)
	z[0], z[1] = Word(x), Word(x>>32)
	return z
}

func (z nat) set(x nat) nat {
	z = z.make(len(x))
	copy(z, x)
	return z
}

func (x nat) isOne() bool { return len(x) == 1 && x[0] == 1 }

func (x nat) cmp(y nat) int {
	if len(x) != len(y) {
		if len(x) < len(y) {
			return -1
		}
		return +1
	}
	for i := len(x) - 1; i >= 0; i-- {
		if x[i] != y[i] {
			if x[i] < y[i] {
				return -1
			}
			return +1
		}
	}
	return 0
}

// alias reports whether x and y are parts of one array.
func alias(x, y nat) bool {
	return cap(x) > 0 && cap(y) > 0 && &x[:cap(x)][cap(x)-1] == &y[:cap(y)][cap(y)-1]
}

func (z nat) add(x, y nat) nat {
	if len(x) < len(y) {
		x, y = y, x
	}
	m, n := len(x), len(y)
	if n == 0 {
		return z.set(x)
	}
	z = z.make(m + 1)
	c := addVV(z[:n], x, y)
	z[m] = addVW(z[n:m], x[n:], c)
	return z.norm()
}

// sub sets z = x - y; x must not be less than y.
func (z nat) sub(x, y nat) nat {
	m, n := len(x), len(y)
	if m < n {
		panic("underflow")
	}
	if n == 0 {
		return z.set(x)
	}
	z = z.make(m)
	c := subVV(z[:n], x, y)
	if subVW(z[n:m], x[n:], c) != 0 {
		panic("underflow")
	}
	return z.norm()
}

func (x nat) bitLen() int {
	if i := len(x) - 1; i >= 0 {
		return i*wordBits + bits.Len(uint(x[i]))
	}
	return 0
}

func (x nat) trailingZeroBits() uint {
	for i, w := range x {
		if w != 0 {
			return uint(i)*wordBits + uint(bits.TrailingZeros(uint(w)))
		}
	}
	return 0
}

// isPow2 returns i and true if x is 2**i.
func (x nat) isPow2() (uint, bool) {
	if len(x) == 0 {
		return 0, false
	}
	i := x.trailingZeroBits()
	return i, int(i) == x.bitLen()-1
}

func (z nat) shl(x nat, s uint) nat {
	m := len(x)
	if m == 0 {
		return z[:0]
	}
	if s == 0 {
		return z.set(x)
	}
	n := m + int(s/wordBits)
	z = z.make(n + 1)
	z[n] = shlVU(z[n-m:n], x, s%wordBits)
	z[:n-m].clear()
	return z.norm()
}

func (z nat) shr(x nat, s uint) nat {
	if s/wordBits >= uint(len(x)) {
		return z[:0]
	}
	n := len(x) - int(s/wordBits)
	z = z.make(n)
	shrVU(z, x[len(x)-n:], s%wordBits)
	return z.norm()
}

func (x nat) bit(i uint) uint {
	j := i / wordBits
	if j >= uint(len(x)) {
		return 0
	}
	return uint(x[j]>>(i%wordBits)) & 1
}

func (z nat) setBit(x nat, i, b uint) nat {
	j := int(i / wordBits)
	m := Word(1) << (i % wordBits)
	if b == 0 {
		z = z.set(x)
		if j < len(z) {
			z[j] &^= m
		}
		return z.norm()
	}
	n := max(len(x), j+1)
	z = z.make(n)
	copy(z, x)
	clear(z[len(x):])
	z[j] |= m
	return z
}

// sticky returns 1 if x has a one bit below bit i, else 0.
func (x nat) sticky(i uint) uint {
	j := i / wordBits
	if j >= uint(len(x)) {
		if len(x) == 0 {
			return 0
		}
		return 1
	}
	for _, w := range x[:j] {
		if w != 0 {
			return 1
		}
	}
	if i%wordBits != 0 && x[j]<<(wordBits-i%wordBits) != 0 {
		return 1
	}
	return 0
}

func (z nat) and(x, y nat) nat {
	n := min(len(x), len(y))
	z = z.make(n)
	for i := range z {
		z[i] = x[i] & y[i]
	}
	return z.norm()
}

func (z nat) andNot(x, y nat) nat {
	m, n := len(x), min(len(x), len(y))
	z = z.make(m)
	for i := 0; i < n; i++ {
		z[i] = x[i] &^ y[i]
	}
	copy(z[n:], x[n:])
	return z.norm()
}

func (z nat) or(x, y nat) nat {
	if len(x) < len(y) {
		x, y = y, x
	}
	n := len(y)
	z = z.make(len(x))
	for i := 0; i < n; i++ {
		z[i] = x[i] | y[i]
	}
	copy(z[n:], x[n:])
	return z.norm()
}

func (z nat) xor(x, y nat) nat {
	if len(x) < len(y) {
		x, y = y, x
	}
	n := len(y)
	z = z.make(len(x))
	for i := 0; i < n; i++ {
		z[i] = x[i] ^ y[i]
	}
	copy(z[n:], x[n:])
	return z.norm()
}

// trunc sets z to the lowest n bits of x.
func (z nat) trunc(x nat, n uint) nat {
	w := (n + wordBits - 1) / wordBits
	if uint(len(x)) < w {
		return z.set(x)
	}
	z = z.make(int(w))
	copy(z, x)
	if n%wordBits != 0 {
		z[w-1] &= 1<<(n%wordBits) - 1
	}
	return z.norm()
}

// putBytes writes x to the end of buf, highest byte first, and returns where
// its first byte that is not zero is.  The bytes before are not written;
// buf must have room for all words of x, or at least for its bytes.
func (x nat) putBytes(buf []byte) int {
	i := len(buf)
	for _, w := range x {
		for range wordBytes {
			i--
			if i >= 0 {
				buf[i] = byte(w)
			} else if byte(w) != 0 {
				panic("math/big: buffer too small to fit value")
			}
			w >>= 8
		}
	}
	i = max(i, 0)
	for i < len(buf) && buf[i] == 0 {
		i++
	}
	return i
}

func (z nat) setBytes(buf []byte) nat {
	z = z.make((len(buf) + wordBytes - 1) / wordBytes)
	i := len(buf)
	for k := range z {
		var w Word
		if i >= wordBytes {
			for _, b := range buf[i-wordBytes : i] {
				w = w<<8 | Word(b)
			}
		} else {
			for _, b := range buf[:i] {
				w = w<<8 | Word(b)
			}
		}
		z[k] = w
		i -= wordBytes
	}
	return z.norm()
}

// random sets z to a number below limit, which has n bits.
func (z nat) random(rnd *rand.Rand, limit nat, n int) nat {
	if alias(z, limit) {
		z = nil
	}
	z = z.make(len(limit))
	mask := wordMax
	if k := uint(n % wordBits); k != 0 {
		mask = 1<<k - 1
	}
	for {
		for i := range z {
			if wordBits == 32 {
				z[i] = Word(rnd.Uint32())
			} else {
				low := uint64(rnd.Uint32())
				z[i] = Word(low | uint64(rnd.Uint32())<<32)
			}
		}
		z[len(z)-1] &= mask
		if z.norm().cmp(limit) < 0 {
			return z.norm()
		}
	}
}
