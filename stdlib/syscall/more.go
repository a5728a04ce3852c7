package syscall

import "unsafe"

// Calls that few programs make.

// with1 and with2 do calls whose first arguments are one path, or two.
func with1(trap uintptr, path string, a, b, c uintptr) (uintptr, error) {
	p, err := BytePtrFromString(path)
	if err != nil {
		return 0, err
	}
	r, _, e := Syscall6(trap, uintptr(unsafe.Pointer(p)), a, b, c, 0, 0)
	return r, result(e)
}

func with2(trap uintptr, path1, path2 string, a, b, c uintptr) (uintptr, error) {
	p, err := BytePtrFromString(path1)
	if err != nil {
		return 0, err
	}
	q, err := BytePtrFromString(path2)
	if err != nil {
		return 0, err
	}
	r, _, e := Syscall6(trap, uintptr(unsafe.Pointer(p)), uintptr(unsafe.Pointer(q)), a, b, c, 0)
	return r, result(e)
}

// call3 does a call without paths.
func call3(trap uintptr, a, b, c uintptr) error {
	_, _, e := Syscall(trap, a, b, c)
	return result(e)
}

// atDir does a call whose first arguments are a directory and a path.
func atDir(trap uintptr, dirfd int, path string, a, b, c uintptr) error {
	p, err := BytePtrFromString(path)
	if err != nil {
		return err
	}
	_, _, e := Syscall6(trap, uintptr(dirfd), uintptr(unsafe.Pointer(p)), a, b, c, 0)
	return result(e)
}

func Acct(path string) (err error) {
	if path == "" {
		return call3(SYS_ACCT, 0, 0, 0)
	}
	_, err = with1(SYS_ACCT, path, 0, 0, 0)
	return err
}

func Adjtimex(buf *Timex) (state int, err error) {
	r, _, e := Syscall(SYS_ADJTIMEX, uintptr(unsafe.Pointer(buf)), 0, 0)
	return count(r, e)
}

func Dup2(oldfd int, newfd int) (err error) {
	if oldfd == newfd {
		_, err := fcntl(oldfd, F_GETFD, 0)
		return err
	}
	return Dup3(oldfd, newfd, 0)
}

// EpollEvent is an event of a descriptor. Fd and Pad are the data of the program.
type EpollEvent struct {
	Events uint32
	Fd     int32
	Pad    int32
}

func EpollCreate(size int) (fd int, err error) {
	if size <= 0 {
		return -1, EINVAL
	}
	return EpollCreate1(0)
}

func EpollCreate1(flag int) (fd int, err error) {
	r, _, e := RawSyscall(SYS_EPOLL_CREATE1, uintptr(flag), 0, 0)
	return count(r, e)
}

func EpollCtl(epfd int, op int, fd int, event *EpollEvent) (err error) {
	_, _, e := RawSyscall6(SYS_EPOLL_CTL, uintptr(epfd), uintptr(op), uintptr(fd), uintptr(unsafe.Pointer(event)), 0, 0)
	return result(e)
}

func EpollWait(epfd int, events []EpollEvent, msec int) (n int, err error) {
	r, _, e := Syscall6(SYS_EPOLL_PWAIT, uintptr(epfd), uintptr(unsafe.Pointer(unsafe.SliceData(events))), uintptr(len(events)), uintptr(msec), 0, 8)
	return count(r, e)
}

// Faccessat checks permissions. The kernel's call knows no flags.
func Faccessat(dirfd int, path string, mode uint32, flags int) (err error) {
	const faccessat2 = 439
	if flags == 0 {
		return atDir(SYS_FACCESSAT, dirfd, path, uintptr(mode), 0, 0)
	}
	return atDir(faccessat2, dirfd, path, uintptr(mode), uintptr(flags), 0)
}

func Fallocate(fd int, mode uint32, off int64, len int64) (err error) {
	_, _, e := Syscall6(SYS_FALLOCATE, uintptr(fd), uintptr(mode), uintptr(off), uintptr(len), 0, 0)
	return result(e)
}

