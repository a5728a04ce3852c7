package slog

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"time"
	"unicode/utf8"
)

// JSONHandler writes a JSON object on a line for each Record.
type JSONHandler struct {
	c common
}

// NewJSONHandler makes a JSONHandler that writes to w; opts may be nil.
func NewJSONHandler(w io.Writer, opts *HandlerOptions) *JSONHandler {
	return &JSONHandler{newCommon(jsonFormat{}, w, opts)}
}

// Enabled reports whether level is at least that of the options.
func (h *JSONHandler) Enabled(_ context.Context, level Level) bool { return h.c.enabled(level) }

// Handle writes r as an object on one line, with one call of Write. Values are
// encoded as by encoding/json without escaping of HTML, but errors as strings.
// If that fails the error stands in the value's place.
func (h *JSONHandler) Handle(_ context.Context, r Record) error { return h.c.handle(r) }

// WithAttrs returns a handler with more attributes.
func (h *JSONHandler) WithAttrs(attrs []Attr) Handler {
	if c, ok := h.c.withAttrs(attrs); ok {
		return &JSONHandler{c}
	}
	return h
}

// WithGroup returns a handler that puts further attributes in a group.
func (h *JSONHandler) WithGroup(name string) Handler { return &JSONHandler{h.c.withGroup(name)} }

type jsonFormat struct{}

func (jsonFormat) separator() string     { return "," }
func (jsonFormat) start(b []byte) []byte { return append(b, '{') }
func (jsonFormat) end(b []byte) []byte   { return append(b, '}') }

func (f jsonFormat) key(b []byte, _, key string) []byte { return append(f.str(b, key), ':') }

func (jsonFormat) str(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			b = append(b, s[start:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\n':
				b = append(b, '\\', 'n')
			case '\r':
				b = append(b, '\\', 'r')
			case '\t':
				b = append(b, '\\', 't')
			default:
				b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
			i++
			start = i
			continue
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && w == 1:
			b = append(b, s[start:i]...)
			b = append(b, "\ufffd"...)
			start = i + w
		case r == '\u2028' || r == '\u2029':
			b = append(b, s[start:i]...)
			b = append(b, '\\', 'u', '2', '0', '2', hex[r&15])
			start = i + w
		}
		i += w
	}
	return append(append(b, s[start:]...), '"')
}

func (jsonFormat) time(b []byte, t time.Time) ([]byte, error) {
	if y := t.Year(); y < 0 || y >= 10000 {
		return nil, errors.New("time.Time year outside of range [0,9999]")
	}
	b = append(b, '"')
	b = t.AppendFormat(b, time.RFC3339Nano)
	return append(b, '"'), nil
}

func (f jsonFormat) value(b []byte, v Value) ([]byte, error) {
	switch v.Kind() {
	case KindString:
		return f.str(b, v.str()), nil
	case KindInt64:
		return strconv.AppendInt(b, int64(v.num), 10), nil
	case KindUint64:
		return strconv.AppendUint(b, v.num, 10), nil
	case KindBool:
		return strconv.AppendBool(b, v.num == 1), nil
	case KindDuration:
		return strconv.AppendInt(b, int64(v.num), 10), nil
	case KindFloat64:
		return appendJSON(b, v.float())
	}
	x := v.Any()
	_, encodes := x.(json.Marshaler)
	if err, ok := x.(error); ok && !encodes {
		return f.str(b, err.Error()), nil
	}
	return appendJSON(b, x)
}

func appendJSON(b []byte, x any) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(x); err != nil {
		return nil, err
	}
	return append(b, bytes.TrimSuffix(buf.Bytes(), []byte{'\n'})...), nil
}

func (f jsonFormat) group(b []byte, prefix, sep, name string) ([]byte, string, string) {
	b = append(b, sep...)
	return append(f.key(b, "", name), '{'), prefix, ""
}

func (jsonFormat) endGroup(b []byte) []byte { return append(b, '}') }

func (jsonFormat) source(s *Source) Value { return s.group() }
