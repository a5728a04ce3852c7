package time

import "errors"

// A Duration is a time span in nanoseconds.
type Duration int64

const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

const (
	minDuration Duration = -1 << 63
	maxDuration Duration = 1<<63 - 1
)

// String gives the duration like "72h3m0.5s"; less than a second in the unit ms, µs or ns that makes the first number
// not zero.
func (d Duration) String() string {
	var buf [32]byte
	i := len(buf)
	put := func(c byte) {
		i--
		buf[i] = c
	}
	u := uint64(d)
	if d < 0 {
		u = -u
	}
	// integer writes v in front.
	integer := func(v uint64) {
		for {
			put(byte('0' + v%10))
			if v /= 10; v == 0 {
				return
			}
		}
	}
	// fraction writes v/10^digits without trailing zeros and gives the whole part.
	fraction := func(v uint64, digits int) uint64 {
		started := false
		for range digits {
			digit := v % 10
			started = started || digit != 0
			if started {
				put(byte('0' + digit))
			}
			v /= 10
		}
		if started {
			put('.')
		}
		return v
	}
	put('s')
	if u < uint64(Second) {
		digits := 0
		switch {
		case u == 0:
			return "0s"
		case u < uint64(Microsecond):
			put('n')
		case u < uint64(Millisecond):
			digits = 3
			i -= len("µ")
			copy(buf[i:], "µ")
		default:
			digits = 6
			put('m')
		}
		integer(fraction(u, digits))
	} else {
		u = fraction(u, 9)
		integer(u % 60)
		if u /= 60; u > 0 {
			put('m')
			integer(u % 60)
			if u /= 60; u > 0 {
				put('h')
				integer(u)
			}
		}
	}
	if d < 0 {
		put('-')
	}
	return string(buf[i:])
}

// Nanoseconds, Microseconds and Milliseconds give the duration in whole units.
func (d Duration) Nanoseconds() int64  { return int64(d) }
func (d Duration) Microseconds() int64 { return int64(d) / 1e3 }
func (d Duration) Milliseconds() int64 { return int64(d) / 1e6 }

// Seconds, Minutes and Hours give the duration as a number of units.
func (d Duration) Seconds() float64 { return d.in(Second) }
func (d Duration) Minutes() float64 { return d.in(Minute) }
func (d Duration) Hours() float64   { return d.in(Hour) }

// in converts whole part and rest apart, which keeps whole units exact.
func (d Duration) in(unit Duration) float64 {
	return float64(d/unit) + float64(d%unit)/float64(unit)
}

// Truncate rounds d toward zero to a multiple of m; m <= 0 leaves it alone.
func (d Duration) Truncate(m Duration) Duration {
	if m <= 0 {
		return d
	}
	return d - d%m
}

// Round rounds d to the nearest multiple of m, halves away from zero; m <= 0 leaves it alone. If the result does not
// fit, the largest (or smallest) Duration is given.
func (d Duration) Round(m Duration) Duration {
	if m <= 0 {
		return d
	}
	rest := d % m
	if d < 0 {
		rest = -rest
		if lessThanHalf(rest, m) {
			return d + rest
		}
		if r := d - m + rest; r < d {
			return r
		}
		return minDuration
	}
	if lessThanHalf(rest, m) {
		return d - rest
	}
	if r := d + m - rest; r > d {
		return r
	}
	return maxDuration
}

func lessThanHalf(x, y Duration) bool { return uint64(x)+uint64(x) < uint64(y) }

// Abs gives the absolute value; of the smallest Duration, the largest.
func (d Duration) Abs() Duration {
	switch {
	case d >= 0:
		return d
	case d == minDuration:
		return maxDuration
	}
	return -d
}

var units = map[string]uint64{
	"ns": uint64(Nanosecond),
	"us": uint64(Microsecond),
	"µs": uint64(Microsecond), // U+00B5, micro sign
	"μs": uint64(Microsecond), // U+03BC, Greek mu
	"ms": uint64(Millisecond),
	"s":  uint64(Second),
	"m":  uint64(Minute),
	"h":  uint64(Hour),
}

// ParseDuration reads a duration: a sign, then decimal numbers with units, such as "-1.5h" or "2h45m". Units are ns,
// us (or µs), ms, s, m, h.
func ParseDuration(s string) (Duration, error) {
	orig := s
	invalid := func() (Duration, error) {
		return 0, errors.New("time: invalid duration " + quote(orig))
	}
	negative := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		negative = s[0] == '-'
		s = s[1:]
	}
	if s == "0" {
		return 0, nil
	}
	if s == "" {
		return invalid()
	}
	var total uint64
	for s != "" {
		// Digits, point, digits.
		whole, n, ok := leadingInt(s)
		if !ok {
			return invalid()
		}
		digits := n
		s = s[n:]
		fraction, scale := uint64(0), 1.0
		if s != "" && s[0] == '.' {
			s = s[1:]
			n := 0
			full := false
			for n < len(s) && isDigit(s[n]) {
				// Digits beyond the range add nothing.
				if !full {
					next := fraction*10 + uint64(s[n]-'0')
					if fraction > (1<<63-1)/10 || next > 1<<63 {
						full = true
					} else {
						fraction = next
						scale *= 10
					}
				}
				n++
			}
			digits += n
			s = s[n:]
		}
		if digits == 0 {
			return invalid()
		}
		n = 0
		for n < len(s) && s[n] != '.' && !isDigit(s[n]) {
			n++
		}
		if n == 0 {
			return 0, errors.New("time: missing unit in duration " + quote(orig))
		}
		name := s[:n]
		s = s[n:]
		unit, ok := units[name]
		if !ok {
			return 0, errors.New("time: unknown unit " + quote(name) + " in duration " + quote(orig))
		}
		if whole > 1<<63/unit {
			return invalid()
		}
		v := whole * unit
		if fraction > 0 {
			v += uint64(float64(fraction) * (float64(unit) / scale))
			if v > 1<<63 {
				return invalid()
			}
		}
		if total += v; total > 1<<63 {
			return invalid()
		}
	}
	if negative {
		return -Duration(total), nil
	}
	if total > 1<<63-1 {
		return invalid()
	}
	return Duration(total), nil
}

// leadingInt reads digits; ok is false if the number is beyond 1<<63.
func leadingInt(s string) (x uint64, n int, ok bool) {
	for ; n < len(s) && isDigit(s[n]); n++ {
		if x > 1<<63/10 {
			return 0, n, false
		}
		if x = x*10 + uint64(s[n]-'0'); x > 1<<63 {
			return 0, n, false
		}
	}
	return x, n, true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
