package p

type T0[P any] struct {
	f P
}

type T1 struct {
	_ T0[T1]
}

type E2[P any] struct{ _ P }
type T3 struct {
	_ []E2[E2[T3]]
	_ E2[E2[T3]]
}
type A struct{ b B }
type B struct{ a A }
type C D
type D C
type I interface{ J }
type J interface{ I }
type X = Y
type Y = X
type V [len(v)]int

var v V
var w = g()

func g() int { return w }

const k = k2
const k2 = k

type PP *struct{ PP.f }
type T14 [len(T14{})]int
type Q struct{ f int }

func (Q) m() {}
func (Q) m() {}
func (Q) f() {}
