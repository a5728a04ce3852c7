// Package maphash has hash functions for hash tables and the like: quick, equally
// distributed, and different for each seed, so that nobody can choose inputs that
// collide.  They are no cryptographic hashes.
//
// A [Hasher] says how the keys of a table are hashed and compared.
package maphash

import (
	"encoding/binary"
	"hash"
	"internal/abi"
	"math/bits"
	"unsafe"
)

//go:linkname runtimeRand runtime.rand
func runtimeRand() uint64

//go:linkname typehash reflect.typehash
func typehash(t, p unsafe.Pointer, seed uintptr) uintptr

// A Seed chooses one of the hash functions.  Seeds are made by [MakeSeed]; the zero
// value is none.  They mean nothing outside of the process.
type Seed struct {
	s uint64
}

// MakeSeed returns a new random seed.
func MakeSeed() Seed {
	for {
		if s := runtimeRand(); s != 0 {
			return Seed{s}
		}
	}
}

// blockSize is the length of the pieces that input is hashed in.
const blockSize = 128

// A Hash hashes bytes.  The result depends on the seed and the bytes, not on how
// they were written.  The zero value chooses a random seed when it is first used; see
// [Hash.SetSeed].
//
// A Hash is for one goroutine at a time; a seed may be shared.
type Hash struct {
	_     [0]func() // not comparable
	seed  Seed
	state uint64 // after the blocks hashed so far
	buf   [blockSize]byte
	n     int // bytes in buf: a full block waits until there is more
}

// Constants of the mixing: digits of sqrt 2, sqrt 3 and sqrt 5 made odd.
const (
	mix0 = 0x6a09e667f3bcc909
	mix1 = 0xbb67ae8584caa73b
	mix2 = 0x3c6ef372fe94f82b
)

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

// sum hashes at most blockSize bytes, starting with the given state: words are
// multiplied in pairs, as wyhash does.
func sum(state uint64, b []byte) uint64 {
	n := uint64(len(b))
	for len(b) > 16 {
		x := binary.LittleEndian.Uint64(b) ^ mix1
		y := binary.LittleEndian.Uint64(b[8:]) ^ state
		state = mix(x, y)
		b = b[16:]
	}
	var x, y uint64
	switch k := len(b); {
	case k >= 8:
		x = binary.LittleEndian.Uint64(b)
		y = binary.LittleEndian.Uint64(b[k-8:])
	case k >= 4:
		x = uint64(binary.LittleEndian.Uint32(b))
		y = uint64(binary.LittleEndian.Uint32(b[k-4:]))
	case k > 0:
		x = uint64(b[0])<<16 | uint64(b[k/2])<<8 | uint64(b[k-1])
	}
	return mix(mix(x^mix1, y^state)^mix0, n^mix2^state)
}

// start is the state before any input.
func (s Seed) start() uint64 {
	if s.s == 0 {
		panic("maphash: use of uninitialized Seed")
	}
	return mix(s.s^mix0, mix2)
}

func hashBytes(state uint64, b []byte) uint64 {
	for len(b) > blockSize {
		state = sum(state, b[:blockSize])
		b = b[blockSize:]
	}
	return sum(state, b)
}

// Bytes returns the hash of b: that of a [Hash] with the seed to which b was written.
func Bytes(seed Seed, b []byte) uint64 { return hashBytes(seed.start(), b) }

// String returns the hash of s: that of a [Hash] with the seed to which s was written.
func String(seed Seed, s string) uint64 {
	return hashBytes(seed.start(), unsafe.Slice(unsafe.StringData(s), len(s)))
}

// init makes sure that there is a seed.
func (h *Hash) init() {
	if h.seed.s == 0 {
		h.seed = MakeSeed()
		h.state = h.seed.start()
	}
}

// Write adds b to what is hashed.  It never fails.
func (h *Hash) Write(b []byte) (int, error) {
	h.init()
	n := len(b)
	for {
		k := copy(h.buf[h.n:], b)
		h.n += k
		if b = b[k:]; len(b) == 0 {
			return n, nil
		}
		h.state = sum(h.state, h.buf[:])
		h.n = 0
	}
}

