// Package syscall is the raw interface to the Linux kernel: what os and time need, and what programs use most.
// Calls that may block go through Syscall, so that other goroutines can run meanwhile.
package syscall

import (
	"errors"
	"internal/oserror"
	"unsafe"
)

// Provided by the runtime. Syscall and Syscall6 tell the scheduler that the call may take long; the Raw ones do not.
// Pointers passed as uintptr stay where they are during the call: the goroutine's stack does not move in it.

func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)
func Syscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno)
func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno)
func RawSyscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno)

// Exit ends the process.
func Exit(code int)

// Standard file descriptors.
var (
	Stdin  = 0
	Stdout = 1
	Stderr = 2
)

// Means "relative to the working directory" for the *at calls.
const atFdcwd = -0x64

// An Errno is an error number of the kernel. Zero is no error.
type Errno uintptr

func (e Errno) Error() string {
	if int(e) < len(errorTexts) && errorTexts[e] != "" {
		return errorTexts[e]
	}
	return "errno " + itoa(int(e))
}

// Is lets errors.Is find the errors of package os.
func (e Errno) Is(target error) bool {
	switch target {
	case oserror.ErrPermission:
		return e == EACCES || e == EPERM
	case oserror.ErrExist:
		return e == EEXIST || e == ENOTEMPTY
	case oserror.ErrNotExist:
		return e == ENOENT
	case errors.ErrUnsupported:
		return e == ENOSYS || e == ENOTSUP || e == EOPNOTSUPP
	}
	return false
}

// Temporary reports whether trying again may help.
func (e Errno) Temporary() bool {
	return e == EINTR || e == EMFILE || e == ENFILE || e.Timeout()
}

// Timeout reports whether the call took too long.
func (e Errno) Timeout() bool {
	return e == EAGAIN || e == EWOULDBLOCK || e == ETIMEDOUT
}

// A Signal is a number of a signal.
type Signal int

// Signal marks the type as an os.Signal.
func (s Signal) Signal() {}

func (s Signal) String() string {
	if 0 <= s && int(s) < len(signalTexts) && signalTexts[s] != "" {
		return signalTexts[s]
	}
	return "signal " + itoa(int(s))
}

func itoa(n int) string {
	var b [20]byte
	i := len(b)
	u := uint(n)
	if n < 0 {
		u = -u
	}
	for {
		i--
		b[i] = byte('0' + u%10)
		if u /= 10; u == 0 {
			break
		}
	}
	if n < 0 {
		i--
		b[i] = '-'
	}
	return string(b[i:])
}

// result turns an error number into an error.
func result(e Errno) error {
	if e == 0 {
		return nil
	}
	return e
}

// ByteSliceFromString gives s with a zero byte at its end; it fails if there is a zero byte in s.
func ByteSliceFromString(s string) ([]byte, error) {
	for i := 0; i < len(s); i++ {
		if s[i] == 0 {
			return nil, EINVAL
		}
	}
	b := make([]byte, len(s)+1)
	copy(b, s)
	return b, nil
}

// BytePtrFromString is ByteSliceFromString with a pointer to the first byte as result.
func BytePtrFromString(s string) (*byte, error) {
	b, err := ByteSliceFromString(s)
	if err != nil {
		return nil, err
	}
	return &b[0], nil
}

// SlicePtrFromStrings converts strings; a nil pointer follows the last.
func SlicePtrFromStrings(ss []string) ([]*byte, error) {
	out := make([]*byte, len(ss)+1)
	for i, s := range ss {
		p, err := BytePtrFromString(s)
		if err != nil {
			return nil, err
		}
		out[i] = p
	}
	return out, nil
}

// zero is where empty buffers point to.
var zero uintptr

func addr(p []byte) unsafe.Pointer {
	if len(p) > 0 {
		return unsafe.Pointer(&p[0])
	}
	return unsafe.Pointer(&zero)
}

// Calls on file descriptors.

