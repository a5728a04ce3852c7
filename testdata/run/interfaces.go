// run

package main

type Shape interface {
	Area() float64
	Name() string
}
type Namer interface{ Name() string }
type Sq struct{ s float64 }
type Circ struct{ r float64 }

func (s Sq) Area() float64    { return s.s * s.s }
func (s Sq) Name() string     { return "sq" }
func (c *Circ) Area() float64 { return 3 * c.r * c.r }
func (c *Circ) Name() string  { return "circ" }

type MyInt int

func (m MyInt) Name() string { return "myint" }

type wrap struct{ Shape }

func describe(x any) string {
	switch v := x.(type) {
	case nil:
		return "nil"
	case int:
		return "int"
	case MyInt, string:
		_ = v
		return "myint or string"
	case Shape:
		return "shape " + v.Name()
	case Namer:
		return "namer"
	case []int:
		return "slice"
	case func():
		return "func"
	case error:
		return "error " + v.Error()
	}
	return "?"
}

type err string

func (e err) Error() string { return string(e) }

func main() {
	shapes := []Shape{Sq{2}, &Circ{1}, wrap{Sq{3}}}
	t := 0.0
	for _, s := range shapes {
		t += s.Area()
		println(s.Name(), s.Area())
	}
	println(t)
	for _, x := range []any{nil, 1, MyInt(2), "s", Sq{1}, &Circ{2}, []int{}, func() {}, err("e"), 1.5} {
		println(describe(x))
	}
	var n Namer = MyInt(3)
	_, ok := n.(Shape)
	println(ok)
	s, ok := any(Sq{4}).(Shape)
	println(ok, s.Area())
	var a, b any = 1, 1
	println(a == b, a == any(1.0), any("x") == any("x"), any(Sq{1}) == any(Sq{1}), a != nil)
	var p *Circ
	var sh Shape = p
	println(sh == nil, sh.Name())
	f := sh.Name
	g := Shape.Name
	println(f(), g(Sq{}))
	var e error = err("boom")
	println(e.Error(), e == err("boom"))
	m := map[any]int{1: 1, "a": 2, Sq{1}: 3}
	println(m[1], m["a"], m[Sq{1}], m[1.0])
}
