// Package pbkdf2 derives keys from passwords (RFC 8018), slowly on purpose, so that trying
// passwords out is slow, too.
package pbkdf2

import (
	"crypto/hmac"
	"errors"
	"hash"
)

// Key returns keyLength bytes, from 1 to 2³²-1 times the size of the hash, derived from a
// password and a salt by iter rounds of HMAC with the hash h.  The salt should have at
// least 8 random bytes; more rounds cost both sides more.
//
//	key, err := pbkdf2.Key(sha1.New, "some password", salt, 4096, 32)
func Key[Hash hash.Hash](h func() Hash, password string, salt []byte, iter, keyLength int) ([]byte, error) {
	if keyLength <= 0 {
		return nil, errors.New("pbkdf2: keyLength must be larger than 0")
	}
	m := hmac.New(func() hash.Hash { return h() }, []byte(password))
	size := m.Size()
	blocks := (uint64(keyLength) + uint64(size) - 1) / uint64(size)
	if blocks > 1<<32-1 {
		return nil, errors.New("pbkdf2: keyLength too long")
	}
	out := make([]byte, 0, blocks*uint64(size))
	u := make([]byte, size)
	for block := uint32(1); block <= uint32(blocks); block++ {
		m.Reset()
		m.Write(salt)
		m.Write([]byte{byte(block >> 24), byte(block >> 16), byte(block >> 8), byte(block)})
		out = m.Sum(out)
		t := out[len(out)-size:]
		copy(u, t)
		for range iter - 1 {
			m.Reset()
			m.Write(u)
			u = m.Sum(u[:0])
			for i := range u {
				t[i] ^= u[i]
			}
		}
	}
	return out[:keyLength], nil
}
