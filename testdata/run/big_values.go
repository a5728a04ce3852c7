// run

package main

type V struct {
	name string
	data [40]int
	tags []string
}

func make1(n int) V {
	v := V{name: "v", tags: []string{"t"}}
	v.data[n] = n
	return v
}
func (v V) with(i, x int) V { v.data[i] = x; return v }
func (v *V) inc(i int)      { v.data[i]++ }
func pick(a, b V, first bool) V {
	if first {
		return a
	}
	return b
}

type holder struct{ vs [2]V }

func main() {
	a := make1(3)
	b := a.with(5, 50)
	a.inc(3)
	println(a.data[3], a.data[5], b.data[3], b.data[5], len(b.tags))
	c := pick(a, b, false)
	c.tags[0] = "shared"
	println(a.tags[0], c.data[5])
	m := map[string]V{"a": a}
	m["b"] = b.with(0, 1)
	println(m["b"].data[0], m["zz"].data[39], len(m))
	s := []V{a, b}
	s = append(s, c)
	for i, v := range s {
		v.data[1] = 77
		s[i].data[2] = i
	}
	println(s[1].data[1], s[2].data[2])
	h := holder{[2]V{a, b}}
	g := h
	g.vs[0].name = "g"
	println(h.vs[0].name, g.vs[0].name)
	ch := make(chan V, 1)
	ch <- g.vs[1]
	println((<-ch).data[5])
	var i any = a
	a.inc(3)
	println(i.(V).data[3], a.data[3])
	f := func() V { return a }
	a.inc(3)
	println(f().data[3])
	x, y := a, b
	x, y = y, x
	println(x.data[5], y.data[3])
	p := &s[0]
	*p = b
	println(s[0].data[5])
	defer func(v V) { println(v.data[3]) }(a)
	a = V{}
}
