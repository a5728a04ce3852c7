package ast

import (
	"fmt"
	"go/scanner"
	"go/token"
	"strconv"
)

// An Importer returns the package object for a path, which it keeps in
// imports.
//
// Deprecated: see Object.
type Importer func(imports map[string]*Object, path string) (pkg *Object, err error)

// NewPackage makes a package of files: names that one file uses and another
// declares are resolved, with importer (unless it is nil) those of imported
// packages, and with universe the predeclared ones. Errors are returned as a
// scanner.ErrorList.
//
// Deprecated: see Object.
func NewPackage(fset *token.FileSet, files map[string]*File, importer Importer, universe *Scope) (*Package, error) {
	var errs scanner.ErrorList
	fail := func(pos token.Pos, format string, args ...any) {
		errs.Add(fset.Position(pos), fmt.Sprintf(format, args...))
	}
	declare := func(scope, other *Scope, obj *Object) {
		alt := scope.Insert(obj)
		if alt == nil && other != nil {
			// The name may be that of something in a surrounding scope.
			alt = other.Lookup(obj.Name)
		}
		if alt != nil {
			previous := ""
			if pos := alt.Pos(); pos.IsValid() {
				previous = fmt.Sprintf("\n\tprevious declaration at %s", fset.Position(pos))
			}
			fail(obj.Pos(), "%s redeclared in this block%s", obj.Name, previous)
		}
	}

	name := ""
	scope := NewScope(universe)
	for _, f := range files {
		switch {
		case name == "":
			name = f.Name.Name
		case name != f.Name.Name:
			fail(f.Package, "package %s; expected %s", f.Name.Name, name)
			continue
		}
		if f.Scope != nil {
			for _, obj := range f.Scope.Objects {
				declare(scope, nil, obj)
			}
		}
	}

	imports := map[string]*Object{}
	for _, f := range files {
		if f.Name.Name != name {
			continue
		}
		failed := false
		fileScope := NewScope(scope)
		for _, spec := range f.Imports {
			if importer == nil {
				failed = true
				continue
			}
			path, _ := strconv.Unquote(spec.Path.Value)
			pkg, err := importer(imports, path)
			if err != nil {
				fail(spec.Path.Pos(), "could not import %s (%s)", path, err)
				failed = true
				continue
			}
			local := pkg.Name
			if spec.Name != nil {
				local = spec.Name.Name
			}
			switch local {
			case "_":
			case ".":
				for _, obj := range pkg.Data.(*Scope).Objects {
					declare(fileScope, scope, obj)
				}
			default:
				obj := NewObj(Pkg, local)
				obj.Decl = spec
				obj.Data = pkg.Data
				declare(fileScope, scope, obj)
			}
		}
		// After failed imports nothing can be said of names that are unknown.
		if failed {
			scope.Outer = nil
		}
		left := f.Unresolved[:0]
		for _, id := range f.Unresolved {
			found := false
			for s := fileScope; s != nil && !found; s = s.Outer {
				if obj := s.Lookup(id.Name); obj != nil {
					id.Obj = obj
					found = true
				}
			}
			if !found {
				fail(id.Pos(), "undeclared name: %s", id.Name)
				left = append(left, id)
			}
		}
		f.Unresolved = left
		scope.Outer = universe
	}
	errs.Sort()
	return &Package{name, scope, imports, files}, errs.Err()
}
