// Package chacha8 is the random generator ChaCha8Rand as specified at
// https://c2sp.org/chacha8rand: blocks of the stream cipher ChaCha with eight
// rounds, four at a time with their words interleaved; after sixteen blocks the last 32 bytes
// become the next key.
package chacha8

import "math/bits"

const (
	bufLen   = 32 // 64-bit words of four blocks
	keyWords = 4
	lastCtr  = 16 // blocks of one key
)

// State is a generator.  Its fields are exported for the packages that save it.
type State struct {
	Buf [bufLen]uint64
	Key [keyWords]uint64
	I   uint32 // the next word of Buf
	N   uint32 // how many words of Buf are output
	Ctr uint32 // the first block in Buf
}

// Init seeds s.
func (s *State) Init(seed [32]byte) {
	for i := range s.Key {
		s.Key[i] = le64(seed[i*8:])
	}
	s.InitKey(s.Key)
}

// InitKey seeds s with a seed of words.
func (s *State) InitKey(key [keyWords]uint64) {
	s.Key = key
	s.Ctr = 0
	s.fill()
}

func le64(b []byte) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// Uint64 returns the next 64 bits.
func (s *State) Uint64() uint64 {
	if s.I >= s.N {
		s.Refill()
	}
	x := s.Buf[s.I]
	s.I++
	return x
}

// Refill computes the next four blocks.
func (s *State) Refill() {
	s.Ctr += 4
	if s.Ctr == lastCtr {
		copy(s.Key[:], s.Buf[bufLen-keyWords:])
		s.Ctr = 0
	}
	s.fill()
}

func (s *State) fill() {
	s.block()
	s.I = 0
	s.N = bufLen
	if s.Ctr == lastCtr-4 {
		s.N = bufLen - keyWords
	}
}

// block computes the four blocks from Ctr on.
func (s *State) block() {
	var key [8]uint32
	for i, k := range s.Key {
		key[2*i], key[2*i+1] = uint32(k), uint32(k>>32)
	}
	for b := range uint32(4) {
		x := [16]uint32{0x61707865, 0x3320646e, 0x79622d32, 0x6b206574,
			key[0], key[1], key[2], key[3], key[4], key[5], key[6], key[7],
			s.Ctr + b, 0, 0, 0}
		for range 4 {
			quarter(&x, 0, 4, 8, 12)
			quarter(&x, 1, 5, 9, 13)
			quarter(&x, 2, 6, 10, 14)
			quarter(&x, 3, 7, 11, 15)
			quarter(&x, 0, 5, 10, 15)
			quarter(&x, 1, 6, 11, 12)
			quarter(&x, 2, 7, 8, 13)
			quarter(&x, 3, 4, 9, 14)
		}
		// Only the key is added back: the rest is known.
		for i := range key {
			x[4+i] += key[i]
		}
		// Word i of block b is the (4i+b)-th of the output.
		for i, w := range x {
			at := 4*uint32(i) + b
			shift := at % 2 * 32
			s.Buf[at/2] = s.Buf[at/2]&^(0xFFFFFFFF<<shift) | uint64(w)<<shift
		}
	}
}

func quarter(x *[16]uint32, a, b, c, d int) {
	x[a] += x[b]
	x[d] = bits.RotateLeft32(x[d]^x[a], 16)
	x[c] += x[d]
	x[b] = bits.RotateLeft32(x[b]^x[c], 12)
	x[a] += x[b]
	x[d] = bits.RotateLeft32(x[d]^x[a], 8)
	x[c] += x[d]
	x[b] = bits.RotateLeft32(x[b]^x[c], 7)
}
