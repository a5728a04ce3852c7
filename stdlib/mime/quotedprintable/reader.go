// Package quotedprintable implements the quoted-printable encoding of RFC 2045.
package quotedprintable

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
)

// Reader decodes.
type Reader struct {
	r       *bufio.Reader
	readErr error  // of the last line
	line    []byte // of which the rest is to be decoded
}

// NewReader returns a Reader of r.
func NewReader(r io.Reader) *Reader { return &Reader{r: bufio.NewReader(r)} }

func hexValue(c byte) (byte, error) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', nil
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, nil
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, nil // not allowed, but it is clear what it means
	}
	return 0, fmt.Errorf("quotedprintable: invalid hex byte 0x%02x", c)
}

// hexByte returns the byte that the digits at the beginning of s stand for.
func hexByte(s []byte) (byte, error) {
	if len(s) < 2 {
		return 0, io.ErrUnexpectedEOF
	}
	hi, err := hexValue(s[0])
	if err != nil {
		return 0, err
	}
	lo, err := hexValue(s[1])
	if err != nil {
		return 0, err
	}
	return hi<<4 | lo, nil
}

// Read decodes data.
func (r *Reader) Read(p []byte) (n int, err error) {
	for len(p) > 0 {
		if len(r.line) == 0 {
			if r.readErr != nil {
				return n, r.readErr
			}
			r.nextLine()
			continue
		}
		c := r.line[0]
		skip := 1
		switch {
		case c == '=':
			v, err := hexByte(r.line[1:])
			if err == nil {
				c, skip = v, 3
				break
			}
			if len(r.line) >= 2 && r.line[1] != '\r' && r.line[1] != '\n' {
				break // taken for a plain =
			}
			return n, err
		case c == '\t' || c == '\r' || c == '\n':
		case c >= 0x80:
			// Not allowed, but some do it.
		case c < ' ' || c > '~':
			return n, fmt.Errorf("quotedprintable: invalid unescaped byte 0x%02x in body", c)
		}
		p[0] = c
		p = p[1:]
		r.line = r.line[skip:]
		n++
	}
	return n, nil
}

// nextLine reads a line without the space at its end; the newline is only kept if there is no = before it.
func (r *Reader) nextLine() {
	r.line, r.readErr = r.r.ReadSlice('\n')
	var newline []byte
	switch {
	case bytes.HasSuffix(r.line, []byte("\r\n")):
		newline = []byte("\r\n")
	case bytes.HasSuffix(r.line, []byte("\n")):
		newline = []byte("\n")
	}
	whole := r.line
	r.line = bytes.TrimRight(whole, "\n\r \t")
	if bytes.HasSuffix(r.line, []byte("=")) {
		after := bytes.TrimLeft(whole[len(r.line):], " \t")
		r.line = r.line[:len(r.line)-1]
		if !bytes.HasPrefix(after, []byte("\n")) && !bytes.HasPrefix(after, []byte("\r\n")) &&
			!(len(after) == 0 && len(r.line) > 0 && r.readErr == io.EOF) {
			r.readErr = fmt.Errorf("quotedprintable: invalid bytes after =: %q", after)
		}
		return
	}
	r.line = append(r.line, newline...)
}
