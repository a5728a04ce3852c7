package reflectlite

import (
	"internal/abi"
	"unsafe"
)

// Provided by the runtime.
func typedmemmove(t *abi.Type, dst, src unsafe.Pointer)
func unsafe_New(t *abi.Type) unsafe.Pointer
func chanlen(ch unsafe.Pointer) int
func maplen(m unsafe.Pointer) int

// Kind is the kind of a type.
type Kind = abi.Kind

const (
	Ptr       = abi.Pointer
	Interface = abi.Interface
	Slice     = abi.Slice
	String    = abi.String
	Struct    = abi.Struct
)

// Type is a type, as reflect.Type with fewer methods. Types are equal exactly if identical.
type Type struct {
	t *abi.Type
}

// TypeOf gives the dynamic type of i; the zero Type for nil.
func TypeOf(i any) Type { return Type{abi.TypeOf(i)} }

func (t Type) IsValid() bool    { return t.t != nil }
func (t Type) Name() string     { return TypeName(t.t) }
func (t Type) PkgPath() string  { return TypePkgPath(t.t) }
func (t Type) Size() uintptr    { return t.t.Size_ }
func (t Type) Kind() Kind       { return t.t.Kind_ }
func (t Type) String() string   { return TypeString(t.t) }
func (t Type) Comparable() bool { return t.t.Equal != nil }
func (t Type) Implements(u Type) bool {
	if u.t == nil {
		panic("reflect: nil type passed to Type.Implements")
	}
	if u.Kind() != Interface {
		panic("reflect: non-interface type passed to Type.Implements")
	}
	return Implements(u.t, t.t)
}

// AssignableTo reports whether a value of type t can be assigned to a variable of type u.
func (t Type) AssignableTo(u Type) bool {
	if u.t == nil {
		panic("reflect: nil type passed to Type.AssignableTo")
	}
	return DirectlyAssignable(u.t, t.t) || Implements(u.t, t.t)
}

// Elem gives the element type.
func (t Type) Elem() Type {
	e := t.t.Elem()
	if e == nil {
		panic("reflect: Elem of invalid type " + t.String())
	}
	return Type{e}
}

// Value is a value of any type, as reflect.Value with fewer methods.
type Value struct {
	t    *abi.Type
	ptr  unsafe.Pointer // the value's address if indirect, else the value itself
	flag uint8
}

const (
	indirect    = 1 << iota // ptr is the value's address
	addressable             // the value is a variable
)

// ValueOf gives the value in i.
func ValueOf(i any) Value {
	e := (*abi.EmptyInterface)(unsafe.Pointer(&i))
	if e.Type == nil {
		return Value{}
	}
	v := Value{t: e.Type, ptr: e.Data}
	if !e.Type.IsDirectIface() {
		v.flag = indirect
	}
	return v
}

func (v Value) IsValid() bool { return v.t != nil }
func (v Value) CanSet() bool  { return v.flag&addressable != 0 }
func (v Value) Type() Type    { return Type{v.t} }

// Kind gives the kind; abi.Invalid for the zero Value.
func (v Value) Kind() Kind {
	if v.t == nil {
		return abi.Invalid
	}
	return v.t.Kind_
}

// word gives the value of one that fits in a word.
func (v Value) word() unsafe.Pointer {
	if v.flag&indirect != 0 {
		return *(*unsafe.Pointer)(v.ptr)
	}
	return v.ptr
}

// IsNil reports whether the value is nil.
func (v Value) IsNil() bool {
	switch v.Kind() {
	case abi.Chan, abi.Func, abi.Map, abi.Pointer, abi.UnsafePointer:
		return v.word() == nil
	case abi.Interface, abi.Slice:
		return *(*unsafe.Pointer)(v.ptr) == nil
	}
	panic("reflectlite: IsNil of " + v.Kind().String() + " Value")
}

// Elem gives what a pointer points to or what an interface holds; the zero Value for nil.
func (v Value) Elem() Value {
	switch v.Kind() {
	case abi.Interface:
		return ValueOf(v.Interface())
	case abi.Pointer:
		p := v.word()
		if p == nil {
			return Value{}
		}
		return Value{v.t.Elem(), p, indirect | addressable}
	}
	panic("reflectlite: Elem of " + v.Kind().String() + " Value")
}

