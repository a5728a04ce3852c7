package flate

import (
	"io"
	"math/bits"
	"slices"
	"unsafe"
)

// A bitWriter writes blocks.  After an error it writes nothing more.
type bitWriter struct {
	w   io.Writer
	err error
	b   uint64 // bits that do not make a byte yet, the first one lowest
	nb  uint
	out []byte

	lits  code // literals, the end of the block, lengths
	dists code
	clens code // the lengths of the codes
	seq   []byte
}

// outSize is how many bytes are written at once.
const outSize = 1 << 12

func (w *bitWriter) reset(dst io.Writer) {
	w.w = dst
	w.err = nil
	w.b, w.nb = 0, 0
	if w.out == nil {
		w.out = make([]byte, 0, outSize+256)
	}
	w.out = w.out[:0]
}

// put writes the lowest n bits of v, which has no others; up to 32.
func (w *bitWriter) put(v uint32, n uint) {
	w.b |= uint64(v) << (w.nb & 63)
	w.nb += n
	if w.nb >= 32 {
		b := w.b
		w.out = append(w.out, byte(b), byte(b>>8), byte(b>>16), byte(b>>24))
		w.b >>= 32
		w.nb -= 32
		if len(w.out) >= outSize {
			w.send()
		}
	}
}

func (w *bitWriter) send() {
	if w.err == nil && len(w.out) > 0 {
		_, w.err = w.w.Write(w.out)
	}
	w.out = w.out[:0]
}

// align fills the last byte with zeros.
func (w *bitWriter) align() {
	for w.nb > 0 {
		w.out = append(w.out, byte(w.b))
		w.b >>= 8
		w.nb -= min(w.nb, 8)
	}
}

// flush writes everything; there must be no part of a byte.
func (w *bitWriter) flush() {
	w.align()
	w.send()
}

func (w *bitWriter) header(kind uint32, last bool) {
	if last {
		kind = kind<<1 | 1
	} else {
		kind <<= 1
	}
	w.put(kind, 3)
}

// stored writes data as stored blocks, one at least.
func (w *bitWriter) stored(data []byte, last bool) {
	for {
		part := data[:min(len(data), maxStored)]
		data = data[len(part):]
		w.header(0, last && len(data) == 0)
		w.align()
		n := len(part)
		w.out = append(w.out, byte(n), byte(n>>8), ^byte(n), ^byte(n>>8))
		w.send()
		if w.err == nil && n > 0 {
			_, w.err = w.w.Write(part)
		}
		if len(data) == 0 {
			return
		}
	}
}

// The symbols of lengths and distances: where each begins and how many further bits it
// has.
var (
	lengthBase, lengthExtra = func() (base [29]uint16, extra [29]uint8) {
		v := 3
		for i := range 28 {
			base[i] = uint16(v)
			if i >= 8 {
				extra[i] = uint8(i/4 - 1)
			}
			v += 1 << extra[i]
		}
		base[28] = maxMatchLen
		return
	}()
	distBase, distExtra = func() (base [maxNumDist]uint16, extra [maxNumDist]uint8) {
		v := 1
		for i := range base {
			base[i] = uint16(v)
			if i >= 4 {
				extra[i] = uint8(i/2 - 1)
			}
			v += 1 << extra[i]
		}
		return
	}()
	// lengthSymbol has the symbol of a length less 3.
	lengthSymbol = func() (t [256]uint8) {
		s := 0
		for i := range t {
			for s+1 < 29 && i+3 >= int(lengthBase[s+1]) {
				s++
			}
			t[i] = uint8(s)
		}
		return
	}()
)

// distSymbol returns the symbol of a distance less 1.
func distSymbol(d uint32) int {
	if d < 4 {
		return int(d)
	}
	n := bits.Len32(d) - 1 // the leading bit, and the one after it
	return 2*n + int(d>>(n-1)&1)
}

