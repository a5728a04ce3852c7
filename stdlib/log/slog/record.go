package slog

import (
	"runtime"
	"slices"
	"time"
)

// inlineAttrs is how many attributes a Record holds without allocation; most
// events have no more.
const inlineAttrs = 5

// A Record is an event to be logged. Copies share state: who changes one needs
// a Clone.
type Record struct {
	Time    time.Time
	Message string
	Level   Level
	// PC is where the event was logged, as runtime.Callers gives it, or 0.
	PC uintptr

	front  [inlineAttrs]Attr
	nFront int
	back   []Attr
}

// NewRecord makes a Record; AddAttrs adds to it.
func NewRecord(t time.Time, level Level, msg string, pc uintptr) Record {
	return Record{Time: t, Message: msg, Level: level, PC: pc}
}

// Clone returns a copy that shares no state with r.
func (r Record) Clone() Record {
	r.back = slices.Clip(r.back)
	return r
}

// NumAttrs returns how many attributes there are.
func (r Record) NumAttrs() int { return r.nFront + len(r.back) }

// Attrs calls f for each attribute until it returns false.
func (r Record) Attrs(f func(Attr) bool) {
	for i := range r.nFront {
		if !f(r.front[i]) {
			return
		}
	}
	for _, a := range r.back {
		if !f(a) {
			return
		}
	}
}

// AddAttrs adds attributes, without empty groups.
func (r *Record) AddAttrs(attrs ...Attr) {
	i := 0
	for ; i < len(attrs) && r.nFront < len(r.front); i++ {
		if !isEmptyGroup(attrs[i]) {
			r.front[r.nFront] = attrs[i]
			r.nFront++
		}
	}
	r.checkShared()
	r.back = slices.Grow(r.back, len(attrs)-i)
	for _, a := range attrs[i:] {
		if !isEmptyGroup(a) {
			r.back = append(r.back, a)
		}
	}
}

// Add adds attributes made of args as Logger.Log does.
func (r *Record) Add(args ...any) {
	for len(args) > 0 {
		var a Attr
		a, args = nextAttr(args)
		if isEmptyGroup(a) {
			continue
		}
		if r.nFront < len(r.front) {
			r.front[r.nFront] = a
			r.nFront++
			continue
		}
		if r.back == nil {
			r.back = make([]Attr, 0, 1+len(args)/2)
		}
		r.back = append(r.back, a)
	}
}

// checkShared looks for attributes that another copy of r has added behind
// those of r, in the same memory. It makes the mistake visible in the output.
func (r *Record) checkShared() {
	if cap(r.back) == len(r.back) {
		return
	}
	if next := r.back[:len(r.back)+1][len(r.back)]; !next.isZero() {
		r.back = append(slices.Clip(r.back), String("!BUG", "AddAttrs unsafely called on copy of Record made without using Record.Clone"))
	}
}

// Source is a place in the program.
type Source struct {
	Function string `json:"function"`
	File     string `json:"file"`
	Line     int    `json:"line"`
}

// Source returns where the event was logged, or nil if that is not known.
func (r Record) Source() *Source {
	if r.PC == 0 {
		return nil
	}
	f, _ := runtime.CallersFrames([]uintptr{r.PC}).Next()
	return &Source{Function: f.Function, File: f.File, Line: f.Line}
}

// group is the source as attributes; what is not known is left out.
func (s *Source) group() Value {
	var as []Attr
	if s.Function != "" {
		as = append(as, String("function", s.Function))
	}
	if s.File != "" {
		as = append(as, String("file", s.File))
	}
	if s.Line != 0 {
		as = append(as, Int("line", s.Line))
	}
	return GroupValue(as...)
}
