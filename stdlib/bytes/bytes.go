// Package bytes works on slices of bytes as package strings does on strings.
//
// Whatever only looks at its arguments is done by strings, on a view of the
// bytes.  What is here makes slices: parts of the argument, with a capacity
// that ends where they do, or copies.
package bytes

import (
	"internal/bytealg"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

const maxInt = int(^uint(0) >> 1)

// view returns b as a string, for functions that do not keep it.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// part is s[i:j] that cannot be appended to in place.
func part(s []byte, i, j int) []byte { return s[i:j:j] }

// Equal reports whether a and b have the same length and bytes; nil is an empty
// slice.
func Equal(a, b []byte) bool { return string(a) == string(b) }

// Compare returns -1, 0 or +1 as a sorts before, with or after b; nil is an
// empty slice.
func Compare(a, b []byte) int { return bytealg.Compare(a, b) }

// Clone returns a copy of b, nil for nil.  There may be more capacity.
func Clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}

// Contains reports whether subslice occurs in b.
func Contains(b, subslice []byte) bool { return Index(b, subslice) >= 0 }

// ContainsAny reports whether a rune of chars occurs in b.
func ContainsAny(b []byte, chars string) bool { return IndexAny(b, chars) >= 0 }

// ContainsRune reports whether r occurs in b.
func ContainsRune(b []byte, r rune) bool { return IndexRune(b, r) >= 0 }

// ContainsFunc reports whether f holds for a rune of b.
func ContainsFunc(b []byte, f func(rune) bool) bool { return IndexFunc(b, f) >= 0 }

// HasPrefix reports whether s starts with prefix.
func HasPrefix(s, prefix []byte) bool {
	return len(s) >= len(prefix) && Equal(s[:len(prefix)], prefix)
}

// HasSuffix reports whether s ends with suffix.
func HasSuffix(s, suffix []byte) bool {
	return len(s) >= len(suffix) && Equal(s[len(s)-len(suffix):], suffix)
}

// Count returns how many times sep occurs in s without overlap; for an empty
// sep, the number of runes plus one.
func Count(s, sep []byte) int { return strings.Count(view(s), view(sep)) }

// Index returns where sep first occurs in s, or -1.
func Index(s, sep []byte) int { return bytealg.Index(s, sep) }

// LastIndex returns where sep last occurs in s, or -1.
func LastIndex(s, sep []byte) int { return bytealg.LastIndex(s, sep) }

// IndexByte returns where c first occurs in b, or -1.
func IndexByte(b []byte, c byte) int { return bytealg.IndexByte(b, c) }

// LastIndexByte returns where c last occurs in s, or -1.
func LastIndexByte(s []byte, c byte) int { return bytealg.LastIndexByte(s, c) }

// IndexRune returns where r first occurs in s, or -1.  U+FFFD is found in
// invalid bytes, too; an invalid r is never found.
func IndexRune(s []byte, r rune) int { return strings.IndexRune(view(s), r) }

// IndexAny returns where a rune of chars first occurs in s, or -1.
func IndexAny(s []byte, chars string) int { return strings.IndexAny(view(s), chars) }

// LastIndexAny returns where a rune of chars last occurs in s, or -1.
func LastIndexAny(s []byte, chars string) int { return strings.LastIndexAny(view(s), chars) }

// IndexFunc returns where the first rune of s is for which f holds, or -1.
func IndexFunc(s []byte, f func(r rune) bool) int { return indexFunc(s, f, true) }

// LastIndexFunc returns where the last rune of s is for which f holds, or -1.
func LastIndexFunc(s []byte, f func(r rune) bool) int { return lastIndexFunc(s, f, true) }

// These two do not use a view: f could change s meanwhile.

func indexFunc(s []byte, f func(r rune) bool, want bool) int {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRune(s[i:])
		if f(r) == want {
			return i
		}
		i += size
	}
	return -1
}

func lastIndexFunc(s []byte, f func(r rune) bool, want bool) int {
	for end := len(s); end > 0; {
		r, size := utf8.DecodeLastRune(s[:end])
		end -= size
		if f(r) == want {
			return end
		}
	}
	return -1
}

// Cut splits s at the first sep.  Without sep the result is s, nil, false.
func Cut(s, sep []byte) (before, after []byte, found bool) {
	if i := Index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, nil, false
}

