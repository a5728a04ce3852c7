package url

import (
	"strconv"
	"strings"
)

// EscapeError is an escape sequence that is not one.
type EscapeError string

func (e EscapeError) Error() string { return "invalid URL escape " + strconv.Quote(string(e)) }

// InvalidHostError is a character that cannot be in a host.
type InvalidHostError string

func (e InvalidHostError) Error() string {
	return "invalid character " + strconv.Quote(string(e)) + " in host name"
}

// component is a part of a URL; each has its own reserved characters.
type component int

const (
	inPath component = iota
	inSegment
	inHost
	inZone // of an IPv6 address, behind %25
	inUser
	inQuery
	inFragment
)

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// mustEscape reports whether c cannot be in the component as it is.
func mustEscape(c byte, in component) bool {
	if isAlphanumeric(c) {
		return false
	}
	if (in == inHost || in == inZone) && strings.IndexByte(`!$&'()*+,;=:[]<>"`, c) >= 0 {
		// More than the standard has: what else would a host with them be.
		return false
	}
	switch c {
	case '-', '_', '.', '~':
		return false
	case '$', '&', '+', ',', '/', ':', ';', '=', '?', '@':
		switch in {
		case inPath:
			return c == '?'
		case inSegment:
			return c == '/' || c == ';' || c == ',' || c == '?'
		case inUser:
			return c == '@' || c == '/' || c == '?' || c == ':'
		case inQuery:
			return true
		case inFragment:
			return false
		}
	case '!', '(', ')', '*':
		return in != inFragment
	}
	return true
}

func escape(s string, in component) string {
	n, hasSpace := 0, false
	for i := range len(s) {
		if c := s[i]; mustEscape(c, in) {
			if c == ' ' && in == inQuery {
				hasSpace = true
			} else {
				n++
			}
		}
	}
	if n == 0 && !hasSpace {
		return s
	}
	const hex = "0123456789ABCDEF"
	b := make([]byte, 0, len(s)+2*n)
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ' && in == inQuery:
			b = append(b, '+')
		case mustEscape(c, in):
			b = append(b, '%', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(b)
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// escapeAt returns the byte that the escape sequence at i stands for.
func escapeAt(s string, i int) (byte, error) {
	if i+2 < len(s) {
		hi, ok1 := hexDigit(s[i+1])
		lo, ok2 := hexDigit(s[i+2])
		if ok1 && ok2 {
			return hi<<4 | lo, nil
		}
	}
	return 0, EscapeError(s[i:min(i+3, len(s))])
}

func unescape(s string, in component) (string, error) {
	n, hasPlus := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%':
			v, err := escapeAt(s, i)
			if err != nil {
				return "", err
			}
			n++
			seq := s[i : i+3]
			// In a host only bytes that are not ASCII may be escaped, and %, before a zone.
			if in == inHost && v < 0x80 && seq != "%25" {
				return "", EscapeError(seq)
			}
			// A zone may have what a host may have, and spaces.
			if in == inZone && seq != "%25" && v != ' ' && mustEscape(v, inHost) {
				return "", EscapeError(seq)
			}
			i += 2
		case c == '+' && in == inQuery:
			hasPlus = true
		case (in == inHost || in == inZone) && c < 0x80 && mustEscape(c, in):
			return "", InvalidHostError(s[i : i+1])
		}
	}
	if n == 0 && !hasPlus {
		return s, nil
	}
	b := make([]byte, 0, len(s)-2*n)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%':
			v, _ := escapeAt(s, i)
			b = append(b, v)
			i += 2
		case c == '+' && in == inQuery:
			b = append(b, ' ')
		default:
			b = append(b, c)
		}
	}
	return string(b), nil
}

// isEncoded reports whether s can be a component as it is.
func isEncoded(s string, in component) bool {
	for i := range len(s) {
		if strings.IndexByte(`!$&'()*+,;=:@[]%`, s[i]) < 0 && mustEscape(s[i], in) {
			return false
		}
	}
	return true
}

// QueryEscape escapes s for the query of a URL.
func QueryEscape(s string) string { return escape(s, inQuery) }

// QueryUnescape is the inverse of [QueryEscape].  A % without two hexadecimal digits behind it is an error.
func QueryUnescape(s string) (string, error) { return unescape(s, inQuery) }

// PathEscape escapes s for a segment of the path of a URL, so that / is escaped, too.
func PathEscape(s string) string { return escape(s, inSegment) }

// PathUnescape is the inverse of [PathEscape].  Unlike for [QueryUnescape], + is just that.
func PathUnescape(s string) (string, error) { return unescape(s, inSegment) }
