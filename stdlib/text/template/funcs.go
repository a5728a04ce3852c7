package template

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FuncMap has functions for templates, by their names.  Each has one result, or one and an error; if that is
// not nil, the execution ends, and [Template.Execute] returns an error that wraps it.
//
// Arguments must be assignable to the parameters.  For arguments of any type, parameters may be of type any or
// reflect.Value, and so may results.
type FuncMap map[string]any

var builtins = FuncMap{
	"and":      and,
	"call":     emptyCall,
	"html":     HTMLEscaper,
	"index":    index,
	"js":       JSEscaper,
	"len":      length,
	"not":      not,
	"or":       or,
	"print":    fmt.Sprint,
	"printf":   fmt.Sprintf,
	"println":  fmt.Sprintln,
	"slice":    slice,
	"urlquery": URLQueryEscaper,
	"eq":       eq,
	"ge":       ge,
	"gt":       gt,
	"le":       le,
	"lt":       lt,
	"ne":       ne,
}

var builtinValues = func() map[string]reflect.Value {
	m := make(map[string]reflect.Value, len(builtins))
	for name, f := range builtins {
		m[name] = reflect.ValueOf(f)
	}
	return m
}()

// callFunc is what the builtin call really is; state.call adds the name.
var callFunc = reflect.ValueOf(call)

// checkedFunc returns f as a value. It panics if f cannot be used as a function called name.
func checkedFunc(name string, f any) reflect.Value {
	if !isName(name) {
		panic(fmt.Errorf("function name %q is not a valid identifier", name))
	}
	v := reflect.ValueOf(f)
	if v.Kind() != reflect.Func {
		panic("value for " + name + " not a function")
	}
	if err := checkResults(name, v.Type()); err != nil {
		panic(err)
	}
	return v
}

func isName(name string) bool {
	for i, r := range name {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return name != ""
}

func checkResults(name string, typ reflect.Type) error {
	switch n := typ.NumOut(); {
	case n == 1, n == 2 && typ.Out(1) == errorTyp:
		return nil
	case n == 2:
		return fmt.Errorf("invalid function signature for %s: second return value should be error; is %s", name, typ.Out(1))
	default:
		return fmt.Errorf("function %s has %d return values; should be 1 or 2", name, n)
	}
}

// findFunc returns the function called name.
func (t *Template) findFunc(name string) (f reflect.Value, builtin, ok bool) {
	if t.group != nil {
		t.funcMu.RLock()
		f := t.execFuncs[name]
		t.funcMu.RUnlock()
		if f.IsValid() {
			return f, false, true
		}
	}
	f, ok = builtinValues[name]
	return f, true, ok
}

// safeCall calls f. A panic becomes an error.
func safeCall(f reflect.Value, args []reflect.Value) (v reflect.Value, err error) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok {
				err = e
			} else {
				err = fmt.Errorf("%v", r)
			}
		}
	}()
	out := f.Call(args)
	if len(out) == 2 && !out[1].IsNil() {
		return out[0], out[1].Interface().(error)
	}
	return out[0], nil
}

func isIntLike(k reflect.Kind) bool {
	switch k {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return true
	}
	return false
}

// prepareArg makes v one of type typ.
func prepareArg(v reflect.Value, typ reflect.Type) (reflect.Value, error) {
	if !v.IsValid() {
		if !canBeNil(typ) {
			return reflect.Value{}, fmt.Errorf("value is nil; should be of type %s", typ)
		}
		v = reflect.Zero(typ)
	}
	if v.Type().AssignableTo(typ) {
		return v, nil
	}
	if isIntLike(v.Kind()) && isIntLike(typ.Kind()) && v.Type().ConvertibleTo(typ) {
		return v.Convert(typ), nil
	}
	return reflect.Value{}, fmt.Errorf("value has type %s; should be %s", v.Type(), typ)
}

// indexArg returns an index, which may be as large as limit.
func indexArg(v reflect.Value, limit int) (int, error) {
	var x int64
	switch v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		x = v.Int()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		x = int64(v.Uint())
	case reflect.Invalid:
		return 0, errors.New("cannot index slice/array with nil")
	default:
		return 0, fmt.Errorf("cannot index slice/array with type %s", v.Type())
	}
	if x < 0 || int(x) < 0 || int(x) > limit {
		return 0, fmt.Errorf("index out of range: %d", x)
	}
	return int(x), nil
}

