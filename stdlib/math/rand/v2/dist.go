package rand

import (
	"internal/ziggurat"
	"math"
)

// NormFloat64 returns a random number of the normal distribution with mean 0
// and standard deviation 1.  For others, multiply by the deviation and add
// the mean.
func (r *Rand) NormFloat64() float64 {
	t := ziggurat.NormalTable()
	for {
		u := r.Uint64()
		j := int32(u)
		i := u >> 32 & 0x7F
		x := float64(j) * float64(t.W[i])
		magnitude := uint32(j)
		if j < 0 {
			magnitude = -magnitude
		}
		if magnitude < t.K[i] {
			return x // under the density for sure
		}
		if i == 0 {
			// The tail (Marsaglia).
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
		u := r.Uint64()
		j := uint32(u)
		i := uint8(u >> 32)
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

// Zipf is a distribution of the integers k in [0, imax] with probabilities
// proportional to (v+k)^-s.
type Zipf struct {
	r            *Rand
	imax         float64
	v            float64
	q            float64 // s
	s            float64 // of the shortcut
	oneMinusQ    float64
	oneMinusQInv float64
	hxm          float64
	hx0MinusHxm  float64
}

// h is the integral of the density, hInv its inverse.
func (z *Zipf) h(x float64) float64 {
	return math.Exp(z.oneMinusQ*math.Log(z.v+x)) * z.oneMinusQInv
}

func (z *Zipf) hInv(x float64) float64 {
	return math.Exp(z.oneMinusQInv*math.Log(z.oneMinusQ*x)) - z.v
}

// NewZipf returns a Zipf distribution; s > 1 and v >= 1, otherwise it returns nil.
func NewZipf(r *Rand, s float64, v float64, imax uint64) *Zipf {
	if s <= 1 || v < 1 {
		return nil
	}
	z := &Zipf{r: r, imax: float64(imax), v: v, q: s}
	z.oneMinusQ = 1 - z.q
	z.oneMinusQInv = 1 / z.oneMinusQ
	z.hxm = z.h(z.imax + 0.5)
	z.hx0MinusHxm = z.h(0.5) - math.Exp(math.Log(z.v)*(-z.q)) - z.hxm
	z.s = 1 - z.hInv(z.h(1.5)-math.Exp(-z.q*math.Log(z.v+1)))
	return z
}

// Uint64 returns a random number of the distribution, by rejection-inversion
// (Hörmann and Derflinger, "Rejection-Inversion to Generate Variates from Monotone
// Discrete Distributions", 1996).
func (z *Zipf) Uint64() uint64 {
	if z == nil {
		panic("rand: nil Zipf")
	}
	for {
		u := z.hxm + z.r.Float64()*z.hx0MinusHxm
		x := z.hInv(u)
		k := math.Floor(x + 0.5)
		if k-x <= z.s || u >= z.h(k+0.5)-math.Exp(-math.Log(k+z.v)*z.q) {
			return uint64(k)
		}
	}
}
