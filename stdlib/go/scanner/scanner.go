// Package scanner splits Go source text into tokens.
package scanner

import (
	"bytes"
	"fmt"
	"go/token"
	"path/filepath"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// An ErrorHandler is called for errors with where the token in question
// begins.
type ErrorHandler func(pos token.Position, msg string)

// A Mode is a set of flags.
type Mode uint

const (
	ScanComments    Mode = 1 << iota // comments are tokens too
	dontInsertSemis                  // no semicolons at the ends of lines
)

// A Scanner reads the tokens of a text. It must be initialised by Init.
type Scanner struct {
	file *token.File
	dir  string // of the file, for names in line directives
	src  []byte
	err  ErrorHandler
	mode Mode

	ch         rune // the current character, eof at the end
	offset     int  // where it is
	rdOffset   int  // where the next is
	lineOffset int  // where the line begins
	semi       bool // a line break is a semicolon
	newlineAt  token.Pos
	end        token.Pos

	// ErrorCount is how many errors there were.
	ErrorCount int
}

const (
	bom = 0xFEFF
	eof = -1
)

// Init starts at the beginning of src, whose size must be that of file. Errors
// are given to err unless it is nil, and counted.
func (s *Scanner) Init(file *token.File, src []byte, err ErrorHandler, mode Mode) {
	if file.Size() != len(src) {
		panic(fmt.Sprintf("file size (%d) does not match src len (%d)", file.Size(), len(src)))
	}
	dir, _ := filepath.Split(file.Name())
	*s = Scanner{file: file, dir: dir, src: src, err: err, mode: mode, ch: ' '}
	s.next()
	if s.ch == bom {
		s.next()
	}
}

// End returns where the last token ended.
func (s *Scanner) End() token.Pos { return s.end }

func (s *Scanner) error(offset int, msg string) {
	if s.err != nil {
		s.err(s.file.Position(s.file.Pos(offset)), msg)
	}
	s.ErrorCount++
}

func (s *Scanner) errorf(offset int, format string, args ...any) {
	s.error(offset, fmt.Sprintf(format, args...))
}

// next goes to the next character.
func (s *Scanner) next() {
	if s.rdOffset >= len(s.src) {
		s.offset = len(s.src)
		if s.ch == '\n' {
			s.lineOffset = s.offset
			s.file.AddLine(s.offset)
		}
		s.ch = eof
		return
	}
	s.offset = s.rdOffset
	if s.ch == '\n' {
		s.lineOffset = s.offset
		s.file.AddLine(s.offset)
	}
	r, w := rune(s.src[s.rdOffset]), 1
	switch {
	case r == 0:
		s.error(s.offset, "illegal character NUL")
	case r >= utf8.RuneSelf:
		r, w = utf8.DecodeRune(s.src[s.rdOffset:])
		if r == utf8.RuneError && w == 1 {
			in := s.src[s.rdOffset:]
			if s.offset == 0 && len(in) >= 2 && (in[0] == 0xFF && in[1] == 0xFE || in[0] == 0xFE && in[1] == 0xFF) {
				// A byte order mark of UTF-16: nothing that follows makes sense.
				s.error(s.offset, "illegal UTF-8 encoding (got UTF-16)")
				s.rdOffset += len(in)
			} else {
				s.error(s.offset, "illegal UTF-8 encoding")
			}
		} else if r == bom && s.offset > 0 {
			s.error(s.offset, "illegal byte order mark")
		}
	}
	s.rdOffset += w
	s.ch = r
}

// peek returns the byte behind the current character, or 0.
func (s *Scanner) peek() byte {
	if s.rdOffset < len(s.src) {
		return s.src[s.rdOffset]
	}
	return 0
}

// Scan returns the next token: where it begins, what it is, and its text if it
// is a literal, an identifier, a keyword, a comment or illegal. The text of a
// semicolon is "\n" if it stands for the end of a line, which is also the case
// at the end of the file.
func (s *Scanner) Scan() (pos token.Pos, tok token.Token, lit string) {
	defer func() { s.end = s.endOf(pos, tok, lit) }()
again:
	if s.newlineAt.IsValid() {
		// The line break inside a comment.
		pos, s.newlineAt = s.newlineAt, token.NoPos
		return pos, token.SEMICOLON, "\n"
	}
	for s.ch == ' ' || s.ch == '\t' || s.ch == '\n' && !s.semi || s.ch == '\r' {
		s.next()
	}
	pos = s.file.Pos(s.offset)
	semi := false
	switch ch := s.ch; {
	case isLetter(ch):
		lit = s.identifier()
		tok = token.IDENT
		if len(lit) > 1 {
			tok = token.Lookup(lit)
		}
		switch tok {
		case token.IDENT, token.BREAK, token.CONTINUE, token.FALLTHROUGH, token.RETURN:
			semi = true
		}
	case isDecimal(ch) || ch == '.' && isDecimal(rune(s.peek())):
		semi = true
		tok, lit = s.number()
	default:
		s.next()
		switch ch {
		case eof:
			if s.semi {
				s.semi = false
				return pos, token.SEMICOLON, "\n"
			}
			tok = token.EOF
		case '\n':
			// Only here if it is a semicolon.
			s.semi = false
			return pos, token.SEMICOLON, "\n"
		case '"':
			semi = true
			tok, lit = token.STRING, s.string()
		case '\'':
			semi = true
			tok, lit = token.CHAR, s.char()
		case '`':
			semi = true
			tok, lit = token.STRING, s.rawString()
		case ':':
			tok = s.either(token.COLON, '=', token.DEFINE)
		case '.':
			tok = token.PERIOD
			if s.ch == '.' && s.peek() == '.' {
				s.next()
				s.next()
				tok = token.ELLIPSIS
			}
		case ',':
			tok = token.COMMA
		case ';':
			tok, lit = token.SEMICOLON, ";"
		case '(':
			tok = token.LPAREN
		case ')':
			semi = true
			tok = token.RPAREN
		case '[':
			tok = token.LBRACK
		case ']':
			semi = true
			tok = token.RBRACK
		case '{':
			tok = token.LBRACE
		case '}':
			semi = true
			tok = token.RBRACE
		case '+':
			tok = s.either(token.ADD, '=', token.ADD_ASSIGN, '+', token.INC)
			semi = tok == token.INC
		case '-':
			tok = s.either(token.SUB, '=', token.SUB_ASSIGN, '-', token.DEC)
			semi = tok == token.DEC
		case '*':
			tok = s.either(token.MUL, '=', token.MUL_ASSIGN)
		case '/':
			if s.ch == '/' || s.ch == '*' {
				comment, newline := s.comment()
				if s.semi && newline != 0 {
					// The comment ends the line.
					s.newlineAt = s.file.Pos(newline)
					s.semi = false
				} else {
					semi = s.semi
				}
				if s.mode&ScanComments == 0 {
					s.semi = semi
					goto again
				}
				tok, lit = token.COMMENT, comment
			} else {
				tok = s.either(token.QUO, '=', token.QUO_ASSIGN)
			}
		case '%':
			tok = s.either(token.REM, '=', token.REM_ASSIGN)
		case '^':
			tok = s.either(token.XOR, '=', token.XOR_ASSIGN)
		case '<':
			if s.ch == '-' {
				s.next()
				tok = token.ARROW
			} else {
				tok = s.shift('<', token.LSS, token.LEQ, token.SHL, token.SHL_ASSIGN)
			}
		case '>':
			tok = s.shift('>', token.GTR, token.GEQ, token.SHR, token.SHR_ASSIGN)
		case '=':
			tok = s.either(token.ASSIGN, '=', token.EQL)
		case '!':
			tok = s.either(token.NOT, '=', token.NEQ)
		case '&':
			if s.ch == '^' {
				s.next()
				tok = s.either(token.AND_NOT, '=', token.AND_NOT_ASSIGN)
			} else {
				tok = s.either(token.AND, '=', token.AND_ASSIGN, '&', token.LAND)
			}
		case '|':
			tok = s.either(token.OR, '=', token.OR_ASSIGN, '|', token.LOR)
		case '~':
			tok = token.TILDE
		default:
			// next has reported a byte order mark already.
			if ch != bom {
				if ch == '“' || ch == '”' {
					s.errorf(s.file.Offset(pos), "curly quotation mark %q (use neutral %q)", ch, '"')
				} else {
					s.errorf(s.file.Offset(pos), "illegal character %#U", ch)
				}
			}
			semi = s.semi
			tok, lit = token.ILLEGAL, string(ch)
		}
	}
	if s.mode&dontInsertSemis == 0 {
		s.semi = semi
	}
	return pos, tok, lit
}

// endOf returns where a token ends.
func (s *Scanner) endOf(pos token.Pos, tok token.Token, lit string) token.Pos {
	if tok == token.SEMICOLON && lit == "\n" {
		if s.file.Offset(pos) >= len(s.src) {
			return pos // at the end of the file
		}
		return pos + 1
	}
	return s.file.Pos(s.offset)
}

// either returns the token that the current character makes of tok.
func (s *Scanner) either(tok token.Token, ch1 rune, tok1 token.Token, more ...any) token.Token {
	if s.ch == ch1 {
		s.next()
		return tok1
	}
	if len(more) == 2 {
		if s.ch == more[0].(rune) {
			s.next()
			return more[1].(token.Token)
		}
	}
	return tok
}

// shift reads what may follow < and >: the same again, and =.
func (s *Scanner) shift(ch rune, tok, tokEq, tok2, tok2Eq token.Token) token.Token {
	switch s.ch {
	case '=':
		s.next()
		return tokEq
	case ch:
		s.next()
		return s.either(tok2, '=', tok2Eq)
	}
	return tok
}

func isLetter(ch rune) bool {
	return 'a' <= lower(ch) && lower(ch) <= 'z' || ch == '_' || ch >= utf8.RuneSelf && unicode.IsLetter(ch)
}

func isDecimal(ch rune) bool { return '0' <= ch && ch <= '9' }

func isDigit(ch rune) bool { return isDecimal(ch) || ch >= utf8.RuneSelf && unicode.IsDigit(ch) }

func isHex(ch rune) bool { return isDecimal(ch) || 'a' <= lower(ch) && lower(ch) <= 'f' }

// lower makes ASCII letters lower-case.
func lower(ch rune) rune { return ch | 0x20 }

func (s *Scanner) identifier() string {
	start := s.offset
	for isLetter(s.ch) || isDigit(s.ch) {
		s.next()
	}
	return string(s.src[start:s.offset])
}

// comment reads a comment whose first slash has been read. newline is where a
// line break is that ends the line in front of it, or 0.
func (s *Scanner) comment() (text string, newline int) {
	start := s.offset - 1
	hasCR := false
	directiveEnd := -1 // where a line directive ends, if it is one
	if s.ch == '/' {
		s.next()
		for s.ch != '\n' && s.ch != eof {
			hasCR = hasCR || s.ch == '\r'
			s.next()
		}
		directiveEnd = s.offset
		if s.ch == '\n' {
			directiveEnd++ // the line break belongs to it
		}
	} else {
		s.next()
		closed := false
		for s.ch != eof {
			ch := s.ch
			if ch == '\r' {
				hasCR = true
			} else if ch == '\n' && newline == 0 {
				newline = s.offset
			}
			s.next()
			if ch == '*' && s.ch == '/' {
				s.next()
				directiveEnd = s.offset
				closed = true
				break
			}
		}
		if !closed {
			s.error(start, "comment not terminated")
		}
	}
	lit := s.src[start:s.offset]
	// A // comment that ends with a carriage return has it as part of the line
	// break.
	if hasCR && len(lit) > 2 && lit[1] == '/' && lit[len(lit)-1] == '\r' {
		lit = lit[:len(lit)-1]
	}
	if directiveEnd >= 0 && (lit[1] == '*' || start == s.lineOffset) && bytes.HasPrefix(lit[2:], []byte("line ")) {
		s.lineDirective(directiveEnd, start, lit)
	}
	if hasCR {
		lit = stripCR(lit, lit[1] == '*')
	}
	return string(lit), newline
}

// lineDirective reads //line file:line:column. next is where what it speaks
// of begins.
func (s *Scanner) lineDirective(next, offset int, text []byte) {
	if text[1] == '*' {
		text = text[:len(text)-2]
	}
	text = text[len("//line "):]
	offset += len("//line ")
	i, n, ok := trailingNumber(text)
	if i == 0 {
		return // no colon: not a directive
	}
	if !ok {
		s.error(offset+i, "invalid line number: "+string(text[i:]))
		return
	}
	const limit = 1 << 30
	line, col := n, 0
	if i2, n2, ok2 := trailingNumber(text[:i-1]); ok2 {
		// file:line:column
		i, i2 = i2, i
		line, col = n2, n
		if col == 0 || col > limit {
			s.error(offset+i2, "invalid column number: "+string(text[i2:]))
			return
		}
		text = text[:i2-1]
	}
	if line == 0 || line > limit {
		s.error(offset+i, "invalid line number: "+string(text[i:]))
		return
	}
	// Without a name it is the file itself when there is a column; names are
	// relative to the file's folder.
	filename := string(text[:i-1])
	if filename == "" && col > 0 {
		filename = s.file.Position(s.file.Pos(offset)).Filename
	} else if filename != "" {
		filename = filepath.Clean(filename)
		if !filepath.IsAbs(filename) {
			filename = filepath.Join(s.dir, filename)
		}
	}
	s.file.AddLineColumnInfo(next, filename, line, col)
}

// trailingNumber returns the number behind the last colon of text and where it
// begins; 0 if there is no colon.
func trailingNumber(text []byte) (at, n int, ok bool) {
	i := bytes.LastIndexByte(text, ':')
	if i < 0 {
		return 0, 0, false
	}
	u, err := strconv.ParseUint(string(text[i+1:]), 10, 0)
	return i + 1, int(u), err == nil
}

// stripCR removes carriage returns. In a /* comment one between * and / stays,
// or the comment would end there.
func stripCR(b []byte, comment bool) []byte {
	out := make([]byte, 0, len(b))
	for j, ch := range b {
		if ch != '\r' || comment && len(out) > len("/*") && out[len(out)-1] == '*' && j+1 < len(b) && b[j+1] == '/' {
			out = append(out, ch)
		}
	}
	return out
}

// digits reads digits and underscores. It notes where the first digit is that
// base does not have.
func (s *Scanner) digits(base int, invalid *int) (seen int) {
	const digit, underscore = 1, 2
	if base <= 10 {
		for isDecimal(s.ch) || s.ch == '_' {
			if s.ch == '_' {
				seen |= underscore
			} else {
				seen |= digit
				if s.ch >= rune('0'+base) && *invalid < 0 {
					*invalid = s.offset
				}
			}
			s.next()
		}
		return seen
	}
	for isHex(s.ch) || s.ch == '_' {
		if s.ch == '_' {
			seen |= underscore
		} else {
			seen |= digit
		}
		s.next()
	}
	return seen
}

func (s *Scanner) number() (token.Token, string) {
	start := s.offset
	tok := token.ILLEGAL
	base := 10
	prefix := rune(0) // x, o, b, 0 or none
	seen := 0         // digits and underscores
	invalid := -1
	if s.ch != '.' {
		tok = token.INT
		if s.ch == '0' {
			s.next()
			switch lower(s.ch) {
			case 'x':
				s.next()
				base, prefix = 16, 'x'
			case 'o':
				s.next()
				base, prefix = 8, 'o'
			case 'b':
				s.next()
				base, prefix = 2, 'b'
			default:
				base, prefix = 8, '0'
				seen = 1
			}
		}
		seen |= s.digits(base, &invalid)
	}
	if s.ch == '.' {
		tok = token.FLOAT
		if prefix == 'o' || prefix == 'b' {
			s.error(s.offset, "invalid radix point in "+literalName(prefix))
		}
		s.next()
		seen |= s.digits(base, &invalid)
	}
	if seen&1 == 0 {
		s.error(s.offset, literalName(prefix)+" has no digits")
	}
	if e := lower(s.ch); e == 'e' || e == 'p' {
		switch {
		case e == 'e' && prefix != 0 && prefix != '0':
			s.errorf(s.offset, "%q exponent requires decimal mantissa", s.ch)
		case e == 'p' && prefix != 'x':
			s.errorf(s.offset, "%q exponent requires hexadecimal mantissa", s.ch)
		}
		s.next()
		tok = token.FLOAT
		if s.ch == '+' || s.ch == '-' {
			s.next()
		}
		none := -1
		ds := s.digits(10, &none)
		seen |= ds
		if ds&1 == 0 {
			s.error(s.offset, "exponent has no digits")
		}
	} else if prefix == 'x' && tok == token.FLOAT {
		s.error(s.offset, "hexadecimal mantissa requires a 'p' exponent")
	}
	if s.ch == 'i' {
		tok = token.IMAG
		s.next()
	}
	lit := string(s.src[start:s.offset])
	if tok == token.INT && invalid >= 0 {
		s.errorf(invalid, "invalid digit %q in %s", lit[invalid-start], literalName(prefix))
	}
	if seen&2 != 0 {
		if i := misplacedUnderscore(lit); i >= 0 {
			s.error(start+i, "'_' must separate successive digits")
		}
	}
	return tok, lit
}

func literalName(prefix rune) string {
	switch prefix {
	case 'x':
		return "hexadecimal literal"
	case 'o', '0':
		return "octal literal"
	case 'b':
		return "binary literal"
	}
	return "decimal literal"
}

// misplacedUnderscore returns where an underscore is that does not stand
// between digits, or -1. A prefix counts as a digit.
func misplacedUnderscore(lit string) int {
	before := ' ' // '0' for a digit, '_', or anything else
	i := 0
	hex := false
	if len(lit) >= 2 && lit[0] == '0' {
		if c := lower(rune(lit[1])); c == 'x' || c == 'o' || c == 'b' {
			i = 2
			before = '0'
			hex = c == 'x'
		}
	}
	for ; i < len(lit); i++ {
		last := before
		switch c := rune(lit[i]); {
		case c == '_':
			if last != '0' {
				return i
			}
			before = '_'
		case isDecimal(c) || hex && isHex(c):
			before = '0'
		default:
			if last == '_' {
				return i - 1
			}
			before = '.'
		}
	}
	if before == '_' {
		return len(lit) - 1
	}
	return -1
}

// escape reads what follows a backslash. It reports whether that was right.
func (s *Scanner) escape(quote rune) bool {
	offset := s.offset
	n, base, limit := 0, rune(0), rune(0)
	switch s.ch {
	case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\', quote:
		s.next()
		return true
	case '0', '1', '2', '3', '4', '5', '6', '7':
		n, base, limit = 3, 8, 255
	case 'x':
		s.next()
		n, base, limit = 2, 16, 255
	case 'u':
		s.next()
		n, base, limit = 4, 16, unicode.MaxRune
	case 'U':
		s.next()
		n, base, limit = 8, 16, unicode.MaxRune
	default:
		msg := "unknown escape sequence"
		if s.ch < 0 {
			msg = "escape sequence not terminated"
		}
		s.error(offset, msg)
		return false
	}
	var x uint32
	for ; n > 0; n-- {
		d := rune(16)
		switch {
		case isDecimal(s.ch):
			d = s.ch - '0'
		case isHex(s.ch):
			d = lower(s.ch) - 'a' + 10
		}
		if d >= base {
			if s.ch < 0 {
				s.error(s.offset, "escape sequence not terminated")
			} else {
				s.errorf(s.offset, "illegal character %#U in escape sequence", s.ch)
			}
			return false
		}
		x = x*uint32(base) + uint32(d)
		s.next()
	}
	if x > uint32(limit) || 0xD800 <= x && x < 0xE000 {
		s.error(offset, "escape sequence is invalid Unicode code point")
		return false
	}
	return true
}

// char reads a rune literal whose first quote has been read.
func (s *Scanner) char() string {
	start := s.offset - 1
	ok := true
	n := 0
	for {
		ch := s.ch
		if ch == '\n' || ch < 0 {
			// Report this only if nothing else was.
			if ok {
				s.error(start, "rune literal not terminated")
				ok = false
			}
			break
		}
		s.next()
		if ch == '\'' {
			break
		}
		n++
		if ch == '\\' && !s.escape('\'') {
			ok = false
		}
	}
	if ok && n != 1 {
		s.error(start, "illegal rune literal")
	}
	return string(s.src[start:s.offset])
}

func (s *Scanner) string() string {
	start := s.offset - 1
	for {
		ch := s.ch
		if ch == '\n' || ch < 0 {
			s.error(start, "string literal not terminated")
			break
		}
		s.next()
		if ch == '"' {
			break
		}
		if ch == '\\' {
			s.escape('"')
		}
	}
	return string(s.src[start:s.offset])
}

func (s *Scanner) rawString() string {
	start := s.offset - 1
	hasCR := false
	for {
		ch := s.ch
		if ch < 0 {
			s.error(start, "raw string literal not terminated")
			break
		}
		s.next()
		if ch == '`' {
			break
		}
		hasCR = hasCR || ch == '\r'
	}
	lit := s.src[start:s.offset]
	if hasCR {
		lit = stripCR(lit, false)
	}
	return string(lit)
}
