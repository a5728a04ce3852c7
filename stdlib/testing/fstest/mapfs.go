// Package fstest has a file system in memory, and a test of file systems.
package fstest

import (
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// MapFS is a file system of the files that the map names. Directories above them exist without being named.
type MapFS map[string]*MapFile

// MapFile is a file, a directory or, with the text of its target as data, a symbolic link.
type MapFile struct {
	Data    []byte      // of the file, or the target of the link
	Mode    fs.FileMode // fs.FileInfo.Mode
	ModTime time.Time   // fs.FileInfo.ModTime
	Sys     any         // fs.FileInfo.Sys
}

var (
	_ fs.FS         = MapFS(nil)
	_ fs.ReadLinkFS = MapFS(nil)
	_ fs.File       = (*openFile)(nil)
)

// lookup finds a file; a directory that is only above others gets a file of its own.
func (fsys MapFS) lookup(name string) *MapFile {
	if f := fsys[name]; f != nil {
		return f
	}
	if name == "." {
		return &MapFile{Mode: fs.ModeDir | 0555}
	}
	for each := range fsys {
		if strings.HasPrefix(each, name+"/") {
			return &MapFile{Mode: fs.ModeDir | 0555}
		}
	}
	return nil
}

// maxLinks is how many symbolic links are followed before they count as a circle.
const maxLinks = 40

// resolve follows the symbolic links in a name: all, or all but the last element's.
func (fsys MapFS) resolve(name string, last bool) (string, bool) {
	done, rest := ".", name
	for links := 0; rest != ""; {
		element, after, _ := strings.Cut(rest, "/")
		next := path.Join(done, element)
		f := fsys[next]
		if f == nil || f.Mode.Type() != fs.ModeSymlink || after == "" && !last {
			done, rest = next, after
			continue
		}
		if links++; links > maxLinks {
			return "", false
		}
		target := string(f.Data)
		if path.IsAbs(target) {
			return "", false
		}
		target = path.Join(path.Dir(next), target)
		if !fs.ValidPath(target) {
			return "", false
		}
		done, rest = ".", path.Join(target, after)
		if rest == "." {
			rest = ""
		}
	}
	return done, true
}

func (fsys MapFS) find(op, name string, last bool) (string, *MapFile, error) {
	if !fs.ValidPath(name) {
		return "", nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	real, ok := fsys.resolve(name, last)
	if ok {
		if f := fsys.lookup(real); f != nil {
			return real, f, nil
		}
	}
	return "", nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// Open opens a file, following symbolic links.
func (fsys MapFS) Open(name string) (fs.File, error) {
	real, file, err := fsys.find("open", name, true)
	if err != nil {
		return nil, err
	}
	info := &fileInfo{path.Base(name), file}
	if !file.Mode.IsDir() {
		return &openFile{path: name, info: info}, nil
	}
	return &openDir{path: name, info: info, entries: fsys.entries(real)}, nil
}

// entries are what is directly in a directory, by name.
func (fsys MapFS) entries(dir string) []fs.DirEntry {
	prefix := dir + "/"
	if dir == "." {
		prefix = ""
	}
	names := make(map[string]bool)
	for each := range fsys {
		if rest, ok := strings.CutPrefix(each, prefix); ok && each != "." && rest != "" {
			first, _, _ := strings.Cut(rest, "/")
			names[first] = true
		}
	}
	var list []fs.DirEntry
	for name := range names {
		list = append(list, fs.FileInfoToDirEntry(&fileInfo{name, fsys.lookup(prefix + name)}))
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list
}

// plain hides MapFS's methods but Open, so that package fs's functions do the work.
type plain struct{ fs.FS }

// ReadFile gives a file's content.
func (fsys MapFS) ReadFile(name string) ([]byte, error) { return fs.ReadFile(plain{fsys}, name) }

// Stat describes a file, following symbolic links.
func (fsys MapFS) Stat(name string) (fs.FileInfo, error) { return fs.Stat(plain{fsys}, name) }

// ReadDir lists a directory.
func (fsys MapFS) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(plain{fsys}, name) }

// Glob lists the names that match a pattern.
func (fsys MapFS) Glob(pattern string) ([]string, error) { return fs.Glob(plain{fsys}, pattern) }

type noSub struct{ MapFS }

func (noSub) Sub() {} // not fs.SubFS's method: fs.Sub makes the file system

// Sub is the file system below a directory.
func (fsys MapFS) Sub(dir string) (fs.FS, error) { return fs.Sub(noSub{fsys}, dir) }

// ReadLink gives the target of a symbolic link.
func (fsys MapFS) ReadLink(name string) (string, error) {
	_, file, err := fsys.find("readlink", name, false)
	if err != nil {
		return "", err
	}
	if file.Mode.Type() != fs.ModeSymlink {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	return string(file.Data), nil
}

// Lstat describes a file, or the symbolic link itself.
func (fsys MapFS) Lstat(name string) (fs.FileInfo, error) {
	_, file, err := fsys.find("lstat", name, false)
	if err != nil {
		return nil, err
	}
	return &fileInfo{path.Base(name), file}, nil
}

type fileInfo struct {
	name string
	f    *MapFile
}

func (i *fileInfo) Name() string       { return i.name }
func (i *fileInfo) Size() int64        { return int64(len(i.f.Data)) }
func (i *fileInfo) Mode() fs.FileMode  { return i.f.Mode }
func (i *fileInfo) ModTime() time.Time { return i.f.ModTime }
func (i *fileInfo) IsDir() bool        { return i.f.Mode.IsDir() }
func (i *fileInfo) Sys() any           { return i.f.Sys }
func (i *fileInfo) String() string     { return fs.FormatFileInfo(i) }

// openFile is an open file that is no directory.
type openFile struct {
	path   string
	info   *fileInfo
	offset int64
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

func (f *openFile) Read(b []byte) (int, error) {
	data := f.info.f.Data
	if f.offset >= int64(len(data)) {
		return 0, io.EOF
	}
	if f.offset < 0 {
		return 0, &fs.PathError{Op: "read", Path: f.path, Err: fs.ErrInvalid}
	}
	n := copy(b, data[f.offset:])
	f.offset += int64(n)
	return n, nil
}

func (f *openFile) Seek(offset int64, whence int) (int64, error) {
	size := int64(len(f.info.f.Data))
	switch whence {
	case io.SeekCurrent:
		offset += f.offset
	case io.SeekEnd:
		offset += size
	}
	if offset < 0 || offset > size {
		return 0, &fs.PathError{Op: "seek", Path: f.path, Err: fs.ErrInvalid}
	}
	f.offset = offset
	return offset, nil
}

func (f *openFile) ReadAt(b []byte, offset int64) (int, error) {
	data := f.info.f.Data
	if offset < 0 || offset > int64(len(data)) {
		return 0, &fs.PathError{Op: "read", Path: f.path, Err: fs.ErrInvalid}
	}
	n := copy(b, data[offset:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// openDir is an open directory.
type openDir struct {
	path    string
	info    *fileInfo
	entries []fs.DirEntry // that were not given yet
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *openDir) Close() error               { return nil }
func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.path, Err: fs.ErrInvalid}
}

func (d *openDir) ReadDir(count int) ([]fs.DirEntry, error) {
	n := len(d.entries)
	if count > 0 {
		if n == 0 {
			return nil, io.EOF
		}
		n = min(n, count)
	}
	list := slices.Clone(d.entries[:n])
	if list == nil {
		list = []fs.DirEntry{}
	}
	d.entries = d.entries[n:]
	return list, nil
}
