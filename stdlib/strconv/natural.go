package strconv

import "math/bits"

// natural is a number of any size, lowest word first, without leading zero words.  It
// serves the cases that 128 bits cannot decide, and has just the operations
// those need.
type natural []uint64

// mulAdd returns n·x + y.
func (n natural) mulAdd(x, y uint64) natural {
	for i, w := range n {
		hi, lo := bits.Mul64(w, x)
		var carry uint64
		n[i], carry = bits.Add64(lo, y, 0)
		y = hi + carry
	}
	if y != 0 {
		n = append(n, y)
	}
	return n
}

// mulPow5 returns n·5^e.
func (n natural) mulPow5(e int) natural {
	const step, pow = 27, 7450580596923828125 // 5^27 is the largest in a word
	for ; e >= step; e -= step {
		n = n.mulAdd(pow, 0)
	}
	p := uint64(1)
	for ; e > 0; e-- {
		p *= 5
	}
	return n.mulAdd(p, 0)
}

// shiftLeft returns n·2^e.
func (n natural) shiftLeft(e int) natural {
	if len(n) == 0 {
		return n
	}
	words, shift := e/64, uint(e%64)
	r := make(natural, words+len(n)+1)
	for i, w := range n {
		r[words+i] |= w << shift
		r[words+i+1] = w >> (64 - shift)
	}
	if r[len(r)-1] == 0 {
		r = r[:len(r)-1]
	}
	return r
}

// compare returns -1, 0 or +1 as n is less than, equal to or greater than m.
func (n natural) compare(m natural) int {
	if len(n) != len(m) {
		if len(n) < len(m) {
			return -1
		}
		return +1
	}
	for i := len(n) - 1; i >= 0; i-- {
		if n[i] != m[i] {
			if n[i] < m[i] {
				return -1
			}
			return +1
		}
	}
	return 0
}

// decimal returns n's decimal digits, and destroys n.
func (n natural) decimal() []byte {
	const chunk, pow = 19, 10000000000000000000
	// A word is less than 19.3 digits.
	buf := make([]byte, len(n)*chunk+len(n)/3+chunk+1)
	at := len(buf)
	for len(n) > 0 {
		rem := uint64(0)
		for i := len(n) - 1; i >= 0; i-- {
			n[i], rem = bits.Div64(rem, n[i], pow)
		}
		if n[len(n)-1] == 0 {
			n = n[:len(n)-1]
		}
		start := formatDecimal(buf[:at], rem)
		at -= chunk
		if len(n) == 0 {
			at = start
			break
		}
		for i := at; i < start; i++ {
			buf[i] = '0'
		}
	}
	return buf[at:]
}
