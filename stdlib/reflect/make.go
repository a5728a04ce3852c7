package reflect

import (
	"internal/abi"
	"internal/reflectlite"
	"strconv"
	"sync"
	"unsafe"
)

// Types made at run time. A type that the program contains is always found instead of made, because compiled code
// compares descriptors by address; what was made once is kept, so that identical types have one descriptor.

var made struct {
	mu    sync.Mutex
	types map[string][]*abi.Type // by type string
	ptrs  map[*abi.Type]*abi.Type
}

// findOrMake gives the type with the string str that same accepts, or the one that create makes. The strings of
// different types can be equal, so same compares components.
func findOrMake(str string, same func(t *abi.Type) bool, create func() *abi.Type) *abi.Type {
	made.mu.Lock()
	defer made.mu.Unlock()
	for _, t := range made.types[str] {
		if same(t) {
			return t
		}
	}
	t := compiledType(str, same)
	if t == nil {
		t = create()
	}
	if made.types == nil {
		made.types = map[string][]*abi.Type{}
	}
	made.types[str] = append(made.types[str], t)
	return t
}

// compiledType looks for a type in the program.
func compiledType(str string, same func(t *abi.Type) bool) *abi.Type {
	base, offs := typelinks()
	at := func(i int) *abi.Type { return (*abi.Type)(unsafe.Add(base, offs[i])) }
	low, high := 0, len(offs)
	for low < high {
		mid := int(uint(low+high) / 2)
		if typeString(at(mid)) < str {
			low = mid + 1
		} else {
			high = mid
		}
	}
	for ; low < len(offs); low++ {
		t := at(low)
		if typeString(t) != str {
			break
		}
		if same(t) {
			return t
		}
	}
	return nil
}

// newName makes a name that descriptors can refer to.
func newName(s string) abi.NameOff {
	return abi.NameOff(addReflectOff(unsafe.Pointer(abi.NewName(s, "", false, false).Bytes)))
}

// mix continues a hash with bytes.
func mix(hash uint32, bytes ...byte) uint32 {
	for _, b := range bytes {
		hash = hash*16777619 ^ uint32(b)
	}
	return hash
}

func mixType(hash uint32, t *abi.Type) uint32 {
	return mix(hash, byte(t.Hash>>24), byte(t.Hash>>16), byte(t.Hash>>8), byte(t.Hash))
}

// wordMask is the pointer bitmap of a type whose first word is its only pointer.
var wordMask = byte(1)

// prototype gives a copy of the common part of an existing type, without what is special to that type.
func prototype(t *abi.Type, str string, hash uint32) abi.Type {
	c := *t
	c.TFlag &^= abi.TFlagUncommon | abi.TFlagExtraStar | abi.TFlagNamed
	c.Str = newName(str)
	c.PtrToThis = 0
	c.Hash = hash
	return c
}

// PointerTo gives the type *t.
func PointerTo(t Type) Type { return toRType(ptrTo(t.common())) }

// PtrTo is the old name of PointerTo.
//
// Deprecated: use PointerTo.
func PtrTo(t Type) Type { return PointerTo(t) }

func ptrTo(t *abi.Type) *abi.Type {
	if t.PtrToThis != 0 {
		return reflectlite.TypeAt(t, t.PtrToThis)
	}
	made.mu.Lock()
	p := made.ptrs[t]
	made.mu.Unlock()
	if p != nil {
		return p
	}
	str := "*" + typeString(t)
	p = findOrMake(str,
		func(c *abi.Type) bool { return c.Kind() == abi.Pointer && c.Elem() == t },
		func() *abi.Type {
			return &(&abi.PtrType{
				Type: prototype(abi.TypeFor[*unsafe.Pointer](), str, mixType(uint32('*'), t)),
				Elem: t,
			}).Type
		})
	made.mu.Lock()
	if made.ptrs == nil {
		made.ptrs = map[*abi.Type]*abi.Type{}
	}
	made.ptrs[t] = p
	made.mu.Unlock()
	return p
}