func index(item reflect.Value, indexes ...reflect.Value) (reflect.Value, error) {
	item = insideInterface(item)
	if !item.IsValid() {
		return reflect.Value{}, errors.New("index of untyped nil")
	}
	for _, i := range indexes {
		i = insideInterface(i)
		var isNil bool
		if item, isNil = indirect(item); isNil {
			return reflect.Value{}, errors.New("index of nil pointer")
		}
		switch item.Kind() {
		case reflect.Array, reflect.Slice, reflect.String:
			x, err := indexArg(i, item.Len())
			if err != nil {
				return reflect.Value{}, err
			}
			item = item.Index(x)
		case reflect.Map:
			key, err := prepareArg(i, item.Type().Key())
			if err != nil {
				return reflect.Value{}, err
			}
			if x := item.MapIndex(key); x.IsValid() {
				item = x
			} else {
				item = reflect.Zero(item.Type().Elem())
			}
		default:
			return reflect.Value{}, fmt.Errorf("can't index item of type %s", item.Type())
		}
	}
	return item, nil
}

func slice(item reflect.Value, indexes ...reflect.Value) (reflect.Value, error) {
	item = insideInterface(item)
	if !item.IsValid() {
		return reflect.Value{}, errors.New("slice of untyped nil")
	}
	var isNil bool
	if item, isNil = indirect(item); isNil {
		return reflect.Value{}, errors.New("slice of nil pointer")
	}
	if len(indexes) > 3 {
		return reflect.Value{}, fmt.Errorf("too many slice indexes: %d", len(indexes))
	}
	var limit int
	switch item.Kind() {
	case reflect.String:
		if len(indexes) == 3 {
			return reflect.Value{}, errors.New("cannot 3-index slice a string")
		}
		limit = item.Len()
	case reflect.Array, reflect.Slice:
		limit = item.Cap()
	default:
		return reflect.Value{}, fmt.Errorf("can't slice item of type %s", item.Type())
	}
	at := [3]int{0, item.Len()}
	for k, i := range indexes {
		x, err := indexArg(i, limit)
		if err != nil {
			return reflect.Value{}, err
		}
		at[k] = x
	}
	if at[0] > at[1] {
		return reflect.Value{}, fmt.Errorf("invalid slice index: %d > %d", at[0], at[1])
	}
	if len(indexes) < 3 {
		return item.Slice(at[0], at[1]), nil
	}
	if at[1] > at[2] {
		return reflect.Value{}, fmt.Errorf("invalid slice index: %d > %d", at[1], at[2])
	}
	return item.Slice3(at[0], at[1], at[2]), nil
}

func length(arg reflect.Value) (int, error) {
	v, isNil := indirect(arg)
	if isNil {
		return 0, errors.New("len of nil pointer")
	}
	switch v.Kind() {
	case reflect.String, reflect.Array, reflect.Chan, reflect.Map, reflect.Slice:
		return v.Len(), nil
	}
	return 0, fmt.Errorf("len of type %s", v.Type())
}

// emptyCall has the parameters of call as templates see it.
func emptyCall(f reflect.Value, args ...reflect.Value) reflect.Value { panic("unreachable") }

func call(name string, f reflect.Value, args ...reflect.Value) (reflect.Value, error) {
	f = insideInterface(f)
	if !f.IsValid() {
		return reflect.Value{}, errors.New("call of nil")
	}
	typ := f.Type()
	if typ.Kind() != reflect.Func {
		return reflect.Value{}, fmt.Errorf("non-function %s of type %s", name, typ)
	}
	if err := checkResults(name, typ); err != nil {
		return reflect.Value{}, err
	}
	n := typ.NumIn()
	fixed := n
	if typ.IsVariadic() {
		fixed--
		if len(args) < fixed {
			return reflect.Value{}, fmt.Errorf("wrong number of args for %s: got %d want at least %d", name, len(args), fixed)
		}
	} else if len(args) != n {
		return reflect.Value{}, fmt.Errorf("wrong number of args for %s: got %d want %d", name, len(args), n)
	}
	argv := make([]reflect.Value, len(args))
	for i, a := range args {
		var t reflect.Type
		if i < fixed {
			t = typ.In(i)
		} else {
			t = typ.In(n - 1).Elem()
		}
		var err error
		if argv[i], err = prepareArg(insideInterface(a), t); err != nil {
			return reflect.Value{}, fmt.Errorf("arg %d: %w", i, err)
		}
	}
	return safeCall(f, argv)
}

