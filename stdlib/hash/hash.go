// Package hash has the interfaces of hash functions.
//
// The hashes of the standard library can save and restore their state: they
// implement encoding.BinaryMarshaler, BinaryAppender and BinaryUnmarshaler, so
// that a common prefix has to be hashed only once.  The form is not changed without
// need, but may contain the input as plain bytes.
package hash

import "io"

// Hash is a hash function.
type Hash interface {
	// Write adds to the input; it never fails.
	io.Writer

	// Sum appends the hash of the input so far to b.  It does not change the
	// state.
	Sum(b []byte) []byte

	// Reset goes back to the state without input.
	Reset()

	// Size returns the number of bytes that Sum appends.
	Size() int

	// BlockSize returns the length that Write likes its input to be a multiple of.
	BlockSize() int
}

// Hash32 is a hash function with a result of 32 bits.
type Hash32 interface {
	Hash
	Sum32() uint32
}

// Hash64 is a hash function with a result of 64 bits.
type Hash64 interface {
	Hash
	Sum64() uint64
}

// Cloner is a hash function whose state can be copied, as those of the standard
// library.  A wrapper of a hash that cannot be copied returns an error that
// wraps errors.ErrUnsupported.
type Cloner interface {
	Hash
	Clone() (Cloner, error)
}

// XOF is a hash function with output of any length.
type XOF interface {
	// Write adds to the input.  It panics after Read.
	io.Writer

	// Read reads output.
	io.Reader

	// Reset goes back to the state without input.
	Reset()

	// BlockSize returns the length that Write likes its input to be a multiple of.
	BlockSize() int
}
