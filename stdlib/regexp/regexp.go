// Package regexp searches for regular expressions.
//
// Expressions are those of RE2, except \C; package regexp/syntax describes them.  A search takes time
// linear in the length of the text, whatever the expression is.
//
// Text is UTF-8.  Each byte that is not part of a valid encoding counts as one U+FFFD.
//
// The methods that find matches have names made of
//
//	Find(All)?(String)?(Submatch)?(Index)?
//
// Find returns the first match, FindAll a slice of successive ones that do not overlap, at most n if n is not
// negative.  An empty match right after another match does not count.
// With String, the text is a string and not a []byte.  With Submatch, a match is a slice with what the groups
// matched: 0 is the whole expression, then the groups as their parentheses open.  With Index, a text is given by
// the indexes of its beginning and end.  A group that took no part in the match has a nil text, or negative
// indexes; among strings it has an empty one.
//
// MatchReader, FindReaderIndex and FindReaderSubmatchIndex take the text from an [io.RuneReader].  They may read
// on behind the match.
package regexp

import (
	"io"
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// Regexp is a compiled regular expression.  Goroutines may use one at the same time, but
// for methods that change it, such as [Regexp.Longest].
type Regexp struct {
	expr    string
	prog    *program
	names   []string // of groups; names[0] is empty
	longest bool
}

// Compile parses expr.
//
// A search finds the match that begins first, and of those the one that trying one alternative after
// another would find first, as Perl does.  For leftmost-longest matches see [CompilePOSIX].
func Compile(expr string) (*Regexp, error) { return compile(expr, syntax.Perl, false) }

// CompilePOSIX parses expr, which is to be one of POSIX's extended expressions, as of egrep.
//
// A search finds the match that begins first, and of those the longest.  What the groups match in it
// is what trying one alternative after another would find first; POSIX has another rule, which is costly and not
// even always clear.
func CompilePOSIX(expr string) (*Regexp, error) { return compile(expr, syntax.POSIX, true) }

// MustCompile is [Compile] for expressions known to be good.  It panics if one is not.
func MustCompile(str string) *Regexp { return must("Compile", str, Compile) }

// MustCompilePOSIX is [CompilePOSIX] for expressions known to be good.  It panics if one is not.
func MustCompilePOSIX(str string) *Regexp { return must("CompilePOSIX", str, CompilePOSIX) }

func must(name, str string, compile func(string) (*Regexp, error)) *Regexp {
	re, err := compile(str)
	if err != nil {
		quoted := strconv.Quote(str)
		if strconv.CanBackquote(str) {
			quoted = "`" + str + "`"
		}
		panic("regexp: " + name + "(" + quoted + "): " + err.Error())
	}
	return re
}

func compile(expr string, flags syntax.Flags, longest bool) (*Regexp, error) {
	tree, err := syntax.Parse(expr, flags)
	if err != nil {
		return nil, err
	}
	names := tree.CapNames()
	prog, err := newProgram(tree.Simplify())
	if err != nil {
		return nil, err
	}
	return &Regexp{expr: expr, prog: prog, names: names, longest: longest}, nil
}

// Longest makes later searches find the longest of the matches that begin first.  It changes re, so that no other
// method may be running.
func (re *Regexp) Longest() { re.longest = true }

// Copy returns a copy of re.
//
// Deprecated: goroutines can share a Regexp.  A copy is of use only to have one with and one without
// [Regexp.Longest].
func (re *Regexp) Copy() *Regexp {
	c := *re
	return &c
}

// String returns the text that re was compiled from.
func (re *Regexp) String() string { return re.expr }

// NumSubexp returns the number of groups in re.
func (re *Regexp) NumSubexp() int { return max(len(re.names)-1, 0) }

// SubexpNames returns the names of the groups, by their numbers; names[0] is always empty.  The slice
// must not be changed.
func (re *Regexp) SubexpNames() []string { return re.names }

// SubexpIndex returns the number of the first group called name, or -1.
func (re *Regexp) SubexpIndex(name string) int {
	if name != "" {
		for i, n := range re.names {
			if n == name {
				return i
			}
		}
	}
	return -1
}

// LiteralPrefix returns a text that all matches begin with.  complete is true if they are that text.
func (re *Regexp) LiteralPrefix() (prefix string, complete bool) {
	p := re.prog.Prog
	if first := &p.Inst[p.Start]; first.Op == syntax.InstEmptyWidth && re.prog.anchored && isDecided(p) {
		return prefixBehind(p, first.Out)
	}
	return p.Prefix()
}

// prefixBehind is Prefix for what follows a ^.
func prefixBehind(p *syntax.Prog, pc uint32) (string, bool) {
	i := &p.Inst[pc]
	for i.Op == syntax.InstNop {
		i = &p.Inst[i.Out]
	}
	var b []byte
	for i.Op == syntax.InstRune1 && i.Rune[0] != utf8.RuneError {
		b = utf8.AppendRune(b, i.Rune[0])
		i = &p.Inst[i.Out]
	}
	if len(b) == 0 {
		return "", i.Op == syntax.InstMatch
	}
	end := i.Op == syntax.InstEmptyWidth && syntax.EmptyOp(i.Arg)&syntax.EmptyEndText != 0 &&
		p.Inst[i.Out].Op == syntax.InstMatch
	return string(b), end
}

// isDecided reports whether the text alone decides how to match it: where there is a choice the next rune makes it,
// and a match ends only where it must.
func isDecided(p *syntax.Prog) bool {
	isMatch := func(pc uint32) bool { return p.Inst[pc].Op == syntax.InstMatch }
	choice := false
	for pc := range p.Inst {
		if p.Inst[pc].Op == syntax.InstAlt {
			choice = true
		}
	}
	for pc := range p.Inst {
		i := &p.Inst[pc]
		switch i.Op {
		case syntax.InstMatch, syntax.InstFail:
		case syntax.InstAlt:
			if isMatch(i.Out) || isMatch(i.Arg) {
				return false
			}
		case syntax.InstEmptyWidth:
			if isMatch(i.Out) && syntax.EmptyOp(i.Arg)&syntax.EmptyEndText == 0 {
				return false
			}
		default:
			if choice && isMatch(i.Out) {
				return false
			}
		}
	}
	c := newClasses(p)
	return c != nil && newOnePass(p, newTable(p, c)) != nil
}

// AppendText appends what [Regexp.String] returns to b.  That the expression is POSIX's, or longest matches are
// wanted, is lost.
func (re *Regexp) AppendText(b []byte) ([]byte, error) { return append(b, re.expr...), nil }

// MarshalText returns what [Regexp.AppendText] appends.
func (re *Regexp) MarshalText() ([]byte, error) { return re.AppendText(nil) }

// UnmarshalText sets re to what [Compile] makes of text.
func (re *Regexp) UnmarshalText(text []byte) error {
	c, err := Compile(string(text))
	if err != nil {
		return err
	}
	*re = *c
	return nil
}

// Match reports whether b has a match of pattern.
func Match(pattern string, b []byte) (matched bool, err error) {
	re, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.Match(b), nil
}

// MatchString reports whether s has a match of pattern.
func MatchString(pattern string, s string) (matched bool, err error) {
	re, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.MatchString(s), nil
}

// MatchReader reports whether the text from r has a match of pattern.
func MatchReader(pattern string, r io.RuneReader) (matched bool, err error) {
	re, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.MatchReader(r), nil
}

// Match reports whether b has a match of re.
func (re *Regexp) Match(b []byte) bool { return re.matches(text(b)) }

// MatchString reports whether s has a match of re.
func (re *Regexp) MatchString(s string) bool { return re.matches(s) }

// MatchReader reports whether the text from r has a match of re.
func (re *Regexp) MatchReader(r io.RuneReader) bool {
	_, ok := re.searchReader(r, 0)
	return ok
}

// special has the characters that do not stand for themselves in an expression.
const special = `\.+*?()|[]{}^$`

// QuoteMeta returns an expression that matches s.
func QuoteMeta(s string) string {
	i := strings.IndexAny(s, special)
	if i < 0 {
		return s
	}
	b := make([]byte, 0, 2*len(s)-i)
	b = append(b, s[:i]...)
	for ; i < len(s); i++ {
		if strings.IndexByte(special, s[i]) >= 0 {
			b = append(b, '\\')
		}
		b = append(b, s[i])
	}
	return string(b)
}

// text returns b as a string, without copying. It is for the time of a search only.
func text(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
