package fmt

import (
	"errors"
	"io"
	"math"
	"os"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ScanState is what a Scanner reads from.
type ScanState interface {
	// ReadRune reads a character. It gives io.EOF after the newline in the Scanln functions, and at the width of the verb.
	ReadRune() (r rune, size int, err error)
	// UnreadRune takes back the last ReadRune.
	UnreadRune() error
	// SkipSpace reads over space, and newlines if they count as space.
	SkipSpace()
	// Token reads over space if skipSpace is set, and then the characters for which f is true (nil: those that are not
	// space). The result is good until the next call.
	Token(skipSpace bool, f func(rune) bool) (token []byte, err error)
	// Width gives the width, in characters, and whether it was set.
	Width() (wid int, ok bool)
	// Read is there because io.Reader has it; it fails.
	Read(buf []byte) (n int, err error)
}

// Scanner reads itself.
type Scanner interface {
	Scan(state ScanState, verb rune) error
}

// Scan reads values separated by space, also newlines, from standard input. It gives the number of values read; if that is
// less than len(a), err says why.
func Scan(a ...any) (n int, err error) { return Fscan(os.Stdin, a...) }

// Scanln is Scan that stops at a newline, which (or the end) must follow the last value.
func Scanln(a ...any) (n int, err error) { return Fscanln(os.Stdin, a...) }

// Scanf reads values from standard input as the format says; newlines must match those in the format.
func Scanf(format string, a ...any) (n int, err error) { return Fscanf(os.Stdin, format, a...) }

// Sscan, Sscanln and Sscanf read from a string.

func Sscan(str string, a ...any) (n int, err error) {
	return newScan(&stringRunes{s: str}, true, false).scan(a)
}

func Sscanln(str string, a ...any) (n int, err error) {
	return newScan(&stringRunes{s: str}, false, true).scan(a)
}

func Sscanf(str string, format string, a ...any) (n int, err error) {
	return newScan(&stringRunes{s: str}, false, false).scanf(format, a)
}

// Fscan, Fscanln and Fscanf read from a reader. If that is not an io.RuneScanner a character may be lost after the last
// value.

func Fscan(r io.Reader, a ...any) (n int, err error) {
	return newScan(runesOf(r), true, false).scan(a)
}

func Fscanln(r io.Reader, a ...any) (n int, err error) {
	return newScan(runesOf(r), false, true).scan(a)
}

func Fscanf(r io.Reader, format string, a ...any) (n int, err error) {
	return newScan(runesOf(r), false, false).scanf(format, a)
}

// stringRunes reads the characters of a string.
type stringRunes struct {
	s    string
	pos  int
	last int // size of the last one
}

func (r *stringRunes) ReadRune() (c rune, size int, err error) {
	if r.pos >= len(r.s) {
		r.last = 0
		return 0, 0, io.EOF
	}
	c, size = utf8.DecodeRuneInString(r.s[r.pos:])
	r.pos += size
	r.last = size
	return c, size, nil
}

func (r *stringRunes) UnreadRune() error {
	r.pos -= r.last
	r.last = 0
	return nil
}

// readerRunes reads characters byte by byte, so that nothing is read beyond them.
type readerRunes struct {
	r      io.Reader
	last   rune
	size   int
	unread bool
	ahead  []byte // bytes that were read but are not part of the last character
}

func runesOf(r io.Reader) io.RuneScanner {
	if rs, ok := r.(io.RuneScanner); ok {
		return rs
	}
	return &readerRunes{r: r}
}

func (r *readerRunes) readByte() (byte, error) {
	if len(r.ahead) > 0 {
		b := r.ahead[0]
		r.ahead = r.ahead[1:]
		return b, nil
	}
	var b [1]byte
	n, err := io.ReadFull(r.r, b[:])
	if n != 1 {
		return 0, err
	}
	return b[0], nil
}

func (r *readerRunes) ReadRune() (c rune, size int, err error) {
	if r.unread {
		r.unread = false
		return r.last, r.size, nil
	}
	b, err := r.readByte()
	if err != nil {
		return 0, 0, err
	}
	bytes := []byte{b}
	for !utf8.FullRune(bytes) {
		b, err := r.readByte()
		if err != nil {
			if err == io.EOF {
				break
			}
			return 0, 0, err
		}
		bytes = append(bytes, b)
	}
	c, size = utf8.DecodeRune(bytes)
	if size < len(bytes) {
		r.ahead = append(append([]byte(nil), bytes[size:]...), r.ahead...)
	}
	r.last, r.size = c, size
	return c, size, nil
}

func (r *readerRunes) UnreadRune() error {
	if r.unread {
		return errors.New("fmt: scanning called UnreadRune with no rune available")
	}
	r.unread = true
	return nil
}

const (
	eof     = -1
	hugeWid = 1 << 30
)

// scanner does one call of a scan function.
type scanner struct {
	rs        io.RuneScanner
	buf       []byte // the token
	count     int    // characters read
	atEOF     bool
	nlIsSpace bool
	nlIsEnd   bool
	limit     int // do not read beyond this count
	maxWid    int // width of the verb
}

func newScan(rs io.RuneScanner, nlIsSpace, nlIsEnd bool) *scanner {
	return &scanner{rs: rs, nlIsSpace: nlIsSpace, nlIsEnd: nlIsEnd, limit: hugeWid, maxWid: hugeWid}
}

// scanError is the panic of a scan that fails.
type scanError struct{ err error }

func (s *scanner) fail(err error)        { panic(scanError{err}) }
func (s *scanner) failString(err string) { panic(scanError{errors.New(err)}) }

// catch turns such a panic into an error; it is deferred.
func catch(err *error) {
	switch e := recover().(type) {
	case nil:
	case scanError:
		*err = e.err
	default:
		if e == io.EOF {
			*err = io.EOF
			return
		}
		panic(e)
	}
}

func (s *scanner) Read(buf []byte) (n int, err error) {
	return 0, errors.New("ScanState's Read should not be called. Use ReadRune")
}

func (s *scanner) ReadRune() (r rune, size int, err error) {
	if s.atEOF || s.count >= s.limit {
		return 0, 0, io.EOF
	}
	r, size, err = s.rs.ReadRune()
	switch {
	case err == nil:
		s.count++
		s.atEOF = s.nlIsEnd && r == '\n'
	case err == io.EOF:
		s.atEOF = true
	}
	return r, size, err
}

func (s *scanner) UnreadRune() error {
	s.rs.UnreadRune()
	s.atEOF = false
	s.count--
	return nil
}

func (s *scanner) Width() (wid int, ok bool) {
	if s.maxWid == hugeWid {
		return 0, false
	}
	return s.maxWid, true
}

// get reads a character; eof at the end.
func (s *scanner) get() rune {
	r, _, err := s.ReadRune()
	if err != nil {
		if err == io.EOF {
			return eof
		}
		s.fail(err)
	}
	return r
}

// must reads a character that has to be there.
func (s *scanner) must() rune {
	r := s.get()
	if r == eof {
		s.fail(io.ErrUnexpectedEOF)
	}
	return r
}

// notEOF ends the scan with io.EOF if there is nothing to read.
func (s *scanner) notEOF() {
	if s.get() == eof {
		panic(io.EOF)
	}
	s.UnreadRune()
}

func isSpace(r rune) bool  { return unicode.IsSpace(r) }
func notSpace(r rune) bool { return !unicode.IsSpace(r) }

func (s *scanner) SkipSpace() {
	for {
		switch r := s.get(); {
		case r == eof:
			return
		case r == '\r' && s.peek("\n"):
		case r == '\n':
			if !s.nlIsSpace {
				s.failString("unexpected newline")
			}
		case !isSpace(r):
			s.UnreadRune()
			return
		}
	}
}

func (s *scanner) Token(skipSpace bool, f func(rune) bool) (token []byte, err error) {
	defer catch(&err)
	if f == nil {
		f = notSpace
	}
	s.buf = s.buf[:0]
	return s.token(skipSpace, f), nil
}

func (s *scanner) token(skipSpace bool, f func(rune) bool) []byte {
	if skipSpace {
		s.SkipSpace()
	}
	for {
		r := s.get()
		if r == eof {
			break
		}
		if !f(r) {
			s.UnreadRune()
			break
		}
		s.buf = utf8.AppendRune(s.buf, r)
	}
	return s.buf
}

// take reads the next character and reports whether it is in set. With keep it goes to the token, or is put back if it is not in
// set; without keep it is gone either way.
func (s *scanner) take(set string, keep bool) bool {
	r := s.get()
	if r == eof {
		return false
	}
	if strings.ContainsRune(set, r) {
		if keep {
			s.buf = utf8.AppendRune(s.buf, r)
		}
		return true
	}
	if keep {
		s.UnreadRune()
	}
	return false
}

func (s *scanner) accept(set string) bool { return s.take(set, true) }

// acceptAll reads as many characters in set as there are.
func (s *scanner) acceptAll(set string) {
	for s.accept(set) {
	}
}

// peek reports whether the next character is in set.
func (s *scanner) peek(set string) bool {
	r := s.get()
	if r != eof {
		s.UnreadRune()
	}
	return r != eof && strings.ContainsRune(set, r)
}

// allowed complains about a verb that is not in verbs.
func (s *scanner) allowed(verb rune, verbs, typ string) {
	if !strings.ContainsRune(verbs, verb) {
		s.failString("bad verb '%" + string(verb) + "' for " + typ)
	}
}

const (
	signs      = "+-"
	binary     = "01"
	octal      = "01234567"
	decimal    = "0123456789"
	hexadec    = "0123456789aAbBcCdDeEfF"
	floatVerbs = "beEfFgGv"
)

func (s *scanner) bool(verb rune) bool {
	s.SkipSpace()
	s.notEOF()
	s.allowed(verb, "tv", "boolean")
	bad := func() { s.failString("syntax error scanning boolean") }
	switch s.get() {
	case '1':
		return true
	case 't', 'T':
		if s.accept("rR") && (!s.accept("uU") || !s.accept("eE")) {
			bad()
		}
		return true
	case 'f', 'F':
		if s.accept("aA") && (!s.accept("lL") || !s.accept("sS") || !s.accept("eE")) {
			bad()
		}
	}
	return false
}

// prefix reads the prefix of a number in Go's notation. The base for strconv is 0; digits are those that may follow;
// found tells whether the prefix is a number by itself.
func (s *scanner) prefix() (digits string, found bool) {
	if !s.peek("0") {
		return decimal + "_", false
	}
	s.accept("0")
	switch {
	case s.peek("bB"):
		s.accept("bB")
		return binary + "_", true
	case s.peek("oO"):
		s.accept("oO")
		return octal + "_", true
	case s.peek("xX"):
		s.accept("xX")
		return hexadec + "_", true
	}
	return octal + "_", true
}

// number reads the text of an integer, and gives its base.
func (s *scanner) number(verb rune, sign bool) (tok string, base int) {
	s.SkipSpace()
	s.notEOF()
	s.allowed(verb, "bdoUxXv", "integer")
	base = 10
	digits := decimal
	switch verb {
	case 'b':
		base, digits = 2, binary
	case 'o':
		base, digits = 8, octal
	case 'x', 'X', 'U':
		base, digits = 16, hexadec
	}
	found := false
	if verb == 'U' {
		if !s.take("U", false) || !s.take("+", false) {
			s.failString("bad unicode format ")
		}
	} else {
		if sign {
			s.accept(signs)
		}
		if verb == 'v' {
			base = 0
			digits, found = s.prefix()
		}
	}
	if !found {
		s.notEOF()
		if !s.accept(digits) {
			s.failString("expected integer")
		}
	}
	s.acceptAll(digits)
	return string(s.buf), base
}

// char reads one character as a number.
func (s *scanner) char(bits int) int64 {
	s.notEOF()
	r := s.get()
	if x := int64(r) << (64 - bits) >> (64 - bits); x != int64(r) {
		s.failString("overflow on character value " + string(r))
	}
	return int64(r)
}

func (s *scanner) int(verb rune, bits int) int64 {
	if verb == 'c' {
		return s.char(bits)
	}
	tok, base := s.number(verb, true)
	i, err := strconv.ParseInt(tok, base, 64)
	if err != nil {
		s.fail(err)
	}
	if i<<(64-bits)>>(64-bits) != i {
		s.failString("integer overflow on token " + tok)
	}
	return i
}

func (s *scanner) uint(verb rune, bits int) uint64 {
	if verb == 'c' {
		return uint64(s.char(bits))
	}
	tok, base := s.number(verb, false)
	i, err := strconv.ParseUint(tok, base, 64)
	if err != nil {
		s.fail(err)
	}
	if i<<(64-bits)>>(64-bits) != i {
		s.failString("unsigned integer overflow on token " + tok)
	}
	return i
}

// floatToken reads the text of a float.
func (s *scanner) floatToken() string {
	s.buf = s.buf[:0]
	if s.accept("nN") && s.accept("aA") && s.accept("nN") {
		return string(s.buf)
	}
	s.accept(signs)
	if s.accept("iI") && s.accept("nN") && s.accept("fF") {
		return string(s.buf)
	}
	digits, exponent := decimal+"_", "eEpP"
	if s.accept("0") && s.accept("xX") {
		digits, exponent = hexadec+"_", "pP"
	}
	s.acceptAll(digits)
	if s.accept(".") {
		s.acceptAll(digits)
	}
	if s.accept(exponent) {
		s.accept(signs)
		s.acceptAll(decimal + "_")
	}
	return string(s.buf)
}

func (s *scanner) parseFloat(str string, bits int) float64 {
	// A decimal mantissa with a binary exponent, as %b prints, is not a float for strconv.
	if p := strings.IndexByte(str, 'p'); p >= 0 && !strings.ContainsAny(str, "xX") {
		f, err := strconv.ParseFloat(str[:p], bits)
		if err != nil {
			if e, ok := err.(*strconv.NumError); ok {
				e.Num = str
			}
			s.fail(err)
		}
		m, err := strconv.Atoi(str[p+1:])
		if err != nil {
			if e, ok := err.(*strconv.NumError); ok {
				e.Num = str
			}
			s.fail(err)
		}
		return math.Ldexp(f, m)
	}
	f, err := strconv.ParseFloat(str, bits)
	if err != nil {
		s.fail(err)
	}
	return f
}

func (s *scanner) float(verb rune, bits int) float64 {
	s.allowed(verb, floatVerbs, "float"+strconv.Itoa(bits))
	s.SkipSpace()
	s.notEOF()
	return s.parseFloat(s.floatToken(), bits)
}

func (s *scanner) complex(verb rune, bits int) complex128 {
	s.allowed(verb, floatVerbs, "complex")
	s.SkipSpace()
	s.notEOF()
	bad := func() { s.failString("syntax error scanning complex number") }
	parens := s.accept("(")
	re := s.floatToken()
	s.buf = s.buf[:0]
	if !s.accept("+-") {
		bad()
	}
	sign := string(s.buf)
	im := s.floatToken()
	if !s.accept("i") {
		bad()
	}
	if parens && !s.accept(")") {
		bad()
	}
	return complex(s.parseFloat(re, bits/2), s.parseFloat(sign+im, bits/2))
}

func (s *scanner) string(verb rune) string {
	s.allowed(verb, "svqxX", "string")
	s.SkipSpace()
	s.notEOF()
	switch verb {
	case 'q':
		return s.quotedString()
	case 'x', 'X':
		return s.hexString()
	}
	return string(s.token(true, notSpace))
}

func (s *scanner) quotedString() string {
	s.notEOF()
	switch quote := s.get(); quote {
	case '`':
		for {
			r := s.must()
			if r == quote {
				return string(s.buf)
			}
			s.buf = utf8.AppendRune(s.buf, r)
		}
	case '"':
		s.buf = append(s.buf, '"')
		for {
			r := s.must()
			s.buf = utf8.AppendRune(s.buf, r)
			if r == '\\' {
				// What follows belongs to it, whatever it is.
				s.buf = utf8.AppendRune(s.buf, s.must())
			} else if r == '"' {
				break
			}
		}
		str, err := strconv.Unquote(string(s.buf))
		if err != nil {
			s.fail(err)
		}
		return str
	}
	s.failString("expected quoted string")
	return ""
}

func hexDigit(r rune) (int, bool) {
	switch {
	case '0' <= r && r <= '9':
		return int(r - '0'), true
	case 'a' <= r && r <= 'f':
		return int(r-'a') + 10, true
	case 'A' <= r && r <= 'F':
		return int(r-'A') + 10, true
	}
	return 0, false
}

func (s *scanner) hexString() string {
	s.notEOF()
	for {
		r := s.get()
		if r == eof {
			break
		}
		high, ok := hexDigit(r)
		if !ok {
			s.UnreadRune()
			break
		}
		low, ok := hexDigit(s.must())
		if !ok {
			s.failString("illegal hex digit")
		}
		s.buf = append(s.buf, byte(high<<4|low))
	}
	if len(s.buf) == 0 {
		s.failString("no hex data for %x string")
	}
	return string(s.buf)
}

// one reads the value for an operand.
func (s *scanner) one(verb rune, arg any) {
	s.buf = s.buf[:0]
	if v, ok := arg.(Scanner); ok {
		if err := v.Scan(s, verb); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			s.fail(err)
		}
		return
	}
	switch v := arg.(type) {
	case *bool:
		*v = s.bool(verb)
	case *int:
		*v = int(s.int(verb, strconv.IntSize))
	case *int8:
		*v = int8(s.int(verb, 8))
	case *int16:
		*v = int16(s.int(verb, 16))
	case *int32:
		*v = int32(s.int(verb, 32))
	case *int64:
		*v = s.int(verb, 64)
	case *uint:
		*v = uint(s.uint(verb, strconv.IntSize))
	case *uint8:
		*v = uint8(s.uint(verb, 8))
	case *uint16:
		*v = uint16(s.uint(verb, 16))
	case *uint32:
		*v = uint32(s.uint(verb, 32))
	case *uint64:
		*v = s.uint(verb, 64)
	case *uintptr:
		*v = uintptr(s.uint(verb, strconv.IntSize))
	case *float32:
		*v = float32(s.float(verb, 32))
	case *float64:
		*v = s.float(verb, 64)
	case *complex64:
		*v = complex64(s.complex(verb, 64))
	case *complex128:
		*v = s.complex(verb, 128)
	case *string:
		*v = s.string(verb)
	case *[]byte:
		// A copy, because the token's memory is used again.
		*v = []byte(s.string(verb))
	default:
		s.reflected(verb, reflect.ValueOf(arg))
	}
}

