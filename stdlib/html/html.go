// Package html escapes and unescapes text for HTML.
package html

import (
	"strings"
	"unicode/utf8"
)

// entity is a named character reference, without the ampersand.
type entity struct{ name, text string }

// longestBare is the length of the longest name that is valid without a
// semicolon.
const longestBare = 6

// lookup returns what a name stands for.
func lookup(name string) (text string, ok bool) {
	lo, hi := 0, len(entities)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		switch e := &entities[mid]; {
		case e.name < name:
			lo = mid + 1
		case e.name > name:
			hi = mid
		default:
			return e.text, true
		}
	}
	return "", false
}

// windows1252 is what the references to 0x80 … 0x9F mean: old pages
// have them in this sense.
var windows1252 = [...]rune{
	'\u20AC', '\u0081', '\u201A', '\u0192', '\u201E', '\u2026', '\u2020', '\u2021',
	'\u02C6', '\u2030', '\u0160', '\u2039', '\u0152', '\u008D', '\u017D', '\u008F',
	'\u0090', '\u2018', '\u2019', '\u201C', '\u201D', '\u2022', '\u2013', '\u2014',
	'\u02DC', '\u2122', '\u0161', '\u203A', '\u0153', '\u009D', '\u017E', '\u0178',
}

var escaper = strings.NewReplacer(
	`&`, "&amp;",
	`'`, "&#39;", // shorter than &apos;, which HTML before 5 did not have
	`<`, "&lt;",
	`>`, "&gt;",
	`"`, "&#34;", // shorter than &quot;
)

// EscapeString replaces <, >, &, ' and " by references, and nothing else.
func EscapeString(s string) string { return escaper.Replace(s) }

// UnescapeString replaces references like &lt;, &aacute;, &#225; and &#xE1; by
// what they stand for.  It undoes [EscapeString], but not the other way
// round.
func UnescapeString(s string) string {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i >= 0 {
		b = append(b, s[:i]...)
		s = s[i:]
		var n int
		b, n = appendReference(b, s)
		s = s[n:]
		i = strings.IndexByte(s, '&')
	}
	return string(append(b, s...))
}

// appendReference appends what the reference means that s begins with, or the
// ampersand if it is none, and returns how many bytes of s that took.
func appendReference(b []byte, s string) ([]byte, int) {
	if len(s) > 1 && s[1] == '#' {
		return appendNumeric(b, s)
	}
	// The longest name: letters and digits, and perhaps a semicolon.
	i := 1
	for i < len(s) && isAlnum(s[i]) {
		i++
	}
	name := s[1:i]
	if i < len(s) && s[i] == ';' {
		i++
		if text, ok := lookup(s[1:i]); ok && name != "" {
			return append(b, text...), i
		}
	} else if text, ok := lookup(name); ok {
		return append(b, text...), i
	}
	// Or a shorter one that needs none.
	for n := min(len(name), longestBare); n > 1; n-- {
		if text, ok := lookup(name[:n]); ok {
			return append(b, text...), 1 + n
		}
	}
	return append(b, s[:i]...), i
}

func isAlnum(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func appendNumeric(b []byte, s string) ([]byte, int) {
	if len(s) <= 3 { // shorter than &#1;
		return append(b, '&'), 1
	}
	i := 2
	base := rune(10)
	if s[i] == 'x' || s[i] == 'X' {
		i++
		base = 16
	}
	x := rune(0)
	for ; i < len(s); i++ {
		c := s[i]
		var d rune
		switch {
		case '0' <= c && c <= '9':
			d = rune(c - '0')
		case base == 16 && 'a' <= c && c <= 'f':
			d = rune(c-'a') + 10
		case base == 16 && 'A' <= c && c <= 'F':
			d = rune(c-'A') + 10
		default:
			d = -1
		}
		if d < 0 {
			break
		}
		if x <= utf8.MaxRune { // larger stays larger
			x = x*base + d
		}
	}
	if i < len(s) && s[i] == ';' {
		i++
	}
	if i <= 3 { // too short, as Go sees it: &#1 without a semicolon is, &#x; is not
		return append(b, '&'), 1
	}
	switch {
	case 0x80 <= x && x <= 0x9F:
		x = windows1252[x-0x80]
	case x == 0 || !utf8.ValidRune(x):
		x = utf8.RuneError
	}
	return utf8.AppendRune(b, x), i
}
