package p


type A = int
type M int8

func v() (int, string)  { return 1, "" }
func vs() (int, int)    { return 1, 2 }
func fi(x int, y string) {}
func g[P any](x P, y P)   {}
func gf[P any](P, P)      {}
func yb(f func(...int) bool)     {}
func y3(f func(int, int, int) bool) {}
func yn(f func(int))    {}
func y2(a, b int)       {}
func yr(f func() bool) int { return 1 }

type S struct{ A }
type E[P any] struct {
	P
}
type F[P any] struct {
	*P
}
type C1 interface{ ~int; string }
type N interface{ int; float64 }

func nn[T N](x T) {}

type T struct{ x int }

func (T) M(a int, b string) {}

type I interface{ M(x string) }

var _ I = T{}
var x1, x2 = 1
var z1, z2 = v(), 1

const c1, c2 = 1, 2, 3
const (
	d1, d2 = iota, iota
	d3
	d4, d5, d6
)

func m() (r int, s string) {
	var a int
	var b A
	var st string
	var ch chan<- int
	var cr <-chan int
	var arr [10]int
	_ = b + "foo"
	a, st = vs()
	a, st = 1, 2
	st, a := v()
	a, _ = v(), nil
	_ = <-ch
	cr <- 1
	_ = arr[1<<100]
	_ = arr[10]
	_ = arr[float64(1)]
	_ = []int{1 << 100: 1}
	_ = a << (1 << 100)
	_ = a << "foo"
	switch { case 1: }
	switch { case a: }
	switch st { case a: }
	switch a { case nil: }
	switch nil { }
	switch f := m; f { case nil: }
	var vf1 func(int, string) = gf
	vf1 = gf
	fi2(gf)
	var vv M = 100 + M(100)
	_ = M(300)
	_ = M(1.5)
	_ = int(1.5)
	_ = uint8(-1)
	_ = float32(1e100)
	_ = string(-1)
	for range yb {}
	for range y3 {}
	for range yn {}
	for range y2 {}
	for range yr {}
	for range fi {}
	T.x
	T.x()
	_ = T.y
	nn[int](1)
	nn(1)
	g(1, "a")
	g(a, "a")
	g(a, st)
	_ = nil == nil
	a = 1, 2
	a, b = 1
	return vs()
	return 1, 2
	return 1
	return a, nil
	go func() {}
	defer recover()
	defer len(st)
	defer int(3)
	L:
	for { break L2 }
	goto L3
	m := 1
	if a := 1; a {}
	var i interface{ Foo() }
	_ = i.(*T)
	switch i.(type) { case T, *T: case T: }
	switch y := i.(type) { }
	switch a.(type) {}
	_ = a.(int)
	var e interface{} = 1
	_ = e.(undefinedT)
	fi(1, 2, 3)
	fi(v(), 1)
	fi(st, a)
	_ = [3]int{1,2,3,4}
	_ = [...]int{-1: 2}
	_ = [2]int{5: 2}
	copy(st, st)
	append()
	append(1)
	_ = append([]int{}, "a")
	_ = append([]int{}, []string{}...)
	_ = append([]int{}, 1, []int{}...)
	fi([]int{}...)
	_ = make([]int, "a")
	_ = make([]int, 1.5)
	_ = make(map[int]int, 1, 2)
	_ = make(chan int, -1)
	_ = len(a)
	_ = cap(map[int]int{})
	_ = real(1)
	_ = real(a)
	_ = complex(a, 1)
	_ = complex(1.0, st)
	print(m)
	_ = max(a, st)
	_ = max(1, nil)
	_ = &m()
	_ = &a.b
	_ = -st
	a++
	st++
	a += "a"
	st += 1
	a <<= 1.5
	var u [2]struct{}
	u[0].x = 1
	m().x = 2
	arr := 3
}
func fi2(f func(int, string)) {}
func dd(a int, a string) (a int) { return }
func (T) dd2(T int) {}
type T struct{}
func missing() int { for { break } }
func (x *I) bad() {}
func (x int) bad() {}
func (x **T) bad() {}
func (x []T) bad() {}
func (x undefinedZ) bad() {}
