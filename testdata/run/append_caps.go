// Capacities that append and conversions give: 32 bytes, or 32 elements of a conversion, where the slice stays in the frame.
// mode: -noopt, there everything is on the heap, as with gc's -N
package main

import "fmt"

var text = "xyz"

func a1()          { w := make([]int16, 0, 2); w = append(w, 1, 2, 3); println("make2+3:", cap(w)) }
func a2()          { var a [2]int16; w := a[:0]; w = append(w, 1, 2, 3); println("arr2+3:", cap(w)) }
func a3(s []int16) { s = append(s, 1); println("param:", cap(s)) }
func a4() {
	var s []struct{ a, b, c, d, e int }
	s = append(s, struct{ a, b, c, d, e int }{})
	println("40b:", cap(s))
}
func a5() { var s []struct{}; s = append(s, struct{}{}); println("0b:", cap(s)) }
func a6() { var s []int16; s = append(s, 1); s = append(s, 2); println("two sites:", cap(s)) }
func a8() {
	var s []byte
	t := make([]byte, 13*len(text)+1)
	s = append(s, t...)
	println("spread40:", cap(s))
}
func a9() { var s []*int; x := 5; s = append(s, &x); println("ptr:", cap(s)) }
func b1() { s := append([]int16(nil), 1, 2, 3); println("append(nil):", cap(s)) }
func b2() { s := append([]byte(nil), "abc"...); println("append(nil byte):", cap(s)) }
func b3() { s := append([]byte{}, "abc"...); println("append({} byte):", cap(s)) }
func b6() { s := []byte("abc"); s = append(s, 'd'); println("const byte+1:", cap(s)) }
func b7() { s := []int16{1, 2, 3}; s = append(s, 4); println("lit+1:", cap(s)) }
func b8() {
	var s []int
	for i := 0; i < 10; i++ {
		s = append(s, i)
		print(len(s), ":", cap(s), " ")
	}
	println()
}

type st struct{ s []int }

func b9() {
	var x st
	for i := 0; i < 3; i++ {
		x.s = append(x.s, i)
		print(cap(x.s), " ")
	}
	println("field")
}
func c1() {
	var x [3][]int
	for i := 0; i < 3; i++ {
		x[i] = append(x[i], i)
		print(cap(x[i]), " ")
	}
	println("elem")
}
func c2() {
	m := map[int][]int{}
	for i := 0; i < 3; i++ {
		m[0] = append(m[0], i)
		print(cap(m[0]), " ")
	}
	println("map")
}
func c3() {
	x := &st{}
	for i := 0; i < 3; i++ {
		x.s = append(x.s, i)
		print(cap(x.s), " ")
	}
	println("ptr field")
}
func c4() {
	var s []int
	f := func() { s = append(s, 1); print(cap(s), " ") }
	f()
	f()
	f()
	println("closure")
}

func conversions() {
	b := []byte(text)
	b[0] = 'q'
	println("bytes:", cap(b), string(b))
	q := []rune(text)
	q[0] = 'q'
	println("runes:", cap(q), string(q))
	long := []byte(text + "abcdefghijklmnopqrstuvwxyz0123456789")
	long[0] = 'q'
	println("long:", cap(long))
	println("constant:", cap([]byte("abc")), cap([]rune("日本")))
}

func later() {
	var s []int16
	for i := range int16(20) {
		if i == 5 {
			s = nil
		}
		s = append(s, i)
		print(cap(s), " ")
	}
	println()
	var kept []int
	for i := range 6 {
		kept = append(kept, i)
		print(cap(kept), " ")
	}
	fmt.Println(kept)
}

func main() {
	a1()
	a2()
	a3(nil)
	a3(make([]int16, 3))
	a4()
	a5()
	a6()
	a8()
	a9()
	b1()
	b2()
	b3()
	b6()
	b7()
	b8()
	b9()
	c1()
	c2()
	c3()
	c4()
	conversions()
	later()
}
