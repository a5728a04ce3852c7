package zip

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// Errors of readers.
var (
	ErrFormat       = errors.New("zip: not a valid zip file")
	ErrAlgorithm    = errors.New("zip: unsupported compression algorithm")
	ErrChecksum     = errors.New("zip: checksum error")
	ErrInsecurePath = errors.New("zip: insecure file path") // not returned at present
)

var le = binary.LittleEndian

// A Reader reads an archive.
type Reader struct {
	r             io.ReaderAt
	File          []*File
	Comment       string
	decompressors map[uint16]Decompressor

	// baseOffset is what comes before the archive in the file.
	baseOffset int64

	// The files as a tree, made when Open is called first.
	listOnce sync.Once
	list     []listEntry
}

// A ReadCloser is a Reader that has to be closed.
type ReadCloser struct {
	f *os.File
	Reader
}

// A File is a file of an archive; its contents are read through [File.Open].
type File struct {
	FileHeader
	zip          *Reader
	headerOffset int64 // with the base
}

// OpenReader opens the archive with the given name.
func OpenReader(name string) (*ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	fi, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	r := new(ReadCloser)
	if err = r.init(f, fi.Size()); err != nil && err != ErrInsecurePath {
		f.Close()
		return nil, err
	}
	r.f = f
	return r, err
}

// NewReader returns a reader of the archive that r has, with size bytes.
func NewReader(r io.ReaderAt, size int64) (*Reader, error) {
	if size < 0 {
		return nil, errors.New("zip: size cannot be negative")
	}
	z := new(Reader)
	if err := z.init(r, size); err != nil && err != ErrInsecurePath {
		return nil, err
	}
	return z, nil
}

// An ending is what the records at the end of an archive tell.
type ending struct {
	files, size, offset uint64
	comment             string
}

func (z *Reader) init(r io.ReaderAt, size int64) error {
	end, base, err := readEnd(r, size)
	if err != nil {
		return err
	}
	z.r = r
	z.baseOffset = base
	// What the archive tells may be wrong: no more memory than can be needed.
	if end.size < uint64(size) && (uint64(size)-end.size)/fileHeaderLen >= end.files {
		z.File = make([]*File, 0, end.files)
	}
	z.Comment = end.comment
	rs := io.NewSectionReader(r, 0, size)
	if _, err = rs.Seek(base+int64(end.offset), io.SeekStart); err != nil {
		return err
	}
	buf := bufio.NewReader(rs)
	for {
		f := &File{zip: z}
		err = readDirectoryHeader(f, buf)
		if err == ErrFormat || err == io.ErrUnexpectedEOF {
			break
		}
		if err != nil {
			return err
		}
		f.headerOffset += base
		z.File = append(z.File, f)
	}
	// The count has only 16 bits if it is not that of ZIP64.
	if uint16(len(z.File)) != uint16(end.files) {
		return err
	}
	return nil
}

// RegisterDecompressor sets the decompressor of a method for this reader only.
func (r *Reader) RegisterDecompressor(method uint16, dcomp Decompressor) {
	if r.decompressors == nil {
		r.decompressors = make(map[uint16]Decompressor)
	}
	r.decompressors[method] = dcomp
}

func (r *Reader) decompressor(method uint16) Decompressor {
	if d := r.decompressors[method]; d != nil {
		return d
	}
	return decompressor(method)
}

// Close closes the file.
func (rc *ReadCloser) Close() error { return rc.f.Close() }

// DataOffset returns where the data, which may be compressed, begin in the archive.
func (f *File) DataOffset() (offset int64, err error) {
	n, err := f.bodyOffset()
	if err != nil {
		return
	}
	return f.headerOffset + n, nil
}

// bodyOffset returns how long the header before the data is.
func (f *File) bodyOffset() (int64, error) {
	var b [fileHeaderLen]byte
	if _, err := f.zip.r.ReadAt(b[:], f.headerOffset); err != nil {
		return 0, err
	}
	if le.Uint32(b[:]) != fileHeaderSig {
		return 0, ErrFormat
	}
	return fileHeaderLen + int64(le.Uint16(b[26:])) + int64(le.Uint16(b[28:])), nil
}

