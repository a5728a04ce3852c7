// Package csv reads and writes comma-separated values, by RFC 4180 but with \n at the end of lines.
//
// A file has records, one a line, of one field or more with commas between them.  White space is part of a field;
// a \r before \n is not.  Empty lines do not count.
//
// A field may be in quotes: then it can have commas, newlines and, written twice, quotes in it.
//
//	a,"b ""c"" d","x,
//	y"
//
// is a record of the fields `a`, `b "c" d` and "x,\ny".
package csv

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// Errors in [ParseError].
var (
	ErrBareQuote  = errors.New("bare \" in non-quoted-field")
	ErrQuote      = errors.New("extraneous or missing \" in quoted-field")
	ErrFieldCount = errors.New("wrong number of fields")

	// Deprecated: not used any more.
	ErrTrailingComma = errors.New("extra delimiter at end of line")
)

var errInvalidDelim = errors.New("csv: invalid field or comment delimiter")

// ParseError is an error and where it is; lines and columns count from 1.
type ParseError struct {
	StartLine int   // where the record begins
	Line      int   // where the error is
	Column    int   // in bytes
	Err       error // what is wrong
}

func (e *ParseError) Error() string {
	switch {
	case e.Err == ErrFieldCount:
		return fmt.Sprintf("record on line %d: %v", e.Line, e.Err)
	case e.StartLine != e.Line:
		return fmt.Sprintf("record on line %d; parse error on line %d, column %d: %v", e.StartLine, e.Line, e.Column, e.Err)
	}
	return fmt.Sprintf("parse error on line %d, column %d: %v", e.Line, e.Column, e.Err)
}

func (e *ParseError) Unwrap() error { return e.Err }

func isDelim(r rune) bool {
	return r != 0 && r != '"' && r != '\r' && r != '\n' && utf8.ValidRune(r) && r != utf8.RuneError
}

// Reader reads records.  Its options may be set before the first one is read.  Each \r\n is read as \n, in
// quotes, too.
type Reader struct {
	// Comma is what separates fields.  [NewReader] sets it to ','.  It cannot be \r, \n, a quote or U+FFFD.
	Comma rune

	// Comment, if not 0, begins a line that is ignored.  It must be the very first in the line.  It cannot be
	// what Comma cannot be, or Comma.
	Comment rune

	// FieldsPerRecord is how many fields records must have.  0 is for as many as the first has, and
	// a negative number for any.
	FieldsPerRecord int

	// LazyQuotes allows quotes in a field that does not begin with one, and single quotes in one that does.
	LazyQuotes bool

	// TrimLeadingSpace drops white space at the beginning of fields, even if Comma is one.
	TrimLeadingSpace bool

	// ReuseRecord allows Read to return the same slice again and again.
	ReuseRecord bool

	// Deprecated: not used any more.
	TrailingComma bool

	r      *bufio.Reader
	line   int   // number of lines read
	offset int64 // bytes read
	long   []byte

	text   []byte     // of all fields of the record
	ends   []int      // of the fields in text
	places []position // of the fields
	last   []string   // the record, if it is reused
}

type position struct {
	line, col int
}

// NewReader returns a Reader of r.
func NewReader(r io.Reader) *Reader { return &Reader{Comma: ',', r: bufio.NewReader(r)} }

// Read reads one record.  If it has the wrong number of fields, Read returns it with [ErrFieldCount]; if a field is not
// well-formed, those before it.  At the end it returns nil and [io.EOF].
func (r *Reader) Read() (record []string, err error) {
	if r.ReuseRecord {
		record, err = r.record(r.last)
		r.last = record
		return record, err
	}
	return r.record(nil)
}

// FieldPos returns where a field of the record read last begins.  It panics if there is no such field.
func (r *Reader) FieldPos(field int) (line, column int) {
	if field < 0 || field >= len(r.places) {
		panic("out of range index passed to FieldPos")
	}
	p := r.places[field]
	return p.line, p.col
}

// InputOffset returns how many bytes have been read: where the record read last ends and the next begins.
func (r *Reader) InputOffset() int64 { return r.offset }

// ReadAll reads all records that are left.  The end is not an error.
func (r *Reader) ReadAll() (records [][]string, err error) {
	for {
		record, err := r.record(nil)
		if err == io.EOF {
			return records, nil
		}
		if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
}

// readLine reads a line, which is good until the next call. It ends with \n unless it is the last.
func (r *Reader) readLine() ([]byte, error) {
	line, err := r.r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		r.long = append(r.long[:0], line...)
		for err == bufio.ErrBufferFull {
			line, err = r.r.ReadSlice('\n')
			r.long = append(r.long, line...)
		}
		line = r.long
	}
	size := len(line)
	if size > 0 && err == io.EOF {
		err = nil
		if line[size-1] == '\r' {
			line = line[:size-1]
		}
	}
	r.line++
	r.offset += int64(size)
	if n := len(line); n >= 2 && line[n-2] == '\r' && line[n-1] == '\n' {
		line[n-2] = '\n'
		line = line[:n-1]
	}
	return line, err
}

