package time

import (
	"errors"
	"sync"
	"syscall"
)

// A Location is a set of time zones in use at a place: which one, and since when.
type Location struct {
	name    string
	zones   []zone
	changes []zoneChange // sorted
	extend  string       // POSIX TZ rule for times after the last change
}

type zone struct {
	name   string
	offset int // seconds east of UTC
	isDST  bool
}

// zoneChange: from the Unix time when on, zones[index] is used.
type zoneChange struct {
	when  int64
	index uint8
}

// span is a zone with the time that it is used: start <= t < end.
type span struct {
	zone
	start, end int64
}

const (
	minSec = -1 << 63
	maxSec = 1<<63 - 1
)

// UTC is Universal Coordinated Time.
var UTC *Location = &utcLoc

var utcLoc = Location{name: "UTC"}

// Local is the local zone of the system: that of the TZ environment variable, or of /etc/localtime.
var Local *Location = &localLoc

// localLoc is filled in when it is needed.
var localLoc Location
var localOnce sync.Once

func (l *Location) get() *Location {
	if l == nil {
		return &utcLoc
	}
	if l == &localLoc {
		localOnce.Do(initLocal)
	}
	return l
}

// String gives the name of the Location.
func (l *Location) String() string { return l.get().name }

// FixedZone gives a Location that always uses one zone: name, with offset seconds east of UTC.
func FixedZone(name string, offset int) *Location {
	return &Location{name: name, zones: []zone{{name, offset, false}}}
}

// lookup finds the zone in use at the Unix time sec.
func (l *Location) lookup(sec int64) span {
	l = l.get()
	if len(l.zones) == 0 {
		return span{zone{"UTC", 0, false}, minSec, maxSec}
	}
	if len(l.changes) == 0 || sec < l.changes[0].when {
		end := int64(maxSec)
		if len(l.changes) > 0 {
			end = l.changes[0].when
		}
		return span{*l.first(), minSec, end}
	}
	// The last change that is not after sec.
	low, high := 0, len(l.changes)
	for high-low > 1 {
		mid := int(uint(low+high) / 2)
		if sec < l.changes[mid].when {
			high = mid
		} else {
			low = mid
		}
	}
	s := span{l.zones[l.changes[low].index], l.changes[low].when, maxSec}
	if low+1 < len(l.changes) {
		s.end = l.changes[low+1].when
	} else if l.extend != "" {
		if r, ok := parseRule(l.extend); ok {
			return r.lookup(s.start, sec)
		}
	}
	return s
}

// first gives the zone before the first change: the first one that is not daylight saving time, if the file does not
// begin with a use of zone 0.
func (l *Location) first() *zone {
	zero := false
	for _, c := range l.changes {
		if c.index == 0 {
			zero = true
			break
		}
	}
	if !zero {
		return &l.zones[0]
	}
	if len(l.changes) > 0 && l.zones[l.changes[0].index].isDST {
		for i := int(l.changes[0].index) - 1; i >= 0; i-- {
			if !l.zones[i].isDST {
				return &l.zones[i]
			}
		}
	}
	for i := range l.zones {
		if !l.zones[i].isDST {
			return &l.zones[i]
		}
	}
	return &l.zones[0]
}

// lookupName finds the offset of the zone with this name: the one in use at the clock time unix, else any.
func (l *Location) lookupName(name string, unix int64) (offset int, ok bool) {
	l = l.get()
	for i := range l.zones {
		z := &l.zones[i]
		if z.name == name {
			if s := l.lookup(unix - int64(z.offset)); s.name == name {
				return s.offset, true
			}
		}
	}
	for i := range l.zones {
		if l.zones[i].name == name {
			return l.zones[i].offset, true
		}
	}
	return 0, false
}

var errLocation = errors.New("time: invalid location name")

// Where zone files are looked for.
var zoneDirs = []string{"/usr/share/zoneinfo/", "/usr/share/lib/zoneinfo/", "/usr/lib/locale/TZ/", "/etc/zoneinfo/"}

// LoadLocation gives the Location with the name of a zone file, such as "Europe/Vienna". "" and "UTC" are UTC, "Local"
// is Local. The directory in the environment variable ZONEINFO is searched first.
func LoadLocation(name string) (*Location, error) {
	switch name {
	case "", "UTC":
		return UTC, nil
	case "Local":
		return Local, nil
	}
	if name[0] == '/' || name[0] == '\\' || hasDotDot(name) {
		return nil, errLocation
	}
	if dir, _ := syscall.Getenv("ZONEINFO"); dir != "" {
		if l, err := loadFile(dir+"/"+name, name); err == nil {
			return l, nil
		}
	}
	var first error
	for _, dir := range zoneDirs {
		l, err := loadFile(dir+name, name)
		if err == nil {
			return l, nil
		}
		if first == nil && err != syscall.ENOENT {
			first = err
		}
	}
	if first != nil {
		return nil, first
	}
	return nil, errors.New("unknown time zone " + name)
}

