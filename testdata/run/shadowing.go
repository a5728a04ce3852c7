// run

package main

var x = 1

func f() (x int, err error) {
	x = 5
	if x := 6; x > 5 {
		x++
		_ = x
	}
	{
		x, y := 7, 8
		_, _ = x, y
	}
	return
}

type int32x int

func main() {
	println(x)
	x := x + 1
	println(x)
	if x := "s"; len(x) == 1 {
		println(x)
	}
	for x := range 2 {
		x := x * 10
		print(x, " ")
	}
	println()
	func(x string) { println(x) }("arg")
	r, err := f()
	r2, err := f()
	println(r, r2, err == nil)
	len := func(s string) int { return 42 }
	println(len("abc"))
	var true = false
	println(true)
	type T struct{ x int }
	t := T{x}
	println(t.x)
}
