package regexp

import (
	"io"
	"unicode/utf8"
)

// each calls f for successive matches, with the places of ncap/2 groups, until it returns false. The slice is new
// each time if fresh is set; else f must not keep it.
func (re *Regexp) each(s string, ncap int, fresh bool, f func([]int) bool) {
	var (
		buf  [4]int
		dst  = buf[:0]
		last = -1 // end of the match before
	)
	for pos := 0; pos <= len(s); {
		if fresh {
			dst = nil
		}
		m, ok := re.search(s, pos, ncap, dst)
		if !ok {
			return
		}
		dst = m[:0]
		from, to := m[0], m[1]
		accept := true
		if to == pos {
			// Empty. One that follows a match does not count.
			accept = from != last
			pos += max(width(s, pos), 1)
		} else {
			pos = to
		}
		last = to
		if accept && !f(re.pad(m, ncap)) {
			return
		}
	}
}

// width returns the length of the rune at pos; 0 at the end.
func width(s string, pos int) int {
	if pos < len(s) && s[pos] < utf8.RuneSelf {
		return 1
	}
	_, w := utf8.DecodeRuneInString(s[pos:])
	return w
}

// pad makes m as long as there are groups. Groups that can never match have no place in the program.
func (re *Regexp) pad(m []int, ncap int) []int {
	if ncap > 2 {
		for len(m) < 2*len(re.names) {
			m = append(m, -1)
		}
	}
	return m
}

// all returns successive matches as values of another type, at most n unless n is negative.
func all[T any](re *Regexp, s string, n, ncap int, fresh bool, value func([]int) T) []T {
	if n == 0 {
		return nil
	}
	var out []T
	re.each(s, ncap, fresh, func(m []int) bool {
		if out == nil {
			out = make([]T, 0, 10)
		}
		out = append(out, value(m))
		return len(out) != n
	})
	return out
}

func same(m []int) []int { return m }

// part returns b[from:to], to which nothing can be appended in place, or nil.
func part(b []byte, from, to int) []byte {
	if from < 0 {
		return nil
	}
	return b[from:to:to]
}

func parts(b []byte, m []int) [][]byte {
	out := make([][]byte, len(m)/2)
	for i := range out {
		out[i] = part(b, m[2*i], m[2*i+1])
	}
	return out
}

func stringParts(s string, m []int) []string {
	out := make([]string, len(m)/2)
	for i := range out {
		if m[2*i] >= 0 {
			out[i] = s[m[2*i]:m[2*i+1]]
		}
	}
	return out
}

// ncap is the number of places for a match with all its groups.
func (re *Regexp) ncap() int { return max(re.prog.NumCap, 2) }

// submatch returns the first match with its groups, or nil.
func (re *Regexp) submatch(s string, dst []int) []int {
	m, ok := re.search(s, 0, re.ncap(), dst)
	if !ok {
		return nil
	}
	return re.pad(m, 4)
}

// Find returns the first match in b, or nil.
func (re *Regexp) Find(b []byte) []byte {
	var buf [2]int
	m, ok := re.search(text(b), 0, 2, buf[:0])
	if !ok {
		return nil
	}
	return part(b, m[0], m[1])
}

// FindIndex returns where the first match in b is, b[m[0]:m[1]], or nil.
func (re *Regexp) FindIndex(b []byte) (m []int) {
	m, ok := re.search(text(b), 0, 2, nil)
	if !ok {
		return nil
	}
	return m
}

// FindString returns the first match in s.  It is empty if there is none, too; [Regexp.FindStringIndex]
// tells these cases apart.
func (re *Regexp) FindString(s string) string {
	var buf [2]int
	m, ok := re.search(s, 0, 2, buf[:0])
	if !ok {
		return ""
	}
	return s[m[0]:m[1]]
}

// FindStringIndex returns where the first match in s is, s[m[0]:m[1]], or nil.
func (re *Regexp) FindStringIndex(s string) (m []int) {
	m, ok := re.search(s, 0, 2, nil)
	if !ok {
		return nil
	}
	return m
}

// FindReaderIndex returns where the first match in the text from r is, as numbers of bytes, or nil.
func (re *Regexp) FindReaderIndex(r io.RuneReader) (m []int) {
	m, ok := re.searchReader(r, 2)
	if !ok {
		return nil
	}
	return m
}