func Fchmodat(dirfd int, path string, mode uint32, flags int) error {
	const fchmodat2 = 452
	if flags == 0 {
		return atDir(SYS_FCHMODAT, dirfd, path, uintptr(mode), 0, 0)
	}
	err := atDir(fchmodat2, dirfd, path, uintptr(mode), uintptr(flags), 0)
	if err == ENOSYS {
		if flags&^(atSymlinkNofollow|0x1000) != 0 {
			return EINVAL
		}
		return EOPNOTSUPP
	}
	return err
}

func Fchownat(dirfd int, path string, uid int, gid int, flags int) (err error) {
	return atDir(SYS_FCHOWNAT, dirfd, path, uintptr(uid), uintptr(gid), uintptr(flags))
}

func Mkdirat(dirfd int, path string, mode uint32) (err error) {
	return atDir(SYS_MKDIRAT, dirfd, path, uintptr(mode), 0, 0)
}

func Mknodat(dirfd int, path string, mode uint32, dev int) (err error) {
	return atDir(SYS_MKNODAT, dirfd, path, uintptr(mode), uintptr(dev), 0)
}

func Unlinkat(dirfd int, path string) error { return atDir(SYS_UNLINKAT, dirfd, path, 0, 0, 0) }

func Renameat(olddirfd int, oldpath string, newdirfd int, newpath string) (err error) {
	p, err := BytePtrFromString(oldpath)
	if err != nil {
		return err
	}
	q, err := BytePtrFromString(newpath)
	if err != nil {
		return err
	}
	_, _, e := Syscall6(SYS_RENAMEAT, uintptr(olddirfd), uintptr(unsafe.Pointer(p)), uintptr(newdirfd), uintptr(unsafe.Pointer(q)), 0, 0)
	return result(e)
}

// timespecs turns microseconds into nanoseconds.
func timespecs(tv []Timeval) (*[2]Timespec, error) {
	if tv == nil {
		return nil, nil
	}
	if len(tv) != 2 {
		return nil, EINVAL
	}
	return &[2]Timespec{NsecToTimespec(tv[0].Nano()), NsecToTimespec(tv[1].Nano())}, nil
}

func Utimes(path string, tv []Timeval) (err error) {
	if len(tv) != 2 {
		return EINVAL
	}
	return Futimesat(atFdcwd, path, tv)
}

func Futimesat(dirfd int, path string, tv []Timeval) (err error) {
	ts, err := timespecs(tv)
	if err != nil {
		return err
	}
	return atDir(SYS_UTIMENSAT, dirfd, path, uintptr(unsafe.Pointer(ts)), 0, 0)
}

func Futimes(fd int, tv []Timeval) (err error) {
	ts, err := timespecs(tv)
	if err != nil {
		return err
	}
	_, _, e := Syscall6(SYS_UTIMENSAT, uintptr(fd), 0, uintptr(unsafe.Pointer(ts)), 0, 0, 0)
	return result(e)
}

func Utime(path string, buf *Utimbuf) (err error) {
	return Utimes(path, []Timeval{{Sec: buf.Actime}, {Sec: buf.Modtime}})
}

// Getpriority gives the priority as the kernel's call does: 20 - nice.
func Getpriority(which int, who int) (prio int, err error) {
	r, _, e := Syscall(SYS_GETPRIORITY, uintptr(which), uintptr(who), 0)
	return count(r, e)
}

func Setpriority(which int, who int, prio int) (err error) {
	return call3(SYS_SETPRIORITY, uintptr(which), uintptr(who), uintptr(prio))
}

func bytesArg(b []byte) (uintptr, uintptr) { return uintptr(addr(b)), uintptr(len(b)) }

func Getxattr(path string, attr string, dest []byte) (sz int, err error) {
	p, n := bytesArg(dest)
	r, err := with2(SYS_GETXATTR, path, attr, p, n, 0)
	return sizeOr(r, err)
}

func Listxattr(path string, dest []byte) (sz int, err error) {
	p, n := bytesArg(dest)
	r, err := with1(SYS_LISTXATTR, path, p, n, 0)
	return sizeOr(r, err)
}

