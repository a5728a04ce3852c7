package slices

import (
	"cmp"
	"math/bits"
)

// Sorting is quicksort after Peters' pattern-defeating quicksort and
// Bergdoll and Peters' ipnsort:
//
//   - what is sorted already, or backwards, is found out first;
//   - the pivot is a median of three, of three medians in large slices;
//   - the partition has no branch that depends on the data but the count of the
//     smaller elements, which is arithmetic;
//   - elements equal to the pivot before are split off at once, so that few
//     distinct values mean little work;
//   - too many bad pivots lead to heapsort, so that n log n is certain.
//
// The functions come twice: for < of ordered types, which compile to plain
// comparisons, and for a comparison function.

const (
	insertionMax = 20  // insertion sort up to here
	nintherMin   = 128 // median of nine from here
)

// Sort sorts x in increasing order.  NaNs come first.
func Sort[S ~[]E, E cmp.Ordered](x S) {
	// With the NaNs out of the way, < is an order.
	n := 0
	for i := range x {
		if x[i] != x[i] {
			x[i], x[n] = x[n], x[i]
			n++
		}
	}
	v := []E(x[n:])
	if len(v) < 2 || isRun(v) {
		return
	}
	quicksort(v, nil, 2*bits.Len(uint(len(v))))
}

// SortFunc sorts x in increasing order by cmp, which must return a negative
// number, zero or a positive number as a < b, a == b, a > b, and be a strict weak
// order.  Equal elements may come in any order.
func SortFunc[S ~[]E, E any](x S, cmp func(a, b E) int) {
	v := []E(x)
	if len(v) < 2 || isRunFunc(v, cmp) {
		return
	}
	quicksortFunc(v, nil, 2*bits.Len(uint(len(v))), cmp)
}

// SortStableFunc is [SortFunc] that keeps the order of equal elements.
func SortStableFunc[S ~[]E, E any](x S, cmp func(a, b E) int) {
	mergesort([]E(x), cmp)
}

// isRun reports whether v is sorted; if it was strictly decreasing, it is
// afterwards.
func isRun[E cmp.Ordered](v []E) bool {
	i := 1
	if v[1] < v[0] {
		for i < len(v) && v[i] < v[i-1] {
			i++
		}
		if i < len(v) {
			return false
		}
		Reverse(v)
		return true
	}
	for i < len(v) && !(v[i] < v[i-1]) {
		i++
	}
	return i == len(v)
}

// quicksort sorts v.  All its elements are at least *pred, if there is one.
func quicksort[E cmp.Ordered](v []E, pred *E, limit int) {
	for len(v) > insertionMax {
		if limit == 0 {
			heapsort(v)
			return
		}
		limit--
		p := choosePivot(v)
		v[0], v[p] = v[p], v[0]
		pivot := v[0]
		rest := v[1:]
		n := 0
		if pred != nil && !(*pred < pivot) {
			// The pivot is the least there is: what equals it is in its final place
			// once it is in front.
			for i := range rest {
				e := rest[i]
				rest[i] = rest[n]
				rest[n] = e
				n += one(!(pivot < e))
			}
			v = rest[n:]
			pred = nil
			continue
		}
		for i := range rest {
			e := rest[i]
			rest[i] = rest[n]
			rest[n] = e
			n += one(e < pivot)
		}
		v[0], v[n] = v[n], v[0]
		quicksort(v[:n], pred, limit)
		pred = &pivot
		v = v[n+1:]
	}
	insertionSort(v)
}

// one returns 1 for true and 0 for false, without a branch if the compiler is
// good.
func one(b bool) int {
	var n int
	if b {
		n = 1
	}
	return n
}

func insertionSort[E cmp.Ordered](v []E) {
	for i := 1; i < len(v); i++ {
		e := v[i]
		j := i
		for j > 0 && e < v[j-1] {
			v[j] = v[j-1]
			j--
		}
		v[j] = e
	}
}

func heapsort[E cmp.Ordered](v []E) {
	for i := len(v)/2 - 1; i >= 0; i-- {
		siftDown(v, i)
	}
	for n := len(v) - 1; n > 0; n-- {
		v[0], v[n] = v[n], v[0]
		siftDown(v[:n], 0)
	}
}

func siftDown[E cmp.Ordered](v []E, at int) {
	for {
		child := 2*at + 1
		if child >= len(v) {
			return
		}
		if child+1 < len(v) && v[child] < v[child+1] {
			child++
		}
		if !(v[at] < v[child]) {
			return
		}
		v[at], v[child] = v[child], v[at]
		at = child
	}
}

func choosePivot[E cmp.Ordered](v []E) int {
	a, b, c := len(v)/4, len(v)/2, len(v)/4*3
	if len(v) >= nintherMin {
		a = medianOf3(v, a-1, a, a+1)
		b = medianOf3(v, b-1, b, b+1)
		c = medianOf3(v, c-1, c, c+1)
	}
	return medianOf3(v, a, b, c)
}