// newline returns the length of the \n at the end of b, 0 or 1.
func newline(b []byte) int {
	if len(b) > 0 && b[len(b)-1] == '\n' {
		return 1
	}
	return 0
}

func firstRune(b []byte) rune {
	r, _ := utf8.DecodeRune(b)
	return r
}

// record reads a record into dst.
func (r *Reader) record(dst []string) ([]string, error) {
	if r.Comma == r.Comment || !isDelim(r.Comma) || r.Comment != 0 && !isDelim(r.Comment) {
		return nil, errInvalidDelim
	}
	var line []byte
	var readErr error
	for readErr == nil {
		line, readErr = r.readLine()
		if r.Comment != 0 && len(line) > 0 && firstRune(line) == r.Comment {
			line = nil
			continue
		}
		if readErr == nil && len(line) == newline(line) {
			line = nil
			continue
		}
		break
	}
	if readErr == io.EOF {
		return nil, readErr
	}
	first := r.line
	err := r.fields(line, &readErr)
	if err == nil {
		err = readErr
	}

	// One string for all fields: they are mostly used together.
	all := string(r.text)
	dst = dst[:0]
	if cap(dst) < len(r.ends) {
		dst = make([]string, 0, len(r.ends))
	}
	from := 0
	for _, end := range r.ends {
		dst = append(dst, all[from:end])
		from = end
	}
	if r.FieldsPerRecord > 0 {
		if len(dst) != r.FieldsPerRecord && err == nil {
			err = &ParseError{first, first, 1, ErrFieldCount}
		}
	} else if r.FieldsPerRecord == 0 {
		r.FieldsPerRecord = len(dst)
	}
	return dst, err
}

// fields reads the fields of the record that begins with line, and as many lines more as it takes.
func (r *Reader) fields(line []byte, readErr *error) error {
	r.text, r.ends, r.places = r.text[:0], r.ends[:0], r.places[:0]
	var (
		commaLen = utf8.RuneLen(r.Comma)
		first    = r.line
		pos      = position{r.line, 1}
		skip     = func(n int) {
			line = line[n:]
			pos.col += n
		}
		end = func(begin position) {
			r.ends = append(r.ends, len(r.text))
			r.places = append(r.places, begin)
		}
	)
	for {
		if r.TrimLeadingSpace {
			n := bytes.IndexFunc(line, func(c rune) bool { return !unicode.IsSpace(c) })
			if n < 0 {
				n = len(line)
				pos.col -= newline(line)
			}
			skip(n)
		}
		begin := pos
		if len(line) == 0 || line[0] != '"' {
			n := bytes.IndexRune(line, r.Comma)
			field := line[:len(line)-newline(line)]
			if n >= 0 {
				field = line[:n]
			}
			if !r.LazyQuotes {
				if q := bytes.IndexByte(field, '"'); q >= 0 {
					return &ParseError{first, r.line, pos.col + q, ErrBareQuote}
				}
			}
			r.text = append(r.text, field...)
			end(begin)
			if n < 0 {
				return nil
			}
			skip(n + commaLen)
			continue
		}
		skip(1)
		done, err := r.quoted(&line, &pos, first, readErr)
		if err != nil {
			return err
		}
		end(begin)
		if done {
			return nil
		}
		skip(commaLen)
	}
}

// quoted reads a field after its opening quote, up to the comma or the end of the record. It reports whether
// that is the end.
func (r *Reader) quoted(line *[]byte, pos *position, first int, readErr *error) (done bool, err error) {
	skip := func(n int) {
		*line = (*line)[n:]
		pos.col += n
	}
	for {
		n := bytes.IndexByte(*line, '"')
		switch {
		case n >= 0:
			r.text = append(r.text, (*line)[:n]...)
			skip(n + 1)
			next := firstRune(*line)
			switch {
			case len(*line) > 0 && next == '"':
				r.text = append(r.text, '"')
				skip(1)
			case len(*line) > 0 && next == r.Comma:
				return false, nil
			case len(*line) == newline(*line):
				return true, nil
			case r.LazyQuotes:
				r.text = append(r.text, '"')
			default:
				return false, &ParseError{first, r.line, pos.col - 1, ErrQuote}
			}
		case len(*line) > 0:
			r.text = append(r.text, *line...)
			if *readErr != nil {
				return true, *readErr
			}
			pos.col += len(*line)
			*line, *readErr = r.readLine()
			if len(*line) > 0 {
				pos.line++
				pos.col = 1
			}
			if *readErr == io.EOF {
				*readErr = nil
			}
		default:
			if !r.LazyQuotes && *readErr == nil {
				return false, &ParseError{first, pos.line, pos.col, ErrQuote}
			}
			return true, nil
		}
	}
}
