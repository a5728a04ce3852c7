// What of an assignment to a map entry is evaluated before the entry is made, and what after.
package main

import "fmt"

type P struct{ x int }

func try(name string, f func(m map[string]int)) {
	m := map[string]int{}
	func() {
		defer func() { fmt.Println(name, recover(), len(m)) }()
		f(m)
	}()
}

var s []int
var i = 3
var np *P
var arr [4]int
var e any
var u uint = 1
var neg = -1
var nm map[int]int

func main() {
	try("idx&=", func(m map[string]int) { m["a"] &= s[i] })
	try("idx+=", func(m map[string]int) { m["a"] += s[i] })
	try("arr+=", func(m map[string]int) { m["a"] += arr[i+1] })
	try("nil+=", func(m map[string]int) { m["a"] += np.x })
	try("assert+=", func(m map[string]int) { m["a"] += e.(int) })
	try("shift<<=", func(m map[string]int) { m["a"] <<= neg })
	try("div+=", func(m map[string]int) { m["a"] += 1 / s0() })
	try("idx=", func(m map[string]int) { m["a"] = s[i] })
	try("nil=", func(m map[string]int) { m["a"] = np.x })
	try("div=", func(m map[string]int) { z := 0; m["a"] = 1 / z })
	try("nilmap[s[i]]", func(m map[string]int) { nm[0] = s[i] })
	try("nilmap np.x", func(m map[string]int) { nm[0] = np.x })
	try("nilmap+= s[i]", func(m map[string]int) { nm[0] += s[i] })
	try("two", func(m map[string]int) { m["a"], m["b"] = 1, s[i] })
	try("two2", func(m map[string]int) { nm[0], m["b"] = 1, s[i] })
}

func s0() int { return 0 }
