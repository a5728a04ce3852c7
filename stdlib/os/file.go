// Package os is the interface to the operating system: files, directories, environment, the process. Errors are
// *PathError and the like, with the system's error number inside.
package os

import (
	"io"
	"runtime"
	"sync"
	"syscall"
	"time"
	"unsafe"
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
	Stdin  = newFile(syscall.Stdin, "/dev/stdin", false)
	Stdout = newFile(syscall.Stdout, "/dev/stdout", false)
	Stderr = newFile(syscall.Stderr, "/dev/stderr", false)
)

// File is an open file. Its methods may be called from several goroutines.
type File struct {
	*file // a level between, so that nobody can copy what has to be closed once
}

// file counts its users: the descriptor is closed when Close was called and no operation is under way, so that an
// operation never meets a descriptor that was reused.
type file struct {
	fd         int
	name       string
	appendMode bool // opened with O_APPEND

	mu     sync.Mutex
	users  int
	closed bool

	dir *dirReader // for reading a directory, made by the first call
}

func newFile(fd int, name string, finalize bool) *File {
	f := &File{&file{fd: fd, name: name}}
	if finalize {
		runtime.SetFinalizer(f.file, (*file).close)
	}
	return f
}

// NewFile makes a File of a descriptor; nil if it is negative.
func NewFile(fd uintptr, name string) *File {
	if int(fd) < 0 {
		return nil
	}
	f := newFile(int(fd), name, true)
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

// acquire begins an operation.
func (f *file) acquire() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return false
	}
	f.users++
	return true
}

// release ends an operation.
func (f *file) release() {
	f.mu.Lock()
	f.users--
	last := f.closed && f.users == 0
	f.mu.Unlock()
	if last {
		syscall.Close(f.fd)
	}
}

// do runs a system call on the descriptor, again if a signal interrupts it.
func (f *File) do(op string, call func(fd int) error) error {
	if !f.acquire() {
		return &PathError{Op: op, Path: f.name, Err: ErrClosed}
	}
	defer f.release()
	return pathError(op, f.name, retry(func() error { return call(f.fd) }))
}

// Fd gives the descriptor; ^0 after Close.
func (f *File) Fd() uintptr {
	if f == nil {
		return ^uintptr(0)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return ^uintptr(0)
	}
	return uintptr(f.fd)
}

// Close closes the file. Operations that are under way end first.
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
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return &PathError{Op: "close", Path: f.name, Err: ErrClosed}
	}
	f.closed = true
	idle := f.users == 0
	f.mu.Unlock()
	runtime.SetFinalizer(f, nil)
	if !idle {
		return nil
	}
	// After EINTR the descriptor is closed on Linux.
	if err := syscall.Close(f.fd); err != nil && err != syscall.EINTR {
		return &PathError{Op: "close", Path: f.name, Err: err}
	}
	return nil
}

// The kernel transfers at most about 2 GB at a time.
const maxTransfer = 1 << 30

const firstWait = 20 * time.Microsecond

// again reports whether a read or write that ended with err is to be repeated: a signal interrupted it, or it would have had
// to wait. Descriptors that programs hand in may be non-blocking; without a poller the goroutine sleeps a little.
func again(err error, wait *time.Duration) bool {
	switch err {
	case syscall.EINTR:
		return true
	case syscall.EAGAIN:
		time.Sleep(*wait)
		*wait = min(2**wait, 10*time.Millisecond)
		return true
	}
	return false
}

// Read reads at most len(b) bytes; io.EOF at the end of the file.
func (f *File) Read(b []byte) (n int, err error) {
	if err := f.valid(); err != nil {
		return 0, err
	}
	if !f.acquire() {
		return 0, &PathError{Op: "read", Path: f.name, Err: ErrClosed}
	}
	defer f.release()
	if len(b) == 0 {
		return 0, nil
	}
	if len(b) > maxTransfer {
		b = b[:maxTransfer]
	}
	for wait := firstWait; ; {
		if n, err = syscall.Read(f.fd, b); again(err, &wait) {
			continue
		}
		if n == 0 && err == nil {
			return 0, io.EOF
		}
		return max(n, 0), pathError("read", f.name, err)
	}
}

