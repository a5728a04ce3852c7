// Package flate has the compressed format DEFLATE (RFC 1951), in which gzip and zlib
// files keep their data.
package flate

import (
	"bufio"
	"io"
	"math/bits"
	"strconv"
)

// Limits of the format.
const (
	maxCodeLen  = 16 // one more than the longest code has bits
	maxNumLit   = 286
	maxNumDist  = 30
	numCodes    = 19 // of the code lengths' own code
	windowSize  = 1 << 15
	endOfBlock  = 256
	maxMatchLen = 258
)

// A CorruptInputError tells before which byte of the input something is wrong.
type CorruptInputError int64

// Error returns that as text.
func (e CorruptInputError) Error() string {
	return "flate: corrupt input before offset " + strconv.FormatInt(int64(e), 10)
}

// An InternalError is a fault of this package.
type InternalError string

// Error returns what happened.
func (e InternalError) Error() string { return "flate: internal error: " + string(e) }

// A ReadError is an error of the underlying reader.
//
// Deprecated: it is not returned any more.
type ReadError struct {
	Offset int64 // where it happened
	Err    error // what Read returned
}

// Error returns that as text.
func (e *ReadError) Error() string {
	return "flate: read error at offset " + strconv.FormatInt(e.Offset, 10) + ": " + e.Err.Error()
}

// A WriteError is an error of the underlying writer.
//
// Deprecated: it is not returned any more.
type WriteError struct {
	Offset int64 // where it happened
	Err    error // what Write returned
}

// Error returns that as text.
func (e *WriteError) Error() string {
	return "flate: write error at offset " + strconv.FormatInt(e.Offset, 10) + ": " + e.Err.Error()
}

// A Resetter is a reader of this package that can be used again for other input.
type Resetter interface {
	// Reset makes it as new, with the reader and the dictionary given.
	Reset(r io.Reader, dict []byte) error
}

// Reader is what compressed data is read from byte by byte; any other reader gets a
// buffer before it.
type Reader interface {
	io.Reader
	io.ByteReader
}

// A huffmanDecoder finds codes by a table of their first primaryBits bits; longer
// codes have a second table behind the entry of their beginning.
//
// An entry is value<<4 | length of the code; with a length above primaryBits the value
// is the index in links.  0 is no code.
type huffmanDecoder struct {
	min    int // no code is shorter
	chunks [1 << primaryBits]uint32
	links  [][]uint32
	mask   uint32 // of the bits that index a second table
}

const primaryBits = 9

// init makes the tables for codes with the given lengths, and reports whether these
// make a prefix code without gaps.  One code of one bit, or no code, is allowed, too.
func (h *huffmanDecoder) init(lengths []int) bool {
	if h.min != 0 {
		*h = huffmanDecoder{}
	}
	var count [maxCodeLen]int
	shortest, longest := 0, 0
	for _, n := range lengths {
		if n == 0 {
			continue
		}
		if shortest == 0 || n < shortest {
			shortest = n
		}
		longest = max(longest, n)
		count[n]++
	}
	if longest == 0 {
		return true // only if no code is used
	}
	code := 0
	var next [maxCodeLen]int
	for n := shortest; n <= longest; n++ {
		code <<= 1
		next[n] = code
		code += count[n]
	}
	if code != 1<<longest && !(code == 1 && longest == 1) {
		return false
	}
	h.min = shortest
	if longest > primaryBits {
		size := 1 << (longest - primaryBits)
		h.mask = uint32(size - 1)
		// The codes longer than primaryBits follow the others.
		first := next[primaryBits+1] >> 1
		h.links = make([][]uint32, 1<<primaryBits-first)
		for j := first; j < 1<<primaryBits; j++ {
			r := bits.Reverse16(uint16(j)) >> (16 - primaryBits)
			h.chunks[r] = uint32(j-first)<<4 | (primaryBits + 1)
			h.links[j-first] = make([]uint32, size)
		}
	}
	for i, n := range lengths {
		if n == 0 {
			continue
		}
		code := next[n]
		next[n]++
		entry := uint32(i)<<4 | uint32(n)
		r := int(bits.Reverse16(uint16(code)) >> (16 - n))
		if n <= primaryBits {
			for ; r < len(h.chunks); r += 1 << n {
				h.chunks[r] = entry
			}
		} else {
			table := h.links[h.chunks[r&(1<<primaryBits-1)]>>4]
			for r >>= primaryBits; r < len(table); r += 1 << (n - primaryBits) {
				table[r] = entry
			}
		}
	}
	return true
}

