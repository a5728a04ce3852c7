// run

// Pointers into a stack that moves stay right.
package main

type link struct {
	up *link
	n  int
	p  *int
}

func rec(n int, up *link, acc *int) int {
	v := n
	l := link{up, n, &v}
	if n == 0 {
		s := 0
		for q := &l; q != nil; q = q.up {
			s += *q.p + q.n
		}
		*acc += s
		return s
	}
	var pad [32]int
	for i := range pad {
		pad[i] = n + i
	}
	r := rec(n-1, &l, acc)
	v++
	for i := range pad {
		if pad[i] != n+i {
			println("clobbered")
		}
	}
	return r + *l.p - n
}

func sum(f func(int) int, n int) int {
	if n == 0 {
		return 0
	}
	return f(n) + sum(f, n-1)
}

func main() {
	acc := 0
	println(rec(2000, nil, &acc), acc)
	k := 3
	println(sum(func(i int) int { k++; return i * k % 7 }, 5000), k)
	done := make(chan int)
	for i := 0; i < 4; i++ {
		go func() {
			a := 0
			done <- rec(300+i, nil, &a) + a
		}()
	}
	t := 0
	for i := 0; i < 4; i++ {
		t += <-done
	}
	println(t)
}
