package regexp

import (
	"math/bits"
	"regexp/syntax"
	"unicode/utf8"
)

// onePass finds the groups of matches of an expression in which the next rune always decides how to go on. Such are
// most that people write, once it is known where the match begins and ends. Conditions need not be looked at, since there is a match.
type onePass struct {
	classes *classes
	nodes   []passNode
	edges   []passEdge // by node and class
	nCaps   int
}

// passNode is a place between two runes.
type passNode struct {
	match passEdge // for the end of the match; to is 0 if there is no match
}

// passEdge is a way on from a node.
type passEdge struct {
	to   int32  // one more than the number of the next node; 0 if there is no such way
	caps uint64 // the places of groups that are here
}

const (
	maxPassNodes = 1000
	maxPassEdges = 16 << 10
)

// newOnePass returns nil if the program is not of that kind.
func newOnePass(p *syntax.Prog, t *table) *onePass {
	if p.NumCap > 64 || len(p.Inst) > maxPassNodes {
		return nil
	}
	b := &passBuilder{
		onePass: onePass{classes: t.classes, nCaps: p.NumCap},
		table:   t,
		numbers: make([]int32, len(p.Inst)),
		visited: make([]int32, len(p.Inst)),
	}
	b.node(uint32(p.Start))
	for n := 0; n < len(b.pcs); n++ {
		if len(b.edges) > maxPassEdges || !b.build(int32(n)) {
			return nil
		}
	}
	return &b.onePass
}

type passBuilder struct {
	onePass
	table   *table
	numbers []int32 // by instruction: one more than the number of the node that begins there
	pcs     []uint32
	visited []int32 // by instruction: one more than the number of the last node whose ways led there
}

// node returns one more than the number of the node that begins at pc.
func (b *passBuilder) node(pc uint32) int32 {
	if b.numbers[pc] == 0 {
		b.pcs = append(b.pcs, pc)
		b.numbers[pc] = int32(len(b.pcs))
		b.nodes = append(b.nodes, passNode{})
		for range b.classes.n {
			b.edges = append(b.edges, passEdge{})
		}
	}
	return b.numbers[pc]
}

// build finds the ways on from a node. It reports whether there is never a choice.
func (b *passBuilder) build(n int32) bool {
	type way struct {
		pc   uint32
		caps uint64
	}
	stack := []way{{b.pcs[n], 0}}
	for len(stack) > 0 {
		w := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		i := &b.table.prog.Inst[w.pc]
		if i.Op == syntax.InstFail {
			continue
		}
		if b.visited[w.pc] == n+1 {
			return false // two ways to the same place
		}
		b.visited[w.pc] = n + 1
		switch i.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			stack = append(stack, way{i.Arg, w.caps}, way{i.Out, w.caps})
		case syntax.InstNop, syntax.InstEmptyWidth:
			stack = append(stack, way{i.Out, w.caps})
		case syntax.InstCapture:
			stack = append(stack, way{i.Out, w.caps | 1<<i.Arg})
		case syntax.InstMatch:
			if b.nodes[n].match.to != 0 {
				return false
			}
			b.nodes[n].match = passEdge{to: 1, caps: w.caps}
		default:
			to := b.node(i.Out)
			for class, has := range b.classes.has[b.table.sets[w.pc]] {
				if !has {
					continue
				}
				e := &b.edges[int(n)*b.classes.n+class]
				if e.to != 0 {
					return false
				}
				*e = passEdge{to: to, caps: w.caps}
			}
		}
	}
	return true
}

// groups appends the places of the groups in the match s[from:to] to dst.
func (o *onePass) groups(s string, from, to int, dst []int) []int {
	base := len(dst)
	dst = append(dst, from, to)
	for k := 2; k < o.nCaps; k++ {
		dst = append(dst, -1)
	}
	m := dst[base:]
	n := 0
	for pos := from; pos < to; {
		var class uint16
		w := 1
		if c := s[pos]; c < utf8.RuneSelf {
			class = o.classes.ascii[c]
		} else {
			var r rune
			r, w = utf8.DecodeRuneInString(s[pos:])
			class = o.classes.find(r)
		}
		e := &o.edges[n*o.classes.n+int(class)]
		for c := e.caps; c != 0; c &= c - 1 {
			m[bits.TrailingZeros64(c)] = pos
		}
		n = int(e.to) - 1
		if n < 0 {
			return dst // cannot be
		}
		pos += w
	}
	for c := o.nodes[n].match.caps; c != 0; c &= c - 1 {
		m[bits.TrailingZeros64(c)] = to
	}
	return dst
}