// fixedDecoder decodes literals and lengths of blocks with the fixed code.
var fixedDecoder = func() *huffmanDecoder {
	var lengths [288]int
	for i := range lengths {
		lengths[i] = fixedLength(i)
	}
	h := new(huffmanDecoder)
	h.init(lengths[:])
	return h
}()

func fixedLength(i int) int {
	switch {
	case i < 144:
		return 8
	case i < 256:
		return 9
	case i < 280:
		return 7
	}
	return 8
}

// codeOrder is the order of the code lengths' code lengths.
var codeOrder = [numCodes]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// A decompressor is the reader that this package returns.
//
// Bytes are read only when their bits are needed, so that what follows the data is
// left in the input.
type decompressor struct {
	r      Reader
	rBuf   *bufio.Reader // made if the input has no ReadByte
	offset int64         // bytes read

	b  uint32 // bits that were read but not used
	nb uint   // their number

	h1, h2  huffmanDecoder // literals and lengths, distances
	lengths [maxNumLit + maxNumDist]int
	codes   [numCodes]int

	// The window: a ring buffer of the last output.
	hist   [windowSize]byte
	wr, rd int  // where to write, and from where output was not yet returned
	full   bool // the ring was filled once

	toRead []byte // output to return before going on
	step   func(*decompressor)
	final  bool
	err    error
	hl, hd *huffmanDecoder // of the block; hd nil: fixed code
	left   int             // bytes of a stored block or a match still to copy
	dist   int             // of the match
}

// NewReader returns a reader of the data that r has in compressed form.  If r is no
// io.ByteReader, more may be read from it than belongs to the data; what follows the
// last block is ignored.  The reader is a [Resetter], too.
func NewReader(r io.Reader) io.ReadCloser { return NewReaderDict(r, nil) }

// NewReaderDict is [NewReader] for data written by [NewWriterDict] with the same
// dictionary.
func NewReaderDict(r io.Reader, dict []byte) io.ReadCloser {
	f := new(decompressor)
	f.Reset(r, dict)
	return f
}

func (f *decompressor) Reset(r io.Reader, dict []byte) error {
	*f = decompressor{rBuf: f.rBuf, step: (*decompressor).nextBlock}
	if br, ok := r.(Reader); ok {
		f.r = br
	} else {
		if f.rBuf == nil {
			f.rBuf = bufio.NewReader(r)
		} else {
			f.rBuf.Reset(r)
		}
		f.r = f.rBuf
	}
	if len(dict) > windowSize {
		dict = dict[len(dict)-windowSize:]
	}
	f.wr = copy(f.hist[:], dict)
	if f.wr == windowSize {
		f.wr = 0
		f.full = true
	}
	f.rd = f.wr
	return nil
}

func (f *decompressor) Read(b []byte) (int, error) {
	for {
		if len(f.toRead) > 0 {
			n := copy(b, f.toRead)
			f.toRead = f.toRead[n:]
			if len(f.toRead) == 0 {
				return n, f.err
			}
			return n, nil
		}
		if f.err != nil {
			return 0, f.err
		}
		f.step(f)
		if f.err != nil && len(f.toRead) == 0 {
			f.flush() // what there was before the error
		}
	}
}

func (f *decompressor) Close() error {
	if f.err == io.EOF {
		return nil
	}
	return f.err
}

// flush makes the output in the window toRead.
func (f *decompressor) flush() {
	f.toRead = f.hist[f.rd:f.wr]
	f.rd = f.wr
	if f.wr == windowSize {
		f.wr, f.rd = 0, 0
		f.full = true
	}
}

func (f *decompressor) histSize() int {
	if f.full {
		return windowSize
	}
	return f.wr
}

func (f *decompressor) corrupt() { f.err = CorruptInputError(f.offset) }