// block writes tokens, which stand for data, in the shortest of the three forms.
func (w *bitWriter) block(tokens []uint32, data []byte, last bool) {
	w.lits.clear(maxNumLit)
	w.dists.clear(maxNumDist)
	extra := 0
	for _, t := range tokens {
		if t&matchFlag == 0 {
			w.lits.freq[t]++
			continue
		}
		s := lengthSymbol[t>>lengthShift&0xFF]
		d := distSymbol(t & 0x7FFF)
		w.lits.freq[257+int(s)]++
		w.dists.freq[d]++
		extra += int(lengthExtra[s]) + int(distExtra[d])
	}
	w.lits.freq[endOfBlock]++

	fixed := 3 + extra
	for i, f := range w.lits.freq[:maxNumLit] {
		fixed += int(f) * fixedLength(i)
	}
	for _, f := range w.dists.freq[:maxNumDist] {
		fixed += int(f) * 5
	}

	w.lits.build(15)
	w.dists.build(15)
	nlit, ndist := max(257, w.lits.used()), max(1, w.dists.used())
	// A code must not have gaps, except that it may have one code only, of one bit.
	w.codeLengths(nlit, ndist)
	nclen := numCodes
	for nclen > 4 && w.clens.length[codeOrder[nclen-1]] == 0 {
		nclen--
	}
	dynamic := 3 + 14 + 3*nclen + extra + w.clens.size() + w.lits.size() + w.dists.size() +
		2*int(w.clens.freq[16]) + 3*int(w.clens.freq[17]) + 7*int(w.clens.freq[18])

	if stored := (len(data) + 5*(len(data)/maxStored+1)) * 8; stored < min(fixed, dynamic) {
		w.stored(data, last)
		return
	}
	if fixed <= dynamic {
		w.header(1, last)
		w.lits.setFixed()
		w.dists.setFixed5()
	} else {
		w.header(2, last)
		w.put(uint32(nlit-257), 5)
		w.put(uint32(ndist-1), 5)
		w.put(uint32(nclen-4), 4)
		for _, c := range codeOrder[:nclen] {
			w.put(uint32(w.clens.length[c]), 3)
		}
		for i := 0; i < len(w.seq); i++ {
			s := w.seq[i]
			w.put(uint32(w.clens.bits[s]), uint(w.clens.length[s]))
			if s >= 16 {
				i++
				w.put(uint32(w.seq[i]), [3]uint{2, 3, 7}[s-16])
			}
		}
	}
	w.tokens(tokens)
	w.put(uint32(w.lits.bits[endOfBlock]), uint(w.lits.length[endOfBlock]))
}

// tokens writes the codes of tokens.  A token has at most 48 bits, so that with the
// bits of a byte that was not full they fit a word.
func (w *bitWriter) tokens(tokens []uint32) {
	for w.nb >= 8 {
		w.out = append(w.out, byte(w.b))
		w.b >>= 8
		w.nb -= 8
	}
	b, nb := w.b, w.nb
	out := w.out[:cap(w.out)]
	at := len(w.out)
	lits, dists := &w.lits, &w.dists
	for _, t := range tokens {
		if t&matchFlag == 0 {
			e := lits.both[t&0xFF]
			b |= uint64(e&0xFFFF) << (nb & 63)
			nb += uint(e >> 16)
		} else {
			n := t >> lengthShift & 0xFF
			s := uint(lengthSymbol[n])
			e := lits.both[257+s]
			b |= uint64(e&0xFFFF) << (nb & 63)
			nb += uint(e >> 16)
			b |= uint64(n+3-uint32(lengthBase[s])) << (nb & 63)
			nb += uint(lengthExtra[s])
			d := t & 0x7FFF
			s = uint(distSymbol(d))
			e = dists.both[s]
			b |= uint64(e&0xFFFF) << (nb & 63)
			nb += uint(e >> 16)
			b |= uint64(d+1-uint32(distBase[s])) << (nb & 63)
			nb += uint(distExtra[s])
		}
		_ = out[at+7]
		*(*uint64)(unsafe.Pointer(&out[at])) = b
		at += int(nb >> 3)
		b >>= nb &^ 7 & 63
		nb &= 7
		if at >= outSize {
			w.out = out[:at]
			w.send()
			at = 0
		}
	}
	w.out = out[:at]
	w.b, w.nb = b, nb
}

// codeLengths makes seq, the lengths of both codes with repetitions, each of these
// followed by its count, and the code for it.
func (w *bitWriter) codeLengths(nlit, ndist int) {
	var all [maxNumLit + maxNumDist]uint8
	n := copy(all[:], w.lits.length[:nlit])
	n += copy(all[n:], w.dists.length[:ndist])
	w.clens.clear(numCodes)
	w.seq = w.seq[:0]
	add := func(s byte) {
		w.seq = append(w.seq, s)
		w.clens.freq[s]++
	}
	for i := 0; i < n; {
		v := all[i]
		run := 1
		for i+run < n && all[i+run] == v {
			run++
		}
		i += run
		if v == 0 {
			for run >= 11 {
				k := min(run, 138)
				add(18)
				w.seq = append(w.seq, byte(k-11))
				run -= k
			}
			if run >= 3 {
				add(17)
				w.seq = append(w.seq, byte(run-3))
				run = 0
			}
		} else {
			add(v)
			run--
			for run >= 3 {
				k := min(run, 6)
				add(16)
				w.seq = append(w.seq, byte(k-3))
				run -= k
			}
		}
		for range run {
			add(v)
		}
	}
	w.clens.build(7)
}

