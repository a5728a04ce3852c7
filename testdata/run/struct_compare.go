// run

package main

type P struct {
	x int
	s string
	f float64
	i any
	_ int
	a [2]bool
}

type Q struct {
	p *P
	c chan int
}

func eq(a, b any) (r string) {
	defer func() {
		if e := recover(); e != nil {
			r = e.(error).Error()
		}
	}()
	if a == b {
		return "equal"
	}
	return "different"
}

func main() {
	a := P{1, "s", 1.5, 2, 0, [2]bool{true, false}}
	b := a
	println(a == b)
	b.i = "2"
	println(a == b, a != b)
	c := make(chan int)
	println(Q{&a, c} == Q{&a, c}, Q{&a, c} == Q{&b, c})
	println(eq(a, a), eq(1, 1), eq("a", "b"), eq(nil, nil), eq(1, int8(1)))
	println(eq([]int{1}, []int{1}))
	println(eq(map[int]int{}, 1))
	println(eq(struct{ f func() }{}, struct{ f func() }{}))
	println(eq([1]any{[]int{}}, [1]any{[]int{}}))
	println(eq(struct{ a, b any }{1, []int{}}, struct{ a, b any }{2, []int{}}))
	nan := 0.0
	nan /= nan
	println(eq(nan, nan), P{f: nan} == P{f: nan})
	z := 0.0
	println(z == -z, [2]float64{z, 1} == [2]float64{-z, 1})
	var e1, e2 error
	println(e1 == e2, e1 == nil)
	type T struct{ n int }
	println(any(T{1}) == any(T{1}), any(&T{1}) == any(&T{1}))
	m := map[P]int{a: 1}
	a.x = 5
	m[a]++
	println(len(m))
}
