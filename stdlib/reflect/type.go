// Package reflect looks into values of any type, and changes them, at run time. A Type is the type's
// descriptor, made by the compiler; a Value is a descriptor and the address of the value, or the value itself if it
// is one pointer.
package reflect

import (
	"internal/abi"
	"internal/reflectlite"
	"iter"
	"strconv"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// Type is a Go type. Types are equal (==) exactly if they are identical. Methods that make no sense for the kind
// of the type panic.
type Type interface {
	// Align gives the alignment of a variable.
	Align() int
	// FieldAlign gives the alignment of a struct field.
	FieldAlign() int
	// Method gives method i of the sorted method set: of the exported methods, for types other than interfaces.
	Method(int) Method
	// Methods iterates over what Method gives.
	Methods() iter.Seq[Method]
	// MethodByName finds a method by name.
	MethodByName(string) (Method, bool)
	// NumMethod counts the methods that Method can give.
	NumMethod() int
	// Name gives the name of a defined type without its package, or "".
	Name() string
	// PkgPath gives the import path of the package that defines the type; "" for predeclared and unnamed types.
	PkgPath() string
	// Size gives the number of bytes of a value.
	Size() uintptr
	// String gives the type in Go's notation, with package names, which need not be unique.
	String() string
	// Kind gives the kind.
	Kind() Kind
	// Implements reports whether the type implements the interface type u.
	Implements(u Type) bool
	// AssignableTo reports whether a value of the type can be assigned to type u.
	AssignableTo(u Type) bool
	// ConvertibleTo reports whether a value of the type can be converted to type u; the conversion may still
	// panic for some values.
	ConvertibleTo(u Type) bool
	// Comparable reports whether values can be compared; for interfaces in them that may still panic.
	Comparable() bool

	// Bits gives the size of a number type in bits.
	Bits() int
	// ChanDir gives the direction of a channel type.
	ChanDir() ChanDir
	// IsVariadic reports whether the last parameter of a function type is a "...".
	IsVariadic() bool
	// Elem gives the element type of an array, channel, map, pointer or slice.
	Elem() Type
	// Field gives field i of a struct type.
	Field(i int) StructField
	// Fields iterates over the fields of a struct type.
	Fields() iter.Seq[StructField]
	// FieldByIndex follows a path of field indexes.
	FieldByIndex(index []int) StructField
	// FieldByName finds a field, also a promoted one.
	FieldByName(name string) (StructField, bool)
	// FieldByNameFunc finds the one field at the least depth whose name matches.
	FieldByNameFunc(match func(string) bool) (StructField, bool)
	// In gives the type of parameter i of a function type.
	In(i int) Type
	// Ins iterates over the types of the parameters.
	Ins() iter.Seq[Type]
	// Key gives the key type of a map type.
	Key() Type
	// Len gives the length of an array type.
	Len() int
	// NumField counts the fields of a struct type.
	NumField() int
	// NumIn and NumOut count parameters and results of a function type.
	NumIn() int
	NumOut() int
	// Out gives the type of result i of a function type.
	Out(i int) Type
	// Outs iterates over the types of the results.
	Outs() iter.Seq[Type]

	// OverflowComplex and its like report whether x does not fit in a number type.
	OverflowComplex(x complex128) bool
	OverflowFloat(x float64) bool
	OverflowInt(x int64) bool
	OverflowUint(x uint64) bool

	// CanSeq and CanSeq2 report whether values can be ranged over with one or two variables.
	CanSeq() bool
	CanSeq2() bool

	common() *abi.Type
}

// rtype is a descriptor as a Type.
type rtype struct {
	t abi.Type
}

// Kind says which of Go's type constructors made a type. The zero Kind is not one.
type Kind uint

const (
	Invalid Kind = iota
	Bool
	Int
	Int8
	Int16
	Int32
	Int64
	Uint
	Uint8
	Uint16
	Uint32
	Uint64
	Uintptr
	Float32
	Float64
	Complex64
	Complex128
	Array
	Chan
	Func
	Interface
	Map
	Pointer
	Slice
	String
	Struct
	UnsafePointer
)

// Ptr is the old name of Pointer.
const Ptr = Pointer

// String gives the name of the kind.
func (k Kind) String() string {
	if k > UnsafePointer {
		return "kind" + strconv.Itoa(int(k))
	}
	return abi.Kind(k).String()
}

// ChanDir says what a channel type allows.
type ChanDir int

const (
	RecvDir ChanDir = 1 << iota
	SendDir
	BothDir = RecvDir | SendDir
)

// String gives the direction as it is written in a type.
func (d ChanDir) String() string {
	switch d {
	case RecvDir:
		return "<-chan"
	case SendDir:
		return "chan<-"
	case BothDir:
		return "chan"
	}
	return "ChanDir" + strconv.Itoa(int(d))
}

// Method is a method of a type.
type Method struct {
	Name    string
	PkgPath string // of an unexported method
	Type    Type   // with the receiver as first parameter, except for interfaces
	Func    Value  // with the receiver as first parameter; the zero Value for interfaces
	Index   int    // for Type.Method
}

// IsExported reports whether the method is exported.
func (m Method) IsExported() bool { return m.PkgPath == "" }

// StructField is a field of a struct type.
type StructField struct {
	Name      string
	PkgPath   string // of an unexported field
	Type      Type
	Tag       StructTag
	Offset    uintptr // in bytes
	Index     []int   // path for FieldByIndex
	Anonymous bool    // embedded
}

// IsExported reports whether the field is exported.
func (f StructField) IsExported() bool { return f.PkgPath == "" }

// StructTag is the string after a field. By convention it holds key:"value" pairs, separated by spaces.
type StructTag string

// Get gives the value of key, or "".
func (tag StructTag) Get(key string) string {
	value, _ := tag.Lookup(key)
	return value
}

// Lookup gives the value of key and whether the tag has the key.
func (tag StructTag) Lookup(key string) (value string, ok bool) {
	rest := string(tag)
	for {
		for rest != "" && rest[0] == ' ' {
			rest = rest[1:]
		}
		// The key: everything up to the colon, no spaces, quotes or control characters.
		n := 0
		for n < len(rest) && rest[n] > ' ' && rest[n] != ':' && rest[n] != '"' && rest[n] != 0x7f {
			n++
		}
		if n == 0 || n+1 >= len(rest) || rest[n] != ':' || rest[n+1] != '"' {
			return "", false
		}
		name := rest[:n]
		rest = rest[n+1:]
		// The value: a Go string literal.
		end := 1
		for end < len(rest) && rest[end] != '"' {
			if rest[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(rest) {
			return "", false
		}
		literal := rest[:end+1]
		rest = rest[end+1:]
		if name == key {
			value, err := strconv.Unquote(literal)
			return value, err == nil
		}
	}
}

// TypeOf gives the dynamic type of i; nil for a nil interface.
func TypeOf(i any) Type {
	return toType(abi.TypeOf(i))
}

// TypeFor gives the type T.
func TypeFor[T any]() Type {
	return toType(abi.TypeFor[T]())
}

func toRType(t *abi.Type) *rtype { return (*rtype)(unsafe.Pointer(t)) }

// toType makes a Type of a descriptor; nil stays a nil interface.
func toType(t *abi.Type) Type {
	if t == nil {
		return nil
	}
	return toRType(t)
}

func typeString(t *abi.Type) string { return reflectlite.TypeString(t) }

func (t *rtype) common() *abi.Type { return &t.t }
func (t *rtype) Align() int        { return int(t.t.Align_) }
func (t *rtype) FieldAlign() int   { return int(t.t.FieldAlign_) }
func (t *rtype) Size() uintptr     { return t.t.Size_ }
func (t *rtype) Kind() Kind        { return Kind(t.t.Kind_) }
func (t *rtype) String() string    { return typeString(&t.t) }
func (t *rtype) Name() string      { return reflectlite.TypeName(&t.t) }
func (t *rtype) PkgPath() string   { return reflectlite.TypePkgPath(&t.t) }
func (t *rtype) Comparable() bool  { return t.t.Equal != nil }

func (t *rtype) Bits() int {
	if k := t.Kind(); k < Int || k > Complex128 {
		panic("reflect: Bits of non-arithmetic Type " + t.String())
	}
	return int(t.t.Size_) * 8
}

func (t *rtype) ChanDir() ChanDir {
	if t.Kind() != Chan {
		panic("reflect: ChanDir of non-chan type " + t.String())
	}
	return ChanDir(t.t.ChanDir())
}

func (t *rtype) Elem() Type {
	e := t.t.Elem()
	if e == nil {
		panic("reflect: Elem of invalid type " + t.String())
	}
	return toRType(e)
}

func (t *rtype) Key() Type {
	if t.Kind() != Map {
		panic("reflect: Key of non-map type " + t.String())
	}
	return toRType(t.t.Key())
}

func (t *rtype) Len() int {
	if t.Kind() != Array {
		panic("reflect: Len of non-array type " + t.String())
	}
	return t.t.Len()
}

// fun gives the function descriptor, or panics on behalf of method.
func (t *rtype) fun(method string) *abi.FuncType {
	if t.Kind() != Func {
		panic("reflect: " + method + " of non-func type " + t.String())
	}
	return t.t.FuncType()
}

func (t *rtype) IsVariadic() bool { return t.fun("IsVariadic").IsVariadic() }
func (t *rtype) NumIn() int       { return t.fun("NumIn").NumIn() }
func (t *rtype) NumOut() int      { return t.fun("NumOut").NumOut() }
func (t *rtype) In(i int) Type    { return toType(t.fun("In").InSlice()[i]) }
func (t *rtype) Out(i int) Type   { return toType(t.fun("Out").OutSlice()[i]) }

func (t *rtype) Ins() iter.Seq[Type]  { return typeSeq(t.fun("Ins").InSlice()) }
func (t *rtype) Outs() iter.Seq[Type] { return typeSeq(t.fun("Outs").OutSlice()) }

func typeSeq(list []*abi.Type) iter.Seq[Type] {
	return func(yield func(Type) bool) {
		for _, t := range list {
			if !yield(toType(t)) {
				return
			}
		}
	}
}

func (t *rtype) OverflowInt(x int64) bool {
	switch t.Kind() {
	case Int, Int8, Int16, Int32, Int64:
		shift := 64 - t.t.Size_*8
		return x<<shift>>shift != x
	}
	panic("reflect: OverflowInt of non-int type " + t.String())
}

func (t *rtype) OverflowUint(x uint64) bool {
	switch t.Kind() {
	case Uint, Uintptr, Uint8, Uint16, Uint32, Uint64:
		shift := 64 - t.t.Size_*8
		return x<<shift>>shift != x
	}
	panic("reflect: OverflowUint of non-uint type " + t.String())
}

func (t *rtype) OverflowFloat(x float64) bool {
	switch t.Kind() {
	case Float32:
		return overflowFloat32(x)
	case Float64:
		return false
	}
	panic("reflect: OverflowFloat of non-float type " + t.String())
}

func (t *rtype) OverflowComplex(x complex128) bool {
	switch t.Kind() {
	case Complex64:
		return overflowFloat32(real(x)) || overflowFloat32(imag(x))
	case Complex128:
		return false
	}
	panic("reflect: OverflowComplex of non-complex type " + t.String())
}

func overflowFloat32(x float64) bool {
	const (
		maxFloat32 = 0x1p127 * (1 + (1 - 0x1p-23))
		maxFloat64 = 0x1p1023 * (1 + (1 - 0x1p-52))
	)
	if x < 0 {
		x = -x
	}
	// Infinity is a float32, too.
	return maxFloat32 < x && x <= maxFloat64
}

func (t *rtype) Implements(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.Implements")
	}
	if u.Kind() != Interface {
		panic("reflect: non-interface type passed to Type.Implements")
	}
	return reflectlite.Implements(u.common(), &t.t)
}

func (t *rtype) AssignableTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.AssignableTo")
	}
	return reflectlite.DirectlyAssignable(u.common(), &t.t) || reflectlite.Implements(u.common(), &t.t)
}

