// Package fmt formats values as text and reads values from text. Common types are handled directly; everything else
// goes through reflection.
package fmt

import (
	"internal/fmtsort"
	"io"
	"os"
	"reflect"
	"strconv"
	"sync"
	"unicode/utf8"
)

// State is what a Formatter gets: where to write, and the flags of the verb.
type State interface {
	Write(b []byte) (n int, err error)
	// Width and Precision give the numbers, and whether they were set.
	Width() (wid int, ok bool)
	Precision() (prec int, ok bool)
	// Flag reports whether the flag character c was there.
	Flag(c int) bool
}

// Formatter formats itself, for any verb.
type Formatter interface {
	Format(f State, verb rune)
}

// Stringer has a text of its own, used where a string is fine.
type Stringer interface {
	String() string
}

// GoStringer has a text of its own for %#v.
type GoStringer interface {
	GoString() string
}

// FormatString puts a directive together again from a Formatter's arguments.
func FormatString(state State, verb rune) string {
	b := []byte{'%'}
	for _, c := range " +-#0" {
		if state.Flag(int(c)) {
			b = append(b, byte(c))
		}
	}
	if w, ok := state.Width(); ok {
		b = strconv.AppendInt(b, int64(w), 10)
	}
	if p, ok := state.Precision(); ok {
		b = append(b, '.')
		b = strconv.AppendInt(b, int64(p), 10)
	}
	return string(utf8.AppendRune(b, verb))
}

// printer does one call of a print function.
type printer struct {
	formatter

	arg   any           // the operand, if it is not in value
	value reflect.Value // the operand, if it is known as a Value

	reordered   bool // an argument index was used
	goodIndex   bool // the last one was valid
	panicking   bool // printing the value of a panic in a method
	erroring    bool // printing a complaint: no methods are called
	wrapErrs    bool // %w is allowed
	wrappedErrs []int
}

var printers = sync.Pool{New: func() any { return new(printer) }}

func newPrinter() *printer {
	p := printers.Get().(*printer)
	p.flags = flags{}
	p.panicking, p.erroring, p.wrapErrs = false, false, false
	return p
}

// free gives p back. Large buffers are not kept: one long line should not pin memory for good.
func (p *printer) free() {
	if cap(p.buf) > 64<<10 {
		p.buf = nil
	} else {
		p.buf = p.buf[:0]
	}
	p.arg, p.value, p.wrappedErrs = nil, reflect.Value{}, nil
	printers.Put(p)
}

func (p *printer) Width() (wid int, ok bool)      { return p.wid, p.widPresent }
func (p *printer) Precision() (prec int, ok bool) { return p.prec, p.precPresent }

func (p *printer) Flag(c int) bool {
	switch c {
	case '-':
		return p.minus
	case '+':
		return p.plus || p.plusV
	case '#':
		return p.sharp || p.sharpV
	case ' ':
		return p.space
	case '0':
		return p.zero
	}
	return false
}

func (p *printer) Write(b []byte) (n int, err error) {
	p.buf = append(p.buf, b...)
	return len(b), nil
}

// WriteString makes io.WriteString fast.
func (p *printer) WriteString(s string) (n int, err error) {
	p.buf = append(p.buf, s...)
	return len(s), nil
}

// Fprintf formats by the format and writes to w.
func Fprintf(w io.Writer, format string, a ...any) (n int, err error) {
	p := newPrinter()
	p.printf(format, a)
	n, err = w.Write(p.buf)
	p.free()
	return n, err
}

// Printf formats by the format and writes to standard output.
func Printf(format string, a ...any) (n int, err error) {
	return Fprintf(os.Stdout, format, a...)
}

// Sprintf formats by the format.
func Sprintf(format string, a ...any) string {
	p := newPrinter()
	p.printf(format, a)
	s := string(p.buf)
	p.free()
	return s
}

// Appendf formats by the format and appends to b.
func Appendf(b []byte, format string, a ...any) []byte {
	p := newPrinter()
	p.printf(format, a)
	b = append(b, p.buf...)
	p.free()
	return b
}

// Fprint writes the operands in their default formats to w, with spaces between two that are not strings.
func Fprint(w io.Writer, a ...any) (n int, err error) {
	p := newPrinter()
	p.print(a)
	n, err = w.Write(p.buf)
	p.free()
	return n, err
}

