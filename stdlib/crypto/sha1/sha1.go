// Package sha1 has the hash function SHA-1 (RFC 3174).
//
// It is broken: two inputs with the same hash have been made.  It is here for old
// formats, not for anything that has to be secure.
package sha1

import (
	"crypto"
	"encoding/binary"
	"errors"
	"hash"
	"math/bits"
)

func init() { crypto.RegisterHash(crypto.SHA1, New) }

// Size is the length of a result in bytes.
const Size = 20

// BlockSize is the length of the blocks that are hashed one by one.
const BlockSize = 64

// A digest is the state after the blocks hashed so far.
type digest struct {
	s   [5]uint32
	x   [BlockSize]byte // the beginning of the next block
	nx  int
	len uint64
}

// Saved states: the magic, s, x with zeros after its nx bytes, len.
const (
	magic         = "sha\x01"
	marshaledSize = len(magic) + 5*4 + BlockSize + 8
)

// New returns a new hash.Hash.  Its state can be saved and restored: it implements
// encoding.BinaryMarshaler, BinaryAppender and BinaryUnmarshaler, and hash.Cloner.
func New() hash.Hash {
	d := new(digest)
	d.Reset()
	return d
}

// Sum returns the hash of data.
func Sum(data []byte) [Size]byte {
	var d digest
	d.Reset()
	d.Write(data)
	return d.finish()
}

func (d *digest) Reset() {
	d.s = [5]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}
	d.nx = 0
	d.len = 0
}

func (d *digest) Size() int { return Size }

func (d *digest) BlockSize() int { return BlockSize }

func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}

func (d *digest) Write(p []byte) (n int, err error) {
	n = len(p)
	d.len += uint64(n)
	if d.nx > 0 {
		k := copy(d.x[d.nx:], p)
		d.nx += k
		if d.nx < BlockSize {
			return
		}
		d.blocks(d.x[:])
		d.nx = 0
		p = p[k:]
	}
	if len(p) >= BlockSize {
		k := len(p) &^ (BlockSize - 1)
		d.blocks(p[:k])
		p = p[k:]
	}
	d.nx = copy(d.x[:], p)
	return
}

func (d *digest) Sum(in []byte) []byte {
	c := *d // so that writing can go on
	sum := c.finish()
	return append(in, sum[:]...)
}

// finish appends the padding, a one bit, zeros and the length in bits, and returns
// the hash.
func (d *digest) finish() (sum [Size]byte) {
	length := d.len << 3
	d.x[d.nx] = 0x80
	d.nx++
	if d.nx > BlockSize-8 {
		clear(d.x[d.nx:])
		d.blocks(d.x[:])
		d.nx = 0
	}
	clear(d.x[d.nx:])
	binary.BigEndian.PutUint64(d.x[BlockSize-8:], length)
	d.blocks(d.x[:])
	for i, v := range d.s {
		binary.BigEndian.PutUint32(sum[4*i:], v)
	}
	return
}

func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, marshaledSize))
}

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, magic...)
	for _, v := range d.s {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	b = append(b, d.x[:d.nx]...)
	b = append(b, make([]byte, BlockSize-d.nx)...)
	return binary.BigEndian.AppendUint64(b, d.len), nil
}

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return errors.New("crypto/sha1: invalid hash state identifier")
	}
	if len(b) != marshaledSize {
		return errors.New("crypto/sha1: invalid hash state size")
	}
	b = b[len(magic):]
	for i := range d.s {
		d.s[i] = binary.BigEndian.Uint32(b)
		b = b[4:]
	}
	b = b[copy(d.x[:], b):]
	d.len = binary.BigEndian.Uint64(b)
	d.nx = int(d.len % BlockSize)
	return nil
}

