package testdeps

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A small matcher of regular expressions in the syntax of package regexp, for the flags -run, -bench and so on. It only
// says yes or no. Package regexp would do, but every test binary would have to be built with it, that of regexp too.
//
// The expression becomes a list of instructions; all threads through it advance together, one rune at a time, so the
// time is bounded by length of expression times length of text.

type opcode uint8

const (
	opRune  opcode = iota // one rune that test accepts
	opSplit               // goes on at both x and y
	opJump                // goes on at x
	opTest                // goes on if the assertion holds here
	opMatch
)

type inst struct {
	op   opcode
	x, y int
	test func(r rune) bool
	here func(before, after rune) bool // -1: no rune
}

type matcher struct{ prog []inst }

// maxProg bounds what repetitions may make of an expression.
const maxProg = 100000

// node is a part of an expression: emit appends its instructions, which go on after the last one.
type node func(p *parser)

type flags struct{ fold, dotAll, multi bool }

type parser struct {
	whole, rest string
	flags       flags
	depth       int
	prog        []inst
}

type syntaxError struct{ what, where string }

func (e syntaxError) Error() string {
	return "error parsing regexp: " + e.what + ": `" + e.where + "`"
}

func compile(expr string) (m *matcher, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case syntaxError:
			err = e
		default:
			panic(e)
		}
	}()
	if !utf8.ValidString(expr) {
		return nil, errors.New("error parsing regexp: invalid UTF-8: `" + expr + "`")
	}
	p := &parser{whole: expr, rest: expr}
	n := p.alternation()
	if p.rest != "" {
		panic(syntaxError{"unexpected )", expr})
	}
	p.emit(n)
	p.add(inst{op: opMatch})
	return &matcher{p.prog}, nil
}

func (p *parser) emit(n node) {
	if n != nil {
		n(p)
	}
}

func (p *parser) add(i inst) int {
	if len(p.prog) >= maxProg {
		panic(syntaxError{"expression too large", p.whole})
	}
	p.prog = append(p.prog, i)
	return len(p.prog) - 1
}

func (p *parser) next() rune {
	r, size := utf8.DecodeRuneInString(p.rest)
	p.rest = p.rest[size:]
	return r
}

func (p *parser) accept(s string) bool {
	rest, ok := strings.CutPrefix(p.rest, s)
	if ok {
		p.rest = rest
	}
	return ok
}

func (p *parser) alternation() node {
	if p.depth++; p.depth > 1000 {
		panic(syntaxError{"expression nests too deeply", p.whole})
	}
	defer func() { p.depth-- }()
	n := p.sequence()
	for p.accept("|") {
		left, right := n, p.sequence()
		n = func(p *parser) {
			split := p.add(inst{op: opSplit})
			p.prog[split].x = len(p.prog)
			p.emit(left)
			jump := p.add(inst{op: opJump})
			p.prog[split].y = len(p.prog)
			p.emit(right)
			p.prog[jump].x = len(p.prog)
		}
	}
	return n
}

func (p *parser) sequence() node {
	var parts []node
	for p.rest != "" && p.rest[0] != '|' && p.rest[0] != ')' {
		start := p.rest
		if strings.ContainsRune("*+?", rune(p.rest[0])) {
			panic(syntaxError{"missing argument to repetition operator", p.rest[:1]})
		}
		atom := p.atom()
		repeated := ""
		for {
			before := p.rest
			least, most, ok := p.repetition()
			if !ok {
				break
			}
			p.accept("?") // yes or no is the same
			op := before[:len(before)-len(p.rest)]
			if repeated != "" {
				panic(syntaxError{"invalid nested repetition operator", repeated + op})
			}
			repeated = op
			if least > 1000 || most > 1000 || most >= 0 && least > most {
				panic(syntaxError{"invalid repeat count", op})
			}
			atom = repeat(atom, least, most)
		}
		_ = start
		parts = append(parts, atom)
	}
	return func(p *parser) {
		for _, n := range parts {
			p.emit(n)
		}
	}
}

