package p

func f[T any]()                           {}
func g[T any](x int)                      {}
func h[T interface{ ~[]E }, E int | string](x T) {}
func two[P any](x, y P)                   {}

type A[P any] = []P

type List[P any] struct{ next *List[P] }

func (l *List[P]) Map(f func(P) P) *List[P] { return l }
func (l *List[P]) To[Q any](f func(P) Q) *List[Q] { return nil }

func m(l *List[int]) {
	f()
	g(1)
	h([]bool{})
	x := f
	var y A
	z := g[int]
	two(1, "a")
	two(1, 2.5)
	two([]int{}, []string{})
	var s *List[string] = l.To(func(i int) string { return "" })
	s = l.To(func(i int) int { return 0 })
	l.Map(1)
	l.To(1)
	var fn func(int, int) = two
	fn = two[string]
	_ = z
}
