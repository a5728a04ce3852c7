package reflect

import (
	"internal/abi"
	"internal/reflectlite"
	"iter"
	"strconv"
	"unsafe"
)

// Value is a value of any type; the zero Value is none. Methods that make no sense for its kind panic.
type Value struct {
	typ_ *abi.Type
	// ptr is the address of the value if flagIndir is set, else the value (one pointer).
	ptr unsafe.Pointer
	flag
}

// flag holds the kind in its lowest bits, and facts about the value.
type flag uintptr

const (
	flagKindWidth        = 5
	flagKindMask    flag = 1<<flagKindWidth - 1
	flagStickyRO    flag = 1 << 5 // came from an unexported field that is not embedded
	flagEmbedRO     flag = 1 << 6 // came from an unexported embedded field
	flagIndir       flag = 1 << 7 // ptr is an address
	flagAddr        flag = 1 << 8 // it is a variable
	flagMethod      flag = 1 << 9 // it is a method bound to the receiver that ptr and typ_ describe
	flagMethodShift      = 10     // index of that method
	flagRO               = flagStickyRO | flagEmbedRO
)

func (f flag) kind() Kind { return Kind(f & flagKindMask) }

// ro gives the flag for values that are derived from one with f.
func (f flag) ro() flag {
	if f&flagRO != 0 {
		return flagStickyRO
	}
	return 0
}

// A ValueError says that a method of Value was called on a value of the wrong kind.
type ValueError struct {
	Method string
	Kind   Kind
}

func (e *ValueError) Error() string {
	kind := "zero"
	if e.Kind != Invalid {
		kind = e.Kind.String()
	}
	return "reflect: call of " + e.Method + " on " + kind + " Value"
}

// wrongKind panics for method (a name like "reflect.Value.Int").
func (f flag) wrongKind(method string) {
	panic(&ValueError{method, f.kind()})
}

func (f flag) mustBe(k Kind, method string) {
	if f.kind() != k {
		f.wrongKind(method)
	}
}

// mustBeExported panics if the value came from an unexported field.
func (f flag) mustBeExported(method string) {
	if f == 0 {
		f.wrongKind(method)
	}
	if f&flagRO != 0 {
		panic("reflect: " + method + " using value obtained using unexported field")
	}
}

// mustBeAssignable panics if the value cannot be changed.
func (f flag) mustBeAssignable(method string) {
	f.mustBeExported(method)
	if f&flagAddr == 0 {
		panic("reflect: " + method + " using unaddressable value")
	}
}

// ValueOf gives the value in i; the zero Value for nil.
func ValueOf(i any) Value {
	e := (*abi.EmptyInterface)(unsafe.Pointer(&i))
	if e.Type == nil {
		return Value{}
	}
	f := flag(e.Type.Kind_)
	if !e.Type.IsDirectIface() {
		f |= flagIndir
	}
	return Value{e.Type, e.Data, f}
}

// word gives the value of one that is a pointer.
func (v Value) word() unsafe.Pointer {
	if v.flag&flagIndir != 0 {
		return *(*unsafe.Pointer)(v.ptr)
	}
	return v.ptr
}

// address gives an address where the value is. For a value in a word that is a copy.
func (v Value) address() unsafe.Pointer {
	if v.flag&flagIndir != 0 {
		return v.ptr
	}
	p := v.ptr
	return unsafe.Pointer(&p)
}

// wordValue makes a Value of a type that is one pointer.
func wordValue(t *abi.Type, p unsafe.Pointer, f flag) Value {
	return Value{t, p, f | flag(t.Kind_)}
}

// load makes a Value of the value of type t at p, which stays there: of the word if t is one, else of p.
func load(t *abi.Type, p unsafe.Pointer, f flag) Value {
	f |= flag(t.Kind_)
	if t.IsDirectIface() {
		return Value{t, *(*unsafe.Pointer)(p), f}
	}
	return Value{t, p, f | flagIndir}
}

// copyOf makes a Value of a copy of the value of type t at p.
func copyOf(t *abi.Type, p unsafe.Pointer, f flag) Value {
	if t.IsDirectIface() {
		return load(t, p, f)
	}
	c := unsafe_New(t)
	typedmemmove(t, c, p)
	return Value{t, c, f | flag(t.Kind_) | flagIndir}
}

// IsValid reports whether v is not the zero Value.
func (v Value) IsValid() bool { return v.flag != 0 }

// Kind gives the kind; Invalid for the zero Value.
func (v Value) Kind() Kind { return v.kind() }

// CanAddr reports whether v is a variable: an element of a slice, a field or element of a variable, or what a
// pointer points to.
func (v Value) CanAddr() bool { return v.flag&flagAddr != 0 }

// CanSet reports whether v can be changed: a variable that was not reached through an unexported field.
func (v Value) CanSet() bool { return v.flag&(flagAddr|flagRO) == flagAddr }

// CanInterface reports whether Interface gives the value: not for one from an unexported field.
func (v Value) CanInterface() bool {
	if v.flag == 0 {
		v.wrongKind("reflect.Value.CanInterface")
	}
	return v.flag&flagRO == 0
}