// repetition parses * + ? {n,m}; most is -1 if there is no bound.
func (p *parser) repetition() (least, most int, ok bool) {
	switch {
	case p.accept("*"):
		return 0, -1, true
	case p.accept("+"):
		return 1, -1, true
	case p.accept("?"):
		return 0, 1, true
	case strings.HasPrefix(p.rest, "{"):
		inner, after, closed := strings.Cut(p.rest[1:], "}")
		if !closed {
			return 0, 0, false
		}
		lo, hi, comma := strings.Cut(inner, ",")
		least, err := strconv.Atoi(lo)
		if err != nil || lo[0] == '+' || lo[0] == '-' {
			return 0, 0, false // a brace like any other character
		}
		most = least
		if comma {
			most = -1
			if hi != "" {
				if most, err = strconv.Atoi(hi); err != nil || hi[0] == '+' || hi[0] == '-' {
					return 0, 0, false
				}
			}
		}
		p.rest = after
		return least, most, true
	}
	return 0, 0, false
}

func repeat(n node, least, most int) node {
	return func(p *parser) {
		for range least {
			p.emit(n)
		}
		if most < 0 {
			split := p.add(inst{op: opSplit})
			p.prog[split].x = len(p.prog)
			p.emit(n)
			p.add(inst{op: opJump, x: split})
			p.prog[split].y = len(p.prog)
			return
		}
		var splits []int
		for range most - least {
			splits = append(splits, p.add(inst{op: opSplit}))
			p.prog[splits[len(splits)-1]].x = len(p.prog)
			p.emit(n)
		}
		for _, split := range splits {
			p.prog[split].y = len(p.prog)
		}
	}
}

func one(test func(r rune) bool) node {
	return func(p *parser) { p.add(inst{op: opRune, test: test}) }
}

func assertion(here func(before, after rune) bool) node {
	return func(p *parser) { p.add(inst{op: opTest, here: here}) }
}

func (p *parser) literal(c rune) node {
	if !p.flags.fold {
		return one(func(r rune) bool { return r == c })
	}
	return one(func(r rune) bool { return equalFold(r, c) })
}

func equalFold(r, c rune) bool {
	if r == c {
		return true
	}
	for f := unicode.SimpleFold(c); f != c; f = unicode.SimpleFold(f) {
		if f == r {
			return true
		}
	}
	return false
}

var (
	textBegin = func(before, after rune) bool { return before < 0 }
	textEnd   = func(before, after rune) bool { return after < 0 }
	lineBegin = func(before, after rune) bool { return before < 0 || before == '\n' }
	lineEnd   = func(before, after rune) bool { return after < 0 || after == '\n' }
	boundary  = func(before, after rune) bool { return isWord(before) != isWord(after) }
	inside    = func(before, after rune) bool { return isWord(before) == isWord(after) }
)

func isWord(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '_'
}
func isDigit(r rune) bool { return r >= '0' && r <= '9' }
func isBlank(r rune) bool { return r == ' ' || r >= '\t' && r <= '\r' && r != '\v' }

func not(test func(r rune) bool) func(r rune) bool { return func(r rune) bool { return !test(r) } }

