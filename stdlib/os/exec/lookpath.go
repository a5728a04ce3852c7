package exec

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// ErrNotFound is that a program was not found.
var ErrNotFound = errors.New("executable file not found in $PATH")

// ErrDot is that a program was found in the current directory, through $PATH.
var ErrDot = errors.New("cannot run executable found relative to current directory")

// Error is a program that cannot be found.
type Error struct {
	Name string
	Err  error
}

func (e *Error) Error() string {
	return "exec: " + quote(e.Name) + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// executable reports why the file cannot be run.
func executable(file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	mode := info.Mode()
	if mode.IsDir() {
		return syscall.EISDIR
	}
	// As the kernel sees it; a kernel that does not know, by the mode.
	const eaccess, execute = 0x200, 1
	err = syscall.Faccessat(-0x64, file, execute, eaccess)
	if err == nil || err != syscall.ENOSYS && err != syscall.EPERM {
		return err
	}
	if mode&0111 != 0 {
		return nil
	}
	return fs.ErrPermission
}

// LookPath finds the program file in the directories of $PATH. A name with a slash is taken as it is. A program in the current
// directory that $PATH leads to is given with an error that is ErrDot.
func LookPath(file string) (string, error) {
	if err := sane(file); err != nil {
		return "", &Error{file, err}
	}
	if strings.Contains(file, "/") {
		if err := executable(file); err != nil {
			return "", &Error{file, err}
		}
		return file, nil
	}
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if dir == "" {
			// By custom the current directory.
			dir = "."
		}
		path := filepath.Join(dir, file)
		if executable(path) == nil {
			if !filepath.IsAbs(path) {
				if strings.Contains(os.Getenv("GODEBUG"), "execerrdot=0") {
					return path, nil
				}
				return path, &Error{file, ErrDot}
			}
			return path, nil
		}
	}
	return "", &Error{file, ErrNotFound}
}

// sane refuses names that name no program, wherever one looks.
func sane(file string) error {
	switch file {
	case "", ".", "..":
		return ErrNotFound
	}
	return nil
}
