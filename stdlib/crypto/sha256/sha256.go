// Package sha256 has the hash functions SHA-256 and SHA-224 (FIPS 180-4).
package sha256

import (
	"crypto"
	"encoding/binary"
	"errors"
	"hash"
	"math/bits"
)

func init() {
	crypto.RegisterHash(crypto.SHA224, New224)
	crypto.RegisterHash(crypto.SHA256, New)
}

// Size is the length of a result of SHA-256 in bytes.
const Size = 32

// Size224 is the length of a result of SHA-224 in bytes.
const Size224 = 28

// BlockSize is the length of the blocks that are hashed one by one.
const BlockSize = 64

// A variant is one of the functions: they differ in where they start and in how
// much of the state is the result.
type variant struct {
	size  int
	magic string
	start [8]uint32
}

var (
	sha224 = variant{Size224, "sha\x02", [8]uint32{
		0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939,
		0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
	}}
	sha256 = variant{Size, "sha\x03", [8]uint32{
		0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
		0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
	}}
)

// A digest is the state after the blocks hashed so far.
type digest struct {
	v   *variant
	s   [8]uint32
	x   [BlockSize]byte // the beginning of the next block
	nx  int
	len uint64
}

// Saved states: the magic, s, x with zeros after its nx bytes, len.
const marshaledSize = 4 + 8*4 + BlockSize + 8

func newDigest(v *variant) *digest {
	d := &digest{v: v}
	d.Reset()
	return d
}

// New returns a new hash.Hash of SHA-256.  Its state can be saved and restored: it
// implements encoding.BinaryMarshaler, BinaryAppender and BinaryUnmarshaler, and
// hash.Cloner.
func New() hash.Hash { return newDigest(&sha256) }

// New224 returns a new hash.Hash of SHA-224.  Its state can be saved and restored: it
// implements encoding.BinaryMarshaler, BinaryAppender and BinaryUnmarshaler, and
// hash.Cloner.
func New224() hash.Hash { return newDigest(&sha224) }

// Sum256 returns the SHA-256 hash of data.
func Sum256(data []byte) [Size]byte {
	d := digest{v: &sha256}
	d.Reset()
	d.Write(data)
	sum := d.finish()
	return [Size]byte(sum[:])
}

// Sum224 returns the SHA-224 hash of data.
func Sum224(data []byte) [Size224]byte {
	d := digest{v: &sha224}
	d.Reset()
	d.Write(data)
	sum := d.finish()
	return [Size224]byte(sum[:])
}

func (d *digest) Reset() {
	d.s = d.v.start
	d.nx = 0
	d.len = 0
}

func (d *digest) Size() int { return d.v.size }

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
	return append(in, sum[:d.v.size]...)
}

// finish appends the padding, a one bit, zeros and the length in bits, and returns
// the hash, which may be only the beginning of the sum.
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
	b = append(b, d.v.magic...)
	for _, v := range d.s {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	b = append(b, d.x[:d.nx]...)
	b = append(b, make([]byte, BlockSize-d.nx)...)
	return binary.BigEndian.AppendUint64(b, d.len), nil
}

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < 4 || string(b[:4]) != d.v.magic {
		return errors.New("crypto/sha256: invalid hash state identifier")
	}
	if len(b) != marshaledSize {
		return errors.New("crypto/sha256: invalid hash state size")
	}
	b = b[4:]
	for i := range d.s {
		d.s[i] = binary.BigEndian.Uint32(b)
		b = b[4:]
	}
	b = b[copy(d.x[:], b):]
	d.len = binary.BigEndian.Uint64(b)
	d.nx = int(d.len % BlockSize)
	return nil
}

// k has the first 32 bits of the fractional parts of the cube roots of the first 64
// primes.
var k = [64]uint32{
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
}

