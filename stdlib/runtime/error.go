package runtime

import (
	"internal/abi"
	"internal/reflectlite"
)

// Error marks the errors that come from the language itself: bad indexes, failed type assertions and the like.
type Error interface {
	error

	// RuntimeError does nothing; having it makes an error one of the runtime's.
	RuntimeError()
}

// errorString is an error of the runtime whose text begins with "runtime error: ".
type errorString string

func (e errorString) RuntimeError() {}
func (e errorString) Error() string { return "runtime error: " + string(e) }

// plainError is an error of the runtime without that prefix.
type plainError string

func (e plainError) RuntimeError() {}
func (e plainError) Error() string { return string(e) }

// errorAddressString is a memory fault whose address the program may ask for.
type errorAddressString struct {
	msg  string
	addr uintptr
}

func (e errorAddressString) RuntimeError() {}
func (e errorAddressString) Error() string { return "runtime error: " + e.msg }

// Addr gives the address that could not be accessed.
func (e errorAddressString) Addr() uintptr { return e.addr }

// A TypeAssertionError says why x.(T) failed.
type TypeAssertionError struct {
	_interface    *abi.Type
	concrete      *abi.Type
	asserted      *abi.Type
	missingMethod string // set if asserted is an interface
}

func (*TypeAssertionError) RuntimeError() {}

func (e *TypeAssertionError) Error() string {
	inter := "interface"
	if e._interface != nil {
		inter = reflectlite.TypeString(e._interface)
	}
	want := reflectlite.TypeString(e.asserted)
	if e.concrete == nil {
		return "interface conversion: " + inter + " is nil, not " + want
	}
	have := reflectlite.TypeString(e.concrete)
	if e.missingMethod != "" {
		return "interface conversion: " + have + " is not " + want + ": missing method " + e.missingMethod
	}
	text := "interface conversion: " + inter + " is " + have + ", not " + want
	if have == want {
		if typePackage(e.concrete) != typePackage(e.asserted) {
			return text + " (types from different packages)"
		}
		return text + " (types from different scopes)"
	}
	return text
}

// typePackage gives the package of a defined type, or of the unexported names in a struct or interface.
func typePackage(t *abi.Type) string {
	if t.Uncommon() != nil {
		return reflectlite.TypePkgPath(t)
	}
	if st := t.StructType(); st != nil {
		return st.PkgPath.Name()
	}
	if it := t.InterfaceType(); it != nil {
		return it.PkgPath.Name()
	}
	return ""
}

// A PanicNilError is what recover gives after panic(nil).
type PanicNilError struct {
	_ [0]func() // not comparable
}

func (*PanicNilError) RuntimeError() {}
func (*PanicNilError) Error() string {
	return "runtime error: panic called with nil argument"
}

// boundsError is an index or slice expression out of range.
type boundsError struct {
	x      int64 // the offending value; its bits if unsigned
	y      int   // what it was compared with
	signed bool
	form   boundsForm
}

type boundsForm uint8

const (
	formIndex boundsForm = iota
	formSliceAlen
	formSliceAcap
	formSliceB
	formSlice3Alen
	formSlice3Acap
	formSlice3B
	formSlice3C
	formConvert
)

// Texts: %x stands for the offending value, %y for its limit. A negative value gets the second text, which says
// no more than that.
var boundsTexts = [...][2]string{
	formIndex:      {"index out of range [%x] with length %y", "index out of range [%x]"},
	formSliceAlen:  {"slice bounds out of range [:%x] with length %y", "slice bounds out of range [:%x]"},
	formSliceAcap:  {"slice bounds out of range [:%x] with capacity %y", "slice bounds out of range [:%x]"},
	formSliceB:     {"slice bounds out of range [%x:%y]", "slice bounds out of range [%x:]"},
	formSlice3Alen: {"slice bounds out of range [::%x] with length %y", "slice bounds out of range [::%x]"},
	formSlice3Acap: {"slice bounds out of range [::%x] with capacity %y", "slice bounds out of range [::%x]"},
	formSlice3B:    {"slice bounds out of range [:%x:%y]", "slice bounds out of range [:%x:]"},
	formSlice3C:    {"slice bounds out of range [%x:%y:]", "slice bounds out of range [%x::]"},
	formConvert:    {"cannot convert slice with length %x to array or pointer to array with length %y", ""},
}

func (e boundsError) RuntimeError() {}

func (e boundsError) Error() string {
	text := boundsTexts[e.form][0]
	if e.signed && e.x < 0 && e.form != formConvert {
		text = boundsTexts[e.form][1]
	}
	b := make([]byte, 0, len(text)+len("runtime error: ")+40)
	b = append(b, "runtime error: "...)
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			b = append(b, text[i])
			continue
		}
		i++
		if text[i] == 'y' {
			b = appendInt(b, int64(e.y))
		} else if e.signed {
			b = appendInt(b, e.x)
		} else {
			b = appendUint(b, uint64(e.x))
		}
	}
	return string(b)
}

func appendInt(b []byte, x int64) []byte {
	if x < 0 {
		return appendUint(append(b, '-'), -uint64(x))
	}
	return appendUint(b, uint64(x))
}

func appendUint(b []byte, x uint64) []byte {
	var digits [20]byte
	i := len(digits)
	for {
		i--
		digits[i] = byte('0' + x%10)
		x /= 10
		if x == 0 {
			return append(b, digits[i:]...)
		}
	}
}
