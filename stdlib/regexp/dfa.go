package regexp

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// table is a program prepared for dfa.
type table struct {
	prog    *syntax.Prog
	classes *classes
	sets    []int32 // by instruction: the number of its set of runes, or -1
}

func newTable(p *syntax.Prog, c *classes) *table {
	t := &table{prog: p, classes: c, sets: make([]int32, len(p.Inst))}
	numbers := map[string]int32{}
	for n, set := range c.sets {
		numbers[setKey(set)] = int32(n)
	}
	for pc := range p.Inst {
		t.sets[pc] = -1
		if set := runesOf(&p.Inst[pc]); set != nil {
			t.sets[pc] = numbers[setKey(set)]
		}
	}
	return t
}

// dfa is an automaton whose states are made when a search first comes to them. A state stands for the threads of
// the program, in their order, that wait for the next rune. The next rune is also what decides about conditions; so
// it is a transition, and not a state, that says whether there was a match: right before the rune it is for.
type dfa struct {
	*table
	longest  bool
	reverse  bool   // runs to the left
	prefix   string // what all matches begin with; not for reverse
	stride   int    // number of classes, and one for the edge of the text
	trans    []int32
	states   []state // by number; state n has trans[n*stride:(n+1)*stride]
	numbers  map[string]int32
	starts   [2][nKinds]int32 // states to begin with, or 0
	cleared  int              // where in the text all states were forgotten last
	clearing bool             // they were forgotten in the current search

	list    []int32 // of the state being made
	inList  []uint32
	inQueue []uint32
	mark    uint32 // what is in a set has this in inList and inQueue
	stack   []uint32
	key     []byte
}

// state is what a state stands for.
type state struct {
	list []int32 // instructions that take a rune, conditions and InstMatch; and the two below
	near kind    // of the rune consumed last
}

const (
	restart int32 = -1 // a match may begin here
	later   int32 = -2 // the threads that follow began later; only if longest
)

// Transitions are the offset of the next state in trans. If something is to be done they are negative: what is to be
// done, above its bits the offset, all complemented.
const (
	unknown  int32 = 0        // not made yet
	dead     int32 = -1 << 31 // nothing can match any more
	accepts        = 1        // there was a match before this rune
	restarts       = 2        // the next state has no thread: skip to where a match may begin
	whatBits       = 2
)

// maxTrans limits the memory for transitions, 1 MB, and thereby for states.
const maxTrans = 256 << 10

func (re *Regexp) newDFA(t *table) *dfa {
	d := &dfa{table: t, longest: re.longest, stride: t.classes.n + 1}
	d.inList = make([]uint32, len(t.prog.Inst))
	d.inQueue = make([]uint32, len(t.prog.Inst))
	d.clear()
	return d
}

func (m *machine) forwardDFA(re *Regexp, a *automata) *dfa {
	if m.forward == nil {
		m.forward = re.newDFA(a.forward)
		m.forward.prefix = re.prog.prefix
	}
	return m.forward
}

func (m *machine) reverseDFA(a *automata) *dfa {
	if m.reverse == nil {
		m.reverse = (&Regexp{longest: true}).newDFA(a.reverse)
		m.reverse.reverse = true
	}
	return m.reverse
}

// clear forgets all states. Number 0 is none, and number 1 is the one without threads.
func (d *dfa) clear() {
	d.trans = d.trans[:0]
	d.states = d.states[:0]
	d.numbers = map[string]int32{}
	d.starts = [2][nKinds]int32{}
	d.newState(nil, other)
	d.newState(nil, other)
	for k := range d.stride {
		d.trans[d.stride+k] = dead
	}
}

func (d *dfa) newState(list []int32, near kind) int32 {
	d.states = append(d.states, state{slices.Clone(list), near})
	for range d.stride {
		d.trans = append(d.trans, unknown)
	}
	return int32(len(d.states) - 1)
}

// number returns the state with d.list, which it makes if it does not exist.
func (d *dfa) number(near kind) int32 {
	if len(d.list) == 0 {
		return 1
	}
	d.key = append(d.key[:0], byte(near))
	for _, pc := range d.list {
		d.key = append(d.key, byte(pc), byte(pc>>8), byte(pc>>16), byte(pc>>24))
	}
	n, ok := d.numbers[string(d.key)]
	if !ok {
		n = d.newState(d.list, near)
		d.numbers[string(d.key)] = n
	}
	return n
}

