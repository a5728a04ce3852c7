package ast

import (
	"go/token"
	"slices"
)

// A Filter says whether a name stays.
type Filter func(string) bool

// A trimmer removes names from declarations.
type trimmer struct {
	keep Filter
	// exports: only what is exported stays, also inside of types that stay.
	exports bool
}

// FileExports removes everything that is not exported: declarations, fields
// and methods. It reports whether something is left. Comments stay.
func FileExports(src *File) bool { return (&trimmer{token.IsExported, true}).file(src) }

// PackageExports is FileExports for all files.
//
// Deprecated: see Package.
func PackageExports(pkg *Package) bool { return (&trimmer{token.IsExported, true}).pkg(pkg) }

// FilterDecl removes the names that f does not want from a declaration, those
// of fields and methods too. It reports whether some are left.
func FilterDecl(decl Decl, f Filter) bool { return (&trimmer{f, false}).decl(decl) }

// FilterFile does that for all declarations of a file, and removes those that
// have no names left, and imports. It reports whether some are left.
func FilterFile(src *File, f Filter) bool { return (&trimmer{f, false}).file(src) }

// FilterPackage is FilterFile for all files.
//
// Deprecated: see Package.
func FilterPackage(pkg *Package, f Filter) bool { return (&trimmer{f, false}).pkg(pkg) }

func (t *trimmer) pkg(pkg *Package) bool {
	left := false
	for _, f := range pkg.Files {
		if t.file(f) {
			left = true
		}
	}
	return left
}

// retain keeps the elements of a list for which keep is true.
func retain[E any](list []E, keep func(E) bool) []E {
	n := 0
	for _, e := range list {
		if keep(e) {
			list[n] = e
			n++
		}
	}
	return list[:n]
}

func (t *trimmer) file(f *File) bool {
	f.Decls = retain(f.Decls, t.decl)
	return len(f.Decls) > 0
}

func (t *trimmer) decl(d Decl) bool {
	switch d := d.(type) {
	case *GenDecl:
		d.Specs = retain(d.Specs, t.spec)
		return len(d.Specs) > 0
	case *FuncDecl:
		return t.keep(d.Name.Name)
	}
	return false
}

func (t *trimmer) idents(list []*Ident) []*Ident {
	return retain(list, func(id *Ident) bool { return t.keep(id.Name) })
}

func (t *trimmer) spec(s Spec) bool {
	switch s := s.(type) {
	case *ValueSpec:
		s.Names = t.idents(s.Names)
		s.Values = t.exprs(s.Values)
		if len(s.Names) == 0 {
			return false
		}
		if t.exports {
			t.typ(s.Type)
		}
		return true
	case *TypeSpec:
		if t.keep(s.Name.Name) {
			if t.exports {
				t.typ(s.Type)
			}
			return true
		}
		// Something inside may have a name that is wanted.
		return !t.exports && t.typ(s.Type)
	}
	return false
}

// embeddedName returns the name of an embedded field of a type.
func embeddedName(x Expr) *Ident {
	switch x := x.(type) {
	case *Ident:
		return x
	case *SelectorExpr:
		if _, ok := x.X.(*Ident); ok {
			return x.Sel
		}
	case *StarExpr:
		return embeddedName(x.X)
	}
	return nil
}

// fields trims a list of fields or methods and reports whether some went.
func (t *trimmer) fields(l *FieldList) (removed bool) {
	if l == nil {
		return false
	}
	before := len(l.List)
	l.List = retain(l.List, func(f *Field) bool {
		keep := false
		if len(f.Names) == 0 {
			name := embeddedName(f.Type)
			keep = name != nil && t.keep(name.Name)
		} else {
			n := len(f.Names)
			f.Names = t.idents(f.Names)
			removed = removed || len(f.Names) < n
			keep = len(f.Names) > 0
		}
		if keep && t.exports {
			t.typ(f.Type)
		}
		return keep
	})
	return removed || len(l.List) < before
}

func (t *trimmer) literal(lit *CompositeLit) {
	n := len(lit.Elts)
	lit.Elts = t.exprs(lit.Elts)
	lit.Incomplete = lit.Incomplete || len(lit.Elts) < n
}

