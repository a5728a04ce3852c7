// Package jsonwire knows the grammar of JSON: it finds the end of a value,
// says exactly what is wrong with a text that is not JSON, and writes and
// reads strings and numbers. It knows nothing of Go types.
package jsonwire

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// MaxDepth is how deep arrays and objects may be nested.
const MaxDepth = 10000

// Error is an error of grammar. Offset is how many bytes had been read.
type Error struct {
	Msg    string
	Offset int64
	// EOF: the text is right so far but not complete.
	EOF bool
}

func (e *Error) Error() string { return e.Msg }

// What comes next.
const (
	wantValue      = iota // a value
	wantValueOrEnd        // a value or ], just after [
	wantKeyOrEnd          // a name or }, just after {
	wantKey               // a name, after a comma
	wantColon
	wantCommaOrEnd
	wantNothing // the value is complete
)

// Scanner reads one value. The zero Scanner is at its start. It stops between
// tokens, so that a value may arrive in pieces: after an Error with EOF set,
// Scan may be called again with the same bytes and more.
type Scanner struct {
	// Rewriting selects the wordings of Compact and Indent, which differ from
	// those of Unmarshal in two places.
	Rewriting bool
	// Partial: more bytes may follow, so a number at the end is not complete.
	Partial bool

	state byte
	stack []byte
	small [64]byte
}

// Reset starts a new value.
func (s *Scanner) Reset() {
	s.state = wantValue
	s.stack = s.small[:0]
}

// IsSpace reports whether c is white space in JSON.
func IsSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r'
}

// SkipSpace returns the position of the first byte from i on that is not
// white space.
func SkipSpace(data []byte, i int) int {
	for i < len(data) && IsSpace(data[i]) {
		i++
	}
	return i
}

// Scan reads data from position i on until the value is complete and returns
// the position behind it, or the position to go on from and an error.
func (s *Scanner) Scan(data []byte, i int) (int, *Error) {
	if s.stack == nil {
		s.stack = s.small[:0]
	}
	state := s.state
	n := len(data)
	for {
		for i < n && IsSpace(data[i]) {
			i++
		}
		if i >= n {
			s.state = state
			return i, &Error{Msg: unexpectedEnd, Offset: int64(n), EOF: true}
		}
		c := data[i]
		switch state {
		case wantValueOrEnd:
			if c == ']' {
				goto close
			}
			fallthrough
		case wantValue:
			switch {
			case c == '"':
				end, err := scanString(data, i)
				if err != nil {
					s.state = state
					return i, err
				}
				i = end
			case c == '-' || '0' <= c && c <= '9':
				end, err := scanNumber(data, i, s.Rewriting)
				if err == nil && end == n && s.Partial {
					err = &Error{Msg: unexpectedEnd, Offset: int64(n), EOF: true}
				}
				if err != nil {
					s.state = state
					return i, err
				}
				i = end
			case c == '{' || c == '[':
				if len(s.stack) == MaxDepth {
					return i, &Error{Msg: "exceeded max depth", Offset: int64(i + 1)}
				}
				s.stack = append(s.stack, c)
				i++
				if c == '{' {
					state = wantKeyOrEnd
				} else {
					state = wantValueOrEnd
				}
				continue
			case c == 'n' || c == 't' || c == 'f':
				end, err := scanLiteral(data, i)
				if err != nil {
					s.state = state
					return i, err
				}
				i = end
			default:
				return i, InvalidChar(data, i, "looking for beginning of value")
			}
			goto value
		case wantKeyOrEnd:
			if c == '}' {
				goto close
			}
			fallthrough
		case wantKey:
			if c != '"' {
				return i, InvalidChar(data, i, "looking for beginning of object key string")
			}
			end, err := scanString(data, i)
			if err != nil {
				s.state = state
				return i, err
			}
			i = end
			state = wantColon
			continue
		case wantColon:
			if c != ':' {
				return i, InvalidChar(data, i, "after object key")
			}
			i++
			state = wantValue
			continue
		case wantCommaOrEnd:
			if s.stack[len(s.stack)-1] == '{' {
				if c == ',' {
					i++
					state = wantKey
					continue
				}
				if c == '}' {
					goto close
				}
				return i, InvalidChar(data, i, "after object key:value pair")
			}
			if c == ',' {
				i++
				state = wantValue
				continue
			}
			if c == ']' {
				goto close
			}
			if s.Rewriting {
				return i, InvalidChar(data, i, "after array value")
			}
			return i, InvalidChar(data, i, "after array element")
		}
	close:
		i++
		s.stack = s.stack[:len(s.stack)-1]
	value:
		if len(s.stack) == 0 {
			s.state = wantNothing
			return i, nil
		}
		state = wantCommaOrEnd
	}
}

