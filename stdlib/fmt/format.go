package fmt

import (
	"strconv"
	"unicode/utf8"
)

// flags are what stands between % and the verb.
type flags struct {
	wid, prec               int
	widPresent, precPresent bool
	minus, plus, sharp      bool
	space, zero             bool
	// %+v and %#v: + and # do not have their usual meaning then.
	plusV, sharpV bool
}

// formatter writes single values to buf as its flags say.
type formatter struct {
	flags
	buf []byte
}

const (
	lowerDigits = "0123456789abcdefx"
	upperDigits = "0123456789ABCDEFX"
)

func (f *formatter) str(s string)   { f.buf = append(f.buf, s...) }
func (f *formatter) byte(c byte)    { f.buf = append(f.buf, c) }
func (f *formatter) rune(r rune)    { f.buf = utf8.AppendRune(f.buf, r) }
func (f *formatter) bytes(b []byte) { f.buf = append(f.buf, b...) }

// fill writes n bytes of padding.
func (f *formatter) fill(n int) {
	c := byte(' ')
	if f.zero && !f.minus {
		c = '0'
	}
	for ; n > 0; n-- {
		f.buf = append(f.buf, c)
	}
}

// padded writes what write appends, filled up to the width. n is the number of characters of it.
func (f *formatter) padString(s string) {
	if !f.widPresent || f.wid == 0 {
		f.str(s)
		return
	}
	missing := f.wid - utf8.RuneCountInString(s)
	if !f.minus {
		f.fill(missing)
	}
	f.str(s)
	if f.minus {
		f.fill(missing)
	}
}

func (f *formatter) padBytes(b []byte) {
	if !f.widPresent || f.wid == 0 {
		f.bytes(b)
		return
	}
	missing := f.wid - utf8.RuneCount(b)
	if !f.minus {
		f.fill(missing)
	}
	f.bytes(b)
	if f.minus {
		f.fill(missing)
	}
}

func (f *formatter) boolean(v bool) {
	if v {
		f.padString("true")
	} else {
		f.padString("false")
	}
}

// integer writes an integer; u holds the bits of a signed one. verb 'O' and 'v' (with sharp, base 16) set prefixes.
func (f *formatter) integer(u uint64, base int, signed bool, verb rune, digits string) {
	negative := signed && int64(u) < 0
	if negative {
		u = -u
	}
	if !f.widPresent && !f.precPresent && base == 10 && !f.plus && !f.space {
		// The usual case needs no scratch space.
		if negative {
			f.byte('-')
		}
		f.buf = strconv.AppendUint(f.buf, u, 10)
		return
	}

	// Leading zeros come from a precision, or from a width with the 0 flag.
	least := 0
	if f.precPresent {
		least = f.prec
		if least == 0 && u == 0 {
			// No digits at all, blanks even with the 0 flag.
			zero := f.zero
			f.zero = false
			f.fill(f.wid)
			f.zero = zero
			return
		}
	} else if f.zero && !f.minus && f.widPresent {
		least = f.wid
		if negative || f.plus || f.space {
			least--
		}
	}

	// Digits are made from the right.
	var small [72]byte
	text := small[:]
	if n := least + 8; n > len(text) {
		text = make([]byte, n)
	}
	i := len(text)
	for {
		i--
		text[i] = digits[u%uint64(base)]
		u /= uint64(base)
		if u == 0 {
			break
		}
	}
	for i > 0 && least > len(text)-i {
		i--
		text[i] = '0'
	}
	put := func(c byte) {
		i--
		text[i] = c
	}
	if f.sharp {
		switch base {
		case 2:
			put('b')
			put('0')
		case 8:
			if text[i] != '0' {
				put('0')
			}
		case 16:
			put(digits[16])
			put('0')
		}
	}
	if verb == 'O' {
		put('o')
		put('0')
	}
	switch {
	case negative:
		put('-')
	case f.plus:
		put('+')
	case f.space:
		put(' ')
	}
	zero := f.zero
	f.zero = false // the zeros are there
	f.padBytes(text[i:])
	f.zero = zero
}

// hex64 writes v in hexadecimal, as pointers are written.
func (f *formatter) hex64(v uint64, prefix bool) {
	sharp := f.sharp
	f.sharp = prefix
	f.integer(v, 16, false, 'v', lowerDigits)
	f.sharp = sharp
}

// unicode writes a code point as U+0078, with sharp as U+0078 'x'.
func (f *formatter) unicode(u uint64) {
	least := 4
	if f.precPresent && f.prec > 4 {
		least = f.prec
	}
	text := []byte("U+")
	hex := make([]byte, 0, 16)
	for v := u; v > 0; v >>= 4 {
		hex = append(hex, upperDigits[v&15])
	}
	for n := len(hex); n < least; n++ {
		text = append(text, '0')
	}
	for i := len(hex) - 1; i >= 0; i-- {
		text = append(text, hex[i])
	}
	if f.sharp && u <= utf8.MaxRune && strconv.IsPrint(rune(u)) {
		text = append(text, " '"...)
		text = utf8.AppendRune(text, rune(u))
		text = append(text, '\'')
	}
	zero := f.zero
	f.zero = false
	f.padBytes(text)
	f.zero = zero
}

