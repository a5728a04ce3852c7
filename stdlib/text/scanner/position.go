package scanner

import "fmt"

// Position is a place in a source.  It is valid if Line is not 0.
type Position struct {
	Filename string // may be empty
	Offset   int    // in bytes, from 0
	Line     int    // from 1
	Column   int    // in characters, from 1
}

// IsValid reports whether pos is valid.
func (pos *Position) IsValid() bool { return pos.Line > 0 }

// String returns file:line:column.
func (pos Position) String() string {
	s := pos.Filename
	if s == "" {
		s = "<input>"
	}
	if pos.IsValid() {
		s += fmt.Sprintf(":%d:%d", pos.Line, pos.Column)
	}
	return s
}
