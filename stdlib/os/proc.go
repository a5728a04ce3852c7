package os

import (
	"internal/testlog"
	"syscall"
)

// Args are the program's name and its arguments.
var Args []string = runtime_args()

// runtime_args gives the arguments of the process.
func runtime_args() []string

// Exit ends the program at once with the status code; deferred calls do not run.
func Exit(code int) {
	if code == 0 && testlog.PanicOnExit0() {
		panic("unexpected call to os.Exit(0) during test")
	}
	syscall.Exit(code)
}

// Signal is a signal of the system.
type Signal interface {
	String() string
	Signal() // to tell it from other Stringers
}

// The signals that every system has.
var (
	Interrupt Signal = syscall.SIGINT
	Kill      Signal = syscall.SIGKILL
)

func Getpid() int      { return syscall.Getpid() }
func Getppid() int     { return syscall.Getppid() }
func Getuid() int      { return syscall.Getuid() }
func Geteuid() int     { return syscall.Geteuid() }
func Getgid() int      { return syscall.Getgid() }
func Getegid() int     { return syscall.Getegid() }
func Getpagesize() int { return syscall.Getpagesize() }

// Getgroups gives the supplementary groups.
func Getgroups() ([]int, error) {
	gids, err := syscall.Getgroups()
	return gids, NewSyscallError("getgroups", err)
}

// Hostname gives the host's name, as the kernel has it.
func Hostname() (name string, err error) {
	var u syscall.Utsname
	if err := syscall.Uname(&u); err != nil {
		return "", NewSyscallError("uname", err)
	}
	b := make([]byte, 0, len(u.Nodename))
	for _, c := range u.Nodename {
		if c == 0 {
			break
		}
		b = append(b, byte(c))
	}
	return string(b), nil
}

// executable is the path of the program, found before the program can change anything.
var executable, executableErr = func() (string, error) {
	path, err := Readlink("/proc/self/exe")
	// The kernel marks programs whose file is gone.
	const deleted = " (deleted)"
	if n := len(path) - len(deleted); n >= 0 && path[n:] == deleted {
		path = path[:n]
	}
	return path, err
}()

// Executable gives the path of the program.
func Executable() (string, error) { return executable, executableErr }

// Getwd gives the working directory: $PWD if that names it, else as the kernel tells.
func Getwd() (dir string, err error) {
	dot, err := Stat(".")
	if err == nil {
		if dir = Getenv("PWD"); len(dir) > 0 && dir[0] == '/' {
			if d, err := Stat(dir); err == nil && SameFile(dot, d) {
				return dir, nil
			}
		}
	}
	for {
		dir, err = syscall.Getwd()
		if err != syscall.EINTR {
			break
		}
	}
	return dir, NewSyscallError("getwd", err)
}

// Chdir changes the working directory.
func Chdir(dir string) error { return pathError("chdir", dir, syscall.Chdir(dir)) }

// UserHomeDir gives the user's home directory: $HOME.
func UserHomeDir() (string, error) {
	if dir := Getenv("HOME"); dir != "" {
		return dir, nil
	}
	return "", plainError("$HOME is not defined")
}

// UserCacheDir gives the directory for the user's cached data: $XDG_CACHE_HOME or $HOME/.cache.
func UserCacheDir() (string, error) { return userDir("XDG_CACHE_HOME", "/.cache") }

// UserConfigDir gives the directory for the user's configuration: $XDG_CONFIG_HOME or $HOME/.config.
func UserConfigDir() (string, error) { return userDir("XDG_CONFIG_HOME", "/.config") }

func userDir(variable, below string) (string, error) {
	if dir := Getenv(variable); dir != "" {
		if dir[0] != '/' {
			return "", plainError("path in $" + variable + " is relative")
		}
		return dir, nil
	}
	dir := Getenv("HOME")
	if dir == "" {
		return "", plainError("neither $" + variable + " nor $HOME are defined")
	}
	return dir + below, nil
}

// TempDir gives the directory for temporary files: $TMPDIR or /tmp.
func TempDir() string {
	if dir := Getenv("TMPDIR"); dir != "" {
		return dir
	}
	return "/tmp"
}