// moreBits reads a byte.
func (f *decompressor) moreBits() error {
	c, err := f.r.ReadByte()
	if err != nil {
		return noEOF(err)
	}
	f.offset++
	f.b |= uint32(c) << f.nb
	f.nb += 8
	return nil
}

// getBits reads n bits, up to 16.
func (f *decompressor) getBits(n uint) (v uint32, ok bool) {
	for f.nb < n {
		if f.err = f.moreBits(); f.err != nil {
			return 0, false
		}
	}
	v = f.b & (1<<n - 1)
	f.b >>= n
	f.nb -= n
	return v, true
}

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// symbol reads a code.
func (f *decompressor) symbol(h *huffmanDecoder) (int, bool) {
	n := uint(h.min)
	for {
		for f.nb < n {
			if f.err = f.moreBits(); f.err != nil {
				return 0, false
			}
		}
		e := h.chunks[f.b&(1<<primaryBits-1)]
		n = uint(e & 15)
		if n > primaryBits {
			e = h.links[e>>4][f.b>>primaryBits&h.mask]
			n = uint(e & 15)
		}
		if n <= f.nb {
			if n == 0 {
				f.corrupt()
				return 0, false
			}
			f.b >>= n
			f.nb -= n
			return int(e >> 4), true
		}
	}
}

func (f *decompressor) nextBlock() {
	head, ok := f.getBits(3)
	if !ok {
		return
	}
	f.final = head&1 == 1
	switch head >> 1 {
	case 0:
		f.storedBlock()
	case 1:
		f.hl, f.hd = fixedDecoder, nil
		f.huffmanBlock()
	case 2:
		if f.readCodes() {
			f.hl, f.hd = &f.h1, &f.h2
			f.huffmanBlock()
		}
	default:
		f.corrupt()
	}
}

// readCodes reads the codes of a block.
func (f *decompressor) readCodes() bool {
	for f.nb < 14 {
		if f.err = f.moreBits(); f.err != nil {
			return false
		}
	}
	nlit := int(f.b&31) + 257
	ndist := int(f.b>>5&31) + 1
	nclen := int(f.b>>10&15) + 4
	if nlit > maxNumLit || ndist > maxNumDist {
		f.corrupt()
		return false
	}
	f.b >>= 14
	f.nb -= 14

	clear(f.codes[:])
	for i := range nclen {
		v, ok := f.getBits(3)
		if !ok {
			return false
		}
		f.codes[codeOrder[i]] = int(v)
	}
	if !f.h1.init(f.codes[:]) {
		f.corrupt()
		return false
	}
	n := nlit + ndist
	for i := 0; i < n; {
		x, ok := f.symbol(&f.h1)
		if !ok {
			return false
		}
		if x < 16 {
			f.lengths[i] = x
			i++
			continue
		}
		// The length before, or zero, several times.
		rep, nb, length := 3, uint(3), 0
		switch x {
		case 16:
			nb = 2
			if i == 0 {
				f.corrupt()
				return false
			}
			length = f.lengths[i-1]
		case 17:
		case 18:
			rep, nb = 11, 7
		default:
			f.err = InternalError("unexpected length code")
			return false
		}
		v, ok := f.getBits(nb)
		if !ok {
			return false
		}
		rep += int(v)
		if i+rep > n {
			f.corrupt()
			return false
		}
		for range rep {
			f.lengths[i] = length
			i++
		}
	}
	if !f.h1.init(f.lengths[:nlit]) || !f.h2.init(f.lengths[nlit:n]) {
		f.corrupt()
		return false
	}
	// The end of the block always comes, so that as many bits can be read at once as
	// it has.
	f.h1.min = max(f.h1.min, f.lengths[endOfBlock])
	return true
}

