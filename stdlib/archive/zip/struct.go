// Package zip reads and writes ZIP archives (PKWARE's APPNOTE), in one piece.
//
// Sizes of 4 GiB and more (ZIP64) are in the fields with 64 in their names; those with 32
// bits are then all ones.
package zip

import (
	"io/fs"
	"path"
	"time"
)

// Methods of compression.
const (
	Store   uint16 = 0 // none
	Deflate uint16 = 8 // DEFLATE
)

const (
	fileHeaderSig    = 0x04034b50
	directorySig     = 0x02014b50
	endSig           = 0x06054b50
	end64LocatorSig  = 0x07064b50
	end64Sig         = 0x06064b50
	descriptorSig    = 0x08074b50
	fileHeaderLen    = 30
	directoryLen     = 46
	endLen           = 22
	end64LocatorLen  = 20
	end64Len         = 56
	descriptorLen    = 16
	descriptor64Len  = 24
	creatorFAT       = 0
	creatorUnix      = 3
	creatorNTFS      = 11
	creatorVFAT      = 14
	creatorMacOSX    = 19
	version20        = 20
	version45        = 45 // with ZIP64
	max16            = 1<<16 - 1
	max32            = 1<<32 - 1
	extraZip64       = 0x0001
	extraNTFS        = 0x000a
	extraUnix        = 0x000d
	extraTimestamp   = 0x5455
	extraInfoZipUnix = 0x5855
	flagDescriptor   = 0x8
	flagUTF8         = 0x800
	flagEncrypted    = 0x1
	unixTypeMask     = 0xf000
	unixSocket       = 0xc000
	unixSymlink      = 0xa000
	unixRegular      = 0x8000
	unixBlockDevice  = 0x6000
	unixDirectory    = 0x4000
	unixCharDevice   = 0x2000
	unixFIFO         = 0x1000
	unixSetuid       = 0x800
	unixSetgid       = 0x400
	unixSticky       = 0x200
	dosDirectory     = 0x10
	dosReadOnly      = 0x01
)

// FileHeader describes a file of an archive.
type FileHeader struct {
	// Name is the file's path: relative, with slashes, and with a slash at the end for
	// a directory, which has no data.
	Name string

	// Comment is any text below 64 KiB.
	Comment string

	// NonUTF8 says that Name and Comment are not UTF-8 but in some older encoding.
	// When writing it keeps the flag for UTF-8 from being set.
	NonUTF8 bool

	CreatorVersion uint16
	ReaderVersion  uint16
	Flags          uint16

	// Method is how the file is compressed.
	Method uint16

	// Modified is when the file was changed last.  The extended timestamp counts before
	// the one of MS-DOS; from the difference between both comes the zone, which is UTC
	// if there is only the latter.  Both are written, that of MS-DOS in the time's own
	// zone.
	Modified time.Time

	// ModifiedTime is a time of MS-DOS.
	//
	// Deprecated: use Modified.
	ModifiedTime uint16

	// ModifiedDate is a date of MS-DOS.
	//
	// Deprecated: use Modified.
	ModifiedDate uint16

	// CRC32 is the checksum of the data.
	CRC32 uint32

	// CompressedSize is the length of the compressed data, all ones if it does not fit.
	//
	// Deprecated: use CompressedSize64.
	CompressedSize uint32

	// UncompressedSize is the length of the data, all ones if it does not fit.
	//
	// Deprecated: use UncompressedSize64.
	UncompressedSize uint32

	// CompressedSize64 is the length of the compressed data.
	CompressedSize64 uint64

	// UncompressedSize64 is the length of the data.
	UncompressedSize64 uint64

	Extra         []byte // further fields; those for ZIP64 are added when writing
	ExternalAttrs uint32 // the meaning depends on CreatorVersion
}

// FileInfo returns h as a fs.FileInfo.
func (h *FileHeader) FileInfo() fs.FileInfo { return headerFileInfo{h} }

type headerFileInfo struct{ h *FileHeader }

func (fi headerFileInfo) Name() string { return path.Base(fi.h.Name) }
func (fi headerFileInfo) Size() int64 {
	if fi.h.UncompressedSize64 > 0 {
		return int64(fi.h.UncompressedSize64)
	}
	return int64(fi.h.UncompressedSize)
}
func (fi headerFileInfo) IsDir() bool                { return fi.Mode().IsDir() }
func (fi headerFileInfo) ModTime() time.Time         { return fi.h.modified() }
func (fi headerFileInfo) Mode() fs.FileMode          { return fi.h.Mode() }
func (fi headerFileInfo) Type() fs.FileMode          { return fi.h.Mode().Type() }
func (fi headerFileInfo) Sys() any                   { return fi.h }
func (fi headerFileInfo) Info() (fs.FileInfo, error) { return fi, nil }
func (fi headerFileInfo) String() string             { return fs.FormatFileInfo(fi) }

// modified returns when the file was changed, by whatever field there is.
func (h *FileHeader) modified() time.Time {
	if h.Modified.IsZero() {
		return h.ModTime()
	}
	return h.Modified.UTC()
}

