package pprof

import (
	"encoding/binary"
	"hash/crc32"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "unsafe" // for linkname
)

// The format of profiles: messages of protocol buffers, github.com/google/pprof/proto/profile.proto.

// message is a message being written.
type message struct{ b []byte }

func (m *message) varint(x uint64) { m.b = binary.AppendUvarint(m.b, x) }

// number writes a number field; zero is the default and left out.
func (m *message) number(field int, x int64) {
	if x != 0 {
		m.varint(uint64(field) << 3)
		m.varint(uint64(x))
	}
}

func (m *message) bytes(field int, b []byte) {
	m.varint(uint64(field)<<3 | 2)
	m.varint(uint64(len(b)))
	m.b = append(m.b, b...)
}

// nested writes a message as a field.
func (m *message) nested(field int, fill func(*message)) {
	var inner message
	fill(&inner)
	m.bytes(field, inner.b)
}

// packed writes a list of numbers.
func (m *message) packed(field int, list []int64) {
	var inner message
	for _, x := range list {
		inner.varint(uint64(x))
	}
	m.bytes(field, inner.b)
}

// frameInfo is the runtime's.
type frameInfo struct {
	function  string
	file      string
	line      int
	entry     uintptr
	startLine int
}

//go:linkname lookupFrame runtime.lookupFrame
func lookupFrame(pc uintptr, isReturn bool, info *frameInfo) bool

const (
	pcMask     = 1<<56 - 1
	depthShift = 56
	// In place of addresses in CPU profiles: the runtime, its collector.
	pcSystem    = 1
	pcCollector = 2
)

// builder collects a profile.
type builder struct {
	out       message
	strings   map[string]int64
	table     []string
	functions map[string]int64
	locations map[uintptr]int64
}

func newBuilder() *builder {
	b := &builder{strings: map[string]int64{}, functions: map[string]int64{}, locations: map[uintptr]int64{}}
	b.str("")
	return b
}

func (b *builder) str(s string) int64 {
	i, ok := b.strings[s]
	if !ok {
		i = int64(len(b.table))
		b.strings[s] = i
		b.table = append(b.table, s)
	}
	return i
}

func (b *builder) valueType(field int, typ, unit string) {
	b.out.nested(field, func(m *message) {
		m.number(1, b.str(typ))
		m.number(2, b.str(unit))
	})
}

func (b *builder) function(f *frameInfo) int64 {
	key := f.function + "\x00" + f.file
	if id, ok := b.functions[key]; ok {
		return id
	}
	id := int64(len(b.functions) + 1)
	b.functions[key] = id
	b.out.nested(5, func(m *message) {
		m.number(1, id)
		m.number(2, b.str(f.function))
		m.number(3, b.str(f.function))
		m.number(4, b.str(f.file))
		m.number(5, int64(f.startLine))
	})
	return id
}

// location gives the id of a return address; 0 if it is unknown. physical: all functions that were inlined there belong to it,
// otherwise the address says which one.
func (b *builder) location(pc uintptr, physical bool) int64 {
	if id, ok := b.locations[pc]; ok {
		return id
	}
	var lines []frameInfo
	switch pc {
	case pcSystem:
		lines = append(lines, frameInfo{function: "runtime._System"})
	case pcCollector:
		lines = append(lines, frameInfo{function: "runtime._GC"})
	default:
		for depth := uintptr(0); ; depth++ {
			var info frameInfo
			if !lookupFrame(pc|depth<<depthShift, true, &info) {
				break
			}
			lines = append(lines, info)
			if !physical {
				break
			}
		}
	}
	id := int64(0)
	if len(lines) > 0 {
		ids := make([]int64, len(lines))
		for i := range lines {
			ids[i] = b.function(&lines[i])
		}
		id = int64(len(b.locations) + 1)
		b.out.nested(4, func(m *message) {
			m.number(1, id)
			m.number(2, 1)
			m.number(3, int64(pc&pcMask)-1)
			for i, f := range lines {
				m.nested(4, func(m *message) {
					m.number(1, ids[i])
					m.number(2, int64(f.line))
				})
			}
		})
	}
	b.locations[pc] = id
	return id
}

func (b *builder) sample(pcs []uintptr, physical bool, values []int64, labels []label) {
	ids := make([]int64, 0, len(pcs))
	for _, pc := range pcs {
		if id := b.location(pc, physical); id != 0 {
			ids = append(ids, id)
		}
	}
	b.out.nested(2, func(m *message) {
		m.packed(1, ids)
		m.packed(2, values)
		for _, l := range labels {
			m.nested(3, func(m *message) {
				m.number(1, b.str(l.key))
				m.number(2, b.str(l.value))
			})
		}
	})
}

