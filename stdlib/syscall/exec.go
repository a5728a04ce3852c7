package syscall

import (
	"sync"
	"unsafe"
)

// ForkLock is held for reading while a descriptor is open that a new program must not get and is not marked so yet; starting a
// program takes it for writing.
var ForkLock sync.RWMutex

// ProcAttr says how a new process is to be.
type ProcAttr struct {
	Dir   string    // working directory; "" as ours
	Env   []string  // environment; nil: none, unless Sys or os says otherwise
	Files []uintptr // descriptors 0, 1, ...; ^uintptr(0) for a closed one
	Sys   *SysProcAttr
}

// Credential is the user that a process runs as.
type Credential struct {
	Uid         uint32
	Gid         uint32
	Groups      []uint32
	NoSetGroups bool // leave the supplementary groups alone
}

// SysProcIDMap maps a range of ids of a user namespace.
type SysProcIDMap struct {
	ContainerID int
	HostID      int
	Size        int
}

// SysProcAttr has what only this system knows.
type SysProcAttr struct {
	Chroot     string
	Credential *Credential
	Ptrace     bool // be traced by us
	Setsid     bool // a new session
	Setpgid    bool // process group Pgid, a new one if that is 0
	Setctty    bool // Ctty, a descriptor of the child, becomes the controlling terminal; needs Setsid
	Noctty     bool // let go of the controlling terminal, descriptor 0
	Ctty       int
	Foreground bool // the process group becomes that of the terminal Ctty, a descriptor of ours; means Setpgid
	Pgid       int
	Pdeathsig  Signal // sent to the child when the thread that started it ends

	Cloneflags                 uintptr
	Unshareflags               uintptr
	UidMappings                []SysProcIDMap // not supported
	GidMappings                []SysProcIDMap // not supported
	GidMappingsEnableSetgroups bool
	AmbientCaps                []uintptr
	UseCgroupFD                bool // not supported
	CgroupFD                   int
	PidFD                      *int // set to a descriptor of the process, -1 if the kernel has none
}

// forkArgs is what the runtime needs; it does everything between the fork and the start of the program.
type forkArgs struct {
	path         *byte
	argv         **byte
	envv         **byte
	chroot       *byte
	dir          *byte
	files        *int
	nFiles       int
	flags        uint64
	pgid         int
	ctty         int
	pdeathsig    uint64
	cloneFlags   uint64
	unshareFlags uint64
	uid          uint64
	gid          uint64
	groups       *uint32
	nGroups      int
	ambient      *uintptr
	nAmbient     int
	nofile       *Rlimit
	errno        int
	parent       int
}

const (
	forkSetsid = 1 << iota
	forkSetpgid
	forkForeground
	forkSetctty
	forkNoctty
	forkPtrace
	forkCredential
	forkSetgroups
)

// runtimeForkExec starts the program.
func runtimeForkExec(a *forkArgs) (pid int, err Errno)

func optionalPath(s string) (*byte, error) {
	if s == "" {
		return nil, nil
	}
	return BytePtrFromString(s)
}