func sizeOr(r uintptr, err error) (int, error) {
	if err != nil {
		return -1, err
	}
	return int(r), nil
}

func Setxattr(path string, attr string, data []byte, flags int) (err error) {
	p, n := bytesArg(data)
	_, err = with2(SYS_SETXATTR, path, attr, p, n, uintptr(flags))
	return err
}

func Removexattr(path string, attr string) (err error) {
	_, err = with2(SYS_REMOVEXATTR, path, attr, 0, 0, 0)
	return err
}

// SizeofInotifyEvent is the size of an InotifyEvent without its name.
const SizeofInotifyEvent = 0x10

func InotifyInit() (fd int, err error) { return InotifyInit1(0) }

func InotifyInit1(flags int) (fd int, err error) {
	r, _, e := RawSyscall(SYS_INOTIFY_INIT1, uintptr(flags), 0, 0)
	return count(r, e)
}

func InotifyAddWatch(fd int, pathname string, mask uint32) (watchdesc int, err error) {
	p, err := BytePtrFromString(pathname)
	if err != nil {
		return -1, err
	}
	r, _, e := Syscall(SYS_INOTIFY_ADD_WATCH, uintptr(fd), uintptr(unsafe.Pointer(p)), uintptr(mask))
	return count(r, e)
}

func InotifyRmWatch(fd int, watchdesc uint32) (success int, err error) {
	r, _, e := RawSyscall(SYS_INOTIFY_RM_WATCH, uintptr(fd), uintptr(watchdesc), 0)
	return count(r, e)
}

func Klogctl(typ int, buf []byte) (n int, err error) {
	p, size := bytesArg(buf)
	r, _, e := Syscall(SYS_SYSLOG, uintptr(typ), p, size)
	return count(r, e)
}

func Mlock(b []byte) (err error) {
	p, n := bytesArg(b)
	return call3(SYS_MLOCK, p, n, 0)
}

func Munlock(b []byte) (err error) {
	p, n := bytesArg(b)
	return call3(SYS_MUNLOCK, p, n, 0)
}

func Mlockall(flags int) (err error) { return call3(SYS_MLOCKALL, uintptr(flags), 0, 0) }
func Munlockall() (err error)        { return call3(SYS_MUNLOCKALL, 0, 0, 0) }

func Mount(source string, target string, fstype string, flags uintptr, data string) (err error) {
	var paths [4]*byte
	for i, s := range [...]string{source, target, fstype, data} {
		// No data is no pointer.
		if i == 3 && s == "" {
			break
		}
		if paths[i], err = BytePtrFromString(s); err != nil {
			return err
		}
	}
	_, _, e := Syscall6(SYS_MOUNT, uintptr(unsafe.Pointer(paths[0])), uintptr(unsafe.Pointer(paths[1])), uintptr(unsafe.Pointer(paths[2])), flags, uintptr(unsafe.Pointer(paths[3])), 0)
	return result(e)
}

func Unmount(target string, flags int) (err error) {
	_, err = with1(SYS_UMOUNT2, target, uintptr(flags), 0, 0)
	return err
}

func PivotRoot(newroot string, putold string) (err error) {
	_, err = with2(SYS_PIVOT_ROOT, newroot, putold, 0, 0, 0)
	return err
}

func Pause() (err error) {
	// Not every machine has the call: wait for nothing, without end.
	_, _, e := Syscall6(SYS_PPOLL, 0, 0, 0, 0, 0, 0)
	return result(e)
}

// The magic numbers keep the call from being made by accident.
func Reboot(cmd int) (err error) {
	_, _, e := Syscall6(SYS_REBOOT, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, uintptr(cmd), 0, 0, 0)
	return result(e)
}

func Select(nfd int, r *FdSet, w *FdSet, e *FdSet, timeout *Timeval) (n int, err error) {
	var ts *Timespec
	if timeout != nil {
		t := NsecToTimespec(timeout.Nano())
		ts = &t
	}
	r1, _, errno := Syscall6(SYS_PSELECT6, uintptr(nfd), uintptr(unsafe.Pointer(r)), uintptr(unsafe.Pointer(w)), uintptr(unsafe.Pointer(e)), uintptr(unsafe.Pointer(ts)), 0)
	return count(r1, errno)
}

