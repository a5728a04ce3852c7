package ast

import (
	"fmt"
	"go/token"
	"strings"
)

// A Scope is the names declared in a part of the program.
//
// Deprecated: names can only be resolved with types; see go/types.
type Scope struct {
	Outer   *Scope
	Objects map[string]*Object
}

// NewScope returns an empty scope inside of outer.
func NewScope(outer *Scope) *Scope { return &Scope{outer, make(map[string]*Object, 4)} }

// Lookup returns the object with a name in s itself, or nil.
func (s *Scope) Lookup(name string) *Object { return s.Objects[name] }

// Insert inserts obj, unless there is one with its name, which is returned.
func (s *Scope) Insert(obj *Object) (alt *Object) {
	if alt = s.Objects[obj.Name]; alt == nil {
		s.Objects[obj.Name] = obj
	}
	return alt
}

func (s *Scope) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "scope %p {", s)
	if s != nil && len(s.Objects) > 0 {
		b.WriteString("\n")
		for _, obj := range s.Objects {
			fmt.Fprintf(&b, "\t%s %s\n", obj.Kind, obj.Name)
		}
	}
	b.WriteString("}\n")
	return b.String()
}

// An Object is something with a name.
//
// Deprecated: names can only be resolved with types; see go/types.
type Object struct {
	Kind ObjKind
	Name string
	Decl any // the Field, spec, FuncDecl, LabeledStmt, AssignStmt or Scope; or nil
	Data any // for packages the *Scope, for constants iota
	Type any // for types
}

// NewObj returns an object.
func NewObj(kind ObjKind, name string) *Object { return &Object{Kind: kind, Name: name} }

// Pos returns where the name is declared, if that can be found.
func (obj *Object) Pos() token.Pos {
	among := func(names []*Ident) token.Pos {
		for _, n := range names {
			if n.Name == obj.Name {
				return n.Pos()
			}
		}
		return token.NoPos
	}
	switch d := obj.Decl.(type) {
	case *Field:
		return among(d.Names)
	case *ImportSpec:
		if d.Name != nil && d.Name.Name == obj.Name {
			return d.Name.Pos()
		}
		return d.Path.Pos()
	case *ValueSpec:
		return among(d.Names)
	case *TypeSpec:
		return among([]*Ident{d.Name})
	case *FuncDecl:
		return among([]*Ident{d.Name})
	case *LabeledStmt:
		return among([]*Ident{d.Label})
	case *AssignStmt:
		for _, x := range d.Lhs {
			if id, ok := x.(*Ident); ok && id.Name == obj.Name {
				return id.Pos()
			}
		}
	}
	return token.NoPos
}

// ObjKind is the kind of an Object.
type ObjKind int

const (
	Bad ObjKind = iota // after errors
	Pkg                // package
	Con                // constant
	Typ                // type
	Var                // variable
	Fun                // function or method
	Lbl                // label
)

func (kind ObjKind) String() string {
	return [...]string{"bad", "package", "const", "type", "var", "func", "label"}[kind]
}
