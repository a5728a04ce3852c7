package quotedprintable

import "io"

// maxLine is how long a line may be.
const maxLine = 76

// Writer encodes.
type Writer struct {
	// Binary is for data that is not text: newlines are encoded as other bytes are.
	Binary bool

	w    io.Writer
	line [maxLine + 2]byte // the one being written
	n    int
	cr   bool // there was a \r, and since then nothing that is not encoded
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// Write encodes p.  Lines that get too long are cut.  The last of it may be written only by [Writer.Close].
func (w *Writer) Write(p []byte) (n int, err error) {
	for i, c := range p {
		switch {
		case '!' <= c && c <= '~' && c != '=':
			err = w.plain(c)
		case c == ' ' || c == '\t':
			err = w.plain(c) // encoded later, if a newline follows
		case !w.Binary && (c == '\r' || c == '\n'):
			err = w.newline(c)
		default:
			err = w.encode(c)
		}
		if err != nil {
			return i, err
		}
	}
	return len(p), nil
}

// Close writes what is left.  It does not close the underlying writer.
func (w *Writer) Close() error {
	if err := w.endSpace(); err != nil {
		return err
	}
	return w.flush()
}

// plain writes c as it is.
func (w *Writer) plain(c byte) error {
	if w.n == maxLine-1 {
		if err := w.cut(); err != nil {
			return err
		}
	}
	w.line[w.n] = c
	w.n++
	w.cr = false
	return nil
}

func (w *Writer) encode(c byte) error {
	if maxLine-1-w.n < 3 {
		if err := w.cut(); err != nil {
			return err
		}
	}
	const hex = "0123456789ABCDEF"
	w.n += copy(w.line[w.n:], []byte{'=', hex[c>>4], hex[c&15]})
	return nil
}

// newline writes the end of a line of text, always as \r\n.
func (w *Writer) newline(c byte) error {
	if c == '\n' && w.cr {
		w.cr = false
		return nil // it was written for the \r
	}
	w.cr = c == '\r'
	if err := w.endSpace(); err != nil {
		return err
	}
	w.n += copy(w.line[w.n:], "\r\n")
	return w.flush()
}

// endSpace encodes a space or tab at the end of the line, which would be lost.
func (w *Writer) endSpace() error {
	if w.n == 0 {
		return nil
	}
	last := w.line[w.n-1]
	if last != ' ' && last != '\t' {
		return nil
	}
	w.n--
	return w.encode(last)
}

// cut ends a line where the data does not.
func (w *Writer) cut() error {
	w.n += copy(w.line[w.n:], "=\r\n")
	return w.flush()
}

func (w *Writer) flush() error {
	_, err := w.w.Write(w.line[:w.n])
	w.n = 0
	return err
}
