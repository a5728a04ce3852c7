package main

type S string
type F float64
type St struct {
	a int
	b string
}

func try(v any) { defer func() { recover() }(); panic(v) }
func main() {
	defer func() { panic(St{1, "a"}) }()
	defer func() { panic(&St{}) }()
	defer func() { panic(S("multi\nline\ttab\x01")) }()
	defer func() { panic(F(2.5)) }()
	defer func() { panic(complex64(1 + 2i)) }()
	defer func() { panic(uint8(7)) }()
	defer func() { panic([]int{1}) }()
	defer func() { panic(true) }()
	defer func() { panic('x') }()
	defer func() { panic(1e100) }()
	defer func() { panic(func() {}) }()
	defer func() { panic(map[string]int{}) }()
	defer func() { panic(uintptr(5)) }()
	panic("first\nsecond")
}
