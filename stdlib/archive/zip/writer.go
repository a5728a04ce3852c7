package zip

import (
	"bufio"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"
)

var (
	errLongName  = errors.New("zip: FileHeader.Name too long")
	errLongExtra = errors.New("zip: FileHeader.Extra too long")
)

// A Writer writes an archive.
type Writer struct {
	cw          *countWriter
	dir         []*header
	last        *fileWriter
	closed      bool
	compressors map[uint16]Compressor
	comment     string
}

type header struct {
	*FileHeader
	offset uint64
	raw    bool
}

type countWriter struct {
	w     *bufio.Writer
	count int64
}

func (w *countWriter) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	w.count += int64(n)
	return n, err
}

// NewWriter returns a writer that writes an archive to w.
func NewWriter(w io.Writer) *Writer { return &Writer{cw: &countWriter{w: bufio.NewWriter(w)}} }

// SetOffset says that there are n bytes before the archive, in a file that it is appended
// to.  It must be called before anything is written.
func (w *Writer) SetOffset(n int64) {
	if w.cw.count != 0 {
		panic("zip: SetOffset called after data was written")
	}
	w.cw.count = n
}

// Flush writes what is buffered; Close does that, too.
func (w *Writer) Flush() error { return w.cw.w.Flush() }

// SetComment sets the archive's comment; only before Close.
func (w *Writer) SetComment(comment string) error {
	if len(comment) > max16 {
		return errors.New("zip: Writer.Comment too long")
	}
	w.comment = comment
	return nil
}

// Close writes the directory.  It does not close what w writes to.
func (w *Writer) Close() error {
	if w.last != nil && !w.last.closed {
		if err := w.last.close(); err != nil {
			return err
		}
		w.last = nil
	}
	if w.closed {
		return errors.New("zip: writer closed twice")
	}
	w.closed = true

	start := w.cw.count
	for _, h := range w.dir {
		b := make([]byte, 0, directoryLen)
		b = le.AppendUint32(b, directorySig)
		b = le.AppendUint16(b, h.CreatorVersion)
		b = le.AppendUint16(b, h.ReaderVersion)
		b = le.AppendUint16(b, h.Flags)
		b = le.AppendUint16(b, h.Method)
		b = le.AppendUint16(b, h.ModifiedTime)
		b = le.AppendUint16(b, h.ModifiedDate)
		b = le.AppendUint32(b, h.CRC32)
		if h.isZip64() || h.offset >= max32 {
			// The sizes and the offset are in an extra field.
			b = le.AppendUint32(b, max32)
			b = le.AppendUint32(b, max32)
			extra := make([]byte, 0, 28)
			extra = le.AppendUint16(extra, extraZip64)
			extra = le.AppendUint16(extra, 24)
			extra = le.AppendUint64(extra, h.UncompressedSize64)
			extra = le.AppendUint64(extra, h.CompressedSize64)
			extra = le.AppendUint64(extra, h.offset)
			h.Extra = append(h.Extra, extra...)
		} else {
			b = le.AppendUint32(b, h.CompressedSize)
			b = le.AppendUint32(b, h.UncompressedSize)
		}
		b = le.AppendUint16(b, uint16(len(h.Name)))
		b = le.AppendUint16(b, uint16(len(h.Extra)))
		b = le.AppendUint16(b, uint16(len(h.Comment)))
		b = le.AppendUint32(b, 0) // the disk, and attributes of no use
		b = le.AppendUint32(b, h.ExternalAttrs)
		b = le.AppendUint32(b, uint32(min(h.offset, max32)))
		b = append(b, h.Name...)
		b = append(b, h.Extra...)
		b = append(b, h.Comment...)
		if _, err := w.cw.Write(b); err != nil {
			return err
		}
	}
	end := w.cw.count

	files, size, offset := uint64(len(w.dir)), uint64(end-start), uint64(start)
	var b []byte
	if files >= max16 || size >= max32 || offset >= max32 {
		b = le.AppendUint32(b, end64Sig)
		b = le.AppendUint64(b, end64Len-12)
		b = le.AppendUint16(b, version45)
		b = le.AppendUint16(b, version45)
		b = le.AppendUint64(b, 0) // disks
		b = le.AppendUint64(b, files)
		b = le.AppendUint64(b, files)
		b = le.AppendUint64(b, size)
		b = le.AppendUint64(b, offset)
		b = le.AppendUint32(b, end64LocatorSig)
		b = le.AppendUint32(b, 0)
		b = le.AppendUint64(b, uint64(end))
		b = le.AppendUint32(b, 1)
		files, size, offset = max16, max32, max32
	}
	b = le.AppendUint32(b, endSig)
	b = le.AppendUint32(b, 0) // disks
	b = le.AppendUint16(b, uint16(files))
	b = le.AppendUint16(b, uint16(files))
	b = le.AppendUint32(b, uint32(size))
	b = le.AppendUint32(b, uint32(offset))
	b = le.AppendUint16(b, uint16(len(w.comment)))
	b = append(b, w.comment...)
	if _, err := w.cw.Write(b); err != nil {
		return err
	}
	return w.cw.w.Flush()
}

