// Package poll has file descriptors that goroutines can wait on: an operation on a non-blocking descriptor that would have to
// wait parks its goroutine until the poller says that the descriptor is ready, a deadline passes, or it is closed. Descriptors
// that the poller cannot watch (regular files) are used with blocking system calls.
package poll

import (
	"errors"
	"io"
	"sync/atomic"
	"syscall"
)

// ErrNetClosing is what operations on closed network connections give.
var ErrNetClosing = errNetClosing{}

type errNetClosing struct{}

func (errNetClosing) Error() string   { return "use of closed network connection" }
func (errNetClosing) Timeout() bool   { return false }
func (errNetClosing) Temporary() bool { return false }

var (
	ErrFileClosing            = errors.New("use of closed file")
	ErrNoDeadline             = errors.New("file type does not support deadline")
	ErrDeadlineExceeded error = &DeadlineExceededError{}
	ErrNotPollable            = errors.New("not pollable")
)

// DeadlineExceededError is a deadline that has passed.
type DeadlineExceededError struct{}

func (*DeadlineExceededError) Error() string   { return "i/o timeout" }
func (*DeadlineExceededError) Timeout() bool   { return true }
func (*DeadlineExceededError) Temporary() bool { return true }

func errClosing(isFile bool) error {
	if isFile {
		return ErrFileClosing
	}
	return ErrNetClosing
}

// FD is a file descriptor.
type FD struct {
	mu     fdMutex
	Sysfd  int
	pd     pollDesc
	closed uint32 // semaphore: Close has happened

	// Operations may block their thread.
	isBlocking atomic.Bool
	// A stream: transfers are cut into pieces.
	IsStream bool
	// A read of nothing is the end of file.
	ZeroReadIsEOF bool
	// A file, not a network connection: the errors differ.
	isFile bool
}

// Init is called once, before the FD is used. net: a network's name, or "file". If it fails, or pollable is false, operations block.
func (fd *FD) Init(net string, pollable bool) error {
	fd.isFile = net == "file"
	if !pollable {
		fd.isBlocking.Store(true)
		return nil
	}
	err := fd.pd.init(fd.Sysfd)
	if err != nil {
		fd.isBlocking.Store(true)
	}
	return err
}

func (fd *FD) incref() error {
	if !fd.mu.incref() {
		return errClosing(fd.isFile)
	}
	return nil
}

func (fd *FD) decref() error {
	if fd.mu.decref() {
		return fd.destroy()
	}
	return nil
}

func (fd *FD) lock(read bool) error {
	if !fd.mu.lock(read) {
		return errClosing(fd.isFile)
	}
	return nil
}

func (fd *FD) unlock(read bool) {
	if fd.mu.unlock(read) {
		fd.destroy()
	}
}

// destroy closes the descriptor; nobody uses it any more.
func (fd *FD) destroy() error {
	// The poller first: another goroutine may be given the number right after the close.
	fd.pd.close()
	err := syscall.Close(fd.Sysfd)
	if err == syscall.EINTR {
		// The descriptor is closed all the same on Linux.
		err = nil
	}
	fd.Sysfd = -1
	runtime_Semrelease(&fd.closed)
	return err
}

// Close closes the descriptor. Operations that wait for the poller give up; it returns when the descriptor is closed, unless
// some operation blocks its thread.
func (fd *FD) Close() error {
	if !fd.mu.close() {
		return errClosing(fd.isFile)
	}
	fd.pd.evict()
	err := fd.decref()
	if !fd.isBlocking.Load() {
		runtime_Semacquire(&fd.closed)
	}
	return err
}

// SetBlocking makes the descriptor a blocking one.
func (fd *FD) SetBlocking() error {
	if err := fd.incref(); err != nil {
		return err
	}
	defer fd.decref()
	fd.isBlocking.Store(true)
	return syscall.SetNonblock(fd.Sysfd, false)
}

// Streams: the kernel transfers at most about 2 GB at a time.
const maxTransfer = 1 << 30

// Transfer repeats an attempt until it need not wait: for what is not plain Read or Write (messages, connections).
func (fd *FD) Transfer(read bool, attempt func(fd int) (int, error)) (int, error) {
	mode := modeRead
	if !read {
		mode = modeWrite
	}
	if err := fd.lock(read); err != nil {
		return 0, err
	}
	defer fd.unlock(read)
	if err := fd.pd.prepare(mode, fd.isFile); err != nil {
		return 0, err
	}
	for {
		n, err := attempt(fd.Sysfd)
		if err == nil {
			return n, nil
		}
		if err == syscall.EINTR {
			continue
		}
		if err == syscall.EAGAIN && fd.pd.pollable() {
			if err = fd.pd.wait(mode, fd.isFile); err == nil {
				continue
			}
		}
		return 0, err
	}
}

func (fd *FD) eof(n int, err error) error {
	if n == 0 && err == nil && fd.ZeroReadIsEOF {
		return io.EOF
	}
	return err
}

