package big

// Products: schoolbook for short numbers, Karatsuba's method above.

import "sync"

const (
	// From how many words splitting is quicker than the schoolbook; found by
	// timing with the loops of arith.go.
	karatsubaMul = 32
	karatsubaSqr = 48
)

// scratchPool keeps the working memory of long products: it is as large as the
// product itself and of no use between two.
var scratchPool = sync.Pool{New: func() any { return new(nat) }}

func getScratch(n int) *nat {
	p := scratchPool.Get().(*nat)
	*p = p.make(n)
	return p
}

func putScratch(p *nat) { scratchPool.Put(p) }

func (z nat) mul(x, y nat) nat {
	if len(x) < len(y) {
		x, y = y, x
	}
	m, n := len(x), len(y)
	switch {
	case n == 0:
		return z[:0]
	case n == 1:
		return z.mulAddWW(x, y[0], 0)
	}
	if m == n && &x[0] == &y[0] {
		return z.sqr(x)
	}
	if alias(z, x) || alias(z, y) {
		z = nil
	}
	z = z.make(m + n)
	mulTo(z, x, y)
	return z.norm()
}

func (z nat) mulAddWW(x nat, y, r Word) nat {
	m := len(x)
	if m == 0 || y == 0 {
		return z.setWord(r)
	}
	z = z.make(m + 1)
	z[m] = mulAddVWW(z[:m], x, y, r)
	return z.norm()
}

func (z nat) sqr(x nat) nat {
	n := len(x)
	if n == 0 {
		return z[:0]
	}
	if alias(z, x) {
		z = nil
	}
	z = z.make(2 * n)
	if n < karatsubaSqr {
		basicSqr(z, x)
	} else {
		t := getScratch(scratchLen(n))
		karatsuba(z, x, x, *t)
		putScratch(t)
	}
	return z.norm()
}

// mulTo sets all len(x)+len(y) words of z to x*y; len(x) >= len(y) > 0.  z is
// no operand.
func mulTo(z, x, y []Word) {
	m, n := len(x), len(y)
	if n < karatsubaMul {
		basicMul(z, x, y)
		return
	}
	if m == n {
		t := getScratch(scratchLen(n))
		karatsuba(z, x, y, *t)
		putScratch(t)
		return
	}
	// x in pieces of y's length.
	t := getScratch(scratchLen(n))
	piece := getScratch(2 * n)
	karatsuba(z[:2*n], x[:n], y, *t)
	clear(z[2*n : m+n])
	for i := n; i < m; i += n {
		part := x[i:min(i+n, m)]
		p := (*piece)[:len(part)+n]
		if len(part) == n {
			karatsuba(p, part, y, *t)
		} else if len(part) > 0 {
			mulTo(p, y, part)
		}
		c := addVV(z[i:i+len(p)], z[i:i+len(p)], p)
		addVW(z[i+len(p):m+n], z[i+len(p):m+n], c)
	}
	putScratch(piece)
	putScratch(t)
}

func basicMul(z, x, y []Word) {
	m := len(x)
	z[m] = mulAddVWW(z[:m], x, y[0], 0)
	for i := 1; i < len(y); i++ {
		z[m+i] = addMulVVW(z[i:m+i], x, y[i])
	}
}

// basicSqr sets z = x*x: each product of two different words once, doubled,
// and the squares of the words.
func basicSqr(z, x []Word) {
	n := len(x)
	if n == 1 {
		z[1], z[0] = mulWW(x[0], x[0])
		return
	}
	z[0] = 0
	z[n] = mulAddVWW(z[1:n], x[1:], x[0], 0)
	for i := 1; i < n-1; i++ {
		z[n+i] = addMulVVW(z[2*i+1:n+i], x[i+1:], x[i])
	}
	z[2*n-1] = 0
	var top, c Word
	for i, w := range x {
		hi, lo := mulWW(w, w)
		a, b := z[2*i], z[2*i+1]
		// The doubled pair, with the bit that the pair below shifted out.
		a2, b2 := a<<1|top, b<<1|a>>(wordBits-1)
		top = b >> (wordBits - 1)
		s := a2 + lo
		k := Word(0)
		if s < a2 {
			k = 1
		}
		s2 := s + c
		if s2 < s {
			k++
		}
		u := b2 + hi
		c = 0
		if u < b2 {
			c = 1
		}
		u2 := u + k
		if u2 < u {
			c++
		}
		z[2*i], z[2*i+1] = s2, u2
	}
}