// CutLast splits s at the last sep.  Without sep the result is s, nil, false.
func CutLast(s, sep []byte) (before, after []byte, found bool) {
	if i := LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, nil, false
}

// CutPrefix returns s without prefix, and whether it was there.
func CutPrefix(s, prefix []byte) (after []byte, found bool) {
	if !HasPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// CutSuffix returns s without suffix, and whether it was there.
func CutSuffix(s, suffix []byte) (before []byte, found bool) {
	if !HasSuffix(s, suffix) {
		return s, false
	}
	return s[:len(s)-len(suffix)], true
}

// TrimPrefix returns s without prefix, if it starts with it.
func TrimPrefix(s, prefix []byte) []byte {
	s, _ = CutPrefix(s, prefix)
	return s
}

// TrimSuffix returns s without suffix, if it ends with it.
func TrimSuffix(s, suffix []byte) []byte {
	s, _ = CutSuffix(s, suffix)
	return s
}

// TrimFunc returns s without the runes at both ends for which f holds.
func TrimFunc(s []byte, f func(r rune) bool) []byte {
	return TrimRightFunc(TrimLeftFunc(s, f), f)
}

// TrimLeftFunc returns s without the runes at its start for which f holds; nil
// if nothing is left.
func TrimLeftFunc(s []byte, f func(r rune) bool) []byte {
	i := indexFunc(s, f, false)
	if i < 0 {
		return nil
	}
	return s[i:]
}

// TrimRightFunc returns s without the runes at its end for which f holds.
func TrimRightFunc(s []byte, f func(r rune) bool) []byte {
	i := lastIndexFunc(s, f, false)
	if i < 0 {
		return s[:0]
	}
	_, size := utf8.DecodeRune(s[i:])
	return s[:i+size]
}

// Trim returns s without the runes at both ends that are in cutset.
func Trim(s []byte, cutset string) []byte {
	return TrimLeft(TrimRight(s, cutset), cutset)
}

// TrimLeft returns s without the runes at its start that are in cutset; nil if
// nothing is left.
func TrimLeft(s []byte, cutset string) []byte {
	n := len(strings.TrimLeft(view(s), cutset))
	if n == 0 {
		return nil
	}
	return s[len(s)-n:]
}

// TrimRight returns s without the runes at its end that are in cutset.
func TrimRight(s []byte, cutset string) []byte {
	return s[:len(strings.TrimRight(view(s), cutset))]
}

// TrimSpace returns s without the white space at both ends; nil if nothing is
// left.
func TrimSpace(s []byte) []byte {
	start := 0
	for start < len(s) && isSpaceByte(s[start]) {
		start++
	}
	end := len(s)
	for end > start && isSpaceByte(s[end-1]) {
		end--
	}
	if start == end {
		return nil
	}
	if s[start] >= utf8.RuneSelf || s[end-1] >= utf8.RuneSelf {
		return TrimFunc(s[start:end], unicode.IsSpace)
	}
	return s[start:end]
}

// isSpaceByte is unicode.IsSpace for ASCII.
func isSpaceByte(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// Split returns the parts of s between the seps.  Without sep in s that is s
// alone; with an empty sep, s rune by rune; if both are empty, nothing.
func Split(s, sep []byte) [][]byte { return split(s, sep, 0, -1) }

// SplitN is [Split] into n parts at most, of which the last is all the rest.
// With n == 0 the result is nil, with n < 0 there is no limit.
func SplitN(s, sep []byte, n int) [][]byte { return split(s, sep, 0, n) }

// SplitAfter is [Split] with each sep left at the end of its part.
func SplitAfter(s, sep []byte) [][]byte { return split(s, sep, len(sep), -1) }

// SplitAfterN is [SplitN] with each sep left at the end of its part.
func SplitAfterN(s, sep []byte, n int) [][]byte { return split(s, sep, len(sep), n) }

// split keeps the first keep bytes of each sep.
func split(s, sep []byte, keep, n int) [][]byte {
	if n == 0 {
		return nil
	}
	if len(sep) == 0 {
		return explode(s, n)
	}
	if n < 0 {
		n = Count(s, sep) + 1
	}
	parts := make([][]byte, 0, min(n, len(s)+1))
	for len(parts)+1 < n {
		i := Index(s, sep)
		if i < 0 {
			break
		}
		parts = append(parts, part(s, 0, i+keep))
		s = s[i+len(sep):]
	}
	return append(parts, s)
}

// explode splits s into runes, n at most if n is positive.
func explode(s []byte, n int) [][]byte {
	if count := utf8.RuneCount(s); n < 0 || n > count {
		n = count
	}
	parts := make([][]byte, n)
	for i := range parts {
		size := len(s)
		if i < n-1 {
			_, size = utf8.DecodeRune(s)
		}
		parts[i] = part(s, 0, size)
		s = s[size:]
	}
	return parts
}

// Fields returns the parts of s between runs of white space; none is empty.
func Fields(s []byte) [][]byte { return FieldsFunc(s, unicode.IsSpace) }

// FieldsFunc returns the parts of s between runs of runes for which f holds.
// f is called once for each rune, in any order; its answers must depend on the
// rune only.
func FieldsFunc(s []byte, f func(rune) bool) [][]byte {
	fields := [][]byte{}
	for field := range FieldsFuncSeq(s, f) {
		fields = append(fields, field)
	}
	return fields
}

// Lines returns an iterator over the lines of s, each with its newline; only
// the last may lack one.  An empty slice has no lines.
func Lines(s []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for rest := s; len(rest) > 0; {
			end := IndexByte(rest, '\n') + 1
			if end == 0 {
				end = len(rest)
			}
			if !yield(part(rest, 0, end)) {
				return
			}
			rest = rest[end:]
		}
	}
}

// SplitSeq returns an iterator over what [Split] returns.
func SplitSeq(s, sep []byte) iter.Seq[[]byte] { return splitSeq(s, sep, 0) }

// SplitAfterSeq returns an iterator over what [SplitAfter] returns.
func SplitAfterSeq(s, sep []byte) iter.Seq[[]byte] { return splitSeq(s, sep, len(sep)) }

func splitSeq(s, sep []byte, keep int) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		rest := s
		if len(sep) == 0 {
			for len(rest) > 0 {
				_, size := utf8.DecodeRune(rest)
				if !yield(part(rest, 0, size)) {
					return
				}
				rest = rest[size:]
			}
			return
		}
		for {
			i := Index(rest, sep)
			if i < 0 {
				yield(part(rest, 0, len(rest)))
				return
			}
			if !yield(part(rest, 0, i+keep)) {
				return
			}
			rest = rest[i+len(sep):]
		}
	}
}

