package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// An Error says why an expression could not be parsed, and in which part of it.
type Error struct {
	Code ErrorCode
	Expr string
}

func (e *Error) Error() string {
	return "error parsing regexp: " + e.Code.String() + ": `" + e.Expr + "`"
}

// An ErrorCode says why an expression could not be parsed.
type ErrorCode string

const (
	// A fault of this package.
	ErrInternalError ErrorCode = "regexp/syntax: internal error"

	// Faults of the expression.
	ErrInvalidCharClass      ErrorCode = "invalid character class"
	ErrInvalidCharRange      ErrorCode = "invalid character class range"
	ErrInvalidEscape         ErrorCode = "invalid escape sequence"
	ErrInvalidNamedCapture   ErrorCode = "invalid named capture"
	ErrInvalidPerlOp         ErrorCode = "invalid or unsupported Perl syntax"
	ErrInvalidRepeatOp       ErrorCode = "invalid nested repetition operator"
	ErrInvalidRepeatSize     ErrorCode = "invalid repeat count"
	ErrInvalidUTF8           ErrorCode = "invalid UTF-8"
	ErrMissingBracket        ErrorCode = "missing closing ]"
	ErrMissingParen          ErrorCode = "missing closing )"
	ErrMissingRepeatArgument ErrorCode = "missing argument to repetition operator"
	ErrTrailingBackslash     ErrorCode = "trailing backslash at end of expression"
	ErrUnexpectedParen       ErrorCode = "unexpected )"
	ErrNestingDepth          ErrorCode = "expression nests too deeply"
	ErrLarge                 ErrorCode = "expression too large"
)

func (e ErrorCode) String() string { return string(e) }

// Flags are the parser's options, and what it notes about nodes.
type Flags uint16

const (
	FoldCase      Flags = 1 << iota // upper and lower case are the same
	Literal                         // the expression is a text to be found as it is
	ClassNL                         // classes such as [^a-z] and [[:space:]] may match \n
	DotNL                           // . matches \n
	OneLine                         // ^ and $ match only at the beginning and the end of the text
	NonGreedy                       // repetitions prefer fewer
	PerlX                           // Perl's additions are understood
	UnicodeGroups                   // \p{Han} and \P{Han} are understood
	WasDollar                       // the OpEndText was $ and not \z
	Simple                          // there is no counted repetition in the node

	MatchNL = ClassNL | DotNL

	Perl        = ClassNL | OneLine | PerlX | UnicodeGroups // most like Perl
	POSIX Flags = 0                                         // POSIX's syntax
)

// What an expression may be at most. Programs stay below 128 MB, and trees may be walked by recursion.
const (
	maxHeight = 1000
	maxCount  = 1000
	maxSize   = 128 << 20 / 40 // instructions
	maxRunes  = 128 << 20 / 4
)

// parser parses one expression. Faults found deep inside are thrown as *Error.
type parser struct {
	all    string // the expression
	flags  Flags
	groups []group // the open ones; groups[0] is the expression as a whole
	numCap int

	// What is needed for the limits.
	nodes   int
	runes   int
	repeats int64 // product of all counts, at most maxSize
	heights map[*Regexp]int
	sizes   map[*Regexp]int64
}

// group is an open group.
type group struct {
	alts  []*Regexp // complete alternatives
	seq   []*Regexp // what the current alternative has, but that the last two may be literals to be joined
	flags Flags     // those outside
	cap   int       // 0 if it does not capture
	name  string
}

// Parse parses the expression s.  The syntax is described at the package; flags
// choose parts of it.
func Parse(s string, flags Flags) (re *Regexp, err error) {
	defer func() {
		if e := recover(); e != nil {
			fault, ok := e.(*Error)
			if !ok {
				panic(e)
			}
			re, err = nil, fault
		}
	}()
	p := &parser{all: s, flags: flags, groups: make([]group, 1), repeats: 1}
	if flags&Literal != 0 {
		checkUTF8(s)
		re := &Regexp{Op: OpLiteral, Flags: flags}
		re.Rune = append(re.Rune0[:0], []rune(s)...)
		return re, nil
	}
	p.parse(s)
	return p.finish(), nil
}

func fail(code ErrorCode, expr string) { panic(&Error{code, expr}) }

func checkUTF8(s string) {
	for s != "" {
		_, s = nextRune(s)
	}
}

func nextRune(s string) (rune, string) {
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 {
		fail(ErrInvalidUTF8, s)
	}
	return r, s[size:]
}

