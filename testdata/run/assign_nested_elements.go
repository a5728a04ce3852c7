// Operands of the left sides are there before any assignment; whether an element exists is found when it is assigned to.
package main

import "fmt"

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover(), x, y, aa, bb, cc) }()
	x, y = 0, 0
	f()
}

var (
	x, y int
	aa   [2][2]int
	bb   = [][2]int{{1, 2}}
	cc   = [2][]int{{1}, {2}}
	i, j = 5, 1
	pp   *[2][2]int
)

func main() {
	try("array of array", func() { x, aa[i][j] = 1, 2 })
	try("inner", func() { x, aa[j][i] = 1, 2 })
	try("slice of array", func() { x, bb[i][j] = 1, 2 })
	try("slice of array, inner", func() { x, bb[0][i] = 1, 2 })
	try("array of slice", func() { x, cc[i][j] = 1, 2 })
	try("array of slice, inner", func() { x, cc[0][i] = 1, 2 })
	try("pointer", func() { x, pp[0][j] = 1, 2 })
	try("pointer, index", func() { x, pp[i][j] = 1, 2 })
	try("first", func() { aa[i][j], x = 1, 2 })
	try("two", func() { bb[0][0], bb[i][0], y = 7, 8, 9 })
}
