// run

package main

func two() (int, string)                        { return 1, "a" }
func named(n int) (x, y int, err error)         { x = n; y = n * 2; return }
func many() (a, b, c, d, e, f, g, h int)        { return 1, 2, 3, 4, 5, 6, 7, 8 }
func floats() (float64, int, float32, string)   { return 1.5, 2, 2.5, "f" }
func variadic(pre string, xs ...int) (string, int) {
	t := 0
	for _, x := range xs {
		t += x
	}
	return pre, t
}
func take(n int, s string) string { return s + string(rune('0'+n)) }
func swap(a, b any) (any, any)    { return b, a }

type big struct{ a, b, c, d, e int }

func bigs() (big, big, error) { return big{1, 2, 3, 4, 5}, big{e: 9}, nil }

func main() {
	a, b := two()
	println(a, b, take(two()))
	x, y, err := named(4)
	println(x, y, err == nil)
	q, _, r, _, s, _, t, u := many()
	println(q, r, s, t, u)
	f, i, g, str := floats()
	println(f, i, g, str)
	println(variadic("p", 1, 2, 3))
	println(variadic("q"))
	println(variadic("r", []int{4, 5}...))
	m, n := swap(1, "z")
	println(m.(string), n.(int))
	p1, p2, e := bigs()
	println(p1.c, p2.e, e == nil)
	fn := func() (int, error) { return 3, nil }
	v, err := fn()
	println(v, err == nil)
}
