// Package errors makes errors and looks into trees of them.
//
// An error e wraps others if it has a method
//
//	Unwrap() error
//	Unwrap() []error
//
// e and all that it wraps, directly or not, form a tree.  [Is], [As] and
// [AsType] walk it in depth-first order, the node before what it wraps.
package errors

import "internal/reflectlite"

// ErrUnsupported says that an operation cannot be done at all, here or on this
// kind of object.  Do not return it bare: return an error with more to say for which
// Is(err, ErrUnsupported) holds.
var ErrUnsupported = New("unsupported operation")

// New returns an error with the given text.  Each call makes a distinct error,
// even for the same text.
func New(text string) error { return &errorString{text} }

type errorString struct{ text string }

func (e *errorString) Error() string { return e.text }

// Unwrap returns what err's method Unwrap() error gives, or nil if it has
// none.  It does not call the form that returns a slice.
func Unwrap(err error) error {
	if w, ok := err.(interface{ Unwrap() error }); ok {
		return w.Unwrap()
	}
	return nil
}

// Is reports whether an error in err's tree matches target: it equals target,
// or its method Is(error) bool says so.
func Is(err, target error) bool {
	if err == nil || target == nil {
		return err == target
	}
	// Comparing values of an incomparable type would panic.
	return is(err, target, reflectlite.TypeOf(target).Comparable())
}

func is(err, target error, comparable bool) bool {
	for err != nil {
		if comparable && err == target {
			return true
		}
		if m, ok := err.(interface{ Is(error) bool }); ok && m.Is(target) {
			return true
		}
		switch w := err.(type) {
		case interface{ Unwrap() error }:
			err = w.Unwrap()
		case interface{ Unwrap() []error }:
			for _, e := range w.Unwrap() {
				if is(e, target, comparable) {
					return true
				}
			}
			return false
		default:
			return false
		}
	}
	return false
}

var errorType = reflectlite.TypeOf((*error)(nil)).Elem()

// As looks in err's tree for an error that can be assigned to the variable
// target points to, or whose method As(any) bool sets it and returns true, and
// reports whether there is one.  It panics if target is not a non-nil pointer
// to an interface type or to a type that implements error.  [AsType] does the
// same without reflection.
func As(err error, target any) bool {
	if err == nil {
		return false
	}
	if target == nil {
		panic("errors: target cannot be nil")
	}
	val := reflectlite.ValueOf(target)
	typ := val.Type()
	if typ.Kind() != reflectlite.Ptr || val.IsNil() {
		panic("errors: target must be a non-nil pointer")
	}
	elem := typ.Elem()
	if elem.Kind() != reflectlite.Interface && !elem.Implements(errorType) {
		panic("errors: *target must be interface or implement error")
	}
	return as(err, target, val, elem)
}

func as(err error, target any, val reflectlite.Value, elem reflectlite.Type) bool {
	for err != nil {
		if reflectlite.TypeOf(err).AssignableTo(elem) {
			val.Elem().Set(reflectlite.ValueOf(err))
			return true
		}
		if m, ok := err.(interface{ As(any) bool }); ok && m.As(target) {
			return true
		}
		switch w := err.(type) {
		case interface{ Unwrap() error }:
			err = w.Unwrap()
		case interface{ Unwrap() []error }:
			for _, e := range w.Unwrap() {
				if e != nil && as(e, target, val, elem) {
					return true
				}
			}
			return false
		default:
			return false
		}
	}
	return false
}

// AsType returns the first error in err's tree that has type E, or that its
// method As(any) bool turns into one, and whether there is one.
func AsType[E error](err error) (E, bool) {
	var target E
	if err != nil && asType(err, &target) {
		return target, true
	}
	var zero E
	return zero, false
}

func asType[E error](err error, target *E) bool {
	for err != nil {
		if e, ok := err.(E); ok {
			*target = e
			return true
		}
		if m, ok := err.(interface{ As(any) bool }); ok && m.As(target) {
			return true
		}
		switch w := err.(type) {
		case interface{ Unwrap() error }:
			err = w.Unwrap()
		case interface{ Unwrap() []error }:
			for _, e := range w.Unwrap() {
				if e != nil && asType(e, target) {
					return true
				}
			}
			return false
		default:
			return false
		}
	}
	return false
}

// Join returns an error that wraps those of errs that are not nil, or nil if
// all are.  Its text is theirs, joined by newlines.
func Join(errs ...error) error {
	n := 0
	for _, err := range errs {
		if err != nil {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	e := &joinError{errs: make([]error, 0, n)}
	for _, err := range errs {
		if err != nil {
			e.errs = append(e.errs, err)
		}
	}
	return e
}

type joinError struct{ errs []error }

func (e *joinError) Error() string {
	if len(e.errs) == 1 {
		return e.errs[0].Error()
	}
	var b []byte
	for i, err := range e.errs {
		if i > 0 {
			b = append(b, '\n')
		}
		b = append(b, err.Error()...)
	}
	return string(b)
}

func (e *joinError) Unwrap() []error { return e.errs }
