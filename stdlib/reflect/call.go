package reflect

import (
	"internal/abi"
	"internal/reflectlite"
	"sync"
	"unsafe"
)

// Arguments and results of a call by reflection are in two heap blocks, each laid out as a struct. The runtime
// moves them to where the function expects them, and back.

// frames describes the two blocks of a function type.
type frames struct {
	in, out *abi.Type // struct types; nil if empty
}

var frameCache struct {
	mu sync.Mutex
	m  map[*abi.FuncType]frames
}

func framesOf(t *abi.FuncType) frames {
	frameCache.mu.Lock()
	defer frameCache.mu.Unlock()
	f, ok := frameCache.m[t]
	if !ok {
		f = frames{blockType(t.InSlice()), blockType(t.OutSlice())}
		if frameCache.m == nil {
			frameCache.m = map[*abi.FuncType]frames{}
		}
		frameCache.m[t] = f
	}
	return f
}

// blockType makes a descriptor that is good for allocating a struct with fields of the given types.
func blockType(fields []*abi.Type) *abi.Type {
	if len(fields) == 0 {
		return nil
	}
	t := &abi.StructType{}
	t.Kind_ = abi.Struct
	t.Fields = make([]abi.StructField, len(fields))
	for i, f := range fields {
		t.Fields[i].Typ = f
	}
	layoutStruct(t)
	t.TFlag &^= abi.TFlagDirectIface
	return &t.Type
}

func fieldAt(block *abi.Type, p unsafe.Pointer, i int) (*abi.Type, unsafe.Pointer) {
	f := &block.StructType().Fields[i]
	return f.Typ, unsafe.Add(p, f.Offset)
}

// Call calls the function v with the arguments in; of a variadic function, with any number of them at the end.
func (v Value) Call(in []Value) []Value {
	v.mustBe(Func, "reflect.Value.Call")
	v.mustBeExported("reflect.Value.Call")
	return v.call("Call", in, false)
}

// CallSlice calls the variadic function v with a slice as its last argument.
func (v Value) CallSlice(in []Value) []Value {
	v.mustBe(Func, "reflect.Value.CallSlice")
	v.mustBeExported("reflect.Value.CallSlice")
	return v.call("CallSlice", in, true)
}

func (v Value) call(op string, in []Value, spread bool) []Value {
	var (
		t    *abi.FuncType
		fn   unsafe.Pointer
		rcvr unsafe.Pointer
	)
	if v.flag&flagMethod != 0 {
		t, fn, rcvr = v.boundMethod("reflect.Value." + op)
	} else {
		t, fn = v.typ_.FuncType(), v.word()
		if fn == nil {
			panic("reflect.Value.Call: call of nil function")
		}
	}
	n := t.NumIn()
	variadic := t.IsVariadic()
	if spread {
		if !variadic {
			panic("reflect: CallSlice of non-variadic function")
		}
		if len(in) < n {
			panic("reflect: CallSlice with too few input arguments")
		}
		if len(in) > n {
			panic("reflect: CallSlice with too many input arguments")
		}
	} else {
		fixed := n
		if variadic {
			fixed--
		}
		if len(in) < fixed {
			panic("reflect: Call with too few input arguments")
		}
		if !variadic && len(in) > n {
			panic("reflect: Call with too many input arguments")
		}
	}
	for _, x := range in {
		if x.Kind() == Invalid {
			panic("reflect: " + op + " using zero Value argument")
		}
	}
	for i := 0; i < n && i < len(in); i++ {
		if xt, want := in[i].Type(), toType(t.In(i)); (spread || !variadic || i < n-1) && !xt.AssignableTo(want) {
			panic("reflect: " + op + " using " + xt.String() + " as type " + want.String())
		}
	}
	if variadic && !spread {
		rest := in[n-1:]
		slice := MakeSlice(toType(t.In(n-1)), len(rest), len(rest))
		elem := toType(t.In(n - 1).Elem())
		for i, x := range rest {
			if xt := x.Type(); !xt.AssignableTo(elem) {
				panic("reflect: cannot use " + xt.String() + " as type " + elem.String() + " in " + op)
			}
			slice.Index(i).Set(x)
		}
		in = append(append(make([]Value, 0, n), in[:n-1]...), slice)
	}

	blocks := framesOf(t)
	var args, results unsafe.Pointer
	if blocks.in != nil {
		args = unsafe_New(blocks.in)
		for i, x := range in {
			x.mustBeExported("reflect.Value." + op)
			pt, p := fieldAt(blocks.in, args, i)
			x = x.assignTo("reflect.Value.Call", pt, nil)
			typedmemmove(pt, p, x.address())
		}
	}
	if blocks.out != nil {
		results = unsafe_New(blocks.out)
	}
	if v.flag&flagMethod != 0 {
		callMethod(fn, rcvr, t, args, results)
	} else {
		call(fn, t, args, results)
	}
	out := make([]Value, t.NumOut())
	for i := range out {
		rt, p := fieldAt(blocks.out, results, i)
		out[i] = load(rt, p, 0)
	}
	return out
}