func Sendfile(outfd int, infd int, offset *int64, count int) (written int, err error) {
	r, _, e := Syscall6(SYS_SENDFILE, uintptr(outfd), uintptr(infd), uintptr(unsafe.Pointer(offset)), uintptr(count), 0, 0)
	if e != 0 {
		return -1, e
	}
	return int(r), nil
}

func Splice(rfd int, roff *int64, wfd int, woff *int64, len int, flags int) (n int64, err error) {
	r, _, e := Syscall6(SYS_SPLICE, uintptr(rfd), uintptr(unsafe.Pointer(roff)), uintptr(wfd), uintptr(unsafe.Pointer(woff)), uintptr(len), uintptr(flags))
	m, err := count(r, e)
	return int64(m), err
}

func Tee(rfd int, wfd int, len int, flags int) (n int64, err error) {
	r, _, e := Syscall6(SYS_TEE, uintptr(rfd), uintptr(wfd), uintptr(len), uintptr(flags), 0, 0)
	m, err := count(r, e)
	return int64(m), err
}

func Setdomainname(p []byte) (err error) {
	a, n := bytesArg(p)
	return call3(SYS_SETDOMAINNAME, a, n, 0)
}

func Sethostname(p []byte) (err error) {
	a, n := bytesArg(p)
	return call3(SYS_SETHOSTNAME, a, n, 0)
}

func Settimeofday(tv *Timeval) (err error) {
	return call3(SYS_SETTIMEOFDAY, uintptr(unsafe.Pointer(tv)), 0, 0)
}

func Sync() { Syscall(SYS_SYNC, 0, 0, 0) }

func SyncFileRange(fd int, off int64, n int64, flags int) (err error) {
	_, _, e := Syscall6(SYS_SYNC_FILE_RANGE, uintptr(fd), uintptr(off), uintptr(n), uintptr(flags), 0, 0)
	return result(e)
}

func Sysinfo(info *Sysinfo_t) (err error) {
	return call3(SYS_SYSINFO, uintptr(unsafe.Pointer(info)), 0, 0)
}

func Tgkill(tgid int, tid int, sig Signal) (err error) {
	_, _, e := RawSyscall(SYS_TGKILL, uintptr(tgid), uintptr(tid), uintptr(sig))
	return result(e)
}

// Time gives the seconds since 1970.
func Time(t *Time_t) (tt Time_t, err error) {
	var tv Timeval
	if err := Gettimeofday(&tv); err != nil {
		return 0, err
	}
	if t != nil {
		*t = Time_t(tv.Sec)
	}
	return Time_t(tv.Sec), nil
}

func Times(tms *Tms) (ticks uintptr, err error) {
	r, _, e := RawSyscall(SYS_TIMES, uintptr(unsafe.Pointer(tms)), 0, 0)
	if e != 0 {
		return ^uintptr(0), e
	}
	return r, nil
}

func Unshare(flags int) (err error) {
	_, _, e := RawSyscall(SYS_UNSHARE, uintptr(flags), 0, 0)
	return result(e)
}

// StringByteSlice, StringBytePtr and StringSlicePtr panic if there is a zero byte in a string.
//
// Deprecated: use ByteSliceFromString, BytePtrFromString and SlicePtrFromStrings.
func StringByteSlice(s string) []byte {
	b, err := ByteSliceFromString(s)
	if err != nil {
		panic("syscall: string with NUL passed to StringByteSlice")
	}
	return b
}

// StringBytePtr: see StringByteSlice.
//
// Deprecated: use BytePtrFromString.
func StringBytePtr(s string) *byte { return &StringByteSlice(s)[0] }

// StringSlicePtr: see StringByteSlice.
//
// Deprecated: use SlicePtrFromStrings.
func StringSlicePtr(ss []string) []*byte {
	out := make([]*byte, len(ss)+1)
	for i, s := range ss {
		out[i] = StringBytePtr(s)
	}
	return out
}