// Open returns a reader of the file's contents, which checks their length and checksum at
// the end.  Several files may be read at once.
func (f *File) Open() (io.ReadCloser, error) {
	n, err := f.bodyOffset()
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(f.Name, "/") {
		// A directory has no data.  Some archives say it has; that is no harm as long as
		// nobody wants to read them.
		if f.UncompressedSize64 != 0 {
			return &dirReader{ErrFormat}, nil
		}
		return &dirReader{io.EOF}, nil
	}
	size := int64(f.CompressedSize64)
	dcomp := f.zip.decompressor(f.Method)
	if dcomp == nil {
		return nil, ErrAlgorithm
	}
	var desc io.Reader
	if f.Flags&flagDescriptor != 0 {
		desc = io.NewSectionReader(f.zip.r, f.headerOffset+n+size, descriptorLen)
	}
	rc := dcomp(io.NewSectionReader(f.zip.r, f.headerOffset+n, size))
	return &checksumReader{rc: rc, hash: crc32.NewIEEE(), f: f, desc: desc}, nil
}

// OpenRaw returns a reader of the file's data as they are in the archive.
func (f *File) OpenRaw() (io.Reader, error) {
	n, err := f.bodyOffset()
	if err != nil {
		return nil, err
	}
	return io.NewSectionReader(f.zip.r, f.headerOffset+n, int64(f.CompressedSize64)), nil
}

type dirReader struct{ err error }

func (r *dirReader) Read([]byte) (int, error) { return 0, r.err }
func (r *dirReader) Close() error             { return nil }

type checksumReader struct {
	rc    io.ReadCloser
	hash  hash.Hash32
	nread uint64
	f     *File
	desc  io.Reader // the descriptor after the data, if there is one
	err   error
}

func (r *checksumReader) Stat() (fs.FileInfo, error) { return headerFileInfo{&r.f.FileHeader}, nil }

func (r *checksumReader) Read(b []byte) (n int, err error) {
	if r.err != nil {
		return 0, r.err
	}
	n, err = r.rc.Read(b)
	r.hash.Write(b[:n])
	r.nread += uint64(n)
	if r.nread > r.f.UncompressedSize64 {
		return 0, ErrFormat
	}
	if err == nil {
		return
	}
	if err == io.EOF {
		if r.nread != r.f.UncompressedSize64 {
			return 0, io.ErrUnexpectedEOF
		}
		if r.desc != nil {
			if e := readDescriptor(r.desc, r.f); e != nil {
				if e == io.EOF {
					err = io.ErrUnexpectedEOF
				} else {
					err = e
				}
			} else if r.hash.Sum32() != r.f.CRC32 {
				err = ErrChecksum
			}
		} else if r.f.CRC32 != 0 && r.hash.Sum32() != r.f.CRC32 {
			// 0 may mean that the writer did not compute one.
			err = ErrChecksum
		}
	}
	r.err = err
	return
}

func (r *checksumReader) Close() error { return r.rc.Close() }

// readDescriptor checks the checksum after the data; its signature may be missing.
func readDescriptor(r io.Reader, f *File) error {
	var b [descriptorLen]byte
	if _, err := io.ReadFull(r, b[:4]); err != nil {
		return err
	}
	off := 0
	if le.Uint32(b[:]) != descriptorSig {
		off += 4
	}
	if _, err := io.ReadFull(r, b[off:12]); err != nil {
		return err
	}
	if le.Uint32(b[:]) != f.CRC32 {
		return ErrChecksum
	}
	return nil
}

