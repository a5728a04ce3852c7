package main

import (
	"errors"
	"fmt"
)

type E struct{ s string }

func (e E) Error() string { return "E:" + e.s }
func f(n int) {
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Sprint("again ", r))
		}
	}()
	g(n)
}

//go:noinline
func g(n int) { panic(E{"x\ny"}) }
func main() {
	defer func() { r := recover(); defer func() { panic(r) }(); panic(errors.New("w")) }()
	f(3)
}
