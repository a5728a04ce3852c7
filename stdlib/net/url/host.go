package url

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// parseBracketed parses a host with a bracket, which is at open.
func parseBracketed(host string, open int) (string, error) {
	if open > 0 {
		return "", errors.New("invalid IP-literal")
	}
	end := strings.LastIndexByte(host, ']')
	if end < 0 {
		return "", errors.New("missing ']' in host")
	}
	if port := host[end+1:]; !isPort(port) {
		return "", fmt.Errorf("invalid port %q after host", port)
	}
	// The zone of an address has rules of its own.
	zone := strings.Index(host[:end], "%25")
	if zone < 0 {
		zone = end
	}
	var parts [3]string
	for i, part := range []struct {
		text string
		in   component
	}{{host[:zone], inHost}, {host[zone:end], inZone}, {host[end:], inHost}} {
		s, err := unescape(part.text, part.in)
		if err != nil {
			return "", err
		}
		parts[i] = s
	}
	decoded := parts[0] + parts[1] + parts[2]
	if err := checkAddress(decoded[1:strings.LastIndexByte(decoded, ']')]); err != nil {
		return "", err
	}
	return decoded, nil
}

// addressError says what is wrong with an IP address.
type addressError struct {
	in, message, at string
}

func (e addressError) Error() string {
	s := "ParseAddr(" + strconv.Quote(e.in) + "): " + e.message
	if e.at != "" {
		s += " (at " + strconv.Quote(e.at) + ")"
	}
	return s
}

// checkAddress checks that s is an IPv6 address. It does not need net/netip for that, and so all that this needs.
func checkAddress(s string) error {
	var err error
	i := strings.IndexAny(s, ".:%")
	switch {
	case i < 0:
		err = addressError{s, "unable to parse IP", ""}
	case s[i] == '.':
		if err = checkIPv4(s, s); err == nil {
			return errors.New("invalid IP-literal")
		}
	case s[i] == '%':
		err = addressError{s, "missing IPv6 address", ""}
	default:
		err = checkIPv6(s)
	}
	if err != nil {
		return fmt.Errorf("invalid host: %w", err)
	}
	return nil
}

func checkIPv4(in, s string) error {
	var value, digits, dots int
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			if digits == 1 && value == 0 {
				return addressError{in, "IPv4 field has octet with leading zero", ""}
			}
			value = value*10 + int(c-'0')
			digits++
			if value > 255 {
				return addressError{in, "IPv4 field has value >255", ""}
			}
		case c == '.':
			if digits == 0 || i == len(s)-1 {
				return addressError{in, "IPv4 field must have at least one digit", s[i:]}
			}
			if dots == 3 {
				return addressError{in, "IPv4 address too long", ""}
			}
			dots++
			value, digits = 0, 0
		default:
			return addressError{in, "unexpected character", s[i:]}
		}
	}
	if dots < 3 {
		return addressError{in, "IPv4 address too short", ""}
	}
	return nil
}

func checkIPv6(in string) error {
	s, zone, hasZone := strings.Cut(in, "%")
	if hasZone && zone == "" {
		return addressError{in, "zone must be a non-empty string", ""}
	}
	gap := false // there was a ::
	if strings.HasPrefix(s, "::") {
		gap = true
		s = s[2:]
		if s == "" {
			return nil
		}
	}
	fields := 0
	for fields < 8 {
		n := 0
		for n < len(s) {
			if _, ok := hexDigit(s[n]); !ok {
				break
			}
			if n > 3 {
				return addressError{in, "each group must have 4 or less digits", s}
			}
			n++
		}
		if n == 0 {
			return addressError{in, "each colon-separated field must have at least one digit", s}
		}
		if n < len(s) && s[n] == '.' {
			if !gap && fields != 6 {
				return addressError{in, "embedded IPv4 address must replace the final 2 fields of the address", s}
			}
			if fields > 6 {
				return addressError{in, "too many hex fields to fit an embedded IPv4 at the end of the address", s}
			}
			if err := checkIPv4(in, s); err != nil {
				return err
			}
			fields += 2
			s = ""
			break
		}
		fields++
		s = s[n:]
		if s == "" {
			break
		}
		if s[0] != ':' {
			return addressError{in, "unexpected character, want colon", s}
		}
		if len(s) == 1 {
			return addressError{in, "colon must be followed by more characters", s}
		}
		s = s[1:]
		if s[0] == ':' {
			if gap {
				return addressError{in, "multiple :: in address", s}
			}
			gap = true
			s = s[1:]
			if s == "" {
				break
			}
		}
	}
	switch {
	case s != "":
		return addressError{in, "trailing garbage after address", s}
	case fields < 8 && !gap:
		return addressError{in, "address string too short", ""}
	case fields == 8 && gap:
		return addressError{in, "the :: must expand to at least one field of zeros", ""}
	}
	return nil
}
