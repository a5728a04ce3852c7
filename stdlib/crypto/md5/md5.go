// Package md5 has the hash function MD5 (RFC 1321).
//
// It is broken: two inputs with the same hash are easily made.  It is here for
// old formats, not for anything that has to be secure.
package md5

import (
	"crypto"
	"encoding/binary"
	"errors"
	"hash"
	"math/bits"
)

func init() { crypto.RegisterHash(crypto.MD5, New) }

// Size is the length of a result in bytes.
const Size = 16

// BlockSize is the length of the blocks that are hashed one by one.
const BlockSize = 64

// A digest is the state after the blocks hashed so far.
type digest struct {
	s   [4]uint32
	x   [BlockSize]byte // the beginning of the next block
	nx  int
	len uint64
}

// Saved states: the magic, s, x with zeros after its nx bytes, len.
const (
	magic         = "md5\x01"
	marshaledSize = len(magic) + 4*4 + BlockSize + 8
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
	d.s = [4]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}
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
	binary.LittleEndian.PutUint64(d.x[BlockSize-8:], length)
	d.blocks(d.x[:])
	for i, v := range d.s {
		binary.LittleEndian.PutUint32(sum[4*i:], v)
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
		return errors.New("crypto/md5: invalid hash state identifier")
	}
	if len(b) != marshaledSize {
		return errors.New("crypto/md5: invalid hash state size")
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

// k has floor(2**32·|sin(i+1)|).
var k = [64]uint32{
	0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
	0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
	0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
	0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
	0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
	0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
	0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
	0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
}

// blocks hashes whole blocks.
func (d *digest) blocks(p []byte) {
	a0, b0, c0, d0 := d.s[0], d.s[1], d.s[2], d.s[3]
	var x [16]uint32
	for len(p) >= BlockSize {
		for i := range x {
			x[i] = binary.LittleEndian.Uint32(p[4*i:])
		}
		p = p[BlockSize:]
		a, b, c, d := a0, b0, c0, d0
		for i := 0; i < 16; i += 4 {
			a = b + bits.RotateLeft32(a+((c^d)&b^d)+k[i&63]+x[i&15], 7)
			d = a + bits.RotateLeft32(d+((b^c)&a^c)+k[(i+1)&63]+x[(i+1)&15], 12)
			c = d + bits.RotateLeft32(c+((a^b)&d^b)+k[(i+2)&63]+x[(i+2)&15], 17)
			b = c + bits.RotateLeft32(b+((d^a)&c^a)+k[(i+3)&63]+x[(i+3)&15], 22)
		}
		for i := 16; i < 32; i += 4 {
			a = b + bits.RotateLeft32(a+((b^c)&d^c)+k[i&63]+x[(5*i+1)&15], 5)
			d = a + bits.RotateLeft32(d+((a^b)&c^b)+k[(i+1)&63]+x[(5*i+6)&15], 9)
			c = d + bits.RotateLeft32(c+((d^a)&b^a)+k[(i+2)&63]+x[(5*i+11)&15], 14)
			b = c + bits.RotateLeft32(b+((c^d)&a^d)+k[(i+3)&63]+x[(5*i+16)&15], 20)
		}
		for i := 32; i < 48; i += 4 {
			a = b + bits.RotateLeft32(a+(b^c^d)+k[i&63]+x[(3*i+5)&15], 4)
			d = a + bits.RotateLeft32(d+(a^b^c)+k[(i+1)&63]+x[(3*i+8)&15], 11)
			c = d + bits.RotateLeft32(c+(d^a^b)+k[(i+2)&63]+x[(3*i+11)&15], 16)
			b = c + bits.RotateLeft32(b+(c^d^a)+k[(i+3)&63]+x[(3*i+14)&15], 23)
		}
		for i := 48; i < 64; i += 4 {
			a = b + bits.RotateLeft32(a+(c^(b|^d))+k[i&63]+x[(7*i)&15], 6)
			d = a + bits.RotateLeft32(d+(b^(a|^c))+k[(i+1)&63]+x[(7*i+7)&15], 10)
			c = d + bits.RotateLeft32(c+(a^(d|^b))+k[(i+2)&63]+x[(7*i+14)&15], 15)
			b = c + bits.RotateLeft32(b+(d^(c|^a))+k[(i+3)&63]+x[(7*i+21)&15], 21)
		}
		a0, b0, c0, d0 = a0+a, b0+b, c0+c, d0+d
	}
	d.s = [4]uint32{a0, b0, c0, d0}
}