// Create adds a file with the given name, compressed with DEFLATE, and returns a writer for
// its contents, to be used before the next file is added or the archive is closed.  The
// name is a relative path with slashes, with one at its end for a directory.  A name that is
// there already is added again.
func (w *Writer) Create(name string) (io.Writer, error) {
	return w.CreateHeader(&FileHeader{Name: name, Method: Deflate})
}

// detectUTF8 tells whether s is UTF-8, and whether it must be marked so as it is different
// in the encodings that readers assume otherwise.
func detectUTF8(s string) (valid, require bool) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		// Backslash and tilde are other characters in some encodings of Asia.
		if r < 0x20 || r > 0x7d || r == 0x5c {
			if !utf8.ValidRune(r) || r == utf8.RuneError && n == 1 {
				return false, false
			}
			require = true
		}
	}
	return true, require
}

// prepare ends the file before.
func (w *Writer) prepare(fh *FileHeader) error {
	if w.last != nil && !w.last.closed {
		if err := w.last.close(); err != nil {
			return err
		}
	}
	if len(w.dir) > 0 && w.dir[len(w.dir)-1].FileHeader == fh {
		return errors.New("archive/zip: invalid duplicate FileHeader")
	}
	return nil
}

// CreateHeader adds a file described by fh, which belongs to w from then on, and returns a
// writer for its contents, to be used before the next file is added or the archive is
// closed.
func (w *Writer) CreateHeader(fh *FileHeader) (io.Writer, error) {
	if err := w.prepare(fh); err != nil {
		return nil, err
	}
	valid1, require1 := detectUTF8(fh.Name)
	valid2, require2 := detectUTF8(fh.Comment)
	switch {
	case fh.NonUTF8:
		fh.Flags &^= flagUTF8
	case (require1 || require2) && valid1 && valid2:
		fh.Flags |= flagUTF8
	}
	fh.CreatorVersion = fh.CreatorVersion&0xff00 | version20
	fh.ReaderVersion = version20

	if !fh.Modified.IsZero() {
		fh.ModifiedDate, fh.ModifiedTime = toDos(fh.Modified)
		var b []byte
		b = le.AppendUint16(b, extraTimestamp)
		b = le.AppendUint16(b, 5)
		b = append(b, 1) // only the time of modification
		b = le.AppendUint32(b, uint32(fh.Modified.Unix()))
		fh.Extra = append(fh.Extra, b...)
	}

	h := &header{FileHeader: fh, offset: uint64(w.cw.count)}
	var ow io.Writer
	var fw *fileWriter
	if strings.HasSuffix(fh.Name, "/") {
		fh.Method = Store
		fh.Flags &^= flagDescriptor
		fh.CompressedSize, fh.CompressedSize64 = 0, 0
		fh.UncompressedSize, fh.UncompressedSize64 = 0, 0
		ow = dirWriter{}
	} else {
		fh.Flags |= flagDescriptor // the sizes are not known before
		fw = &fileWriter{zipw: w.cw, compCount: &plainCounter{w: w.cw}, crc32: crc32.NewIEEE(), header: h}
		comp := w.compressor(fh.Method)
		if comp == nil {
			return nil, ErrAlgorithm
		}
		var err error
		if fw.comp, err = comp(fw.compCount); err != nil {
			return nil, err
		}
		ow = fw
	}
	w.dir = append(w.dir, h)
	if err := writeHeader(w.cw, h); err != nil {
		return nil, err
	}
	w.last = fw
	return ow, nil
}

// writeHeader writes the header before a file's data.
func writeHeader(w io.Writer, h *header) error {
	if len(h.Name) > max16 {
		return errLongName
	}
	if len(h.Extra) > max16 {
		return errLongExtra
	}
	b := make([]byte, 0, fileHeaderLen)
	b = le.AppendUint32(b, fileHeaderSig)
	b = le.AppendUint16(b, h.ReaderVersion)
	b = le.AppendUint16(b, h.Flags)
	b = le.AppendUint16(b, h.Method)
	b = le.AppendUint16(b, h.ModifiedTime)
	b = le.AppendUint16(b, h.ModifiedDate)
	if h.raw && h.Flags&flagDescriptor == 0 {
		b = le.AppendUint32(b, h.CRC32)
		b = le.AppendUint32(b, uint32(min(h.CompressedSize64, max32)))
		b = le.AppendUint32(b, uint32(min(h.UncompressedSize64, max32)))
	} else {
		// They come after the data.
		b = append(b, make([]byte, 12)...)
	}
	b = le.AppendUint16(b, uint16(len(h.Name)))
	b = le.AppendUint16(b, uint16(len(h.Extra)))
	b = append(b, h.Name...)
	b = append(b, h.Extra...)
	_, err := w.Write(b)
	return err
}

