package os

import (
	"internal/filepathlite"
	"io/fs"
	"syscall"
	"time"
)

// FileInfo describes a file.
type FileInfo = fs.FileInfo

// DirEntry is an entry of a directory.
type DirEntry = fs.DirEntry

// FileMode has the type of a file and its permissions.
type FileMode = fs.FileMode

const (
	ModeDir        = fs.ModeDir
	ModeAppend     = fs.ModeAppend
	ModeExclusive  = fs.ModeExclusive
	ModeTemporary  = fs.ModeTemporary
	ModeSymlink    = fs.ModeSymlink
	ModeDevice     = fs.ModeDevice
	ModeNamedPipe  = fs.ModeNamedPipe
	ModeSocket     = fs.ModeSocket
	ModeSetuid     = fs.ModeSetuid
	ModeSetgid     = fs.ModeSetgid
	ModeCharDevice = fs.ModeCharDevice
	ModeSticky     = fs.ModeSticky
	ModeIrregular  = fs.ModeIrregular
	ModeType       = fs.ModeType
	ModePerm       = fs.ModePerm
)

// fileStat is a FileInfo made of what stat gives.
type fileStat struct {
	name string
	mode FileMode
	sys  syscall.Stat_t
}

func (f *fileStat) Name() string       { return f.name }
func (f *fileStat) IsDir() bool        { return f.mode.IsDir() }
func (f *fileStat) Size() int64        { return f.sys.Size }
func (f *fileStat) Mode() FileMode     { return f.mode }
func (f *fileStat) ModTime() time.Time { return time.Unix(f.sys.Mtim.Unix()) }
func (f *fileStat) Sys() any           { return &f.sys }

// finish sets name and mode after sys was filled in.
func (f *fileStat) finish(path string) *fileStat {
	f.name = filepathlite.Base(path)
	m := f.sys.Mode
	f.mode = FileMode(m & 0777)
	switch m & syscall.S_IFMT {
	case syscall.S_IFBLK:
		f.mode |= ModeDevice
	case syscall.S_IFCHR:
		f.mode |= ModeDevice | ModeCharDevice
	case syscall.S_IFDIR:
		f.mode |= ModeDir
	case syscall.S_IFIFO:
		f.mode |= ModeNamedPipe
	case syscall.S_IFLNK:
		f.mode |= ModeSymlink
	case syscall.S_IFSOCK:
		f.mode |= ModeSocket
	}
	if m&syscall.S_ISGID != 0 {
		f.mode |= ModeSetgid
	}
	if m&syscall.S_ISUID != 0 {
		f.mode |= ModeSetuid
	}
	if m&syscall.S_ISVTX != 0 {
		f.mode |= ModeSticky
	}
	return f
}

// sysMode gives permissions as the kernel has them.
func sysMode(m FileMode) uint32 {
	s := uint32(m.Perm())
	if m&ModeSetuid != 0 {
		s |= syscall.S_ISUID
	}
	if m&ModeSetgid != 0 {
		s |= syscall.S_ISGID
	}
	if m&ModeSticky != 0 {
		s |= syscall.S_ISVTX
	}
	return s
}

// Stat describes a file; links are followed.
func Stat(name string) (FileInfo, error) {
	f := new(fileStat)
	if err := retry(func() error { return syscall.Stat(name, &f.sys) }); err != nil {
		return nil, &PathError{Op: "stat", Path: name, Err: err}
	}
	return f.finish(name), nil
}

// Lstat describes a file; a link at the end of the path is described itself.
func Lstat(name string) (FileInfo, error) {
	f := new(fileStat)
	if err := retry(func() error { return syscall.Lstat(name, &f.sys) }); err != nil {
		return nil, &PathError{Op: "lstat", Path: name, Err: err}
	}
	return f.finish(name), nil
}

// Stat describes the file.
func (f *File) Stat() (FileInfo, error) {
	if err := f.valid(); err != nil {
		return nil, err
	}
	s := new(fileStat)
	if err := f.do("stat", func(fd int) error { return syscall.Fstat(fd, &s.sys) }); err != nil {
		return nil, err
	}
	return s.finish(f.name), nil
}

// SameFile reports whether two FileInfos of this package describe the same file.
func SameFile(fi1, fi2 FileInfo) bool {
	a, ok := fi1.(*fileStat)
	b, ok2 := fi2.(*fileStat)
	return ok && ok2 && a.sys.Dev == b.sys.Dev && a.sys.Ino == b.sys.Ino
}
