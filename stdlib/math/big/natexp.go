package big

// Powers, roots and common divisors of natural numbers.

import "math/bits"

// expNN sets z to x**y, modulo m if m is not 0.
func (z nat) expNN(x, y, m nat) nat {
	switch {
	case m.isOne():
		return z[:0]
	case len(y) == 0:
		return z.setWord(1)
	case len(x) == 0:
		return z[:0]
	case x.isOne():
		return z.setWord(1)
	case y.isOne():
		if len(m) == 0 {
			return z.set(x)
		}
		return z.rem(x, m)
	}
	if alias(z, x) || alias(z, y) || alias(z, m) {
		z = nil
	}
	if len(m) == 0 {
		return z.expPlain(x, y)
	}
	if len(y) > 1 || len(m) > 1 || y[0] > 16 {
		if m[0]&1 == 1 {
			return z.expMontgomery(x, y, m)
		}
		return z.expWindow(x, y, m)
	}
	return z.expBinary(x, y, m)
}

// expPlain is x**y: squaring, and multiplying where y has a bit.  The factors
// of two in x are shifted in at the end.
func (z nat) expPlain(x, y nat) nat {
	shift := x.trailingZeroBits()
	odd := x
	if shift > 0 {
		odd = nat(nil).shr(x, shift)
	}
	if odd.isOne() {
		z = z.setWord(1)
	} else {
		z = z.set(odd)
		var t nat
		for i := y.bitLen() - 2; i >= 0; i-- {
			t = t.sqr(z)
			z, t = t, z
			if y.bit(uint(i)) != 0 {
				t = t.mul(z, odd)
				z, t = t, z
			}
		}
	}
	if shift > 0 {
		hi, lo := mulWW(Word(shift), y[0])
		if len(y) > 1 || hi != 0 || int(lo) < 0 {
			panic("math/big: power too large")
		}
		z = z.shl(z, uint(lo))
	}
	return z
}

func (z nat) expBinary(x, y, m nat) nat {
	var q, t nat
	x = nat(nil).rem(x, m)
	z = z.set(x)
	for i := y.bitLen() - 2; i >= 0; i-- {
		t = t.sqr(z)
		q, z = q.div(z, t, m)
		if y.bit(uint(i)) != 0 {
			t = t.mul(z, x)
			q, z = q.div(z, t, m)
		}
	}
	return z.norm()
}

// windowBits is how many bits of the exponent are taken at once.
const windowBits = 4

// expWindow is x**y mod m with a table of the first powers of x.
func (z nat) expWindow(x, y, m nat) nat {
	var q, t nat
	var powers [1 << windowBits]nat
	powers[0] = natOne
	powers[1] = nat(nil).rem(x, m)
	for i := 2; i < len(powers); i++ {
		t = t.mul(powers[i-1], powers[1])
		q, powers[i] = q.div(nil, t, m)
	}
	z = z.setWord(1)
	for i := len(y) - 1; i >= 0; i-- {
		w := y[i]
		for j := 0; j < wordBits; j += windowBits {
			if i != len(y)-1 || j != 0 {
				for range windowBits {
					t = t.sqr(z)
					q, z = q.div(z, t, m)
				}
			}
			if d := w >> (wordBits - windowBits); d != 0 {
				t = t.mul(z, powers[d])
				q, z = q.div(z, t, m)
			}
			w <<= windowBits
		}
	}
	return z.norm()
}

// montgomery sets z = x*y / 2**(n·wordBits) mod m, not wholly reduced: the
// result has n words and may be m or more.  k0 is -1/m mod 2**wordBits.  x, y
// and m have n words, and z is none of them and has at least 2n.
func (z nat) montgomery(x, y, m nat, k0 Word, n int) nat {
	z = z.make(2 * n)
	z.clear()
	var carry Word
	for i := 0; i < n; i++ {
		d := y[i]
		c1 := addMulVVW(z[i:n+i], x, d)
		c2 := addMulVVW(z[i:n+i], m, z[i]*k0)
		s, k1 := bits.Add(uint(c1), uint(c2), 0)
		s, k2 := bits.Add(s, uint(carry), 0)
		z[n+i] = Word(s)
		carry = Word(k1 + k2)
	}
	if carry != 0 {
		subVV(z[:n], z[n:], m)
	} else {
		copy(z[:n], z[n:])
	}
	return z[:n]
}

// expMontgomery is x**y mod m for an odd m, without divisions inside (P.
// Montgomery, "Modular multiplication without trial division", 1985).
func (z nat) expMontgomery(x, y, m nat) nat {
	n := len(m)
	pad := func(v nat) nat {
		r := make(nat, n)
		copy(r, v)
		return r
	}
	if len(x) > n || len(x) == n && x.cmp(m) >= 0 {
		x = nat(nil).rem(x, m)
	}
	x = pad(x)

	// -1/m modulo a word, by Newton's iteration: each doubles the right bits.
	inv := 2 - m[0]
	for i, t := 1, m[0]-1; i < wordBits; i *= 2 {
		t *= t
		inv *= t + 1
	}
	k0 := -inv

	// R² mod m, with R = 2**(n·wordBits), brings numbers into the form v·R.
	rr := nat(nil).shl(natOne, uint(2*n*wordBits))
	rr = pad(nat(nil).rem(rr, m))

	one := make(nat, n)
	one[0] = 1
	var powers [1 << windowBits]nat
	powers[0] = powers[0].montgomery(one, rr, m, k0, n)
	powers[1] = powers[1].montgomery(x, rr, m, k0, n)
	for i := 2; i < len(powers); i++ {
		powers[i] = powers[i].montgomery(powers[i-1], powers[1], m, k0, n)
	}

	z = z.make(2 * n)[:n]
	copy(z, powers[0])
	t := make(nat, 2*n)
	started := false
	for i := len(y) - 1; i >= 0; i-- {
		w := y[i]
		for j := 0; j < wordBits; j += windowBits {
			if started {
				for range windowBits {
					t = t.montgomery(z, z, m, k0, n)
					z, t = t, z
				}
			}
			if d := w >> (wordBits - windowBits); d != 0 {
				t = t.montgomery(z, powers[d], m, k0, n)
				z, t = t, z
				started = true
			}
			w <<= windowBits
		}
	}
	// Back from v·R.
	t = t.montgomery(z, one, m, k0, n)
	z, t = t, z
	if z.norm().cmp(m) >= 0 {
		z = z.norm()
		z = z.sub(z, m)
		if z.cmp(m) >= 0 {
			z = z.rem(z, m)
		}
	}
	return z.norm()
}

// sqrt sets z to the root of x, rounded down.
//
// Newton's iteration from above.  The root of the upper half of x's bits,
// found in the same way, is a start that is right in half of the places, so
// that one or two steps are enough.
func (z nat) sqrt(x nat) nat {
	if x.cmp(natOne) <= 0 {
		return z.set(x)
	}
	if alias(z, x) {
		z = nil
	}
	n := uint(x.bitLen())
	var a nat
	if n <= 2*wordBits {
		a = a.shl(natOne, (n+1)/2)
	} else {
		half := n / 4
		a = a.sqrt(nat(nil).shr(x, 2*half))
		a = a.add(a, natOne)
		a = a.shl(a, half)
	}
	var b, rem nat
	for {
		b, rem = b.div(rem, x, a)
		b = b.add(b, a)
		b = b.shr(b, 1)
		if b.cmp(a) >= 0 {
			return z.set(a)
		}
		a, b = b, a
	}
}
