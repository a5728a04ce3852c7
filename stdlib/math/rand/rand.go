// Package rand has pseudo-random numbers for simulations and the like.  They are
// not for secrets: see crypto/rand.  New programs use math/rand/v2.
//
// Numbers come from a [Source], through a [Rand], which one goroutine may use at a
// time.  The functions of the package use the runtime's generator, and any
// goroutine may call them.
package rand

import (
	"internal/ziggurat"
	"math"
)

// Source is a source of uniform random numbers of 63 bits.
type Source interface {
	Int63() int64
	Seed(seed int64)
}

// Source64 is a [Source] that also has 64 bits at once.
type Source64 interface {
	Source
	Uint64() uint64
}

// NewSource returns a source with the given seed.  It is a [Source64].
func NewSource(seed int64) Source {
	s := new(lagged)
	s.Seed(seed)
	return s
}

// lagged is the additive lagged Fibonacci generator of Mitchell and Reeds: each
// number is the sum of those 607 and 273 steps before.
type lagged struct {
	state [stateLen]uint64
	tap   int // both run downwards
	feed  int
}

const (
	stateLen = 607
	lag      = 273
	prime    = 1<<31 - 1
)

// Seed fills the state from a generator of Lehmer's, mixed with constants.
func (s *lagged) Seed(seed int64) {
	s.tap, s.feed = 0, stateLen-lag
	seed %= prime
	if seed < 0 {
		seed += prime
	}
	if seed == 0 {
		seed = 89482311
	}
	x := seed
	next := func() uint64 {
		x = x * 48271 % prime
		return uint64(x)
	}
	for range 20 {
		next()
	}
	for i := range s.state {
		u := next() << 40
		u ^= next() << 20
		u ^= next()
		s.state[i] = u ^ unseeded[i]
	}
}

func (s *lagged) Int63() int64 { return int64(s.Uint64() &^ (1 << 63)) }

func (s *lagged) Uint64() uint64 {
	if s.tap--; s.tap < 0 {
		s.tap += stateLen
	}
	if s.feed--; s.feed < 0 {
		s.feed += stateLen
	}
	x := s.state[s.feed] + s.state[s.tap]
	s.state[s.feed] = x
	return x
}

// Rand makes other random numbers from those of a source.
type Rand struct {
	src   Source
	src64 Source64 // src, if it is one
	// Bits of a number that Read has not used yet.
	readVal int64
	readPos int8 // bytes left in readVal
}

// New returns a Rand of src.
func New(src Source) *Rand {
	src64, _ := src.(Source64)
	return &Rand{src: src, src64: src64}
}

// Seed seeds the source.  It must not run at the same time as another method.
func (r *Rand) Seed(seed int64) {
	r.src.Seed(seed)
	r.readPos = 0
}

// Int63 returns a random int64 that is not negative.
func (r *Rand) Int63() int64 { return r.src.Int63() }

// Uint32 returns a random uint32.
func (r *Rand) Uint32() uint32 { return uint32(r.Int63() >> 31) }

// Uint64 returns a random uint64.
func (r *Rand) Uint64() uint64 {
	if r.src64 != nil {
		return r.src64.Uint64()
	}
	return uint64(r.Int63())>>31 | uint64(r.Int63())<<32
}

// Int31 returns a random int32 that is not negative.
func (r *Rand) Int31() int32 { return int32(r.Int63() >> 32) }

// Int returns a random int that is not negative.
func (r *Rand) Int() int { return int(uint(r.Int63()) << 1 >> 1) }

// Int63n returns a random number in [0, n).  It panics if n <= 0.
func (r *Rand) Int63n(n int64) int64 {
	if n <= 0 {
		panic("invalid argument to Int63n")
	}
	if n&(n-1) == 0 {
		return r.Int63() & (n - 1)
	}
	// Numbers beyond the last multiple of n are drawn again.
	last := int64(1<<63 - 1 - uint64(1<<63)%uint64(n))
	v := r.Int63()
	for v > last {
		v = r.Int63()
	}
	return v % n
}

// Int31n returns a random number in [0, n).  It panics if n <= 0.
func (r *Rand) Int31n(n int32) int32 {
	if n <= 0 {
		panic("invalid argument to Int31n")
	}
	if n&(n-1) == 0 {
		return r.Int31() & (n - 1)
	}
	last := int32(1<<31 - 1 - uint32(1<<31)%uint32(n))
	v := r.Int31()
	for v > last {
		v = r.Int31()
	}
	return v % n
}

// int31n is Int31n by the high half of a product, which is faster, but gives
// other numbers: Int31n must keep its sequences.
func (r *Rand) int31n(n int32) int32 {
	product := uint64(r.Uint32()) * uint64(n)
	if low := uint32(product); low < uint32(n) {
		surplus := uint32(-n) % uint32(n)
		for low < surplus {
			product = uint64(r.Uint32()) * uint64(n)
			low = uint32(product)
		}
	}
	return int32(product >> 32)
}

// Intn returns a random number in [0, n).  It panics if n <= 0.
func (r *Rand) Intn(n int) int {
	if n <= 0 {
		panic("invalid argument to Intn")
	}
	if n <= 1<<31-1 {
		return int(r.Int31n(int32(n)))
	}
	return int(r.Int63n(int64(n)))
}

// Float64 returns a random number in [0, 1).
func (r *Rand) Float64() float64 {
	// 63 bits can round to 1.
	for {
		if f := float64(r.Int63()) / (1 << 63); f != 1 {
			return f
		}
	}
}