func hasDotDot(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '.' && s[i+1] == '.' {
			return true
		}
	}
	return false
}

func initLocal() {
	localLoc.name = "Local"
	tz, ok := syscall.Getenv("TZ")
	load := func(path string) bool {
		l, err := loadFile(path, "Local")
		if err == nil {
			localLoc = *l
		}
		return err == nil
	}
	switch {
	case !ok:
		if load("/etc/localtime") {
			return
		}
	case tz != "":
		if tz[0] == ':' {
			tz = tz[1:]
		}
		if tz != "" && tz[0] == '/' {
			if load(tz) {
				if tz != "/etc/localtime" {
					localLoc.name = tz
				}
				return
			}
		} else if tz != "" && tz != "UTC" && !hasDotDot(tz) {
			for _, dir := range zoneDirs {
				if load(dir + tz) {
					localLoc.name = tz
					return
				}
			}
		}
	}
	localLoc = Location{name: "UTC"}
}

// Zone files are small; a larger file is not one.
const maxZoneFile = 10 << 20

func loadFile(path, name string) (*Location, error) {
	fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	defer syscall.Close(fd)
	var data []byte
	buf := make([]byte, 4096)
	for {
		n, err := syscall.Read(fd, buf)
		if n > 0 {
			data = append(data, buf[:n]...)
		}
		if n <= 0 {
			if err == syscall.EINTR {
				continue
			}
			if err != nil {
				return nil, err
			}
			return LoadLocationFromTZData(name, data)
		}
		if len(data) > maxZoneFile {
			return nil, errors.New("time: file " + path + " is too large")
		}
	}
}

var errBadData = errors.New("malformed time zone information")

// tzReader reads big-endian numbers; bad is set at the end of the data.
type tzReader struct {
	data []byte
	bad  bool
}

func (r *tzReader) bytes(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.bad = true
		return make([]byte, max(n, 0)&0xffff)
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *tzReader) uint32() uint32 {
	b := r.bytes(4)
	return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
}

func (r *tzReader) time(wide bool) int64 {
	if wide {
		hi := r.uint32()
		return int64(hi)<<32 | int64(r.uint32())
	}
	return int64(int32(r.uint32()))
}

// LoadLocationFromTZData gives the Location described by the contents of a zone file (RFC 8536).
func LoadLocationFromTZData(name string, data []byte) (*Location, error) {
	r := &tzReader{data: data}
	// The six counts of the header.
	type header struct{ utc, std, leap, times, types, chars int }
	read := func() (h header, version byte, ok bool) {
		if string(r.bytes(4)) != "TZif" || r.bad {
			return h, 0, false
		}
		version = r.bytes(16)[0]
		h.utc = int(r.uint32())
		h.std = int(r.uint32())
		h.leap = int(r.uint32())
		h.times = int(r.uint32())
		h.types = int(r.uint32())
		h.chars = int(r.uint32())
		return h, version, !r.bad
	}
	h, version, ok := read()
	if !ok || version != 0 && version != '2' && version != '3' && version != '4' {
		return nil, errBadData
	}
	wide := version >= '2'
	if wide {
		// The same data with 64-bit times follows.
		r.bytes(h.times*4 + h.times + h.types*6 + h.chars + h.leap*8 + h.std + h.utc)
		if h, _, ok = read(); !ok {
			return nil, errBadData
		}
	}
	width := 4
	if wide {
		width = 8
	}
	times := tzReader{data: r.bytes(h.times * width)}
	indexes := r.bytes(h.times)
	types := tzReader{data: r.bytes(h.types * 6)}
	names := r.bytes(h.chars)
	r.bytes(h.leap*(width+4) + h.std + h.utc)
	if r.bad || h.types == 0 {
		return nil, errBadData
	}
	l := &Location{name: name, zones: make([]zone, h.types), changes: make([]zoneChange, h.times)}
	if rest := r.data; wide && len(rest) > 2 && rest[0] == '\n' && rest[len(rest)-1] == '\n' {
		l.extend = string(rest[1 : len(rest)-1])
	}
	for i := range l.zones {
		z := &l.zones[i]
		z.offset = int(int32(types.uint32()))
		z.isDST = types.bytes(1)[0] != 0
		start := int(types.bytes(1)[0])
		if start >= len(names) {
			return nil, errBadData
		}
		end := start
		for end < len(names) && names[end] != 0 {
			end++
		}
		z.name = string(names[start:end])
	}
	for i := range l.changes {
		index := indexes[i]
		if int(index) >= len(l.zones) {
			return nil, errBadData
		}
		l.changes[i] = zoneChange{times.time(wide), index}
	}
	if len(l.changes) == 0 {
		l.changes = []zoneChange{{minSec, 0}}
	}
	return l, nil
}