func truth(v reflect.Value) bool {
	t, _ := isTrue(insideInterface(v))
	return t
}

// and and or are evaluated by state.call: these only have the right parameters.
func and(arg0 reflect.Value, args ...reflect.Value) reflect.Value { panic("unreachable") }
func or(arg0 reflect.Value, args ...reflect.Value) reflect.Value  { panic("unreachable") }

func not(arg reflect.Value) bool { return !truth(arg) }

var (
	errBadComparisonType = errors.New("invalid type for comparison")
	errBadComparison     = errors.New("incompatible types for comparison")
	errNoComparison      = errors.New("missing argument for comparison")
)

// basicKind returns a kind that stands for all that can be compared with v; Invalid if that is not a basic type.
func basicKind(v reflect.Value) (reflect.Kind, error) {
	switch v.Kind() {
	case reflect.Bool:
		return reflect.Bool, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return reflect.Int, nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return reflect.Uint, nil
	case reflect.Float32, reflect.Float64:
		return reflect.Float64, nil
	case reflect.Complex64, reflect.Complex128:
		return reflect.Complex128, nil
	case reflect.String:
		return reflect.String, nil
	}
	return reflect.Invalid, errBadComparisonType
}

func isNil(v reflect.Value) bool {
	if !v.IsValid() {
		return true
	}
	switch v.Kind() {
	case reflect.Chan, reflect.Func, reflect.Interface, reflect.Map, reflect.Pointer, reflect.Slice:
		return v.IsNil()
	}
	return false
}

// eq reports whether arg1 equals one of the others.
func eq(arg1 reflect.Value, arg2 ...reflect.Value) (bool, error) {
	arg1 = insideInterface(arg1)
	if len(arg2) == 0 {
		return false, errNoComparison
	}
	k1, _ := basicKind(arg1)
	for _, arg := range arg2 {
		arg = insideInterface(arg)
		k2, _ := basicKind(arg)
		equal, err := false, error(nil)
		switch {
		case k1 == reflect.Int && k2 == reflect.Uint:
			equal = arg1.Int() >= 0 && uint64(arg1.Int()) == arg.Uint()
		case k1 == reflect.Uint && k2 == reflect.Int:
			equal = arg.Int() >= 0 && arg1.Uint() == uint64(arg.Int())
		case k1 != k2:
			if arg1.IsValid() && arg.IsValid() {
				err = fmt.Errorf("%w: %v and %v", errBadComparison, arg1.Type(), arg.Type())
			}
		default:
			equal, err = sameKindEqual(k1, arg1, arg)
		}
		if equal || err != nil {
			return equal, err
		}
	}
	return false, nil
}

func sameKindEqual(k reflect.Kind, a, b reflect.Value) (bool, error) {
	switch k {
	case reflect.Bool:
		return a.Bool() == b.Bool(), nil
	case reflect.Int:
		return a.Int() == b.Int(), nil
	case reflect.Uint:
		return a.Uint() == b.Uint(), nil
	case reflect.Float64:
		return a.Float() == b.Float(), nil
	case reflect.Complex128:
		return a.Complex() == b.Complex(), nil
	case reflect.String:
		return a.String() == b.String(), nil
	}
	// Functions, maps and slices can be compared with nil only, and structs if their fields can.
	if ka, kb := a.Kind(), b.Kind(); ka != kb && ka != reflect.Invalid && kb != reflect.Invalid {
		return false, fmt.Errorf("non-comparable types %s: %v, %s: %v", a, a.Type(), b.Type(), b)
	}
	if isNil(a) || isNil(b) {
		return isNil(a) == isNil(b), nil
	}
	if !b.Type().Comparable() {
		return false, fmt.Errorf("non-comparable type %s: %v", b, b.Type())
	}
	return a.Interface() == b.Interface(), nil
}

func ne(arg1, arg2 reflect.Value) (bool, error) {
	equal, err := eq(arg1, arg2)
	return !equal, err
}

