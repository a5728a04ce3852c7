package testing

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
)

// matcher chooses tests by -run or -bench and by -skip, and gives subtests names that are unique.
type matcher struct {
	filter, skip pattern
	matchString  func(pat, str string) (bool, error)

	mu   sync.Mutex
	used map[string]int // how often a name was asked for
}

// pattern is a flag's regular expression: alternatives, each of one expression for each level of names.
type pattern [][]string

func newMatcher(matchString func(pat, str string) (bool, error), filter, name, skip string) *matcher {
	m := &matcher{matchString: matchString, used: make(map[string]int)}
	m.filter = m.parse(filter, name)
	m.skip = m.parse(skip, "-test.skip")
	return m
}

func (m *matcher) parse(text, flag string) pattern {
	if text == "" {
		return nil
	}
	p := splitPattern(text)
	for _, alternative := range p {
		for i, element := range alternative {
			// Names have no spaces either.
			alternative[i] = subtestName(element)
			if _, err := m.matchString(alternative[i], "non-empty"); err != nil {
				at := fmt.Sprintf("element %d of ", i)
				if len(alternative) == 1 {
					at = ""
				}
				fmt.Fprintf(os.Stderr, "testing: invalid regexp for %s%s (%q): %s\n", at, flag, element, err)
				os.Exit(1)
			}
		}
	}
	return p
}

// splitPattern splits at / and | outside of brackets and parentheses.
func splitPattern(text string) pattern {
	var p pattern
	var elements []string
	start, brackets, parens := 0, 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '[':
			brackets++
		case ']':
			if brackets > 0 {
				brackets--
			}
		case '(':
			if brackets == 0 {
				parens++
			}
		case ')':
			if brackets == 0 {
				parens--
			}
		case '/', '|':
			if brackets == 0 && parens == 0 {
				elements = append(elements, text[start:i])
				if text[i] == '|' {
					p = append(p, elements)
					elements = nil
				}
				start = i + 1
			}
		}
	}
	return append(p, append(elements, text[start:]))
}

// matches reports whether a name, split at slashes, has an alternative that it matches; partial: it would be a parent
// of names that do.
func (p pattern) matches(name []string, matchString func(pat, str string) (bool, error)) (ok, partial bool) {
	for _, elements := range p {
		good := true
		for i, element := range elements {
			if i >= len(name) {
				break
			}
			if match, _ := matchString(element, name[i]); !match {
				good = false
				break
			}
		}
		if good {
			if len(name) >= len(elements) {
				return true, false
			}
			partial = true
		}
	}
	return partial, partial
}

// fullName gives a subtest of c its full name, and says whether it is to run; partial: only to find its subtests.
func (m *matcher) fullName(c *common, name string) (full string, ok, partial bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	full = name
	if c != nil && c.level > 0 {
		full = m.unique(c.name, subtestName(name))
	}
	elements := strings.Split(full, "/")
	ok = true
	if len(m.filter) > 0 {
		if ok, partial = m.filter.matches(elements, m.matchString); !ok {
			return full, false, false
		}
	}
	if skip, part := m.skip.matches(elements, m.matchString); skip && !part {
		return full, false, false
	}
	return full, ok, partial
}

// unique gives parent/name a suffix #01 and so on if it was there before; an unnamed one is #00.
func (m *matcher) unique(parent, name string) string {
	base := parent + "/" + name
	for {
		n := m.used[base]
		m.used[base] = n + 1
		if n == 0 && name != "" && !m.generated(base) {
			return base
		}
		if n == 0 && name != "" {
			continue
		}
		full := fmt.Sprintf("%s#%02d", base, n)
		if m.used[full] == 0 {
			return full
		}
	}
}

// generated reports whether we have given this name to a subtest of another name: "a#01" where "a" came twice.
func (m *matcher) generated(full string) bool {
	at := strings.LastIndexByte(full, '#')
	if at < 0 {
		return false
	}
	digits := full[at+1:]
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || len(digits) < 2 || len(digits) > 2 && digits[0] == '0' {
		return false
	}
	return n < m.used[full[:at]]
}

// subtestName replaces spaces by _ and what cannot be printed by escapes.
func subtestName(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case isSpace(r):
			b = append(b, '_')
		case !strconv.IsPrint(r):
			quoted := strconv.QuoteRune(r)
			b = append(b, quoted[1:len(quoted)-1]...)
		default:
			b = append(b, string(r)...)
		}
	}
	return string(b)
}

func isSpace(r rune) bool {
	if r < 0x2000 {
		return r >= '\t' && r <= '\r' || r == ' ' || r == 0x85 || r == 0xA0 || r == 0x1680
	}
	return r <= 0x200a || r == 0x2028 || r == 0x2029 || r == 0x202f || r == 0x205f || r == 0x3000
}
