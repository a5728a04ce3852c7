// run

// Conversions of floats out of range, complex division, shifts by huge counts, NaN keys.
package main

import (
	"fmt"
	"math"
	"math/cmplx"
)

//go:noinline
func f2i(f float64) (int8, int16, int32, int64, int) {
	return int8(f), int16(f), int32(f), int64(f), int(f)
}

//go:noinline
func f2u(f float64) (uint8, uint16, uint32, uint64, uint, uintptr) {
	return uint8(f), uint16(f), uint32(f), uint64(f), uint(f), uintptr(f)
}

//go:noinline
func f32i(f float32) (int8, int16, int32, int64, uint8, uint16, uint32, uint64) {
	return int8(f), int16(f), int32(f), int64(f), uint8(f), uint16(f), uint32(f), uint64(f)
}

//go:noinline
func i2f(i int64, u uint64) (float32, float64, float32, float64) {
	return float32(i), float64(i), float32(u), float64(u)
}

//go:noinline
func div(a, b complex128) complex128 { return a / b }

//go:noinline
func div64(a, b complex64) complex64 { return a / b }

//go:noinline
func mul(a, b complex128) complex128 { return a * b }

//go:noinline
func shl[T int8 | int | uint16 | uint64](x T, n uint64) (T, T) { return x << n, x >> n }

//go:noinline
func shs(x int, n int) (r int) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(e)
		}
	}()
	return x << n
}

//go:noinline
func shs8(x int32, n int8) (r int32) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(e)
		}
	}()
	x >>= n
	return x
}

//go:noinline
func sh8(x uint32, n uint8) (uint32, uint32) { return x << n, x >> n }

func main() {
	inf, nan := math.Inf(1), math.NaN()
	fs := []float64{0, -0.0, 1.9, -1.9, 127.5, 128, -128.9, -129, 255.9, 256, 32768, 65536, -32769, 2147483647.5, 2147483648, -2147483649, 4294967295.5, 4294967296, 9.2e18, 9223372036854775807, 9223372036854775808, 1.8e19, 18446744073709551615, 1e20, -1e20, inf, -inf, nan, 1e-300, -0.5, -1e10}
	for _, f := range fs {
		fmt.Println(f)
		fmt.Println(f2i(f))
		fmt.Println(f2u(f))
		fmt.Println(f32i(float32(f)))
	}
	for _, i := range []int64{0, 1, -1, math.MaxInt64, math.MinInt64, 1<<53 + 1, 1<<24 + 1, -(1<<53 + 1), 9007199791611905, 1<<62 + 1<<9} {
		fmt.Println(i2f(i, uint64(i)))
	}
	cs := []complex128{0, 1, 1i, 1 + 1i, complex(inf, 0), complex(0, inf), complex(nan, 0), complex(inf, nan), complex(-inf, inf), complex(0, nan), complex(1e300, 1e300), complex(-0.0, 1e-310), complex(math.Copysign(0, -1), 0)}
	for _, a := range cs {
		for _, b := range cs {
			fmt.Println(a, b, div(a, b), mul(a, b), div64(complex64(a), complex64(b)), a == b, a != b, a+b, a-b, -a)
		}
	}
	fmt.Println(cmplx.Abs(3 + 4i))
	for _, n := range []uint64{0, 1, 7, 8, 15, 16, 31, 32, 63, 64, 65, 1 << 32, 1 << 63, math.MaxUint64} {
		fmt.Println(shl(int8(-5), n))
		fmt.Println(shl(int(-5), n))
		fmt.Println(shl(uint16(0xff05), n))
		fmt.Println(shl(uint64(0xfffffffffffffff5), n))
	}
	for _, n := range []int{0, 5, 63, 64, 1000, -1, math.MinInt} {
		fmt.Println(shs(3, n))
	}
	for _, n := range []int8{0, 5, 31, 32, 127, -1, -128} {
		fmt.Println(shs8(-3000, n))
	}
	for _, n := range []uint8{0, 31, 32, 33, 255} {
		fmt.Println(sh8(0xdeadbeef, n))
	}
	x := math.MinInt64
	y := -1
	fmt.Println(x/y, x%y, int8(-128)/int8(y), int32(math.MinInt32)%int32(y))
	fmt.Println(min(1.0, nan), max(nan, 1), min(0.0, math.Copysign(0, -1)), 1/min(0.0, math.Copysign(0, -1)), 1/max(math.Copysign(0, -1), 0), min("b", "a", "c"), max(3, 2, 9))
	m := map[float64]int{}
	m[nan] = 1
	m[nan] = 2
	m[0.0] = 3
	m[math.Copysign(0, -1)] = 4
	fmt.Println(len(m), m[nan], m[0])
	delete(m, nan)
	n := 0
	for range m {
		n++
	}
	clear(m)
	fmt.Println(n, len(m))
	mi := map[any]int{nan: 1, 1: 2, 1.0: 3, "1": 4, [2]int{1, 2}: 5}
	fmt.Println(len(mi), mi[1], mi[1.0], mi[[2]int{1, 2}], mi[nan])
	var f32 float32 = 16777216
	fmt.Println(f32+1 == f32, float32(0.1)+float32(0.2), 0.1+0.2, float64(float32(0.1)))
	const big = 1 << 100
	fmt.Println(big>>98, float64(big), 'a'+1, "s"+"t", len("héé"), 5.0/2, 7/2, -7/2, -7%3, 7&^5, ^5)
}
