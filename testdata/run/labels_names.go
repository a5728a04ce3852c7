// run

package main

import (
	"fmt"
	"runtime"
)

type T struct{}

func (T) Val() string  { return name() }
func (*T) Ptr() string { return name() }

func name() string {
	pc, _, line, _ := runtime.Caller(1)
	return fmt.Sprint(runtime.FuncForPC(pc).Name(), ":", line)
}

func G[X any](X) string { return name() }

var global = func() string { return name() }()

func main() {
	fmt.Println(name())
	fmt.Println(T{}.Val())
	fmt.Println((&T{}).Ptr())
	f := func() string { return name() }
	fmt.Println(f())
	fmt.Println(G(1))
	fmt.Println(global)
	defer func() {
		defer func() { fmt.Println(name()) }()
	}()
	defer func() { fmt.Println(name()) }()
}