// conds returns the conditions that hold between the rune consumed last and the next.
func (d *dfa) conds(near, next kind) syntax.EmptyOp {
	if d.reverse {
		near, next = next, near
	}
	var op syntax.EmptyOp
	switch near {
	case edge:
		op |= syntax.EmptyBeginText | syntax.EmptyBeginLine
	case newline:
		op |= syntax.EmptyBeginLine
	}
	switch next {
	case edge:
		op |= syntax.EmptyEndText | syntax.EmptyEndLine
	case newline:
		op |= syntax.EmptyEndLine
	}
	if (near == word) != (next == word) {
		return op | syntax.EmptyWordBoundary
	}
	return op | syntax.EmptyNoWordBoundary
}

// expand adds what is reached from pc without a rune or a condition to d.list. It reports whether d.list is
// complete, which it is behind an InstMatch unless longest.
func (d *dfa) expand(pc uint32) bool {
	stack := append(d.stack[:0], pc)
	for len(stack) > 0 {
		pc := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for d.inList[pc] != d.mark {
			d.inList[pc] = d.mark
			i := &d.prog.Inst[pc]
			switch i.Op {
			case syntax.InstAlt, syntax.InstAltMatch:
				stack = append(stack, i.Arg)
				pc = i.Out
				continue
			case syntax.InstNop, syntax.InstCapture:
				pc = i.Out
				continue
			case syntax.InstFail:
			case syntax.InstMatch:
				d.list = append(d.list, int32(pc))
				if !d.longest {
					d.stack = stack
					return true
				}
			default:
				d.list = append(d.list, int32(pc))
			}
			break
		}
	}
	d.stack = stack
	return false
}

// begin returns the state to begin with. near is the rune on the side the search does not go to.
func (d *dfa) begin(near kind, anchored bool) int32 {
	k := 0
	if anchored {
		k = 1
	}
	if n := d.starts[k][near]; n != 0 {
		return n
	}
	d.mark++
	d.list = d.list[:0]
	if anchored {
		d.expand(uint32(d.prog.Start))
	} else {
		d.list = append(d.list, restart)
	}
	n := d.number(near)
	d.starts[k][near] = n
	return n
}

// step makes the transition of state n for a class; it returns unknown if the automaton is not worth it any more.
// pos is the place in the text.
func (d *dfa) step(n int32, class int, pos int) int32 {
	st := d.states[n]
	if len(d.trans)+2*d.stride > maxTrans {
		// Full. If that was so shortly before, then few states are ever used again.
		if d.clearing && max(pos-d.cleared, d.cleared-pos) < 8*len(d.states) {
			d.clear()
			return unknown
		}
		d.cleared, d.clearing = pos, true
		d.clear()
		n = 0 // it is not there any more
	}
	next := edge
	if class < d.stride-1 {
		next = d.classes.kinds[class]
	}
	d.mark++
	d.list = d.list[:0]
	matched := d.run(st, class, d.conds(st.near, next))
	for k := len(d.list); k > 0 && d.list[k-1] == later; k-- {
		d.list = d.list[:k-1]
	}
	to := d.number(next) * int32(d.stride)
	var v int32
	switch {
	case to == int32(d.stride) && !matched:
		v = dead
	default:
		what := int32(0)
		if matched {
			what |= accepts
		}
		if d.prefix != "" && len(d.list) == 1 && d.list[0] == restart {
			what |= restarts
		}
		v = to
		if what != 0 {
			v = ^(to<<whatBits | what)
		}
	}
	if n != 0 {
		d.trans[int(n)*d.stride+class] = v
	}
	return v
}

// run runs the threads of st with a rune of the class; their successors go to d.list. It reports whether
// there was a match before that rune.
func (d *dfa) run(st state, class int, conds syntax.EmptyOp) (matched bool) {
	isEdge := class == d.stride-1
	// Threads of conditions that hold are in the place of the condition.
	var visit func(pc uint32) (stop bool)
	visit = func(pc uint32) bool {
		for d.inQueue[pc] != d.mark {
			d.inQueue[pc] = d.mark
			i := &d.prog.Inst[pc]
			switch i.Op {
			case syntax.InstAlt, syntax.InstAltMatch:
				if visit(i.Out) {
					return true
				}
				pc = i.Arg
				continue
			case syntax.InstNop, syntax.InstCapture:
				pc = i.Out
				continue
			case syntax.InstEmptyWidth:
				if syntax.EmptyOp(i.Arg)&^conds == 0 {
					pc = i.Out
					continue
				}
			case syntax.InstFail:
			case syntax.InstMatch:
				matched = true
				return !d.longest
			default:
				if !isEdge && d.classes.has[d.sets[pc]][class] && d.expand(i.Out) {
					return true
				}
			}
			break
		}
		return false
	}
	for _, pc := range st.list {
		switch pc {
		case later:
			if matched {
				return true
			}
			if k := len(d.list); k > 0 && d.list[k-1] != later {
				d.list = append(d.list, later)
			}
		case restart:
			if matched {
				return true
			}
			if d.longest {
				if k := len(d.list); k > 0 && d.list[k-1] != later {
					d.list = append(d.list, later)
				}
			}
			if visit(uint32(d.prog.Start)) || matched {
				return matched
			}
			if d.longest {
				if k := len(d.list); k > 0 && d.list[k-1] != later {
					d.list = append(d.list, later)
				}
			}
			d.list = append(d.list, restart)
		default:
			if visit(uint32(pc)) {
				return matched
			}
		}
	}
	return matched
}

