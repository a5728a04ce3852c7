package regexp

import (
	"regexp/syntax"
	"strings"
)

// pike runs a program by following all its threads at once, a rune at a time. Threads are kept in the order in
// which a backtracking search would come to them, so that the first that matches is the one it would find.
type pike struct {
	lists [2]threads
	stack []pikeStep
	caps  []int // of the thread being followed
	best  []int // of the match found
}

// threads is an ordered set of instructions with the groups of the threads that are there.
type threads struct {
	sparse []uint32 // dense[sparse[pc]].pc == pc if pc is in the set
	dense  []uint32
	caps   []int // ncap for each of dense
}

func (t *threads) has(pc uint32) bool {
	k := t.sparse[pc]
	return int(k) < len(t.dense) && t.dense[k] == pc
}

// pikeStep is an instruction to go to or, if slot is not negative, a place to set back.
type pikeStep struct {
	pc   uint32
	slot int
	old  int
}

func (m *pike) reset(n, ncap int) {
	for k := range m.lists {
		t := &m.lists[k]
		if len(t.sparse) < n {
			t.sparse = make([]uint32, n)
			t.dense = make([]uint32, 0, n)
		}
		t.dense = t.dense[:0]
		if len(t.caps) < n*ncap {
			t.caps = make([]int, n*ncap)
		}
	}
	m.caps = make([]int, ncap)
	m.best = make([]int, ncap)
}

func (m *pike) run(re *Regexp, in *source, pos, ncap int, fixed bool, dst []int) ([]int, bool) {
	p := re.prog
	m.reset(len(p.Inst), ncap)
	var (
		now, then = &m.lists[0], &m.lists[1]
		matched   bool
		before    = none
	)
	if in.reader == nil {
		before, _ = runeBefore(in.text, pos)
	}
	r, w := in.next(pos)
	for begin := pos; ; {
		if len(now.dense) == 0 {
			if matched || fixed && pos != begin {
				break
			}
			if p.prefix != "" && in.reader == nil && !fixed {
				i := strings.Index(in.text[pos:in.limit], p.prefix)
				if i < 0 {
					break
				}
				if i > 0 {
					pos += i
					before, _ = runeBefore(in.text, pos)
					r, w = in.next(pos)
				}
			}
		}
		var after rune
		var afterWidth int
		// A rune behind the one at pos is needed for conditions; in a text it can be had at any time.
		if !matched && (!fixed || pos == begin) {
			for k := range m.caps {
				m.caps[k] = -1
			}
			if ncap > 0 {
				m.caps[0] = pos
			}
			m.follow(p, now, uint32(p.Start), pos, syntax.EmptyOpContext(before, r), ncap)
		}
		atEnd := r == none || in.reader == nil && pos >= in.limit
		if !atEnd {
			after, afterWidth = in.next(pos + w)
		}
		cond := syntax.EmptyOpContext(r, after)
		if atEnd {
			cond = 0
		}
		for k, pc := range now.dense {
			i := &p.Inst[pc]
			if i.Op == syntax.InstMatch {
				caps := now.caps[k*ncap : (k+1)*ncap]
				if !re.longest {
					matched = true
					copy(m.best, caps)
					if ncap > 0 {
						m.best[1] = pos
					}
					break // the threads behind it do not matter any more
				}
				if ncap == 0 || !matched || caps[0] < m.best[0] || caps[0] == m.best[0] && pos > m.best[1] {
					matched = true
					copy(m.best, caps)
					if ncap > 0 {
						m.best[1] = pos
					}
				}
				continue
			}
			if atEnd || !takes(i, r) {
				continue
			}
			if re.longest && matched && ncap > 0 && now.caps[k*ncap] > m.best[0] {
				continue // begins too late
			}
			copy(m.caps, now.caps[k*ncap:(k+1)*ncap])
			m.follow(p, then, i.Out, pos+w, cond, ncap)
		}
		if atEnd || matched && ncap == 0 {
			break
		}
		now.dense = now.dense[:0]
		now, then = then, now
		pos += w
		before, r, w = r, after, afterWidth
	}
	if !matched {
		return nil, false
	}
	return append(dst, m.best...), true
}

// follow adds the threads that are at pc, with the groups in m.caps, to t: it goes on to instructions that take a
// rune.
func (m *pike) follow(p *program, t *threads, pc uint32, pos int, cond syntax.EmptyOp, ncap int) {
	stack := append(m.stack[:0], pikeStep{pc, -1, 0})
	for len(stack) > 0 {
		step := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if step.slot >= 0 {
			m.caps[step.slot] = step.old
			continue
		}
		pc := step.pc
	walk:
		for {
			if t.has(pc) {
				break
			}
			k := len(t.dense)
			t.sparse[pc] = uint32(k)
			t.dense = append(t.dense, pc)
			i := &p.Inst[pc]
			switch i.Op {
			case syntax.InstAlt, syntax.InstAltMatch:
				stack = append(stack, pikeStep{i.Arg, -1, 0})
				pc = i.Out
			case syntax.InstNop:
				pc = i.Out
			case syntax.InstEmptyWidth:
				if syntax.EmptyOp(i.Arg)&^cond != 0 {
					break walk
				}
				pc = i.Out
			case syntax.InstCapture:
				if slot := int(i.Arg); slot < ncap {
					stack = append(stack, pikeStep{0, slot, m.caps[slot]})
					m.caps[slot] = pos
				}
				pc = i.Out
			case syntax.InstFail:
				break walk
			default:
				copy(t.caps[k*ncap:(k+1)*ncap], m.caps)
				break walk
			}
		}
	}
	m.stack = stack
}
