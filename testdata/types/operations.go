package p

type I interface{ M() }
type T struct{}

func (*T) M() {}

func two() (int, int) { return 1, 2 }
func one() int        { return 1 }
func f(x int, y string) {}
func g[P any](x P)      {}
func h[P chan int | chan string](c P) { <-c }
func k[P chan int | []int](c P) { <-c; for range c {} }
func l[P any](c P) { c(); c[0] = 1; c <- 1; close(c); len(c); _ = c[1:]; for range c {} ; var _ = P{}; make(P); append(c, 1); copy(c, c); clear(c); delete(c, 1) }
func l2[P []int | map[int]int](c P) { _ = append(c, 1); copy(c, c); _ = P{1}; delete(c, 1); _ = *c; _ = cap(c) }

type S struct{ m int; X int }

func m() {
	var a int = two()
	x, y := one()
	var b, c, d = two()
	a = two()
	a, b = one(), 2, 3
	f(two)
	f(1)
	f(1, 2)
	f("a", "b")
	f(two())
	var arr [3]int
	arr[5] = 1
	arr["a"] = 1
	arr[1.5] = 1
	arr[-1] = 1
	_ = "abc"[5]
	_ = [...]int{5: 1, 5: 2}
	_ = [2]int{1, 2, 3}
	_ = []int{"a": 1}
	var s S
	s.M()
	s.x()
	var i I = s
	i = T{}
	i.M2()
	var e error = s
	_ = i.(T)
	_ = i.(S)
	switch i.(type) { case T: }
	var t T
	T{}.M()
	nil.x()
	append(nil, 1)
	append(arr, 1)
	copy(arr, 1)
	len(5)
	clear(5)
	close(5)
	delete(arr, 1)
	make(int)
	make([]int)
	make([]int, -1)
	make([]int, 2, 1)
	new()
	new(1, 2)
	panic()
	complex(1, "a")
	real("a")
	min(1, "a")
	cap(map[int]int{})
	for i, j := range 10 {}
	for i, j, k := range arr {}
	var ch chan int
	for i, j := range ch {}
	for range 1.5 {}
	for range s {}
	go f
	defer 1
	if 1 {}
	for 1 {}
	1++
	"a" += 1
	s++
	a.b.c = 1
	f = nil
	two() = 1
	return 1
	const z int = 1.5
	const w = a
	var q = nil
	q2 := nil
	_ = nil
	var u uint = -1
	_ = a << 1.5
	_ = 1.5 << a
	_ = a << -1
	_ = !a
	_ = -"a"
	_ = *a
	_ = &1
	_ = <-a
	a <- 1
	_ = s == s2
	_ = []int{} == []int{}
	_ = a && true
	_ = 1 / 0
	_ = a / 0
	_ = 1 % 1.5
	_ = a == "x"
	_ = int8(300)
	_ = string(1.5)
	_ = int("a")
	_ = []byte(1)
	_ = S{1}
	_ = S{1, 2, 3}
	_ = S{foo: 1}
	_ = S{m: 1, 2}
	_ = S{m: 1, m: 2}
	_ = map[int]int{1: 1, 1: 2}
	_ = map[int]int{1}
	switch a { case 1, 1: }
	switch a { case "x": }
	_ = int
	int
	len
	f
	a
	_ = f()
	f() + 1
	_ = _
	undefinedfn()
	var aa [a]int
	var bb [-1]int
	var cc [1.5]int
	var mm map[[]int]int
	g()
	g[int, int](1)
	g[string](1)
	_ = g
	var ff func(int) = g
}
