// run

// Keys that cannot be hashed: gc has two texts.
package main

import "fmt"

func try(name string, f func()) {
	defer func() {
		r := recover()
		_, isErr := r.(error)
		fmt.Printf("%s: %v %v\n", name, r, isErr)
	}()
	f()
}

type K struct {
	a int
	x any
}

func main() {
	var nilm map[any]int
	e := map[any]int{}
	f := map[any]int{1: 1}
	k := any([]int{})
	try("nil get", func() { _ = nilm[k] })
	try("empty get", func() { _ = e[k] })
	try("full get", func() { _ = f[k] })
	try("nil get2", func() { _, _ = nilm[k] })
	try("empty get2", func() { _, _ = e[k] })
	try("full get2", func() { _, _ = f[k] })
	try("nil del", func() { delete(nilm, k) })
	try("empty del", func() { delete(e, k) })
	try("full del", func() { delete(f, k) })
	try("empty set", func() { e[k] = 1 })
	try("full set", func() { f[k] = 1 })
	try("nil set", func() { nilm[k] = 1 })
	s := map[K]int{}
	try("struct empty get", func() { _ = s[K{1, func() {}}] })
	try("struct empty set", func() { s[K{1, map[int]int{}}] = 1 })
	a := map[[2]any]int{}
	try("array empty get", func() { _ = a[[2]any{1, k}] })
	try("array empty set", func() { a[[2]any{1, k}]++ })
	try("lit", func() { _ = map[any]int{1: 2, k: 3} })
}
