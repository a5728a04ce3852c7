package flate

import (
	"errors"
	"fmt"
	"io"
	"math/bits"
	"unsafe"
)

// Levels of compression: the higher, the smaller the output and the longer it takes.
const (
	NoCompression      = 0
	BestSpeed          = 1
	BestCompression    = 9
	DefaultCompression = -1

	// HuffmanOnly looks for no repetitions and only gives frequent bytes short
	// codes: quick, and enough for data whose repetitions were taken out before.
	HuffmanOnly = -2
)

// A tuning says how hard to look for repetitions; the numbers are those of zlib.
type tuning struct {
	good  int  // with a match as long, look for a better one only a quarter as far
	lazy  int  // with a match shorter than that, see whether the next byte has a better one
	nice  int  // a match as long is taken at once
	chain int  // how many earlier places to try
	eager bool // never wait for the next byte; lazy is then up to which length all places are remembered
}

var tunings = [10]tuning{
	1: {4, 4, 8, 4, true},
	2: {4, 5, 16, 8, true},
	3: {4, 6, 32, 32, true},
	4: {4, 4, 16, 16, false},
	5: {8, 16, 32, 32, false},
	6: {8, 16, 128, 128, false},
	7: {8, 32, 128, 256, false},
	8: {32, 128, 258, 1024, false},
	9: {32, 258, 258, 4096, false},
}

const (
	minMatchLen = 4 // three bytes are hardly shorter as a match, and looked for longer
	hashBits    = 15
	maxTokens   = 1 << 14 // in a block
	maxStored   = 65535
	lookahead   = maxMatchLen + minMatchLen
	bufferSize  = 4 * windowSize
	matchFlag   = 1 << 31
	lengthShift = 16
	tooFar      = 4096 // a match of minMatchLen farther away is not worth its bits
)

// A Writer compresses what is written to it; see [NewWriter].
type Writer struct {
	out   bitWriter
	level int
	tune  tuning
	dict  []byte

	// buf[:n] is the input that may still be needed; blockStart is where the current
	// block begins, pos how far the input is turned to tokens.
	buf             []byte
	n, pos          int
	blockStart      int
	base            int     // places are counted from the beginning: buf[i] is place base+i
	head            []int32 // by hash, the last place with it, and 1
	prev            []int32 // by place modulo the window, the one before with the same hash, and 1
	tokens          []uint32
	pending         bool // the match found at pos-1 is not decided
	prevLen, prevAt int
	err             error
}

var errClosed = errors.New("flate: closed writer")

// NewWriter returns a writer that compresses to w with the given level: from 1
// ([BestSpeed]) to 9 ([BestCompression]), 0 for none, -1 for what is usual, or
// [HuffmanOnly].  Another level is an error.
func NewWriter(w io.Writer, level int) (*Writer, error) { return NewWriterDict(w, level, nil) }

// NewWriterDict is [NewWriter] with a dictionary: text that counts as if it had been
// written before, so that repetitions of it are short.  Only a reader with the same
// dictionary can read the result.
func NewWriterDict(w io.Writer, level int, dict []byte) (*Writer, error) {
	if level < -2 || level > 9 {
		return nil, fmt.Errorf("flate: invalid compression level %d: want value in range [-2, 9]", level)
	}
	z := &Writer{level: level}
	if level == DefaultCompression {
		z.level = 6
	}
	if z.level > 0 {
		z.tune = tunings[z.level]
		z.head = make([]int32, 1<<hashBits)
		z.prev = make([]int32, windowSize)
	}
	z.buf = make([]byte, bufferSize)
	z.tokens = make([]uint32, 0, maxTokens)
	z.dict = append([]byte(nil), dict...)
	z.Reset(w)
	return z, nil
}

// Reset makes w as new, with the same level and dictionary, writing to dst.
func (w *Writer) Reset(dst io.Writer) {
	w.out.reset(dst)
	clear(w.head)
	w.n, w.pos, w.blockStart, w.base = 0, 0, 0, 0
	w.tokens = w.tokens[:0]
	w.pending = false
	w.err = nil
	if w.level > 0 && len(w.dict) > 0 {
		d := w.dict[max(0, len(w.dict)-windowSize):]
		w.n = copy(w.buf, d)
		for i := 0; i+minMatchLen <= w.n; i++ {
			w.remember(i)
		}
		w.pos, w.blockStart = w.n, w.n
	}
}

// Write compresses data; the output comes when a block is full, at the latest with
// Flush or Close.
func (w *Writer) Write(data []byte) (n int, err error) {
	if w.err != nil {
		return 0, w.err
	}
	for len(data) > 0 {
		if w.n == len(w.buf) {
			w.slide()
		}
		k := copy(w.buf[w.n:], data)
		w.n += k
		n += k
		data = data[k:]
		if w.n == len(w.buf) || w.level > 0 && w.n-w.pos >= 4096 {
			w.compress(false)
		}
		if w.err = w.out.err; w.err != nil {
			return n, w.err
		}
	}
	return n, nil
}

