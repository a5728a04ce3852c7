// Package crc64 has the 64-bit cyclic redundancy check.  Polynomials are
// written with the lowest power in the highest bit, as the checksum shifts
// right.
package crc64

import (
	"errors"
	"hash"
	"sync"
)

// Size is the length of a checksum.
const Size = 8

// Polynomials.
const (
	ISO  = 0xD800000000000000 // ISO 3309, HDLC
	ECMA = 0xC96C5795D7870F42 // ECMA 182
)

// Table has, for each byte, what it adds to the checksum.
type Table [256]uint64

var (
	isoTable  = sync.OnceValue(func() *Table { return makeTable(ISO) })
	ecmaTable = sync.OnceValue(func() *Table { return makeTable(ECMA) })
)

// MakeTable returns the table of a polynomial.  It must not be changed.
func MakeTable(poly uint64) *Table {
	switch poly {
	case ISO:
		return isoTable()
	case ECMA:
		return ecmaTable()
	}
	return makeTable(poly)
}

func makeTable(poly uint64) *Table {
	t := new(Table)
	for i := range t {
		crc := uint64(i)
		for range 8 {
			low := crc & 1
			crc >>= 1
			if low != 0 {
				crc ^= poly
			}
		}
		t[i] = crc
	}
	return t
}

// slicing has tables for eight bytes at a time: the k-th is for a byte that k
// others follow (Kounavis and Berry, "slicing-by-8").
type slicing [8]Table

func makeSlicing(t *Table) *slicing {
	s := new(slicing)
	s[0] = *t
	for i := range t {
		crc := t[i]
		for k := 1; k < 8; k++ {
			crc = t[crc&0xFF] ^ crc>>8
			s[k][i] = crc
		}
	}
	return s
}

var (
	isoSlicing  = sync.OnceValue(func() *slicing { return makeSlicing(isoTable()) })
	ecmaSlicing = sync.OnceValue(func() *slicing { return makeSlicing(ecmaTable()) })
)

// slicingMin is from where eight bytes at a time are worth their tables.
const slicingMin = 64

// Update returns the checksum of what crc is the checksum of, followed by p.
func Update(crc uint64, tab *Table, p []byte) uint64 {
	crc = ^crc
	if len(p) >= slicingMin {
		var s *slicing
		switch {
		case *tab == *ecmaTable():
			s = ecmaSlicing()
		case *tab == *isoTable():
			s = isoSlicing()
		case len(p) >= 2048:
			s = makeSlicing(tab)
		}
		if s != nil {
			for len(p) >= 8 {
				crc ^= uint64(p[0]) | uint64(p[1])<<8 | uint64(p[2])<<16 | uint64(p[3])<<24 |
					uint64(p[4])<<32 | uint64(p[5])<<40 | uint64(p[6])<<48 | uint64(p[7])<<56
				crc = s[7][crc&0xFF] ^ s[6][crc>>8&0xFF] ^ s[5][crc>>16&0xFF] ^ s[4][crc>>24&0xFF] ^
					s[3][crc>>32&0xFF] ^ s[2][crc>>40&0xFF] ^ s[1][crc>>48&0xFF] ^ s[0][crc>>56]
				p = p[8:]
			}
		}
	}
	for _, c := range p {
		crc = tab[byte(crc)^c] ^ crc>>8
	}
	return ^crc
}

// Checksum returns the checksum of data.
func Checksum(data []byte, tab *Table) uint64 { return Update(0, tab, data) }

type digest struct {
	crc uint64
	tab *Table
}

// New returns a hash with the polynomial of tab.  It can save and restore its
// state, as package hash says.
func New(tab *Table) hash.Hash64 { return &digest{0, tab} }

func (d *digest) Size() int      { return Size }
func (d *digest) BlockSize() int { return 1 }
func (d *digest) Reset()         { d.crc = 0 }
func (d *digest) Sum64() uint64  { return d.crc }

func (d *digest) Write(p []byte) (n int, err error) {
	d.crc = Update(d.crc, d.tab, p)
	return len(p), nil
}

func appendUint64(b []byte, x uint64) []byte {
	return append(b, byte(x>>56), byte(x>>48), byte(x>>40), byte(x>>32), byte(x>>24), byte(x>>16), byte(x>>8), byte(x))
}

func (d *digest) Sum(in []byte) []byte { return appendUint64(in, d.crc) }

func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}

// A saved state is magic, the checksum of the table, and the checksum.
const (
	magic         = "crc\x02"
	marshaledSize = len(magic) + 8 + 8
)

// tableSum identifies a table.
func tableSum(t *Table) uint64 {
	var b []byte
	if t != nil {
		b = make([]byte, 0, len(t)*8)
		for _, x := range t {
			b = appendUint64(b, x)
		}
	}
	return Checksum(b, isoTable())
}

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, magic...)
	b = appendUint64(b, tableSum(d.tab))
	return appendUint64(b, d.crc), nil
}

func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, marshaledSize))
}

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return errors.New("hash/crc64: invalid hash state identifier")
	}
	if len(b) != marshaledSize {
		return errors.New("hash/crc64: invalid hash state size")
	}
	get := func(b []byte) uint64 {
		x := uint64(0)
		for _, c := range b[:8] {
			x = x<<8 | uint64(c)
		}
		return x
	}
	if get(b[4:]) != tableSum(d.tab) {
		return errors.New("hash/crc64: tables do not match")
	}
	d.crc = get(b[12:])
	return nil
}
