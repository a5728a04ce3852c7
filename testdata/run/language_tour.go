// run

// Panics of all kinds, ranges over functions, variables of iterations, method values and more.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
)

type T struct{ a, b int }

func (t T) V() int     { return t.a }
func (t *T) P() int    { return t.b }
func (t *T) Set(x int) { t.a = x }

type I interface{ V() int }
type J interface {
	I
	P() int
}

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			_, re := r.(runtime.Error)
			fmt.Println(name, "panic:", r, re)
		}
	}()
	f()
}

func seq(n int) func(func(int) bool) {
	return func(y func(int) bool) {
		for i := 0; i < n; i++ {
			if !y(i) {
				return
			}
		}
	}
}

func bad(y func(int) bool) {
	y(1)
	y(2)
}

func named() (x int, err error) {
	defer func() {
		x *= 2
		if r := recover(); r != nil {
			err = fmt.Errorf("rec %v", r)
		}
	}()
	x = 4
	if x > 3 {
		panic("p")
	}
	return 7, nil
}

func rangeDefer() (s string) {
	defer func() { s += "|outer" }()
	for i := range seq(3) {
		defer func() { s += fmt.Sprint("|d", i) }()
		if i == 1 {
			return "ret"
		}
	}
	return "end"
}

func rangeRecover() (r any) {
	defer func() { r = recover() }()
	for i := range seq(3) {
		if i == 1 {
			panic("in body")
		}
	}
	return nil
}

func nested() string {
	var sb strings.Builder
outer:
	for i := range seq(4) {
		for j := range seq(4) {
			switch {
			case j == 2:
				continue outer
			case i == 2:
				break outer
			}
			fmt.Fprint(&sb, i, j, " ")
		}
	}
	for i := range seq(5) {
		if i == 1 {
			goto done
		}
	}
done:
	return sb.String()
}

type Stringish interface{ ~string }

func Map[S ~[]E, E, R any](s S, f func(E) R) []R {
	var out []R
	for _, e := range s {
		out = append(out, f(e))
	}
	return out
}

type List[T any] struct {
	head *node[T]
}
type node[T any] struct {
	v    T
	next *node[T]
}

func (l *List[T]) Push(v T) { l.head = &node[T]{v, l.head} }
func (l *List[T]) All() func(func(T) bool) {
	return func(y func(T) bool) {
		for n := l.head; n != nil; n = n.next {
			if !y(n.v) {
				return
			}
		}
	}
}

type Rec struct {
	T
	*strings.Builder
	next *Rec
}

func multi() (int, string, error)      { return 1, "a", errors.New("e") }
func variadic(p string, xs ...any) int { return len(xs) }