// Flush writes everything so far, and an empty stored block, by which the reader gets
// to a byte boundary.
func (w *Writer) Flush() error {
	if w.err != nil {
		return w.err
	}
	w.compress(true)
	w.endBlock(false)
	w.out.stored(nil, false)
	w.out.flush()
	w.err = w.out.err
	return w.err
}

// Close writes what is left and the end mark.
func (w *Writer) Close() error {
	if w.err == errClosed {
		return nil
	}
	if w.err != nil {
		return w.err
	}
	w.compress(true)
	w.endBlock(false)
	// An empty last block: with the fixed code it is the end of the block only.
	w.out.header(1, true)
	w.out.put(0, 7)
	w.out.flush()
	if w.out.err != nil {
		w.err = w.out.err
		return w.err
	}
	w.err = errClosed
	return nil
}

// slide makes room in the buffer: all but the window goes.
func (w *Writer) slide() {
	keep := max(0, min(w.pos-windowSize, w.blockStart))
	if w.level <= 0 {
		keep = w.blockStart
	}
	if keep == 0 {
		// The block is longer than what the buffer has room for.
		w.endBlock(false)
		keep = max(0, w.pos-windowSize)
		if w.level <= 0 {
			keep = w.pos
		}
	}
	copy(w.buf, w.buf[keep:w.n])
	w.n -= keep
	w.pos -= keep
	w.blockStart -= keep
	w.prevAt -= keep
	if w.base += keep; w.base > 1<<30 {
		// Places would not fit any more: start anew.
		w.base = 0
		clear(w.head)
	}
}

// compress turns input to tokens, all of it if all, else as long as there is enough
// after it to find long matches.
func (w *Writer) compress(all bool) {
	switch w.level {
	case NoCompression:
		w.pos = w.n
		for w.pos-w.blockStart >= maxStored {
			w.out.stored(w.buf[w.blockStart:w.blockStart+maxStored], false)
			w.blockStart += maxStored
		}
	case HuffmanOnly:
		w.literals(w.n)
	default:
		limit := w.n - lookahead
		if all {
			limit = w.n
		}
		if w.level == BestSpeed {
			w.matchFast(limit)
		} else if w.tune.eager {
			w.matchEager(limit)
		} else {
			w.matchLazy(limit)
		}
		if all && w.pending {
			w.takePending()
		}
	}
}

// load32 returns b[i:i+4] as a number: the processors that this runs on have the
// lowest byte first.
func load32(b []byte, i int) uint32 {
	_ = b[i+3]
	return *(*uint32)(unsafe.Pointer(&b[i]))
}

// load64 returns b[i:i+8] as a number.
func load64(b []byte, i int) uint64 {
	_ = b[i+7]
	return *(*uint64)(unsafe.Pointer(&b[i]))
}

func hash4(v uint32) uint32 { return v * 0x9E3779B1 >> (32 - hashBits) }

// remember enters the place of buf[i] in the chains.
func (w *Writer) remember(i int) {
	h := hash4(load32(w.buf, i))
	place := w.base + i
	w.prev[place&(windowSize-1)] = w.head[h]
	w.head[h] = int32(place + 1)
}

// find looks for the longest match of what is at i, longer than best.
func (w *Writer) find(i, best, chain int) (length, at int) {
	limit := min(w.n-i, maxMatchLen)
	if best >= limit {
		return best, 0
	}
	nice := min(w.tune.nice, limit)
	place := w.base + i
	buf, prev := w.buf, w.prev
	cur := buf[i : i+limit]
	// A longer match has the same four bytes at its end.
	end := load32(cur, best-3)
	for p := int(prev[place&(windowSize-1)]); chain > 0; chain-- {
		q := p - 1
		if q < 0 || place-q > windowSize {
			break
		}
		q -= w.base
		if load32(buf, q+best-3) == end {
			if n := matchLen(buf[q:q+limit], cur); n > best && (n > minMatchLen || i-q <= tooFar) {
				best, at = n, q
				if n >= nice {
					break
				}
				end = load32(cur, best-3)
			}
		}
		// An entry that was overwritten in the ring leads forward.
		next := int(prev[(p-1)&(windowSize-1)])
		if next >= p {
			break
		}
		p = next
	}
	return best, at
}

// matchLen returns how many bytes a and b, of the same length, have in common.
func matchLen(a, b []byte) int {
	b = b[:len(a)]
	n := 0
	for n+8 <= len(a) {
		if d := load64(a, n) ^ load64(b, n); d != 0 {
			return n + bits.TrailingZeros64(d)>>3
		}
		n += 8
	}
	for n < len(a) && a[n] == b[n] {
		n++
	}
	return n
}

