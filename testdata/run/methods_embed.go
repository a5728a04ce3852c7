// run

package main

type A struct{ n int }

func (a A) Get() int   { return a.n }
func (a *A) Set(n int) { a.n = n }

type B struct{ *A }
type C struct {
	B
	name string
}
type I interface{ Get() int }
type J interface {
	I
	Set(int)
}
type D struct{ J }
type Over struct{ A }

func (Over) Get() int { return -1 }

type F func(int) int

func (f F) Call(x int) int { return f(x) }

type S []int

func (s S) Len() int     { return len(s) }
func (s *S) Push(x int)  { *s = append(*s, x) }

func main() {
	c := C{B{&A{1}}, "c"}
	c.Set(5)
	println(c.Get(), c.A.n, c.B.Get())
	var i I = c
	println(i.Get())
	var j J = c
	j.Set(7)
	d := D{j}
	d.Set(9)
	println(d.Get(), c.n)
	o := Over{A{3}}
	println(o.Get(), o.A.Get())
	f := F(func(x int) int { return x * 2 })
	println(f.Call(4), F.Call(f, 5))
	var s S
	s.Push(1)
	s.Push(2)
	println(s.Len(), (*S).Len(&s))
	get := c.Get
	set := c.Set
	set(20)
	println(get(), c.Get())
	e := (*A).Set
	e(c.A, 30)
	println(I.Get(c), A.Get(*c.A))
	fs := []func() int{c.Get, o.Get, i.Get}
	t := 0
	for _, f := range fs {
		t += f()
	}
	println(t)
}