// blocks hashes whole blocks.
func (d *digest) blocks(p []byte) {
	h0, h1, h2, h3, h4, h5, h6, h7 := d.s[0], d.s[1], d.s[2], d.s[3], d.s[4], d.s[5], d.s[6], d.s[7]
	var w [64]uint32
	for len(p) >= BlockSize {
		for i := range 16 {
			w[i] = binary.BigEndian.Uint32(p[4*i:])
		}
		p = p[BlockSize:]
		for i := 16; i < 64; i++ {
			x, y := w[i-15], w[i-2]
			w[i] = w[i-16] + w[i-7] + (bits.RotateLeft32(x, -7) ^ bits.RotateLeft32(x, -18) ^ x>>3) +
				(bits.RotateLeft32(y, -17) ^ bits.RotateLeft32(y, -19) ^ y>>10)
		}
		a, b, c, d, e, f, g, h := h0, h1, h2, h3, h4, h5, h6, h7
		// Eight rounds at a time, after which each variable is in its place again.
		for i := 0; i < 64; i += 8 {
			w, k := w[i:i+8:i+8], k[i:i+8:i+8]
			h += (bits.RotateLeft32(e, -6) ^ bits.RotateLeft32(e, -11) ^ bits.RotateLeft32(e, -25)) + (e&(f^g) ^ g) + k[0] + w[0]
			d += h
			h += (bits.RotateLeft32(a, -2) ^ bits.RotateLeft32(a, -13) ^ bits.RotateLeft32(a, -22)) + (a&b | c&(a|b))
			g += (bits.RotateLeft32(d, -6) ^ bits.RotateLeft32(d, -11) ^ bits.RotateLeft32(d, -25)) + (d&(e^f) ^ f) + k[1] + w[1]
			c += g
			g += (bits.RotateLeft32(h, -2) ^ bits.RotateLeft32(h, -13) ^ bits.RotateLeft32(h, -22)) + (h&a | b&(h|a))
			f += (bits.RotateLeft32(c, -6) ^ bits.RotateLeft32(c, -11) ^ bits.RotateLeft32(c, -25)) + (c&(d^e) ^ e) + k[2] + w[2]
			b += f
			f += (bits.RotateLeft32(g, -2) ^ bits.RotateLeft32(g, -13) ^ bits.RotateLeft32(g, -22)) + (g&h | a&(g|h))
			e += (bits.RotateLeft32(b, -6) ^ bits.RotateLeft32(b, -11) ^ bits.RotateLeft32(b, -25)) + (b&(c^d) ^ d) + k[3] + w[3]
			a += e
			e += (bits.RotateLeft32(f, -2) ^ bits.RotateLeft32(f, -13) ^ bits.RotateLeft32(f, -22)) + (f&g | h&(f|g))
			d += (bits.RotateLeft32(a, -6) ^ bits.RotateLeft32(a, -11) ^ bits.RotateLeft32(a, -25)) + (a&(b^c) ^ c) + k[4] + w[4]
			h += d
			d += (bits.RotateLeft32(e, -2) ^ bits.RotateLeft32(e, -13) ^ bits.RotateLeft32(e, -22)) + (e&f | g&(e|f))
			c += (bits.RotateLeft32(h, -6) ^ bits.RotateLeft32(h, -11) ^ bits.RotateLeft32(h, -25)) + (h&(a^b) ^ b) + k[5] + w[5]
			g += c
			c += (bits.RotateLeft32(d, -2) ^ bits.RotateLeft32(d, -13) ^ bits.RotateLeft32(d, -22)) + (d&e | f&(d|e))
			b += (bits.RotateLeft32(g, -6) ^ bits.RotateLeft32(g, -11) ^ bits.RotateLeft32(g, -25)) + (g&(h^a) ^ a) + k[6] + w[6]
			f += b
			b += (bits.RotateLeft32(c, -2) ^ bits.RotateLeft32(c, -13) ^ bits.RotateLeft32(c, -22)) + (c&d | e&(c|d))
			a += (bits.RotateLeft32(f, -6) ^ bits.RotateLeft32(f, -11) ^ bits.RotateLeft32(f, -25)) + (f&(g^h) ^ h) + k[7] + w[7]
			e += a
			a += (bits.RotateLeft32(b, -2) ^ bits.RotateLeft32(b, -13) ^ bits.RotateLeft32(b, -22)) + (b&c | d&(b|c))
		}
		h0, h1, h2, h3, h4, h5, h6, h7 = h0+a, h1+b, h2+c, h3+d, h4+e, h5+f, h6+g, h7+h
	}
	d.s = [8]uint32{h0, h1, h2, h3, h4, h5, h6, h7}
}
