package runtime

import (
	"internal/abi"
	"internal/reflectlite"
	"unsafe"
)

// MemStats are the numbers of the memory allocator. Sizes are in bytes, times in nanoseconds.
type MemStats struct {
	// Heap objects: living and not yet swept; all ever allocated; memory from the system; always 0; objects ever
	// allocated; objects ever freed.
	Alloc      uint64
	TotalAlloc uint64
	Sys        uint64
	Lookups    uint64
	Mallocs    uint64
	Frees      uint64

	// The heap: as Alloc; address space from the system; in unused spans; in used spans; given back to the
	// system; number of objects.
	HeapAlloc    uint64
	HeapSys      uint64
	HeapIdle     uint64
	HeapInuse    uint64
	HeapReleased uint64
	HeapObjects  uint64

	// What else takes memory from the system.
	StackInuse  uint64
	StackSys    uint64
	MSpanInuse  uint64
	MSpanSys    uint64
	MCacheInuse uint64
	MCacheSys   uint64
	BuckHashSys uint64
	GCSys       uint64
	OtherSys    uint64

	// The collector. PauseNs and PauseEnd are rings; the last entry is at (NumGC+255)%256.
	NextGC        uint64
	LastGC        uint64
	PauseTotalNs  uint64
	PauseNs       [256]uint64
	PauseEnd      [256]uint64
	NumGC         uint32
	NumForcedGC   uint32
	GCCPUFraction float64
	EnableGC      bool
	DebugGC       bool

	// BySize counts by size class: objects larger than the size before and at most Size.
	BySize [61]struct {
		Size    uint32
		Mallocs uint64
		Frees   uint64
	}
}

// ReadMemStats fills m.
func ReadMemStats(m *MemStats)

// setfinalizer makes fn be called with p when nothing else refers to the object at p; nil takes the finalizer
// away. It gives false if p is not the start of a heap object, and reports one that has a finalizer already.
func setfinalizer(p unsafe.Pointer, fn func(unsafe.Pointer)) int

// startFinalizers starts run on a goroutine of the runtime's, unless it was started before.
func startFinalizers(run func())

// nextFinalizer waits for a call to be made: fn(p) if fn is not nil, else cleanup().
func nextFinalizer() (fn func(unsafe.Pointer), p unsafe.Pointer, cleanup func())

// runFinalizers makes the calls, one after the other.
func runFinalizers() {
	for {
		fn, p, cleanup := nextFinalizer()
		if fn != nil {
			fn(p)
		} else {
			cleanup()
		}
	}
}

// Results of setfinalizer.
const (
	finalizerSet     = 0
	finalizerNotHeap = 1 // p is a variable of the program or a zero-size object: never freed, no finalizer needed
	finalizerInner   = 2 // p points into an object
	finalizerTwice   = 3
)

// SetFinalizer makes finalizer be called with obj, on a goroutine of its own, when the object that obj points to
// has become unreachable. The object can be freed after that call and another collection. A nil finalizer takes
// it away.
func SetFinalizer(obj any, finalizer any) {
	t := abi.TypeOf(obj)
	if t == nil {
		throw("runtime.SetFinalizer: first argument is nil")
	}
	if t.Kind() != abi.Pointer {
		throw("runtime.SetFinalizer: first argument is " + reflectlite.TypeString(t) + ", not pointer")
	}
	p := (*abi.EmptyInterface)(unsafe.Pointer(&obj)).Data
	if p == nil {
		throw("nil elem type!")
	}
	ft := abi.TypeOf(finalizer)
	if ft == nil {
		setfinalizer(p, nil)
		return
	}
	if ft.Kind() != abi.Func {
		throw("runtime.SetFinalizer: second argument is " + reflectlite.TypeString(ft) + ", not a function")
	}
	sig := ft.FuncType()
	mismatch := func(why string) {
		throw("runtime.SetFinalizer: cannot pass " + reflectlite.TypeString(t) + " to finalizer " + reflectlite.TypeString(ft) + why)
	}
	if sig.IsVariadic() {
		mismatch(" because dotdotdot")
	}
	if sig.NumIn() != 1 {
		mismatch("")
	}
	fn := (*abi.EmptyInterface)(unsafe.Pointer(&finalizer)).Data
	var call func(unsafe.Pointer)
	switch in := sig.In(0); {
	case in == t || in.Kind() == abi.Pointer && (!in.HasName() || !t.HasName()) && in.Elem() == t.Elem():
		// A function that takes one pointer; its results, if any, are left in registers.
		call = *(*func(unsafe.Pointer))(unsafe.Pointer(&fn))
		if resultsInMemory(sig) {
			f := *(*func(results, p unsafe.Pointer))(unsafe.Pointer(&fn))
			call = func(p unsafe.Pointer) { f(resultBlock(sig), p) }
		}
	case in.Kind() == abi.Interface && in.NumMethod() == 0:
		f := *(*func(any))(unsafe.Pointer(&fn))
		g := *(*func(unsafe.Pointer, any))(unsafe.Pointer(&fn))
		inMemory := resultsInMemory(sig)
		call = func(p unsafe.Pointer) {
			e := abi.EmptyInterface{Type: t, Data: p}
			v := *(*any)(unsafe.Pointer(&e))
			if inMemory {
				g(resultBlock(sig), v)
			} else {
				f(v)
			}
		}
	case in.Kind() == abi.Interface && reflectlite.Implements(in, t):
		f := *(*func(interface{ M() }))(unsafe.Pointer(&fn))
		g := *(*func(unsafe.Pointer, interface{ M() }))(unsafe.Pointer(&fn))
		inMemory := resultsInMemory(sig)
		call = func(p unsafe.Pointer) {
			e := abi.EmptyInterface{Type: t, Data: p}
			v := reflectlite.ConvertInterface[interface{ M() }](in, *(*any)(unsafe.Pointer(&e)))
			if inMemory {
				g(resultBlock(sig), v)
			} else {
				f(v)
			}
		}
	default:
		mismatch("")
	}
	startFinalizers(runFinalizers)
	switch setfinalizer(p, call) {
	case finalizerInner:
		throw("runtime.SetFinalizer: pointer not at beginning of allocated block")
	case finalizerTwice:
		throw("runtime.SetFinalizer: finalizer already set")
	}
}