// result is how a search of an automaton ended.
type result int

const (
	notFound result = iota
	found
	gaveUp
)

// end returns where the match ends that begins first from pos on. With earliest it is enough to know that there is
// one.
func (d *dfa) end(s string, pos int, earliest bool) (int, result) {
	before, _ := runeBefore(s, pos)
	near := d.classes.kindOf(before)
	// An anchored expression has its condition at the beginning of the program.
	n := d.begin(near, false)
	var (
		st    = int(n) * d.stride
		last  = -1
		ascii = &d.classes.ascii
		skip  = d.prefix != ""
	)
	d.clearing = false
	for {
		if skip {
			skip = false
			i := strings.Index(s[pos:], d.prefix)
			if i < 0 {
				break
			}
			if i > 0 {
				pos += i
				before, _ := runeBefore(s, pos)
				st = int(d.begin(d.classes.kindOf(before), false)) * d.stride
			}
		}
		var v int32
		trans := d.trans
		for pos < len(s) {
			c := s[pos]
			w := 1
			var class uint16
			if c < utf8.RuneSelf {
				class = ascii[c]
			} else {
				var r rune
				r, w = utf8.DecodeRuneInString(s[pos:])
				class = d.classes.find(r)
			}
			v = trans[st+int(class)]
			if v <= 0 {
				if v == unknown {
					v = d.step(int32(st/d.stride), int(class), pos)
					if v == unknown {
						return 0, gaveUp
					}
					trans = d.trans
				}
				if v < 0 {
					if v == dead {
						goto done
					}
					v = ^v
					if v&accepts != 0 {
						last = pos
						if earliest {
							goto done
						}
					}
					st = int(v >> whatBits)
					pos += w
					if v&restarts != 0 {
						skip = true
						break
					}
					continue
				}
			}
			st = int(v)
			pos += w
		}
		if skip {
			continue
		}
		v = trans[st+d.stride-1]
		if v == unknown {
			v = d.step(int32(st/d.stride), d.stride-1, pos)
			if v == unknown {
				return 0, gaveUp
			}
		}
		if v < 0 && v != dead && ^v&accepts != 0 {
			last = pos
		}
		break
	}
done:
	if last < 0 {
		return 0, notFound
	}
	return last, found
}

// start returns where the match that ends at to begins; not before from. It is for an automaton that runs to the
// left.
func (d *dfa) start(s string, from, to int) (int, result) {
	after, _ := runeAt(s, to)
	var (
		st    = int(d.begin(d.classes.kindOf(after), true)) * d.stride
		last  = -1
		ascii = &d.classes.ascii
		pos   = to
	)
	d.clearing = false
	for {
		var class uint16
		w := 1
		if pos == 0 {
			class = uint16(d.stride - 1)
		} else if c := s[pos-1]; c < utf8.RuneSelf {
			class = ascii[c]
		} else {
			var r rune
			r, w = utf8.DecodeLastRuneInString(s[:pos])
			class = d.classes.find(r)
		}
		v := d.trans[st+int(class)]
		if v <= 0 {
			if v == unknown {
				v = d.step(int32(st/d.stride), int(class), pos)
				if v == unknown {
					return 0, gaveUp
				}
			}
			if v == dead {
				break
			}
			if v < 0 {
				v = ^v
				if v&accepts != 0 {
					last = pos
				}
				v >>= whatBits
			}
		}
		if pos == from {
			break // the rune before it only decided about a match
		}
		st = int(v)
		pos -= w
	}
	if last < 0 {
		return 0, gaveUp // cannot be
	}
	return last, found
}