// parse reads all of s into p.groups.
func (p *parser) parse(s string) {
	stacked := "" // from the repetition just read on
	for s != "" {
		repeated := ""
		switch s[0] {
		default:
			var r rune
			r, s = nextRune(s)
			p.literal(r)
		case '(':
			if p.flags&PerlX != 0 && len(s) >= 2 && s[1] == '?' {
				s = p.parsePerl(s)
				break
			}
			p.open("", true)
			s = s[1:]
		case '|':
			p.endAlternative()
			s = s[1:]
		case ')':
			p.close()
			s = s[1:]
		case '^':
			if p.flags&OneLine != 0 {
				p.node(OpBeginText)
			} else {
				p.node(OpBeginLine)
			}
			s = s[1:]
		case '$':
			if p.flags&OneLine != 0 {
				p.node(OpEndText).Flags |= WasDollar
			} else {
				p.node(OpEndLine)
			}
			s = s[1:]
		case '.':
			if p.flags&DotNL != 0 {
				p.node(OpAnyChar)
			} else {
				p.node(OpAnyCharNotNL)
			}
			s = s[1:]
		case '[':
			s = p.parseClass(s)
		case '*', '+', '?':
			before := s
			op := OpStar
			switch s[0] {
			case '+':
				op = OpPlus
			case '?':
				op = OpQuest
			}
			s = p.repeat(op, 0, 0, before, s[1:], stacked)
			repeated = before
		case '{':
			before := s
			lo, hi, after, ok := parseCount(s)
			if !ok {
				p.literal('{')
				s = s[1:]
				break
			}
			if lo < 0 || lo > maxCount || hi > maxCount || hi >= 0 && lo > hi {
				fail(ErrInvalidRepeatSize, before[:len(before)-len(after)])
			}
			s = p.repeat(OpRepeat, lo, hi, before, after, stacked)
			repeated = before
		case '\\':
			s = p.parseBackslash(s)
		}
		stacked = repeated
	}
}

// finish returns the tree of all that was parsed.
func (p *parser) finish() *Regexp {
	re := p.endGroup()
	if len(p.groups) != 1 {
		fail(ErrMissingParen, p.all)
	}
	return re
}

// node adds a node without operands.
func (p *parser) node(op Op) *Regexp {
	re := &Regexp{Op: op, Flags: p.flags}
	p.add(re)
	return re
}

func (p *parser) literal(r rune) {
	re := &Regexp{Op: OpLiteral, Flags: p.flags}
	if p.flags&FoldCase != 0 {
		r = minFold(r)
	}
	re.Rune0[0] = r
	re.Rune = re.Rune0[:1]
	p.add(re)
}

// add adds an operand to the current alternative.
func (p *parser) add(re *Regexp) {
	p.plain(re)
	p.joinLiterals()
	g := &p.groups[len(p.groups)-1]
	g.seq = append(g.seq, re)
	p.check(re)
}

// plain turns classes such as [a] and [Aa] into literals.
func (p *parser) plain(re *Regexp) {
	p.nodes++
	p.runes += len(re.Rune)
	if re.Op != OpCharClass {
		return
	}
	c := re.Rune
	switch {
	case len(c) == 2 && c[0] == c[1]:
		re.Op, re.Rune, re.Flags = OpLiteral, c[:1], p.flags&^FoldCase
	case len(c) == 4 && c[0] == c[1] && c[2] == c[3] && areFoldPair(c[0], c[2]),
		len(c) == 2 && c[0]+1 == c[1] && areFoldPair(c[0], c[1]):
		re.Op, re.Rune, re.Flags = OpLiteral, c[:1], p.flags|FoldCase
	}
}

func areFoldPair(a, b rune) bool { return unicode.SimpleFold(a) == b && unicode.SimpleFold(b) == a }

// joinLiterals makes one of the last two operands if they are literals. The very last literal stays alone
// until something follows it, since a repetition would be of only that.
func (p *parser) joinLiterals() {
	g := &p.groups[len(p.groups)-1]
	n := len(g.seq)
	if n < 2 {
		return
	}
	a, b := g.seq[n-2], g.seq[n-1]
	if a.Op == OpLiteral && b.Op == OpLiteral && a.Flags&FoldCase == b.Flags&FoldCase {
		a.Rune = append(a.Rune, b.Rune...)
		g.seq = g.seq[:n-1]
	}
}

