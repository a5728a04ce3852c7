// Package netip has IP addresses as small values that can be compared and be keys of
// maps: [Addr], and with a port [AddrPort], with a prefix length [Prefix].
package netip

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math/bits"
	"strings"
	"unique"
)

// A uint128 is a number of 128 bits.
type uint128 struct {
	hi, lo uint64
}

func (u uint128) isZero() bool { return u.hi|u.lo == 0 }

func (u uint128) and(m uint128) uint128 { return uint128{u.hi & m.hi, u.lo & m.lo} }

func (u uint128) xor(m uint128) uint128 { return uint128{u.hi ^ m.hi, u.lo ^ m.lo} }

func (u uint128) addOne() uint128 {
	lo, c := bits.Add64(u.lo, 1, 0)
	return uint128{u.hi + c, lo}
}

func (u uint128) subOne() uint128 {
	lo, c := bits.Sub64(u.lo, 1, 0)
	return uint128{u.hi - c, lo}
}

// mask6 returns a number whose highest n bits are set.
func mask6(n int) uint128 { return uint128{^(^uint64(0) >> n), ^uint64(0) << (128 - n)} }

// Addr is an IPv4 address, or an IPv6 address with or without a zone.  It can be
// compared with == and does not change.
//
// The zero value is no address: neither 0.0.0.0 nor ::.
type Addr struct {
	// The address; of an IPv4 one the IPv6 address that it is mapped to.
	addr uint128

	// Which kind of address it is, and its zone.  As handles are unique, two are
	// compared like pointers.
	z unique.Handle[addrDetail]
}

type addrDetail struct {
	isV6   bool
	zoneV6 string // of IPv6 addresses only
}

// The kinds without zone.
var (
	z0    unique.Handle[addrDetail]
	z4    = unique.Make(addrDetail{})
	z6noz = unique.Make(addrDetail{isV6: true})
)

// IPv6LinkLocalAllNodes returns ff02::1.
func IPv6LinkLocalAllNodes() Addr { return AddrFrom16([16]byte{0: 0xff, 1: 0x02, 15: 0x01}) }

// IPv6LinkLocalAllRouters returns ff02::2.
func IPv6LinkLocalAllRouters() Addr { return AddrFrom16([16]byte{0: 0xff, 1: 0x02, 15: 0x02}) }

// IPv6Loopback returns ::1.
func IPv6Loopback() Addr { return AddrFrom16([16]byte{15: 0x01}) }

// IPv6Unspecified returns ::.
func IPv6Unspecified() Addr { return Addr{z: z6noz} }

// IPv4Unspecified returns 0.0.0.0.
func IPv4Unspecified() Addr { return AddrFrom4([4]byte{}) }

// AddrFrom4 returns the IPv4 address of four bytes.
func AddrFrom4(addr [4]byte) Addr {
	return Addr{uint128{0, 0xffff00000000 | uint64(binary.BigEndian.Uint32(addr[:]))}, z4}
}

// AddrFrom16 returns the IPv6 address of 16 bytes, also if it is one that maps an IPv4
// address; see [Addr.Unmap].
func AddrFrom16(addr [16]byte) Addr {
	return Addr{uint128{binary.BigEndian.Uint64(addr[:8]), binary.BigEndian.Uint64(addr[8:])}, z6noz}
}

// AddrFromSlice returns the address of 4 or 16 bytes and true; for another number the
// zero Addr and false.
func AddrFromSlice(slice []byte) (ip Addr, ok bool) {
	switch len(slice) {
	case 4:
		return AddrFrom4([4]byte(slice)), true
	case 16:
		return AddrFrom16([16]byte(slice)), true
	}
	return Addr{}, false
}

// v4 returns byte i of an IPv4 address.
func (ip Addr) v4(i int) uint8 { return uint8(ip.addr.lo >> ((3 - i) * 8)) }

// v6u16 returns the group i of an IPv6 address.
func (ip Addr) v6u16(i int) uint16 {
	if i < 4 {
		return uint16(ip.addr.hi >> ((3 - i) * 16))
	}
	return uint16(ip.addr.lo >> ((7 - i) * 16))
}

// isZero reports whether ip is the zero Addr.
func (ip Addr) isZero() bool { return ip.z == z0 }

// IsValid tells whether ip is not the zero Addr.
func (ip Addr) IsValid() bool { return ip.z != z0 }

