// Package abi describes the data that compiler, runtime and low-level packages share: type descriptors and
// itabs in the layout of Go 1.27. The compiler writes descriptors in read-only data; reflect makes some at run
// time. Nothing here knows how offsets are resolved: that is the runtime's (resolveNameOff, resolveTypeOff).
package abi

import "unsafe"

// NameOff, TypeOff and TextOff are offsets from the start of the type data (names, types) or of the code.
// Negative ones were handed out at run time by reflect.addReflectOff. Zero is "none".
type (
	NameOff int32
	TypeOff int32
	TextOff int32
)

// Type is the part that all descriptors begin with.
type Type struct {
	Size_       uintptr
	PtrBytes    uintptr // pointers occur only in this many first bytes
	Hash        uint32
	TFlag       TFlag
	Align_      uint8
	FieldAlign_ uint8
	Kind_       Kind
	// Equal compares two values by address; nil if the type is not comparable.
	Equal func(unsafe.Pointer, unsafe.Pointer) bool
	// GCData is a bitmap, one bit for each word of the first PtrBytes bytes: set if the word is a pointer.
	GCData    *byte
	Str       NameOff
	PtrToThis TypeOff // descriptor of the pointer type, or 0
}

// ArrayType describes [Len]Elem; Slice is []Elem.
type ArrayType struct {
	Type
	Elem  *Type
	Slice *Type
	Len   uintptr
}

// ChanDir says what a channel type allows.
type ChanDir int

const (
	RecvDir ChanDir = 1 << iota
	SendDir
	BothDir            = RecvDir | SendDir
	InvalidDir ChanDir = 0
)

// ChanType describes a channel of Elem.
type ChanType struct {
	Type
	Elem *Type
	Dir  ChanDir
}

// FuncType describes a function type. The descriptors of parameters, then of results, follow as an array of
// *Type after the FuncType and its UncommonType (if any).
type FuncType struct {
	Type
	InCount  uint16
	OutCount uint16 // the top bit marks a variadic function
}

const variadicBit = 1 << 15

// InterfaceType describes an interface; its methods are sorted by name.
type InterfaceType struct {
	Type
	PkgPath Name
	Methods []Imethod
}

// MapType describes map[Key]Elem. Everything after Elem is the runtime's business.
type MapType struct {
	Type
	Key        *Type
	Elem       *Type
	Group      *Type
	Hasher     func(unsafe.Pointer, uintptr) uintptr // (key, seed)
	GroupSize  uintptr
	KeysOff    uintptr
	KeyStride  uintptr
	ElemsOff   uintptr
	ElemStride uintptr
	ElemOff    uintptr
	Flags      uint32
}

// Bits of MapType.Flags.
const (
	MapNeedKeyUpdate = 1 << iota
	MapHashMightPanic
	MapIndirectKey
	MapIndirectElem
)

// NeedKeyUpdate reports whether assigning to an existing key replaces the key (it may differ, as +0 and -0 do).
func (mt *MapType) NeedKeyUpdate() bool { return mt.Flags&MapNeedKeyUpdate != 0 }

// HashMightPanic reports whether hashing a key can panic (interfaces in it).
func (mt *MapType) HashMightPanic() bool { return mt.Flags&MapHashMightPanic != 0 }

// IndirectKey reports whether the table holds pointers to keys.
func (mt *MapType) IndirectKey() bool { return mt.Flags&MapIndirectKey != 0 }

// IndirectElem reports whether the table holds pointers to elements.
func (mt *MapType) IndirectElem() bool { return mt.Flags&MapIndirectElem != 0 }

// PtrType describes *Elem.
type PtrType struct {
	Type
	Elem *Type
}

// SliceType describes []Elem.
type SliceType struct {
	Type
	Elem *Type
}

// StructField describes one field.
type StructField struct {
	Name   Name
	Typ    *Type
	Offset uintptr
}

// Embedded reports whether the field is an embedded one.
func (f *StructField) Embedded() bool { return f.Name.IsEmbedded() }

// StructType describes a struct.
type StructType struct {
	Type
	PkgPath Name
	Fields  []StructField
}

// Imethod is a method of an interface type.
type Imethod struct {
	Name NameOff
	Typ  TypeOff // function type without receiver
}

// Method is a method of a concrete type.
type Method struct {
	Name NameOff
	Mtyp TypeOff // function type without receiver
	Ifn  TextOff // code for a call through an interface: the receiver is the data word
	Tfn  TextOff // code of the func value whose first parameter is the receiver
}

// UncommonType follows the descriptor of a defined type, or of one with methods.
type UncommonType struct {
	PkgPath NameOff
	Mcount  uint16
	Xcount  uint16 // how many are exported; those come first
	Moff    uint32 // distance from this UncommonType to its [Mcount]Method
	_       uint32
}

