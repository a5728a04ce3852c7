// Package reflectlite is the part of reflection that packages below reflect need (errors, sort, context), and
// the rules on types that reflect builds on: identity, assignability, implementing an interface. It reads
// descriptors only; it never makes one.
package reflectlite

import (
	"internal/abi"
	"unsafe"
)

// Provided by the runtime: the address that an offset of a descriptor stands for. base is any address in the
// descriptor that holds the offset.
func resolveNameOff(base unsafe.Pointer, off int32) unsafe.Pointer
func resolveTypeOff(base unsafe.Pointer, off int32) unsafe.Pointer

// NameAt gives the name that offset off in t's descriptor stands for.
func NameAt(t *abi.Type, off abi.NameOff) abi.Name {
	return abi.Name{Bytes: (*byte)(resolveNameOff(unsafe.Pointer(t), int32(off)))}
}

// TypeAt gives the type that offset off in t's descriptor stands for.
func TypeAt(t *abi.Type, off abi.TypeOff) *abi.Type {
	return (*abi.Type)(resolveTypeOff(unsafe.Pointer(t), int32(off)))
}

// TypeString gives the type as it is written with package names, for example "*bytes.Buffer".
func TypeString(t *abi.Type) string {
	s := NameAt(t, t.Str).Name()
	if t.TFlag&abi.TFlagExtraStar != 0 {
		return s[1:]
	}
	return s
}

// TypeName gives the name of a defined type without its package; "" for other types. The dot that matters is
// the last one outside of type arguments.
func TypeName(t *abi.Type) string {
	if !t.HasName() {
		return ""
	}
	s := TypeString(t)
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case ']':
			depth++
		case '[':
			depth--
		case '.':
			if depth == 0 {
				return s[i+1:]
			}
		}
	}
	return s
}

// TypePkgPath gives the import path of the package that defines t; "" for predeclared and unnamed types.
func TypePkgPath(t *abi.Type) string {
	if !t.HasName() {
		return ""
	}
	u := t.Uncommon()
	if u == nil {
		return ""
	}
	return NameAt(t, u.PkgPath).Name()
}

// NamePkgPath gives the package path recorded with an unexported name found in t's descriptor; "" if there is none.
func NamePkgPath(t *abi.Type, n abi.Name) string {
	off := n.PkgPathOff()
	if off == 0 {
		return ""
	}
	return NameAt(t, off).Name()
}

// Implements reports whether values of type t have all methods of the interface type inter.
func Implements(inter, t *abi.Type) bool {
	want := inter.InterfaceType()
	if want == nil {
		return false
	}
	if len(want.Methods) == 0 {
		return true
	}
	// Both lists are sorted by name, so one pass over t's methods is enough.
	next := 0
	matches := func(name abi.Name, nameOwner *abi.Type, nameDefault string, sig *abi.Type) bool {
		m := &want.Methods[next]
		wantName := NameAt(inter, m.Name)
		if wantName.Name() != name.Name() || TypeAt(inter, m.Typ) != sig {
			return false
		}
		if wantName.IsExported() {
			return true
		}
		wantPath := NamePkgPath(inter, wantName)
		if wantPath == "" {
			wantPath = want.PkgPath.Name()
		}
		path := NamePkgPath(nameOwner, name)
		if path == "" {
			path = nameDefault
		}
		return wantPath == path
	}
	if have := t.InterfaceType(); have != nil {
		for i := range have.Methods {
			m := &have.Methods[i]
			if matches(NameAt(t, m.Name), t, have.PkgPath.Name(), TypeAt(t, m.Typ)) {
				if next++; next == len(want.Methods) {
					return true
				}
			}
		}
		return false
	}
	u := t.Uncommon()
	if u == nil {
		return false
	}
	path := NameAt(t, u.PkgPath).Name()
	for _, m := range u.Methods() {
		if m.Mtyp != 0 && matches(NameAt(t, m.Name), t, path, TypeAt(t, m.Mtyp)) {
			if next++; next == len(want.Methods) {
				return true
			}
		}
	}
	return false
}

// DirectlyAssignable reports whether a value of type from can be stored in a variable of type to without a
// change of representation: interfaces that need a new method table are not meant.
func DirectlyAssignable(to, from *abi.Type) bool {
	if to == from {
		return true
	}
	if to.HasName() && from.HasName() || to.Kind() != from.Kind() {
		return false
	}
	if to.Kind() == abi.Chan && specialChannelAssignable(to, from) {
		return true
	}
	return IdenticalUnderlying(to, from, true)
}

// specialChannelAssignable: a bidirectional channel goes to any channel type with the same element if one of
// the two types is not named.
func specialChannelAssignable(to, from *abi.Type) bool {
	return from.ChanDir() == abi.BothDir && (TypeName(to) == "" || TypeName(from) == "") && identical(to.Elem(), from.Elem(), true)
}

// identical compares types that may have been made without a canonical descriptor; tags tells whether struct
// tags count.
func identical(a, b *abi.Type, tags bool) bool {
	if tags {
		return a == b
	}
	if TypeName(a) != TypeName(b) || a.Kind() != b.Kind() || TypePkgPath(a) != TypePkgPath(b) {
		return false
	}
	return IdenticalUnderlying(a, b, false)
}

// IdenticalUnderlying reports whether a and b have identical underlying types. tags tells whether struct tags
// count (they do for identity, not for conversion).
func IdenticalUnderlying(a, b *abi.Type, tags bool) bool {
	if a == b {
		return true
	}
	kind := a.Kind()
	if kind != b.Kind() {
		return false
	}
	if kind >= abi.Bool && kind <= abi.Complex128 || kind == abi.String || kind == abi.UnsafePointer {
		return true
	}
	switch kind {
	case abi.Array:
		return a.Len() == b.Len() && identical(a.Elem(), b.Elem(), tags)
	case abi.Chan:
		return a.ChanDir() == b.ChanDir() && identical(a.Elem(), b.Elem(), tags)
	case abi.Func:
		f, g := a.FuncType(), b.FuncType()
		if f.InCount != g.InCount || f.OutCount != g.OutCount {
			return false
		}
		return identicalAll(f.InSlice(), g.InSlice(), tags) && identicalAll(f.OutSlice(), g.OutSlice(), tags)
	case abi.Interface:
		i, j := a.InterfaceType(), b.InterfaceType()
		if len(i.Methods) != len(j.Methods) {
			return false
		}
		// An interface with the same number of methods that is implemented has the same methods.
		return Implements(a, b)
	case abi.Map:
		return identical(a.Key(), b.Key(), tags) && identical(a.Elem(), b.Elem(), tags)
	case abi.Pointer, abi.Slice:
		return identical(a.Elem(), b.Elem(), tags)
	case abi.Struct:
		s, t := a.StructType(), b.StructType()
		if len(s.Fields) != len(t.Fields) || s.PkgPath.Name() != t.PkgPath.Name() {
			return false
		}
		for i := range s.Fields {
			f, g := &s.Fields[i], &t.Fields[i]
			if f.Name.Name() != g.Name.Name() || f.Offset != g.Offset || f.Embedded() != g.Embedded() {
				return false
			}
			if tags && f.Name.Tag() != g.Name.Tag() || !identical(f.Typ, g.Typ, tags) {
				return false
			}
		}
		return true
	}
	return false
}

func identicalAll(a, b []*abi.Type, tags bool) bool {
	for i := range a {
		if !identical(a[i], b[i], tags) {
			return false
		}
	}
	return true
}
