// Package exec runs other programs. It does not use a shell: arguments reach the program as they are.
package exec

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

func quote(s string) string { return strconv.Quote(s) }

// ErrWaitDelay is what Wait gives if the process ended well, but its pipes had to be closed because WaitDelay was over.
var ErrWaitDelay = errors.New("exec: WaitDelay expired before I/O complete")

// Cmd is a program to run, or one that runs. It can be used once.
type Cmd struct {
	// Path of the program, relative to Dir.
	Path string
	// Args are the arguments with the name of the program first; if empty, just Path.
	Args []string
	// Env is the environment; nil is ours. Of entries with the same key the last counts.
	Env []string
	// Dir is the working directory; "" is ours.
	Dir string

	// Stdin is what the program reads. nil is the null device; a *os.File is given to the program itself; from other readers
	// a goroutine copies.
	Stdin io.Reader
	// Stdout and Stderr take what the program writes, in the same ways.
	Stdout io.Writer
	Stderr io.Writer
	// ExtraFiles become descriptors 3, 4, ...
	ExtraFiles []*os.File
	// SysProcAttr has what depends on the system.
	SysProcAttr *syscall.SysProcAttr

	// Process is set by Start, ProcessState by Wait.
	Process      *os.Process
	ProcessState *os.ProcessState

	// Err is why the program was not found.
	Err error
	// Cancel is called when the context is done; CommandContext sets it to kill the process.
	Cancel func() error
	// WaitDelay, if not 0, limits how long Wait waits after the context is done or the process has ended: then the process is
	// killed and the pipes are closed.
	WaitDelay time.Duration

	ctx context.Context
	// Our ends of pipes, and the child's ends, which are ours to close after the start.
	parentPipes []io.Closer
	childFiles  []io.Closer
	// Copying between pipes and readers or writers.
	copies     []func() error
	copyErrors chan error
	copying    int
	// From the goroutine that watches the context: what Wait gives in place of success.
	ctxResult chan ctxResult
}

type ctxResult struct {
	err error
	// When WaitDelay is over, if it is running.
	timer *time.Timer
	// WaitDelay was over, and the pipes were closed.
	closed bool
}

// Command gives the command that runs the program name, found as LookPath does, with the arguments.
func Command(name string, arg ...string) *Cmd {
	c := &Cmd{Path: name, Args: append([]string{name}, arg...)}
	if filepath.Base(name) == name {
		path, err := LookPath(name)
		if path != "" {
			// Also with ErrDot, for programs that decide to run it.
			c.Path = path
		}
		c.Err = err
	}
	return c
}

// CommandContext is Command with a context: when it is done before the program has ended, the program is killed (or what Cancel
// does instead).
func CommandContext(ctx context.Context, name string, arg ...string) *Cmd {
	if ctx == nil {
		panic("nil Context")
	}
	c := Command(name, arg...)
	c.ctx = ctx
	c.Cancel = func() error { return c.Process.Kill() }
	return c
}

// String shows the command, for people.
func (c *Cmd) String() string {
	if c.Err != nil {
		return strings.Join(c.Args, " ")
	}
	b := new(strings.Builder)
	b.WriteString(c.Path)
	for _, a := range c.argv()[1:] {
		b.WriteByte(' ')
		b.WriteString(a)
	}
	return b.String()
}

func (c *Cmd) argv() []string {
	if len(c.Args) > 0 {
		return c.Args
	}
	return []string{c.Path}
}

// Environ gives the environment in which the program would run.
func (c *Cmd) Environ() []string {
	env, _ := c.environ()
	return env
}

func (c *Cmd) environ() ([]string, error) {
	env := c.Env
	var err error
	if env == nil {
		env = os.Environ()
		if c.Dir != "" {
			pwd, absErr := filepath.Abs(c.Dir)
			if absErr != nil {
				err = absErr
			} else {
				env = append(env, "PWD="+pwd)
			}
		}
	}
	env, zero := lastOfEach(env)
	if zero != nil && err == nil {
		err = zero
	}
	return env, err
}

