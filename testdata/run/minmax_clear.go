// run

package main

import "math"

func main() {
	a, b, c := 3, 1, 2
	println(min(a, b, c), max(a, b, c), min(a), max(2.5, float64(a)))
	nan := math.NaN()
	println(min(1, nan) != min(1, nan), max(nan, 1) != max(nan, 1))
	z := 0.0
	println(1/min(z, -z) < 0, 1/max(-z, z) > 0)
	println(min("b", "a", "c"), max("x", "y"))
	s := []string{"a", "b"}
	clear(s)
	println(len(s), s[0] == "")
	m := map[float64]int{nan: 1, 1: 2}
	clear(m)
	println(len(m))
	var u8 uint8 = 250
	println(max(u8, 251), min(u8, 3))
	const k = min(1, 2.5, 'a')
	println(k)
}
