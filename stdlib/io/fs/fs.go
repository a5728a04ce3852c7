// Package fs describes file systems: trees of named files that can be read. Paths are slash-separated and relative to the
// root, which is ".".
package fs

import (
	"internal/oserror"
	"time"
	"unicode/utf8"
)

// An FS is a tree of files. Open fails with a *PathError; it rejects names that are not ValidPath.
type FS interface {
	Open(name string) (File, error)
}

// A File is an open file; one that is a directory should be a ReadDirFile.
type File interface {
	Stat() (FileInfo, error)
	Read([]byte) (int, error)
	Close() error
}

// A DirEntry is an entry of a directory.
type DirEntry interface {
	// Name gives the last element of the path.
	Name() string
	IsDir() bool
	// Type gives the type bits of the mode.
	Type() FileMode
	// Info gives more, maybe by looking at the file now.
	Info() (FileInfo, error)
}

// A ReadDirFile is a directory whose entries can be read: n at most if n > 0 (then io.EOF at the end), else all.
type ReadDirFile interface {
	File
	ReadDir(n int) ([]DirEntry, error)
}

// A FileInfo describes a file.
type FileInfo interface {
	Name() string       // last element of the path
	Size() int64        // in bytes, for regular files
	Mode() FileMode     // type and permissions
	ModTime() time.Time // when it was modified
	IsDir() bool        // as Mode().IsDir()
	Sys() any           // the system's own description, or nil
}

// The errors that file systems have in common; use errors.Is to find them.
var (
	ErrInvalid    = oserror.ErrInvalid
	ErrPermission = oserror.ErrPermission
	ErrExist      = oserror.ErrExist
	ErrNotExist   = oserror.ErrNotExist
	ErrClosed     = oserror.ErrClosed
)

// ValidPath reports whether name may be used with FS.Open: UTF-8, "." or elements separated by single slashes, none of them
// empty, "." or "..".
func ValidPath(name string) bool {
	if !utf8.ValidString(name) {
		return false
	}
	if name == "." {
		return true
	}
	for {
		i := 0
		for i < len(name) && name[i] != '/' {
			i++
		}
		switch name[:i] {
		case "", ".", "..":
			return false
		}
		if i == len(name) {
			return true
		}
		name = name[i+1:]
	}
}

// A FileMode has the type of a file and its permissions, the same on all systems.
type FileMode uint32

const (
	ModeDir        FileMode = 1 << (32 - 1 - iota) // d: directory
	ModeAppend                                     // a: append only
	ModeExclusive                                  // l: exclusive use
	ModeTemporary                                  // T: temporary
	ModeSymlink                                    // L: symbolic link
	ModeDevice                                     // D: device
	ModeNamedPipe                                  // p: named pipe
	ModeSocket                                     // S: socket
	ModeSetuid                                     // u: setuid
	ModeSetgid                                     // g: setgid
	ModeCharDevice                                 // c: character device, with ModeDevice
	ModeSticky                                     // t: sticky
	ModeIrregular                                  // ?: something else

	// ModeType are the bits of the type; none is set for a regular file.
	ModeType = ModeDir | ModeSymlink | ModeNamedPipe | ModeSocket | ModeDevice | ModeCharDevice | ModeIrregular

	ModePerm FileMode = 0777
)

// String gives the mode like "drwxr-xr-x".
func (m FileMode) String() string {
	const types, perms = "dalTLDpSugct?", "rwxrwxrwx"
	var buf [32]byte
	b := buf[:0]
	for i := range len(types) {
		if m&(1<<(31-i)) != 0 {
			b = append(b, types[i])
		}
	}
	if len(b) == 0 {
		b = append(b, '-')
	}
	for i := range len(perms) {
		c := byte('-')
		if m&(1<<(8-i)) != 0 {
			c = perms[i]
		}
		b = append(b, c)
	}
	return string(b)
}

func (m FileMode) IsDir() bool     { return m&ModeDir != 0 }
func (m FileMode) IsRegular() bool { return m&ModeType == 0 }

// Perm gives the permission bits.
func (m FileMode) Perm() FileMode { return m & ModePerm }

// Type gives the type bits.
func (m FileMode) Type() FileMode { return m & ModeType }

// PathError is a failed operation on a file.
type PathError struct {
	Op   string
	Path string
	Err  error
}

func (e *PathError) Error() string { return e.Op + " " + e.Path + ": " + e.Err.Error() }
func (e *PathError) Unwrap() error { return e.Err }

// Timeout reports whether the cause is a timeout.
func (e *PathError) Timeout() bool {
	t, ok := e.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}
