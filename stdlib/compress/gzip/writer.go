package gzip

import (
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"time"
)

// The levels of package flate.
const (
	NoCompression      = flate.NoCompression
	BestSpeed          = flate.BestSpeed
	BestCompression    = flate.BestCompression
	DefaultCompression = flate.DefaultCompression
	HuffmanOnly        = flate.HuffmanOnly
)

// Writer compresses what is written to it.
type Writer struct {
	Header      // is written with the first data
	w           io.Writer
	level       int
	wroteHeader bool
	closed      bool
	buf         [10]byte
	compressor  *flate.Writer
	digest      uint32
	size        uint32
	err         error
}

// NewWriter returns a writer that writes a file to w.  Its header may be set until the
// first Write, Flush or Close.  The caller closes the writer, with which the rest is
// written.
func NewWriter(w io.Writer) *Writer {
	z, _ := NewWriterLevel(w, DefaultCompression)
	return z
}

// NewWriterLevel is [NewWriter] with the given level of compression.
func NewWriterLevel(w io.Writer, level int) (*Writer, error) {
	if level < HuffmanOnly || level > BestCompression {
		return nil, fmt.Errorf("gzip: invalid compression level: %d", level)
	}
	z := new(Writer)
	z.init(w, level)
	return z, nil
}

func (z *Writer) init(w io.Writer, level int) {
	compressor := z.compressor
	if compressor != nil {
		compressor.Reset(w)
	}
	*z = Writer{
		Header:     Header{OS: 255}, // unknown
		w:          w,
		level:      level,
		compressor: compressor,
	}
}

// Reset makes z as new, with the same level, writing to w.
func (z *Writer) Reset(w io.Writer) { z.init(w, z.level) }

// writeBytes writes b after its length.
func (z *Writer) writeBytes(b []byte) error {
	if len(b) > 0xffff {
		return errors.New("gzip.Write: Extra data is too large")
	}
	binary.LittleEndian.PutUint16(z.buf[:2], uint16(len(b)))
	if _, err := z.w.Write(z.buf[:2]); err != nil {
		return err
	}
	_, err := z.w.Write(b)
	return err
}

// writeString writes s in Latin-1, and a zero.
func (z *Writer) writeString(s string) error {
	b := make([]byte, 0, len(s)+1)
	for _, c := range s {
		if c == 0 || c > 0xff {
			return errors.New("gzip.Write: non-Latin-1 header string")
		}
		b = append(b, byte(c))
	}
	_, err := z.w.Write(append(b, 0))
	return err
}

func (z *Writer) writeHeader() error {
	z.wroteHeader = true
	z.buf = [10]byte{0: id1, 1: id2, 2: methodDeflate}
	if z.Extra != nil {
		z.buf[3] |= flagExtra
	}
	if z.Name != "" {
		z.buf[3] |= flagName
	}
	if z.Comment != "" {
		z.buf[3] |= flagComment
	}
	if z.ModTime.After(time.Unix(0, 0)) {
		binary.LittleEndian.PutUint32(z.buf[4:8], uint32(z.ModTime.Unix()))
	}
	switch z.level {
	case BestCompression:
		z.buf[8] = 2
	case BestSpeed:
		z.buf[8] = 4
	}
	z.buf[9] = z.OS
	if _, err := z.w.Write(z.buf[:10]); err != nil {
		return err
	}
	if z.Extra != nil {
		if err := z.writeBytes(z.Extra); err != nil {
			return err
		}
	}
	if z.Name != "" {
		if err := z.writeString(z.Name); err != nil {
			return err
		}
	}
	if z.Comment != "" {
		if err := z.writeString(z.Comment); err != nil {
			return err
		}
	}
	if z.compressor == nil {
		z.compressor, _ = flate.NewWriter(z.w, z.level)
	}
	return nil
}

// Write compresses p, after the header if that was not written.  The output may come
// later.
func (z *Writer) Write(p []byte) (int, error) {
	if z.err != nil {
		return 0, z.err
	}
	if !z.wroteHeader {
		if z.err = z.writeHeader(); z.err != nil {
			return 0, z.err
		}
	}
	z.size += uint32(len(p))
	z.digest = crc32.Update(z.digest, crc32.IEEETable, p)
	var n int
	n, z.err = z.compressor.Write(p)
	return n, z.err
}

// Flush writes everything so far, so that a reader gets it.
func (z *Writer) Flush() error {
	if z.err != nil {
		return z.err
	}
	if z.closed {
		return nil
	}
	if !z.wroteHeader {
		z.Write(nil)
		if z.err != nil {
			return z.err
		}
	}
	z.err = z.compressor.Flush()
	return z.err
}

// Close writes what is left, and checksum and length.  It does not close what z writes
// to.
func (z *Writer) Close() error {
	if z.err != nil {
		return z.err
	}
	if z.closed {
		return nil
	}
	z.closed = true
	if !z.wroteHeader {
		z.Write(nil)
		if z.err != nil {
			return z.err
		}
	}
	if z.err = z.compressor.Close(); z.err != nil {
		return z.err
	}
	binary.LittleEndian.PutUint32(z.buf[:4], z.digest)
	binary.LittleEndian.PutUint32(z.buf[4:8], z.size)
	_, z.err = z.w.Write(z.buf[:8])
	return z.err
}
