// run

package main

import (
	"iter"
	"maps"
	"slices"
)

func gen(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer println("cleanup")
		for i := range n {
			if !yield(i * i) {
				return
			}
		}
	}
}

func main() {
	next, stop := iter.Pull(gen(5))
	for {
		v, ok := next()
		if !ok || v > 4 {
			break
		}
		print(v, " ")
	}
	stop()
	_, ok := next()
	println(ok)
	m := map[string]int{"c": 3, "a": 1, "b": 2}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		print(k, m[k], " ")
	}
	println()
	s := slices.Collect(gen(3))
	println(len(s), s[2])
	for i, v := range slices.Backward(s) {
		print(i, v, " ")
	}
	println()
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		print(len(c), " ")
	}
	println()
}