// Read reads at most len(p) bytes.
func (fd *FD) Read(p []byte) (int, error) {
	if err := fd.lock(true); err != nil {
		return 0, err
	}
	defer fd.unlock(true)
	if len(p) == 0 {
		return 0, nil
	}
	if fd.IsStream && len(p) > maxTransfer {
		p = p[:maxTransfer]
	}
	if err := fd.pd.prepare(modeRead, fd.isFile); err != nil {
		return 0, err
	}
	for {
		n, err := syscall.Read(fd.Sysfd, p)
		if err != nil {
			n = 0
			if err == syscall.EINTR {
				continue
			}
			if err == syscall.EAGAIN && fd.pd.pollable() {
				if err = fd.pd.wait(modeRead, fd.isFile); err == nil {
					continue
				}
			}
		}
		return n, fd.eof(n, err)
	}
}

// Pread reads at an offset. Files with offsets never wait, so there is no lock.
func (fd *FD) Pread(p []byte, off int64) (int, error) {
	if err := fd.incref(); err != nil {
		return 0, err
	}
	defer fd.decref()
	if fd.IsStream && len(p) > maxTransfer {
		p = p[:maxTransfer]
	}
	for {
		n, err := syscall.Pread(fd.Sysfd, p, off)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			n = 0
		}
		return n, fd.eof(n, err)
	}
}

// Write writes all of p, or gives an error.
func (fd *FD) Write(p []byte) (int, error) {
	if err := fd.lock(false); err != nil {
		return 0, err
	}
	defer fd.unlock(false)
	if err := fd.pd.prepare(modeWrite, fd.isFile); err != nil {
		return 0, err
	}
	for done := 0; ; {
		part := p[done:]
		if fd.IsStream && len(part) > maxTransfer {
			part = part[:maxTransfer]
		}
		n, err := syscall.Write(fd.Sysfd, part)
		if n > 0 {
			if n > len(part) {
				panic("invalid return from write: got more than was given")
			}
			done += n
		}
		if done == len(p) {
			return done, err
		}
		if err == syscall.EINTR {
			continue
		}
		if err == syscall.EAGAIN && fd.pd.pollable() {
			if err = fd.pd.wait(modeWrite, fd.isFile); err == nil {
				continue
			}
		}
		if err != nil {
			return done, err
		}
		if n == 0 {
			return done, io.ErrUnexpectedEOF
		}
	}
}

// Pwrite writes all of p at an offset, or gives an error.
func (fd *FD) Pwrite(p []byte, off int64) (int, error) {
	if err := fd.incref(); err != nil {
		return 0, err
	}
	defer fd.decref()
	for done := 0; ; {
		part := p[done:]
		if fd.IsStream && len(part) > maxTransfer {
			part = part[:maxTransfer]
		}
		n, err := syscall.Pwrite(fd.Sysfd, part, off+int64(done))
		if err == syscall.EINTR {
			continue
		}
		if n > 0 {
			done += n
		}
		if done == len(p) || err != nil {
			return done, err
		}
		if n == 0 {
			return done, io.ErrUnexpectedEOF
		}
	}
}

// Do calls fn with the descriptor, which stays open meanwhile, again if a signal interrupts it.
func (fd *FD) Do(fn func(fd int) error) error {
	if err := fd.incref(); err != nil {
		return err
	}
	defer fd.decref()
	for {
		if err := fn(fd.Sysfd); err != syscall.EINTR {
			return err
		}
	}
}

// RawControl calls fn with the descriptor.
func (fd *FD) RawControl(fn func(uintptr)) error {
	if err := fd.incref(); err != nil {
		return err
	}
	defer fd.decref()
	fn(uintptr(fd.Sysfd))
	return nil
}

// RawRead calls fn, again after waiting for input, until it gives true.
func (fd *FD) RawRead(fn func(uintptr) bool) error { return fd.raw(modeRead, fn) }

// RawWrite calls fn, again after waiting for room, until it gives true.
func (fd *FD) RawWrite(fn func(uintptr) bool) error { return fd.raw(modeWrite, fn) }

func (fd *FD) raw(mode int, fn func(uintptr) bool) error {
	read := mode == modeRead
	if err := fd.lock(read); err != nil {
		return err
	}
	defer fd.unlock(read)
	if err := fd.pd.prepare(mode, fd.isFile); err != nil {
		return err
	}
	for !fn(uintptr(fd.Sysfd)) {
		if err := fd.pd.wait(mode, fd.isFile); err != nil {
			return err
		}
	}
	return nil
}

// WaitWrite waits until the descriptor is ready for writing (a connection is made).
func (fd *FD) WaitWrite() error { return fd.pd.wait(modeWrite, fd.isFile) }

// WaitCanceled waits until the poller has seen the descriptor become ready, whatever its deadline.
func (fd *FD) WaitCanceled(mode int) {
	if fd.pd.ctx != 0 {
		runtime_pollWaitCanceled(fd.pd.ctx, mode)
	}
}

// Dup makes another descriptor of the same file, closed in programs that are started. The string names the call that failed.
func (fd *FD) Dup() (int, string, error) {
	if err := fd.incref(); err != nil {
		return -1, "", err
	}
	defer fd.decref()
	r, _, e := syscall.RawSyscall(syscall.SYS_FCNTL, uintptr(fd.Sysfd), syscall.F_DUPFD_CLOEXEC, 0)
	if e != 0 {
		return -1, "fcntl", e
	}
	return int(r), "", nil
}