// FieldsSeq returns an iterator over what [Fields] returns.
func FieldsSeq(s []byte) iter.Seq[[]byte] { return FieldsFuncSeq(s, unicode.IsSpace) }

// FieldsFuncSeq returns an iterator over what [FieldsFunc] returns.
func FieldsFuncSeq(s []byte, f func(rune) bool) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		start := -1
		for i := 0; i < len(s); {
			r, size := rune(s[i]), 1
			if r >= utf8.RuneSelf {
				r, size = utf8.DecodeRune(s[i:])
			}
			if f(r) {
				if start >= 0 {
					if !yield(part(s, start, i)) {
						return
					}
					start = -1
				}
			} else if start < 0 {
				start = i
			}
			i += size
		}
		if start >= 0 {
			yield(part(s, start, len(s)))
		}
	}
}

// Join puts the slices one after the other, with sep between them, in a new
// slice.
func Join(s [][]byte, sep []byte) []byte {
	switch len(s) {
	case 0:
		return []byte{}
	case 1:
		return append([]byte(nil), s[0]...)
	}
	if len(sep) > 0 && len(sep) >= maxInt/(len(s)-1) {
		panic("bytes: Join output length overflow")
	}
	size := len(sep) * (len(s) - 1)
	for _, e := range s {
		if len(e) > maxInt-size {
			panic("bytes: Join output length overflow")
		}
		size += len(e)
	}
	b := make([]byte, 0, size)
	for i, e := range s {
		if i > 0 {
			b = append(b, sep...)
		}
		b = append(b, e...)
	}
	return b
}

