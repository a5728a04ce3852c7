package xml

import (
	"bytes"
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Unmarshal decodes the first element of data into what v points to.
//
// A struct gets the attributes and the elements inside that its fields name:
// the tag of a field is a name, or a path a>b>c of names, perhaps with a name
// space and a space before it, and options behind commas: attr, chardata (the
// text), cdata (the same), innerxml (everything inside as it is), comment, any
// (elements, or with attr attributes, that no other field takes), omitempty
// (for Marshal). The tag of a field XMLName is the name that the element must
// have; if its type is Name it is set. Slices get an element more for each
// element of XML; strings, numbers and booleans take the text.
func Unmarshal(data []byte, v any) error { return NewDecoder(bytes.NewReader(data)).Decode(v) }

// Decode is Unmarshal for the next element of the stream.
func (d *Decoder) Decode(v any) error { return d.DecodeElement(v, nil) }

// DecodeElement is Decode when the start of the element has been read.
func (d *Decoder) DecodeElement(v any, start *StartElement) error {
	val := reflect.ValueOf(v)
	if val.Kind() != reflect.Pointer {
		return errors.New("non-pointer passed to Unmarshal")
	}
	if val.IsNil() {
		return errors.New("nil pointer passed to Unmarshal")
	}
	return d.unmarshal(val.Elem(), start, d.depth)
}

// An UnmarshalError says that an element is not the expected one.
type UnmarshalError string

func (e UnmarshalError) Error() string { return string(e) }

// An Unmarshaler decodes itself from an element, which it must read to its
// end.
type Unmarshaler interface {
	UnmarshalXML(d *Decoder, start StartElement) error
}

// An UnmarshalerAttr decodes itself from an attribute.
type UnmarshalerAttr interface {
	UnmarshalXMLAttr(attr Attr) error
}

var (
	attrType            = reflect.TypeFor[Attr]()
	unmarshalerType     = reflect.TypeFor[Unmarshaler]()
	unmarshalerAttrType = reflect.TypeFor[UnmarshalerAttr]()
	textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// maxUnmarshalDepth is how deep elements may be nested in each other.
const (
	maxUnmarshalDepth     = 10000
	maxUnmarshalDepthWasm = 5000 // where stacks are small
)

var errUnmarshalDepth = errors.New("exceeded max depth")

// method returns v, or its address, if that has the methods of t.
func method(v reflect.Value, t reflect.Type) (any, bool) {
	if v.CanInterface() && v.Type().Implements(t) {
		return v.Interface(), true
	}
	if v.CanAddr() {
		if p := v.Addr(); p.CanInterface() && p.Type().Implements(t) {
			return p.Interface(), true
		}
	}
	return nil, false
}

// unmarshalMethod calls u's method, which must not read behind the element,
// but all of it.
func (d *Decoder) unmarshalMethod(u Unmarshaler, start *StartElement, depth int) error {
	around := max(len(d.open)-1, 0)
	d.stops = append(d.stops, around)
	was := d.depth
	d.depth = depth + 1
	err := u.UnmarshalXML(d, *start)
	d.depth = was
	d.stops = d.stops[:len(d.stops)-1]
	if err != nil {
		return err
	}
	if len(d.open) > around {
		return fmt.Errorf("xml: %s.UnmarshalXML did not consume entire <%s> element", receiverName(u), start.Name.Local)
	}
	return nil
}

// receiverName is the name of a value's type for messages.
func receiverName(v any) string {
	t := reflect.TypeOf(v)
	if t.Name() != "" {
		return t.String()
	}
	return "(" + t.String() + ")"
}

// unmarshal decodes the element start, or the next one, into v.
func (d *Decoder) unmarshal(v reflect.Value, start *StartElement, depth int) error {
	if depth >= maxUnmarshalDepth {
		return errUnmarshalDepth
	}
	for start == nil {
		t, err := d.Token()
		if err != nil {
			return err
		}
		if t, ok := t.(StartElement); ok {
			start = &t
		}
	}
	// A pointer in an interface is decoded into.
	if v.Kind() == reflect.Interface && !v.IsNil() {
		if e := v.Elem(); e.Kind() == reflect.Pointer && !e.IsNil() {
			v = e
		}
	}
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem()
	}
	if u, ok := method(v, unmarshalerType); ok {
		return d.unmarshalMethod(u.(Unmarshaler), start, depth)
	}
	if u, ok := method(v, textUnmarshalerType); ok {
		text, err := d.innerText()
		if err != nil {
			return err
		}
		return u.(encoding.TextUnmarshaler).UnmarshalText(text)
	}

	var s structTarget
	switch v.Kind() {
	default:
		return errors.New("unknown type " + v.Type().String())
	case reflect.Interface:
		return d.Skip()
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			s.data = v
			break
		}
		n := v.Len()
		v.Grow(1)
		v.SetLen(n + 1)
		if err := d.unmarshal(v.Index(n), start, depth+1); err != nil {
			v.SetLen(n)
			return err
		}
		return nil
	case reflect.Bool, reflect.Float32, reflect.Float64, reflect.String,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		s.data = v
	case reflect.Struct:
		if v.Type() == nameType {
			v.Set(reflect.ValueOf(start.Name))
			break
		}
		if err := s.prepare(d, v, start); err != nil {
			return err
		}
	}
	return s.read(d, start, depth)
}

