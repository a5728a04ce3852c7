// Package lzw has the compressed format LZW (T. Welch, "A technique for high-performance
// data compression", 1984) in the form of GIF and PDF: codes of up to 12 bits, with one
// that clears the table and one for the end.
//
// TIFF has another form.
package lzw

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// Order is the order of bits.
type Order int

const (
	// LSB means that the lowest bits of a byte come first, as in GIF.
	LSB Order = iota
	// MSB means that the highest bits of a byte come first, as in PDF.
	MSB
)

const (
	maxWidth    = 12
	noCode      = 0xffff
	flushBuffer = 1 << maxWidth // a code stands for no more bytes
)

var errClosed = errors.New("lzw: reader/writer is closed")

// checkFormat says what is wrong with the arguments.
func checkFormat(order Order, litWidth int) error {
	if order != LSB && order != MSB {
		return errors.New("lzw: unknown order")
	}
	if litWidth < 2 || litWidth > 8 {
		return fmt.Errorf("lzw: litWidth %d out of range", litWidth)
	}
	return nil
}

// Reader reads decompressed data.
type Reader struct {
	r        io.ByteReader
	bits     uint32
	nBits    uint
	width    uint // of a code
	order    Order
	litWidth int
	err      error

	// clear and clear+1 are the codes without text.  hi is the next code to be defined,
	// which happens when the code after it is read: the text of last and one byte more.
	clear, hi, overflow, last uint16

	// A code stands for the text of its prefix and a byte.
	suffix [1 << maxWidth]byte
	prefix [1 << maxWidth]uint16

	// The texts that were decoded, with room before them for one that is decoded from
	// its end.
	output [2 * flushBuffer]byte
	o      int
	toRead []byte
}

// NewReader returns a reader, a *[Reader], of the data that r has in compressed form.
// litWidth, from 2 to 8, is how many bits a byte of the data has; it and the order must be
// those that the data were written with.  If r is no io.ByteReader more may be read from
// it than belongs to the data.
func NewReader(r io.Reader, order Order, litWidth int) io.ReadCloser {
	z := new(Reader)
	z.Reset(r, order, litWidth)
	return z
}

// Reset makes r as new.
func (r *Reader) Reset(src io.Reader, order Order, litWidth int) {
	*r = Reader{order: order, err: checkFormat(order, litWidth)}
	if r.err != nil {
		return
	}
	br, ok := src.(io.ByteReader)
	if !ok {
		br = bufio.NewReader(src)
	}
	r.r = br
	r.litWidth = litWidth
	r.clear = 1 << litWidth
	r.restart()
}

// restart forgets all codes but the first ones.
func (r *Reader) restart() {
	r.width = 1 + uint(r.litWidth)
	r.hi = r.clear + 1
	r.overflow = 1 << r.width
	r.last = noCode
}

// Read reads decompressed data.
func (r *Reader) Read(b []byte) (int, error) {
	for {
		if len(r.toRead) > 0 {
			n := copy(b, r.toRead)
			r.toRead = r.toRead[n:]
			return n, nil
		}
		if r.err != nil {
			return 0, r.err
		}
		r.decode()
	}
}

func (r *Reader) code() (uint16, error) {
	for r.nBits < r.width {
		x, err := r.r.ReadByte()
		if err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return 0, err
		}
		if r.order == LSB {
			r.bits |= uint32(x) << r.nBits
		} else {
			r.bits |= uint32(x) << (24 - r.nBits)
		}
		r.nBits += 8
	}
	var c uint16
	if r.order == LSB {
		c = uint16(r.bits & (1<<r.width - 1))
		r.bits >>= r.width
	} else {
		c = uint16(r.bits >> (32 - r.width))
		r.bits <<= r.width
	}
	r.nBits -= r.width
	return c, nil
}

// define gives hi its text: that of last, and c.
func (r *Reader) define(c uint16) {
	if r.last != noCode {
		r.suffix[r.hi] = byte(c)
		r.prefix[r.hi] = r.last
	}
}

// decode decodes codes until there is some output.
func (r *Reader) decode() {
	for r.o < flushBuffer {
		code, err := r.code()
		if err != nil {
			r.err = err
			break
		}
		if code == r.clear {
			r.restart()
			continue
		}
		if code == r.clear+1 {
			r.err = io.EOF
			break
		}
		switch {
		case code < r.clear:
			r.output[r.o] = byte(code)
			r.o++
			r.define(code)
		case code <= r.hi:
			// The text from its end, at the end of the buffer.
			c, i := code, len(r.output)-1
			if code == r.hi && r.last != noCode {
				// The code that is about to be defined: the text of last and its own
				// first byte.
				c = r.last
				for c >= r.clear {
					c = r.prefix[c]
				}
				r.output[i] = byte(c)
				i--
				c = r.last
			}
			for c >= r.clear {
				r.output[i] = r.suffix[c]
				i--
				c = r.prefix[c]
			}
			r.output[i] = byte(c)
			r.o += copy(r.output[r.o:], r.output[i:])
			r.define(c)
		default:
			r.err = errors.New("lzw: invalid code")
		}
		if r.err != nil {
			break
		}
		r.last = code
		r.hi++
		if r.hi >= r.overflow {
			if r.width == maxWidth {
				// The table is full; codes are only read until it is cleared.
				r.last = noCode
				r.hi--
			} else {
				r.width++
				r.overflow = 1 << r.width
			}
		}
	}
	r.toRead = r.output[:r.o]
	r.o = 0
}

// Close closes r, not what it reads from.
func (r *Reader) Close() error {
	r.err = errClosed
	return nil
}
