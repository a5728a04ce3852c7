package ast

import (
	"cmp"
	"go/token"
	"slices"
	"strconv"
)

// SortImports sorts the imports in parentheses, each run of lines without an
// empty line by itself, and removes those that are there twice and have no
// comment that would be lost.
func SortImports(fset *token.FileSet, f *File) {
	for _, d := range f.Decls {
		d, ok := d.(*GenDecl)
		if !ok || d.Tok != token.IMPORT {
			break // imports come first
		}
		if !d.Lparen.IsValid() {
			continue
		}
		var sorted []Spec
		start := 0
		for i := range d.Specs {
			if i > start && lineOf(fset, d.Specs[i].Pos()) > 1+lineOf(fset, d.Specs[i-1].End()) {
				sorted = append(sorted, sortRun(fset, f, d, d.Specs[start:i])...)
				start = i
			}
		}
		sorted = append(sorted, sortRun(fset, f, d, d.Specs[start:])...)
		d.Specs = sorted
		if len(sorted) > 0 {
			// What was removed leaves no empty lines before the parenthesis.
			last := lineOf(fset, sorted[len(sorted)-1].Pos())
			for end := lineOf(fset, d.Rparen); end > last+1; end-- {
				fset.File(d.Rparen).MergeLine(end - 1)
			}
		}
	}
	f.Imports = f.Imports[:0]
	for _, d := range f.Decls {
		d, ok := d.(*GenDecl)
		if !ok || d.Tok != token.IMPORT {
			break
		}
		for _, s := range d.Specs {
			f.Imports = append(f.Imports, s.(*ImportSpec))
		}
	}
}

func lineOf(fset *token.FileSet, pos token.Pos) int { return fset.PositionFor(pos, false).Line }

func importPath(s Spec) string {
	path, err := strconv.Unquote(s.(*ImportSpec).Path.Value)
	if err != nil {
		return ""
	}
	return path
}

func importName(s Spec) string {
	if n := s.(*ImportSpec).Name; n != nil {
		return n.Name
	}
	return ""
}

func importComment(s Spec) string {
	if c := s.(*ImportSpec).Comment; c != nil {
		return c.Text()
	}
	return ""
}

// A placedComment is a comment of an import and whether it stands before it.
type placedComment struct {
	left bool
	g    *CommentGroup
}

// sortRun sorts imports on lines one after the other. The lines stay where
// they are: the imports are moved to the places that the run had.
func sortRun(fset *token.FileSet, f *File, d *GenDecl, specs []Spec) []Spec {
	if len(specs) <= 1 {
		return specs
	}
	type place struct{ start, end token.Pos }
	places := make([]place, len(specs))
	for i, s := range specs {
		places[i] = place{s.Pos(), s.End()}
	}

	// The comments of these lines. All that begin before the end of the last
	// line belong to the run.
	begin, end := places[0].start, places[len(places)-1].end
	begin = fset.File(begin).LineStart(lineOf(fset, begin))
	endLine := lineOf(fset, end)
	if file := fset.File(end); endLine == file.LineCount() {
		end = token.Pos(file.Base() + file.Size())
	} else {
		end = file.LineStart(endLine+1) - 1
	}
	first := len(f.Comments)
	last := -1
	for i, g := range f.Comments {
		if g.End() > end {
			break
		}
		if begin <= g.Pos() {
			first = min(first, i)
			last = max(last, i)
		}
	}
	var comments []*CommentGroup
	if last >= 0 {
		comments = f.Comments[first : last+1]
	}

	// A comment belongs to the import that it begins behind, or if it is in
	// front of all on its line, to that one.
	of := map[*ImportSpec][]placedComment{}
	at := 0
	for _, g := range comments {
		for at+1 < len(specs) && places[at+1].start <= g.Pos() {
			at++
		}
		left := false
		if at == 0 && places[0].start > g.Pos() {
			left = true
		} else if at+1 < len(specs) && lineOf(fset, places[at].start)+1 == lineOf(fset, g.Pos()) {
			at++
			left = true
		}
		s := specs[at].(*ImportSpec)
		of[s] = append(of[s], placedComment{left, g})
	}

	slices.SortFunc(specs, func(a, b Spec) int {
		return cmp.Or(cmp.Compare(importPath(a), importPath(b)), cmp.Compare(importName(a), importName(b)), cmp.Compare(importComment(a), importComment(b)))
	})

	// One of two equal ones goes if it has no comment, or if the other has it.
	kept := specs[:0]
	for i, s := range specs {
		next := Spec(nil)
		if i+1 < len(specs) {
			next = specs[i+1]
		}
		if next == nil || importPath(s) != importPath(next) || importName(s) != importName(next) || s.(*ImportSpec).Comment != nil {
			kept = append(kept, s)
		} else {
			// Its line goes, unless the parenthesis is on it.
			if line := lineOf(fset, s.Pos()); line < lineOf(fset, d.Rparen) {
				fset.File(s.Pos()).MergeLine(line)
			}
		}
	}
	specs = kept

	for i, s := range specs {
		s := s.(*ImportSpec)
		if s.Name != nil {
			s.Name.NamePos = places[i].start
		}
		updateLit(s.Path, places[i].start)
		s.EndPos = places[i].end
		for _, c := range of[s] {
			for _, one := range c.g.List {
				if c.left {
					one.Slash = places[i].start - 1
				} else {
					// Between the import and the end of the line.
					one.Slash = places[i].end
				}
			}
		}
	}
	slices.SortFunc(comments, func(a, b *CommentGroup) int { return cmp.Compare(a.Pos(), b.Pos()) })
	return specs
}

// updateLit moves a literal.
func updateLit(lit *BasicLit, pos token.Pos) {
	n := lit.End() - lit.Pos()
	lit.ValuePos = pos
	if lit.ValueEnd.IsValid() {
		lit.ValueEnd = pos + n
	}
}