// Read reads from a file.
func Read(fd int, p []byte) (n int, err error) {
	r, _, e := Syscall(SYS_READ, uintptr(fd), uintptr(addr(p)), uintptr(len(p)))
	return count(r, e)
}

// Write writes to a file.
func Write(fd int, p []byte) (n int, err error) {
	r, _, e := Syscall(SYS_WRITE, uintptr(fd), uintptr(addr(p)), uintptr(len(p)))
	return count(r, e)
}

// Pread reads at an offset.
func Pread(fd int, p []byte, offset int64) (n int, err error) {
	r, _, e := Syscall6(SYS_PREAD64, uintptr(fd), uintptr(addr(p)), uintptr(len(p)), uintptr(offset), 0, 0)
	return count(r, e)
}

// Pwrite writes at an offset.
func Pwrite(fd int, p []byte, offset int64) (n int, err error) {
	r, _, e := Syscall6(SYS_PWRITE64, uintptr(fd), uintptr(addr(p)), uintptr(len(p)), uintptr(offset), 0, 0)
	return count(r, e)
}

func count(r uintptr, e Errno) (int, error) {
	if e != 0 {
		return -1, e
	}
	return int(r), nil
}

// Seek sets the position of a file.
func Seek(fd int, offset int64, whence int) (off int64, err error) {
	r, _, e := Syscall(SYS_LSEEK, uintptr(fd), uintptr(offset), uintptr(whence))
	if e != 0 {
		return -1, e
	}
	return int64(r), nil
}

// Close closes a file.
func Close(fd int) (err error) {
	_, _, e := Syscall(SYS_CLOSE, uintptr(fd), 0, 0)
	return result(e)
}

func Fsync(fd int) (err error) {
	_, _, e := Syscall(SYS_FSYNC, uintptr(fd), 0, 0)
	return result(e)
}

func Fdatasync(fd int) (err error) {
	_, _, e := Syscall(SYS_FDATASYNC, uintptr(fd), 0, 0)
	return result(e)
}

func Ftruncate(fd int, length int64) (err error) {
	_, _, e := Syscall(SYS_FTRUNCATE, uintptr(fd), uintptr(length), 0)
	return result(e)
}

func Fchmod(fd int, mode uint32) (err error) {
	_, _, e := Syscall(SYS_FCHMOD, uintptr(fd), uintptr(mode), 0)
	return result(e)
}

func Fchown(fd int, uid int, gid int) (err error) {
	_, _, e := Syscall(SYS_FCHOWN, uintptr(fd), uintptr(uid), uintptr(gid))
	return result(e)
}

func Fchdir(fd int) (err error) {
	_, _, e := Syscall(SYS_FCHDIR, uintptr(fd), 0, 0)
	return result(e)
}

func Flock(fd int, how int) (err error) {
	_, _, e := Syscall(SYS_FLOCK, uintptr(fd), uintptr(how), 0)
	return result(e)
}

func Fstat(fd int, stat *Stat_t) (err error) {
	_, _, e := Syscall(SYS_FSTAT, uintptr(fd), uintptr(unsafe.Pointer(stat)), 0)
	return result(e)
}

func Fstatfs(fd int, buf *Statfs_t) (err error) {
	_, _, e := Syscall(SYS_FSTATFS, uintptr(fd), uintptr(unsafe.Pointer(buf)), 0)
	return result(e)
}

func fcntl(fd, cmd, arg int) (int, error) {
	r, _, e := RawSyscall(SYS_FCNTL, uintptr(fd), uintptr(cmd), uintptr(arg))
	return count(r, e)
}

// FcntlFlock does a fcntl with a lock.
func FcntlFlock(fd uintptr, cmd int, lk *Flock_t) error {
	_, _, e := Syscall(SYS_FCNTL, fd, uintptr(cmd), uintptr(unsafe.Pointer(lk)))
	return result(e)
}

// CloseOnExec makes a file be closed in programs that are started.
func CloseOnExec(fd int) { fcntl(fd, F_SETFD, FD_CLOEXEC) }