// CreateRaw adds a file described by fh and returns a writer for its data, which are written
// as they are.
func (w *Writer) CreateRaw(fh *FileHeader) (io.Writer, error) {
	if err := w.prepare(fh); err != nil {
		return nil, err
	}
	fh.CompressedSize = uint32(min(fh.CompressedSize64, max32))
	fh.UncompressedSize = uint32(min(fh.UncompressedSize64, max32))
	h := &header{FileHeader: fh, offset: uint64(w.cw.count), raw: true}
	w.dir = append(w.dir, h)
	if err := writeHeader(w.cw, h); err != nil {
		return nil, err
	}
	if strings.HasSuffix(fh.Name, "/") {
		w.last = nil
		return dirWriter{}, nil
	}
	fw := &fileWriter{header: h, zipw: w.cw}
	w.last = fw
	return fw, nil
}

// Copy adds f, of another archive, without decompressing it.
func (w *Writer) Copy(f *File) error {
	r, err := f.OpenRaw()
	if err != nil {
		return err
	}
	fh := f.FileHeader
	fw, err := w.CreateRaw(&fh)
	if err != nil {
		return err
	}
	_, err = io.Copy(fw, r)
	return err
}

// RegisterCompressor sets the compressor of a method for this writer only.
func (w *Writer) RegisterCompressor(method uint16, comp Compressor) {
	if w.compressors == nil {
		w.compressors = make(map[uint16]Compressor)
	}
	w.compressors[method] = comp
}

func (w *Writer) compressor(method uint16) Compressor {
	if c := w.compressors[method]; c != nil {
		return c
	}
	return compressor(method)
}

// AddFS adds all files and directories of fsys, compressed with DEFLATE.
func (w *Writer) AddFS(fsys fs.FS) error {
	return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name == "." {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if !d.IsDir() && !info.Mode().IsRegular() {
			return errors.New("zip: cannot add non-regular file")
		}
		h, err := FileInfoHeader(info)
		if err != nil {
			return err
		}
		h.Name = name
		if d.IsDir() {
			h.Name += "/"
		}
		h.Method = Deflate
		fw, err := w.CreateHeader(h)
		if err != nil || d.IsDir() {
			return err
		}
		f, err := fsys.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(fw, f)
		return err
	})
}

type dirWriter struct{}

func (dirWriter) Write(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	return 0, errors.New("zip: write to directory")
}

type plainCounter struct {
	w     io.Writer
	count int64
}

func (w *plainCounter) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	w.count += int64(n)
	return n, err
}

// A fileWriter writes a file's contents; comp is nil for raw data.
type fileWriter struct {
	*header
	zipw      io.Writer
	rawCount  int64
	comp      io.WriteCloser
	compCount *plainCounter
	crc32     hash.Hash32
	closed    bool
}

func (w *fileWriter) Write(p []byte) (int, error) {
	if w.closed {
		return 0, errors.New("zip: write to closed file")
	}
	if w.raw {
		return w.zipw.Write(p)
	}
	w.crc32.Write(p)
	n, err := w.comp.Write(p)
	w.rawCount += int64(n)
	return n, err
}

func (w *fileWriter) close() error {
	if w.closed {
		return errors.New("zip: file closed twice")
	}
	w.closed = true
	if w.raw {
		return w.writeDescriptor()
	}
	if err := w.comp.Close(); err != nil {
		return err
	}
	fh := w.FileHeader
	fh.CRC32 = w.crc32.Sum32()
	fh.CompressedSize64 = uint64(w.compCount.count)
	fh.UncompressedSize64 = uint64(w.rawCount)
	if fh.isZip64() {
		fh.CompressedSize, fh.UncompressedSize = max32, max32
		fh.ReaderVersion = version45
	} else {
		fh.CompressedSize = uint32(fh.CompressedSize64)
		fh.UncompressedSize = uint32(fh.UncompressedSize64)
	}
	return w.writeDescriptor()
}

// writeDescriptor writes checksum and sizes after the data.
func (w *fileWriter) writeDescriptor() error {
	if w.Flags&flagDescriptor == 0 {
		return nil
	}
	var b []byte
	b = le.AppendUint32(b, descriptorSig)
	b = le.AppendUint32(b, w.CRC32)
	if w.isZip64() {
		b = le.AppendUint64(b, w.CompressedSize64)
		b = le.AppendUint64(b, w.UncompressedSize64)
	} else {
		b = le.AppendUint32(b, w.CompressedSize)
		b = le.AppendUint32(b, w.UncompressedSize)
	}
	_, err := w.zipw.Write(b)
	return err
}
