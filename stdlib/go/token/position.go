package token

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
)

// A Position is a place in a source file. It is valid if Line is not 0.
type Position struct {
	Filename string
	Offset   int // in bytes, from 0 on
	Line     int // from 1 on
	Column   int // in bytes, from 1 on; 0 if not known
}

// IsValid reports whether the position is valid.
func (pos *Position) IsValid() bool { return pos.Line > 0 }

// String returns file:line:column without what is not known, or "-".
func (pos Position) String() string {
	s := pos.Filename
	if pos.IsValid() {
		if s != "" {
			s += ":"
		}
		s += strconv.Itoa(pos.Line)
		if pos.Column != 0 {
			s += ":" + strconv.Itoa(pos.Column)
		}
	}
	if s == "" {
		return "-"
	}
	return s
}

// A Pos is a place in one of the files of a FileSet: the file's base plus the
// offset in it.
type Pos int

// NoPos is no place.
const NoPos Pos = 0

// IsValid reports whether the position is not NoPos.
func (p Pos) IsValid() bool { return p != NoPos }

// A File is a file of a FileSet. It knows where its lines begin.
type File struct {
	name string
	base int
	size int

	mu    sync.Mutex
	lines []int // the offsets of lines; the first is 0
	infos []lineInfo
}

// A lineInfo is a line directive: what stands from offset on is said to come
// from elsewhere.
type lineInfo struct {
	Offset       int
	Filename     string
	Line, Column int
}

// String describes the file.
func (f *File) String() string {
	return fmt.Sprintf("%s(%d-%d)", f.Name(), f.Base(), f.End())
}

// Name returns the file's name.
func (f *File) Name() string { return f.name }

// Base returns the Pos of the file's first byte.
func (f *File) Base() int { return f.base }

// Size returns the file's size.
func (f *File) Size() int { return f.size }

// End returns the Pos behind the file's last byte.
func (f *File) End() Pos { return Pos(f.base + f.size) }

// LineCount returns how many lines are known.
func (f *File) LineCount() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.lines)
}

// AddLine adds a line that begins at offset, which must lie behind the last
// line and in the file; else it is ignored.
func (f *File) AddLine(offset int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n := len(f.lines); (n == 0 || f.lines[n-1] < offset) && offset < f.size {
		f.lines = append(f.lines, offset)
	}
}

// MergeLine makes a line and the next one line.
func (f *File) MergeLine(line int) {
	if line < 1 {
		panic(fmt.Sprintf("invalid line number %d (should be >= 1)", line))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if line >= len(f.lines) {
		panic(fmt.Sprintf("invalid line number %d (should be < %d)", line, len(f.lines)))
	}
	f.lines = slices.Delete(f.lines, line, line+1)
}

// Lines returns the offsets at which lines begin. It must not be changed.
func (f *File) Lines() []int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.lines
}