// huffmanBlock decodes symbols until the block ends or the window is full.
func (f *decompressor) huffmanBlock() {
	// The bits and the window's position live in variables in here.
	hl := f.hl
	for {
		// The same as symbol, with as little work as possible for literals.
		b, nb := f.b, f.nb
		var v int
		n := uint(hl.min)
		for {
			for nb < n {
				c, err := f.r.ReadByte()
				if err != nil {
					f.b, f.nb = b, nb
					f.err = noEOF(err)
					return
				}
				f.offset++
				b |= uint32(c) << (nb & 31)
				nb += 8
			}
			e := hl.chunks[b&(1<<primaryBits-1)]
			n = uint(e & 15)
			if n > primaryBits {
				e = hl.links[e>>4][b>>primaryBits&hl.mask]
				n = uint(e & 15)
			}
			if n <= nb {
				b >>= n & 31
				nb -= n
				v = int(e >> 4)
				break
			}
		}
		f.b, f.nb = b, nb
		if n == 0 {
			f.corrupt()
			return
		}

		if v < 256 {
			f.hist[f.wr&(windowSize-1)] = byte(v)
			f.wr++
			if f.wr == windowSize {
				f.flush()
				f.step = (*decompressor).huffmanBlock
				return
			}
			continue
		}
		if v == endOfBlock {
			f.finishBlock()
			return
		}
		length := 0
		switch {
		case v < 265:
			length = v - (257 - 3)
		case v < 285:
			nb := uint(v-261) >> 2
			extra, ok := f.getBits(nb)
			if !ok {
				return
			}
			length = 3 + (4+(v-265)&3)<<nb + int(extra)
		case v < maxNumLit:
			length = maxMatchLen
		default:
			f.corrupt()
			return
		}

		var dist int
		if f.hd == nil {
			d, ok := f.getBits(5)
			if !ok {
				return
			}
			dist = int(bits.Reverse8(uint8(d << 3)))
		} else {
			d, ok := f.symbol(f.hd)
			if !ok {
				return
			}
			dist = d
		}
		switch {
		case dist < 4:
			dist++
		case dist < maxNumDist:
			nb := uint(dist-2) >> 1
			extra, ok := f.getBits(nb)
			if !ok {
				return
			}
			dist = 1<<(nb+1) + 1 + (dist&1)<<nb + int(extra)
		default:
			f.corrupt()
			return
		}
		if dist > f.histSize() {
			f.corrupt()
			return
		}
		f.left, f.dist = length, dist
		if !f.copyMatch() {
			return
		}
	}
}

// copyMatch copies what is left of a match, and reports whether that was all: if not
// the window is full.
func (f *decompressor) copyMatch() bool {
	for f.left > 0 {
		src := f.wr - f.dist
		if src < 0 {
			src += windowSize
		}
		// As far as neither end is reached.
		n := min(f.left, windowSize-f.wr, windowSize-src)
		to, from := f.hist[f.wr:f.wr+n], f.hist[src:src+n]
		if f.dist >= n {
			copy(to, from)
		} else {
			// What is copied is copied again.
			for i := range to {
				to[i] = from[i]
			}
		}
		f.wr += n
		f.left -= n
		if f.wr == windowSize {
			f.flush()
			f.step = (*decompressor).resumeMatch
			return false
		}
	}
	return true
}

func (f *decompressor) resumeMatch() {
	if f.copyMatch() {
		f.huffmanBlock()
	}
}

func (f *decompressor) storedBlock() {
	// The bits up to the next byte are not used.
	f.b, f.nb = 0, 0
	var head [4]byte
	n, err := io.ReadFull(f.r, head[:])
	f.offset += int64(n)
	if err != nil {
		f.err = noEOF(err)
		return
	}
	length := int(head[0]) | int(head[1])<<8
	if inverse := int(head[2]) | int(head[3])<<8; inverse != length^0xffff {
		f.corrupt()
		return
	}
	if length == 0 {
		// So writers flush: everything up to here is to be read.
		f.flush()
		f.finishBlock()
		return
	}
	f.left = length
	f.copyStored()
}

func (f *decompressor) copyStored() {
	n := min(f.left, windowSize-f.wr)
	n, err := io.ReadFull(f.r, f.hist[f.wr:f.wr+n])
	f.offset += int64(n)
	f.left -= n
	f.wr += n
	if err != nil {
		f.err = noEOF(err)
		return
	}
	if f.wr == windowSize || f.left > 0 {
		f.flush()
		f.step = (*decompressor).copyStored
		return
	}
	f.finishBlock()
}

func (f *decompressor) finishBlock() {
	if f.final {
		if f.wr > f.rd {
			f.flush()
		}
		f.err = io.EOF
	}
	f.step = (*decompressor).nextBlock
}
