package os

import (
	"io"
	"io/fs"
	"sync/atomic"
	"syscall"
	"time"
)

// Open opens a file for reading.
func Open(name string) (*File, error) { return OpenFile(name, O_RDONLY, 0) }

// Create makes a file, or empties it, for reading and writing.
func Create(name string) (*File, error) { return OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0666) }

// OpenFile opens a file with the flags; perm (less the umask) are the permissions of a new file.
func OpenFile(name string, flag int, perm FileMode) (*File, error) {
	var fd int
	err := retry(func() (err error) {
		fd, err = syscall.Open(name, flag|syscall.O_CLOEXEC, sysMode(perm))
		return err
	})
	if err != nil {
		return nil, &PathError{Op: "open", Path: name, Err: err}
	}
	f := newFile(fd, name, kindTry)
	f.appendMode = flag&O_APPEND != 0
	return f, nil
}

// Pipe makes a pipe: what is written to w is read from r.
func Pipe() (r *File, w *File, err error) {
	var p [2]int
	if err := syscall.Pipe2(p[:], syscall.O_CLOEXEC); err != nil {
		return nil, nil, NewSyscallError("pipe2", err)
	}
	return newFile(p[0], "|0", kindTry), newFile(p[1], "|1", kindTry), nil
}

// ReadFile gives the contents of a file.
func ReadFile(name string) ([]byte, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f)
}