// readDirectoryHeader reads what the directory tells about a file.
func readDirectoryHeader(f *File, r io.Reader) error {
	var b [directoryLen]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return err
	}
	if le.Uint32(b[:]) != directorySig {
		return ErrFormat
	}
	f.CreatorVersion = le.Uint16(b[4:])
	f.ReaderVersion = le.Uint16(b[6:])
	f.Flags = le.Uint16(b[8:])
	f.Method = le.Uint16(b[10:])
	f.ModifiedTime = le.Uint16(b[12:])
	f.ModifiedDate = le.Uint16(b[14:])
	f.CRC32 = le.Uint32(b[16:])
	f.CompressedSize = le.Uint32(b[20:])
	f.UncompressedSize = le.Uint32(b[24:])
	f.CompressedSize64 = uint64(f.CompressedSize)
	f.UncompressedSize64 = uint64(f.UncompressedSize)
	nameLen := int(le.Uint16(b[28:]))
	extraLen := int(le.Uint16(b[30:]))
	commentLen := int(le.Uint16(b[32:]))
	f.ExternalAttrs = le.Uint32(b[38:])
	f.headerOffset = int64(le.Uint32(b[42:]))
	d := make([]byte, nameLen+extraLen+commentLen)
	if _, err := io.ReadFull(r, d); err != nil {
		return err
	}
	f.Name = string(d[:nameLen])
	f.Extra = d[nameLen : nameLen+extraLen]
	f.Comment = string(d[nameLen+extraLen:])

	// Whether the text is UTF-8.
	utf8Valid1, utf8Require1 := detectUTF8(f.Name)
	utf8Valid2, utf8Require2 := detectUTF8(f.Comment)
	switch {
	case !utf8Valid1 || !utf8Valid2:
		f.NonUTF8 = true
	case !utf8Require1 && !utf8Require2:
		f.NonUTF8 = false
	default:
		f.NonUTF8 = f.Flags&flagUTF8 == 0
	}

	needU := f.UncompressedSize == max32
	needC := f.CompressedSize == max32
	needH := f.headerOffset == max32

	var modified time.Time
	for extra := f.Extra; len(extra) >= 4; {
		tag, size := le.Uint16(extra), int(le.Uint16(extra[2:]))
		extra = extra[4:]
		if len(extra) < size {
			break
		}
		field := extra[:size]
		extra = extra[size:]
		switch tag {
		case extraZip64:
			// The fields that do not fit, in this order.
			take := func(v *uint64) bool {
				if len(field) < 8 {
					return false
				}
				*v = le.Uint64(field)
				field = field[8:]
				return true
			}
			if needU {
				needU = false
				if !take(&f.UncompressedSize64) {
					return ErrFormat
				}
			}
			if needC {
				needC = false
				if !take(&f.CompressedSize64) {
					return ErrFormat
				}
			}
			if needH {
				needH = false
				var v uint64
				if !take(&v) {
					return ErrFormat
				}
				f.headerOffset = int64(v)
			}
		case extraNTFS:
			if len(field) < 4 {
				continue
			}
			for attrs := field[4:]; len(attrs) >= 4; {
				tag, size := le.Uint16(attrs), int(le.Uint16(attrs[2:]))
				attrs = attrs[4:]
				if len(attrs) < size {
					break
				}
				if tag == 1 && size == 24 {
					const ticks = 1e7 // in a second
					ts := int64(le.Uint64(attrs))
					secs := ts / ticks
					nsecs := (1e9 / ticks) * (ts % ticks)
					epoch := time.Date(1601, time.January, 1, 0, 0, 0, 0, time.UTC)
					modified = time.Unix(epoch.Unix()+secs, nsecs)
				}
				attrs = attrs[size:]
			}
		case extraUnix, extraInfoZipUnix:
			if len(field) >= 8 {
				modified = time.Unix(int64(le.Uint32(field[4:])), 0)
			}
		case extraTimestamp:
			if len(field) >= 5 && field[0]&1 != 0 {
				modified = time.Unix(int64(le.Uint32(field[1:])), 0)
			}
		}
	}

	dos := fromDos(f.ModifiedDate, f.ModifiedTime)
	f.Modified = dos
	if !modified.IsZero() {
		f.Modified = modified.UTC()
		// The time of MS-DOS is local: the difference is the zone.
		if f.ModifiedTime != 0 || f.ModifiedDate != 0 {
			f.Modified = modified.In(zone(dos.Sub(modified)))
		}
	}
	// Without a field for it an uncompressed size of all ones counts as it is; others
	// must be known.
	if needC || needH {
		return ErrFormat
	}
	return nil
}

