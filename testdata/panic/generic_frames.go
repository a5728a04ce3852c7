package main

func gen[T any](x T, s []T) T { return s[5] }

type G[K comparable, V any] struct{ m map[K]V }

func (g *G[K, V]) Put(k K, v V) { g.m[k] = v }
func main() {
	defer func() { println(recover().(error).Error()); gen("a", nil) }()
	(&G[string, int]{}).Put("a", 1)
}
