package strconv

// FormatComplex returns c as (a+bi), with both parts formatted by
// [FormatFloat].  bitSize, 64 or 128, is that of the complex type.
func FormatComplex(c complex128, fmt byte, prec, bitSize int) string {
	if bitSize != 64 && bitSize != 128 {
		panic("invalid bitSize")
	}
	bitSize /= 2
	b := append([]byte(nil), '(')
	b = AppendFloat(b, real(c), fmt, prec, bitSize)
	sign := len(b)
	b = AppendFloat(append(b, '+'), imag(c), fmt, prec, bitSize)
	if next := b[sign+1]; next == '+' || next == '-' {
		b = append(b[:sign], b[sign+1:]...) // it brings its own sign
	}
	return string(append(b, 'i', ')'))
}

// ParseComplex returns the number that s stands for: N, Ni or N±Ni, where N is
// what [ParseFloat] accepts, possibly in parentheses, without spaces.  bitSize
// is 64 or 128; with 64 the result can be converted to complex64 unchanged.
// Errors are of type *[NumError].  A part out of range is infinite, with Err
// [ErrRange].
func ParseComplex(s string, bitSize int) (complex128, error) {
	const fn = "ParseComplex"
	size := 64
	if bitSize == 64 {
		size = 32
	}
	whole := s
	if len(s) >= 2 && s[0] == '(' && s[len(s)-1] == ')' {
		s = s[1 : len(s)-1]
	}
	re, n, status := parseFloatPrefix(s, size)
	if status == badSyntax {
		return 0, syntaxError(fn, whole)
	}
	outOfRange := status == badRange
	result := func(c complex128) (complex128, error) {
		if outOfRange {
			return c, rangeError(fn, whole)
		}
		return c, nil
	}
	s = s[n:]
	switch {
	case s == "":
		return result(complex(re, 0))
	case s == "i":
		return result(complex(0, re))
	case s[0] == '+':
		// The sign between the parts may be the imaginary part's own; two are an error.
		if len(s) > 1 && s[1] != '+' {
			s = s[1:]
		}
	case s[0] != '-':
		return 0, syntaxError(fn, whole)
	}
	im, n, status := parseFloatPrefix(s, size)
	if status == badSyntax || s[n:] != "i" {
		return 0, syntaxError(fn, whole)
	}
	outOfRange = outOfRange || status == badRange
	return result(complex(re, im))
}
