package os

import (
	"errors"
	"runtime"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

// ProcAttr says how a new process is to be.
type ProcAttr struct {
	// Dir is the working directory; "" is ours.
	Dir string
	// Env is the environment; nil is ours.
	Env []string
	// Files become descriptors 0, 1, ...; a nil entry is a closed descriptor. They are made blocking.
	Files []*File
	// Sys has what depends on the system.
	Sys *syscall.SysProcAttr
}

// Process is a process that StartProcess or FindProcess gave.
type Process struct {
	Pid int

	// Signals and the end of the wait exclude each other: the number may be another process's after the wait.
	mu       sync.Mutex
	state    processState
	handle   int // descriptor of the process, if hasHandle
	hasPidfd bool
	absent   bool // FindProcess did not find it
}

type processState uint8

const (
	processRuns processState = iota
	processDone
	processReleased
)

var errProcessReleased = errors.New("os: process already released")

// ErrNoHandle is what WithHandle gives if the system has no handles for processes.
var ErrNoHandle = errors.New("process handle unavailable")

func newProcess(pid, pidfd int) *Process {
	p := &Process{Pid: pid, handle: pidfd, hasPidfd: pidfd >= 0}
	runtime.SetFinalizer(p, (*Process).Release)
	return p
}

// StartProcess starts the program name with the arguments argv, of which the first is by custom the name too.
func StartProcess(name string, argv []string, attr *ProcAttr) (*Process, error) {
	if attr == nil {
		attr = new(ProcAttr)
	}
	// A wrong directory would be blamed on the program.
	if attr.Dir != "" && (attr.Sys == nil || attr.Sys.Chroot == "") {
		if _, err := Stat(attr.Dir); err != nil {
			pe := err.(*PathError)
			pe.Op = "chdir"
			return nil, pe
		}
	}
	sys := syscall.SysProcAttr{}
	if attr.Sys != nil {
		sys = *attr.Sys
	}
	pidfd := -1
	ours := sys.PidFD == nil
	if ours {
		sys.PidFD = &pidfd
	}
	sattr := &syscall.ProcAttr{Dir: attr.Dir, Env: attr.Env, Sys: &sys}
	if sattr.Env == nil {
		sattr.Env = Environ()
	}
	for _, f := range attr.Files {
		sattr.Files = append(sattr.Files, f.Fd())
	}
	pid, _, err := syscall.StartProcess(name, argv, sattr)
	runtime.KeepAlive(attr)
	if err != nil {
		return nil, &PathError{Op: "fork/exec", Path: name, Err: err}
	}
	return newProcess(pid, pidfd), nil
}

// The kernel's numbers, which package syscall does not have.
const (
	sysPidfdOpen       = 434
	sysPidfdSendSignal = 424
)

// FindProcess gives a Process for a process number. It always succeeds; signal 0 tells whether the process exists.
func FindProcess(pid int) (*Process, error) {
	fd, _, e := syscall.RawSyscall(sysPidfdOpen, uintptr(pid), 0, 0)
	switch {
	case e == 0:
		return newProcess(pid, int(fd)), nil
	case e == syscall.ESRCH:
		p := newProcess(pid, -1)
		p.state, p.absent = processDone, true
		return p, nil
	}
	return newProcess(pid, -1), nil
}

func (p *Process) closeHandle() {
	if p.hasPidfd {
		p.hasPidfd = false
		syscall.Close(p.handle)
	}
}

// Release lets go of the process. It is needed only if Wait is not called.
func (p *Process) Release() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.state == processRuns {
		p.state = processReleased
	}
	p.closeHandle()
	p.Pid = -1
	runtime.SetFinalizer(p, nil)
	return nil
}

// Kill ends the process at once, without waiting for its end.
func (p *Process) Kill() error { return p.Signal(Kill) }