func (t *rtype) ConvertibleTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.ConvertibleTo")
	}
	return conversion(u.common(), &t.t) != nil
}

// isYield reports whether t is func(yield func(n parameters) bool).
func isRangeFunc(t *abi.Type, n int) bool {
	if t.Kind() != abi.Func {
		return false
	}
	f := t.FuncType()
	if f.NumIn() != 1 || f.NumOut() != 0 || f.In(0).Kind() != abi.Func {
		return false
	}
	y := f.In(0).FuncType()
	return y.NumIn() == n && y.NumOut() == 1 && y.Out(0).Kind() == abi.Bool && !y.IsVariadic()
}

func (t *rtype) CanSeq() bool {
	switch k := t.Kind(); k {
	case Array, Slice, Chan, String, Map:
		return true
	case Func:
		return isRangeFunc(&t.t, 1)
	case Pointer:
		return t.t.Elem().Kind() == abi.Array
	default:
		return k >= Int && k <= Uintptr
	}
}

func (t *rtype) CanSeq2() bool {
	switch t.Kind() {
	case Array, Slice, String, Map:
		return true
	case Func:
		return isRangeFunc(&t.t, 2)
	case Pointer:
		return t.t.Elem().Kind() == abi.Array
	}
	return false
}

// Methods.

func (t *rtype) NumMethod() int { return t.t.NumMethod() }

