package testing

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

// T is what a test is given: it reports results and runs subtests.
type T struct {
	common
	state *testState
}

// InternalTest is one test, for the main package that gorc test makes.
type InternalTest struct {
	Name string
	F    func(*T)
}

// testState is shared by all tests of a run: which names are wanted, and how many parallel tests may go on.
type testState struct {
	match    *matcher
	deadline time.Time

	mu          sync.Mutex
	maxParallel int
	running     int // that count against maxParallel
	waiting     int
	start       chan bool // receives once for each waiting test that may start
}

func newTestState(maxParallel int, m *matcher) *testState {
	// The root takes no slot, but the goroutine of a test that is not parallel does.
	return &testState{match: m, maxParallel: maxParallel, running: 1, start: make(chan bool)}
}

func (s *testState) acquire() {
	s.mu.Lock()
	if s.running < s.maxParallel {
		s.running++
		s.mu.Unlock()
		return
	}
	s.waiting++
	s.mu.Unlock()
	<-s.start
}

func (s *testState) release() {
	s.mu.Lock()
	if s.waiting == 0 {
		s.running--
		s.mu.Unlock()
		return
	}
	s.waiting--
	s.mu.Unlock()
	s.start <- true
}

// running holds the tests under way with their start, for the message of a timeout.
var running sync.Map

func runningTests() []string {
	var list []string
	running.Range(func(name, start any) bool {
		list = append(list, fmt.Sprintf("%s (%v)", name, time.Since(start.(time.Time)).Round(time.Second)))
		return true
	})
	sortStrings(list)
	return list
}

