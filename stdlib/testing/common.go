package testing

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
)

// TB is what T, B and F have in common.
type TB interface {
	ArtifactDir() string
	Attr(key, value string)
	Cleanup(func())
	Error(args ...any)
	Errorf(format string, args ...any)
	Fail()
	FailNow()
	Failed() bool
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Helper()
	Log(args ...any)
	Logf(format string, args ...any)
	Name() string
	Setenv(key, value string)
	Chdir(dir string)
	Skip(args ...any)
	SkipNow()
	Skipf(format string, args ...any)
	Skipped() bool
	TempDir() string
	Context() context.Context
	Output() io.Writer

	// Only this package's types are a TB, so that methods can be added.
	private()
}

var (
	_ TB = (*T)(nil)
	_ TB = (*B)(nil)
	_ TB = (*F)(nil)
)

// common is the part of a T, B or F that does not depend on which of them it is. They form a tree: the root stands for
// the whole run (no name, level 0), its children for the test functions, theirs for subtests.
//
// What a test says goes, while it is verbose, to the standard output at once. Otherwise it is kept in text until the
// test has ended, and is then handed to w together with the line of the result if that is to be shown.
type common struct {
	mu      sync.RWMutex
	text    []byte // whole lines, indented
	partial []byte // of the last line written to Output, without its end
	w       io.Writer

	name    string
	level   int
	parent  *common
	sub     []*T      // parallel subtests that wait for this test's function to return
	creator []uintptr // stack of the call that started this test
	runner  string    // name of the function that called the test's function
	bench   bool      // it is a benchmark
	chatty  *verboseLog

	ran, failed, skipped, done, finished bool
	inFuzzFn                             bool
	hasSub                               atomic.Bool
	isParallel, denyParallel             bool

	start    time.Time
	duration time.Duration
	barrier  chan bool // closed when parallel subtests may start
	signal   chan bool // told when the test has ended or waits; false: stop the parent as well

	cleanups     []func()
	cleanupCall  string    // function that runs the cleanups, while they run
	cleanupStack []uintptr // where the running cleanup was registered
	helpers      map[string]bool
	helperPCs    map[uintptr]bool

	tempDir      string
	tempDirErr   error
	tempDirCount int
	artifactDir  string
	artifactErr  error
	artifactOnce bool
	isSynctest   bool

	ctx       context.Context
	cancelCtx context.CancelFunc
}

func (c *common) private() {}

// verboseLog prints what -v shows. A line "=== NAME" says whose text follows where that has changed.
type verboseLog struct {
	mu   sync.Mutex
	w    io.Writer
	last string // the test that wrote last
	json bool   // -test.v=test2json: a mark stands before each line of ours
}

// mark is the byte that tells cmd/test2json (and gorc) that a line is ours and not the program's.
const mark = "\x16"

// In the same mode these stand around the text of Error and Fatal.
const (
	errorBegin = "\x0f"
	errorEnd   = "\x0e"
)

func (v *verboseLog) prefix() string {
	if v != nil && v.json {
		return mark
	}
	return ""
}

// event prints a line of ours.
func (v *verboseLog) event(name, text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.last = name
	io.WriteString(v.w, v.prefix()+text)
}

// name says that what follows is of the test of that name, where a program reads along.
func (v *verboseLog) name(name string) {
	if v != nil && v.json {
		v.event(name, fmt.Sprintf("=== NAME  %s\n", name))
	}
}

// lines prints text of the test of that name.
func (v *verboseLog) lines(name, text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.last != "" && v.last != name {
		fmt.Fprintf(v.w, "%s=== NAME  %s\n", v.prefix(), name)
	}
	v.last = name
	io.WriteString(v.w, text)
}

// indented is the writer of a subtest's report: it ends up, indented, in the parent's text.
type indented struct{ c *common }

func (i indented) Write(b []byte) (int, error) {
	n := len(b)
	for len(b) > 0 {
		end := len(b)
		for at, ch := range b {
			if ch == '\n' {
				end = at + 1
				break
			}
		}
		// A mark stays at the start of the line.
		if b[0] == mark[0] {
			i.c.text = append(i.c.text, mark[0])
			b, end = b[1:], end-1
		}
		i.c.text = append(i.c.text, "    "...)
		i.c.text = append(i.c.text, b[:end]...)
		b = b[end:]
	}
	return n, nil
}