func (t *rtype) Method(i int) (m Method) {
	if it := t.t.InterfaceType(); it != nil {
		if i < 0 || i >= len(it.Methods) {
			panic("reflect: Method index out of range")
		}
		im := &it.Methods[i]
		name := reflectlite.NameAt(&t.t, im.Name)
		m.Name = name.Name()
		if !name.IsExported() {
			m.PkgPath = reflectlite.NamePkgPath(&t.t, name)
			if m.PkgPath == "" {
				m.PkgPath = it.PkgPath.Name()
			}
		}
		m.Type = toType(reflectlite.TypeAt(&t.t, im.Typ))
		m.Index = i
		return m
	}
	methods := t.t.ExportedMethods()
	if i < 0 || i >= len(methods) {
		panic("reflect: Method index out of range")
	}
	am := &methods[i]
	m.Name = reflectlite.NameAt(&t.t, am.Name).Name()
	m.Index = i
	sig := reflectlite.TypeAt(&t.t, am.Mtyp).FuncType()
	in := make([]Type, 0, 1+sig.NumIn())
	in = append(in, t)
	for _, p := range sig.InSlice() {
		in = append(in, toType(p))
	}
	out := make([]Type, 0, sig.NumOut())
	for _, p := range sig.OutSlice() {
		out = append(out, toType(p))
	}
	m.Type = FuncOf(in, out, sig.IsVariadic())
	m.Func = wordValue(m.Type.common(), unsafe.Pointer(&struct{ code unsafe.Pointer }{resolveTextOff(unsafe.Pointer(t), int32(am.Tfn))}), 0)
	return m
}

