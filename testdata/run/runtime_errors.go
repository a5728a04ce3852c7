// run

package main

import "runtime"

type T struct{ x int }
type I interface{ M() }
type big struct{ pad [5000]byte; x int }

func try(name string, f func()) {
	defer func() {
		e := recover()
		_, isRuntime := e.(runtime.Error)
		println(name+":", e.(error).Error(), isRuntime)
	}()
	f()
}

var (
	zero  = 0
	five  = 5
	neg   = -1
	s     = []int{1, 2, 3}
	str   = "abc"
	arr   [3]int
	nilm  map[string]int
	nilp  *T
	nilb  *big
	iface any
	nili  I
	nilf  func()
	nilc  chan int
)

func main() {
	try("index", func() { _ = s[five] })
	try("index neg", func() { _ = s[neg] })
	try("index array", func() { _ = arr[five] })
	try("index string", func() { _ = str[five] })
	try("slice hi", func() { _ = s[:five] })
	try("slice lo hi", func() { _ = s[2:zero] })
	try("slice lo", func() { _ = s[five:] })
	try("slice string", func() { _ = str[:five] })
	try("slice3", func() { _ = s[0:1:five] })
	try("slice3 b", func() { _ = s[0:five:3] })
	try("slice3 c", func() { _ = s[five:2:3] })
	try("conv", func() { _ = [4]int(s) })
	try("div", func() { _ = 1 / zero })
	try("rem", func() { _ = 1 % zero })
	try("shift", func() { _ = 1 << neg })
	try("nil", func() { _ = nilp.x })
	try("nil store", func() { nilp.x = 1 })
	try("nil big", func() { _ = nilb.x })
	try("nil func", func() { nilf() })
	try("nil iface", func() { nili.M() })
	try("nil map", func() { nilm["a"] = 1 })
	try("assert", func() { iface = "s"; _ = iface.(int) })
	try("assert nil", func() { iface = nil; _ = iface.(int) })
	try("assert iface", func() { iface = 1; _ = iface.(I) })
	try("assert iface nil", func() { iface = nil; _ = iface.(I) })
	try("hash", func() { m := map[any]int{}; m[[]int{}] = 1 })
	try("compare", func() { var a, b any = []int{}, []int{}; _ = a == b })
	try("close nil", func() { close(nilc) })
	try("close twice", func() { c := make(chan int); close(c); close(c) })
	try("send closed", func() { c := make(chan int, 1); close(c); c <- 1 })
	try("makeslice", func() { _ = make([]int, neg) })
	try("makeslice cap", func() { _ = make([]int, 0, neg) })
	try("makechan", func() { _ = make(chan int, neg) })
	try("panic nil", func() { panic(nil) })
}