// A code is a Huffman code.
type code struct {
	n      int // number of symbols
	freq   [288]uint32
	length [288]uint8
	bits   [288]uint16 // reversed, as they are written from the lowest bit
	both   [288]uint32 // the bits, and above them the length
	leaves []leaf
}

type leaf struct {
	freq   uint32 // later the parent's index, then the depth
	symbol uint16
}

func (c *code) clear(n int) {
	c.n = n
	clear(c.freq[:])
}

// used returns one more than the highest symbol with a code.
func (c *code) used() int {
	for i := c.n; i > 0; i-- {
		if c.length[i-1] != 0 {
			return i
		}
	}
	return 0
}

// size returns how many bits the codes of all symbols take.
func (c *code) size() int {
	n := 0
	for i := range c.n {
		n += int(c.freq[i]) * int(c.length[i])
	}
	return n
}

func (c *code) setFixed() {
	for i := range c.length {
		c.length[i] = uint8(fixedLength(i))
	}
	c.n = 288
	c.assign()
}

func (c *code) setFixed5() {
	for i := range 32 {
		c.length[i] = 5
	}
	c.n = 32
	c.assign()
}

// build makes the code of the frequencies, with at most limit bits.
//
// The lengths come from the in-place algorithm of Moffat and Katajainen ("In-place
// calculation of minimum-redundancy codes", 1995).  Lengths above the limit are cut,
// and others grow until the code fits again, which costs next to nothing.
func (c *code) build(limit int) {
	clear(c.length[:])
	a := c.leaves[:0]
	for i, f := range c.freq[:c.n] {
		if f > 0 {
			a = append(a, leaf{f, uint16(i)})
		}
	}
	c.leaves = a
	n := len(a)
	switch n {
	case 0:
		return
	case 1:
		c.length[a[0].symbol] = 1
		c.assign()
		return
	}
	slices.SortFunc(a, func(x, y leaf) int {
		if x.freq != y.freq {
			if x.freq < y.freq {
				return -1
			}
			return 1
		}
		return int(x.symbol) - int(y.symbol)
	})

	// First the inner nodes, whose weights replace those of used-up leaves: later
	// their parents.
	a[0].freq += a[1].freq
	root, next := 0, 2
	for i := 1; i < n-1; i++ {
		if next >= n || a[root].freq < a[next].freq {
			a[i].freq = a[root].freq
			a[root].freq = uint32(i)
			root++
		} else {
			a[i].freq = a[next].freq
			next++
		}
		if next >= n || root < i && a[root].freq < a[next].freq {
			a[i].freq += a[root].freq
			a[root].freq = uint32(i)
			root++
		} else {
			a[i].freq += a[next].freq
			next++
		}
	}
	// Then the depths of the inner nodes, then how many leaves there are at each.
	a[n-2].freq = 0
	for i := n - 3; i >= 0; i-- {
		a[i].freq = a[a[i].freq].freq + 1
	}
	var count [64]int
	avail, used, depth := 1, 0, 0
	root = n - 2
	for avail > 0 {
		for root >= 0 && int(a[root].freq) == depth {
			used++
			root--
		}
		count[min(depth, 63)] += avail - used
		avail = 2 * used
		depth++
		used = 0
	}

	// The limit.
	for i := limit + 1; i < len(count); i++ {
		count[limit] += count[i]
		count[i] = 0
	}
	total := 0
	for i := 1; i <= limit; i++ {
		total += count[i] << (limit - i)
	}
	for total > 1<<limit {
		// One of the longest codes becomes the brother of a shorter one, which
		// gets a bit longer.
		count[limit]--
		for i := limit - 1; ; i-- {
			if count[i] > 0 {
				count[i]--
				count[i+1] += 2
				break
			}
		}
		total--
	}

	// The rarest symbols get the longest codes.
	k := 0
	for length := limit; length > 0; length-- {
		for range count[length] {
			c.length[a[k].symbol] = uint8(length)
			k++
		}
	}
	c.assign()
}

// assign gives each symbol its code: ascending by length, then symbol.
func (c *code) assign() {
	var count, next [maxCodeLen]int
	for _, n := range c.length[:c.n] {
		count[n]++
	}
	count[0] = 0
	v := 0
	for n := 1; n < maxCodeLen; n++ {
		v = (v + count[n-1]) << 1
		next[n] = v
	}
	for i, n := range c.length[:c.n] {
		if n != 0 {
			c.bits[i] = bits.Reverse16(uint16(next[n])) >> (16 - n)
			next[n]++
			c.both[i] = uint32(c.bits[i]) | uint32(n)<<16
		}
	}
}
