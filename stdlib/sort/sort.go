// Package sort sorts what can tell which of two elements comes first and
// exchange them, and searches what is sorted.  For slices, package slices is
// easier to use and faster.
package sort

import (
	"internal/reflectlite"
	"math/bits"
	"slices"
)

// Interface is a collection that this package can sort by index.
type Interface interface {
	// Len returns the number of elements.
	Len() int

	// Less reports whether element i must come before element j.  If neither
	// comes before the other, they count as equal; [Sort] may put those in any
	// order.  It must be a strict weak order; < of floats is none
	// if there are NaNs.
	Less(i, j int) bool

	// Swap exchanges elements i and j.
	Swap(i, j int)
}

// lessSwap is what the algorithms need.
type lessSwap interface {
	Less(i, j int) bool
	Swap(i, j int)
}

// funcs makes functions a lessSwap.
type funcs struct {
	less func(i, j int) bool
	swap func(i, j int)
}

func (f funcs) Less(i, j int) bool { return f.less(i, j) }
func (f funcs) Swap(i, j int)      { f.swap(i, j) }

// Sort sorts data in increasing order; equal elements may change their order.
// It calls Len once, Less and Swap O(n log n) times.
func Sort(data Interface) { sortAll(data, data.Len()) }

// Stable sorts data in increasing order and keeps the order of equal elements.
// It calls Len once, Less O(n log n) times, Swap O(n log² n) times.
func Stable(data Interface) { stable(data, data.Len()) }

// IsSorted reports whether data is in increasing order.
func IsSorted(data Interface) bool {
	for i := data.Len() - 1; i > 0; i-- {
		if data.Less(i, i-1) {
			return false
		}
	}
	return true
}

// Reverse returns data with the opposite order.
func Reverse(data Interface) Interface { return &reverse{data} }

type reverse struct{ Interface }

func (r reverse) Less(i, j int) bool { return r.Interface.Less(j, i) }

// Slice sorts the slice x by less, a function of indices; equal elements may
// change their order.  It panics if x is not a slice.
func Slice(x any, less func(i, j int) bool) {
	n := reflectlite.ValueOf(x).Len()
	sortAll(funcs{less, reflectlite.Swapper(x)}, n)
}

// SliceStable is [Slice] that keeps the order of equal elements.
func SliceStable(x any, less func(i, j int) bool) {
	n := reflectlite.ValueOf(x).Len()
	stable(funcs{less, reflectlite.Swapper(x)}, n)
}

// SliceIsSorted reports whether the slice x is in increasing order by less.  It
// panics if x is not a slice.
func SliceIsSorted(x any, less func(i, j int) bool) bool {
	for i := reflectlite.ValueOf(x).Len() - 1; i > 0; i-- {
		if less(i, i-1) {
			return false
		}
	}
	return true
}

// IntSlice sorts ints.
type IntSlice []int

func (x IntSlice) Len() int           { return len(x) }
func (x IntSlice) Less(i, j int) bool { return x[i] < x[j] }
func (x IntSlice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }

// Sort is a shorter way to write Sort(x).
func (x IntSlice) Sort() { Sort(x) }

// Float64Slice sorts floats, NaNs first.
type Float64Slice []float64

func (x Float64Slice) Len() int { return len(x) }

// Less reports whether x[i] comes before x[j]; a NaN comes before the numbers.
func (x Float64Slice) Less(i, j int) bool { return x[i] < x[j] || x[i] != x[i] && x[j] == x[j] }
func (x Float64Slice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }

// Sort is a shorter way to write Sort(x).
func (x Float64Slice) Sort() { Sort(x) }

// StringSlice sorts strings.
type StringSlice []string

func (x StringSlice) Len() int           { return len(x) }
func (x StringSlice) Less(i, j int) bool { return x[i] < x[j] }
func (x StringSlice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }

// Sort is a shorter way to write Sort(x).
func (x StringSlice) Sort() { Sort(x) }

