package netip

import (
	"cmp"
	"encoding/binary"
	"strconv"
)

// AddrPort is an address and a port.
type AddrPort struct {
	ip   Addr
	port uint16
}

// AddrPortFrom returns an AddrPort of ip and port.
func AddrPortFrom(ip Addr, port uint16) AddrPort { return AddrPort{ip, port} }

// Addr returns the address.
func (p AddrPort) Addr() Addr { return p.ip }

// Port returns the port.
func (p AddrPort) Port() uint16 { return p.port }

// IsValid tells whether the address is valid.  Every port is.
func (p AddrPort) IsValid() bool { return p.ip.IsValid() }

// Compare returns -1, 0 or +1 as p comes before, is equal to, or comes after p2, by
// address and then port.
func (p AddrPort) Compare(p2 AddrPort) int {
	if c := p.ip.Compare(p2.ip); c != 0 {
		return c
	}
	return cmp.Compare(p.port, p2.port)
}

// String returns "192.0.2.1:80" or "[2001:db8::1]:80"; "invalid AddrPort" without an
// address.
func (p AddrPort) String() string {
	if p.ip.isZero() {
		return "invalid AddrPort"
	}
	return string(p.AppendTo(nil))
}

// AppendTo appends p as [AddrPort.MarshalText] has it.
func (p AddrPort) AppendTo(b []byte) []byte {
	switch {
	case p.ip.isZero():
		return b
	case p.ip.Is4():
		b = p.ip.AppendTo(b)
	default:
		b = append(b, '[')
		b = p.ip.AppendTo(b)
		b = append(b, ']')
	}
	b = append(b, ':')
	return strconv.AppendUint(b, uint64(p.port), 10)
}

// AppendText implements encoding.TextAppender.
func (p AddrPort) AppendText(b []byte) ([]byte, error) { return p.AppendTo(b), nil }

// MarshalText implements encoding.TextMarshaler: what [AddrPort.String] returns, but
// nothing without an address.
func (p AddrPort) MarshalText() ([]byte, error) { return p.AppendTo([]byte{}), nil }

// UnmarshalText implements encoding.TextUnmarshaler: what [ParseAddrPort] accepts, and
// nothing for the zero AddrPort.
func (p *AddrPort) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = AddrPort{}
		return nil
	}
	var err error
	*p, err = ParseAddrPort(string(text))
	return err
}

// AppendBinary implements encoding.BinaryAppender.
func (p AddrPort) AppendBinary(b []byte) ([]byte, error) {
	b, err := p.ip.AppendBinary(b)
	if err != nil {
		return nil, err
	}
	return binary.LittleEndian.AppendUint16(b, p.port), nil
}

// MarshalBinary implements encoding.BinaryMarshaler: the address as
// [Addr.MarshalBinary] has it, and the port in two bytes, the lower one first.
func (p AddrPort) MarshalBinary() ([]byte, error) { return p.AppendBinary([]byte{}) }

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (p *AddrPort) UnmarshalBinary(b []byte) error {
	if len(b) < 2 {
		return errSize
	}
	var ip Addr
	if err := ip.UnmarshalBinary(b[:len(b)-2]); err != nil {
		return err
	}
	*p = AddrPort{ip, binary.LittleEndian.Uint16(b[len(b)-2:])}
	return nil
}