// Type gives the type.
func (v Value) Type() Type {
	if v.flag&flagMethod == 0 && v.flag != 0 {
		return toRType(v.typ_)
	}
	return toType(v.dynType("reflect.Value.Type"))
}

// dynType gives the type as a descriptor: of a bound method, its type without receiver.
func (v Value) dynType(method string) *abi.Type {
	if v.flag == 0 {
		v.wrongKind(method)
	}
	if v.flag&flagMethod == 0 {
		return v.typ_
	}
	i := int(v.flag >> flagMethodShift)
	if it := v.typ_.InterfaceType(); it != nil {
		return reflectlite.TypeAt(v.typ_, it.Methods[i].Typ)
	}
	return reflectlite.TypeAt(v.typ_, v.typ_.ExportedMethods()[i].Mtyp)
}

// Interface gives the value as an interface value.
func (v Value) Interface() (i any) {
	return v.toInterface("Interface", true)
}

// toInterface does Interface's work; safe tells whether unexported fields are refused.
func (v Value) toInterface(name string, safe bool) any {
	if v.flag == 0 {
		v.wrongKind("reflect.Value.Interface")
	}
	if safe && v.flag&flagRO != 0 {
		panic("reflect.Value.Interface: cannot return value obtained from unexported field or method")
	}
	if v.flag&flagMethod != 0 {
		v = v.bindMethod(name)
	}
	if v.kind() == Interface {
		return v.dynamic()
	}
	e := abi.EmptyInterface{Type: v.typ_}
	switch {
	case v.typ_.IsDirectIface():
		e.Data = v.word()
	case v.flag&flagAddr != 0:
		// The variable may change later.
		e.Data = unsafe_New(v.typ_)
		typedmemmove(v.typ_, e.Data, v.ptr)
	default:
		e.Data = v.ptr
	}
	return *(*any)(unsafe.Pointer(&e))
}

// dynamic gives what an interface variable holds.
func (v Value) dynamic() any {
	if v.typ_.NumMethod() == 0 {
		return *(*any)(v.ptr)
	}
	return *(*interface{ M() })(v.ptr)
}

// TypeAssert is v.Interface().(T) with the comma-ok form.
func TypeAssert[T any](v Value) (T, bool) {
	if v.flag == 0 {
		v.wrongKind("reflect.TypeAssert")
	}
	if v.flag&flagRO != 0 {
		panic("reflect.TypeAssert: cannot return value obtained from unexported field or method")
	}
	x, ok := v.Interface().(T)
	return x, ok
}

// InterfaceData gives the two words of an interface.
//
// Deprecated: the words have no use.
func (v Value) InterfaceData() [2]uintptr {
	v.mustBe(Interface, "reflect.Value.InterfaceData")
	return *(*[2]uintptr)(v.ptr)
}

// Addr gives a pointer to the variable v.
func (v Value) Addr() Value {
	if v.flag&flagAddr == 0 {
		panic("reflect.Value.Addr of unaddressable value")
	}
	return Value{ptrTo(v.typ_), v.ptr, v.flag.ro() | flag(Pointer)}
}

// UnsafeAddr gives the address of the variable v as a number.
func (v Value) UnsafeAddr() uintptr {
	if v.typ_ == nil {
		v.wrongKind("reflect.Value.UnsafeAddr")
	}
	if v.flag&flagAddr == 0 {
		panic("reflect.Value.UnsafeAddr of unaddressable value")
	}
	return uintptr(v.ptr)
}

// Elem gives what an interface holds or a pointer points to; the zero Value for nil.
func (v Value) Elem() Value {
	switch v.kind() {
	case Interface:
		e := ValueOf(v.dynamic())
		if e.flag != 0 {
			e.flag |= v.flag.ro()
		}
		return e
	case Pointer:
		p := v.word()
		if p == nil {
			return Value{}
		}
		t := v.typ_.Elem()
		return Value{t, p, v.flag&flagRO | flagIndir | flagAddr | flag(t.Kind_)}
	}
	v.wrongKind("reflect.Value.Elem")
	return Value{}
}

// Indirect gives what v points to if it is a pointer, else v.
func Indirect(v Value) Value {
	if v.Kind() != Pointer {
		return v
	}
	return v.Elem()
}

// Getters.

// Bool gives the value of a bool.
func (v Value) Bool() bool {
	v.mustBe(Bool, "reflect.Value.Bool")
	return *(*bool)(v.ptr)
}

// Int gives the value of a signed integer.
func (v Value) Int() int64 {
	switch v.kind() {
	case Int:
		return int64(*(*int)(v.ptr))
	case Int8:
		return int64(*(*int8)(v.ptr))
	case Int16:
		return int64(*(*int16)(v.ptr))
	case Int32:
		return int64(*(*int32)(v.ptr))
	case Int64:
		return *(*int64)(v.ptr)
	}
	v.wrongKind("reflect.Value.Int")
	return 0
}