// lastOfEach keeps the last entry of each key. Entries with a zero byte are left out, with an error.
func lastOfEach(env []string) ([]string, error) {
	var err error
	out := make([]string, 0, len(env))
	seen := make(map[string]bool, len(env))
	for _, entry := range slices.Backward(env) {
		if strings.IndexByte(entry, 0) >= 0 {
			err = errors.New("exec: environment variable contains NUL")
			continue
		}
		i := strings.IndexByte(entry, '=')
		if i == 0 {
			i = strings.IndexByte(entry[1:], '=') + 1
		}
		if i < 0 {
			if entry != "" {
				// Nothing to compare with; let it through.
				out = append(out, entry)
			}
			continue
		}
		if key := entry[:i]; !seen[key] {
			seen[key] = true
			out = append(out, entry)
		}
	}
	slices.Reverse(out)
	return out, err
}

// Run starts the program and waits for it.
func (c *Cmd) Run() error {
	if err := c.Start(); err != nil {
		return err
	}
	return c.Wait()
}

func closeAll(list []io.Closer) {
	for _, c := range list {
		c.Close()
	}
}

// stdin gives the child's standard input.
func (c *Cmd) stdin() (*os.File, error) {
	if c.Stdin == nil {
		return c.open(os.O_RDONLY)
	}
	if f, ok := c.Stdin.(*os.File); ok {
		return f, nil
	}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c.childFiles = append(c.childFiles, r)
	c.parentPipes = append(c.parentPipes, w)
	c.copies = append(c.copies, func() error {
		_, err := io.Copy(w, c.Stdin)
		// The program need not read everything.
		if errors.Is(err, syscall.EPIPE) {
			err = nil
		}
		if closeErr := w.Close(); err == nil {
			err = closeErr
		}
		return err
	})
	return r, nil
}

func (c *Cmd) open(flag int) (*os.File, error) {
	f, err := os.OpenFile(os.DevNull, flag, 0)
	if err == nil {
		c.childFiles = append(c.childFiles, f)
	}
	return f, err
}

// writer gives the child's end for what goes to w.
func (c *Cmd) writer(w io.Writer) (*os.File, error) {
	if w == nil {
		return c.open(os.O_WRONLY)
	}
	if f, ok := w.(*os.File); ok {
		return f, nil
	}
	pr, pw, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c.childFiles = append(c.childFiles, pw)
	c.parentPipes = append(c.parentPipes, pr)
	c.copies = append(c.copies, func() error {
		_, err := io.Copy(w, pr)
		pr.Close()
		return err
	})
	return pw, nil
}

// same reports whether two writers are equal; types that cannot be compared are not.
func same(a, b io.Writer) bool {
	defer func() { recover() }()
	return a == b
}

// Start starts the program. Wait has to be called after it.
func (c *Cmd) Start() error {
	started := false
	defer func() {
		closeAll(c.childFiles)
		c.childFiles = nil
		if !started {
			closeAll(c.parentPipes)
			c.parentPipes = nil
		}
	}()
	if c.Path == "" && c.Err == nil {
		c.Err = errors.New("exec: no command")
	}
	if c.Err != nil {
		return c.Err
	}
	if c.Process != nil {
		return errors.New("exec: already started")
	}
	if c.ctx != nil {
		if err := c.ctx.Err(); err != nil {
			return err
		}
	} else if c.Cancel != nil {
		return errors.New("exec: command with a non-nil Cancel was not created with CommandContext")
	}
	files := make([]*os.File, 0, 3+len(c.ExtraFiles))
	in, err := c.stdin()
	if err != nil {
		return err
	}
	out, err := c.writer(c.Stdout)
	if err != nil {
		return err
	}
	errOut := out
	if c.Stderr == nil || !same(c.Stdout, c.Stderr) {
		if errOut, err = c.writer(c.Stderr); err != nil {
			return err
		}
	}
	files = append(append(files, in, out, errOut), c.ExtraFiles...)
	env, err := c.environ()
	if err != nil {
		return err
	}
	c.Process, err = os.StartProcess(c.Path, c.argv(), &os.ProcAttr{Dir: c.Dir, Files: files, Env: env, Sys: c.SysProcAttr})
	if err != nil {
		return err
	}
	started = true
	if len(c.copies) > 0 {
		c.copyErrors = make(chan error, len(c.copies))
		c.copying = len(c.copies)
		for _, f := range c.copies {
			go func() { c.copyErrors <- f() }()
		}
		c.copies = nil
	}
	if (c.Cancel != nil || c.WaitDelay != 0) && c.ctx != nil && c.ctx.Done() != nil {
		c.ctxResult = make(chan ctxResult)
		go c.watch(c.ctxResult)
	}
	return nil
}