func main() {
	fmt.Println(named())
	fmt.Println(rangeDefer())
	fmt.Println(rangeRecover())
	fmt.Println(nested())
	try("bad range", func() {
		for range bad {
			break
		}
	})
	try("nil iface call", func() { var i I; i.V() })
	try("nil iface method value", func() { var i I; _ = i.V })
	try("nil ptr method value", func() { var t *T; _ = t.V })
	try("nil ptr method value P", func() { var t *T; f := t.P; fmt.Println("made"); f() })
	try("nil func", func() { var f func(); f() })
	try("nil func defer", func() { var f func(); defer f(); fmt.Println("deferred nil") })
	try("nil map", func() { var m map[string]int; fmt.Println(m["a"]); m["a"] = 1 })
	try("assert", func() { var x any = "s"; _ = x.(int) })
	try("assert2", func() { var x any; _ = x.(int) })
	try("assert3", func() { var x any = T{}; _ = x.(J) })
	try("assert4", func() { var x I = T{}; _ = x.(J) })
	try("assert5", func() { var x I; _ = x.(J) })
	try("assert6", func() { var x I = T{}; _ = x.(*T) })
	try("assert7", func() { var x error = errors.New("a"); _ = x.(*os.PathError) })
	try("conv", func() { s := []int{1, 2}; _ = [3]int(s) })
	try("conv2", func() { var s []int; p := (*[0]int)(s); fmt.Println(p == nil, (*[0]int)([]int{}) != nil) })
	try("makeslice", func() { n := -1; _ = make([]int, n) })
	try("makeslice2", func() { n := 1 << 62; _ = make([]int, n) })
	try("makeslice3", func() { n := 5; m := 3; _ = make([]int, n, m) })
	try("makechan", func() { n := -1; _ = make(chan int, n) })
	try("close nil", func() { var c chan int; close(c) })
	try("close closed", func() { c := make(chan int); close(c); close(c) })
	try("send closed", func() { c := make(chan int, 1); close(c); c <- 1 })
	try("panic nil", func() { panic(nil) })
	try("cmp", func() { var a, b any = []int{}, []int{}; fmt.Println(a == b) })
	try("cmp2", func() { var a, b any = struct{ x []int }{}, struct{ x []int }{}; fmt.Println(a == b) })
	try("div", func() { a, b := 1, 0; fmt.Println(a / b) })
	try("div8", func() { a, b := uint8(1), uint8(0); fmt.Println(a % b) })
	try("idx", func() { s := []int{1}; i := 5; s[i]++ })
	try("idx str", func() { s := "a"; i := uint8(200); _ = s[i] })
	try("idx arr", func() { var s [3]int; i := -1; _ = s[i] })
	try("slice", func() { s := []int{1}; i := 5; _ = s[i:] })
	try("slice2", func() { s := []int{1}; i, j := 1, 0; _ = s[i:j] })
	try("slice3", func() { s := make([]int, 1, 4); i := 5; _ = s[0:1:i] })
	try("slice4", func() { s := "abc"; i := 5; _ = s[:i] })
	try("slice5", func() { s := "abc"; i := 5; _ = s[i:] })
	// per-iteration variables
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	// evaluation
	i := 0
	arr := []int{10, 20, 30}
	i, arr[i] = 2, 99
	fmt.Println(i, arr)
	a := [3]int{1, 2, 3}
	for i, v := range a {
		a[2] = 10
		if i == 2 {
			fmt.Println(v)
		}
	}
	s := []int{1, 2, 3}
	for i, v := range s {
		s[2] = 10
		if i == 0 {
			s = append(s, 5)
		}
		if i == 2 {
			fmt.Println(v)
		}
	}
	for i, r := range "a\xffé\xe2\x82" {
		fmt.Print(i, r, " ")
	}
	fmt.Println(string(rune(-1)), []byte("é"), []rune("é\xff"), string([]rune{0x10ffff, 0xd800, 65}))
	t := T{1, 2}
	mv := t.V
	t.a = 5
	mp := t.P
	t.b = 6
	fmt.Println(mv(), mp(), T.V(t), (*T).P(&t), (*T).V(&t), I.V(t))
	r := Rec{T: T{3, 4}, Builder: &strings.Builder{}}
	r.WriteString("x")
	r.Set(9)
	fmt.Println(r.V(), r.P(), r.Len(), r.String())
	l := &List[string]{}
	l.Push("a")
	l.Push("b")
	for v := range l.All() {
		fmt.Print(v, " ")
	}
	fmt.Println(Map([]int{1, 2}, func(i int) string { return strings.Repeat("x", i) }))
	fmt.Printf("%T %T %T\n", l, l.head, Map[[]int, int, string])
	type loc struct{ x int }
	fmt.Printf("%T %v %+v %#v\n", loc{1}, loc{1}, loc{1}, loc{1})
	switch x := any(t).(type) {
	case nil:
		fmt.Println("nil")
	case I, error:
		fmt.Printf("%T\n", x)
	}
	switch {
	case i > 1:
		fmt.Println("one")
		fallthrough
	case false:
		fmt.Println("two")
	default:
		fmt.Println("def")
	}
	fmt.Println(variadic("a"), variadic("a", nil), variadic("a", nil...), variadic("a", []any{1, 2}...), variadic("a", []int{1, 2}))
	ch := make(chan int, 3)
	go func() {
		defer close(ch)
		for i := range 3 {
			ch <- i
		}
	}()
	for v := range ch {
		fmt.Print(v, " ")
	}
	v, ok := <-ch
	fmt.Println(v, ok)
	select {
	case v, ok := <-ch:
		fmt.Println("closed", v, ok)
	default:
		fmt.Println("default")
	}
	defer fmt.Println("deferred print", 1)
	defer func() { defer func() { fmt.Println(recover()) }(); panic("second") }()
	m := map[string][]int{"a": {1}}
	m["a"] = append(m["a"], 2)
	m["b"] = append(m["b"], 3)
	fmt.Println(m, len(m))
	type P struct{ x, y int }
	pm := map[P]*P{{1, 2}: {3, 4}}
	fmt.Println(*pm[P{1, 2}], pm[P{}] == nil)
	arr2 := [...]string{5: "f", 1: "b", "c"}
	fmt.Println(len(arr2), arr2[2], arr2)
	fmt.Println(*new(int), *new(3), *new("s"))
	var e1, e2 struct{}
	_ = e1 == e2
	func() {
		defer func() { fmt.Println("r:", recover()) }()
		defer panic("deferred panic")
		defer func() { recover() }()
		panic("first")
	}()
	goto end
end:
	fmt.Println(multi())
	const c = iota
	x := []any{1, "a", 2.5, nil, []int{1}, map[string]int{"a": 1}, struct{}{}, &T{}, T{}, 'x', byte(1), true, 1i, error(nil), errors.New("q")}
	for _, v := range x {
		fmt.Printf("%T ", v)
	}
	fmt.Println()
}
