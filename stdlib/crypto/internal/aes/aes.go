// Package aes has the block cipher AES (FIPS 197) for package crypto/aes, in a place
// that the modes in crypto/cipher can see, too.
//
// It uses tables, so that how long it takes depends on key and data through the
// processor's cache.
package aes

import (
	"crypto/internal/alias"
	"encoding/binary"
	"math/bits"
)

// BlockSize is the length of a block in bytes.
const BlockSize = 16

// A Block is the cipher with a key.
type Block struct {
	rounds int
	enc    [60]uint32 // round keys
	dec    [60]uint32 // round keys for decryption, in the order of use
}

// The S-box, its inverse, and the tables of a round: the S-box and MixColumns for each
// byte of a column.
var (
	sbox, invSbox [256]byte
	te, td        [4][256]uint32
)

// mul multiplies in GF(2⁸) with AES' polynomial.
func mul(a, b byte) (p byte) {
	for ; b != 0; b >>= 1 {
		if b&1 != 0 {
			p ^= a
		}
		a = a<<1 ^ a>>7*0x1b
	}
	return
}

func init() {
	// Inverses: 3 generates all elements, and 0xf6 is its inverse.
	p, q := byte(1), byte(1)
	for {
		p = mul(p, 3)
		q = mul(q, 0xf6)
		s := q ^ bits.RotateLeft8(q, 1) ^ bits.RotateLeft8(q, 2) ^ bits.RotateLeft8(q, 3) ^ bits.RotateLeft8(q, 4) ^ 0x63
		sbox[p] = s
		if p == 1 {
			break
		}
	}
	sbox[0] = 0x63
	for i, s := range sbox {
		invSbox[s] = byte(i)
	}
	for i := range 256 {
		s := sbox[i]
		w := uint32(mul(s, 2))<<24 | uint32(s)<<16 | uint32(s)<<8 | uint32(mul(s, 3))
		v := invSbox[i]
		x := uint32(mul(v, 14))<<24 | uint32(mul(v, 9))<<16 | uint32(mul(v, 13))<<8 | uint32(mul(v, 11))
		for k := range 4 {
			te[k][i] = bits.RotateLeft32(w, -8*k)
			td[k][i] = bits.RotateLeft32(x, -8*k)
		}
	}
}

func subWord(w uint32) uint32 {
	return uint32(sbox[w>>24])<<24 | uint32(sbox[w>>16&0xff])<<16 | uint32(sbox[w>>8&0xff])<<8 | uint32(sbox[w&0xff])
}

// New returns the cipher with a key of 16, 24 or 32 bytes.
func New(key []byte) *Block {
	nk := len(key) / 4
	c := &Block{rounds: nk + 6}
	n := 4 * (c.rounds + 1)
	for i := range nk {
		c.enc[i] = binary.BigEndian.Uint32(key[4*i:])
	}
	rcon := byte(1)
	for i := nk; i < n; i++ {
		t := c.enc[i-1]
		if i%nk == 0 {
			t = subWord(bits.RotateLeft32(t, 8)) ^ uint32(rcon)<<24
			rcon = mul(rcon, 2)
		} else if nk > 6 && i%nk == 4 {
			t = subWord(t)
		}
		c.enc[i] = c.enc[i-nk] ^ t
	}
	// Backwards, with MixColumns undone in all but the outer ones.
	for r := 0; r <= c.rounds; r++ {
		for j := range 4 {
			w := c.enc[4*(c.rounds-r)+j]
			if r > 0 && r < c.rounds {
				w = td[0][sbox[w>>24]] ^ td[1][sbox[w>>16&0xff]] ^ td[2][sbox[w>>8&0xff]] ^ td[3][sbox[w&0xff]]
			}
			c.dec[4*r+j] = w
		}
	}
	return c
}

// BlockSize returns the length of a block in bytes.
func (c *Block) BlockSize() int { return BlockSize }

func check(dst, src []byte) {
	if len(src) < BlockSize {
		panic("crypto/aes: input not full block")
	}
	if len(dst) < BlockSize {
		panic("crypto/aes: output not full block")
	}
	if alias.Inexact(dst[:BlockSize], src[:BlockSize]) {
		panic("crypto/aes: invalid buffer overlap")
	}
}

