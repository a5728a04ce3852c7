// run

package main

type E struct{}
type Z [0]int
type W struct {
	a int
	e E
}

func (E) M() int { return 1 }

func f(e E, z Z) (E, int) { return e, len(z) }

func main() {
	var e E
	var z Z
	_, n := f(e, z)
	println(e == E{}, n, e.M())
	s := make([]E, 1000)
	s = append(s, E{}, E{})
	println(len(s), s[3] == e)
	m := map[E]int{{}: 1}
	m[E{}]++
	println(len(m), m[e])
	ch := make(chan E, 5)
	ch <- e
	ch <- E{}
	println(len(ch), <-ch == e)
	var i any = e
	_, ok := i.(E)
	println(ok, i == any(E{}))
	w := W{a: 1}
	p := &w.e
	println(*p == e, w == W{1, E{}})
	set := map[string]struct{}{"a": {}}
	_, ok = set["a"]
	println(ok)
	for range [3]E{} {
		print(".")
	}
	println()
	type rec struct {
		next *rec
		_    struct{}
	}
	r := &rec{}
	r.next = r
	println(r.next.next == r)
}