const unexpectedEnd = "unexpected end of JSON input"

// Check reads data as one value with nothing but space around it.
func Check(data []byte, rewriting bool) *Error {
	var s Scanner
	s.Rewriting = rewriting
	i, err := s.Scan(data, 0)
	if err != nil {
		return err
	}
	i = SkipSpace(data, i)
	if i < len(data) {
		return InvalidChar(data, i, "after top-level value")
	}
	return nil
}

// InvalidChar is the error for a character that may not stand at position i.
func InvalidChar(data []byte, i int, where string) *Error {
	r, w := utf8.DecodeRune(data[i:])
	var q string
	if r == utf8.RuneError && w <= 1 {
		const hex = "0123456789abcdef"
		q = `'\x` + string(hex[data[i]>>4]) + string(hex[data[i]&15]) + `'`
	} else {
		q = strconv.QuoteRune(r)
	}
	return &Error{Msg: "invalid character " + q + " " + where, Offset: int64(i + w)}
}

// plain marks the bytes that stand for themselves inside a string, as far as
// one byte can tell.
var plain = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= ' ' && c != '"' && c != '\\'
	}
	return
}()

// scanString returns the position behind the string that starts at i.
func scanString(data []byte, i int) (int, *Error) {
	start := i
	n := len(data)
	i++
	for {
		for i < n && plain[data[i]] {
			i++
		}
		if i >= n {
			// A character that is cut off does not count as read.
			off := n
			for k := 1; k < utf8.UTFMax && n-k > start; k++ {
				if utf8.RuneStart(data[n-k]) {
					if !utf8.FullRune(data[n-k:]) {
						off = n - k
					}
					break
				}
			}
			return i, &Error{Msg: unexpectedEnd, Offset: int64(off), EOF: true}
		}
		switch c := data[i]; c {
		case '"':
			return i + 1, nil
		case '\\':
			if i+1 >= n {
				return i, &Error{Msg: unexpectedEnd, Offset: int64(i), EOF: true}
			}
			switch data[i+1] {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
				i += 2
			case 'u':
				for k := i + 2; k < i+6; k++ {
					if k >= n {
						return i, &Error{Msg: unexpectedEnd, Offset: int64(i), EOF: true}
					}
					if hexDigit(data[k]) < 0 {
						return i, invalidEscape(data, i, min(i+6, n))
					}
				}
				i += 6
			default:
				return i, invalidEscape(data, i, i+2)
			}
		default:
			return i, InvalidChar(data, i, "in string")
		}
	}
}