func lt(arg1, arg2 reflect.Value) (bool, error) {
	arg1, arg2 = insideInterface(arg1), insideInterface(arg2)
	k1, err := basicKind(arg1)
	if err != nil {
		return false, err
	}
	k2, err := basicKind(arg2)
	if err != nil {
		return false, err
	}
	switch {
	case k1 == reflect.Int && k2 == reflect.Uint:
		return arg1.Int() < 0 || uint64(arg1.Int()) < arg2.Uint(), nil
	case k1 == reflect.Uint && k2 == reflect.Int:
		return arg2.Int() >= 0 && arg1.Uint() < uint64(arg2.Int()), nil
	case k1 != k2:
		return false, fmt.Errorf("%w: %v and %v", errBadComparison, arg1.Type(), arg2.Type())
	}
	switch k1 {
	case reflect.Int:
		return arg1.Int() < arg2.Int(), nil
	case reflect.Uint:
		return arg1.Uint() < arg2.Uint(), nil
	case reflect.Float64:
		return arg1.Float() < arg2.Float(), nil
	case reflect.String:
		return arg1.String() < arg2.String(), nil
	}
	return false, errBadComparisonType
}

func le(arg1, arg2 reflect.Value) (bool, error) {
	less, err := lt(arg1, arg2)
	if less || err != nil {
		return less, err
	}
	return eq(arg1, arg2)
}

func gt(arg1, arg2 reflect.Value) (bool, error) {
	lessOrEqual, err := le(arg1, arg2)
	if err != nil {
		return false, err
	}
	return !lessOrEqual, nil
}

func ge(arg1, arg2 reflect.Value) (bool, error) {
	less, err := lt(arg1, arg2)
	if err != nil {
		return false, err
	}
	return !less, nil
}

// escape writes s with what replace returns instead of some runes: replace reports with ok which.
func escape(w io.Writer, s string, replace func(r rune, raw string) (string, bool)) {
	from := 0
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if with, ok := replace(r, s[i:i+n]); ok {
			io.WriteString(w, s[from:i])
			io.WriteString(w, with)
			from = i + n
		}
		i += n
	}
	io.WriteString(w, s[from:])
}

// HTMLEscape writes b to w so that HTML shows it as it is.
func HTMLEscape(w io.Writer, b []byte) { htmlEscape(w, string(b)) }

func htmlEscape(w io.Writer, s string) {
	escape(w, s, func(r rune, _ string) (string, bool) {
		switch r {
		case 0:
			return "\uFFFD", true
		case '"':
			return "&#34;", true
		case '\'':
			return "&#39;", true
		case '&':
			return "&amp;", true
		case '<':
			return "&lt;", true
		case '>':
			return "&gt;", true
		}
		return "", false
	})
}

// HTMLEscapeString returns s so that HTML shows it as it is.
func HTMLEscapeString(s string) string {
	if !strings.ContainsAny(s, "'\"&<>\000") {
		return s
	}
	var b strings.Builder
	htmlEscape(&b, s)
	return b.String()
}

// HTMLEscaper returns what fmt.Sprint makes of its arguments, so that HTML shows it as it is.
func HTMLEscaper(args ...any) string { return HTMLEscapeString(textOf(args)) }

// JSEscape writes b to w as it is to be between quotes in JavaScript.
func JSEscape(w io.Writer, b []byte) { jsEscape(w, string(b)) }

func jsEscape(w io.Writer, s string) {
	escape(w, s, func(r rune, raw string) (string, bool) {
		switch r {
		case '\\':
			return `\\`, true
		case '\'':
			return `\'`, true
		case '"':
			return `\"`, true
		case '<', '>', '&', '=':
			return fmt.Sprintf(`\u%04X`, r), true
		}
		if r < ' ' || r >= utf8.RuneSelf && !unicode.IsPrint(r) {
			return fmt.Sprintf(`\u%04X`, r), true
		}
		return "", false
	})
}

// JSEscapeString returns s as it is to be between quotes in JavaScript.
func JSEscapeString(s string) string {
	var b strings.Builder
	jsEscape(&b, s)
	return b.String()
}

// JSEscaper returns what fmt.Sprint makes of its arguments, as it is to be between quotes in JavaScript.
func JSEscaper(args ...any) string { return JSEscapeString(textOf(args)) }

// URLQueryEscaper returns what fmt.Sprint makes of its arguments, as it is to be in the query of a URL.
func URLQueryEscaper(args ...any) string { return url.QueryEscape(textOf(args)) }

// textOf returns what fmt.Sprint makes of args, but with pointers followed as actions do.
func textOf(args []any) string {
	if len(args) == 1 {
		if s, ok := args[0].(string); ok {
			return s
		}
	}
	for i, arg := range args {
		if x, ok := printable(reflect.ValueOf(arg)); ok {
			args[i] = x
		}
	}
	return fmt.Sprint(args...)
}
