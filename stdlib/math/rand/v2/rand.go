// Package rand has pseudo-random numbers for simulations and the like.  They are
// not for secrets: see crypto/rand.
//
// Numbers come from a [Source], through a [Rand], which one goroutine may use at a
// time.  The functions of the package use the runtime's generator, and
// any goroutine may call them.  [ChaCha8] is a strong source,
// [PCG] a fast one.
//
// The files: rand.go (uniform integers, floats, permutations), dist.go (other
// distributions), pcg.go and chacha8.go (sources).
package rand

import "math/bits"

// Source is a source of uniform random numbers of 64 bits.
type Source interface {
	Uint64() uint64
}

// Rand makes other random numbers from those of a source.
type Rand struct{ src Source }

// New returns a Rand of src.
func New(src Source) *Rand { return &Rand{src} }

type runtimeSource struct{}

func (runtimeSource) Uint64() uint64 { return runtimeRand() }

// global is what the functions of the package use.
var global = &Rand{runtimeSource{}}

// intType is any integer type.
type intType interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// Int64 returns a random int64 that is not negative.
func (r *Rand) Int64() int64 { return int64(r.src.Uint64() &^ (1 << 63)) }

// Uint32 returns a random uint32.
func (r *Rand) Uint32() uint32 { return uint32(r.src.Uint64() >> 32) }

// Uint64 returns a random uint64.
func (r *Rand) Uint64() uint64 { return r.src.Uint64() }

// Int32 returns a random int32 that is not negative.
func (r *Rand) Int32() int32 { return int32(r.src.Uint64() >> 33) }

// Int returns a random int that is not negative.
func (r *Rand) Int() int { return int(uint(r.src.Uint64()) << 1 >> 1) }

// Uint returns a random uint.
func (r *Rand) Uint() uint { return uint(r.src.Uint64()) }

// Int64N returns a random number in [0, n).  It panics if n <= 0.
func (r *Rand) Int64N(n int64) int64 {
	if n <= 0 {
		panic("invalid argument to Int64N")
	}
	return int64(r.uint64n(uint64(n)))
}

// Uint64N returns a random number in [0, n).  It panics if n == 0.
func (r *Rand) Uint64N(n uint64) uint64 {
	if n == 0 {
		panic("invalid argument to Uint64N")
	}
	return r.uint64n(n)
}

// Int32N returns a random number in [0, n).  It panics if n <= 0.
func (r *Rand) Int32N(n int32) int32 {
	if n <= 0 {
		panic("invalid argument to Int32N")
	}
	return int32(r.uint64n(uint64(n)))
}

// Uint32N returns a random number in [0, n).  It panics if n == 0.
func (r *Rand) Uint32N(n uint32) uint32 {
	if n == 0 {
		panic("invalid argument to Uint32N")
	}
	return uint32(r.uint64n(uint64(n)))
}

// IntN returns a random number in [0, n).  It panics if n <= 0.
func (r *Rand) IntN(n int) int {
	if n <= 0 {
		panic("invalid argument to IntN")
	}
	return int(r.uint64n(uint64(n)))
}

// UintN returns a random number in [0, n).  It panics if n == 0.
func (r *Rand) UintN(n uint) uint {
	if n == 0 {
		panic("invalid argument to UintN")
	}
	return uint(r.uint64n(uint64(n)))
}

// N returns a random number in [0, n), of any integer type.  It panics if n <=
// 0.
func (r *Rand) N[Int intType](n Int) Int {
	if n <= 0 {
		panic("invalid argument to N")
	}
	return Int(r.uint64n(uint64(n)))
}

const is32bit = ^uint(0)>>32 == 0

// uint64n returns a random number in [0, n), by the high half of a product
// (Lemire, "Fast Random Integer Generation in an Interval", 2019).  Those of the
// 2^64 numbers that would favour some results, fewer than n, are drawn again.
func (r *Rand) uint64n(n uint64) uint64 {
	if is32bit && n <= 1<<32-1 {
		return uint64(r.uint32n(uint32(n)))
	}
	if n&(n-1) == 0 {
		return r.src.Uint64() & (n - 1)
	}
	hi, lo := bits.Mul64(r.src.Uint64(), n)
	if lo < n {
		surplus := -n % n
		for lo < surplus {
			hi, lo = bits.Mul64(r.src.Uint64(), n)
		}
	}
	return hi
}

