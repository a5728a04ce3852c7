package template

import (
	"fmt"
	"internal/fmtsort"
	"io"
	"reflect"
	"runtime"
	"strings"
	"text/template/parse"
)

// ExecError is an error in the evaluation of a template.  What an io.Writer returns is not wrapped in one.
type ExecError struct {
	Name string // of the template
	Err  error  // says where
}

func (e ExecError) Error() string { return e.Err.Error() }

func (e ExecError) Unwrap() error { return e.Err }

// writeError carries an error of the writer up.
type writeError struct {
	err error
}

// maxDepth is how deep templates may use one another.
const maxDepth = 100000

// state is an execution. Each use of a template has its own.
type state struct {
	t     *Template
	w     io.Writer
	node  parse.Node // being evaluated, for messages
	vars  []variable
	depth int
}

type variable struct {
	name  string
	value reflect.Value
}

// absent stands for the last argument of a command that does not come from a pipeline. No value has its type.
var absent = reflect.ValueOf(absentType{})

type absentType struct{}

func isAbsent(v reflect.Value) bool { return v.IsValid() && v.Type() == absentTyp }

var (
	absentTyp   = reflect.TypeFor[absentType]()
	errorTyp    = reflect.TypeFor[error]()
	stringerTyp = reflect.TypeFor[fmt.Stringer]()
	valueTyp    = reflect.TypeFor[reflect.Value]()
)

// ExecuteTemplate executes the template called name that is associated with t; see [Template.Execute].
func (t *Template) ExecuteTemplate(wr io.Writer, name string, data any) error {
	nt := t.Lookup(name)
	if nt == nil {
		return fmt.Errorf("template: no template %q associated with template %q", name, t.name)
	}
	return nt.Execute(wr, data)
}

// Execute writes the template, with data, to wr.  After an error part of it may have been written.  Goroutines may execute
// a template at the same time, with different writers if they do not want to mix.
//
// If data is a reflect.Value, it is what that holds.
func (t *Template) Execute(wr io.Writer, data any) (err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case runtime.Error:
			panic(e)
		case writeError:
			err = e.err
		case ExecError:
			err = e
		default:
			panic(e)
		}
	}()
	value, ok := data.(reflect.Value)
	if !ok {
		value = reflect.ValueOf(data)
	}
	s := &state{t: t, w: wr, vars: []variable{{"$", value}}}
	if t.Tree == nil || t.Root == nil {
		s.errorf("%q is an incomplete or empty template", t.Name())
	}
	s.walk(value, t.Root)
	return nil
}

func (s *state) at(n parse.Node) { s.node = n }

func (s *state) errorf(format string, args ...any) {
	double := func(s string) string { return strings.ReplaceAll(s, "%", "%%") }
	name := double(s.t.Name())
	if s.node == nil {
		format = "template: " + name + ": " + format
	} else {
		location, context := s.t.ErrorContext(s.node)
		format = fmt.Sprintf("template: %s: executing %q at <%s>: %s", double(location), name, double(context), format)
	}
	panic(ExecError{Name: s.t.Name(), Err: fmt.Errorf(format, args...)})
}

func (s *state) lookup(name string) reflect.Value {
	for i := len(s.vars) - 1; i >= 0; i-- {
		if s.vars[i].name == name {
			return s.vars[i].value
		}
	}
	s.errorf("undefined variable: %s", name)
	return reflect.Value{}
}

func (s *state) assign(name string, v reflect.Value) {
	for i := len(s.vars) - 1; i >= 0; i-- {
		if s.vars[i].name == name {
			s.vars[i].value = v
			return
		}
	}
	s.errorf("undefined variable: %s", name)
}

// outcome says how a node ended.
type outcome int

const (
	goOn outcome = iota
	breaks
	continues
)

func (s *state) walk(dot reflect.Value, n parse.Node) outcome {
	s.at(n)
	switch n := n.(type) {
	case *parse.TextNode:
		if _, err := s.w.Write(n.Text); err != nil {
			panic(writeError{err})
		}
	case *parse.ActionNode:
		v := s.pipeline(dot, n.Pipe)
		if len(n.Pipe.Decl) == 0 {
			s.print(n, v)
		}
	case *parse.ListNode:
		for _, sub := range n.Nodes {
			if o := s.walk(dot, sub); o != goOn {
				return o
			}
		}
	case *parse.IfNode:
		return s.branch(dot, &n.BranchNode)
	case *parse.WithNode:
		return s.branch(dot, &n.BranchNode)
	case *parse.RangeNode:
		return s.loop(dot, n)
	case *parse.TemplateNode:
		s.use(dot, n)
	case *parse.BreakNode:
		return breaks
	case *parse.ContinueNode:
		return continues
	case *parse.CommentNode:
	default:
		s.errorf("unknown node: %s", n)
	}
	return goOn
}

