package big

// The loops over vectors of words that everything else is made of.  A vector
// has its lowest word first.  Where a function has several vectors they have
// the length of z, and z may be the same vector as x or y, but not overlap
// them in another way unless the function says so.

import "math/bits"

// A Word is one digit of a number: all numbers here are written in the base
// 2**[bits.UintSize].
type Word uint

const (
	wordBits  = bits.UintSize
	wordBytes = wordBits / 8
	wordMax   = ^Word(0)
)

func mulWW(x, y Word) (hi, lo Word) {
	h, l := bits.Mul(uint(x), uint(y))
	return Word(h), Word(l)
}

// addVV sets z = x + y and returns the carry.
func addVV(z, x, y []Word) Word {
	x, y = x[:len(z)], y[:len(z)]
	var c uint
	for i := range z {
		var s uint
		s, c = bits.Add(uint(x[i]), uint(y[i]), c)
		z[i] = Word(s)
	}
	return Word(c)
}

// subVV sets z = x - y and returns the borrow.
func subVV(z, x, y []Word) Word {
	x, y = x[:len(z)], y[:len(z)]
	var c uint
	for i := range z {
		var s uint
		s, c = bits.Sub(uint(x[i]), uint(y[i]), c)
		z[i] = Word(s)
	}
	return Word(c)
}

// addVW sets z = x + y for one word y and returns the carry.
func addVW(z, x []Word, y Word) Word {
	x = x[:len(z)]
	c := y
	for i := range z {
		s := x[i] + c
		z[i] = s
		if s >= c {
			// No carry from here on: what is left is a copy.
			if len(z) > i+1 && &z[0] != &x[0] {
				copy(z[i+1:], x[i+1:])
			}
			return 0
		}
		c = 1
	}
	return c
}

// subVW sets z = x - y for one word y and returns the borrow.
func subVW(z, x []Word, y Word) Word {
	x = x[:len(z)]
	c := y
	for i := range z {
		v := x[i]
		z[i] = v - c
		if v >= c {
			if len(z) > i+1 && &z[0] != &x[0] {
				copy(z[i+1:], x[i+1:])
			}
			return 0
		}
		c = 1
	}
	return c
}

// shlVU sets z = x << s for s < wordBits and returns the bits shifted out.  z
// may start above x in the same array.
func shlVU(z, x []Word, s uint) Word {
	if len(z) == 0 {
		return 0
	}
	x = x[:len(z)]
	if s == 0 {
		copy(z, x)
		return 0
	}
	s &= wordBits - 1
	t := (wordBits - s) & (wordBits - 1)
	high := x[len(x)-1]
	c := high >> t
	for i := len(z) - 1; i > 0; i-- {
		low := x[i-1]
		z[i] = high<<s | low>>t
		high = low
	}
	z[0] = high << s
	return c
}

// shrVU sets z = x >> s for s < wordBits and returns the bits shifted out, at
// the top of a word.  z may start below x in the same array.
func shrVU(z, x []Word, s uint) Word {
	if len(z) == 0 {
		return 0
	}
	x = x[:len(z)]
	if s == 0 {
		copy(z, x)
		return 0
	}
	s &= wordBits - 1
	t := (wordBits - s) & (wordBits - 1)
	low := x[0]
	c := low << t
	for i := 1; i < len(z); i++ {
		high := x[i]
		z[i-1] = low>>s | high<<t
		low = high
	}
	z[len(z)-1] = low >> s
	return c
}

// mulAddVWW sets z = x*y + r and returns the highest word.
func mulAddVWW(z, x []Word, y, r Word) Word {
	x = x[:len(z)]
	c := uint(r)
	for i := range z {
		hi, lo := bits.Mul(uint(x[i]), uint(y))
		var k uint
		lo, k = bits.Add(lo, c, 0)
		z[i] = Word(lo)
		c = hi + k
	}
	return Word(c)
}

