// Package json encodes Go values as JSON (RFC 8259) and decodes them from it.
//
// For each type a plan is made once (plan.go) that holds what is known of it:
// the fields of structs with their names ready to be written, and functions
// for both directions. Encoding appends to one buffer. Decoding first checks
// the whole text (internal/jsonwire), so that nothing is changed when it is
// wrong, and then reads it a second time without any checks.
package json

import (
	"bytes"
	"cmp"
	"encoding"
	"encoding/base64"
	"encoding/json/internal/jsonwire"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"
	"unsafe"
)

// Marshal returns the JSON encoding of v.
//
// Values whose types have a method MarshalJSON, AppendText or MarshalText are
// what that method returns, as JSON or as a string. Otherwise booleans,
// numbers and strings become their JSON counterparts; structs and maps become
// objects; slices and arrays become arrays, but []byte a string in base64;
// pointers and interfaces become the value they hold, or null if they are
// nil, as are nil slices and maps. Channels, functions and complex numbers
// cannot be encoded.
//
// Members of structs are named after the exported fields or, if a field's tag
// has the key json, after the tag up to its first comma. The options behind it
// are omitempty (leave out false, 0, nil and what has length 0), omitzero
// (leave out the zero value or what its method IsZero calls so), string (write
// numbers, booleans and strings inside a string) and embed (treat the fields
// of the struct, or the entries of the map, as if they were here). The tag "-"
// leaves a field out.
//
// Keys of maps are strings, integers, floating-point numbers or have a method
// MarshalText; they are sorted.
func Marshal(v any) ([]byte, error) {
	e := newEncoder()
	e.html = true
	err := e.marshal(v)
	if err != nil {
		e.free()
		return nil, err
	}
	out := make([]byte, len(e.buf))
	copy(out, e.buf)
	e.free()
	return out, nil
}

// MarshalIndent is Marshal followed by Indent.
func MarshalIndent(v any, prefix, indent string) ([]byte, error) {
	b, err := Marshal(v)
	if err != nil {
		return nil, err
	}
	return jsonwire.AppendIndent(make([]byte, 0, len(b)+len(b)/2), b, prefix, indent), nil
}

// An encoder holds what has been written of one value.
type encoder struct {
	buf   []byte
	html  bool
	depth int
	// seen are the pointers on the way to the current value, recorded only
	// where the nesting is so deep that it may never end.
	seen    map[pointerKey]struct{}
	scratch []byte
}

type pointerKey struct {
	typ reflect.Type
	p   unsafe.Pointer
	n   int
}

// Values that are nested deeper are checked for cycles.
const cycleDepth = 1000

var encoders = sync.Pool{New: func() any { return new(encoder) }}

func newEncoder() *encoder {
	e := encoders.Get().(*encoder)
	e.buf = e.buf[:0]
	e.depth = 0
	return e
}

func (e *encoder) free() {
	// A buffer that was large once should not stay for ever.
	if cap(e.buf) > 1<<16 {
		e.buf = nil
	}
	e.seen = nil
	encoders.Put(e)
}

func (e *encoder) marshal(v any) error {
	if v == nil {
		e.buf = append(e.buf, "null"...)
		return nil
	}
	return e.any(v)
}

// any encodes the value of an interface.
func (e *encoder) any(v any) error {
	switch v := v.(type) {
	case string:
		e.buf = jsonwire.AppendQuote(e.buf, v, e.html)
		return nil
	case float64:
		return e.float(reflect.Value{}, v, 64)
	case bool:
		e.buf = strconv.AppendBool(e.buf, v)
		return nil
	case int:
		e.buf = strconv.AppendInt(e.buf, int64(v), 10)
		return nil
	case map[string]any:
		return e.mapStringAny(v)
	case []any:
		return e.sliceAny(v)
	}
	rv := reflect.ValueOf(v)
	return planFor(rv.Type()).encode(e, rv)
}

func (e *encoder) null() { e.buf = append(e.buf, "null"...) }

// open starts an array or object.
func (e *encoder) open(c byte) error {
	if e.depth >= jsonwire.MaxDepth {
		return &SyntaxError{"exceeded max depth", int64(len(e.buf) + 1)}
	}
	e.depth++
	e.buf = append(e.buf, c)
	return nil
}

// close ends it.
func (e *encoder) close(c byte) {
	e.depth--
	e.buf = append(e.buf, c)
}

