// run

package main

import "iter"

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer print("[end]")
		for i := 0; i < n; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func pairs(s []string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, v := range s {
			if !yield(i, v) {
				return
			}
		}
	}
}

func find(n int) (r int) {
	defer func() { r += 1000 }()
	for v := range count(10) {
		defer print("d", v, " ")
		if v == n {
			return v
		}
	}
	return -1
}

func labelled() string {
	s := ""
outer:
	for i := range count(4) {
		for j := range count(4) {
			if j == 2 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			s += string(rune('0'+i)) + string(rune('0'+j)) + " "
		}
	}
	return s
}

func main() {
	for v := range count(3) {
		print(v, " ")
	}
	println()
	for i, s := range pairs([]string{"a", "b", "c"}) {
		if i == 1 {
			continue
		}
		print(i, s, " ")
	}
	println()
	println(find(2))
	println(labelled())
	var fs []func() int
	for v := range count(3) {
		fs = append(fs, func() int { v++; return v })
	}
	println(fs[0](), fs[0](), fs[2]())
	for range count(2) {
		print("x")
	}
	println()
	func() {
		defer func() { println("recovered", recover().(string)) }()
		for v := range count(3) {
			if v == 1 {
				panic("in body")
			}
		}
	}()
}
