package big

// Quotients: Knuth's algorithm D for short divisors, the recursive division of
// Burnikel and Ziegler above, which is as quick as multiplication.

import "math/bits"

// recursiveDiv is from how many words of the quotient division is split: below
// it the products in it would be schoolbook ones, too.
const recursiveDiv = 64

// div sets z to the quotient and returns it with the remainder, for which z2's
// memory may be used.
func (z nat) div(z2, x, y nat) (q, r nat) {
	if len(y) == 0 {
		panic("division by zero")
	}
	if x.cmp(y) < 0 {
		r = z2.set(x)
		return z[:0], r
	}
	if len(y) == 1 {
		d := y[0]
		z = z.make(len(x))
		w := divVW(z, x, d)
		return z.norm(), z2.setWord(w)
	}
	return z.divLarge(z2, x, y)
}

func (z nat) divLarge(z2, x, y nat) (q, r nat) {
	n, m := len(y), len(x)-len(y)
	s := uint(bits.LeadingZeros(uint(y[n-1])))
	d := getScratch(n)
	shlVU(*d, y, s)

	// The dividend, one word longer, becomes the remainder.
	if alias(z2, y) {
		z2 = nil
	}
	u := z2.make(len(x) + 1)
	if alias(u, x) && &u[0] != &x[0] {
		// In one array but at another place: shifting would overwrite.
		u = make(nat, len(x)+1)
	}
	u[len(x)] = shlVU(u[:len(x)], x, s)

	// The operands are not needed any more.
	if alias(z, u) {
		z = nil
	}
	z = z.make(m + 1)
	divVV(z, u, *d)
	putScratch(d)

	r = u[:n]
	shrVU(r, r, s)
	return z.norm(), r.norm()
}

// rem returns x % y in z's memory.
func (z nat) rem(x, y nat) nat {
	if len(y) == 0 {
		panic("division by zero")
	}
	if x.cmp(y) < 0 {
		return z.set(x)
	}
	if len(y) == 1 {
		return z.setWord(remVW(x, y[0]))
	}
	if alias(z, x) || alias(z, y) {
		z = nil
	}
	q := getScratch(0)
	var r nat
	*q, r = (*q).divLarge(z, x, y)
	putScratch(q)
	return r
}

// divVV divides u by v, whose top bit is set; len(u) = len(q) + len(v), and
// the top words of u are less than v.  The remainder is left in u.
func divVV(q, u, v []Word) {
	n, m := len(v), len(q)
	if n < 2 || m < recursiveDiv || n < recursiveDiv {
		divBasic(q, u, v)
		return
	}
	for m > n {
		divRecursive(q[m-n:m], u[m-n:m+n], v)
		m -= n
	}
	if m > 0 {
		divRecursive(q[:m], u[:m+n], v)
	}
}

// divBasic is algorithm D of Knuth, volume 2, 4.3.1, with the conditions of
// [divVV]; v has at least two words.
func divBasic(q, u, v []Word) {
	n := len(v)
	v1, v2 := v[n-1], v[n-2]
	rec := reciprocal(v1)
	for j := len(q) - 1; j >= 0; j-- {
		var d Word
		u0, u1, u2 := u[j+n], u[j+n-1], u[j+n-2]
		if u0 >= v1 {
			// Only u0 == v1 is possible.  The estimate is B-1 or one less.
			d = wordMax
			r := u1 + v1
			if r >= v1 { // the remainder fits a word: the estimate can be tested
				hi, lo := mulWW(d, v2)
				for hi > r || hi == r && lo > u2 {
					d--
					r += v1
					if r < v1 {
						break
					}
					if lo < v2 {
						hi--
					}
					lo -= v2
				}
			}
		} else {
			var r Word
			d, r = divWW(u0, u1, v1, rec)
			hi, lo := mulWW(d, v2)
			for hi > r || hi == r && lo > u2 {
				d--
				r += v1
				if r < v1 {
					break
				}
				if lo < v2 {
					hi--
				}
				lo -= v2
			}
		}
		c := subMulVVW(u[j:j+n], v, d)
		if u0 < c {
			// One too much.
			d--
			c -= addVV(u[j:j+n], u[j:j+n], v)
		}
		u[j+n] = u0 - c
		q[j] = d
	}
}

// divRecursive divides u by v, len(q) <= len(v), with the conditions of
// [divVV] but that the top of u may be v or more: it returns the word of the
// quotient above q, which is 0 or 1.
//
// The quotient is found in two halves, each by dividing by the upper words of v
// only and then subtracting its product with the lower ones, which makes the
// remainder negative at most twice (Brent and Zimmermann, "Modern computer
// arithmetic", algorithm 1.8).
func divRecursive(q, u, v []Word) (over Word) {
	n, m := len(v), len(q)
	if cmpVV(u[m:], v) >= 0 {
		subVV(u[m:], u[m:], v)
		over = 1
	}
	if m < recursiveDiv || n-m/2 < 2 {
		divBasic(q, u, v)
		return over
	}
	k := m / 2
	low := v[:k]
	prod := getScratch(m)

	halfStep := func(q, u []Word) {
		// u has n words above the place of q's lowest, and k below v's top
		// part: u[:n+len(q)], to be reduced by q·v.
		h := len(q)
		over := divRecursive(q, u[k:], v[k:])
		p := (*prod)[:h+k]
		if h >= k {
			mulTo(p, q, low)
		} else {
			mulTo(p, low, q)
		}
		c := subVV(u[:h+k], u[:h+k], p)
		if h+k < n {
			c = subVW(u[h+k:n], u[h+k:n], c)
		}
		if over != 0 {
			b := subVV(u[h:h+k], u[h:h+k], low)
			c += subVW(u[h+k:n], u[h+k:n], b)
		}
		for c > 0 {
			over -= subVW(q, q, 1)
			c -= addVV(u[:n], u[:n], v)
		}
	}
	halfStep(q[k:], u[k:])
	halfStep(q[:k], u[:n+k])
	putScratch(prod)
	return over
}

func cmpVV(x, y []Word) int {
	for i := len(y) - 1; i >= 0; i-- {
		if x[i] != y[i] {
			if x[i] < y[i] {
				return -1
			}
			return +1
		}
	}
	return 0
}
