// Package scanner cuts UTF-8 text into tokens, those of Go unless it is told otherwise.
//
//	var s scanner.Scanner
//	s.Init(reader)
//	for tok := s.Scan(); tok != scanner.EOF; tok = s.Scan() {
//		fmt.Println(s.Position, s.TokenText())
//	}
//
// A byte order mark at the beginning is skipped.  A NUL is an error.
package scanner

import (
	"fmt"
	"io"
	"os"
	"unicode"
	"unicode/utf8"
)

// Bits of [Scanner.Mode]: which tokens are recognized.  What is not is returned as single characters; with
// ScanIdents alone, "foo" is '"', Ident, '"'.
const (
	ScanIdents     = 1 << -Ident
	ScanInts       = 1 << -Int
	ScanFloats     = 1 << -Float // integers, too
	ScanChars      = 1 << -Char
	ScanStrings    = 1 << -String
	ScanRawStrings = 1 << -RawString
	ScanComments   = 1 << -Comment
	SkipComments   = 1 << -skipComment // with ScanComments: comments are white space
	GoTokens       = ScanIdents | ScanFloats | ScanChars | ScanStrings | ScanRawStrings | ScanComments | SkipComments
)

// What [Scanner.Scan] returns, if not a character.
const (
	EOF = -(iota + 1)
	Ident
	Int
	Float
	Char
	String
	RawString
	Comment

	skipComment
)

var tokenNames = [...]string{"EOF", "Ident", "Int", "Float", "Char", "String", "RawString", "Comment"}

// TokenString returns a text for a token or character, to be printed.
func TokenString(tok rune) string {
	if i := int(-tok) - 1; 0 <= i && i < len(tokenNames) {
		return tokenNames[i]
	}
	return fmt.Sprintf("%q", string(tok))
}

// GoWhitespace is the white space of Go, for [Scanner.Whitespace].
const GoWhitespace = 1<<'\t' | 1<<'\n' | 1<<'\r' | 1<<' '

// Scanner reads characters and tokens.
type Scanner struct {
	// Error is called for each error; without it, errors go to os.Stderr.
	Error func(s *Scanner, msg string)

	// ErrorCount is the number of errors so far.
	ErrorCount int

	// Mode says which tokens are recognized.  It may be changed at any time.
	Mode uint

	// Whitespace has a bit for each character up to ' ' that is white space.  It may be changed at any
	// time.
	Whitespace uint64

	// IsIdentRune, if set, says which characters an identifier may have in place i.  It may be changed
	// at any time.
	IsIdentRune func(ch rune, i int) bool

	// Position is where the token scanned last begins.  Init and Next make it invalid, Filename apart.  If
	// it is invalid when Error is called, [Scanner.Pos] has the place of the error.
	Position

	src    io.Reader
	srcErr error  // of the last Read
	buf    []byte // read from src, from the token on
	bufOff int    // offset of buf in the source
	after  int    // in buf: behind ch

	ch       rune // the character behind the token, or notRead
	width    int  // of ch in bytes
	line     int  // of what follows ch
	column   int  // of ch; 0 after a newline
	lineLen  int  // of the line that ended last
	tokStart int  // in buf, or -1
	tokEnd   int
}

// notRead is for when not even the first character was read.
const notRead = -2

// Init makes s scan src, with Mode [GoTokens], Whitespace [GoWhitespace] and no function for errors.  It returns s.
func (s *Scanner) Init(src io.Reader) *Scanner {
	*s = Scanner{
		Mode: GoTokens, Whitespace: GoWhitespace, IsIdentRune: s.IsIdentRune, Position: Position{Filename: s.Filename},
		src: src, buf: s.buf[:0], ch: notRead, line: 1, tokStart: -1,
	}
	return s
}

const readSize = 1024

