package slog

import (
	"context"
	"encoding"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"
)

// TextHandler writes a line of key=value pairs for each Record.
//
// Keys and values are quoted as by strconv.Quote if they hold spaces,
// characters that cannot be printed, quotes or equal signs. The key of a
// member of a group has the group's name and a dot before it.
type TextHandler struct {
	c common
}

// NewTextHandler makes a TextHandler that writes to w; opts may be nil.
func NewTextHandler(w io.Writer, opts *HandlerOptions) *TextHandler {
	return &TextHandler{newCommon(textFormat{}, w, opts)}
}

// Enabled reports whether level is at least that of the options.
func (h *TextHandler) Enabled(_ context.Context, level Level) bool { return h.c.enabled(level) }

// Handle writes r as one line, with one call of Write: the time with
// milliseconds, the level, the source as FILE:LINE, the message and the
// attributes. Values with a method MarshalText are what it returns, others
// what fmt's %+v writes.
func (h *TextHandler) Handle(_ context.Context, r Record) error { return h.c.handle(r) }

// WithAttrs returns a handler with more attributes.
func (h *TextHandler) WithAttrs(attrs []Attr) Handler {
	if c, ok := h.c.withAttrs(attrs); ok {
		return &TextHandler{c}
	}
	return h
}

// WithGroup returns a handler that puts further attributes in a group.
func (h *TextHandler) WithGroup(name string) Handler { return &TextHandler{h.c.withGroup(name)} }

type textFormat struct{}

func (textFormat) separator() string     { return " " }
func (textFormat) start(b []byte) []byte { return b }
func (textFormat) end(b []byte) []byte   { return b }

func (f textFormat) key(b []byte, prefix, key string) []byte {
	if needsQuotes(key) || prefix != "" && needsQuotes(prefix) {
		b = strconv.AppendQuote(b, prefix+key)
	} else {
		b = append(append(b, prefix...), key...)
	}
	return append(b, '=')
}

func (textFormat) str(b []byte, s string) []byte {
	if needsQuotes(s) {
		return strconv.AppendQuote(b, s)
	}
	return append(b, s...)
}

func needsQuotes(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c <= ' ' || c == '"' || c == '=' || c == 0x7F {
				return true
			}
			i++
			continue
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError || unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return true
		}
		i += w
	}
	return s == ""
}

// time writes RFC 3339 with exactly three digits of a second.
func (textFormat) time(b []byte, t time.Time) ([]byte, error) {
	const toMillis = "2006-01-02T15:04:05.000"
	// A tenth of a millisecond keeps the zeros before it from being dropped;
	// its digit is taken out again.
	n := len(b)
	b = t.Truncate(time.Millisecond).Add(time.Millisecond/10).AppendFormat(b, time.RFC3339Nano)
	return append(b[:n+len(toMillis)], b[n+len(toMillis)+1:]...), nil
}

func (f textFormat) value(b []byte, v Value) ([]byte, error) {
	switch v.Kind() {
	case KindString:
		return f.str(b, v.str()), nil
	case KindAny:
	default:
		return v.append(b), nil
	}
	x := v.Any()
	if m, ok := x.(encoding.TextMarshaler); ok {
		text, err := m.MarshalText()
		if err != nil {
			return nil, err
		}
		return f.str(b, string(text)), nil
	}
	if bs, ok := bytesOf(x); ok {
		return strconv.AppendQuote(b, string(bs)), nil
	}
	return f.str(b, fmt.Sprintf("%+v", x)), nil
}

// bytesOf returns x as bytes if it is a slice of them.
func bytesOf(x any) ([]byte, bool) {
	if b, ok := x.([]byte); ok {
		return b, true
	}
	if t := reflect.TypeOf(x); t != nil && t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
		return reflect.ValueOf(x).Bytes(), true
	}
	return nil, false
}

func (textFormat) group(b []byte, prefix, sep, name string) ([]byte, string, string) {
	return b, prefix + name + ".", sep
}

func (textFormat) endGroup(b []byte) []byte { return b }

func (textFormat) source(s *Source) Value { return StringValue(fileLine(s)) }
