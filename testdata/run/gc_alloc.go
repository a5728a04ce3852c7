// run

package main

import "runtime"

type node struct {
	l, r *node
	v    [3]int
}

func build(d int) *node {
	if d == 0 {
		return &node{v: [3]int{1, 2, 3}}
	}
	return &node{build(d - 1), build(d - 1), [3]int{d}}
}

func (n *node) count() int {
	if n == nil {
		return 0
	}
	return 1 + n.l.count() + n.r.count()
}

func main() {
	keep := build(10)
	for i := 0; i < 20; i++ {
		t := build(8)
		if t.count() != 511 {
			println("lost", t.count())
		}
	}
	runtime.GC()
	println(keep.count())
	m := map[int]*node{}
	for i := 0; i < 200; i++ {
		m[i] = &node{v: [3]int{i}}
		if i%3 == 0 {
			delete(m, i/2)
		}
	}
	runtime.GC()
	s := 0
	for k, v := range m {
		if v.v[0] != k {
			println("bad", k, v.v[0])
		}
		s++
	}
	println(s == len(m))
	var chain []string
	for i := 0; i < 300; i++ {
		chain = append(chain, string(rune('a'+i%26))+"x")
	}
	runtime.GC()
	total := 0
	for i, c := range chain {
		if c != string(rune('a'+i%26))+"x" {
			println("bad string", i)
		}
		total += len(c)
	}
	println(total)
	ch := make(chan *node, 10)
	go func() {
		for i := 0; i < 50; i++ {
			ch <- &node{v: [3]int{i, i, i}}
		}
		close(ch)
	}()
	x := 0
	for n := range ch {
		runtime.GC()
		x += n.v[2]
	}
	println(x)
}