// Print is Fprint to standard output.
func Print(a ...any) (n int, err error) {
	return Fprint(os.Stdout, a...)
}

// Sprint gives what Print writes.
func Sprint(a ...any) string {
	p := newPrinter()
	p.print(a)
	s := string(p.buf)
	p.free()
	return s
}

// Append appends what Print writes.
func Append(b []byte, a ...any) []byte {
	p := newPrinter()
	p.print(a)
	b = append(b, p.buf...)
	p.free()
	return b
}

// Fprintln writes the operands in their default formats to w, with spaces between them and a newline at the end.
func Fprintln(w io.Writer, a ...any) (n int, err error) {
	p := newPrinter()
	p.println(a)
	n, err = w.Write(p.buf)
	p.free()
	return n, err
}

// Println is Fprintln to standard output.
func Println(a ...any) (n int, err error) {
	return Fprintln(os.Stdout, a...)
}

// Sprintln gives what Println writes.
func Sprintln(a ...any) string {
	p := newPrinter()
	p.println(a)
	s := string(p.buf)
	p.free()
	return s
}

// Appendln appends what Println writes.
func Appendln(b []byte, a ...any) []byte {
	p := newPrinter()
	p.println(a)
	b = append(b, p.buf...)
	p.free()
	return b
}

func (p *printer) print(a []any) {
	wasString := false
	for i, arg := range a {
		isString := arg != nil && reflect.TypeOf(arg).Kind() == reflect.String
		if i > 0 && !isString && !wasString {
			p.byte(' ')
		}
		p.printArg(arg, 'v')
		wasString = isString
	}
}

func (p *printer) println(a []any) {
	for i, arg := range a {
		if i > 0 {
			p.byte(' ')
		}
		p.printArg(arg, 'v')
	}
	p.byte('\n')
}

// Widths and precisions beyond this are taken for mistakes.
const maxNumber = 1e6

// parsenum reads a decimal number at format[i:end]; ok is false if there is none or it is too large.
func parsenum(format string, i, end int) (n int, ok bool, next int) {
	for ; i < end && '0' <= format[i] && format[i] <= '9'; i++ {
		if n > maxNumber {
			return 0, false, end
		}
		n = n*10 + int(format[i]-'0')
		ok = true
	}
	return n, ok, i
}

// index reads an argument index "[n]" at format[i:], if there is one: the argument that comes next.
func (p *printer) index(argNum int, format string, i int, numArgs int) (nextArg, next int, found bool) {
	if i >= len(format) || format[i] != '[' {
		return argNum, i, false
	}
	p.reordered = true
	if len(format)-i < len("[n]") {
		p.goodIndex = false
		return argNum, i + 1, false
	}
	for end := i + 1; end < len(format); end++ {
		if format[end] != ']' {
			continue
		}
		n, ok, stop := parsenum(format, i+1, len(format))
		if !ok || stop != end {
			// Nonsense between the brackets.
			p.goodIndex = false
			return argNum, end + 1, false
		}
		if n--; n < 0 || n >= numArgs {
			p.goodIndex = false
			return argNum, end + 1, true
		}
		return n, end + 1, true
	}
	p.goodIndex = false
	return argNum, i + 1, false
}

// starArg takes a width or precision from the arguments.
func starArg(a []any, argNum int) (n int, ok bool, nextArg int) {
	if argNum >= len(a) {
		return 0, false, argNum
	}
	n, ok = a[argNum].(int)
	if !ok {
		switch v := reflect.ValueOf(a[argNum]); v.Kind() {
		case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
			if x := v.Int(); int64(int(x)) == x {
				n, ok = int(x), true
			}
		case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
			if x := v.Uint(); int64(x) >= 0 {
				n, ok = int(x), true
			}
		}
	}
	if n > maxNumber || n < -maxNumber {
		n, ok = 0, false
	}
	return n, ok, argNum + 1
}