// SliceOf gives the type []t.
func SliceOf(t Type) Type {
	elem := t.common()
	str := "[]" + typeString(elem)
	return toRType(findOrMake(str,
		func(c *abi.Type) bool { return c.Kind() == abi.Slice && c.Elem() == elem },
		func() *abi.Type {
			return &(&abi.SliceType{
				Type: prototype(abi.TypeFor[[]unsafe.Pointer](), str, mixType(uint32('['), elem)),
				Elem: elem,
			}).Type
		}))
}

// ChanOf gives the channel type with direction dir and element type t.
func ChanOf(dir ChanDir, t Type) Type {
	elem := t.common()
	if elem.Size_ >= 1<<16 {
		panic("reflect.ChanOf: element size too large")
	}
	s := typeString(elem)
	var str string
	switch dir {
	case SendDir:
		str = "chan<- " + s
	case RecvDir:
		str = "<-chan " + s
	case BothDir:
		str = "chan " + s
		if len(s) > 0 && s[0] == '<' {
			// chan <-chan T would be read as (chan<-) chan T.
			str = "chan (" + s + ")"
		}
	default:
		panic("reflect.ChanOf: invalid dir")
	}
	return toRType(findOrMake(str,
		func(c *abi.Type) bool {
			return c.Kind() == abi.Chan && c.Elem() == elem && c.ChanDir() == abi.ChanDir(dir) && !c.HasName()
		},
		func() *abi.Type {
			return &(&abi.ChanType{
				Type: prototype(abi.TypeFor[chan unsafe.Pointer](), str, mix(mixType(uint32('c'), elem), byte(dir))),
				Elem: elem,
				Dir:  abi.ChanDir(dir),
			}).Type
		}))
}

// MapOf gives the type map[key]elem.
func MapOf(key, elem Type) Type {
	k, e := key.common(), elem.common()
	if k.Equal == nil {
		panic("reflect.MapOf: invalid key type " + typeString(k))
	}
	str := "map[" + typeString(k) + "]" + typeString(e)
	return toRType(findOrMake(str,
		func(c *abi.Type) bool { return c.Kind() == abi.Map && c.Key() == k && c.Elem() == e },
		func() *abi.Type {
			t := &abi.MapType{
				Type: prototype(abi.TypeFor[map[string]unsafe.Pointer](), str, mixType(mixType(uint32('m'), k), e)),
				Key:  k,
				Elem: e,
			}
			// The rest is for the runtime's tables.
			initMapType(t)
			return &t.Type
		}))
}

// funcType is a function descriptor with room for its signature.
type funcTypeN struct {
	abi.FuncType
	types [128]*abi.Type
}

// FuncOf gives the function type with these parameters and results.
func FuncOf(in, out []Type, variadic bool) Type {
	if variadic && (len(in) == 0 || in[len(in)-1].Kind() != Slice) {
		panic("reflect.FuncOf: last arg of variadic func must be slice")
	}
	if len(in)+len(out) > 128 {
		panic("reflect.FuncOf: too many arguments")
	}
	hash := mix(uint32('f'), byte(len(in)))
	str := "func("
	for i, t := range in {
		hash = mixType(hash, t.common())
		if i > 0 {
			str += ", "
		}
		if variadic && i == len(in)-1 {
			str += "..." + t.Elem().String()
			hash = mix(hash, 'v')
		} else {
			str += t.String()
		}
	}
	str += ")"
	hash = mix(hash, '.')
	switch len(out) {
	case 0:
	case 1:
		str += " " + out[0].String()
	default:
		str += " ("
		for i, t := range out {
			if i > 0 {
				str += ", "
			}
			str += t.String()
		}
		str += ")"
	}
	for _, t := range out {
		hash = mixType(hash, t.common())
	}
	sameList := func(list []*abi.Type, want []Type) bool {
		if len(list) != len(want) {
			return false
		}
		for i := range list {
			if list[i] != want[i].common() {
				return false
			}
		}
		return true
	}
	return toRType(findOrMake(str,
		func(c *abi.Type) bool {
			f := c.FuncType()
			return f != nil && !c.HasName() && f.IsVariadic() == variadic && sameList(f.InSlice(), in) && sameList(f.OutSlice(), out)
		},
		func() *abi.Type {
			t := &funcTypeN{}
			t.Type = prototype(abi.TypeFor[func()](), str, hash)
			t.InCount, t.OutCount = uint16(len(in)), uint16(len(out))
			if variadic {
				t.OutCount |= 1 << 15
			}
			for i, p := range in {
				t.types[i] = p.common()
			}
			for i, p := range out {
				t.types[len(in)+i] = p.common()
			}
			return &t.Type
		}))
}