// enter records a pointer, map or slice when nesting is deep; leave takes it
// back.
func (e *encoder) enter(v reflect.Value, n int) (key pointerKey, err error) {
	key = pointerKey{v.Type(), v.UnsafePointer(), n}
	if _, ok := e.seen[key]; ok {
		return key, &UnsupportedValueError{v, "encountered a cycle via " + v.Type().String()}
	}
	if e.seen == nil {
		e.seen = map[pointerKey]struct{}{}
	}
	e.seen[key] = struct{}{}
	return key, nil
}

// float writes the number f, which v holds (if that is valid).
func (e *encoder) float(v reflect.Value, f float64, bits int) error {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		if !v.IsValid() {
			v = reflect.ValueOf(f)
		}
		return &UnsupportedValueError{v, strconv.FormatFloat(f, 'g', -1, bits)}
	}
	e.buf = jsonwire.AppendFloat(e.buf, f, bits)
	return nil
}

func (e *encoder) sliceAny(s []any) error {
	if s == nil {
		e.null()
		return nil
	}
	if e.depth >= cycleDepth {
		key, err := e.enter(reflect.ValueOf(s), len(s))
		if err != nil {
			return err
		}
		defer delete(e.seen, key)
	}
	if err := e.open('['); err != nil {
		return err
	}
	for i, v := range s {
		if i > 0 {
			e.buf = append(e.buf, ',')
		}
		if v == nil {
			e.null()
		} else if err := e.any(v); err != nil {
			return err
		}
	}
	e.close(']')
	return nil
}

func (e *encoder) mapStringAny(m map[string]any) error {
	if m == nil {
		e.null()
		return nil
	}
	if e.depth >= cycleDepth {
		key, err := e.enter(reflect.ValueOf(m), 0)
		if err != nil {
			return err
		}
		defer delete(e.seen, key)
	}
	if err := e.open('{'); err != nil {
		return err
	}
	var few [16]string
	keys := few[:0]
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for i, k := range keys {
		if i > 0 {
			e.buf = append(e.buf, ',')
		}
		e.buf = jsonwire.AppendQuote(e.buf, k, e.html)
		e.buf = append(e.buf, ':')
		if v := m[k]; v == nil {
			e.null()
		} else if err := e.any(v); err != nil {
			return err
		}
	}
	e.close('}')
	return nil
}

type encodeFunc = func(e *encoder, v reflect.Value) error

// newEncode makes the function that encodes values of type t.
func newEncode(t reflect.Type, b *planBuilder, p *plan) encodeFunc {
	switch t {
	case rawMessageType:
		p.custom = true
		return encodeRaw
	case numberType:
		p.custom = true
		return encodeNumber
	case timeType:
		p.custom = true
		return encodeTime
	}
	f := encodeKind(t, b, p)
	if t.Kind() == reflect.Pointer {
		return f
	}
	// The methods of t apply to every value, those of *t only to values that
	// have an address. The first of the methods in this order is used.
	ptr := reflect.PointerTo(t)
	for _, m := range [...]struct {
		iface reflect.Type
		call  func(e *encoder, v reflect.Value, t reflect.Type) error
	}{
		{textMarshalerType, encodeMarshalText},
		{textAppenderType, encodeAppendText},
		{marshalerType, encodeMarshalJSON},
	} {
		call := m.call
		switch {
		case t.Implements(m.iface):
			p.custom = true
			if t.Kind() == reflect.Interface {
				f = func(e *encoder, v reflect.Value) error {
					if v.IsNil() {
						e.null()
						return nil
					}
					held := v.Elem().Type()
					if held.Kind() != reflect.Pointer {
						held = reflect.PointerTo(held)
					}
					return call(e, v, held)
				}
				break
			}
			f = func(e *encoder, v reflect.Value) error { return call(e, v, ptr) }
		case t.Kind() != reflect.Interface && ptr.Implements(m.iface):
			p.custom = true
			other := f
			f = func(e *encoder, v reflect.Value) error {
				if v.CanAddr() {
					return call(e, v.Addr(), ptr)
				}
				return other(e, v)
			}
		}
	}
	return f
}

func encodeMarshalJSON(e *encoder, v reflect.Value, t reflect.Type) error {
	out, err := v.Interface().(Marshaler).MarshalJSON()
	if err == nil {
		err = e.raw(out)
	}
	if err != nil {
		return &MarshalerError{t, err, "MarshalJSON"}
	}
	return nil
}

func encodeAppendText(e *encoder, v reflect.Value, t reflect.Type) error {
	scratch := e.scratch
	e.scratch = nil // the method may come back here
	out, err := v.Interface().(encoding.TextAppender).AppendText(scratch[:0])
	if err != nil {
		return &MarshalerError{t, err, "AppendText"}
	}
	e.buf = jsonwire.AppendQuote(e.buf, unsafe.String(unsafe.SliceData(out), len(out)), e.html)
	e.scratch = out
	return nil
}