// scratchLen is how many words of working memory [karatsuba] needs: a little
// more than 2n, as each level needs n+1 and goes on with half of n, and the
// last one n+2.
func scratchLen(n int) int { return 2*n + 128 }

// karatsuba sets z = x*y for x and y of n words each, z of 2n, with t as
// working memory:
//
//	x = x1·B + x0, y = y1·B + y0, B of h words
//	x·y = x1y1·B² + (x1y1 + x0y0 - (x0-x1)(y0-y1))·B + x0y0
//
// If x and y are the same vector it squares.
func karatsuba(z, x, y, t []Word) {
	n := len(x)
	square := &x[0] == &y[0]
	if square {
		if n < karatsubaSqr {
			basicSqr(z, x)
			return
		}
	} else if n < karatsubaMul {
		basicMul(z, x, y)
		return
	}
	h := (n + 1) / 2
	x0, x1, y0, y1 := x[:h], x[h:], y[:h], y[h:]
	mid, rest := t[:2*h], t[2*h:]

	// The differences, where the product will come.
	dx := z[:h]
	neg := absDiff(dx, x0, x1)
	if square {
		neg = false
		karatsuba(mid, dx, dx, rest)
	} else {
		dy := z[h : 2*h]
		neg = neg != absDiff(dy, y0, y1)
		karatsuba(mid, dx, dy, rest)
	}
	karatsuba(z[:2*h], x0, y0, rest)
	karatsuba(z[2*h:2*n], x1, y1, rest)

	sum := rest[:2*h+1]
	high := z[2*h : 2*n]
	c := addVV(sum[:len(high)], z[:len(high)], high)
	sum[2*h] = addVW(sum[len(high):2*h], z[len(high):2*h], c)
	if neg {
		sum[2*h] += addVV(sum[:2*h], sum[:2*h], mid)
	} else {
		sum[2*h] -= subVV(sum[:2*h], sum[:2*h], mid)
	}
	// The sum may be one word longer than z has left; that word is zero.
	k := min(len(sum), 2*n-h)
	c = addVV(z[h:h+k], z[h:h+k], sum[:k])
	addVW(z[h+k:2*n], z[h+k:2*n], c)
}

// absDiff sets z = |x - y| and reports whether x < y.  y may be a word shorter
// than x; z has x's length.
func absDiff(z, x, y []Word) bool {
	n := len(y)
	if n < len(x) && x[n] == 0 || n == len(x) {
		for i := n - 1; ; i-- {
			if i < 0 {
				clear(z)
				return false
			}
			if x[i] != y[i] {
				if x[i] < y[i] {
					subVV(z[:n], y, x)
					clear(z[n:])
					return true
				}
				break
			}
		}
	}
	c := subVV(z[:n], x, y)
	subVW(z[n:], x[n:], c)
	return false
}

// mulRange sets z to the product of the numbers from a to b, which are not 0
// unless a is.
func (z nat) mulRange(a, b uint64) nat {
	switch {
	case a == 0:
		return z[:0]
	case a > b:
		return z.setWord(1)
	case a == b:
		return z.setUint64(a)
	case a+1 == b:
		return z.mul(nat(nil).setUint64(a), nat(nil).setUint64(b))
	}
	if b-a < 24 {
		// A short range, word by word.
		z = z.setUint64(a)
		acc := Word(1)
		for v := a + 1; ; v++ {
			hi, lo := mulWW(acc, Word(v))
			if hi != 0 || uint64(Word(v)) != v {
				z = z.mulAddWW(z, acc, 0)
				acc = Word(v)
				if uint64(acc) != v {
					z = z.mul(z, nat(nil).setUint64(v))
					acc = 1
				}
			} else {
				acc = lo
			}
			if v == b {
				break
			}
		}
		return z.mulAddWW(z, acc, 0)
	}
	m := a + (b-a)/2
	return z.mul(nat(nil).mulRange(a, m), nat(nil).mulRange(m+1, b))
}