// flush gives a line and what was kept of this test's text to its parent.
func (c *common) flush(line string) {
	p := c.parent
	p.mu.Lock()
	defer p.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(p.partial) > 0 && p.chatty == nil {
		// What the parent has begun to say stands before what its subtest says.
		p.text = append(append(append(p.text, "    "...), p.partial...), '\n')
		p.partial = nil
	}
	text := line + string(c.text)
	c.text = nil
	if c.chatty != nil && (c.w == c.chatty.w || c.chatty.json) {
		c.chatty.event(c.name, text)
	} else {
		io.WriteString(c.w, c.chatty.prefix()+text)
	}
}

// emit shows or keeps whole lines. After the test's end they belong to the nearest test around it that still runs.
func (c *common) emit(what, lines string) {
	c.mu.Lock()
	if !c.done {
		defer c.mu.Unlock()
		if c.chatty != nil && c.bench && !c.chatty.json {
			// Benchmarks run one after another: the name is there already.
			io.WriteString(c.chatty.w, lines)
		} else if c.chatty != nil {
			c.chatty.lines(c.name, lines)
		} else {
			c.text = append(c.text, lines...)
		}
		return
	}
	c.mu.Unlock()
	for p := c.parent; p != nil; p = p.parent {
		p.mu.Lock()
		if !p.done {
			if p.chatty != nil && p.parent != nil {
				p.chatty.lines(p.name, lines)
			} else {
				p.text = append(p.text, lines...)
			}
			p.mu.Unlock()
			return
		}
		p.mu.Unlock()
	}
	panic("Log in goroutine after " + c.name + " has completed: " + what)
}

// endLine ends a line begun by Output.
func (c *common) endLine() {
	c.mu.Lock()
	partial := c.partial
	c.partial = nil
	c.mu.Unlock()
	if len(partial) > 0 {
		c.emit(string(partial), "    "+string(partial)+"\n")
	}
}

// log says text with the position of the call. skip counts the frames between the caller and log.
func (c *common) log(text string, skip int, isError bool) {
	c.endLine()
	text = strings.TrimSuffix(text, "\n")
	lines := "    " + c.position(skip+1) + strings.ReplaceAll(text, "\n", "\n        ")
	if isError && c.chatty != nil && c.chatty.json {
		lines = errorBegin + lines + errorEnd
	}
	c.emit(text+"\n", lines+"\n")
}

// position gives "file.go:12: " of the call that a message is about.
func (c *common) position(skip int) string {
	frame := c.frame(skip + 1)
	file, line := frame.File, frame.Line
	if file == "" {
		file = "???"
	} else if !fullPath {
		file = file[strings.LastIndexByte(file, '/')+1:]
	}
	if line == 0 {
		line = 1
	}
	return file + ":" + strconv.Itoa(line) + ": "
}

// maxFrames is how far up a helper's caller is looked for.
const maxFrames = 50

// frame is the innermost frame, after skip, that is not marked as a helper. If even the test's function is one, it is
// the call of Run; in a cleanup function, the registration of that function.
func (c *common) frame(skip int) runtime.Frame {
	pcs := make([]uintptr, maxFrames)
	n := runtime.Callers(skip+2, pcs)
	return c.frameIn(pcs[:n])
}

func (c *common) frameIn(pcs []uintptr) runtime.Frame {
	if len(pcs) == 0 {
		return runtime.Frame{}
	}
	c.mu.RLock()
	runner, cleanupCall, cleanupStack := c.runner, c.cleanupCall, c.cleanupStack
	c.mu.RUnlock()
	var first, previous runtime.Frame
	frames := runtime.CallersFrames(pcs)
	for more := true; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		if frame.Function == "runtime.gopanic" {
			continue
		}
		if cleanupCall != "" && frame.Function == cleanupCall {
			frames = runtime.CallersFrames(cleanupStack)
			cleanupCall = ""
			more = len(cleanupStack) > 0
			first = runtime.Frame{}
			continue
		}
		if first.PC == 0 {
			first = frame
		}
		if runner != "" && frame.Function == runner {
			if c.level > 1 && len(c.creator) > 0 {
				return c.parent.frameIn(c.creator)
			}
			return previous
		}
		if !c.isHelper(frame.Function) {
			return frame
		}
		previous = frame
	}
	return first
}