// readEnd finds and reads the records at the end, and returns what comes before the
// archive.
func readEnd(r io.ReaderAt, size int64) (end *ending, base int64, err error) {
	// At the very end, or before a comment.
	var buf []byte
	var at int64
	for i, n := range []int64{1024, 65 * 1024} {
		n = min(n, size)
		buf = make([]byte, n)
		if _, err := r.ReadAt(buf, size-n); err != nil && err != io.EOF {
			return nil, 0, err
		}
		if p := findEnd(buf); p >= 0 {
			buf = buf[p:]
			at = size - n + int64(p)
			break
		}
		if i == 1 || n == size {
			return nil, 0, ErrFormat
		}
	}
	end = &ending{
		files:  uint64(le.Uint16(buf[10:])),
		size:   uint64(le.Uint32(buf[12:])),
		offset: uint64(le.Uint32(buf[16:])),
	}
	commentLen := int(le.Uint16(buf[20:]))
	if commentLen > len(buf)-endLen {
		return nil, 0, errors.New("zip: invalid comment length")
	}
	end.comment = string(buf[endLen : endLen+commentLen])

	if end.files == max16 || end.size == max16 || end.offset == max32 {
		p, err := findEnd64(r, at)
		if err == nil && p >= 0 {
			at = p
			err = readEnd64(r, p, end)
		}
		if err != nil {
			return nil, 0, err
		}
	}
	const maxInt64 = 1<<63 - 1
	if end.size > maxInt64 || end.offset > maxInt64 {
		return nil, 0, ErrFormat
	}
	base = at - int64(end.size) - int64(end.offset)
	if o := base + int64(end.offset); o < 0 || o >= size {
		return nil, 0, ErrFormat
	}
	// If there is a header at the offset without the base, then that is right.
	if base > 0 {
		if readDirectoryHeader(&File{}, io.NewSectionReader(r, int64(end.offset), size-int64(end.offset))) == nil {
			base = 0
		}
	}
	return end, base, nil
}

func findEnd(b []byte) int {
	for i := len(b) - endLen; i >= 0; i-- {
		if b[i] == 'P' && b[i+1] == 'K' && b[i+2] == 5 && b[i+3] == 6 {
			n := int(le.Uint16(b[i+endLen-2:]))
			if n+endLen+i > len(b) {
				return -1 // cut off
			}
			return i
		}
	}
	return -1
}

// findEnd64 returns where the record of ZIP64 is, -1 if there is none.
func findEnd64(r io.ReaderAt, endOffset int64) (int64, error) {
	at := endOffset - end64LocatorLen
	if at < 0 {
		return -1, nil
	}
	var b [end64LocatorLen]byte
	if _, err := r.ReadAt(b[:], at); err != nil {
		return -1, err
	}
	if le.Uint32(b[:]) != end64LocatorSig || le.Uint32(b[4:]) != 0 || le.Uint32(b[16:]) != 1 {
		return -1, nil
	}
	return int64(le.Uint64(b[8:])), nil
}

func readEnd64(r io.ReaderAt, at int64, end *ending) error {
	var b [end64Len]byte
	if _, err := r.ReadAt(b[:], at); err != nil {
		return err
	}
	if le.Uint32(b[:]) != end64Sig {
		return ErrFormat
	}
	end.files = le.Uint64(b[32:])
	end.size = le.Uint64(b[40:])
	end.offset = le.Uint64(b[48:])
	return nil
}

// A listEntry is a file or directory of the tree.
type listEntry struct {
	name  string // path without a slash at the end
	file  *File  // nil for a directory that only files in it tell of
	isDir bool
	isDup bool
}

func (e *listEntry) stat() (fs.FileInfo, error) {
	if e.isDup {
		return nil, errors.New(e.name + ": duplicate entries in zip file")
	}
	if e.file != nil && !e.isDir {
		return headerFileInfo{&e.file.FileHeader}, nil
	}
	return e, nil
}

func (e *listEntry) Name() string               { return path.Base(e.name) }
func (e *listEntry) Size() int64                { return 0 }
func (e *listEntry) Mode() fs.FileMode          { return fs.ModeDir | 0o555 }
func (e *listEntry) Type() fs.FileMode          { return fs.ModeDir }
func (e *listEntry) IsDir() bool                { return true }
func (e *listEntry) Sys() any                   { return nil }
func (e *listEntry) Info() (fs.FileInfo, error) { return e, nil }
func (e *listEntry) String() string             { return fs.FormatDirEntry(e) }
func (e *listEntry) ModTime() time.Time {
	if e.file == nil {
		return time.Time{}
	}
	return e.file.FileHeader.Modified.UTC()
}