// ForkExec starts the program argv0 in a new process.
func ForkExec(argv0 string, argv []string, attr *ProcAttr) (pid int, err error) {
	if attr == nil {
		attr = new(ProcAttr)
	}
	sys := attr.Sys
	if sys == nil {
		sys = new(SysProcAttr)
	}
	if sys.Setctty && sys.Foreground {
		return 0, plainError("both Setctty and Foreground set in SysProcAttr")
	}
	if sys.Setctty && sys.Ctty >= len(attr.Files) {
		return 0, plainError("Setctty set but Ctty not valid in child")
	}
	if sys.UidMappings != nil || sys.GidMappings != nil || sys.UseCgroupFD {
		return 0, ENOTSUP
	}
	a := new(forkArgs)
	if a.path, err = BytePtrFromString(argv0); err != nil {
		return 0, err
	}
	args, err := SlicePtrFromStrings(argv)
	if err != nil {
		return 0, err
	}
	env, err := SlicePtrFromStrings(attr.Env)
	if err != nil {
		return 0, err
	}
	a.argv, a.envv = &args[0], &env[0]
	if a.chroot, err = optionalPath(sys.Chroot); err != nil {
		return 0, err
	}
	if a.dir, err = optionalPath(attr.Dir); err != nil {
		return 0, err
	}
	files := make([]int, len(attr.Files)+1)
	for i, fd := range attr.Files {
		files[i] = int(fd)
	}
	a.files, a.nFiles = &files[0], len(attr.Files)
	set := func(on bool, flag uint64) {
		if on {
			a.flags |= flag
		}
	}
	set(sys.Setsid, forkSetsid)
	set(sys.Setpgid, forkSetpgid)
	set(sys.Foreground, forkForeground)
	set(sys.Setctty, forkSetctty)
	set(sys.Noctty, forkNoctty)
	set(sys.Ptrace, forkPtrace)
	a.pgid, a.ctty = sys.Pgid, sys.Ctty
	a.pdeathsig = uint64(sys.Pdeathsig)
	a.cloneFlags, a.unshareFlags = uint64(sys.Cloneflags), uint64(sys.Unshareflags)
	if c := sys.Credential; c != nil {
		set(true, forkCredential)
		set(!c.NoSetGroups, forkSetgroups)
		a.uid, a.gid = uint64(c.Uid), uint64(c.Gid)
		a.groups, a.nGroups = unsafe.SliceData(c.Groups), len(c.Groups)
	}
	a.ambient, a.nAmbient = unsafe.SliceData(sys.AmbientCaps), len(sys.AmbientCaps)
	a.nofile = nofile.Load()

	ForkLock.Lock()
	pid, e := runtimeForkExec(a)
	ForkLock.Unlock()
	if e != 0 {
		return 0, e
	}
	if sys.PidFD != nil {
		const pidfdOpen = 434
		*sys.PidFD = -1
		if r, _, e := RawSyscall(pidfdOpen, uintptr(pid), 0, 0); e == 0 {
			*sys.PidFD = int(r)
		}
	}
	return pid, nil
}

type plainError string

func (e plainError) Error() string { return string(e) }

// StartProcess is ForkExec for package os.
func StartProcess(argv0 string, argv []string, attr *ProcAttr) (pid int, handle uintptr, err error) {
	pid, err = ForkExec(argv0, argv, attr)
	return pid, 0, err
}

// runtimeAllThreads makes a system call on every thread of the process.
func runtimeAllThreads(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno)

// AllThreadsSyscall makes a system call on every thread of the process. It must have the same result on all of them.
func AllThreadsSyscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) {
	return runtimeAllThreads(trap, a1, a2, a3, 0, 0, 0)
}

// AllThreadsSyscall6 is AllThreadsSyscall with six arguments.
func AllThreadsSyscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno) {
	return runtimeAllThreads(trap, a1, a2, a3, a4, a5, a6)
}

// allThreads makes calls whose results do not matter otherwise: the kernel keeps users and groups by thread.
func allThreads(trap uintptr, a, b, c int) error {
	_, _, e := runtimeAllThreads(trap, uintptr(a), uintptr(b), uintptr(c), 0, 0, 0)
	return result(e)
}

func Setuid(uid int) (err error)          { return allThreads(SYS_SETUID, uid, 0, 0) }
func Setgid(gid int) (err error)          { return allThreads(SYS_SETGID, gid, 0, 0) }
func Setreuid(ruid, euid int) (err error) { return allThreads(SYS_SETREUID, ruid, euid, 0) }
func Setregid(rgid, egid int) (err error) { return allThreads(SYS_SETREGID, rgid, egid, 0) }
func Setresuid(ruid, euid, suid int) (err error) {
	return allThreads(SYS_SETRESUID, ruid, euid, suid)
}
func Setresgid(rgid, egid, sgid int) (err error) {
	return allThreads(SYS_SETRESGID, rgid, egid, sgid)
}
func Seteuid(euid int) (err error) { return Setreuid(-1, euid) }
func Setegid(egid int) (err error) { return Setregid(-1, egid) }

// Setfsuid and Setfsgid have no errors: the kernel answers with the former id.
func Setfsuid(uid int) (err error) { return allThreads(SYS_SETFSUID, uid, 0, 0) }
func Setfsgid(gid int) (err error) { return allThreads(SYS_SETFSGID, gid, 0, 0) }

func Setgroups(gids []int) (err error) {
	list := make([]uint32, len(gids)+1)
	for i, g := range gids {
		list[i] = uint32(g)
	}
	_, _, e := runtimeAllThreads(SYS_SETGROUPS, uintptr(len(gids)), uintptr(unsafe.Pointer(&list[0])), 0, 0, 0, 0)
	return result(e)
}
