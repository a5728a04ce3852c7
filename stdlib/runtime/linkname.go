package runtime

import (
	"internal/abi"
	"sync/atomic"
	"unsafe"
)

// What packages of a Go tree link to: services of the runtime under the names that they have there. Those that are in
// Rust with the same parameters need nothing here.

// ---- Clocks, timers, random numbers, hashes ----

// nanotime does not ask time.runtimeNano, which in a Go tree is Go code that counts its calls.
func nanotime() int64 {
	_, _, mono := walltime()
	return mono
}

//go:linkname walltime time.now
func walltime() (sec int64, nsec int32, mono int64)

//go:linkname time_runtimeNow time.runtimeNow
func time_runtimeNow() (sec int64, nsec int32, mono int64) { return walltime() }

//go:linkname time_runtimeIsBubbled time.runtimeIsBubbled
func time_runtimeIsBubbled() bool { return false }

//go:linkname fips_monoTime crypto/internal/fips140deps/time.monoTime
func fips_monoTime() int64 { return nanotime() }

//go:linkname rand math/rand.runtimeRand
func rand() uint64

//go:linkname randn sync.runtime_randn
func randn(n uint32) uint32

//go:linkname typehash reflect.typehash
func typehash(t, p unsafe.Pointer, seed uintptr) uintptr

func memhash(p unsafe.Pointer, seed, n uintptr) uintptr {
	s := unsafe.String((*byte)(p), n)
	return typehash(unsafe.Pointer(abi.TypeFor[string]()), unsafe.Pointer(&s), seed)
}

//go:linkname vgetrandom internal/syscall/unix.vgetrandom
func vgetrandom(p []byte, flags uint32) (ret int, supported bool) { return -1, false }

// ---- System calls, processes, environment ----

//go:linkname rawSyscall syscall.RawSyscall
func rawSyscall(trap, a1, a2, a3 uintptr) (r1, r2, errno uintptr)

// write is what a package uses that cannot import syscall.
func write(fd uintptr, p unsafe.Pointer, n int32) int32 {
	r, _, errno := rawSyscall(sysWrite, fd, uintptr(p), uintptr(n))
	if errno != 0 {
		return -int32(errno)
	}
	return int32(r)
}

func fcntl(fd, cmd, arg int32) (val, errno int32) {
	r, _, e := rawSyscall(sysFcntl, uintptr(fd), uintptr(cmd), uintptr(arg))
	if e != 0 {
		return -1, int32(e)
	}
	return int32(r), 0
}

//go:linkname procPin sync.runtime_procPin
func procPin() int

//go:linkname procUnpin sync.runtime_procUnpin
func procUnpin()

// Between these two the goroutine keeps its thread and does not enter the scheduler, so that neither does the child.

//go:linkname syscall_BeforeFork syscall.runtime_BeforeFork
func syscall_BeforeFork() { procPin() }

//go:linkname syscall_AfterFork syscall.runtime_AfterFork
func syscall_AfterFork() { procUnpin() }

//go:linkname syscall_AfterForkInChild syscall.runtime_AfterForkInChild
func syscall_AfterForkInChild() {}

//go:linkname syscall_BeforeExec syscall.runtime_BeforeExec
func syscall_BeforeExec() {}

//go:linkname syscall_AfterExec syscall.runtime_AfterExec
func syscall_AfterExec() {}

//go:linkname allThreads syscall.runtimeAllThreads
func allThreads(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr)

//go:linkname syscall_doAllThreads syscall.runtime_doAllThreadsSyscall
func syscall_doAllThreads(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, err uintptr) {
	return allThreads(trap, a1, a2, a3, a4, a5, a6)
}

//go:linkname syscall_cgocaller syscall.cgocaller
func syscall_cgocaller(fn unsafe.Pointer, args ...uintptr) uintptr { panic("call of C without cgo") }

//go:linkname entersyscall syscall.runtime_entersyscall
func entersyscall() {}

//go:linkname exitsyscall syscall.runtime_exitsyscall
func exitsyscall() {}

//go:linkname syscall_Setenv syscall.runtimeSetenv
func syscall_Setenv(key, value string) {
	if key == "GODEBUG" {
		godebugChanged(value)
	}
}

//go:linkname syscall_Unsetenv syscall.runtimeUnsetenv
func syscall_Unsetenv(key string) {
	if key == "GODEBUG" {
		godebugChanged("")
	}
}

//go:linkname syscall_Clearenv syscall.runtimeClearenv
func syscall_Clearenv(env map[string]int) {
	if _, ok := env["GODEBUG"]; ok {
		godebugChanged("")
	}
}

// Processes are started with pidfd_open's file, and a system call that the kernel does not have gives ENOSYS: seccomp
// filters that kill instead are not guarded against.

//go:linkname os_ignoreSIGSYS os.ignoreSIGSYS
func os_ignoreSIGSYS() {}

//go:linkname os_restoreSIGSYS os.restoreSIGSYS
func os_restoreSIGSYS() {}

//go:linkname os_beforeExit os.runtime_beforeExit
func os_beforeExit(code int) {}

