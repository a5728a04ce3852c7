// run

// Integers, fractions and floating point numbers of any size.
package main

import (
	"fmt"
	"math/big"
)

// pseudo makes numbers with n words that are the same in every run.
func pseudo(seed uint64, n int) *big.Int {
	words := make([]big.Word, n)
	for i := range words {
		seed ^= seed << 13
		seed ^= seed >> 7
		seed ^= seed << 17
		words[i] = big.Word(seed)
		if seed%5 == 0 {
			words[i] = ^big.Word(0)
		}
	}
	return new(big.Int).SetBits(words)
}

func short(x *big.Int) string {
	s := x.Text(36)
	if len(s) <= 40 {
		return s
	}
	return fmt.Sprintf("%s..%s(%d)", s[:15], s[len(s)-15:], len(s))
}

func piDigits(n int64) string {
	// Machin's formula with integers.
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(n+10), nil)
	arccot := func(x int64) *big.Int {
		sum, term, q := new(big.Int), new(big.Int).Quo(unit, big.NewInt(x)), new(big.Int)
		square := big.NewInt(x * x)
		for k := int64(1); term.Sign() != 0; k += 2 {
			q.Quo(term, big.NewInt(k))
			if k%4 == 1 {
				sum.Add(sum, q)
			} else {
				sum.Sub(sum, q)
			}
			term.Quo(term, square)
		}
		return sum
	}
	pi := new(big.Int).Mul(arccot(5), big.NewInt(16))
	pi.Sub(pi, new(big.Int).Mul(arccot(239), big.NewInt(4)))
	return pi.Quo(pi, big.NewInt(10_000_000_000)).String()
}

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func main() {
	for _, n := range []int{1, 2, 7, 33, 64, 65, 129, 300} {
		a, b := pseudo(uint64(n)+99, 2*n), pseudo(uint64(n)*7+5, n)
		p := new(big.Int).Mul(a, b)
		q, r := new(big.Int).QuoRem(p, pseudo(77, n+1), new(big.Int))
		fmt.Println(n, short(p), short(q), short(r), short(new(big.Int).Sqrt(p)))
		back, ok := new(big.Int).SetString(p.String(), 10)
		fmt.Println(ok, back.Cmp(p), short(new(big.Int).Mul(a, a)))
		x, y := new(big.Int), new(big.Int)
		g := new(big.Int).GCD(x, y, new(big.Int).Mul(p, big.NewInt(60)), new(big.Int).Mul(b, big.NewInt(84)))
		fmt.Println(short(g), short(x), short(y))
		m := pseudo(3, n)
		m.SetBit(m, 0, 1)
		fmt.Println(short(new(big.Int).Exp(a, big.NewInt(65537), m)), short(new(big.Int).Exp(a, b.Rsh(b, uint(64*n-40)), m.Lsh(m, 3))))
		neg := new(big.Int).Neg(a)
		fmt.Println(short(new(big.Int).And(neg, p)), short(new(big.Int).Or(neg, b)), short(new(big.Int).Xor(neg, p)), short(new(big.Int).AndNot(p, neg)), short(new(big.Int).Rsh(neg, 70)))
	}
	fmt.Println(piDigits(200))

	mersenne := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 521), big.NewInt(1))
	fmt.Println(mersenne.ProbablyPrime(10), mersenne.Sub(mersenne, big.NewInt(2)).ProbablyPrime(10))
	fmt.Println(new(big.Int).MulRange(1, 40), new(big.Int).Binomial(90, 45))
	fmt.Println(new(big.Int).ModSqrt(big.NewInt(5), big.NewInt(41)), new(big.Int).ModInverse(big.NewInt(3), big.NewInt(40)), big.Jacobi(big.NewInt(30), big.NewInt(77)))
	v := big.NewInt(-255)
	fmt.Printf("%d|%x|%#X|%+d|%10d|%-10d|%010d|%.8o|%O|%b|%s\n", v, v, v, v, v, v, v, v, v, v, v)

	h := new(big.Rat)
	for i := int64(1); i <= 50; i++ {
		h.Add(h, big.NewRat(1, i))
	}
	f, exact := h.Float64()
	fmt.Println(h, h.FloatString(30), f, exact)
	for _, s := range []string{"3/-4", "6/8", "0x1p-3", "-1.25e3", "1_000/3", "1/0", "22/7 "} {
		r, ok := new(big.Rat).SetString(s)
		fmt.Println(s, r, ok)
	}

	for mode := big.ToNearestEven; mode <= big.ToPositiveInf; mode++ {
		x := new(big.Float).SetPrec(10).SetMode(mode)
		x.Quo(big.NewFloat(2), big.NewFloat(3))
		y := new(big.Float).SetPrec(10).SetMode(mode).SetFloat64(-1000.625)
		fmt.Println(mode, x, x.Acc(), y, y.Acc())
	}
	two := new(big.Float).SetPrec(300).SetInt64(2)
	root := new(big.Float).Sqrt(two)
	fmt.Println(root.Text('f', 80))
	fmt.Printf("%g|%.20e|%20.5f|%-12.3g|%x|%s|%b\n", root, root, root, root, big.NewFloat(2.75), big.NewFloat(2.75).Text('p', 0), big.NewFloat(2.75))
	z, base, err := big.ParseFloat("0x1.8p-1000", 0, 60, big.ToZero)
	fmt.Println(z, base, err)
	_, _, err = big.ParseFloat("1.5z", 10, 60, big.ToZero)
	fmt.Println(err)

	try("quo", func() { new(big.Int).Quo(v, new(big.Int)) })
	try("sqrt", func() { new(big.Int).Sqrt(v) })
	try("text", func() { v.Text(99) })
	inf := new(big.Float).SetInf(false)
	try("inf", func() { new(big.Float).Sub(inf, inf) })
	fmt.Println(new(big.Int).UnmarshalText([]byte("12z")))
}
