package main

type M int
type S struct{ x int }
type A = map[string]int

func f[T any](x T) T { return x }

func main() {
	var a int = "s"
	var b string = 1 + a
	var c M = a
	var d S = 5
	var e A = d
	_ = a + "x"
	_ = a + b
	const k M = 5
	var g string = k
	f[int, int](3)
	f(1, 2)
	d.foo()
	x := 1
	a.b = 3
	a()
	main(1,
		2)
	_ = d == nil
	for i := range c { _ = i + "a" }
	var h byte = 300
}
