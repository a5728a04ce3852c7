package fmt

import (
	"errors"
	"slices"
)

// Errorf formats an error. For each %w, whose operand must be an error, Unwrap gives that error: one error, or a list
// if there are several %w.
func Errorf(format string, a ...any) error {
	p := newPrinter()
	p.wrapErrs = true
	p.printf(format, a)
	text := string(p.buf)
	wrapped := p.wrappedErrs
	p.free()
	switch len(wrapped) {
	case 0:
		return errors.New(text)
	case 1:
		err := &wrapError{msg: text}
		err.err, _ = a[wrapped[0]].(error)
		return err
	}
	err := &wrapErrors{msg: text}
	slices.Sort(wrapped)
	for i, argNum := range wrapped {
		if i > 0 && wrapped[i-1] == argNum {
			continue
		}
		if e, ok := a[argNum].(error); ok {
			err.errs = append(err.errs, e)
		}
	}
	return err
}

type wrapError struct {
	msg string
	err error
}

func (e *wrapError) Error() string { return e.msg }
func (e *wrapError) Unwrap() error { return e.err }

type wrapErrors struct {
	msg  string
	errs []error
}

func (e *wrapErrors) Error() string   { return e.msg }
func (e *wrapErrors) Unwrap() []error { return e.errs }