// open begins a group.
func (p *parser) open(name string, captures bool) {
	g := group{flags: p.flags, name: name}
	if captures {
		p.numCap++
		g.cap = p.numCap
	}
	p.groups = append(p.groups, g)
}

// close ends a group.
func (p *parser) close() {
	n := len(p.groups) - 1
	if n == 0 {
		fail(ErrUnexpectedParen, p.all)
	}
	re := p.endGroup()
	g := p.groups[n]
	p.groups = p.groups[:n]
	p.flags = g.flags
	if g.cap != 0 {
		re = newRegexp(OpCapture, g.flags, re)
		re.Cap, re.Name = g.cap, g.name
	}
	p.add(re)
}

// endAlternative makes one node of the current alternative.
func (p *parser) endAlternative() {
	p.joinLiterals()
	g := &p.groups[len(p.groups)-1]
	var alt *Regexp
	if len(g.seq) == 0 {
		alt = &Regexp{Op: OpEmptyMatch, Flags: p.flags}
	} else {
		alt = p.collapse(g.seq, OpConcat)
	}
	g.seq = nil
	p.plain(alt)
	p.check(alt)
	// a|b is [ab].
	if n := len(g.alts); n > 0 && isOneRune(alt) && isOneRune(g.alts[n-1]) {
		other := g.alts[n-1]
		if alt.Op > other.Op {
			alt, other = other, alt
		}
		mergeClass(other, alt)
		g.alts[n-1] = other
		return
	}
	if n := len(g.alts); n > 0 {
		cleanAlternative(g.alts[n-1])
	}
	g.alts = append(g.alts, alt)
}

// endGroup makes one node of all alternatives of the current group.
func (p *parser) endGroup() *Regexp {
	p.endAlternative()
	g := &p.groups[len(p.groups)-1]
	cleanAlternative(g.alts[len(g.alts)-1])
	re := p.collapse(g.alts, OpAlternate)
	p.plain(re)
	p.check(re)
	return re
}

// collapse returns the node of op, which is OpConcat or OpAlternate, with the given operands. Operands with the
// same operator are dissolved in it.
func (p *parser) collapse(list []*Regexp, op Op) *Regexp {
	if len(list) == 1 {
		return list[0]
	}
	var flat []*Regexp
	for _, sub := range list {
		if sub.Op == op {
			flat = append(flat, sub.Sub...)
		} else {
			flat = append(flat, sub)
		}
	}
	if op == OpAlternate {
		flat = p.factor(flat)
		if len(flat) == 1 {
			return flat[0]
		}
	}
	p.nodes++
	return newRegexp(op, 0, flat...)
}

// repeat makes the last operand one of a repetition. before is the text from the operator on, after what follows
// it; stacked is not empty if the operand ends with an operator, too, and begins there.
func (p *parser) repeat(op Op, lo, hi int, before, after, stacked string) string {
	flags := p.flags
	if p.flags&PerlX != 0 {
		if after != "" && after[0] == '?' {
			after = after[1:]
			flags ^= NonGreedy
		}
		if stacked != "" {
			// Perl has a++ for something that we do not have, and a** not at all.
			fail(ErrInvalidRepeatOp, stacked[:len(stacked)-len(after)])
		}
	}
	text := before[:len(before)-len(after)]
	g := &p.groups[len(p.groups)-1]
	n := len(g.seq)
	if n == 0 {
		fail(ErrMissingRepeatArgument, text)
	}
	sub := g.seq[n-1]
	re := newRegexp(op, flags, sub)
	re.Min, re.Max = lo, hi
	p.nodes++
	g.seq[n-1] = re
	p.check(re)
	if op == OpRepeat && (lo >= 2 || hi >= 2) && !countsFit(re, maxCount) {
		fail(ErrInvalidRepeatSize, text)
	}
	return after
}

// countsFit reports whether nested counts multiply to at most n.
func countsFit(re *Regexp, n int) bool {
	if re.Op == OpRepeat {
		m := re.Max
		if m == 0 {
			return true
		}
		if m < 0 {
			m = re.Min
		}
		if m > n {
			return false
		}
		if m > 0 {
			n /= m
		}
	}
	for _, sub := range re.Sub {
		if !countsFit(sub, n) {
			return false
		}
	}
	return true
}

