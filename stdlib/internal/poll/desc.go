package poll

import (
	"errors"
	"sync"
	"syscall"
	"time"
)

// Provided by the runtime. A descriptor of the poller is a *pollDesc of its own memory, never of the Go heap.

func runtime_pollServerInit()
func runtime_isPollServerDescriptor(fd uintptr) bool
func runtime_pollOpen(fd uintptr) (ctx uintptr, errno int)
func runtime_pollClose(ctx uintptr)
func runtime_pollReset(ctx uintptr, mode int) int
func runtime_pollWait(ctx uintptr, mode int) int
func runtime_pollWaitCanceled(ctx uintptr, mode int)
func runtime_pollSetDeadline(ctx uintptr, d int64, mode int)
func runtime_pollUnblock(ctx uintptr)

const (
	modeRead  int = 'r'
	modeWrite int = 'w'
	modeBoth      = modeRead + modeWrite
)

// What pollReset and pollWait answer.
const (
	pollNoError = iota
	pollClosing
	pollTimeout
	pollNotPollable
)

var serverInit sync.Once

// pollDesc is a descriptor's part in the poller; ctx is 0 without one: then nothing waits.
type pollDesc struct {
	ctx uintptr
}

func (pd *pollDesc) init(fd int) error {
	serverInit.Do(runtime_pollServerInit)
	ctx, errno := runtime_pollOpen(uintptr(fd))
	if errno != 0 {
		return syscall.Errno(errno)
	}
	pd.ctx = ctx
	return nil
}

func (pd *pollDesc) close() {
	if pd.ctx != 0 {
		runtime_pollClose(pd.ctx)
		pd.ctx = 0
	}
}

// evict wakes everybody who waits; they see that the descriptor is closing.
func (pd *pollDesc) evict() {
	if pd.ctx != 0 {
		runtime_pollUnblock(pd.ctx)
	}
}

// prepare is called before the first attempt of an operation.
func (pd *pollDesc) prepare(mode int, isFile bool) error {
	if pd.ctx == 0 {
		return nil
	}
	return pollError(runtime_pollReset(pd.ctx, mode), isFile)
}

// wait is called after an attempt found that it would have to wait.
func (pd *pollDesc) wait(mode int, isFile bool) error {
	if pd.ctx == 0 {
		return errors.New("waiting for unsupported file type")
	}
	return pollError(runtime_pollWait(pd.ctx, mode), isFile)
}

func (pd *pollDesc) pollable() bool { return pd.ctx != 0 }

func pollError(code int, isFile bool) error {
	switch code {
	case pollNoError:
		return nil
	case pollClosing:
		return errClosing(isFile)
	case pollTimeout:
		return ErrDeadlineExceeded
	case pollNotPollable:
		return ErrNotPollable
	}
	panic("internal/poll: unknown answer of the poller")
}

// SetDeadline, SetReadDeadline and SetWriteDeadline set the time at which operations that wait give up; the zero Time: never.
func (fd *FD) SetDeadline(t time.Time) error      { return fd.setDeadline(t, modeBoth) }
func (fd *FD) SetReadDeadline(t time.Time) error  { return fd.setDeadline(t, modeRead) }
func (fd *FD) SetWriteDeadline(t time.Time) error { return fd.setDeadline(t, modeWrite) }

func (fd *FD) setDeadline(t time.Time, mode int) error {
	var d int64
	if !t.IsZero() {
		if d = int64(time.Until(t)); d == 0 {
			d = -1 // 0 is for no deadline
		}
	}
	if err := fd.incref(); err != nil {
		return err
	}
	defer fd.decref()
	if fd.pd.ctx == 0 {
		return ErrNoDeadline
	}
	runtime_pollSetDeadline(fd.pd.ctx, d, mode)
	return nil
}

// IsPollDescriptor reports whether fd is one that the poller itself uses.
func IsPollDescriptor(fd uintptr) bool { return runtime_isPollServerDescriptor(fd) }