// Ints sorts x in increasing order; it is [slices.Sort].
func Ints(x []int) { slices.Sort(x) }

// Float64s sorts x in increasing order, NaNs first; it is [slices.Sort].
func Float64s(x []float64) { slices.Sort(x) }

// Strings sorts x in increasing order; it is [slices.Sort].
func Strings(x []string) { slices.Sort(x) }

// IntsAreSorted reports whether x is in increasing order.
func IntsAreSorted(x []int) bool { return slices.IsSorted(x) }

// Float64sAreSorted reports whether x is in increasing order, NaNs first.
func Float64sAreSorted(x []float64) bool { return slices.IsSorted(x) }

// StringsAreSorted reports whether x is in increasing order.
func StringsAreSorted(x []string) bool { return slices.IsSorted(x) }

// Below is the algorithm of package slices (see there) with what an Interface
// allows: elements can only be compared and exchanged in place, so the pivot
// stays at the front of its range meanwhile.

const (
	insertionMax = 12
	nintherMin   = 50
	blockSize    = 20 // what Stable sorts by insertion
)

func sortAll[D lessSwap](data D, n int) {
	if n < 2 || isRun(data, n) {
		return
	}
	quicksort(data, 0, n, false, 2*bits.Len(uint(n)))
}

// isRun reports whether data is sorted; if it was strictly decreasing, it is
// afterwards.
func isRun[D lessSwap](data D, n int) bool {
	i := 1
	if data.Less(1, 0) {
		for i < n && data.Less(i, i-1) {
			i++
		}
		if i < n {
			return false
		}
		reverseRange(data, 0, n)
		return true
	}
	for i < n && !data.Less(i, i-1) {
		i++
	}
	return i == n
}

func reverseRange[D lessSwap](data D, a, b int) {
	for b--; a < b; a, b = a+1, b-1 {
		data.Swap(a, b)
	}
}

// quicksort sorts [a, b).  With bounded, no element there is less than element
// a-1.
func quicksort[D lessSwap](data D, a, b int, bounded bool, limit int) {
	for b-a > insertionMax {
		if limit == 0 {
			heapSort(data, a, b)
			return
		}
		limit--
		data.Swap(a, choosePivot(data, a, b))
		if bounded && !data.Less(a-1, a) {
			a = partitionEqual(data, a, b)
			bounded = false
			continue
		}
		mid := partition(data, a, b)
		// The smaller part by recursion, the larger in this loop.
		if mid-a < b-mid {
			quicksort(data, a, mid, bounded, limit)
			a, bounded = mid+1, true
		} else {
			quicksort(data, mid+1, b, true, limit)
			b = mid
		}
	}
	insertionSort(data, a, b)
}

// partition puts what is less than the pivot, element a, before it and the
// rest after it, and returns where the pivot is then.
func partition[D lessSwap](data D, a, b int) int {
	i, j := a+1, b-1
	for {
		for i <= j && data.Less(i, a) {
			i++
		}
		for i <= j && !data.Less(j, a) {
			j--
		}
		if i > j {
			break
		}
		data.Swap(i, j)
		i++
		j--
	}
	data.Swap(a, j)
	return j
}

// partitionEqual is partition when nothing is less than the pivot: it puts what
// equals the pivot in front and returns where the rest begins.
func partitionEqual[D lessSwap](data D, a, b int) int {
	i, j := a+1, b-1
	for {
		for i <= j && !data.Less(a, i) {
			i++
		}
		for i <= j && data.Less(a, j) {
			j--
		}
		if i > j {
			return i
		}
		data.Swap(i, j)
		i++
		j--
	}
}

func choosePivot[D lessSwap](data D, a, b int) int {
	n := b - a
	x, y, z := a+n/4, a+n/2, a+n/4*3
	if n >= nintherMin {
		x = medianOf3(data, x-1, x, x+1)
		y = medianOf3(data, y-1, y, y+1)
		z = medianOf3(data, z-1, z, z+1)
	}
	return medianOf3(data, x, y, z)
}