//go:linkname signal_idle os/signal.signal_idle
func signal_idle() bool

//go:linkname signal_waitUntilIdle os/signal.signalWaitUntilIdle
func signal_waitUntilIdle() {
	for !signal_idle() {
		Gosched()
	}
}

// ---- GODEBUG ----

var godebugUpdate func(defaults, value string)

func godebugChanged(value string) {
	if godebugUpdate != nil {
		godebugUpdate("", value)
	}
}

//go:linkname godebug_setUpdate internal/godebug.setUpdate
func godebug_setUpdate(update func(defaults, value string)) {
	godebugUpdate = update
	godebugChanged(getenv("GODEBUG"))
}

// A godebugMetric counts how often a setting changed what the library does.
type godebugMetric struct {
	name string
	read func() uint64
	next *godebugMetric
}

var godebugMetrics atomic.Pointer[godebugMetric]

//go:linkname godebug_registerMetric internal/godebug.registerMetric
func godebug_registerMetric(name string, read func() uint64) {
	m := &godebugMetric{name: name, read: read}
	for {
		m.next = godebugMetrics.Load()
		if godebugMetrics.CompareAndSwap(m.next, m) {
			return
		}
	}
}

//go:linkname godebug_setNewIncNonDefault internal/godebug.setNewIncNonDefault
func godebug_setNewIncNonDefault(f func(string) func()) {}

// ---- Synchronisation ----

//go:linkname semacquireMutex sync.runtime_SemacquireMutex
func semacquireMutex(s *uint32, lifo bool)

//go:linkname semrelease sync.runtime_Semrelease
func semrelease(s *uint32, handoff bool)

//go:linkname canSpin sync.runtime_canSpin
func canSpin(i int) bool

//go:linkname doSpin sync.runtime_doSpin
func doSpin()

//go:linkname internal_sync_SemacquireMutex internal/sync.runtime_SemacquireMutex
func internal_sync_SemacquireMutex(s *uint32, lifo bool, skip int) { semacquireMutex(s, lifo) }

//go:linkname internal_sync_Semrelease internal/sync.runtime_Semrelease
func internal_sync_Semrelease(s *uint32, handoff bool, skip int) { semrelease(s, handoff) }

//go:linkname internal_sync_canSpin internal/sync.runtime_canSpin
func internal_sync_canSpin(i int) bool { return canSpin(i) }

//go:linkname internal_sync_doSpin internal/sync.runtime_doSpin
func internal_sync_doSpin() { doSpin() }

//go:linkname internal_sync_nanotime internal/sync.runtime_nanotime
func internal_sync_nanotime() int64 { return nanotime() }

//go:linkname internal_sync_fatal internal/sync.fatal
func internal_sync_fatal(s string) { fatal(s) }

//go:linkname internal_sync_throw internal/sync.throw
func internal_sync_throw(s string) { throw(s) }

// The list is as the runtime expects: the same struct in sync.

//go:linkname sync_notifyListCheck sync.runtime_notifyListCheck
func sync_notifyListCheck(size uintptr) {}

//go:linkname atomic_procPin sync/atomic.runtime_procPin
func atomic_procPin() int { return procPin() }

//go:linkname atomic_procUnpin sync/atomic.runtime_procUnpin
func atomic_procUnpin() { procUnpin() }

// ---- Bubbles of testing/synctest: there are none ----

//go:linkname synctest_IsInBubble internal/synctest.IsInBubble
func synctest_IsInBubble() bool { return false }

//go:linkname synctest_Run internal/synctest.Run
func synctest_Run(f func()) { panic("not supported yet: testing/synctest") }

//go:linkname synctest_Wait internal/synctest.Wait
func synctest_Wait() { panic("goroutine is not in a bubble") }

//go:linkname synctest_acquire internal/synctest.acquire
func synctest_acquire() any { return nil }

//go:linkname synctest_release internal/synctest.release
func synctest_release(bubble any) {}

//go:linkname synctest_inBubble internal/synctest.inBubble
func synctest_inBubble(bubble any, f func()) { f() }

//go:linkname synctest_associate internal/synctest.associate
func synctest_associate(p unsafe.Pointer) int { return 0 }

//go:linkname synctest_disassociate internal/synctest.disassociate
func synctest_disassociate(b unsafe.Pointer) {}

//go:linkname synctest_isAssociated internal/synctest.isAssociated
func synctest_isAssociated(p unsafe.Pointer) bool { return false }

// ---- crypto ----

//go:linkname fips_fatal crypto/internal/fips140.fatal
func fips_fatal(s string) { fatal(s) }

//go:linkname sysrand_fatal crypto/internal/sysrand.fatal
func sysrand_fatal(s string) { fatal(s) }

//go:linkname crypto_rand_fatal crypto/rand.fatal
func crypto_rand_fatal(s string) { fatal(s) }

// The indicator says whether the last operations were approved by FIPS 140. It is the program's, not the goroutine's:
// only a program in FIPS mode, which gorc does not build, can rely on it.
var fipsIndicator uint8

