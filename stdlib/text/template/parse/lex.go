package parse

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a token of a template.
type token struct {
	kind tokenKind
	pos  Pos
	text string // the source or, of tokError, the message
	line int
}

type tokenKind int

const (
	tokError tokenKind = iota // and the last token
	tokEOF
	tokText
	tokComment
	tokLeftDelim
	tokRightDelim
	tokSpace // between operands
	tokBool
	tokChar     // an ASCII character with no other meaning
	tokRune     // a constant such as 'a'
	tokNumber   // but complex ones of two parts
	tokComplex  // such as 1+2i
	tokString   // in double quotes
	tokRaw      // in back quotes
	tokAssign   // =
	tokDeclare  // :=
	tokPipe     // |
	tokLeftPar  // (
	tokRightPar // )
	tokField    // .name
	tokVariable // $name or $
	tokName     // of a function
	tokKeyword  // all after this are keywords, in a way
	tokDot      // . alone
	tokBlock
	tokBreak
	tokContinue
	tokDefine
	tokElse
	tokEnd
	tokIf
	tokNil
	tokRange
	tokTemplate
	tokWith
)

var keywords = map[string]tokenKind{
	"block":    tokBlock,
	"break":    tokBreak,
	"continue": tokContinue,
	"define":   tokDefine,
	"else":     tokElse,
	"end":      tokEnd,
	"if":       tokIf,
	"nil":      tokNil,
	"range":    tokRange,
	"template": tokTemplate,
	"with":     tokWith,
}

// String is how messages name a token.
func (t token) String() string {
	switch {
	case t.kind == tokEOF:
		return "EOF"
	case t.kind == tokError:
		return t.text
	case t.kind > tokKeyword:
		return "<" + t.text + ">"
	case len(t.text) > 10:
		return fmt.Sprintf("%.10q...", t.text)
	}
	return fmt.Sprintf("%q", t.text)
}

const (
	defaultLeft  = "{{"
	defaultRight = "}}"
	beginComment = "/*"
	endComment   = "*/"
	spaces       = " \t\r\n"
)

// lexer cuts a template into tokens. They end with a tokEOF or a tokError.
type lexer struct {
	text        string
	left, right string
	words       func(name string) bool // names of functions, even if they are keywords
	comments    bool                   // are tokens
	tokens      []token

	pos   int
	start int // of the current token
	line  int // at start
}

func lex(text, left, right string, words func(string) bool, comments bool) []token {
	l := &lexer{text: text, left: left, right: right, words: words, comments: comments, line: 1}
	if l.left == "" {
		l.left = defaultLeft
	}
	if l.right == "" {
		l.right = defaultRight
	}
	for l.lexText() && l.lexAction() {
	}
	return l.tokens
}

// emit adds the token that ends here.
func (l *lexer) emit(kind tokenKind) {
	text := l.text[l.start:l.pos]
	l.tokens = append(l.tokens, token{kind, Pos(l.start), text, l.line})
	l.skip()
}

// skip lets the next token begin here.
func (l *lexer) skip() {
	l.line += strings.Count(l.text[l.start:l.pos], "\n")
	l.start = l.pos
}

// fail adds an error. It returns false, as there are no more tokens.
func (l *lexer) fail(format string, args ...any) bool {
	l.tokens = append(l.tokens, token{tokError, Pos(l.start), fmt.Sprintf(format, args...), l.line})
	return false
}

func (l *lexer) rest() string { return l.text[l.pos:] }

const eof rune = -1

func (l *lexer) next() rune {
	if l.pos >= len(l.text) {
		return eof
	}
	r, w := utf8.DecodeRuneInString(l.rest())
	l.pos += w
	return r
}