// branch walks if and with.
func (s *state) branch(dot reflect.Value, n *parse.BranchNode) outcome {
	vars := len(s.vars)
	defer func() { s.vars = s.vars[:vars] }()
	v := s.pipeline(dot, n.Pipe)
	truth, ok := isTrue(insideInterface(v))
	if !ok {
		s.errorf("if/with can't use %v", v)
	}
	switch {
	case truth && n.NodeType == parse.NodeWith:
		return s.walk(v, n.List)
	case truth:
		return s.walk(dot, n.List)
	case n.ElseList != nil:
		return s.walk(dot, n.ElseList)
	}
	return goOn
}

// IsTrue reports whether val is not empty, as if sees it; and whether val is something that can be empty at
// all.
func IsTrue(val any) (truth, ok bool) { return isTrue(reflect.ValueOf(val)) }

func isTrue(v reflect.Value) (truth, ok bool) {
	switch v.Kind() {
	case reflect.Invalid:
		return false, true
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() > 0, true
	case reflect.Bool:
		return v.Bool(), true
	case reflect.Complex64, reflect.Complex128:
		return v.Complex() != 0, true
	case reflect.Chan, reflect.Func, reflect.Pointer, reflect.UnsafePointer, reflect.Interface:
		return !v.IsNil(), true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int() != 0, true
	case reflect.Float32, reflect.Float64:
		return v.Float() != 0, true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return v.Uint() != 0, true
	case reflect.Struct:
		return true, true
	}
	return false, false
}

