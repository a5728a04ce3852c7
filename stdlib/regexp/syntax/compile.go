package syntax

import "unicode"

// Compile makes a program of re, which should be simplified, by [Regexp.Simplify].
func Compile(re *Regexp) (*Prog, error) {
	c := compiler{prog: &Prog{NumCap: 2}} // the match as a whole is group 0, which no instruction records
	c.emit(Inst{Op: InstFail})            // 0 is the place that nothing goes to
	f := c.compile(re)
	c.link(f.outs, c.emit(Inst{Op: InstMatch}))
	c.prog.Start = int(f.start)
	return c.prog, nil
}

type compiler struct {
	prog *Prog
}

// piece is a part of a program that is not linked to what follows it.
type piece struct {
	start uint32 // 0 if it cannot match
	outs  outs
	empty bool // it may match the empty string
}

// outs is a list of the fields that are to get the address of what follows a piece. An entry is twice the number
// of an instruction, plus one if the field is Arg and not Out; each field has the next entry in it until it is
// linked. This way lists of any length are joined at once.
type outs struct {
	first, last uint32
}

func outOf(pc uint32) outs { return outs{pc << 1, pc << 1} }
func argOf(pc uint32) outs { return outs{pc<<1 | 1, pc<<1 | 1} }

func (c *compiler) field(entry uint32) *uint32 {
	i := &c.prog.Inst[entry>>1]
	if entry&1 != 0 {
		return &i.Arg
	}
	return &i.Out
}

func (c *compiler) link(o outs, to uint32) {
	for e := o.first; e != 0; {
		f := c.field(e)
		e, *f = *f, to
	}
}

func (c *compiler) join(a, b outs) outs {
	if a.first == 0 {
		return b
	}
	if b.first == 0 {
		return a
	}
	*c.field(a.last) = b.first
	return outs{a.first, b.last}
}

func (c *compiler) emit(i Inst) uint32 {
	c.prog.Inst = append(c.prog.Inst, i)
	return uint32(len(c.prog.Inst) - 1)
}

// step emits an instruction that has one way out and takes no rune.
func (c *compiler) step(op InstOp, arg uint32) piece {
	pc := c.emit(Inst{Op: op, Arg: arg})
	return piece{pc, outOf(pc), true}
}

// take emits the instruction for a class or, with one rune, for that rune.
func (c *compiler) take(set []rune, flags Flags) piece {
	i := Inst{Op: InstRune, Rune: set}
	if flags&FoldCase != 0 && len(set) == 1 && unicode.SimpleFold(set[0]) != set[0] {
		i.Arg = uint32(FoldCase)
	}
	switch {
	case i.Arg == 0 && (len(set) == 1 || len(set) == 2 && set[0] == set[1]):
		i.Op = InstRune1
	case len(set) == 2 && set[0] == 0 && set[1] == unicode.MaxRune:
		i.Op = InstRuneAny
	case len(set) == 4 && set[0] == 0 && set[1] == '\n'-1 && set[2] == '\n'+1 && set[3] == unicode.MaxRune:
		i.Op = InstRuneAnyNotNL
	}
	pc := c.emit(i)
	return piece{pc, outOf(pc), false}
}

func (c *compiler) concat(a, b piece) piece {
	if a.start == 0 || b.start == 0 {
		return piece{}
	}
	c.link(a.outs, b.start)
	return piece{a.start, b.outs, a.empty && b.empty}
}

func (c *compiler) either(a, b piece) piece {
	if a.start == 0 {
		return b
	}
	if b.start == 0 {
		return a
	}
	pc := c.emit(Inst{Op: InstAlt, Out: a.start, Arg: b.start})
	return piece{pc, c.join(a.outs, b.outs), a.empty || b.empty}
}

// branch emits a choice between a piece and going on, and returns the way that goes on.
func (c *compiler) branch(f piece, lazy bool) (pc uint32, on outs) {
	pc = c.emit(Inst{Op: InstAlt})
	if lazy {
		c.prog.Inst[pc].Arg = f.start
		return pc, outOf(pc)
	}
	c.prog.Inst[pc].Out = f.start
	return pc, argOf(pc)
}

func (c *compiler) quest(f piece, lazy bool) piece {
	pc, on := c.branch(f, lazy)
	return piece{pc, c.join(on, f.outs), true}
}

func (c *compiler) plus(f piece, lazy bool) piece {
	pc, on := c.branch(f, lazy)
	c.link(f.outs, pc)
	return piece{f.start, on, f.empty}
}

func (c *compiler) star(f piece, lazy bool) piece {
	if f.empty {
		// If f can be empty, the loop's own branch would be reached from inside f before f's later choices were tried, and
		// they would come in the wrong order. (f+)? has them right.
		return c.quest(c.plus(f, lazy), lazy)
	}
	pc, on := c.branch(f, lazy)
	c.link(f.outs, pc)
	return piece{pc, on, true}
}

func (c *compiler) compile(re *Regexp) piece {
	lazy := re.Flags&NonGreedy != 0
	switch re.Op {
	case OpNoMatch:
		return piece{}
	case OpEmptyMatch:
		return c.step(InstNop, 0)
	case OpLiteral:
		if len(re.Rune) == 0 {
			return c.step(InstNop, 0)
		}
		f := c.take(re.Rune[:1:1], re.Flags)
		for k := 1; k < len(re.Rune); k++ {
			f = c.concat(f, c.take(re.Rune[k:k+1:k+1], re.Flags))
		}
		return f
	case OpCharClass:
		return c.take(re.Rune, re.Flags)
	case OpAnyCharNotNL:
		return c.take([]rune{0, '\n' - 1, '\n' + 1, unicode.MaxRune}, 0)
	case OpAnyChar:
		return c.take([]rune{0, unicode.MaxRune}, 0)
	case OpBeginLine:
		return c.step(InstEmptyWidth, uint32(EmptyBeginLine))
	case OpEndLine:
		return c.step(InstEmptyWidth, uint32(EmptyEndLine))
	case OpBeginText:
		return c.step(InstEmptyWidth, uint32(EmptyBeginText))
	case OpEndText:
		return c.step(InstEmptyWidth, uint32(EmptyEndText))
	case OpWordBoundary:
		return c.step(InstEmptyWidth, uint32(EmptyWordBoundary))
	case OpNoWordBoundary:
		return c.step(InstEmptyWidth, uint32(EmptyNoWordBoundary))
	case OpCapture:
		place := uint32(re.Cap) << 1
		c.prog.NumCap = max(c.prog.NumCap, int(place)+2)
		open := c.step(InstCapture, place)
		body := c.compile(re.Sub[0])
		shut := c.step(InstCapture, place|1)
		return c.concat(c.concat(open, body), shut)
	case OpStar:
		return c.star(c.compile(re.Sub[0]), lazy)
	case OpPlus:
		return c.plus(c.compile(re.Sub[0]), lazy)
	case OpQuest:
		return c.quest(c.compile(re.Sub[0]), lazy)
	case OpConcat:
		if len(re.Sub) == 0 {
			return c.step(InstNop, 0)
		}
		f := c.compile(re.Sub[0])
		for _, sub := range re.Sub[1:] {
			f = c.concat(f, c.compile(sub))
		}
		return f
	case OpAlternate:
		var f piece
		for _, sub := range re.Sub {
			f = c.either(f, c.compile(sub))
		}
		return f
	}
	panic("regexp: unhandled case in compile")
}
