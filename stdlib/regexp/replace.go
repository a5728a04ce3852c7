package regexp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// replace returns s with what put appends instead of each match; nil if there is no match.
func (re *Regexp) replace(s string, ncap int, put func(dst []byte, m []int) []byte) []byte {
	var (
		buf  []byte
		arr  [4]int
		dst  = arr[:0]
		done int // s[:done] is in buf
	)
	for pos := 0; pos <= len(s); {
		m, ok := re.search(s, pos, ncap, dst)
		if !ok {
			break
		}
		dst = m[:0]
		from, to := m[0], m[1]
		buf = append(buf, s[done:from]...)
		// An empty match that follows a match does not count.
		if to > done || from == 0 {
			buf = put(buf, re.pad(m, ncap))
		}
		done = to
		pos = max(to, pos+max(width(s, pos), 1))
		if buf == nil {
			buf = []byte{}
		}
	}
	if buf == nil {
		return nil
	}
	return append(buf, s[done:]...)
}

// replaceIn is replace with a copy of s if there is no match.
func (re *Regexp) replaceIn(s []byte, ncap int, put func(dst []byte, m []int) []byte) []byte {
	b := re.replace(text(s), ncap, put)
	if len(b) == 0 {
		if b == nil {
			return append([]byte(nil), s...)
		}
		return nil
	}
	return b
}

func (re *Regexp) replaceInString(s string, ncap int, put func(dst []byte, m []int) []byte) string {
	b := re.replace(s, ncap, put)
	if b == nil {
		return s
	}
	return text(b) // nobody else has b
}

// groupsIn returns how many places the replacement repl may need.
func (re *Regexp) groupsIn(repl string) int {
	if strings.IndexByte(repl, '$') < 0 {
		return 2
	}
	return re.allCaps()
}

// ReplaceAll returns a copy of src with repl instead of each match, in which $ has the meaning it has for
// [Regexp.Expand].
func (re *Regexp) ReplaceAll(src, repl []byte) []byte {
	template := string(repl)
	s := text(src)
	return re.replaceIn(src, re.groupsIn(template), func(dst []byte, m []int) []byte { return re.expand(dst, template, s, m) })
}

// ReplaceAllString returns src with repl instead of each match, in which $ has the meaning it has for
// [Regexp.Expand].
func (re *Regexp) ReplaceAllString(src, repl string) string {
	return re.replaceInString(src, re.groupsIn(repl), func(dst []byte, m []int) []byte { return re.expand(dst, repl, src, m) })
}

// ReplaceAllLiteral returns a copy of src with repl, as it is, instead of each match.
func (re *Regexp) ReplaceAllLiteral(src, repl []byte) []byte {
	return re.replaceIn(src, 2, func(dst []byte, m []int) []byte { return append(dst, repl...) })
}

// ReplaceAllLiteralString returns src with repl, as it is, instead of each match.
func (re *Regexp) ReplaceAllLiteralString(src, repl string) string {
	return re.replaceInString(src, 2, func(dst []byte, m []int) []byte { return append(dst, repl...) })
}

// ReplaceAllFunc returns a copy of src with the result of repl instead of each match, which repl gets.  That
// is used as it is.
func (re *Regexp) ReplaceAllFunc(src []byte, repl func([]byte) []byte) []byte {
	return re.replaceIn(src, 2, func(dst []byte, m []int) []byte { return append(dst, repl(src[m[0]:m[1]])...) })
}

// ReplaceAllStringFunc returns src with the result of repl instead of each match, which repl gets.  That is used
// as it is.
func (re *Regexp) ReplaceAllStringFunc(src string, repl func(string) string) string {
	return re.replaceInString(src, 2, func(dst []byte, m []int) []byte { return append(dst, repl(src[m[0]:m[1]])...) })
}

// Expand appends template to dst, with the texts of groups for its variables.  match is what
// [Regexp.FindSubmatchIndex] returned for src.
//
// A variable is $name or ${name}, with a name of letters, digits and underscores.  A number names a group by that
// number, anything else by its name.  What does not exist or did not match is empty.  Without braces the
// name is as long as possible: $1x is ${1x} and $10 is ${10}.
//
// $$ is a dollar sign.
func (re *Regexp) Expand(dst []byte, template []byte, src []byte, match []int) []byte {
	return re.expand(dst, text(template), text(src), match)
}

// ExpandString is [Regexp.Expand] with strings.
func (re *Regexp) ExpandString(dst []byte, template string, src string, match []int) []byte {
	return re.expand(dst, template, src, match)
}

func (re *Regexp) expand(dst []byte, template, src string, match []int) []byte {
	for {
		before, after, ok := strings.Cut(template, "$")
		dst = append(dst, before...)
		if !ok {
			return dst
		}
		if strings.HasPrefix(after, "$") {
			dst = append(dst, '$')
			template = after[1:]
			continue
		}
		name, rest, ok := variable(after)
		if !ok {
			dst = append(dst, '$')
			template = after
			continue
		}
		template = rest
		if n := number(name); n >= 0 {
			if 2*n+1 < len(match) && match[2*n] >= 0 {
				dst = append(dst, src[match[2*n]:match[2*n+1]]...)
			}
			continue
		}
		for i, n := range re.names {
			if n == name && 2*i+1 < len(match) && match[2*i] >= 0 {
				dst = append(dst, src[match[2*i]:match[2*i+1]]...)
				break
			}
		}
	}
}

// variable returns the name of a variable; s is what follows the dollar sign.
func variable(s string) (name, rest string, ok bool) {
	brace := strings.HasPrefix(s, "{")
	if brace {
		s = s[1:]
	}
	n := 0
	for n < len(s) {
		r, w := utf8.DecodeRuneInString(s[n:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		n += w
	}
	if n == 0 {
		return "", "", false
	}
	name, rest = s[:n], s[n:]
	if brace {
		if !strings.HasPrefix(rest, "}") {
			return "", "", false
		}
		rest = rest[1:]
	}
	return name, rest, true
}

// number returns the number that name is, or -1.
func number(name string) int {
	if name[0] == '0' && len(name) > 1 {
		return -1
	}
	n := 0
	for _, c := range []byte(name) {
		if c < '0' || '9' < c || n >= 1e8 {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}