// Uint gives the value of an unsigned integer.
func (v Value) Uint() uint64 {
	switch v.kind() {
	case Uint:
		return uint64(*(*uint)(v.ptr))
	case Uint8:
		return uint64(*(*uint8)(v.ptr))
	case Uint16:
		return uint64(*(*uint16)(v.ptr))
	case Uint32:
		return uint64(*(*uint32)(v.ptr))
	case Uint64:
		return *(*uint64)(v.ptr)
	case Uintptr:
		return uint64(*(*uintptr)(v.ptr))
	}
	v.wrongKind("reflect.Value.Uint")
	return 0
}

// Float gives the value of a float.
func (v Value) Float() float64 {
	switch v.kind() {
	case Float32:
		return float64(*(*float32)(v.ptr))
	case Float64:
		return *(*float64)(v.ptr)
	}
	v.wrongKind("reflect.Value.Float")
	return 0
}

// Complex gives the value of a complex number.
func (v Value) Complex() complex128 {
	switch v.kind() {
	case Complex64:
		return complex128(*(*complex64)(v.ptr))
	case Complex128:
		return *(*complex128)(v.ptr)
	}
	v.wrongKind("reflect.Value.Complex")
	return 0
}

// String gives the value of a string; "<T Value>" for other types.
func (v Value) String() string {
	switch v.kind() {
	case String:
		return *(*string)(v.ptr)
	case Invalid:
		return "<invalid Value>"
	}
	return "<" + v.Type().String() + " Value>"
}

// Bytes gives the value of a byte slice, or a slice of a byte array that is a variable.
func (v Value) Bytes() []byte {
	const method = "reflect.Value.Bytes"
	switch v.kind() {
	case Slice:
		if v.typ_.Elem().Kind() != abi.Uint8 {
			panic("reflect.Value.Bytes of non-byte slice")
		}
		return *(*[]byte)(v.ptr)
	case Array:
		if v.typ_.Elem().Kind() != abi.Uint8 {
			panic("reflect.Value.Bytes of non-byte array")
		}
		if !v.CanAddr() {
			panic("reflect.Value.Bytes of unaddressable byte array")
		}
		return unsafe.Slice((*byte)(v.ptr), v.typ_.Len())
	}
	v.wrongKind(method)
	return nil
}

// runes gives the value of a rune slice.
func (v Value) runes() []rune { return *(*[]rune)(v.ptr) }

func (v Value) CanInt() bool     { return v.kind() >= Int && v.kind() <= Int64 }
func (v Value) CanUint() bool    { return v.kind() >= Uint && v.kind() <= Uintptr }
func (v Value) CanFloat() bool   { return v.kind() == Float32 || v.kind() == Float64 }
func (v Value) CanComplex() bool { return v.kind() == Complex64 || v.kind() == Complex128 }

// OverflowInt reports whether x does not fit in v's type.
func (v Value) OverflowInt(x int64) bool {
	if !v.CanInt() {
		v.wrongKind("reflect.Value.OverflowInt")
	}
	return toRType(v.typ_).OverflowInt(x)
}

// OverflowUint reports whether x does not fit in v's type.
func (v Value) OverflowUint(x uint64) bool {
	if !v.CanUint() {
		v.wrongKind("reflect.Value.OverflowUint")
	}
	return toRType(v.typ_).OverflowUint(x)
}

// OverflowFloat reports whether x does not fit in v's type.
func (v Value) OverflowFloat(x float64) bool {
	if !v.CanFloat() {
		v.wrongKind("reflect.Value.OverflowFloat")
	}
	return toRType(v.typ_).OverflowFloat(x)
}

// OverflowComplex reports whether x does not fit in v's type.
func (v Value) OverflowComplex(x complex128) bool {
	if !v.CanComplex() {
		v.wrongKind("reflect.Value.OverflowComplex")
	}
	return toRType(v.typ_).OverflowComplex(x)
}

// IsNil reports whether v, of a kind that can be nil, is nil.
func (v Value) IsNil() bool {
	switch v.kind() {
	case Chan, Func, Map, Pointer, UnsafePointer:
		if v.flag&flagMethod != 0 {
			return false
		}
		return v.word() == nil
	case Interface, Slice:
		return *(*unsafe.Pointer)(v.ptr) == nil
	}
	v.wrongKind("reflect.Value.IsNil")
	return false
}

// Pointer gives the address in a pointer-like value as a number.
func (v Value) Pointer() uintptr {
	switch v.kind() {
	case Chan, Func, Map, Pointer, Slice, String, UnsafePointer:
		return uintptr(v.UnsafePointer())
	}
	v.wrongKind("reflect.Value.Pointer")
	return 0
}

// UnsafePointer gives the address in a pointer-like value: of the first element of a slice or string, of the code
// of a function.
func (v Value) UnsafePointer() unsafe.Pointer {
	switch v.kind() {
	case Chan, Map, Pointer, UnsafePointer:
		return v.word()
	case Func:
		if v.flag&flagMethod != 0 {
			_, code, _ := v.boundMethod("reflect.Value.UnsafePointer")
			return code
		}
		p := v.word()
		if p != nil {
			p = *(*unsafe.Pointer)(p)
		}
		return p
	case Slice, String:
		return *(*unsafe.Pointer)(v.ptr)
	}
	v.wrongKind("reflect.Value.UnsafePointer")
	return nil
}