func encodeMarshalText(e *encoder, v reflect.Value, t reflect.Type) error {
	out, err := v.Interface().(encoding.TextMarshaler).MarshalText()
	if err != nil {
		return &MarshalerError{t, err, "MarshalText"}
	}
	e.buf = jsonwire.AppendQuote(e.buf, unsafe.String(unsafe.SliceData(out), len(out)), e.html)
	return nil
}

// raw writes a JSON text that a method returned.
func (e *encoder) raw(out []byte) error {
	if err := jsonwire.Check(out, true); err != nil {
		return &SyntaxError{err.Msg, err.Offset + int64(len(e.buf))}
	}
	e.buf = jsonwire.AppendCompact(e.buf, out, true, e.html)
	return nil
}

func encodeRaw(e *encoder, v reflect.Value) error {
	b := v.Bytes()
	if b == nil {
		e.null()
		return nil
	}
	if err := e.raw(b); err != nil {
		return &MarshalerError{reflect.PointerTo(rawMessageType), err, "MarshalJSON"}
	}
	return nil
}

func encodeNumber(e *encoder, v reflect.Value) error {
	s := v.String()
	if s == "" {
		s = "0"
	}
	if !jsonwire.IsNumber(s) {
		err := fmt.Errorf("cannot parse %q as JSON number: %w", s, strconv.ErrSyntax)
		return &MarshalerError{reflect.PointerTo(numberType), err, "MarshalJSONTo"}
	}
	e.buf = append(e.buf, s...)
	return nil
}

func encodeTime(e *encoder, v reflect.Value) error {
	t := v.Interface().(time.Time)
	e.buf = append(e.buf, '"')
	e.buf = t.AppendFormat(e.buf, time.RFC3339Nano)
	var err error
	if y := t.Year(); y < 0 || y > 9999 {
		err = errors.New("year outside of range [0,9999]")
	} else if n := len(e.buf); e.buf[n-1] != 'Z' && (e.buf[n-5]-'0')*10+(e.buf[n-4]-'0') > 23 {
		err = errors.New("timezone hour outside of range [0,23]")
	}
	if err != nil {
		return &MarshalerError{reflect.PointerTo(timeType), err, "MarshalJSON"}
	}
	e.buf = append(e.buf, '"')
	return nil
}

