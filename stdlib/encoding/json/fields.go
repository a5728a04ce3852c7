package json

import (
	"encoding/json/internal/jsonwire"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A field is a member of the objects that stand for a struct type.
type field struct {
	name  string
	index []int // as for reflect's FieldByIndex
	typ   reflect.Type
	plan  *plan

	prefix     []byte // the name as it is written, with the colon
	prefixHTML []byte

	tagged    bool
	omitEmpty bool
	omitZero  bool
	quoted    bool // the option string applies
	strict    bool // the name must match exactly
	fallback  bool // takes all members that have no field
	isZero    func(reflect.Value) bool
}

// structFields are the fields of a struct type in the order in which they are
// written.
type structFields struct {
	list     []field
	byName   map[string]int
	byFold   map[string]int // by the folded name, the first declared
	fallback *field
}

// tagOptions splits a json tag. Where a name holds quotes or a backslash, only
// the identifier that it begins with counts, and so it is with options; what
// stands behind a colon belongs to the option.
func tagOptions(tag string) (name string, options []string) {
	name, rest, more := strings.Cut(tag, ",")
	if strings.ContainsAny(name, "\"'`\\") {
		name = identifier(name)
	}
	if !more {
		return name, nil
	}
	options = strings.Split(rest, ",")
	for i, o := range options {
		id := identifier(o)
		if id == "case" && (o == "case:strict" || o == "case:'strict'") {
			id = "case:strict"
		}
		options[i] = id
	}
	return name, options
}

// identifier returns the identifier at the start of s.
func identifier(s string) string {
	for i, r := range s {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return s[:i]
		}
	}
	return s
}

// collectFields finds the fields of t: level by level through the embedded
// structs. Of several fields with one name the least deep one counts; of
// several of these the only one with a name in its tag; else none.
func collectFields(t reflect.Type) []field {
	type level struct {
		typ   reflect.Type
		index []int
	}
	var next []level
	current := []level{{typ: t}}
	visited := map[reflect.Type]bool{}
	var fields []field
	for len(current) > 0 {
		seen := map[reflect.Type]int{}
		next = next[:0:0]
		for _, l := range current {
			if visited[l.typ] {
				continue
			}
			// Twice is enough to make the names ambiguous.
			if seen[l.typ]++; seen[l.typ] > 2 {
				continue
			}
			for i := range l.typ.NumField() {
				sf := l.typ.Field(i)
				ft := sf.Type
				if ft.Kind() == reflect.Pointer && ft.Name() == "" {
					ft = ft.Elem()
				}
				if sf.Anonymous {
					if !sf.IsExported() && ft.Kind() != reflect.Struct {
						continue
					}
				} else if !sf.IsExported() {
					continue
				}
				tag := sf.Tag.Get("json")
				if tag == "-" {
					continue
				}
				name, options := tagOptions(tag)
				index := append(slices.Clip(l.index), i)
				f := field{name: name, index: index, typ: sf.Type, tagged: name != ""}
				embed := sf.Anonymous && name == "" && ft.Kind() == reflect.Struct
				for _, o := range options {
					switch o {
					case "omitempty":
						f.omitEmpty = true
					case "omitzero":
						f.omitZero = true
					case "string":
						f.quoted = quotable(sf.Type)
					case "case:strict":
						f.strict = true
					case "embed":
						if name != "" || len(options) > 1 {
							break
						}
						switch {
						case ft.Kind() == reflect.Struct && !hasMethods(ft):
							embed = true
						case ft == rawMessageType, ft.Kind() == reflect.Map && ft.Key().Kind() == reflect.String && !hasMethods(ft):
							f.fallback = true
						}
					}
				}
				if embed {
					next = append(next, level{ft, index})
					continue
				}
				if sf.Anonymous && !sf.IsExported() && hasMethods(ft) {
					// A struct of an unexported type under a name of its own:
					// its fields can be reached, but not its methods.
					continue
				}
				if f.name == "" {
					f.name = sf.Name
				}
				if f.omitZero {
					f.isZero = zeroTest(sf.Type)
				}
				fields = append(fields, f)
			}
		}
		for _, l := range current {
			visited[l.typ] = true
		}
		current = next
	}

	byName := map[string][]int{}
	for i, f := range fields {
		byName[f.name] = append(byName[f.name], i)
	}
	kept := fields[:0:0]
	for i, f := range fields {
		if f.fallback {
			kept = append(kept, f)
			continue
		}
		if dominant(fields, byName[f.name]) == i {
			kept = append(kept, f)
		}
	}
	slices.SortFunc(kept, func(a, b field) int { return slices.Compare(a.index, b.index) })
	return kept
}

