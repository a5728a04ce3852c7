package testing

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"time"
)

// InternalFuzzTarget is one fuzz target, for the main package that gorc test makes.
type InternalFuzzTarget struct {
	Name string
	Fn   func(f *F)
}

// F is what a fuzz target is given. Its seeds, those in testdata/fuzz included, are run as subtests.
type F struct {
	common
	state *fuzzState
	tests *testState

	corpus     []corpusEntry
	result     bool
	fuzzCalled bool
}

type fuzzState struct {
	deps testDeps
}

// corpusEntry is one list of arguments.
type corpusEntry struct {
	name   string // of the subtest
	path   string // of its file, or the position of Add
	values []any
}

// corpusDir holds the seeds in files, below the package's directory.
const corpusDir = "testdata/fuzz"

var supportedTypes = map[reflect.Type]bool{
	reflect.TypeFor[[]byte]():  true,
	reflect.TypeFor[string]():  true,
	reflect.TypeFor[bool]():    true,
	reflect.TypeFor[byte]():    true,
	reflect.TypeFor[rune]():    true,
	reflect.TypeFor[float32](): true,
	reflect.TypeFor[float64](): true,
	reflect.TypeFor[int]():     true,
	reflect.TypeFor[int8]():    true,
	reflect.TypeFor[int16]():   true,
	reflect.TypeFor[int64]():   true,
	reflect.TypeFor[uint]():    true,
	reflect.TypeFor[uint16]():  true,
	reflect.TypeFor[uint32]():  true,
	reflect.TypeFor[uint64]():  true,
}

