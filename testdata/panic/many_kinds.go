package main

import "errors"

type T struct{}

func (T) String() string { return "stringer" }

var err = errors.New("a plain error")

func main() {
	defer func() {
		defer func() { panic(err) }()
		panic(T{})
	}()
	panic(1.5)
}
