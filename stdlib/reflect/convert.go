package reflect

import (
	"internal/abi"
	"internal/reflectlite"
	"unsafe"
)

// converter converts v to type t; it was chosen by conversion for this pair of types.
type converter func(v Value, t *abi.Type) Value

// Convert converts v to type t by Go's rules of conversion.
func (v Value) Convert(t Type) Value {
	if v.flag&flagMethod != 0 {
		v = v.bindMethod("Convert")
	}
	f := conversion(t.common(), v.typ_)
	if f == nil {
		panic("reflect.Value.Convert: value of type " + typeString(v.typ_) + " cannot be converted to type " + t.String())
	}
	return f(v, t.common())
}

// CanConvert reports whether v can be converted to type t, without panic.
func (v Value) CanConvert(t Type) bool {
	if !v.Type().ConvertibleTo(t) {
		return false
	}
	if v.Kind() == Slice {
		switch {
		case t.Kind() == Array:
			return t.Len() <= v.Len()
		case t.Kind() == Pointer && t.Elem().Kind() == Array:
			return t.Elem().Len() <= v.Len()
		}
	}
	return true
}

// class groups the kinds that are converted alike.
func class(k abi.Kind) abi.Kind {
	switch {
	case k >= abi.Int && k <= abi.Int64:
		return abi.Int
	case k >= abi.Uint && k <= abi.Uintptr:
		return abi.Uint
	case k == abi.Float32 || k == abi.Float64:
		return abi.Float64
	case k == abi.Complex64 || k == abi.Complex128:
		return abi.Complex128
	}
	return k
}

// conversion finds how values of type src are converted to type dst; nil if they cannot be.
func conversion(dst, src *abi.Type) converter {
	from, to := class(src.Kind()), class(dst.Kind())
	switch from {
	case abi.Int:
		switch to {
		case abi.Int, abi.Uint:
			return func(v Value, t *abi.Type) Value { return makeInt(v, t, uint64(v.Int())) }
		case abi.Float64:
			return func(v Value, t *abi.Type) Value { return makeFloat(v, t, float64(v.Int())) }
		case abi.String:
			return func(v Value, t *abi.Type) Value {
				s := "\uFFFD"
				if x := v.Int(); int64(rune(x)) == x {
					s = string(rune(x))
				}
				return makeString(v, t, s)
			}
		}
	case abi.Uint:
		switch to {
		case abi.Int, abi.Uint:
			return func(v Value, t *abi.Type) Value { return makeInt(v, t, v.Uint()) }
		case abi.Float64:
			return func(v Value, t *abi.Type) Value { return makeFloat(v, t, float64(v.Uint())) }
		case abi.String:
			return func(v Value, t *abi.Type) Value {
				s := "\uFFFD"
				if x := v.Uint(); uint64(rune(x)) == x {
					s = string(rune(x))
				}
				return makeString(v, t, s)
			}
		}
	case abi.Float64:
		switch to {
		case abi.Int:
			return func(v Value, t *abi.Type) Value { return makeInt(v, t, uint64(int64(v.Float()))) }
		case abi.Uint:
			return func(v Value, t *abi.Type) Value { return makeInt(v, t, uint64(v.Float())) }
		case abi.Float64:
			return func(v Value, t *abi.Type) Value {
				if v.kind() == Float32 && t.Kind() == abi.Float32 {
					// No detour through float64: a signalling NaN must stay one.
					return copyAs(v, t)
				}
				return makeFloat(v, t, v.Float())
			}
		}
	case abi.Complex128:
		if to == abi.Complex128 {
			return func(v Value, t *abi.Type) Value {
				p := unsafe_New(t)
				if t.Size_ == 8 {
					*(*complex64)(p) = complex64(v.Complex())
				} else {
					*(*complex128)(p) = v.Complex()
				}
				return Value{t, p, v.flag.ro() | flagIndir | flag(t.Kind_)}
			}
		}
	case abi.String:
		if to == abi.Slice && reflectlite.TypePkgPath(dst.Elem()) == "" {
			switch dst.Elem().Kind() {
			case abi.Uint8:
				return func(v Value, t *abi.Type) Value {
					b := []byte(v.String())
					return Value{t, unsafe.Pointer(&b), v.flag.ro() | flagIndir | flag(Slice)}
				}
			case abi.Int32:
				return func(v Value, t *abi.Type) Value {
					r := []rune(v.String())
					return Value{t, unsafe.Pointer(&r), v.flag.ro() | flagIndir | flag(Slice)}
				}
			}
		}
	case abi.Slice:
		if to == abi.String && reflectlite.TypePkgPath(src.Elem()) == "" {
			switch src.Elem().Kind() {
			case abi.Uint8:
				return func(v Value, t *abi.Type) Value { return makeString(v, t, string(v.Bytes())) }
			case abi.Int32:
				return func(v Value, t *abi.Type) Value { return makeString(v, t, string(v.runes())) }
			}
		}
		if to == abi.Pointer && dst.Elem().Kind() == abi.Array && src.Elem() == dst.Elem().Elem() {
			return sliceToArrayPtr
		}
		if to == abi.Array && src.Elem() == dst.Elem() {
			return sliceToArray
		}
	case abi.Chan:
		if to == abi.Chan && src.ChanDir() == abi.BothDir && dst.Elem() == src.Elem() && (!dst.HasName() || !src.HasName()) {
			return copyAs
		}
	}
	if reflectlite.IdenticalUnderlying(dst, src, false) {
		return copyAs
	}
	if from == abi.Pointer && to == abi.Pointer && !dst.HasName() && !src.HasName() &&
		reflectlite.IdenticalUnderlying(dst.Elem(), src.Elem(), false) {
		return copyAs
	}
	if reflectlite.Implements(dst, src) {
		return toInterfaceType
	}
	return nil
}