// SetNonblock makes calls on a file not wait, or wait again.
func SetNonblock(fd int, nonblocking bool) (err error) {
	flags, err := fcntl(fd, F_GETFL, 0)
	if err != nil {
		return err
	}
	if (flags&O_NONBLOCK != 0) == nonblocking {
		return nil
	}
	_, err = fcntl(fd, F_SETFL, flags^O_NONBLOCK)
	return err
}

func Dup(oldfd int) (fd int, err error) {
	r, _, e := Syscall(SYS_DUP, uintptr(oldfd), 0, 0)
	return count(r, e)
}

func Dup3(oldfd int, newfd int, flags int) (err error) {
	_, _, e := Syscall(SYS_DUP3, uintptr(oldfd), uintptr(newfd), uintptr(flags))
	return result(e)
}

func Pipe(p []int) error { return Pipe2(p, 0) }

func Pipe2(p []int, flags int) error {
	if len(p) != 2 {
		return EINVAL
	}
	var fds [2]int32
	_, _, e := RawSyscall(SYS_PIPE2, uintptr(unsafe.Pointer(&fds)), uintptr(flags), 0)
	if e == 0 {
		p[0], p[1] = int(fds[0]), int(fds[1])
	}
	return result(e)
}

func Getdents(fd int, buf []byte) (n int, err error) {
	r, _, e := Syscall(SYS_GETDENTS64, uintptr(fd), uintptr(addr(buf)), uintptr(len(buf)))
	return count(r, e)
}

func ReadDirent(fd int, buf []byte) (n int, err error) { return Getdents(fd, buf) }

// Calls on paths.

func Open(path string, mode int, perm uint32) (fd int, err error) {
	return Openat(atFdcwd, path, mode|O_LARGEFILE, perm)
}

func Openat(dirfd int, path string, flags int, mode uint32) (fd int, err error) {
	p, err := BytePtrFromString(path)
	if err != nil {
		return -1, err
	}
	r, _, e := Syscall6(SYS_OPENAT, uintptr(dirfd), uintptr(unsafe.Pointer(p)), uintptr(flags), uintptr(mode), 0, 0)
	return count(r, e)
}

func Creat(path string, mode uint32) (fd int, err error) {
	return Open(path, O_CREAT|O_WRONLY|O_TRUNC, mode)
}

// at does a call whose arguments are a directory, a path and two numbers.
func at(trap uintptr, path string, a, b uintptr) error {
	p, err := BytePtrFromString(path)
	if err != nil {
		return err
	}
	dir := atFdcwd
	_, _, e := Syscall6(trap, uintptr(dir), uintptr(unsafe.Pointer(p)), a, b, 0, 0)
	return result(e)
}

// onPath does a call whose arguments are a path and a number.
func onPath(trap uintptr, path string, a uintptr) error {
	p, err := BytePtrFromString(path)
	if err != nil {
		return err
	}
	_, _, e := Syscall(trap, uintptr(unsafe.Pointer(p)), a, 0)
	return result(e)
}

const (
	atRemoveDir       = 0x200
	atSymlinkNofollow = 0x100
	atEaccess         = 0x200
)

func Stat(path string, stat *Stat_t) (err error) { return fstatat(path, stat, 0) }

func Lstat(path string, stat *Stat_t) (err error) { return fstatat(path, stat, atSymlinkNofollow) }

func fstatat(path string, stat *Stat_t, flags int) error {
	p, err := BytePtrFromString(path)
	if err != nil {
		return err
	}
	dir := atFdcwd
	_, _, e := Syscall6(sysFstatat, uintptr(dir), uintptr(unsafe.Pointer(p)), uintptr(unsafe.Pointer(stat)), uintptr(flags), 0, 0)
	return result(e)
}

