package lzw

import (
	"bufio"
	"errors"
	"io"
)

// maxCode is when the table is cleared.
const maxCode = 1<<maxWidth - 1

// byteFlusher is what bytes are written to.
type byteFlusher interface {
	io.ByteWriter
	Flush() error
}

// Writer compresses what is written to it.
type Writer struct {
	w        byteFlusher
	order    Order
	litWidth uint
	bits     uint32
	nBits    uint
	width    uint
	hi       uint32 // the last code that was defined
	overflow uint32 // from which code on there is one bit more
	saved    uint32 // the code of the text that goes on with the next byte
	err      error

	// An open hash table of the codes: the text's code and the next byte, and the code
	// that both make, in one word; 0 is no entry.
	table [tableSize]uint32
}

const (
	tableBits = 14 // four times as many as there are codes
	tableSize = 1 << tableBits
)

// NewWriter returns a writer, a *[Writer], that writes compressed data to w.  litWidth,
// from 2 to 8, is how many bits a byte of the data has.  The caller closes the writer, with
// which the rest is written.
func NewWriter(w io.Writer, order Order, litWidth int) io.WriteCloser {
	z := new(Writer)
	z.Reset(w, order, litWidth)
	return z
}

// Reset makes w as new.
func (w *Writer) Reset(dst io.Writer, order Order, litWidth int) {
	*w = Writer{order: order, err: checkFormat(order, litWidth)}
	if w.err != nil {
		return
	}
	bw, ok := dst.(byteFlusher)
	if !ok {
		bw = bufio.NewWriter(dst)
	}
	w.w = bw
	w.litWidth = uint(litWidth)
	w.restart()
	w.saved = noCode
}

func (w *Writer) restart() {
	w.width = 1 + w.litWidth
	w.hi = 1<<w.litWidth + 1
	w.overflow = 1 << w.width
}

// put writes a code.
func (w *Writer) put(c uint32) error {
	if w.order == LSB {
		w.bits |= c << w.nBits
	} else {
		w.bits |= c << (32 - w.width - w.nBits)
	}
	w.nBits += w.width
	for w.nBits >= 8 {
		if err := w.w.WriteByte(w.topByte()); err != nil {
			return err
		}
		if w.order == LSB {
			w.bits >>= 8
		} else {
			w.bits <<= 8
		}
		w.nBits -= 8
	}
	return nil
}

// topByte returns the next byte to be written.
func (w *Writer) topByte() byte {
	if w.order == LSB {
		return byte(w.bits)
	}
	return byte(w.bits >> 24)
}

// nextCode makes hi the next code, or, if there is none, clears the table and reports
// false.
func (w *Writer) nextCode() (ok bool, err error) {
	w.hi++
	if w.hi == w.overflow {
		w.width++
		w.overflow <<= 1
	}
	if w.hi < maxCode {
		return true, nil
	}
	if err := w.put(1 << w.litWidth); err != nil {
		return false, err
	}
	w.restart()
	clear(w.table[:])
	return false, nil
}

// slot returns where the key is or would be.
func (w *Writer) slot(key uint32) *uint32 {
	for i := key * 0x9E3779B1 >> (32 - tableBits); ; i = (i + 1) & (tableSize - 1) {
		if e := &w.table[i]; *e == 0 || *e>>maxWidth == key {
			return e
		}
	}
}

// Write compresses p.
func (w *Writer) Write(p []byte) (n int, err error) {
	if w.err != nil {
		return 0, w.err
	}
	if len(p) == 0 {
		return 0, nil
	}
	if w.litWidth < 8 {
		for _, x := range p {
			if x>>w.litWidth != 0 {
				w.err = errors.New("lzw: input byte too large for the litWidth")
				return 0, w.err
			}
		}
	}
	n = len(p)
	code := w.saved
	if code == noCode {
		// The first one.
		if w.err = w.put(1 << w.litWidth); w.err != nil {
			return 0, w.err
		}
		code, p = uint32(p[0]), p[1:]
	}
	for _, x := range p {
		key := code<<8 | uint32(x)
		e := w.slot(key)
		if *e != 0 {
			code = *e & maxCode
			continue
		}
		if w.err = w.put(code); w.err != nil {
			return 0, w.err
		}
		code = uint32(x)
		ok, err := w.nextCode()
		if err != nil {
			w.err = err
			return 0, err
		}
		if ok {
			*e = key<<maxWidth | w.hi
		}
	}
	w.saved = code
	return n, nil
}

// Close writes what is left, and the end.  It does not close what w writes to.
func (w *Writer) Close() error {
	if w.err != nil {
		if w.err == errClosed {
			return nil
		}
		return w.err
	}
	w.err = errClosed
	if w.saved != noCode {
		if err := w.put(w.saved); err != nil {
			return err
		}
		if _, err := w.nextCode(); err != nil {
			return err
		}
	} else if err := w.put(1 << w.litWidth); err != nil {
		return err
	}
	if err := w.put(1<<w.litWidth + 1); err != nil {
		return err
	}
	if w.nBits > 0 {
		if err := w.w.WriteByte(w.topByte()); err != nil {
			return err
		}
	}
	return w.w.Flush()
}