func makeInt(v Value, t *abi.Type, bits uint64) Value {
	p := unsafe_New(t)
	switch t.Size_ {
	case 1:
		*(*uint8)(p) = uint8(bits)
	case 2:
		*(*uint16)(p) = uint16(bits)
	case 4:
		*(*uint32)(p) = uint32(bits)
	case 8:
		*(*uint64)(p) = bits
	}
	return Value{t, p, v.flag.ro() | flagIndir | flag(t.Kind_)}
}

func makeFloat(v Value, t *abi.Type, x float64) Value {
	p := unsafe_New(t)
	if t.Size_ == 4 {
		*(*float32)(p) = float32(x)
	} else {
		*(*float64)(p) = x
	}
	return Value{t, p, v.flag.ro() | flagIndir | flag(t.Kind_)}
}

func makeString(v Value, t *abi.Type, s string) Value {
	return Value{t, unsafe.Pointer(&s), v.flag.ro() | flagIndir | flag(String)}
}

// copyAs gives the same memory another type; a variable is copied.
func copyAs(v Value, t *abi.Type) Value {
	p := v.ptr
	if v.flag&flagAddr != 0 {
		c := unsafe_New(t)
		typedmemmove(t, c, p)
		p = c
	}
	return Value{t, p, v.flag&flagIndir | v.flag.ro() | flag(t.Kind_)}
}

func sliceToArrayPtr(v Value, t *abi.Type) Value {
	n := t.Elem().Len()
	if n > v.Len() {
		panic("reflect: cannot convert slice with length " + itoa(v.Len()) + " to pointer to array with length " + itoa(n))
	}
	return Value{t, (*sliceHeader)(v.ptr).data, v.flag&^(flagIndir|flagAddr|flagKindMask) | flag(Pointer)}
}

func sliceToArray(v Value, t *abi.Type) Value {
	n := t.Len()
	if n > v.Len() {
		panic("reflect: cannot convert slice with length " + itoa(v.Len()) + " to array with length " + itoa(n))
	}
	p := unsafe_New(t)
	typedmemmove(t, p, (*sliceHeader)(v.ptr).data)
	r := load(t, p, v.flag.ro())
	return r
}

func toInterfaceType(v Value, t *abi.Type) Value {
	if v.Kind() == Interface && v.IsNil() {
		z := Zero(toType(t))
		z.flag |= v.flag.ro()
		return z
	}
	p := unsafe_New(t)
	x := v.toInterface("Convert", false)
	if t.NumMethod() == 0 {
		*(*any)(p) = x
	} else {
		ifaceE2I(t, x, p)
	}
	return Value{t, p, v.flag.ro() | flagIndir | flag(Interface)}
}
