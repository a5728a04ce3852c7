package jsonwire

import (
	"math"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// safe marks the ASCII bytes that are written as they are, and htmlSafe those
// that are in text which may stand inside HTML.
var safe, htmlSafe = func() (s, h [256]bool) {
	for c := 0; c < utf8.RuneSelf; c++ {
		s[c] = c >= ' ' && c != '"' && c != '\\'
		h[c] = s[c] && c != '<' && c != '>' && c != '&'
	}
	return
}()

// AppendQuote appends s as a JSON string. U+2028 and U+2029 are always
// escaped, for JavaScript's sake; <, > and & if html is set. What is not UTF-8
// becomes U+FFFD.
func AppendQuote(dst []byte, s string, html bool) []byte {
	table := &safe
	if html {
		table = &htmlSafe
	}
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if table[c] {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			dst = append(dst, s[start:i]...)
			switch c {
			case '"', '\\':
				dst = append(dst, '\\', c)
			case '\b':
				dst = append(dst, '\\', 'b')
			case '\f':
				dst = append(dst, '\\', 'f')
			case '\n':
				dst = append(dst, '\\', 'n')
			case '\r':
				dst = append(dst, '\\', 'r')
			case '\t':
				dst = append(dst, '\\', 't')
			default:
				dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			}
			i++
			start = i
			continue
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && w == 1 {
			dst = append(dst, s[start:i]...)
			dst = append(dst, "\ufffd"...)
			i++
			start = i
			continue
		}
		if r == '\u2028' || r == '\u2029' {
			dst = append(dst, s[start:i]...)
			dst = append(dst, '\\', 'u', '2', '0', '2', hexDigits[r&15])
			i += w
			start = i
			continue
		}
		i += w
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

// Unquote returns the text of the JSON string raw, which includes its quotes
// and is known to be right. The result is part of raw if nothing had to be
// changed.
func Unquote(raw []byte) []byte {
	s := raw[1 : len(raw)-1]
	ascii := true
	for _, c := range s {
		if c == '\\' {
			return appendUnquote(make([]byte, 0, len(s)), s)
		}
		if c >= utf8.RuneSelf {
			ascii = false
		}
	}
	if ascii || utf8.Valid(s) {
		return s
	}
	return appendUnquote(make([]byte, 0, len(s)+8), s)
}

// AppendUnquote appends the text of the JSON string raw.
func AppendUnquote(dst, raw []byte) []byte {
	return appendUnquote(dst, raw[1:len(raw)-1])
}

// appendUnquote appends the text of the string with the inside s.
func appendUnquote(dst, s []byte) []byte {
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '\\':
			dst = append(dst, s[start:i]...)
			c = s[i+1]
			i += 2
			switch c {
			case 'b':
				c = '\b'
			case 'f':
				c = '\f'
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			case 'u':
				r := hex4(s[i:])
				i += 4
				if utf16.IsSurrogate(r) {
					if i+6 <= len(s) && s[i] == '\\' && s[i+1] == 'u' {
						if both := utf16.DecodeRune(r, hex4(s[i+2:])); both != utf8.RuneError {
							dst = utf8.AppendRune(dst, both)
							i += 6
							start = i
							continue
						}
					}
					r = utf8.RuneError
				}
				dst = utf8.AppendRune(dst, r)
				start = i
				continue
			}
			dst = append(dst, c)
			start = i
		case c < utf8.RuneSelf:
			i++
		default:
			r, w := utf8.DecodeRune(s[i:])
			if r == utf8.RuneError && w == 1 {
				dst = append(dst, s[start:i]...)
				dst = append(dst, "\ufffd"...)
				i++
				start = i
				continue
			}
			i += w
		}
	}
	return append(dst, s[start:]...)
}

func hex4(s []byte) rune {
	return rune(hexDigit(s[0])<<12 | hexDigit(s[1])<<8 | hexDigit(s[2])<<4 | hexDigit(s[3]))
}

// AppendFloat appends f as ECMAScript writes numbers. It must be finite.
func AppendFloat(dst []byte, f float64, bits int) []byte {
	abs := math.Abs(f)
	format := byte('f')
	if abs != 0 {
		if bits == 64 && (abs < 1e-6 || abs >= 1e21) ||
			bits == 32 && (float32(abs) < 1e-6 || float32(abs) >= 1e21) {
			format = 'e'
		}
	}
	dst = strconv.AppendFloat(dst, f, format, -1, bits)
	if format == 'e' {
		// Of a negative exponent the leading zero goes: e-09 is e-9.
		if n := len(dst); n >= 4 && dst[n-4] == 'e' && dst[n-3] == '-' && dst[n-2] == '0' {
			dst[n-2] = dst[n-1]
			dst = dst[:n-1]
		}
	}
	return dst
}

// AppendCompact appends src, which is known to be right, without the white
// space. With fix, strings get the escapes that AppendQuote writes for HTML
// and JavaScript; otherwise they stay as they are.
func AppendCompact(dst, src []byte, fix, html bool) []byte {
	start := 0 // of what is not yet copied
	for i := 0; i < len(src); {
		switch c := src[i]; c {
		case ' ', '\t', '\r', '\n':
			dst = append(dst, src[start:i]...)
			i = SkipSpace(src, i)
			start = i
		case '"':
			end := SkipString(src, i)
			if fix {
				dst = append(dst, src[start:i]...)
				dst = appendFixed(dst, src[i:end], html)
				start = end
			}
			i = end
		default:
			i++
		}
	}
	return append(dst, src[start:]...)
}

func appendFixed(dst, raw []byte, html bool) []byte {
	start := 0
	for i := 0; i < len(raw); {
		c := raw[i]
		if c < utf8.RuneSelf {
			if html && (c == '<' || c == '>' || c == '&') {
				dst = append(dst, raw[start:i]...)
				dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
				start = i + 1
			}
			i++
			continue
		}
		r, w := utf8.DecodeRune(raw[i:])
		if r == '\u2028' || r == '\u2029' {
			dst = append(dst, raw[start:i]...)
			dst = append(dst, '\\', 'u', '2', '0', '2', hexDigits[r&15])
			start = i + w
		}
		i += w
	}
	return append(dst, raw[start:]...)
}

// AppendIndent appends src, which is known to be right, with every element of
// an array and every member of an object on a line of its own. A line starts
// with prefix and one indent for each level. White space behind the value
// stays.
func AppendIndent(dst, src []byte, prefix, indent string) []byte {
	depth := 0
	newline := func() {
		dst = append(dst, '\n')
		dst = append(dst, prefix...)
		for range depth {
			dst = append(dst, indent...)
		}
	}
	end := len(src)
	for end > 0 && IsSpace(src[end-1]) {
		end--
	}
	opened := false // just behind [ or {
	for i := 0; i < end; {
		c := src[i]
		if IsSpace(c) {
			i++
			continue
		}
		if opened && c != ']' && c != '}' {
			depth++
			newline()
		}
		wasOpened := opened
		opened = false
		switch c {
		case '"':
			next := SkipString(src, i)
			dst = append(dst, src[i:next]...)
			i = next
			continue
		case '{', '[':
			opened = true
			dst = append(dst, c)
		case '}', ']':
			if !wasOpened {
				depth--
				newline()
			}
			dst = append(dst, c)
		case ',':
			dst = append(dst, c)
			newline()
		case ':':
			dst = append(dst, c, ' ')
		default:
			next := i + 1
			for next < end && src[next] >= '-' && src[next] < '[' || next < end && src[next] >= 'a' && src[next] <= 'z' {
				if src[next] == ':' {
					break
				}
				next++
			}
			dst = append(dst, src[i:next]...)
			i = next
			continue
		}
		i++
	}
	return append(dst, src[end:]...)
}