// Helper says that the calling function only helps.
func (f *F) Helper() {
	if f.inFuzzFn {
		panic("testing: f.Helper was called inside the fuzz target, use t.Helper instead")
	}
	var pcs [1]uintptr
	if runtime.Callers(2, pcs[:]) == 0 {
		panic("testing: zero callers found")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.helperPCs == nil {
		f.helperPCs = make(map[uintptr]bool)
	}
	f.helperPCs[pcs[0]] = true
}

// Fail marks the target as failed and goes on.
func (f *F) Fail() {
	if f.inFuzzFn {
		panic("testing: f.Fail was called inside the fuzz target, use t.Fail instead")
	}
	f.common.Fail()
}

// Skipped reports whether the target was skipped.
func (f *F) Skipped() bool {
	if f.inFuzzFn {
		panic("testing: f.Skipped was called inside the fuzz target, use t.Skipped instead")
	}
	return f.common.Skipped()
}

// Add adds arguments for the function given to Fuzz.
func (f *F) Add(args ...any) {
	f.outsideFuzzFn("Add")
	var values []any
	for _, arg := range args {
		if t := reflect.TypeOf(arg); !supportedTypes[t] {
			panic(fmt.Sprintf("testing: unsupported type to Add %v", t))
		}
		values = append(values, arg)
	}
	f.corpus = append(f.corpus, corpusEntry{
		name: fmt.Sprintf("seed#%d", len(f.corpus)), values: values,
	})
}

// Fuzz calls ff with all seeds, each as a subtest.
func (f *F) Fuzz(ff any) {
	if f.fuzzCalled {
		panic("testing: F.Fuzz called more than once")
	}
	f.fuzzCalled = true
	if f.failed {
		return
	}
	f.common.Helper()
	fn := reflect.ValueOf(ff)
	fnType := fn.Type()
	if fnType.Kind() != reflect.Func {
		panic("testing: F.Fuzz must receive a function")
	}
	if fnType.NumIn() < 2 || fnType.In(0) != reflect.TypeFor[*T]() {
		panic("testing: fuzz target must receive at least two arguments, where the first argument is a *T")
	}
	if fnType.NumOut() != 0 {
		panic("testing: fuzz target must not return a value")
	}
	var types []reflect.Type
	for i := 1; i < fnType.NumIn(); i++ {
		t := fnType.In(i)
		if !supportedTypes[t] {
			panic(fmt.Sprintf("testing: unsupported type for fuzzing %v", t))
		}
		types = append(types, t)
	}
	for _, entry := range f.corpus {
		if err := checkCorpus(entry.values, types); err != nil {
			f.Fatal(err)
		}
	}
	fromFiles, err := readCorpus(filepath.Join(corpusDir, f.name), types)
	if err != nil {
		f.Fatal(err)
	}
	for i := range fromFiles {
		fromFiles[i].name = filepath.Base(fromFiles[i].path)
	}
	f.corpus = append(f.corpus, fromFiles...)

	// The function must see all of its arguments' memory as its own.
	run := func(entry corpusEntry) bool {
		name, ok := entry.name, true
		if f.name != "" {
			name, ok, _ = f.tests.match.fullName(&f.common, name)
		}
		if !ok {
			return true
		}
		var pcs [maxFrames]uintptr
		n := runtime.Callers(2, pcs[:])
		ctx, cancel := context.WithCancel(context.Background())
		t := &T{
			common: common{
				barrier:   make(chan bool),
				signal:    make(chan bool, 1),
				name:      name,
				parent:    &f.common,
				level:     f.level + 1,
				creator:   append([]uintptr(nil), pcs[:n]...),
				chatty:    f.chatty,
				ctx:       ctx,
				cancelCtx: cancel,
			},
			state: f.tests,
		}
		t.w = indented{&f.common}
		if t.chatty != nil {
			t.chatty.event(t.name, fmt.Sprintf("=== RUN   %s\n", t.name))
		}
		f.common.inFuzzFn = true
		running.Store(t.name, time.Now())
		go tRunner(t, func(t *T) {
			args := []reflect.Value{reflect.ValueOf(t)}
			for _, v := range entry.values {
				if b, ok := v.([]byte); ok {
					v = append([]byte{}, b...)
				}
				args = append(args, reflect.ValueOf(v))
			}
			fn.Call(args)
		})
		<-t.signal
		f.chatty.name(f.name)
		if t.isParallel {
			// It goes on when this target's function has returned.
			return true
		}
		f.common.inFuzzFn = false
		return !t.Failed()
	}
	for _, entry := range f.corpus {
		if failFast() {
			break
		}
		run(entry)
	}
	f.common.inFuzzFn = false
}

func checkCorpus(values []any, types []reflect.Type) error {
	same := len(values) == len(types)
	for i := range values {
		same = same && reflect.TypeOf(values[i]) == types[i]
	}
	if same {
		return nil
	}
	have := make([]reflect.Type, len(values))
	for i, v := range values {
		have[i] = reflect.TypeOf(v)
	}
	if len(values) != len(types) {
		return fmt.Errorf("wrong number of values in corpus entry: %d, want %d", len(values), len(types))
	}
	return fmt.Errorf("mismatched types in corpus entry: %v, want %v", have, types)
}

// readCorpus reads the seeds of a target from files. No directory, no seeds.
func readCorpus(dir string, types []reflect.Type) ([]corpusEntry, error) {
	files, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading seed corpus from testdata: %v", err)
	}
	var corpus []corpusEntry
	var bad []error
	for _, file := range files {
		if file.IsDir() {
			continue
		}
		path := filepath.Join(dir, file.Name())
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("failed to read corpus file: %v", err)
		}
		values, err := decodeCorpus(data)
		if err == nil {
			err = checkCorpus(values, types)
		} else {
			err = fmt.Errorf("unmarshal: %w", err)
		}
		if err != nil {
			bad = append(bad, fmt.Errorf("%q: %v", path, err))
			continue
		}
		corpus = append(corpus, corpusEntry{path: path, values: values})
	}
	if len(bad) > 0 {
		return nil, errors.Join(bad...)
	}
	return corpus, nil
}

