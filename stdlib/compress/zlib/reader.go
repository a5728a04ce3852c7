// Package zlib has the format of zlib (RFC 1950): DEFLATE with a short header and a
// checksum.
package zlib

import (
	"bufio"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash"
	"hash/adler32"
	"io"
)

const (
	methodDeflate = 8
	maxWindow     = 7 // 2**(8+7) bytes
)

var (
	// ErrChecksum is returned if the data have another checksum than the input tells.
	ErrChecksum = errors.New("zlib: invalid checksum")
	// ErrDictionary is returned if the data need another dictionary.
	ErrDictionary = errors.New("zlib: invalid dictionary")
	// ErrHeader is returned if the header is invalid.
	ErrHeader = errors.New("zlib: invalid header")
)

// A Resetter is a reader of this package that can be used again for other input.
type Resetter interface {
	// Reset makes it as new, with the reader and the dictionary given.
	Reset(r io.Reader, dict []byte) error
}

type reader struct {
	r            flate.Reader
	decompressor io.ReadCloser
	digest       hash.Hash32
	err          error
	buf          [4]byte
}

// NewReader returns a reader of the data that r has in compressed form.  If r is no
// io.ByteReader more may be read from it than belongs to the data.  The caller closes
// the reader, which is a [Resetter], too.
func NewReader(r io.Reader) (io.ReadCloser, error) { return NewReaderDict(r, nil) }

// NewReaderDict is [NewReader] with a dictionary, which is not used if the data need
// none; if they need another one the error is [ErrDictionary].
func NewReaderDict(r io.Reader, dict []byte) (io.ReadCloser, error) {
	z := new(reader)
	if err := z.Reset(r, dict); err != nil {
		return nil, err
	}
	return z, nil
}

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (z *reader) Reset(r io.Reader, dict []byte) error {
	*z = reader{decompressor: z.decompressor, digest: z.digest}
	if br, ok := r.(flate.Reader); ok {
		z.r = br
	} else {
		z.r = bufio.NewReader(r)
	}

	if _, z.err = io.ReadFull(z.r, z.buf[:2]); z.err != nil {
		z.err = noEOF(z.err)
		return z.err
	}
	if z.buf[0]&0x0f != methodDeflate || z.buf[0]>>4 > maxWindow || binary.BigEndian.Uint16(z.buf[:2])%31 != 0 {
		z.err = ErrHeader
		return z.err
	}
	haveDict := z.buf[1]&0x20 != 0
	if haveDict {
		if _, z.err = io.ReadFull(z.r, z.buf[:4]); z.err != nil {
			z.err = noEOF(z.err)
			return z.err
		}
		if binary.BigEndian.Uint32(z.buf[:4]) != adler32.Checksum(dict) {
			z.err = ErrDictionary
			return z.err
		}
	} else {
		dict = nil
	}
	if z.decompressor == nil {
		z.decompressor = flate.NewReaderDict(z.r, dict)
	} else {
		z.decompressor.(flate.Resetter).Reset(z.r, dict)
	}
	if z.digest == nil {
		z.digest = adler32.New()
	} else {
		z.digest.Reset()
	}
	return nil
}

func (z *reader) Read(p []byte) (int, error) {
	if z.err != nil {
		return 0, z.err
	}
	var n int
	n, z.err = z.decompressor.Read(p)
	z.digest.Write(p[:n])
	if z.err != io.EOF {
		return n, z.err
	}
	// The end: the checksum follows.
	if _, err := io.ReadFull(z.r, z.buf[:4]); err != nil {
		z.err = noEOF(err)
		return n, z.err
	}
	if binary.BigEndian.Uint32(z.buf[:4]) != z.digest.Sum32() {
		z.err = ErrChecksum
		return n, z.err
	}
	return n, io.EOF
}

// Close closes z, not what it reads from, and returns the error if there was one.
func (z *reader) Close() error {
	if z.err != nil && z.err != io.EOF {
		return z.err
	}
	z.err = z.decompressor.Close()
	return z.err
}
