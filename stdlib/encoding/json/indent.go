package json

import (
	"bytes"
	"encoding/json/internal/jsonwire"
)

// HTMLEscape appends src to dst with <, >, &, U+2028 and U+2029 inside strings
// written as escapes.
func HTMLEscape(dst *bytes.Buffer, src []byte) {
	dst.Grow(len(src))
	const hex = "0123456789abcdef"
	out := dst.AvailableBuffer()
	for i, c := range src {
		switch {
		case c == '<' || c == '>' || c == '&':
			out = append(out, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		case c == 0xE2 && i+2 < len(src) && src[i+1] == 0x80 && src[i+2]&^1 == 0xA8:
			out = append(out, '\\', 'u', '2', '0', '2', hex[src[i+2]&15])
		case c&^1 == 0xA8 && i >= 2 && src[i-1] == 0x80 && src[i-2] == 0xE2:
		case c == 0x80 && i >= 1 && src[i-1] == 0xE2 && i+1 < len(src) && src[i+1]&^1 == 0xA8:
		default:
			out = append(out, c)
		}
	}
	dst.Write(out)
}

// Compact appends src to dst without the white space that means nothing.
func Compact(dst *bytes.Buffer, src []byte) error {
	if err := jsonwire.Check(src, true); err != nil {
		return syntaxError(err)
	}
	dst.Grow(len(src))
	dst.Write(jsonwire.AppendCompact(dst.AvailableBuffer(), src, false, false))
	return nil
}

// Indent appends src to dst with every element and member on a line of its
// own, which starts with prefix and as many copies of indent as the nesting is
// deep. The first line has no prefix, so that the text can be put into other
// text. White space at the end of src is kept.
func Indent(dst *bytes.Buffer, src []byte, prefix, indent string) error {
	if err := jsonwire.Check(src, true); err != nil {
		return syntaxError(err)
	}
	dst.Grow(len(src))
	dst.Write(jsonwire.AppendIndent(dst.AvailableBuffer(), src, prefix, indent))
	return nil
}