// parseCount parses {n}, {n,} or {n,m} at the beginning of s. ok is false if there is none; a number too large
// comes as -1 for n or maxCount+1 for m.
func parseCount(s string) (lo, hi int, rest string, ok bool) {
	lo, s, ok = parseNumber(s[1:])
	if !ok || s == "" {
		return 0, 0, "", false
	}
	hi = lo
	if s[0] == ',' {
		s = s[1:]
		if s == "" {
			return 0, 0, "", false
		}
		hi = -1
		if s[0] != '}' {
			hi, s, ok = parseNumber(s)
			if !ok {
				return 0, 0, "", false
			}
			if hi < 0 {
				lo = -1
			}
		}
	}
	if s == "" || s[0] != '}' {
		return 0, 0, "", false
	}
	return lo, hi, s[1:], true
}

// parseNumber parses a decimal number without needless zeros; -1 is one of too many digits.
func parseNumber(s string) (n int, rest string, ok bool) {
	k := 0
	for k < len(s) && '0' <= s[k] && s[k] <= '9' {
		k++
	}
	if k == 0 || k > 1 && s[0] == '0' {
		return 0, s, false
	}
	for _, c := range []byte(s[:k]) {
		if n >= 1e8 {
			return -1, s[k:], true
		}
		n = n*10 + int(c-'0')
	}
	return n, s[k:], true
}

// parsePerl parses what begins with (? .
func (p *parser) parsePerl(s string) string {
	if head, ok := namedGroup(s); ok {
		end := strings.IndexByte(s, '>')
		if end < 0 {
			checkUTF8(s)
			fail(ErrInvalidNamedCapture, s)
		}
		name := s[head:end]
		checkUTF8(name)
		if !isGroupName(name) {
			fail(ErrInvalidNamedCapture, s[:end+1])
		}
		p.open(name, true)
		return s[end+1:]
	}
	var (
		rest  = s[2:]
		flags = p.flags
		clear bool // after the -
		seen  bool // a flag, after the - if there is one
	)
	for rest != "" {
		var c rune
		c, rest = nextRune(rest)
		var bit Flags
		on := !clear
		switch c {
		case 'i':
			bit = FoldCase
		case 'm':
			bit, on = OneLine, clear
		case 's':
			bit = DotNL
		case 'U':
			bit = NonGreedy
		case '-':
			if !clear {
				clear, seen = true, false
				continue
			}
		case ':', ')':
			if clear && !seen {
				break
			}
			if c == ':' {
				p.open("", false)
			}
			p.flags = flags
			return rest
		}
		if bit == 0 {
			fail(ErrInvalidPerlOp, s[:len(s)-len(rest)])
		}
		seen = true
		if on {
			flags |= bit
		} else {
			flags &^= bit
		}
	}
	fail(ErrInvalidPerlOp, s)
	return ""
}

// namedGroup reports whether s opens a group with a name, and where the name begins.
func namedGroup(s string) (at int, ok bool) {
	if len(s) > 4 && strings.HasPrefix(s, "(?P<") {
		return 4, true
	}
	if len(s) > 3 && strings.HasPrefix(s, "(?<") {
		return 3, true
	}
	return 0, false
}

func isGroupName(name string) bool {
	for _, c := range name {
		if !IsWordChar(c) {
			return false
		}
	}
	return name != ""
}

// parseBackslash parses what begins with a backslash, outside of classes.
func (p *parser) parseBackslash(s string) string {
	if p.flags&PerlX != 0 && len(s) >= 2 {
		op := Op(0)
		switch s[1] {
		case 'A':
			op = OpBeginText
		case 'z':
			op = OpEndText
		case 'b':
			op = OpWordBoundary
		case 'B':
			op = OpNoWordBoundary
		case 'C':
			// Any byte: this would cut runes.
			fail(ErrInvalidEscape, s[:2])
		case 'Q':
			text, rest, _ := strings.Cut(s[2:], `\E`)
			for text != "" {
				var r rune
				r, text = nextRune(text)
				p.literal(r)
			}
			return rest
		}
		if op != 0 {
			p.node(op)
			return s[2:]
		}
	}
	re := &Regexp{Op: OpCharClass, Flags: p.flags}
	if class, rest, ok := p.parseNamedClass(s, nil); ok {
		re.Rune = class
		p.add(re)
		return rest
	}
	r, rest := parseEscape(s)
	p.literal(r)
	return rest
}

