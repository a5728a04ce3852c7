// run

package main

func sw(n int) string {
	switch {
	case n < 0:
		return "neg"
	case n == 0:
		fallthrough
	case n == 1:
		return "small"
	default:
		return "big"
	case n == 50:
		return "fifty"
	}
}

func find(m [][]int, x int) (int, int) {
outer:
	for i, row := range m {
		for j, v := range row {
			if v == x {
				return i, j
			}
			if v < 0 {
				continue outer
			}
			if v > 100 {
				break outer
			}
		}
	}
	return -1, -1
}

func gotos(n int) int {
	i, s := 0, 0
loop:
	if i < n {
		s += i
		i++
		goto loop
	}
	return s
}

func main() {
	for _, n := range []int{-1, 0, 1, 2, 50} {
		print(sw(n), " ")
	}
	println()
	m := [][]int{{1, 2}, {-1, 7}, {3, 7}, {101}, {8}}
	println(find(m, 7))
	println(find(m, 8))
	println(gotos(10))
	for i := range 3 {
		print(i, " ")
	}
	var u8 uint8 = 3
	for i := range u8 {
		print(i, " ")
	}
	println()
	if x := 5; x > 3 {
		println("then", x)
	} else if y := x * 2; y > 3 {
		println("else", y)
	}
	a := [3]int{1, 2, 3}
	for i, v := range a {
		a[2] = 10
		if i == 2 {
			println(v)
		}
	}
	s := []int{1, 2, 3}
	for i, v := range s {
		s[2] = 10
		if i == 2 {
			println(v)
		}
	}
	for i, v := range &a {
		a[2] = 20
		if i == 2 {
			println(v)
		}
	}
	n := 0
	for {
		n++
		if n%2 == 0 {
			continue
		}
		if n > 10 {
			break
		}
	}
	println(n)
	switch x := any(n).(type) {
	case int:
		println("int", x+1)
	}
	i, sl := 0, []int{1, 2, 3}
	i, sl[i] = 1, 42
	println(i, sl[0], sl[1])
	sl[0], sl[1], sl[2] = sl[2], sl[0], sl[1]
	println(sl[0], sl[1], sl[2])
	const (
		A = iota * 10
		B
		_
		D
	)
	println(A, B, D)
}