func (p *parser) atom() node {
	switch {
	case p.accept("("):
		return p.group()
	case p.accept("["):
		return one(p.class())
	case p.accept("."):
		if p.flags.dotAll {
			return one(func(r rune) bool { return true })
		}
		return one(func(r rune) bool { return r != '\n' })
	case p.accept("^"):
		if p.flags.multi {
			return assertion(lineBegin)
		}
		return assertion(textBegin)
	case p.accept("$"):
		if p.flags.multi {
			return assertion(lineEnd)
		}
		return assertion(textEnd)
	case p.accept(`\Q`):
		text, after, _ := strings.Cut(p.rest, `\E`)
		p.rest = after
		var parts []node
		for _, c := range text {
			parts = append(parts, p.literal(c))
		}
		return func(p *parser) {
			for _, n := range parts {
				p.emit(n)
			}
		}
	case p.accept(`\A`):
		return assertion(textBegin)
	case p.accept(`\z`):
		return assertion(textEnd)
	case p.accept(`\b`):
		return assertion(boundary)
	case p.accept(`\B`):
		return assertion(inside)
	case strings.HasPrefix(p.rest, `\`):
		if test := p.classEscape(); test != nil {
			return one(test)
		}
		return p.literal(p.escape())
	}
	return p.literal(p.next())
}

// group parses after "(": a group, or flags.
func (p *parser) group() node {
	saved := p.flags
	if strings.HasPrefix(p.rest, "?P<") || strings.HasPrefix(p.rest, "?<") {
		name, after, ok := strings.Cut(p.rest, ">")
		if !ok {
			panic(syntaxError{"invalid named capture", "(" + p.rest})
		}
		_ = name
		p.rest = after
	} else if p.accept("?") {
		start := p.rest
		value := true
	loop:
		for {
			if p.rest == "" {
				panic(syntaxError{"missing closing )", p.whole})
			}
			switch c := p.next(); c {
			case 'i':
				p.flags.fold = value
			case 's':
				p.flags.dotAll = value
			case 'm':
				p.flags.multi = value
			case 'U':
			case '-':
				value = false
			case ':':
				break loop
			case ')':
				// They hold to the end of the group around.
				return func(*parser) {}
			default:
				panic(syntaxError{"invalid or unsupported Perl syntax", "(?" + start[:len(start)-len(p.rest)]})
			}
		}
	}
	n := p.alternation()
	if !p.accept(")") {
		panic(syntaxError{"missing closing )", p.whole})
	}
	p.flags = saved
	return n
}

// classEscape parses \d and the like; nil if there is something else.
func (p *parser) classEscape() func(r rune) bool {
	for _, each := range []struct {
		text string
		test func(r rune) bool
	}{
		{`\d`, isDigit}, {`\D`, not(isDigit)}, {`\w`, isWord}, {`\W`, not(isWord)}, {`\s`, isBlank}, {`\S`, not(isBlank)},
	} {
		if p.accept(each.text) {
			return each.test
		}
	}
	if strings.HasPrefix(p.rest, `\p`) || strings.HasPrefix(p.rest, `\P`) {
		negated := p.rest[1] == 'P'
		start := p.rest
		p.rest = p.rest[2:]
		name := ""
		if p.accept("{") {
			name, p.rest, _ = strings.Cut(p.rest, "}")
		} else if p.rest != "" {
			name = string(p.next())
		}
		if rest, ok := strings.CutPrefix(name, "^"); ok {
			name, negated = rest, !negated
		}
		var test func(r rune) bool
		switch name {
		case "L":
			test = unicode.IsLetter
		case "Lu":
			test = unicode.IsUpper
		case "Ll":
			test = unicode.IsLower
		case "N":
			test = unicode.IsNumber
		case "Nd":
			test = unicode.IsDigit
		case "P":
			test = unicode.IsPunct
		case "S":
			test = unicode.IsSymbol
		case "M":
			test = unicode.IsMark
		case "Any":
			test = func(rune) bool { return true }
		default:
			panic(syntaxError{"invalid character class range", start[:len(start)-len(p.rest)]})
		}
		if negated {
			return not(test)
		}
		return test
	}
	return nil
}

// escape parses a backslash and what stands for one rune.
func (p *parser) escape() rune {
	start := p.rest
	p.rest = p.rest[1:]
	if p.rest == "" {
		panic(syntaxError{"trailing backslash at end of expression", ""})
	}
	switch c := p.next(); c {
	case 'a':
		return '\a'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'v':
		return '\v'
	case '0', '1', '2', '3', '4', '5', '6', '7':
		digits := 1
		for digits < 3 && p.rest != "" && p.rest[0] >= '0' && p.rest[0] <= '7' {
			p.next()
			digits++
		}
		if c != '0' && digits == 1 {
			break
		}
		n, _ := strconv.ParseUint(start[1:1+digits], 8, 32)
		return rune(n)
	case 'x':
		digits := ""
		if p.accept("{") {
			digits, p.rest, _ = strings.Cut(p.rest, "}")
		} else if len(p.rest) >= 2 {
			digits, p.rest = p.rest[:2], p.rest[2:]
		}
		if n, err := strconv.ParseUint(digits, 16, 32); err == nil && n <= unicode.MaxRune {
			return rune(n)
		}
	default:
		if c < utf8.RuneSelf && !isWord(c) || c == '_' {
			return c
		}
	}
	panic(syntaxError{"invalid escape sequence", start[:len(start)-len(p.rest)]})
}

var posix = map[string]func(r rune) bool{
	"alnum":  func(r rune) bool { return isWord(r) && r != '_' },
	"alpha":  func(r rune) bool { return isWord(r) && r != '_' && !isDigit(r) },
	"ascii":  func(r rune) bool { return r < 0x80 },
	"blank":  func(r rune) bool { return r == '\t' || r == ' ' },
	"cntrl":  func(r rune) bool { return r < ' ' || r == 0x7f },
	"digit":  isDigit,
	"graph":  func(r rune) bool { return r > ' ' && r < 0x7f },
	"lower":  func(r rune) bool { return r >= 'a' && r <= 'z' },
	"print":  func(r rune) bool { return r >= ' ' && r < 0x7f },
	"punct":  func(r rune) bool { return r > ' ' && r < 0x7f && (!isWord(r) || r == '_') },
	"space":  func(r rune) bool { return r == ' ' || r >= '\t' && r <= '\r' },
	"upper":  func(r rune) bool { return r >= 'A' && r <= 'Z' },
	"word":   isWord,
	"xdigit": func(r rune) bool { return isDigit(r) || r >= 'a' && r <= 'f' || r >= 'A' && r <= 'F' },
}

// class parses after "[".
func (p *parser) class() func(r rune) bool {
	start := "[" + p.rest
	negated := p.accept("^")
	fold := p.flags.fold
	var tests []func(r rune) bool
	for first := true; first || !strings.HasPrefix(p.rest, "]"); first = false {
		if p.rest == "" {
			panic(syntaxError{"missing closing ]", start})
		}
		if strings.HasPrefix(p.rest, "[:") {
			if name, after, ok := strings.Cut(p.rest[2:], ":]"); ok {
				bare, no := strings.CutPrefix(name, "^")
				test := posix[bare]
				if test == nil {
					panic(syntaxError{"invalid character class range", "[:" + name + ":]"})
				}
				if no {
					test = not(test)
				}
				p.rest = after
				tests = append(tests, test)
				continue
			}
		}
		if test := p.classEscape(); test != nil {
			tests = append(tests, test)
			continue
		}
		at := p.rest
		lo := p.classRune()
		hi := lo
		if len(p.rest) >= 2 && p.rest[0] == '-' && p.rest[1] != ']' {
			p.rest = p.rest[1:]
			hi = p.classRune()
			if hi < lo {
				panic(syntaxError{"invalid character class range", at[:len(at)-len(p.rest)]})
			}
		}
		tests = append(tests, func(r rune) bool {
			if r >= lo && r <= hi {
				return true
			}
			if fold {
				for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
					if f >= lo && f <= hi {
						return true
					}
				}
			}
			return false
		})
	}
	p.rest = p.rest[1:]
	return func(r rune) bool {
		for _, test := range tests {
			if test(r) {
				return !negated
			}
		}
		return negated
	}
}

func (p *parser) classRune() rune {
	if strings.HasPrefix(p.rest, `\`) {
		return p.escape()
	}
	return p.next()
}

// match reports whether the expression matches somewhere in s.
func (m *matcher) match(s string) bool {
	seen := make([]int, len(m.prog)) // at which position, counted from 1, the instruction was reached
	var now, next, stack []int
	before := rune(-1)
	for at := 0; ; {
		after, size := rune(-1), 0
		if at < len(s) {
			after, size = utf8.DecodeRuneInString(s[at:])
		}
		// Those that came here, and one that begins here. What they reach without reading:
		now, next = next, now[:0]
		stack = append(append(stack[:0], now...), 0)
		now = now[:0]
		for len(stack) > 0 {
			pc := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if seen[pc] == at+1 {
				continue
			}
			seen[pc] = at + 1
			switch i := &m.prog[pc]; i.op {
			case opMatch:
				return true
			case opJump:
				stack = append(stack, i.x)
			case opSplit:
				stack = append(stack, i.x, i.y)
			case opTest:
				if i.here(before, after) {
					stack = append(stack, pc+1)
				}
			case opRune:
				now = append(now, pc)
			}
		}
		if after < 0 {
			return false
		}
		for _, pc := range now {
			if m.prog[pc].test(after) {
				next = append(next, pc+1)
			}
		}
		before = after
		at += size
	}
}