func sortStrings(s []string) {
	for i := range s {
		for j := i; j > 0 && s[j] < s[j-1]; j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
}

const parallelConflict = "testing: test using t.Setenv, t.Chdir, or cryptotest.SetGlobalRandom can not use t.Parallel"

// Parallel says that this test may run at the same time as other parallel tests. It goes on when the others are over.
func (t *T) Parallel() {
	if t.isParallel {
		panic("testing: t.Parallel called multiple times")
	}
	if t.isSynctest {
		panic("testing: t.Parallel called inside synctest bubble")
	}
	if t.denyParallel {
		panic(parallelConflict)
	}
	if t.parent.barrier == nil {
		// A fuzz target under the fuzzing engine: there is nothing to wait for.
		return
	}
	t.isParallel = true
	// Time spent in waiting is not the test's.
	t.duration += time.Since(t.start)
	t.parent.mu.Lock()
	t.parent.sub = append(t.parent.sub, t)
	t.parent.mu.Unlock()
	if t.chatty != nil {
		t.chatty.event(t.name, fmt.Sprintf("=== PAUSE %s\n", t.name))
	}
	running.Delete(t.name)
	t.signal <- true
	<-t.parent.barrier
	t.state.acquire()
	parallelRunning.Add(1)
	if t.chatty != nil {
		t.chatty.event(t.name, fmt.Sprintf("=== CONT  %s\n", t.name))
	}
	running.Store(t.name, time.Now())
	t.start = time.Now()
}

func (t *T) notParallel() {
	for c := &t.common; c != nil; c = c.parent {
		if c.isParallel {
			panic(parallelConflict)
		}
	}
	t.denyParallel = true
}

// Setenv sets a variable of the environment until the end of the test. Parallel tests may not.
func (t *T) Setenv(key, value string) {
	t.notParallel()
	t.common.Setenv(key, value)
}

// Chdir changes the working directory until the end of the test. Parallel tests may not.
func (t *T) Chdir(dir string) {
	t.notParallel()
	t.common.Chdir(dir)
}

// Deadline is when the run as a whole is ended by -timeout.
func (t *T) Deadline() (deadline time.Time, ok bool) {
	if t.isSynctest {
		panic("testing: t.Deadline called inside synctest bubble")
	}
	deadline = t.state.deadline
	return deadline, !deadline.IsZero()
}

var errNilPanicOrGoexit = "test executed panic(nil) or runtime.Goexit"

// tRunner calls a test's function on its own goroutine, and sees to its end whatever way the function ends.
func tRunner(t *T, fn func(t *T)) {
	t.runner = functionName(0)
	defer func() {
		if t.isParallel {
			parallelRunning.Add(-1)
		}
		failed := t.Failed()
		if failed {
			failures.Add(1)
		}
		err := recover()
		signal := true
		t.mu.RLock()
		finished := t.finished
		t.mu.RUnlock()
		if !finished && err == nil {
			// The function neither returned nor was ended by us. If a test around this one was, FailNow or SkipNow of
			// that one was called here, and it is to end too.
			err = errNilPanicOrGoexit
			for p := t.parent; p != nil; p = p.parent {
				p.mu.RLock()
				finished = p.finished
				p.mu.RUnlock()
				if finished {
					if !t.isParallel {
						t.Errorf("%v: subtest may have called FailNow on a parent test", err)
						err = nil
						signal = false
					}
					break
				}
			}
		}
		// The signal is given even while the panic goes on, so that no one waits in its deferred calls.
		inPanic := true
		defer func() {
			t.mu.Lock()
			t.done = true
			t.mu.Unlock()
			if !inPanic {
				t.signal <- signal
			}
		}()
		if err != nil {
			t.panicking(err)
		}
		t.duration += time.Since(t.start)
		if len(t.sub) > 0 {
			// Its parallel subtests take its place among those that run.
			t.state.release()
			running.Delete(t.name)
			close(t.barrier)
			for _, sub := range t.sub {
				<-sub.signal
			}
			if !t.isParallel {
				t.state.acquire()
			}
			cleanupStart := time.Now()
			running.Store(t.name, cleanupStart)
			if err := t.runCleanup(true); err != nil {
				t.panicking(err)
			}
			t.duration += time.Since(cleanupStart)
		} else if t.isParallel {
			t.state.release()
		}
		running.Delete(t.name)
		t.endLine()
		t.report()
		if t.parent != nil && !t.hasSub.Load() {
			t.setRan()
		}
		inPanic = false
	}()
	defer func() {
		if len(t.sub) == 0 {
			t.runCleanup(false)
		}
	}()
	t.start = time.Now()
	fn(t)
	t.mu.Lock()
	t.finished = true
	t.mu.Unlock()
}

// panicking shows what is known of this test and of those around it, and lets the panic end the program.
func (t *T) panicking(err any) {
	t.Fail()
	if e := t.runCleanup(true); e != nil {
		t.Logf("cleanup panicked with %v", e)
	}
	for c := &t.common; c.parent != nil; c = c.parent {
		c.endLine()
		c.mu.Lock()
		c.duration += time.Since(c.start)
		d := c.duration
		c.mu.Unlock()
		c.flush(fmt.Sprintf("--- FAIL: %s (%s)\n", c.name, seconds(d)))
		if e := c.parent.runCleanup(true); e != nil {
			fmt.Fprintf(c.w, "cleanup panicked with %v", e)
		}
	}
	panic(err)
}

// report shows the result of a test that has ended.
func (t *T) report() {
	if t.parent == nil || t.isSynctest {
		return
	}
	line := func(result string) { t.flush(fmt.Sprintf("--- %s: %s (%s)\n", result, t.name, seconds(t.duration))) }
	switch {
	case t.Failed():
		line("FAIL")
	case t.chatty == nil:
	case t.Skipped():
		line("SKIP")
	default:
		line("PASS")
	}
}

// Run runs f as a subtest and waits until it has ended or called Parallel. It reports whether it has not failed yet.
func (t *T) Run(name string, f func(t *T)) bool {
	if t.isSynctest {
		panic("testing: t.Run called inside synctest bubble")
	}
	if t.cleanupCall != "" {
		panic("testing: t.Run called during t.Cleanup")
	}
	t.hasSub.Store(true)
	name, ok, _ := t.state.match.fullName(&t.common, name)
	if !ok || failFast() {
		return true
	}
	var pcs [maxFrames]uintptr
	n := runtime.Callers(2, pcs[:])
	ctx, cancel := context.WithCancel(context.Background())
	sub := &T{
		common: common{
			barrier:   make(chan bool),
			signal:    make(chan bool, 1),
			name:      name,
			parent:    &t.common,
			level:     t.level + 1,
			creator:   append([]uintptr(nil), pcs[:n]...),
			chatty:    t.chatty,
			ctx:       ctx,
			cancelCtx: cancel,
		},
		state: t.state,
	}
	sub.w = t.subWriter()
	if sub.chatty != nil {
		sub.chatty.event(name, fmt.Sprintf("=== RUN   %s\n", name))
	}
	running.Store(name, time.Now())
	// On its own goroutine, so that FailNow can end it.
	go tRunner(sub, f)
	if !<-sub.signal {
		// The subtest has ended this test.
		runtime.Goexit()
	}
	t.chatty.name(t.name)
	return !sub.Failed()
}

// subWriter is where the reports of a test's subtests go.
func (c *common) subWriter() (w interface{ Write([]byte) (int, error) }) {
	if c.parent == nil {
		return c.w
	}
	return indented{c}
}

func failFast() bool { return *failfast && failures.Load() > 0 }

// RunTests runs tests and reports whether all passed. It is what gorc test's main package used before MainStart.
func RunTests(matchString func(pat, str string) (bool, error), tests []InternalTest) (ok bool) {
	var deadline time.Time
	if *timeout > 0 {
		deadline = time.Now().Add(*timeout)
	}
	ran, ok := runTests(matchString, tests, deadline)
	if !ran && !haveExamples {
		fmt.Fprintln(os.Stderr, "testing: warning: no tests to run")
	}
	return ok
}

// rootOf makes the root of a tree of tests.
func rootOf(state *testState) *T {
	ctx, cancel := context.WithCancel(context.Background())
	root := &T{common: common{signal: make(chan bool, 1), barrier: make(chan bool), w: os.Stdout, ctx: ctx, cancelCtx: cancel}, state: state}
	if Verbose() {
		root.chatty = newVerboseLog(root.w)
	}
	return root
}

func runTests(matchString func(pat, str string) (bool, error), tests []InternalTest, deadline time.Time) (ran, ok bool) {
	ok = true
	for _, procs := range cpuList {
		runtime.GOMAXPROCS(procs)
		for i := uint(0); i < *count; i++ {
			if failFast() || i > 0 && !ran {
				break
			}
			state := newTestState(*parallel, newMatcher(matchString, *match, "-test.run", *skip))
			state.deadline = deadline
			root := rootOf(state)
			tRunner(root, func(t *T) {
				for _, test := range tests {
					t.Run(test.Name, test.F)
				}
			})
			select {
			case <-root.signal:
			default:
				panic("internal error: tRunner exited without sending on t.signal")
			}
			ok = ok && !root.Failed()
			ran = ran || root.ran
		}
	}
	return ran, ok
}

// listTests prints the names that match.
func listTests(matchString func(pat, str string) (bool, error), names []string) {
	if _, err := matchString(*matchList, "non-empty"); err != nil {
		fmt.Fprintf(os.Stderr, "testing: invalid regexp in -test.list (%q): %s\n", *matchList, err)
		os.Exit(1)
	}
	for _, name := range names {
		if ok, _ := matchString(*matchList, name); ok {
			fmt.Println(name)
		}
	}
}

// lines joins and indents the running tests for the message of a timeout.
func runningText() string {
	list := runningTests()
	if len(list) == 0 {
		return ""
	}
	return "\nrunning tests:\n\t" + strings.Join(list, "\n\t")
}
