// Package os is the interface to the operating system: files, directories, environment, the process. Errors are
// *PathError and the like, with the system's error number inside.
package os

import (
	"internal/poll"
	"io"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"
)

// Flags of OpenFile: one of the first three, with any of the others.
const (
	O_RDONLY int = syscall.O_RDONLY
	O_WRONLY int = syscall.O_WRONLY
	O_RDWR   int = syscall.O_RDWR
	O_APPEND int = syscall.O_APPEND // writes go to the end
	O_CREATE int = syscall.O_CREAT  // make the file if it does not exist
	O_EXCL   int = syscall.O_EXCL   // with O_CREATE: the file must not exist
	O_SYNC   int = syscall.O_SYNC   // writes wait for the disk
	O_TRUNC  int = syscall.O_TRUNC  // empty the file
)

// Seek positions.
//
// Deprecated: use those of package io.
const (
	SEEK_SET int = 0
	SEEK_CUR int = 1
	SEEK_END int = 2
)

const (
	PathSeparator     = '/'
	PathListSeparator = ':'

	// DevNull is a file that is empty and swallows everything.
	DevNull = "/dev/null"
)

// IsPathSeparator reports whether c separates the elements of paths.
func IsPathSeparator(c uint8) bool { return c == PathSeparator }

// Standard input, output and error.
var (
	Stdin  = NewFile(uintptr(syscall.Stdin), "/dev/stdin")
	Stdout = NewFile(uintptr(syscall.Stdout), "/dev/stdout")
	Stderr = NewFile(uintptr(syscall.Stderr), "/dev/stderr")
)

// File is an open file. Its methods may be called from several goroutines.
type File struct {
	*file // a level between, so that nobody can copy what has to be closed once
}

type file struct {
	pfd         poll.FD
	name        string
	appendMode  bool // opened with O_APPEND
	nonblock    bool // we made the descriptor non-blocking
	stdoutOrErr bool // a write without reader ends the program

	dir atomic.Pointer[dirReader] // for reading a directory, made by the first call
}

// fileKind tells newFile whether to try the poller.
type fileKind int

const (
	kindBlocking    fileKind = iota // no: somebody else's descriptor, which blocks
	kindNonBlocking                 // yes: the descriptor does not block already
	kindTry                         // yes: make it non-blocking if the poller takes it
)

func newFile(fd int, name string, kind fileKind) *File {
	f := &File{&file{name: name, stdoutOrErr: fd == 1 || fd == 2}}
	f.pfd.Sysfd = fd
	f.pfd.IsStream = true
	f.pfd.ZeroReadIsEOF = true
	if kind == kindTry {
		// The poller refuses regular files and directories; do not even ask.
		var st syscall.Stat_t
		if err := retry(func() error { return syscall.Fstat(fd, &st) }); err == nil {
			if t := st.Mode & syscall.S_IFMT; t == syscall.S_IFREG || t == syscall.S_IFDIR {
				kind = kindBlocking
			}
		}
	}
	if f.pfd.Init("file", kind != kindBlocking) == nil && kind == kindTry {
		if syscall.SetNonblock(fd, true) == nil {
			f.nonblock = true
		} else {
			f.pfd.SetBlocking()
		}
	}
	runtime.SetFinalizer(f.file, (*file).close)
	return f
}

// NewFile makes a File of a descriptor; nil if it is negative. Operations on it wait with the poller if it is a non-blocking one.
func NewFile(fd uintptr, name string) *File {
	if int(fd) < 0 {
		return nil
	}
	flags, _, e := syscall.RawSyscall(syscall.SYS_FCNTL, fd, syscall.F_GETFL, 0)
	kind := kindBlocking
	if e == 0 && flags&syscall.O_NONBLOCK != 0 {
		kind = kindNonBlocking
	}
	f := newFile(int(fd), name, kind)
	f.appendMode = e == 0 && flags&syscall.O_APPEND != 0
	return f
}

func (f *File) valid() error {
	if f == nil {
		return ErrInvalid
	}
	return nil
}

// Name gives the name that the file was opened by.
func (f *File) Name() string { return f.name }

// fail wraps an error of an operation; nil and io.EOF stay.
func (f *File) fail(op string, err error) error {
	switch err {
	case nil, io.EOF:
		return err
	case poll.ErrFileClosing:
		err = ErrClosed
	}
	return &PathError{Op: op, Path: f.name, Err: err}
}

// do runs a system call on the descriptor, again if a signal interrupts it.
func (f *File) do(op string, call func(fd int) error) error {
	return f.fail(op, f.pfd.Do(call))
}

// Fd gives the descriptor, made blocking; ^0 after Close.
func (f *File) Fd() uintptr {
	if f == nil {
		return ^uintptr(0)
	}
	if f.nonblock {
		// Who takes the descriptor out expects an ordinary one.
		f.pfd.SetBlocking()
	}
	return uintptr(f.pfd.Sysfd)
}

// Close closes the file. Operations that wait with the poller give up with ErrClosed, others end first.
func (f *File) Close() error {
	if f == nil {
		return ErrInvalid
	}
	return f.file.close()
}

func (f *file) close() error {
	if f == nil {
		return syscall.EINVAL
	}
	err := f.pfd.Close()
	if err != nil {
		if err == poll.ErrFileClosing {
			err = ErrClosed
		}
		err = &PathError{Op: "close", Path: f.name, Err: err}
	}
	runtime.SetFinalizer(f, nil)
	return err
}

// Read reads at most len(b) bytes; io.EOF at the end of the file.
func (f *File) Read(b []byte) (n int, err error) {
	if err := f.valid(); err != nil {
		return 0, err
	}
	n, err = f.pfd.Read(b)
	return n, f.fail("read", err)
}

