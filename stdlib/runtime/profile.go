package runtime

import "unsafe"

// StackRecord is a stack: return addresses, ended by the first 0.
type StackRecord struct {
	Stack0 [32]uintptr
}

// Stack gives the return addresses.
func (r *StackRecord) Stack() []uintptr { return untilZero(r.Stack0[:]) }

func untilZero(pcs []uintptr) []uintptr {
	for i, pc := range pcs {
		if pc == 0 {
			return pcs[:i]
		}
	}
	return pcs
}

// MemProfileRate is how many bytes are allocated, on average, between two samples of the memory profile; 0: no samples. They are taken
// as soon as a program with package runtime/pprof starts, otherwise from the first call of MemProfile on. Small objects of one size are
// allocated in runs, of which at most one object is a sample: rates below 32 KiB do not find every object.
var MemProfileRate int = 512 * 1024

// enableMemProfile begins taking samples.
func enableMemProfile(rate *int)

// readMemProfile gives the records that were not all freed, or all records.
func readMemProfile(p []MemProfileRecord, all bool) int

// MemProfileRecord is what was allocated by one sequence of calls.
type MemProfileRecord struct {
	AllocBytes, FreeBytes     int64
	AllocObjects, FreeObjects int64
	Stack0                    [32]uintptr
}

// InUseBytes gives the bytes that are not freed.
func (r *MemProfileRecord) InUseBytes() int64 { return r.AllocBytes - r.FreeBytes }

// InUseObjects gives the number of objects that are not freed.
func (r *MemProfileRecord) InUseObjects() int64 { return r.AllocObjects - r.FreeObjects }

// Stack gives the return addresses.
func (r *MemProfileRecord) Stack() []uintptr { return untilZero(r.Stack0[:]) }

// MemProfile gives the memory profile: what was allocated where and is not freed; with inuseZero also what is freed. n is the number of
// records, and ok tells whether they had room in p.
func MemProfile(p []MemProfileRecord, inuseZero bool) (n int, ok bool) {
	enableMemProfile(&MemProfileRate)
	n = readMemProfile(p, inuseZero)
	return n, n <= len(p)
}

// BlockProfileRecord is waiting, or contention of a lock, in one sequence of calls.
type BlockProfileRecord struct {
	Count  int64
	Cycles int64
	StackRecord
}

// SetBlockProfileRate has no effect: BlockProfile is empty.
func SetBlockProfileRate(rate int) {}

// BlockProfile would give where goroutines waited; nothing is recorded.
func BlockProfile(p []BlockProfileRecord) (n int, ok bool) { return 0, true }

var mutexProfileFraction int

// SetMutexProfileFraction keeps the rate and gives the former one; MutexProfile is empty all the same.
func SetMutexProfileFraction(rate int) int {
	old := mutexProfileFraction
	if rate >= 0 {
		mutexProfileFraction = rate
	}
	return old
}

// MutexProfile would give where locks were fought for; nothing is recorded.
func MutexProfile(p []BlockProfileRecord) (n int, ok bool) { return 0, true }

// ThreadCreateProfile would give where threads were made; nothing is recorded.
func ThreadCreateProfile(p []StackRecord) (n int, ok bool) { return 0, true }

// goroutineStacks writes, for as many goroutines as there is room, depth words each: the labels and return addresses, zeros behind
// them. It gives the number of goroutines. The calling one is the first.
func goroutineStacks(pcs []uintptr, depth int) int

// GoroutineProfile gives the stacks of all goroutines; n is their number, and ok tells whether they had room in p.
func GoroutineProfile(p []StackRecord) (n int, ok bool) {
	const depth = 1 + len(StackRecord{}.Stack0)
	words := make([]uintptr, len(p)*depth)
	if n = goroutineStacks(words, depth); n > len(p) {
		return n, false
	}
	for i := range p[:n] {
		copy(p[i].Stack0[:], words[i*depth+1:])
	}
	return n, true
}

// setCPUProfileRate makes the kernel interrupt the program hz times per second of its CPU time, not at all if hz is 0; each time a
// stack is recorded.
func setCPUProfileRate(hz int)

// readCPUProfile takes the records out as far as buf has room: each is a number of words and that many return addresses.
func readCPUProfile(buf []uintptr) (n int, lost int)

var cpuProfileRate int

// SetCPUProfileRate records CPU profiles with hz samples per second of CPU time; not at all if hz <= 0. Package runtime/pprof reads
// them.
func SetCPUProfileRate(hz int) {
	hz = max(hz, 0)
	if hz > 0 && cpuProfileRate > 0 {
		print("runtime: cannot set CPU profile rate until previous profile has finished.\n")
		return
	}
	cpuProfileRate = min(hz, 1000000)
	setCPUProfileRate(cpuProfileRate)
}

// CPUProfile panics.
//
// Deprecated: use runtime/pprof.
func CPUProfile() []byte { panic("CPUProfile no longer available") }

// StartTrace fails: there are no execution traces.
func StartTrace() error { return errorString("tracing is not supported") }

// StopTrace has nothing to stop.
func StopTrace() {}

// ReadTrace has nothing to read.
func ReadTrace() (buf []byte) { return nil }

// SetCgoTraceback has no effect: there is no cgo.
func SetCgoTraceback(version int, traceback, context, symbolizer unsafe.Pointer) {}