// FindSubmatch returns the first match in b and its groups, or nil.
func (re *Regexp) FindSubmatch(b []byte) [][]byte {
	var buf [16]int
	m := re.submatch(text(b), buf[:0])
	if m == nil {
		return nil
	}
	return parts(b, m)
}

// FindSubmatchIndex returns where the first match in b and its groups are, or nil.
func (re *Regexp) FindSubmatchIndex(b []byte) []int { return re.submatch(text(b), nil) }

// FindStringSubmatch returns the first match in s and its groups, or nil.
func (re *Regexp) FindStringSubmatch(s string) []string {
	var buf [16]int
	m := re.submatch(s, buf[:0])
	if m == nil {
		return nil
	}
	return stringParts(s, m)
}

// FindStringSubmatchIndex returns where the first match in s and its groups are, or nil.
func (re *Regexp) FindStringSubmatchIndex(s string) []int { return re.submatch(s, nil) }

// FindReaderSubmatchIndex returns where the first match in the text from r and its groups are, or nil.
func (re *Regexp) FindReaderSubmatchIndex(r io.RuneReader) []int {
	m, ok := re.searchReader(r, re.ncap())
	if !ok {
		return nil
	}
	return re.pad(m, 4)
}

// FindAll returns the matches in b, at most n unless n is negative.
func (re *Regexp) FindAll(b []byte, n int) [][]byte {
	return all(re, text(b), n, 2, false, func(m []int) []byte { return part(b, m[0], m[1]) })
}

// FindAllIndex returns where the matches in b are, at most n unless n is negative.
func (re *Regexp) FindAllIndex(b []byte, n int) [][]int {
	return all(re, text(b), n, 2, true, same)
}

// FindAllString returns the matches in s, at most n unless n is negative.
func (re *Regexp) FindAllString(s string, n int) []string {
	return all(re, s, n, 2, false, func(m []int) string { return s[m[0]:m[1]] })
}

// FindAllStringIndex returns where the matches in s are, at most n unless n is negative.
func (re *Regexp) FindAllStringIndex(s string, n int) [][]int {
	return all(re, s, n, 2, true, same)
}

// FindAllSubmatch returns the matches in b with their groups, at most n unless n is negative.
func (re *Regexp) FindAllSubmatch(b []byte, n int) [][][]byte {
	return all(re, text(b), n, re.allCaps(), false, func(m []int) [][]byte { return parts(b, m) })
}

// FindAllSubmatchIndex returns where the matches in b and their groups are, at most n unless n is negative.
func (re *Regexp) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return all(re, text(b), n, re.allCaps(), true, same)
}

// FindAllStringSubmatch returns the matches in s with their groups, at most n unless n is negative.
func (re *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	return all(re, s, n, re.allCaps(), false, func(m []int) []string { return stringParts(s, m) })
}

// FindAllStringSubmatchIndex returns where the matches in s and their groups are, at most n unless n is negative.
func (re *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return all(re, s, n, re.allCaps(), true, same)
}

// allCaps is ncap for each, which is to pad even if there are places for no group.
func (re *Regexp) allCaps() int {
	if len(re.names) > 1 {
		return max(re.prog.NumCap, 4)
	}
	return 2
}

// Split returns the parts of s that are between matches; n limits them:
//
//   - n > 0: at most n parts, the last being all the rest;
//   - n == 0: none, nil;
//   - n < 0: all.
//
// If re is plain text that is what [strings.SplitN] returns.
func (re *Regexp) Split(s string, n int) []string {
	if n == 0 {
		return nil
	}
	if re.expr != "" && s == "" {
		return []string{""}
	}
	var (
		out  []string
		from int
		end  = 0 // of the last part
	)
	re.each(s, 2, false, func(m []int) bool {
		if n > 0 && len(out) == n-1 {
			return false
		}
		end = m[0]
		if m[1] != 0 {
			out = append(out, s[from:end])
		}
		from = m[1]
		return true
	})
	if end != len(s) {
		out = append(out, s[from:])
	}
	if out == nil {
		out = []string{}
	}
	return out
}