// BitLen returns the number of bits of ip: 32 for IPv4, 128 for IPv6, 0 for the zero
// Addr.
func (ip Addr) BitLen() int {
	switch ip.z {
	case z0:
		return 0
	case z4:
		return 32
	}
	return 128
}

// Zone returns the zone of an IPv6 address, if it has one.
func (ip Addr) Zone() string {
	if ip.z == z0 {
		return ""
	}
	return ip.z.Value().zoneV6
}

// Compare returns -1, 0 or +1 as ip comes before, is equal to, or comes after ip2; see
// [Addr.Less].
func (ip Addr) Compare(ip2 Addr) int {
	if c := cmp.Compare(ip.BitLen(), ip2.BitLen()); c != 0 {
		return c
	}
	if c := cmp.Compare(ip.addr.hi, ip2.addr.hi); c != 0 {
		return c
	}
	if c := cmp.Compare(ip.addr.lo, ip2.addr.lo); c != 0 {
		return c
	}
	if ip.Is6() {
		return cmp.Compare(ip.Zone(), ip2.Zone())
	}
	return 0
}

// Less tells whether ip comes before ip2: addresses are ordered by length, then value,
// then zone.
func (ip Addr) Less(ip2 Addr) bool { return ip.Compare(ip2) == -1 }

// Is4 tells whether ip is an IPv4 address, and not an IPv6 address that maps one.
func (ip Addr) Is4() bool { return ip.z == z4 }

// Is4In6 tells whether ip is an IPv6 address that maps an IPv4 address: one of
// ::ffff:0:0/96.
func (ip Addr) Is4In6() bool {
	return ip.Is6() && ip.addr.hi == 0 && ip.addr.lo>>32 == 0xffff
}

// Is6 tells whether ip is an IPv6 address.
func (ip Addr) Is6() bool { return ip.z != z0 && ip.z != z4 }

// Unmap returns the IPv4 address that ip maps, if it does, else ip.
func (ip Addr) Unmap() Addr {
	if ip.Is4In6() {
		ip.z = z4
	}
	return ip
}

// WithZone returns ip with another zone, without one if zone is empty.  IPv4 addresses
// are returned unchanged.
func (ip Addr) WithZone(zone string) Addr {
	if !ip.Is6() {
		return ip
	}
	if zone == "" {
		ip.z = z6noz
	} else {
		ip.z = unique.Make(addrDetail{true, zone})
	}
	return ip
}

func (ip Addr) withoutZone() Addr {
	if ip.Is6() {
		ip.z = z6noz
	}
	return ip
}

func (ip Addr) hasZone() bool { return ip.Is6() && ip.z != z6noz }

// IsLinkLocalUnicast tells whether ip is one of 169.254.0.0/16 or fe80::/10.
func (ip Addr) IsLinkLocalUnicast() bool {
	ip = ip.Unmap()
	if ip.Is4() {
		return ip.v4(0) == 169 && ip.v4(1) == 254
	}
	return ip.Is6() && ip.v6u16(0)&0xffc0 == 0xfe80
}

// IsLoopback tells whether ip is one of 127.0.0.0/8 or ::1.
func (ip Addr) IsLoopback() bool {
	ip = ip.Unmap()
	if ip.Is4() {
		return ip.v4(0) == 127
	}
	return ip.Is6() && ip.addr == uint128{0, 1}
}

// IsMulticast tells whether ip is one of 224.0.0.0/4 or ff00::/8.
func (ip Addr) IsMulticast() bool {
	ip = ip.Unmap()
	if ip.Is4() {
		return ip.v4(0)&0xf0 == 0xe0
	}
	return ip.Is6() && ip.addr.hi>>56 == 0xff
}

// IsInterfaceLocalMulticast tells whether ip is an IPv6 multicast address for the
// interface itself.
func (ip Addr) IsInterfaceLocalMulticast() bool {
	return ip.Is6() && !ip.Is4In6() && ip.v6u16(0)&0xff0f == 0xff01
}

// IsLinkLocalMulticast tells whether ip is one of 224.0.0.0/24, or an IPv6 multicast
// address for the link.
func (ip Addr) IsLinkLocalMulticast() bool {
	ip = ip.Unmap()
	if ip.Is4() {
		return ip.v4(0) == 224 && ip.v4(1) == 0 && ip.v4(2) == 0
	}
	return ip.Is6() && ip.v6u16(0)&0xff0f == 0xff02
}