// Encrypt encrypts a block.
func (c *Block) Encrypt(dst, src []byte) {
	check(dst, src)
	k := &c.enc
	s0 := binary.BigEndian.Uint32(src[0:4]) ^ k[0]
	s1 := binary.BigEndian.Uint32(src[4:8]) ^ k[1]
	s2 := binary.BigEndian.Uint32(src[8:12]) ^ k[2]
	s3 := binary.BigEndian.Uint32(src[12:16]) ^ k[3]
	te0, te1, te2, te3 := &te[0], &te[1], &te[2], &te[3]
	i := 4
	for r := 1; r < c.rounds; r++ {
		t0 := te0[s0>>24] ^ te1[s1>>16&0xff] ^ te2[s2>>8&0xff] ^ te3[s3&0xff] ^ k[i]
		t1 := te0[s1>>24] ^ te1[s2>>16&0xff] ^ te2[s3>>8&0xff] ^ te3[s0&0xff] ^ k[i+1]
		t2 := te0[s2>>24] ^ te1[s3>>16&0xff] ^ te2[s0>>8&0xff] ^ te3[s1&0xff] ^ k[i+2]
		t3 := te0[s3>>24] ^ te1[s0>>16&0xff] ^ te2[s1>>8&0xff] ^ te3[s2&0xff] ^ k[i+3]
		s0, s1, s2, s3 = t0, t1, t2, t3
		i += 4
	}
	// The last round has no MixColumns.
	last := func(a, b, c, d uint32) uint32 {
		return uint32(sbox[a>>24])<<24 | uint32(sbox[b>>16&0xff])<<16 | uint32(sbox[c>>8&0xff])<<8 | uint32(sbox[d&0xff])
	}
	binary.BigEndian.PutUint32(dst[0:4], last(s0, s1, s2, s3)^k[i])
	binary.BigEndian.PutUint32(dst[4:8], last(s1, s2, s3, s0)^k[i+1])
	binary.BigEndian.PutUint32(dst[8:12], last(s2, s3, s0, s1)^k[i+2])
	binary.BigEndian.PutUint32(dst[12:16], last(s3, s0, s1, s2)^k[i+3])
}

// Decrypt decrypts a block.
func (c *Block) Decrypt(dst, src []byte) {
	check(dst, src)
	k := &c.dec
	s0 := binary.BigEndian.Uint32(src[0:4]) ^ k[0]
	s1 := binary.BigEndian.Uint32(src[4:8]) ^ k[1]
	s2 := binary.BigEndian.Uint32(src[8:12]) ^ k[2]
	s3 := binary.BigEndian.Uint32(src[12:16]) ^ k[3]
	td0, td1, td2, td3 := &td[0], &td[1], &td[2], &td[3]
	i := 4
	for r := 1; r < c.rounds; r++ {
		t0 := td0[s0>>24] ^ td1[s3>>16&0xff] ^ td2[s2>>8&0xff] ^ td3[s1&0xff] ^ k[i]
		t1 := td0[s1>>24] ^ td1[s0>>16&0xff] ^ td2[s3>>8&0xff] ^ td3[s2&0xff] ^ k[i+1]
		t2 := td0[s2>>24] ^ td1[s1>>16&0xff] ^ td2[s0>>8&0xff] ^ td3[s3&0xff] ^ k[i+2]
		t3 := td0[s3>>24] ^ td1[s2>>16&0xff] ^ td2[s1>>8&0xff] ^ td3[s0&0xff] ^ k[i+3]
		s0, s1, s2, s3 = t0, t1, t2, t3
		i += 4
	}
	last := func(a, b, c, d uint32) uint32 {
		return uint32(invSbox[a>>24])<<24 | uint32(invSbox[b>>16&0xff])<<16 | uint32(invSbox[c>>8&0xff])<<8 | uint32(invSbox[d&0xff])
	}
	binary.BigEndian.PutUint32(dst[0:4], last(s0, s3, s2, s1)^k[i])
	binary.BigEndian.PutUint32(dst[4:8], last(s1, s0, s3, s2)^k[i+1])
	binary.BigEndian.PutUint32(dst[8:12], last(s2, s1, s0, s3)^k[i+2])
	binary.BigEndian.PutUint32(dst[12:16], last(s3, s2, s1, s0)^k[i+3])
}
