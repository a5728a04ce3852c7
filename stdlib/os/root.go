package os

import (
	"errors"
	"io/fs"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

// Root is a directory outside of which its methods never reach, whatever the names and the symbolic links on the way are and
// whoever changes them meanwhile. Names are relative to it.
//
// Each component of a name is opened by itself from the directory before it, never through a symbolic link; links are read and
// their targets resolved in the same way.
type Root struct {
	name string

	mu     sync.Mutex
	fd     int
	users  int
	closed bool
}

var (
	errPathEscapes = errors.New("path escapes from parent")
	errEmptyPath   = errors.New("empty path")
	errFileMode    = errors.New("unsupported file mode")
	// What an operation gives if the last component is a symbolic link that it wants to have followed.
	errFollow = errors.New("symbolic link")
)

// As the kernel's limit.
const maxLinks = 40

const (
	oPath     = 0x200000
	noFollow  = 0x100
	removeDir = 0x200
)

// OpenRoot opens a directory as a Root.
func OpenRoot(name string) (*Root, error) {
	var fd int
	err := retry(func() (err error) {
		fd, err = syscall.Open(name, syscall.O_DIRECTORY|syscall.O_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return nil, &PathError{Op: "open", Path: name, Err: err}
	}
	return newRoot(fd, name), nil
}

func newRoot(fd int, name string) *Root {
	r := &Root{name: name, fd: fd}
	runtime.SetFinalizer(r, (*Root).Close)
	return r
}

// OpenInRoot opens the file name in the directory dir, and not outside of it.
func OpenInRoot(dir, name string) (*File, error) {
	r, err := OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.Open(name)
}

// Name gives the name that the root was opened by.
func (r *Root) Name() string { return r.name }

// Close closes the root. What was opened in it stays open.
func (r *Root) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed {
		r.closed = true
		runtime.SetFinalizer(r, nil)
		if r.users == 0 {
			syscall.Close(r.fd)
		}
	}
	return nil
}

func (r *Root) acquire() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return ErrClosed
	}
	r.users++
	return nil
}

func (r *Root) release() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.users--
	if r.closed && r.users == 0 {
		syscall.Close(r.fd)
	}
}

// splitName gives the components of a name; a slash at its end counts as a last component ".".
func splitName(name string) ([]string, error) {
	if name == "" {
		return nil, errEmptyPath
	}
	if name[0] == '/' {
		return nil, errPathEscapes
	}
	var parts []string
	start := 0
	for i := 0; i <= len(name); i++ {
		if i == len(name) || name[i] == '/' {
			if part := name[start:i]; part != "" && part != "." {
				parts = append(parts, part)
			}
			start = i + 1
		}
	}
	last := name[len(name)-1]
	if last == '/' || len(parts) == 0 || len(name) > 1 && name[len(name)-2:] == "/." {
		parts = append(parts, ".")
	}
	return parts, nil
}

// withoutSlash removes slashes at the end, for operations that make or remove directories.
func withoutSlash(name string) string {
	for len(name) > 1 && name[len(name)-1] == '/' {
		name = name[:len(name)-1]
	}
	return name
}

func openDirAt(dir int, name string) (fd int, err error) {
	err = retry(func() (err error) {
		fd, err = syscall.Openat(dir, name, syscall.O_NOFOLLOW|syscall.O_DIRECTORY|syscall.O_CLOEXEC, 0)
		return err
	})
	return fd, err
}

func readlinkAt(dir int, name string) (string, error) {
	p, err := syscall.BytePtrFromString(name)
	if err != nil {
		return "", err
	}
	for size := 128; ; size *= 2 {
		b := make([]byte, size)
		n, _, e := syscall.Syscall6(syscall.SYS_READLINKAT, uintptr(dir), uintptr(unsafe.Pointer(p)), uintptr(unsafe.Pointer(&b[0])), uintptr(size), 0, 0)
		if e == syscall.EINTR {
			size /= 2
			continue
		}
		if e != 0 {
			return "", e
		}
		if int(n) < size {
			return string(b[:n]), nil
		}
	}
}

// callAt does a system call whose first arguments are a directory and a name in it.
func callAt(trap uintptr, dir int, name string, a, b, c uintptr) error {
	p, err := syscall.BytePtrFromString(name)
	if err != nil {
		return err
	}
	return retry(func() error {
		if _, _, e := syscall.Syscall6(trap, uintptr(dir), uintptr(unsafe.Pointer(p)), a, b, c, 0); e != 0 {
			return e
		}
		return nil
	})
}