// loop walks range.
func (s *state) loop(dot reflect.Value, n *parse.RangeNode) outcome {
	s.at(n)
	outer := len(s.vars)
	defer func() { s.vars = s.vars[:outer] }()
	decl := n.Pipe.Decl
	val, _ := indirect(s.pipeline(dot, n.Pipe))
	inner := len(s.vars)
	some := false
	// round reports whether there shall be another.
	round := func(index, elem reflect.Value) bool {
		some = true
		if n.Pipe.IsAssign {
			// Of two variables the first is for the index.
			switch len(decl) {
			case 1:
				s.assign(decl[0].Ident[0], elem)
			case 2:
				s.assign(decl[0].Ident[0], index)
				s.assign(decl[1].Ident[0], elem)
			}
		} else {
			// The pipeline pushed them.
			switch len(decl) {
			case 1:
				s.vars[inner-1].value = elem
			case 2:
				s.vars[inner-2].value = index
				s.vars[inner-1].value = elem
			}
		}
		o := s.walk(elem, n.List)
		s.vars = s.vars[:inner]
		return o != breaks
	}
	switch val.Kind() {
	case reflect.Array, reflect.Slice:
		for i := range val.Len() {
			if !round(reflect.ValueOf(i), val.Index(i)) {
				break
			}
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		if len(decl) > 1 {
			s.errorf("can't use %v to iterate over more than one variable", val)
		}
		for v := range val.Seq() {
			if !round(reflect.Value{}, v) {
				break
			}
		}
	case reflect.Map:
		for _, m := range fmtsort.Sort(val) {
			if !round(m.Key, m.Value) {
				break
			}
		}
	case reflect.Chan:
		if val.IsNil() {
			break
		}
		if val.Type().ChanDir() == reflect.SendDir {
			s.errorf("range over send-only channel %v", val)
		}
		for i := 0; ; i++ {
			elem, ok := val.Recv()
			if !ok || !round(reflect.ValueOf(i), elem) {
				break
			}
		}
	case reflect.Invalid:
		// A nil map, perhaps: nothing to do.
	case reflect.Func:
		if val.Type().CanSeq() {
			if len(decl) > 1 {
				s.errorf("can't use %v iterate over more than one variable", val)
			}
			for v := range val.Seq() {
				if !round(reflect.Value{}, v) {
					break
				}
			}
			break
		}
		if val.Type().CanSeq2() {
			for i, v := range val.Seq2() {
				if len(decl) < 2 {
					// Unlike with slices, it is the first value that counts.
					v = i
				}
				if !round(i, v) {
					break
				}
			}
			break
		}
		s.errorf("range can't iterate over %v", val)
	default:
		s.errorf("range can't iterate over %v", val)
	}
	if !some && n.ElseList != nil {
		return s.walk(dot, n.ElseList)
	}
	return goOn
}

// use walks template.
func (s *state) use(dot reflect.Value, n *parse.TemplateNode) {
	s.at(n)
	t := s.t.Lookup(n.Name)
	if t == nil {
		s.errorf("template %q not defined", n.Name)
	}
	if s.depth == maxDepth {
		s.errorf("exceeded maximum template depth (%v)", maxDepth)
	}
	dot = s.pipeline(dot, n.Pipe)
	inner := &state{t: t, w: s.w, node: s.node, vars: []variable{{"$", dot}}, depth: s.depth + 1}
	inner.walk(dot, t.Root)
}

// pipeline evaluates a pipeline and sets its variables.
func (s *state) pipeline(dot reflect.Value, pipe *parse.PipeNode) reflect.Value {
	if pipe == nil {
		return reflect.Value{}
	}
	s.at(pipe)
	v := absent
	for _, cmd := range pipe.Cmds {
		v = s.command(dot, cmd, v)
		if v.Kind() == reflect.Interface && v.NumMethod() == 0 {
			v = v.Elem()
		}
	}
	for _, decl := range pipe.Decl {
		name := decl.Ident[0]
		if pipe.IsAssign {
			s.assign(name, v)
		} else {
			s.vars = append(s.vars, variable{name, v})
		}
	}
	return v
}

// noArgs complains if there are arguments for something that is not a function.
func (s *state) noArgs(args []parse.Node, final reflect.Value) {
	if len(args) > 1 || !isAbsent(final) {
		s.errorf("can't give argument to non-function %s", args[0])
	}
}

// command evaluates a command; final is its last argument, or absent.
func (s *state) command(dot reflect.Value, cmd *parse.CommandNode, final reflect.Value) reflect.Value {
	first := cmd.Args[0]
	switch n := first.(type) {
	case *parse.FieldNode:
		return s.field(dot, n, cmd.Args, final)
	case *parse.ChainNode:
		return s.chain(dot, n, cmd.Args, final)
	case *parse.IdentifierNode:
		return s.function(dot, n, cmd, cmd.Args, final)
	case *parse.PipeNode:
		s.noArgs(cmd.Args, final)
		return s.pipeline(dot, n)
	case *parse.VariableNode:
		return s.variable(dot, n, cmd.Args, final)
	}
	s.at(first)
	s.noArgs(cmd.Args, final)
	switch n := first.(type) {
	case *parse.BoolNode:
		return reflect.ValueOf(n.True)
	case *parse.DotNode:
		return dot
	case *parse.NilNode:
		s.errorf("nil is not a command")
	case *parse.NumberNode:
		return s.number(n)
	case *parse.StringNode:
		return reflect.ValueOf(n.Text)
	}
	s.errorf("can't evaluate command %q", first)
	return reflect.Value{}
}

// number gives a number without a type the one that Go would.
func (s *state) number(n *parse.NumberNode) reflect.Value {
	s.at(n)
	isHex := len(n.Text) > 2 && n.Text[0] == '0' && (n.Text[1] == 'x' || n.Text[1] == 'X') && !strings.ContainsAny(n.Text, "pP")
	switch {
	case n.IsComplex:
		return reflect.ValueOf(n.Complex128)
	case n.IsFloat && !isHex && n.Text[0] != '\'' && strings.ContainsAny(n.Text, ".eEpP"):
		return reflect.ValueOf(n.Float64)
	case n.IsInt:
		i := int(n.Int64)
		if int64(i) != n.Int64 {
			s.errorf("%s overflows int", n.Text)
		}
		return reflect.ValueOf(i)
	case n.IsUint:
		s.errorf("%s overflows int", n.Text)
	}
	return reflect.Value{}
}

func (s *state) field(dot reflect.Value, n *parse.FieldNode, args []parse.Node, final reflect.Value) reflect.Value {
	s.at(n)
	return s.fields(dot, dot, n, n.Ident, args, final)
}

func (s *state) chain(dot reflect.Value, n *parse.ChainNode, args []parse.Node, final reflect.Value) reflect.Value {
	s.at(n)
	if len(n.Field) == 0 {
		s.errorf("internal error: no fields in evalChainNode")
	}
	if n.Node.Type() == parse.NodeNil {
		s.errorf("indirection through explicit nil in %s", n)
	}
	v := s.arg(dot, nil, n.Node)
	return s.fields(dot, v, n, n.Field, args, final)
}

func (s *state) variable(dot reflect.Value, n *parse.VariableNode, args []parse.Node, final reflect.Value) reflect.Value {
	s.at(n)
	v := s.lookup(n.Ident[0])
	if len(n.Ident) == 1 {
		s.noArgs(args, final)
		return v
	}
	return s.fields(dot, v, n, n.Ident[1:], args, final)
}

// fields evaluates .X.Y.Z of v. Arguments are for the last.
func (s *state) fields(dot, v reflect.Value, n parse.Node, names []string, args []parse.Node, final reflect.Value) reflect.Value {
	last := len(names) - 1
	for _, name := range names[:last] {
		v = s.oneField(dot, name, n, nil, absent, v)
	}
	return s.oneField(dot, names[last], n, args, final, v)
}

// oneField evaluates .name of v: a method, a field or a key.
func (s *state) oneField(dot reflect.Value, name string, n parse.Node, args []parse.Node, final, v reflect.Value) reflect.Value {
	if !v.IsValid() {
		if s.t.missingKey == missingError {
			s.errorf("nil data; no entry for key %q", name)
		}
		return reflect.Value{}
	}
	typ := v.Type()
	v, isNil := indirect(v)
	if v.Kind() == reflect.Interface && isNil {
		s.errorf("nil pointer evaluating %s.%s", typ, name)
	}
	// Only a pointer has all methods.
	ptr := v
	if ptr.Kind() != reflect.Interface && ptr.Kind() != reflect.Pointer && ptr.CanAddr() {
		ptr = ptr.Addr()
	}
	if m := ptr.MethodByName(name); m.IsValid() {
		return s.call(dot, m, false, n, name, args, final)
	}
	hasArgs := len(args) > 1 || !isAbsent(final)
	switch v.Kind() {
	case reflect.Struct:
		f, ok := v.Type().FieldByName(name)
		if !ok {
			break
		}
		field, err := v.FieldByIndexErr(f.Index)
		if !f.IsExported() {
			s.errorf("%s is an unexported field of struct type %s", name, typ)
		}
		if err != nil {
			s.errorf("%v", err)
		}
		if hasArgs {
			s.errorf("%s has arguments but cannot be invoked as function", name)
		}
		return field
	case reflect.Map:
		key := reflect.ValueOf(name)
		if !key.Type().AssignableTo(v.Type().Key()) {
			break
		}
		if hasArgs {
			s.errorf("%s is not a method but has arguments", name)
		}
		elem := v.MapIndex(key)
		if !elem.IsValid() {
			switch s.t.missingKey {
			case missingZero:
				elem = reflect.Zero(v.Type().Elem())
			case missingError:
				s.errorf("map has no entry for key %q", name)
			}
		}
		return elem
	case reflect.Pointer:
		// v is nil. That it has no such field is said first.
		if elem := v.Type().Elem(); elem.Kind() == reflect.Struct {
			if _, ok := elem.FieldByName(name); !ok {
				break
			}
		}
		if isNil {
			s.errorf("nil pointer evaluating %s.%s", typ, name)
		}
	}
	s.errorf("can't evaluate field %s in type %s", name, typ)
	return reflect.Value{}
}

// function evaluates a call of the function n; cmd is the node for messages.
func (s *state) function(dot reflect.Value, n *parse.IdentifierNode, cmd parse.Node, args []parse.Node, final reflect.Value) reflect.Value {
	s.at(n)
	f, builtin, ok := s.t.findFunc(n.Ident)
	if !ok {
		s.errorf("%q is not a defined function", n.Ident)
	}
	return s.call(dot, f, builtin, cmd, n.Ident, args, final)
}

// unwrap returns the value that v holds if that is a reflect.Value.
func unwrap(v reflect.Value) reflect.Value {
	if v.Type() == valueTyp {
		v = v.Interface().(reflect.Value)
	}
	return v
}

// call calls a function or method. args[0], if there are any, is its name.
func (s *state) call(dot, f reflect.Value, builtin bool, n parse.Node, name string, args []parse.Node, final reflect.Value) reflect.Value {
	if args != nil {
		args = args[1:]
	}
	typ := f.Type()
	nArgs := len(args)
	hasFinal := !isAbsent(final)
	if hasFinal {
		nArgs++
	}
	fixed := len(args)
	if typ.IsVariadic() {
		fixed = typ.NumIn() - 1
		if nArgs < fixed {
			s.errorf("wrong number of args for %s: want at least %d got %d", name, typ.NumIn()-1, len(args))
		}
	} else if nArgs != typ.NumIn() {
		s.errorf("wrong number of args for %s: want %d got %d", name, typ.NumIn(), nArgs)
	}
	if err := checkResults(name, typ); err != nil {
		s.errorf("%v", err)
	}

	if builtin && (name == "and" || name == "or") {
		// They evaluate only as many arguments as are needed.
		argTyp := typ.In(0)
		var v reflect.Value
		for _, a := range args {
			v = s.arg(dot, argTyp, a).Interface().(reflect.Value)
			if truth(v) == (name == "or") {
				return v
			}
		}
		if hasFinal {
			v = unwrap(s.fit(final, argTyp))
		}
		return v
	}

	argv := make([]reflect.Value, nArgs)
	i := 0
	for ; i < fixed && i < len(args); i++ {
		argv[i] = s.arg(dot, typ.In(i), args[i])
	}
	if typ.IsVariadic() {
		elem := typ.In(typ.NumIn() - 1).Elem()
		for ; i < len(args); i++ {
			argv[i] = s.arg(dot, elem, args[i])
		}
	}
	if hasFinal {
		t := typ.In(typ.NumIn() - 1)
		if typ.IsVariadic() {
			if nArgs-1 < fixed {
				t = typ.In(nArgs - 1)
			} else {
				t = t.Elem()
			}
		}
		argv[i] = s.fit(final, t)
	}

	if builtin && name == "call" {
		// For messages it wants the name of what it calls.
		callee := ""
		if len(args) == 0 {
			callee = final.String()
		} else {
			callee = args[0].String()
		}
		argv = append([]reflect.Value{reflect.ValueOf(callee)}, argv...)
		f = callFunc
	}
	v, err := safeCall(f, argv)
	if err != nil {
		s.at(n)
		s.errorf("error calling %s: %w", name, err)
	}
	return unwrap(v)
}

func canBeNil(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Chan, reflect.Func, reflect.Interface, reflect.Map, reflect.Pointer, reflect.Slice:
		return true
	case reflect.Struct:
		return t == valueTyp
	}
	return false
}

