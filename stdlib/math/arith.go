package math

import "math/bits"

// Exact arithmetic: results are as if computed with infinite precision and
// rounded once.

// Sqrt returns the square root of x.  Sqrt(x < 0) = NaN; zeros, +∞ and NaN stay
// as they are.
func Sqrt(x float64) float64 { return sqrt(x) }

func sqrt(x float64) float64 {
	if x == 0 || IsNaN(x) || IsInf(x, 1) {
		return x
	}
	if x < 0 {
		return NaN()
	}
	frac, exp := Frexp(x)
	// x = m × 2^e with m an integer of 53 or 54 bits and e even.
	m := uint64(frac * (1 << 53))
	e := exp - 53
	if e&1 != 0 {
		m <<= 1
		e--
	}
	// r = ⌊√(m·2^54)⌋, bit by bit: 54 bits, one more than the result has.  rem is what the
	// square of r lacks.
	var r, rem uint64
	for i := 106; i >= 0; i -= 2 {
		var next uint64
		if i >= 54 {
			next = m >> uint(i-54) & 3
		}
		rem = rem<<2 | next
		if t := r<<2 | 1; rem >= t {
			rem -= t
			r = r<<1 | 1
		} else {
			r <<= 1
		}
	}
	// The lowest bit rounds; √ is never a tie.
	r = r>>1 + r&1
	return Ldexp(float64(r), (e-54)/2+1)
}

// Mod returns the remainder of x/y with the sign of x, and less than |y|.
// It is NaN if x is infinite, y is 0, or one is NaN; x if y is infinite.
func Mod(x, y float64) float64 {
	if y == 0 || IsInf(x, 0) || IsNaN(x) || IsNaN(y) {
		return NaN()
	}
	a, b := Abs(x), Abs(y)
	if a < b {
		return x
	}
	if IsInf(y, 0) {
		return x
	}
	ma, ea := significand(a)
	mb, eb := significand(b)
	// a = ma·2^ea, b = mb·2^eb, ea >= eb: shift and reduce, ten bits at a time.
	for ea > eb {
		n := min(ea-eb, 10)
		ma = ma << uint(n) % mb
		ea -= n
	}
	ma %= mb
	return Copysign(Ldexp(float64(ma), eb), x)
}

// significand returns m and e with x = m·2^e and m an integer of 53 bits, or less
// if x is subnormal.
func significand(x float64) (m uint64, e int) {
	b := Float64bits(x)
	m = b & fracMask
	e = int(b >> fracBits & expMask)
	if e == 0 {
		e = 1
	} else {
		m |= 1 << fracBits
	}
	return m, e - expBias - fracBits
}

// Remainder returns x - n·y with n the integer nearest to x/y, of two equally
// near the even one.  It is NaN if x is infinite, y is 0, or one is NaN; x if y
// is infinite.
func Remainder(x, y float64) float64 {
	if y == 0 || IsInf(x, 0) || IsNaN(x) || IsNaN(y) {
		return NaN()
	}
	if IsInf(y, 0) {
		return x
	}
	a, b := Abs(x), Abs(y)
	if b <= MaxFloat64/2 {
		a = Mod(a, b+b)
	}
	// a < 2b: take off b as often as it makes a nearer to 0.
	if b < 2*minNormal {
		if a+a > b {
			a -= b
			if a+a >= b {
				a -= b
			}
		}
	} else if half := b / 2; a > half {
		a -= b
		if a >= half {
			a -= b
		}
	}
	if Signbit(x) {
		a = -a
	}
	if a == 0 {
		return Copysign(0, x)
	}
	return a
}

// FMA returns x × y + z, rounded once.
func FMA(x, y, z float64) float64 {
	bx, by, bz := Float64bits(x), Float64bits(y), Float64bits(z)
	ex, ey, ez := bx>>fracBits&expMask, by>>fracBits&expMask, bz>>fracBits&expMask
	if ex-100 < 1800 && ey-100 < 1800 && ex+ey-1200 < 1600 && ez < 2000 {
		return fmaInRange(x, y, z)
	}
	return fmaAny(x, y, z, bx, by, bz)
}

// fmaInRange is FMA where nothing can overflow or underflow, in floating point
// only (Boldo and Melquiond, "Emulation of FMA and Correctly Rounded Sums", 2008).
func fmaInRange(x, y, z float64) float64 {
	// p + e = x·y, exactly (Dekker).
	const split = 1<<27 + 1
	p := float64(x * y)
	c := float64(split * x)
	xh := c - (c - x)
	xl := x - xh
	c = float64(split * y)
	yh := c - (c - y)
	yl := y - yh
	e := float64(xl*yl) - (((p - float64(xh*yh)) - float64(xl*yh)) - float64(xh*yl))
	// s + t = p + z, exactly (Knuth).
	s := p + z
	v := s - p
	t := (p - (s - v)) + (z - v)
	// u = t + e, rounded to odd, so that adding it to s rounds as if u were
	// exact.
	u := t + e
	v = u - t
	if lost := (t - (u - v)) + (e - v); lost != 0 {
		if b := Float64bits(u); b&1 == 0 {
			if (lost > 0) == (u > 0) {
				b++
			} else {
				b--
			}
			u = Float64frombits(b)
		}
	}
	return s + u
}

