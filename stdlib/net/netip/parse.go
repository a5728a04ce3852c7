package netip

import (
	"errors"
	"strconv"
	"strings"
)

func itoa(i int) string { return strconv.Itoa(i) }

// A parseAddrError says why in is no address, and where: at is the rest from there.
type parseAddrError struct {
	in, msg, at string
}

func (err parseAddrError) Error() string {
	s := "ParseAddr(" + strconv.Quote(err.in) + "): " + err.msg
	if err.at != "" {
		s += " (at " + strconv.Quote(err.at) + ")"
	}
	return s
}

// MustParseAddr is [ParseAddr] for text known to be right: it panics on an error.
func MustParseAddr(s string) Addr {
	ip, err := ParseAddr(s)
	if err != nil {
		panic(err)
	}
	return ip
}

// ParseAddr returns the address that s is: "192.0.2.1", "2001:db8::68", or with a zone
// "fe80::1cc0:3e8c:119f:c2e1%ens18".
func ParseAddr(s string) (Addr, error) {
	for i := range len(s) {
		switch s[i] {
		case '.':
			return parseIPv4(s)
		case ':':
			return parseIPv6(s)
		case '%':
			// An address has a point or colon before its zone.
			return Addr{}, parseAddrError{in: s, msg: "missing IPv6 address"}
		}
	}
	return Addr{}, parseAddrError{in: s, msg: "unable to parse IP"}
}

// parseIPv4Fields sets fields to the four numbers of s, a part of in.
func parseIPv4Fields(in, s string, fields []byte) error {
	val, n, digits := 0, 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			if digits == 1 && val == 0 {
				return parseAddrError{in: in, msg: "IPv4 field has octet with leading zero"}
			}
			val = val*10 + int(c-'0')
			digits++
			if val > 255 {
				return parseAddrError{in: in, msg: "IPv4 field has value >255"}
			}
		case c == '.':
			if i == 0 || i == len(s)-1 || s[i-1] == '.' {
				return parseAddrError{in, "IPv4 field must have at least one digit", s[i:]}
			}
			if n == 3 {
				return parseAddrError{in: in, msg: "IPv4 address too long"}
			}
			fields[n] = byte(val)
			n++
			val, digits = 0, 0
		default:
			return parseAddrError{in, "unexpected character", s[i:]}
		}
	}
	if n < 3 {
		return parseAddrError{in: in, msg: "IPv4 address too short"}
	}
	fields[3] = byte(val)
	return nil
}

func parseIPv4(s string) (Addr, error) {
	var fields [4]byte
	if err := parseIPv4Fields(s, s, fields[:]); err != nil {
		return Addr{}, err
	}
	return AddrFrom4(fields), nil
}

func hexValue(c byte) (v uint32, ok bool) {
	switch {
	case '0' <= c && c <= '9':
		return uint32(c - '0'), true
	case 'a' <= c && c <= 'f':
		return uint32(c-'a') + 10, true
	case 'A' <= c && c <= 'F':
		return uint32(c-'A') + 10, true
	}
	return 0, false
}

func parseIPv6(in string) (Addr, error) {
	fail := func(msg, at string) (Addr, error) { return Addr{}, parseAddrError{in, msg, at} }
	s, zone, hasZone := strings.Cut(in, "%")
	if hasZone && zone == "" {
		return fail("zone must be a non-empty string", "")
	}

	var ip [16]byte
	gap := -1 // where "::" is
	if strings.HasPrefix(s, "::") {
		gap = 0
		s = s[2:]
		if s == "" {
			return IPv6Unspecified().WithZone(zone), nil
		}
	}
	i := 0
	for i < 16 {
		off := 0
		acc := uint32(0)
		for ; off < len(s); off++ {
			v, ok := hexValue(s[off])
			if !ok {
				break
			}
			if off > 3 {
				return fail("each group must have 4 or less digits", s)
			}
			acc = acc<<4 | v
		}
		if off == 0 {
			return fail("each colon-separated field must have at least one digit", s)
		}
		if off < len(s) && s[off] == '.' {
			// An IPv4 address in place of the last two groups.
			if gap < 0 && i != 12 {
				return fail("embedded IPv4 address must replace the final 2 fields of the address", s)
			}
			if i+4 > 16 {
				return fail("too many hex fields to fit an embedded IPv4 at the end of the address", s)
			}
			if err := parseIPv4Fields(in, s, ip[i:i+4]); err != nil {
				return Addr{}, err
			}
			s = ""
			i += 4
			break
		}
		ip[i], ip[i+1] = byte(acc>>8), byte(acc)
		i += 2
		s = s[off:]
		if s == "" {
			break
		}
		if s[0] != ':' {
			return fail("unexpected character, want colon", s)
		}
		if len(s) == 1 {
			return fail("colon must be followed by more characters", s)
		}
		s = s[1:]
		if s[0] == ':' {
			if gap >= 0 {
				return fail("multiple :: in address", s)
			}
			gap = i
			s = s[1:]
			if s == "" {
				break
			}
		}
	}
	if s != "" {
		return fail("trailing garbage after address", s)
	}
	if i < 16 {
		if gap < 0 {
			return fail("address string too short", "")
		}
		// What is after the gap moves to the end.
		n := copy(ip[16-(i-gap):], ip[gap:i])
		clear(ip[gap : 16-n])
	} else if gap >= 0 {
		return fail("the :: must expand to at least one field of zeros", "")
	}
	return AddrFrom16(ip).WithZone(zone), nil
}