// dominant returns which of the fields at indices, which have one name, is
// used, or -1. They are in the order of their depth.
func dominant(fields []field, indices []int) int {
	depth := -1
	found, foundTagged := -1, -1
	n, nTagged := 0, 0
	for _, i := range indices {
		f := &fields[i]
		if f.fallback {
			continue
		}
		if depth < 0 {
			depth = len(f.index)
		}
		if len(f.index) > depth {
			break
		}
		n++
		found = i
		if f.tagged {
			nTagged++
			foundTagged = i
		}
	}
	switch {
	case nTagged == 1:
		return foundTagged
	case nTagged == 0 && n == 1:
		return found
	}
	return -1
}

// newStructFields prepares the fields of t for both directions.
func newStructFields(t reflect.Type, b *planBuilder) *structFields {
	s := &structFields{byName: map[string]int{}, byFold: map[string]int{}}
	for _, f := range collectFields(t) {
		if f.fallback {
			if s.fallback == nil {
				f.plan = b.plan(f.typ)
				if f.typ.Kind() == reflect.Pointer {
					f.plan = b.plan(f.typ.Elem())
				}
				s.fallback = &f
			}
			continue
		}
		f.plan = b.plan(f.typ)
		f.prefix = append(jsonwire.AppendQuote(nil, f.name, false), ':')
		f.prefixHTML = append(jsonwire.AppendQuote(nil, f.name, true), ':')
		i := len(s.list)
		s.list = append(s.list, f)
		s.byName[f.name] = i
		if !f.strict {
			fold := foldName(f.name)
			if _, ok := s.byFold[fold]; !ok {
				s.byFold[fold] = i
			}
		}
	}
	return s
}

// foldName maps names that are equal under Unicode case folding to one name.
func foldName(s string) string {
	var buf [64]byte
	b := buf[:0]
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'a' <= c && c <= 'z' {
				c -= 'a' - 'A'
			}
			b = append(b, c)
			i++
			continue
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		i += w
		// The least of the characters that fold together.
		least := r
		for q := unicode.SimpleFold(r); q != r; q = unicode.SimpleFold(q) {
			least = min(least, q)
		}
		b = utf8.AppendRune(b, least)
	}
	return string(b)
}

// find returns the field for a member name, or nil. next is the field that
// was found last plus one: members often come in the order of the fields.
func (s *structFields) find(name string, next int) int {
	if next < len(s.list) && s.list[next].name == name {
		return next
	}
	if i, ok := s.byName[name]; ok {
		return i
	}
	if i, ok := s.byFold[foldName(name)]; ok {
		return i
	}
	return -1
}

// quotable reports whether the option string has an effect on a type.
func quotable(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer && t.Name() == "" {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return true
	}
	return false
}

// zeroTest returns the test of the option omitzero.
func zeroTest(t reflect.Type) func(reflect.Value) bool {
	switch {
	case t.Kind() == reflect.Interface && t.Implements(zeroerType):
		return func(v reflect.Value) bool {
			return v.IsNil() || v.Elem().Kind() == reflect.Pointer && v.Elem().IsNil() || v.Interface().(zeroer).IsZero()
		}
	case t.Kind() == reflect.Pointer && t.Implements(zeroerType):
		return func(v reflect.Value) bool {
			return v.IsNil() || v.Interface().(zeroer).IsZero()
		}
	case t.Implements(zeroerType):
		return func(v reflect.Value) bool { return v.Interface().(zeroer).IsZero() }
	case reflect.PointerTo(t).Implements(zeroerType):
		return func(v reflect.Value) bool {
			return addressable(v).Addr().Interface().(zeroer).IsZero()
		}
	}
	return reflect.Value.IsZero
}

type zeroer interface{ IsZero() bool }

var zeroerType = reflect.TypeFor[zeroer]()

// addressable returns v or a copy of it that has an address.
func addressable(v reflect.Value) reflect.Value {
	if v.CanAddr() {
		return v
	}
	p := reflect.New(v.Type()).Elem()
	p.Set(v)
	return p
}

// isEmpty is the test of the option omitempty.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Bool, reflect.Float32, reflect.Float64, reflect.Interface, reflect.Pointer,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return v.IsZero()
	}
	return false
}