func (c *common) isHelper(function string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.helperPCs) > 0 {
		for pc := range c.helperPCs {
			frame, _ := runtime.CallersFrames([]uintptr{pc}).Next()
			if c.helpers == nil {
				c.helpers = make(map[string]bool)
			}
			c.helpers[frame.Function] = true
		}
		clear(c.helperPCs)
	}
	if c.helpers[function] {
		return true
	}
	// The body of a loop over a function is a part of the function around it.
	outer, _, inLoop := strings.Cut(function, "-range")
	return inLoop && c.helpers[outer]
}

// functionName is the name of the caller's caller, after skip.
func functionName(skip int) string {
	var pcs [1]uintptr
	if runtime.Callers(skip+2, pcs[:]) == 0 {
		return ""
	}
	frame, _ := runtime.CallersFrames(pcs[:]).Next()
	return frame.Function
}

// Helper says that the calling function only helps: positions in messages are those of its caller.
func (c *common) Helper() {
	if c.isSynctest {
		c = c.parent
	}
	var pcs [1]uintptr
	if runtime.Callers(2, pcs[:]) == 0 {
		panic("testing: zero callers found")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.helperPCs == nil {
		c.helperPCs = make(map[uintptr]bool)
	}
	// Resolving the name costs more than most helpers: that is done when a message needs it.
	c.helperPCs[pcs[0]] = true
}

// Name is the full name of the test.
func (c *common) Name() string { return c.name }

func (c *common) setRan() {
	if c.parent != nil {
		c.parent.setRan()
	}
	c.mu.Lock()
	c.ran = true
	c.mu.Unlock()
}

// Fail marks the test as failed and goes on.
func (c *common) Fail() {
	if c.parent != nil {
		c.parent.Fail()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done {
		panic("Fail in goroutine after " + c.name + " has completed")
	}
	c.failed = true
}

// Failed reports whether the test has failed.
func (c *common) Failed() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.failed
}

// FailNow marks the test as failed and ends its goroutine.
func (c *common) FailNow() {
	c.outsideFuzzFn("FailNow")
	c.Fail()
	c.exit()
}

// SkipNow marks the test as skipped and ends its goroutine.
func (c *common) SkipNow() {
	c.outsideFuzzFn("SkipNow")
	c.mu.Lock()
	c.skipped = true
	c.mu.Unlock()
	c.exit()
}

func (c *common) exit() {
	c.mu.Lock()
	c.finished = true
	c.mu.Unlock()
	runtime.Goexit()
}

// Skipped reports whether the test was skipped.
func (c *common) Skipped() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.skipped
}

func (c *common) outsideFuzzFn(method string) {
	if c.inFuzzFn {
		panic("testing: f." + method + " was called inside the fuzz target, use t." + method + " instead")
	}
}

// Log says its arguments as Println would.
func (c *common) Log(args ...any) {
	c.outsideFuzzFn("Log")
	c.log(fmt.Sprintln(args...), 1, false)
}

// Logf says its arguments as Printf would.
func (c *common) Logf(format string, args ...any) {
	c.outsideFuzzFn("Logf")
	c.log(fmt.Sprintf(format, args...), 1, false)
}

// Error is Log and Fail.
func (c *common) Error(args ...any) {
	c.outsideFuzzFn("Error")
	c.log(fmt.Sprintln(args...), 1, true)
	c.Fail()
}

// Errorf is Logf and Fail.
func (c *common) Errorf(format string, args ...any) {
	c.outsideFuzzFn("Errorf")
	c.log(fmt.Sprintf(format, args...), 1, true)
	c.Fail()
}

// Fatal is Log and FailNow.
func (c *common) Fatal(args ...any) {
	c.outsideFuzzFn("Fatal")
	c.log(fmt.Sprintln(args...), 1, true)
	c.FailNow()
}

// Fatalf is Logf and FailNow.
func (c *common) Fatalf(format string, args ...any) {
	c.outsideFuzzFn("Fatalf")
	c.log(fmt.Sprintf(format, args...), 1, true)
	c.FailNow()
}

