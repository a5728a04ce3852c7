// run

// What Callers, CallersFrames and FuncForPC tell in calls of all kinds, on panics and at the ends of stacks.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

func trace(what string) {
	var pcs [20]uintptr
	n := runtime.Callers(2, pcs[:])
	fr := runtime.CallersFrames(pcs[:n])
	fmt.Println(what)
	for {
		f, more := fr.Next()
		line := f.Line
		if strings.HasPrefix(f.Function, "runtime.panic") {
			continue // how the checks are called is the implementation's
		}
		if strings.HasPrefix(f.Function, "runtime.") {
			line = 0
		}
		fmt.Println("  ", f.Function, line)
		if !more {
			break
		}
	}
}

type T struct{ a, b int }

func (t T) M()  { trace("T.M") }
func (t *T) P() { trace("T.P") }

type E struct{ *T }
type I interface{ M() }

func f(n int) {
	defer func() {
		trace("deferred in panic")
		recover()
	}()
	if n > 0 {
		panic(1)
	}
}

func idx(s []int, i int) int {
	defer func() { trace("index"); recover() }()
	return s[i]
}

func nilp(p *T) int {
	defer func() { trace("nil"); recover() }()
	return p.b
}
func div(a, b int) int {
	defer func() { trace("div"); recover() }()
	return a / b
}

func main() {
	trace("main")
	func() { trace("lit") }()
	f(0)
	f(1)
	idx(nil, 5)
	nilp(nil)
	div(1, 0)
	var i I = T{}
	i.M()
	i = E{&T{}}
	i.M()
	E{&T{}}.P()
	m := i.M
	m()
	defer m()
	done := make(chan bool)
	go func() {
		defer close(done)
		defer trace("goexit")
		runtime.Goexit()
	}()
	<-done
	done = make(chan bool)
	go func() { trace("go"); done <- true }()
	<-done
	for range func(y func(int) bool) { y(1) } {
		trace("range func")
	}
	pc, _, line, ok := runtime.Caller(0)
	fmt.Println(runtime.FuncForPC(pc).Name(), line, ok)
	gen[int]()
	var g G[string]
	g.M()
}

func gen[T any]() { trace("generic") }

type G[T any] struct{}

func (G[T]) M() { trace("gen method"); func() { trace("in gen") }() }
