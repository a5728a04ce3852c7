// Package gzip has the file format of gzip (RFC 1952): DEFLATE with a header and a
// checksum.
package gzip

import (
	"bufio"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"time"
)

// Flags of the header.
const (
	flagText    = 1 << 0
	flagHdrCrc  = 1 << 1
	flagExtra   = 1 << 2
	flagName    = 1 << 3
	flagComment = 1 << 4
)

const (
	id1, id2      = 0x1f, 0x8b
	methodDeflate = 8
)

var (
	// ErrChecksum is returned if the data have not the checksum or length that the
	// file tells.
	ErrChecksum = errors.New("gzip: invalid checksum")
	// ErrHeader is returned if a header is invalid.
	ErrHeader = errors.New("gzip: invalid header")
)

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// Header is what a file tells about itself.  The strings are stored in Latin-1 and
// end with a zero byte, so that they may have the characters U+0001 to U+00FF only.
type Header struct {
	Comment string    // a comment
	Extra   []byte    // data of the program's
	ModTime time.Time // when the original was changed last
	Name    string    // the name of the original
	OS      byte      // where it was compressed
}

// Reader reads decompressed data.
//
// A file may be several of them, one after the other: what is read is then all their
// data.  The header is that of the first.  Length and checksum of the data come at the
// end, so that they are right only once Read has returned [io.EOF], and not
// [ErrChecksum].
type Reader struct {
	Header       // valid after NewReader and Reset
	r            flate.Reader
	decompressor io.ReadCloser
	digest       uint32
	size         uint32
	buf          [512]byte
	err          error
	multistream  bool
}

// NewReader returns a reader of the file that r has.  If r is no io.ByteReader more may
// be read from it than belongs to the file.  The caller closes the reader.
func NewReader(r io.Reader) (*Reader, error) {
	z := new(Reader)
	if err := z.Reset(r); err != nil {
		return nil, err
	}
	return z, nil
}

// Reset makes z as new, reading from r.
func (z *Reader) Reset(r io.Reader) error {
	*z = Reader{decompressor: z.decompressor, multistream: true}
	if br, ok := r.(flate.Reader); ok {
		z.r = br
	} else {
		z.r = bufio.NewReader(r)
	}
	z.Header, z.err = z.readHeader()
	return z.err
}

// Multistream(false) makes Read return [io.EOF] at the end of one file, even if another
// one follows, which can then be read after z.Reset(r) and z.Multistream(false): r must
// be an io.ByteReader to be at the right place.  With true, as it is at first, files
// are joined.
func (z *Reader) Multistream(ok bool) { z.multistream = ok }

// readString reads a string in Latin-1 that ends with a zero.
func (z *Reader) readString() (string, error) {
	for i := range z.buf {
		c, err := z.r.ReadByte()
		if err != nil {
			return "", err
		}
		z.buf[i] = c
		if c != 0 {
			continue
		}
		z.digest = crc32.Update(z.digest, crc32.IEEETable, z.buf[:i+1])
		runes := make([]rune, i)
		for k, c := range z.buf[:i] {
			runes[k] = rune(c)
		}
		return string(runes), nil
	}
	return "", ErrHeader
}

// readHeader reads a header.  At the end of the input the error is io.EOF.
func (z *Reader) readHeader() (hdr Header, err error) {
	if _, err = io.ReadFull(z.r, z.buf[:10]); err != nil {
		return hdr, err
	}
	if z.buf[0] != id1 || z.buf[1] != id2 || z.buf[2] != methodDeflate {
		return hdr, ErrHeader
	}
	flags := z.buf[3]
	if t := int64(binary.LittleEndian.Uint32(z.buf[4:8])); t > 0 {
		hdr.ModTime = time.Unix(t, 0)
	}
	// Byte 8 tells how hard the compressor worked.
	hdr.OS = z.buf[9]
	z.digest = crc32.ChecksumIEEE(z.buf[:10])

	if flags&flagExtra != 0 {
		if _, err = io.ReadFull(z.r, z.buf[:2]); err != nil {
			return hdr, noEOF(err)
		}
		z.digest = crc32.Update(z.digest, crc32.IEEETable, z.buf[:2])
		data := make([]byte, binary.LittleEndian.Uint16(z.buf[:2]))
		if _, err = io.ReadFull(z.r, data); err != nil {
			return hdr, noEOF(err)
		}
		z.digest = crc32.Update(z.digest, crc32.IEEETable, data)
		hdr.Extra = data
	}
	if flags&flagName != 0 {
		if hdr.Name, err = z.readString(); err != nil {
			return hdr, noEOF(err)
		}
	}
	if flags&flagComment != 0 {
		if hdr.Comment, err = z.readString(); err != nil {
			return hdr, noEOF(err)
		}
	}
	if flags&flagHdrCrc != 0 {
		if _, err = io.ReadFull(z.r, z.buf[:2]); err != nil {
			return hdr, noEOF(err)
		}
		if binary.LittleEndian.Uint16(z.buf[:2]) != uint16(z.digest) {
			return hdr, ErrHeader
		}
	}
	z.digest = 0
	if z.decompressor == nil {
		z.decompressor = flate.NewReader(z.r)
	} else {
		z.decompressor.(flate.Resetter).Reset(z.r, nil)
	}
	return hdr, nil
}

// Read reads decompressed data.
func (z *Reader) Read(p []byte) (n int, err error) {
	if z.err != nil {
		return 0, z.err
	}
	for n == 0 {
		n, z.err = z.decompressor.Read(p)
		z.digest = crc32.Update(z.digest, crc32.IEEETable, p[:n])
		z.size += uint32(n)
		if z.err != io.EOF {
			return n, z.err // more to come, or an error
		}

		if _, err := io.ReadFull(z.r, z.buf[:8]); err != nil {
			z.err = noEOF(err)
			return n, z.err
		}
		if binary.LittleEndian.Uint32(z.buf[:4]) != z.digest || binary.LittleEndian.Uint32(z.buf[4:8]) != z.size {
			z.err = ErrChecksum
			return n, z.err
		}
		z.digest, z.size = 0, 0

		if !z.multistream {
			return n, io.EOF
		}
		z.err = nil
		if _, z.err = z.readHeader(); z.err != nil {
			return n, z.err
		}
	}
	return n, nil
}

// Close closes z, not what it reads from.  It does not check the checksum.
func (z *Reader) Close() error { return z.decompressor.Close() }
