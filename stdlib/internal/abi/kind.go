package abi

// Kind says which of Go's type constructors made a type. The numbers are part of the descriptor layout.
type Kind uint8

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

var kindStrings = [...]string{
	"invalid", "bool",
	"int", "int8", "int16", "int32", "int64",
	"uint", "uint8", "uint16", "uint32", "uint64", "uintptr",
	"float32", "float64", "complex64", "complex128",
	"array", "chan", "func", "interface", "map", "ptr", "slice", "string", "struct", "unsafe.Pointer",
}

// String gives the name of the kind as it is written in Go ("ptr" for pointers).
func (k Kind) String() string {
	if int(k) < len(kindStrings) {
		return kindStrings[k]
	}
	return kindStrings[Invalid]
}

// TFlag is a set of facts about a type that spare a look at the rest of its descriptor.
type TFlag uint8

const (
	// TFlagUncommon: an UncommonType follows the descriptor of the kind.
	TFlagUncommon TFlag = 1 << iota
	// TFlagExtraStar: the string starts with a '*' that is not part of the type
	// (T and *T share one string).
	TFlagExtraStar
	// TFlagNamed: the type has a name.
	TFlagNamed
	// TFlagRegularMemory: values are equal exactly if their bytes are.
	TFlagRegularMemory
	// TFlagGCMaskOnDemand: GCData is the address of a pointer to the bitmap. gorc never sets it.
	TFlagGCMaskOnDemand
	// TFlagDirectIface: an interface holds the value itself in its data word, not its address.
	TFlagDirectIface
)