// innerText returns the text of an element up to its end; what is in elements
// inside is left out.
func (d *Decoder) innerText() ([]byte, error) {
	var text []byte
	for depth := 1; ; {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case CharData:
			if depth == 1 {
				text = append(text, t...)
			}
		case StartElement:
			depth++
		case EndElement:
			if depth--; depth == 0 {
				return text, nil
			}
		}
	}
}

// A structTarget is where the parts of an element go. For values that are not
// structs there is only data.
type structTarget struct {
	v       reflect.Value
	info    *typeInfo
	data    reflect.Value
	comment reflect.Value
	inner   reflect.Value
	any     reflect.Value
	// innerAt is where in d.saved the element's inside begins.
	innerAt int
	owner   bool // d.saved is to be dropped at the end
}

// prepare checks the element's name and decodes the attributes.
func (s *structTarget) prepare(d *Decoder, v reflect.Value, start *StartElement) error {
	info, err := infoOf(v.Type())
	if err != nil {
		return err
	}
	s.v, s.info = v, info
	if n := info.name; n != nil {
		if n.name != "" && n.name != start.Name.Local {
			return UnmarshalError("expected element type <" + n.name + "> but have <" + start.Name.Local + ">")
		}
		if n.space != "" && n.space != start.Name.Space {
			have := start.Name.Space
			if have == "" {
				have = "no name space"
			}
			return UnmarshalError("expected element <" + n.name + "> in name space " + n.space + " but have " + have)
		}
		if fv := n.value(v, true); fv.Type() == nameType {
			fv.Set(reflect.ValueOf(start.Name))
		}
	}
	for _, a := range start.Attr {
		handled := false
		var rest *fieldInfo
		for i := range info.fields {
			f := &info.fields[i]
			switch f.mode & modeKinds {
			case modeAttr:
				if a.Name.Local == f.name && (f.space == "" || f.space == a.Name.Space) {
					if err := unmarshalAttr(f.value(v, true), a); err != nil {
						return err
					}
					handled = true
				}
			case modeAny | modeAttr:
				if rest == nil {
					rest = f
				}
			}
		}
		if !handled && rest != nil {
			if err := unmarshalAttr(rest.value(v, true), a); err != nil {
				return err
			}
		}
	}
	first := func(to *reflect.Value, f *fieldInfo) {
		if !to.IsValid() {
			*to = f.value(v, true)
		}
	}
	for i := range info.fields {
		f := &info.fields[i]
		switch f.mode & modeKinds {
		case modeCDATA, modeCharData:
			first(&s.data, f)
		case modeComment:
			first(&s.comment, f)
		case modeAny, modeAny | modeElement:
			first(&s.any, f)
		case modeInnerXML:
			if !s.inner.IsValid() {
				s.inner = f.value(v, true)
				if d.saved == nil {
					s.owner = true
					d.saved = new(bytes.Buffer)
				} else {
					s.innerAt = d.savedOffset()
				}
			}
		}
	}
	return nil
}

// read reads the inside of the element and its end.
func (s *structTarget) read(d *Decoder, start *StartElement, depth int) error {
	var data, comment, inner []byte
	for done := false; !done; {
		end := 0
		if s.inner.IsValid() {
			end = d.savedOffset()
		}
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case StartElement:
			consumed := false
			if s.v.IsValid() {
				// A parent's field may take it, or one along a path.
				if consumed, err = d.unmarshalPath(s.info, s.v, nil, &t, depth); err != nil {
					return err
				}
				if !consumed && s.any.IsValid() {
					consumed = true
					if err := d.unmarshal(s.any, &t, depth+1); err != nil {
						return err
					}
				}
			}
			if !consumed {
				if err := d.Skip(); err != nil {
					return err
				}
			}
		case EndElement:
			if s.inner.IsValid() {
				inner = bytes.Clone(d.saved.Bytes()[s.innerAt:end])
				if s.owner {
					d.saved = nil
				}
			}
			done = true
		case CharData:
			if s.data.IsValid() {
				data = append(data, t...)
			}
		case Comment:
			if s.comment.IsValid() {
				comment = append(comment, t...)
			}
		}
	}
	if s.data.IsValid() {
		if u, ok := method(s.data, textUnmarshalerType); ok {
			if err := u.(encoding.TextUnmarshaler).UnmarshalText(data); err != nil {
				return err
			}
		} else if s.data.Kind() == reflect.Pointer && s.data.Type().Elem().Implements(textUnmarshalerType) {
			s.data.Set(reflect.New(s.data.Type().Elem()))
			if err := s.data.Elem().Interface().(encoding.TextUnmarshaler).UnmarshalText(data); err != nil {
				return err
			}
		} else if err := setText(s.data, data); err != nil {
			return err
		}
	}
	setBytes(s.comment, comment)
	setBytes(s.inner, inner)
	return nil
}

