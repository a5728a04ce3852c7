// Package encoding has the interfaces of types that turn themselves into bytes
// or text and back.  The packages encoding/json, encoding/xml, encoding/gob
// and others look for them.
//
// A type should implement the appending method of a pair, if it can, and base the
// other on it.
package encoding

// BinaryMarshaler is a type with a binary form.
type BinaryMarshaler interface {
	MarshalBinary() (data []byte, err error)
}

// BinaryUnmarshaler is a type that can be read from its binary form.
// UnmarshalBinary must copy what it wants to keep.
type BinaryUnmarshaler interface {
	UnmarshalBinary(data []byte) error
}

// BinaryAppender is a type that can append its binary form to b.  It must not
// keep b or change what is in it.
type BinaryAppender interface {
	AppendBinary(b []byte) ([]byte, error)
}

// TextMarshaler is a type with a form as UTF-8 text.
type TextMarshaler interface {
	MarshalText() (text []byte, err error)
}

// TextUnmarshaler is a type that can be read from its text form.
// UnmarshalText must copy what it wants to keep.
type TextUnmarshaler interface {
	UnmarshalText(text []byte) error
}

// TextAppender is a type that can append its text form to b.  It must not keep
// b or change what is in it.
type TextAppender interface {
	AppendText(b []byte) ([]byte, error)
}
