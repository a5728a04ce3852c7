// Package jsontext has the type of raw JSON texts. Of the package of that name
// in Go's library only Value and Kind are here, because encoding/json's
// RawMessage is an alias of Value.
package jsontext

import (
	"encoding/json/internal/jsonwire"
	"errors"
)

// Kind is the kind of a value: its first byte, or 0 for numbers.
//
//	'n' null, 't' true, 'f' false, '"' string, '0' number, '{' object, '[' array
type Kind byte

const (
	KindInvalid Kind = 0
	KindNull    Kind = 'n'
	KindFalse   Kind = 'f'
	KindTrue    Kind = 't'
	KindString  Kind = '"'
	KindNumber  Kind = '0'

	KindBeginObject Kind = '{'
	KindEndObject   Kind = '}'
	KindBeginArray  Kind = '['
	KindEndArray    Kind = ']'
)

// String returns a name for the kind.
func (k Kind) String() string {
	switch k {
	case 'n':
		return "null"
	case 'f':
		return "false"
	case 't':
		return "true"
	case '"':
		return "string"
	case '0':
		return "number"
	case '{', '}', '[', ']':
		return string(rune(k))
	}
	return "<invalid jsontext.Kind: " + quoteByte(byte(k)) + ">"
}

func quoteByte(c byte) string {
	const hex = "0123456789abcdef"
	if ' ' <= c && c <= '~' && c != '\'' && c != '\\' {
		return "'" + string(rune(c)) + "'"
	}
	if c == '\'' || c == '\\' {
		return `'\` + string(rune(c)) + "'"
	}
	return `'\x` + string(hex[c>>4]) + string(hex[c&15]) + "'"
}

// Value is a raw JSON value. It implements json.Marshaler and
// json.Unmarshaler, to put off decoding or to encode beforehand.
type Value []byte

// Clone returns a copy of v.
func (v Value) Clone() Value {
	if v == nil {
		return nil
	}
	return append(Value{}, v...)
}

// String returns v as a string; the nil Value is null.
func (v Value) String() string {
	if v == nil {
		return "null"
	}
	return string(v)
}

// Kind returns the kind that v has by its first byte.
func (v Value) Kind() Kind {
	i := jsonwire.SkipSpace(v, 0)
	if i == len(v) {
		return KindInvalid
	}
	switch c := v[i]; {
	case c == '-' || '0' <= c && c <= '9':
		return KindNumber
	case c == 'n', c == 't', c == 'f', c == '"', c == '{', c == '}', c == '[', c == ']':
		return Kind(c)
	}
	return KindInvalid
}

// MarshalJSON returns v itself; the nil Value is null.
func (v Value) MarshalJSON() ([]byte, error) {
	if v == nil {
		return []byte("null"), nil
	}
	return v, nil
}

// UnmarshalJSON sets *v to a copy of b.
func (v *Value) UnmarshalJSON(b []byte) error {
	if v == nil {
		return errors.New("jsontext.Value: UnmarshalJSON on nil pointer")
	}
	*v = append((*v)[:0], b...)
	return nil
}
