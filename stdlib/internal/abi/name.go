package abi

import "unsafe"

// A Name is an encoded identifier in read-only data (or made at run time by [NewName]):
//
//	flags byte | uvarint length | bytes | [uvarint tag length | tag bytes] | [4 bytes: NameOff of the package path]
//
// The tag is there if nameHasTag is set, the package path if nameHasPkgPath is set.
type Name struct {
	Bytes *byte
}

const (
	nameExported   = 1 << 0
	nameHasTag     = 1 << 1
	nameHasPkgPath = 1 << 2
	nameEmbedded   = 1 << 3
)

// DataChecked gives the address of byte off of the encoding. whySafe documents at the call why that byte exists.
func (n Name) DataChecked(off int, whySafe string) *byte {
	return n.Data(off)
}

// Data gives the address of byte off of the encoding.
func (n Name) Data(off int) *byte {
	return (*byte)(unsafe.Add(unsafe.Pointer(n.Bytes), off))
}

// IsExported reports whether the identifier starts with an upper-case letter.
func (n Name) IsExported() bool { return *n.Bytes&nameExported != 0 }

// HasTag reports whether a struct tag follows the name.
func (n Name) HasTag() bool { return *n.Bytes&nameHasTag != 0 }

// HasPkgPath reports whether the package path of an unexported name follows.
func (n Name) HasPkgPath() bool { return n.Bytes != nil && *n.Bytes&nameHasPkgPath != 0 }

// IsEmbedded reports whether the name is that of an embedded field.
func (n Name) IsEmbedded() bool { return *n.Bytes&nameEmbedded != 0 }

// IsBlank reports whether the name is "_".
func (n Name) IsBlank() bool { return n.Bytes != nil && n.Name() == "_" }

// ReadVarint decodes the number at byte off: how many bytes it takes, and its value.
func (n Name) ReadVarint(off int) (int, int) {
	value := 0
	for i := 0; ; i++ {
		b := *n.Data(off + i)
		value |= int(b&0x7f) << (7 * i)
		if b < 0x80 {
			return i + 1, value
		}
	}
}

// Name gives the identifier. The string shares the descriptor's memory.
func (n Name) Name() string {
	if n.Bytes == nil {
		return ""
	}
	width, length := n.ReadVarint(1)
	return unsafe.String(n.Data(1+width), length)
}

// Tag gives the struct tag, or "".
func (n Name) Tag() string {
	if n.Bytes == nil || !n.HasTag() {
		return ""
	}
	width, length := n.ReadVarint(1)
	off := 1 + width + length
	tagWidth, tagLength := n.ReadVarint(off)
	return unsafe.String(n.Data(off+tagWidth), tagLength)
}

// PkgPathOff gives the offset of the name that holds the package path, or 0.
func (n Name) PkgPathOff() NameOff {
	if !n.HasPkgPath() {
		return 0
	}
	width, length := n.ReadVarint(1)
	off := 1 + width + length
	if n.HasTag() {
		tagWidth, tagLength := n.ReadVarint(off)
		off += tagWidth + tagLength
	}
	// The four bytes are not aligned.
	var path int32
	for i := 0; i < 4; i++ {
		path |= int32(*n.Data(off + i)) << (8 * i)
	}
	return NameOff(path)
}

// NewName encodes a name without package path.
func NewName(name, tag string, exported, embedded bool) Name {
	if len(name) >= 1<<29 || len(tag) >= 1<<29 {
		panic("abi.NewName: name or tag too long")
	}
	var flags byte
	if exported {
		flags |= nameExported
	}
	if embedded {
		flags |= nameEmbedded
	}
	if tag != "" {
		flags |= nameHasTag
	}
	b := make([]byte, 1, 1+5+len(name)+5+len(tag))
	b[0] = flags
	b = appendCounted(b, name)
	if tag != "" {
		b = appendCounted(b, tag)
	}
	return Name{&b[0]}
}

func appendCounted(b []byte, s string) []byte {
	n := len(s)
	for n >= 0x80 {
		b = append(b, byte(n)|0x80)
		n >>= 7
	}
	b = append(b, byte(n))
	return append(b, s...)
}