// resultsInMemory reports whether functions of this type return their results in memory, whose address is then their first
// parameter (docs/ABI.md, "Calls").
func resultsInMemory(sig *abi.FuncType) bool {
	ints, floats := 0, 0
	for i := range sig.NumOut() {
		n, m, ok := scalars(sig.Out(i))
		if !ok {
			return true
		}
		ints += n
		floats += m
	}
	const intRegisters, floatRegisters = 6, 8
	return ints > intRegisters || floats > floatRegisters
}

// scalars counts the scalars that values of the type are made of; not ok if they are too many to travel as scalars.
func scalars(t *abi.Type) (ints, floats int, ok bool) {
	const most = 4
	switch t.Kind() {
	case abi.Float32, abi.Float64:
		return 0, 1, true
	case abi.Complex64, abi.Complex128:
		return 0, 2, true
	case abi.String, abi.Interface:
		return 2, 0, true
	case abi.Slice:
		return 3, 0, true
	case abi.Array:
		a := (*abi.ArrayType)(unsafe.Pointer(t))
		n, m, ok := scalars(a.Elem)
		if !ok || n+m != 0 && a.Len > most {
			return 0, 0, a.Len == 0
		}
		ints, floats = n*int(a.Len), m*int(a.Len)
	case abi.Struct:
		for _, f := range (*abi.StructType)(unsafe.Pointer(t)).Fields {
			n, m, ok := scalars(f.Typ)
			if !ok {
				return 0, 0, false
			}
			ints += n
			floats += m
		}
	default:
		return 1, 0, true
	}
	return ints, floats, ints+floats <= most
}

// resultBlock gives memory for results that nobody reads.
func resultBlock(sig *abi.FuncType) unsafe.Pointer {
	size := uintptr(0)
	for i := range sig.NumOut() {
		size += sig.Out(i).Size_ + 8
	}
	// As words that may be pointers, because some are.
	words := make([]unsafe.Pointer, size/8+1)
	return unsafe.Pointer(&words[0])
}

// Cleanup is a call that AddCleanup has announced.
type Cleanup struct {
	id  uint64
	ptr uintptr
}

// addCleanup makes fn be called when the object that p points into is unreachable; 0 if p is not in the heap.
func addCleanup(p unsafe.Pointer, fn func()) uint64

// stopCleanup forgets a cleanup. p is the object's address as a number: it may be gone.
func stopCleanup(p uintptr, id uint64)

// AddCleanup makes cleanup(arg) be called, on a goroutine of its own, some time after the object that ptr points
// into has become unreachable. arg must not be ptr, and neither arg nor cleanup may refer to the object, or it
// never becomes unreachable.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	if ptr == nil {
		panic("runtime.AddCleanup: ptr is nil")
	}
	if p, ok := any(arg).(*T); ok && p == ptr {
		panic("runtime.AddCleanup: ptr is equal to arg, cleanup will never run")
	}
	startFinalizers(runFinalizers)
	id := addCleanup(unsafe.Pointer(ptr), func() { cleanup(arg) })
	return Cleanup{id, uintptr(unsafe.Pointer(ptr))}
}

// Stop cancels the cleanup if it has not been queued yet.
func (c Cleanup) Stop() {
	if c.id != 0 {
		stopCleanup(c.ptr, c.id)
	}
}

// pointerIn gives the pointer in an interface value.
func pointerIn(v any, complaint string) unsafe.Pointer {
	t := abi.TypeOf(v)
	if t == nil {
		panic(errorString("runtime.Pinner: argument is nil"))
	}
	if k := t.Kind(); k != abi.Pointer && k != abi.UnsafePointer {
		panic(errorString(complaint + reflectlite.TypeString(t)))
	}
	return (*abi.EmptyInterface)(unsafe.Pointer(&v)).Data
}
