package mime

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// isTokenChar reports whether c can be part of a token.
func isTokenChar(c byte) bool {
	return ' ' < c && c < 0x7f && strings.IndexByte(`()<>@,;:\"/[]?=`, c) < 0
}

func isToken(s string) bool {
	token, rest := cutToken(s)
	return token != "" && rest == ""
}

// cutToken cuts a token off the beginning of s.
func cutToken(s string) (token, rest string) {
	n := 0
	for n < len(s) && isTokenChar(s[n]) {
		n++
	}
	return s[:n], s[n:]
}

// FormatMediaType returns a media type t with parameters as text, by RFC 2045 and RFC 2616; nothing if that cannot be.  The
// type and the names are in lower case then.
func FormatMediaType(t string, param map[string]string) string {
	var b strings.Builder
	major, minor, ok := strings.Cut(t, "/")
	if !isToken(major) || ok && !isToken(minor) {
		return ""
	}
	b.WriteString(strings.ToLower(t))
	for _, name := range slices.Sorted(maps.Keys(param)) {
		if !isToken(name) {
			return ""
		}
		b.WriteString("; ")
		b.WriteString(strings.ToLower(name))
		formatValue(&b, param[name])
	}
	return b.String()
}

func formatValue(b *strings.Builder, value string) {
	switch {
	case needsEncoding(value):
		// As RFC 2231 has it.
		const hex = "0123456789ABCDEF"
		b.WriteString("*=utf-8''")
		for i := range len(value) {
			if c := value[i]; isTokenChar(c) && c != '*' && c != '\'' && c != '%' {
				b.WriteByte(c)
			} else {
				b.Write([]byte{'%', hex[c>>4], hex[c&15]})
			}
		}
	case isToken(value):
		b.WriteByte('=')
		b.WriteString(value)
	default:
		b.WriteString(`="`)
		for i := range len(value) {
			if c := value[i]; c == '"' || c == '\\' {
				b.WriteByte('\\')
			}
			b.WriteByte(value[i])
		}
		b.WriteByte('"')
	}
}

func checkMediaType(s string) error {
	major, rest := cutToken(s)
	if major == "" {
		return errors.New("mime: no media type")
	}
	if rest == "" {
		return nil // a disposition
	}
	rest, ok := strings.CutPrefix(rest, "/")
	if !ok {
		return errors.New("mime: expected slash after first token")
	}
	minor, rest := cutToken(rest)
	if minor == "" {
		return errors.New("mime: expected token after slash")
	}
	if rest != "" {
		return errors.New("mime: unexpected content after media subtype")
	}
	return nil
}

// ErrInvalidMediaParameter is what [ParseMediaType] returns for a good type with parameters that are not.
var ErrInvalidMediaParameter = errors.New("mime: invalid media parameter")

// ParseMediaType parses the value of a header such as Content-Type or Content-Disposition, by RFC 1521 and RFC 2183.  It
// returns the type, without space and in lower case, and the parameters, with names in lower case.
func ParseMediaType(v string) (mediatype string, params map[string]string, err error) {
	base, _, _ := strings.Cut(v, ";")
	mediatype = strings.TrimSpace(strings.ToLower(base))
	if err := checkMediaType(mediatype); err != nil {
		return "", nil, err
	}
	params = map[string]string{}
	parts := map[string]map[string]string{} // of values that come in parts, by their names
	for v = v[len(base):]; ; {
		v = strings.TrimLeftFunc(v, unicode.IsSpace)
		if v == "" {
			break
		}
		name, value, rest := cutParam(v)
		if name == "" {
			if strings.TrimSpace(rest) == ";" {
				break
			}
			return mediatype, nil, ErrInvalidMediaParameter
		}
		into := params
		if whole, _, ok := strings.Cut(name, "*"); ok {
			if parts[whole] == nil {
				parts[whole] = map[string]string{}
			}
			into = parts[whole]
		}
		if old, ok := into[name]; ok && old != value {
			return "", nil, errors.New("mime: duplicate parameter name")
		}
		into[name] = value
		v = rest
	}
	for name, pieces := range parts {
		if value, ok := join(name, pieces); ok {
			params[name] = value
		}
	}
	return mediatype, params, nil
}

// join returns the value that pieces make, as RFC 2231 has it: name* is a whole one, encoded; name*0, name*1 and so on are
// parts of one, each encoded if there is another * behind it.
func join(name string, pieces map[string]string) (value string, ok bool) {
	if v, ok := pieces[name+"*"]; ok {
		return decodeCharset(v)
	}
	for n := 0; ; n++ {
		key := name + "*" + strconv.Itoa(n)
		if v, has := pieces[key]; has {
			value += v
			ok = true
			continue
		}
		v, has := pieces[key+"*"]
		if !has {
			return value, ok
		}
		ok = true
		if n == 0 {
			v, _ = decodeCharset(v)
		} else {
			v, _ = unescape(v)
		}
		value += v
	}
}

// decodeCharset decodes charset'language'text.
func decodeCharset(v string) (string, bool) {
	parts := strings.SplitN(v, "'", 3)
	if len(parts) != 3 {
		return "", false
	}
	if charset := strings.ToLower(parts[0]); charset != "us-ascii" && charset != "utf-8" {
		return "", false
	}
	s, err := unescape(parts[2])
	return s, err == nil
}

// unescape decodes %XX.
func unescape(s string) (string, error) {
	if !strings.Contains(s, "%") {
		return s, nil
	}
	var b []byte
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b = append(b, s[i])
			continue
		}
		if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
			return "", fmt.Errorf("mime: bogus characters after %%: %q", s[i+1:min(i+3, len(s))])
		}
		b = append(b, hexValue(s[i+1])<<4|hexValue(s[i+2]))
		i += 2
	}
	return string(b), nil
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func hexValue(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	}
	return c - 'A' + 10
}

// cutParam cuts ";name=value" off the beginning of v. If there is none, name is empty and rest is v.
func cutParam(v string) (name, value, rest string) {
	skip := func(s, prefix string) (string, bool) {
		s, ok := strings.CutPrefix(strings.TrimLeftFunc(s, unicode.IsSpace), prefix)
		return strings.TrimLeftFunc(s, unicode.IsSpace), ok
	}
	rest, ok := skip(v, ";")
	if !ok {
		return "", "", v
	}
	name, rest = cutToken(rest)
	name = strings.ToLower(name)
	if name == "" {
		return "", "", v
	}
	if rest, ok = skip(rest, "="); !ok {
		return "", "", v
	}
	value, rest, ok = cutValue(rest)
	if !ok {
		return "", "", v
	}
	return name, value, rest
}

// cutValue cuts a token or a string in quotes off the beginning of v.
func cutValue(v string) (value, rest string, ok bool) {
	if !strings.HasPrefix(v, `"`) {
		value, rest = cutToken(v)
		return value, rest, value != ""
	}
	var b []byte
	for i := 1; i < len(v); i++ {
		switch c := v[i]; {
		case c == '"':
			return string(b), v[i+1:], true
		case c == '\\' && i+1 < len(v) && ' ' < v[i+1] && v[i+1] < 0x7f && !isTokenChar(v[i+1]):
			// Before other characters it stays: some write paths of DOS with single backslashes.
			i++
			b = append(b, v[i])
		case c == '\r' || c == '\n':
			return "", v, false
		default:
			b = append(b, c)
		}
	}
	return "", v, false
}
