// Package sha512 has the hash functions SHA-512, SHA-384, SHA-512/224 and
// SHA-512/256 (FIPS 180-4).
package sha512

import (
	"crypto"
	"encoding/binary"
	"errors"
	"hash"
	"math/bits"
)

func init() {
	crypto.RegisterHash(crypto.SHA384, New384)
	crypto.RegisterHash(crypto.SHA512, New)
	crypto.RegisterHash(crypto.SHA512_224, New512_224)
	crypto.RegisterHash(crypto.SHA512_256, New512_256)
}

// Lengths in bytes.
const (
	Size    = 64 // of a result of SHA-512
	Size224 = 28 // of SHA-512/224
	Size256 = 32 // of SHA-512/256
	Size384 = 48 // of SHA-384

	BlockSize = 128 // of the blocks that are hashed one by one
)

// A variant is one of the functions: they differ in where they start and in how
// much of the state is the result.
type variant struct {
	size  int
	magic string
	start [8]uint64
}

var (
	sha384 = variant{Size384, "sha\x04", [8]uint64{
		0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
		0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
	}}
	sha512_224 = variant{Size224, "sha\x05", [8]uint64{
		0x8c3d37c819544da2, 0x73e1996689dcd4d6, 0x1dfab7ae32ff9c82, 0x679dd514582f9fcf,
		0x0f6d2b697bd44da8, 0x77e36f7304c48942, 0x3f9d85a86a1d36c8, 0x1112e6ad91d692a1,
	}}
	sha512_256 = variant{Size256, "sha\x06", [8]uint64{
		0x22312194fc2bf72c, 0x9f555fa3c84c64c2, 0x2393b86b6f53b151, 0x963877195940eabd,
		0x96283ee2a88effe3, 0xbe5e1e2553863992, 0x2b0199fc2c85b8aa, 0x0eb72ddc81c52ca2,
	}}
	sha512 = variant{Size, "sha\x07", [8]uint64{
		0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
		0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
	}}
)

// A digest is the state after the blocks hashed so far.
type digest struct {
	v   *variant
	s   [8]uint64
	x   [BlockSize]byte // the beginning of the next block
	nx  int
	len uint64
}

// Saved states: the magic, s, x with zeros after its nx bytes, len.
const marshaledSize = 4 + 8*8 + BlockSize + 8

func newDigest(v *variant) *digest {
	d := &digest{v: v}
	d.Reset()
	return d
}

// New returns a new hash.Hash of SHA-512.  Its state can be saved and restored: it
// implements encoding.BinaryMarshaler, BinaryAppender and BinaryUnmarshaler, and
// hash.Cloner.
func New() hash.Hash { return newDigest(&sha512) }

// New384 returns a new hash.Hash of SHA-384.  Its state can be saved and restored: it
// implements encoding.BinaryMarshaler, BinaryAppender and BinaryUnmarshaler, and
// hash.Cloner.
func New384() hash.Hash { return newDigest(&sha384) }

// New512_224 returns a new hash.Hash of SHA-512/224.  Its state can be saved and restored: it
// implements encoding.BinaryMarshaler, BinaryAppender and BinaryUnmarshaler, and
// hash.Cloner.
func New512_224() hash.Hash { return newDigest(&sha512_224) }

// New512_256 returns a new hash.Hash of SHA-512/256.  Its state can be saved and restored: it
// implements encoding.BinaryMarshaler, BinaryAppender and BinaryUnmarshaler, and
// hash.Cloner.
func New512_256() hash.Hash { return newDigest(&sha512_256) }

// Sum512 returns the SHA-512 hash of data.
func Sum512(data []byte) [Size]byte {
	d := digest{v: &sha512}
	d.Reset()
	d.Write(data)
	sum := d.finish()
	return [Size]byte(sum[:])
}

// Sum384 returns the SHA-384 hash of data.
func Sum384(data []byte) [Size384]byte {
	d := digest{v: &sha384}
	d.Reset()
	d.Write(data)
	sum := d.finish()
	return [Size384]byte(sum[:])
}

// Sum512_224 returns the SHA-512/224 hash of data.
func Sum512_224(data []byte) [Size224]byte {
	d := digest{v: &sha512_224}
	d.Reset()
	d.Write(data)
	sum := d.finish()
	return [Size224]byte(sum[:])
}

// Sum512_256 returns the SHA-512/256 hash of data.
func Sum512_256(data []byte) [Size256]byte {
	d := digest{v: &sha512_256}
	d.Reset()
	d.Write(data)
	sum := d.finish()
	return [Size256]byte(sum[:])
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
	high, length := d.len>>61, d.len<<3
	d.x[d.nx] = 0x80
	d.nx++
	if d.nx > BlockSize-16 {
		clear(d.x[d.nx:])
		d.blocks(d.x[:])
		d.nx = 0
	}
	clear(d.x[d.nx:])
	binary.BigEndian.PutUint64(d.x[BlockSize-16:], high)
	binary.BigEndian.PutUint64(d.x[BlockSize-8:], length)
	d.blocks(d.x[:])
	for i, v := range d.s {
		binary.BigEndian.PutUint64(sum[8*i:], v)
	}
	return
}

