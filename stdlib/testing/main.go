// Package testing runs the tests, benchmarks, examples and fuzz targets of packages, as gorc test builds them.
//
// gorc test makes a main package with the tables of what the test files declare; it calls MainStart and Run. Everything
// else is in the test binary: flags -test.*, choice by name, order, output, exit status.
package testing

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

var initRan bool

// The values of the flags.
var (
	short, failfast, benchmarkMemory, artifacts, isFuzzWorker *bool
	paniconexit0                                              *bool
	outputDir, coverProfile, gocoverdir, match, skip          *string
	matchList, matchBenchmarks, cpuListStr, shuffle           *string
	testlogFile, fuzzTarget, fuzzCacheDir                     *string
	memProfile, cpuProfile, blockProfile, mutexProfile        *string
	traceFile                                                 *string
	memProfileRate, blockProfileRate, mutexProfileFraction    *int
	count                                                     *uint
	timeout                                                   *time.Duration
	parallel                                                  *int
	fullPath                                                  bool
	chatty                                                    chattyFlag
	benchTime                                                 = durationOrCount{d: time.Second}
	fuzzDuration                                              durationOrCount
	minimizeDuration                                          = durationOrCount{d: time.Minute}

	cpuList      []int
	haveExamples bool
	importPath   string
	modulePath   string
	initialDir   string

	failures        atomic.Uint32 // tests that failed
	parallelRunning atomic.Int32
)

// chattyFlag is -test.v: false, true or test2json.
type chattyFlag struct{ on, json bool }

func (*chattyFlag) IsBoolFlag() bool { return true }

func (f *chattyFlag) Set(arg string) error {
	switch arg {
	case "true":
		*f = chattyFlag{on: true}
	case "test2json":
		*f = chattyFlag{on: true, json: true}
	case "false":
		*f = chattyFlag{}
	default:
		return fmt.Errorf("invalid flag -test.v=%s", arg)
	}
	return nil
}

func (f *chattyFlag) String() string {
	if f.json {
		return "test2json"
	}
	return strconv.FormatBool(f.on)
}

func (f *chattyFlag) Get() any {
	if f.json {
		return "test2json"
	}
	return f.on
}

func (f *chattyFlag) prefix() string {
	if f.json {
		return mark
	}
	return ""
}

func newVerboseLog(w io.Writer) *verboseLog { return &verboseLog{w: w, json: chatty.json} }

// Init registers the flags of tests. Only who calls functions such as Benchmark without gorc test needs it.
func Init() {
	if initRan {
		return
	}
	initRan = true
	short = flag.Bool("test.short", false, "run smaller test suite to save time")
	failfast = flag.Bool("test.failfast", false, "do not start new tests after the first test failure")
	outputDir = flag.String("test.outputdir", "", "write profiles to `dir`")
	artifacts = flag.Bool("test.artifacts", false, "store test artifacts in test.,outputdir")
	flag.Var(&chatty, "test.v", "verbose: print additional output")
	count = flag.Uint("test.count", 1, "run tests and benchmarks `n` times")
	coverProfile = flag.String("test.coverprofile", "", "write a coverage profile to `file`")
	gocoverdir = flag.String("test.gocoverdir", "", "write coverage intermediate files to this directory")
	matchList = flag.String("test.list", "", "list tests, examples, and benchmarks matching `regexp` then exit")
	match = flag.String("test.run", "", "run only tests and examples matching `regexp`")
	skip = flag.String("test.skip", "", "do not list or run tests matching `regexp`")
	memProfile = flag.String("test.memprofile", "", "write an allocation profile to `file`")
	memProfileRate = flag.Int("test.memprofilerate", 0, "set memory allocation profiling `rate` (see runtime.MemProfileRate)")
	cpuProfile = flag.String("test.cpuprofile", "", "write a cpu profile to `file`")
	blockProfile = flag.String("test.blockprofile", "", "write a goroutine blocking profile to `file`")
	blockProfileRate = flag.Int("test.blockprofilerate", 1, "set blocking profile `rate` (see runtime.SetBlockProfileRate)")
	mutexProfile = flag.String("test.mutexprofile", "", "write a mutex contention profile to the named file after execution")
	mutexProfileFraction = flag.Int("test.mutexprofilefraction", 1, "if >= 0, calls runtime.SetMutexProfileFraction()")
	paniconexit0 = flag.Bool("test.paniconexit0", false, "panic on call to os.Exit(0)")
	traceFile = flag.String("test.trace", "", "write an execution trace to `file`")
	timeout = flag.Duration("test.timeout", 0, "panic test binary after duration `d` (default 0, timeout disabled)")
	cpuListStr = flag.String("test.cpu", "", "comma-separated `list` of cpu counts to run each test with")
	parallel = flag.Int("test.parallel", runtime.GOMAXPROCS(0), "run at most `n` tests in parallel")
	testlogFile = flag.String("test.testlogfile", "", "write test action log to `file` (for use only by cmd/go)")
	shuffle = flag.String("test.shuffle", "off", "randomize the execution order of tests and benchmarks")
	flag.BoolVar(&fullPath, "test.fullpath", false, "show full file names in error messages")
	matchBenchmarks = flag.String("test.bench", "", "run only benchmarks matching `regexp`")
	benchmarkMemory = flag.Bool("test.benchmem", false, "print memory allocations for benchmarks")
	flag.Var(&benchTime, "test.benchtime", "run each benchmark for duration `d` or N times if `d` is of the form Nx")
	fuzzTarget = flag.String("test.fuzz", "", "run the fuzz test matching `regexp`")
	flag.Var(&fuzzDuration, "test.fuzztime", "time to spend fuzzing; default is to run indefinitely")
	flag.Var(&minimizeDuration, "test.fuzzminimizetime", "time to spend minimizing a value after finding a failing input")
	fuzzCacheDir = flag.String("test.fuzzcachedir", "", "directory where interesting fuzzing inputs are stored (for use only by cmd/go)")
	isFuzzWorker = flag.Bool("test.fuzzworker", false, "coordinate with the parent process to fuzz random values (for use only by cmd/go)")
}