// setBytes sets a field of type string or []byte.
func setBytes(v reflect.Value, b []byte) {
	if !v.IsValid() {
		return
	}
	switch {
	case v.Kind() == reflect.String:
		v.SetString(string(b))
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		v.SetBytes(b)
	}
}

func unmarshalAttr(v reflect.Value, a Attr) error {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem()
	}
	if u, ok := method(v, unmarshalerAttrType); ok {
		return u.(UnmarshalerAttr).UnmarshalXMLAttr(a)
	}
	if u, ok := method(v, textUnmarshalerType); ok {
		return u.(encoding.TextUnmarshaler).UnmarshalText([]byte(a.Value))
	}
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8 {
		n := v.Len()
		v.Grow(1)
		v.SetLen(n + 1)
		if err := unmarshalAttr(v.Index(n), a); err != nil {
			v.SetLen(n)
			return err
		}
		return nil
	}
	if v.Type() == attrType {
		v.Set(reflect.ValueOf(a))
		return nil
	}
	return setText(v, []byte(a.Value))
}

// setText sets v to the value whose text is src.
func setText(v reflect.Value, src []byte) error {
	outer := v
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Invalid:
		return nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if len(src) == 0 {
			v.SetInt(0)
			return nil
		}
		i, err := strconv.ParseInt(strings.TrimSpace(string(src)), 10, v.Type().Bits())
		if err != nil {
			return err
		}
		v.SetInt(i)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		if len(src) == 0 {
			v.SetUint(0)
			return nil
		}
		u, err := strconv.ParseUint(strings.TrimSpace(string(src)), 10, v.Type().Bits())
		if err != nil {
			return err
		}
		v.SetUint(u)
	case reflect.Float32, reflect.Float64:
		if len(src) == 0 {
			v.SetFloat(0)
			return nil
		}
		f, err := strconv.ParseFloat(strings.TrimSpace(string(src)), v.Type().Bits())
		if err != nil {
			return err
		}
		v.SetFloat(f)
	case reflect.Bool:
		if len(src) == 0 {
			v.SetBool(false)
			return nil
		}
		b, err := strconv.ParseBool(strings.TrimSpace(string(src)))
		if err != nil {
			return err
		}
		v.SetBool(b)
	case reflect.String:
		v.SetString(string(src))
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Uint8 {
			return errors.New("cannot unmarshal into " + outer.Type().String())
		}
		if len(src) == 0 {
			// Not nil, to show that it was there.
			src = []byte{}
		}
		v.SetBytes(src)
	default:
		return errors.New("cannot unmarshal into " + outer.Type().String())
	}
	return nil
}

// unmarshalPath gives the element start, which is inside the elements parents
// of a struct's own element, to the fields of the struct. It reports whether
// one took it, or if paths go through it reads it all.
func (d *Decoder) unmarshalPath(info *typeInfo, v reflect.Value, parents []string, start *StartElement, depth int) (consumed bool, err error) {
	deeper := false
fields:
	for i := range info.fields {
		f := &info.fields[i]
		if f.mode&modeElement == 0 || len(f.parents) < len(parents) || f.space != "" && f.space != start.Name.Space {
			continue
		}
		for j := range parents {
			if parents[j] != f.parents[j] {
				continue fields
			}
		}
		if len(f.parents) == len(parents) {
			if f.name == start.Name.Local {
				return true, d.unmarshal(f.value(v, true), start, depth+1)
			}
		} else if f.parents[len(parents)] == start.Name.Local {
			// Fields of a struct may share a part of their paths.
			deeper = true
			parents = f.parents[:len(parents)+1]
			break
		}
	}
	if !deeper {
		return false, nil
	}
	for {
		t, err := d.Token()
		if err != nil {
			return true, err
		}
		switch t := t.(type) {
		case StartElement:
			consumed, err := d.unmarshalPath(info, v, parents, &t, depth)
			if err != nil {
				return true, err
			}
			if !consumed {
				if err := d.Skip(); err != nil {
					return true, err
				}
			}
		case EndElement:
			return true, nil
		}
	}
}

// Skip reads up to the end of the element whose start was read last.
func (d *Decoder) Skip() error {
	for depth := 0; ; {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t.(type) {
		case StartElement:
			depth++
		case EndElement:
			if depth == 0 {
				return nil
			}
			depth--
		}
	}
}
