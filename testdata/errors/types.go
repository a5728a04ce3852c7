package main

type I interface{ M(); N() }
type T struct{ a int }

func (t *T) M() {}

func two() (int, string) { return 1, "a" }

func main() {
	var i I = T{}
	a, b, c := two()
	t := T{b: 1}
	t.foo()
	switch 1 {
	case 1, 1:
	}
	var e error = t
	two() + 1
	if 1 {
	}
	_ = []int{0: 1, 0: 2}
	_ = [2]int{1, 2, 3}
	const c8 uint8 = 256
	L:
	goto M
	_, _, _, _, _ = i, a, b, c, e
}