// IsGlobalUnicast tells whether ip is for one host beyond the link: not unspecified,
// loopback, multicast, link-local or 255.255.255.255.  Private addresses count.
func (ip Addr) IsGlobalUnicast() bool {
	if ip.z == z0 {
		return false
	}
	ip = ip.Unmap()
	if ip.Is4() && uint32(ip.addr.lo) == 0xffffffff {
		return false
	}
	return ip != IPv4Unspecified() && ip != IPv6Unspecified() && !ip.IsLoopback() && !ip.IsMulticast() && !ip.IsLinkLocalUnicast()
}

// IsPrivate tells whether ip is one of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16
// (RFC 1918) or fc00::/7 (RFC 4193).  That says nothing about who can reach it.
func (ip Addr) IsPrivate() bool {
	ip = ip.Unmap()
	if ip.Is4() {
		return ip.v4(0) == 10 || ip.v4(0) == 172 && ip.v4(1)&0xf0 == 16 || ip.v4(0) == 192 && ip.v4(1) == 168
	}
	return ip.Is6() && ip.addr.hi>>57 == 0xfc>>1
}

// IsUnspecified tells whether ip is 0.0.0.0 or ::.
func (ip Addr) IsUnspecified() bool {
	return ip == IPv4Unspecified() || ip == IPv6Unspecified()
}

// Prefix returns the prefix of b bits that ip is in, all further bits 0.  It is an
// error if ip has fewer bits or b is negative.  For the zero Addr it is the zero Prefix.
func (ip Addr) Prefix(b int) (Prefix, error) {
	if b < 0 {
		return Prefix{}, errors.New("negative Prefix bits")
	}
	n := b
	switch ip.z {
	case z0:
		return Prefix{}, nil
	case z4:
		if b > 32 {
			return Prefix{}, errors.New("prefix length " + itoa(b) + " too large for IPv4")
		}
		n += 96
	default:
		if b > 128 {
			return Prefix{}, errors.New("prefix length " + itoa(b) + " too large for IPv6")
		}
	}
	ip.addr = ip.addr.and(mask6(n))
	return PrefixFrom(ip, b), nil
}

// As16 returns ip in 16 bytes, without its zone, an IPv4 address as the IPv6 address
// that it is mapped to.  For the zero Addr they are zeros.
func (ip Addr) As16() (a16 [16]byte) {
	binary.BigEndian.PutUint64(a16[:8], ip.addr.hi)
	binary.BigEndian.PutUint64(a16[8:], ip.addr.lo)
	return
}

// As4 returns an IPv4 address, or one that an IPv6 address maps, in 4 bytes.  It
// panics for others.
func (ip Addr) As4() (a4 [4]byte) {
	if ip.z == z4 || ip.Is4In6() {
		binary.BigEndian.PutUint32(a4[:], uint32(ip.addr.lo))
		return
	}
	if ip.z == z0 {
		panic("As4 called on IP zero value")
	}
	panic("As4 called on IPv6 address")
}

// AsSlice returns ip in 4 or 16 bytes; nil for the zero Addr.
func (ip Addr) AsSlice() []byte {
	switch ip.z {
	case z0:
		return nil
	case z4:
		b := ip.As4()
		return b[:]
	}
	b := ip.As16()
	return b[:]
}

// Next returns the address after ip; after the last one the zero Addr.
func (ip Addr) Next() Addr {
	ip.addr = ip.addr.addOne()
	if ip.Is4() && uint32(ip.addr.lo) == 0 || ip.addr.isZero() {
		return Addr{}
	}
	return ip
}

// Prev returns the address before ip; before the first one the zero Addr.
func (ip Addr) Prev() Addr {
	if ip.Is4() && uint32(ip.addr.lo) == 0 || ip.addr.isZero() {
		return Addr{}
	}
	ip.addr = ip.addr.subOne()
	return ip
}

// String returns ip as text: "192.0.2.1", "2001:db8::1", "::ffff:1.2.3.4" if it maps
// an IPv4 address, with "%" and the zone if there is one; "invalid IP" for the zero
// Addr.
func (ip Addr) String() string {
	if ip.z == z0 {
		return "invalid IP"
	}
	return string(ip.AppendTo(make([]byte, 0, len("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%enp5s0"))))
}

