// Package adler32 has the checksum of RFC 1950: two sums modulo 65521, one of
// the bytes plus 1, one of all the values the first has had.
package adler32

import (
	"errors"
	"hash"
)

// Size is the length of a checksum.
const Size = 4

const (
	mod = 65521 // the largest prime below 2^16
	// batch is how many bytes fit before the second sum can overflow: the largest n
	// with 255·n(n+1)/2 + (n+1)(mod-1) < 2^32.
	batch = 5552
)

// digest is the two sums, the second in the high half.
type digest uint32

// New returns a hash.  It can save and restore its state, as package hash
// says.
func New() hash.Hash32 {
	d := digest(1)
	return &d
}

func (d *digest) Reset()         { *d = 1 }
func (d *digest) Size() int      { return Size }
func (d *digest) BlockSize() int { return 4 }
func (d *digest) Sum32() uint32  { return uint32(*d) }

func update(d digest, p []byte) digest {
	s1, s2 := uint32(d&0xFFFF), uint32(d>>16)
	for len(p) > 0 {
		part := p[:min(len(p), batch)]
		p = p[len(part):]
		for _, c := range part {
			s1 += uint32(c)
			s2 += s1
		}
		s1 %= mod
		s2 %= mod
	}
	return digest(s2<<16 | s1)
}

func (d *digest) Write(p []byte) (n int, err error) {
	*d = update(*d, p)
	return len(p), nil
}

func (d *digest) Sum(in []byte) []byte {
	x := uint32(*d)
	return append(in, byte(x>>24), byte(x>>16), byte(x>>8), byte(x))
}

// Checksum returns the checksum of data.
func Checksum(data []byte) uint32 { return uint32(update(1, data)) }

func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}

// A saved state is magic and the checksum.
const magic = "adl\x01"

func (d *digest) AppendBinary(b []byte) ([]byte, error) { return d.Sum(append(b, magic...)), nil }
func (d *digest) MarshalBinary() ([]byte, error)        { return d.AppendBinary(nil) }

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return errors.New("hash/adler32: invalid hash state identifier")
	}
	if len(b) != len(magic)+Size {
		return errors.New("hash/adler32: invalid hash state size")
	}
	b = b[len(magic):]
	*d = digest(b[0])<<24 | digest(b[1])<<16 | digest(b[2])<<8 | digest(b[3])
	return nil
}