// Float32 returns a random number in [0, 1).
func (r *Rand) Float32() float32 {
	for {
		if f := float32(r.Float64()); f != 1 {
			return f
		}
	}
}

// Perm returns the integers in [0, n) in random order.
func (r *Rand) Perm(n int) []int {
	p := make([]int, n)
	// It begins at 0, which draws a number for nothing: the sequences must stay.
	for i := range p {
		j := r.Intn(i + 1)
		p[i] = p[j]
		p[j] = i
	}
	return p
}

// Shuffle puts n elements in random order; swap exchanges two of them.  It
// panics if n < 0.
func (r *Rand) Shuffle(n int, swap func(i, j int)) {
	if n < 0 {
		panic("invalid argument to Shuffle")
	}
	i := n - 1
	for ; i > 1<<31-2; i-- {
		swap(i, int(r.Int63n(int64(i+1))))
	}
	for ; i > 0; i-- {
		swap(i, int(r.int31n(int32(i+1))))
	}
}

// Read fills p with random bytes.  It never fails.  It must not run at the same
// time as another method.
func (r *Rand) Read(p []byte) (n int, err error) {
	return read(p, r.src, &r.readVal, &r.readPos)
}

// read takes seven bytes from each number.
func read(p []byte, src Source, val *int64, pos *int8) (int, error) {
	for n := range p {
		if *pos == 0 {
			*val = src.Int63()
			*pos = 7
		}
		p[n] = byte(*val)
		*val >>= 8
		*pos--
	}
	return len(p), nil
}

// NormFloat64 returns a random number of the normal distribution with mean 0
// and standard deviation 1.  For others, multiply by the deviation and add
// the mean.
func (r *Rand) NormFloat64() float64 {
	t := ziggurat.NormalTable()
	for {
		j := int32(r.Uint32())
		i := j & 0x7F
		x := float64(j) * float64(t.W[i])
		magnitude := uint32(j)
		if j < 0 {
			magnitude = -magnitude
		}
		if magnitude < t.K[i] {
			return x
		}
		if i == 0 {
			for {
				x = -math.Log(r.Float64()) * (1.0 / ziggurat.NormalTail)
				y := -math.Log(r.Float64())
				if y+y >= x*x {
					break
				}
			}
			if j > 0 {
				return ziggurat.NormalTail + x
			}
			return -ziggurat.NormalTail - x
		}
		if t.F[i]+float32(r.Float64())*(t.F[i-1]-t.F[i]) < float32(math.Exp(-.5*x*x)) {
			return x
		}
	}
}

// ExpFloat64 returns a random number of the exponential distribution with rate
// 1, and so mean 1.  For others, divide by the rate.
func (r *Rand) ExpFloat64() float64 {
	t := ziggurat.ExponentialTable()
	for {
		j := r.Uint32()
		i := j & 0xFF
		x := float64(j) * float64(t.W[i])
		if j < t.K[i] {
			return x
		}
		if i == 0 {
			return ziggurat.ExponentialTail - math.Log(r.Float64())
		}
		if t.F[i]+float32(r.Float64())*(t.F[i-1]-t.F[i]) < float32(math.Exp(-x)) {
			return x
		}
	}
}

// runtimeSource is the source of the package's functions.
type runtimeSource struct{}

func (runtimeSource) Int63() int64   { return int64(runtimeRand() &^ (1 << 63)) }
func (runtimeSource) Uint64() uint64 { return runtimeRand() }
func (runtimeSource) Seed(int64)     {}

var global = New(runtimeSource{})

// Seed does nothing: the functions of the package are always seeded at random.
//
// Deprecated: for a fixed sequence, use a [Rand] of a source of your own.
func Seed(seed int64) {}

// Int63 returns a random int64 that is not negative.
func Int63() int64 { return global.Int63() }

// Uint32 returns a random uint32.
func Uint32() uint32 { return global.Uint32() }

// Uint64 returns a random uint64.
func Uint64() uint64 { return global.Uint64() }

// Int31 returns a random int32 that is not negative.
func Int31() int32 { return global.Int31() }

// Int returns a random int that is not negative.
func Int() int { return global.Int() }

// Int63n returns a random number in [0, n).  It panics if n <= 0.
func Int63n(n int64) int64 { return global.Int63n(n) }

// Int31n returns a random number in [0, n).  It panics if n <= 0.
func Int31n(n int32) int32 { return global.Int31n(n) }

// Intn returns a random number in [0, n).  It panics if n <= 0.
func Intn(n int) int { return global.Intn(n) }

// Float64 returns a random number in [0, 1).
func Float64() float64 { return global.Float64() }

// Float32 returns a random number in [0, 1).
func Float32() float32 { return global.Float32() }

// Perm returns the integers in [0, n) in random order.
func Perm(n int) []int { return global.Perm(n) }

// Shuffle puts n elements in random order; swap exchanges two of them.  It
// panics if n < 0.
func Shuffle(n int, swap func(i, j int)) { global.Shuffle(n, swap) }

// Read fills p with random bytes.  It never fails.
//
// Deprecated: nearly always crypto/rand is the right one.
func Read(p []byte) (n int, err error) {
	// Not global.Read: nothing may be kept from one call to the next.
	var val int64
	var pos int8
	return read(p, global.src, &val, &pos)
}

// NormFloat64 returns a random number of the standard normal distribution; see
// [Rand.NormFloat64].
func NormFloat64() float64 { return global.NormFloat64() }

// ExpFloat64 returns a random number of the exponential distribution with rate
// 1; see [Rand.ExpFloat64].
func ExpFloat64() float64 { return global.ExpFloat64() }
