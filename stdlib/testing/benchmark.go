package testing

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
)

// durationOrCount is the value of -benchtime and -fuzztime: a duration, or a number of runs such as 100x.
type durationOrCount struct {
	d         time.Duration
	n         int
	allowZero bool
}

func (f *durationOrCount) String() string {
	if f.n > 0 {
		return strconv.Itoa(f.n) + "x"
	}
	return f.d.String()
}

func (f *durationOrCount) Set(s string) error {
	if number, ok := strings.CutSuffix(s, "x"); ok {
		n, err := strconv.ParseInt(number, 10, 0)
		if err != nil || n < 0 || !f.allowZero && n == 0 {
			return errors.New("invalid count")
		}
		*f = durationOrCount{n: int(n)}
		return nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 || !f.allowZero && d == 0 {
		return errors.New("invalid duration")
	}
	*f = durationOrCount{d: d}
	return nil
}

// InternalBenchmark is one benchmark, for the main package that gorc test makes.
type InternalBenchmark struct {
	Name string
	F    func(b *B)
}

// B is what a benchmark is given: how often to do its work, and the clock.
type B struct {
	common
	N int

	state      *benchState
	importPath string
	fn         func(b *B)
	benchTime  durationOrCount
	previousN  int
	previousD  time.Duration
	missingMB  bool
	isSub      bool // started by Run of another benchmark
	hasSubs    bool // does not measure itself: it called Run
	result     BenchmarkResult
	extra      map[string]float64

	timerOn     bool
	showAllocs  bool
	startAllocs uint64
	startBytes  uint64
	netAllocs   uint64
	netBytes    uint64
	bytes       int64
	parallelism int

	// Of Loop: n is how many runs were promised, i how many were begun. done: it has returned false.
	loop struct {
		n, i uint64
		done bool
	}
}

// benchState is shared by the benchmarks of a run.
type benchState struct {
	match  *matcher
	maxLen int // of the longest name, for the column of results
	maxExt int // of the longest suffix for a number of processors
}

// benchLock lets one benchmark run at a time.
var benchLock sync.Mutex

// memStats is here so that reading it does not allocate.
var memStats runtime.MemStats

// StartTimer starts or goes on measuring.
func (b *B) StartTimer() {
	if !b.timerOn {
		runtime.ReadMemStats(&memStats)
		b.startAllocs = memStats.Mallocs
		b.startBytes = memStats.TotalAlloc
		b.start = time.Now()
		b.timerOn = true
	}
}

// StopTimer pauses measuring.
func (b *B) StopTimer() {
	if b.timerOn {
		b.duration += time.Since(b.start)
		runtime.ReadMemStats(&memStats)
		b.netAllocs += memStats.Mallocs - b.startAllocs
		b.netBytes += memStats.TotalAlloc - b.startBytes
		b.timerOn = false
	}
}

// ResetTimer forgets what was measured so far.
func (b *B) ResetTimer() {
	if b.extra == nil {
		// Here, so that ReportMetric does not count an allocation.
		b.extra = make(map[string]float64, 16)
	} else {
		clear(b.extra)
	}
	if b.timerOn {
		runtime.ReadMemStats(&memStats)
		b.startAllocs = memStats.Mallocs
		b.startBytes = memStats.TotalAlloc
		b.start = time.Now()
	}
	b.duration = 0
	b.netAllocs = 0
	b.netBytes = 0
}

// SetBytes says how many bytes one run processes.
func (b *B) SetBytes(n int64) { b.bytes = n }

// ReportAllocs shows the allocations of this benchmark, as -benchmem does for all.
func (b *B) ReportAllocs() { b.showAllocs = true }

// Elapsed is the time measured so far.
func (b *B) Elapsed() time.Duration {
	d := b.duration
	if b.timerOn {
		d += time.Since(b.start)
	}
	return d
}

// ReportMetric adds a figure of its own to the results, or replaces one of ours.
func (b *B) ReportMetric(n float64, unit string) {
	if unit == "" {
		panic("metric unit must not be empty")
	}
	if strings.IndexFunc(unit, unicode.IsSpace) >= 0 {
		panic("metric unit must not contain whitespace")
	}
	b.extra[unit] = n
}

// runN does n runs.
func (b *B) runN(n int) {
	benchLock.Lock()
	defer benchLock.Unlock()
	ctx, cancel := context.WithCancel(context.Background())
	defer func() {
		b.runCleanup(false)
		b.endLine()
	}()
	// What earlier runs left behind is not to be collected during this one.
	runtime.GC()
	b.ctx, b.cancelCtx = ctx, cancel
	b.N = n
	b.loop.n, b.loop.i, b.loop.done = 0, 0, false
	b.parallelism = 1
	b.ResetTimer()
	b.StartTimer()
	b.fn(b)
	b.StopTimer()
	b.previousN = n
	b.previousD = b.duration
	if b.loop.n > 0 && !b.loop.done && !b.failed {
		b.Error("benchmark function returned without B.Loop() == false (break or return in loop?)")
	}
}

// run1 does one run, which also finds the subbenchmarks. False: there is nothing more to do.
func (b *B) run1() bool {
	if s := b.state; s != nil {
		if n := len(b.name) + s.maxExt + 1; n > s.maxLen {
			s.maxLen = n + 8 // room for names that come
		}
	}
	go func() {
		// FailNow, SkipNow and the like end this goroutine.
		defer func() { b.signal <- true }()
		b.runN(1)
	}()
	<-b.signal
	if b.failed {
		fmt.Fprintf(b.w, "%s--- FAIL: %s\n%s", b.chatty.prefix(), b.name, b.text)
		b.text = nil
		return false
	}
	b.mu.RLock()
	finished := b.finished
	b.mu.RUnlock()
	if b.hasSubs || finished {
		tag := "BENCH"
		if b.skipped {
			tag = "SKIP"
		}
		if b.chatty != nil && (len(b.text) > 0 || finished) {
			b.trimText()
			fmt.Fprintf(b.w, "%s--- %s: %s\n%s", b.chatty.prefix(), tag, b.name, b.text)
			b.text = nil
		}
		return false
	}
	return true
}

var headerOnce sync.Once

// run measures the benchmark, its first run being over.
func (b *B) run() {
	headerOnce.Do(b.header)
	if b.state != nil {
		b.state.process(b)
	} else {
		b.doBench()
	}
}

// header says what the results were measured on.
func (b *B) header() {
	fmt.Fprintf(b.w, "goos: %s\n", runtime.GOOS)
	fmt.Fprintf(b.w, "goarch: %s\n", runtime.GOARCH)
	if b.importPath != "" {
		fmt.Fprintf(b.w, "pkg: %s\n", b.importPath)
	}
	if cpu := cpuName(); cpu != "" {
		fmt.Fprintf(b.w, "cpu: %s\n", cpu)
	}
}

// cpuName is the model of the processor.
func cpuName() string {
	data, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(data)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

func (b *B) doBench() BenchmarkResult {
	go b.launch()
	<-b.signal
	return b.result
}

// nextN says how many runs to try for the time that is wanted, after the last runs took d.
func nextN(goal time.Duration, runs int64, d time.Duration, last int64) int64 {
	if d == 0 {
		d = 1
	}
	// A fifth more than it looks, not more than a hundred times the last.
	n := int64(goal) * runs / int64(d)
	n += n / 5
	n = min(n, 100*last)
	n = max(n, last+1)
	return min(n, 1e9)
}

// launch runs the benchmark with more and more runs until it took as long as is wanted.
func (b *B) launch() {
	defer func() { b.signal <- true }()
	switch {
	case b.loop.n > 0:
		// Loop has done all of it in the first run.
	case b.benchTime.n > 0:
		if b.benchTime.n > 1 {
			b.runN(b.benchTime.n)
		}
	default:
		goal := b.benchTime.d
		for n := int64(1); !b.failed && b.duration < goal && n < 1e9; {
			last := n
			// What measuring itself does to short runs is not linear.
			n = nextN(goal, int64(b.N), b.duration, last)
			b.runN(int(n))
		}
	}
	b.result = BenchmarkResult{b.N, b.duration, b.bytes, b.netAllocs, b.netBytes, b.extra}
}

// Loop reports whether to go on with the loop whose condition it is.
func (b *B) Loop() bool {
	if b.loop.i < b.loop.n {
		b.loop.i++
		return true
	}
	return b.loopMore()
}

func (b *B) loopMore() bool {
	if b.loop.done {
		panic("B.Loop called again after it returned false")
	}
	if b.loop.n == 0 {
		b.N = 0
		b.ResetTimer()
		b.StartTimer()
		b.loop.n = 1
		if b.benchTime.n > 0 {
			b.loop.n = uint64(b.benchTime.n)
		}
		b.loop.i = 1
		return true
	}
	if !b.timerOn {
		b.Fatal("B.Loop called with timer stopped")
	}
	more := false
	if b.benchTime.n == 0 {
		elapsed := b.Elapsed()
		if elapsed < b.benchTime.d && b.loop.n < 1e9 {
			b.loop.n = uint64(nextN(b.benchTime.d, int64(b.loop.n), elapsed, int64(b.loop.n)))
			more = true
		}
	}
	if more {
		b.loop.i++
		return true
	}
	b.StopTimer()
	b.N = int(b.loop.n)
	b.loop.done = true
	return false
}

// BenchmarkResult is what was measured.
type BenchmarkResult struct {
	N         int           // runs
	T         time.Duration // of all of them
	Bytes     int64         // processed in one run
	MemAllocs uint64        // allocations of all
	MemBytes  uint64        // bytes allocated by all

	// Extra has the figures of ReportMetric.
	Extra map[string]float64
}

// NsPerOp is the time of one run.
func (r BenchmarkResult) NsPerOp() int64 {
	if v, ok := r.Extra["ns/op"]; ok {
		return int64(v)
	}
	if r.N <= 0 {
		return 0
	}
	return r.T.Nanoseconds() / int64(r.N)
}

func (r BenchmarkResult) megabytesPerSecond() float64 {
	if v, ok := r.Extra["MB/s"]; ok {
		return v
	}
	if r.Bytes <= 0 || r.T <= 0 || r.N <= 0 {
		return 0
	}
	return float64(r.Bytes) * float64(r.N) / 1e6 / r.T.Seconds()
}

// AllocsPerOp is the number of allocations of one run.
func (r BenchmarkResult) AllocsPerOp() int64 { return r.perOp("allocs/op", r.MemAllocs) }

// AllocedBytesPerOp is the number of bytes that one run allocates.
func (r BenchmarkResult) AllocedBytesPerOp() int64 { return r.perOp("B/op", r.MemBytes) }

func (r BenchmarkResult) perOp(unit string, total uint64) int64 {
	if v, ok := r.Extra[unit]; ok {
		return int64(v)
	}
	if r.N <= 0 {
		return 0
	}
	return int64(total) / int64(r.N)
}

// String is the line of results, without the name and the allocations.
func (r BenchmarkResult) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%8d", r.N)
	ns, ok := r.Extra["ns/op"]
	if !ok {
		ns = float64(r.T.Nanoseconds()) / float64(r.N)
	}
	if ns != 0 {
		b.WriteByte('\t')
		figure(&b, ns, "ns/op")
	}
	if mb := r.megabytesPerSecond(); mb != 0 {
		fmt.Fprintf(&b, "\t%7.2f MB/s", mb)
	}
	var units []string
	for unit := range r.Extra {
		switch unit {
		case "ns/op", "MB/s", "B/op", "allocs/op":
		default:
			units = append(units, unit)
		}
	}
	sortStrings(units)
	for _, unit := range units {
		b.WriteByte('\t')
		figure(&b, r.Extra[unit], unit)
	}
	return b.String()
}

// figure prints a number with about four digits that count; the points of different ones stand below each other.
func figure(w io.Writer, x float64, unit string) {
	y := math.Abs(x)
	format := "%18.7f %s"
	switch {
	case y == 0 || y >= 999.95:
		format = "%10.0f %s"
	case y >= 99.995:
		format = "%12.1f %s"
	case y >= 9.9995:
		format = "%13.2f %s"
	case y >= 0.99995:
		format = "%14.3f %s"
	case y >= 0.099995:
		format = "%15.4f %s"
	case y >= 0.0099995:
		format = "%16.5f %s"
	case y >= 0.00099995:
		format = "%17.6f %s"
	}
	fmt.Fprintf(w, format, x, unit)
}

// MemString is the allocations' part of the line.
func (r BenchmarkResult) MemString() string {
	return fmt.Sprintf("%8d B/op\t%8d allocs/op", r.AllocedBytesPerOp(), r.AllocsPerOp())
}

// benchmarkName is the name with the number of processors.
func benchmarkName(name string, procs int) string {
	if procs != 1 {
		return name + "-" + strconv.Itoa(procs)
	}
	return name
}

// RunBenchmarks runs the benchmarks that -bench chooses.
func RunBenchmarks(matchString func(pat, str string) (bool, error), benchmarks []InternalBenchmark) {
	runBenchmarks("", matchString, benchmarks)
}

func runBenchmarks(importPath string, matchString func(pat, str string) (bool, error), benchmarks []InternalBenchmark) bool {
	if *matchBenchmarks == "" {
		return true
	}
	maxProcs := 1
	for _, procs := range cpuList {
		maxProcs = max(maxProcs, procs)
	}
	s := &benchState{
		match:  newMatcher(matchString, *matchBenchmarks, "-test.bench", *skip),
		maxExt: len(benchmarkName("", maxProcs)),
	}
	var chosen []InternalBenchmark
	for _, each := range benchmarks {
		if _, ok, _ := s.match.fullName(nil, each.Name); ok {
			chosen = append(chosen, each)
			s.maxLen = max(s.maxLen, len(benchmarkName(each.Name, maxProcs))+s.maxExt+1)
		}
	}
	root := &B{
		common:     common{signal: make(chan bool, 1), name: "Main", w: os.Stdout, bench: true},
		importPath: importPath,
		benchTime:  benchTime,
		state:      s,
	}
	if Verbose() {
		root.chatty = newVerboseLog(root.w)
	}
	root.fn = func(b *B) {
		for _, each := range chosen {
			b.Run(each.Name, each.F)
		}
	}
	root.runN(1)
	return !root.failed
}

// process measures b once for each -cpu and -count and prints the results.
func (s *benchState) process(b *B) {
	for i, procs := range cpuList {
		for j := uint(0); j < *count; j++ {
			runtime.GOMAXPROCS(procs)
			name := benchmarkName(b.name, procs)
			// With -v the name is already there, on a line of its own.
			if b.chatty == nil {
				fmt.Fprintf(b.w, "%-*s\t", s.maxLen, name)
			}
			// Each after the first is a benchmark of its own.
			if i > 0 || j > 0 {
				b = &B{
					common:     common{signal: make(chan bool, 1), name: b.name, w: b.w, chatty: b.chatty, bench: true, level: b.level, parent: b.parent},
					fn:         b.fn,
					benchTime:  b.benchTime,
					importPath: b.importPath,
				}
				b.run1()
			}
			r := b.doBench()
			if b.failed {
				// run1 has not failed, a later run has: the text is that of its log.
				fmt.Fprintf(b.w, "%s--- FAIL: %s\n%s", b.chatty.prefix(), name, b.text)
				b.text = nil
				continue
			}
			results := r.String()
			if b.chatty != nil {
				fmt.Fprintf(b.w, "%-*s\t", s.maxLen, name)
			}
			if *benchmarkMemory || b.showAllocs {
				results += "\t" + r.MemString()
			}
			fmt.Fprintln(b.w, results)
			// With -v it was shown when it was said.
			if len(b.text) > 0 {
				b.trimText()
				fmt.Fprintf(b.w, "%s--- BENCH: %s\n%s", b.chatty.prefix(), name, b.text)
				b.text = nil
			}
			if p := runtime.GOMAXPROCS(-1); p != procs {
				fmt.Fprintf(os.Stderr, "testing: %s left GOMAXPROCS set to %d\n", name, p)
			}
			b.chatty.name("")
		}
	}
}

// trimText shortens the text of a benchmark: it may have been said in every run.
func (b *B) trimText() {
	const maxLines = 10
	lines := 0
	for i, ch := range b.text {
		if ch == '\n' {
			if lines++; lines >= maxLines {
				b.text = append(b.text[:i:i], "\n\t... [output truncated]\n"...)
				return
			}
		}
	}
}

// Run measures f as a subbenchmark. A benchmark that calls it is not measured itself. False: something failed.
func (b *B) Run(name string, f func(b *B)) bool {
	if b.cleanupCall != "" {
		panic("testing: b.Run called during b.Cleanup")
	}
	// The one that runs gives way.
	b.hasSubs = true
	benchLock.Unlock()
	defer benchLock.Lock()
	full, ok, partial := b.name, true, false
	if b.state != nil {
		full, ok, partial = b.state.match.fullName(&b.common, name)
	}
	if !ok {
		return true
	}
	var pcs [maxFrames]uintptr
	n := runtime.Callers(2, pcs[:])
	sub := &B{
		common: common{
			signal:  make(chan bool, 1),
			name:    full,
			parent:  &b.common,
			level:   b.level + 1,
			creator: append([]uintptr(nil), pcs[:n]...),
			w:       b.w,
			chatty:  b.chatty,
			bench:   true,
		},
		importPath: b.importPath,
		fn:         f,
		benchTime:  b.benchTime,
		state:      b.state,
		isSub:      true,
	}
	if partial {
		// It is only asked for its subbenchmarks.
		sub.hasSubs = true
	}
	if b.chatty != nil {
		headerOnce.Do(b.header)
		if b.chatty.json {
			b.chatty.event(full, fmt.Sprintf("=== RUN   %s\n", full))
		}
		fmt.Fprintln(b.w, full)
		b.chatty.last = full
	}
	if sub.run1() {
		sub.run()
	}
	b.add(sub.result)
	return !sub.failed
}

// add makes b's result one run of each of its subbenchmarks.
func (b *B) add(other BenchmarkResult) {
	r := &b.result
	r.N = 1
	r.T += time.Duration(other.NsPerOp())
	if other.Bytes == 0 {
		// One without it makes the sum meaningless.
		b.missingMB = true
		r.Bytes = 0
	}
	if !b.missingMB {
		r.Bytes += other.Bytes
	}
	r.MemAllocs += uint64(other.AllocsPerOp())
	r.MemBytes += uint64(other.AllocedBytesPerOp())
}

// PB deals out the runs of RunParallel.
type PB struct {
	next  *atomic.Uint64 // runs dealt out to all goroutines
	grain uint64         // dealt out at a time
	have  uint64         // left of the last ones dealt out to this one
	n     uint64
}

// Next reports whether to do one more run.
func (pb *PB) Next() bool {
	if pb.have == 0 {
		n := pb.next.Add(pb.grain)
		switch {
		case n <= pb.n:
			pb.have = pb.grain
		case n < pb.n+pb.grain:
			pb.have = pb.n + pb.grain - n
		default:
			return false
		}
	}
	pb.have--
	return true
}

// RunParallel calls body on several goroutines, which share the b.N runs.
func (b *B) RunParallel(body func(*PB)) {
	if b.N == 0 {
		return
	}
	// Dealing out should cost little: about 100 µs of work at a time, after what the last runs took.
	grain := uint64(0)
	if b.previousN > 0 && b.previousD > 0 {
		grain = 1e5 * uint64(b.previousN) / uint64(b.previousD)
	}
	grain = min(max(grain, 1), 1e4)
	var next atomic.Uint64
	procs := b.parallelism * runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	wg.Add(procs)
	for range procs {
		go func() {
			defer wg.Done()
			body(&PB{next: &next, grain: grain, n: uint64(b.N)})
		}()
	}
	wg.Wait()
	if next.Load() <= uint64(b.N) && !b.Failed() {
		b.Fatal("RunParallel: body exited without pb.Next() == false")
	}
}

// SetParallelism sets the goroutines of RunParallel to p for each processor.
func (b *B) SetParallelism(p int) {
	if p >= 1 {
		b.parallelism = p
	}
}

// Benchmark measures one function, outside of gorc test.
func Benchmark(f func(b *B)) BenchmarkResult {
	b := &B{
		common:    common{signal: make(chan bool, 1), w: discard{}, bench: true},
		fn:        f,
		benchTime: benchTime,
	}
	if b.run1() {
		b.run()
	}
	return b.result
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }

// AllocsPerRun is the average number of allocations of a call of f.
func AllocsPerRun(runs int, f func()) (avg float64) {
	if parallelRunning.Load() != 0 {
		panic("testing: AllocsPerRun called during parallel test")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	// The first call may set up what is not to count.
	f()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	before := stats.Mallocs
	for range runs {
		f()
	}
	runtime.ReadMemStats(&stats)
	// Whole allocations: what others did in between is not meant.
	return float64((stats.Mallocs - before) / uint64(runs))
}