// ptrMask collects the pointer bitmap of a type.
type ptrMask []byte

func (m *ptrMask) set(word uintptr) {
	for uintptr(len(*m)) <= word/8 {
		*m = append(*m, 0)
	}
	(*m)[word/8] |= 1 << (word % 8)
}

// add puts in the pointers of a value of type t at offset off.
func (m *ptrMask) add(off uintptr, t *abi.Type) {
	words := t.PtrBytes / 8
	if words == 0 {
		return
	}
	mask := unsafe.Slice(t.GCData, (words+7)/8)
	for w := range words {
		if mask[w/8]>>(w%8)&1 != 0 {
			m.set(off/8 + w)
		}
	}
}

// into sets the fields of t that describe pointers.
func (m ptrMask) into(t *abi.Type, ptrBytes uintptr) {
	t.PtrBytes = ptrBytes
	t.GCData = nil
	if len(m) > 0 {
		t.GCData = &m[0]
	}
	t.TFlag &^= abi.TFlagDirectIface | abi.TFlagGCMaskOnDemand
	if t.Size_ == 8 && ptrBytes == 8 {
		t.TFlag |= abi.TFlagDirectIface
	}
}

// ArrayOf gives the type [length]elem.
func ArrayOf(length int, elem Type) Type {
	if length < 0 {
		panic("reflect: negative length passed to ArrayOf")
	}
	e := elem.common()
	str := "[" + strconv.Itoa(length) + "]" + typeString(e)
	if e.Size_ > 0 && uintptr(length) > (1<<48)/e.Size_ {
		panic("reflect.ArrayOf: array size would exceed virtual address space")
	}
	slice := SliceOf(elem).common()
	return toRType(findOrMake(str,
		func(c *abi.Type) bool { return c.Kind() == abi.Array && c.Elem() == e && c.Len() == length },
		func() *abi.Type {
			hash := mixType(uint32('['), e)
			for n := uint32(length); n > 0; n >>= 8 {
				hash = mix(hash, byte(n))
			}
			t := &abi.ArrayType{Elem: e, Slice: slice, Len: uintptr(length)}
			t.Hash = mix(hash, ']')
			t.Str = newName(str)
			t.Kind_ = abi.Array
			t.Size_ = e.Size_ * uintptr(length)
			t.Align_, t.FieldAlign_ = e.Align_, e.FieldAlign_
			t.TFlag = e.TFlag & abi.TFlagRegularMemory
			var mask ptrMask
			ptrBytes := uintptr(0)
			if length > 0 && e.PtrBytes > 0 {
				for i := range uintptr(length) {
					mask.add(i*e.Size_, e)
				}
				ptrBytes = e.Size_*uintptr(length-1) + e.PtrBytes
			}
			mask.into(&t.Type, ptrBytes)
			if equal := e.Equal; equal != nil {
				size, n := e.Size_, uintptr(length)
				t.Equal = func(p, q unsafe.Pointer) bool {
					for i := range n {
						if !equal(unsafe.Add(p, i*size), unsafe.Add(q, i*size)) {
							return false
						}
					}
					return true
				}
			}
			return &t.Type
		}))
}