func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, marshaledSize))
}

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, d.v.magic...)
	for _, v := range d.s {
		b = binary.BigEndian.AppendUint64(b, v)
	}
	b = append(b, d.x[:d.nx]...)
	b = append(b, make([]byte, BlockSize-d.nx)...)
	return binary.BigEndian.AppendUint64(b, d.len), nil
}

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < 4 || string(b[:4]) != d.v.magic {
		return errors.New("crypto/sha512: invalid hash state identifier")
	}
	if len(b) != marshaledSize {
		return errors.New("crypto/sha512: invalid hash state size")
	}
	b = b[4:]
	for i := range d.s {
		d.s[i] = binary.BigEndian.Uint64(b)
		b = b[8:]
	}
	b = b[copy(d.x[:], b):]
	d.len = binary.BigEndian.Uint64(b)
	d.nx = int(d.len % BlockSize)
	return nil
}

// k has the first 64 bits of the fractional parts of the cube roots of the first 80
// primes.
var k = [80]uint64{
	0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
	0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
	0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
	0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
	0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
	0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
	0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
	0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
	0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
	0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
	0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
	0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
	0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
	0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
	0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
	0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
	0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
	0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
	0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
	0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
}

// blocks hashes whole blocks.
func (d *digest) blocks(p []byte) {
	h0, h1, h2, h3, h4, h5, h6, h7 := d.s[0], d.s[1], d.s[2], d.s[3], d.s[4], d.s[5], d.s[6], d.s[7]
	var w [80]uint64
	for len(p) >= BlockSize {
		for i := range 16 {
			w[i] = binary.BigEndian.Uint64(p[8*i:])
		}
		p = p[BlockSize:]
		for i := 16; i < 80; i++ {
			x, y := w[i-15], w[i-2]
			w[i] = w[i-16] + w[i-7] + (bits.RotateLeft64(x, -1) ^ bits.RotateLeft64(x, -8) ^ x>>7) +
				(bits.RotateLeft64(y, -19) ^ bits.RotateLeft64(y, -61) ^ y>>6)
		}
		a, b, c, d, e, f, g, h := h0, h1, h2, h3, h4, h5, h6, h7
		// Eight rounds at a time, after which each variable is in its place again.
		for i := 0; i < 80; i += 8 {
			w, k := w[i:i+8:i+8], k[i:i+8:i+8]
			h += (bits.RotateLeft64(e, -14) ^ bits.RotateLeft64(e, -18) ^ bits.RotateLeft64(e, -41)) + (e&(f^g) ^ g) + k[0] + w[0]
			d += h
			h += (bits.RotateLeft64(a, -28) ^ bits.RotateLeft64(a, -34) ^ bits.RotateLeft64(a, -39)) + (a&b | c&(a|b))
			g += (bits.RotateLeft64(d, -14) ^ bits.RotateLeft64(d, -18) ^ bits.RotateLeft64(d, -41)) + (d&(e^f) ^ f) + k[1] + w[1]
			c += g
			g += (bits.RotateLeft64(h, -28) ^ bits.RotateLeft64(h, -34) ^ bits.RotateLeft64(h, -39)) + (h&a | b&(h|a))
			f += (bits.RotateLeft64(c, -14) ^ bits.RotateLeft64(c, -18) ^ bits.RotateLeft64(c, -41)) + (c&(d^e) ^ e) + k[2] + w[2]
			b += f
			f += (bits.RotateLeft64(g, -28) ^ bits.RotateLeft64(g, -34) ^ bits.RotateLeft64(g, -39)) + (g&h | a&(g|h))
			e += (bits.RotateLeft64(b, -14) ^ bits.RotateLeft64(b, -18) ^ bits.RotateLeft64(b, -41)) + (b&(c^d) ^ d) + k[3] + w[3]
			a += e
			e += (bits.RotateLeft64(f, -28) ^ bits.RotateLeft64(f, -34) ^ bits.RotateLeft64(f, -39)) + (f&g | h&(f|g))
			d += (bits.RotateLeft64(a, -14) ^ bits.RotateLeft64(a, -18) ^ bits.RotateLeft64(a, -41)) + (a&(b^c) ^ c) + k[4] + w[4]
			h += d
			d += (bits.RotateLeft64(e, -28) ^ bits.RotateLeft64(e, -34) ^ bits.RotateLeft64(e, -39)) + (e&f | g&(e|f))
			c += (bits.RotateLeft64(h, -14) ^ bits.RotateLeft64(h, -18) ^ bits.RotateLeft64(h, -41)) + (h&(a^b) ^ b) + k[5] + w[5]
			g += c
			c += (bits.RotateLeft64(d, -28) ^ bits.RotateLeft64(d, -34) ^ bits.RotateLeft64(d, -39)) + (d&e | f&(d|e))
			b += (bits.RotateLeft64(g, -14) ^ bits.RotateLeft64(g, -18) ^ bits.RotateLeft64(g, -41)) + (g&(h^a) ^ a) + k[6] + w[6]
			f += b
			b += (bits.RotateLeft64(c, -28) ^ bits.RotateLeft64(c, -34) ^ bits.RotateLeft64(c, -39)) + (c&d | e&(c|d))
			a += (bits.RotateLeft64(f, -14) ^ bits.RotateLeft64(f, -18) ^ bits.RotateLeft64(f, -41)) + (f&(g^h) ^ h) + k[7] + w[7]
			e += a
			a += (bits.RotateLeft64(b, -28) ^ bits.RotateLeft64(b, -34) ^ bits.RotateLeft64(b, -39)) + (b&c | d&(b|c))
		}
		h0, h1, h2, h3, h4, h5, h6, h7 = h0+a, h1+b, h2+c, h3+d, h4+e, h5+f, h6+g, h7+h
	}
	d.s = [8]uint64{h0, h1, h2, h3, h4, h5, h6, h7}
}
