// Package hmac has the message authentication code HMAC (FIPS 198, RFC 2104): a
// hash of a message and a key, which only those can make who know the key.
//
// Who checks one computes it again and compares with [Equal], whose time tells
// nothing about where the two differ:
//
//	mac := hmac.New(sha256.New, key)
//	mac.Write(message)
//	valid := hmac.Equal(messageMAC, mac.Sum(nil))
package hmac

import (
	"crypto/subtle"
	"errors"
	"hash"
)

// An hmac computes hash(key ^ 5c…, hash(key ^ 36…, message)).
type hmac struct {
	outerKey, innerKey []byte // a block each
	outer, inner       hash.Hash
}

// New returns a new HMAC with the hash function whose constructor is h and the
// given key.  h must return another hash each time.
func New(h func() hash.Hash, key []byte) hash.Hash {
	m := &hmac{outer: h(), inner: h()}
	if same(m.outer, m.inner) {
		panic("crypto/hmac: hash generation function does not produce unique values")
	}
	size := m.inner.BlockSize()
	if len(key) > size {
		// A key that is too long is hashed.
		m.outer.Write(key)
		key = m.outer.Sum(nil)
	}
	m.outerKey, m.innerKey = make([]byte, size), make([]byte, size)
	copy(m.outerKey, key)
	copy(m.innerKey, key)
	for i := range size {
		m.outerKey[i] ^= 0x5c
		m.innerKey[i] ^= 0x36
	}
	m.Reset()
	return m
}

// same reports whether x and y are one hash.  Types that cannot be compared are
// none that hold state, so they are not.
func same(x, y hash.Hash) (equal bool) {
	defer func() { recover() }()
	return x == y
}

func (m *hmac) Sum(in []byte) []byte {
	n := len(in)
	in = m.inner.Sum(in)
	m.outer.Reset()
	m.outer.Write(m.outerKey)
	m.outer.Write(in[n:])
	return m.outer.Sum(in[:n])
}

func (m *hmac) Write(p []byte) (n int, err error) { return m.inner.Write(p) }

func (m *hmac) Size() int { return m.outer.Size() }

func (m *hmac) BlockSize() int { return m.inner.BlockSize() }

func (m *hmac) Reset() {
	m.inner.Reset()
	m.inner.Write(m.innerKey)
}

type cloneError struct{}

func (cloneError) Error() string { return "crypto/hmac: hash does not support hash.Cloner" }
func (cloneError) Unwrap() error { return errors.ErrUnsupported }

// Clone returns a copy with the same input so far, if the hash can be copied.
func (m *hmac) Clone() (hash.Cloner, error) {
	in, ok := m.inner.(hash.Cloner)
	if !ok {
		return nil, cloneError{}
	}
	inner, err := in.Clone()
	if err != nil {
		return nil, cloneError{}
	}
	out, ok := m.outer.(hash.Cloner)
	if !ok {
		return nil, cloneError{}
	}
	outer, err := out.Clone()
	if err != nil {
		return nil, cloneError{}
	}
	c := *m
	c.inner, c.outer = inner, outer
	return &c, nil
}

// Equal compares two codes in a time that depends on their lengths only.
func Equal(mac1, mac2 []byte) bool { return subtle.ConstantTimeCompare(mac1, mac2) == 1 }
