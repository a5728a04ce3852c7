// Package ziggurat has the tables of Marsaglia and Tsang's "The Ziggurat Method
// for Generating Random Variables" (2000) for math/rand and math/rand/v2.
//
// The area under the density is covered by layers of equal size: rectangles,
// and at the bottom one that includes the tail.  A random point in a random
// layer is nearly always under the density, which one comparison tells.
package ziggurat

import (
	"math"
	"sync"
)

// Where the tails begin.
const (
	NormalTail      = 3.442619855899
	ExponentialTail = 7.69711747013104972
)

// Normal is for the half of the normal density, in 128 layers.
type Normal struct {
	K [128]uint32  // a 31-bit number below this is inside for sure
	W [128]float32 // what to multiply it with
	F [128]float32 // the density at the layer's edge
}

// Exponential is for the exponential density, in 256 layers.
type Exponential struct {
	K [256]uint32 // for 32-bit numbers
	W [256]float32
	F [256]float32
}

// NormalTable returns the tables of the normal distribution.
var NormalTable = sync.OnceValue(func() *Normal {
	t := new(Normal)
	density := func(x float64) float64 { return math.Exp(-.5 * x * x) }
	inverse := func(y float64) float64 { return math.Sqrt(-2 * math.Log(y)) }
	fill(t.K[:], t.W[:], t.F[:], NormalTail, 9.91256303526217e-3, 1<<31, density, inverse)
	return t
})

// ExponentialTable returns the tables of the exponential distribution.
var ExponentialTable = sync.OnceValue(func() *Exponential {
	t := new(Exponential)
	density := func(x float64) float64 { return math.Exp(-x) }
	inverse := func(y float64) float64 { return -math.Log(y) }
	fill(t.K[:], t.W[:], t.F[:], ExponentialTail, 3.949659822581572e-3, 1<<32, density, inverse)
	return t
})

// fill computes the tables for layers of the given area; scale is the range of
// the random numbers.
func fill(k []uint32, w, f []float32, tail, area, scale float64, density, inverse func(float64) float64) {
	last := len(k) - 1
	x, prev := tail, tail
	width := area / density(x) // of the bottom layer, if it were a rectangle
	k[0], k[1] = uint32(x/width*scale), 0
	w[0], w[last] = float32(width/scale), float32(x/scale)
	f[0], f[last] = 1, float32(density(x))
	for i := last - 1; i >= 1; i-- {
		x = inverse(area/x + density(x))
		k[i+1] = uint32(x / prev * scale)
		prev = x
		f[i] = float32(density(x))
		w[i] = float32(x / scale)
	}
}
