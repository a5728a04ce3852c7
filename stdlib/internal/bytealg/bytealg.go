// Package bytealg has the loops over bytes that strings, bytes and others
// share.  Everything comes in two forms, for []byte and for string; the string
// form views its argument as bytes, which is safe because nothing here writes.
//
// These are plain loops, some of them over eight bytes at a time.  They are
// also the points where hand-made machine code can take their place.
package bytealg

import "unsafe"

// bytesOf views s as a slice.  The result must not be written to.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// word is a buffer's next eight bytes, the first in the lowest bits.
func word(b []byte) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// zeroBytes has the top bit of each byte of w that is zero.  Above the first
// zero byte there may be false hits, so only "any" and "the lowest" are exact.
func zeroBytes(w uint64) uint64 { return (w - lows) &^ w & highs }

// lowestByte is the index of the byte that holds m's lowest bit; m is not 0 and
// has top bits of bytes only.
func lowestByte(m uint64) int {
	n := 0
	if m&0xFFFFFFFF == 0 {
		m >>= 32
		n = 4
	}
	if m&0xFFFF == 0 {
		m >>= 16
		n += 2
	}
	if m&0xFF == 0 {
		n++
	}
	return n
}

// IndexByte returns the index of the first c in b, or -1.
func IndexByte(b []byte, c byte) int {
	i := 0
	for pattern := uint64(c) * lows; i+8 <= len(b); i += 8 {
		if m := zeroBytes(word(b[i:]) ^ pattern); m != 0 {
			return i + lowestByte(m)
		}
	}
	for ; i < len(b); i++ {
		if b[i] == c {
			return i
		}
	}
	return -1
}

// IndexByteString returns the index of the first c in s, or -1.
func IndexByteString(s string, c byte) int { return IndexByte(bytesOf(s), c) }

// LastIndexByte returns the index of the last c in b, or -1.
func LastIndexByte(b []byte, c byte) int {
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] == c {
			return i
		}
	}
	return -1
}

// LastIndexByteString returns the index of the last c in s, or -1.
func LastIndexByteString(s string, c byte) int { return LastIndexByte(bytesOf(s), c) }

// Count returns how often c occurs in b.
func Count(b []byte, c byte) int {
	n := 0
	for _, x := range b {
		if x == c {
			n++
		}
	}
	return n
}

// CountString returns how often c occurs in s.
func CountString(s string, c byte) int { return Count(bytesOf(s), c) }

// Equal reports whether a and b have the same length and bytes.
func Equal(a, b []byte) bool {
	// The comparison of strings is the runtime's; the conversions copy nothing.
	return string(a) == string(b)
}

// Compare returns -1, 0 or +1 as a sorts before, with or after b.
func Compare(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for i+8 <= n && word(a[i:]) == word(b[i:]) {
		i += 8
	}
	for ; i < n; i++ {
		if a[i] != b[i] {
			if a[i] < b[i] {
				return -1
			}
			return +1
		}
	}
	switch {
	case len(a) < len(b):
		return -1
	case len(a) > len(b):
		return +1
	}
	return 0
}

// CompareString returns -1, 0 or +1 as a sorts before, with or after b.
func CompareString(a, b string) int { return Compare(bytesOf(a), bytesOf(b)) }

// Index returns the index of the first sep in b, or -1.
func Index(b, sep []byte) int {
	n := len(sep)
	switch {
	case n == 0:
		return 0
	case n == 1:
		return IndexByte(b, sep[0])
	case n > len(b):
		return -1
	}
	// Jump from one occurrence of the first byte to the next.  In a text where
	// those are frequent and wrong, comparing at each costs up to n: give up
	// once the failures outnumber what the skipped bytes have earned.
	last := len(b) - n
	c0, c1 := sep[0], sep[1]
	fails := 0
	for i := 0; i <= last; {
		if b[i] != c0 {
			skip := IndexByte(b[i+1:last+1], c0)
			if skip < 0 {
				return -1
			}
			i += skip + 1
		}
		if b[i+1] == c1 && Equal(b[i:i+n], sep) {
			return i
		}
		i++
		fails++
		if fails > 16+i>>4 && i <= last {
			if j := indexTwoWay(b[i:], sep); j >= 0 {
				return i + j
			}
			return -1
		}
	}
	return -1
}

