package json

import (
	"encoding/json/internal/jsonwire"
	"encoding/json/jsontext"
	"strconv"
)

// A Number is the text of a JSON number.
type Number string

// String returns the text.
func (n Number) String() string { return string(n) }

// Float64 returns the number as a float64.
func (n Number) Float64() (float64, error) { return strconv.ParseFloat(string(n), 64) }

// Int64 returns the number as an int64.
func (n Number) Int64() (int64, error) { return strconv.ParseInt(string(n), 10, 64) }

// RawMessage is a JSON value that is not decoded, or already encoded.
type RawMessage = jsontext.Value

// Marshaler is implemented by types that encode themselves.
type Marshaler interface {
	MarshalJSON() ([]byte, error)
}

// Unmarshaler is implemented by types that decode themselves. The input is a
// right JSON value; who wants to keep it must copy it.
type Unmarshaler interface {
	UnmarshalJSON([]byte) error
}

// Valid reports whether data is a JSON value.
func Valid(data []byte) bool { return jsonwire.Check(data, true) == nil }
