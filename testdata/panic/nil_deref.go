package main

type T struct{ x, y int }

//go:noinline
func (t *T) get() int { return t.y }

func main() {
	var t *T
	defer println("deferred runs")
	println(t.get())
}