// report shows the result of a target.
func (f *F) report() {
	line := func(result string) { f.flush(fmt.Sprintf("--- %s: %s (%s)\n", result, f.name, seconds(f.duration))) }
	switch {
	case f.Failed():
		line("FAIL")
	case f.chatty == nil:
	case f.Skipped():
		line("SKIP")
	default:
		line("PASS")
	}
}

// fRunner calls a target's function on its own goroutine, and sees to its end whatever way the function ends.
func fRunner(f *F, fn func(*F)) {
	f.runner = functionName(0)
	defer func() {
		if f.Failed() {
			failures.Add(1)
		}
		err := recover()
		if err == nil {
			f.mu.RLock()
			called := f.fuzzCalled || f.skipped || f.failed
			finished := f.finished
			f.mu.RUnlock()
			if !finished && !f.skipped && !f.failed {
				err = errNilPanicOrGoexit
			} else if !called {
				f.Error("returned without calling F.Fuzz, F.Fail, or F.Skip")
			}
		}
		signalled := false
		defer func() {
			f.mu.Lock()
			f.done = true
			f.mu.Unlock()
			if signalled {
				f.signal <- true
			}
		}()
		if err != nil {
			f.inFuzzFn = false
			f.Fail()
			if e := f.runCleanup(true); e != nil {
				f.Logf("cleanup panicked with %v", e)
			}
			for c := &f.common; c.parent != nil; c = c.parent {
				c.endLine()
				c.duration += time.Since(c.start)
				c.flush(fmt.Sprintf("--- FAIL: %s (%s)\n", c.name, seconds(c.duration)))
			}
			panic(err)
		}
		f.duration += time.Since(f.start)
		if len(f.sub) > 0 {
			f.tests.release()
			close(f.barrier)
			for _, sub := range f.sub {
				<-sub.signal
			}
			cleanupStart := time.Now()
			err := f.runCleanup(true)
			f.duration += time.Since(cleanupStart)
			if err != nil {
				panic(err)
			}
		}
		f.endLine()
		f.report()
		f.setRan()
		signalled = true
	}()
	defer func() {
		if len(f.sub) == 0 {
			f.runCleanup(false)
		}
	}()
	f.start = time.Now()
	fn(f)
	f.mu.Lock()
	f.finished = true
	f.mu.Unlock()
}

// runFuzzTests runs the seeds of the targets that -run chooses.
func runFuzzTests(deps testDeps, targets []InternalFuzzTarget, deadline time.Time) (ran, ok bool) {
	ok = true
	if len(targets) == 0 || *isFuzzWorker {
		return ran, ok
	}
	for _, procs := range cpuList {
		runtime.GOMAXPROCS(procs)
		for i := uint(0); i < *count; i++ {
			if failFast() {
				break
			}
			// A new one each time: names are given anew.
			m := newMatcher(deps.MatchString, *match, "-test.run", *skip)
			state := newTestState(*parallel, m)
			state.deadline = deadline
			root := &F{common: common{w: os.Stdout, barrier: make(chan bool)}}
			if Verbose() {
				root.chatty = newVerboseLog(root.w)
			}
			for _, target := range targets {
				if failFast() {
					break
				}
				name, matched, _ := m.fullName(nil, target.Name)
				if !matched {
					continue
				}
				ctx, cancel := context.WithCancel(context.Background())
				f := &F{
					common: common{
						signal:    make(chan bool, 1),
						barrier:   make(chan bool),
						name:      name,
						parent:    &root.common,
						level:     root.level + 1,
						chatty:    root.chatty,
						ctx:       ctx,
						cancelCtx: cancel,
						w:         root.w,
					},
					tests: state,
					state: &fuzzState{deps},
				}
				if f.chatty != nil {
					f.chatty.event(name, fmt.Sprintf("=== RUN   %s\n", name))
				}
				go fRunner(f, target.Fn)
				<-f.signal
				root.chatty.name(root.name)
			}
			ok = ok && !root.Failed()
			ran = ran || root.ran
		}
		if !ran {
			break
		}
	}
	return ran, ok
}

var _ io.Writer = indented{}