// addMulVVW sets z += x*y and returns the highest word.
func addMulVVW(z, x []Word, y Word) Word {
	x = x[:len(z)]
	var c uint
	// Four words at a time: the two chains of carries run through additions
	// with carry only, and the multiplications do not wait for them.
	for len(z) >= 4 && len(x) >= 4 {
		h0, l0 := bits.Mul(uint(x[0]), uint(y))
		h1, l1 := bits.Mul(uint(x[1]), uint(y))
		h2, l2 := bits.Mul(uint(x[2]), uint(y))
		h3, l3 := bits.Mul(uint(x[3]), uint(y))
		var k uint
		l0, k = bits.Add(l0, c, 0)
		l1, k = bits.Add(l1, h0, k)
		l2, k = bits.Add(l2, h1, k)
		l3, k = bits.Add(l3, h2, k)
		c = h3 + k
		l0, k = bits.Add(l0, uint(z[0]), 0)
		l1, k = bits.Add(l1, uint(z[1]), k)
		l2, k = bits.Add(l2, uint(z[2]), k)
		l3, k = bits.Add(l3, uint(z[3]), k)
		z[0], z[1], z[2], z[3] = Word(l0), Word(l1), Word(l2), Word(l3)
		c += k
		z, x = z[4:], x[4:]
	}
	x = x[:len(z)]
	for i := range z {
		hi, lo := bits.Mul(uint(x[i]), uint(y))
		var k uint
		lo, k = bits.Add(lo, c, 0)
		hi += k
		lo, k = bits.Add(lo, uint(z[i]), 0)
		z[i] = Word(lo)
		c = hi + k
	}
	return Word(c)
}

// subMulVVW sets z -= x*y and returns what is missing at the top.
func subMulVVW(z, x []Word, y Word) Word {
	x = x[:len(z)]
	var c uint
	for i := range z {
		hi, lo := bits.Mul(uint(x[i]), uint(y))
		var k uint
		lo, k = bits.Add(lo, c, 0)
		hi += k
		lo, k = bits.Sub(uint(z[i]), lo, 0)
		z[i] = Word(lo)
		c = hi + k
	}
	return Word(c)
}

// reciprocal returns floor((B²-1)/d) - B for a d whose top bit is set, with
// which [divWW] divides by multiplying (Möller and Granlund, "Improved
// division by invariant integers", 2011).
func reciprocal(d Word) Word {
	q, _ := bits.Div(uint(^d), uint(wordMax), uint(d))
	return Word(q)
}

// divWW divides hi:lo by d, with hi < d, the top bit of d set, and v its
// reciprocal.
func divWW(hi, lo, d, v Word) (q, r Word) {
	q1, q0 := bits.Mul(uint(v), uint(hi))
	var k uint
	q0, k = bits.Add(q0, uint(lo), 0)
	q1, _ = bits.Add(q1, uint(hi), k)
	q1++
	q = Word(q1)
	r = lo - q*d
	if r > Word(q0) {
		q--
		r += d
	}
	if r >= d {
		q++
		r -= d
	}
	return q, r
}

// divVW sets z = x / y for one word y and returns the remainder.
func divVW(z, x []Word, y Word) (r Word) {
	x = x[:len(z)]
	if len(z) == 0 {
		return 0
	}
	if len(z) == 1 {
		v := x[0]
		z[0] = v / y
		return v % y
	}
	s := uint(bits.LeadingZeros(uint(y)))
	d := y << s
	v := reciprocal(d)
	// The quotient of x<<s and d, the words of x<<s made as they are needed.
	t := (wordBits - s) & (wordBits - 1)
	high := x[len(x)-1]
	if s != 0 {
		r = high >> t
	}
	for i := len(z) - 1; i > 0; i-- {
		low := x[i-1]
		w := high << s
		if s != 0 {
			w |= low >> t
		}
		z[i], r = divWW(r, w, d, v)
		high = low
	}
	z[0], r = divWW(r, high<<s, d, v)
	return r >> s
}

// remVW returns x % y for one word y.
func remVW(x []Word, y Word) Word {
	switch len(x) {
	case 0:
		return 0
	case 1:
		return x[0] % y
	}
	s := uint(bits.LeadingZeros(uint(y)))
	d := y << s
	v := reciprocal(d)
	var r Word
	// Each step divides (r, word) by y, both scaled by 2**s.
	for i := len(x) - 1; i >= 0; i-- {
		w := x[i]
		r = r<<s | w>>(wordBits-s)
		_, r = divWW(r, w<<s, d, v)
		r >>= s
	}
	return r
}
