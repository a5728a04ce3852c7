package regexp

import (
	"regexp/syntax"
	"slices"
	"unicode"
	"unicode/utf8"
)

// classes divides the runes into classes, so that no instruction and no condition of a program tells two runes of
// one class apart. An automaton has one transition for a class.
type classes struct {
	n      int // number of classes
	ascii  [utf8.RuneSelf]uint16
	starts []rune // of ranges that are in one class
	ids    []uint16
	kinds  []kind // of each class

	sets []([]rune)
	has  [][]bool // by set and class
}

// kind is what conditions know about a rune.
type kind uint8

const (
	edge    kind = iota // no rune
	newline             // \n
	word                // [0-9A-Za-z_]
	other
	nKinds
)

// maxClassWork limits the product of ranges and sets, so that no expression takes long to prepare.
const maxClassWork = 1 << 20

// newClasses returns the classes for p, or nil if that would be too much.
func newClasses(p *syntax.Prog) *classes {
	c := &classes{}
	var conds syntax.EmptyOp
	bounds := []rune{0}
	known := map[string]bool{}
	for pc := range p.Inst {
		i := &p.Inst[pc]
		if i.Op == syntax.InstEmptyWidth {
			conds |= syntax.EmptyOp(i.Arg)
			continue
		}
		set := runesOf(i)
		if set == nil {
			continue
		}
		if key := setKey(set); !known[key] {
			known[key] = true
			c.sets = append(c.sets, set)
			for k := 0; k < len(set); k += 2 {
				bounds = append(bounds, set[k], set[k+1]+1)
			}
		}
	}
	lines := conds&(syntax.EmptyBeginLine|syntax.EmptyEndLine) != 0
	words := conds&(syntax.EmptyWordBoundary|syntax.EmptyNoWordBoundary) != 0
	if lines {
		bounds = append(bounds, '\n', '\n'+1)
	}
	if words {
		bounds = append(bounds, '0', '9'+1, 'A', 'Z'+1, '_', '_'+1, 'a', 'z'+1)
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	for bounds[len(bounds)-1] > unicode.MaxRune {
		bounds = bounds[:len(bounds)-1]
	}
	if len(bounds)*(len(c.sets)+1) > maxClassWork {
		return nil
	}

	// Ranges with the same signature, which says what kind they are and in which sets, are in the same class.
	ids := map[string]uint16{}
	signature := make([]byte, len(c.sets)+1)
	next := make([]int, len(c.sets)) // where in each set the ranges before are done
	c.has = make([][]bool, len(c.sets))
	for _, r := range bounds {
		k := other
		if lines && r == '\n' {
			k = newline
		} else if words && syntax.IsWordChar(r) {
			k = word
		}
		signature[0] = byte(k)
		for n, set := range c.sets {
			for next[n] < len(set) && set[next[n]+1] < r {
				next[n] += 2
			}
			signature[n+1] = 0
			if next[n] < len(set) && set[next[n]] <= r {
				signature[n+1] = 1
			}
		}
		id, ok := ids[string(signature)]
		if !ok {
			id = uint16(c.n)
			ids[string(signature)] = id
			c.n++
			c.kinds = append(c.kinds, k)
			for n := range c.sets {
				c.has[n] = append(c.has[n], signature[n+1] == 1)
			}
		}
		if last := len(c.ids) - 1; last >= 0 && c.ids[last] == id {
			continue
		}
		c.starts = append(c.starts, r)
		c.ids = append(c.ids, id)
	}
	for r := range c.ascii {
		c.ascii[r] = c.find(rune(r))
	}
	return c
}

func setKey(set []rune) string { return string(set) }

// runesOf returns the ranges of runes that i takes, or nil if it is not an instruction for runes.
func runesOf(i *syntax.Inst) []rune {
	switch i.Op {
	case syntax.InstRune1:
		return []rune{i.Rune[0], i.Rune[0]}
	case syntax.InstRuneAny:
		return []rune{0, unicode.MaxRune}
	case syntax.InstRuneAnyNotNL:
		return []rune{0, '\n' - 1, '\n' + 1, unicode.MaxRune}
	case syntax.InstRune:
		if len(i.Rune) != 1 {
			return append([]rune{}, i.Rune...)
		}
		r := i.Rune[0]
		set := []rune{r}
		if syntax.Flags(i.Arg)&syntax.FoldCase != 0 {
			for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
				set = append(set, f)
			}
		}
		slices.Sort(set)
		var pairs []rune
		for _, r := range set {
			pairs = append(pairs, r, r)
		}
		return pairs
	}
	return nil
}

// find returns the class of r.
func (c *classes) find(r rune) uint16 {
	lo, hi := 0, len(c.starts)
	for hi-lo > 1 {
		m := int(uint(lo+hi) / 2)
		if c.starts[m] <= r {
			lo = m
		} else {
			hi = m
		}
	}
	return c.ids[lo]
}

// kindOf returns the kind of r as far as a program with these classes cares.
func (c *classes) kindOf(r rune) kind {
	if r == none {
		return edge
	}
	return c.kinds[c.find(r)]
}