func Statfs(path string, buf *Statfs_t) (err error) {
	p, err := BytePtrFromString(path)
	if err != nil {
		return err
	}
	_, _, e := Syscall(SYS_STATFS, uintptr(unsafe.Pointer(p)), uintptr(unsafe.Pointer(buf)), 0)
	return result(e)
}

func Access(path string, mode uint32) (err error) { return at(SYS_FACCESSAT, path, uintptr(mode), 0) }
func Chdir(path string) (err error)               { return onPath(SYS_CHDIR, path, 0) }
func Chroot(path string) (err error)              { return onPath(SYS_CHROOT, path, 0) }
func Chmod(path string, mode uint32) (err error)  { return at(SYS_FCHMODAT, path, uintptr(mode), 0) }
func Mkdir(path string, mode uint32) (err error)  { return at(SYS_MKDIRAT, path, uintptr(mode), 0) }
func Rmdir(path string) error                     { return at(SYS_UNLINKAT, path, atRemoveDir, 0) }
func Unlink(path string) error                    { return at(SYS_UNLINKAT, path, 0, 0) }

func Mknod(path string, mode uint32, dev int) (err error) {
	return at(SYS_MKNODAT, path, uintptr(mode), uintptr(dev))
}

func Mkfifo(path string, mode uint32) (err error) { return Mknod(path, mode|S_IFIFO, 0) }

func Truncate(path string, length int64) (err error) {
	return onPath(SYS_TRUNCATE, path, uintptr(length))
}

func Chown(path string, uid int, gid int) (err error) { return fchownat(path, uid, gid, 0) }

func Lchown(path string, uid int, gid int) (err error) {
	return fchownat(path, uid, gid, atSymlinkNofollow)
}

func fchownat(path string, uid, gid, flags int) error {
	p, err := BytePtrFromString(path)
	if err != nil {
		return err
	}
	dir := atFdcwd
	_, _, e := Syscall6(SYS_FCHOWNAT, uintptr(dir), uintptr(unsafe.Pointer(p)), uintptr(uid), uintptr(gid), uintptr(flags), 0)
	return result(e)
}

func Readlink(path string, buf []byte) (n int, err error) {
	p, err := BytePtrFromString(path)
	if err != nil {
		return -1, err
	}
	dir := atFdcwd
	r, _, e := Syscall6(SYS_READLINKAT, uintptr(dir), uintptr(unsafe.Pointer(p)), uintptr(addr(buf)), uintptr(len(buf)), 0, 0)
	return count(r, e)
}

// twoPaths does a call on an old and a new path.
func twoPaths(trap uintptr, oldpath, newpath string, link bool) error {
	p, err := BytePtrFromString(oldpath)
	if err != nil {
		return err
	}
	q, err := BytePtrFromString(newpath)
	if err != nil {
		return err
	}
	dir := atFdcwd
	if link {
		_, _, e := Syscall(trap, uintptr(unsafe.Pointer(p)), uintptr(dir), uintptr(unsafe.Pointer(q)))
		return result(e)
	}
	_, _, e := Syscall6(trap, uintptr(dir), uintptr(unsafe.Pointer(p)), uintptr(dir), uintptr(unsafe.Pointer(q)), 0, 0)
	return result(e)
}

func Rename(oldpath string, newpath string) (err error) {
	return twoPaths(SYS_RENAMEAT, oldpath, newpath, false)
}

func Link(oldpath string, newpath string) (err error) {
	return twoPaths(SYS_LINKAT, oldpath, newpath, false)
}

func Symlink(oldpath string, newpath string) (err error) {
	return twoPaths(SYS_SYMLINKAT, oldpath, newpath, true)
}

// UtimesNano sets the times of access and modification.
func UtimesNano(path string, ts []Timespec) (err error) {
	if len(ts) != 2 {
		return EINVAL
	}
	p, err := BytePtrFromString(path)
	if err != nil {
		return err
	}
	dir := atFdcwd
	_, _, e := Syscall6(SYS_UTIMENSAT, uintptr(dir), uintptr(unsafe.Pointer(p)), uintptr(unsafe.Pointer(&ts[0])), 0, 0, 0)
	return result(e)
}