func medianOf3[E cmp.Ordered](v []E, a, b, c int) int {
	if v[b] < v[a] {
		a, b = b, a
	}
	if v[c] < v[b] {
		b = c
		if v[b] < v[a] {
			b = a
		}
	}
	return b
}

func isRunFunc[E any](v []E, cmp func(a, b E) int) bool {
	i := 1
	if cmp(v[1], v[0]) < 0 {
		for i < len(v) && cmp(v[i], v[i-1]) < 0 {
			i++
		}
		if i < len(v) {
			return false
		}
		Reverse(v)
		return true
	}
	for i < len(v) && cmp(v[i], v[i-1]) >= 0 {
		i++
	}
	return i == len(v)
}

func quicksortFunc[E any](v []E, pred *E, limit int, cmp func(a, b E) int) {
	for len(v) > insertionMax {
		if limit == 0 {
			heapsortFunc(v, cmp)
			return
		}
		limit--
		p := choosePivotFunc(v, cmp)
		v[0], v[p] = v[p], v[0]
		pivot := v[0]
		rest := v[1:]
		n := 0
		if pred != nil && cmp(*pred, pivot) >= 0 {
			for i := range rest {
				e := rest[i]
				rest[i] = rest[n]
				rest[n] = e
				if cmp(pivot, e) >= 0 {
					n++
				}
			}
			v = rest[n:]
			pred = nil
			continue
		}
		for i := range rest {
			e := rest[i]
			rest[i] = rest[n]
			rest[n] = e
			if cmp(e, pivot) < 0 {
				n++
			}
		}
		v[0], v[n] = v[n], v[0]
		quicksortFunc(v[:n], pred, limit, cmp)
		pred = &pivot
		v = v[n+1:]
	}
	insertionSortFunc(v, cmp)
}

func insertionSortFunc[E any](v []E, cmp func(a, b E) int) {
	for i := 1; i < len(v); i++ {
		e := v[i]
		j := i
		for j > 0 && cmp(e, v[j-1]) < 0 {
			v[j] = v[j-1]
			j--
		}
		v[j] = e
	}
}

func heapsortFunc[E any](v []E, cmp func(a, b E) int) {
	for i := len(v)/2 - 1; i >= 0; i-- {
		siftDownFunc(v, i, cmp)
	}
	for n := len(v) - 1; n > 0; n-- {
		v[0], v[n] = v[n], v[0]
		siftDownFunc(v[:n], 0, cmp)
	}
}

func siftDownFunc[E any](v []E, at int, cmp func(a, b E) int) {
	for {
		child := 2*at + 1
		if child >= len(v) {
			return
		}
		if child+1 < len(v) && cmp(v[child], v[child+1]) < 0 {
			child++
		}
		if cmp(v[at], v[child]) >= 0 {
			return
		}
		v[at], v[child] = v[child], v[at]
		at = child
	}
}

func choosePivotFunc[E any](v []E, cmp func(a, b E) int) int {
	a, b, c := len(v)/4, len(v)/2, len(v)/4*3
	if len(v) >= nintherMin {
		a = medianOf3Func(v, a-1, a, a+1, cmp)
		b = medianOf3Func(v, b-1, b, b+1, cmp)
		c = medianOf3Func(v, c-1, c, c+1, cmp)
	}
	return medianOf3Func(v, a, b, c, cmp)
}

func medianOf3Func[E any](v []E, a, b, c int, cmp func(a, b E) int) int {
	if cmp(v[b], v[a]) < 0 {
		a, b = b, a
	}
	if cmp(v[c], v[b]) < 0 {
		b = c
		if cmp(v[b], v[a]) < 0 {
			b = a
		}
	}
	return b
}

// mergesort sorts blocks by insertion and merges them, first neighbours, then
// pairs of those, and so on.  The left one of two is put aside for a merge.
func mergesort[E any](v []E, cmp func(a, b E) int) {
	for i := 0; i < len(v); i += insertionMax {
		insertionSortFunc(v[i:min(i+insertionMax, len(v))], cmp)
	}
	if len(v) <= insertionMax {
		return
	}
	var aside []E
	for size := insertionMax; size < len(v); size *= 2 {
		for i := 0; i+size < len(v); i += 2 * size {
			both := v[i:min(i+2*size, len(v))]
			if cmp(both[size], both[size-1]) >= 0 {
				continue
			}
			aside = append(aside[:0], both[:size]...)
			left, right, out := 0, size, 0
			for left < size && right < len(both) {
				if cmp(both[right], aside[left]) < 0 {
					both[out] = both[right]
					right++
				} else {
					both[out] = aside[left]
					left++
				}
				out++
			}
			copy(both[out:], aside[left:])
		}
	}
}
