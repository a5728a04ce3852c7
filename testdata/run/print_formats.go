// run

package main

func main() {
	println(1, -1, 1.5, true, "s", 'a', complex(1, 2), 1e100, 1e-7, 100000.0, 1e21, float32(0.1))
	println(int8(-5), uint8(200), int64(-1<<63), uint64(1<<63), uintptr(7))
	var e any
	var err error
	println(e == nil, err == nil)
	print("a", "b", 1, 2, "\n")
	print(1.0, " ", 3.0e9, " ", -0.0, "\n")
	println()
	z := 0.0
	println(1/z, -1/z, z/z)
}