func (p *printer) printf(format string, a []any) {
	argNum := 0
	p.reordered = false
directives:
	for i := 0; i < len(format); {
		p.goodIndex = true
		start := i
		for i < len(format) && format[i] != '%' {
			i++
		}
		p.str(format[start:i])
		if i >= len(format) {
			break
		}
		i++
		p.flags = flags{}
	flagChars:
		for ; i < len(format); i++ {
			switch c := format[i]; c {
			case '#':
				p.sharp = true
			case '0':
				p.zero = true
			case '+':
				p.plus = true
			case '-':
				p.minus = true
			case ' ':
				p.space = true
			default:
				// A plain verb needs no more parsing.
				if 'a' <= c && c <= 'z' && argNum < len(a) {
					p.verb(rune(c), a[argNum], argNum)
					argNum++
					i++
					continue directives
				}
				break flagChars
			}
		}

		var indexed bool
		argNum, i, indexed = p.index(argNum, format, i, len(a))
		if i < len(format) && format[i] == '*' {
			i++
			p.wid, p.widPresent, argNum = starArg(a, argNum)
			if !p.widPresent {
				p.str("%!(BADWIDTH)")
			}
			if p.wid < 0 {
				p.wid = -p.wid
				p.minus = true
				p.zero = false
			}
			indexed = false
		} else {
			p.wid, p.widPresent, i = parsenum(format, i, len(format))
			if indexed && p.widPresent {
				// "%[3]2d": the index must stand right before the verb or star.
				p.goodIndex = false
			}
		}
		if i+1 < len(format) && format[i] == '.' {
			i++
			if indexed {
				p.goodIndex = false
			}
			argNum, i, indexed = p.index(argNum, format, i, len(a))
			if i < len(format) && format[i] == '*' {
				i++
				p.prec, p.precPresent, argNum = starArg(a, argNum)
				if p.prec < 0 {
					p.prec = 0
					p.precPresent = false
				}
				if !p.precPresent {
					p.str("%!(BADPREC)")
				}
				indexed = false
			} else {
				p.prec, p.precPresent, i = parsenum(format, i, len(format))
				if !p.precPresent {
					p.prec = 0
					p.precPresent = true
				}
			}
		}
		if !indexed {
			argNum, i, _ = p.index(argNum, format, i, len(a))
		}
		if i >= len(format) {
			p.str("%!(NOVERB)")
			break
		}
		verb, size := rune(format[i]), 1
		if verb >= utf8.RuneSelf {
			verb, size = utf8.DecodeRuneInString(format[i:])
		}
		i += size
		switch {
		case verb == '%':
			p.byte('%')
		case !p.goodIndex:
			p.complain(verb, "BADINDEX")
		case argNum >= len(a):
			p.complain(verb, "MISSING")
		default:
			p.verb(verb, a[argNum], argNum)
			argNum++
		}
	}
	if !p.reordered && argNum < len(a) {
		p.flags = flags{}
		p.str("%!(EXTRA ")
		for i, arg := range a[argNum:] {
			if i > 0 {
				p.str(", ")
			}
			if arg == nil {
				p.str("<nil>")
			} else {
				p.str(reflect.TypeOf(arg).String())
				p.byte('=')
				p.printArg(arg, 'v')
			}
		}
		p.byte(')')
	}
}

// complain writes %!v(WHY).
func (p *printer) complain(verb rune, why string) {
	p.str("%!")
	p.rune(verb)
	p.byte('(')
	p.str(why)
	p.byte(')')
}

// verb prints arg with its flags set.
func (p *printer) verb(verb rune, arg any, argNum int) {
	switch verb {
	case 'w':
		p.wrappedErrs = append(p.wrappedErrs, argNum)
		fallthrough
	case 'v':
		p.sharpV, p.sharp = p.sharp, false
		p.plusV, p.plus = p.plus, false
	}
	p.printArg(arg, verb)
}

// badVerb complains that verb is not for the operand.
func (p *printer) badVerb(verb rune) {
	p.erroring = true
	p.str("%!")
	p.rune(verb)
	p.byte('(')
	switch {
	case p.arg != nil:
		p.str(reflect.TypeOf(p.arg).String())
		p.byte('=')
		p.printArg(p.arg, 'v')
	case p.value.IsValid():
		p.str(p.value.Type().String())
		p.byte('=')
		p.printValue(p.value, 'v', 0)
	default:
		p.str("<nil>")
	}
	p.byte(')')
	p.erroring = false
}