// Setters.

// Set assigns x to v; it must be assignable to v's type.
func (v Value) Set(x Value) {
	v.mustBeAssignable("reflect.Value.Set")
	x.mustBeExported("reflect.Value.Set")
	var target unsafe.Pointer
	if v.kind() == Interface {
		target = v.ptr
	}
	x = x.assignTo("reflect.Set", v.typ_, target)
	if x.flag&flagIndir == 0 {
		*(*unsafe.Pointer)(v.ptr) = x.ptr
	} else if x.ptr == unsafe.Pointer(&zeroVal[0]) {
		typedmemclr(v.typ_, v.ptr)
	} else if x.ptr != v.ptr {
		typedmemmove(v.typ_, v.ptr, x.ptr)
	}
}

// assignTo converts v to type dst by the rules of assignment. If dst is an interface type, the result may be
// written to target (if not nil) instead of a new variable. context names the operation in panics.
func (v Value) assignTo(context string, dst *abi.Type, target unsafe.Pointer) Value {
	if v.flag&flagMethod != 0 {
		v = v.bindMethod(context)
	}
	switch {
	case reflectlite.DirectlyAssignable(dst, v.typ_):
		f := v.flag&(flagAddr|flagIndir) | v.flag.ro() | flag(dst.Kind_)
		return Value{dst, v.ptr, f}
	case reflectlite.Implements(dst, v.typ_):
		if v.Kind() == Interface && v.IsNil() {
			return Zero(toType(dst))
		}
		x := v.toInterface(context, false)
		if target == nil {
			target = unsafe_New(dst)
		}
		if dst.NumMethod() == 0 {
			*(*any)(target) = x
		} else {
			ifaceE2I(dst, x, target)
		}
		return Value{dst, target, flagIndir | flag(Interface)}
	}
	panic(context + ": value of type " + typeString(v.typ_) + " is not assignable to type " + typeString(dst))
}

// SetBool sets a bool.
func (v Value) SetBool(x bool) {
	v.mustBeAssignable("reflect.Value.SetBool")
	v.mustBe(Bool, "reflect.Value.SetBool")
	*(*bool)(v.ptr) = x
}

// SetInt sets a signed integer.
func (v Value) SetInt(x int64) {
	v.mustBeAssignable("reflect.Value.SetInt")
	switch v.kind() {
	case Int:
		*(*int)(v.ptr) = int(x)
	case Int8:
		*(*int8)(v.ptr) = int8(x)
	case Int16:
		*(*int16)(v.ptr) = int16(x)
	case Int32:
		*(*int32)(v.ptr) = int32(x)
	case Int64:
		*(*int64)(v.ptr) = x
	default:
		v.wrongKind("reflect.Value.SetInt")
	}
}

// SetUint sets an unsigned integer.
func (v Value) SetUint(x uint64) {
	v.mustBeAssignable("reflect.Value.SetUint")
	switch v.kind() {
	case Uint:
		*(*uint)(v.ptr) = uint(x)
	case Uint8:
		*(*uint8)(v.ptr) = uint8(x)
	case Uint16:
		*(*uint16)(v.ptr) = uint16(x)
	case Uint32:
		*(*uint32)(v.ptr) = uint32(x)
	case Uint64:
		*(*uint64)(v.ptr) = x
	case Uintptr:
		*(*uintptr)(v.ptr) = uintptr(x)
	default:
		v.wrongKind("reflect.Value.SetUint")
	}
}

// SetFloat sets a float.
func (v Value) SetFloat(x float64) {
	v.mustBeAssignable("reflect.Value.SetFloat")
	switch v.kind() {
	case Float32:
		*(*float32)(v.ptr) = float32(x)
	case Float64:
		*(*float64)(v.ptr) = x
	default:
		v.wrongKind("reflect.Value.SetFloat")
	}
}

// SetComplex sets a complex number.
func (v Value) SetComplex(x complex128) {
	v.mustBeAssignable("reflect.Value.SetComplex")
	switch v.kind() {
	case Complex64:
		*(*complex64)(v.ptr) = complex64(x)
	case Complex128:
		*(*complex128)(v.ptr) = x
	default:
		v.wrongKind("reflect.Value.SetComplex")
	}
}

// SetString sets a string.
func (v Value) SetString(x string) {
	v.mustBeAssignable("reflect.Value.SetString")
	v.mustBe(String, "reflect.Value.SetString")
	*(*string)(v.ptr) = x
}

// SetBytes sets a byte slice.
func (v Value) SetBytes(x []byte) {
	v.mustBeAssignable("reflect.Value.SetBytes")
	v.mustBe(Slice, "reflect.Value.SetBytes")
	if v.typ_.Elem().Kind() != abi.Uint8 {
		panic("reflect.Value.SetBytes of non-byte slice")
	}
	*(*[]byte)(v.ptr) = x
}