// Interface gives the value as an interface value: for an interface variable, what it holds.
func (v Value) Interface() any {
	if v.t == nil {
		panic("reflectlite: Interface of zero Value")
	}
	if v.t.Kind_ == abi.Interface {
		if v.t.NumMethod() == 0 {
			return *(*any)(v.ptr)
		}
		return any(*(*interface{ M() })(v.ptr))
	}
	var e abi.EmptyInterface
	e.Type = v.t
	switch {
	case v.t.IsDirectIface():
		e.Data = v.word()
	case v.flag&addressable != 0:
		e.Data = unsafe_New(v.t)
		typedmemmove(v.t, e.Data, v.ptr)
	default:
		e.Data = v.ptr
	}
	return *(*any)(unsafe.Pointer(&e))
}

// Len gives the length of an array, channel, map, slice or string.
func (v Value) Len() int {
	switch v.Kind() {
	case abi.Array:
		return v.t.Len()
	case abi.Chan:
		return chanlen(v.word())
	case abi.Map:
		return maplen(v.word())
	case abi.Slice:
		return len(*(*[]struct{})(v.ptr))
	case abi.String:
		return len(*(*string)(v.ptr))
	}
	panic("reflectlite: Len of " + v.Kind().String() + " Value")
}

func ifaceE2I(t *abi.Type, src any, dst unsafe.Pointer)

// Set assigns x to the variable v.
func (v Value) Set(x Value) {
	if v.flag&addressable == 0 {
		panic("reflectlite: Set of unaddressable value")
	}
	switch {
	case DirectlyAssignable(v.t, x.t):
		if x.flag&indirect != 0 {
			typedmemmove(v.t, v.ptr, x.ptr)
		} else {
			*(*unsafe.Pointer)(v.ptr) = x.ptr
		}
	case Implements(v.t, x.t):
		i := x.Interface()
		if v.t.NumMethod() == 0 {
			*(*any)(v.ptr) = i
		} else if x.Kind() == abi.Interface && i == nil {
			*(*abi.NonEmptyInterface)(v.ptr) = abi.NonEmptyInterface{}
		} else {
			ifaceE2I(v.t, i, v.ptr)
		}
	default:
		panic("reflectlite.Set: value of type " + TypeString(x.t) + " is not assignable to type " + TypeString(v.t))
	}
}

// Swapper gives a function that exchanges elements i and j of a slice.
func Swapper(slice any) func(i, j int) {
	t := abi.TypeOf(slice)
	if t == nil || t.Kind_ != abi.Slice {
		panic("reflectlite: Swapper of a value that is not a slice")
	}
	return SliceSwapper(t.Elem(), (*[]struct{})((*abi.EmptyInterface)(unsafe.Pointer(&slice)).Data))
}

// SliceSwapper does the work of Swapper for a slice of elem whose header is at s.
func SliceSwapper(elem *abi.Type, s *[]struct{}) func(i, j int) {
	n := len(*s)
	base := unsafe.Pointer(unsafe.SliceData(*s))
	// The usual sizes get a typed exchange; the rest moves through a temporary.
	switch size := elem.Size_; {
	case n < 2:
		return func(i, j int) {
			if uint(i) >= uint(n) || uint(j) >= uint(n) {
				panic("reflect: slice index out of range")
			}
		}
	case size == 8 && elem.PtrBytes == 8:
		e := unsafe.Slice((*unsafe.Pointer)(base), n)
		return func(i, j int) { e[i], e[j] = e[j], e[i] }
	case size == 16 && elem.Kind_ == abi.String:
		e := unsafe.Slice((*string)(base), n)
		return func(i, j int) { e[i], e[j] = e[j], e[i] }
	case size == 8 && elem.PtrBytes == 0 && elem.Align_ == 8:
		e := unsafe.Slice((*int64)(base), n)
		return func(i, j int) { e[i], e[j] = e[j], e[i] }
	case size == 4 && elem.PtrBytes == 0 && elem.Align_ == 4:
		e := unsafe.Slice((*int32)(base), n)
		return func(i, j int) { e[i], e[j] = e[j], e[i] }
	default:
		tmp := unsafe_New(elem)
		return func(i, j int) {
			if uint(i) >= uint(n) || uint(j) >= uint(n) {
				panic("reflect: slice index out of range")
			}
			p, q := unsafe.Add(base, uintptr(i)*size), unsafe.Add(base, uintptr(j)*size)
			typedmemmove(elem, tmp, p)
			typedmemmove(elem, p, q)
			typedmemmove(elem, q, tmp)
		}
	}
}

// ConvertInterface converts i to the interface type inter, whose values have the memory layout of T (some
// interface type with methods).
func ConvertInterface[T any](inter *abi.Type, i any) T {
	var v T
	ifaceE2I(inter, i, unsafe.Pointer(&v))
	return v
}