func (p *printer) printBool(v bool, verb rune) {
	switch verb {
	case 't', 'v':
		p.boolean(v)
	default:
		p.badVerb(verb)
	}
}

func (p *printer) printInteger(v uint64, signed bool, verb rune) {
	switch verb {
	case 'v':
		if p.sharpV && !signed {
			p.hex64(v, true)
		} else {
			p.integer(v, 10, signed, verb, lowerDigits)
		}
	case 'd':
		p.integer(v, 10, signed, verb, lowerDigits)
	case 'b':
		p.integer(v, 2, signed, verb, lowerDigits)
	case 'o', 'O':
		p.integer(v, 8, signed, verb, lowerDigits)
	case 'x':
		p.integer(v, 16, signed, verb, lowerDigits)
	case 'X':
		p.integer(v, 16, signed, verb, upperDigits)
	case 'c':
		p.char(v)
	case 'q':
		p.quotedChar(v)
	case 'U':
		p.unicode(v)
	default:
		p.badVerb(verb)
	}
}

func (p *printer) printFloat(v float64, size int, verb rune) {
	switch verb {
	case 'v':
		p.float(v, size, 'g', -1)
	case 'b', 'g', 'G', 'x', 'X':
		p.float(v, size, verb, -1)
	case 'f', 'e', 'E':
		p.float(v, size, verb, 6)
	case 'F':
		p.float(v, size, 'f', 6)
	default:
		p.badVerb(verb)
	}
}

func (p *printer) printComplex(v complex128, size int, verb rune) {
	switch verb {
	case 'v':
		p.complex(v, size, 'g', -1)
	case 'b', 'g', 'G', 'x', 'X':
		p.complex(v, size, verb, -1)
	case 'f', 'e', 'E':
		p.complex(v, size, verb, 6)
	case 'F':
		p.complex(v, size, 'f', 6)
	default:
		p.badVerb(verb)
	}
}

func (p *printer) printString(v string, verb rune) {
	switch verb {
	case 'v':
		if p.sharpV {
			p.quoted(v)
		} else {
			p.padString(p.truncate(v))
		}
	case 's':
		p.padString(p.truncate(v))
	case 'x':
		p.hexBytes(v, lowerDigits)
	case 'X':
		p.hexBytes(v, upperDigits)
	case 'q':
		p.quoted(v)
	default:
		p.badVerb(verb)
	}
}

// printBytes prints a byte slice (or array) of the named type.
func (p *printer) printBytes(v []byte, verb rune, typ string) {
	switch verb {
	case 'v', 'd':
		if p.sharpV {
			p.str(typ)
			if v == nil {
				p.str("(nil)")
				return
			}
			p.byte('{')
			for i, c := range v {
				if i > 0 {
					p.str(", ")
				}
				p.hex64(uint64(c), true)
			}
			p.byte('}')
			return
		}
		p.byte('[')
		for i, c := range v {
			if i > 0 {
				p.byte(' ')
			}
			p.integer(uint64(c), 10, false, verb, lowerDigits)
		}
		p.byte(']')
	case 's':
		p.padBytes(p.truncateBytes(v))
	case 'x':
		p.hexBytes(string(v), lowerDigits)
	case 'X':
		p.hexBytes(string(v), upperDigits)
	case 'q':
		p.quoted(string(v))
	default:
		p.printValue(reflect.ValueOf(v), verb, 0)
	}
}

func (p *printer) printPointer(v reflect.Value, verb rune) {
	var u uint64
	switch v.Kind() {
	case reflect.Chan, reflect.Func, reflect.Map, reflect.Pointer, reflect.Slice, reflect.UnsafePointer:
		u = uint64(v.Pointer())
	default:
		p.badVerb(verb)
		return
	}
	switch verb {
	case 'v':
		if p.sharpV {
			p.byte('(')
			p.str(v.Type().String())
			p.str(")(")
			if u == 0 {
				p.str("nil")
			} else {
				p.hex64(u, true)
			}
			p.byte(')')
		} else if u == 0 {
			p.padString("<nil>")
		} else {
			p.hex64(u, !p.sharp)
		}
	case 'p':
		p.hex64(u, !p.sharp)
	case 'b', 'o', 'd', 'x', 'X':
		p.printInteger(u, false, verb)
	default:
		p.badVerb(verb)
	}
}

