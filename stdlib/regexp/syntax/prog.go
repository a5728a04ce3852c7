package syntax

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Prog is a compiled expression.
type Prog struct {
	Inst   []Inst
	Start  int // where to begin
	NumCap int // number of places that InstCapture may record
}

// An InstOp says what an instruction does.
type InstOp uint8

const (
	InstAlt InstOp = iota
	InstAltMatch
	InstCapture
	InstEmptyWidth
	InstMatch
	InstFail
	InstNop
	InstRune
	InstRune1
	InstRuneAny
	InstRuneAnyNotNL
)

var instNames = [...]string{
	"InstAlt", "InstAltMatch", "InstCapture", "InstEmptyWidth", "InstMatch", "InstFail", "InstNop", "InstRune",
	"InstRune1", "InstRuneAny", "InstRuneAnyNotNL",
}

func (i InstOp) String() string {
	if int(i) >= len(instNames) {
		return ""
	}
	return instNames[i]
}

// An EmptyOp is a set of conditions on a place between runes.
type EmptyOp uint8

const (
	EmptyBeginLine EmptyOp = 1 << iota
	EmptyEndLine
	EmptyBeginText
	EmptyEndText
	EmptyWordBoundary
	EmptyNoWordBoundary
)

// EmptyOpContext returns the conditions that hold between r1 and r2.  An r1 of -1 stands
// for the beginning of the text, an r2 of -1 for its end.
func EmptyOpContext(r1, r2 rune) EmptyOp {
	var op EmptyOp
	if r1 < 0 {
		op |= EmptyBeginText | EmptyBeginLine
	} else if r1 == '\n' {
		op |= EmptyBeginLine
	}
	if r2 < 0 {
		op |= EmptyEndText | EmptyEndLine
	} else if r2 == '\n' {
		op |= EmptyEndLine
	}
	if IsWordChar(r1) != IsWordChar(r2) {
		return op | EmptyWordBoundary
	}
	return op | EmptyNoWordBoundary
}

// IsWordChar reports whether r is a word character for \b and \B: one of [A-Za-z0-9_].
func IsWordChar(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_'
}

// An Inst is an instruction of a program.
type Inst struct {
	Op   InstOp
	Out  uint32 // the next one, but for InstMatch and InstFail
	Arg  uint32 // of InstAlt and InstAltMatch, the other next one; of InstCapture, the place; of InstEmptyWidth, the conditions
	Rune []rune
}

// consumes reports whether the instruction takes a rune.
func (op InstOp) consumes() bool { return InstRune <= op && op <= InstRuneAnyNotNL }

// MatchRune reports whether i takes r.  Only for instructions that take one.
func (i *Inst) MatchRune(r rune) bool { return i.MatchRunePos(r) >= 0 }

// MatchRunePos returns which of i's ranges of runes r is in, or -1; if there is just one
// rune, not a range, 0 for that one.
func (i *Inst) MatchRunePos(r rune) int {
	set := i.Rune
	switch len(set) {
	case 0:
		return -1
	case 1:
		if r == set[0] {
			return 0
		}
		if Flags(i.Arg)&FoldCase != 0 {
			for f := unicode.SimpleFold(set[0]); f != set[0]; f = unicode.SimpleFold(f) {
				if r == f {
					return 0
				}
			}
		}
		return -1
	case 2, 4, 6, 8:
		// Too few for halving to pay.
		for k := 0; k < len(set) && set[k] <= r; k += 2 {
			if r <= set[k+1] {
				return k / 2
			}
		}
		return -1
	}
	lo, hi := 0, len(set)/2
	for lo < hi {
		m := int(uint(lo+hi) / 2)
		switch {
		case r < set[2*m]:
			hi = m
		case set[2*m+1] < r:
			lo = m + 1
		default:
			return m
		}
	}
	return -1
}

// MatchEmptyWidth reports whether i's condition holds between before and after.  Only for
// InstEmptyWidth.
func (i *Inst) MatchEmptyWidth(before rune, after rune) bool {
	switch EmptyOp(i.Arg) {
	case EmptyBeginLine:
		return before == '\n' || before == -1
	case EmptyEndLine:
		return after == '\n' || after == -1
	case EmptyBeginText:
		return before == -1
	case EmptyEndText:
		return after == -1
	case EmptyWordBoundary:
		return IsWordChar(before) != IsWordChar(after)
	case EmptyNoWordBoundary:
		return IsWordChar(before) == IsWordChar(after)
	}
	panic("unknown empty width arg")
}

// skip returns the first instruction from pc on that is not one to pass by.
func (p *Prog) skip(pc uint32) *Inst {
	i := &p.Inst[pc]
	for i.Op == InstNop || i.Op == InstCapture {
		i = &p.Inst[i.Out]
	}
	return i
}

// Prefix returns what every match begins with.  complete is true if that is all of
// the match.
func (p *Prog) Prefix() (prefix string, complete bool) {
	var b strings.Builder
	i := p.skip(uint32(p.Start))
	// A match of U+FFFD may be of other bytes than its encoding.
	for i.Op.consumes() && len(i.Rune) == 1 && Flags(i.Arg)&FoldCase == 0 && i.Rune[0] != utf8.RuneError {
		b.WriteRune(i.Rune[0])
		i = p.skip(i.Out)
	}
	return b.String(), i.Op == InstMatch
}

// StartCond returns conditions that hold where a match begins; all of them, ^EmptyOp(0), if there
// cannot be one.
func (p *Prog) StartCond() EmptyOp {
	var cond EmptyOp
	for i := p.skip(uint32(p.Start)); ; i = p.skip(i.Out) {
		switch i.Op {
		case InstEmptyWidth:
			cond |= EmptyOp(i.Arg)
		case InstFail:
			return ^EmptyOp(0)
		default:
			return cond
		}
	}
}

func (p *Prog) String() string {
	var b strings.Builder
	for pc := range p.Inst {
		n := strconv.Itoa(pc)
		for k := len(n); k < 3; k++ {
			b.WriteByte(' ')
		}
		b.WriteString(n)
		if pc == p.Start {
			b.WriteByte('*')
		}
		b.WriteByte('\t')
		b.WriteString(p.Inst[pc].String())
		b.WriteByte('\n')
	}
	return b.String()
}

func (i *Inst) String() string {
	num := func(n uint32) string { return strconv.FormatUint(uint64(n), 10) }
	to := " -> " + num(i.Out)
	switch i.Op {
	case InstAlt:
		return "alt" + to + ", " + num(i.Arg)
	case InstAltMatch:
		return "altmatch" + to + ", " + num(i.Arg)
	case InstCapture:
		return "cap " + num(i.Arg) + to
	case InstEmptyWidth:
		return "empty " + num(i.Arg) + to
	case InstMatch:
		return "match"
	case InstFail:
		return "fail"
	case InstNop:
		return "nop" + to
	case InstRune:
		if i.Rune == nil {
			return "rune <nil>"
		}
		s := "rune " + strconv.QuoteToASCII(string(i.Rune))
		if Flags(i.Arg)&FoldCase != 0 {
			s += "/i"
		}
		return s + to
	case InstRune1:
		return "rune1 " + strconv.QuoteToASCII(string(i.Rune)) + to
	case InstRuneAny:
		return "any" + to
	case InstRuneAnyNotNL:
		return "anynotnl" + to
	}
	return ""
}
