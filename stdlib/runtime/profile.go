package runtime

import "unsafe"

// Profiles and execution traces: gorc's runtime collects none yet. The functions are there so that programs that
// offer profiling build, and say so by giving empty profiles.

// MemProfileRate is the number of bytes allocated for one sample of the memory profile.
var MemProfileRate int = 512 * 1024

// A StackRecord describes a stack of execution.
type StackRecord struct {
	Stack0 [32]uintptr // ends at the first 0
}

// Stack gives the program counters of the record.
func (r *StackRecord) Stack() []uintptr { return untilZero(r.Stack0[:]) }

func untilZero(pcs []uintptr) []uintptr {
	for i, pc := range pcs {
		if pc == 0 {
			return pcs[:i]
		}
	}
	return pcs
}

// A MemProfileRecord describes the live objects allocated by one stack.
type MemProfileRecord struct {
	AllocBytes, FreeBytes     int64
	AllocObjects, FreeObjects int64
	Stack0                    [32]uintptr // ends at the first 0
}

// InUseBytes is AllocBytes − FreeBytes.
func (r *MemProfileRecord) InUseBytes() int64 { return r.AllocBytes - r.FreeBytes }

// InUseObjects is AllocObjects − FreeObjects.
func (r *MemProfileRecord) InUseObjects() int64 { return r.AllocObjects - r.FreeObjects }

// Stack gives the program counters of the record.
func (r *MemProfileRecord) Stack() []uintptr { return untilZero(r.Stack0[:]) }

// A BlockProfileRecord describes the blocking events of one stack.
type BlockProfileRecord struct {
	Count  int64
	Cycles int64
	StackRecord
}

// MemProfile gives the number of records of the memory profile, and fills p if that many fit.
func MemProfile(p []MemProfileRecord, inuseZero bool) (n int, ok bool) { return 0, true }

// BlockProfile gives the number of records of the blocking profile, and fills p if that many fit.
func BlockProfile(p []BlockProfileRecord) (n int, ok bool) { return 0, true }

// MutexProfile gives the number of records of the mutex profile, and fills p if that many fit.
func MutexProfile(p []BlockProfileRecord) (n int, ok bool) { return 0, true }

// ThreadCreateProfile gives the number of records of the profile of thread creation, and fills p if that many fit.
func ThreadCreateProfile(p []StackRecord) (n int, ok bool) { return 0, true }

// GoroutineProfile gives the number of goroutines; the stacks are not collected yet.
func GoroutineProfile(p []StackRecord) (n int, ok bool) { return 0, true }

// SetBlockProfileRate sets how often blocking is sampled.
func SetBlockProfileRate(rate int) {}

var mutexProfileFraction int

// SetMutexProfileFraction sets the fraction of contention events that are sampled, and gives the one before; a
// negative rate only asks.
func SetMutexProfileFraction(rate int) int {
	old := mutexProfileFraction
	if rate >= 0 {
		mutexProfileFraction = rate
	}
	return old
}

// SetCPUProfileRate sets the rate of the CPU profile in samples a second.
func SetCPUProfileRate(hz int) {}

// CPUProfile always panics.
//
// Deprecated: use runtime/pprof.
func CPUProfile() []byte { panic("CPUProfile no longer available") }

// StartTrace would start an execution trace.
func StartTrace() error { return plainError("not supported yet: execution traces") }

// StopTrace ends StartTrace's trace.
func StopTrace() {}

// ReadTrace gives the next part of the trace: nil, it has ended.
func ReadTrace() []byte { return nil }

// SetCgoTraceback is about C; there is none.
func SetCgoTraceback(version int, traceback, context, symbolizer unsafe.Pointer) {}

// ---- What runtime/pprof, runtime/trace, runtime/metrics and runtime/debug link to ----

//go:linkname pprof_records1 runtime.pprof_memProfileInternal
func pprof_records1(p []unsafe.Pointer, inuseZero bool) (n int, ok bool) { return 0, true }

//go:linkname pprof_records2 runtime.pprof_blockProfileInternal
func pprof_records2(p []unsafe.Pointer) (n int, ok bool) { return 0, true }

//go:linkname pprof_records3 runtime.pprof_mutexProfileInternal
func pprof_records3(p []unsafe.Pointer) (n int, ok bool) { return 0, true }

//go:linkname pprof_records4 runtime.pprof_threadCreateInternal
func pprof_records4(p []unsafe.Pointer) (n int, ok bool) { return 0, true }

//go:linkname pprof_records5 runtime.pprof_goroutineProfileWithLabels
func pprof_records5(p []unsafe.Pointer, labels []unsafe.Pointer) (n int, ok bool) { return 0, true }

//go:linkname pprof_records6 runtime.pprof_goroutineLeakProfileWithLabels
func pprof_records6(p []unsafe.Pointer, labels []unsafe.Pointer) (n int, ok bool) { return 0, true }

//go:linkname pprof_fpunwind runtime.pprof_fpunwindExpand
func pprof_fpunwind(dst, src []uintptr) int { return copy(dst, src) }

//go:linkname pprof_makeStack runtime.pprof_makeProfStack
func pprof_makeStack() []uintptr { return make([]uintptr, 128) }

//go:linkname pprof_cycles runtime/pprof.runtime_cyclesPerSecond
func pprof_cycles() int64 { return 1e9 }

//go:linkname pprof_read runtime/pprof.readProfile
func pprof_read() (data []uint64, tags []unsafe.Pointer, eof bool) { return nil, nil, true }

//go:linkname pprof_startLine runtime/pprof.runtime_FrameStartLine
func pprof_startLine(f *Frame) int { return f.startLine }

//go:linkname pprof_symbolName runtime/pprof.runtime_FrameSymbolName
func pprof_symbolName(f *Frame) string { return f.Function }

//go:linkname pprof_expandInline runtime/pprof.runtime_expandFinalInlineFrame
func pprof_expandInline(stk []uintptr) []uintptr { return stk }

// Labels are for profiles.

//go:linkname pprof_getLabel runtime/pprof.runtime_getProfLabel
func pprof_getLabel() unsafe.Pointer { return nil }

//go:linkname pprof_setLabel runtime/pprof.runtime_setProfLabel
func pprof_setLabel(labels unsafe.Pointer) {}

//go:linkname pprof_leakGC runtime/pprof.runtime_goroutineLeakGC
func pprof_leakGC() { GC() }

//go:linkname pprof_leakCount runtime/pprof.runtime_goroutineleakcount
func pprof_leakCount() int { return 0 }

//go:linkname trace_advance runtime.traceAdvance
func trace_advance(stop bool) {}

//go:linkname trace_clock runtime.traceClockNow
func trace_clock() uint64 { return uint64(nanotime()) }

//go:linkname trace_units runtime/trace.runtime_traceClockUnitsPerSecond
func trace_units() uint64 { return 1e9 }

//go:linkname trace_log runtime/trace.userLog
func trace_log(id uint64, category, message string) {}

//go:linkname trace_region runtime/trace.userRegion
func trace_region(id, mode uint64, kind string) {}

//go:linkname trace_taskCreate runtime/trace.userTaskCreate
func trace_taskCreate(id, parent uint64, kind string) {}

//go:linkname trace_taskEnd runtime/trace.userTaskEnd
func trace_taskEnd(id uint64) {}

//go:linkname metrics_read runtime/metrics.runtime_readMetrics
func metrics_read(samples unsafe.Pointer, n, max int) {}