func (t *trimmer) exprs(list []Expr) []Expr {
	return retain(list, func(x Expr) bool {
		switch x := x.(type) {
		case *CompositeLit:
			t.literal(x)
		case *KeyValueExpr:
			if key, ok := x.Key.(*Ident); ok && !t.keep(key.Name) {
				return false
			}
			if value, ok := x.Value.(*CompositeLit); ok {
				t.literal(value)
			}
		}
		return true
	})
}

func (t *trimmer) params(l *FieldList) bool {
	left := false
	if l != nil {
		for _, f := range l.List {
			if t.typ(f.Type) {
				left = true
			}
		}
	}
	return left
}

// typ trims a type and reports whether a wanted name is in it.
func (t *trimmer) typ(x Expr) bool {
	switch x := x.(type) {
	case *Ident:
		return t.keep(x.Name)
	case *ParenExpr:
		return t.typ(x.X)
	case *ArrayType:
		return t.typ(x.Elt)
	case *StructType:
		if t.fields(x.Fields) {
			x.Incomplete = true
		}
		return len(x.Fields.List) > 0
	case *FuncType:
		params := t.params(x.Params)
		return t.params(x.Results) || params
	case *InterfaceType:
		if t.fields(x.Methods) {
			x.Incomplete = true
		}
		return len(x.Methods.List) > 0
	case *MapType:
		key := t.typ(x.Key)
		return t.typ(x.Value) || key
	case *ChanType:
		return t.typ(x.Value)
	}
	return false
}

// MergeMode says what MergePackageFiles leaves out.
//
// Deprecated: see Package.
type MergeMode uint

const (
	// Functions that are declared several times.
	FilterFuncDuplicates MergeMode = 1 << iota
	// Comments that are not Doc or Comment of a node.
	FilterUnassociatedComments
	// Imports that are there several times.
	FilterImportDuplicates
)

// funcName is the name of a function, with the type for methods.
func funcName(f *FuncDecl) string {
	if f.Recv != nil && len(f.Recv.List) == 1 {
		t := f.Recv.List[0].Type
		if p, ok := t.(*StarExpr); ok {
			t = p.X
		}
		if id, ok := t.(*Ident); ok {
			return id.Name + "." + f.Name.Name
		}
	}
	return f.Name.Name
}

// MergePackageFiles makes one file of those of a package, in the order of
// their names.
//
// Deprecated: see Package.
func MergePackageFiles(pkg *Package, mode MergeMode) *File {
	names := make([]string, 0, len(pkg.Files))
	merged := &File{Name: NewIdent(pkg.Name), Scope: pkg.Scope}
	for name, f := range pkg.Files {
		names = append(names, name)
		if merged.FileStart == 0 || f.FileStart < merged.FileStart {
			merged.FileStart = f.FileStart
		}
		merged.FileEnd = max(merged.FileEnd, f.FileEnd)
	}
	slices.Sort(names)

	var doc []*Comment
	funcs := map[string]int{}
	seen := map[string]bool{}
	for _, name := range names {
		f := pkg.Files[name]
		if f.Doc != nil {
			if len(doc) > 0 {
				// An empty line between the files' documentation.
				doc = append(doc, &Comment{token.NoPos, "//"})
			}
			doc = append(doc, f.Doc.List...)
			// The package clause comes behind all of it.
			merged.Package = max(merged.Package, f.Package)
		}
		for _, d := range f.Decls {
			if fd, ok := d.(*FuncDecl); ok && mode&FilterFuncDuplicates != 0 {
				name := funcName(fd)
				if i, ok := funcs[name]; ok {
					// One with documentation stays, else the last.
					if merged.Decls[i].(*FuncDecl).Doc != nil {
						continue
					}
					merged.Decls[i] = nil
				}
				funcs[name] = len(merged.Decls)
			}
			merged.Decls = append(merged.Decls, d)
		}
		for _, imp := range f.Imports {
			if mode&FilterImportDuplicates != 0 {
				if seen[imp.Path.Value] {
					continue
				}
				seen[imp.Path.Value] = true
			}
			merged.Imports = append(merged.Imports, imp)
		}
		if mode&FilterUnassociatedComments == 0 {
			merged.Comments = append(merged.Comments, f.Comments...)
		}
	}
	if len(doc) > 0 {
		merged.Doc = &CommentGroup{doc}
	}
	merged.Decls = slices.DeleteFunc(merged.Decls, func(d Decl) bool { return d == nil })
	return merged
}