// AppendTo appends ip as [Addr.MarshalText] has it.
func (ip Addr) AppendTo(b []byte) []byte {
	switch {
	case ip.z == z0:
		return b
	case ip.z == z4:
		return ip.append4(b)
	case ip.Is4In6():
		b = append(b, "::ffff:"...)
		b = ip.append4(b)
	default:
		b = ip.append6(b)
	}
	return ip.appendZone(b)
}

func (ip Addr) appendZone(b []byte) []byte {
	if z := ip.Zone(); z != "" {
		b = append(b, '%')
		b = append(b, z...)
	}
	return b
}

func (ip Addr) append4(b []byte) []byte {
	for i := range 4 {
		if i > 0 {
			b = append(b, '.')
		}
		v := ip.v4(i)
		if v >= 100 {
			b = append(b, '0'+v/100)
		}
		if v >= 10 {
			b = append(b, '0'+v/10%10)
		}
		b = append(b, '0'+v%10)
	}
	return b
}

const hexDigits = "0123456789abcdef"

// append6 appends the groups, "::" for the first of the longest runs of at least two
// zero groups (RFC 5952).
func (ip Addr) append6(b []byte) []byte {
	start, end := 255, 255
	for i := 0; i < 8; i++ {
		j := i
		for j < 8 && ip.v6u16(j) == 0 {
			j++
		}
		if n := j - i; n >= 2 && n > end-start {
			start, end = i, j
		}
		i = max(i, j-1)
	}
	for i := 0; i < 8; i++ {
		if i == start {
			b = append(b, ':', ':')
			i = end
			if i >= 8 {
				break
			}
		} else if i > 0 {
			b = append(b, ':')
		}
		v := ip.v6u16(i)
		for s := max(0, (bits.Len16(v)-1)&^3); s >= 0; s -= 4 {
			b = append(b, hexDigits[v>>s&15])
		}
	}
	return b
}

// StringExpanded is [Addr.String], but with all digits of IPv6 addresses:
// "2001:0db8:0000:0000:0000:0000:0000:0001".
func (ip Addr) StringExpanded() string {
	if !ip.Is6() {
		return ip.String()
	}
	b := make([]byte, 0, 40)
	for i := range 8 {
		if i > 0 {
			b = append(b, ':')
		}
		v := ip.v6u16(i)
		b = append(b, hexDigits[v>>12], hexDigits[v>>8&15], hexDigits[v>>4&15], hexDigits[v&15])
	}
	return string(ip.appendZone(b))
}

// AppendText implements encoding.TextAppender.
func (ip Addr) AppendText(b []byte) ([]byte, error) { return ip.AppendTo(b), nil }

// MarshalText implements encoding.TextMarshaler: what [Addr.String] returns, but
// nothing for the zero Addr.
func (ip Addr) MarshalText() ([]byte, error) { return ip.AppendTo([]byte{}), nil }

// UnmarshalText implements encoding.TextUnmarshaler: what [ParseAddr] accepts, and
// nothing for the zero Addr.
func (ip *Addr) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*ip = Addr{}
		return nil
	}
	var err error
	*ip, err = ParseAddr(string(text))
	return err
}

// AppendBinary implements encoding.BinaryAppender.
func (ip Addr) AppendBinary(b []byte) ([]byte, error) {
	switch ip.z {
	case z0:
	case z4:
		b = binary.BigEndian.AppendUint32(b, uint32(ip.addr.lo))
	default:
		b = binary.BigEndian.AppendUint64(b, ip.addr.hi)
		b = binary.BigEndian.AppendUint64(b, ip.addr.lo)
		b = append(b, ip.Zone()...)
	}
	return b, nil
}

// MarshalBinary implements encoding.BinaryMarshaler: nothing for the zero Addr, 4 bytes
// for IPv4, 16 and the zone for IPv6.
func (ip Addr) MarshalBinary() ([]byte, error) { return ip.AppendBinary([]byte{}) }

var errSize = errors.New("unexpected slice size")

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (ip *Addr) UnmarshalBinary(b []byte) error {
	switch n := len(b); {
	case n == 0:
		*ip = Addr{}
	case n == 4:
		*ip = AddrFrom4([4]byte(b))
	case n >= 16:
		*ip = AddrFrom16([16]byte(b[:16])).WithZone(strings.Clone(string(b[16:])))
	default:
		return errSize
	}
	return nil
}