func medianOf3[D lessSwap](data D, a, b, c int) int {
	if data.Less(b, a) {
		a, b = b, a
	}
	if data.Less(c, b) {
		b = c
		if data.Less(b, a) {
			b = a
		}
	}
	return b
}

func insertionSort[D lessSwap](data D, a, b int) {
	for i := a + 1; i < b; i++ {
		for j := i; j > a && data.Less(j, j-1); j-- {
			data.Swap(j, j-1)
		}
	}
}

func heapSort[D lessSwap](data D, a, b int) {
	n := b - a
	for i := n/2 - 1; i >= 0; i-- {
		siftDown(data, a, i, n)
	}
	for i := n - 1; i > 0; i-- {
		data.Swap(a, a+i)
		siftDown(data, a, 0, i)
	}
}

// siftDown restores the heap of n elements from base on, below element at.
func siftDown[D lessSwap](data D, base, at, n int) {
	for {
		child := 2*at + 1
		if child >= n {
			return
		}
		if child+1 < n && data.Less(base+child, base+child+1) {
			child++
		}
		if !data.Less(base+at, base+child) {
			return
		}
		data.Swap(base+at, base+child)
		at = child
	}
}

// stable sorts blocks by insertion and merges them in place.
func stable[D lessSwap](data D, n int) {
	for a := 0; a < n; a += blockSize {
		insertionSort(data, a, min(a+blockSize, n))
	}
	for size := blockSize; size < n; size *= 2 {
		for a := 0; a+size < n; a += 2 * size {
			merge(data, a, a+size, min(a+2*size, n))
		}
	}
}

// merge merges the sorted ranges [a, m) and [m, b) by the SymMerge of Kim and
// Kutzner ("Stable Minimum Storage Merging by Symmetric Comparisons"): it finds, symmetric to the
// middle, what must change sides, rotates it, and merges both halves.
func merge[D lessSwap](data D, a, m, b int) {
	if a == m || m == b || !data.Less(m, m-1) {
		return
	}
	if m-a == 1 {
		// One element in front: it goes before the first that is not less.
		i, j := m, b
		for i < j {
			h := int(uint(i+j) >> 1)
			if data.Less(h, a) {
				i = h + 1
			} else {
				j = h
			}
		}
		for k := a; k < i-1; k++ {
			data.Swap(k, k+1)
		}
		return
	}
	if b-m == 1 {
		// One element at the end: it goes before the first that is greater.
		i, j := a, m
		for i < j {
			h := int(uint(i+j) >> 1)
			if !data.Less(m, h) {
				i = h + 1
			} else {
				j = h
			}
		}
		for k := m; k > i; k-- {
			data.Swap(k, k-1)
		}
		return
	}
	mid := int(uint(a+b) >> 1)
	sum := mid + m
	lo, hi := a, m
	if m > mid {
		lo, hi = sum-b, mid
	}
	last := sum - 1
	for lo < hi {
		c := int(uint(lo+hi) >> 1)
		if !data.Less(last-c, c) {
			lo = c + 1
		} else {
			hi = c
		}
	}
	end := sum - lo
	if lo < m && m < end {
		rotate(data, lo, m, end)
	}
	merge(data, a, lo, mid)
	merge(data, mid, end, b)
}

// rotate exchanges the neighbouring ranges [a, m) and [m, b), by swapping
// the shorter one to its place again and again.
func rotate[D lessSwap](data D, a, m, b int) {
	i, j := m-a, b-m
	for i != j {
		if i > j {
			swapRange(data, m-i, m, j)
			i -= j
		} else {
			swapRange(data, m-i, m+j-i, i)
			j -= i
		}
	}
	swapRange(data, m-i, m, i)
}

func swapRange[D lessSwap](data D, a, b, n int) {
	for i := range n {
		data.Swap(a+i, b+i)
	}
}
