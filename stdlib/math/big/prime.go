package big

// Tests whether a number is prime.

import "math/rand"

// smallPrimeProduct is 3·5·…·53, the longest such product in a word of 64 bits;
// one division of a number by it tells for each whether it divides.
const smallPrimeProduct = 3 * 5 * 7 * 11 * 13 * 17 * 19 * 23 * 29 * 31 * 37 * 41 * 43 * 47 * 53

// primesBelow64 has bit p for each prime p.
const primesBelow64 = 1<<2 | 1<<3 | 1<<5 | 1<<7 | 1<<11 | 1<<13 | 1<<17 | 1<<19 | 1<<23 | 1<<29 |
	1<<31 | 1<<37 | 1<<41 | 1<<43 | 1<<47 | 1<<53 | 1<<59 | 1<<61

// ProbablyPrime tells whether x is a prime, by the test of Miller and Rabin with
// n bases chosen pseudorandomly and that of Baillie, Pomerance, Selfridge and
// Wagstaff.
//
// For a prime the answer is always true, and below 2⁶⁴ it is right.  For another
// number chosen at random the answer true has a probability of at most ¼ⁿ; there
// are, however, numbers made to pass, so the test is none for numbers that an
// adversary picked.  With n = 0 only the second test is made; n < 0 panics.
func (x *Int) ProbablyPrime(n int) bool {
	if n < 0 {
		panic("negative n for ProbablyPrime")
	}
	if x.neg || len(x.abs) == 0 {
		return false
	}
	w := x.abs[0]
	if len(x.abs) == 1 && w < 64 {
		return primesBelow64>>w&1 != 0
	}
	if w&1 == 0 {
		return false
	}
	r := remVW(x.abs, smallPrimeProduct&wordMax)
	for _, p := range [...]Word{3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53} {
		if r%p == 0 {
			return false
		}
	}
	if remVW(x.abs, 59*61) == 0 || remVW(x.abs, 59) == 0 || remVW(x.abs, 61) == 0 {
		return false
	}
	return x.abs.millerRabin(n+1, true) && x.abs.lucas()
}

// millerRabin tests the odd n > 3 with the given number of random bases, the
// last of which is 2 if withTwo.
func (n nat) millerRabin(reps int, withTwo bool) bool {
	nm1 := nat(nil).sub(n, natOne)
	k := nm1.trailingZeroBits()
	q := nat(nil).shr(nm1, k)

	nm3 := nat(nil).sub(nm1, natTwo)
	rnd := rand.New(rand.NewSource(int64(n[0])))
	nm3Len := nm3.bitLen()

	var x, y, quo nat
next:
	for i := range reps {
		if i == reps-1 && withTwo {
			x = x.set(natTwo)
		} else {
			x = x.random(rnd, nm3, nm3Len)
			x = x.add(x, natTwo)
		}
		y = y.expNN(x, q, n)
		if y.isOne() || y.cmp(nm1) == 0 {
			continue
		}
		for j := uint(1); j < k; j++ {
			y = y.sqr(y)
			quo, y = quo.div(y, y, n)
			if y.cmp(nm1) == 0 {
				continue next
			}
			if y.isOne() {
				return false
			}
		}
		return false
	}
	return true
}

// lucas is the "almost extra strong" Lucas test of n, odd and above 3, with
// Baillie's parameters of method C: Q = 1 and the first P of 3, 4, 5, … for
// which D = P²-4 is not a square modulo n (OEIS A217719).
func (n nat) lucas() bool {
	p := Word(3)
	d := nat{1}
	var t1 nat
	nInt := &Int{abs: n}
	dInt := &Int{abs: d}
	for ; ; p++ {
		if p > 10000 {
			// The chance for that is 2**-10000 unless n is a square, which is
			// looked for below.
			panic("math/big: internal error: cannot find (D/n) = -1 for " + nInt.String())
		}
		d[0] = p*p - 4
		j := Jacobi(dInt, nInt)
		if j == -1 {
			break
		}
		if j == 0 {
			// n shares a factor with D = (P-2)(P+2).  The factors were all
			// tried before, so it is P+2 and a prime only if it is n itself.
			return len(n) == 1 && n[0] == p+2
		}
		if p == 40 {
			// So late only a square is likely.
			t1 = t1.sqrt(n)
			t1 = t1.sqr(t1)
			if t1.cmp(n) == 0 {
				return false
			}
		}
	}

	// n+1 = s·2**r with s odd.  With V the Lucas sequence of P and 1, n passes
	// if V(s) is 2 or -2 (and U(s) is 0), or V(s·2**t) is 0 for a t < r-1.
	s := nat(nil).add(n, natOne)
	r := int(s.trailingZeroBits())
	s = s.shr(s, uint(r))
	nm2 := nat(nil).sub(n, natTwo)

	// V(k) and V(k+1), k growing by the bits of s from 0:
	// V(2k) = V(k)² - 2 and V(2k+1) = V(k)V(k+1) - P.
	pNat := nat(nil).setWord(p)
	vk := nat(nil).setWord(2)
	vk1 := nat(nil).setWord(p)
	var t2, quo nat
	for i := s.bitLen() - 1; i >= 0; i-- {
		t1 = t1.mul(vk, vk1)
		t1 = t1.add(t1, n)
		t1 = t1.sub(t1, pNat)
		if s.bit(uint(i)) != 0 {
			quo, vk = quo.div(vk, t1, n)
			t1 = t1.sqr(vk1)
			t1 = t1.add(t1, nm2)
			quo, vk1 = quo.div(vk1, t1, n)
		} else {
			quo, vk1 = quo.div(vk1, t1, n)
			t1 = t1.sqr(vk)
			t1 = t1.add(t1, nm2)
			quo, vk = quo.div(vk, t1, n)
		}
	}

	if vk.cmp(natTwo) == 0 || vk.cmp(nm2) == 0 {
		// U(s) = 0, tested as P·V(s) = 2·V(s+1).
		t1 = t1.mul(vk, pNat)
		t2 = t2.shl(vk1, 1)
		if t1.cmp(t2) < 0 {
			t1, t2 = t2, t1
		}
		t1 = t1.sub(t1, t2)
		_, rem := nat(nil).div(nil, t1, n)
		if len(rem) == 0 {
			return true
		}
	}
	for range r - 1 {
		if len(vk) == 0 {
			return true
		}
		if len(vk) == 1 && vk[0] == 2 {
			return false
		}
		t1 = t1.sqr(vk)
		t1 = t1.sub(t1.add(t1, n), natTwo)
		quo, vk = quo.div(vk, t1, n)
	}
	return false
}