func (l *lexer) peek() rune {
	if l.pos >= len(l.text) {
		return eof
	}
	r, _ := utf8.DecodeRuneInString(l.rest())
	return r
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' }

func isAlphaNumeric(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// trimsBefore reports whether s, behind a left delimiter, asks to trim the text before.
func trimsBefore(s string) bool { return len(s) >= 2 && s[0] == '-' && isSpace(rune(s[1])) }

// atRight reports whether a right delimiter is here, and whether it asks to trim the text after.
func (l *lexer) atRight() (ok, trims bool) {
	s := l.rest()
	if len(s) >= 2 && isSpace(rune(s[0])) && s[1] == '-' && strings.HasPrefix(s[2:], l.right) {
		return true, true
	}
	return strings.HasPrefix(s, l.right), false
}

// lexText reads up to an action. It returns false at the end.
func (l *lexer) lexText() bool {
	for {
		n := strings.Index(l.rest(), l.left)
		if n < 0 {
			l.pos = len(l.text)
			if l.pos > l.start {
				l.emit(tokText)
			}
			l.emit(tokEOF)
			return false
		}
		delim := l.pos + n
		after := delim + len(l.left)
		trims := trimsBefore(l.text[after:])
		l.pos = delim
		if trims {
			l.pos = l.start + len(strings.TrimRight(l.text[l.start:delim], spaces))
		}
		if l.pos > l.start {
			l.emit(tokText)
		}
		l.pos = delim
		l.skip()
		if trims {
			after += 2
		}
		if !strings.HasPrefix(l.text[after:], beginComment) {
			l.pos = delim + len(l.left)
			l.emit(tokLeftDelim)
			l.pos = after
			l.skip()
			return true
		}
		l.pos = after
		l.skip()
		if !l.lexComment() {
			return false
		}
	}
}

// lexComment reads a comment and the delimiter behind it.
func (l *lexer) lexComment() bool {
	l.pos += len(beginComment)
	n := strings.Index(l.rest(), endComment)
	if n < 0 {
		return l.fail("unclosed comment")
	}
	l.pos += n + len(endComment)
	ok, trims := l.atRight()
	if !ok {
		return l.fail("comment ends before closing delimiter")
	}
	if l.comments {
		l.emit(tokComment)
	}
	l.passRight(trims)
	return true
}

// passRight passes by a right delimiter and the space it trims.
func (l *lexer) passRight(trims bool) {
	if trims {
		l.pos += 2
	}
	l.pos += len(l.right)
	if trims {
		l.pos = len(l.text) - len(strings.TrimLeft(l.rest(), spaces))
	}
	l.skip()
}

// lexAction reads an action up to and with its right delimiter.
func (l *lexer) lexAction() bool {
	depth := 0
	for {
		if ok, trims := l.atRight(); ok {
			if depth > 0 {
				return l.fail("unclosed left paren")
			}
			if trims {
				l.pos += 2
				l.skip()
			}
			l.pos += len(l.right)
			l.emit(tokRightDelim)
			if trims {
				l.pos = len(l.text) - len(strings.TrimLeft(l.rest(), spaces))
				l.skip()
			}
			return true
		}
		ok := true
		switch r := l.next(); {
		case r == eof:
			return l.fail("unclosed action")
		case isSpace(r):
			for isSpace(l.peek()) {
				// The space of a trimming delimiter is part of that.
				if _, trims := l.atRight(); trims {
					break
				}
				l.pos++
			}
			l.emit(tokSpace)
		case r == '=':
			l.emit(tokAssign)
		case r == ':':
			if l.next() != '=' {
				return l.fail("expected :=")
			}
			l.emit(tokDeclare)
		case r == '|':
			l.emit(tokPipe)
		case r == '"':
			ok = l.lexQuoted('"', tokString, "unterminated quoted string")
		case r == '\'':
			ok = l.lexQuoted('\'', tokRune, "unterminated character constant")
		case r == '`':
			n := strings.IndexByte(l.rest(), '`')
			if n < 0 {
				return l.fail("unterminated raw quoted string")
			}
			l.pos += n + 1
			l.emit(tokRaw)
		case r == '$':
			ok = l.lexDotted(tokVariable, tokVariable)
		case r == '.' && (l.pos >= len(l.text) || l.text[l.pos] < '0' || '9' < l.text[l.pos]):
			if l.pos >= len(l.text) {
				ok = l.lexNumber()
				break
			}
			ok = l.lexDotted(tokField, tokDot)
		case r == '.' || r == '+' || r == '-' || '0' <= r && r <= '9':
			ok = l.lexNumber()
		case isAlphaNumeric(r):
			ok = l.lexWord()
		case r == '(':
			l.emit(tokLeftPar)
			depth++
		case r == ')':
			depth--
			if depth < 0 {
				return l.fail("unexpected right paren")
			}
			l.emit(tokRightPar)
		case r <= unicode.MaxASCII && unicode.IsPrint(r):
			l.emit(tokChar)
		default:
			return l.fail("unrecognized character in action: %#U", r)
		}
		if !ok {
			return false
		}
	}
}

// lexQuoted reads what follows an opening quote.
func (l *lexer) lexQuoted(quote rune, kind tokenKind, message string) bool {
	for {
		r := l.next()
		if r == quote {
			l.emit(kind)
			return true
		}
		if r == '\\' {
			r = l.next()
			if r != eof && r != '\n' {
				continue
			}
		}
		if r == eof || r == '\n' {
			return l.fail("%s", message)
		}
	}
}

// atEnd reports whether a name may end here.
func (l *lexer) atEnd() bool {
	r := l.peek()
	if r == eof || isSpace(r) {
		return true
	}
	switch r {
	case '.', ',', '|', ':', ')', '(':
		return true
	}
	return strings.HasPrefix(l.rest(), l.right)
}

// lexDotted reads what follows . or $.
func (l *lexer) lexDotted(kind, alone tokenKind) bool {
	if l.atEnd() {
		l.emit(alone)
		return true
	}
	return l.lexName(func(string) tokenKind { return kind })
}

// lexName reads the rest of a name.
func (l *lexer) lexName(kind func(name string) tokenKind) bool {
	for isAlphaNumeric(l.peek()) {
		l.next()
	}
	if !l.atEnd() {
		return l.fail("bad character %#U", l.peek())
	}
	l.emit(kind(l.text[l.start:l.pos]))
	return true
}

func (l *lexer) lexWord() bool {
	return l.lexName(func(name string) tokenKind {
		if kind, ok := keywords[name]; ok {
			if (kind == tokBreak || kind == tokContinue) && l.words(name) {
				// Programs from before these were keywords.
				return tokName
			}
			return kind
		}
		if name == "true" || name == "false" {
			return tokBool
		}
		return tokName
	})
}

// lexNumber reads a number, all of it again. It does not look for more than a number's characters: what they mean
// is for strconv to say.
func (l *lexer) lexNumber() bool {
	l.pos = l.start
	kind := tokNumber
	if !l.passNumber() {
		return l.fail("bad number syntax: %q", l.text[l.start:l.pos])
	}
	if r := l.peek(); r == '+' || r == '-' {
		if !l.passNumber() || l.text[l.pos-1] != 'i' {
			return l.fail("bad number syntax: %q", l.text[l.start:l.pos])
		}
		kind = tokComplex
	}
	l.emit(kind)
	return true
}

func (l *lexer) passNumber() bool {
	one := func(set string) bool {
		if r := l.peek(); r != eof && strings.ContainsRune(set, r) {
			l.next()
			return true
		}
		return false
	}
	many := func(set string) {
		for one(set) {
		}
	}
	const decimal = "0123456789_"
	one("+-")
	digits, exponent := decimal, "eE"
	if one("0") {
		switch {
		case one("xX"):
			digits, exponent = "0123456789abcdefABCDEF_", "pP"
		case one("oO"):
			digits, exponent = "01234567_", ""
		case one("bB"):
			digits, exponent = "01_", ""
		}
	}
	many(digits)
	if one(".") {
		many(digits)
	}
	if exponent != "" && one(exponent) {
		one("+-")
		many(decimal)
	}
	one("i")
	if isAlphaNumeric(l.peek()) {
		l.next()
		return false
	}
	return true
}
