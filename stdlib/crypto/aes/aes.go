// Package aes has the block cipher AES (FIPS 197).
//
// The implementation uses tables, so that its time depends on key and data.
package aes

import (
	"crypto/cipher"
	"crypto/internal/aes"
	"strconv"
)

// BlockSize is the length of a block in bytes.
const BlockSize = 16

// KeySizeError is the error for a key of that length.
type KeySizeError int

// Error returns that as text.
func (k KeySizeError) Error() string {
	return "crypto/aes: invalid key size " + strconv.Itoa(int(k))
}

// NewCipher returns the cipher with a key of 16, 24 or 32 bytes: AES-128, AES-192 or
// AES-256.
func NewCipher(key []byte) (cipher.Block, error) {
	switch len(key) {
	case 16, 24, 32:
		return aes.New(key), nil
	}
	return nil, KeySizeError(len(key))
}