// catchPanic is deferred around calls of the operand's methods.
func (p *printer) catchPanic(arg any, verb rune, method string) {
	err := recover()
	if err == nil {
		return
	}
	// A method of a nil pointer may well fail; that is not worth a complaint.
	if v := reflect.ValueOf(arg); v.Kind() == reflect.Pointer && v.IsNil() {
		p.str("<nil>")
		return
	}
	if p.panicking {
		// A panic while printing a panic.
		panic(err)
	}
	saved := p.flags
	p.flags = flags{}
	p.str("%!")
	p.rune(verb)
	p.str("(PANIC=")
	p.str(method)
	p.str(" method: ")
	p.panicking = true
	p.printArg(err, 'v')
	p.panicking = false
	p.byte(')')
	p.flags = saved
}

// callMethods lets the operand p.arg format itself, if it can; else it gives false.
func (p *printer) callMethods(verb rune) (handled bool) {
	if p.erroring {
		return false
	}
	if verb == 'w' {
		if _, ok := p.arg.(error); !ok || !p.wrapErrs {
			p.badVerb(verb)
			return true
		}
		verb = 'v'
	}
	if f, ok := p.arg.(Formatter); ok {
		handled = true // also if Format panics
		defer p.catchPanic(p.arg, verb, "Format")
		f.Format(p, verb)
		return true
	}
	if p.sharpV {
		if s, ok := p.arg.(GoStringer); ok {
			handled = true
			defer p.catchPanic(p.arg, verb, "GoString")
			p.padString(p.truncate(s.GoString()))
			return true
		}
		return false
	}
	switch verb {
	case 'v', 's', 'x', 'X', 'q':
		switch v := p.arg.(type) {
		case error:
			handled = true
			defer p.catchPanic(p.arg, verb, "Error")
			p.printString(v.Error(), verb)
			return true
		case Stringer:
			handled = true
			defer p.catchPanic(p.arg, verb, "String")
			p.printString(v.String(), verb)
			return true
		}
	}
	return false
}

func (p *printer) printArg(arg any, verb rune) {
	p.arg = arg
	p.value = reflect.Value{}
	if arg == nil {
		switch verb {
		case 'T', 'v':
			p.padString("<nil>")
		default:
			p.badVerb(verb)
		}
		return
	}
	switch verb {
	case 'T':
		p.printString(reflect.TypeOf(arg).String(), 's')
		return
	case 'p':
		p.printPointer(reflect.ValueOf(arg), 'p')
		return
	}
	switch v := arg.(type) {
	case bool:
		p.printBool(v, verb)
	case float32:
		p.printFloat(float64(v), 32, verb)
	case float64:
		p.printFloat(v, 64, verb)
	case complex64:
		p.printComplex(complex128(v), 64, verb)
	case complex128:
		p.printComplex(v, 128, verb)
	case int:
		p.printInteger(uint64(v), true, verb)
	case int8:
		p.printInteger(uint64(v), true, verb)
	case int16:
		p.printInteger(uint64(v), true, verb)
	case int32:
		p.printInteger(uint64(v), true, verb)
	case int64:
		p.printInteger(uint64(v), true, verb)
	case uint:
		p.printInteger(uint64(v), false, verb)
	case uint8:
		p.printInteger(uint64(v), false, verb)
	case uint16:
		p.printInteger(uint64(v), false, verb)
	case uint32:
		p.printInteger(uint64(v), false, verb)
	case uint64:
		p.printInteger(v, false, verb)
	case uintptr:
		p.printInteger(uint64(v), false, verb)
	case string:
		p.printString(v, verb)
	case []byte:
		p.printBytes(v, verb, "[]byte")
	case reflect.Value:
		// What the Value holds is printed; its methods count.
		if v.IsValid() && v.CanInterface() {
			p.arg = v.Interface()
			if p.callMethods(verb) {
				return
			}
		}
		p.printValue(v, verb, 0)
	default:
		if !p.callMethods(verb) {
			p.printValue(reflect.ValueOf(arg), verb, 0)
		}
	}
}

