package ast

import (
	"bytes"
	"fmt"
	"go/token"
	"io"
	"os"
	"reflect"
	"strings"
)

// A FieldFilter says which fields of structs Fprint prints.
type FieldFilter func(name string, value reflect.Value) bool

// NotNilFilter is the FieldFilter for what is not nil.
func NotNilFilter(_ string, v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Chan, reflect.Func, reflect.Interface, reflect.Map, reflect.Pointer, reflect.Slice:
		return !v.IsNil()
	}
	return true
}

// Fprint prints the tree x to w, with positions of fset unless that is nil, and
// the exported fields that f lets through unless that is nil.
func Fprint(w io.Writer, fset *token.FileSet, x any, f FieldFilter) error {
	p := printer{w: w, fset: fset, filter: f, seen: map[any]int{}, atStart: true}
	if x == nil {
		p.printf("nil\n")
		return p.err
	}
	p.print(reflect.ValueOf(x))
	p.printf("\n")
	return p.err
}

// Print prints what is not nil of the tree x to standard output.
func Print(fset *token.FileSet, x any) error { return Fprint(os.Stdout, fset, x, NotNilFilter) }

type printer struct {
	w       io.Writer
	fset    *token.FileSet
	filter  FieldFilter
	seen    map[any]int // the lines of what pointers point to
	indent  int
	line    int
	atStart bool // of a line
	err     error
}

// Write numbers and indents lines.
func (p *printer) Write(data []byte) (n int, err error) {
	for len(data) > 0 {
		line := data
		if i := bytes.IndexByte(data, '\n'); i >= 0 {
			line = data[:i+1]
		}
		if p.atStart {
			if _, err = fmt.Fprintf(p.w, "%6d  ", p.line); err != nil {
				return n, err
			}
			if line[0] != '\n' {
				if _, err = io.WriteString(p.w, strings.Repeat(".  ", p.indent)); err != nil {
					return n, err
				}
			}
		}
		m, err := p.w.Write(line)
		n += m
		if err != nil {
			return n, err
		}
		p.atStart = line[len(line)-1] == '\n'
		if p.atStart {
			p.line++
		}
		data = data[len(line):]
	}
	return n, nil
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p, format, args...)
	}
}

func (p *printer) print(x reflect.Value) {
	if !NotNilFilter("", x) {
		p.printf("nil")
		return
	}
	switch x.Kind() {
	case reflect.Interface:
		p.print(x.Elem())
	case reflect.Map:
		p.printf("%s (len = %d) {", x.Type(), x.Len())
		if x.Len() > 0 {
			p.indent++
			p.printf("\n")
			for _, key := range x.MapKeys() {
				p.print(key)
				p.printf(": ")
				p.print(x.MapIndex(key))
				p.printf("\n")
			}
			p.indent--
		}
		p.printf("}")
	case reflect.Pointer:
		p.printf("*")
		// What has been printed is only referred to: there may be cycles.
		ptr := x.Interface()
		if line, ok := p.seen[ptr]; ok {
			p.printf("(obj @ %d)", line)
			return
		}
		p.seen[ptr] = p.line
		p.print(x.Elem())
	case reflect.Array:
		p.printf("%s {", x.Type())
		p.elements(x)
		p.printf("}")
	case reflect.Slice:
		if b, ok := x.Interface().([]byte); ok {
			p.printf("%#q", b)
			return
		}
		p.printf("%s (len = %d) {", x.Type(), x.Len())
		p.elements(x)
		p.printf("}")
	case reflect.Struct:
		t := x.Type()
		p.printf("%s {", t)
		p.indent++
		first := true
		for i := range t.NumField() {
			name := t.Field(i).Name
			if !IsExported(name) {
				continue
			}
			v := x.Field(i)
			if p.filter != nil && !p.filter(name, v) {
				continue
			}
			if first {
				p.printf("\n")
				first = false
			}
			p.printf("%s: ", name)
			p.print(v)
			p.printf("\n")
		}
		p.indent--
		p.printf("}")
	default:
		switch v := x.Interface().(type) {
		case string:
			p.printf("%q", v)
		case token.Pos:
			if p.fset != nil {
				p.printf("%s", p.fset.Position(v))
				return
			}
			p.printf("%v", v)
		default:
			p.printf("%v", v)
		}
	}
}

func (p *printer) elements(x reflect.Value) {
	n := x.Len()
	if n == 0 {
		return
	}
	p.indent++
	p.printf("\n")
	for i := range n {
		p.printf("%d: ", i)
		p.print(x.Index(i))
		p.printf("\n")
	}
	p.indent--
}
