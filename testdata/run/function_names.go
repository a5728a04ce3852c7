// run

// Names of functions, literals, methods, instances and local types as programs see them.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

func where() string {
	pc, _, line, _ := runtime.Caller(1)
	return fmt.Sprint(runtime.FuncForPC(pc).Name(), ":", line)
}

type T[P any] struct{ x P }

func (t T[P]) M() string       { return where() }
func (t *T[P]) PM() string     { return func() string { return where() }() }
func G[A, B any]() string      { return where() }
func G2[A any]() func() string { return func() string { return where() } }

type L struct{}

func (L) lit() func() string { return func() string { return where() } }

var glob = func() string { return where() }
var glob2 = struct{ f func() string }{func() string { return where() }}

func init() { fmt.Println(where()) }
func init() { fmt.Println(where()); func() { fmt.Println(where()) }() }

type I interface{ M() string }

//go:noinline
func call(f func() string) string { return f() }

func stack() []string {
	var out []string
	for _, l := range strings.Split(string(debug.Stack()), "\n") {
		if !strings.HasPrefix(l, "\t") && strings.Contains(l, "(") {
			out = append(out, l[:strings.LastIndex(l, "(")])
		}
	}
	return out
}

func main() {
	type local struct{ a int }
	type gl[X any] struct{ x X }
	fmt.Printf("%T %T %T\n", local{}, T[local]{}, gl[int]{})
	func() {
		type local struct{ b int }
		fmt.Printf("%T %T\n", local{}, T[local]{})
	}()
	fmt.Println(T[int]{}.M(), (&T[string]{}).PM(), G[int, string](), G2[int]()())
	fmt.Println(call(L{}.lit()), call(glob), call(glob2.f))
	f := func() string { return call(func() string { return where() }) }
	fmt.Println(call(f))
	fmt.Println(call(T[int]{}.M))
	var i I = T[[]int]{}
	fmt.Println(call(i.M), i.M())
	fmt.Println(runtime.FuncForPC(0) == nil)
	done := make(chan string)
	go func() { done <- where() }()
	fmt.Println(<-done)
	defer func() { fmt.Println(where()) }()
	for range func(y func() bool) { y() } {
		fmt.Println(where())
		for range func(y func() bool) { y() } {
			fmt.Println(where())
			func() { fmt.Println(where()) }()
		}
		defer func() { fmt.Println(where()) }()
	}
	fmt.Println(T[T[int]]{}.M(), T[struct{ x int }]{}.M(), T[map[string]local]{}.M())
	func() { fmt.Println(stack()) }()
	fmt.Println(T[int]{}.St())
}
func (t T[P]) St() []string { return stack() }
