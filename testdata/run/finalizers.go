// run

package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"
)

type T struct{ a [4]int }
type I interface{ M() }

func (t *T) M() {}

var done = make(chan string, 100)

//go:noinline
func a() {
	t := new(T)
	runtime.SetFinalizer(t, func(t *T) [50]int { done <- fmt.Sprint("array result ", t.a[0]); return [50]int{} })
	t = &T{[4]int{1}}
	runtime.SetFinalizer(t, func(i I) (string, string, string, string) {
		done <- fmt.Sprint("interface ", i.(*T).a[0])
		return "", "", "", ""
	})
	t = &T{[4]int{2}}
	runtime.SetFinalizer(t, func(i any) { done <- fmt.Sprint("any ", i.(*T).a[0]) })
	t = &T{[4]int{3}}
	runtime.AddCleanup(t, func(s string) { done <- s }, "cleanup 1")
	runtime.AddCleanup(&t.a[2], func(s string) { done <- s }, "cleanup 2")
	c := runtime.AddCleanup(t, func(s string) { done <- s }, "never")
	c.Stop()
	t = &T{[4]int{4}}
	runtime.SetFinalizer(t, func(t *T) {
		done <- "first"
		runtime.SetFinalizer(t, func(t *T) { done <- "second" })
	})
	t = &T{[4]int{5}}
	runtime.SetFinalizer(t, func(t *T) { done <- "never" })
	runtime.SetFinalizer(t, nil)
}

func clear(n int) int {
	var x [50]int
	if n > 0 {
		return clear(n-1) + x[n]
	}
	return 0
}

func try(name string, f func()) {
	defer func() {
		r := recover()
		e, ok := r.(runtime.Error)
		fmt.Println(name, r, ok)
		if a, ok := r.(interface{ Addr() uintptr }); ok {
			fmt.Println("addr", a.Addr() != 0)
		}
		_ = e
	}()
	f()
}

func main() {
	go func() {
		for range 5 {
			a()
		}
		clear(10)
	}()
	counts := map[string]int{}
	for n := 0; n < 200; n++ {
		runtime.GC()
		time.Sleep(time.Millisecond)
		for len(done) > 0 {
			counts[<-done]++
		}
	}
	fmt.Println(counts)
	try("cleanup nil", func() { runtime.AddCleanup((*T)(nil), func(int) {}, 1) })
	try("cleanup same", func() { t := new(T); runtime.AddCleanup(t, func(*T) {}, t) })
	debug.SetPanicOnFault(true)
	b, _ := syscall.Mmap(-1, 0, 8192, syscall.PROT_READ, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	try("write", func() { b[5] = 1 })
	syscall.Mprotect(b, syscall.PROT_NONE)
	try("read", func() { fmt.Println(b[4097]) })
	try("copy", func() { copy(make([]byte, 8192), b) })
	try("nil", func() { var p *T; p.a[1] = 1 })
	fmt.Println(debug.SetPanicOnFault(false), debug.SetMaxStack(1<<20) == 1000000000, debug.SetMaxThreads(5000))
	debug.SetMaxStack(1000000000)
	fmt.Println(debug.SetGCPercent(50), debug.SetGCPercent(100))
}