// Repeat returns count copies of b in a new slice.  It panics if count is
// negative or the result would be too long.
func Repeat(b []byte, count int) []byte {
	switch {
	case count < 0:
		panic("bytes: negative Repeat count")
	case count == 0 || len(b) == 0:
		return []byte{}
	case len(b) > maxInt/count:
		panic("bytes: Repeat output length overflow")
	}
	all := make([]byte, len(b)*count)
	// Double what is there, see strings.Repeat.
	const chunk = 8 << 10
	n := copy(all, b)
	for n < len(all) {
		from := all[:n]
		if n > chunk {
			from = all[:max(chunk/len(b), 1)*len(b)]
		}
		n += copy(all[n:], from)
	}
	return all
}

// Replace returns a copy of s with the first n olds replaced by new, all if n
// < 0.  An empty old is found before each rune and at the end.
func Replace(s, old, new []byte, n int) []byte {
	m := 0
	if n != 0 {
		m = Count(s, old)
	}
	if m == 0 {
		return append([]byte(nil), s...)
	}
	if n < 0 || m < n {
		n = m
	}
	b := make([]byte, 0, len(s)+n*(len(new)-len(old)))
	for i := range n {
		at := 0
		if len(old) == 0 {
			if i > 0 {
				_, at = utf8.DecodeRune(s)
			}
		} else {
			at = Index(s, old)
		}
		b = append(b, s[:at]...)
		b = append(b, new...)
		s = s[at+len(old):]
	}
	return append(b, s...)
}

// ReplaceAll returns a copy of s with every old replaced by new; see
// [Replace].
func ReplaceAll(s, old, new []byte) []byte { return Replace(s, old, new, -1) }

// Map returns a copy of s with each rune replaced by what mapping makes of it;
// a rune that becomes negative is dropped.
func Map(mapping func(r rune) rune, s []byte) []byte {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(s[i:])
		}
		if r = mapping(r); r >= 0 {
			b = utf8.AppendRune(b, r)
		}
		i += size
	}
	return b
}

// mapASCII is a shortcut for the case mappings: if s is all ASCII, it returns a
// copy with the letters from first to last in the other case.
func mapASCII(s []byte, first, last byte) ([]byte, bool) {
	high := byte(0)
	for _, c := range s {
		high |= c
	}
	if high >= utf8.RuneSelf {
		return nil, false
	}
	b := append([]byte(""), s...)
	for i, c := range b {
		if first <= c && c <= last {
			b[i] = c ^ ('a' - 'A')
		}
	}
	return b, true
}

// ToUpper returns a copy of s with all letters in upper case.
func ToUpper(s []byte) []byte {
	if u, ok := mapASCII(s, 'a', 'z'); ok {
		return u
	}
	return Map(unicode.ToUpper, s)
}

// ToLower returns a copy of s with all letters in lower case.
func ToLower(s []byte) []byte {
	if l, ok := mapASCII(s, 'A', 'Z'); ok {
		return l
	}
	return Map(unicode.ToLower, s)
}

// ToTitle returns a copy of s with all letters in title case.
func ToTitle(s []byte) []byte { return Map(unicode.ToTitle, s) }

// ToUpperSpecial is [ToUpper] with a language's own mappings first.
func ToUpperSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToUpper, s) }

// ToLowerSpecial is [ToLower] with a language's own mappings first.
func ToLowerSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToLower, s) }

// ToTitleSpecial is [ToTitle] with a language's own mappings first.
func ToTitleSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToTitle, s) }

// ToValidUTF8 returns a copy of s with each run of invalid bytes replaced by
// replacement.
func ToValidUTF8(s, replacement []byte) []byte {
	b := make([]byte, 0, len(s)+len(replacement))
	inRun := false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRune(s[i:])
		invalid := r == utf8.RuneError && size == 1
		if !invalid {
			b = append(b, s[i:i+size]...)
		} else if !inRun {
			b = append(b, replacement...)
		}
		inRun = invalid
		i += size
	}
	return b
}

// Title returns a copy of s with the letters that begin words in title case.
//
// Deprecated: what it takes for a word is crude; punctuation is not handled
// as Unicode says.  Use golang.org/x/text/cases.
func Title(s []byte) []byte { return []byte(strings.Title(string(s))) }

// Runes returns the runes of s.
func Runes(s []byte) []rune {
	runes := make([]rune, 0, utf8.RuneCount(s))
	for _, r := range view(s) {
		runes = append(runes, r)
	}
	return runes
}

// EqualFold reports whether s and t are equal under simple case folding.
func EqualFold(s, t []byte) bool { return strings.EqualFold(view(s), view(t)) }
