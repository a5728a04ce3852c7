// An object of no size is made between a pointer's definition and the next collection.
package main

type bytes []byte

//go:noinline
func show(v any) {
	if b, ok := v.(bytes); ok {
		println(len(b), string(b))
	}
}

type empty struct{}

//go:noinline
func pair(n int) (*[4]int, *empty) {
	a := &[4]int{n, n, n, n}
	e := new(empty)
	return a, e
}

func main() {
	for _, v := range []any{bytes("abc"), bytes(""), new(empty), bytes("defg"), [0]int{}} {
		show(v)
	}
	sum := 0
	for i := range 10 {
		a, e := pair(i)
		b, _ := pair(-i)
		if e == nil {
			panic("nil")
		}
		sum += a[3] + b[0] + a[1]
	}
	println(sum)
}