// SetPointer sets an unsafe.Pointer.
func (v Value) SetPointer(x unsafe.Pointer) {
	v.mustBeAssignable("reflect.Value.SetPointer")
	v.mustBe(UnsafePointer, "reflect.Value.SetPointer")
	*(*unsafe.Pointer)(v.ptr) = x
}

// SetZero sets v to its type's zero value.
func (v Value) SetZero() {
	v.mustBeAssignable("reflect.Value.SetZero")
	typedmemclr(v.typ_, v.ptr)
}

// Structs.

// NumField counts the fields of a struct.
func (v Value) NumField() int {
	v.mustBe(Struct, "reflect.Value.NumField")
	return len(v.typ_.StructType().Fields)
}

// Field gives field i of a struct.
func (v Value) Field(i int) Value {
	if v.kind() != Struct {
		v.wrongKind("reflect.Value.Field")
	}
	st := v.typ_.StructType()
	if uint(i) >= uint(len(st.Fields)) {
		panic("reflect: Field index out of range")
	}
	f := &st.Fields[i]
	fl := v.flag&(flagStickyRO|flagIndir|flagAddr) | flag(f.Typ.Kind_)
	if !f.Name.IsExported() {
		if f.Embedded() {
			fl |= flagEmbedRO
		} else {
			fl |= flagStickyRO
		}
	}
	// A struct in a word has one field that is not empty, at offset 0, and it is that word.
	return Value{f.Typ, unsafe.Add(v.ptr, f.Offset), fl}
}

// Fields iterates over the fields of a struct.
func (v Value) Fields() iter.Seq2[StructField, Value] {
	t := v.Type()
	if t.Kind() != Struct {
		panic("reflect: Fields of non-struct type " + t.String())
	}
	return func(yield func(StructField, Value) bool) {
		for i := range v.NumField() {
			if !yield(t.Field(i), v.Field(i)) {
				return
			}
		}
	}
}