// splitAddrPort splits s at its last colon and takes brackets away.
func splitAddrPort(s string) (ip, port string, v6 bool, err error) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 {
		return "", "", false, errors.New("not an ip:port")
	}
	ip, port = s[:i], s[i+1:]
	if ip == "" {
		return "", "", false, errors.New("no IP")
	}
	if port == "" {
		return "", "", false, errors.New("no port")
	}
	if ip[0] == '[' {
		if len(ip) < 2 || ip[len(ip)-1] != ']' {
			return "", "", false, errors.New("missing ]")
		}
		ip = ip[1 : len(ip)-1]
		v6 = true
	}
	return
}

// ParseAddrPort returns the address and port that s is: "192.0.2.1:80" or
// "[2001:db8::1]:80".  Both must be numbers.
func ParseAddrPort(s string) (AddrPort, error) {
	ip, port, v6, err := splitAddrPort(s)
	if err != nil {
		return AddrPort{}, err
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return AddrPort{}, errors.New("invalid port " + strconv.Quote(port) + " parsing " + strconv.Quote(s))
	}
	var p AddrPort
	p.port = uint16(n)
	p.ip, err = ParseAddr(ip)
	if err != nil {
		return AddrPort{}, err
	}
	if v6 && p.ip.Is4() {
		return AddrPort{}, errors.New("invalid ip:port " + strconv.Quote(s) + ", square brackets can only be used with IPv6 addresses")
	}
	if !v6 && p.ip.Is6() {
		return AddrPort{}, errors.New("invalid ip:port " + strconv.Quote(s) + ", IPv6 addresses must be surrounded by square brackets")
	}
	return p, nil
}

// MustParseAddrPort is [ParseAddrPort] for text known to be right: it panics on an
// error.
func MustParseAddrPort(s string) AddrPort {
	p, err := ParseAddrPort(s)
	if err != nil {
		panic(err)
	}
	return p
}

// A parsePrefixError says why in is no prefix.
type parsePrefixError struct {
	in, msg string
}

func (err parsePrefixError) Error() string {
	return "netip.ParsePrefix(" + strconv.Quote(err.in) + "): " + err.msg
}

// ParsePrefix returns the prefix that s is: "192.168.1.0/24" or "2001:db8::/32".  There
// must not be a zone.  Bits after the prefix are kept; see [Prefix.Masked].
func ParsePrefix(s string) (Prefix, error) {
	i := strings.LastIndexByte(s, '/')
	if i < 0 {
		return Prefix{}, parsePrefixError{s, "no '/'"}
	}
	ip, err := ParseAddr(s[:i])
	if err != nil {
		return Prefix{}, parsePrefixError{s, err.Error()}
	}
	if ip.hasZone() {
		return Prefix{}, parsePrefixError{s, "IPv6 zones cannot be present in a prefix"}
	}
	text := s[i+1:]
	// Neither signs nor leading zeros.
	if len(text) > 1 && (text[0] < '1' || text[0] > '9') {
		return Prefix{}, parsePrefixError{s, "bad bits after slash: " + strconv.Quote(text)}
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return Prefix{}, parsePrefixError{s, "bad bits after slash: " + strconv.Quote(text)}
	}
	if n < 0 || n > ip.BitLen() {
		return Prefix{}, parsePrefixError{s, "prefix length out of range"}
	}
	return PrefixFrom(ip, n), nil
}

// MustParsePrefix is [ParsePrefix] for text known to be right: it panics on an error.
func MustParsePrefix(s string) Prefix {
	p, err := ParsePrefix(s)
	if err != nil {
		panic(err)
	}
	return p
}
