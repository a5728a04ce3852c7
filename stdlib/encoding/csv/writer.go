package csv

import (
	"bufio"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Writer writes records, with quotes where they are needed.  Its options may be set before the first one is written.
// What is written is buffered until [Writer.Flush]; then [Writer.Error] tells whether all went well.
type Writer struct {
	Comma   rune // what separates fields; [NewWriter] sets it to ','
	UseCRLF bool // end lines with \r\n and not \n
	w       *bufio.Writer
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer { return &Writer{Comma: ',', w: bufio.NewWriter(w)} }

// Write writes a record.
func (w *Writer) Write(record []string) error {
	if !isDelim(w.Comma) {
		return errInvalidDelim
	}
	for i, field := range record {
		if i > 0 {
			if _, err := w.w.WriteRune(w.Comma); err != nil {
				return err
			}
		}
		if !w.needsQuotes(field) {
			if _, err := w.w.WriteString(field); err != nil {
				return err
			}
			continue
		}
		if err := w.quote(field); err != nil {
			return err
		}
	}
	_, err := w.w.WriteString(w.newline())
	return err
}

func (w *Writer) newline() string {
	if w.UseCRLF {
		return "\r\n"
	}
	return "\n"
}

func (w *Writer) quote(field string) error {
	w.w.WriteByte('"')
	for field != "" {
		n := strings.IndexAny(field, "\"\r\n")
		if n < 0 {
			n = len(field)
		}
		w.w.WriteString(field[:n])
		field = field[n:]
		if field == "" {
			break
		}
		switch field[0] {
		case '"':
			w.w.WriteString(`""`)
		case '\r':
			if !w.UseCRLF {
				w.w.WriteByte('\r')
			}
		case '\n':
			w.w.WriteString(w.newline())
		}
		field = field[1:]
	}
	return w.w.WriteByte('"') // an error stays
}

// needsQuotes reports whether field cannot be written as it is. A field of \. alone would end the data for some databases;
// some programs drop space at the beginning.
func (w *Writer) needsQuotes(field string) bool {
	if field == "" {
		return false
	}
	if field == `\.` {
		return true
	}
	for i := range len(field) {
		if c := field[i]; c == '"' || c == '\r' || c == '\n' || rune(c) == w.Comma && c < utf8.RuneSelf {
			return true
		}
	}
	if w.Comma >= utf8.RuneSelf && strings.ContainsRune(field, w.Comma) {
		return true
	}
	if c := field[0]; c < utf8.RuneSelf {
		return c == ' ' || '\t' <= c && c <= '\r'
	}
	r, _ := utf8.DecodeRuneInString(field)
	return unicode.IsSpace(r)
}

// Flush writes what is buffered.
func (w *Writer) Flush() { w.w.Flush() }

// Error returns the first error of a Write or Flush before.
func (w *Writer) Error() error {
	_, err := w.w.Write(nil)
	return err
}

// WriteAll writes records and flushes.
func (w *Writer) WriteAll(records [][]string) error {
	for _, record := range records {
		if err := w.Write(record); err != nil {
			return err
		}
	}
	return w.w.Flush()
}
