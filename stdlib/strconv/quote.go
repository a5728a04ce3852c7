package strconv

import (
	"internal/bytealg"
	"unicode"
	"unicode/utf8"
)

// What may stand unescaped in a quoted string.
type plainRunes uint8

const (
	plainPrintable plainRunes = iota // what IsPrint says
	plainASCII                       // printable ASCII
	plainGraphic                     // what IsGraphic says
)

// IsPrint reports whether r is printable as Go defines it: letters, marks,
// numbers, punctuation, symbols and the ASCII space.  It is [unicode.IsPrint].
func IsPrint(r rune) bool { return unicode.IsPrint(r) }

// IsGraphic reports whether Unicode defines r as graphic: what is printable,
// and all spaces of category Zs.  It is [unicode.IsGraphic].
func IsGraphic(r rune) bool { return unicode.IsGraphic(r) }

// Quote returns s as a Go string literal in double quotes, with \t, \n, \xFF,
// \u0100 and so on for what [IsPrint] does not accept.
func Quote(s string) string { return string(appendQuoted(nil, s, '"', plainPrintable)) }

// AppendQuote appends what [Quote] returns to dst.
func AppendQuote(dst []byte, s string) []byte { return appendQuoted(dst, s, '"', plainPrintable) }

// QuoteToASCII is [Quote] that also escapes what is not ASCII.
func QuoteToASCII(s string) string { return string(appendQuoted(nil, s, '"', plainASCII)) }

// AppendQuoteToASCII appends what [QuoteToASCII] returns to dst.
func AppendQuoteToASCII(dst []byte, s string) []byte { return appendQuoted(dst, s, '"', plainASCII) }

// QuoteToGraphic is [Quote] that leaves unescaped what [IsGraphic] accepts.
func QuoteToGraphic(s string) string { return string(appendQuoted(nil, s, '"', plainGraphic)) }

// AppendQuoteToGraphic appends what [QuoteToGraphic] returns to dst.
func AppendQuoteToGraphic(dst []byte, s string) []byte {
	return appendQuoted(dst, s, '"', plainGraphic)
}

// QuoteRune returns r as a Go character literal, with escapes for what
// [IsPrint] does not accept.  An invalid rune counts as U+FFFD.
func QuoteRune(r rune) string { return string(appendQuotedRune(nil, r, plainPrintable)) }

// AppendQuoteRune appends what [QuoteRune] returns to dst.
func AppendQuoteRune(dst []byte, r rune) []byte { return appendQuotedRune(dst, r, plainPrintable) }

// QuoteRuneToASCII is [QuoteRune] that also escapes what is not ASCII.
func QuoteRuneToASCII(r rune) string { return string(appendQuotedRune(nil, r, plainASCII)) }

// AppendQuoteRuneToASCII appends what [QuoteRuneToASCII] returns to dst.
func AppendQuoteRuneToASCII(dst []byte, r rune) []byte { return appendQuotedRune(dst, r, plainASCII) }

// QuoteRuneToGraphic is [QuoteRune] that leaves unescaped what [IsGraphic]
// accepts.
func QuoteRuneToGraphic(r rune) string { return string(appendQuotedRune(nil, r, plainGraphic)) }

// AppendQuoteRuneToGraphic appends what [QuoteRuneToGraphic] returns to dst.
func AppendQuoteRuneToGraphic(dst []byte, r rune) []byte {
	return appendQuotedRune(dst, r, plainGraphic)
}

func appendQuoted(dst []byte, s string, quote byte, plain plainRunes) []byte {
	if need := len(s) + len(s)/2 + 2; cap(dst)-len(dst) < len(s) {
		grown := make([]byte, len(dst), len(dst)+need)
		copy(grown, dst)
		dst = grown
	}
	dst = append(dst, quote)
	for len(s) > 0 {
		r, size := rune(s[0]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s)
		}
		if r == utf8.RuneError && size == 1 {
			dst = append(dst, '\\', 'x', digitChars[s[0]>>4], digitChars[s[0]&0xF])
		} else {
			dst = appendEscaped(dst, r, quote, plain)
		}
		s = s[size:]
	}
	return append(dst, quote)
}

func appendQuotedRune(dst []byte, r rune, plain plainRunes) []byte {
	if !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	dst = append(dst, '\'')
	dst = appendEscaped(dst, r, '\'', plain)
	return append(dst, '\'')
}

func appendEscaped(dst []byte, r rune, quote byte, plain plainRunes) []byte {
	if r == rune(quote) || r == '\\' {
		return append(dst, '\\', byte(r))
	}
	switch plain {
	case plainASCII:
		if r < utf8.RuneSelf && IsPrint(r) {
			return append(dst, byte(r))
		}
	case plainGraphic:
		if IsGraphic(r) {
			return utf8.AppendRune(dst, r)
		}
	default:
		if IsPrint(r) {
			return utf8.AppendRune(dst, r)
		}
	}
	switch r {
	case '\a':
		return append(dst, `\a`...)
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	case '\v':
		return append(dst, `\v`...)
	}
	width := 4
	switch {
	case r < ' ' || r == 0x7F:
		dst = append(dst, `\x`...)
		width = 2
	case r < 0x10000:
		dst = append(dst, `\u`...)
	default:
		dst = append(dst, `\U`...)
		width = 8
	}
	for shift := width*4 - 4; shift >= 0; shift -= 4 {
		dst = append(dst, digitChars[r>>uint(shift)&0xF])
	}
	return dst
}