func (s *scanner) reflected(verb rune, ptr reflect.Value) {
	if ptr.Kind() != reflect.Pointer {
		s.failString("type not a pointer: " + ptr.Type().String())
	}
	switch v := ptr.Elem(); v.Kind() {
	case reflect.Bool:
		v.SetBool(s.bool(verb))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(s.int(verb, v.Type().Bits()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		v.SetUint(s.uint(verb, v.Type().Bits()))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(s.float(verb, v.Type().Bits()))
	case reflect.Complex64, reflect.Complex128:
		v.SetComplex(s.complex(verb, v.Type().Bits()))
	case reflect.String:
		v.SetString(s.string(verb))
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Uint8 {
			s.failString("can't scan type: " + ptr.Type().String())
		}
		str := s.string(verb)
		v.Set(reflect.MakeSlice(v.Type(), len(str), len(str)))
		for i := range len(str) {
			v.Index(i).SetUint(uint64(str[i]))
		}
	default:
		s.failString("can't scan type: " + ptr.Type().String())
	}
}

// scan reads the operands without a format.
func (s *scanner) scan(a []any) (n int, err error) {
	defer catch(&err)
	for _, arg := range a {
		s.one('v', arg)
		n++
	}
	if s.nlIsEnd {
		for {
			r := s.get()
			if r == '\n' || r == eof {
				break
			}
			if !isSpace(r) {
				s.failString("expected newline")
			}
		}
	}
	return n, nil
}

// literal reads what the format has up to its next percent sign, and gives the number of bytes of the format that were
// matched; ok is false if the input does not match.
func (s *scanner) literal(format string) (n int, ok bool) {
	for n < len(format) {
		c, size := utf8.DecodeRuneInString(format[n:])
		if c == '%' {
			if n+size == len(format) {
				s.failString("missing verb: % at end of format string")
			}
			if format[n+size] != '%' {
				return n, true
			}
			n += size // "%%" is a percent sign
		}
		if !isSpace(c) {
			if r := s.must(); r != c {
				s.UnreadRune()
				return n, false
			}
			n += size
			continue
		}
		// A run of space: how many newlines, and is there space after the last?
		newlines, spaceAfter := 0, false
		for n < len(format) {
			c, size := utf8.DecodeRuneInString(format[n:])
			if !isSpace(c) {
				break
			}
			if c == '\n' {
				newlines++
				spaceAfter = false
			} else {
				spaceAfter = true
			}
			n += size
		}
		for range newlines {
			r := s.get()
			for isSpace(r) && r != '\n' {
				r = s.get()
			}
			if r != '\n' && r != eof {
				s.failString("newline in format does not match input")
			}
		}
		if spaceAfter {
			r := s.get()
			if newlines == 0 {
				// Alone, it stands for at least one space.
				if !isSpace(r) && r != eof {
					s.failString("expected space in input to match format")
				}
				if r == '\n' {
					s.failString("newline in input does not match format")
				}
			}
			for isSpace(r) && r != '\n' {
				r = s.get()
			}
			if r != eof {
				s.UnreadRune()
			}
		}
	}
	return n, true
}

// scanf reads the operands by the format.
func (s *scanner) scanf(format string, a []any) (n int, err error) {
	defer catch(&err)
	for i := 0; i < len(format); {
		if m, ok := s.literal(format[i:]); ok {
			i += m
		} else if format[i] != '%' {
			s.failString("input does not match format")
		}
		if i >= len(format) {
			break
		}
		i++ // the percent sign
		wid, present, next := parsenum(format, i, len(format))
		i = next
		s.maxWid = hugeWid
		if present {
			s.maxWid = wid
		}
		verb, size := utf8.DecodeRuneInString(format[i:])
		i += size
		if verb != 'c' {
			s.SkipSpace()
		}
		if verb == '%' {
			s.SkipSpace()
			s.notEOF()
			if !s.accept("%") {
				s.failString("missing literal %")
			}
			continue
		}
		if n >= len(a) {
			s.failString("too few operands for format '%" + format[i-size:] + "'")
		}
		outer := s.limit
		s.limit = min(outer, s.count+s.maxWid)
		s.one(verb, a[n])
		s.limit = outer
		n++
	}
	if n < len(a) {
		s.failString("too many operands")
	}
	return n, nil
}
