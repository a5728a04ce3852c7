// Package template fills data into text templates.  For HTML, with its escaping, it is not the right
// package.
//
// A template is text with actions between {{ and }}.  [Template.Execute] copies the text, and evaluates the actions with
// the data it is given; at first that is what the dot, written ".", stands for.
//
//	t := template.Must(template.New("item").Parse("{{.Count}} of {{.Name | printf \"%q\"}}\n"))
//	err := t.Execute(os.Stdout, item)
//
// Templates may be executed by several goroutines at the same time.
//
// # Space
//
// "{{- ", with the space, trims all white space before the action, and " -}}" all after it.
//
// # Actions
//
//	{{/* comment */}}
//	{{pipeline}}                                   its value, as fmt.Print would print it
//	{{if p}} A {{else if q}} B {{else}} C {{end}}  A if p is not empty, and so on.  Empty are false, 0, a nil pointer or
//	                                               interface, and an array, slice, map or string of length 0
//	{{range p}} A {{else}} B {{end}}               A with dot as each element of an array, slice or map, each value
//	                                               of a channel, integer or iterator; B if there is none.  Maps are
//	                                               in the order of their keys if those have one
//	{{break}} {{continue}}                         end the innermost range, or its current round
//	{{with p}} A {{else}} B {{end}}                A with dot as p, unless that is empty
//	{{template "name" p}}                          the template of that name, with dot as p, or nil
//	{{define "name"}} A {{end}}                    defines a template
//	{{block "name" p}} A {{end}}                   defines and uses a template
//
// # Operands
//
// An operand is a constant as in Go (of a boolean, string, rune or number) or nil; the dot; a variable $x; a field .F of the
// dot; a key .K of a map that dot is; a method .M of it, without arguments; the name of a function; a pipeline in
// parentheses.  Fields, keys and methods may follow one another: .A.B.C, $x.A, (f .X).A.  Pointers are followed.
//
// # Pipelines
//
// A pipeline is commands with | between them.  A command is an operand, or a method or function with arguments
// after it.  The value of a command is the last argument of the next one.  Functions and methods return one value, or
// one and an error that, if it is not nil, ends the execution.
//
// {{$x := pipeline}} declares a variable up to the {{end}} of what it is in, {{$x = pipeline}} sets it.  range can have
// two, {{range $i, $e := pipeline}}, for index or key and element.  $ is the data that Execute was given.
//
// # Functions
//
//	and or not       and returns the first empty argument or the last, or the first that is not empty; they do not
//	                 evaluate the others
//	eq ne lt le gt ge   compare; eq may have several arguments, to be compared with the first
//	call f a b       calls a value that is a function
//	index x i j      x[i][j], of maps, slices, arrays and strings
//	slice x i j k    x[i:j:k]
//	len
//	print printf println   as in fmt
//	html js urlquery escape
//
// [Template.Funcs] adds others.
package template

import (
	"fmt"
	"maps"
	"reflect"
	"sync"
	"text/template/parse"
)

// Template is a parsed template.  The tree in it is for html/template.
type Template struct {
	name string
	*parse.Tree
	*group
	left, right string
}

// group is what associated templates share.
type group struct {
	mu         sync.RWMutex // for templates
	templates  map[string]*Template
	missingKey missingKey
	funcMu     sync.RWMutex // for the two below
	parseFuncs FuncMap
	execFuncs  map[string]reflect.Value
}

// New returns a template without content.
func New(name string) *Template { return &Template{name: name} }

// Must returns t.  It panics if err is not nil.
func Must(t *Template, err error) *Template {
	if err != nil {
		panic(err)
	}
	return t
}

// Name returns the name of t.
func (t *Template) Name() string { return t.name }

// New returns a template without content, associated with t: each can use the other, by {{template}}.  It has
// t's delimiters.
//
// Associated templates must not be made by several goroutines at the same time.
func (t *Template) New(name string) *Template {
	t.init()
	return &Template{name: name, group: t.group, left: t.left, right: t.right}
}

func (t *Template) init() {
	if t.group == nil {
		t.group = &group{
			templates:  map[string]*Template{},
			parseFuncs: FuncMap{},
			execFuncs:  map[string]reflect.Value{},
		}
	}
}