// CanBackquote reports whether s can be written in backquotes, on one line,
// unchanged: no control characters but tab, no backquote, no byte order mark, no
// invalid UTF-8.
func CanBackquote(s string) bool {
	for i, r := range s {
		if r < ' ' && r != '\t' || r == '`' || r == 0x7F || r == '\uFEFF' {
			return false
		}
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return false
			}
		}
	}
	return true
}

// UnquoteChar decodes the first character or escape sequence of s, which comes
// from a string or character literal.  It returns its value; whether that is
// to be written in UTF-8 although the value is one byte or more (an escape like
// \xFF means the byte); the rest of s; and an error for what is no such character.
//
// quote is the quote that encloses the literal: it must not occur, and only it
// may be escaped.  With quote 0, neither may be escaped and both may occur.
func UnquoteChar(s string, quote byte) (value rune, multibyte bool, tail string, err error) {
	if s == "" {
		return 0, false, "", ErrSyntax
	}
	c := s[0]
	switch {
	case c == quote && (quote == '\'' || quote == '"'):
		return 0, false, "", ErrSyntax
	case c >= utf8.RuneSelf:
		r, size := utf8.DecodeRuneInString(s)
		return r, true, s[size:], nil
	case c != '\\':
		return rune(c), false, s[1:], nil
	case len(s) == 1:
		return 0, false, "", ErrSyntax
	}
	c = s[1]
	s = s[2:]
	switch c {
	case 'a':
		value = '\a'
	case 'b':
		value = '\b'
	case 'f':
		value = '\f'
	case 'n':
		value = '\n'
	case 'r':
		value = '\r'
	case 't':
		value = '\t'
	case 'v':
		value = '\v'
	case '\\':
		value = '\\'
	case '\'', '"':
		if c != quote {
			return 0, false, "", ErrSyntax
		}
		value = rune(c)
	case 'x', 'u', 'U':
		n := 2
		if c == 'u' {
			n = 4
		} else if c == 'U' {
			n = 8
		}
		if len(s) < n {
			return 0, false, "", ErrSyntax
		}
		v := uint32(0)
		for i := range n {
			d := digitValue(s[i])
			if d > 15 {
				return 0, false, "", ErrSyntax
			}
			v = v<<4 | uint32(d)
		}
		s = s[n:]
		value = rune(v)
		if c == 'x' {
			break
		}
		if !utf8.ValidRune(value) {
			return 0, false, "", ErrSyntax
		}
		multibyte = true
	case '0', '1', '2', '3', '4', '5', '6', '7':
		if len(s) < 2 {
			return 0, false, "", ErrSyntax
		}
		value = rune(c - '0')
		for i := range 2 {
			d := s[i] - '0'
			if d > 7 {
				return 0, false, "", ErrSyntax
			}
			value = value<<3 | rune(d)
		}
		if value > 255 {
			return 0, false, "", ErrSyntax
		}
		s = s[2:]
	default:
		return 0, false, "", ErrSyntax
	}
	return value, multibyte, s, nil
}

// QuotedPrefix returns the quoted string, with its quotes, that s begins with.
func QuotedPrefix(s string) (string, error) {
	end, _, err := scanQuoted(s, false)
	if err != nil {
		return "", err
	}
	return s[:end], nil
}

// Unquote returns the string that s quotes, in single quotes (one rune),
// double quotes or backquotes.
func Unquote(s string) (string, error) {
	end, text, err := scanQuoted(s, true)
	if err != nil || end < len(s) {
		return "", ErrSyntax
	}
	return text, nil
}

// scanQuoted finds the end of the literal that s begins with and, if decode is
// set, what it means.
func scanQuoted(s string, decode bool) (end int, text string, err error) {
	if len(s) < 2 {
		return 0, "", ErrSyntax
	}
	quote := s[0]
	// The next quote is the end, unless it is escaped; without one there is none.
	next := bytealg.IndexByteString(s[1:], quote)
	if next < 0 {
		return 0, "", ErrSyntax
	}
	switch quote {
	case '`':
		end = next + 2
		if !decode {
			return end, "", nil
		}
		text = s[1 : end-1]
		if bytealg.IndexByteString(text, '\r') >= 0 {
			// Carriage returns are not part of raw strings.
			b := make([]byte, 0, len(text))
			for i := 0; i < len(text); i++ {
				if text[i] != '\r' {
					b = append(b, text[i])
				}
			}
			text = string(b)
		}
		return end, text, nil
	case '"', '\'':
	default:
		return 0, "", ErrSyntax
	}

	end = next + 2
	inner := s[1 : end-1]
	if bytealg.IndexByteString(inner, '\\') < 0 && bytealg.IndexByteString(inner, '\n') < 0 {
		// Nothing to decode, if it is valid.
		valid := false
		if quote == '"' {
			valid = utf8.ValidString(inner)
		} else {
			r, size := utf8.DecodeRuneInString(inner)
			valid = size == len(inner) && (r != utf8.RuneError || size != 1)
		}
		if valid {
			return end, inner, nil
		}
	}

	var b []byte
	rest := s[1:]
	for n := 0; rest != "" && rest[0] != quote; n++ {
		if rest[0] == '\n' || quote == '\'' && n > 0 {
			return 0, "", ErrSyntax
		}
		r, multibyte, tail, err := UnquoteChar(rest, quote)
		if err != nil {
			return 0, "", ErrSyntax
		}
		rest = tail
		if decode {
			if multibyte {
				b = utf8.AppendRune(b, r)
			} else {
				b = append(b, byte(r))
			}
		}
	}
	if rest == "" || quote == '\'' && len(rest) == len(s)-1 {
		return 0, "", ErrSyntax // no end, or nothing in single quotes
	}
	return len(s) - len(rest) + 1, string(b), nil
}
