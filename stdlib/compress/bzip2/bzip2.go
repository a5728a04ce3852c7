// Package bzip2 reads the compressed format of bzip2.
//
// There is no official description; what is known comes from the program and from those
// who took it apart.  A file is a sequence of blocks, each of which is run-length encoded,
// sorted by the transform of Burrows and Wheeler, coded by move to front, and again with
// runs, and at last by several Huffman codes in turn.
package bzip2

import (
	"bufio"
	"io"
)

// A StructuralError says what is wrong with the data.
type StructuralError string

// Error returns that as text.
func (s StructuralError) Error() string { return "bzip2 data invalid: " + string(s) }

// A bitReader reads bits, the highest of a byte first.  After an error it returns zeros.
type bitReader struct {
	r    io.ByteReader
	n    uint64
	bits uint
	err  error
}

func (b *bitReader) read64(n uint) uint64 {
	for b.bits < n {
		c, err := b.r.ReadByte()
		if err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			b.err = err
			return 0
		}
		b.n = b.n<<8 | uint64(c)
		b.bits += 8
	}
	b.bits -= n
	return b.n >> b.bits & (1<<n - 1)
}

func (b *bitReader) read(n uint) int { return int(b.read64(n)) }

const (
	fileMagic  = 0x425a         // "BZ"
	blockMagic = 0x314159265359 // pi
	finalMagic = 0x177245385090 // its root
)

// A reader is what [NewReader] returns.
type reader struct {
	br        bitReader
	started   bool
	eof       bool
	blockSize int

	fileCRC, blockCRC, wantBlockCRC uint32

	// The block: in the lower 8 bits of a word a byte, above them where the next one
	// is.  pos is the next, used how many were read.
	tt    []uint32
	block []uint32
	used  int
	pos   uint32

	// The outer run-length code: after four equal bytes comes a count.
	last    int // the last byte, -1 if it does not count
	run     int // how often it came again
	repeats int // how often it is still to be returned
}

// NewReader returns a reader of the data that r has in compressed form.  If r is no
// io.ByteReader more may be read from it than belongs to the data.
func NewReader(r io.Reader) io.Reader {
	br, ok := r.(io.ByteReader)
	if !ok {
		br = bufio.NewReader(r)
	}
	return &reader{br: bitReader{r: br}}
}

// setup reads the head of a file; the two bytes of the magic may have been read.
func (z *reader) setup(needMagic bool) error {
	if needMagic && z.br.read(16) != fileMagic {
		return StructuralError("bad magic value")
	}
	if z.br.read(8) != 'h' {
		return StructuralError("non-Huffman entropy encoding")
	}
	level := z.br.read(8)
	if level < '1' || level > '9' {
		return StructuralError("invalid compression level")
	}
	z.fileCRC = 0
	z.blockSize = 100 * 1000 * (level - '0')
	if z.blockSize > len(z.tt) {
		z.tt = make([]uint32, z.blockSize)
	}
	return nil
}

func (z *reader) Read(buf []byte) (n int, err error) {
	if z.eof {
		return 0, io.EOF
	}
	if !z.started {
		err = z.setup(true)
		if z.br.err != nil {
			err = z.br.err
		}
		if err != nil {
			return 0, err
		}
		z.started = true
	}
	n, err = z.read(buf)
	if z.br.err != nil {
		err = z.br.err
	}
	return
}

func (z *reader) read(buf []byte) (int, error) {
	for {
		n := z.fromBlock(buf)
		if n > 0 || len(buf) == 0 {
			z.blockCRC = updateCRC(z.blockCRC, buf[:n])
			return n, nil
		}
		// The end of the block.
		if z.blockCRC != z.wantBlockCRC {
			z.br.err = StructuralError("block checksum mismatch")
			return 0, z.br.err
		}
		switch z.br.read64(48) {
		case blockMagic:
			if err := z.readBlock(); err != nil {
				return 0, err
			}
		case finalMagic:
			want := uint32(z.br.read64(32))
			if z.br.err != nil {
				return 0, z.br.err
			}
			if z.fileCRC != want {
				z.br.err = StructuralError("file checksum mismatch")
				return 0, z.br.err
			}
			// Another file may follow at the next byte.
			z.br.read(z.br.bits % 8)
			b, err := z.br.r.ReadByte()
			if err != nil {
				z.br.err = err
				z.eof = err == io.EOF
				return 0, err
			}
			c, err := z.br.r.ReadByte()
			if err != nil {
				if err == io.EOF {
					err = io.ErrUnexpectedEOF
				}
				z.br.err = err
				return 0, err
			}
			if int(b)<<8|int(c) != fileMagic {
				return 0, StructuralError("bad magic value in continuation file")
			}
			if err := z.setup(false); err != nil {
				return 0, err
			}
		default:
			return 0, StructuralError("bad magic value found")
		}
	}
}

// fromBlock returns bytes of the block, without the outer runs.
func (z *reader) fromBlock(buf []byte) int {
	n := 0
	for n < len(buf) && (z.repeats > 0 || z.used < len(z.block)) {
		if z.repeats > 0 {
			buf[n] = byte(z.last)
			n++
			if z.repeats--; z.repeats == 0 {
				z.last = -1
			}
			continue
		}
		z.pos = z.block[z.pos]
		b := int(z.pos & 0xff)
		z.pos >>= 8
		z.used++
		if z.run == 3 {
			z.repeats = b
			z.run = 0
			continue
		}
		if z.last == b {
			z.run++
		} else {
			z.run = 0
		}
		z.last = b
		buf[n] = byte(b)
		n++
	}
	return n
}

