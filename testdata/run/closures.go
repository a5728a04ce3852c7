// run

package main

func counter() (func() int, func()) {
	n := 0
	return func() int { n++; return n }, func() { n = 100 }
}

func apply(f func(int) int, xs ...int) (r []int) {
	for _, x := range xs {
		r = append(r, f(x))
	}
	return
}

func fib() func() int {
	a, b := 0, 1
	return func() int {
		defer func() { a, b = b, a+b }()
		return a
	}
}

func main() {
	c, reset := counter()
	c()
	c()
	println(c())
	reset()
	println(c())
	k := 10
	for _, v := range apply(func(x int) int { k++; return x * k }, 1, 2, 3) {
		print(v, " ")
	}
	println(k)
	f := fib()
	for i := 0; i < 10; i++ {
		print(f(), " ")
	}
	println()
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i *= 10; return i })
	}
	for _, f := range fs {
		print(f(), " ", f(), " ")
	}
	println()
	var rec func(int) int
	rec = func(n int) int {
		if n < 2 {
			return 1
		}
		return n * rec(n-1)
	}
	println(rec(10))
	func() { println("called") }()
	var nilf func()
	println(nilf == nil, rec != nil)
	compose := func(fs ...func(int) int) func(int) int {
		return func(x int) int {
			for _, f := range fs {
				x = f(x)
			}
			return x
		}
	}
	println(compose(func(x int) int { return x + 1 }, rec)(4))
}
