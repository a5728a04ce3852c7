// Package debug controls the collector and shows stacks and build information of the running program.
package debug

import (
	"os"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// Provided by the runtime.

func setGCPercent(percent int32) int32
func setMemoryLimit(limit int64) int64
func freeOSMemory()
func readGCStats(pauses *[]uint64)
func setMaxStack(bytes int) int
func setMaxThreads(threads int) int
func setPanicOnFault(enabled bool) bool
func setTraceback(level string)

// GCStats are numbers about collections.
type GCStats struct {
	LastGC         time.Time       // when the last one ended
	NumGC          int64           // how many there were
	PauseTotal     time.Duration   // how long they stopped the program
	Pause          []time.Duration // each, newest first
	PauseEnd       []time.Time     // when each pause ended, newest first
	PauseQuantiles []time.Duration // filled if not empty: minimum, ..., maximum
}

// As many pauses as the runtime remembers.
const maxPauses = 256

// ReadGCStats fills stats. For five PauseQuantiles they are minimum, 25%, 50%, 75% and maximum.
func ReadGCStats(stats *GCStats) {
	data := make([]uint64, 0, 2*maxPauses+3)
	readGCStats(&data)
	n := len(data) - 3
	stats.LastGC = time.Unix(0, int64(data[n]))
	stats.NumGC = int64(data[n+1])
	stats.PauseTotal = time.Duration(data[n+2])
	n /= 2
	stats.Pause = stats.Pause[:0]
	stats.PauseEnd = stats.PauseEnd[:0]
	for i := range n {
		stats.Pause = append(stats.Pause, time.Duration(data[i]))
		stats.PauseEnd = append(stats.PauseEnd, time.Unix(0, int64(data[n+i])))
	}
	q := stats.PauseQuantiles
	if len(q) == 0 {
		return
	}
	if n == 0 {
		clear(q)
		return
	}
	sorted := slices.Clone(stats.Pause)
	slices.Sort(sorted)
	last := len(q) - 1
	for i := range last {
		q[i] = sorted[n*i/last]
	}
	q[last] = sorted[n-1]
}

// SetGCPercent sets how much may be allocated before the next collection, in percent of what was alive after the last one,
// and gives the former value. A negative value turns collections off, except for the memory limit.
func SetGCPercent(percent int) int { return int(setGCPercent(int32(percent))) }

// SetMemoryLimit sets how much memory the runtime tries to stay below, and gives the former limit; a negative limit changes
// nothing.
func SetMemoryLimit(limit int64) int64 { return setMemoryLimit(limit) }

// FreeOSMemory collects, and gives as much memory as possible back to the system.
func FreeOSMemory() { freeOSMemory() }

// SetMaxStack sets how large the stack of a goroutine may become, in bytes, and gives the former limit.
func SetMaxStack(bytes int) int { return setMaxStack(bytes) }

// SetMaxThreads sets how many threads there may be, and gives the former limit. More of them end the program.
func SetMaxThreads(threads int) int { return setMaxThreads(threads) }

// SetPanicOnFault makes memory faults at unexpected addresses panic, for this goroutine, instead of ending the program, and
// gives the former setting.
func SetPanicOnFault(enabled bool) bool { return setPanicOnFault(enabled) }

// SetTraceback sets how much is printed before an unrecovered panic ends the program; GOTRACEBACK sets the least.
func SetTraceback(level string) { setTraceback(level) }

// CrashOptions are for SetCrashOutput; there are none yet.
type CrashOptions struct{}

// setCrashOutput makes the runtime write what it prints at the end of a crashing program to the descriptor too, -1: no more. It
// gives the former one.
func setCrashOutput(fd int) int

// SetCrashOutput makes what is printed when the program crashes go to a file too; nil: no more. The file may be closed afterwards.
func SetCrashOutput(f *os.File, opts CrashOptions) error {
	fd := -1
	if f != nil {
		r, _, e := syscall.Syscall(syscall.SYS_FCNTL, f.Fd(), syscall.F_DUPFD_CLOEXEC, 0)
		runtime.KeepAlive(f)
		if e != 0 {
			return os.NewSyscallError("fcntl", e)
		}
		fd = int(r)
	}
	if old := setCrashOutput(fd); old >= 0 {
		syscall.Close(old)
	}
	return nil
}

// Stack gives a trace of the calling goroutine.
func Stack() []byte {
	buf := make([]byte, 1024)
	for {
		if n := runtime.Stack(buf, false); n < len(buf) {
			return buf[:n]
		}
		buf = make([]byte, 2*len(buf))
	}
}

// PrintStack prints a trace of the calling goroutine to standard error.
func PrintStack() { os.Stderr.Write(Stack()) }
