// Package strings works on strings of UTF-8 text.
//
// A byte that is not part of a valid encoding counts as one rune, U+FFFD,
// wherever runes are looked at.  Searching for bytes and substrings is the work of
// internal/bytealg; the remaining files are builder.go, reader.go,
// replace.go (Replacer) and iter.go.
package strings

import (
	"internal/bytealg"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

const maxInt = int(^uint(0) >> 1)

// caseBit is what an ASCII letter's two cases differ in.
const caseBit = 'a' - 'A'

// Clone returns a copy of s that shares no memory with it, so that s may be part
// of something large.  The copy of an empty string is just "".
func Clone(s string) string {
	if s == "" {
		return ""
	}
	b := make([]byte, len(s))
	copy(b, s)
	return unsafe.String(&b[0], len(b))
}

// Compare returns -1, 0 or +1 as a sorts before, with or after b.
func Compare(a, b string) int { return bytealg.CompareString(a, b) }

// Contains reports whether substr occurs in s.
func Contains(s, substr string) bool { return Index(s, substr) >= 0 }

// ContainsAny reports whether a rune of chars occurs in s.
func ContainsAny(s, chars string) bool { return IndexAny(s, chars) >= 0 }

// ContainsRune reports whether r occurs in s.
func ContainsRune(s string, r rune) bool { return IndexRune(s, r) >= 0 }

// ContainsFunc reports whether f holds for a rune of s.
func ContainsFunc(s string, f func(rune) bool) bool { return IndexFunc(s, f) >= 0 }

// HasPrefix reports whether s starts with prefix.
func HasPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && s[:len(prefix)] == prefix
}

// HasSuffix reports whether s ends with suffix.
func HasSuffix(s, suffix string) bool {
	return len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix
}

// Count returns how many times substr occurs in s without overlap; for an
// empty substr, the number of runes plus one.
func Count(s, substr string) int {
	switch len(substr) {
	case 0:
		return utf8.RuneCountInString(s) + 1
	case 1:
		return bytealg.CountString(s, substr[0])
	}
	n := 0
	for {
		i := Index(s, substr)
		if i < 0 {
			return n
		}
		n++
		s = s[i+len(substr):]
	}
}

// Index returns where substr first occurs in s, or -1.
func Index(s, substr string) int { return bytealg.IndexString(s, substr) }

// LastIndex returns where substr last occurs in s, or -1.
func LastIndex(s, substr string) int { return bytealg.LastIndexString(s, substr) }

// IndexByte returns where c first occurs in s, or -1.
func IndexByte(s string, c byte) int { return bytealg.IndexByteString(s, c) }

// LastIndexByte returns where c last occurs in s, or -1.
func LastIndexByte(s string, c byte) int { return bytealg.LastIndexByteString(s, c) }

// IndexRune returns where r first occurs in s, or -1.  U+FFFD is found in
// invalid bytes, too; an invalid r is never found.
func IndexRune(s string, r rune) int {
	switch {
	case 0 <= r && r < utf8.RuneSelf:
		return IndexByte(s, byte(r))
	case r == utf8.RuneError:
		for i, c := range s {
			if c == utf8.RuneError {
				return i
			}
		}
		return -1
	case !utf8.ValidRune(r):
		return -1
	}
	return Index(s, string(r))
}

// IndexAny returns where a rune of chars first occurs in s, or -1.
func IndexAny(s, chars string) int {
	if chars == "" {
		return -1
	}
	if set, ok := makeASCIISet(chars); ok {
		// No byte of a longer encoding is ASCII.
		for i := 0; i < len(s); i++ {
			if set.has(s[i]) {
				return i
			}
		}
		return -1
	}
	for i, r := range s {
		if IndexRune(chars, r) >= 0 {
			return i
		}
	}
	return -1
}

// LastIndexAny returns where a rune of chars last occurs in s, or -1.
func LastIndexAny(s, chars string) int {
	if chars == "" {
		return -1
	}
	if set, ok := makeASCIISet(chars); ok {
		for i := len(s) - 1; i >= 0; i-- {
			if set.has(s[i]) {
				return i
			}
		}
		return -1
	}
	for end := len(s); end > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:end])
		end -= size
		if IndexRune(chars, r) >= 0 {
			return end
		}
	}
	return -1
}

// IndexFunc returns where the first rune of s is for which f holds, or -1.
func IndexFunc(s string, f func(rune) bool) int { return indexFunc(s, f, true) }

// LastIndexFunc returns where the last rune of s is for which f holds, or -1.
func LastIndexFunc(s string, f func(rune) bool) int { return lastIndexFunc(s, f, true) }