// truncate cuts a string to the precision, in characters.
func (f *formatter) truncate(s string) string {
	if f.precPresent {
		n := f.prec
		for i := range s {
			if n--; n < 0 {
				return s[:i]
			}
		}
	}
	return s
}

func (f *formatter) truncateBytes(b []byte) []byte {
	if f.precPresent {
		n := f.prec
		for i := 0; i < len(b); {
			if n--; n < 0 {
				return b[:i]
			}
			_, size := utf8.DecodeRune(b[i:])
			i += size
		}
	}
	return b
}

// hexBytes writes the bytes of s in hexadecimal; space separates them, sharp puts 0x in front.
func (f *formatter) hexBytes(s string, digits string) {
	if f.precPresent && f.prec < len(s) {
		s = s[:f.prec]
	}
	if len(s) == 0 {
		if f.widPresent {
			f.fill(f.wid)
		}
		return
	}
	n := 2 * len(s)
	switch {
	case f.space && f.sharp:
		n = 5*len(s) - 1
	case f.space:
		n = 3*len(s) - 1
	case f.sharp:
		n += 2
	}
	pad := f.widPresent && f.wid > n
	if pad && !f.minus {
		f.fill(f.wid - n)
	}
	for i := 0; i < len(s); i++ {
		if i > 0 && f.space {
			f.byte(' ')
		}
		if f.sharp && (i == 0 || f.space) {
			f.byte('0')
			f.byte(digits[16])
		}
		f.byte(digits[s[i]>>4])
		f.byte(digits[s[i]&15])
	}
	if pad && f.minus {
		f.fill(f.wid - n)
	}
}

// quoted writes s as a Go string: in backquotes with sharp if that is possible, in ASCII with plus.
func (f *formatter) quoted(s string) {
	s = f.truncate(s)
	switch {
	case f.sharp && strconv.CanBackquote(s):
		f.padString("`" + s + "`")
	case f.plus:
		f.padBytes(strconv.AppendQuoteToASCII(nil, s))
	default:
		f.padBytes(strconv.AppendQuote(nil, s))
	}
}

func toRune(c uint64) rune {
	if c > utf8.MaxRune {
		return utf8.RuneError
	}
	return rune(c)
}

func (f *formatter) char(c uint64) {
	var b [utf8.UTFMax]byte
	f.padBytes(utf8.AppendRune(b[:0], toRune(c)))
}

func (f *formatter) quotedChar(c uint64) {
	if f.plus {
		f.padBytes(strconv.AppendQuoteRuneToASCII(nil, toRune(c)))
	} else {
		f.padBytes(strconv.AppendQuoteRune(nil, toRune(c)))
	}
}

// float writes a number; prec is used if the format has no precision.
func (f *formatter) float(v float64, size int, verb rune, prec int) {
	if f.precPresent {
		prec = f.prec
	}
	var scratch [64]byte
	// num always has a sign.
	num := strconv.AppendFloat(append(scratch[:0], '+'), v, byte(verb), prec, size)
	if num[1] == '-' || num[1] == '+' {
		num = num[1:]
	}
	if f.space && num[0] == '+' && !f.plus {
		num[0] = ' '
	}
	if num[1] == 'I' || num[1] == 'N' {
		if num[1] == 'N' && !f.space && !f.plus {
			num = num[1:]
		}
		zero := f.zero
		f.zero = false
		f.padBytes(num)
		f.zero = zero
		return
	}
	if f.sharp && verb != 'b' {
		num = keepPoint(num, verb, prec)
	}
	if !f.plus && num[0] == '+' {
		f.padBytes(num[1:])
		return
	}
	if f.zero && !f.minus && f.widPresent && f.wid > len(num) {
		// The sign stands before the zeros.
		f.byte(num[0])
		f.fill(f.wid - len(num))
		f.bytes(num[1:])
		return
	}
	f.padBytes(num)
}

// keepPoint gives num (with sign) a decimal point, and for %g, which drops trailing zeros, as many significant digits
// as the precision says.
func keepPoint(num []byte, verb rune, prec int) []byte {
	end := len(num) // of the mantissa
	for i := 1; i < len(num); i++ {
		c := num[i] | 0x20
		if c == 'p' || c == 'e' && verb != 'x' && verb != 'X' {
			end = i
			break
		}
	}
	exponent := append([]byte(nil), num[end:]...)
	num = num[:end]
	significant, point := 0, false
	for _, c := range num[1:] {
		if c == '.' {
			point = true
		} else if c != '0' || significant > 0 {
			significant++
		}
	}
	want := 0
	switch verb {
	case 'v', 'g', 'G', 'x':
		if want = prec; want < 0 {
			want = 6
		}
	}
	if !point {
		if len(num) == 2 && num[1] == '0' {
			// The one digit of zero counts.
			significant = 1
		}
		num = append(num, '.')
	}
	for ; significant < want; significant++ {
		num = append(num, '0')
	}
	return append(num, exponent...)
}

// complex writes (1+2i).
func (f *formatter) complex(v complex128, size int, verb rune, prec int) {
	plus := f.plus
	f.byte('(')
	f.float(real(v), size/2, verb, prec)
	f.plus = true
	f.float(imag(v), size/2, verb, prec)
	f.str("i)")
	f.plus = plus
}
