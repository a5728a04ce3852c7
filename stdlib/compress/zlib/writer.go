package zlib

import (
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash"
	"hash/adler32"
	"io"
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
	w           io.Writer
	level       int
	dict        []byte
	compressor  *flate.Writer
	digest      hash.Hash32
	err         error
	buf         [4]byte
	wroteHeader bool
}

// NewWriter returns a writer that writes compressed data to w.  The caller closes it,
// with which the rest is written.
func NewWriter(w io.Writer) *Writer {
	z, _ := NewWriterLevelDict(w, DefaultCompression, nil)
	return z
}

// NewWriterLevel is [NewWriter] with the given level of compression.
func NewWriterLevel(w io.Writer, level int) (*Writer, error) {
	return NewWriterLevelDict(w, level, nil)
}

// NewWriterLevelDict is [NewWriterLevel] with a dictionary, unless that is nil, which
// must not be changed until the writer is closed.
func NewWriterLevelDict(w io.Writer, level int, dict []byte) (*Writer, error) {
	if level < HuffmanOnly || level > BestCompression {
		return nil, fmt.Errorf("zlib: invalid compression level: %d", level)
	}
	return &Writer{w: w, level: level, dict: dict}, nil
}

// Reset makes z as new, with the same level and dictionary, writing to w.
func (z *Writer) Reset(w io.Writer) {
	z.w = w
	if z.compressor != nil {
		z.compressor.Reset(w)
	}
	if z.digest != nil {
		z.digest.Reset()
	}
	z.err = nil
	z.buf = [4]byte{}
	z.wroteHeader = false
}

func (z *Writer) writeHeader() (err error) {
	z.wroteHeader = true
	// Method and window, then how hard the compressor works.
	z.buf[0] = 0x78
	switch z.level {
	case -2, 0, 1:
		z.buf[1] = 0 << 6
	case 2, 3, 4, 5:
		z.buf[1] = 1 << 6
	case 6, -1:
		z.buf[1] = 2 << 6
	default:
		z.buf[1] = 3 << 6
	}
	if z.dict != nil {
		z.buf[1] |= 1 << 5
	}
	z.buf[1] += uint8(31 - binary.BigEndian.Uint16(z.buf[:2])%31)
	if _, err = z.w.Write(z.buf[:2]); err != nil {
		return err
	}
	if z.dict != nil {
		binary.BigEndian.PutUint32(z.buf[:], adler32.Checksum(z.dict))
		if _, err = z.w.Write(z.buf[:4]); err != nil {
			return err
		}
	}
	if z.compressor == nil {
		if z.compressor, err = flate.NewWriterDict(z.w, z.level, z.dict); err != nil {
			return err
		}
		z.digest = adler32.New()
	}
	return nil
}

// Write compresses p.  The output may come later.
func (z *Writer) Write(p []byte) (n int, err error) {
	if !z.wroteHeader {
		z.err = z.writeHeader()
	}
	if z.err != nil {
		return 0, z.err
	}
	if len(p) == 0 {
		return 0, nil
	}
	n, err = z.compressor.Write(p)
	if err != nil {
		z.err = err
		return
	}
	z.digest.Write(p)
	return
}

// Flush writes everything so far, so that a reader gets it.
func (z *Writer) Flush() error {
	if !z.wroteHeader {
		z.err = z.writeHeader()
	}
	if z.err != nil {
		return z.err
	}
	z.err = z.compressor.Flush()
	return z.err
}

// Close writes what is left and the checksum.  It does not close what z writes to.
func (z *Writer) Close() error {
	if !z.wroteHeader {
		z.err = z.writeHeader()
	}
	if z.err != nil {
		return z.err
	}
	z.err = z.compressor.Close()
	if z.err != nil {
		return z.err
	}
	binary.BigEndian.PutUint32(z.buf[:], z.digest.Sum32())
	_, z.err = z.w.Write(z.buf[:4])
	return z.err
}
