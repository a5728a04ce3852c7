package runtime

import (
	"internal/abi"
	"internal/reflectlite"
	"unsafe"
)

// The functions that compiled code calls where a check fails. None returns. Those with U at the end take an
// index of unsigned type.

func panicIndex(i int, n int)   { panicBounds64(boundsError{int64(i), n, true, formIndex}) }
func panicIndexU(i uint, n int) { panicBounds64(boundsError{int64(i), n, false, formIndex}) }

func panicSliceAlen(i int, n int)   { panicBounds64(boundsError{int64(i), n, true, formSliceAlen}) }
func panicSliceAlenU(i uint, n int) { panicBounds64(boundsError{int64(i), n, false, formSliceAlen}) }
func panicSliceAcap(i int, n int)   { panicBounds64(boundsError{int64(i), n, true, formSliceAcap}) }
func panicSliceAcapU(i uint, n int) { panicBounds64(boundsError{int64(i), n, false, formSliceAcap}) }
func panicSliceB(i int, n int)      { panicBounds64(boundsError{int64(i), n, true, formSliceB}) }
func panicSliceBU(i uint, n int)    { panicBounds64(boundsError{int64(i), n, false, formSliceB}) }

func panicSlice3Alen(i int, n int)   { panicBounds64(boundsError{int64(i), n, true, formSlice3Alen}) }
func panicSlice3AlenU(i uint, n int) { panicBounds64(boundsError{int64(i), n, false, formSlice3Alen}) }
func panicSlice3Acap(i int, n int)   { panicBounds64(boundsError{int64(i), n, true, formSlice3Acap}) }
func panicSlice3AcapU(i uint, n int) { panicBounds64(boundsError{int64(i), n, false, formSlice3Acap}) }
func panicSlice3B(i int, n int)      { panicBounds64(boundsError{int64(i), n, true, formSlice3B}) }
func panicSlice3BU(i uint, n int)    { panicBounds64(boundsError{int64(i), n, false, formSlice3B}) }
func panicSlice3C(i int, n int)      { panicBounds64(boundsError{int64(i), n, true, formSlice3C}) }
func panicSlice3CU(i uint, n int)    { panicBounds64(boundsError{int64(i), n, false, formSlice3C}) }

// One frame more, as in gc: Callers counts them.
func panicBounds64(e boundsError) { panic(e) }

// panicSliceConvert: a slice of length n was converted to an array of want elements.
func panicSliceConvert(n int, want int) {
	panicBounds64(boundsError{int64(n), want, true, formConvert})
}

// Values of panics that need no details are made once, so that they do not allocate.
var (
	divideError   error = errorString("integer divide by zero") // this and the next: also math/bits in a Go tree
	overflowError error = errorString("integer overflow")
	shiftError    Error = errorString("negative shift amount")
	nilDerefError Error = errorString(nilDerefText)
)

const nilDerefText = "invalid memory address or nil pointer dereference"

func panicdivide()   { panic(divideError) }
func panicshift()    { panic(shiftError) }
func panicNilDeref() { panic(nilDerefError) }

// panicdottypeE: x.(want) failed for a concrete type want; have is x's dynamic type (nil if x is nil), iface its
// static type.
func panicdottypeE(have, want, iface *abi.Type) {
	panic(&TypeAssertionError{iface, have, want, ""})
}

// panicdottypeI is panicdottypeE for an x whose type has methods.
func panicdottypeI(have *abi.ITab, want, iface *abi.Type) {
	var t *abi.Type
	if have != nil {
		t = have.Type
	}
	panicdottypeE(t, want, iface)
}

// panicnildottype: x.(want) for a nil x whose static type is of no interest.
func panicnildottype(want *abi.Type) {
	panic(&TypeAssertionError{nil, nil, want, ""})
}

// panicwrap: a method with a value receiver was called through a nil pointer.
func panicwrap(pkg, typ, method string) {
	panic(plainError("value method " + pkg + "." + typ + "." + method + " called using nil *" + typ + " pointer"))
}

func panicunsafeslicelen() { panic(errorString("unsafe.Slice: len out of range")) }
func panicunsafeslicenilptr() {
	panic(errorString("unsafe.Slice: ptr is nil and len is not zero"))
}
func panicunsafestringlen() { panic(errorString("unsafe.String: len out of range")) }
func panicunsafestringnilptr() {
	panic(errorString("unsafe.String: ptr is nil and len is not zero"))
}

// panicrangestate: the body of a range over a function was used against the rules; state is what the loop had
// come to.
func panicrangestate(state int) {
	const (
		done = iota
		ready
		panicked
		exhausted
		missingPanic
	)
	switch state {
	case done:
		panic(errorString("range function continued iteration after function for loop body returned false"))
	case panicked:
		panic(errorString("range function continued iteration after loop body panic"))
	case exhausted:
		panic(errorString("range function continued iteration after whole loop exit"))
	case missingPanic:
		panic(errorString("range function recovered a loop body panic and did not resume panicking"))
	}
	throw("unexpected state set by defer recovery of a range over func loop body")
}