// fmaAny is FMA for all numbers, in integers.
func fmaAny(x, y, z float64, bx, by, bz uint64) float64 {
	// With zeros, infinities and NaNs the plain operations are exact; so is x*y
	// if z is 0 only in its sign, which the sum settles.
	finite := func(b uint64) bool { return b>>fracBits&expMask != expMask }
	if x == 0 || y == 0 || !finite(bx) || !finite(by) {
		return x*y + z
	}
	if !finite(bz) {
		return z
	}
	mx, ex := significand(x)
	my, ey := significand(y)
	mz, ez := significand(z)
	negative := (bx^by)&signBit != 0
	negativeZ := bz&signBit != 0

	// The product, exact, as ph:pl with its leading bit at 125 or 126 of 128.
	sx, sy := uint(bits.LeadingZeros64(mx)), uint(bits.LeadingZeros64(my))
	ph, pl := bits.Mul64(mx<<sx, my<<sy)
	pe := ex - int(sx) + ey - int(sy) + 1
	pl = ph<<63 | pl>>1 | pl&1 // the lowest bits are 0: nothing is lost
	ph >>= 1
	if mz == 0 {
		return assemble(negative, ph, pl, pe)
	}
	// z likewise, with its leading bit at 126.
	zh, zl := mz<<uint(bits.LeadingZeros64(mz))>>1, uint64(0)
	ze := ez - bits.LeadingZeros64(mz) + 1 - 64

	// The larger in exponent first; the other is shifted, what falls out sticks
	// to its lowest bit.
	if pe < ze || pe == ze && (ph < zh || ph == zh && pl < zl) {
		ph, pl, zh, zl = zh, zl, ph, pl
		pe, ze = ze, pe
		negative, negativeZ = negativeZ, negative
	}
	zh, zl = shiftRightSticky(zh, zl, uint(pe-ze))
	var carry uint64
	if negative == negativeZ {
		pl, carry = bits.Add64(pl, zl, 0)
		ph, _ = bits.Add64(ph, zh, carry)
	} else {
		pl, carry = bits.Sub64(pl, zl, 0)
		ph, carry = bits.Sub64(ph, zh, carry)
		if carry != 0 {
			// The product's leading bit may be lower than z's.
			pl, carry = bits.Sub64(0, pl, 0)
			ph, _ = bits.Sub64(0, ph, carry)
			negative = !negative
		}
		if ph|pl == 0 {
			return 0
		}
	}
	return assemble(negative, ph, pl, pe)
}

// shiftRightSticky shifts hi:lo right by n; the lowest bit says whether
// anything fell out.
func shiftRightSticky(hi, lo uint64, n uint) (uint64, uint64) {
	var out uint64
	if n >= 64 {
		out = lo
		hi, lo = 0, hi
		n -= 64
		if n >= 64 {
			out |= lo
			lo, n = 0, 0
		}
	}
	if n > 0 {
		out |= lo << (64 - n)
		lo = lo>>n | hi<<(64-n)
		hi >>= n
	}
	if out != 0 {
		lo |= 1
	}
	return hi, lo
}

// assemble returns ±hi:lo·2^e, rounded to even.
func assemble(negative bool, hi, lo uint64, e int) float64 {
	// The leading bit to bit 63 of hi.
	if hi == 0 {
		hi, lo = lo, 0
		e -= 64
	}
	if n := uint(bits.LeadingZeros64(hi)); n > 0 {
		hi = hi<<n | lo>>(64-n)
		lo <<= n
		e -= int(n)
	}
	if lo != 0 {
		hi |= 1
	}
	e += 64 // now the value is hi·2^e
	drop := 11
	if low := -1074 - e; low > drop {
		drop = low // subnormal
	}
	var m uint64
	if drop <= 64 {
		half := uint64(1) << uint(drop-1)
		rest := hi & (half<<1 - 1)
		m = hi >> uint(drop-1) >> 1
		if rest > half || rest == half && m&1 != 0 {
			m++
		}
	}
	e += drop
	f := 0.0
	switch {
	case e > 971 || e == 971 && m>>53 != 0:
		f = Inf(1)
	default:
		if m>>53 != 0 {
			m >>= 1
			e++
		}
		b := m
		if m>>fracBits != 0 {
			b = uint64(e+1075)<<fracBits | m&fracMask
		}
		f = Float64frombits(b)
	}
	if negative {
		f = -f
	}
	return f
}
