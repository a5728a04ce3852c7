package json

import (
	"encoding"
	"encoding/base64"
	"encoding/json/internal/jsonwire"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unsafe"
)

// Unmarshal decodes the JSON text data into what v points to.
//
// The text is checked first: if it is not JSON, Unmarshal returns a
// *SyntaxError and changes nothing. What does not fit the Go types is left
// out, and the first such error is returned at the end, in most cases as an
// *UnmarshalTypeError.
//
// Types with a method UnmarshalJSON decode themselves, as do from strings
// those with UnmarshalText. Pointers are set to new values where they are nil;
// null sets pointers, interfaces, maps and slices to nil and changes nothing
// else. Objects go into structs (names match exactly or else without regard to
// case; the rest is ignored) and into maps; arrays into slices and arrays;
// into an empty interface go bool, float64, string, []any, map[string]any and
// nil. Slices reuse the elements they have, maps keep their entries.
func Unmarshal(data []byte, v any) error {
	d := decoder{data: data}
	rv, err := d.target(v)
	if err != nil {
		return err
	}
	if err := checkValid(data); err != nil {
		return err
	}
	d.start = jsonwire.SkipSpace(data, 0)
	d.pos = d.start
	return d.run(rv)
}

// checkValid returns the *SyntaxError of a text that is not JSON.
func checkValid(data []byte) error {
	if err := jsonwire.Check(data, false); err != nil {
		return syntaxError(err)
	}
	return nil
}

// A decoder reads one value, whose text is known to be right.
type decoder struct {
	data  []byte
	pos   int
	start int // where the value begins in data
	base  int // what is added to positions in data to make offsets
	root  reflect.Type
	err   error // the first error

	useNumber     bool
	rejectUnknown bool
}

// target returns the value that v points to.
func (d *decoder) target(v any) (reflect.Value, error) {
	rv := reflect.ValueOf(v)
	if rv.Kind() != reflect.Pointer || rv.IsNil() {
		return rv, &InvalidUnmarshalError{reflect.TypeOf(v)}
	}
	rv = rv.Elem()
	d.root = rv.Type()
	return rv, nil
}

func (d *decoder) run(v reflect.Value) error {
	if d.root == anyType && v.IsNil() {
		if x := d.anyValue(); x != nil {
			v.Set(reflect.ValueOf(x))
		}
		return d.err
	}
	planFor(d.root).decode(d, v)
	return d.err
}

func (d *decoder) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// mismatch records that the value or name at pos does not fit t. offset is
// where reading had come to.
func (d *decoder) mismatch(value string, t reflect.Type, pos, offset int, err error) {
	if d.err != nil {
		return
	}
	path := jsonwire.Path(d.data, d.start, pos)
	field := strings.ReplaceAll(strings.TrimPrefix(path, "/"), "/", ".")
	e := &UnmarshalTypeError{Value: value, Type: t, Offset: int64(d.base + offset), Field: field, Err: err}
	if field != "" {
		e.Struct = d.root.Name()
	}
	d.err = e
}

// wrongKind records that the value at d.pos has the wrong kind for t, and
// skips it.
func (d *decoder) wrongKind(t reflect.Type, err error) {
	pos := d.pos
	d.skip()
	end := d.pos
	if c := d.data[pos]; c == '{' || c == '[' {
		end = pos + 1
	}
	d.mismatch(kindName(d.data[pos]), t, pos, end, err)
}

// wrongValue records that the value at d.pos could not be tried at all.
func (d *decoder) wrongValue(t reflect.Type, err error) {
	pos := d.pos
	d.skip()
	d.mismatch(kindName(d.data[pos]), t, pos, pos, err)
}

func kindName(c byte) string {
	switch c {
	case 'n':
		return "null"
	case 't', 'f':
		return "bool"
	case '"':
		return "string"
	case '{':
		return "object"
	case '[':
		return "array"
	}
	return "number"
}

func (d *decoder) skip() { d.pos = jsonwire.Skip(d.data, d.pos) }

func (d *decoder) space() {
	for jsonwire.IsSpace(d.data[d.pos]) {
		d.pos++
	}
}

// null skips a null if there is one.
func (d *decoder) null() bool {
	if d.data[d.pos] != 'n' {
		return false
	}
	d.pos += 4
	return true
}

