package sort

// Search returns the least i in [0, n) for which f holds, or n.  f must not
// hold up to some index and hold from there on; it is called O(log n) times.
func Search(n int, f func(int) bool) int {
	lo, hi := 0, n
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if f(mid) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}

// Find returns the least i in [0, n) for which cmp(i) <= 0, or n, and whether
// cmp(i) == 0 there.  cmp compares the target with element i: it must be
// positive first, then zero, then negative.
func Find(n int, cmp func(int) int) (i int, found bool) {
	i = Search(n, func(i int) bool { return cmp(i) <= 0 })
	return i, i < n && cmp(i) == 0
}

// SearchInts returns where x is in the sorted slice a, or would have to be
// inserted.
func SearchInts(a []int, x int) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}

// SearchFloat64s returns where x is in the sorted slice a, or would have to be
// inserted.
func SearchFloat64s(a []float64, x float64) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}

// SearchStrings returns where x is in the sorted slice a, or would have to be
// inserted.
func SearchStrings(a []string, x string) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}

// Search is [SearchInts].
func (p IntSlice) Search(x int) int { return SearchInts(p, x) }

// Search is [SearchFloat64s].
func (p Float64Slice) Search(x float64) int { return SearchFloat64s(p, x) }

// Search is [SearchStrings].
func (p StringSlice) Search(x string) int { return SearchStrings(p, x) }