// IndexString returns the index of the first sep in s, or -1.
func IndexString(s, sep string) int { return Index(bytesOf(s), bytesOf(sep)) }

// LastIndex returns the index of the last sep in b, or -1.
func LastIndex(b, sep []byte) int {
	n := len(sep)
	switch {
	case n == 0:
		return len(b)
	case n == 1:
		return LastIndexByte(b, sep[0])
	case n > len(b):
		return -1
	}
	// Compare a hash that rolls backwards over the text (Karp and Rabin): linear
	// on average, and a match is always verified.
	const base = 16777619
	var want, have, drop uint32 = 0, 0, 1
	for i := n - 1; i >= 0; i-- {
		want = want*base + uint32(sep[i])
		have = have*base + uint32(b[len(b)-n+i])
		drop *= base
	}
	for i := len(b) - n; ; i-- {
		if have == want && Equal(b[i:i+n], sep) {
			return i
		}
		if i == 0 {
			return -1
		}
		have = have*base + uint32(b[i-1]) - drop*uint32(b[i+n-1])
	}
}

// LastIndexString returns the index of the last sep in s, or -1.
func LastIndexString(s, sep string) int { return LastIndex(bytesOf(s), bytesOf(sep)) }

// indexTwoWay is the two-way search of Crochemore and Perrin: linear time and
// constant space whatever the input.  len(sep) >= 2.
func indexTwoWay(b, sep []byte) int {
	n := len(sep)
	// The critical factorization: the later of the two maximal suffixes, under
	// the order of bytes and under its reverse.
	cut, period := maximalSuffix(sep, false)
	if c, p := maximalSuffix(sep, true); c > cut {
		cut, period = c, p
	}
	if Equal(sep[:cut], sep[period:period+cut]) {
		// sep repeats with this period: after a full match of the right part, the
		// bytes shared with the next alignment are known to match.
		known := 0
		for i := 0; i+n <= len(b); {
			j := max(cut, known)
			for j < n && sep[j] == b[i+j] {
				j++
			}
			if j < n {
				i += j - cut + 1
				known = 0
				continue
			}
			j = cut - 1
			for j >= known && sep[j] == b[i+j] {
				j--
			}
			if j < known {
				return i
			}
			i += period
			known = n - period
		}
		return -1
	}
	period = max(cut, n-cut) + 1
	for i := 0; i+n <= len(b); {
		j := cut
		for j < n && sep[j] == b[i+j] {
			j++
		}
		if j < n {
			i += j - cut + 1
			continue
		}
		j = cut - 1
		for j >= 0 && sep[j] == b[i+j] {
			j--
		}
		if j < 0 {
			return i
		}
		i += period
	}
	return -1
}

// maximalSuffix returns where the lexicographically greatest suffix of s
// starts, and its period; with reverse, under the reversed order of bytes.
func maximalSuffix(s []byte, reverse bool) (start, period int) {
	start, period = 0, 1
	next, k := 1, 0
	for next+k < len(s) {
		x, y := s[start+k], s[next+k]
		if reverse {
			x, y = y, x
		}
		switch {
		case x == y:
			if k+1 == period {
				next += period
				k = 0
			} else {
				k++
			}
		case y < x:
			next += k + 1
			k = 0
			period = next - start
		default:
			start = next
			next++
			k, period = 0, 1
		}
	}
	return start, period
}

// MakeNoZero returns a slice of n bytes whose contents the caller is going to
// overwrite.
func MakeNoZero(n int) []byte { return make([]byte, n) }

// MaxLen is the length of the longest separator for which callers should use Index without trying other ways
// first. Index takes any.
var MaxLen = int(^uint(0) >> 1)

// MaxBruteForce is the length of the text up to which callers need not look for the first byte before Index.
const MaxBruteForce = int(^uint(0) >> 1)

// Cutover is after how many false hits of the first byte callers should turn to Index, n bytes into the text.
func Cutover(n int) int { return (n + 16) / 8 }

// IndexRabinKarp is Index, for both kinds of text.
func IndexRabinKarp[T string | []byte](s, sep T) int { return Index([]byte(s), []byte(sep)) }

// LastIndexRabinKarp is LastIndex, for both kinds of text.
func LastIndexRabinKarp[T string | []byte](s, sep T) int { return LastIndex([]byte(s), []byte(sep)) }
