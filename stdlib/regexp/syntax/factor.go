package syntax

import (
	"slices"
	"unicode"
)

// isOneRune reports whether re matches exactly one rune.
func isOneRune(re *Regexp) bool {
	switch re.Op {
	case OpLiteral:
		return len(re.Rune) == 1
	case OpCharClass, OpAnyCharNotNL, OpAnyChar:
		return true
	}
	return false
}

// mergeClass makes into match what re matches, too. Both match one rune, and into's operator is not below re's.
func mergeClass(into, re *Regexp) {
	switch into.Op {
	case OpAnyCharNotNL:
		if matchesNewline(re) {
			into.Op = OpAnyChar
		}
	case OpCharClass:
		if re.Op == OpLiteral {
			into.Rune = addLiteral(into.Rune, re.Rune[0], re.Flags)
		} else {
			into.Rune = addClass(into.Rune, re.Rune)
		}
	case OpLiteral:
		if into.Rune[0] == re.Rune[0] && into.Flags == re.Flags {
			return
		}
		into.Op = OpCharClass
		class := addLiteral(nil, into.Rune[0], into.Flags)
		into.Rune = addLiteral(class, re.Rune[0], re.Flags)
	}
}

func matchesNewline(re *Regexp) bool {
	switch re.Op {
	case OpLiteral:
		return re.Rune[0] == '\n'
	case OpCharClass:
		for i := 0; i < len(re.Rune); i += 2 {
			if re.Rune[i] <= '\n' && '\n' <= re.Rune[i+1] {
				return true
			}
		}
		return false
	}
	return re.Op == OpAnyChar
}

// cleanAlternative cleans an alternative that is a class, to which others may have been added.
func cleanAlternative(re *Regexp) {
	if re.Op != OpCharClass {
		return
	}
	re.Rune = clean(re.Rune)
	switch {
	case slices.Equal(re.Rune, []rune{0, unicode.MaxRune}):
		re.Rune, re.Op = nil, OpAnyChar
	case slices.Equal(re.Rune, []rune{0, '\n' - 1, '\n' + 1, unicode.MaxRune}):
		re.Rune, re.Op = nil, OpAnyCharNotNL
	}
}

// factor takes common beginnings out of alternatives that follow one another: ABC|ABD|AEF becomes A(?:B[C-D]|EF).
func (p *parser) factor(alts []*Regexp) []*Regexp {
	if len(alts) < 2 {
		return alts
	}
	alts = p.factorText(alts)
	alts = p.factorNode(alts)
	alts = factorClasses(alts)
	// One of several empty ones in a row will do.
	return slices.CompactFunc(alts, func(a, b *Regexp) bool { return a.Op == OpEmptyMatch && b.Op == OpEmptyMatch })
}

// factorText factors literals.
func (p *parser) factorText(alts []*Regexp) []*Regexp {
	var (
		out    []*Regexp
		start  int // alts[start:i] begin with common
		common []rune
		flags  Flags
	)
	for i := 0; i <= len(alts); i++ {
		var text []rune
		var textFlags Flags
		if i < len(alts) {
			text, textFlags = leadingText(alts[i])
			if textFlags == flags {
				n := 0
				for n < len(common) && n < len(text) && common[n] == text[n] {
					n++
				}
				if n > 0 {
					common = common[:n]
					continue
				}
			}
		}
		switch i - start {
		case 0:
		case 1:
			out = append(out, alts[start])
		default:
			prefix := &Regexp{Op: OpLiteral, Flags: flags, Rune: slices.Clone(common)}
			for j := start; j < i; j++ {
				alts[j] = dropText(alts[j], len(common))
				p.check(alts[j])
			}
			out = append(out, p.factored(prefix, alts[start:i]))
		}
		start, common, flags = i, text, textFlags
	}
	return out
}

// factored returns prefix followed by one of alts.
func (p *parser) factored(prefix *Regexp, alts []*Regexp) *Regexp {
	rest := p.collapse(alts, OpAlternate)
	p.nodes++
	return newRegexp(OpConcat, 0, prefix, rest)
}

// leadingText returns the literal that re begins with.
func leadingText(re *Regexp) ([]rune, Flags) {
	if re.Op == OpConcat && len(re.Sub) > 0 {
		re = re.Sub[0]
	}
	if re.Op != OpLiteral {
		return nil, 0
	}
	return re.Rune, re.Flags & FoldCase
}

// dropText returns re without the first n runes of the literal it begins with.
func dropText(re *Regexp, n int) *Regexp {
	if re.Op == OpConcat && len(re.Sub) > 0 {
		first := dropText(re.Sub[0], n)
		re.Sub[0] = first
		if first.Op == OpEmptyMatch {
			return dropFirst(re)
		}
		return re
	}
	if re.Op == OpLiteral {
		re.Rune = re.Rune[n:]
		if len(re.Rune) == 0 {
			re.Op = OpEmptyMatch
		}
	}
	return re
}

// dropFirst removes the first operand of an OpConcat.
func dropFirst(re *Regexp) *Regexp {
	switch len(re.Sub) {
	case 0, 1:
		return &Regexp{Op: OpEmptyMatch}
	case 2:
		return re.Sub[1]
	}
	re.setSub(re.Sub[1:]...)
	return re
}

// factorNode factors simple nodes: those that match one rune, or a fixed number of runes out of one class. With
// others the order of preference between matches could change.
func (p *parser) factorNode(alts []*Regexp) []*Regexp {
	var (
		out    []*Regexp
		start  int
		common *Regexp
	)
	for i := 0; i <= len(alts); i++ {
		var first *Regexp
		if i < len(alts) {
			first = leadingNode(alts[i])
			if common != nil && common.Equal(first) &&
				(isOneRune(common) || common.Op == OpRepeat && common.Min == common.Max && isOneRune(common.Sub[0])) {
				continue
			}
		}
		switch i - start {
		case 0:
		case 1:
			out = append(out, alts[start])
		default:
			for j := start; j < i; j++ {
				alts[j] = dropNode(alts[j])
				p.check(alts[j])
			}
			out = append(out, p.factored(common, alts[start:i]))
		}
		start, common = i, first
	}
	return out
}

// leadingNode returns what re begins with, or nil.
func leadingNode(re *Regexp) *Regexp {
	if re.Op == OpConcat && len(re.Sub) > 0 {
		re = re.Sub[0]
	}
	if re.Op == OpEmptyMatch {
		return nil
	}
	return re
}

func dropNode(re *Regexp) *Regexp {
	if re.Op == OpConcat && len(re.Sub) > 0 {
		return dropFirst(re)
	}
	return &Regexp{Op: OpEmptyMatch}
}

// factorClasses makes one class of alternatives in a row that match one rune each.
func factorClasses(alts []*Regexp) []*Regexp {
	var out []*Regexp
	start := 0
	for i := 0; i <= len(alts); i++ {
		if i < len(alts) && isOneRune(alts[i]) {
			continue
		}
		switch i - start {
		case 0:
		case 1:
			out = append(out, alts[start])
		default:
			// The others are merged into the one with the highest operator.
			top := start
			for j := start + 1; j < i; j++ {
				a, b := alts[top], alts[j]
				if a.Op < b.Op || a.Op == b.Op && len(a.Rune) < len(b.Rune) {
					top = j
				}
			}
			alts[start], alts[top] = alts[top], alts[start]
			for j := start + 1; j < i; j++ {
				mergeClass(alts[start], alts[j])
			}
			cleanAlternative(alts[start])
			out = append(out, alts[start])
		}
		if i < len(alts) {
			out = append(out, alts[i])
		}
		start = i + 1
	}
	return out
}