// boundMethod gives for a method value the method's type, its code, and the receiver as a data word.
func (v Value) boundMethod(op string) (t *abi.FuncType, code, rcvr unsafe.Pointer) {
	i := int(v.flag >> flagMethodShift)
	if it := v.typ_.InterfaceType(); it != nil {
		iface := (*abi.NonEmptyInterface)(v.ptr)
		if iface.ITab == nil {
			panic(op + ": nil pointer dereference")
		}
		entries := unsafe.Slice(&iface.ITab.Fun[0], len(it.Methods))
		return reflectlite.TypeAt(v.typ_, it.Methods[i].Typ).FuncType(), *(*unsafe.Pointer)(unsafe.Pointer(&entries[i])), iface.Data
	}
	m := &v.typ_.ExportedMethods()[i]
	rcvr = v.ptr
	switch {
	case v.typ_.IsDirectIface():
		rcvr = v.word()
	case v.flag&flagAddr != 0:
		// The method gets its receiver by value: a copy.
		rcvr = unsafe_New(v.typ_)
		typedmemmove(v.typ_, rcvr, v.ptr)
	}
	return reflectlite.TypeAt(v.typ_, m.Mtyp).FuncType(), resolveTextOff(unsafe.Pointer(v.typ_), int32(m.Ifn)), rcvr
}

// bindMethod makes an ordinary func value of a method value.
func (v Value) bindMethod(op string) Value {
	t := v.dynType(op)
	// The receiver is fixed now.
	if v.typ_.Kind_ == abi.Interface {
		i := int(v.flag >> flagMethodShift)
		name := reflectlite.NameAt(v.typ_, v.typ_.InterfaceType().Methods[i].Name).Name()
		held := Value{v.typ_, v.ptr, v.flag&^(flagMethod|flagKindMask)&(1<<flagMethodShift-1) | flag(Interface)}.Elem()
		if exported := held.MethodByName(name); exported.IsValid() {
			v = exported
		}
	} else if v.flag&flagAddr != 0 {
		c := copyOf(v.typ_, v.ptr, 0)
		v.ptr = c.ptr
		v.flag = v.flag&^(flagAddr|flagIndir) | c.flag&flagIndir
	}
	// What it is called with and what it returns goes through unchanged.
	v.flag &^= flagRO
	ft, code, rcvr := v.boundMethod(op)
	return wordValue(t, unsafe.Pointer(&funcObject{code: makeFuncCode(ft, callReflect), typ: ft, method: code, rcvr: rcvr}), 0)
}

// funcObject is the closure object of a function made by MakeFunc, or of a method value. The first two words are
// known to the runtime.
type funcObject struct {
	code unsafe.Pointer
	typ  *abi.FuncType
	fn   func([]Value) []Value // MakeFunc's

	// Of a method value, which has no fn: the method's code and its receiver as a data word.
	method, rcvr unsafe.Pointer
}

// MakeFunc makes a function of type typ that calls fn with its arguments (a variadic one as a slice) and returns
// fn's results.
func MakeFunc(typ Type, fn func(args []Value) (results []Value)) Value {
	if typ.Kind() != Func {
		panic("reflect: call of MakeFunc with non-Func type")
	}
	t := typ.common()
	ft := t.FuncType()
	return wordValue(t, unsafe.Pointer(&funcObject{code: makeFuncCode(ft, callReflect), typ: ft, fn: fn}), 0)
}

// callReflect is what the code of a funcObject calls: args and results are blocks. For recover it is not there, so
// the call of a method stands in it.
func callReflect(closure *funcObject, args, results unsafe.Pointer) {
	t := closure.typ
	if closure.fn == nil {
		callMethod(closure.method, closure.rcvr, t, args, results)
		return
	}
	blocks := framesOf(t)
	in := make([]Value, t.NumIn())
	for i := range in {
		pt, p := fieldAt(blocks.in, args, i)
		in[i] = load(pt, p, 0)
	}
	out := closure.fn(in)
	if len(out) != t.NumOut() {
		panic("reflect: wrong return count from function created by MakeFunc")
	}
	for i, x := range out {
		if x.typ_ == nil {
			panic("reflect: function created by MakeFunc using closure returned zero Value")
		}
		if x.flag&flagRO != 0 {
			panic("reflect: function created by MakeFunc using closure returned value obtained from unexported field")
		}
		rt, p := fieldAt(blocks.out, results, i)
		x = x.assignTo("reflect.MakeFunc", rt, nil)
		typedmemmove(rt, p, x.address())
	}
}
