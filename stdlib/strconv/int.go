package strconv

// IntSize is the number of bits in an int or uint.
const IntSize = 32 << (^uint(0) >> 63)

const maxUint64 = 1<<64 - 1

// lower maps ASCII letters to lower case; other bytes become something that is no letter.
func lower(c byte) byte { return c | ('x' - 'X') }

// digitValue returns the value of the digit c in bases up to 36, or 255.
func digitValue(c byte) byte {
	if '0' <= c && c <= '9' {
		return c - '0'
	}
	if c = lower(c); 'a' <= c && c <= 'z' {
		return c - 'a' + 10
	}
	return 255
}

// ParseUint is [ParseInt] for unsigned numbers; there must be no sign.
func ParseUint(s string, base int, bitSize int) (uint64, error) {
	n, err := parseUint("ParseUint", s, s, base, bitSize)
	if err != nil {
		return n, err
	}
	return n, nil
}

// parseUint parses s and names fn and whole in its errors.
func parseUint(fn, whole, s string, base int, bitSize int) (uint64, *NumError) {
	if s == "" {
		return 0, syntaxError(fn, whole)
	}
	digits := s
	base0 := base == 0
	switch {
	case 2 <= base && base <= 36:
	case base0:
		base = 10
		if s[0] == '0' {
			base, digits = 8, s[1:]
			if len(s) >= 3 {
				switch lower(s[1]) {
				case 'b':
					base, digits = 2, s[2:]
				case 'o':
					digits = s[2:]
				case 'x':
					base, digits = 16, s[2:]
				}
			}
		}
	default:
		return 0, baseError(fn, whole, base)
	}
	if bitSize == 0 {
		bitSize = IntSize
	} else if bitSize < 0 || 64 < bitSize {
		return 0, bitSizeError(fn, whole, bitSize)
	}

	limit := uint64(maxUint64) >> (64 - uint(bitSize))
	cutoff := maxUint64/uint64(base) + 1 // n * base overflows from here on
	n := uint64(0)
	underscores := false
	for i := 0; i < len(digits); i++ {
		c := digits[i]
		if c == '_' && base0 {
			underscores = true
			continue
		}
		d := digitValue(c)
		if int(d) >= base {
			return 0, syntaxError(fn, whole)
		}
		if n >= cutoff {
			return limit, rangeError(fn, whole)
		}
		n *= uint64(base)
		sum := n + uint64(d)
		if sum < n || sum > limit {
			return limit, rangeError(fn, whole)
		}
		n = sum
	}
	if underscores && !underscoresOK(s) {
		return 0, syntaxError(fn, whole)
	}
	return n, nil
}

// ParseInt returns the integer that s stands for in the given base.
//
// s may begin with a sign.  Base 0 means that a prefix after the sign tells the
// base, 0b: 2, 0 or 0o: 8, 0x: 16, otherwise 10, and that underscores may
// separate digits as in Go.
//
// The value must fit an integer of bitSize bits, 0 for an int.
//
// Errors are of type *[NumError].  Its Err is [ErrSyntax], with value 0, if s
// is empty or has something that is no digit; [ErrRange] if the value does not
// fit, and then the value is the nearest that does.
func ParseInt(s string, base int, bitSize int) (i int64, err error) {
	return parseInt("ParseInt", s, base, bitSize)
}

func parseInt(fn, s string, base int, bitSize int) (int64, error) {
	digits, neg := s, false
	if s != "" && (s[0] == '+' || s[0] == '-') {
		neg = s[0] == '-'
		digits = s[1:]
	}
	n, err := parseUint(fn, s, digits, base, bitSize)
	if err != nil && err.Err != ErrRange {
		return 0, err
	}
	if bitSize == 0 {
		bitSize = IntSize
	}
	cutoff := uint64(1) << uint(bitSize-1)
	switch {
	case !neg && n >= cutoff:
		return int64(cutoff - 1), rangeError(fn, s)
	case neg && n > cutoff:
		return -int64(cutoff), rangeError(fn, s)
	case neg:
		return -int64(n), nil
	}
	return int64(n), nil
}

// Atoi is ParseInt(s, 10, 0) with an int as result.
func Atoi(s string) (int, error) {
	digits := s
	if s != "" && (s[0] == '+' || s[0] == '-') {
		digits = s[1:]
	}
	// Nine digits, or eighteen, cannot overflow.
	if const18 := IntSize / 32 * 9; len(digits) == 0 || len(digits) > const18 {
		n, err := parseInt("Atoi", s, 10, 0)
		return int(n), err
	}
	n := 0
	for i := 0; i < len(digits); i++ {
		d := digits[i] - '0'
		if d > 9 {
			return 0, syntaxError("Atoi", s)
		}
		n = n*10 + int(d)
	}
	if s[0] == '-' {
		n = -n
	}
	return n, nil
}

