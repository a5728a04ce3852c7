package syntax

import "slices"

// Simplify returns an expression that matches the same as re and has no counted
// repetition; neither has it repetitions of repetitions, such as (?:a+)+.  Groups may
// occur more than once or not at all in it: /(x){1,2}/ becomes /(x)(x)?/ with both
// as $1, so that parsing its text would not give the same tree.  It may
// share nodes with re, or be re.
func (re *Regexp) Simplify() *Regexp {
	if re == nil {
		return nil
	}
	switch re.Op {
	case OpCapture, OpConcat, OpAlternate:
		for i, sub := range re.Sub {
			s := sub.Simplify()
			if s == sub {
				continue
			}
			// The node itself must not change.
			copied := *re
			copied.setSub(slices.Clone(re.Sub)...)
			copied.Sub[i] = s
			for j := i + 1; j < len(re.Sub); j++ {
				copied.Sub[j] = re.Sub[j].Simplify()
			}
			if re.Op != OpCapture {
				copied.Rune = nil
			}
			return &copied
		}
	case OpStar, OpPlus, OpQuest:
		return quantified(re.Op, re.Flags, re.Sub[0].Simplify(), re)
	case OpRepeat:
		return re.expand()
	}
	return re
}

// expand writes a counted repetition out.
func (re *Regexp) expand() *Regexp {
	if re.Min == 0 && re.Max == 0 {
		return &Regexp{Op: OpEmptyMatch}
	}
	sub := re.Sub[0].Simplify()
	if re.Max == -1 {
		switch re.Min {
		case 0:
			return quantified(OpStar, re.Flags, sub, nil)
		case 1:
			return quantified(OpPlus, re.Flags, sub, nil)
		}
		list := slices.Repeat([]*Regexp{sub}, re.Min)
		list[re.Min-1] = quantified(OpPlus, re.Flags, sub, nil)
		return newRegexp(OpConcat, 0, list...)
	}
	if re.Min == 1 && re.Max == 1 {
		return sub
	}
	list := slices.Repeat([]*Regexp{sub}, max(re.Min, 0))
	if re.Max > re.Min {
		// Nested, x(x(x)?)? and not x?x?x?, so that one that does not match ends them all.
		tail := quantified(OpQuest, re.Flags, sub, nil)
		for range re.Max - re.Min - 1 {
			tail = quantified(OpQuest, re.Flags, newRegexp(OpConcat, 0, sub, tail), nil)
		}
		if len(list) == 0 {
			return tail
		}
		list = append(list, tail)
	}
	if len(list) == 0 {
		return &Regexp{Op: OpNoMatch} // a count that the parser would have refused
	}
	return newRegexp(OpConcat, 0, list...)
}

// quantified returns sub with op, one of * + ?. It returns old if that is the same.
func quantified(op Op, flags Flags, sub, old *Regexp) *Regexp {
	if sub.Op == OpEmptyMatch {
		return sub // many times nothing
	}
	if op == sub.Op && flags&NonGreedy == sub.Flags&NonGreedy {
		return sub
	}
	if old != nil && old.Op == op && old.Flags&NonGreedy == flags&NonGreedy && old.Sub[0] == sub {
		return old
	}
	return newRegexp(op, flags, sub)
}
