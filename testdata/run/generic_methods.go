// run

package main

type Box[T any] struct{ v T }

func (b Box[T]) Map[U any](f func(T) U) Box[U] { return Box[U]{f(b.v)} }
func (b *Box[T]) Set(v T)                       { b.v = v }

type Num struct{}

func (Num) Zero[T ~int | ~string]() (t T) { return }

func main() {
	b := Box[int]{3}
	s := b.Map(func(i int) string { return string(rune('a' + i)) })
	println(s.v)
	f := b.Map[float64]
	println(f(func(i int) float64 { return float64(i) / 2 }).v)
	b.Set(9)
	println(b.v, Num{}.Zero[int](), Num{}.Zero[string]() == "")
}
