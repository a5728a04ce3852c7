package netip

import (
	"cmp"
	"strconv"
)

// Prefix is a network: the addresses whose first bits are those of an address.
type Prefix struct {
	ip Addr // never with a zone

	// The number of bits and 1, so that the zero Prefix has none; 0 if invalid.
	bitsPlusOne uint8
}

// PrefixFrom returns the prefix of bits bits of ip, whose further bits are kept.  If ip
// has not so many bits the prefix is invalid and Bits returns -1.
func PrefixFrom(ip Addr, bits int) Prefix {
	p := Prefix{ip: ip.withoutZone()}
	if ip.IsValid() && 0 <= bits && bits <= ip.BitLen() {
		p.bitsPlusOne = uint8(bits) + 1
	}
	return p
}

// Addr returns the address.
func (p Prefix) Addr() Addr { return p.ip }

// Bits returns the number of bits, -1 if p is invalid.
func (p Prefix) Bits() int { return int(p.bitsPlusOne) - 1 }

// IsValid tells whether the number of bits is one that the address can have.  The zero
// Prefix is not valid.
func (p Prefix) IsValid() bool { return p.bitsPlusOne > 0 }

// IsSingleIP tells whether p has only one address.
func (p Prefix) IsSingleIP() bool { return p.IsValid() && p.Bits() == p.ip.BitLen() }

// Compare returns -1, 0 or +1 as p comes before, is equal to, or comes after p2: invalid
// ones come first, then they are ordered by the length of addresses, the address without
// the bits after the prefix, the number of bits, and the address with all bits.
func (p Prefix) Compare(p2 Prefix) int {
	if p.IsValid() != p2.IsValid() {
		if p.IsValid() {
			return 1
		}
		return -1
	}
	if c := cmp.Compare(p.ip.BitLen(), p2.ip.BitLen()); c != 0 {
		return c
	}
	if c := p.Masked().ip.Compare(p2.Masked().ip); c != 0 {
		return c
	}
	if c := cmp.Compare(p.Bits(), p2.Bits()); c != 0 {
		return c
	}
	return p.ip.Compare(p2.ip)
}

// Masked returns p with all bits after the prefix 0; if p is invalid the zero Prefix.
func (p Prefix) Masked() Prefix {
	m, _ := p.ip.Prefix(p.Bits())
	return m
}

// Contains tells whether p has the address ip, which must be of the same kind and
// without a zone.
func (p Prefix) Contains(ip Addr) bool {
	if !p.IsValid() || ip.hasZone() || p.ip.BitLen() != ip.BitLen() {
		return false
	}
	n := p.Bits()
	if ip.Is4() {
		n += 96
	}
	return p.ip.addr.xor(ip.addr).and(mask6(n)).isZero()
}

// Overlaps tells whether p and o, which must be of the same kind, have an address in
// common.
func (p Prefix) Overlaps(o Prefix) bool {
	if !p.IsValid() || !o.IsValid() || p.ip.BitLen() != o.ip.BitLen() {
		return false
	}
	n := min(p.Bits(), o.Bits())
	if p.ip.Is4() {
		n += 96
	}
	return p.ip.addr.xor(o.ip.addr).and(mask6(n)).isZero()
}

// String returns the address, "/" and the number of bits; "invalid Prefix" if p is
// invalid.
func (p Prefix) String() string {
	if !p.IsValid() {
		return "invalid Prefix"
	}
	return string(p.AppendTo(nil))
}

// AppendTo appends p as [Prefix.MarshalText] has it.
func (p Prefix) AppendTo(b []byte) []byte {
	if p == (Prefix{}) {
		return b
	}
	if !p.IsValid() {
		return append(b, "invalid Prefix"...)
	}
	b = p.ip.AppendTo(b)
	b = append(b, '/')
	return strconv.AppendInt(b, int64(p.Bits()), 10)
}

// AppendText implements encoding.TextAppender.
func (p Prefix) AppendText(b []byte) ([]byte, error) { return p.AppendTo(b), nil }

// MarshalText implements encoding.TextMarshaler: what [Prefix.String] returns, but
// nothing for the zero Prefix.
func (p Prefix) MarshalText() ([]byte, error) { return p.AppendTo([]byte{}), nil }

// UnmarshalText implements encoding.TextUnmarshaler: what [ParsePrefix] accepts, and
// nothing for the zero Prefix.
func (p *Prefix) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Prefix{}
		return nil
	}
	var err error
	*p, err = ParsePrefix(string(text))
	return err
}

// AppendBinary implements encoding.BinaryAppender.
func (p Prefix) AppendBinary(b []byte) ([]byte, error) {
	b, err := p.ip.AppendBinary(b)
	if err != nil {
		return nil, err
	}
	return append(b, uint8(p.Bits())), nil
}

// MarshalBinary implements encoding.BinaryMarshaler: the address as
// [Addr.MarshalBinary] has it, and the number of bits in a byte.
func (p Prefix) MarshalBinary() ([]byte, error) { return p.AppendBinary([]byte{}) }

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (p *Prefix) UnmarshalBinary(b []byte) error {
	if len(b) < 1 {
		return errSize
	}
	var ip Addr
	if err := ip.UnmarshalBinary(b[:len(b)-1]); err != nil {
		return err
	}
	*p = PrefixFrom(ip, int(b[len(b)-1]))
	return nil
}
