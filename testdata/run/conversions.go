// run

package main

import "math"

type Celsius float64
type Bytes []byte

func main() {
	f := 3.99
	println(int(f), int(-f), uint8(int(f)), int64(float32(16777217)))
	var i int = 300
	println(uint8(i), int8(i), uint16(i*1000), uint32(int32(-i)))
	println(float32(1)/3, float64(float32(1)/3), float32(math.MaxInt64))
	c := Celsius(36.6)
	println(float64(c), int(c))
	b := Bytes("hey")
	println(string(b), len([]byte(b)))
	r := []rune("añ")
	println(len(r), r[1], string(r))
	println(string(rune(0x4e16)), string([]rune{0x48, 0x49}), string(rune(0x110000)) == "\uFFFD")
	var u uint64 = math.MaxUint64
	println(float64(u), float64(u>>1), uint64(float64(1<<63)), int64(u))
	var x uint32 = 4000000000
	println(float32(x), float64(x), int32(x), int64(x))
	p := uintptr(10)
	println(p+1, int(p))
}
