// Package ioutil has old names for functions that are in io and os now.
//
// Deprecated: use those.
package ioutil

import (
	"io"
	"io/fs"
	"os"
)

// Discard takes what is written to it and does nothing.
//
// Deprecated: use [io.Discard].
var Discard io.Writer = io.Discard

// ReadAll reads r to its end.
//
// Deprecated: use [io.ReadAll].
func ReadAll(r io.Reader) ([]byte, error) { return io.ReadAll(r) }

// ReadFile returns the content of a file.
//
// Deprecated: use [os.ReadFile].
func ReadFile(filename string) ([]byte, error) { return os.ReadFile(filename) }

// WriteFile makes data the content of a file, which it creates with the permissions perm if it does not exist.
//
// Deprecated: use [os.WriteFile].
func WriteFile(filename string, data []byte, perm fs.FileMode) error {
	return os.WriteFile(filename, data, perm)
}

// ReadDir returns what is in a directory, sorted by name; nothing if there is an error.
//
// Deprecated: use [os.ReadDir], which does not ask for the details of each file.
func ReadDir(dirname string) ([]fs.FileInfo, error) {
	entries, err := os.ReadDir(dirname)
	if err != nil {
		return nil, err
	}
	list := make([]fs.FileInfo, 0, len(entries))
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		list = append(list, info)
	}
	return list, nil
}

// NopCloser returns r with a Close that does nothing.
//
// Deprecated: use [io.NopCloser].
func NopCloser(r io.Reader) io.ReadCloser { return io.NopCloser(r) }

// TempFile creates a file in dir, called pattern with something random instead of its last *, or at its end.
//
// Deprecated: use [os.CreateTemp].
func TempFile(dir, pattern string) (f *os.File, err error) { return os.CreateTemp(dir, pattern) }

// TempDir creates a directory in dir, called as by [TempFile].
//
// Deprecated: use [os.MkdirTemp].
func TempDir(dir, pattern string) (name string, err error) { return os.MkdirTemp(dir, pattern) }
