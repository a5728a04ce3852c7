package regexp

import (
	"io"
	"regexp/syntax"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// program is a compiled expression with all that searches share.
//
// There are four ways to run it.
//
//   - dfa: states of an automaton, made when they are first reached and kept. It finds where a match ends; run
//     backwards from there, on the reversed expression, where it begins. Nothing else comes near in speed.
//   - onePass: finds the groups in a match whose bounds are known if there is never a choice. One table lookup for a rune.
//   - backtracker: finds matches and groups by trying, and remembers what it has tried. For short texts.
//   - pike: follows all alternatives at once. Needs no preparation and no memory for the text, so it is for readers,
//     and for what is too large for the others.
type program struct {
	*syntax.Prog
	tree *syntax.Regexp // simplified

	prefix   string // what all matches begin with
	complete bool   // and nothing else is in them, groups included
	anchored bool   // matches begin at the beginning of the text
	never    bool   // nothing matches

	joins []bool // by instruction: there are several ways to it, or from it; the others need not be remembered

	state *hidden
}

// state is what searches change in a program.
type searchState struct {
	// How much text was searched before automata were made. They pay off only after a while.
	searched atomic.Int64
	fast     *automata // nil if not made, or not possible
	fastOnce sync.Once

	// A machine that is not in use; usually a goroutine finds the one it used last. The second is for longest.
	idle [2]atomic.Pointer[machine]
}

// hidden is a searchState whose content is not to be seen: expressions with the same text are to be equal for
// [reflect.DeepEqual], whatever was searched with them. A pointer to an empty struct serves for that.
type hidden struct{}

func (p *program) searchState() *searchState { return (*searchState)(unsafe.Pointer(p.state)) }

// automata is what dfa and onePass need, the same for all machines.
type automata struct {
	classes *classes // of both programs
	forward *table
	reverse *table // nil if matches are anchored
	onePass *onePass
}

// machine is the memory of a search.
type machine struct {
	forward *dfa
	reverse *dfa
	back    backtracker
	pike    pike
}

func newProgram(tree *syntax.Regexp) (*program, error) {
	prog, err := syntax.Compile(tree)
	if err != nil {
		return nil, err
	}
	p := &program{Prog: prog, tree: tree, state: (*hidden)(unsafe.Pointer(new(searchState)))}
	p.joins = joins(prog)
	cond := prog.StartCond()
	p.never = cond == ^syntax.EmptyOp(0)
	p.anchored = cond&syntax.EmptyBeginText != 0
	p.prefix, p.complete = prog.Prefix()
	p.complete = p.complete && prog.NumCap == 2 && p.prefix != ""
	return p, nil
}

func joins(p *syntax.Prog) []bool {
	joins := make([]bool, len(p.Inst))
	seen := make([]bool, len(p.Inst))
	to := func(pc uint32) {
		joins[pc] = joins[pc] || seen[pc]
		seen[pc] = true
	}
	to(uint32(p.Start))
	for pc := range p.Inst {
		switch i := &p.Inst[pc]; i.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			joins[pc] = true
			to(i.Out)
			to(i.Arg)
		case syntax.InstMatch, syntax.InstFail:
		default:
			to(i.Out)
		}
	}
	return joins
}

// warm is how many bytes are searched before automata are made, and small the length of a text for which they
// are worth it at once.
const (
	warm  = 4 << 10
	small = 1 << 10
)

// automata returns what dfa and onePass need, if it is time to use them for a text of n bytes.
func (p *program) automata(n int) *automata {
	st := p.searchState()
	if n < small {
		if s := st.searched.Load(); s < warm {
			st.searched.Store(s + int64(n) + 16)
			return nil
		}
	}
	st.fastOnce.Do(func() { st.fast = newAutomata(p) })
	return st.fast
}

func newAutomata(p *program) *automata {
	var reversed *syntax.Prog
	if !p.anchored {
		var err error
		reversed, err = syntax.Compile(reverse(p.tree))
		if err != nil {
			return nil
		}
	}
	c := newClasses(p.Prog)
	if c == nil {
		return nil
	}
	a := &automata{classes: c}
	a.forward = newTable(p.Prog, c)
	if reversed != nil {
		a.reverse = newTable(reversed, c)
	}
	if p.NumCap > 2 {
		a.onePass = newOnePass(p.Prog, a.forward)
	}
	return a
}

// reverse returns the expression for reversed text, without groups. Conditions stay what they are: dfa knows
// what is before and what behind.
func reverse(re *syntax.Regexp) *syntax.Regexp {
	switch re.Op {
	case syntax.OpCapture:
		return reverse(re.Sub[0])
	case syntax.OpLiteral:
		r := *re
		r.Rune = make([]rune, len(re.Rune))
		for i, c := range re.Rune {
			r.Rune[len(re.Rune)-1-i] = c
		}
		return &r
	case syntax.OpConcat:
		r := *re
		r.Sub = make([]*syntax.Regexp, len(re.Sub))
		for i, sub := range re.Sub {
			r.Sub[len(re.Sub)-1-i] = reverse(sub)
		}
		return &r
	case syntax.OpAlternate, syntax.OpStar, syntax.OpPlus, syntax.OpQuest:
		r := *re
		r.Sub = make([]*syntax.Regexp, len(re.Sub))
		for i, sub := range re.Sub {
			r.Sub[i] = reverse(sub)
		}
		return &r
	}
	return re
}