// fit makes v one of type typ; a nil typ is for any.
func (s *state) fit(v reflect.Value, typ reflect.Type) reflect.Value {
	if !v.IsValid() {
		if typ == nil {
			return reflect.ValueOf(nil)
		}
		if canBeNil(typ) {
			return reflect.Zero(typ)
		}
		s.errorf("invalid value; expected %s", typ)
	}
	if typ == valueTyp && v.Type() != typ {
		return reflect.ValueOf(v)
	}
	if typ == nil || v.Type().AssignableTo(typ) {
		return v
	}
	if v.Kind() == reflect.Interface && !v.IsNil() {
		v = v.Elem()
		if v.Type().AssignableTo(typ) {
			return v
		}
	}
	// One step to or from a pointer.
	switch {
	case v.Kind() == reflect.Pointer && v.Type().Elem().AssignableTo(typ):
		v = v.Elem()
		if !v.IsValid() {
			s.errorf("dereference of nil pointer of type %s", typ)
		}
	case reflect.PointerTo(v.Type()).AssignableTo(typ) && v.CanAddr():
		v = v.Addr()
	default:
		s.errorf("wrong type for value; expected %s; got %s", typ, v.Type())
	}
	return v
}

// arg evaluates n as an argument of type typ; nil is for any.
func (s *state) arg(dot reflect.Value, typ reflect.Type, n parse.Node) reflect.Value {
	s.at(n)
	switch n := n.(type) {
	case *parse.DotNode:
		return s.fit(dot, typ)
	case *parse.NilNode:
		if canBeNil(typ) {
			return reflect.Zero(typ)
		}
		s.errorf("cannot assign nil to %s", typ)
	case *parse.FieldNode:
		return s.fit(s.field(dot, n, []parse.Node{n}, absent), typ)
	case *parse.VariableNode:
		return s.fit(s.variable(dot, n, nil, absent), typ)
	case *parse.PipeNode:
		return s.fit(s.pipeline(dot, n), typ)
	case *parse.IdentifierNode:
		return s.fit(s.function(dot, n, n, nil, absent), typ)
	case *parse.ChainNode:
		return s.fit(s.chain(dot, n, nil, absent), typ)
	}
	number, isNumber := n.(*parse.NumberNode)
	made := func() reflect.Value { return reflect.New(typ).Elem() }
	switch typ.Kind() {
	case reflect.Bool:
		if b, ok := n.(*parse.BoolNode); ok {
			v := made()
			v.SetBool(b.True)
			return v
		}
		s.errorf("expected bool; found %s", n)
	case reflect.Complex64, reflect.Complex128:
		if isNumber && number.IsComplex {
			v := made()
			v.SetComplex(number.Complex128)
			return v
		}
		s.errorf("expected complex; found %s", n)
	case reflect.Float32, reflect.Float64:
		if isNumber && number.IsFloat {
			v := made()
			v.SetFloat(number.Float64)
			return v
		}
		s.errorf("expected float; found %s", n)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if isNumber && number.IsInt {
			v := made()
			v.SetInt(number.Int64)
			return v
		}
		s.errorf("expected integer; found %s", n)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		if isNumber && number.IsUint {
			v := made()
			v.SetUint(number.Uint64)
			return v
		}
		s.errorf("expected unsigned integer; found %s", n)
	case reflect.String:
		if str, ok := n.(*parse.StringNode); ok {
			v := made()
			v.SetString(str.Text)
			return v
		}
		s.errorf("expected string; found %s", n)
	case reflect.Interface:
		if typ.NumMethod() == 0 {
			return s.constant(n)
		}
	case reflect.Struct:
		if typ == valueTyp {
			return reflect.ValueOf(s.constant(n))
		}
	}
	s.errorf("can't handle %s for arg of type %s", n, typ)
	return reflect.Value{}
}

