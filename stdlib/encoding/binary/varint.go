package binary

import (
	"errors"
	"io"
)

// A varint is groups of seven bits, the lowest first; the top bit of a byte says
// that more follow.  Signed numbers are mapped to unsigned ones first, 0, -1, 1, -2,
// 2 … to 0, 1, 2, 3, 4 …

// The most bytes that numbers of some sizes take.
const (
	MaxVarintLen16 = 3
	MaxVarintLen32 = 5
	MaxVarintLen64 = 10
)

// AppendUvarint appends x as a varint to buf.
func AppendUvarint(buf []byte, x uint64) []byte {
	for x >= 0x80 {
		buf = append(buf, byte(x)|0x80)
		x >>= 7
	}
	return append(buf, byte(x))
}

// PutUvarint writes x as a varint to buf and returns its length.  It panics if
// buf is too short.
func PutUvarint(buf []byte, x uint64) int {
	i := 0
	for x >= 0x80 {
		buf[i] = byte(x) | 0x80
		x >>= 7
		i++
	}
	buf[i] = byte(x)
	return i + 1
}

// Uvarint returns the number that buf begins with and its length n.  n is 0 if
// buf is too short; if the number has more than 64 bits, n is negative, -n
// bytes having been read.  The number is 0 in both cases.
func Uvarint(buf []byte) (uint64, int) {
	var x uint64
	for i, b := range buf {
		if i == MaxVarintLen64 || i == MaxVarintLen64-1 && 1 < b && b < 0x80 {
			return 0, -(i + 1)
		}
		x |= uint64(b&0x7F) << uint(7*i)
		if b < 0x80 {
			return x, i + 1
		}
	}
	return 0, 0
}

func zigzag(x int64) uint64   { return uint64(x)<<1 ^ uint64(x>>63) }
func unzigzag(u uint64) int64 { return int64(u>>1) ^ -int64(u&1) }

// AppendVarint appends x as a signed varint to buf.
func AppendVarint(buf []byte, x int64) []byte { return AppendUvarint(buf, zigzag(x)) }

// PutVarint writes x as a signed varint to buf and returns its length.  It
// panics if buf is too short.
func PutVarint(buf []byte, x int64) int { return PutUvarint(buf, zigzag(x)) }

// Varint is [Uvarint] for signed numbers.
func Varint(buf []byte) (int64, int) {
	u, n := Uvarint(buf)
	return unzigzag(u), n
}

var errOverflow = errors.New("binary: varint overflows a 64-bit integer")

// ReadUvarint reads a varint.  The error is EOF only if there was nothing to
// read.
func ReadUvarint(r io.ByteReader) (uint64, error) {
	var x uint64
	for i := range MaxVarintLen64 {
		b, err := r.ReadByte()
		if err != nil {
			if i > 0 && err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return x, err
		}
		if i == MaxVarintLen64-1 && b > 1 && b < 0x80 {
			return x, errOverflow
		}
		if b < 0x80 {
			return x | uint64(b)<<uint(7*i), nil
		}
		x |= uint64(b&0x7F) << uint(7*i)
	}
	return x, errOverflow
}

// ReadVarint is [ReadUvarint] for signed numbers.
func ReadVarint(r io.ByteReader) (int64, error) {
	u, err := ReadUvarint(r)
	return unzigzag(u), err
}