func (t *rtype) Methods() iter.Seq[Method] {
	return func(yield func(Method) bool) {
		for i := range t.NumMethod() {
			if !yield(t.Method(i)) {
				return
			}
		}
	}
}

// methodIndex finds a method that Method can give; -1 if there is none.
func (t *rtype) methodIndex(name string) int {
	if it := t.t.InterfaceType(); it != nil {
		for i := range it.Methods {
			if reflectlite.NameAt(&t.t, it.Methods[i].Name).Name() == name {
				return i
			}
		}
		return -1
	}
	methods := t.t.ExportedMethods()
	low, high := 0, len(methods)
	for low < high {
		mid := int(uint(low+high) / 2)
		if reflectlite.NameAt(&t.t, methods[mid].Name).Name() < name {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(methods) && reflectlite.NameAt(&t.t, methods[low].Name).Name() == name {
		return low
	}
	return -1
}

func (t *rtype) MethodByName(name string) (m Method, ok bool) {
	i := t.methodIndex(name)
	if i < 0 {
		return Method{}, false
	}
	return t.Method(i), true
}

// Fields.

// structOf gives the struct descriptor, or panics on behalf of method.
func (t *rtype) struc(method string) *abi.StructType {
	if t.Kind() != Struct {
		panic("reflect: " + method + " of non-struct type " + t.String())
	}
	return t.t.StructType()
}

func (t *rtype) NumField() int { return len(t.struc("NumField").Fields) }

func (t *rtype) Field(i int) StructField {
	st := t.struc("Field")
	if i < 0 || i >= len(st.Fields) {
		panic("reflect: Field index out of bounds")
	}
	f := &st.Fields[i]
	field := StructField{
		Name:      f.Name.Name(),
		Type:      toType(f.Typ),
		Tag:       StructTag(f.Name.Tag()),
		Offset:    f.Offset,
		Index:     []int{i},
		Anonymous: f.Embedded(),
	}
	if !f.Name.IsExported() {
		field.PkgPath = st.PkgPath.Name()
	}
	return field
}

func (t *rtype) Fields() iter.Seq[StructField] {
	n := len(t.struc("Fields").Fields)
	return func(yield func(StructField) bool) {
		for i := range n {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}

func (t *rtype) FieldByIndex(index []int) StructField {
	t.struc("FieldByIndex")
	var field StructField
	var at Type = t
	for depth, i := range index {
		if depth > 0 && at.Kind() == Pointer && at.Elem().Kind() == Struct {
			at = at.Elem()
		}
		field = at.Field(i)
		at = field.Type
	}
	// Field gives an index of length one; the path is the caller's.
	if len(index) > 0 {
		field.Index = index
	}
	return field
}

func (t *rtype) FieldByName(name string) (StructField, bool) {
	st := t.struc("FieldByName")
	embedded := false
	if name != "" {
		for i := range st.Fields {
			f := &st.Fields[i]
			if f.Name.Name() == name {
				return t.Field(i), true
			}
			embedded = embedded || f.Embedded()
		}
		if !embedded {
			return StructField{}, false
		}
	}
	return t.findField(func(s string) bool { return s == name })
}

func (t *rtype) FieldByNameFunc(match func(string) bool) (StructField, bool) {
	t.struc("FieldByNameFunc")
	return t.findField(match)
}

// findField searches level by level. At a level, several matches, or a match in a struct that is there several
// times, cancel each other out and end the search.
func (t *rtype) findField(match func(string) bool) (found StructField, ok bool) {
	type level struct {
		t     *abi.Type
		index []int
		times int // how often the struct is embedded at this depth, at most 2
	}
	seen := map[*abi.Type]bool{}
	current := []level{{&t.t, nil, 1}}
	for len(current) > 0 {
		var next []level
		nextAt := map[*abi.Type]int{}
		matches := 0
		for _, at := range current {
			seen[at.t] = true
		}
		for _, at := range current {
			st := at.t.StructType()
			for i := range st.Fields {
				f := &st.Fields[i]
				var inner *abi.Type
				if f.Embedded() {
					inner = f.Typ
					if inner.Kind() == abi.Pointer {
						inner = inner.Elem()
					}
				}
				if match(f.Name.Name()) {
					if matches += at.times; matches > 1 {
						return StructField{}, false
					}
					found = toRType(at.t).Field(i)
					found.Index = append(append([]int(nil), at.index...), i)
					continue
				}
				if matches > 0 || inner == nil || inner.Kind() != abi.Struct || seen[inner] {
					continue
				}
				if j, again := nextAt[inner]; again {
					next[j].times = 2
					continue
				}
				nextAt[inner] = len(next)
				next = append(next, level{inner, append(append([]int(nil), at.index...), i), at.times})
			}
		}
		if matches == 1 {
			return found, true
		}
		current = next
	}
	return StructField{}, false
}

// VisibleFields gives the fields of the struct type t that FieldByName can find, in the order of the struct, each
// embedded struct followed by its promoted fields.
func VisibleFields(t Type) []StructField {
	if t == nil {
		panic("reflect: VisibleFields(nil)")
	}
	if t.Kind() != Struct {
		panic("reflect.VisibleFields of non-struct type")
	}
	w := &fieldWalk{byName: map[string]int{}, on: map[Type]bool{}}
	w.walk(t)
	kept := w.fields[:0]
	for _, f := range w.fields {
		if f.Name != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

// fieldWalk collects fields. A field that is shadowed, or that clashes with another at its depth, keeps its place
// with an empty name.
type fieldWalk struct {
	fields []StructField
	byName map[string]int
	on     map[Type]bool // structs that the walk is in: embedded pointers can make cycles
	index  []int
}

func (w *fieldWalk) walk(t Type) {
	if w.on[t] {
		return
	}
	w.on[t] = true
	for i := range t.NumField() {
		f := t.Field(i)
		w.index = append(w.index, i)
		add := true
		if old, ok := w.byName[f.Name]; ok {
			o := &w.fields[old]
			switch {
			case len(w.index) == len(o.Index):
				// Neither can be selected. The old one stays in byName, so that deeper ones lose, too.
				o.Name = ""
				add = false
			case len(w.index) < len(o.Index):
				o.Name = ""
			default:
				add = false
			}
		}
		if add {
			f.Index = append([]int(nil), w.index...)
			w.byName[f.Name] = len(w.fields)
			w.fields = append(w.fields, f)
		}
		if f.Anonymous {
			inner := f.Type
			if inner.Kind() == Pointer {
				inner = inner.Elem()
			}
			if inner.Kind() == Struct {
				w.walk(inner)
			}
		}
		w.index = w.index[:len(w.index)-1]
	}
	delete(w.on, t)
}

func isExportedName(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func isLetter(r rune) bool { return unicode.IsLetter(r) }
func isDigit(r rune) bool  { return unicode.IsDigit(r) }