// parseNamedClass adds the class that s begins with, if it begins with one such as \d or \pL.
func (p *parser) parseNamedClass(s string, class []rune) (_ []rune, rest string, ok bool) {
	if len(s) < 2 || s[0] != '\\' {
		return class, s, false
	}
	if c := s[1]; p.flags&UnicodeGroups != 0 && (c == 'p' || c == 'P') {
		class, rest = p.parseUnicodeClass(s, class)
		return class, rest, true
	}
	if p.flags&PerlX == 0 {
		return class, s, false
	}
	part := perlClass(s[1] | 0x20)
	if part == nil {
		return class, s, false
	}
	return addPart(class, part, s[1]&0x20 == 0, p.flags), s[2:], true
}

// parseUnicodeClass adds the class \pN or \p{Name} that s begins with.
func (p *parser) parseUnicodeClass(s string, class []rune) (_ []rune, rest string) {
	negate := s[1] == 'P'
	c, rest := nextRune(s[2:])
	name := s[2 : len(s)-len(rest)]
	if c == '{' {
		end := strings.IndexByte(s, '}')
		if end < 0 {
			checkUTF8(s)
			fail(ErrInvalidCharRange, s)
		}
		name, rest = s[3:end], s[end+1:]
		checkUTF8(name)
	}
	whole := s[:len(s)-len(rest)]
	if name != "" && name[0] == '^' {
		negate = !negate
		name = name[1:]
	}
	part, folded, ok := unicodeClass(name)
	if !ok {
		fail(ErrInvalidCharRange, whole)
	}
	if p.flags&FoldCase != 0 && folded != nil {
		part = clean(append(part, folded...))
	}
	if negate {
		part = complement(clean(part))
	}
	return addClass(class, part), rest
}

// parseClass parses a class in brackets.
func (p *parser) parseClass(s string) string {
	var (
		rest   = s[1:]
		re     = &Regexp{Op: OpCharClass, Flags: p.flags}
		class  []rune
		negate bool
		ok     bool
	)
	if rest != "" && rest[0] == '^' {
		negate = true
		rest = rest[1:]
		if p.flags&ClassNL == 0 {
			class = append(class, '\n', '\n') // the complement will not have it
		}
	}
	for first := true; first || rest == "" || rest[0] != ']'; first = false {
		if p.flags&PerlX == 0 && !first && rest != "" && rest[0] == '-' && (len(rest) == 1 || rest[1] != ']') {
			// POSIX wants - at an end or not at all.
			_, size := utf8.DecodeRuneInString(rest[1:])
			fail(ErrInvalidCharRange, rest[:1+size])
		}
		if strings.HasPrefix(rest, "[:") && len(rest) > 2 {
			if end := strings.Index(rest[2:], ":]"); end >= 0 {
				name := rest[2 : 2+end]
				not := strings.HasPrefix(name, "^")
				part := asciiClass(strings.TrimPrefix(name, "^"))
				if part == nil {
					fail(ErrInvalidCharRange, rest[:end+4])
				}
				class = addPart(class, part, not, p.flags)
				rest = rest[end+4:]
				continue
			}
		}
		class, rest, ok = p.parseNamedClass(rest, class)
		if ok {
			continue
		}
		from := rest
		var lo, hi rune
		lo, rest = classRune(rest, s)
		hi = lo
		if len(rest) >= 2 && rest[0] == '-' && rest[1] != ']' {
			hi, rest = classRune(rest[1:], s)
			if hi < lo {
				fail(ErrInvalidCharRange, from[:len(from)-len(rest)])
			}
		}
		if p.flags&FoldCase != 0 {
			class = addFolded(class, lo, hi)
		} else {
			class = addRange(class, lo, hi)
		}
	}
	class = clean(class)
	if negate {
		class = complement(class)
	}
	re.Rune = class
	p.add(re)
	return rest[1:]
}

// classRune parses one rune of the class that begins whole.
func classRune(s, whole string) (rune, string) {
	if s == "" {
		fail(ErrMissingBracket, whole)
	}
	if s[0] == '\\' {
		return parseEscape(s)
	}
	return nextRune(s)
}

