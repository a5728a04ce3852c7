package slices_test

import (
	"cmp"
	"math"
	"math/rand"
	"slices"
	"sort"
	"testing"
)

// patterns are inputs that sorting algorithms are good or bad at.
var patterns = []func(i, n int) int{
	func(i, n int) int { return rand.Int() },
	func(i, n int) int { return i },
	func(i, n int) int { return n - i },
	func(i, n int) int { return i % 7 },
	func(i, n int) int { return 1 },
	func(i, n int) int { return min(i, n-i) },
	func(i, n int) int { return i ^ 1 },
}

func TestSorts(t *testing.T) {
	type pair struct{ key, index int }
	for _, pattern := range patterns {
		for _, n := range []int{0, 1, 2, 3, 12, 13, 20, 21, 50, 128, 129, 1000, 5000} {
			in := make([]int, n)
			sum := 0
			for i := range in {
				in[i] = pattern(i, n)
				sum += in[i]
			}
			check := func(name string, out []int) {
				t.Helper()
				got := 0
				for i, v := range out {
					got += v
					if i > 0 && v < out[i-1] {
						t.Fatalf("%s, %d elements: not sorted at %d", name, n, i)
					}
				}
				if got != sum {
					t.Fatalf("%s, %d elements: other elements", name, n)
				}
			}
			out := slices.Clone(in)
			slices.Sort(out)
			check("Sort", out)
			out = slices.Clone(in)
			slices.SortFunc(out, cmp.Compare[int])
			check("SortFunc", out)
			out = slices.Clone(in)
			sort.Sort(sort.IntSlice(out))
			check("sort.Sort", out)

			pairs := make([]pair, n)
			for i := range pairs {
				pairs[i] = pair{in[i] & 3, i}
			}
			stable := func(name string, p []pair) {
				t.Helper()
				for i := 1; i < n; i++ {
					if a, b := p[i-1], p[i]; a.key > b.key || a.key == b.key && a.index > b.index {
						t.Fatalf("%s, %d elements: %v before %v", name, n, a, b)
					}
				}
			}
			p := slices.Clone(pairs)
			slices.SortStableFunc(p, func(a, b pair) int { return a.key - b.key })
			stable("SortStableFunc", p)
			p = slices.Clone(pairs)
			sort.SliceStable(p, func(i, j int) bool { return p[i].key < p[j].key })
			stable("SliceStable", p)
		}
	}
}

func TestSortNaN(t *testing.T) {
	nan := math.NaN()
	x := []float64{2, nan, 1, nan, -1}
	slices.Sort(x)
	if !(x[0] != x[0] && x[1] != x[1] && x[2] == -1 && x[3] == 1 && x[4] == 2) {
		t.Error(x)
	}
}

// A comparison that contradicts itself must not lead out of bounds.
func TestSortInconsistent(t *testing.T) {
	x := make([]int, 1000)
	slices.SortFunc(x, func(a, b int) int { return rand.Intn(3) - 1 })
	slices.SortStableFunc(x, func(a, b int) int { return -1 })
	sort.Slice(x, func(i, j int) bool { return true })
}

func TestInsertReplaceDelete(t *testing.T) {
	s := make([]int, 5, 20)
	for i := range s {
		s[i] = i
	}
	if got := slices.Insert(slices.Clone(s), 2, 8, 9); !slices.Equal(got, []int{0, 1, 8, 9, 2, 3, 4}) {
		t.Error(got)
	}
	if got := slices.Insert(s, 1, s[2:5]...); !slices.Equal(got, []int{0, 2, 3, 4, 1, 2, 3, 4}) {
		t.Error("from itself:", got)
	}
	x := []int{0, 1, 2, 3, 4, 5}
	if got := slices.Replace(x, 1, 4, 7); !slices.Equal(got, []int{0, 7, 4, 5}) || x[4] != 0 || x[5] != 0 {
		t.Error(got, x)
	}
	x = []int{0, 1, 2, 3}
	if got := slices.Delete(x, 0, 2); !slices.Equal(got, []int{2, 3}) || x[2] != 0 || x[3] != 0 {
		t.Error(got, x)
	}
}
