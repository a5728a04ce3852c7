// run

package main

type T struct {
	P *int
	S *string
}

func main() {
	p := new(int)
	*p = 3
	q := new(42)
	s := new("text")
	f := new(1.5)
	println(*p, *q, *s, *f)
	t := T{P: new(*p + 1), S: new("a" + *s)}
	*q++
	println(*t.P, *t.S, *q)
	x := 7
	y := new(x)
	x = 8
	println(*y)
}
