package reflect

import (
	"internal/abi"
	"unsafe"
)

// MakeChan makes a channel of type typ with room for buffer elements.
func MakeChan(typ Type, buffer int) Value {
	if typ.Kind() != Chan {
		panic("reflect.MakeChan of non-chan type")
	}
	if buffer < 0 {
		panic("reflect.MakeChan: negative buffer size")
	}
	if typ.ChanDir() != BothDir {
		panic("reflect.MakeChan: unidirectional channel type")
	}
	t := typ.common()
	return wordValue(t, makechan(t, buffer), 0)
}

// Close closes a channel.
func (v Value) Close() {
	v.mustBe(Chan, "reflect.Value.Close")
	v.mustBeExported("reflect.Value.Close")
	if v.typ_.ChanDir()&abi.SendDir == 0 {
		panic("reflect: close of receive-only channel")
	}
	chanclose(v.word())
}

// Recv receives from a channel; ok is false, and x the zero value, if the channel is closed.
func (v Value) Recv() (x Value, ok bool) {
	v.mustBe(Chan, "reflect.Value.Recv")
	v.mustBeExported("reflect.Value.Recv")
	return v.receive(false)
}

// TryRecv receives if that is possible at once; else x is the zero Value.
func (v Value) TryRecv() (x Value, ok bool) {
	v.mustBe(Chan, "reflect.Value.TryRecv")
	v.mustBeExported("reflect.Value.TryRecv")
	return v.receive(true)
}

func (v Value) receive(nb bool) (Value, bool) {
	if v.typ_.ChanDir()&abi.RecvDir == 0 {
		panic("reflect: recv on send-only channel")
	}
	t := v.typ_.Elem()
	p := unsafe_New(t)
	selected, ok := chanrecv(v.word(), nb, p)
	if !selected {
		return Value{}, false
	}
	return load(t, p, 0), ok
}

// Send sends x on a channel.
func (v Value) Send(x Value) {
	v.mustBe(Chan, "reflect.Value.Send")
	v.mustBeExported("reflect.Value.Send")
	v.transmit(x, false)
}

// TrySend sends x if that is possible at once, and reports whether it did.
func (v Value) TrySend(x Value) bool {
	v.mustBe(Chan, "reflect.Value.TrySend")
	v.mustBeExported("reflect.Value.TrySend")
	return v.transmit(x, true)
}

func (v Value) transmit(x Value, nb bool) bool {
	if v.typ_.ChanDir()&abi.SendDir == 0 {
		panic("reflect: send on recv-only channel")
	}
	x.mustBeExported("reflect.Value.Send")
	x = x.assignTo("reflect.Value.Send", v.typ_.Elem(), nil)
	return chansend0(v.word(), x.heapAddress(), nb)
}

// heapAddress is address for an operation that may park: the value must not be on the stack.
func (v Value) heapAddress() unsafe.Pointer {
	if v.flag&flagIndir != 0 {
		return v.ptr
	}
	p := unsafe_New(v.typ_)
	*(*unsafe.Pointer)(p) = v.ptr
	return p
}

// SelectDir says what a SelectCase does.
type SelectDir int

const (
	_ SelectDir = iota
	SelectSend
	SelectRecv
	SelectDefault
)

// A SelectCase is one case of Select. The zero Value as Chan makes a case that is never ready.
type SelectCase struct {
	Dir  SelectDir
	Chan Value
	Send Value
}

// Select does a select statement. It gives the index of the chosen case and, for a receive, the value and whether
// the channel was open.
func Select(cases []SelectCase) (chosen int, recv Value, recvOK bool) {
	if len(cases) > 65536 {
		panic("reflect.Select: too many cases (max 65536)")
	}
	list := make([]runtimeSelect, len(cases))
	hasDefault := false
	for i, c := range cases {
		r := &list[i]
		r.dir = uintptr(c.Dir)
		switch c.Dir {
		case SelectDefault:
			if hasDefault {
				panic("reflect.Select: multiple default cases")
			}
			hasDefault = true
			if c.Chan.IsValid() {
				panic("reflect.Select: default case has Chan value")
			}
			if c.Send.IsValid() {
				panic("reflect.Select: default case has Send value")
			}
		case SelectSend:
			if !c.Chan.IsValid() {
				break
			}
			c.Chan.mustBe(Chan, "reflect.Select")
			c.Chan.mustBeExported("reflect.Select")
			if c.Chan.typ_.ChanDir()&abi.SendDir == 0 {
				panic("reflect.Select: SendDir case using recv-only channel")
			}
			if !c.Send.IsValid() {
				panic("reflect.Select: SendDir case missing Send value")
			}
			c.Send.mustBeExported("reflect.Select")
			x := c.Send.assignTo("reflect.Select", c.Chan.typ_.Elem(), nil)
			r.ch, r.typ, r.val = c.Chan.word(), unsafe.Pointer(c.Chan.typ_), x.heapAddress()
		case SelectRecv:
			if c.Send.IsValid() {
				panic("reflect.Select: RecvDir case has Send value")
			}
			if !c.Chan.IsValid() {
				break
			}
			c.Chan.mustBe(Chan, "reflect.Select")
			c.Chan.mustBeExported("reflect.Select")
			if c.Chan.typ_.ChanDir()&abi.RecvDir == 0 {
				panic("reflect.Select: RecvDir case using send-only channel")
			}
			r.ch, r.typ, r.val = c.Chan.word(), unsafe.Pointer(c.Chan.typ_), unsafe_New(c.Chan.typ_.Elem())
		default:
			panic("reflect.Select: invalid Dir")
		}
	}
	chosen, recvOK = rselect(list)
	if r := &list[chosen]; r.dir == uintptr(SelectRecv) && r.typ != nil {
		recv = load((*abi.Type)(r.typ).Elem(), r.val, 0)
	}
	return chosen, recv, recvOK
}
