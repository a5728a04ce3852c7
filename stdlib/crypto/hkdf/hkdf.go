// Package hkdf derives keys from secrets by HMAC (RFC 5869): from one secret, which need
// not be equally distributed, any number of keys for different uses.
package hkdf

import (
	"crypto/hmac"
	"errors"
	"hash"
)

// plain turns h, whose results may have a type of their own, to what hmac takes.
func plain[H hash.Hash](h func() H) func() hash.Hash { return func() hash.Hash { return h() } }

// Extract returns a pseudorandom key for [Expand], made of a secret and a salt, which may
// be nil.  It is for who calls Expand several times; others call [Key].
func Extract[H hash.Hash](h func() H, secret, salt []byte) ([]byte, error) {
	if salt == nil {
		salt = make([]byte, h().Size())
	}
	m := hmac.New(plain(h), salt)
	m.Write(secret)
	return m.Sum(nil), nil
}

// Expand returns keyLength bytes derived from a key that [Extract] made, or that is as good,
// and from info, which says what they are for.
func Expand[H hash.Hash](h func() H, pseudorandomKey []byte, info string, keyLength int) ([]byte, error) {
	if keyLength > h().Size()*255 {
		return nil, errors.New("hkdf: requested key length too large")
	}
	out := make([]byte, 0, keyLength)
	m := hmac.New(plain(h), pseudorandomKey)
	var block []byte
	for counter := byte(1); len(out) < keyLength; counter++ {
		m.Reset()
		m.Write(block)
		m.Write([]byte(info))
		m.Write([]byte{counter})
		block = m.Sum(block[:0])
		out = append(out, block[:min(len(block), keyLength-len(out))]...)
	}
	return out, nil
}

// Key returns keyLength bytes derived from a secret, a salt and info, which says what they
// are for; salt and info may be empty.
func Key[Hash hash.Hash](h func() Hash, secret, salt []byte, info string, keyLength int) ([]byte, error) {
	if keyLength > h().Size()*255 {
		return nil, errors.New("hkdf: requested key length too large")
	}
	prk, err := Extract(h, secret, salt)
	if err != nil {
		return nil, err
	}
	return Expand(h, prk, info, keyLength)
}