func (re *Regexp) slot() *atomic.Pointer[machine] {
	if re.longest {
		return &re.prog.searchState().idle[1]
	}
	return &re.prog.searchState().idle[0]
}

func (re *Regexp) machine() *machine {
	if m := re.slot().Swap(nil); m != nil {
		return m
	}
	return &machine{}
}

func (re *Regexp) release(m *machine) { re.slot().Store(m) }

// matches reports whether s has a match.
func (re *Regexp) matches(s string) bool {
	p := re.prog
	if p.never {
		return false
	}
	if p.complete {
		return index(s, 0, p.prefix) >= 0
	}
	m := re.machine()
	defer re.release(m)
	if a := p.automata(len(s)); a != nil {
		if _, res := m.forwardDFA(re, a).end(s, 0, true); res != gaveUp {
			return res == found
		}
	}
	_, ok := re.slow(m, s, 0, len(s), 0, p.anchored, nil)
	return ok
}

// search finds the first match in s that begins at pos or later. It appends ncap places of groups to dst.
func (re *Regexp) search(s string, pos, ncap int, dst []int) ([]int, bool) {
	p := re.prog
	if p.never || p.anchored && pos > 0 {
		return nil, false
	}
	if p.complete {
		i := index(s, pos, p.prefix)
		if i < 0 {
			return nil, false
		}
		return re.fill(append(dst, i, i+len(p.prefix)), ncap), true
	}
	m := re.machine()
	defer re.release(m)
	a := p.automata(len(s) - pos)
	if a == nil {
		return re.slow(m, s, pos, len(s), ncap, p.anchored, dst)
	}
	to, res := m.forwardDFA(re, a).end(s, pos, false)
	if res == notFound {
		return nil, false
	}
	from := pos
	if res == found && !p.anchored {
		from, res = m.reverseDFA(a).start(s, pos, to)
	}
	if res != found {
		return re.slow(m, s, pos, len(s), ncap, p.anchored, dst)
	}
	if ncap <= 2 || p.NumCap <= 2 {
		return re.fill(append(dst, from, to), min(ncap, p.NumCap)), true
	}
	if a.onePass != nil {
		return a.onePass.groups(s, from, to, dst), true
	}
	return re.slow(m, s, from, to, ncap, true, dst)
}

// fill makes m as long as a match with ncap places.
func (re *Regexp) fill(m []int, ncap int) []int {
	for len(m) < ncap {
		m = append(m, -1)
	}
	return m
}

// slow finds a match without automata. It must end at limit or earlier, and begin at pos if fixed is set.
func (re *Regexp) slow(m *machine, s string, pos, limit, ncap int, fixed bool, dst []int) ([]int, bool) {
	if ncap > 2 {
		ncap = re.prog.NumCap
	}
	if n := limit - pos + 1; n <= maxTried/len(re.prog.Inst) {
		return m.back.run(re, s, pos, limit, ncap, fixed, dst)
	}
	return m.pike.run(re, &source{text: s, limit: limit}, pos, ncap, fixed, dst)
}

func (re *Regexp) searchReader(r io.RuneReader, ncap int) ([]int, bool) {
	if re.prog.never {
		return nil, false
	}
	if ncap > 2 {
		ncap = re.prog.NumCap
	}
	m := re.machine()
	defer re.release(m)
	return m.pike.run(re, &source{reader: r}, 0, ncap, re.prog.anchored, nil)
}

// source is the text of a search.
type source struct {
	text   string
	limit  int
	reader io.RuneReader // the text is from there if this is not nil
	done   bool          // reader is at its end
}

// none stands for the rune before the text and the one behind it.
const none rune = -1

// next returns the rune at pos, or none. A reader's runes come in their order.
func (s *source) next(pos int) (rune, int) {
	if s.reader != nil {
		if s.done {
			return none, 0
		}
		r, w, err := s.reader.ReadRune()
		if err != nil {
			s.done = true
			return none, 0
		}
		return r, w
	}
	return runeAt(s.text, pos)
}

// runeAt returns the rune at pos, or none.
func runeAt(s string, pos int) (rune, int) {
	if pos < len(s) {
		if c := s[pos]; c < utf8.RuneSelf {
			return rune(c), 1
		}
		return utf8.DecodeRuneInString(s[pos:])
	}
	return none, 0
}

// runeBefore returns the rune that ends at pos, or none.
func runeBefore(s string, pos int) (rune, int) {
	if pos > 0 {
		if c := s[pos-1]; c < utf8.RuneSelf {
			return rune(c), 1
		}
		return utf8.DecodeLastRuneInString(s[:pos])
	}
	return none, 0
}

// takes reports whether i takes r.
func takes(i *syntax.Inst, r rune) bool {
	switch i.Op {
	case syntax.InstRune1:
		return r == i.Rune[0]
	case syntax.InstRuneAny:
		return true
	case syntax.InstRuneAnyNotNL:
		return r != '\n'
	}
	// Most classes begin with a few ranges in ASCII.
	if set := i.Rune; len(set) > 1 && r < unicode.MaxASCII {
		for k := 0; k < len(set) && set[k] <= r; k += 2 {
			if r <= set[k+1] {
				return true
			}
		}
		return false
	}
	return i.MatchRune(r)
}