func indexFunc(s string, f func(rune) bool, want bool) int {
	for i, r := range s {
		if f(r) == want {
			return i
		}
	}
	return -1
}

func lastIndexFunc(s string, f func(rune) bool, want bool) int {
	for end := len(s); end > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:end])
		end -= size
		if f(r) == want {
			return end
		}
	}
	return -1
}

// asciiSet has a bit for each ASCII character.
type asciiSet [2]uint64

// makeASCIISet returns the set of chars; ok is false if some are not ASCII.
func makeASCIISet(chars string) (set asciiSet, ok bool) {
	for i := 0; i < len(chars); i++ {
		c := chars[i]
		if c >= utf8.RuneSelf {
			return set, false
		}
		set[c>>6] |= 1 << (c & 63)
	}
	return set, true
}

func (set *asciiSet) has(c byte) bool {
	return c < utf8.RuneSelf && set[c>>6&1]>>(c&63)&1 != 0
}

// Cut splits s at the first sep.  Without sep the result is s, "", false.
func Cut(s, sep string) (before, after string, found bool) {
	if i := Index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// CutLast splits s at the last sep.  Without sep the result is s, "", false.
func CutLast(s, sep string) (before, after string, found bool) {
	if i := LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// CutPrefix returns s without prefix, and whether it was there.
func CutPrefix(s, prefix string) (after string, found bool) {
	if !HasPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// CutSuffix returns s without suffix, and whether it was there.
func CutSuffix(s, suffix string) (before string, found bool) {
	if !HasSuffix(s, suffix) {
		return s, false
	}
	return s[:len(s)-len(suffix)], true
}

// TrimPrefix returns s without prefix, if it starts with it.
func TrimPrefix(s, prefix string) string {
	s, _ = CutPrefix(s, prefix)
	return s
}

// TrimSuffix returns s without suffix, if it ends with it.
func TrimSuffix(s, suffix string) string {
	s, _ = CutSuffix(s, suffix)
	return s
}

// TrimFunc returns s without the runes at both ends for which f holds.
func TrimFunc(s string, f func(rune) bool) string {
	return TrimRightFunc(TrimLeftFunc(s, f), f)
}

// TrimLeftFunc returns s without the runes at its start for which f holds.
func TrimLeftFunc(s string, f func(rune) bool) string {
	i := indexFunc(s, f, false)
	if i < 0 {
		return ""
	}
	return s[i:]
}

// TrimRightFunc returns s without the runes at its end for which f holds.
func TrimRightFunc(s string, f func(rune) bool) string {
	i := lastIndexFunc(s, f, false)
	if i < 0 {
		return ""
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return s[:i+size]
}

// Trim returns s without the runes at both ends that are in cutset.
func Trim(s, cutset string) string {
	return TrimRight(TrimLeft(s, cutset), cutset)
}

// TrimLeft returns s without the runes at its start that are in cutset.  To
// remove a prefix, see [TrimPrefix].
func TrimLeft(s, cutset string) string {
	if set, ok := makeASCIISet(cutset); ok {
		for len(s) > 0 && set.has(s[0]) {
			s = s[1:]
		}
		return s
	}
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if !ContainsRune(cutset, r) {
			break
		}
		s = s[size:]
	}
	return s
}

// TrimRight returns s without the runes at its end that are in cutset.  To
// remove a suffix, see [TrimSuffix].
func TrimRight(s, cutset string) string {
	if set, ok := makeASCIISet(cutset); ok {
		for len(s) > 0 && set.has(s[len(s)-1]) {
			s = s[:len(s)-1]
		}
		return s
	}
	for len(s) > 0 {
		r, size := utf8.DecodeLastRuneInString(s)
		if !ContainsRune(cutset, r) {
			break
		}
		s = s[:len(s)-size]
	}
	return s
}

// isSpaceByte is unicode.IsSpace for ASCII.
func isSpaceByte(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// TrimSpace returns s without the white space at both ends.
func TrimSpace(s string) string {
	for len(s) > 0 && isSpaceByte(s[0]) {
		s = s[1:]
	}
	for len(s) > 0 && isSpaceByte(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	if len(s) > 0 && (s[0] >= utf8.RuneSelf || s[len(s)-1] >= utf8.RuneSelf) {
		return TrimFunc(s, unicode.IsSpace)
	}
	return s
}

// Split returns the parts of s between the seps.  Without sep in s that is s
// alone; with an empty sep, s rune by rune; if both are empty, nothing.
func Split(s, sep string) []string { return split(s, sep, 0, -1) }

// SplitN is [Split] into n parts at most, of which the last is all the rest.
// With n == 0 the result is nil, with n < 0 there is no limit.
func SplitN(s, sep string, n int) []string { return split(s, sep, 0, n) }

// SplitAfter is [Split] with each sep left at the end of its part.
func SplitAfter(s, sep string) []string { return split(s, sep, len(sep), -1) }

// SplitAfterN is [SplitN] with each sep left at the end of its part.
func SplitAfterN(s, sep string, n int) []string { return split(s, sep, len(sep), n) }

// split keeps the first keep bytes of each sep.
func split(s, sep string, keep, n int) []string {
	if n == 0 {
		return nil
	}
	if sep == "" {
		return explode(s, n)
	}
	if n < 0 {
		n = Count(s, sep) + 1
	}
	// No more parts than bytes, plus one, whatever n promises.
	parts := make([]string, 0, min(n, len(s)+1))
	for len(parts)+1 < n {
		i := Index(s, sep)
		if i < 0 {
			break
		}
		parts = append(parts, s[:i+keep])
		s = s[i+len(sep):]
	}
	return append(parts, s)
}

// explode splits s into runes, n at most if n is positive.
func explode(s string, n int) []string {
	if count := utf8.RuneCountInString(s); n < 0 || n > count {
		n = count
	}
	parts := make([]string, n)
	for i := range parts {
		if i == n-1 {
			parts[i] = s
			break
		}
		_, size := utf8.DecodeRuneInString(s)
		parts[i] = s[:size]
		s = s[size:]
	}
	return parts
}

// Fields returns the parts of s between runs of white space; none is empty.
func Fields(s string) []string {
	// If all is ASCII, count first.
	n, inField, high := 0, false, byte(0)
	for i := 0; i < len(s); i++ {
		high |= s[i]
		space := isSpaceByte(s[i])
		if !space && !inField {
			n++
		}
		inField = !space
	}
	if high >= utf8.RuneSelf {
		return FieldsFunc(s, unicode.IsSpace)
	}
	fields := make([]string, 0, n)
	for i := 0; len(fields) < n; {
		for isSpaceByte(s[i]) {
			i++
		}
		start := i
		for i < len(s) && !isSpaceByte(s[i]) {
			i++
		}
		fields = append(fields, s[start:i])
	}
	return fields
}

// FieldsFunc returns the parts of s between runs of runes for which f holds.
// f is called once for each rune, in any order; its answers must depend on the rune only.
func FieldsFunc(s string, f func(rune) bool) []string {
	var fields []string
	start := -1
	for i, r := range s {
		if f(r) {
			if start >= 0 {
				fields = append(fields, s[start:i])
				start = -1
			}
		} else if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		fields = append(fields, s[start:])
	}
	if fields == nil {
		fields = []string{}
	}
	return fields
}

// Join puts elems one after the other, with sep between them.
func Join(elems []string, sep string) string {
	switch len(elems) {
	case 0:
		return ""
	case 1:
		return elems[0]
	}
	if len(sep) > 0 && len(sep) >= maxInt/(len(elems)-1) {
		panic("strings: Join output length overflow")
	}
	size := len(sep) * (len(elems) - 1)
	for _, e := range elems {
		if len(e) > maxInt-size {
			panic("strings: Join output length overflow")
		}
		size += len(e)
	}
	b := make([]byte, 0, size)
	for i, e := range elems {
		if i > 0 {
			b = append(b, sep...)
		}
		b = append(b, e...)
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// Repeat returns count copies of s.  It panics if count is negative or the
// result would be too long.
func Repeat(s string, count int) string {
	switch {
	case count < 0:
		panic("strings: negative Repeat count")
	case count == 0 || len(s) == 0:
		return ""
	case count == 1:
		return s
	case len(s) > maxInt/count:
		panic("strings: Repeat output length overflow")
	}
	b := make([]byte, len(s)*count)
	// Double what is there: few long copies.  But not from further back than the
	// cache holds.
	const chunk = 8 << 10
	n := copy(b, s)
	for n < len(b) {
		from := b[:n]
		if n > chunk {
			from = b[:max(chunk/len(s), 1)*len(s)]
		}
		n += copy(b[n:], from)
	}
	return unsafe.String(&b[0], len(b))
}

// Replace returns s with the first n olds replaced by new, all if n < 0.  An
// empty old is found before each rune and at the end.
func Replace(s, old, new string, n int) string {
	if old == new || n == 0 {
		return s
	}
	if m := Count(s, old); m == 0 {
		return s
	} else if n < 0 || m < n {
		n = m
	}
	b := make([]byte, 0, len(s)+n*(len(new)-len(old)))
	for i := range n {
		at := 0
		if old == "" {
			if i > 0 {
				_, at = utf8.DecodeRuneInString(s)
			}
		} else {
			at = Index(s, old)
		}
		b = append(b, s[:at]...)
		b = append(b, new...)
		s = s[at+len(old):]
	}
	b = append(b, s...)
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// ReplaceAll returns s with every old replaced by new; see [Replace].
func ReplaceAll(s, old, new string) string { return Replace(s, old, new, -1) }

// Map returns s with each rune replaced by what mapping makes of it; a rune
// that becomes negative is dropped.
func Map(mapping func(rune) rune, s string) string {
	// Nothing is copied before the first change.  Invalid bytes are a change
	// even if U+FFFD is mapped to itself, since it is written out.
	var b []byte
	for i, r := range s {
		to := mapping(r)
		if b == nil {
			if to == r && (r != utf8.RuneError || HasPrefix(s[i:], "\uFFFD")) {
				continue
			}
			b = make([]byte, i, len(s)+utf8.UTFMax)
			copy(b, s)
		}
		if to >= 0 {
			b = utf8.AppendRune(b, to)
		}
	}
	if b == nil {
		return s
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// mapASCII is a shortcut for the case mappings: if s is all ASCII, it flips the
// case of the letters from first to last and reports true.
func mapASCII(s string, first, last byte) (string, bool) {
	change := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return "", false
		}
		change = change || first <= c && c <= last
	}
	if !change {
		return s, true
	}
	b := make([]byte, len(s))
	for i := range b {
		c := s[i]
		if first <= c && c <= last {
			c ^= caseBit
		}
		b[i] = c
	}
	return unsafe.String(&b[0], len(b)), true
}

// ToUpper returns s with all letters in upper case.
func ToUpper(s string) string {
	if u, ok := mapASCII(s, 'a', 'z'); ok {
		return u
	}
	return Map(unicode.ToUpper, s)
}

// ToLower returns s with all letters in lower case.
func ToLower(s string) string {
	if l, ok := mapASCII(s, 'A', 'Z'); ok {
		return l
	}
	return Map(unicode.ToLower, s)
}

// ToTitle returns s with all letters in title case.
func ToTitle(s string) string { return Map(unicode.ToTitle, s) }

// ToUpperSpecial is [ToUpper] with a language's own mappings first.
func ToUpperSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToUpper, s) }

// ToLowerSpecial is [ToLower] with a language's own mappings first.
func ToLowerSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToLower, s) }

// ToTitleSpecial is [ToTitle] with a language's own mappings first.
func ToTitleSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToTitle, s) }

// ToValidUTF8 returns s with each run of invalid bytes replaced by
// replacement.
func ToValidUTF8(s, replacement string) string {
	if utf8.ValidString(s) {
		return s
	}
	b := make([]byte, 0, len(s)+len(replacement))
	inRun := false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		invalid := r == utf8.RuneError && size == 1
		if !invalid {
			b = append(b, s[i:i+size]...)
		} else if !inRun {
			b = append(b, replacement...)
		}
		inRun = invalid
		i += size
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// isWordBreak reports whether a letter after r begins a word, as Title sees it.
func isWordBreak(r rune) bool {
	if r < utf8.RuneSelf {
		return !('0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_')
	}
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && unicode.IsSpace(r)
}

// Title returns s with the letters that begin words in title case.
//
// Deprecated: what it takes for a word is crude; punctuation is not handled
// as Unicode says.  Use golang.org/x/text/cases.
func Title(s string) string {
	prev := ' '
	return Map(func(r rune) rune {
		start := isWordBreak(prev)
		prev = r
		if start {
			return unicode.ToTitle(r)
		}
		return r
	}, s)
}

// EqualFold reports whether s and t are equal under simple case folding.
func EqualFold(s, t string) bool {
	for len(s) > 0 && len(t) > 0 {
		var a, b rune
		if s[0] < utf8.RuneSelf && t[0] < utf8.RuneSelf {
			a, b = rune(s[0]), rune(t[0])
			s, t = s[1:], t[1:]
			if a == b {
				continue
			}
			// Of two ASCII characters only letters fold together.
			a |= caseBit
			if a != b|caseBit || a < 'a' || 'z' < a {
				return false
			}
			continue
		}
		var n, m int
		a, n = utf8.DecodeRuneInString(s)
		b, m = utf8.DecodeRuneInString(t)
		s, t = s[n:], t[m:]
		if a != b && !foldsTo(a, b) {
			return false
		}
	}
	return len(s) == len(t)
}

// foldsTo reports whether b is in the ring of runes that fold like a.
func foldsTo(a, b rune) bool {
	for r := unicode.SimpleFold(a); r != a; r = unicode.SimpleFold(r) {
		if r == b {
			return true
		}
	}
	return false
}