// Skip is Log and SkipNow.
func (c *common) Skip(args ...any) {
	c.outsideFuzzFn("Skip")
	c.log(fmt.Sprintln(args...), 1, false)
	c.SkipNow()
}

// Skipf is Logf and SkipNow.
func (c *common) Skipf(format string, args ...any) {
	c.outsideFuzzFn("Skipf")
	c.log(fmt.Sprintf(format, args...), 1, false)
	c.SkipNow()
}

// Output is a writer into the test's text: lines are indented, positions are not added.
func (c *common) Output() io.Writer {
	c.outsideFuzzFn("Output")
	return outputWriter{c}
}

type outputWriter struct{ c *common }

func (o outputWriter) Write(b []byte) (int, error) {
	c := o.c
	c.mu.Lock()
	c.partial = append(c.partial, b...)
	end := strings.LastIndexByte(string(c.partial), '\n') + 1
	whole := string(c.partial[:end])
	c.partial = append([]byte(nil), c.partial[end:]...)
	c.mu.Unlock()
	if whole != "" {
		c.emit(whole, "    "+strings.ReplaceAll(strings.TrimSuffix(whole, "\n"), "\n", "\n    ")+"\n")
	}
	return len(b), nil
}

// Attr puts an attribute of the test into the verbose output.
func (c *common) Attr(key, value string) {
	if strings.ContainsFunc(key, unicode.IsSpace) {
		c.Errorf("disallowed whitespace in attribute key %q", key)
		return
	}
	if strings.ContainsAny(value, "\r\n") {
		c.Errorf("disallowed newline in attribute value %q", value)
		return
	}
	if c.chatty != nil {
		c.chatty.event(c.name, fmt.Sprintf("=== ATTR  %s %s %v\n", c.name, key, value))
	}
}

// Context gives a context that is cancelled just before the cleanup functions run.
func (c *common) Context() context.Context {
	c.outsideFuzzFn("Context")
	return c.ctx
}

