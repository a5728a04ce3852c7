package scanner

func isDecimal(ch rune) bool { return '0' <= ch && ch <= '9' }

func lower(ch rune) rune { return ch | ('x' - 'X') }

// digitValue returns 16 for what is not a digit.
func digitValue(ch rune) int {
	switch {
	case isDecimal(ch):
		return int(ch - '0')
	case 'a' <= lower(ch) && lower(ch) <= 'f':
		return int(lower(ch) - 'a' + 10)
	}
	return 16
}

// literal is a number being scanned.
type literal struct {
	base     int
	prefix   rune // x, o, b, 0 for an octal one without a letter, or none
	invalid  rune // first digit that is too large, if any
	anyDigit bool
	anySep   bool
}

func (l *literal) name() string {
	switch l.prefix {
	case 'x':
		return "hexadecimal literal"
	case 'o', '0':
		return "octal literal"
	case 'b':
		return "binary literal"
	}
	return "decimal literal"
}

// digits scans digits and separators. A decimal digit too large for the base is part of the number, so that there is one
// error, not two numbers. It reports whether there was a digit.
func (s *Scanner) digits(ch rune, base int, l *literal) (next rune, some bool) {
	for {
		switch {
		case ch == '_':
			l.anySep = true
		case isDecimal(ch):
			if int(ch-'0') >= base && l.invalid == 0 {
				l.invalid = ch
			}
			some, l.anyDigit = true, true
		case base == 16 && digitValue(ch) < 16:
			some, l.anyDigit = true, true
		default:
			return ch, some
		}
		ch = s.read()
	}
}

// number scans a number; ch is its first digit, or the one after the point.
func (s *Scanner) number(ch rune, point bool) (tok, next rune) {
	l := &literal{base: 10}
	if !point {
		tok = Int
		if ch == '0' {
			ch = s.read()
			switch lower(ch) {
			case 'x':
				l.base, l.prefix = 16, 'x'
			case 'o':
				l.base, l.prefix = 8, 'o'
			case 'b':
				l.base, l.prefix = 2, 'b'
			default:
				l.base, l.prefix, l.anyDigit = 8, '0', true
			}
			if l.prefix != '0' {
				ch = s.read()
			}
		}
		ch, _ = s.digits(ch, l.base, l)
		if ch == '.' && s.Mode&ScanFloats != 0 {
			ch = s.read()
			point = true
		}
	}
	if point {
		tok = Float
		if l.prefix == 'o' || l.prefix == 'b' {
			s.error("invalid radix point in " + l.name())
		}
		ch, _ = s.digits(ch, l.base, l)
	}
	if !l.anyDigit {
		s.error(l.name() + " has no digits")
	}
	if e := lower(ch); (e == 'e' || e == 'p') && s.Mode&ScanFloats != 0 {
		switch {
		case e == 'e' && l.prefix != 0 && l.prefix != '0':
			s.errorf("%q exponent requires decimal mantissa", ch)
		case e == 'p' && l.prefix != 'x':
			s.errorf("%q exponent requires hexadecimal mantissa", ch)
		}
		ch = s.read()
		tok = Float
		if ch == '+' || ch == '-' {
			ch = s.read()
		}
		var some bool
		if ch, some = s.digits(ch, 10, l); !some {
			s.error("exponent has no digits")
		}
	} else if l.prefix == 'x' && tok == Float {
		s.error("hexadecimal mantissa requires a 'p' exponent")
	}
	if tok == Int && l.invalid != 0 {
		s.errorf("invalid digit %q in %s", l.invalid, l.name())
	}
	if l.anySep {
		s.tokEnd = s.after - s.width
		if !separatorsFit(s.TokenText()) {
			s.error("'_' must separate successive digits")
		}
	}
	return tok, ch
}

// separatorsFit reports whether each _ in a number is between digits; a prefix such as 0x counts as one.
func separatorsFit(text string) bool {
	hex := false
	digit := false // the last character was a digit
	if len(text) >= 2 && text[0] == '0' {
		switch lower(rune(text[1])) {
		case 'x':
			hex = true
			fallthrough
		case 'o', 'b':
			digit = true
			text = text[2:]
		}
	}
	sep := false // the last character was a separator
	for _, ch := range text {
		switch {
		case ch == '_':
			if !digit {
				return false
			}
			digit, sep = false, true
		case isDecimal(ch) || hex && digitValue(ch) < 16:
			digit, sep = true, false
		default:
			if sep {
				return false
			}
			digit = false
		}
	}
	return !sep
}
