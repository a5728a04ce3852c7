// run

package main

type P struct{ x, y int }
type L struct {
	a, b P
	name string
}
type E struct {
	P
	*L
	z int
}

func (p P) sum() int   { return p.x + p.y }
func (p *P) scale(k int) { p.x *= k; p.y *= k }

type big struct {
	a [20]int
	s string
}

func mod(b big) big { b.a[3] = 7; b.s += "!"; return b }

func main() {
	p := P{1, 2}
	q := p
	q.scale(3)
	println(p.sum(), q.sum(), p == q, p == P{1, 2})
	l := &L{a: p, name: "l"}
	l.b.scale(5)
	l.a = q
	println(l.a.x, l.b.y, l.name)
	e := E{P: P{3, 4}, L: l, z: 1}
	println(e.sum(), e.name, e.a.sum(), e.x)
	e.scale(2)
	f := e.sum
	e.x = 100
	println(f(), e.sum())
	g := (*P).scale
	g(&e.P, 2)
	println(P.sum(e.P))
	b := big{s: "x"}
	c := mod(b)
	println(b.a[3], c.a[3], b.s, c.s, b == c, c == mod(b))
	arr := [3]P{{1, 2}, {3, 4}}
	for i, v := range arr {
		v.x = 9
		arr[i].y += v.x
	}
	println(arr[0].x, arr[0].y, arr[2].y)
	anon := struct {
		n int
		_ string
	}{n: 4}
	println(anon.n)
	pp := &arr[1]
	pp.x++
	(*pp).y--
	println(arr[1].x, arr[1].y)
	var np *E
	println(np == nil)
}