// WriteString adds the bytes of s to what is hashed.  It never fails.
func (h *Hash) WriteString(s string) (int, error) {
	return h.Write(unsafe.Slice(unsafe.StringData(s), len(s)))
}

// WriteByte adds b to what is hashed.  It never fails.
func (h *Hash) WriteByte(b byte) error {
	h.init()
	if h.n == blockSize {
		h.state = sum(h.state, h.buf[:])
		h.n = 0
	}
	h.buf[h.n] = b
	h.n++
	return nil
}

// Seed returns the seed.
func (h *Hash) Seed() Seed {
	h.init()
	return h.seed
}

// SetSeed sets the seed and forgets what was written.  The zero Seed panics.
func (h *Hash) SetSeed(seed Seed) {
	h.state = seed.start()
	h.seed = seed
	h.n = 0
}

// Reset forgets what was written; the seed remains.
func (h *Hash) Reset() {
	h.init()
	h.state = h.seed.start()
	h.n = 0
}

// Sum64 returns the hash of what was written.  All its bits are as good as others, so
// it may be cut to any size.
func (h *Hash) Sum64() uint64 {
	h.init()
	return sum(h.state, h.buf[:h.n])
}

// Sum appends the hash to b, its lowest byte first; [Hash.Sum64] is quicker.
func (h *Hash) Sum(b []byte) []byte { return binary.LittleEndian.AppendUint64(b, h.Sum64()) }

// Size returns the length of a hash: 8 bytes.
func (h *Hash) Size() int { return 8 }

// BlockSize returns the length of the pieces that input is hashed in.
func (h *Hash) BlockSize() int { return blockSize }

// Clone returns a copy of h: its seed and what was written.
func (h *Hash) Clone() (hash.Cloner, error) {
	h.init()
	c := *h
	return &c, nil
}

// Comparable returns a hash of v: the same for values that are equal.  That of a
// value that is not equal to itself is random each time.
func Comparable[T comparable](seed Seed, v T) uint64 {
	return sum(mix(seed.s^mix0, mix2), valueBytes(seed, v))
}

// WriteComparable adds x to what is hashed.
func WriteComparable[T comparable](h *Hash, x T) {
	h.init()
	h.Write(valueBytes(h.seed, x))
}

// valueBytes returns 8 bytes that stand for v: its hash as a key of a map, with the
// seed.
func valueBytes[T comparable](seed Seed, v T) []byte {
	n := typehash(unsafe.Pointer(abi.TypeFor[T]()), unsafe.Pointer(&v), uintptr(seed.s))
	return binary.LittleEndian.AppendUint64(nil, uint64(n))
}

// A Hasher is a hash function and an equivalence of values, as a hash table or a
// similar structure needs for its elements.  Values that are equal by Equal must have
// the same effect on the Hash, and both may depend on their arguments only.
//
// Hash writes to its first argument what tells values apart: for each part of the
// value a call of Write, WriteString, WriteByte or [WriteComparable].  Parts that
// Equal does not look at must not be written, those that it treats alike written
// alike; and collections without order can be hashed element by element, each with a
// Hash of the same seed, and the results put together by ^ or +.  As the seed is
// another one in each table, nobody can make values that collide.
//
//	type CaseInsensitive struct{}
//
//	func (CaseInsensitive) Hash(h *maphash.Hash, s string) { h.WriteString(strings.ToLower(s)) }
//	func (CaseInsensitive) Equal(x, y string) bool { return strings.ToLower(x) == strings.ToLower(y) }
type Hasher[T any] interface {
	Hash(*Hash, T)
	Equal(x, y T) bool
}

// ComparableHasher is the [Hasher] whose equivalence is ==.  With a type whose values
// may be uncomparable, like any, both methods may panic.
type ComparableHasher[T comparable] struct {
	_ [0]func(T) // a type of its own for each T, not comparable
}

var _ Hasher[int] = ComparableHasher[int]{}

// Hash writes v by [WriteComparable].
func (ComparableHasher[T]) Hash(h *Hash, v T) { WriteComparable(h, v) }

// Equal returns x == y.
func (ComparableHasher[T]) Equal(x, y T) bool { return x == y }
