// run

package main

type M [2][3]int

func change(a [3]int) [3]int { a[0] = 100; return a }
func ptr(a *[3]int)          { a[1] = 200 }

func main() {
	a := [3]int{1, 2, 3}
	b := change(a)
	ptr(&a)
	println(a[0], a[1], b[0], a == b, a == [3]int{1, 200, 3})
	var m M
	m[1][2] = 5
	n := m
	n[0][0] = 1
	println(m[1][2], m == n, len(m), len(m[0]))
	s := [...]string{3: "d", 1: "b"}
	println(len(s), s[1], s[3], s[0] == "")
	idx := 2
	println(a[idx], m[idx-1][idx])
	type pt struct{ x, y int }
	ps := [2]pt{{1, 2}, {y: 4}}
	qs := ps
	qs[0].x = 9
	println(ps[0].x, qs[0].x, ps != qs)
	var z [0]int
	println(len(z), z == [0]int{})
	big := [1000]int{}
	big[999] = 7
	c := big
	c[0] = 1
	println(big[0], c[999], big == c)
	for i, row := range [2][2]int{{1, 2}, {3, 4}} {
		for j := range row {
			print(i, j, row[j], " ")
		}
	}
	println()
	pa := &[4]int{1, 2, 3, 4}
	for i := range pa {
		pa[i] *= 2
	}
	println(pa[3], len(pa), cap(pa[:2]))
}