// Short reports whether -short is set.
func Short() bool {
	if short == nil {
		panic("testing: Short called before Init")
	}
	if !flag.Parsed() {
		panic("testing: Short called before Parse")
	}
	return *short
}

// Testing reports whether the program is a test.
func Testing() bool { return isTestBinary() }

// isTestBinary is replaced by gorc test in the programs that it makes.
func isTestBinary() bool { return false }

// CoverMode is the mode of coverage, "" if it is not on.
func CoverMode() string { return cover.Mode }

// Verbose reports whether -v is set.
func Verbose() bool {
	if !flag.Parsed() {
		panic("testing: Verbose called before Parse")
	}
	return chatty.on
}

// testDeps is what the test binary needs from packages that this one does not import.
type testDeps interface {
	ImportPath() string
	ModulePath() string
	MatchString(pat, str string) (bool, error)
	SetPanicOnExit0(bool)
}

// M is what TestMain is given.
type M struct {
	deps        testDeps
	tests       []InternalTest
	benchmarks  []InternalBenchmark
	fuzzTargets []InternalFuzzTarget
	examples    []InternalExample

	timer    *time.Timer
	ranAfter bool
	numRun   int

	// exitCode is read, by its name, by the main package after TestMain.
	exitCode int
}

// MainStart is called by the main package that gorc test makes.
func MainStart(deps testDeps, tests []InternalTest, benchmarks []InternalBenchmark, fuzzTargets []InternalFuzzTarget, examples []InternalExample) *M {
	Init()
	return &M{deps: deps, tests: tests, benchmarks: benchmarks, fuzzTargets: fuzzTargets, examples: examples}
}

// Main runs tests as main packages did before MainStart.
func Main(matchString func(pat, str string) (bool, error), tests []InternalTest, benchmarks []InternalBenchmark, examples []InternalExample) {
	os.Exit(MainStart(matchOnly(matchString), tests, benchmarks, nil, examples).Run())
}

type matchOnly func(pat, str string) (bool, error)

func (f matchOnly) MatchString(pat, str string) (bool, error) { return f(pat, str) }
func (f matchOnly) ImportPath() string                        { return "" }
func (f matchOnly) ModulePath() string                        { return "" }
func (f matchOnly) SetPanicOnExit0(bool)                      {}

