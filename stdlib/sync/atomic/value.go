package atomic

import "unsafe"

// A Value holds a value of any type, always the same one, for concurrent use. The zero Value holds nothing.
//
// Its memory is an interface value: the type word is written last of the first store and read first, so a reader
// that sees the type sees the data. While the first store is under way the type word is &storing.
type Value struct {
	v any
}

type efaceWords struct {
	typ  unsafe.Pointer
	data unsafe.Pointer
}

var storing byte

// Load gives the value of the last Store; nil if there was none.
func (v *Value) Load() (val any) {
	words := (*efaceWords)(unsafe.Pointer(v))
	typ := LoadPointer(&words.typ)
	if typ == nil || typ == unsafe.Pointer(&storing) {
		return nil
	}
	result := (*efaceWords)(unsafe.Pointer(&val))
	result.data = LoadPointer(&words.data)
	result.typ = typ
	return val
}

// claim gets the type word ready: true if the caller has to do the first store (and must write typ at the end).
func (v *Value) claim(typ unsafe.Pointer, op string) (first bool) {
	words := (*efaceWords)(unsafe.Pointer(v))
	for {
		switch have := LoadPointer(&words.typ); have {
		case nil:
			if CompareAndSwapPointer(&words.typ, nil, unsafe.Pointer(&storing)) {
				return true
			}
		case unsafe.Pointer(&storing):
			// Another goroutine is between its two writes.
		case typ:
			return false
		default:
			panic("sync/atomic: " + op + " of inconsistently typed value into Value")
		}
	}
}

// Store sets the value. All values must have the same dynamic type, and none may be nil.
func (v *Value) Store(val any) {
	if val == nil {
		panic("sync/atomic: store of nil value into Value")
	}
	words, new := (*efaceWords)(unsafe.Pointer(v)), (*efaceWords)(unsafe.Pointer(&val))
	first := v.claim(new.typ, "store")
	StorePointer(&words.data, new.data)
	if first {
		StorePointer(&words.typ, new.typ)
	}
}

// Swap sets the value and gives the old one; nil if there was none.
func (v *Value) Swap(new any) (old any) {
	if new == nil {
		panic("sync/atomic: swap of nil value into Value")
	}
	words, next := (*efaceWords)(unsafe.Pointer(v)), (*efaceWords)(unsafe.Pointer(&new))
	if v.claim(next.typ, "swap") {
		StorePointer(&words.data, next.data)
		StorePointer(&words.typ, next.typ)
		return nil
	}
	prev := (*efaceWords)(unsafe.Pointer(&old))
	prev.data = SwapPointer(&words.data, next.data)
	prev.typ = next.typ
	return old
}

// CompareAndSwap sets the value to new if it equals old. It panics if old is not comparable.
func (v *Value) CompareAndSwap(old, new any) (swapped bool) {
	if new == nil {
		panic("sync/atomic: compare and swap of nil value into Value")
	}
	words, next, prev := (*efaceWords)(unsafe.Pointer(v)), (*efaceWords)(unsafe.Pointer(&new)), (*efaceWords)(unsafe.Pointer(&old))
	if prev.typ != nil && prev.typ != next.typ {
		panic("sync/atomic: compare and swap of inconsistently typed values")
	}
	if old == nil {
		// Only the first store can find nothing.
		if LoadPointer(&words.typ) == nil && CompareAndSwapPointer(&words.typ, nil, unsafe.Pointer(&storing)) {
			StorePointer(&words.data, next.data)
			StorePointer(&words.typ, next.typ)
			return true
		}
		if have := v.Load(); have != nil && (*efaceWords)(unsafe.Pointer(&have)).typ != next.typ {
			panic("sync/atomic: compare and swap of inconsistently typed value into Value")
		}
		return false
	}
	for {
		have := v.Load()
		if have == nil {
			return false
		}
		current := (*efaceWords)(unsafe.Pointer(&have))
		if current.typ != next.typ {
			panic("sync/atomic: compare and swap of inconsistently typed value into Value")
		}
		if have != old {
			return false
		}
		if CompareAndSwapPointer(&words.data, current.data, next.data) {
			return true
		}
	}
}
