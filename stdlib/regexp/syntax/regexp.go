package syntax

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A Regexp is a node of the tree of an expression.
type Regexp struct {
	Op       Op // operator
	Flags    Flags
	Sub      []*Regexp  // operands
	Sub0     [1]*Regexp // room for a Sub of one
	Rune     []rune     // of OpLiteral: the text; of OpCharClass: pairs of first and last
	Rune0    [2]rune    // room for a short Rune
	Min, Max int        // of OpRepeat; Max is -1 if there is no limit
	Cap      int        // of OpCapture: its number
	Name     string     // of OpCapture: its name, or empty
}

// An Op is an operator of an expression.
type Op uint8

const (
	OpNoMatch        Op = 1 + iota // matches nothing
	OpEmptyMatch                   // matches the empty string
	OpLiteral                      // matches the runes of Rune
	OpCharClass                    // matches one rune out of the pairs in Rune
	OpAnyCharNotNL                 // matches any rune but \n
	OpAnyChar                      // matches any rune
	OpBeginLine                    // matches at the beginning of a line
	OpEndLine                      // matches at the end of a line
	OpBeginText                    // matches at the beginning of the text
	OpEndText                      // matches at the end of the text
	OpWordBoundary                 // matches at \b
	OpNoWordBoundary               // matches at \B
	OpCapture                      // group number Cap, named Name if that is not empty
	OpStar                         // Sub[0] any number of times
	OpPlus                         // Sub[0] at least once
	OpQuest                        // Sub[0] at most once
	OpRepeat                       // Sub[0] Min to Max times
	OpConcat                       // Sub one after another
	OpAlternate                    // one of Sub
)

// opNames has the operators' names, from OpNoMatch on.
var opNames = [...]string{
	"NoMatch", "EmptyMatch", "Literal", "CharClass", "AnyCharNotNL", "AnyChar", "BeginLine", "EndLine", "BeginText",
	"EndText", "WordBoundary", "NoWordBoundary", "Capture", "Star", "Plus", "Quest", "Repeat", "Concat", "Alternate",
}

func (i Op) String() string {
	switch {
	case OpNoMatch <= i && i <= OpAlternate:
		return opNames[i-OpNoMatch]
	case i == 128:
		return "opPseudo" // the mark from which on numbers are free for a parser's own use
	}
	return "Op(" + strconv.Itoa(int(i)) + ")"
}

// newRegexp returns a node with the given operands.
func newRegexp(op Op, flags Flags, sub ...*Regexp) *Regexp {
	re := &Regexp{Op: op, Flags: flags}
	re.setSub(sub...)
	return re
}

func (re *Regexp) setSub(sub ...*Regexp) {
	if len(sub) == 1 {
		re.Sub0[0] = sub[0]
		re.Sub = re.Sub0[:]
		return
	}
	re.Sub = sub
}

// Equal reports whether x and y are the same tree.
func (x *Regexp) Equal(y *Regexp) bool {
	if x == nil || y == nil {
		return x == y
	}
	if x.Op != y.Op {
		return false
	}
	switch x.Op {
	case OpEndText:
		// $ and \z differ only by this flag.
		return x.Flags&WasDollar == y.Flags&WasDollar
	case OpLiteral, OpCharClass:
		return x.Flags&FoldCase == y.Flags&FoldCase && slices.Equal(x.Rune, y.Rune)
	case OpStar, OpPlus, OpQuest:
		return x.Flags&NonGreedy == y.Flags&NonGreedy && x.Sub[0].Equal(y.Sub[0])
	case OpRepeat:
		return x.Flags&NonGreedy == y.Flags&NonGreedy && x.Min == y.Min && x.Max == y.Max && x.Sub[0].Equal(y.Sub[0])
	case OpCapture:
		return x.Cap == y.Cap && x.Name == y.Name && x.Sub[0].Equal(y.Sub[0])
	case OpConcat, OpAlternate:
		return slices.EqualFunc(x.Sub, y.Sub, (*Regexp).Equal)
	}
	return true
}

// MaxCap returns the highest number of a group in re.
func (re *Regexp) MaxCap() int {
	n := 0
	if re.Op == OpCapture {
		n = re.Cap
	}
	for _, sub := range re.Sub {
		n = max(n, sub.MaxCap())
	}
	return n
}

// CapNames returns the names of the groups in re, by their numbers.
func (re *Regexp) CapNames() []string {
	names := make([]string, re.MaxCap()+1)
	re.capNames(names)
	return names
}

