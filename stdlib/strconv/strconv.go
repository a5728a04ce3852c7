// Package strconv converts between values of basic types and strings, and
// quotes and unquotes.
//
// Files: int.go, quote.go, complex.go,
// parsefloat.go, formatfloat.go with pow10.go and natural.go below them.
package strconv

import "errors"

// ErrRange says that a value does not fit the type asked for.
var ErrRange = errors.New("value out of range")

// ErrSyntax says that a string is not of the form expected.
var ErrSyntax = errors.New("invalid syntax")

// NumError is a conversion that failed.
type NumError struct {
	Func string // the function: ParseBool, ParseInt, ParseUint, ParseFloat, ParseComplex, Atoi
	Num  string // what it was given
	Err  error  // why it failed: ErrRange, ErrSyntax or something else
}

func (e *NumError) Error() string {
	return "strconv." + e.Func + ": parsing " + Quote(e.Num) + ": " + e.Err.Error()
}

// Unwrap returns e.Err.
func (e *NumError) Unwrap() error { return e.Err }

// The errors hold a copy of the input: it may be part of something large, or
// not outlive the call if the error is dropped.

func syntaxError(fn, s string) *NumError { return &NumError{fn, string([]byte(s)), ErrSyntax} }
func rangeError(fn, s string) *NumError  { return &NumError{fn, string([]byte(s)), ErrRange} }

func baseError(fn, s string, base int) *NumError {
	return &NumError{fn, string([]byte(s)), errors.New("invalid base " + Itoa(base))}
}

func bitSizeError(fn, s string, bitSize int) *NumError {
	return &NumError{fn, string([]byte(s)), errors.New("invalid bit size " + Itoa(bitSize))}
}

// ParseBool returns the value that str stands for: 1, t, T, true, True, TRUE
// or 0, f, F, false, False, FALSE.
func ParseBool(str string) (bool, error) {
	switch str {
	case "1", "t", "T", "true", "TRUE", "True":
		return true, nil
	case "0", "f", "F", "false", "FALSE", "False":
		return false, nil
	}
	return false, syntaxError("ParseBool", str)
}

// FormatBool returns "true" or "false".
func FormatBool(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// AppendBool appends "true" or "false" to dst.
func AppendBool(dst []byte, b bool) []byte { return append(dst, FormatBool(b)...) }