// layoutStruct computes offsets, size, alignment, pointers and comparison from the types of the fields.
func layoutStruct(t *abi.StructType) {
	var mask ptrMask
	size, ptrBytes, align := uintptr(0), uintptr(0), uint8(1)
	comparable := true
	lastIsEmpty := false
	for i := range t.Fields {
		f := &t.Fields[i]
		a := uintptr(f.Typ.FieldAlign_)
		size = (size + a - 1) &^ (a - 1)
		f.Offset = size
		align = max(align, f.Typ.FieldAlign_)
		if f.Typ.PtrBytes > 0 {
			mask.add(size, f.Typ)
			ptrBytes = size + f.Typ.PtrBytes
		}
		size += f.Typ.Size_
		lastIsEmpty = f.Typ.Size_ == 0
		comparable = comparable && f.Typ.Equal != nil
	}
	if size > 0 && lastIsEmpty {
		// The address of the last field must not be that of another object.
		size++
	}
	a := uintptr(align)
	t.Size_ = (size + a - 1) &^ (a - 1)
	t.Align_, t.FieldAlign_ = align, align
	mask.into(&t.Type, ptrBytes)
	if comparable {
		fields := t.Fields
		t.Equal = func(p, q unsafe.Pointer) bool {
			for i := range fields {
				f := &fields[i]
				if f.Name.IsBlank() {
					continue
				}
				if !f.Typ.Equal(unsafe.Add(p, f.Offset), unsafe.Add(q, f.Offset)) {
					return false
				}
			}
			return true
		}
	}
}

// StructOf gives the struct type with these fields; Offset and Index are not looked at. Fields must be exported,
// and embedded fields must not have methods.
func StructOf(fields []StructField) Type {
	t := &abi.StructType{}
	t.Kind_ = abi.Struct
	t.Fields = make([]abi.StructField, len(fields))
	hash := mix(uint32('s'))
	str := "struct {"
	names := map[string]bool{}
	pkgPath := ""
	for i, f := range fields {
		if f.Name == "" {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has no name")
		}
		if !isIdentifier(f.Name) {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has invalid name")
		}
		if f.Type == nil {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has no type")
		}
		if f.IsExported() && !isExportedName(f.Name) {
			panic("reflect.StructOf: field \"" + f.Name + "\" is unexported but missing PkgPath")
		}
		if !f.IsExported() {
			if pkgPath == "" {
				pkgPath = f.PkgPath
			} else if pkgPath != f.PkgPath {
				panic("reflect.Struct: fields with different PkgPath " + pkgPath + " and " + f.PkgPath)
			}
		}
		if names[f.Name] && f.Name != "_" {
			panic("reflect.StructOf: duplicate field " + f.Name)
		}
		names[f.Name] = true
		ft := f.Type.common()
		if f.Anonymous {
			if f.Type.NumMethod() > 0 || f.Type.Kind() != Pointer && PointerTo(f.Type).NumMethod() > 0 {
				panic("reflect.StructOf: embedded field with methods not implemented")
			}
		}
		t.Fields[i] = abi.StructField{Name: abi.NewName(f.Name, string(f.Tag), f.IsExported(), f.Anonymous), Typ: ft}
		hash = mixType(mix(hash, []byte(f.Name)...), ft)
		hash = mix(hash, []byte(f.Tag)...)
		if i > 0 {
			str += ";"
		}
		str += " "
		if !f.Anonymous {
			str += f.Name + " "
		}
		str += typeString(ft)
		if f.Tag != "" {
			str += " " + strconv.Quote(string(f.Tag))
		}
	}
	if len(fields) > 0 {
		str += " "
	}
	str += "}"
	if pkgPath != "" {
		t.PkgPath = abi.NewName(pkgPath, "", false, false)
	}
	layoutStruct(t)
	return toRType(findOrMake(str,
		func(c *abi.Type) bool {
			return c.Kind() == abi.Struct && !c.HasName() && reflectlite.IdenticalUnderlying(c, &t.Type, true)
		},
		func() *abi.Type {
			t.Hash = hash
			t.Str = newName(str)
			return &t.Type
		}))
}

func isIdentifier(s string) bool {
	for i, r := range s {
		letter := r == '_' || isLetter(r)
		if i == 0 && !letter || !letter && !isDigit(r) {
			return false
		}
	}
	return s != ""
}
