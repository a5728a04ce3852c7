package os

import (
	"cmp"
	"internal/poll"
	"io"
	"io/fs"
	"slices"
	"sync"
	"syscall"
)

// dirReader holds what the kernel gave of a directory and was not yet handed out.
type dirReader struct {
	mu   sync.Mutex
	buf  []byte
	rest []byte
}

// Directory entries come in blocks of this size.
const dirBlock = 8192

// unixDirent is an entry as ReadDir gives it.
type unixDirent struct {
	parent string
	name   string
	typ    FileMode
	info   FileInfo // if it was looked at already
}

func (d *unixDirent) Name() string   { return d.name }
func (d *unixDirent) IsDir() bool    { return d.typ.IsDir() }
func (d *unixDirent) Type() FileMode { return d.typ }
func (d *unixDirent) String() string { return fs.FormatDirEntry(d) }

func (d *unixDirent) Info() (FileInfo, error) {
	if d.info != nil {
		return d.info, nil
	}
	return Lstat(d.parent + "/" + d.name)
}

// direntTypes maps the kernel's types to ours.
var direntTypes = map[byte]FileMode{
	syscall.DT_BLK:  ModeDevice,
	syscall.DT_CHR:  ModeDevice | ModeCharDevice,
	syscall.DT_DIR:  ModeDir,
	syscall.DT_FIFO: ModeNamedPipe,
	syscall.DT_LNK:  ModeSymlink,
	syscall.DT_REG:  0,
	syscall.DT_SOCK: ModeSocket,
}

// next gives the next entry except "." and "..": its name and the kernel's type. io.EOF at the end.
func (d *dirReader) next(fd *poll.FD) (name string, typ byte, err error) {
	// struct linux_dirent64: inode 8, offset 8, length 2, type 1, name with a zero byte at the end.
	const lengthAt, typeAt, nameAt = 16, 18, 19
	for {
		if len(d.rest) == 0 {
			if d.buf == nil {
				d.buf = make([]byte, dirBlock)
			}
			n := 0
			if err := fd.Do(func(fd int) (err error) {
				n, err = syscall.ReadDirent(fd, d.buf)
				return err
			}); err != nil {
				return "", 0, err
			}
			if n <= 0 {
				return "", 0, io.EOF
			}
			d.rest = d.buf[:n]
		}
		length := int(d.rest[lengthAt]) | int(d.rest[lengthAt+1])<<8
		if length < nameAt || length > len(d.rest) {
			return "", 0, syscall.EINVAL
		}
		record := d.rest[:length]
		d.rest = d.rest[length:]
		end := nameAt
		for end < len(record) && record[end] != 0 {
			end++
		}
		inode := uint64(0)
		for _, b := range record[:8] {
			inode |= uint64(b)
		}
		name = string(record[nameAt:end])
		if inode == 0 || name == "." || name == ".." {
			continue
		}
		return name, record[typeAt], nil
	}
}

// entries reads n entries (all if n <= 0) and calls add for each.
func (f *File) entries(n int, add func(name string, typ byte) (bool, error)) error {
	if f == nil {
		return ErrInvalid
	}
	d := f.dir.Load()
	if d == nil {
		d = new(dirReader)
		if !f.dir.CompareAndSwap(nil, d) {
			d = f.dir.Load()
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for count := 0; n <= 0 || count < n; {
		name, typ, err := d.next(&f.pfd)
		if err == io.EOF {
			if n > 0 && count == 0 {
				return io.EOF
			}
			return nil
		}
		if err != nil {
			return &PathError{Op: "readdirent", Path: f.name, Err: err}
		}
		ok, err := add(name, typ)
		if err != nil {
			return err
		}
		if ok {
			count++
		}
	}
	return nil
}

// entry makes a DirEntry; nil if the file is gone meanwhile.
func (f *File) entry(name string, typ byte) (*unixDirent, error) {
	d := &unixDirent{parent: f.name, name: name}
	if mode, ok := direntTypes[typ]; ok {
		d.typ = mode
		return d, nil
	}
	// The file system does not tell the type.
	info, err := Lstat(f.name + "/" + name)
	if IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	d.typ, d.info = info.Mode().Type(), info
	return d, nil
}

// ReadDir gives the next n entries of the directory, then io.EOF; all that are left if n <= 0.
func (f *File) ReadDir(n int) ([]DirEntry, error) {
	list := []DirEntry{}
	err := f.entries(n, func(name string, typ byte) (bool, error) {
		d, err := f.entry(name, typ)
		if d != nil {
			list = append(list, d)
		}
		return d != nil, err
	})
	if f == nil {
		return nil, err
	}
	return list, err
}

// Readdir is ReadDir with FileInfos.
func (f *File) Readdir(n int) ([]FileInfo, error) {
	list := []FileInfo{}
	err := f.entries(n, func(name string, typ byte) (bool, error) {
		info, err := Lstat(f.name + "/" + name)
		if IsNotExist(err) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		list = append(list, info)
		return true, nil
	})
	if f == nil {
		return nil, err
	}
	return list, err
}

// Readdirnames is ReadDir with names only.
func (f *File) Readdirnames(n int) (names []string, err error) {
	names = []string{}
	err = f.entries(n, func(name string, typ byte) (bool, error) {
		names = append(names, name)
		return true, nil
	})
	if f == nil {
		return nil, err
	}
	return names, err
}

// ReadDir gives the entries of a directory, sorted by name; after an error, those read before.
func ReadDir(name string) ([]DirEntry, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return sortedEntries(f)
}

func sortedEntries(f *File) ([]DirEntry, error) {
	list, err := f.ReadDir(-1)
	slices.SortFunc(list, func(a, b DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return list, err
}
