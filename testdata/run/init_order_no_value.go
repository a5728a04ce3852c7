// run

// Variables without a value have their turn in the order of initialisation, constants have none.
package main

import "fmt"

func f(name string, _ ...any) int { fmt.Println(name); return 0 }

var a = f("a", x)
var b = f("b", K)
var c = f("c", y)
var d = func() int {
	if false {
		_ = y
	}
	return f("d")
}()
var e = f("e")
var m, n = f("m", late), f("n")

const K = 1

var x int
var y = func() int { return f("y") }()
var late = f("late", new(T).M)

type T int

func (*T) M() int { return last }

var last = f("last")

func main() {}
