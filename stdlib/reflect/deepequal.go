package reflect

import (
	"internal/bytealg"
	"internal/reflectlite"
	"unsafe"
)

// comparison is a pair of things that DeepEqual is comparing.
type comparison struct {
	a, b unsafe.Pointer
	t    Type
}

// DeepEqual reports whether x and y are equal all the way down: elements of arrays, slices and maps, fields of
// structs (also unexported ones), what pointers and interfaces refer to. Types must be identical; a nil slice or map
// differs from an empty one; functions are equal only if both are nil; NaN differs from itself, except where the
// same slice or map, or pointer, is met on both sides. Things that contain themselves are compared once.
func DeepEqual(x, y any) bool {
	if x == nil || y == nil {
		return x == y
	}
	v, w := ValueOf(x), ValueOf(y)
	return v.Type() == w.Type() && deepEqual(v, w, map[comparison]bool{})
}

func deepEqual(v, w Value, seen map[comparison]bool) bool {
	if !v.IsValid() || !w.IsValid() {
		return v.IsValid() == w.IsValid()
	}
	if v.Type() != w.Type() {
		return false
	}
	// Only what can be part of a cycle needs to be remembered; pairs in one order.
	var a, b unsafe.Pointer
	switch v.Kind() {
	case Pointer, Map:
		a, b = v.word(), w.word()
	case Slice, Interface:
		if v.flag&flagIndir != 0 {
			a, b = v.ptr, w.ptr
		}
	}
	if a != nil && b != nil {
		if uintptr(a) > uintptr(b) {
			a, b = b, a
		}
		pair := comparison{a, b, v.Type()}
		if seen[pair] {
			return true
		}
		seen[pair] = true
	}
	switch v.Kind() {
	case Array:
		for i := range v.Len() {
			if !deepEqual(v.Index(i), w.Index(i), seen) {
				return false
			}
		}
		return true
	case Slice:
		if v.IsNil() != w.IsNil() || v.Len() != w.Len() {
			return false
		}
		if v.UnsafePointer() == w.UnsafePointer() {
			return true
		}
		if v.Type().Elem().Kind() == Uint8 {
			return bytealg.Equal(v.Bytes(), w.Bytes())
		}
		for i := range v.Len() {
			if !deepEqual(v.Index(i), w.Index(i), seen) {
				return false
			}
		}
		return true
	case Interface:
		if v.IsNil() || w.IsNil() {
			return v.IsNil() == w.IsNil()
		}
		return deepEqual(v.Elem(), w.Elem(), seen)
	case Pointer:
		return v.word() == w.word() || deepEqual(v.Elem(), w.Elem(), seen)
	case Struct:
		for i := range v.NumField() {
			if !deepEqual(v.Field(i), w.Field(i), seen) {
				return false
			}
		}
		return true
	case Map:
		if v.IsNil() != w.IsNil() || v.Len() != w.Len() {
			return false
		}
		if v.word() == w.word() {
			return true
		}
		for it := v.MapRange(); it.Next(); {
			other := w.MapIndex(it.Key())
			if !other.IsValid() || !deepEqual(it.Value(), other, seen) {
				return false
			}
		}
		return true
	case Func:
		return v.IsNil() && w.IsNil()
	}
	return v.typ_.Equal(v.address(), w.address())
}

// Swapper gives a function that exchanges elements i and j of the slice.
func Swapper(slice any) func(i, j int) {
	v := ValueOf(slice)
	if v.Kind() != Slice {
		panic(&ValueError{Method: "Swapper", Kind: v.Kind()})
	}
	return reflectlite.SliceSwapper(v.typ_.Elem(), (*[]struct{})(v.ptr))
}
