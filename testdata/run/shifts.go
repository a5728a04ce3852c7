// run

package main

func main() {
	var u8 uint8 = 1
	for i := uint(0); i < 10; i++ {
		print(u8<<i, " ")
	}
	println()
	var i8 int8 = -128
	for i := 0; i < 10; i++ {
		print(i8>>i, " ")
	}
	println()
	var s8 int8 = 3
	println(int64(1)<<s8, 1<<s8, uint32(1)<<31>>31)
	var n uint64 = 1 << 40
	println(1<<n, uint8(1)<<n, int64(-1)>>n)
	var f float64 = 1 << 3
	u16 := uint16(1)
	println(f, u16<<15<<1, ^u16>>15)
}