// printValue prints a value by its kind. depth is 0 for an operand, whose methods have been tried.
func (p *printer) printValue(v reflect.Value, verb rune, depth int) {
	if depth > 0 && v.IsValid() && v.CanInterface() {
		p.arg = v.Interface()
		if p.callMethods(verb) {
			return
		}
	}
	// From here on a complaint is about v, not about what contains it.
	p.arg, p.value = nil, v
	switch kind := v.Kind(); kind {
	case reflect.Invalid:
		if depth == 0 {
			p.str("<invalid reflect.Value>")
		} else if verb == 'v' {
			p.str("<nil>")
		} else {
			p.badVerb(verb)
		}
	case reflect.Bool:
		p.printBool(v.Bool(), verb)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		p.printInteger(uint64(v.Int()), true, verb)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		p.printInteger(v.Uint(), false, verb)
	case reflect.Float32:
		p.printFloat(v.Float(), 32, verb)
	case reflect.Float64:
		p.printFloat(v.Float(), 64, verb)
	case reflect.Complex64:
		p.printComplex(v.Complex(), 64, verb)
	case reflect.Complex128:
		p.printComplex(v.Complex(), 128, verb)
	case reflect.String:
		p.printString(v.String(), verb)
	case reflect.Map:
		if p.sharpV {
			p.str(v.Type().String())
			if v.IsNil() {
				p.str("(nil)")
				return
			}
			p.byte('{')
		} else {
			p.str("map[")
		}
		for i, entry := range fmtsort.Sort(v) {
			if i > 0 {
				p.separator()
			}
			p.printValue(entry.Key, verb, depth+1)
			p.byte(':')
			p.printValue(entry.Value, verb, depth+1)
		}
		if p.sharpV {
			p.byte('}')
		} else {
			p.byte(']')
		}
	case reflect.Struct:
		if p.sharpV {
			p.str(v.Type().String())
		}
		p.byte('{')
		for i := range v.NumField() {
			if i > 0 {
				p.separator()
			}
			if p.plusV || p.sharpV {
				if name := v.Type().Field(i).Name; name != "" {
					p.str(name)
					p.byte(':')
				}
			}
			field := v.Field(i)
			if field.Kind() == reflect.Interface && !field.IsNil() {
				field = field.Elem()
			}
			p.printValue(field, verb, depth+1)
		}
		p.byte('}')
	case reflect.Interface:
		if e := v.Elem(); e.IsValid() {
			p.printValue(e, verb, depth+1)
		} else if p.sharpV {
			p.str(v.Type().String())
			p.str("(nil)")
		} else {
			p.str("<nil>")
		}
	case reflect.Array, reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			switch verb {
			case 's', 'q', 'x', 'X':
				p.printBytes(bytesOf(v), verb, v.Type().String())
				return
			}
		}
		open, end := byte('['), byte(']')
		if p.sharpV {
			p.str(v.Type().String())
			if kind == reflect.Slice && v.IsNil() {
				p.str("(nil)")
				return
			}
			open, end = '{', '}'
		}
		p.byte(open)
		for i := range v.Len() {
			if i > 0 {
				p.separator()
			}
			p.printValue(v.Index(i), verb, depth+1)
		}
		p.byte(end)
	case reflect.Pointer:
		// A pointer to something composite prints as that, but only as an operand: no cycles.
		if depth == 0 && !v.IsNil() {
			switch e := v.Elem(); e.Kind() {
			case reflect.Array, reflect.Slice, reflect.Struct, reflect.Map:
				p.byte('&')
				p.printValue(e, verb, depth+1)
				return
			}
		}
		p.printPointer(v, verb)
	case reflect.Chan, reflect.Func, reflect.UnsafePointer:
		p.printPointer(v, verb)
	}
}

// separator stands between elements.
func (p *printer) separator() {
	if p.sharpV {
		p.str(", ")
	} else {
		p.byte(' ')
	}
}

// bytesOf gives the bytes of a slice or array of some byte type.
func bytesOf(v reflect.Value) []byte {
	if v.Kind() == reflect.Slice || v.CanAddr() {
		return v.Bytes()
	}
	b := make([]byte, v.Len())
	for i := range b {
		b[i] = byte(v.Index(i).Uint())
	}
	return b
}