// underscoresOK reports whether every underscore in s is between digits, or
// between a base prefix and a digit.
func underscoresOK(s string) bool {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	prev := byte('!') // what was before: '0' a digit or prefix, '_' an underscore, '!' something else
	hex := false
	if len(s) >= 2 && s[0] == '0' {
		if c := lower(s[1]); c == 'b' || c == 'o' || c == 'x' {
			prev = '0'
			hex = c == 'x'
			s = s[2:]
		}
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case '0' <= c && c <= '9', hex && 'a' <= lower(c) && lower(c) <= 'f':
			prev = '0'
		case c == '_':
			if prev != '0' {
				return false
			}
			prev = '_'
		default:
			if prev == '_' {
				return false
			}
			prev = '!'
		}
	}
	return prev != '_'
}

const digitChars = "0123456789abcdefghijklmnopqrstuvwxyz"

// pairs has all numbers of two decimal digits, one after the other.
const pairs = "00010203040506070809" + "10111213141516171819" + "20212223242526272829" +
	"30313233343536373839" + "40414243444546474849" + "50515253545556575859" +
	"60616263646566676869" + "70717273747576777879" + "80818283848586878889" +
	"90919293949596979899"

// FormatUint returns i in the given base, from 2 to 36, with lower-case
// letters for digits from ten on.
func FormatUint(i uint64, base int) string {
	if base == 10 && i < 100 {
		return smallInt(int(i))
	}
	var buf [64 + 1]byte
	return string(buf[formatBits(&buf, i, base, false):])
}

// FormatInt returns i in the given base, from 2 to 36, with lower-case letters
// for digits from ten on.
func FormatInt(i int64, base int) string {
	if base == 10 && 0 <= i && i < 100 {
		return smallInt(int(i))
	}
	var buf [64 + 1]byte
	return string(buf[formatInt(&buf, i, base):])
}

// Itoa is FormatInt(int64(i), 10).
func Itoa(i int) string { return FormatInt(int64(i), 10) }

// AppendInt appends what [FormatInt] returns to dst.
func AppendInt(dst []byte, i int64, base int) []byte {
	if base == 10 && 0 <= i && i < 100 {
		return append(dst, smallInt(int(i))...)
	}
	var buf [64 + 1]byte
	return append(dst, buf[formatInt(&buf, i, base):]...)
}

// AppendUint appends what [FormatUint] returns to dst.
func AppendUint(dst []byte, i uint64, base int) []byte {
	if base == 10 && i < 100 {
		return append(dst, smallInt(int(i))...)
	}
	var buf [64 + 1]byte
	return append(dst, buf[formatBits(&buf, i, base, false):]...)
}

// smallInt formats 0 <= i < 100 without allocation.
func smallInt(i int) string {
	if i < 10 {
		return digitChars[i : i+1]
	}
	return pairs[i*2 : i*2+2]
}

func formatInt(buf *[64 + 1]byte, i int64, base int) int {
	if i < 0 {
		return formatBits(buf, -uint64(i), base, true)
	}
	return formatBits(buf, uint64(i), base, false)
}

// formatBits writes u, with a sign if neg, to the end of buf and returns where
// it begins.
func formatBits(buf *[64 + 1]byte, u uint64, base int, neg bool) int {
	if base < 2 || len(digitChars) < base {
		panic("strconv: illegal AppendInt/FormatInt base")
	}
	at := len(buf)
	switch {
	case base == 10:
		at = formatDecimal(buf[:], u)
	case base&(base-1) == 0:
		shift, mask := uint(1), uint64(base-1)
		for 1<<shift < base {
			shift++
		}
		for {
			at--
			buf[at] = digitChars[u&mask]
			u >>= shift
			if u == 0 {
				break
			}
		}
	default:
		b := uint64(base)
		for {
			at--
			q := u / b
			buf[at] = digitChars[u-q*b]
			u = q
			if u == 0 {
				break
			}
		}
	}
	if neg {
		at--
		buf[at] = '-'
	}
	return at
}

// formatDecimal writes u to the end of buf and returns where it begins.
func formatDecimal(buf []byte, u uint64) int {
	at := len(buf)
	for u >= 100 {
		q := u / 100
		r := (u - q*100) * 2
		u = q
		at -= 2
		buf[at] = pairs[r]
		buf[at+1] = pairs[r+1]
	}
	if u >= 10 {
		at--
		buf[at] = pairs[u*2+1]
		u /= 10
	}
	at--
	buf[at] = byte('0' + u)
	return at
}