// constant evaluates a constant whose type is its own choice.
func (s *state) constant(n parse.Node) reflect.Value {
	switch n := n.(type) {
	case *parse.BoolNode:
		return reflect.ValueOf(n.True)
	case *parse.NumberNode:
		return s.number(n)
	case *parse.StringNode:
		return reflect.ValueOf(n.Text)
	}
	s.errorf("can't handle assignment of %s to empty interface argument", n)
	return reflect.Value{}
}

// indirect follows pointers and interfaces. isNil is true if the last one is nil.
func indirect(v reflect.Value) (_ reflect.Value, isNil bool) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return v, true
		}
		v = v.Elem()
	}
	return v, false
}

// insideInterface returns what is in v if v is an interface; a zero Value if that is nil.
func insideInterface(v reflect.Value) reflect.Value {
	if v.Kind() != reflect.Interface {
		return v
	}
	return v.Elem()
}

func (s *state) print(n parse.Node, v reflect.Value) {
	s.at(n)
	if v.Kind() == reflect.String && v.Type() == stringTyp {
		// What fmt would do.
		if _, err := s.w.Write([]byte(v.String())); err != nil {
			panic(writeError{err})
		}
		return
	}
	x, ok := printable(v)
	if !ok {
		s.errorf("can't print %s of type %s", n, v.Type())
	}
	if _, err := fmt.Fprint(s.w, x); err != nil {
		panic(writeError{err})
	}
}

var stringTyp = reflect.TypeFor[string]()

// printable returns what to give to fmt for v. ok is false if v cannot be printed.
func printable(v reflect.Value) (x any, ok bool) {
	if v.Kind() == reflect.Pointer {
		v, _ = indirect(v)
	}
	if !v.IsValid() {
		return "<no value>", true
	}
	printsItself := func(t reflect.Type) bool { return t.Implements(errorTyp) || t.Implements(stringerTyp) }
	if !printsItself(v.Type()) {
		if v.CanAddr() && printsItself(reflect.PointerTo(v.Type())) {
			v = v.Addr()
		} else {
			switch v.Kind() {
			case reflect.Chan, reflect.Func:
				return nil, false
			}
		}
	}
	return v.Interface(), true
}