// fill reads more into buf, if a whole character is not there.
func (s *Scanner) fill() {
	for s.srcErr == nil && !utf8.FullRune(s.buf[s.after:]) {
		// Before the token nothing is needed, but for the character that is current.
		drop := s.after - s.width
		if s.tokStart >= 0 {
			drop = min(drop, s.tokStart)
		}
		if drop > 0 {
			s.buf = s.buf[:copy(s.buf, s.buf[drop:])]
			s.bufOff += drop
			s.after -= drop
			s.tokEnd -= drop
			if s.tokStart >= 0 {
				s.tokStart -= drop
			}
		}
		n := len(s.buf)
		if cap(s.buf)-n < readSize/2 {
			s.buf = append(s.buf, make([]byte, max(readSize, n))...)[:n]
		}
		var k int
		k, s.srcErr = s.src.Read(s.buf[n:cap(s.buf)])
		s.buf = s.buf[:n+k]
		if s.srcErr != nil && s.srcErr != io.EOF {
			s.error(s.srcErr.Error())
		}
	}
}

// read reads the next character.
func (s *Scanner) read() rune {
	s.fill()
	if s.after >= len(s.buf) {
		if s.width > 0 {
			s.column++
		}
		s.width = 0
		return EOF
	}
	ch, width := rune(s.buf[s.after]), 1
	if ch >= utf8.RuneSelf {
		ch, width = utf8.DecodeRune(s.buf[s.after:])
	}
	s.after += width
	s.width = width
	s.column++
	switch {
	case ch == utf8.RuneError && width == 1:
		s.error("invalid UTF-8 encoding")
	case ch == 0:
		s.error("invalid character NUL")
	case ch == '\n':
		s.line++
		s.lineLen = s.column
		s.column = 0
	}
	return ch
}

// Next returns the next character, or [EOF].  It does not set Position.
func (s *Scanner) Next() rune {
	s.tokStart = -1
	s.Line = 0
	ch := s.Peek()
	if ch != EOF {
		s.ch = s.read()
	}
	return ch
}

// Peek returns the next character, or [EOF], but does not go on.
func (s *Scanner) Peek() rune {
	if s.ch == notRead {
		s.ch = s.read()
		if s.ch == '\uFEFF' {
			s.ch = s.read()
		}
	}
	return s.ch
}

func (s *Scanner) error(msg string) {
	s.tokEnd = s.after - s.width
	s.ErrorCount++
	if s.Error != nil {
		s.Error(s, msg)
		return
	}
	pos := s.Position
	if !pos.IsValid() {
		pos = s.Pos()
	}
	fmt.Fprintf(os.Stderr, "%s: %s\n", pos, msg)
}

func (s *Scanner) errorf(format string, args ...any) { s.error(fmt.Sprintf(format, args...)) }

// Pos returns the place behind what Next or Scan returned last.
func (s *Scanner) Pos() (pos Position) {
	pos = Position{s.Filename, s.bufOff + s.after - s.width, 1, 1}
	switch {
	case s.column > 0:
		pos.Line, pos.Column = s.line, s.column
	case s.lineLen > 0:
		// ch is the newline.
		pos.Line, pos.Column = s.line-1, s.lineLen
	}
	return pos
}

// TokenText returns the text of the token scanned last.
func (s *Scanner) TokenText() string {
	if s.tokStart < 0 || s.tokEnd < s.tokStart {
		return ""
	}
	return string(s.buf[s.tokStart:s.tokEnd])
}

func (s *Scanner) isIdentRune(ch rune, i int) bool {
	if s.IsIdentRune != nil {
		return ch != EOF && s.IsIdentRune(ch, i)
	}
	return ch == '_' || unicode.IsLetter(ch) || unicode.IsDigit(ch) && i > 0
}

