// run

package main

import (
	"fmt"
	"math"
	"math/cmplx"
)

func main() {
	a, b := complex(3, 4), complex(1, -2)
	fmt.Println(a+b, a-b, a*b, a/b, -a, a == b, a != complex(3, 4))
	fmt.Println(real(a), imag(b), cmplx.Abs(a), cmplx.Conj(a))
	var c64 complex64 = complex64(a)
	c64 *= 2
	fmt.Println(c64, complex128(c64)/b)
	z := complex(0, 0)
	fmt.Println(1/z, z/z)
	inf := math.Inf(1)
	fmt.Println(complex(inf, 0)*complex(1, 0), a/complex(inf, 0))
	m := map[complex128]string{1i: "i", 1: "one"}
	fmt.Println(m[complex(0, 1)], m[1], len(m))
	const k = 2i * 2i
	fmt.Println(k, real(k), fmt.Sprintf("%.1f %v", a, []complex64{1, 2i}))
	println(a, c64)
	x := []complex128{a, b}
	x[1] += 1i
	fmt.Println(x[1], cmplx.Sqrt(-1))
}