// SetLines sets the offsets at which lines begin. They must grow and lie in
// the file; else nothing is set and the result is false.
func (f *File) SetLines(lines []int) bool {
	for i, offset := range lines {
		if i > 0 && offset <= lines[i-1] || f.size <= offset {
			return false
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lines = lines
	return true
}

// SetLinesForContent sets the offsets for a text. Line directives in it do not
// matter.
func (f *File) SetLinesForContent(content []byte) {
	var lines []int
	line := 0
	for offset, b := range content {
		if line >= 0 {
			lines = append(lines, line)
		}
		line = -1
		if b == '\n' {
			line = offset + 1
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lines = lines
}

// LineStart returns where a line begins, from 1 on.
func (f *File) LineStart(line int) Pos {
	if line < 1 {
		panic(fmt.Sprintf("invalid line number %d (should be >= 1)", line))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if line > len(f.lines) {
		panic(fmt.Sprintf("invalid line number %d (should be < %d)", line, len(f.lines)))
	}
	return Pos(f.base + f.lines[line-1])
}

// AddLineInfo is AddLineColumnInfo with column 1.
func (f *File) AddLineInfo(offset int, filename string, line int) {
	f.AddLineColumnInfo(offset, filename, line, 1)
}

// AddLineColumnInfo says that what stands from offset on comes from another
// place. The offset must lie behind the last one and in the file; else it is
// ignored.
func (f *File) AddLineColumnInfo(offset int, filename string, line, column int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n := len(f.infos); (n == 0 || f.infos[n-1].Offset < offset) && offset < f.size {
		f.infos = append(f.infos, lineInfo{offset, filename, line, column})
	}
}

// clamp brings an offset into the file.
func (f *File) clamp(offset int) int { return max(0, min(offset, f.size)) }

// Pos returns the Pos of an offset. What lies outside the file becomes its
// start or end.
func (f *File) Pos(offset int) Pos { return Pos(f.base + f.clamp(offset)) }

// Offset returns the offset of a Pos. What lies outside the file becomes its
// start or end.
func (f *File) Offset(p Pos) int { return f.clamp(int(p) - f.base) }

// Line returns the line of a Pos.
func (f *File) Line(p Pos) int { return f.Position(p).Line }

// Position is PositionFor with line directives applied.
func (f *File) Position(p Pos) (pos Position) { return f.PositionFor(p, true) }

// PositionFor returns the position of p, as line directives say if adjusted.
func (f *File) PositionFor(p Pos, adjusted bool) (pos Position) {
	if p == NoPos {
		return pos
	}
	return f.position(f.Offset(p), adjusted)
}

func (f *File) position(offset int, adjusted bool) Position {
	f.mu.Lock()
	defer f.mu.Unlock()
	pos := Position{Filename: f.name, Offset: offset}
	if i := lastNotAfter(f.lines, offset, func(x int) int { return x }); i >= 0 {
		pos.Line, pos.Column = i+1, offset-f.lines[i]+1
	}
	if !adjusted || len(f.infos) == 0 {
		return pos
	}
	i := lastNotAfter(f.infos, offset, func(x lineInfo) int { return x.Offset })
	if i < 0 {
		return pos
	}
	info := &f.infos[i]
	pos.Filename = info.Filename
	at := lastNotAfter(f.lines, info.Offset, func(x int) int { return x })
	if at < 0 {
		return pos
	}
	// d is how many lines behind the directive's place this is.
	d := pos.Line - (at + 1)
	pos.Line = info.Line + d
	switch {
	case info.Column == 0:
		// Without a column in the directive none is known.
		pos.Column = 0
	case d == 0:
		pos.Column = info.Column + (offset - info.Offset)
	}
	return pos
}

// lastNotAfter returns the index of the last element whose key is at most x,
// or -1.
func lastNotAfter[E any](s []E, x int, key func(E) int) int {
	i, found := slices.BinarySearchFunc(s, x, func(e E, x int) int { return cmp.Compare(key(e), x) })
	if !found {
		i--
	}
	return i
}

// A FileSet is a set of files, each with positions of its own. Its methods may
// be called by several goroutines.
type FileSet struct {
	mu    sync.RWMutex
	base  int
	files []*File // by base
	last  atomic.Pointer[File]
}

// NewFileSet returns a FileSet without files.
func NewFileSet() *FileSet { return &FileSet{base: 1} }

// Base returns the least base that the next file may have.
func (s *FileSet) Base() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.base
}

// AddFile adds a file. base must not be less than Base; if it is negative Base
// is taken.
func (s *FileSet) AddFile(filename string, base, size int) *File {
	f := &File{name: filename, size: size, lines: []int{0}}
	s.mu.Lock()
	defer s.mu.Unlock()
	if base < 0 {
		base = s.base
	}
	if base < s.base {
		panic(fmt.Sprintf("invalid base %d (should be >= %d)", base, s.base))
	}
	f.base = base
	if size < 0 {
		panic(fmt.Sprintf("invalid size %d (should be >= 0)", size))
	}
	// One more, so that the end of the file is a position too.
	base += size + 1
	if base < 0 {
		panic("token.Pos offset overflow (> 2G of source code in file set)")
	}
	s.base = base
	s.files = append(s.files, f)
	s.last.Store(f)
	return f
}

// AddExistingFiles adds files of other sets, which must not overlap those that
// are there.
func (s *FileSet) AddExistingFiles(files ...*File) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range files {
		i, found := slices.BinarySearchFunc(s.files, f.base, func(g *File, base int) int { return cmp.Compare(g.base, base) })
		if found {
			if s.files[i] != f {
				panic(overlap(s.files[i], f))
			}
			continue
		}
		if i > 0 && int(s.files[i-1].End()) >= f.base {
			panic(overlap(s.files[i-1], f))
		}
		if i < len(s.files) && int(f.End()) >= s.files[i].base {
			panic(overlap(f, s.files[i]))
		}
		s.files = slices.Insert(s.files, i, f)
		s.base = max(s.base, int(f.End())+1)
	}
}

func overlap(a, b *File) string {
	return fmt.Sprintf("file %s (%d-%d) overlaps with file %s (%d-%d)", a.Name(), a.Base(), a.End(), b.Name(), b.Base(), b.End())
}

// RemoveFile removes a file; its positions belong to no file then.
func (s *FileSet) RemoveFile(file *File) {
	s.mu.Lock()
	defer s.mu.Unlock()
	// Under the lock, as File sets it.
	s.last.CompareAndSwap(file, nil)
	if i := slices.Index(s.files, file); i >= 0 {
		s.files = slices.Delete(s.files, i, i+1)
	}
}

// Iterate calls yield for the files by base until it returns false.
func (s *FileSet) Iterate(yield func(*File) bool) {
	for next := 0; ; {
		s.mu.RLock()
		i, _ := slices.BinarySearchFunc(s.files, next, func(f *File, base int) int { return cmp.Compare(f.base, base) })
		var f *File
		if i < len(s.files) {
			f = s.files[i]
		}
		s.mu.RUnlock()
		if f == nil || !yield(f) {
			return
		}
		next = f.base + 1
	}
}

func (f *File) holds(p Pos) bool { return f.base <= int(p) && int(p) <= f.base+f.size }

// File returns the file that a Pos lies in, or nil.
func (s *FileSet) File(p Pos) (f *File) {
	if p == NoPos {
		return nil
	}
	// Often it is the same one as the last time.
	if f := s.last.Load(); f != nil && f.holds(p) {
		return f
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	i := lastNotAfter(s.files, int(p), func(f *File) int { return f.base })
	if i < 0 || !s.files[i].holds(p) {
		return nil
	}
	s.last.Store(s.files[i])
	return s.files[i]
}

// PositionFor returns the position of p, as line directives say if adjusted.
func (s *FileSet) PositionFor(p Pos, adjusted bool) (pos Position) {
	if f := s.File(p); f != nil {
		return f.position(f.Offset(p), adjusted)
	}
	return pos
}

// Position is PositionFor with line directives applied.
func (s *FileSet) Position(p Pos) (pos Position) { return s.PositionFor(p, true) }

// What Write encodes.
type serializedFile struct {
	Name  string
	Base  int
	Size  int
	Lines []int
	Infos []lineInfo
}

type serializedFileSet struct {
	Base  int
	Files []serializedFile
}

// Read decodes into s what Write has encoded.
func (s *FileSet) Read(decode func(any) error) error {
	var ss serializedFileSet
	if err := decode(&ss); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.base = ss.Base
	s.files = nil
	for _, f := range ss.Files {
		s.files = append(s.files, &File{name: f.Name, base: f.Base, size: f.Size, lines: f.Lines, infos: f.Infos})
	}
	s.last.Store(nil)
	return nil
}

// Write encodes s with a function such as that of an encoder.
func (s *FileSet) Write(encode func(any) error) error {
	var ss serializedFileSet
	s.mu.Lock()
	ss.Base = s.base
	for _, f := range s.files {
		f.mu.Lock()
		ss.Files = append(ss.Files, serializedFile{f.name, f.base, f.size, slices.Clone(f.lines), slices.Clone(f.infos)})
		f.mu.Unlock()
	}
	s.mu.Unlock()
	return encode(ss)
}