// ParseDirent takes the names, at most max if that is not negative, out of what ReadDirent gave and appends them to names, without
// "." and "..".
func ParseDirent(buf []byte, max int, names []string) (consumed int, count int, newnames []string) {
	// struct linux_dirent64: inode 8, offset 8, length 2, type 1, name with a zero byte at the end.
	const lengthAt, nameAt = 16, 19
	whole := len(buf)
	for max != 0 && len(buf) >= nameAt {
		n := int(buf[lengthAt]) | int(buf[lengthAt+1])<<8
		if n < nameAt || n > len(buf) {
			break
		}
		record := buf[:n]
		buf = buf[n:]
		if *(*uint64)(unsafe.Pointer(&record[0])) == 0 {
			continue // removed
		}
		name := record[nameAt:]
		for i, c := range name {
			if c == 0 {
				name = name[:i]
				break
			}
		}
		if s := string(name); s != "." && s != ".." {
			max--
			count++
			names = append(names, s)
		}
	}
	return whole - len(buf), count, names
}

// Tracing of processes.

func ptrace(request, pid int, addr, data uintptr) error {
	_, _, e := RawSyscall6(SYS_PTRACE, uintptr(request), uintptr(pid), addr, data, 0, 0)
	return result(e)
}

func PtraceAttach(pid int) (err error)     { return ptrace(PTRACE_ATTACH, pid, 0, 0) }
func PtraceDetach(pid int) (err error)     { return ptrace(PTRACE_DETACH, pid, 0, 0) }
func PtraceSingleStep(pid int) (err error) { return ptrace(PTRACE_SINGLESTEP, pid, 0, 0) }
func PtraceCont(pid int, signal int) (err error) {
	return ptrace(PTRACE_CONT, pid, 0, uintptr(signal))
}
func PtraceSyscall(pid int, signal int) (err error) {
	return ptrace(PTRACE_SYSCALL, pid, 0, uintptr(signal))
}
func PtraceSetOptions(pid int, options int) (err error) {
	return ptrace(PTRACE_SETOPTIONS, pid, 0, uintptr(options))
}

func PtraceGetEventMsg(pid int) (msg uint, err error) {
	var v uint
	err = ptrace(PTRACE_GETEVENTMSG, pid, 0, uintptr(unsafe.Pointer(&v)))
	return v, err
}

// peek and poke move whole words at aligned addresses.
func peek(pid int, at uintptr, out []byte) (n int, err error) {
	for n < len(out) {
		var word [8]byte
		skip := (at + uintptr(n)) % 8
		if err := ptrace(PTRACE_PEEKDATA, pid, at+uintptr(n)-skip, uintptr(unsafe.Pointer(&word))); err != nil {
			return n, err
		}
		n += copy(out[n:], word[skip:])
	}
	return n, nil
}

func poke(pid int, at uintptr, data []byte) (n int, err error) {
	for n < len(data) {
		var word [8]byte
		skip := (at + uintptr(n)) % 8
		start := at + uintptr(n) - skip
		if skip != 0 || len(data)-n < 8 {
			if err := ptrace(PTRACE_PEEKDATA, pid, start, uintptr(unsafe.Pointer(&word))); err != nil {
				return n, err
			}
		}
		m := copy(word[skip:], data[n:])
		if err := ptrace(PTRACE_POKEDATA, pid, start, *(*uintptr)(unsafe.Pointer(&word))); err != nil {
			return n, err
		}
		n += m
	}
	return n, nil
}

func PtracePeekText(pid int, addr uintptr, out []byte) (count int, err error) {
	return peek(pid, addr, out)
}
func PtracePeekData(pid int, addr uintptr, out []byte) (count int, err error) {
	return peek(pid, addr, out)
}
func PtracePokeText(pid int, addr uintptr, data []byte) (count int, err error) {
	return poke(pid, addr, data)
}
func PtracePokeData(pid int, addr uintptr, data []byte) (count int, err error) {
	return poke(pid, addr, data)
}