func invalidEscape(data []byte, i, end int) *Error {
	seq := string(data[i:end])
	quoted := "`" + seq + "`"
	for _, r := range seq {
		if r == '`' || r == utf8.RuneError || unicode.IsSpace(r) || !unicode.IsPrint(r) {
			quoted = strconv.Quote(seq)
			break
		}
	}
	return &Error{Msg: "invalid escape sequence " + quoted + " in string", Offset: int64(end)}
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// scanLiteral returns the position behind the null, true or false at i.
func scanLiteral(data []byte, i int) (int, *Error) {
	lit := "null"
	switch data[i] {
	case 't':
		lit = "true"
	case 'f':
		lit = "false"
	}
	for k := 0; k < len(lit); k++ {
		if i+k >= len(data) {
			return i, &Error{Msg: unexpectedEnd, Offset: int64(len(data)), EOF: true}
		}
		if data[i+k] != lit[k] {
			return i, InvalidChar(data, i+k, "in literal "+lit+" (expecting "+strconv.QuoteRune(rune(lit[k]))+")")
		}
	}
	return i + len(lit), nil
}

// scanNumber returns the position behind the number at i. The number may go
// on at the end of data. When it is cut off where a digit must follow, the
// offset of the error is the start of the number, or if rewriting the last
// place where it might have ended.
func scanNumber(data []byte, i int, rewriting bool) (int, *Error) {
	start, good := i, i
	n := len(data)
	if data[i] == '-' {
		i++
	}
	part := 0
	for {
		switch {
		case i >= n:
			off := start
			if rewriting {
				off = good
			}
			return i, &Error{Msg: unexpectedEnd, Offset: int64(off), EOF: true}
		case part == 0 && data[i] == '0':
			i++
		case '0' <= data[i] && data[i] <= '9':
			for i < n && '0' <= data[i] && data[i] <= '9' {
				i++
			}
		default:
			return i, InvalidChar(data, i, "in numeric literal")
		}
		good = i
		switch {
		case i < n && part == 0 && data[i] == '.':
			part = 1
			i++
		case i < n && part <= 1 && (data[i] == 'e' || data[i] == 'E'):
			part = 2
			i++
			if i < n && (data[i] == '+' || data[i] == '-') {
				i++
			}
		default:
			return i, nil
		}
	}
}

// IsNumber reports whether s is a JSON number.
func IsNumber(s string) bool {
	if s == "" || s[0] != '-' && (s[0] < '0' || s[0] > '9') {
		return false
	}
	end, err := scanNumber([]byte(s), 0, false)
	return err == nil && end == len(s)
}

// Token scans the string, number or literal at i; c is data[i].
func Token(data []byte, i int, partial bool) (int, *Error) {
	switch c := data[i]; {
	case c == '"':
		return scanString(data, i)
	case c == '-' || '0' <= c && c <= '9':
		end, err := scanNumber(data, i, false)
		if err == nil && end == len(data) && partial {
			err = &Error{Msg: unexpectedEnd, Offset: int64(end), EOF: true}
		}
		return end, err
	case c == 'n' || c == 't' || c == 'f':
		return scanLiteral(data, i)
	}
	return i, InvalidChar(data, i, "looking for beginning of value")
}

// Skip returns the position behind the value at i in a text that is known to
// be right.
func Skip(data []byte, i int) int {
	switch data[i] {
	case '"':
		return SkipString(data, i)
	case '{', '[':
		depth := 0
		for {
			switch data[i] {
			case '{', '[':
				depth++
			case '}', ']':
				depth--
				if depth == 0 {
					return i + 1
				}
			case '"':
				i = SkipString(data, i)
				continue
			}
			i++
		}
	case 't', 'n':
		return i + 4
	case 'f':
		return i + 5
	}
	return SkipNumber(data, i)
}

// SkipNumber returns the position behind the number at i.
func SkipNumber(data []byte, i int) int {
	for i < len(data) {
		switch c := data[i]; {
		case '0' <= c && c <= '9', c == '-', c == '+', c == '.', c == 'e', c == 'E':
			i++
		default:
			return i
		}
	}
	return i
}

// SkipString returns the position behind the string at i, which is complete.
func SkipString(data []byte, i int) int {
	i++
	for {
		for i < len(data) && data[i] != '"' && data[i] != '\\' {
			i++
		}
		if data[i] == '"' {
			return i + 1
		}
		i += 2
	}
}

// Path returns the JSON pointer (RFC 6901) of the value that starts at pos, or
// of the member whose name starts there. start is where the outermost value
// starts; the text before pos must be right, what follows does not matter.
func Path(data []byte, start, pos int) string {
	type container struct {
		object   bool
		wantName bool
		index    int // of an array
		name     int // where an object's current name starts
	}
	var open []container
	for i := start; i < pos; {
		var top *container
		if len(open) > 0 {
			top = &open[len(open)-1]
		}
		switch data[i] {
		case '{':
			open = append(open, container{object: true, wantName: true})
		case '[':
			open = append(open, container{})
		case '}', ']':
			open = open[:len(open)-1]
		case ',':
			top.index++
			top.wantName = true
		case '"':
			if top != nil && top.wantName {
				top.name = i
				top.wantName = false
			}
			i = SkipString(data, i)
			continue
		}
		i++
	}
	var path []byte
	for i := range open {
		c := &open[i]
		if !c.object {
			path = append(path, '/')
			path = strconv.AppendInt(path, int64(c.index), 10)
			continue
		}
		if c.wantName {
			c.name = pos
		}
		name := AppendUnquote(nil, data[c.name:SkipString(data, c.name)])
		path = appendPointer(path, name)
	}
	return string(path)
}

func appendPointer(path, token []byte) []byte {
	path = append(path, '/')
	for _, c := range token {
		switch c {
		case '~':
			path = append(path, "~0"...)
		case '/':
			path = append(path, "~1"...)
		default:
			path = append(path, c)
		}
	}
	return path
}