func readAll(f *File) ([]byte, error) {
	size := 0
	if info, err := f.Stat(); err == nil && info.Size() == int64(int(info.Size())) {
		size = int(info.Size())
	}
	// One byte more finds the end; files in /proc say that they are empty.
	data := make([]byte, 0, max(size+1, 512))
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err != nil {
			if err == io.EOF {
				err = nil
			}
			return data, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

// WriteFile makes a file with these contents; a file that exists keeps its permissions.
func WriteFile(name string, data []byte, perm FileMode) error {
	f, err := OpenFile(name, O_WRONLY|O_CREATE|O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// Mkdir makes a directory.
func Mkdir(name string, perm FileMode) error {
	err := retry(func() error { return syscall.Mkdir(name, sysMode(perm)) })
	return pathError("mkdir", name, err)
}

// MkdirAll makes a directory and those above it that do not exist. It is no error if it exists.
func MkdirAll(path string, perm FileMode) error {
	if info, err := Stat(path); err == nil {
		if info.IsDir() {
			return nil
		}
		return &PathError{Op: "mkdir", Path: path, Err: syscall.ENOTDIR}
	}
	// The directory above: without slashes at the end, then without the last element.
	i := len(path)
	for i > 0 && path[i-1] == '/' {
		i--
	}
	for i > 0 && path[i-1] != '/' {
		i--
	}
	for i > 0 && path[i-1] == '/' {
		i--
	}
	if i > 0 {
		if err := MkdirAll(path[:i], perm); err != nil {
			return err
		}
	}
	err := Mkdir(path, perm)
	if err != nil {
		// Somebody else may have made it, or it is a name like "dir/.".
		if info, statErr := Lstat(path); statErr == nil && info.IsDir() {
			return nil
		}
	}
	return err
}

// Remove removes a file or an empty directory.
func Remove(name string) error {
	err := retry(func() error { return syscall.Unlink(name) })
	if err == nil {
		return nil
	}
	dirErr := retry(func() error { return syscall.Rmdir(name) })
	if dirErr == nil {
		return nil
	}
	// rmdir says "not a directory" for files; then unlink's error is the one that matters.
	if dirErr != syscall.ENOTDIR {
		err = dirErr
	}
	return &PathError{Op: "remove", Path: name, Err: err}
}

// RemoveAll removes a file or directory with everything in it; it is no error if it does not exist.
func RemoveAll(path string) error {
	if path == "" {
		return nil
	}
	if n := len(path); path == "." || n >= 2 && path[n-2:] == "/." {
		return &PathError{Op: "RemoveAll", Path: path, Err: syscall.EINVAL}
	}
	err := Remove(path)
	if err == nil || IsNotExist(err) {
		return nil
	}
	info, statErr := Lstat(path)
	if statErr != nil {
		if IsNotExist(statErr) {
			return nil
		}
		return statErr
	}
	if !info.IsDir() {
		return err
	}
	// Go on after errors, to remove as much as possible.
	entries, readErr := ReadDir(path)
	var first error
	if readErr != nil && !IsNotExist(readErr) {
		first = readErr
	}
	for _, e := range entries {
		if err := RemoveAll(path + "/" + e.Name()); err != nil && first == nil {
			first = err
		}
	}
	err = Remove(path)
	if err == nil || IsNotExist(err) {
		return nil
	}
	if first != nil {
		return first
	}
	return err
}

// Rename renames a file; an existing file (not directory) of the new name is replaced.
func Rename(oldpath, newpath string) error {
	if info, err := Lstat(newpath); err == nil && info.IsDir() {
		// rename(2) replaces empty directories; Go does not.
		old, err := Lstat(oldpath)
		if err != nil {
			return &LinkError{"rename", oldpath, newpath, cause(err)}
		}
		if oldpath == newpath || !SameFile(info, old) {
			return &LinkError{"rename", oldpath, newpath, syscall.EEXIST}
		}
	}
	err := retry(func() error { return syscall.Rename(oldpath, newpath) })
	return linkError("rename", oldpath, newpath, err)
}

// Link makes newname another name of the file oldname.
func Link(oldname, newname string) error {
	err := retry(func() error { return syscall.Link(oldname, newname) })
	return linkError("link", oldname, newname, err)
}

// Symlink makes newname a link to oldname.
func Symlink(oldname, newname string) error {
	err := retry(func() error { return syscall.Symlink(oldname, newname) })
	return linkError("symlink", oldname, newname, err)
}

// Readlink gives the target of a link.
func Readlink(name string) (string, error) {
	for size := 128; ; size *= 2 {
		b := make([]byte, size)
		n := 0
		err := retry(func() (err error) {
			n, err = syscall.Readlink(name, b)
			return err
		})
		if err != nil {
			return "", &PathError{Op: "readlink", Path: name, Err: err}
		}
		if n < size {
			return string(b[:n]), nil
		}
	}
}

// Truncate sets the size of a file.
func Truncate(name string, size int64) error {
	return pathError("truncate", name, retry(func() error { return syscall.Truncate(name, size) }))
}

// Chmod sets the permissions of a file.
func Chmod(name string, mode FileMode) error {
	return pathError("chmod", name, retry(func() error { return syscall.Chmod(name, sysMode(mode)) }))
}

// Chown sets user and group of a file; -1 leaves one alone.
func Chown(name string, uid, gid int) error {
	return pathError("chown", name, retry(func() error { return syscall.Chown(name, uid, gid) }))
}

// Lchown is Chown that does not follow a link.
func Lchown(name string, uid, gid int) error {
	return pathError("lchown", name, retry(func() error { return syscall.Lchown(name, uid, gid) }))
}

// Chtimes sets when a file was accessed and modified; a zero Time leaves one alone.
func Chtimes(name string, atime time.Time, mtime time.Time) error {
	ts := fileTimes(atime, mtime)
	return pathError("chtimes", name, syscall.UtimesNano(name, ts[:]))
}

// fileTimes gives both times for the kernel.
func fileTimes(atime, mtime time.Time) [2]syscall.Timespec {
	const omit = 1<<30 - 2
	var ts [2]syscall.Timespec
	for i, t := range [...]time.Time{atime, mtime} {
		if t.IsZero() {
			ts[i] = syscall.Timespec{Nsec: omit}
		} else {
			ts[i] = syscall.Timespec{Sec: t.Unix(), Nsec: int64(t.Nanosecond())}
		}
	}
	return ts
}

// nameState is mixed with the clock and the process number; names need to differ, not to be unpredictable (files are made with
// O_EXCL).
var nameState atomic.Uint64

// nextRandom gives a number for a name.
func nextRandom() uint64 {
	x := nameState.Add(0x9e3779b97f4a7c15) ^ uint64(time.Now().UnixNano()) ^ uint64(Getpid())<<32
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func randomName() string {
	var b [10]byte
	i := len(b)
	for u := uint32(nextRandom()); u > 0 || i == len(b); u /= 10 {
		i--
		b[i] = byte('0' + u%10)
	}
	return string(b[i:])
}

// tempPattern splits a pattern at its last star, where the random part goes; without a star it goes to the end.
func tempPattern(pattern string) (prefix, suffix string, err error) {
	prefix = pattern
	for i := range len(pattern) {
		if IsPathSeparator(pattern[i]) {
			return "", "", plainError("pattern contains path separator")
		}
		if pattern[i] == '*' {
			prefix, suffix = pattern[:i], pattern[i+1:]
		}
	}
	return prefix, suffix, nil
}

// makeTemp calls create with random names until one is free.
func makeTemp(op, dir, pattern string, create func(name string) error) (string, error) {
	if dir == "" {
		dir = TempDir()
	}
	prefix, suffix, err := tempPattern(pattern)
	if err != nil {
		return "", &PathError{Op: op, Path: pattern, Err: err}
	}
	if dir != "" && !IsPathSeparator(dir[len(dir)-1]) {
		dir += "/"
	}
	prefix = dir + prefix
	for try := 0; ; try++ {
		name := prefix + randomName() + suffix
		err := create(name)
		if err == nil {
			return name, nil
		}
		if !IsExist(err) {
			return "", err
		}
		if try >= 10000 {
			return "", &PathError{Op: op, Path: prefix + "*" + suffix, Err: ErrExist}
		}
	}
}

// CreateTemp makes a new file in dir (TempDir if ""), with a random string for the last star of the pattern.
func CreateTemp(dir, pattern string) (f *File, err error) {
	_, err = makeTemp("createtemp", dir, pattern, func(name string) (err error) {
		f, err = OpenFile(name, O_RDWR|O_CREATE|O_EXCL, 0600)
		return err
	})
	return f, err
}

// MkdirTemp makes a new directory in dir (TempDir if ""), with a random string for the last star of the pattern.
func MkdirTemp(dir, pattern string) (string, error) {
	name, err := makeTemp("mkdirtemp", dir, pattern, func(name string) error { return Mkdir(name, 0700) })
	if IsNotExist(err) {
		if _, statErr := Stat(dir); dir != "" && IsNotExist(statErr) {
			return "", statErr
		}
	}
	return name, err
}

// DirFS gives the tree below dir as a file system.
func DirFS(dir string) fs.FS { return dirFS(dir) }

type dirFS string

// full gives the real path.
func (d dirFS) full(op, name string) (string, error) {
	if d == "" {
		return "", &PathError{Op: op, Path: name, Err: plainError("os: DirFS with empty root")}
	}
	valid := fs.ValidPath(name)
	for i := range len(name) {
		valid = valid && name[i] != 0
	}
	if !valid {
		return "", &PathError{Op: op, Path: name, Err: ErrInvalid}
	}
	if IsPathSeparator(d[len(d)-1]) {
		return string(d) + name, nil
	}
	return string(d) + "/" + name, nil
}

// short puts the name in an error in place of the real path.
func short(err error, name string) error {
	if e, ok := err.(*PathError); ok {
		e.Path = name
	}
	return err
}

func (d dirFS) Open(name string) (fs.File, error) {
	full, err := d.full("open", name)
	if err != nil {
		return nil, err
	}
	f, err := Open(full)
	if err != nil {
		return nil, short(err, name)
	}
	return f, nil
}

func (d dirFS) ReadFile(name string) ([]byte, error) {
	full, err := d.full("readfile", name)
	if err != nil {
		return nil, err
	}
	data, err := ReadFile(full)
	return data, short(err, name)
}

func (d dirFS) ReadDir(name string) ([]DirEntry, error) {
	full, err := d.full("readdir", name)
	if err != nil {
		return nil, err
	}
	list, err := ReadDir(full)
	return list, short(err, name)
}

func (d dirFS) Stat(name string) (fs.FileInfo, error) {
	full, err := d.full("stat", name)
	if err != nil {
		return nil, err
	}
	info, err := Stat(full)
	return info, short(err, name)
}

func (d dirFS) Lstat(name string) (fs.FileInfo, error) {
	full, err := d.full("lstat", name)
	if err != nil {
		return nil, err
	}
	info, err := Lstat(full)
	return info, short(err, name)
}

func (d dirFS) ReadLink(name string) (string, error) {
	full, err := d.full("readlink", name)
	if err != nil {
		return "", err
	}
	target, err := Readlink(full)
	return target, short(err, name)
}

// CopyFS copies a tree to the directory dir, which is made if necessary. Files that exist there are an error.
func CopyFS(dir string, fsys fs.FS) error {
	return fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := dir
		if path != "." {
			target = dir + "/" + path
		}
		switch d.Type() {
		case ModeDir:
			return MkdirAll(target, 0777)
		case ModeSymlink:
			link, err := fs.ReadLink(fsys, path)
			if err != nil {
				return err
			}
			return Symlink(link, target)
		case 0:
			r, err := fsys.Open(path)
			if err != nil {
				return err
			}
			defer r.Close()
			info, err := r.Stat()
			if err != nil {
				return err
			}
			w, err := OpenFile(target, O_CREATE|O_EXCL|O_WRONLY, 0666|info.Mode()&0777)
			if err != nil {
				return err
			}
			if _, err := io.Copy(w, r); err != nil {
				w.Close()
				return &PathError{Op: "Copy", Path: target, Err: err}
			}
			return w.Close()
		}
		return &PathError{Op: "CopyFS", Path: path, Err: ErrInvalid}
	})
}