//go:linkname fips_getIndicator crypto/internal/fips140.getIndicator
func fips_getIndicator() uint8 { return fipsIndicator }

//go:linkname fips_setIndicator crypto/internal/fips140.setIndicator
func fips_setIndicator(v uint8) { fipsIndicator = v }

//go:linkname fips_isBypassed crypto/fips140.isBypassed
func fips_isBypassed() bool { return false }

//go:linkname fips_setBypass crypto/fips140.setBypass
func fips_setBypass() {}

//go:linkname fips_unsetBypass crypto/fips140.unsetBypass
func fips_unsetBypass() {}

//go:linkname subtle_setDITEnabled crypto/subtle.setDITEnabled
func subtle_setDITEnabled() bool { return false }

//go:linkname subtle_setDITDisabled crypto/subtle.setDITDisabled
func subtle_setDITDisabled() {}

// Marks in the executable that a tool looks for.

//go:linkname sig_BoringCrypto crypto/internal/boring/sig.BoringCrypto
func sig_BoringCrypto() {}

//go:linkname sig_FIPSOnly crypto/internal/boring/sig.FIPSOnly
func sig_FIPSOnly() {}

//go:linkname sig_StandardCrypto crypto/internal/boring/sig.StandardCrypto
func sig_StandardCrypto() {}

// ---- runtime/debug, coverage, metrics, profiles, traces ----

func getAuxv() []uintptr { return nil }

//go:linkname coverage_counters internal/coverage/cfile.getCovCounterList
func coverage_counters() []unsafe.Pointer { return nil }

//go:linkname debug_setTraceback runtime/debug.setTraceback
func debug_setTraceback(level string)

//go:linkname debug_SetTraceback runtime/debug.SetTraceback
func debug_SetTraceback(level string) { debug_setTraceback(level) }

//go:linkname debug_WriteHeapDump runtime/debug.WriteHeapDump
func debug_WriteHeapDump(fd uintptr) { panic("not supported yet: debug.WriteHeapDump") }

// setCrashFD is given the file that a fatal error is also written to, and gives the one before: none, it is not
// used yet.
func setCrashFD(fd uintptr) uintptr { return ^uintptr(0) }

// Execution traces are not collected.

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

// A metricsSample is a Sample of runtime/metrics.
type metricsSample struct {
	name    string
	kind    int // of value: 0 there is no such metric, 1 a uint64
	scalar  uint64
	pointer unsafe.Pointer
}

// Of the metrics only those of GODEBUG settings are there.
//
//go:linkname metrics_read runtime/metrics.runtime_readMetrics
func metrics_read(samples unsafe.Pointer, n, max int) {
	const prefix = "/godebug/non-default-behavior/"
	all := unsafe.Slice((*metricsSample)(samples), n)
	for i := range all {
		s := &all[i]
		s.kind, s.scalar, s.pointer = 0, 0, nil
		if len(s.name) > len(prefix) && s.name[:len(prefix)] == prefix {
			s.kind = 1
		}
		for m := godebugMetrics.Load(); m != nil; m = m.next {
			if m.name == s.name {
				s.scalar = m.read()
			}
		}
	}
}

// ---- What tests link to ----

//go:linkname sleep time.Sleep
func sleep(ns int64)

var haveHighResSleep = true

// blockUntilEmptyCleanupQueue waits until the cleanups that are due have run, at most timeout ns. They run one
// after the other, so that of an object which becomes unreachable now is the last.
func blockUntilEmptyCleanupQueue(timeout int64) bool {
	var done uint32
	type marked struct{ self *marked }
	AddCleanup(new(marked), func(done *uint32) { atomic.StoreUint32(done, 1) }, &done)
	GC()
	for end := nanotime() + timeout; atomic.LoadUint32(&done) == 0; {
		if nanotime() > end {
			return false
		}
		sleep(50e3)
	}
	return true
}

//go:linkname unique_blockUntilEmptyCleanupQueue unique.runtime_blockUntilEmptyCleanupQueue
func unique_blockUntilEmptyCleanupQueue(timeout int64) bool {
	return blockUntilEmptyCleanupQueue(timeout)
}

//go:linkname sync_test_blockUntilEmptyCleanupQueue sync_test.runtime_blockUntilEmptyCleanupQueue
func sync_test_blockUntilEmptyCleanupQueue(timeout int64) bool {
	return blockUntilEmptyCleanupQueue(timeout)
}

//go:linkname sync_blockUntilEmptyCleanupQueue sync.runtime_blockUntilEmptyCleanupQueue
func sync_blockUntilEmptyCleanupQueue(timeout int64) bool {
	return blockUntilEmptyCleanupQueue(timeout)
}

// A bubble's test runs in Run, which panics.
//
//go:linkname testing_synctestTest testing/synctest.testingSynctestTest
func testing_synctestTest(t unsafe.Pointer, f func(unsafe.Pointer)) bool { return false }

// Whether a test is parallel is not checked where randomness is replaced.
//
//go:linkname testing_checkParallel testing.checkParallel
func testing_checkParallel(t unsafe.Pointer) {}