// encodeKind makes the function for a type without methods.
func encodeKind(t reflect.Type, b *planBuilder, p *plan) encodeFunc {
	switch t.Kind() {
	case reflect.Bool:
		return func(e *encoder, v reflect.Value) error {
			e.buf = strconv.AppendBool(e.buf, v.Bool())
			return nil
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(e *encoder, v reflect.Value) error {
			e.buf = strconv.AppendInt(e.buf, v.Int(), 10)
			return nil
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return func(e *encoder, v reflect.Value) error {
			e.buf = strconv.AppendUint(e.buf, v.Uint(), 10)
			return nil
		}
	case reflect.Float32:
		return func(e *encoder, v reflect.Value) error { return e.float(v, v.Float(), 32) }
	case reflect.Float64:
		return func(e *encoder, v reflect.Value) error { return e.float(v, v.Float(), 64) }
	case reflect.String:
		return func(e *encoder, v reflect.Value) error {
			e.buf = jsonwire.AppendQuote(e.buf, v.String(), e.html)
			return nil
		}
	case reflect.Interface:
		return func(e *encoder, v reflect.Value) error {
			if v.IsNil() {
				e.null()
				return nil
			}
			if v.NumMethod() == 0 {
				return e.any(v.Interface())
			}
			v = v.Elem()
			return planFor(v.Type()).encode(e, v)
		}
	case reflect.Pointer:
		elem := b.plan(t.Elem())
		return func(e *encoder, v reflect.Value) error {
			if v.IsNil() {
				e.null()
				return nil
			}
			if e.depth >= cycleDepth {
				key, err := e.enter(v, 0)
				if err != nil {
					return err
				}
				defer delete(e.seen, key)
			}
			return elem.encode(e, v.Elem())
		}
	case reflect.Struct:
		s := p.fields
		return func(e *encoder, v reflect.Value) error { return s.encode(e, v) }
	case reflect.Map:
		return encodeMap(t, b)
	case reflect.Slice:
		if isByte(t.Elem()) {
			return encodeBytes
		}
		elem := b.plan(t.Elem())
		return func(e *encoder, v reflect.Value) error {
			if v.IsNil() {
				e.null()
				return nil
			}
			n := v.Len()
			if e.depth >= cycleDepth {
				key, err := e.enter(v, n)
				if err != nil {
					return err
				}
				defer delete(e.seen, key)
			}
			return e.elements(v, n, elem)
		}
	case reflect.Array:
		elem := b.plan(t.Elem())
		n := t.Len()
		return func(e *encoder, v reflect.Value) error { return e.elements(v, n, elem) }
	}
	return func(e *encoder, v reflect.Value) error { return &UnsupportedTypeError{t} }
}

// isByte reports whether slices of t are binary data.
func isByte(t reflect.Type) bool {
	return t.Kind() == reflect.Uint8 && !hasMarshal(t)
}

func encodeBytes(e *encoder, v reflect.Value) error {
	b := v.Bytes()
	if b == nil {
		e.null()
		return nil
	}
	e.buf = append(e.buf, '"')
	e.buf = base64.StdEncoding.AppendEncode(e.buf, b)
	e.buf = append(e.buf, '"')
	return nil
}

func (e *encoder) elements(v reflect.Value, n int, elem *plan) error {
	if err := e.open('['); err != nil {
		return err
	}
	for i := range n {
		if i > 0 {
			e.buf = append(e.buf, ',')
		}
		if err := elem.encode(e, v.Index(i)); err != nil {
			return err
		}
	}
	e.close(']')
	return nil
}

func (s *structFields) encode(e *encoder, v reflect.Value) error {
	if err := e.open('{'); err != nil {
		return err
	}
	first := true
	for i := range s.list {
		f := &s.list[i]
		fv := fieldByIndex(v, f.index)
		if !fv.IsValid() || f.omitEmpty && isEmpty(fv) || f.omitZero && f.isZero(fv) {
			continue
		}
		if first {
			first = false
		} else {
			e.buf = append(e.buf, ',')
		}
		if e.html {
			e.buf = append(e.buf, f.prefixHTML...)
		} else {
			e.buf = append(e.buf, f.prefix...)
		}
		var err error
		if f.quoted {
			err = e.quoted(fv, f.plan)
		} else {
			err = f.plan.encode(e, fv)
		}
		if err != nil {
			return err
		}
	}
	if s.fallback != nil {
		if err := s.encodeFallback(e, v, first); err != nil {
			return err
		}
	}
	e.close('}')
	return nil
}

// fieldByIndex returns the field of v, or the zero Value if it lies behind a
// nil pointer.
func fieldByIndex(v reflect.Value, index []int) reflect.Value {
	if len(index) == 1 {
		return v.Field(index[0])
	}
	for n, i := range index {
		if n > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return reflect.Value{}
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}

// quoted encodes the value of a field with the option string.
func (e *encoder) quoted(v reflect.Value, p *plan) error {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			e.null()
			return nil
		}
		v = v.Elem()
		p = planFor(v.Type())
	}
	if p.typ == numberType {
		e.buf = append(e.buf, '"')
		if err := encodeNumber(e, v); err != nil {
			return err
		}
		e.buf = append(e.buf, '"')
		return nil
	}
	if p.custom {
		return p.encode(e, v)
	}
	if v.Kind() == reflect.String {
		inner := jsonwire.AppendQuote(nil, v.String(), e.html)
		e.buf = jsonwire.AppendQuote(e.buf, string(inner), e.html)
		return nil
	}
	e.buf = append(e.buf, '"')
	if err := p.encode(e, v); err != nil {
		return err
	}
	e.buf = append(e.buf, '"')
	return nil
}

// encodeFallback writes the members of the field that holds the rest.
func (s *structFields) encodeFallback(e *encoder, v reflect.Value, first bool) error {
	f := s.fallback
	v = fieldByIndex(v, f.index)
	if v.IsValid() && v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if !v.IsValid() || v.IsNil() {
		return nil
	}
	start := len(e.buf)
	if v.Type() == rawMessageType {
		raw := v.Bytes()
		if err := jsonwire.Check(raw, false); err != nil {
			return &SyntaxError{err.Msg, err.Offset + int64(len(e.buf))}
		}
		raw = bytes.TrimSpace(raw)
		if raw[0] != '{' {
			return &UnsupportedValueError{v, "embedded raw value must be a JSON object"}
		}
		e.buf = append(e.buf, ',')
		e.buf = jsonwire.AppendCompact(e.buf, raw[1:len(raw)-1], true, e.html)
		if len(e.buf) == start+1 {
			e.buf = e.buf[:start]
			return nil
		}
	} else {
		if v.Len() == 0 {
			return nil
		}
		// The map is written as an object, whose brace becomes the comma.
		if err := f.plan.encode(e, v); err != nil {
			return err
		}
		e.buf = e.buf[:len(e.buf)-1]
		e.buf[start] = ','
	}
	if first {
		e.buf = append(e.buf[:start], e.buf[start+1:]...)
	}
	return nil
}

type mapEntry struct {
	name  string
	value reflect.Value
}

func encodeMap(t reflect.Type, b *planBuilder) encodeFunc {
	elem := b.plan(t.Elem())
	stringKey := t.Key().Kind() == reflect.String
	return func(e *encoder, v reflect.Value) error {
		if v.IsNil() {
			e.null()
			return nil
		}
		if e.depth >= cycleDepth {
			key, err := e.enter(v, 0)
			if err != nil {
				return err
			}
			defer delete(e.seen, key)
		}
		start := len(e.buf)
		if err := e.open('{'); err != nil {
			return err
		}
		entries := make([]mapEntry, 0, v.Len())
		for it := v.MapRange(); it.Next(); {
			var name string
			if stringKey {
				name = it.Key().String()
			} else {
				var err error
				if name, err = e.mapKey(it.Key(), start); err != nil {
					return err
				}
			}
			entries = append(entries, mapEntry{name, it.Value()})
		}
		slices.SortFunc(entries, func(a, b mapEntry) int { return cmp.Compare(a.name, b.name) })
		for i := range entries {
			if i > 0 {
				e.buf = append(e.buf, ',')
			}
			e.buf = jsonwire.AppendQuote(e.buf, entries[i].name, e.html)
			e.buf = append(e.buf, ':')
			if err := elem.encode(e, entries[i].value); err != nil {
				return err
			}
		}
		e.close('}')
		return nil
	}
}

// mapKey returns the name for a key of the map whose brace is at start.
func (e *encoder) mapKey(k reflect.Value, start int) (string, error) {
	boxed := k.Kind() == reflect.Interface
	for k.Kind() == reflect.Interface && !k.IsNil() {
		k = k.Elem()
	}
	t := k.Type()
	switch {
	case boxed && t == float64Type && !math.IsNaN(k.Float()) && !math.IsInf(k.Float(), 0):
		return "", e.notName(k, start)
	case k.Kind() == reflect.String:
		return k.String(), nil
	case t == timeType:
		mark := len(e.buf)
		if err := encodeTime(e, k); err != nil {
			return "", err
		}
		name := string(e.buf[mark+1 : len(e.buf)-1])
		e.buf = e.buf[:mark]
		return name, nil
	case k.Kind() == reflect.Pointer && k.IsNil() && (t.Implements(textAppenderType) || t.Implements(textMarshalerType)):
		return "", nil
	}
	errType := t
	if t.Kind() != reflect.Pointer {
		errType = reflect.PointerTo(t)
	}
	if t.Implements(textAppenderType) {
		out, err := k.Interface().(encoding.TextAppender).AppendText(nil)
		if err != nil {
			return "", &MarshalerError{errType, err, "AppendText"}
		}
		return string(out), nil
	}
	if t.Implements(textMarshalerType) {
		out, err := k.Interface().(encoding.TextMarshaler).MarshalText()
		if err != nil {
			return "", &MarshalerError{errType, err, "MarshalText"}
		}
		return string(out), nil
	}
	if k.Kind() == reflect.Pointer && !k.IsNil() {
		return e.mapKey(k.Elem(), start)
	}
	switch k.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(k.Int(), 10), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.FormatUint(k.Uint(), 10), nil
	case reflect.Float32, reflect.Float64:
		mark := len(e.buf)
		if err := e.float(k, k.Float(), t.Bits()); err != nil {
			return "", err
		}
		name := string(e.buf[mark:])
		e.buf = e.buf[:mark]
		return name, nil
	case reflect.Chan, reflect.Func, reflect.Complex64, reflect.Complex128, reflect.UnsafePointer:
		return "", &UnsupportedTypeError{t}
	}
	return "", e.notName(k, start)
}

// notName is the error for a key that is not written as a string. (That a
// float64 in an interface is not is a gap of the original that shows.)
func (e *encoder) notName(k reflect.Value, start int) error {
	msg := "jsontext: object member name must be a string"
	if path := jsonwire.Path(e.buf, 0, start); path != "" {
		msg += " within " + strconv.Quote(path)
	}
	return &UnsupportedValueError{k, msg + " after offset " + strconv.Itoa(start+2)}
}
