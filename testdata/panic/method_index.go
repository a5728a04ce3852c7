package main

type T struct{ a, b int }

func (t *T) M(x string, y []int, z float64, q any) int { return t.deep(x, y, 3) }

//go:noinline
func (t *T) deep(x string, y []int, i int) int { return y[i] }
func main() {
	t := &T{1, 2}
	t.M("abc", []int{1}, 2.5, t)
}