// FieldByIndex follows a path of field indexes. It panics at an embedded pointer that is nil.
func (v Value) FieldByIndex(index []int) Value {
	if len(index) == 1 {
		return v.Field(index[0])
	}
	v.mustBe(Struct, "reflect.Value.FieldByIndex")
	for depth, i := range index {
		if depth > 0 && v.Kind() == Pointer && v.typ_.Elem().Kind() == abi.Struct {
			if v.IsNil() {
				panic("reflect: indirection through nil pointer to embedded struct")
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}

type indexError string

func (e indexError) Error() string { return string(e) }

// FieldByIndexErr follows a path of field indexes; it is an error if it meets an embedded pointer that is nil.
func (v Value) FieldByIndexErr(index []int) (Value, error) {
	if len(index) == 1 {
		return v.Field(index[0]), nil
	}
	v.mustBe(Struct, "reflect.Value.FieldByIndexErr")
	for depth, i := range index {
		if depth > 0 && v.Kind() == Pointer && v.typ_.Elem().Kind() == abi.Struct {
			if v.IsNil() {
				return Value{}, indexError("reflect: indirection through nil pointer to embedded struct field " + reflectlite.TypeName(v.typ_.Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v, nil
}

// FieldByName finds a field, also a promoted one; the zero Value if there is none.
func (v Value) FieldByName(name string) Value {
	v.mustBe(Struct, "reflect.Value.FieldByName")
	if f, ok := toRType(v.typ_).FieldByName(name); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

// FieldByNameFunc finds the one field at the least depth whose name matches; the zero Value if there is none.
func (v Value) FieldByNameFunc(match func(string) bool) Value {
	v.mustBe(Struct, "reflect.Value.FieldByNameFunc")
	if f, ok := toRType(v.typ_).FieldByNameFunc(match); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

// Sequences.

type sliceHeader struct {
	data unsafe.Pointer
	len  int
	cap  int
}

// SliceHeader is the memory of a slice.
//
// Deprecated: use unsafe.Slice and unsafe.SliceData.
type SliceHeader struct {
	Data uintptr
	Len  int
	Cap  int
}

// StringHeader is the memory of a string.
//
// Deprecated: use unsafe.String and unsafe.StringData.
type StringHeader struct {
	Data uintptr
	Len  int
}

// Len gives the length of an array, channel, map, slice or string, or of the array that v points to.
func (v Value) Len() int {
	switch v.kind() {
	case Slice:
		return (*sliceHeader)(v.ptr).len
	case String:
		return len(*(*string)(v.ptr))
	case Array:
		return v.typ_.Len()
	case Chan:
		return chanlen(v.word())
	case Map:
		return maplen(v.word())
	case Pointer:
		if v.typ_.Elem().Kind() == abi.Array {
			return v.typ_.Elem().Len()
		}
		panic("reflect: call of reflect.Value.Len on ptr to non-array Value")
	}
	v.wrongKind("reflect.Value.Len")
	return 0
}

// Cap gives the capacity of an array, channel or slice, or of the array that v points to.
func (v Value) Cap() int {
	switch v.kind() {
	case Slice:
		return (*sliceHeader)(v.ptr).cap
	case Array:
		return v.typ_.Len()
	case Chan:
		return chancap(v.word())
	case Pointer:
		if v.typ_.Elem().Kind() == abi.Array {
			return v.typ_.Elem().Len()
		}
		panic("reflect: call of reflect.Value.Cap on ptr to non-array Value")
	}
	v.wrongKind("reflect.Value.Cap")
	return 0
}

// Index gives element i of an array, slice or string.
func (v Value) Index(i int) Value {
	switch v.kind() {
	case Slice:
		s := (*sliceHeader)(v.ptr)
		if uint(i) >= uint(s.len) {
			panic("reflect: slice index out of range")
		}
		t := v.typ_.Elem()
		return Value{t, unsafe.Add(s.data, uintptr(i)*t.Size_), flagAddr | flagIndir | v.flag.ro() | flag(t.Kind_)}
	case Array:
		if uint(i) >= uint(v.typ_.Len()) {
			panic("reflect: array index out of range")
		}
		t := v.typ_.Elem()
		return Value{t, unsafe.Add(v.ptr, uintptr(i)*t.Size_), v.flag&(flagIndir|flagAddr) | v.flag.ro() | flag(t.Kind_)}
	case String:
		s := *(*string)(v.ptr)
		if uint(i) >= uint(len(s)) {
			panic("reflect: string index out of range")
		}
		return Value{abi.TypeFor[uint8](), unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i), v.flag.ro() | flag(Uint8) | flagIndir}
	}
	v.wrongKind("reflect.Value.Index")
	return Value{}
}

// SetLen sets the length of a slice, up to its capacity.
func (v Value) SetLen(n int) {
	v.mustBeAssignable("reflect.Value.SetLen")
	v.mustBe(Slice, "reflect.Value.SetLen")
	s := (*sliceHeader)(v.ptr)
	if uint(n) > uint(s.cap) {
		panic("reflect: slice length out of range in SetLen")
	}
	s.len = n
}

// SetCap sets the capacity of a slice, between its length and its capacity.
func (v Value) SetCap(n int) {
	v.mustBeAssignable("reflect.Value.SetCap")
	v.mustBe(Slice, "reflect.Value.SetCap")
	s := (*sliceHeader)(v.ptr)
	if n < s.len || n > s.cap {
		panic("reflect: slice capacity out of range in SetCap")
	}
	s.cap = n
}

// sliceable gives what Slice and Slice3 work on: type of the result, first element, capacity.
func (v Value) sliceable(method string) (t *abi.Type, base unsafe.Pointer, capacity int) {
	switch v.kind() {
	case Array:
		if v.flag&flagAddr == 0 {
			panic(method + ": slice of unaddressable array")
		}
		return v.typ_.ArrayType().Slice, v.ptr, v.typ_.Len()
	case Slice:
		s := (*sliceHeader)(v.ptr)
		return v.typ_, s.data, s.cap
	}
	v.wrongKind(method)
	return
}

// Slice gives v[i:j] of a slice, string or array variable.
func (v Value) Slice(i, j int) Value {
	if v.kind() == String {
		s := *(*string)(v.ptr)
		if i < 0 || j < i || j > len(s) {
			panic("reflect.Value.Slice: string slice index out of bounds")
		}
		part := s[i:j]
		return Value{v.typ_, unsafe.Pointer(&part), v.flag &^ flagAddr}
	}
	t, base, capacity := v.sliceable("reflect.Value.Slice")
	if i < 0 || j < i || j > capacity {
		panic("reflect.Value.Slice: slice index out of bounds")
	}
	return makeSlicing(v.flag, t, base, i, j, capacity)
}

// Slice3 gives v[i:j:k] of a slice or array variable.
func (v Value) Slice3(i, j, k int) Value {
	t, base, capacity := v.sliceable("reflect.Value.Slice3")
	if i < 0 || j < i || k < j || k > capacity {
		panic("reflect.Value.Slice3: slice index out of bounds")
	}
	return makeSlicing(v.flag, t, base, i, j, k)
}

func makeSlicing(f flag, t *abi.Type, base unsafe.Pointer, i, j, k int) Value {
	s := &sliceHeader{base, j - i, k - i}
	if k > i {
		// At the end of the capacity the pointer must not go past the array.
		s.data = unsafe.Add(base, uintptr(i)*t.Elem().Size_)
	}
	return Value{t, unsafe.Pointer(s), f.ro() | flagIndir | flag(Slice)}
}

// Clear empties a map or zeroes the elements of a slice.
func (v Value) Clear() {
	switch v.kind() {
	case Slice:
		s := (*sliceHeader)(v.ptr)
		typedarrayclear(v.typ_.Elem(), s.data, s.len)
	case Map:
		mapclear(v.typ_, v.word())
	default:
		v.wrongKind("reflect.Value.Clear")
	}
}

// Grow makes room in a slice for n more elements.
func (v Value) Grow(n int) {
	v.mustBeAssignable("reflect.Value.Grow")
	v.mustBe(Slice, "reflect.Value.Grow")
	s := (*sliceHeader)(v.ptr)
	switch {
	case n < 0:
		panic("reflect.Value.Grow: negative len")
	case s.len+n < 0:
		panic("reflect.Value.Grow: slice overflow")
	case s.len+n > s.cap:
		s.grow(v.typ_.Elem(), n)
	}
}

func (s *sliceHeader) grow(elem *abi.Type, n int) {
	s.data, s.cap = growslice(elem, s.data, s.len, s.cap, n)
}

// extended gives a new slice value with n more elements than v.
func (v Value) extended(n int, method string) Value {
	v.mustBeExported(method)
	v.mustBe(Slice, method)
	s := *(*sliceHeader)(v.ptr)
	if s.len+n < 0 {
		panic("reflect.Append: slice overflow")
	}
	if s.len+n > s.cap {
		s.grow(v.typ_.Elem(), n)
	}
	s.len += n
	return Value{v.typ_, unsafe.Pointer(&s), v.flag&^flagAddr | flagIndir}
}

// Append is append(s, x...).
func Append(s Value, x ...Value) Value {
	s.mustBe(Slice, "unknown method")
	n := s.Len()
	s = s.extended(len(x), "unknown method")
	for i, e := range x {
		s.Index(n + i).Set(e)
	}
	return s
}

// AppendSlice is append(s, t...).
func AppendSlice(s, t Value) Value {
	s.mustBe(Slice, "unknown method")
	t.mustBe(Slice, "unknown method")
	mustBeSame("reflect.AppendSlice", s.typ_, t.typ_)
	n := s.Len()
	s = s.extended(t.Len(), "unknown method")
	Copy(s.Slice(n, n+t.Len()), t)
	return s
}

func mustBeSame(what string, a, b *abi.Type) {
	if a != b {
		panic(what + ": " + typeString(a) + " != " + typeString(b))
	}
}

// Copy is copy(dst, src); dst may also be an array variable, and src an array or (for bytes) a string.
func Copy(dst, src Value) int {
	const method = "reflect.Copy"
	if k := dst.kind(); k != Array && k != Slice {
		dst.wrongKind(method)
	}
	if dst.kind() == Array {
		dst.mustBeAssignable("unknown method")
	}
	dst.mustBeExported("unknown method")
	k := src.kind()
	fromString := k == String && dst.typ_.Elem().Kind() == abi.Uint8
	if k != Array && k != Slice && !fromString {
		src.wrongKind(method)
	}
	src.mustBeExported("unknown method")
	elem := dst.typ_.Elem()
	if !fromString {
		mustBeSame(method, elem, src.typ_.Elem())
	}
	to, n := elements(dst)
	from, m := elements(src)
	n = min(n, m)
	if n > 0 {
		typedslicecopy(elem, to, from, n)
	}
	return n
}

// elements gives where the elements of an array, slice or string are, and their number.
func elements(v Value) (unsafe.Pointer, int) {
	switch v.kind() {
	case Array:
		return v.address(), v.typ_.Len()
	case String:
		s := *(*string)(v.ptr)
		return unsafe.Pointer(unsafe.StringData(s)), len(s)
	}
	s := (*sliceHeader)(v.ptr)
	return s.data, s.len
}

// Making values.

// Zero gives the zero value of a type. It is not a variable.
func Zero(typ Type) Value {
	if typ == nil {
		panic("reflect: Zero(nil)")
	}
	t := typ.common()
	if t.IsDirectIface() {
		return wordValue(t, nil, 0)
	}
	p := unsafe.Pointer(&zeroVal[0])
	if t.Size_ > abi.ZeroValSize {
		p = unsafe_New(t)
	}
	return Value{t, p, flagIndir | flag(t.Kind_)}
}

// New gives a pointer to a new variable of type typ.
func New(typ Type) Value {
	if typ == nil {
		panic("reflect: New(nil)")
	}
	t := typ.common()
	return Value{ptrTo(t), unsafe_New(t), flag(Pointer)}
}

// NewAt gives a pointer to the variable of type typ at p.
func NewAt(typ Type, p unsafe.Pointer) Value {
	return Value{ptrTo(typ.common()), p, flag(Pointer)}
}

// MakeSlice makes a slice of the slice type typ.
func MakeSlice(typ Type, len, cap int) Value {
	if typ.Kind() != Slice {
		panic("reflect.MakeSlice of non-slice type")
	}
	if len < 0 {
		panic("reflect.MakeSlice: negative len")
	}
	if cap < 0 {
		panic("reflect.MakeSlice: negative cap")
	}
	if len > cap {
		panic("reflect.MakeSlice: len > cap")
	}
	t := typ.common()
	s := &sliceHeader{unsafe_NewArray(t.Elem(), cap), len, cap}
	return Value{t, unsafe.Pointer(s), flagIndir | flag(Slice)}
}

// SliceAt makes a slice of n elements of type typ that begin at p.
func SliceAt(typ Type, p unsafe.Pointer, n int) Value {
	// The checks of unsafe.Slice, on memory of the same size.
	t := typ.common()
	if n < 0 || t.Size_ > 0 && uintptr(n) > -uintptr(p)/t.Size_ {
		m := -1
		_ = unsafe.Slice((*byte)(p), m)
	}
	if p == nil && n > 0 {
		_ = unsafe.Slice((*byte)(nil), n)
	}
	s := &sliceHeader{p, n, n}
	return Value{SliceOf(typ).common(), unsafe.Pointer(s), flagIndir | flag(Slice)}
}

// Comparing.

// IsZero reports whether v is the zero value of its type.
func (v Value) IsZero() bool {
	switch v.kind() {
	case Bool:
		return !v.Bool()
	case Int, Int8, Int16, Int32, Int64:
		return v.Int() == 0
	case Uint, Uint8, Uint16, Uint32, Uint64, Uintptr:
		return v.Uint() == 0
	case Float32:
		return *(*uint32)(v.ptr) == 0 // -0 is not the zero value
	case Float64:
		return *(*uint64)(v.ptr) == 0
	case Complex64:
		return *(*uint64)(v.ptr) == 0
	case Complex128:
		return *(*[2]uint64)(v.ptr) == [2]uint64{}
	case Chan, Func, Interface, Map, Pointer, Slice, UnsafePointer:
		return v.IsNil()
	case String:
		return v.Len() == 0
	case Array:
		for i := range v.Len() {
			if !v.Index(i).IsZero() {
				return false
			}
		}
		return true
	case Struct:
		for i := range v.NumField() {
			if !v.Field(i).IsZero() && v.typ_.StructType().Fields[i].Name.Name() != "_" {
				return false
			}
		}
		return true
	}
	v.wrongKind("reflect.Value.IsZero")
	return false
}

// Comparable reports whether comparing v with a value of its type cannot panic.
func (v Value) Comparable() bool {
	switch v.Kind() {
	case Invalid:
		return false
	case Interface:
		return v.IsNil() || v.Elem().Comparable()
	case Array:
		switch v.typ_.Elem().Kind() {
		case abi.Interface, abi.Array, abi.Struct:
			for i := range v.Len() {
				if !v.Index(i).Comparable() {
					return false
				}
			}
			return true
		}
		return v.typ_.Equal != nil
	case Struct:
		for i := range v.NumField() {
			if !v.Field(i).Comparable() {
				return false
			}
		}
		return true
	case Func, Map, Slice:
		return false
	}
	return true
}

// Equal reports whether v == u, with interfaces replaced by what they hold. It panics for values of the same type
// that cannot be compared.
func (v Value) Equal(u Value) bool {
	if v.Kind() == Interface {
		v = v.Elem()
	}
	if u.Kind() == Interface {
		u = u.Elem()
	}
	if !v.IsValid() || !u.IsValid() {
		return v.IsValid() == u.IsValid()
	}
	if v.Kind() != u.Kind() || v.Type() != u.Type() {
		return false
	}
	switch v.Kind() {
	case Array:
		for i := range v.Len() {
			if !v.Index(i).Equal(u.Index(i)) {
				return false
			}
		}
		return true
	case Struct:
		for i := range v.NumField() {
			if !v.Field(i).Equal(u.Field(i)) {
				return false
			}
		}
		return true
	case Func, Map, Slice:
		panic("reflect.Value.Equal: values of type " + v.Type().String() + " are not comparable")
	}
	return v.typ_.Equal(v.address(), u.address())
}

// Methods.

// NumMethod counts the methods in v's method set: the exported ones, or those of the interface type.
func (v Value) NumMethod() int {
	if v.typ_ == nil {
		v.wrongKind("reflect.Value.NumMethod")
	}
	if v.flag&flagMethod != 0 {
		return 0
	}
	return v.typ_.NumMethod()
}

// Method gives method i bound to v.
func (v Value) Method(i int) Value {
	if v.typ_ == nil {
		v.wrongKind("reflect.Value.Method")
	}
	if v.flag&flagMethod != 0 || uint(i) >= uint(v.typ_.NumMethod()) {
		panic("reflect: Method index out of range")
	}
	if v.typ_.Kind_ == abi.Interface && v.IsNil() {
		panic("reflect: Method on nil interface value")
	}
	f := v.flag.ro() | v.flag&flagIndir | flag(Func) | flag(i)<<flagMethodShift | flagMethod
	return Value{v.typ_, v.ptr, f}
}

// MethodByName gives a method bound to v; the zero Value if there is none.
func (v Value) MethodByName(name string) Value {
	if v.typ_ == nil {
		v.wrongKind("reflect.Value.MethodByName")
	}
	if v.flag&flagMethod != 0 {
		return Value{}
	}
	i := toRType(v.typ_).methodIndex(name)
	if i < 0 {
		return Value{}
	}
	return v.Method(i)
}

// Methods iterates over the methods, each also bound to v.
func (v Value) Methods() iter.Seq2[Method, Value] {
	t := v.Type()
	return func(yield func(Method, Value) bool) {
		for i := range v.NumMethod() {
			if !yield(t.Method(i), v.Method(i)) {
				return
			}
		}
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
