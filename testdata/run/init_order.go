// run

package main

var (
	a = f("a", b+c)
	b = f("b", d())
	c = f("c", 1)
	e = func() int { return g }()
	g = f("g", 7)
)

func d() int { return c + 1 }

func f(name string, v int) int {
	println("init", name, v)
	return v
}

func init() { println("init 1", a, b, c, e, g) }
func init() { println("init 2") }

type T struct{ n *int }

var shared = 5
var t = T{&shared}
var table = map[string][]int{"x": {1, 2}, "y": nil}

func main() {
	*t.n++
	println(shared, len(table["x"]), len(table))
}