// validName returns the path of a name in an archive: relative, without . and ...
func validName(name string) string {
	name = strings.ReplaceAll(name, `\`, `/`)
	p := strings.TrimPrefix(path.Clean(name), "/")
	for strings.HasPrefix(p, "../") {
		p = p[len("../"):]
	}
	return p
}

func split(name string) (dir, base string) {
	i := strings.LastIndexByte(name, '/')
	if i < 0 {
		return ".", name
	}
	return name[:i], name[i+1:]
}

// makeList makes the tree, sorted by directory and then name.
func (r *Reader) makeList() {
	r.listOnce.Do(func() {
		files := make(map[string]int)
		known := make(map[string]int)
		dirs := make(map[string]bool)
		for _, f := range r.File {
			isDir := strings.HasSuffix(f.Name, "/")
			name := validName(f.Name)
			if name == "" {
				continue
			}
			if i, ok := files[name]; ok {
				r.list[i].isDup = true
				continue
			}
			if i, ok := known[name]; ok {
				r.list[i].isDup = true
				continue
			}
			for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
				dirs[dir] = true
			}
			i := len(r.list)
			r.list = append(r.list, listEntry{name: name, file: f, isDir: isDir})
			if isDir {
				known[name] = i
			} else {
				files[name] = i
			}
		}
		for dir := range dirs {
			if _, ok := known[dir]; ok {
				continue
			}
			if i, ok := files[dir]; ok {
				r.list[i].isDup = true
				continue
			}
			r.list = append(r.list, listEntry{name: dir, isDir: true})
		}
		slices.SortFunc(r.list, func(a, b listEntry) int {
			ad, ab := split(a.name)
			bd, bb := split(b.name)
			if c := strings.Compare(ad, bd); c != 0 {
				return c
			}
			return strings.Compare(ab, bb)
		})
	})
}

// Open opens a file or directory of the archive as [fs.FS] does.
func (r *Reader) Open(name string) (fs.File, error) {
	r.makeList()
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	e := r.lookup(name)
	if e == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if e.isDir {
		return &openDir{e, r.children(name), 0}, nil
	}
	rc, err := e.file.Open()
	if err != nil {
		return nil, err
	}
	return rc.(fs.File), nil
}

func (r *Reader) lookup(name string) *listEntry {
	if name == "." {
		return &listEntry{name: "./", isDir: true}
	}
	dir, base := split(name)
	i := r.first(dir, base)
	if i < len(r.list) && r.list[i].name == name {
		return &r.list[i]
	}
	return nil
}

// first returns the first entry that is not before base in dir.
func (r *Reader) first(dir, base string) int {
	i, _ := slices.BinarySearchFunc(r.list, 0, func(e listEntry, _ int) int {
		d, b := split(e.name)
		if c := strings.Compare(d, dir); c != 0 {
			return c
		}
		if b < base {
			return -1
		}
		return 1
	})
	return i
}

func (r *Reader) children(dir string) []listEntry {
	i := r.first(dir, "")
	j := i
	for j < len(r.list) {
		if d, _ := split(r.list[j].name); d != dir {
			break
		}
		j++
	}
	return r.list[i:j]
}

type openDir struct {
	e      *listEntry
	files  []listEntry
	offset int
}

func (d *openDir) Close() error               { return nil }
func (d *openDir) Stat() (fs.FileInfo, error) { return d.e.stat() }

func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.e.name, Err: errors.New("is a directory")}
}

func (d *openDir) ReadDir(count int) ([]fs.DirEntry, error) {
	n := len(d.files) - d.offset
	if count > 0 {
		n = min(n, count)
	}
	if n == 0 {
		if count <= 0 {
			return nil, nil
		}
		return nil, io.EOF
	}
	list := make([]fs.DirEntry, n)
	for i := range list {
		s, err := d.files[d.offset+i].stat()
		if err != nil {
			return nil, err
		}
		if s.Name() == "." || !fs.ValidPath(s.Name()) {
			return nil, &fs.PathError{Op: "readdir", Path: d.e.name, Err: errors.New("invalid file name: " + s.Name())}
		}
		list[i] = s.(fs.DirEntry)
	}
	d.offset += n
	return list, nil
}
