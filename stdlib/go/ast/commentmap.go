package ast

import (
	"bytes"
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strings"
)

// A CommentMap says which comments belong to which nodes.
type CommentMap map[Node][]*CommentGroup

// nodesOf returns the nodes of a tree but for comments, by where they begin,
// larger ones first.
func nodesOf(n Node) []Node {
	var list []Node
	Inspect(n, func(n Node) bool {
		switch n.(type) {
		case nil, *CommentGroup, *Comment:
			return false
		}
		list = append(list, n)
		return true
	})
	slices.SortStableFunc(list, func(a, b Node) int { return cmp.Compare(a.Pos(), b.Pos()) })
	return list
}

// important reports whether a comment behind a node should rather belong to it
// than to the last part of it.
func important(n Node) bool {
	switch n.(type) {
	case *File, *Field, Decl, Spec, Stmt:
		return true
	}
	return false
}

// A commentMapper goes through nodes and comments side by side.
type commentMapper struct {
	cmap CommentMap
	fset *token.FileSet

	last Node // the node that began last
	// open are important nodes that have begun, outer ones first, and group is
	// the outermost of those that ended last.
	open  []Node
	group Node
}

// ended takes nodes that end at or before pos away and returns the outermost.
func (m *commentMapper) ended(pos token.Pos) (outermost Node) {
	n := len(m.open)
	for n > 0 && m.open[n-1].End() <= pos {
		n--
		outermost = m.open[n]
	}
	m.open = m.open[:n]
	return outermost
}

// behind reports whether a comment belongs to a node in front of it: it begins
// on the node's last line, or on the line after that with an empty line before
// what comes next.
func (m *commentMapper) behind(n Node, begin, end token.Position, nextLine int) bool {
	if n == nil {
		return false
	}
	line := m.fset.Position(n.End()).Line
	return line == begin.Line || line+1 == begin.Line && end.Line+1 < nextLine
}

// add maps a comment, before the node next, which is nil at the end.
func (m *commentMapper) add(g *CommentGroup, next Node) {
	if top := m.ended(g.Pos()); top != nil {
		m.group = top
	}
	nextLine := 1 << 30
	if next != nil {
		nextLine = m.fset.Position(next.Pos()).Line
	}
	begin, end := m.fset.Position(g.Pos()), m.fset.Position(g.End())
	to := next
	switch {
	case m.behind(m.group, begin, end, nextLine):
		to = m.group
	case m.last != nil && (next == nil || m.behind(m.last, begin, end, nextLine)):
		to = m.last
	}
	m.cmap[to] = append(m.cmap[to], g)
}

// NewCommentMap maps comments to the nodes of a tree. A comment belongs to the
// node in front of it if it begins on its last line, or on the line after that
// with an empty line before the next node; otherwise to the next node. Of
// nodes that end at one place it belongs to the largest.
func NewCommentMap(fset *token.FileSet, node Node, comments []*CommentGroup) CommentMap {
	if len(comments) == 0 {
		return nil
	}
	m := commentMapper{cmap: CommentMap{}, fset: fset}
	comments = slices.Clone(comments)
	slices.SortStableFunc(comments, func(a, b *CommentGroup) int { return cmp.Compare(a.Pos(), b.Pos()) })
	for _, n := range nodesOf(node) {
		begin := fset.Position(n.Pos()).Offset
		for len(comments) > 0 && fset.Position(comments[0].End()).Offset <= begin {
			m.add(comments[0], n)
			comments = comments[1:]
		}
		if len(comments) == 0 {
			return m.cmap
		}
		m.last = n
		if important(n) {
			m.ended(n.Pos())
			m.open = append(m.open, n)
		}
	}
	for _, g := range comments {
		m.add(g, nil)
	}
	return m.cmap
}

// Update gives the comments of a node to another that replaces it, and returns
// that.
func (cmap CommentMap) Update(old, new Node) Node {
	if list := cmap[old]; len(list) > 0 {
		delete(cmap, old)
		cmap[new] = append(cmap[new], list...)
	}
	return new
}

// Filter returns the part of the map for the nodes of a tree.
func (cmap CommentMap) Filter(node Node) CommentMap {
	part := CommentMap{}
	Inspect(node, func(n Node) bool {
		if list := cmap[n]; len(list) > 0 {
			part[n] = list
		}
		return true
	})
	return part
}

// Comments returns all comments in order.
func (cmap CommentMap) Comments() []*CommentGroup {
	list := make([]*CommentGroup, 0, len(cmap))
	for _, groups := range cmap {
		list = append(list, groups...)
	}
	slices.SortFunc(list, func(a, b *CommentGroup) int { return cmp.Compare(a.Pos(), b.Pos()) })
	return list
}

// summary is the beginning of the text of comments.
func summary(list []*CommentGroup) string {
	const limit = 40
	var b bytes.Buffer
collect:
	for _, g := range list {
		for _, c := range g.List {
			if b.Len() >= limit {
				break collect
			}
			b.WriteString(c.Text)
		}
	}
	s := b.String()
	if len(s) > limit {
		s = s[:limit-3] + "..."
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '\t', '\n', '\r':
			return ' '
		}
		return r
	}, s)
}

func (cmap CommentMap) String() string {
	var nodes []Node
	for n := range cmap {
		nodes = append(nodes, n)
	}
	slices.SortFunc(nodes, func(a, b Node) int { return cmp.Or(cmp.Compare(a.Pos(), b.Pos()), cmp.Compare(a.End(), b.End())) })
	var b strings.Builder
	fmt.Fprintln(&b, "CommentMap {")
	for _, n := range nodes {
		what := fmt.Sprintf("%T", n)
		if id, ok := n.(*Ident); ok {
			what = id.Name
		}
		fmt.Fprintf(&b, "\t%p  %20s:  %s\n", n, what, summary(cmap[n]))
	}
	fmt.Fprintln(&b, "}")
	return b.String()
}
