// Package runtime is the Go part of the runtime: what programs call, the values of run-time panics, and the
// functions that compiled code calls when a check fails. The scheduler, the collector, maps, channels and the
// printing of panics are in Rust; functions without body are provided from there (docs/STDCONTRACT.md).
package runtime

import (
	"internal/goarch"
	"unsafe"
)

// Compiler is "gc", because programs use it to ask for gc's memory layouts and semantics, which are ours.
const Compiler = "gc"

// GOOS and GOARCH name the system and the architecture that the program was built for.
const (
	GOOS   string = "linux"
	GOARCH string = goarch.GOARCH
)

const version = "go1.27.3"

// Version gives the version of Go whose language and library this is.
func Version() string { return version }

// GOROOT gives the value of the GOROOT environment variable; a gorc program has no Go tree recorded in it.
//
// Deprecated: use "go env GOROOT".
func GOROOT() string { return getenv("GOROOT") }

// environ gives the environment of the process as it started.
func environ() []string

func getenv(key string) string {
	for _, entry := range environ() {
		if len(entry) > len(key) && entry[len(key)] == '=' && entry[:len(key)] == key {
			return entry[len(key)+1:]
		}
	}
	return ""
}

// GC runs a whole collection and waits for its end.
func GC()

// Gosched lets other goroutines run.
func Gosched()

// Goexit runs the deferred calls of the goroutine and ends it.
func Goexit()

// GOMAXPROCS sets how many goroutines may run at the same time and gives the former number; n < 1 changes nothing.
func GOMAXPROCS(n int) int

// SetDefaultGOMAXPROCS sets GOMAXPROCS to what it would be without the environment variable and without calls
// of GOMAXPROCS.
func SetDefaultGOMAXPROCS()

// NumCPU gives the number of CPUs that the process may use.
func NumCPU() int

// NumGoroutine gives the number of goroutines that exist.
func NumGoroutine() int

// NumCgoCall gives the number of calls into C: none, there is no cgo.
func NumCgoCall() int64 { return 0 }

// LockOSThread ties the goroutine to its thread until UnlockOSThread was called as often.
func LockOSThread()

// UnlockOSThread undoes one LockOSThread.
func UnlockOSThread()

// Breakpoint stops in the debugger.
func Breakpoint()

// Stack writes a trace of the calling goroutine (all: of all goroutines, the calling one first) to buf, as a panic
// would print it, and gives the number of bytes.
func Stack(buf []byte, all bool) int

// KeepAlive marks x as needed up to here: no finalizer of x runs before.
//
//go:noinline
func KeepAlive(x any) {
	if neverTrue {
		sink = x
	}
}

var (
	neverTrue bool
	sink      any
)

// A Pinner keeps objects reachable and in place. Objects never move, so that it holds them is all it does.
type Pinner struct {
	objects []unsafe.Pointer
}

// Pin pins the object that pointer (of any pointer type, or an unsafe.Pointer) points to.
func (p *Pinner) Pin(pointer any) {
	p.objects = append(p.objects, pointerIn(pointer, "runtime.Pinner: argument is not a pointer: "))
}

// Unpin lets go of all objects of the Pinner.
func (p *Pinner) Unpin() {
	p.objects = nil
}