// Scan returns the next token or character, or [EOF].
func (s *Scanner) Scan() rune {
	ch := s.Peek()
	s.tokStart = -1
	s.Line = 0
	for {
		for s.Whitespace&(1<<uint(ch)) != 0 {
			ch = s.read()
		}
		s.tokStart = s.after - s.width
		s.Offset = s.bufOff + s.tokStart
		if s.column > 0 {
			s.Line, s.Column = s.line, s.column
		} else {
			s.Line, s.Column = s.line-1, s.lineLen
		}
		tok, next, skipped := s.token(ch)
		ch = next
		if !skipped {
			s.tokEnd = s.after - s.width
			s.ch = ch
			return tok
		}
	}
}

// token scans the token that begins with ch. It returns the character behind it, and whether it was a comment that is
// to be skipped.
func (s *Scanner) token(ch rune) (tok, next rune, skipped bool) {
	tok = ch
	switch {
	case s.isIdentRune(ch, 0):
		ch = s.read()
		if s.Mode&ScanIdents != 0 {
			tok = Ident
			for i := 1; s.isIdentRune(ch, i); i++ {
				ch = s.read()
			}
		}
		return tok, ch, false
	case isDecimal(ch):
		if s.Mode&(ScanInts|ScanFloats) != 0 {
			tok, ch = s.number(ch, false)
			return tok, ch, false
		}
		return tok, s.read(), false
	}
	switch ch {
	case EOF:
		return tok, ch, false
	case '"':
		if s.Mode&ScanStrings != 0 {
			s.quoted('"')
			tok = String
		}
	case '\'':
		if s.Mode&ScanChars != 0 {
			if s.quoted('\'') != 1 {
				s.error("invalid char literal")
			}
			tok = Char
		}
	case '`':
		if s.Mode&ScanRawStrings != 0 {
			for ch = s.read(); ch != '`'; ch = s.read() {
				if ch < 0 {
					s.error("literal not terminated")
					break
				}
			}
			tok = RawString
		}
	case '.':
		ch = s.read()
		if isDecimal(ch) && s.Mode&ScanFloats != 0 {
			tok, ch = s.number(ch, true)
		}
		return tok, ch, false
	case '/':
		ch = s.read()
		if (ch == '/' || ch == '*') && s.Mode&ScanComments != 0 {
			if s.Mode&SkipComments != 0 {
				s.tokStart = -1
				return 0, s.comment(ch), true
			}
			ch = s.comment(ch)
			tok = Comment
		}
		return tok, ch, false
	}
	return tok, s.read(), false
}

// comment scans a comment from its second character on.
func (s *Scanner) comment(ch rune) rune {
	line := ch == '/'
	ch = s.read()
	if line {
		for ch != '\n' && ch >= 0 {
			ch = s.read()
		}
		return ch
	}
	for {
		if ch < 0 {
			s.error("comment not terminated")
			return ch
		}
		last := ch
		ch = s.read()
		if last == '*' && ch == '/' {
			return s.read()
		}
	}
}

// quoted scans up to the quote and returns the number of characters.
func (s *Scanner) quoted(quote rune) (n int) {
	for ch := s.read(); ch != quote; n++ {
		if ch == '\n' || ch < 0 {
			s.error("literal not terminated")
			return n
		}
		if ch == '\\' {
			ch = s.escape(quote)
		} else {
			ch = s.read()
		}
	}
	return n
}

// escape scans an escape sequence after its backslash.
func (s *Scanner) escape(quote rune) rune {
	ch := s.read()
	switch ch {
	case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\', quote:
		return s.read()
	case '0', '1', '2', '3', '4', '5', '6', '7':
		return s.escapeDigits(ch, 8, 3)
	case 'x':
		return s.escapeDigits(s.read(), 16, 2)
	case 'u':
		return s.escapeDigits(s.read(), 16, 4)
	case 'U':
		return s.escapeDigits(s.read(), 16, 8)
	}
	s.error("invalid char escape")
	return ch
}

func (s *Scanner) escapeDigits(ch rune, base, n int) rune {
	for ; n > 0 && digitValue(ch) < base; n-- {
		ch = s.read()
	}
	if n > 0 {
		s.error("invalid char escape")
	}
	return ch
}