// Codes of raise.
const (
	raiseNilMapWrite = 1 + iota
	raiseCloseNilChan
	raiseCloseClosedChan
	raiseSendClosedChan
	raiseMakesliceLen
	raiseMakesliceCap
	raiseMakechanSize
	raiseUnhashable
	raiseUncomparable
	raiseGrowsliceLen
	raiseAssertInterface
	raisePlain
	raiseRuntimeError
	raiseNilPanic
)

// raise panics on behalf of the runtime's Rust part: the call that found the fault continues here.
func raise(code int, a, b uintptr) {
	switch code {
	case raiseNilMapWrite:
		panic(plainError("assignment to entry in nil map"))
	case raiseCloseNilChan:
		panic(plainError("close of nil channel"))
	case raiseCloseClosedChan:
		panic(plainError("close of closed channel"))
	case raiseSendClosedChan:
		panic(plainError("send on closed channel"))
	case raiseMakesliceLen:
		panic(errorString("makeslice: len out of range"))
	case raiseMakesliceCap:
		panic(errorString("makeslice: cap out of range"))
	case raiseMakechanSize:
		panic(plainError("makechan: size out of range"))
	case raiseUnhashable:
		if b != 0 {
			// In an empty map.
			panic(plainError("hash of unhashable type: " + reflectlite.TypeString(typeAt(a))))
		}
		panic(errorString("hash of unhashable type " + reflectlite.TypeString(typeAt(a))))
	case raiseUncomparable:
		panic(errorString("comparing uncomparable type " + reflectlite.TypeString(typeAt(a))))
	case raiseGrowsliceLen:
		panic(errorString("growslice: len out of range"))
	case raiseAssertInterface:
		t, inter := typeAt(a), typeAt(b)
		if t == nil {
			panic(&TypeAssertionError{nil, nil, inter, ""})
		}
		panic(&TypeAssertionError{nil, t, inter, missingMethod(inter, t)})
	case raisePlain:
		panic(plainError(stringAt(a, b)))
	case raiseRuntimeError:
		panic(errorString(stringAt(a, b)))
	case raiseNilPanic:
		panic(new(PanicNilError))
	}
	throw("raise: unknown code")
}

// Descriptors and texts handed over by raise are read-only data or kept alive by the caller, so a uintptr may
// become a pointer again.
func typeAt(a uintptr) *abi.Type { return *(**abi.Type)(unsafe.Pointer(&a)) }

func stringAt(a, n uintptr) string {
	return unsafe.String(*(**byte)(unsafe.Pointer(&a)), int(n))
}

// missingMethod names the first method of inter that t does not have.
func missingMethod(inter, t *abi.Type) string {
	it := inter.InterfaceType()
	for i := range it.Methods {
		name := reflectlite.NameAt(inter, it.Methods[i].Name)
		if !hasMethod(t, inter, name, reflectlite.TypeAt(inter, it.Methods[i].Typ)) {
			return name.Name()
		}
	}
	return ""
}

func hasMethod(t, inter *abi.Type, want abi.Name, sig *abi.Type) bool {
	path := func(owner *abi.Type, n abi.Name, otherwise string) string {
		if p := reflectlite.NamePkgPath(owner, n); p != "" {
			return p
		}
		return otherwise
	}
	wantPath := path(inter, want, inter.InterfaceType().PkgPath.Name())
	u := t.Uncommon()
	if u == nil {
		return false
	}
	for _, m := range u.Methods() {
		name := reflectlite.NameAt(t, m.Name)
		if name.Name() != want.Name() || m.Mtyp == 0 || reflectlite.TypeAt(t, m.Mtyp) != sig {
			continue
		}
		if want.IsExported() || path(t, name, reflectlite.NameAt(t, u.PkgPath).Name()) == wantPath {
			return true
		}
	}
	return false
}

// What sigpanic was called for.
const (
	signalNilDeref = 0
	signalDivide   = 1
	signalFault    = 2
)

// sigpanic turns a hardware fault at the caller into a panic.
func sigpanic(kind int, addr uintptr) {
	switch kind {
	case signalDivide:
		panic(divideError)
	case signalFault:
		panic(errorAddressString{nilDerefText, addr})
	}
	panicmem()
}

func panicmem() { panic(nilDerefError) }

// panicLink is what the runtime keeps of a panic for preprintpanics.
type panicLink struct {
	next  *panicLink
	value any
}

// preprintpanics runs on the panicking goroutine before its panics are printed: errors and Stringers become
// their texts, because the printing code cannot call methods.
func preprintpanics(p unsafe.Pointer) {
	defer func() {
		const text = "panic while printing panic value"
		switch r := recover().(type) {
		case nil:
		case string:
			throw(text + ": " + r)
		default:
			throw(text + ": type " + reflectlite.TypeString(abi.TypeOf(r)))
		}
	}()
	for link := (*panicLink)(p); link != nil; link = link.next {
		switch v := link.value.(type) {
		case error:
			link.value = v.Error()
		case stringer:
			link.value = v.String()
		}
	}
}

type stringer interface{ String() string }

// throw ends the program: the runtime or the standard library is broken.
func throw(s string)

// fatal ends the program: it broke a rule that it cannot recover from.
func fatal(s string)