// statAt describes the file itself, also if it is a symbolic link.
func statAt(dir int, name string, st *syscall.Stat_t) error {
	var fd int
	err := retry(func() (err error) {
		fd, err = syscall.Openat(dir, name, oPath|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return err
	}
	defer syscall.Close(fd)
	return retry(func() error { return syscall.Fstat(fd, st) })
}

// isLink reports whether the file is a symbolic link.
func isLink(dir int, name string) bool {
	var st syscall.Stat_t
	return statAt(dir, name, &st) == nil && st.Mode&syscall.S_IFMT == syscall.S_IFLNK
}

// do finds the directory of the last component of name and calls op with it. If op gives errFollow, the link there is followed and
// op called again. missing, if not nil, may make a directory that is not there.
func (r *Root) do(name string, op func(dir int, base string) error, missing func(dir int, name string) error) error {
	if err := r.acquire(); err != nil {
		return err
	}
	defer r.release()
	parts, err := splitName(name)
	if err != nil {
		return err
	}
	// The directories on the way, which ".." goes back along. The first is the root's.
	dirs := []int{r.fd}
	defer func() {
		for _, fd := range dirs[1:] {
			syscall.Close(fd)
		}
	}()
	walked := ""
	links := 0
	follow := func(link string) error {
		links++
		if links > maxLinks {
			return syscall.ELOOP
		}
		if link == "" {
			return syscall.ENOENT
		}
		more, err := splitName(link)
		if err != nil {
			return err
		}
		if len(parts) > 1 && more[len(more)-1] == "." {
			more = more[:len(more)-1]
		}
		parts = append(slices.Clone(more), parts[1:]...)
		if len(parts) == 0 {
			parts = []string{"."}
		}
		return nil
	}
	for {
		part := parts[0]
		last := len(parts) == 1
		dir := dirs[len(dirs)-1]
		if part == ".." {
			if len(dirs) == 1 {
				return errPathEscapes
			}
			syscall.Close(dir)
			dirs = dirs[:len(dirs)-1]
			if last {
				parts[0] = "."
			} else {
				parts = parts[1:]
			}
			continue
		}
		if last {
			err := op(dir, part)
			if err != errFollow {
				return err
			}
			link, err := readlinkAt(dir, part)
			if err != nil {
				return err
			}
			if err := follow(link); err != nil {
				return err
			}
			continue
		}
		fd, err := openDirAt(dir, part)
		if err == syscall.ENOENT && missing != nil {
			if err = missing(dir, part); err == nil || err == syscall.EEXIST {
				fd, err = openDirAt(dir, part)
			}
		}
		if err == syscall.ELOOP || err == syscall.ENOTDIR {
			if link, linkErr := readlinkAt(dir, part); linkErr == nil {
				if err := follow(link); err != nil {
					return err
				}
				continue
			}
		}
		if err != nil {
			if missing != nil {
				// Making directories begins with opening those that are there.
				return &PathError{Op: "openat", Path: walked + part, Err: err}
			}
			return err
		}
		dirs = append(dirs, fd)
		walked += part + "/"
		parts = parts[1:]
	}
}

// at is do with the error wrapped.
func (r *Root) at(op, name string, f func(dir int, base string) error) error {
	return rootError(op, name, r.do(name, f, nil))
}

// rootError wraps err unless an operation has done so already.
func rootError(op, name string, err error) error {
	if e, ok := err.(*PathError); ok {
		return e
	}
	return pathError(op, name, err)
}

func (r *Root) join(name string) string {
	if n := len(r.name); n > 0 && r.name[n-1] == '/' {
		return r.name + name
	}
	return r.name + "/" + name
}

// Open opens a file for reading.
func (r *Root) Open(name string) (*File, error) { return r.OpenFile(name, O_RDONLY, 0) }

// Create makes or empties a file.
func (r *Root) Create(name string) (*File, error) {
	return r.OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0666)
}

// OpenFile opens a file with flags; perm may have no more than the nine bits of permissions.
func (r *Root) OpenFile(name string, flag int, perm FileMode) (*File, error) {
	if perm&0777 != perm {
		return nil, &PathError{Op: "openat", Path: name, Err: errFileMode}
	}
	fd := -1
	err := r.at("openat", name, func(dir int, base string) error {
		err := retry(func() (err error) {
			fd, err = syscall.Openat(dir, base, flag|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, uint32(perm))
			return err
		})
		if (err == syscall.ELOOP || err == syscall.ENOTDIR) && isLink(dir, base) {
			return errFollow
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	f := newFile(fd, r.join(name), kindTry)
	f.appendMode = flag&O_APPEND != 0
	return f, nil
}

// OpenRoot opens a directory in the root as a Root.
func (r *Root) OpenRoot(name string) (*Root, error) {
	fd := -1
	err := r.at("openat", name, func(dir int, base string) (err error) {
		fd, err = openDirAt(dir, base)
		if err == syscall.ELOOP || err == syscall.ENOTDIR {
			if isLink(dir, base) {
				return errFollow
			}
			// The name is fine, what it names is not.
			return &PathError{Op: "open", Path: r.join(name), Err: err}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return newRoot(fd, r.join(name)), nil
}

// Chmod sets permissions.
func (r *Root) Chmod(name string, mode FileMode) error {
	return r.at("chmodat", name, func(dir int, base string) error {
		if isLink(dir, base) {
			return errFollow
		}
		return callAt(syscall.SYS_FCHMODAT, dir, base, uintptr(sysMode(mode)), 0, 0)
	})
}

// Chown sets user and group.
func (r *Root) Chown(name string, uid, gid int) error {
	return r.at("chownat", name, func(dir int, base string) error {
		if isLink(dir, base) {
			return errFollow
		}
		return callAt(syscall.SYS_FCHOWNAT, dir, base, uintptr(uid), uintptr(gid), noFollow)
	})
}

// Lchown is Chown that does not follow a link.
func (r *Root) Lchown(name string, uid, gid int) error {
	return r.at("lchownat", name, func(dir int, base string) error {
		return callAt(syscall.SYS_FCHOWNAT, dir, base, uintptr(uid), uintptr(gid), noFollow)
	})
}

// Chtimes sets when a file was accessed and modified.
func (r *Root) Chtimes(name string, atime time.Time, mtime time.Time) error {
	ts := fileTimes(atime, mtime)
	return r.at("chtimesat", name, func(dir int, base string) error {
		if isLink(dir, base) {
			return errFollow
		}
		return callAt(syscall.SYS_UTIMENSAT, dir, base, uintptr(unsafe.Pointer(&ts)), noFollow, 0)
	})
}

// Mkdir makes a directory.
func (r *Root) Mkdir(name string, perm FileMode) error {
	if perm&0777 != perm {
		return &PathError{Op: "mkdirat", Path: name, Err: errFileMode}
	}
	err := r.do(withoutSlash(name), func(dir int, base string) error {
		return callAt(syscall.SYS_MKDIRAT, dir, base, uintptr(perm), 0, 0)
	}, nil)
	return pathError("mkdirat", name, err)
}

// MkdirAll makes a directory and those above it that do not exist.
func (r *Root) MkdirAll(name string, perm FileMode) error {
	if perm&0777 != perm {
		return &PathError{Op: "mkdirat", Path: name, Err: errFileMode}
	}
	make := func(dir int, base string) error {
		return callAt(syscall.SYS_MKDIRAT, dir, base, uintptr(perm), 0, 0)
	}
	err := r.do(withoutSlash(name), func(dir int, base string) error {
		if base == "." {
			return nil
		}
		err := make(dir, base)
		if err == syscall.EEXIST {
			var st syscall.Stat_t
			if statErr := statAt(dir, base, &st); statErr != nil {
				return statErr
			}
			switch st.Mode & syscall.S_IFMT {
			case syscall.S_IFDIR:
				return nil
			case syscall.S_IFLNK:
				return errFollow
			}
			return err
		}
		return err
	}, make)
	return rootError("mkdirat", name, err)
}

// Remove removes a file or an empty directory.
func (r *Root) Remove(name string) error {
	err := r.do(withoutSlash(name), func(dir int, base string) error { return removeAt(dir, base) }, nil)
	return pathError("removeat", name, err)
}

func removeAt(dir int, base string) error {
	err := callAt(syscall.SYS_UNLINKAT, dir, base, 0, 0, 0)
	if err == nil {
		return nil
	}
	dirErr := callAt(syscall.SYS_UNLINKAT, dir, base, removeDir, 0, 0)
	if dirErr != nil && dirErr != syscall.ENOTDIR {
		return dirErr
	}
	if dirErr == nil {
		return nil
	}
	return err
}

// RemoveAll removes a file or directory with everything in it; it is no error if it does not exist.
func (r *Root) RemoveAll(name string) error {
	if name == "." || len(name) > 1 && name[len(name)-2:] == "/." {
		return &PathError{Op: "RemoveAll", Path: name, Err: syscall.EINVAL}
	}
	err := r.do(withoutSlash(name), removeAllAt, nil)
	if err == syscall.ENOENT {
		return nil
	}
	return pathError("RemoveAll", name, err)
}

func removeAllAt(dir int, base string) error {
	err := removeAt(dir, base)
	if err == nil || err == syscall.ENOENT {
		return nil
	}
	fd, openErr := openDirAt(dir, base)
	if openErr != nil {
		return err
	}
	d := newFile(fd, base, kindBlocking)
	names, readErr := d.Readdirnames(-1)
	var first error
	if readErr != nil {
		first = cause(readErr)
	}
	for _, name := range names {
		if err := removeAllAt(fd, name); err != nil && first == nil {
			first = err
		}
	}
	d.Close()
	if err = removeAt(dir, base); err == nil || err == syscall.ENOENT {
		return nil
	}
	if first != nil {
		return first
	}
	return err
}

func (r *Root) stat(op, name string, links bool) (FileInfo, error) {
	s := new(fileStat)
	err := r.at(op, name, func(dir int, base string) error {
		if err := statAt(dir, base, &s.sys); err != nil {
			return err
		}
		if links && s.sys.Mode&syscall.S_IFMT == syscall.S_IFLNK {
			return errFollow
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.finish(name), nil
}

// Stat describes a file.
func (r *Root) Stat(name string) (FileInfo, error) { return r.stat("statat", name, true) }

// Lstat is Stat that does not follow a link.
func (r *Root) Lstat(name string) (FileInfo, error) { return r.stat("statat", name, false) }

// Readlink gives the target of a link.
func (r *Root) Readlink(name string) (target string, err error) {
	err = r.at("readlinkat", name, func(dir int, base string) (err error) {
		target, err = readlinkAt(dir, base)
		return err
	})
	return target, err
}

// two is do for two names.
func (r *Root) two(oldname, newname string, op func(oldDir int, oldBase string, newDir int, newBase string) error) error {
	return r.do(withoutSlash(oldname), func(oldDir int, oldBase string) error {
		return r.do(withoutSlash(newname), func(newDir int, newBase string) error {
			return op(oldDir, oldBase, newDir, newBase)
		}, nil)
	}, nil)
}

// Link makes newname another name of oldname.
func (r *Root) Link(oldname, newname string) error {
	err := r.two(oldname, newname, func(oldDir int, oldBase string, newDir int, newBase string) error {
		p, err := syscall.BytePtrFromString(newBase)
		if err != nil {
			return err
		}
		return callAt(syscall.SYS_LINKAT, oldDir, oldBase, uintptr(newDir), uintptr(unsafe.Pointer(p)), 0)
	})
	return linkError("linkat", oldname, newname, err)
}

// Rename renames a file.
func (r *Root) Rename(oldname, newname string) error {
	err := r.two(oldname, newname, func(oldDir int, oldBase string, newDir int, newBase string) error {
		return retry(func() error { return syscall.Renameat(oldDir, oldBase, newDir, newBase) })
	})
	return linkError("renameat", oldname, newname, err)
}

// Symlink makes newname a link to oldname, which may be anything.
func (r *Root) Symlink(oldname, newname string) error {
	err := r.do(newname, func(dir int, base string) error {
		p, err := syscall.BytePtrFromString(oldname)
		if err != nil {
			return err
		}
		q, err := syscall.BytePtrFromString(base)
		if err != nil {
			return err
		}
		if _, _, e := syscall.Syscall(syscall.SYS_SYMLINKAT, uintptr(unsafe.Pointer(p)), uintptr(dir), uintptr(unsafe.Pointer(q))); e != 0 {
			return e
		}
		return nil
	}, nil)
	return linkError("symlinkat", oldname, newname, err)
}

// ReadFile gives the contents of a file.
func (r *Root) ReadFile(name string) ([]byte, error) {
	f, err := r.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f)
}

// WriteFile makes a file with these contents.
func (r *Root) WriteFile(name string, data []byte, perm FileMode) error {
	f, err := r.OpenFile(name, O_WRONLY|O_CREATE|O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// FS gives the tree of the root as a file system.
func (r *Root) FS() fs.FS { return (*rootFS)(r) }

type rootFS Root

func (r *rootFS) check(op, name string) error {
	if !fs.ValidPath(name) {
		return &PathError{Op: op, Path: name, Err: ErrInvalid}
	}
	return nil
}

func (r *rootFS) Open(name string) (fs.File, error) {
	if err := r.check("open", name); err != nil {
		return nil, err
	}
	f, err := (*Root)(r).Open(name)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (r *rootFS) ReadDir(name string) ([]DirEntry, error) {
	if err := r.check("readdir", name); err != nil {
		return nil, err
	}
	f, err := (*Root)(r).Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return sortedEntries(f)
}

func (r *rootFS) ReadFile(name string) ([]byte, error) {
	if err := r.check("readfile", name); err != nil {
		return nil, err
	}
	return (*Root)(r).ReadFile(name)
}

func (r *rootFS) ReadLink(name string) (string, error) {
	if err := r.check("readlink", name); err != nil {
		return "", err
	}
	return (*Root)(r).Readlink(name)
}

func (r *rootFS) Stat(name string) (FileInfo, error) {
	if err := r.check("stat", name); err != nil {
		return nil, err
	}
	return (*Root)(r).Stat(name)
}

func (r *rootFS) Lstat(name string) (FileInfo, error) {
	if err := r.check("lstat", name); err != nil {
		return nil, err
	}
	return (*Root)(r).Lstat(name)
}
