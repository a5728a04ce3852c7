package regexp

import (
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// maxTried is the number of pairs of instruction and place for which a backtracker is used: 32 KB of bits.
const maxTried = 256 << 10

// index returns where sub is in s from pos on, or -1.
func index(s string, pos int, sub string) int {
	i := strings.Index(s[pos:], sub)
	if i < 0 {
		return -1
	}
	return pos + i
}

// backtracker tries alternatives one after another, and none twice at the same place.
type backtracker struct {
	tried []uint32 // bits, for each place one for each instruction
	stack []trial
	caps  []int
	best  []int
}

// trial is an instruction and a place to go on from. If slot is not negative, a place of a group to set back to pos.
type trial struct {
	pc   uint32
	slot int32
	pos  int
}

func (b *backtracker) run(re *Regexp, s string, pos, limit, ncap int, fixed bool, dst []int) ([]int, bool) {
	p := re.prog
	n := ((limit-pos+1)*len(p.Inst) + 31) / 32
	if cap(b.tried) < n {
		b.tried = make([]uint32, n)
	} else {
		b.tried = b.tried[:n]
		clear(b.tried)
	}
	if len(b.caps) < max(ncap, 2) {
		b.caps = make([]int, max(ncap, 2))
		b.best = make([]int, max(ncap, 2))
	}
	for k := range b.caps {
		b.caps[k] = -1
	}
	for begin := pos; begin <= limit; {
		if p.prefix != "" && !fixed {
			begin = index(s[:limit], begin, p.prefix)
			if begin < 0 {
				break
			}
		}
		b.caps[0] = begin
		b.best[1] = -1
		if b.try(re, s, begin, pos, limit, ncap) {
			return append(dst, b.best[:ncap]...), true
		}
		if fixed {
			break
		}
		begin += max(width(s, begin), 1)
	}
	return nil, false
}

// try looks for a match that begins at begin; base is the first place of the bits.
func (b *backtracker) try(re *Regexp, s string, begin, base, limit, ncap int) bool {
	insts, joins := re.prog.Inst, re.prog.joins
	stack := append(b.stack[:0], trial{uint32(re.prog.Start), -1, begin})
	for len(stack) > 0 {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if t.slot >= 0 {
			b.caps[t.slot] = t.pos
			continue
		}
		pc, pos := t.pc, t.pos
	walk:
		for {
			if joins[pc] {
				bit := (pos-base)*len(insts) + int(pc)
				if b.tried[bit>>5]&(1<<(bit&31)) != 0 {
					break
				}
				b.tried[bit>>5] |= 1 << (bit & 31)
			}
			i := &insts[pc]
			switch i.Op {
			case syntax.InstAlt, syntax.InstAltMatch:
				stack = append(stack, trial{i.Arg, -1, pos})
				pc = i.Out
			case syntax.InstNop:
				pc = i.Out
			case syntax.InstEmptyWidth:
				before, _ := runeBefore(s, pos)
				after, _ := runeAt(s, pos)
				if !i.MatchEmptyWidth(before, after) {
					break walk
				}
				pc = i.Out
			case syntax.InstCapture:
				if slot := int(i.Arg); slot < ncap {
					stack = append(stack, trial{0, int32(slot), b.caps[slot]})
					b.caps[slot] = pos
				}
				pc = i.Out
			case syntax.InstMatch:
				if b.best[1] < pos {
					b.caps[1] = pos
					copy(b.best, b.caps)
				}
				if !re.longest || pos == limit || ncap == 0 {
					b.stack = stack[:0]
					return true
				}
				break walk
			case syntax.InstFail:
				break walk
			default:
				if pos >= limit {
					break walk
				}
				r, w := rune(s[pos]), 1
				if r >= utf8.RuneSelf {
					r, w = utf8.DecodeRuneInString(s[pos:])
				}
				switch i.Op {
				case syntax.InstRune1:
					if r != i.Rune[0] {
						break walk
					}
				case syntax.InstRuneAnyNotNL:
					if r == '\n' {
						break walk
					}
				default:
					if !takes(i, r) {
						break walk
					}
				}
				pos += w
				pc = i.Out
			}
		}
	}
	b.stack = stack[:0]
	return b.best[1] >= 0
}