// FileInfoHeader returns a FileHeader with what fi tells.  Its name is that in the
// directory only, so the path may have to be set, and so has Method if the file is to be
// compressed.
func FileInfoHeader(fi fs.FileInfo) (*FileHeader, error) {
	size := fi.Size()
	fh := &FileHeader{Name: fi.Name(), UncompressedSize64: uint64(size)}
	fh.SetModTime(fi.ModTime())
	fh.SetMode(fi.Mode())
	fh.UncompressedSize = uint32(min(fh.UncompressedSize64, max32))
	return fh, nil
}

// zone returns the location with the given offset, rounded to a quarter of an hour as
// all real ones are.
func zone(offset time.Duration) *time.Location {
	const minOffset, maxOffset = -12 * time.Hour, 14 * time.Hour
	offset = offset.Round(15 * time.Minute)
	if offset < minOffset || offset > maxOffset {
		offset = 0
	}
	return time.FixedZone("", int(offset/time.Second))
}

// fromDos returns a time of MS-DOS, as UTC.
func fromDos(date, t uint16) time.Time {
	return time.Date(int(date>>9)+1980, time.Month(date>>5&0xf), int(date&0x1f), int(t>>11), int(t>>5&0x3f), int(t&0x1f)*2, 0, time.UTC)
}

// toDos returns t in the form of MS-DOS.
func toDos(t time.Time) (date, tm uint16) {
	date = uint16(t.Day() + int(t.Month())<<5 + (t.Year()-1980)<<9)
	tm = uint16(t.Second()/2 + t.Minute()<<5 + t.Hour()<<11)
	return
}

// ModTime returns the time of the old fields, as UTC.
//
// Deprecated: use Modified.
func (h *FileHeader) ModTime() time.Time { return fromDos(h.ModifiedDate, h.ModifiedTime) }

// SetModTime sets Modified and the old fields to t in UTC.
//
// Deprecated: use Modified.
func (h *FileHeader) SetModTime(t time.Time) {
	t = t.UTC()
	h.Modified = t
	h.ModifiedDate, h.ModifiedTime = toDos(t)
}

// Mode returns the permissions and the kind of the file.
func (h *FileHeader) Mode() (mode fs.FileMode) {
	switch h.CreatorVersion >> 8 {
	case creatorUnix, creatorMacOSX:
		mode = fromUnix(h.ExternalAttrs >> 16)
	case creatorNTFS, creatorVFAT, creatorFAT:
		mode = 0o666
		if h.ExternalAttrs&dosDirectory != 0 {
			mode = fs.ModeDir | 0o777
		}
		if h.ExternalAttrs&dosReadOnly != 0 {
			mode &^= 0o222
		}
	}
	if h.isDir() {
		mode |= fs.ModeDir
	}
	return
}

func (h *FileHeader) isDir() bool { return len(h.Name) > 0 && h.Name[len(h.Name)-1] == '/' }

// SetMode sets the permissions and the kind of the file.
func (h *FileHeader) SetMode(mode fs.FileMode) {
	h.CreatorVersion = h.CreatorVersion&0xff | creatorUnix<<8
	h.ExternalAttrs = toUnix(mode) << 16
	if mode.IsDir() {
		h.ExternalAttrs |= dosDirectory
	}
	if mode&0o200 == 0 {
		h.ExternalAttrs |= dosReadOnly
	}
}

func (h *FileHeader) isZip64() bool {
	return h.CompressedSize64 >= max32 || h.UncompressedSize64 >= max32
}

func toUnix(mode fs.FileMode) uint32 {
	var m uint32
	switch mode & fs.ModeType {
	default:
		m = unixRegular
	case fs.ModeDir:
		m = unixDirectory
	case fs.ModeSymlink:
		m = unixSymlink
	case fs.ModeNamedPipe:
		m = unixFIFO
	case fs.ModeSocket:
		m = unixSocket
	case fs.ModeDevice:
		m = unixBlockDevice
	case fs.ModeDevice | fs.ModeCharDevice:
		m = unixCharDevice
	}
	if mode&fs.ModeSetuid != 0 {
		m |= unixSetuid
	}
	if mode&fs.ModeSetgid != 0 {
		m |= unixSetgid
	}
	if mode&fs.ModeSticky != 0 {
		m |= unixSticky
	}
	return m | uint32(mode&0o777)
}

func fromUnix(m uint32) fs.FileMode {
	mode := fs.FileMode(m & 0o777)
	switch m & unixTypeMask {
	case unixBlockDevice:
		mode |= fs.ModeDevice
	case unixCharDevice:
		mode |= fs.ModeDevice | fs.ModeCharDevice
	case unixDirectory:
		mode |= fs.ModeDir
	case unixFIFO:
		mode |= fs.ModeNamedPipe
	case unixSymlink:
		mode |= fs.ModeSymlink
	case unixSocket:
		mode |= fs.ModeSocket
	}
	if m&unixSetgid != 0 {
		mode |= fs.ModeSetgid
	}
	if m&unixSetuid != 0 {
		mode |= fs.ModeSetuid
	}
	if m&unixSticky != 0 {
		mode |= fs.ModeSticky
	}
	return mode
}