// raw returns the string at d.pos with its quotes.
func (d *decoder) raw() []byte {
	start := d.pos
	d.pos = jsonwire.SkipString(d.data, start)
	return d.data[start:d.pos]
}

// number returns the number at d.pos.
func (d *decoder) number() []byte {
	start := d.pos
	d.pos = jsonwire.SkipNumber(d.data, start)
	return d.data[start:d.pos]
}

// next goes to the next element or member behind the one that was read, and
// reports whether there is one.
func (d *decoder) next() bool {
	d.space()
	c := d.data[d.pos]
	d.pos++
	if c != ',' {
		return false
	}
	d.space()
	return true
}

// first goes to the first element or member of the array or object at d.pos.
func (d *decoder) first() bool {
	d.pos++
	d.space()
	if c := d.data[d.pos]; c == ']' || c == '}' {
		d.pos++
		return false
	}
	return true
}

// colon goes from behind a name to the value.
func (d *decoder) colon() {
	d.space()
	d.pos++
	d.space()
}

// view is b as a string, which is valid as long as b does not change.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// anyValue decodes into a new value for an interface.
func (d *decoder) anyValue() any {
	switch d.data[d.pos] {
	case 'n':
		d.pos += 4
		return nil
	case 't':
		d.pos += 4
		return true
	case 'f':
		d.pos += 5
		return false
	case '"':
		return string(jsonwire.Unquote(d.raw()))
	case '[':
		list := []any{}
		for ok := d.first(); ok; ok = d.next() {
			list = append(list, d.anyValue())
		}
		return list
	case '{':
		m := make(map[string]any)
		for ok := d.first(); ok; ok = d.next() {
			name := string(jsonwire.Unquote(d.raw()))
			d.colon()
			m[name] = d.anyValue()
		}
		return m
	}
	pos := d.pos
	n := d.number()
	if d.useNumber {
		return Number(n)
	}
	f, err := strconv.ParseFloat(view(n), 64)
	if err != nil {
		d.mismatch("number "+string(n), float64Type, pos, d.pos, nil)
		return float64(0)
	}
	return f
}

type decodeFunc = func(d *decoder, v reflect.Value)

// newDecode makes the function that decodes into values of type t.
func newDecode(t reflect.Type, b *planBuilder, p *plan) decodeFunc {
	switch t {
	case numberType:
		return decodeNumber
	case timeType:
		return decodeTime
	}
	if t.Kind() != reflect.Pointer && t.Kind() != reflect.Interface {
		ptr := reflect.PointerTo(t)
		if ptr.Implements(unmarshalerType) {
			return decodeUnmarshaler
		}
		if ptr.Implements(textUnmarshalerType) {
			return func(d *decoder, v reflect.Value) { decodeText(d, v, t) }
		}
	}
	return decodeKind(t, b, p)
}

func decodeUnmarshaler(d *decoder, v reflect.Value) {
	start := d.pos
	d.skip()
	// The method must not be able to write into the text.
	if err := v.Addr().Interface().(Unmarshaler).UnmarshalJSON(d.data[start:d.pos:d.pos]); err != nil {
		d.fail(err)
	}
}

var errNotString = errors.New("JSON value must be string type")

func decodeText(d *decoder, v reflect.Value, t reflect.Type) {
	if d.null() {
		return
	}
	if d.data[d.pos] != '"' {
		d.wrongKind(t, errNotString)
		return
	}
	text := jsonwire.Unquote(d.raw())
	if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText(text); err != nil {
		d.fail(err)
	}
}

func decodeNumber(d *decoder, v reflect.Value) { d.jsonNumber(v, false) }

func (d *decoder) jsonNumber(v reflect.Value, quoted bool) {
	switch c := d.data[d.pos]; {
	case c == 'n':
		d.pos += 4
	case c == '"':
		raw := d.raw()
		s := jsonwire.Unquote(raw)
		if !jsonwire.IsNumber(view(s)) {
			d.fail(&UnmarshalTypeError{Value: "string " + string(raw), Type: numberType, Err: strconv.ErrSyntax})
			return
		}
		v.SetString(string(s))
	case (c == '-' || '0' <= c && c <= '9') && !quoted:
		v.SetString(string(d.number()))
	default:
		d.skip()
		d.fail(&UnmarshalTypeError{Value: kindName(c), Type: numberType})
	}
}