// ReadAt reads len(b) bytes at the offset off; less only with an error, io.EOF at the end of the file.
func (f *File) ReadAt(b []byte, off int64) (n int, err error) {
	if err := f.valid(); err != nil {
		return 0, err
	}
	if off < 0 {
		return 0, &PathError{Op: "readat", Path: f.name, Err: plainError("negative offset")}
	}
	if !f.acquire() {
		return 0, &PathError{Op: "read", Path: f.name, Err: ErrClosed}
	}
	defer f.release()
	for wait := firstWait; len(b) > 0; {
		m, err := syscall.Pread(f.fd, b[:min(len(b), maxTransfer)], off)
		if again(err, &wait) {
			continue
		}
		if err != nil {
			return n, pathError("read", f.name, err)
		}
		if m == 0 {
			return n, io.EOF
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
	return f.write(b, -1)
}

// write writes b at the offset, or at the file's position if the offset is negative.
func (f *File) write(b []byte, off int64) (n int, err error) {
	if !f.acquire() {
		return 0, &PathError{Op: "write", Path: f.name, Err: ErrClosed}
	}
	defer f.release()
	wait := firstWait
	for {
		part := b[n:min(len(b), n+maxTransfer)]
		var m int
		if off < 0 {
			m, err = syscall.Write(f.fd, part)
		} else {
			m, err = syscall.Pwrite(f.fd, part, off+int64(n))
		}
		if again(err, &wait) {
			continue
		}
		n += max(m, 0)
		if err == syscall.EPIPE && (f.fd == 1 || f.fd == 2) {
			// As other programs do: nobody listens any more.
			sigpipe()
		}
		switch {
		case err != nil:
			return n, pathError("write", f.name, err)
		case n >= len(b):
			return n, nil
		case m == 0:
			return n, pathError("write", f.name, io.ErrUnexpectedEOF)
		}
	}
}

// sigpipe ends the process by SIGPIPE: standard output or error has no reader any more.
func sigpipe() {
	// The default action, then the signal. The kernel's struct sigaction: handler, flags, restorer, mask.
	var action [4]uintptr
	syscall.RawSyscall6(syscall.SYS_RT_SIGACTION, uintptr(syscall.SIGPIPE), uintptr(unsafe.Pointer(&action)), 0, 8, 0, 0)
	syscall.Kill(syscall.Getpid(), syscall.SIGPIPE)
}

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
	return f.write(b, off)
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
	f.mu.Lock()
	f.dir = nil
	f.mu.Unlock()
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

// SetDeadline, SetReadDeadline and SetWriteDeadline would limit the time that operations take. Files have no deadlines
// here: they give ErrNoDeadline.
func (f *File) SetDeadline(t time.Time) error      { return f.noDeadline() }
func (f *File) SetReadDeadline(t time.Time) error  { return f.noDeadline() }
func (f *File) SetWriteDeadline(t time.Time) error { return f.noDeadline() }

func (f *File) noDeadline() error {
	if err := f.valid(); err != nil {
		return err
	}
	return &PathError{Op: "set deadline", Path: f.name, Err: ErrNoDeadline}
}

// SyscallConn gives access to the descriptor.
func (f *File) SyscallConn() (syscall.RawConn, error) {
	if err := f.valid(); err != nil {
		return nil, err
	}
	return rawFile{f}, nil
}

type rawFile struct{ f *File }

func (r rawFile) Control(fn func(fd uintptr)) error {
	return r.f.do("SyscallConn", func(fd int) error {
		fn(uintptr(fd))
		return nil
	})
}

func (r rawFile) repeat(fn func(fd uintptr) (done bool)) error {
	return r.f.do("SyscallConn", func(fd int) error {
		for !fn(uintptr(fd)) {
			time.Sleep(time.Millisecond)
		}
		return nil
	})
}

func (r rawFile) Read(fn func(fd uintptr) (done bool)) error  { return r.repeat(fn) }
func (r rawFile) Write(fn func(fd uintptr) (done bool)) error { return r.repeat(fn) }