// Getcwd writes the working directory, with a zero byte, to buf.
func Getcwd(buf []byte) (n int, err error) {
	r, _, e := Syscall(SYS_GETCWD, uintptr(addr(buf)), uintptr(len(buf)), 0)
	if e != 0 {
		return 0, e
	}
	return int(r), nil
}

// ImplementsGetwd tells that Getwd works.
const ImplementsGetwd = true

// Getwd gives the working directory.
func Getwd() (wd string, err error) {
	var buf [PathMax]byte
	n, err := Getcwd(buf[:])
	if err != nil {
		return "", err
	}
	// An unreachable directory is reported as "(unreachable)/...".
	if n < 1 || n > len(buf) || buf[n-1] != 0 || buf[0] != '/' {
		return "", ENOENT
	}
	return string(buf[:n-1]), nil
}

// Processes and users.

func Getpid() (pid int)   { return id(SYS_GETPID) }
func Getppid() (ppid int) { return id(SYS_GETPPID) }
func Gettid() (tid int)   { return id(SYS_GETTID) }
func Getuid() (uid int)   { return id(SYS_GETUID) }
func Geteuid() (euid int) { return id(SYS_GETEUID) }
func Getgid() (gid int)   { return id(SYS_GETGID) }
func Getegid() (egid int) { return id(SYS_GETEGID) }

func id(trap uintptr) int {
	r, _, _ := RawSyscall(trap, 0, 0, 0)
	return int(r)
}

func Getpgid(pid int) (pgid int, err error) {
	r, _, e := RawSyscall(SYS_GETPGID, uintptr(pid), 0, 0)
	return count(r, e)
}

func Getpgrp() (pid int) {
	pid, _ = Getpgid(0)
	return pid
}

func Setpgid(pid int, pgid int) (err error) {
	_, _, e := RawSyscall(SYS_SETPGID, uintptr(pid), uintptr(pgid), 0)
	return result(e)
}

func Setsid() (pid int, err error) {
	r, _, e := RawSyscall(SYS_SETSID, 0, 0, 0)
	return count(r, e)
}

// Getgroups gives the supplementary groups.
func Getgroups() (gids []int, err error) {
	r, _, e := RawSyscall(SYS_GETGROUPS, 0, 0, 0)
	if e != 0 || r == 0 {
		return nil, result(e)
	}
	list := make([]uint32, r)
	r, _, e = RawSyscall(SYS_GETGROUPS, uintptr(len(list)), uintptr(unsafe.Pointer(&list[0])), 0)
	if e != 0 {
		return nil, e
	}
	gids = make([]int, r)
	for i := range gids {
		gids[i] = int(list[i])
	}
	return gids, nil
}

func Kill(pid int, sig Signal) (err error) {
	_, _, e := RawSyscall(SYS_KILL, uintptr(pid), uintptr(sig), 0)
	return result(e)
}

func Umask(mask int) (oldmask int) {
	r, _, _ := RawSyscall(SYS_UMASK, uintptr(mask), 0, 0)
	return int(r)
}

// Wait4 waits for a child.
func Wait4(pid int, wstatus *WaitStatus, options int, rusage *Rusage) (wpid int, err error) {
	var status int32
	r, _, e := Syscall6(SYS_WAIT4, uintptr(pid), uintptr(unsafe.Pointer(&status)), uintptr(options), uintptr(unsafe.Pointer(rusage)), 0, 0)
	if wstatus != nil {
		*wstatus = WaitStatus(status)
	}
	return count(r, e)
}

func Getrusage(who int, rusage *Rusage) (err error) {
	_, _, e := RawSyscall(SYS_GETRUSAGE, uintptr(who), uintptr(unsafe.Pointer(rusage)), 0)
	return result(e)
}