// Run runs the tests and gives the status for os.Exit.
func (m *M) Run() (code int) {
	defer func() { code = m.exitCode }()
	m.numRun++
	if !flag.Parsed() {
		flag.Parse()
	}
	importPath, modulePath = m.deps.ImportPath(), m.deps.ModulePath()
	if *parallel < 1 {
		fmt.Fprintln(os.Stderr, "testing: -parallel can only be given a positive integer")
		flag.Usage()
		m.exitCode = 2
		return
	}
	if *fuzzTarget != "" {
		fmt.Fprintln(os.Stderr, "testing: not supported yet: -fuzz")
		m.exitCode = 2
		return
	}
	for name, value := range map[string]*string{"cpuprofile": cpuProfile, "memprofile": memProfile, "blockprofile": blockProfile, "mutexprofile": mutexProfile, "trace": traceFile} {
		if *value != "" {
			fmt.Fprintf(os.Stderr, "testing: not supported yet: -%s\n", name)
			m.exitCode = 2
			return
		}
	}
	if *matchList != "" {
		m.list()
		m.exitCode = 0
		return
	}
	if *shuffle != "off" {
		if err := m.shuffle(*shuffle); err != nil {
			fmt.Fprintln(os.Stderr, "testing:", err)
			m.exitCode = 2
			return
		}
	}
	initialDir, _ = os.Getwd()
	if *paniconexit0 {
		m.deps.SetPanicOnExit0(true)
	}
	parseCPUList()
	m.exitCode = m.runAll()
	return
}

func (m *M) runAll() int {
	defer m.after()
	deadline := m.startAlarm()
	haveExamples = len(m.examples) > 0
	testRan, testOK := runTests(m.deps.MatchString, m.tests, deadline)
	fuzzRan, fuzzOK := runFuzzTests(m.deps, m.fuzzTargets, deadline)
	exampleRan, exampleOK := runExamples(m.deps.MatchString, m.examples)
	m.stopAlarm()
	if !testRan && !exampleRan && !fuzzRan && *matchBenchmarks == "" && *fuzzTarget == "" {
		fmt.Fprintln(os.Stderr, "testing: warning: no tests to run")
		if testOK && exampleOK && fuzzOK && *match != "^$" {
			// The go command tells by the words above.
		}
	}
	if !testOK || !exampleOK || !fuzzOK || !runBenchmarks(m.deps.ImportPath(), m.deps.MatchString, m.benchmarks) {
		fmt.Print(chatty.prefix(), "FAIL\n")
		return 1
	}
	fmt.Print(chatty.prefix(), "PASS\n")
	return 0
}

// after does what is due when the tests are over, or when the run ends before.
func (m *M) after() {
	if m.ranAfter {
		return
	}
	m.ranAfter = true
	if *paniconexit0 {
		m.deps.SetPanicOnExit0(false)
	}
	coverReport()
}

func (m *M) list() {
	var names []string
	for _, t := range m.tests {
		names = append(names, t.Name)
	}
	for _, b := range m.benchmarks {
		names = append(names, b.Name)
	}
	for _, f := range m.fuzzTargets {
		names = append(names, f.Name)
	}
	for _, e := range m.examples {
		names = append(names, e.Name)
	}
	listTests(m.deps.MatchString, names)
}

// startAlarm ends the run with a panic after -timeout.
func (m *M) startAlarm() (deadline time.Time) {
	if *timeout <= 0 {
		return
	}
	deadline = time.Now().Add(*timeout)
	m.timer = time.AfterFunc(*timeout, func() {
		m.after()
		dieOf(fmt.Sprintf("test timed out after %v%s", *timeout, runningText()))
	})
	return deadline
}

func (m *M) stopAlarm() {
	if *timeout > 0 {
		m.timer.Stop()
	}
}

// shuffle changes the order of tests and benchmarks, the same for the same seed.
func (m *M) shuffle(how string) error {
	seed := time.Now().UnixNano()
	if how != "on" {
		n, err := strconv.ParseInt(how, 10, 64)
		if err != nil {
			return fmt.Errorf(`-shuffle should be "off", "on", or a valid integer: %w`, err)
		}
		seed = n
	}
	fmt.Println("-test.shuffle", seed)
	r := newShuffler(seed)
	r.shuffle(len(m.tests), reflect.Swapper(m.tests))
	r.shuffle(len(m.benchmarks), reflect.Swapper(m.benchmarks))
	return nil
}

func outputDirectory() string {
	dir := *outputDir
	if dir == "" {
		dir = initialDir
	}
	return dir
}

// toOutputDir is where a file named by a flag goes.
func toOutputDir(path string) string {
	if *outputDir == "" || path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(*outputDir, path)
}

func parseCPUList() {
	cpuList = nil
	for _, each := range strings.Split(*cpuListStr, ",") {
		each = strings.TrimSpace(each)
		if each == "" {
			continue
		}
		n, err := strconv.Atoi(each)
		if err != nil || n <= 0 {
			fmt.Fprintf(os.Stderr, "testing: invalid value %q for -test.cpu\n", each)
			os.Exit(1)
		}
		cpuList = append(cpuList, n)
	}
	if cpuList == nil {
		cpuList = append(cpuList, runtime.GOMAXPROCS(-1))
	}
}