func decodeTime(d *decoder, v reflect.Value) {
	if d.null() {
		return
	}
	if d.data[d.pos] != '"' {
		d.wrongKind(timeType, nil)
		return
	}
	t, err := time.Parse(time.RFC3339, string(jsonwire.Unquote(d.raw())))
	if err != nil {
		d.fail(err)
		return
	}
	v.Set(reflect.ValueOf(t))
}

// decodeKind makes the function for a type without methods.
func decodeKind(t reflect.Type, b *planBuilder, p *plan) decodeFunc {
	switch t.Kind() {
	case reflect.Bool:
		return func(d *decoder, v reflect.Value) {
			switch d.data[d.pos] {
			case 't':
				d.pos += 4
				v.SetBool(true)
			case 'f':
				d.pos += 5
				v.SetBool(false)
			case 'n':
				d.pos += 4
			default:
				d.wrongKind(t, nil)
			}
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		bits := t.Bits()
		return func(d *decoder, v reflect.Value) {
			pos := d.pos
			if c := d.data[pos]; c != '-' && (c < '0' || c > '9') {
				if !d.null() {
					d.wrongKind(t, nil)
				}
				return
			}
			n := d.number()
			i, ok := parseInt(n, bits)
			if !ok {
				d.mismatch("number "+string(n), t, pos, d.pos, nil)
				return
			}
			v.SetInt(i)
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		bits := t.Bits()
		return func(d *decoder, v reflect.Value) {
			pos := d.pos
			if c := d.data[pos]; c != '-' && (c < '0' || c > '9') {
				if !d.null() {
					d.wrongKind(t, nil)
				}
				return
			}
			n := d.number()
			u, ok := parseUint(n)
			if !ok || bits < 64 && u>>bits != 0 {
				d.mismatch("number "+string(n), t, pos, d.pos, nil)
				return
			}
			v.SetUint(u)
		}
	case reflect.Float32, reflect.Float64:
		bits := t.Bits()
		return func(d *decoder, v reflect.Value) {
			pos := d.pos
			if c := d.data[pos]; c != '-' && (c < '0' || c > '9') {
				if !d.null() {
					d.wrongKind(t, nil)
				}
				return
			}
			n := d.number()
			f, err := strconv.ParseFloat(view(n), bits)
			if err != nil {
				d.mismatch("number "+string(n), t, pos, d.pos, nil)
				return
			}
			v.SetFloat(f)
		}
	case reflect.String:
		return func(d *decoder, v reflect.Value) {
			if d.data[d.pos] != '"' {
				if !d.null() {
					d.wrongKind(t, nil)
				}
				return
			}
			v.SetString(string(jsonwire.Unquote(d.raw())))
		}
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return decodeAny
		}
		return func(d *decoder, v reflect.Value) {
			if d.data[d.pos] == 'n' && !holdsPointers(v) {
				d.pos += 4
				v.SetZero()
				return
			}
			if !d.intoHeld(v) {
				d.wrongValue(t, nil)
			}
		}
	case reflect.Pointer:
		elem := b.plan(t.Elem())
		elemType := t.Elem()
		return func(d *decoder, v reflect.Value) {
			if d.null() {
				v.SetZero()
				return
			}
			if v.IsNil() {
				v.Set(reflect.New(elemType))
			}
			elem.decode(d, v.Elem())
		}
	case reflect.Struct:
		s := p.fields
		return func(d *decoder, v reflect.Value) {
			if d.data[d.pos] != '{' {
				if !d.null() {
					d.wrongKind(t, nil)
				}
				return
			}
			s.decode(d, v, t)
		}
	case reflect.Map:
		return decodeMap(t, b)
	case reflect.Slice:
		return decodeSlice(t, b)
	case reflect.Array:
		elem := b.plan(t.Elem())
		size := t.Len()
		return func(d *decoder, v reflect.Value) {
			if d.data[d.pos] != '[' {
				if !d.null() {
					d.wrongKind(t, nil)
				}
				return
			}
			n := 0
			for ok := d.first(); ok; ok = d.next() {
				if n < size {
					elem.decode(d, v.Index(n))
					n++
				} else {
					d.skip()
				}
			}
			for ; n < size; n++ {
				v.Index(n).SetZero()
			}
		}
	}
	return func(d *decoder, v reflect.Value) {
		if d.null() {
			switch t.Kind() {
			case reflect.Chan, reflect.Func, reflect.UnsafePointer:
				v.SetZero()
			}
			return
		}
		d.wrongKind(t, nil)
	}
}

// intoHeld decodes into what the interface v points to, if it does.
func (d *decoder) intoHeld(v reflect.Value) bool {
	if v.IsNil() {
		return false
	}
	held := v.Elem()
	if held.Kind() != reflect.Pointer || held.IsNil() {
		return false
	}
	planFor(held.Type().Elem()).decode(d, held.Elem())
	return true
}

// holdsPointers reports whether the interface v holds a pointer to a pointer:
// null is for the latter.
func holdsPointers(v reflect.Value) bool {
	held := v.Elem()
	return held.IsValid() && held.Kind() == reflect.Pointer && !held.IsNil() && held.Type().Elem().Kind() == reflect.Pointer
}

func decodeAny(d *decoder, v reflect.Value) {
	if d.data[d.pos] != 'n' || holdsPointers(v) {
		if d.intoHeld(v) {
			return
		}
	}
	if x := d.anyValue(); x != nil {
		v.Set(reflect.ValueOf(x))
	} else {
		v.SetZero()
	}
}

// parseInt reads an integer of so many bits, without fraction and exponent.
func parseInt(n []byte, bits int) (int64, bool) {
	neg := n[0] == '-'
	if neg {
		n = n[1:]
	}
	u, ok := parseUint(n)
	limit := uint64(1) << (bits - 1)
	if !ok || u > limit || u == limit && !neg {
		return 0, false
	}
	if neg {
		return -int64(u), true
	}
	return int64(u), true
}

func parseUint(n []byte) (u uint64, ok bool) {
	if len(n) < 20 {
		for _, c := range n {
			if c < '0' || c > '9' {
				return 0, false
			}
			u = u*10 + uint64(c-'0')
		}
		return u, true
	}
	u, err := strconv.ParseUint(view(n), 10, 64)
	return u, err == nil
}

func decodeSlice(t reflect.Type, b *planBuilder) decodeFunc {
	elem := b.plan(t.Elem())
	binary := t.Elem().Kind() == reflect.Uint8
	return func(d *decoder, v reflect.Value) {
		switch d.data[d.pos] {
		case '[':
		case 'n':
			d.pos += 4
			v.SetZero()
			return
		case '"':
			if binary {
				d.bytes(v, t)
				return
			}
			fallthrough
		default:
			d.wrongKind(t, nil)
			return
		}
		n := 0
		size := v.Cap()
		for ok := d.first(); ok; ok = d.next() {
			if n == size {
				// All there is may be used, also what lies behind the length.
				v.SetLen(size)
				v.Grow(1)
				size = v.Cap()
				v.SetLen(size)
			} else if n == v.Len() {
				v.SetLen(size)
			}
			elem.decode(d, v.Index(n))
			n++
		}
		if n == 0 {
			v.Set(reflect.MakeSlice(t, 0, 0))
			return
		}
		v.SetLen(n)
	}
}

// bytes decodes a string in base64 into a byte slice.
func (d *decoder) bytes(v reflect.Value, t reflect.Type) {
	pos := d.pos
	text := jsonwire.Unquote(d.raw())
	out := v.Bytes()[:0]
	if n := base64.StdEncoding.DecodedLen(len(text)); cap(out) < n {
		out = make([]byte, n)
	} else {
		out = out[:n]
	}
	n, err := base64.StdEncoding.Decode(out, text)
	if err != nil {
		d.mismatch("string", t, pos, d.pos, err)
		return
	}
	if out == nil {
		out = []byte{}
	}
	v.SetBytes(out[:n])
}

func (s *structFields) decode(d *decoder, v reflect.Value, t reflect.Type) {
	expected := 0
	for ok := d.first(); ok; ok = d.next() {
		namePos := d.pos
		raw := d.raw()
		name := jsonwire.Unquote(raw)
		d.colon()
		i := s.find(view(name), expected)
		if i < 0 {
			switch {
			case s.fallback != nil:
				d.fallback(s.fallback, v, t, raw, namePos)
			case d.rejectUnknown:
				d.fail(errors.New("json: unknown field " + strconv.Quote(string(name))))
				d.skip()
			default:
				d.skip()
			}
			continue
		}
		expected = i + 1
		f := &s.list[i]
		fv := d.field(v, f.index, t)
		switch {
		case !fv.IsValid():
		case f.quoted:
			d.quoted(fv, f.plan)
		default:
			f.plan.decode(d, fv)
		}
	}
}

var errUnexportedPointer = errors.New("cannot set embedded pointer to unexported struct type")

// field returns the field of v; embedded pointers are set on the way. If that
// cannot be, the value at d.pos is skipped and the result is the zero Value.
func (d *decoder) field(v reflect.Value, index []int, t reflect.Type) reflect.Value {
	if len(index) == 1 {
		return v.Field(index[0])
	}
	for n, i := range index {
		if n > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if !v.CanSet() {
					d.wrongValue(t, errUnexportedPointer)
					return reflect.Value{}
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}

// fallback puts a member that has no field into the one that holds the rest.
func (d *decoder) fallback(f *field, v reflect.Value, t reflect.Type, raw []byte, namePos int) {
	v = d.field(v, f.index, t)
	if !v.IsValid() {
		return
	}
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem()
	}
	if v.Type() == rawMessageType {
		start := d.pos
		d.skip()
		b := v.Bytes()
		if n := len(b); n == 0 {
			b = append(b, '{')
		} else {
			end := n
			for end > 0 && jsonwire.IsSpace(b[end-1]) {
				end--
			}
			if b[end-1] == '}' {
				end--
			}
			b = b[:end]
			for end > 0 && jsonwire.IsSpace(b[end-1]) {
				end--
			}
			if b[end-1] != '{' {
				b = append(b, ',')
			}
		}
		b = append(b, raw...)
		b = append(b, ':')
		b = append(b, d.data[start:d.pos]...)
		v.SetBytes(append(b, '}'))
		return
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	key := reflect.New(v.Type().Key()).Elem()
	key.SetString(string(jsonwire.Unquote(raw)))
	elem := reflect.New(v.Type().Elem()).Elem()
	planFor(elem.Type()).decode(d, elem)
	v.SetMapIndex(key, elem)
}

// quoted decodes a field with the option string.
func (d *decoder) quoted(v reflect.Value, p *plan) {
	pos := d.pos
	if p.typ.Kind() == reflect.Pointer {
		if d.null() {
			v.SetZero()
			return
		}
		if d.data[pos] == '"' && view(jsonwire.Unquote(d.data[pos:jsonwire.SkipString(d.data, pos)])) == "null" && !planFor(p.typ.Elem()).custom {
			d.skip()
			v.SetZero()
			return
		}
		if v.IsNil() {
			v.Set(reflect.New(p.typ.Elem()))
		}
		v = v.Elem()
		p = planFor(p.typ.Elem())
	}
	t := p.typ
	if t == numberType {
		d.jsonNumber(v, true)
		return
	}
	if ptr := reflect.PointerTo(t); ptr.Implements(unmarshalerType) || ptr.Implements(textUnmarshalerType) {
		p.decode(d, v)
		return
	}
	if d.null() {
		return
	}
	if d.data[pos] != '"' {
		d.wrongKind(t, nil)
		return
	}
	raw := d.raw()
	s := string(jsonwire.Unquote(raw))
	if s == "null" {
		return
	}
	switch t.Kind() {
	case reflect.String:
		inner, err := unquoteInner(s)
		if err != nil {
			d.mismatch("string", t, pos, d.pos, err)
			return
		}
		v.SetString(inner)
	case reflect.Bool:
		if s != "true" && s != "false" {
			d.mismatch("string "+string(raw), t, pos, d.pos, strconv.ErrSyntax)
			return
		}
		v.SetBool(s == "true")
	case reflect.Float32, reflect.Float64:
		f, err := strconv.ParseFloat(s, t.Bits())
		if err != nil {
			d.mismatch("number "+s, t, pos, d.pos, nil)
			return
		}
		v.SetFloat(f)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		i, err := strconv.ParseInt(s, 10, t.Bits())
		if err != nil {
			d.mismatch("number "+s, t, pos, d.pos, nil)
			return
		}
		v.SetInt(i)
	default:
		u, err := strconv.ParseUint(s, 10, t.Bits())
		if err != nil {
			d.mismatch("number "+s, t, pos, d.pos, nil)
			return
		}
		v.SetUint(u)
	}
}

// unquoteInner reads the string inside a string.
func unquoteInner(s string) (string, error) {
	b := []byte(s)
	if len(b) == 0 {
		return "", &SyntaxError{errUnexpectedEnd.Error(), 0}
	}
	if b[0] != '"' {
		return "", &SyntaxError{jsonwire.InvalidChar(b, 0, "looking for beginning of object key string").Msg, 0}
	}
	end, err := jsonwire.Token(b, 0, false)
	if err != nil {
		return "", &SyntaxError{err.Msg, 0}
	}
	if end < len(b) {
		return "", &SyntaxError{jsonwire.InvalidChar(b, end, "after string value").Msg, 0}
	}
	return string(jsonwire.Unquote(b)), nil
}

func decodeMap(t reflect.Type, b *planBuilder) decodeFunc {
	elem := b.plan(t.Elem())
	elemType := t.Elem()
	keyType := t.Key()
	stringKey := keyType.Kind() == reflect.String && !reflect.PointerTo(keyType).Implements(textUnmarshalerType)
	return func(d *decoder, v reflect.Value) {
		if d.data[d.pos] != '{' {
			if d.null() {
				v.SetZero()
			} else {
				d.wrongKind(t, nil)
			}
			return
		}
		if v.IsNil() {
			v.Set(reflect.MakeMap(t))
		}
		mapPos := d.pos
		key := reflect.New(keyType).Elem()
		value := reflect.New(elemType).Elem()
		for ok := d.first(); ok; ok = d.next() {
			namePos := d.pos
			name := jsonwire.Unquote(d.raw())
			nameEnd := d.pos
			d.colon()
			if stringKey {
				key.SetString(string(name))
			} else if !d.mapKey(key, name, mapPos, namePos, nameEnd) {
				d.skip()
				continue
			}
			value.SetZero()
			elem.decode(d, value)
			v.SetMapIndex(key, value)
		}
	}
}

// mapKey sets key to the key that name stands for.
func (d *decoder) mapKey(key reflect.Value, name []byte, mapPos, pos, end int) bool {
	t := key.Type()
	key.SetZero()
	if t == timeType {
		tm, err := time.Parse(time.RFC3339, string(name))
		if err != nil {
			d.fail(err)
			return false
		}
		key.Set(reflect.ValueOf(tm))
		return true
	}
	if reflect.PointerTo(t).Implements(textUnmarshalerType) && t.Kind() != reflect.Pointer {
		if err := key.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText(name); err != nil {
			d.fail(err)
			return false
		}
		return true
	}
	if view(name) == "null" && quotable(t) && t.Kind() != reflect.String && t.Kind() != reflect.Bool {
		return true
	}
	switch t.Kind() {
	case reflect.String:
		key.SetString(string(name))
		return true
	case reflect.Interface:
		if t.NumMethod() == 0 {
			key.Set(reflect.ValueOf(string(name)))
			return true
		}
		d.mismatch("string", t, mapPos, pos, nil)
		return false
	case reflect.Pointer:
		p := reflect.New(t.Elem())
		if !d.mapKey(p.Elem(), name, mapPos, pos, end) {
			return false
		}
		key.Set(p)
		return true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		i, err := strconv.ParseInt(string(name), 10, t.Bits())
		if err != nil {
			break
		}
		key.SetInt(i)
		return true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		u, err := strconv.ParseUint(string(name), 10, t.Bits())
		if err != nil {
			break
		}
		key.SetUint(u)
		return true
	case reflect.Float32, reflect.Float64:
		f, err := strconv.ParseFloat(string(name), t.Bits())
		if err != nil {
			break
		}
		key.SetFloat(f)
		return true
	default:
		d.mismatch("string", t, pos, end, nil)
		return false
	}
	d.mismatch("number "+string(name), t, pos, end, nil)
	return false
}
