// Package crc32 has the 32-bit cyclic redundancy check.  Polynomials are
// written with the lowest power in the highest bit, as the checksum shifts
// right.
package crc32

import (
	"errors"
	"hash"
	"sync"
)

// Size is the length of a checksum.
const Size = 4

// Polynomials.
const (
	IEEE       = 0xedb88320 // Ethernet, gzip, png and many more
	Castagnoli = 0x82f63b78 // iSCSI; better at finding errors
	Koopman    = 0xeb31d82e // better still
)

// Table has, for each byte, what it adds to the checksum.
type Table [256]uint32

// IEEETable is the table of [IEEE].
var IEEETable = simpleMakeTable(IEEE)

var castagnoliTable = sync.OnceValue(func() *Table { return simpleMakeTable(Castagnoli) })

// MakeTable returns the table of a polynomial.  It must not be changed.
func MakeTable(poly uint32) *Table {
	switch poly {
	case IEEE:
		return IEEETable
	case Castagnoli:
		return castagnoliTable()
	}
	return simpleMakeTable(poly)
}

func simpleMakeTable(poly uint32) *Table {
	t := new(Table)
	for i := range t {
		crc := uint32(i)
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

func slicingMakeTable(poly uint32) *slicing {
	s := new(slicing)
	s[0] = *simpleMakeTable(poly)
	for i, crc := range s[0] {
		for k := 1; k < 8; k++ {
			crc = s[0][crc&0xFF] ^ crc>>8
			s[k][i] = crc
		}
	}
	return s
}

var (
	ieeeSlicing       = sync.OnceValue(func() *slicing { return slicingMakeTable(IEEE) })
	castagnoliSlicing = sync.OnceValue(func() *slicing { return slicingMakeTable(Castagnoli) })
)

// slicingMin is from where eight bytes at a time are worth their tables.
const slicingMin = 16

// Update returns the checksum of what crc is the checksum of, followed by p.
func Update(crc uint32, tab *Table, p []byte) uint32 {
	if len(p) >= slicingMin {
		switch {
		case tab == IEEETable:
			return slicingUpdate(crc, ieeeSlicing(), p)
		case *tab == *castagnoliTable():
			return slicingUpdate(crc, castagnoliSlicing(), p)
		}
	}
	return simpleUpdate(crc, tab, p)
}

func simpleUpdate(crc uint32, tab *Table, p []byte) uint32 {
	crc = ^crc
	for _, c := range p {
		crc = tab[byte(crc)^c] ^ crc>>8
	}
	return ^crc
}

func slicingUpdate(crc uint32, s *slicing, p []byte) uint32 {
	crc = ^crc
	for len(p) >= 8 {
		crc ^= uint32(p[0]) | uint32(p[1])<<8 | uint32(p[2])<<16 | uint32(p[3])<<24
		crc = s[0][p[7]] ^ s[1][p[6]] ^ s[2][p[5]] ^ s[3][p[4]] ^
			s[4][crc>>24] ^ s[5][crc>>16&0xFF] ^ s[6][crc>>8&0xFF] ^ s[7][crc&0xFF]
		p = p[8:]
	}
	return simpleUpdate(^crc, &s[0], p)
}

// Checksum returns the checksum of data.
func Checksum(data []byte, tab *Table) uint32 { return Update(0, tab, data) }

// ChecksumIEEE returns the checksum of data with the polynomial [IEEE].
func ChecksumIEEE(data []byte) uint32 { return Update(0, IEEETable, data) }

type digest struct {
	crc uint32
	tab *Table
}

// New returns a hash with the polynomial of tab.  It can save and restore its
// state, as package hash says.
func New(tab *Table) hash.Hash32 { return &digest{0, tab} }

// NewIEEE is New(IEEETable).
func NewIEEE() hash.Hash32 { return New(IEEETable) }

func (d *digest) Size() int      { return Size }
func (d *digest) BlockSize() int { return 1 }
func (d *digest) Reset()         { d.crc = 0 }
func (d *digest) Sum32() uint32  { return d.crc }

func (d *digest) Write(p []byte) (n int, err error) {
	d.crc = Update(d.crc, d.tab, p)
	return len(p), nil
}

func appendUint32(b []byte, x uint32) []byte {
	return append(b, byte(x>>24), byte(x>>16), byte(x>>8), byte(x))
}

func (d *digest) Sum(in []byte) []byte { return appendUint32(in, d.crc) }

func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}

// A saved state is magic, the checksum of the table, and the checksum.
const (
	magic         = "crc\x01"
	marshaledSize = len(magic) + 4 + 4
)

// tableSum identifies a table.
func tableSum(t *Table) uint32 {
	var b []byte
	if t != nil {
		b = make([]byte, 0, len(t)*4)
		for _, x := range t {
			b = appendUint32(b, x)
		}
	}
	return ChecksumIEEE(b)
}

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, magic...)
	b = appendUint32(b, tableSum(d.tab))
	return appendUint32(b, d.crc), nil
}

func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, marshaledSize))
}

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return errors.New("hash/crc32: invalid hash state identifier")
	}
	if len(b) != marshaledSize {
		return errors.New("hash/crc32: invalid hash state size")
	}
	get := func(b []byte) uint32 {
		return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	}
	if get(b[4:]) != tableSum(d.tab) {
		return errors.New("hash/crc32: tables do not match")
	}
	d.crc = get(b[8:])
	return nil
}