// Signal sends a signal to the process.
func (p *Process) Signal(sig Signal) error {
	s, ok := sig.(syscall.Signal)
	if !ok {
		return errors.New("os: unsupported signal type")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch p.state {
	case processDone:
		return ErrProcessDone
	case processReleased:
		return errProcessReleased
	}
	if p.Pid == -1 {
		return errProcessReleased
	}
	if p.Pid == 0 {
		return errors.New("os: process not initialized")
	}
	var err error
	if p.hasPidfd {
		if _, _, e := syscall.RawSyscall6(sysPidfdSendSignal, uintptr(p.handle), uintptr(s), 0, 0, 0, 0); e != 0 {
			err = e
		}
	} else {
		err = syscall.Kill(p.Pid, s)
	}
	if err == syscall.ESRCH {
		return ErrProcessDone
	}
	return err
}

// Wait waits for the end of the process, which must be a child of ours.
func (p *Process) Wait() (*ProcessState, error) {
	p.mu.Lock()
	state, pid, hasPidfd, fd := p.state, p.Pid, p.hasPidfd, p.handle
	p.mu.Unlock()
	if state == processReleased || pid == -1 && state == processRuns {
		return nil, syscall.EINVAL
	}
	if state == processDone && !p.absent {
		return nil, NewSyscallError("wait", syscall.ECHILD)
	}
	// First wait without taking the status: until then the number is the child's.
	const idPid, idPidfd, noWait, exited = 1, 3, 0x1000000, 4
	idType, id := idPid, pid
	if hasPidfd {
		idType, id = idPidfd, fd
	}
	var info [16]uint64
	for {
		_, _, e := syscall.Syscall6(syscall.SYS_WAITID, uintptr(idType), uintptr(id), uintptr(unsafe.Pointer(&info)), exited|noWait, 0, 0)
		if e == 0 {
			break
		}
		if e != syscall.EINTR {
			return nil, NewSyscallError("waitid", e)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var status syscall.WaitStatus
	var usage syscall.Rusage
	err := retry(func() error {
		_, err := syscall.Wait4(pid, &status, 0, &usage)
		return err
	})
	if err != nil {
		return nil, NewSyscallError("wait", err)
	}
	p.state = processDone
	p.closeHandle()
	runtime.SetFinalizer(p, nil)
	return &ProcessState{pid, status, &usage}, nil
}

// WithHandle calls f with a descriptor of the process, which refers to it as long as f runs.
func (p *Process) WithHandle(f func(handle uintptr)) error {
	p.mu.Lock()
	state, has, fd := p.state, p.hasPidfd, p.handle
	if state == processRuns && has {
		r, _, e := syscall.RawSyscall(syscall.SYS_FCNTL, uintptr(fd), syscall.F_DUPFD_CLOEXEC, 0)
		if e != 0 {
			p.mu.Unlock()
			return NewSyscallError("fcntl", e)
		}
		fd = int(r)
	}
	p.mu.Unlock()
	switch {
	case state == processDone:
		return ErrProcessDone
	case state == processReleased:
		return errProcessReleased
	case !has:
		return ErrNoHandle
	}
	defer syscall.Close(fd)
	f(uintptr(fd))
	return nil
}

// ProcessState says how a process has ended.
type ProcessState struct {
	pid    int
	status syscall.WaitStatus
	usage  *syscall.Rusage
}

// Pid gives the number that the process had.
func (p *ProcessState) Pid() int { return p.pid }

// Exited reports whether the process ended by itself.
func (p *ProcessState) Exited() bool { return p.status.Exited() }

// Success reports whether it ended by itself with status 0.
func (p *ProcessState) Success() bool { return p.status.ExitStatus() == 0 }

// Sys gives the syscall.WaitStatus.
func (p *ProcessState) Sys() any { return p.status }

// SysUsage gives the *syscall.Rusage.
func (p *ProcessState) SysUsage() any { return p.usage }

// UserTime gives the time the process and its children spent in programs.
func (p *ProcessState) UserTime() time.Duration { return time.Duration(p.usage.Utime.Nano()) }

// SystemTime gives the time they spent in the kernel.
func (p *ProcessState) SystemTime() time.Duration { return time.Duration(p.usage.Stime.Nano()) }

// ExitCode gives the exit status, -1 if the process did not end by itself.
func (p *ProcessState) ExitCode() int {
	if p == nil {
		return -1
	}
	return p.status.ExitStatus()
}

func (p *ProcessState) String() string {
	if p == nil {
		return "<nil>"
	}
	s := p.status
	text := ""
	switch {
	case s.Exited():
		text = "exit status " + itoa(s.ExitStatus())
	case s.Signaled():
		text = "signal: " + s.Signal().String()
	case s.Stopped():
		text = "stop signal: " + s.StopSignal().String()
		if s.StopSignal() == syscall.SIGTRAP && s.TrapCause() != 0 {
			text += " (trap " + itoa(s.TrapCause()) + ")"
		}
	case s.Continued():
		text = "continued"
	}
	if s.CoreDump() {
		text += " (core dumped)"
	}
	return text
}

func itoa(n int) string {
	if n < 0 {
		return "-" + itoa(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
