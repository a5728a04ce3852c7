// run

package main

type Number interface {
	~int | ~int64 | ~float64
}

func Sum[T Number](xs ...T) (t T) {
	for _, x := range xs {
		t += x
	}
	return
}

func Map[T, U any](xs []T, f func(T) U) []U {
	r := make([]U, 0, len(xs))
	for _, x := range xs {
		r = append(r, f(x))
	}
	return r
}

type List[T any] struct {
	head *node[T]
	n    int
}
type node[T any] struct {
	v    T
	next *node[T]
}

func (l *List[T]) Push(v T) { l.head = &node[T]{v, l.head}; l.n++ }
func (l *List[T]) Each(f func(T)) {
	for n := l.head; n != nil; n = n.next {
		f(n.v)
	}
}

type Pair[K comparable, V any] struct {
	k K
	v V
}

func Keys[M ~map[K]V, K comparable, V any](m M) int { return len(m) }

type Stringer interface{ String() string }
type ID int

func (i ID) String() string { return "id" }

func Join[T Stringer](xs []T) (s string) {
	for _, x := range xs {
		s += x.String()
	}
	return
}

type Set[T comparable] map[T]struct{}

func (s Set[T]) Add(v T) { s[v] = struct{}{} }
func (s Set[T]) Has(v T) bool {
	_, ok := s[v]
	return ok
}

func Ptr[T any](v T) *T { return &v }

type PtrTo[T any] interface {
	*T
	Set(int)
}
type cell struct{ n int }

func (c *cell) Set(n int) { c.n = n }

func Make[T any, P PtrTo[T]](n int) T {
	var t T
	P(&t).Set(n)
	return t
}

func Kind[T any](x T) string {
	switch any(x).(type) {
	case int:
		return "int"
	case string:
		return "string"
	case []T:
		return "slice of T"
	}
	return "other"
}

type MyInt int

type Tree[T any] struct {
	l, r *Tree[T]
	v    T
}

func (t *Tree[T]) Insert(v T, less func(a, b T) bool) *Tree[T] {
	if t == nil {
		return &Tree[T]{v: v}
	}
	if less(v, t.v) {
		t.l = t.l.Insert(v, less)
	} else {
		t.r = t.r.Insert(v, less)
	}
	return t
}
func (t *Tree[T]) Walk(f func(T)) {
	if t != nil {
		t.l.Walk(f)
		f(t.v)
		t.r.Walk(f)
	}
}

func main() {
	println(Sum(1, 2, 3), Sum(1.5, 2), Sum[MyInt](4, 5))
	for _, s := range Map([]int{1, 2, 3}, func(i int) string { return string(rune('a' + i)) }) {
		print(s, " ")
	}
	println()
	var l List[string]
	l.Push("a")
	l.Push("b")
	l.Each(func(s string) { print(s) })
	println(l.n)
	p := Pair[string, int]{"k", 1}
	println(p.k, p.v, p == Pair[string, int]{"k", 1})
	println(Keys(map[int]bool{1: true}), Join([]ID{1, 2}))
	s := Set[int]{}
	s.Add(3)
	println(s.Has(3), s.Has(4), *Ptr(5), *Ptr("x"))
	println(Make[cell](7).n, Kind(1), Kind("a"), Kind(1.5))
	var t *Tree[int]
	for _, v := range []int{5, 2, 8, 1} {
		t = t.Insert(v, func(a, b int) bool { return a < b })
	}
	t.Walk(func(v int) { print(v, " ") })
	println()
	f := Sum[float64]
	println(f(1, 2))
}