// uint32n is uint64n for 32 bits.
func (r *Rand) uint32n(n uint32) uint32 {
	if n&(n-1) == 0 {
		return uint32(r.src.Uint64()) & (n - 1)
	}
	product := uint64(r.Uint32()) * uint64(n)
	if uint32(product) < n {
		surplus := -n % n
		for uint32(product) < surplus {
			product = uint64(r.Uint32()) * uint64(n)
		}
	}
	return uint32(product >> 32)
}

// Float64 returns a random number in [0, 1), one of 2^53.
func (r *Rand) Float64() float64 { return float64(r.src.Uint64()<<11>>11) / (1 << 53) }

// Float32 returns a random number in [0, 1), one of 2^24.
func (r *Rand) Float32() float32 { return float32(r.Uint32()<<8>>8) / (1 << 24) }

// Perm returns the integers in [0, n) in random order.
func (r *Rand) Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	r.Shuffle(n, func(i, j int) { p[i], p[j] = p[j], p[i] })
	return p
}

// Shuffle puts n elements in random order; swap exchanges two of them.  It
// panics if n < 0.
func (r *Rand) Shuffle(n int, swap func(i, j int)) {
	if n < 0 {
		panic("invalid argument to Shuffle")
	}
	// Fisher and Yates.
	for i := n - 1; i > 0; i-- {
		swap(i, int(r.uint64n(uint64(i+1))))
	}
}

// Int64 returns a random int64 that is not negative.
func Int64() int64 { return global.Int64() }

// Uint32 returns a random uint32.
func Uint32() uint32 { return global.Uint32() }

// Uint64 returns a random uint64.
func Uint64() uint64 { return global.Uint64() }

// Int32 returns a random int32 that is not negative.
func Int32() int32 { return global.Int32() }

// Int returns a random int that is not negative.
func Int() int { return global.Int() }

// Uint returns a random uint.
func Uint() uint { return global.Uint() }

// Int64N returns a random number in [0, n).  It panics if n <= 0.
func Int64N(n int64) int64 { return global.Int64N(n) }

// Uint64N returns a random number in [0, n).  It panics if n == 0.
func Uint64N(n uint64) uint64 { return global.Uint64N(n) }

// Int32N returns a random number in [0, n).  It panics if n <= 0.
func Int32N(n int32) int32 { return global.Int32N(n) }

// Uint32N returns a random number in [0, n).  It panics if n == 0.
func Uint32N(n uint32) uint32 { return global.Uint32N(n) }

// IntN returns a random number in [0, n).  It panics if n <= 0.
func IntN(n int) int { return global.IntN(n) }

// UintN returns a random number in [0, n).  It panics if n == 0.
func UintN(n uint) uint { return global.UintN(n) }

// N returns a random number in [0, n), of any integer type.  It panics if n <=
// 0.
func N[Int intType](n Int) Int { return global.N(n) }

// Float64 returns a random number in [0, 1), one of 2^53.
func Float64() float64 { return global.Float64() }

// Float32 returns a random number in [0, 1), one of 2^24.
func Float32() float32 { return global.Float32() }

// Perm returns the integers in [0, n) in random order.
func Perm(n int) []int { return global.Perm(n) }

// Shuffle puts n elements in random order; swap exchanges two of them.  It
// panics if n < 0.
func Shuffle(n int, swap func(i, j int)) { global.Shuffle(n, swap) }

// NormFloat64 returns a random number of the standard normal distribution; see
// [Rand.NormFloat64].
func NormFloat64() float64 { return global.NormFloat64() }

// ExpFloat64 returns a random number of the exponential distribution with rate
// 1; see [Rand.ExpFloat64].
func ExpFloat64() float64 { return global.ExpFloat64() }