func (re *Regexp) capNames(names []string) {
	if re.Op == OpCapture {
		names[re.Cap] = re.Name
	}
	for _, sub := range re.Sub {
		sub.capNames(names)
	}
}

// shown is what is written around a node when an expression is printed.
type shown struct {
	on, off flagSet // open a group that turns these flags on and off
	group   bool    // open a group for the sake of precedence
	close   bool    // close the group of on and off after the node; it may have been opened at an earlier one
}

// flagSet is a set of the flags i, m and s.
type flagSet uint8

const (
	flagI flagSet = 1 << iota
	flagM
	flagS
)

func (f flagSet) String() string {
	s := ""
	if f&flagI != 0 {
		s += "i"
	}
	if f&flagM != 0 {
		s += "m"
	}
	if f&flagS != 0 {
		s += "s"
	}
	return s
}

// printer prints expressions with as few groups for flags as it can.
type printer struct {
	strings.Builder
	marks map[*Regexp]shown // groups for flags inside the expression
}

// String returns an expression for re, with Perl's syntax.
func (re *Regexp) String() string {
	p := printer{marks: map[*Regexp]shown{}}
	var top shown
	must, cannot := p.findFlags(re)
	top.on = must
	// That i is not set need not be said: nothing has it on outside.
	top.off = cannot &^ flagI
	top.close = top.on != 0 || top.off != 0
	p.print(re, top)
	return p.Builder.String()
}

// findFlags returns the flags that must be on where re is printed and those that must be off. Where its operands
// disagree, it says in p.marks which groups to open.
func (p *printer) findFlags(re *Regexp) (must, cannot flagSet) {
	switch re.Op {
	case OpLiteral:
		for _, r := range re.Rune {
			if isFolding(r) {
				if re.Flags&FoldCase != 0 {
					return flagI, 0
				}
				return 0, flagI
			}
		}
	case OpCharClass:
		// With i on, the class would grow unless it has all that fold alike.
		for i := 0; i < len(re.Rune); i += 2 {
			lo, hi := max(firstFolding, re.Rune[i]), min(lastFolding, re.Rune[i+1])
			for r := lo; r <= hi; r++ {
				for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
					if !(lo <= f && f <= hi) && !inClass(re.Rune, f) {
						return 0, flagI
					}
				}
			}
		}
	case OpAnyCharNotNL:
		return 0, flagS
	case OpAnyChar:
		return flagS, 0
	case OpBeginLine, OpEndLine:
		return flagM, 0
	case OpEndText:
		if re.Flags&WasDollar != 0 {
			return 0, flagM
		}
	case OpCapture, OpStar, OpPlus, OpQuest, OpRepeat:
		return p.findFlags(re.Sub[0])
	case OpConcat, OpAlternate:
		return p.findFlagsList(re.Sub)
	}
	return 0, 0
}

// findFlagsList cuts the list of operands, where two in a row disagree, into spans that agree.
func (p *printer) findFlagsList(list []*Regexp) (must, cannot flagSet) {
	var (
		anyCannot flagSet
		first     int // of the current span's operands that need a group
		last      int
		cut       bool
	)
	span := func() {
		if must == 0 {
			return
		}
		m := p.marks[list[first]]
		m.on = must
		p.marks[list[first]] = m
		m = p.marks[list[last]]
		m.close = true
		p.marks[list[last]] = m
	}
	for i, sub := range list {
		subMust, subCannot := p.findFlags(sub)
		if must&subCannot != 0 || cannot&subMust != 0 {
			span()
			must, cannot = 0, 0
			first = i
			cut = true
		}
		must |= subMust
		cannot |= subCannot
		anyCannot |= subCannot
		if subMust != 0 {
			last = i
		}
		if must == 0 && first == i {
			first++
		}
	}
	if !cut {
		return must, cannot
	}
	span()
	return 0, anyCannot
}

func (p *printer) print(re *Regexp, around shown) {
	m := p.marks[re]
	around.on |= m.on
	around.off |= m.off
	around.close = around.close || m.close
	if around.on != 0 || around.off != 0 {
		if around.close {
			around.group = false // that group will do
		}
		p.WriteString("(?")
		p.WriteString(around.on.String())
		if around.off != 0 {
			p.WriteByte('-')
			p.WriteString(around.off.String())
		}
		p.WriteByte(':')
	}
	if around.group {
		p.WriteString("(?:")
	}
	p.printNode(re)
	if around.group {
		p.WriteByte(')')
	}
	if around.close {
		p.WriteByte(')')
	}
}