// mapping describes the program: the mapped parts of its file that can be executed.
func (b *builder) mapping() {
	exe, _ := os.Readlink("/proc/self/exe")
	var start, limit, offset uint64
	if maps, err := os.ReadFile("/proc/self/maps"); err == nil {
		// start-limit perms offset device inode path
		for line := range strings.Lines(string(maps)) {
			f := strings.Fields(line)
			if len(f) < 6 || f[5] != exe || !strings.Contains(f[1], "x") {
				continue
			}
			from, to, _ := strings.Cut(f[0], "-")
			start, _ = strconv.ParseUint(from, 16, 64)
			limit, _ = strconv.ParseUint(to, 16, 64)
			offset, _ = strconv.ParseUint(f[2], 16, 64)
			break
		}
	}
	b.out.nested(3, func(m *message) {
		m.number(1, 1)
		m.number(2, int64(start))
		m.number(3, int64(limit))
		m.number(4, int64(offset))
		m.number(5, b.str(exe))
		m.number(7, 1)
	})
}

// finish writes the profile.
func (b *builder) finish(w io.Writer, began time.Time, duration time.Duration) error {
	b.mapping()
	b.out.number(9, began.UnixNano())
	b.out.number(10, int64(duration))
	for _, s := range b.table {
		b.out.bytes(6, []byte(s))
	}
	_, err := w.Write(gzipped(b.out.b))
	return err
}

// gzipped puts data into the gzip format without compressing it: profiles are small, and programs that make them need no compressor.
func gzipped(data []byte) []byte {
	const deflate, unknownSystem = 8, 255
	out := []byte{0x1f, 0x8b, deflate, 0, 0, 0, 0, 0, 0, unknownSystem}
	for rest := data; ; {
		n := min(len(rest), 0xffff)
		last := byte(0)
		if n == len(rest) {
			last = 1
		}
		// A stored block: header bits, size, its complement.
		out = append(out, last)
		out = binary.LittleEndian.AppendUint16(out, uint16(n))
		out = binary.LittleEndian.AppendUint16(out, ^uint16(n))
		out = append(out, rest[:n]...)
		if rest = rest[n:]; last == 1 {
			break
		}
	}
	out = binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(data))
	return binary.LittleEndian.AppendUint32(out, uint32(len(data)))
}

// group is equal stacks, with equal labels.
type group struct {
	pcs    []uintptr
	labels *labelMap
	count  int64
}

// grouped counts equal stacks, the most frequent first.
func grouped(stacks []group) []*group {
	index := map[string]*group{}
	var list []*group
	for _, s := range stacks {
		key := make([]byte, 0, 8*len(s.pcs)+16)
		for _, pc := range s.pcs {
			key = binary.LittleEndian.AppendUint64(key, uint64(pc))
		}
		key = append(key, s.labels.String()...)
		g := index[string(key)]
		if g == nil {
			g = &group{pcs: s.pcs, labels: s.labels}
			index[string(key)] = g
			list = append(list, g)
		}
		g.count += max(s.count, 1)
	}
	slices.SortStableFunc(list, func(a, b *group) int { return int(b.count - a.count) })
	return list
}

// writeText shows a stack for people.
func writeText(w io.Writer, pcs []uintptr) {
	frames := runtime.CallersFrames(pcs)
	seen := false
	for {
		f, more := frames.Next()
		name := f.Function
		switch {
		case name == "":
			if f.PC != 0 {
				seen = true
				io.WriteString(w, "#\t"+hex(f.PC)+"\n")
			}
		case name != "runtime.goexit" && (seen || !strings.HasPrefix(name, "runtime.")):
			// The runtime's own functions at the top are of no interest.
			seen = true
			io.WriteString(w, "#\t"+hex(f.PC)+"\t"+name+"+"+hex(f.PC-f.Entry)+"\t"+f.File+":"+strconv.Itoa(f.Line)+"\n")
		}
		if !more {
			break
		}
	}
	if !seen {
		frames := runtime.CallersFrames(pcs)
		for {
			f, more := frames.Next()
			io.WriteString(w, "#\t"+hex(f.PC)+"\t"+f.Function+"+"+hex(f.PC-f.Entry)+"\t"+f.File+":"+strconv.Itoa(f.Line)+"\n")
			if !more {
				break
			}
		}
	}
	io.WriteString(w, "\n")
}

func hex(x uintptr) string { return "0x" + strconv.FormatUint(uint64(x&pcMask), 16) }