// Methods gives all methods, sorted by name (exported ones first).
func (u *UncommonType) Methods() []Method {
	if u.Mcount == 0 {
		return nil
	}
	return unsafe.Slice((*Method)(unsafe.Add(unsafe.Pointer(u), u.Moff)), int(u.Mcount))
}

// ExportedMethods gives the exported methods, sorted by name.
func (u *UncommonType) ExportedMethods() []Method {
	if u.Xcount == 0 {
		return nil
	}
	return u.Methods()[:u.Xcount:u.Xcount]
}

// ITab is the first word of a non-empty interface value: a pair of interface and dynamic type with the code
// addresses of the methods, in the order of Inter.Methods.
type ITab struct {
	Inter *InterfaceType
	Type  *Type
	Hash  uint32
	Fun   [1]uintptr // as many as Inter has methods
}

// EmptyInterface is the memory of a value of type any.
type EmptyInterface struct {
	Type *Type
	Data unsafe.Pointer
}

// NonEmptyInterface is the memory of an interface value whose type has methods.
type NonEmptyInterface struct {
	ITab *ITab
	Data unsafe.Pointer
}

// TypeOf gives the descriptor of the dynamic type of a; nil for a nil interface.
func TypeOf(a any) *Type {
	return (*EmptyInterface)(unsafe.Pointer(&a)).Type
}

// TypeFor gives the descriptor of T.
func TypeFor[T any]() *Type {
	return (*PtrType)(unsafe.Pointer(TypeOf((*T)(nil)))).Elem
}

// Common gives the common part (it is for the wrappers that embed Type).
func (t *Type) Common() *Type { return t }

// Size gives the number of bytes of a value.
func (t *Type) Size() uintptr { return t.Size_ }

// Align gives the alignment of a variable.
func (t *Type) Align() int { return int(t.Align_) }

// FieldAlign gives the alignment of a field.
func (t *Type) FieldAlign() int { return int(t.FieldAlign_) }

// Kind gives the kind.
func (t *Type) Kind() Kind { return t.Kind_ }

// Pointers reports whether values hold pointers.
func (t *Type) Pointers() bool { return t.PtrBytes != 0 }

// IsDirectIface reports whether an interface holds the value itself in its data word.
func (t *Type) IsDirectIface() bool { return t.TFlag&TFlagDirectIface != 0 }

// HasName reports whether the type is a defined (or predeclared) one.
func (t *Type) HasName() bool { return t.TFlag&TFlagNamed != 0 }

// DescriptorSize gives the size of the fixed part of the descriptor (what precedes an UncommonType).
func (t *Type) DescriptorSize() int {
	switch t.Kind_ {
	case Array:
		return int(unsafe.Sizeof(ArrayType{}))
	case Chan:
		return int(unsafe.Sizeof(ChanType{}))
	case Func:
		return int(unsafe.Sizeof(FuncType{}))
	case Interface:
		return int(unsafe.Sizeof(InterfaceType{}))
	case Map:
		return int(unsafe.Sizeof(MapType{}))
	case Pointer:
		return int(unsafe.Sizeof(PtrType{}))
	case Slice:
		return int(unsafe.Sizeof(SliceType{}))
	case Struct:
		return int(unsafe.Sizeof(StructType{}))
	}
	return int(unsafe.Sizeof(Type{}))
}

// Uncommon gives the UncommonType, or nil.
func (t *Type) Uncommon() *UncommonType {
	if t.TFlag&TFlagUncommon == 0 {
		return nil
	}
	return (*UncommonType)(unsafe.Add(unsafe.Pointer(t), t.DescriptorSize()))
}

// ExportedMethods gives the exported methods of a concrete type.
func (t *Type) ExportedMethods() []Method {
	if u := t.Uncommon(); u != nil {
		return u.ExportedMethods()
	}
	return nil
}

// NumMethod counts the exported methods; all methods for an interface.
func (t *Type) NumMethod() int {
	if t.Kind_ == Interface {
		return len((*InterfaceType)(unsafe.Pointer(t)).Methods)
	}
	return len(t.ExportedMethods())
}

// NumMethod counts the methods.
func (t *InterfaceType) NumMethod() int { return len(t.Methods) }

// Elem gives the element type of an array, channel, map, pointer or slice; nil for others.
func (t *Type) Elem() *Type {
	switch t.Kind_ {
	case Array:
		return (*ArrayType)(unsafe.Pointer(t)).Elem
	case Chan:
		return (*ChanType)(unsafe.Pointer(t)).Elem
	case Map:
		return (*MapType)(unsafe.Pointer(t)).Elem
	case Pointer:
		return (*PtrType)(unsafe.Pointer(t)).Elem
	case Slice:
		return (*SliceType)(unsafe.Pointer(t)).Elem
	}
	return nil
}