// groupSize is after how many symbols the next Huffman code is used.
const groupSize = 50

// readBlock reads a block after its magic.
func (z *reader) readBlock() error {
	br := &z.br
	z.wantBlockCRC = uint32(br.read64(32))
	z.blockCRC = 0
	z.fileCRC = (z.fileCRC<<1 | z.fileCRC>>31) ^ z.wantBlockCRC
	if br.read(1) != 0 {
		return StructuralError("deprecated randomized files")
	}
	origin := br.read(24)

	// Which bytes there are: by groups of sixteen.
	var symbols []byte
	ranges := br.read(16)
	for i := range 16 {
		if ranges>>(15-i)&1 == 0 {
			continue
		}
		bits := br.read(16)
		for j := range 16 {
			if bits>>(15-j)&1 != 0 {
				symbols = append(symbols, byte(16*i+j))
			}
		}
	}
	if len(symbols) == 0 {
		return StructuralError("no symbols in input")
	}

	// The codes' order.
	nTrees := br.read(3)
	if nTrees < 2 || nTrees > 6 {
		return StructuralError("invalid number of Huffman trees")
	}
	selectors := make([]byte, br.read(15))
	recent := mtf{0, 1, 2, 3, 4, 5}
	for i := range selectors {
		c := 0
		for br.read(1) != 0 {
			c++
		}
		if c >= nTrees {
			return StructuralError("tree index too large")
		}
		selectors[i] = recent.get(c)
	}

	// Two symbols for runs, the bytes by their place in the list but for the first,
	// which only runs stand for, and the end.
	n := len(symbols) + 2
	end := n - 1
	var trees [6]tree
	lengths := make([]int, n)
	for t := range nTrees {
		length := br.read(5)
		for j := range lengths {
			for {
				if length < 1 || length > 20 {
					return StructuralError("Huffman length out of range")
				}
				if br.read(1) == 0 {
					break
				}
				if br.read(1) != 0 {
					length--
				} else {
					length++
				}
			}
			lengths[j] = length
		}
		if err := trees[t].init(lengths); err != nil {
			return err
		}
	}
	if len(selectors) == 0 {
		return StructuralError("no tree selectors given")
	}

	list := mtf(symbols)
	var counts [256]uint
	size, group, left := 0, 0, 0
	run, power := 0, 0
	var cur *tree
	for {
		if left == 0 {
			if group >= len(selectors) {
				return StructuralError("insufficient selector indices for number of symbols")
			}
			cur = &trees[selectors[group]]
			group++
			left = groupSize
		}
		left--
		v := cur.decode(br)
		if br.err != nil {
			return br.err
		}
		if v < 2 {
			// The digits 1 and 2 of a run's length in base 2, the lowest first.
			if run == 0 {
				power = 1
			}
			run += power << v
			power <<= 1
			if run > 2*1024*1024 {
				return StructuralError("repeat count too large")
			}
			continue
		}
		if run > 0 {
			if run > z.blockSize-size {
				return StructuralError("repeats past end of block")
			}
			b := list[0]
			for i := range run {
				z.tt[size+i] = uint32(b)
			}
			size += run
			counts[b] += uint(run)
			run = 0
		}
		if v == end {
			break
		}
		b := list.get(v - 1)
		if size >= z.blockSize {
			return StructuralError("data exceeds block size")
		}
		z.tt[size] = uint32(b)
		size++
		counts[b]++
	}
	if origin >= size {
		return StructuralError("origPtr out of bounds")
	}

	// The transform backwards: the k-th of the bytes with a value is followed by the
	// k-th of the sorted ones with that value.
	z.block = z.tt[:size]
	z.used = 0
	sum := uint(0)
	for i, c := range counts {
		counts[i] = sum
		sum += c
	}
	for i, w := range z.block {
		b := w & 0xff
		z.block[counts[b]] |= uint32(i) << 8
		counts[b]++
	}
	z.pos = z.block[origin] >> 8
	z.last, z.run, z.repeats = -1, 0, 0
	return nil
}

// An mtf is a list of bytes, the one used last at its front.
type mtf []byte

// get returns byte i and moves it to the front.
func (m mtf) get(i int) byte {
	b := m[i]
	copy(m[1:], m[:i])
	m[0] = b
	return b
}

var crcTable = func() (t [256]uint32) {
	for i := range t {
		crc := uint32(i) << 24
		for range 8 {
			if crc>>31 != 0 {
				crc = crc<<1 ^ 0x04c11db7
			} else {
				crc <<= 1
			}
		}
		t[i] = crc
	}
	return
}()

// updateCRC adds b to a checksum whose bits are in the other order than in crc32.
func updateCRC(val uint32, b []byte) uint32 {
	crc := ^val
	for _, v := range b {
		crc = crcTable[byte(crc>>24)^v] ^ crc<<8
	}
	return ^crc
}