// literals makes the bytes up to end tokens.
func (w *Writer) literals(end int) {
	for w.pos < end {
		n := len(w.tokens)
		k := min(end-w.pos, maxTokens-n)
		to := w.tokens[n : n+k]
		for i, c := range w.buf[w.pos : w.pos+k] {
			to[i] = uint32(c)
		}
		w.tokens = w.tokens[:n+k]
		w.pos += k
		if n+k == maxTokens {
			w.endBlock(false)
		}
	}
}

// matchFast looks only at the last place with the same four bytes, and where there was
// nothing for a while not at every byte.
func (w *Writer) matchFast(limit int) {
	i := w.pos // w.pos stays where the literals begin
	misses := 0
	limit = min(limit, w.n-minMatchLen+1)
	head, buf, base := w.head, w.buf, w.base
	for i < limit {
		v := load32(buf, i)
		h := hash4(v)
		q := int(head[h]) - 1
		head[h] = int32(base + i + 1)
		if q < 0 || base+i-q > windowSize || load32(buf, q-base) != v {
			i += 1 + misses>>5
			misses++
			continue
		}
		misses = 0
		w.literals(i)
		q -= base
		n := min(w.n-i, maxMatchLen)
		length := 4 + matchLen(buf[q+4:q+n], buf[i+4:i+n])
		w.pos += length
		w.token(match(length, i-q))
		i = w.pos
		if i < limit {
			head[hash4(load32(buf, i-2))] = int32(base + i - 2 + 1)
		}
	}
	w.literals(min(i, w.n))
	if w.n-w.pos < minMatchLen {
		w.literals(w.n)
	}
}

func (w *Writer) matchEager(limit int) {
	for w.pos < limit {
		i := w.pos
		length, at := minMatchLen-1, 0
		if i+minMatchLen <= w.n {
			w.remember(i)
			length, at = w.find(i, minMatchLen-1, w.tune.chain)
		}
		if length < minMatchLen {
			w.pos++
			w.token(uint32(w.buf[i]))
			continue
		}
		w.pos += length
		w.token(match(length, i-at))
		if length <= w.tune.lazy*4 {
			w.rememberRange(i+1, i+length)
		}
	}
}

func (w *Writer) rememberRange(from, to int) {
	for i := from; i < min(to, w.n-minMatchLen+1); i++ {
		w.remember(i)
	}
}

// matchLazy takes a match only if there is no longer one at the next byte.
func (w *Writer) matchLazy(limit int) {
	for w.pos < limit {
		i := w.pos
		length, at := minMatchLen-1, 0
		if i+minMatchLen <= w.n {
			w.remember(i)
			if !w.pending || w.prevLen < w.tune.lazy {
				chain := w.tune.chain
				best := minMatchLen - 1
				if w.pending && w.prevLen >= minMatchLen {
					best = w.prevLen
					if best >= w.tune.good {
						chain >>= 2
					}
				}
				length, at = w.find(i, best, chain)
				if length <= best {
					length = minMatchLen - 1
				}
			}
		}
		if w.pending && w.prevLen >= minMatchLen && length <= w.prevLen {
			// The match before is the better one.  It began at i-1.
			w.pending = false
			w.pos = i - 1 + w.prevLen
			w.rememberRange(i+1, w.pos)
			w.token(match(w.prevLen, i-1-w.prevAt))
			continue
		}
		if w.pending {
			w.pending = false // for token: the byte is not left out any more
			w.token(uint32(w.buf[i-1]))
		}
		w.pending = true
		w.prevLen, w.prevAt = length, at
		w.pos++
	}
}

// takePending ends the waiting for a better match at the end of the input: there is
// one byte only, which is no match.
func (w *Writer) takePending() {
	w.pending = false
	w.token(uint32(w.buf[w.pos-1]))
}

func match(length, dist int) uint32 {
	return matchFlag | uint32(length-3)<<lengthShift | uint32(dist-1)
}

// token adds a token; all of them up to pos must be there, but for a pending byte.
func (w *Writer) token(t uint32) {
	n := len(w.tokens)
	w.tokens = w.tokens[:n+1]
	w.tokens[n] = t
	if n+1 == maxTokens {
		w.endBlock(false)
	}
}

// endBlock writes the tokens.
func (w *Writer) endBlock(last bool) {
	end := w.pos
	if w.pending {
		end-- // its byte is in the next block
	}
	data := w.buf[w.blockStart:end]
	w.blockStart = end
	if w.level == NoCompression {
		if len(data) > 0 {
			w.out.stored(data, last)
		}
		return
	}
	if len(w.tokens) > 0 {
		w.out.block(w.tokens, data, last)
		w.tokens = w.tokens[:0]
	}
}