// parseEscape parses an escape sequence that stands for one rune.
func parseEscape(s string) (rune, string) {
	rest := s[1:]
	if rest == "" {
		fail(ErrTrailingBackslash, "")
	}
	c, rest := nextRune(rest)
	switch c {
	case '0', '1', '2', '3', '4', '5', '6', '7':
		// One digit, if not 0, would be a reference to a group; there is no such thing.
		if c != '0' && (rest == "" || rest[0] < '0' || rest[0] > '7') {
			break
		}
		r := c - '0'
		for k := 1; k < 3 && rest != "" && '0' <= rest[0] && rest[0] <= '7'; k++ {
			r = r*8 + rune(rest[0]-'0')
			rest = rest[1:]
		}
		return r, rest
	case 'x':
		if rest == "" {
			break
		}
		c, rest = nextRune(rest)
		if c != '{' {
			hi := hexDigit(c)
			if rest == "" {
				break
			}
			c, rest = nextRune(rest)
			lo := hexDigit(c)
			if hi < 0 || lo < 0 {
				break
			}
			return hi*16 + lo, rest
		}
		var r rune
		for n := 0; ; n++ {
			if rest == "" {
				fail(ErrInvalidEscape, s)
			}
			c, rest = nextRune(rest)
			if c == '}' && n > 0 {
				return r, rest
			}
			digit := hexDigit(c)
			if digit < 0 || r*16+digit > unicode.MaxRune {
				fail(ErrInvalidEscape, s[:len(s)-len(rest)])
			}
			r = r*16 + digit
		}
	case 'a':
		return '\a', rest
	case 'f':
		return '\f', rest
	case 'n':
		return '\n', rest
	case 'r':
		return '\r', rest
	case 't':
		return '\t', rest
	case 'v':
		return '\v', rest
	default:
		if c < utf8.RuneSelf && (c == '_' || !IsWordChar(c)) {
			return c, rest
		}
	}
	fail(ErrInvalidEscape, s[:len(s)-len(rest)])
	return 0, ""
}

func hexDigit(c rune) rune {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	}
	return -1
}

// check ends parsing if re is too large.
func (p *parser) check(re *Regexp) {
	if p.runes > maxRunes {
		fail(ErrLarge, p.all)
	}
	p.checkSize(re)
	// With fewer nodes it cannot be that high.
	if p.nodes >= maxHeight && p.height(re) > maxHeight {
		fail(ErrNestingDepth, p.all)
	}
}

func (p *parser) height(re *Regexp) int {
	if h, ok := p.heights[re]; ok {
		return h
	}
	if p.heights == nil {
		p.heights = map[*Regexp]int{}
	}
	h := 1
	for _, sub := range re.Sub {
		h = max(h, 1+p.height(sub))
	}
	p.heights[re] = h
	return h
}

func (p *parser) checkSize(re *Regexp) {
	if p.sizes == nil {
		// As long as few nodes are repeated seldom there is no need to count.
		if re.Op == OpRepeat {
			n := int64(max(re.Max, 1))
			if re.Max == -1 {
				n = int64(max(re.Min, 1))
			}
			if n > maxSize/p.repeats {
				p.repeats = maxSize
			} else {
				p.repeats *= n
			}
		}
		if int64(p.nodes) < maxSize/p.repeats {
			return
		}
		p.sizes = map[*Regexp]int64{}
		for i := range p.groups {
			for _, sub := range p.groups[i].alts {
				p.checkSize(sub)
			}
			for _, sub := range p.groups[i].seq {
				p.checkSize(sub)
			}
		}
	}
	if p.size(re, true) > maxSize {
		fail(ErrLarge, p.all)
	}
}

// size returns how many instructions re takes. It is counted again for re itself if fresh is set, as re may have
// changed since.
func (p *parser) size(re *Regexp, fresh bool) int64 {
	if n, ok := p.sizes[re]; ok && !fresh {
		return n
	}
	var n int64
	switch re.Op {
	case OpLiteral:
		n = int64(len(re.Rune))
	case OpCapture, OpStar:
		n = 2 + p.size(re.Sub[0], false)
	case OpPlus, OpQuest:
		n = 1 + p.size(re.Sub[0], false)
	case OpConcat, OpAlternate:
		for _, sub := range re.Sub {
			n += p.size(sub, false)
		}
		if re.Op == OpAlternate && len(re.Sub) > 1 {
			n += int64(len(re.Sub)) - 1
		}
	case OpRepeat:
		sub := p.size(re.Sub[0], false)
		switch {
		case re.Max == -1 && re.Min == 0:
			n = 2 + sub
		case re.Max == -1:
			n = 1 + int64(re.Min)*sub
		default:
			n = int64(re.Max)*sub + int64(re.Max-re.Min)
		}
	}
	n = max(n, 1)
	p.sizes[re] = n
	return n
}
