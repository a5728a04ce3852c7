package reflect

import (
	"internal/abi"
	"unsafe"
)

// MakeMap makes a map of type typ.
func MakeMap(typ Type) Value { return MakeMapWithSize(typ, 0) }

// MakeMapWithSize makes a map of type typ with room for about n entries.
func MakeMapWithSize(typ Type, n int) Value {
	if typ.Kind() != Map {
		panic("reflect.MakeMapWithSize of non-map type")
	}
	t := typ.common()
	return wordValue(t, makemap(t, n), 0)
}

// MapIndex gives the element for key; the zero Value if there is none.
func (v Value) MapIndex(key Value) Value {
	v.mustBe(Map, "reflect.Value.MapIndex")
	key = key.assignTo("reflect.Value.MapIndex", v.typ_.Key(), nil)
	e := mapaccess(v.typ_, v.word(), key.address())
	if e == nil {
		return Value{}
	}
	return copyOf(v.typ_.Elem(), e, (v.flag | key.flag).ro())
}

// MapKeys gives all keys, in no order.
func (v Value) MapKeys() []Value {
	v.mustBe(Map, "reflect.Value.MapKeys")
	m := v.word()
	n := maplen(m)
	if n == 0 {
		return []Value{}
	}
	key := v.typ_.Key()
	keys := make([]Value, 0, n)
	var it mapIterator
	for mapiterinit(v.typ_, m, unsafe.Pointer(&it)); it.key != nil && len(keys) < n; mapiternext(unsafe.Pointer(&it)) {
		keys = append(keys, copyOf(key, it.key, v.flag.ro()))
	}
	return keys
}

// SetMapIndex sets the element for key; the zero Value as elem removes the key.
func (v Value) SetMapIndex(key, elem Value) {
	const method = "reflect.Value.SetMapIndex"
	v.mustBe(Map, method)
	v.mustBeExported(method)
	key.mustBeExported(method)
	key = key.assignTo(method, v.typ_.Key(), nil)
	if elem.typ_ == nil {
		mapdelete(v.typ_, v.word(), key.address())
		return
	}
	elem.mustBeExported(method)
	elem = elem.assignTo(method, v.typ_.Elem(), nil)
	mapassign0(v.typ_, v.word(), key.address(), elem.address())
}

// A MapIter goes over a map's entries; see Value.MapRange.
type MapIter struct {
	m       Value
	it      mapIterator
	started bool
}

// MapRange makes an iterator over a map:
//
//	for iter := v.MapRange(); iter.Next(); { use iter.Key(), iter.Value() }
func (v Value) MapRange() *MapIter {
	if v.kind() != Map {
		v.wrongKind("reflect.Value.MapRange")
	}
	return &MapIter{m: v}
}

// Next goes to the next entry and reports whether there is one.
func (iter *MapIter) Next() bool {
	if !iter.m.IsValid() {
		panic("MapIter.Next called on an iterator that does not have an associated map Value")
	}
	if !iter.started {
		iter.started = true
		mapiterinit(iter.m.typ_, iter.m.word(), unsafe.Pointer(&iter.it))
	} else {
		if iter.it.key == nil {
			panic("MapIter.Next called on exhausted iterator")
		}
		mapiternext(unsafe.Pointer(&iter.it))
	}
	return iter.it.key != nil
}

// entry checks that there is a current entry.
func (iter *MapIter) entry(method string) {
	if !iter.started {
		panic(method + " called before Next")
	}
	if iter.it.key == nil {
		panic(method + " called on exhausted iterator")
	}
}

// Key gives the key of the current entry.
func (iter *MapIter) Key() Value {
	iter.entry("MapIter.Key")
	return copyOf(iter.m.typ_.Key(), iter.it.key, iter.m.flag.ro())
}

// Value gives the element of the current entry.
func (iter *MapIter) Value() Value {
	iter.entry("MapIter.Value")
	return copyOf(iter.m.typ_.Elem(), iter.it.elem, iter.m.flag.ro())
}

// Reset makes iter go over the map v from the start; the zero Value lets go of the map.
func (iter *MapIter) Reset(v Value) {
	if v.IsValid() {
		v.mustBe(Map, "reflect.MapIter.Reset")
	}
	*iter = MapIter{m: v}
}

// SetIterKey sets v to the key of iter's current entry.
func (v Value) SetIterKey(iter *MapIter) {
	iter.entry("reflect: Value.SetIterKey")
	v.setIter("reflect.MapIter.SetKey", iter.m, iter.m.typ_.Key(), iter.it.key)
}

// SetIterValue sets v to the element of iter's current entry.
func (v Value) SetIterValue(iter *MapIter) {
	iter.entry("reflect: Value.SetIterValue")
	v.setIter("reflect.MapIter.SetValue", iter.m, iter.m.typ_.Elem(), iter.it.elem)
}

func (v Value) setIter(method string, m Value, t *abi.Type, p unsafe.Pointer) {
	v.mustBeAssignable("reflect.Value.SetIter" + method[len("reflect.MapIter.Set"):])
	var target unsafe.Pointer
	if v.kind() == Interface {
		target = v.ptr
	}
	m.mustBeExported(method)
	x := Value{t, p, m.flag.ro() | flag(t.Kind_) | flagIndir}
	x = x.assignTo(method, v.typ_, target)
	if x.ptr != v.ptr {
		typedmemmove(v.typ_, v.ptr, x.address())
	}
}
