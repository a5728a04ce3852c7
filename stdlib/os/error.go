package os

import (
	"errors"
	"internal/oserror"
	"internal/poll"
	"io/fs"
	"syscall"
)

// The errors that files have in common; use errors.Is to find them.
var (
	ErrInvalid          = fs.ErrInvalid
	ErrPermission       = fs.ErrPermission
	ErrExist            = fs.ErrExist
	ErrNotExist         = fs.ErrNotExist
	ErrClosed           = fs.ErrClosed
	ErrNoDeadline       = poll.ErrNoDeadline
	ErrDeadlineExceeded = poll.ErrDeadlineExceeded
	ErrProcessDone      = errors.New("os: process already finished")
)

// PathError is a failed operation on a file.
type PathError = fs.PathError

// LinkError is a failed operation on two files.
type LinkError struct {
	Op  string
	Old string
	New string
	Err error
}

func (e *LinkError) Error() string { return e.Op + " " + e.Old + " " + e.New + ": " + e.Err.Error() }
func (e *LinkError) Unwrap() error { return e.Err }

// SyscallError is a failed system call.
type SyscallError struct {
	Syscall string
	Err     error
}

func (e *SyscallError) Error() string { return e.Syscall + ": " + e.Err.Error() }
func (e *SyscallError) Unwrap() error { return e.Err }

// Timeout reports whether the cause is a timeout.
func (e *SyscallError) Timeout() bool { return isTimeout(e.Err) }

// NewSyscallError makes a SyscallError; nil of nil.
func NewSyscallError(syscall string, err error) error {
	if err == nil {
		return nil
	}
	return &SyscallError{syscall, err}
}

// cause takes the error out of the wrappers of this package.
func cause(err error) error {
	switch err := err.(type) {
	case *PathError:
		return err.Err
	case *LinkError:
		return err.Err
	case *SyscallError:
		return err.Err
	}
	return err
}

func is(err, target error) bool {
	err = cause(err)
	if err == target {
		return true
	}
	e, ok := err.(syscall.Errno)
	return ok && e.Is(target)
}

// IsExist reports whether err says that a file exists already. errors.Is(err, fs.ErrExist) sees more.
func IsExist(err error) bool { return is(err, oserror.ErrExist) }

// IsNotExist reports whether err says that a file does not exist. errors.Is(err, fs.ErrNotExist) sees more.
func IsNotExist(err error) bool { return is(err, oserror.ErrNotExist) }

// IsPermission reports whether err says that something is not allowed. errors.Is(err, fs.ErrPermission) sees more.
func IsPermission(err error) bool { return is(err, oserror.ErrPermission) }

// IsTimeout reports whether err says that something took too long.
func IsTimeout(err error) bool { return isTimeout(cause(err)) }

func isTimeout(err error) bool {
	t, ok := err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// retry repeats a system call that a signal interrupted.
func retry(call func() error) error {
	for {
		if err := call(); err != syscall.EINTR {
			return err
		}
	}
}

// pathError wraps err; nil stays nil.
func pathError(op, path string, err error) error {
	if err == nil {
		return nil
	}
	return &PathError{Op: op, Path: path, Err: err}
}

// linkError wraps err; nil stays nil.
func linkError(op, old, new string, err error) error {
	if err == nil {
		return nil
	}
	return &LinkError{op, old, new, err}
}

func plainError(s string) error { return errors.New(s) }