// Clone returns a copy of t and of all templates associated with it.  What is then added to the copies is not added to
// t, so that one can have variants of a set of templates.
func (t *Template) Clone() (*Template, error) {
	c := &Template{name: t.name, Tree: t.Tree, left: t.left, right: t.right}
	c.init()
	if t.group == nil {
		return c, nil
	}
	c.missingKey = t.missingKey
	t.mu.RLock()
	for name, old := range t.templates {
		if name == t.name {
			c.templates[name] = c
			continue
		}
		c.templates[name] = &Template{name: old.name, Tree: old.Tree, group: c.group, left: old.left, right: old.right}
	}
	t.mu.RUnlock()
	t.funcMu.RLock()
	maps.Copy(c.parseFuncs, t.parseFuncs)
	maps.Copy(c.execFuncs, t.execFuncs)
	t.funcMu.RUnlock()
	return c, nil
}

// AddParseTree makes tree the template called name, which is t itself or one associated with it; one that does not
// exist is made.  It returns that template.
func (t *Template) AddParseTree(name string, tree *parse.Tree) (*Template, error) {
	t.init()
	t.mu.Lock()
	defer t.mu.Unlock()
	nt := t
	if name != t.name {
		nt = t.New(name)
	}
	if t.associate(nt, tree) || nt.Tree == nil {
		nt.Tree = tree
	}
	return nt, nil
}

// associate adds nt to the templates. It returns false if the tree is empty and there is a template of that name
// already.
func (t *Template) associate(nt *Template, tree *parse.Tree) bool {
	if old := t.templates[nt.name]; old != nil && parse.IsEmptyTree(tree.Root) && old.Tree != nil {
		return false
	}
	t.templates[nt.name] = nt
	return true
}

// Templates returns all templates associated with t that have a definition, and t if it has.
func (t *Template) Templates() []*Template {
	if t.group == nil {
		return nil
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	list := make([]*Template, 0, len(t.templates))
	for _, nt := range t.templates {
		list = append(list, nt)
	}
	return list
}

// Delims sets the delimiters of actions for the parsing that follows.  An empty one stands for {{ or }}.  It returns t.
func (t *Template) Delims(left, right string) *Template {
	t.init()
	t.left, t.right = left, right
	return t
}

// Funcs adds functions.  Those that a template uses must be there when it is parsed; later they can be replaced by
// others of the same names.  It panics if a value is not a function with one result, or one and an error, or a name
// is not one that templates can have.  It returns t.
func (t *Template) Funcs(funcMap FuncMap) *Template {
	t.init()
	t.funcMu.Lock()
	defer t.funcMu.Unlock()
	for name, f := range funcMap {
		t.execFuncs[name] = checkedFunc(name, f)
	}
	maps.Copy(t.parseFuncs, funcMap)
	return t
}

// Lookup returns the template called name that is associated with t, or nil.
func (t *Template) Lookup(name string) *Template {
	if t.group == nil {
		return nil
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.templates[name]
}

// Parse makes text the content of t, and adds the templates that text defines.
//
// Templates may be defined again.  But a text of only white space and comments does not replace another.
func (t *Template) Parse(text string) (*Template, error) {
	t.init()
	t.funcMu.RLock()
	trees, err := parse.Parse(t.name, text, t.left, t.right, t.parseFuncs, builtins)
	t.funcMu.RUnlock()
	if err != nil {
		return nil, err
	}
	for name, tree := range trees {
		if _, err := t.AddParseTree(name, tree); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// missingKey says what to do if a map does not have a key.
type missingKey int

const (
	missingInvalid missingKey = iota
	missingZero
	missingError
)

// Option sets options, each "name=value".  It panics if there is no such option.  There is one:
//
//	missingkey=default or missingkey=invalid   a key that a map does not have is "<no value>" if it is printed
//	missingkey=zero                            it is the zero value
//	missingkey=error                           it is an error
//
// It returns t.
func (t *Template) Option(opt ...string) *Template {
	t.init()
	for _, o := range opt {
		switch o {
		case "":
			panic("empty option string")
		case "missingkey=default", "missingkey=invalid":
			t.missingKey = missingInvalid
		case "missingkey=zero":
			t.missingKey = missingZero
		case "missingkey=error":
			t.missingKey = missingError
		default:
			panic("unrecognized option: " + o)
		}
	}
	return t
}

// DefinedTemplates returns "; defined templates are: " and the names, for messages; or nothing if there is none.
func (t *Template) DefinedTemplates() string {
	if t.group == nil {
		return ""
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	s := ""
	for name, nt := range t.templates {
		if nt.Tree == nil || nt.Root == nil {
			continue
		}
		if s == "" {
			s = "; defined templates are: "
		} else {
			s += ", "
		}
		s += fmt.Sprintf("%q", name)
	}
	return s
}
