// run

package main

// Growth of slices on the heap; those that stay in a frame begin with a buffer of 32 bytes in gc.
var grown []int
var grownBytes []byte

func show(name string, s []int) { println(name, len(s), cap(s)) }

func main() {
	var s []int
	last := -1
	for i := 0; i < 2000; i++ {
		grown = append(grown, i)
		if cap(grown) != last {
			last = cap(grown)
			print(last, " ")
		}
	}
	println()
	s = grown
	last = -1
	for i := 0; i < 3000; i++ {
		grownBytes = append(grownBytes, byte(i))
		if cap(grownBytes) != last {
			last = cap(grownBytes)
			print(last, " ")
		}
	}
	println()
	a := [5]int{1, 2, 3, 4, 5}
	t := a[1:3]
	show("t", t)
	t = append(t, 10)
	println(a[3])
	u := a[1:3:3]
	u = append(u, 99)
	println(a[3], u[2])
	println(copy(a[:], a[2:]), a[0], a[1], a[2], a[3])
	t = append(t[:1], t[2:]...)
	show("t", t)
	m := make([]int, 2, 10)
	show("m", m[:7])
	n := append([]int(nil), m...)
	show("n", n)
	var e []int
	println(e == nil, len(e[:0]), append(e, e...) == nil)
	arr := [3]int(s[:3])
	p := (*[2]int)(s[5:])
	p[0] = -5
	println(arr[2], s[5])
	str := append([]byte("ab"), "cde"...)
	println(string(str))
	clear(m)
	x := [...]string{2: "c", 0: "a"}
	println(len(x), x[0], x[1] == "", x[2])
	mm := [][]int{{1}, {2, 3}, nil}
	println(len(mm), len(mm[1]), mm[1][1], mm[2] == nil)
	println(min(3, 1, 2), max(2.5, 1), min("b", "a"))
}