// blocks hashes whole blocks.
func (d *digest) blocks(p []byte) {
	h0, h1, h2, h3, h4 := d.s[0], d.s[1], d.s[2], d.s[3], d.s[4]
	var w [80]uint32
	for len(p) >= BlockSize {
		for i := range 16 {
			w[i] = binary.BigEndian.Uint32(p[4*i:])
		}
		for i := 16; i < 80; i++ {
			w[i] = bits.RotateLeft32(w[i-3]^w[i-8]^w[i-14]^w[i-16], 1)
		}
		p = p[BlockSize:]
		a, b, c, d, e := h0, h1, h2, h3, h4
		// Five rounds at a time, after which each variable is in its place again.
		for i := 0; i < 20; i += 5 {
			e += bits.RotateLeft32(a, 5) + (b&(c^d) ^ d) + w[i] + 0x5a827999
			b = bits.RotateLeft32(b, 30)
			d += bits.RotateLeft32(e, 5) + (a&(b^c) ^ c) + w[i+1] + 0x5a827999
			a = bits.RotateLeft32(a, 30)
			c += bits.RotateLeft32(d, 5) + (e&(a^b) ^ b) + w[i+2] + 0x5a827999
			e = bits.RotateLeft32(e, 30)
			b += bits.RotateLeft32(c, 5) + (d&(e^a) ^ a) + w[i+3] + 0x5a827999
			d = bits.RotateLeft32(d, 30)
			a += bits.RotateLeft32(b, 5) + (c&(d^e) ^ e) + w[i+4] + 0x5a827999
			c = bits.RotateLeft32(c, 30)
		}
		for i := 20; i < 40; i += 5 {
			e += bits.RotateLeft32(a, 5) + (b ^ c ^ d) + w[i] + 0x6ed9eba1
			b = bits.RotateLeft32(b, 30)
			d += bits.RotateLeft32(e, 5) + (a ^ b ^ c) + w[i+1] + 0x6ed9eba1
			a = bits.RotateLeft32(a, 30)
			c += bits.RotateLeft32(d, 5) + (e ^ a ^ b) + w[i+2] + 0x6ed9eba1
			e = bits.RotateLeft32(e, 30)
			b += bits.RotateLeft32(c, 5) + (d ^ e ^ a) + w[i+3] + 0x6ed9eba1
			d = bits.RotateLeft32(d, 30)
			a += bits.RotateLeft32(b, 5) + (c ^ d ^ e) + w[i+4] + 0x6ed9eba1
			c = bits.RotateLeft32(c, 30)
		}
		for i := 40; i < 60; i += 5 {
			e += bits.RotateLeft32(a, 5) + (b&c | d&(b|c)) + w[i] + 0x8f1bbcdc
			b = bits.RotateLeft32(b, 30)
			d += bits.RotateLeft32(e, 5) + (a&b | c&(a|b)) + w[i+1] + 0x8f1bbcdc
			a = bits.RotateLeft32(a, 30)
			c += bits.RotateLeft32(d, 5) + (e&a | b&(e|a)) + w[i+2] + 0x8f1bbcdc
			e = bits.RotateLeft32(e, 30)
			b += bits.RotateLeft32(c, 5) + (d&e | a&(d|e)) + w[i+3] + 0x8f1bbcdc
			d = bits.RotateLeft32(d, 30)
			a += bits.RotateLeft32(b, 5) + (c&d | e&(c|d)) + w[i+4] + 0x8f1bbcdc
			c = bits.RotateLeft32(c, 30)
		}
		for i := 60; i < 80; i += 5 {
			e += bits.RotateLeft32(a, 5) + (b ^ c ^ d) + w[i] + 0xca62c1d6
			b = bits.RotateLeft32(b, 30)
			d += bits.RotateLeft32(e, 5) + (a ^ b ^ c) + w[i+1] + 0xca62c1d6
			a = bits.RotateLeft32(a, 30)
			c += bits.RotateLeft32(d, 5) + (e ^ a ^ b) + w[i+2] + 0xca62c1d6
			e = bits.RotateLeft32(e, 30)
			b += bits.RotateLeft32(c, 5) + (d ^ e ^ a) + w[i+3] + 0xca62c1d6
			d = bits.RotateLeft32(d, 30)
			a += bits.RotateLeft32(b, 5) + (c ^ d ^ e) + w[i+4] + 0xca62c1d6
			c = bits.RotateLeft32(c, 30)
		}
		h0, h1, h2, h3, h4 = h0+a, h1+b, h2+c, h3+d, h4+e
	}
	d.s = [5]uint32{h0, h1, h2, h3, h4}
}