func (p *printer) printNode(re *Regexp) {
	switch re.Op {
	default:
		p.WriteString("<invalid op" + strconv.Itoa(int(re.Op)) + ">")
	case OpNoMatch:
		p.WriteString(`[^\x00-\x{10FFFF}]`)
	case OpEmptyMatch:
		p.WriteString(`(?:)`)
	case OpLiteral:
		for _, r := range re.Rune {
			p.printRune(r, false)
		}
	case OpCharClass:
		p.printClass(re.Rune)
	case OpAnyCharNotNL, OpAnyChar:
		p.WriteByte('.')
	case OpBeginLine:
		p.WriteByte('^')
	case OpEndLine:
		p.WriteByte('$')
	case OpBeginText:
		p.WriteString(`\A`)
	case OpEndText:
		if re.Flags&WasDollar != 0 {
			p.WriteByte('$')
		} else {
			p.WriteString(`\z`)
		}
	case OpWordBoundary:
		p.WriteString(`\b`)
	case OpNoWordBoundary:
		p.WriteString(`\B`)
	case OpCapture:
		p.WriteByte('(')
		if re.Name != "" {
			p.WriteString("?P<" + re.Name + ">")
		}
		if re.Sub[0].Op != OpEmptyMatch {
			p.print(re.Sub[0], shown{})
		}
		p.WriteByte(')')
	case OpStar, OpPlus, OpQuest, OpRepeat:
		sub := re.Sub[0]
		p.print(sub, shown{group: sub.Op > OpCapture || sub.Op == OpLiteral && len(sub.Rune) > 1})
		switch re.Op {
		case OpStar:
			p.WriteByte('*')
		case OpPlus:
			p.WriteByte('+')
		case OpQuest:
			p.WriteByte('?')
		case OpRepeat:
			p.WriteString("{" + strconv.Itoa(re.Min))
			if re.Max != re.Min {
				p.WriteByte(',')
				if re.Max >= 0 {
					p.WriteString(strconv.Itoa(re.Max))
				}
			}
			p.WriteByte('}')
		}
		if re.Flags&NonGreedy != 0 {
			p.WriteByte('?')
		}
	case OpConcat:
		for _, sub := range re.Sub {
			p.print(sub, shown{group: sub.Op == OpAlternate})
		}
	case OpAlternate:
		for i, sub := range re.Sub {
			if i > 0 {
				p.WriteByte('|')
			}
			p.print(sub, shown{})
		}
	}
}

func (p *printer) printClass(class []rune) {
	if len(class)%2 != 0 {
		p.WriteString(`[invalid char class]`)
		return
	}
	p.WriteByte('[')
	defer p.WriteByte(']')
	n := len(class)
	switch {
	case n == 0:
		p.WriteString(`^\x00-\x{10FFFF}`)
	case class[0] == 0 && class[n-1] == unicode.MaxRune && n > 2:
		// Most likely written as a complement.
		p.WriteByte('^')
		for i := 1; i < n-1; i += 2 {
			p.printRange(class[i]+1, class[i+1]-1)
		}
	default:
		for i := 0; i < n; i += 2 {
			p.printRange(class[i], class[i+1])
		}
	}
}

func (p *printer) printRange(lo, hi rune) {
	p.printRune(lo, lo == '-')
	if lo == hi {
		return
	}
	if hi != lo+1 {
		p.WriteByte('-')
	}
	p.printRune(hi, hi == '-')
}

// printRune prints r so that it stands for itself; with a backslash in any case if force is set.
func (p *printer) printRune(r rune, force bool) {
	if unicode.IsPrint(r) {
		if force || strings.ContainsRune(`\.+*?()|[]{}^$`, r) {
			p.WriteByte('\\')
		}
		p.WriteRune(r)
		return
	}
	if i := strings.IndexRune("\a\f\n\r\t\v", r); i >= 0 && r != unicode.ReplacementChar {
		p.WriteByte('\\')
		p.WriteByte("afnrtv"[i])
		return
	}
	hex := strconv.FormatInt(int64(r), 16)
	if r < 0x100 {
		if len(hex) == 1 {
			hex = "0" + hex
		}
		p.WriteString(`\x` + hex)
		return
	}
	p.WriteString(`\x{` + hex + `}`)
}