// watch cancels the process when the context is done. It sends one result, when Wait asks for it.
func (c *Cmd) watch(results chan<- ctxResult) {
	select {
	case results <- ctxResult{}:
		return
	case <-c.ctx.Done():
	}
	var err error
	if c.Cancel != nil {
		if cancelErr := c.Cancel(); cancelErr == nil {
			// It shall end; if it does so well, the context is still the reason.
			err = c.ctx.Err()
		} else if !errors.Is(cancelErr, os.ErrProcessDone) {
			err = wrapped{"exec: canceling Cmd", cancelErr}
		}
	}
	if c.WaitDelay == 0 {
		results <- ctxResult{err: err}
		return
	}
	timer := time.NewTimer(c.WaitDelay)
	select {
	case results <- ctxResult{err: err, timer: timer}:
		return
	case <-timer.C:
	}
	killed := false
	if killErr := c.Process.Kill(); killErr == nil {
		killed = true
	} else if !errors.Is(killErr, os.ErrProcessDone) {
		err = wrapped{"exec: killing Cmd", killErr}
	}
	closed := false
	if c.copying > 0 && len(c.copyErrors) < c.copying {
		// Only after the process was killed: it shall not see its pipes closed while it may still end well.
		closed = true
		closeAll(c.parentPipes)
		if err == nil && !killed {
			err = ErrWaitDelay
		}
	}
	results <- ctxResult{err: err, closed: closed}
}

type wrapped struct {
	prefix string
	err    error
}

func (w wrapped) Error() string { return w.prefix + ": " + w.err.Error() }
func (w wrapped) Unwrap() error { return w.err }

// ExitError is a process that did not end well.
type ExitError struct {
	*os.ProcessState
	// Stderr is the beginning and the end of what it wrote to standard error, if that was for nobody else; only Output sets it.
	Stderr []byte
}

func (e *ExitError) Error() string { return e.ProcessState.String() }

// Wait waits for the end of the program and of all copying, and closes the pipes.
func (c *Cmd) Wait() error {
	if c.Process == nil {
		return errors.New("exec: not started")
	}
	if c.ProcessState != nil {
		return errors.New("exec: Wait was already called")
	}
	state, err := c.Process.Wait()
	if err == nil && !state.Success() {
		err = &ExitError{ProcessState: state}
	}
	c.ProcessState = state

	var watched ctxResult
	if c.ctxResult != nil {
		watched = <-c.ctxResult
		// The context's error if nothing better is known.
		if err == nil && watched.err != nil {
			err = watched.err
		}
	}
	if copyErr := c.awaitCopies(watched); err == nil {
		err = copyErr
	}
	closeAll(c.parentPipes)
	c.parentPipes = nil
	return err
}

// awaitCopies waits for the copying goroutines. When the timer, or WaitDelay from now, is over it closes the pipes, so that they
// end; their errors are of no interest then.
func (c *Cmd) awaitCopies(w ctxResult) error {
	timer := w.timer
	defer func() {
		if timer != nil {
			timer.Stop()
		}
	}()
	if timer == nil && !w.closed && c.WaitDelay != 0 && c.copying > 0 {
		timer = time.NewTimer(c.WaitDelay)
	}
	var expired <-chan time.Time
	if timer != nil {
		expired = timer.C
	}
	var first error
	for ; c.copying > 0; c.copying-- {
		select {
		case err := <-c.copyErrors:
			if first == nil && !w.closed {
				first = err
			}
			continue
		default:
		}
		select {
		case err := <-c.copyErrors:
			if first == nil && !w.closed {
				first = err
			}
		case <-expired:
			closeAll(c.parentPipes)
			w.closed = true
			if first == nil {
				first = ErrWaitDelay
			}
			<-c.copyErrors
		}
	}
	return first
}

