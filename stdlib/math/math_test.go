package math_test

import (
	"math"
	"math/big"
	"math/rand"
	"testing"
)

// Results are compared by their bits: last digits matter, and so do the signs of zeros.
func TestValues(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		name string
		got  float64
		want uint64
	}{
		{"Exp(1)", math.Exp(1), 0x4005bf0a8b145769},
		{"Exp(-700)", math.Exp(-700), 0x00d14f2b0fb9307f},
		{"Log(10)", math.Log(10), 0x40026bb1bbb55516},
		{"Log2(8)", math.Log2(8), 0x4008000000000000},
		{"Sin(1e22)", math.Sin(1e22), 0xbfeb453ab76bf398},
		{"Cos(1)", math.Cos(1), 0x3fe14a280fb5068c},
		{"Tan(1.5)", math.Tan(1.5), 0x402c33ed50b88777},
		{"Atan2(0,-0)", math.Atan2(0, math.Copysign(0, -1)), 0x400921fb54442d18},
		{"Pow(2,0.5)", math.Pow(2, 0.5), 0x3ff6a09e667f3bcd},
		{"Pow(-8,3)", math.Pow(-8, 3), 0xc080000000000000},
		{"Cbrt(27)", math.Cbrt(27), 0x4008000000000000},
		{"Gamma(5.5)", math.Gamma(5.5), 0x404a2be0247739f2},
		{"Erf(0.5)", math.Erf(0.5), 0x3fe0a7ef5c18edd2},
		{"Floor(-0.5)", math.Floor(-0.5), 0xbff0000000000000},
		{"Ceil(-0.5)", math.Ceil(-0.5), 0x8000000000000000},
		{"Round(2.5)", math.Round(2.5), 0x4008000000000000},
		{"RoundToEven(2.5)", math.RoundToEven(2.5), 0x4000000000000000},
		{"Mod(-7,3)", math.Mod(-7, 3), 0xbff0000000000000},
		{"Remainder(7,4)", math.Remainder(7, 4), 0xbff0000000000000},
		{"Max(NaN,Inf)", math.Max(math.NaN(), inf), 0x7ff0000000000000},
		{"Ldexp", math.Ldexp(0.75, -1074), 0x1},
	} {
		if b := math.Float64bits(c.got); b != c.want {
			t.Errorf("%s = %#016x (%v), want %#016x", c.name, b, c.got, c.want)
		}
	}
}

// Sqrt and FMA are exact, so arithmetic with enough digits must agree.
func TestExact(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	number := func() float64 {
		for {
			f := math.Float64frombits(r.Uint64())
			if r.Intn(2) == 0 {
				f = math.Ldexp(r.Float64()-0.5, r.Intn(80)-40)
			}
			if !math.IsNaN(f) && !math.IsInf(f, 0) {
				return f
			}
		}
	}
	exact := func(f float64) *big.Float { return new(big.Float).SetPrec(4400).SetFloat64(f) }
	for range 5000 {
		x, y := number(), number()
		z := number()
		if r.Intn(2) == 0 {
			z = -x * y // all the product's high digits cancel
			if math.IsInf(z, 0) {
				continue
			}
		}
		sum := exact(x)
		sum.Mul(sum, exact(y)).Add(sum, exact(z))
		if want, _ := sum.Float64(); math.FMA(x, y, z) != want {
			t.Fatalf("FMA(%x, %x, %x) = %x, want %x", x, y, z, math.FMA(x, y, z), want)
		}
		a := math.Abs(x)
		root := new(big.Float).SetPrec(200).SetFloat64(a)
		if want, _ := root.Sqrt(root).Float64(); math.Sqrt(a) != want {
			t.Fatalf("Sqrt(%x) = %x, want %x", a, math.Sqrt(a), want)
		}
	}
}
