// run

package main

func main() {
	var a, b int = 7, -3
	println(a/b, a%b, -a/b, -a%b, a&b, a|b, a^b, a&^b, ^a)
	var i8 int8 = -128
	m := int8(-1)
	println(i8/m, i8%m, i8-1, -i8)
	var u uint32 = 1 << 31
	println(u<<1, u>>31, u*3, ^u)
	var s uint = 70
	println(1<<s == 0, int64(-5)>>s, uint8(255)>>s)
	x := int64(-1 << 63)
	n := int64(-1)
	println(x/n, x%n)
	var f float32 = 0.1
	println(f*3 == 0.3, float64(f) == 0.1, f/3)
	c := complex(1, 2)
	println(c*c, c/complex(0, 1), real(c), imag(c))
	println(uint8(300&0xff), int8(u>>24), uint16(i8))
	g := 1e300
	println(int32(f*100), g*g, -g*g, g*g-g*g)
	h := 3
	h += 4
	h <<= 2
	h &^= 8
	h %= 11
	println(h)
}