// Output runs the program and gives what it wrote to standard output.
func (c *Cmd) Output() ([]byte, error) {
	if c.Stdout != nil {
		return nil, errors.New("exec: Stdout already set")
	}
	var out bytes.Buffer
	c.Stdout = &out
	var kept *headTail
	if c.Stderr == nil {
		kept = &headTail{n: 32 << 10}
		c.Stderr = kept
	}
	err := c.Run()
	if kept != nil {
		if e, ok := err.(*ExitError); ok {
			e.Stderr = kept.Bytes()
		}
	}
	return out.Bytes(), err
}

// CombinedOutput runs the program and gives what it wrote to standard output and standard error.
func (c *Cmd) CombinedOutput() ([]byte, error) {
	if c.Stdout != nil {
		return nil, errors.New("exec: Stdout already set")
	}
	if c.Stderr != nil {
		return nil, errors.New("exec: Stderr already set")
	}
	var b bytes.Buffer
	c.Stdout = &b
	c.Stderr = &b
	err := c.Run()
	return b.Bytes(), err
}

// StdinPipe gives a pipe to the program's standard input. Wait closes it; closing it earlier tells the program that there is no more.
func (c *Cmd) StdinPipe() (io.WriteCloser, error) {
	if c.Stdin != nil {
		return nil, errors.New("exec: Stdin already set")
	}
	if c.Process != nil {
		return nil, errors.New("exec: StdinPipe after process started")
	}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c.Stdin = r
	c.childFiles = append(c.childFiles, r)
	c.parentPipes = append(c.parentPipes, w)
	return &onceCloser{File: w}, nil
}

// onceCloser may be closed by the caller and by Wait.
type onceCloser struct {
	*os.File
	once sync.Once
	err  error
}

func (c *onceCloser) Close() error {
	c.once.Do(func() {
		if c.err = c.File.Close(); errors.Is(c.err, fs.ErrClosed) {
			c.err = nil
		}
	})
	return c.err
}

// StdoutPipe gives a pipe from the program's standard output. Wait closes it: read everything before.
func (c *Cmd) StdoutPipe() (io.ReadCloser, error) {
	if c.Stdout != nil {
		return nil, errors.New("exec: Stdout already set")
	}
	if c.Process != nil {
		return nil, errors.New("exec: StdoutPipe after process started")
	}
	r, w, err := c.outputPipe()
	if err == nil {
		c.Stdout = w
	}
	return r, err
}

// StderrPipe gives a pipe from the program's standard error.
func (c *Cmd) StderrPipe() (io.ReadCloser, error) {
	if c.Stderr != nil {
		return nil, errors.New("exec: Stderr already set")
	}
	if c.Process != nil {
		return nil, errors.New("exec: StderrPipe after process started")
	}
	r, w, err := c.outputPipe()
	if err == nil {
		c.Stderr = w
	}
	return r, err
}

func (c *Cmd) outputPipe() (io.ReadCloser, *os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	c.childFiles = append(c.childFiles, w)
	c.parentPipes = append(c.parentPipes, r)
	return r, w, nil
}

// headTail keeps the first and the last n bytes of what is written.
type headTail struct {
	n       int
	head    []byte
	tail    []byte // a ring once it is full
	at      int
	skipped int64
}

func (h *headTail) Write(p []byte) (int, error) {
	size := len(p)
	take := min(h.n-len(h.head), len(p))
	h.head = append(h.head, p[:take]...)
	p = p[take:]
	// More than fits: only the end matters.
	if over := len(p) - h.n; over > 0 {
		p = p[over:]
		h.skipped += int64(over)
	}
	take = min(h.n-len(h.tail), len(p))
	h.tail = append(h.tail, p[:take]...)
	p = p[take:]
	for len(p) > 0 {
		m := copy(h.tail[h.at:], p)
		p = p[m:]
		h.skipped += int64(m)
		if h.at += m; h.at == h.n {
			h.at = 0
		}
	}
	return size, nil
}

func (h *headTail) Bytes() []byte {
	if h.tail == nil {
		return h.head
	}
	if h.skipped == 0 {
		return append(h.head, h.tail...)
	}
	b := append([]byte(nil), h.head...)
	b = append(b, "\n... omitting "+strconv.FormatInt(h.skipped, 10)+" bytes ...\n"...)
	b = append(b, h.tail[h.at:]...)
	return append(b, h.tail[:h.at]...)
}