// ReadAt reads len(b) bytes at the offset off; less only with an error, io.EOF at the end of the file.
func (f *File) ReadAt(b []byte, off int64) (n int, err error) {
	if err := f.valid(); err != nil {
		return 0, err
	}
	if off < 0 {
		return 0, &PathError{Op: "readat", Path: f.name, Err: plainError("negative offset")}
	}
	for len(b) > 0 {
		m, err := f.pfd.Pread(b, off)
		if err != nil {
			return n, f.fail("read", err)
		}
		n += m
		b = b[m:]
		off += int64(m)
	}
	return n, nil
}

// Write writes b; n < len(b) only with an error.
func (f *File) Write(b []byte) (n int, err error) {
	if err := f.valid(); err != nil {
		return 0, err
	}
	n, err = f.pfd.Write(b)
	if err == syscall.EPIPE && f.stdoutOrErr {
		// As other programs do: nobody listens any more.
		sigpipe()
	}
	return n, f.fail("write", err)
}

// sigpipe is called when standard output or error has no reader any more. It ends the process as other programs end then, by SIGPIPE,
// unless the program asked for that signal or ignores it.
func sigpipe()

// WriteAt writes b at the offset off.
func (f *File) WriteAt(b []byte, off int64) (n int, err error) {
	if err := f.valid(); err != nil {
		return 0, err
	}
	if f.appendMode {
		return 0, errWriteAtInAppendMode
	}
	if off < 0 {
		return 0, &PathError{Op: "writeat", Path: f.name, Err: plainError("negative offset")}
	}
	if len(b) == 0 {
		return 0, nil
	}
	n, err = f.pfd.Pwrite(b, off)
	return n, f.fail("write", err)
}

var errWriteAtInAppendMode = plainError("os: invalid use of WriteAt on file opened with O_APPEND")

// WriteString writes a string.
func (f *File) WriteString(s string) (n int, err error) {
	return f.Write([]byte(s))
}

// onlyWriter and onlyReader hide the other methods of a File from io.Copy.
type onlyWriter struct{ io.Writer }
type onlyReader struct{ io.Reader }

// ReadFrom writes what r gives.
func (f *File) ReadFrom(r io.Reader) (n int64, err error) {
	if err := f.valid(); err != nil {
		return 0, err
	}
	return io.Copy(onlyWriter{f}, r)
}

// WriteTo gives the rest of the file to w.
func (f *File) WriteTo(w io.Writer) (n int64, err error) {
	if err := f.valid(); err != nil {
		return 0, err
	}
	return io.Copy(w, onlyReader{f})
}

// Seek sets the position for the next Read or Write: offset from the start (whence 0), from the position (1) or from the
// end (2). It gives the new position.
func (f *File) Seek(offset int64, whence int) (ret int64, err error) {
	if err := f.valid(); err != nil {
		return 0, err
	}
	err = f.do("seek", func(fd int) (err error) {
		ret, err = syscall.Seek(fd, offset, whence)
		return err
	})
	if err != nil {
		return 0, err
	}
	f.dir.Store(nil)
	return ret, nil
}

// Sync writes the file to the disk.
func (f *File) Sync() error {
	if err := f.valid(); err != nil {
		return err
	}
	return f.do("sync", syscall.Fsync)
}

// Truncate sets the size.
func (f *File) Truncate(size int64) error {
	if err := f.valid(); err != nil {
		return err
	}
	return f.do("truncate", func(fd int) error { return syscall.Ftruncate(fd, size) })
}

// Chmod sets the permissions.
func (f *File) Chmod(mode FileMode) error {
	if err := f.valid(); err != nil {
		return err
	}
	return f.do("chmod", func(fd int) error { return syscall.Fchmod(fd, sysMode(mode)) })
}

// Chown sets user and group; -1 leaves one alone.
func (f *File) Chown(uid, gid int) error {
	if err := f.valid(); err != nil {
		return err
	}
	return f.do("chown", func(fd int) error { return syscall.Fchown(fd, uid, gid) })
}

// Chdir makes the directory the working directory.
func (f *File) Chdir() error {
	if err := f.valid(); err != nil {
		return err
	}
	return f.do("chdir", syscall.Fchdir)
}

// SetDeadline, SetReadDeadline and SetWriteDeadline set the time at which reads and writes that wait give up with
// ErrDeadlineExceeded; the zero Time: never. Files that the poller cannot watch give ErrNoDeadline.
func (f *File) SetDeadline(t time.Time) error { return f.deadline(t, (*poll.FD).SetDeadline) }

func (f *File) SetReadDeadline(t time.Time) error { return f.deadline(t, (*poll.FD).SetReadDeadline) }

func (f *File) SetWriteDeadline(t time.Time) error {
	return f.deadline(t, (*poll.FD).SetWriteDeadline)
}

func (f *File) deadline(t time.Time, set func(*poll.FD, time.Time) error) error {
	if err := f.valid(); err != nil {
		return err
	}
	return set(&f.pfd, t)
}

// SyscallConn gives access to the descriptor.
func (f *File) SyscallConn() (syscall.RawConn, error) {
	if err := f.valid(); err != nil {
		return nil, err
	}
	return rawFile{f}, nil
}

type rawFile struct{ f *File }

func (r rawFile) Control(fn func(fd uintptr)) error { return r.f.pfd.RawControl(fn) }

func (r rawFile) Read(fn func(fd uintptr) (done bool)) error { return r.f.pfd.RawRead(fn) }

func (r rawFile) Write(fn func(fd uintptr) (done bool)) error { return r.f.pfd.RawWrite(fn) }
