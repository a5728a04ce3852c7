// Package embed gives access to files that the compiler put into the program.
//
// The compiler makes the value of an FS with a //go:embed directive: a table of all files and of the directories
// around them (whose names end in a slash), in the order of [file.less]. It knows the types FS and file.
package embed

import (
	"errors"
	"io"
	"io/fs"
	"time"
)

// An FS is a read-only collection of files.
type FS struct {
	files *[]file
}

type file struct {
	name string
	data string
	// Told apart by tools that compare builds; not used here.
	hash [16]byte
}

var (
	errIsDirectory  = errors.New("is a directory")
	errNotDirectory = errors.New("not a directory")
)

// split gives the directory that a name is in ("." at the top) and its last element.
func split(name string) (dir, elem string) {
	if n := len(name); n > 0 && name[n-1] == '/' {
		name = name[:n-1]
	}
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' {
			return name[:i], name[i+1:]
		}
	}
	return ".", name
}

// less orders files by directory first, so that the files of one are together.
func (f *file) less(dir, elem string) bool {
	d, e := split(f.name)
	return d < dir || d == dir && e < elem
}

// table gives all files; none if no directive filled the FS.
func (f FS) table() []file {
	if f.files == nil {
		return nil
	}
	return *f.files
}

// first gives the index of the first file that is not before elem in dir.
func (f FS) first(dir, elem string) int {
	files := f.table()
	low, high := 0, len(files)
	for low < high {
		mid := int(uint(low+high) / 2)
		if files[mid].less(dir, elem) {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

var top = &file{name: "./"}

func (f FS) lookup(name string) *file {
	if !fs.ValidPath(name) {
		return nil
	}
	if name == "." {
		return top
	}
	dir, elem := split(name)
	files := f.table()
	if i := f.first(dir, elem); i < len(files) {
		if d, e := split(files[i].name); d == dir && e == elem {
			return &files[i]
		}
	}
	return nil
}

// entries gives the files directly in a directory.
func (f FS) entries(dir string) []file {
	files := f.table()
	start := f.first(dir, "")
	end := start
	for end < len(files) {
		if d, _ := split(files[end].name); d != dir {
			break
		}
		end++
	}
	return files[start:end]
}

// Open opens a file or directory. Files are also io.Seeker and io.ReaderAt.
func (f FS) Open(name string) (fs.File, error) {
	found := f.lookup(name)
	if found == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if found.IsDir() {
		return &openDir{file: found, entries: f.entries(name)}, nil
	}
	return &openFile{file: found}, nil
}

// ReadDir gives all entries of a directory.
func (f FS) ReadDir(name string) ([]fs.DirEntry, error) {
	opened, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	dir, ok := opened.(*openDir)
	if !ok {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errNotDirectory}
	}
	return dir.ReadDir(-1)
}

// ReadFile gives a copy of a file's contents.
func (f FS) ReadFile(name string) ([]byte, error) {
	opened, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	regular, ok := opened.(*openFile)
	if !ok {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errIsDirectory}
	}
	return []byte(regular.file.data), nil
}

// A file is its own FileInfo and DirEntry.

func (f *file) Name() string {
	_, elem := split(f.name)
	return elem
}
func (f *file) Size() int64                { return int64(len(f.data)) }
func (f *file) ModTime() time.Time         { return time.Time{} }
func (f *file) IsDir() bool                { return f.name[len(f.name)-1] == '/' }
func (f *file) Sys() any                   { return nil }
func (f *file) Type() fs.FileMode          { return f.Mode().Type() }
func (f *file) Info() (fs.FileInfo, error) { return f, nil }
func (f *file) String() string             { return fs.FormatFileInfo(f) }
func (f *file) Mode() fs.FileMode {
	if f.IsDir() {
		return fs.ModeDir | 0555
	}
	return 0444
}

type openFile struct {
	file   *file
	offset int64
}

func (f *openFile) Close() error               { return nil }
func (f *openFile) Stat() (fs.FileInfo, error) { return f.file, nil }

func (f *openFile) fail(op string) error {
	return &fs.PathError{Op: op, Path: f.file.name, Err: fs.ErrInvalid}
}

func (f *openFile) Read(b []byte) (int, error) {
	if f.offset < 0 {
		return 0, f.fail("read")
	}
	if f.offset >= int64(len(f.file.data)) {
		return 0, io.EOF
	}
	n := copy(b, f.file.data[f.offset:])
	f.offset += int64(n)
	return n, nil
}

func (f *openFile) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += f.offset
	case io.SeekEnd:
		offset += int64(len(f.file.data))
	default:
		return 0, f.fail("seek")
	}
	if offset < 0 || offset > int64(len(f.file.data)) {
		return 0, f.fail("seek")
	}
	f.offset = offset
	return offset, nil
}

func (f *openFile) ReadAt(b []byte, offset int64) (int, error) {
	if offset < 0 || offset > int64(len(f.file.data)) {
		return 0, f.fail("read")
	}
	n := copy(b, f.file.data[offset:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

type openDir struct {
	file    *file
	entries []file
	offset  int
}

func (d *openDir) Close() error               { return nil }
func (d *openDir) Stat() (fs.FileInfo, error) { return d.file, nil }

func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.file.name, Err: errIsDirectory}
}

// ReadDir gives the next count entries, or all that are left if count is not positive.
func (d *openDir) ReadDir(count int) ([]fs.DirEntry, error) {
	n := len(d.entries) - d.offset
	if n == 0 {
		if count <= 0 {
			return nil, nil
		}
		return nil, io.EOF
	}
	if count > 0 && n > count {
		n = count
	}
	list := make([]fs.DirEntry, n)
	for i := range list {
		list[i] = &d.entries[d.offset+i]
	}
	d.offset += n
	return list, nil
}

var (
	_ fs.ReadDirFS   = FS{}
	_ fs.ReadFileFS  = FS{}
	_ io.Seeker      = (*openFile)(nil)
	_ io.ReaderAt    = (*openFile)(nil)
	_ fs.ReadDirFile = (*openDir)(nil)
)
