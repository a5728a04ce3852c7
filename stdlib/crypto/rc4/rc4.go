// Package rc4 has the stream cipher RC4.
//
// It is broken, and here for old protocols only.
package rc4

import (
	"crypto/internal/alias"
	"strconv"
)

// A Cipher is the cipher with a key, and where it is in the key stream.
type Cipher struct {
	s    [256]uint8
	i, j uint8
}

// KeySizeError is the error for a key of that length.
type KeySizeError int

// Error returns that as text.
func (k KeySizeError) Error() string {
	return "crypto/rc4: invalid key size " + strconv.Itoa(int(k))
}

// NewCipher returns the cipher with a key of 1 to 256 bytes.
func NewCipher(key []byte) (*Cipher, error) {
	n := len(key)
	if n < 1 || n > 256 {
		return nil, KeySizeError(n)
	}
	c := new(Cipher)
	for i := range c.s {
		c.s[i] = uint8(i)
	}
	j := uint8(0)
	for i := range c.s {
		j += c.s[i] + key[i%n]
		c.s[i], c.s[j] = c.s[j], c.s[i]
	}
	return c, nil
}

// Reset makes c useless: its state is zero.
//
// Deprecated: copies of the key may be elsewhere in memory.
func (c *Cipher) Reset() { *c = Cipher{} }

// XORKeyStream xors src with the key stream to dst, which is the same place or does not
// overlap.
func (c *Cipher) XORKeyStream(dst, src []byte) {
	if len(src) == 0 {
		return
	}
	if alias.Inexact(dst[:len(src)], src) {
		panic("crypto/rc4: invalid buffer overlap")
	}
	i, j := c.i, c.j
	for k, v := range src {
		i++
		x := c.s[i]
		j += x
		y := c.s[j]
		c.s[i], c.s[j] = y, x
		dst[k] = v ^ c.s[x+y]
	}
	c.i, c.j = i, j
}
