package rand

import (
	"errors"
	"math/bits"
)

// PCG is O'Neill's permuted congruential generator with 128 bits of state, in
// the form PCG-DXSM.  The zero value is that of NewPCG(0, 0).
type PCG struct{ hi, lo uint64 }

// NewPCG returns a PCG with the given state.
func NewPCG(seed1, seed2 uint64) *PCG { return &PCG{seed1, seed2} }

// Seed sets the state, like [NewPCG].
func (p *PCG) Seed(seed1, seed2 uint64) { *p = PCG{seed1, seed2} }

// Uint64 returns a random number.
func (p *PCG) Uint64() uint64 {
	const (
		mulHi = 2549297995355413924
		mulLo = 4865540595714422341
		incHi = 6364136223846793005
		incLo = 1442695040888963407
		cheap = 0xda942042e4dd58b5
	)
	// state = state·mul + inc, in 128 bits.
	hi, lo := bits.Mul64(p.lo, mulLo)
	hi += p.hi*mulLo + p.lo*mulHi
	lo, carry := bits.Add64(lo, incLo, 0)
	hi, _ = bits.Add64(hi, incHi, carry)
	p.hi, p.lo = hi, lo

	// Double xorshift and multiply.
	hi ^= hi >> 32
	hi *= cheap
	hi ^= hi >> 48
	return hi * (lo | 1)
}

// AppendBinary appends the state to b.
func (p *PCG) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, "pcg:"...)
	return appendBE(appendBE(b, p.hi), p.lo), nil
}

// MarshalBinary returns the state.
func (p *PCG) MarshalBinary() ([]byte, error) { return p.AppendBinary(make([]byte, 0, 20)) }

// UnmarshalBinary sets the state.
func (p *PCG) UnmarshalBinary(data []byte) error {
	if len(data) != 20 || string(data[:4]) != "pcg:" {
		return errors.New("invalid PCG encoding")
	}
	p.hi, p.lo = getBE(data[4:]), getBE(data[12:])
	return nil
}

func appendBE(b []byte, x uint64) []byte {
	return append(b, byte(x>>56), byte(x>>48), byte(x>>40), byte(x>>32), byte(x>>24), byte(x>>16), byte(x>>8), byte(x))
}

func appendLE(b []byte, x uint64) []byte {
	return append(b, byte(x), byte(x>>8), byte(x>>16), byte(x>>24), byte(x>>32), byte(x>>40), byte(x>>48), byte(x>>56))
}

func getBE(b []byte) uint64 {
	x := uint64(0)
	for _, c := range b[:8] {
		x = x<<8 | uint64(c)
	}
	return x
}

func getLE(b []byte) uint64 {
	x := uint64(0)
	for i := 7; i >= 0; i-- {
		x = x<<8 | uint64(b[i])
	}
	return x
}