// Key gives the key type of a map; nil for others.
func (t *Type) Key() *Type {
	if m := t.MapType(); m != nil {
		return m.Key
	}
	return nil
}

// Len gives the length of an array type; 0 for others.
func (t *Type) Len() int {
	if a := t.ArrayType(); a != nil {
		return int(a.Len)
	}
	return 0
}

// ChanDir gives the direction of a channel type; InvalidDir for others.
func (t *Type) ChanDir() ChanDir {
	if c := t.ChanType(); c != nil {
		return c.Dir
	}
	return InvalidDir
}

// ArrayType and its like give the full descriptor, or nil if the type is of another kind.
func (t *Type) ArrayType() *ArrayType {
	if t.Kind_ != Array {
		return nil
	}
	return (*ArrayType)(unsafe.Pointer(t))
}

func (t *Type) ChanType() *ChanType {
	if t.Kind_ != Chan {
		return nil
	}
	return (*ChanType)(unsafe.Pointer(t))
}

func (t *Type) FuncType() *FuncType {
	if t.Kind_ != Func {
		return nil
	}
	return (*FuncType)(unsafe.Pointer(t))
}

func (t *Type) InterfaceType() *InterfaceType {
	if t.Kind_ != Interface {
		return nil
	}
	return (*InterfaceType)(unsafe.Pointer(t))
}

func (t *Type) MapType() *MapType {
	if t.Kind_ != Map {
		return nil
	}
	return (*MapType)(unsafe.Pointer(t))
}

func (t *Type) PointerType() *PtrType {
	if t.Kind_ != Pointer {
		return nil
	}
	return (*PtrType)(unsafe.Pointer(t))
}

func (t *Type) SliceType() *SliceType {
	if t.Kind_ != Slice {
		return nil
	}
	return (*SliceType)(unsafe.Pointer(t))
}

func (t *Type) StructType() *StructType {
	if t.Kind_ != Struct {
		return nil
	}
	return (*StructType)(unsafe.Pointer(t))
}

// NumIn counts the parameters.
func (t *FuncType) NumIn() int { return int(t.InCount) }

// NumOut counts the results.
func (t *FuncType) NumOut() int { return int(t.OutCount &^ variadicBit) }

// IsVariadic reports whether the last parameter is a "...".
func (t *FuncType) IsVariadic() bool { return t.OutCount&variadicBit != 0 }

// In gives the type of parameter i.
func (t *FuncType) In(i int) *Type { return t.InSlice()[i] }

// Out gives the type of result i.
func (t *FuncType) Out(i int) *Type { return t.OutSlice()[i] }

// InSlice gives the types of the parameters.
func (t *FuncType) InSlice() []*Type {
	n := t.NumIn()
	if n == 0 {
		return nil
	}
	return unsafe.Slice(t.signature(), n)
}

// OutSlice gives the types of the results.
func (t *FuncType) OutSlice() []*Type {
	in, out := t.NumIn(), t.NumOut()
	if out == 0 {
		return nil
	}
	return unsafe.Slice(t.signature(), in+out)[in:]
}

func (t *FuncType) signature() **Type {
	off := unsafe.Sizeof(*t)
	if t.TFlag&TFlagUncommon != 0 {
		off += unsafe.Sizeof(UncommonType{})
	}
	return (**Type)(unsafe.Add(unsafe.Pointer(t), off))
}

// NoEscape returns p; escape analysis does not see that the result is p. The caller answers for p not being
// kept anywhere.
//
//go:nosplit
func NoEscape(p unsafe.Pointer) unsafe.Pointer {
	x := uintptr(p)
	return unsafe.Pointer(x ^ 0)
}

var (
	neverTrue  bool
	escapeSink any
)

// Escape makes what x points to live on the heap.
func Escape[T any](x T) T {
	if neverTrue {
		escapeSink = x
	}
	return x
}

// ZeroValSize is the size of the runtime's block of zero bytes.
const ZeroValSize = 1024

// EscapeNonString makes what v points to live on the heap, unless v is a string.
func EscapeNonString[T any](v T) {
	if TypeFor[T]().Kind() != String {
		Escape(v)
	}
}

// EscapeToResultNonString says that the result points to what v does, unless v is a string. The compiler sees that
// by itself.
func EscapeToResultNonString[T any](v T) T { return v }

// IntArgRegs and FloatArgRegs are the registers that calls made by reflection pass arguments in: the runtime's
// gates take memory.
const (
	IntArgRegs   = 0
	FloatArgRegs = 0
)
