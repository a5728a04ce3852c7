package runtime

// Program counters that Callers gives are return addresses. If calls were inlined there, the outer functions of
// the group have the same address with their distance from the innermost one in the top byte, so that every
// value stands for exactly one frame.

// callers fills pcs from the stack of the goroutine. Frame 0 is the function that calls callers; skip frames are
// left out.
func callers(skip int, pcs []uintptr) int

// frameInfo is what the tables say about one frame.
type frameInfo struct {
	function  string
	file      string
	line      int
	entry     uintptr
	startLine int
}

// lookupFrame finds the frame of a program counter as callers gives it; false if it is not in Go code. isReturn:
// pc is a return address, so the call before it is meant.
func lookupFrame(pc uintptr, isReturn bool, info *frameInfo) bool

const pcMask = 1<<56 - 1

// Caller tells where the caller (skip 0), its caller (1), ... is in the sources.
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	var pcs [1]uintptr
	if skip < 0 || callers(skip+1, pcs[:]) < 1 {
		return
	}
	var info frameInfo
	if !lookupFrame(pcs[0], true, &info) {
		return
	}
	// An address in the call, so that FuncForPC finds the same frame.
	return pcs[0] - 1, info.file, info.line, true
}

// Callers fills pc with the program counters of the goroutine's frames, from Callers itself (skip 0) outwards.
// CallersFrames tells what they mean.
func Callers(skip int, pc []uintptr) int {
	if len(pc) == 0 {
		return 0
	}
	if skip < 0 {
		skip = 0
	}
	return callers(skip, pc)
}

// Frame describes one call.
type Frame struct {
	// PC is an address in the call instruction.
	PC uintptr
	// Func is nil for a function that was inlined.
	Func *Func
	// Function is the name with its package path, such as "strings.(*Reader).Read".
	Function string
	File     string
	Line     int
	// Entry is the address of the function's code.
	Entry uintptr

	startLine int
}

// Frames walks over the frames of a list of program counters.
type Frames struct {
	pcs []uintptr
}

// CallersFrames prepares to walk over what Callers gave.
func CallersFrames(callers []uintptr) *Frames {
	return &Frames{callers}
}

// Next gives the next frame, and whether there is another after it. After the last it gives the zero Frame.
func (f *Frames) Next() (frame Frame, more bool) {
	var info frameInfo
	for len(f.pcs) > 0 {
		pc := f.pcs[0]
		f.pcs = f.pcs[1:]
		if !lookupFrame(pc, true, &info) {
			continue
		}
		frame = Frame{PC: pc&pcMask - 1, Function: info.function, File: info.file, Line: info.line, Entry: info.entry, startLine: info.startLine}
		if pc&^pcMask == 0 {
			frame.Func = FuncForPC(info.entry)
		}
		return frame, len(f.pcs) > 0
	}
	return Frame{}, false
}

// Func is a function of the program.
type Func struct {
	entry uintptr
	name  string
	pc    uintptr // the address that the Func was looked up for
}

// FuncForPC gives the function that contains the address; nil if it is not in Go code.
func FuncForPC(pc uintptr) *Func {
	var info frameInfo
	if !lookupFrame(pc, false, &info) {
		return nil
	}
	return &Func{info.entry, info.function, pc}
}

// Name gives the name with its package path; "" for nil.
func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.name
}

// Entry gives the address of the function's code.
func (f *Func) Entry() uintptr {
	return f.entry
}

// FileLine gives the source position of the address pc in the function.
func (f *Func) FileLine(pc uintptr) (file string, line int) {
	var info frameInfo
	if !lookupFrame(pc, false, &info) {
		return "?", 0
	}
	return info.file, info.line
}