func Getrlimit(resource int, rlim *Rlimit) (err error) {
	_, _, e := RawSyscall6(SYS_PRLIMIT64, 0, uintptr(resource), 0, uintptr(unsafe.Pointer(rlim)), 0, 0)
	return result(e)
}

func Setrlimit(resource int, rlim *Rlimit) error {
	if resource == RLIMIT_NOFILE {
		nofile.Store(nil)
	}
	return setrlimit(resource, rlim)
}

func setrlimit(resource int, rlim *Rlimit) error {
	_, _, e := RawSyscall6(SYS_PRLIMIT64, 0, uintptr(resource), uintptr(unsafe.Pointer(rlim)), 0, 0, 0)
	return result(e)
}

// Exec replaces the program of the process.
func Exec(argv0 string, argv []string, envv []string) (err error) {
	path, err := BytePtrFromString(argv0)
	if err != nil {
		return err
	}
	args, err := SlicePtrFromStrings(argv)
	if err != nil {
		return err
	}
	env, err := SlicePtrFromStrings(envv)
	if err != nil {
		return err
	}
	_, _, e := RawSyscall(SYS_EXECVE, uintptr(unsafe.Pointer(path)), uintptr(unsafe.Pointer(&args[0])), uintptr(unsafe.Pointer(&env[0])))
	return e
}

func Gettimeofday(tv *Timeval) (err error) {
	_, _, e := RawSyscall(SYS_GETTIMEOFDAY, uintptr(unsafe.Pointer(tv)), 0, 0)
	return result(e)
}

func Nanosleep(time *Timespec, leftover *Timespec) (err error) {
	_, _, e := Syscall(SYS_NANOSLEEP, uintptr(unsafe.Pointer(time)), uintptr(unsafe.Pointer(leftover)), 0)
	return result(e)
}

// Utsname is what Uname gives.
type Utsname struct {
	Sysname    [65]int8
	Nodename   [65]int8
	Release    [65]int8
	Version    [65]int8
	Machine    [65]int8
	Domainname [65]int8
}

func Uname(buf *Utsname) (err error) {
	_, _, e := RawSyscall(SYS_UNAME, uintptr(unsafe.Pointer(buf)), 0, 0)
	return result(e)
}

// Memory.

// Mmap maps a file (or anonymous memory). The result must be given back by Munmap as it is.
func Mmap(fd int, offset int64, length int, prot int, flags int) (data []byte, err error) {
	if length <= 0 {
		return nil, EINVAL
	}
	r, _, e := Syscall6(SYS_MMAP, 0, uintptr(length), uintptr(prot), uintptr(flags), uintptr(fd), uintptr(offset))
	if e != 0 {
		return nil, e
	}
	return unsafe.Slice(*(**byte)(unsafe.Pointer(&r)), length), nil
}

func Munmap(b []byte) (err error) {
	if len(b) == 0 || len(b) != cap(b) {
		return EINVAL
	}
	_, _, e := Syscall(SYS_MUNMAP, uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)), 0)
	return result(e)
}

func Mprotect(b []byte, prot int) (err error) {
	_, _, e := Syscall(SYS_MPROTECT, uintptr(addr(b)), uintptr(len(b)), uintptr(prot))
	return result(e)
}

func Madvise(b []byte, advice int) (err error) {
	_, _, e := Syscall(SYS_MADVISE, uintptr(addr(b)), uintptr(len(b)), uintptr(advice))
	return result(e)
}

// Getpagesize gives the size of a page of memory.
func Getpagesize() int

// Conn is a connection whose descriptor can be reached.
type Conn interface {
	SyscallConn() (RawConn, error)
}

// RawConn gives a function the descriptor of a connection, which stays open while the function runs.
type RawConn interface {
	Control(f func(fd uintptr)) error
	// Read calls f, again after waiting for input, until f gives true.
	Read(f func(fd uintptr) (done bool)) error
	// Write calls f, again after waiting for room, until f gives true.
	Write(f func(fd uintptr) (done bool)) error
}
