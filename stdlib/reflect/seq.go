package reflect

import "iter"

// Seq ranges over v with one variable: the index of arrays, slices and strings, the key of maps, the elements of
// channels, 0 to v-1 for integers, what an iterator function yields.
func (v Value) Seq() iter.Seq[Value] {
	if v.Kind() == Func && isRangeFunc(v.dynType("reflect.Value.Seq"), 1) {
		return func(yield func(Value) bool) {
			f := MakeFunc(v.Type().In(0), func(in []Value) []Value { return []Value{ValueOf(yield(in[0]))} })
			v.Call([]Value{f})
		}
	}
	switch kind := v.kind(); kind {
	case Int, Int8, Int16, Int32, Int64:
		return func(yield func(Value) bool) {
			t := v.Type()
			for i := range v.Int() {
				if !yield(ValueOf(i).Convert(t)) {
					return
				}
			}
		}
	case Uint, Uint8, Uint16, Uint32, Uint64, Uintptr:
		return func(yield func(Value) bool) {
			t := v.Type()
			for i := range v.Uint() {
				if !yield(ValueOf(i).Convert(t)) {
					return
				}
			}
		}
	case Pointer:
		if v.Type().Elem().Kind() == Array {
			return indexSeq(v.Type().Elem().Len())
		}
	case Array:
		return indexSeq(v.Len())
	case Slice:
		return indexSeq(v.Len())
	case String:
		return func(yield func(Value) bool) {
			for i := range v.String() {
				if !yield(ValueOf(i)) {
					return
				}
			}
		}
	case Map:
		return func(yield func(Value) bool) {
			for it := v.MapRange(); it.Next(); {
				if !yield(it.Key()) {
					return
				}
			}
		}
	case Chan:
		return func(yield func(Value) bool) {
			for {
				x, ok := v.Recv()
				if !ok || !yield(x) {
					return
				}
			}
		}
	}
	panic("reflect: " + v.Type().String() + " cannot produce iter.Seq[Value]")
}

func indexSeq(n int) iter.Seq[Value] {
	return func(yield func(Value) bool) {
		for i := range n {
			if !yield(ValueOf(i)) {
				return
			}
		}
	}
}

// Seq2 ranges over v with two variables: index and element of arrays, slices and strings, key and element of maps,
// what an iterator function yields.
func (v Value) Seq2() iter.Seq2[Value, Value] {
	if v.Kind() == Func && isRangeFunc(v.dynType("reflect.Value.Seq2"), 2) {
		return func(yield func(Value, Value) bool) {
			f := MakeFunc(v.Type().In(0), func(in []Value) []Value { return []Value{ValueOf(yield(in[0], in[1]))} })
			v.Call([]Value{f})
		}
	}
	switch v.Kind() {
	case Pointer:
		if v.Type().Elem().Kind() == Array {
			return elementSeq(v.Elem())
		}
	case Array, Slice:
		return elementSeq(v)
	case String:
		return func(yield func(Value, Value) bool) {
			for i, r := range v.String() {
				if !yield(ValueOf(i), ValueOf(r)) {
					return
				}
			}
		}
	case Map:
		return func(yield func(Value, Value) bool) {
			for it := v.MapRange(); it.Next(); {
				if !yield(it.Key(), it.Value()) {
					return
				}
			}
		}
	}
	panic("reflect: " + v.Type().String() + " cannot produce iter.Seq2[Value, Value]")
}

func elementSeq(v Value) iter.Seq2[Value, Value] {
	return func(yield func(Value, Value) bool) {
		for i := range v.Len() {
			if !yield(ValueOf(i), v.Index(i)) {
				return
			}
		}
	}
}
