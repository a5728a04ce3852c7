// run

package main

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
)

type person struct {
	name string
	age  int
}

type heap[T any] struct {
	xs   []T
	less func(a, b T) bool
}

func (h *heap[T]) push(x T) {
	h.xs = append(h.xs, x)
	for i := len(h.xs) - 1; i > 0 && h.less(h.xs[i], h.xs[(i-1)/2]); i = (i - 1) / 2 {
		h.xs[i], h.xs[(i-1)/2] = h.xs[(i-1)/2], h.xs[i]
	}
}

func (h *heap[T]) pop() T {
	top := h.xs[0]
	last := len(h.xs) - 1
	h.xs[0] = h.xs[last]
	h.xs = h.xs[:last]
	for i := 0; ; {
		c := 2*i + 1
		if c >= last {
			break
		}
		if c+1 < last && h.less(h.xs[c+1], h.xs[c]) {
			c++
		}
		if !h.less(h.xs[c], h.xs[i]) {
			break
		}
		h.xs[c], h.xs[i] = h.xs[i], h.xs[c]
		i = c
	}
	return top
}

func main() {
	ps := []person{{"bob", 30}, {"al", 25}, {"cy", 30}, {"di", 25}}
	slices.SortStableFunc(ps, func(a, b person) int { return cmp.Compare(a.age, b.age) })
	fmt.Println(ps)
	slices.SortFunc(ps, func(a, b person) int {
		return cmp.Or(-cmp.Compare(a.age, b.age), strings.Compare(a.name, b.name))
	})
	fmt.Println(ps)
	x := uint32(7)
	xs := make([]int, 5000)
	for i := range xs {
		x = x*1664525 + 1013904223
		xs[i] = int(x >> 8)
	}
	ys := slices.Clone(xs)
	slices.Sort(xs)
	sort.Ints(ys)
	fmt.Println(slices.IsSorted(xs), slices.Equal(xs, ys), xs[0], xs[4999])
	h := &heap[string]{less: func(a, b string) bool { return len(a) < len(b) || len(a) == len(b) && a < b }}
	for _, s := range strings.Fields("the quick brown fox jumps over a lazy dog") {
		h.push(s)
	}
	for len(h.xs) > 0 {
		fmt.Print(h.pop(), " ")
	}
	fmt.Println()
	fmt.Println(slices.Compact([]int{1, 1, 2, 2, 2, 3}), slices.Contains(xs, 1), sort.SearchInts([]int{1, 3, 5}, 4))
}