// Cleanup registers a function to be called when the test and its subtests have ended; the last one first.
func (c *common) Cleanup(f func()) {
	c.outsideFuzzFn("Cleanup")
	var pcs [maxFrames]uintptr
	n := runtime.Callers(2, pcs[:])
	stack := append([]uintptr(nil), pcs[:n]...)
	fn := func() {
		defer func() {
			c.mu.Lock()
			c.cleanupCall, c.cleanupStack = "", nil
			c.mu.Unlock()
		}()
		name := functionName(0)
		c.mu.Lock()
		c.cleanupCall, c.cleanupStack = name, stack
		c.mu.Unlock()
		f()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cleanups = append(c.cleanups, fn)
}

// runCleanup calls the cleanup functions. If recoverPanic, what one of them panicked with is the result; else the panic
// goes on, after the other functions were called.
func (c *common) runCleanup(recoverPanic bool) (panicked any) {
	if recoverPanic {
		defer func() { panicked = recover() }()
	}
	// A panic or Goexit in one does not keep the others from being called.
	defer func() {
		c.mu.Lock()
		left := len(c.cleanups)
		c.mu.Unlock()
		if left > 0 {
			c.runCleanup(false)
		}
	}()
	if c.cancelCtx != nil {
		c.cancelCtx()
	}
	for {
		c.mu.Lock()
		n := len(c.cleanups)
		if n == 0 {
			c.mu.Unlock()
			return nil
		}
		f := c.cleanups[n-1]
		c.cleanups = c.cleanups[:n-1]
		c.mu.Unlock()
		f()
	}
}

// fileName makes a test's name fit for the file system.
func fileName(name string, max int) string {
	keep := func(r rune) rune {
		if r < 0x80 {
			if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || strings.ContainsRune("!#$%&()+,-.=@^_{}~ ", r) {
				return r
			}
			return -1
		}
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}
	name = strings.Map(keep, name)
	if len(name) > max {
		name = strings.ToValidUTF8(name[:max], "")
	}
	return name
}

// TempDir gives a new directory that is removed after the test.
func (c *common) TempDir() string {
	c.outsideFuzzFn("TempDir")
	c.mu.Lock()
	if c.tempDir != "" {
		// A cleanup function may have come after the one that removes it.
		if _, err := os.Stat(c.tempDir); os.IsNotExist(err) {
			c.tempDir, c.tempDirCount = "", 0
		}
	}
	if c.tempDir == "" && c.tempDirErr == nil {
		c.tempDir, c.tempDirErr = os.MkdirTemp(os.Getenv("GOTMPDIR"), fileName(c.name, 64))
		if c.tempDirErr == nil {
			dir := c.tempDir
			c.mu.Unlock()
			c.Cleanup(func() {
				if err := removeAll(dir); err != nil {
					c.Errorf("TempDir RemoveAll cleanup: %v", err)
				}
			})
			c.mu.Lock()
		}
	}
	dir, err := c.tempDir, c.tempDirErr
	c.tempDirCount++
	count := c.tempDirCount
	c.mu.Unlock()
	if err != nil {
		c.Fatalf("TempDir: %v", err)
	}
	dir = fmt.Sprintf("%s%c%03d", dir, os.PathSeparator, count)
	if err := os.Mkdir(dir, 0o777); err != nil {
		c.Fatalf("TempDir: %v", err)
	}
	return dir
}

// removeAll tries for a while: a process that was killed may still hold files.
func removeAll(path string) error {
	wait := time.Millisecond
	for {
		err := os.RemoveAll(path)
		if err == nil || wait > 200*time.Millisecond || !errors.Is(err, os.ErrExist) {
			return err
		}
		time.Sleep(wait)
		wait *= 2
	}
}

// ArtifactDir gives the directory for files that the test leaves: below the output directory with -artifacts, else one
// that is removed after the test.
func (c *common) ArtifactDir() string {
	c.outsideFuzzFn("ArtifactDir")
	c.mu.Lock()
	first := !c.artifactOnce
	c.artifactOnce = true
	dir, err := c.artifactDir, c.artifactErr
	c.mu.Unlock()
	if first {
		if !*artifacts {
			dir = c.TempDir()
		} else {
			dir, err = c.makeArtifactDir()
		}
		c.mu.Lock()
		c.artifactDir, c.artifactErr = dir, err
		c.mu.Unlock()
	}
	if err != nil {
		c.Fatalf("ArtifactDir: %v", err)
	}
	return dir
}

func (c *common) makeArtifactDir() (string, error) {
	base := filepath.Join(outputDirectory(), "_artifacts")
	root := c.name
	if at := strings.IndexByte(root, '/'); at >= 0 {
		root = root[:at]
	}
	pkg := strings.TrimPrefix(strings.TrimPrefix(importPath, modulePath), "/")
	parent := filepath.Join(base, filepath.FromSlash(pkg), fileName(root, 64))
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp(parent, "")
	if err != nil {
		return "", err
	}
	if c.chatty != nil {
		c.chatty.event(c.name, fmt.Sprintf("=== ARTIFACTS %s %v\n", c.name, dir))
	}
	return dir, nil
}

// Setenv sets a variable of the environment until the end of the test.
func (c *common) Setenv(key, value string) {
	c.outsideFuzzFn("Setenv")
	old, had := os.LookupEnv(key)
	if err := os.Setenv(key, value); err != nil {
		c.Fatalf("cannot set environment variable: %v", err)
	}
	if had {
		c.Cleanup(func() { os.Setenv(key, old) })
	} else {
		c.Cleanup(func() { os.Unsetenv(key) })
	}
}

// Chdir changes the working directory, and PWD, until the end of the test.
func (c *common) Chdir(dir string) {
	c.outsideFuzzFn("Chdir")
	old, err := os.Getwd()
	if err != nil {
		c.Fatal(err)
	}
	if err := os.Chdir(dir); err != nil {
		c.Fatal(err)
	}
	pwd := dir
	if !filepath.IsAbs(pwd) {
		if pwd, err = os.Getwd(); err != nil {
			c.Fatal(err)
		}
	}
	c.Setenv("PWD", pwd)
	c.Cleanup(func() {
		if err := os.Chdir(old); err != nil {
			// Where the others would run from here on is not known.
			panic("testing.Chdir: " + err.Error())
		}
	})
}

// seconds is a duration as results show it.
func seconds(d time.Duration) string { return fmt.Sprintf("%.2fs", d.Seconds()) }
