// Package pprof writes profiles of the running program in the format of the tool pprof: where its goroutines are, where CPU time
// goes, what allocates, and what programs count themselves. Blocking and contention are not recorded: these profiles are empty.
package pprof

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unsafe"
)

// Profile is a set of stacks, one for each instance of something.
type Profile struct {
	name string
	mu   sync.Mutex
	m    map[any][]uintptr
	// Of the profiles that every program has.
	count func() int
	write func(w io.Writer, debug int) error
}

var profiles struct {
	sync.Mutex
	m map[string]*Profile
}

func lockProfiles() {
	profiles.Lock()
	if profiles.m != nil {
		return
	}
	profiles.m = map[string]*Profile{}
	for _, p := range []*Profile{
		{name: "goroutine", count: runtime.NumGoroutine, write: writeGoroutines},
		{name: "heap", count: heapCount, write: func(w io.Writer, debug int) error { return writeHeap(w, debug, "") }},
		{name: "allocs", count: heapCount, write: func(w io.Writer, debug int) error { return writeHeap(w, debug, "alloc_space") }},
		{name: "threadcreate", count: none, write: empty("threadcreate", "count")},
		{name: "block", count: none, write: empty("contentions", "count")},
		{name: "mutex", count: none, write: empty("contentions", "count")},
	} {
		profiles.m[p.name] = p
	}
}

func none() int { return 0 }

// NewProfile makes a profile. Its name must be new.
func NewProfile(name string) *Profile {
	lockProfiles()
	defer profiles.Unlock()
	if name == "" {
		panic("pprof: NewProfile with empty name")
	}
	if profiles.m[name] != nil {
		panic("pprof: NewProfile name already in use: " + name)
	}
	p := &Profile{name: name, m: map[any][]uintptr{}}
	profiles.m[name] = p
	return p
}

// Lookup gives the profile with the name, or nil.
func Lookup(name string) *Profile {
	lockProfiles()
	defer profiles.Unlock()
	return profiles.m[name]
}

// Profiles gives all profiles, sorted by name.
func Profiles() []*Profile {
	lockProfiles()
	defer profiles.Unlock()
	all := make([]*Profile, 0, len(profiles.m))
	for _, p := range profiles.m {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *Profile) int { return strings.Compare(a.name, b.name) })
	return all
}

// Name gives the name.
func (p *Profile) Name() string { return p.name }

// Count gives the number of stacks.
func (p *Profile) Count() int {
	if p.count != nil {
		return p.count()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.m)
}

// Add adds the current stack for value. skip: as in runtime.Caller.
func (p *Profile) Add(value any, skip int) {
	if p.name == "" {
		panic("pprof: use of uninitialized Profile")
	}
	if p.write != nil {
		panic("pprof: Add called on built-in Profile " + p.name)
	}
	pcs := make([]uintptr, 32)
	n := runtime.Callers(skip+1, pcs)
	pcs = pcs[:n]
	if n == 0 {
		pcs = []uintptr{pcSystem}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.m[value] != nil {
		panic("pprof: Profile.Add of duplicate value")
	}
	p.m[value] = pcs
}

// Remove takes value's stack out.
func (p *Profile) Remove(value any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.m, value)
}

// WriteTo writes the profile: in pprof's format, or as text if debug is not 0.
func (p *Profile) WriteTo(w io.Writer, debug int) error {
	if p.name == "" {
		panic("pprof: use of zero Profile")
	}
	if p.write != nil {
		return p.write(w, debug)
	}
	p.mu.Lock()
	var stacks []group
	for _, pcs := range p.m {
		stacks = append(stacks, group{pcs: pcs})
	}
	p.mu.Unlock()
	// In a fixed order, whatever the map's.
	slices.SortFunc(stacks, func(a, b group) int { return slices.Compare(a.pcs, b.pcs) })
	return writeCounts(w, debug, p.name, stacks)
}

// writeCounts writes a profile that counts stacks.
func writeCounts(w io.Writer, debug int, name string, stacks []group) error {
	groups := grouped(stacks)
	if debug > 0 {
		out := bufio.NewWriter(w)
		fmt.Fprintf(out, "%s profile: total %d\n", name, len(stacks))
		for _, g := range groups {
			fmt.Fprintf(out, "%d @", g.count)
			for _, pc := range g.pcs {
				fmt.Fprintf(out, " %#x", pc&pcMask)
			}
			fmt.Fprintln(out)
			if g.labels != nil && len(g.labels.list) > 0 {
				fmt.Fprintf(out, "# labels: %s\n", g.labels)
			}
			writeText(out, g.pcs)
		}
		return out.Flush()
	}
	b := newBuilder()
	b.valueType(1, name, "count")
	b.valueType(11, name, "count")
	b.out.number(12, 1)
	for _, g := range groups {
		var labels []label
		if g.labels != nil {
			labels = g.labels.list
		}
		b.sample(g.pcs, false, []int64{g.count}, labels)
	}
	return b.finish(w, time.Now(), 0)
}

//go:linkname goroutineStacks runtime.goroutineStacks
func goroutineStacks(pcs []uintptr, depth int) int

func writeGoroutines(w io.Writer, debug int) error {
	if debug >= 2 {
		buf := make([]byte, 1<<16)
		for {
			n := runtime.Stack(buf, true)
			if n < len(buf) {
				_, err := w.Write(buf[:n])
				return err
			}
			buf = make([]byte, 2*len(buf))
		}
	}
	const depth = 1 + 128
	var words []uintptr
	n := runtime.NumGoroutine() + 10
	for {
		words = make([]uintptr, n*depth)
		got := goroutineStacks(words, depth)
		if got <= n {
			n = got
			break
		}
		n = got + 10
	}
	stacks := make([]group, n)
	for i := range stacks {
		row := words[i*depth : (i+1)*depth]
		// Goroutines keep their labels.
		stacks[i].labels = *(**labelMap)(unsafe.Pointer(&row[0]))
		pcs := row[1:]
		if end := slices.Index(pcs, 0); end >= 0 {
			pcs = pcs[:end]
		}
		stacks[i].pcs = pcs
	}
	return writeCounts(w, debug, "goroutine", stacks)
}

//go:linkname enableMemProfile runtime.enableMemProfile
func enableMemProfile(rate *int)

func init() { enableMemProfile(&runtime.MemProfileRate) }

func heapCount() int {
	n, _ := runtime.MemProfile(nil, true)
	return n
}

// WriteHeapProfile writes the profile "heap".
func WriteHeapProfile(w io.Writer) error { return writeHeap(w, 0, "") }

// scaled estimates from the samples of objects of one size what was really there: an object is found with a probability that depends on
// its size.
func scaled(count, bytes, rate int64) (int64, int64) {
	if count == 0 || bytes == 0 || rate <= 1 {
		return count, bytes
	}
	size := float64(bytes) / float64(count)
	factor := 1 / (1 - math.Exp(-size/float64(rate)))
	return int64(float64(count) * factor), int64(float64(bytes) * factor)
}

// writeHeap writes the memory profile; first is the values that a reader shall see first.
func writeHeap(w io.Writer, debug int, first string) error {
	var m runtime.MemStats
	if debug != 0 {
		runtime.ReadMemStats(&m)
	}
	rate := int64(runtime.MemProfileRate)
	var records []runtime.MemProfileRecord
	n, _ := runtime.MemProfile(nil, true)
	for {
		records = make([]runtime.MemProfileRecord, n+50)
		var ok bool
		if n, ok = runtime.MemProfile(records, true); ok {
			records = records[:n]
			break
		}
	}
	slices.SortFunc(records, func(a, b runtime.MemProfileRecord) int { return cmp.Compare(b.InUseBytes(), a.InUseBytes()) })
	if debug == 0 {
		b := newBuilder()
		b.valueType(1, "alloc_objects", "count")
		b.valueType(1, "alloc_space", "bytes")
		b.valueType(1, "inuse_objects", "count")
		b.valueType(1, "inuse_space", "bytes")
		b.valueType(11, "space", "bytes")
		b.out.number(12, rate)
		if first != "" {
			b.out.number(14, b.str(first))
		}
		for i := range records {
			r := &records[i]
			ac, ab := scaled(r.AllocObjects, r.AllocBytes, rate)
			ic, ib := scaled(r.InUseObjects(), r.InUseBytes(), rate)
			b.sample(r.Stack(), false, []int64{ac, ab, ic, ib}, nil)
		}
		return b.finish(w, time.Now(), 0)
	}
	out := bufio.NewWriter(w)
	var total runtime.MemProfileRecord
	for i := range records {
		r := &records[i]
		total.AllocBytes += r.AllocBytes
		total.AllocObjects += r.AllocObjects
		total.FreeBytes += r.FreeBytes
		total.FreeObjects += r.FreeObjects
	}
	fmt.Fprintf(out, "heap profile: %d: %d [%d: %d] @ heap/%d\n", total.InUseObjects(), total.InUseBytes(), total.AllocObjects, total.AllocBytes, 2*rate)
	for i := range records {
		r := &records[i]
		fmt.Fprintf(out, "%d: %d [%d: %d] @", r.InUseObjects(), r.InUseBytes(), r.AllocObjects, r.AllocBytes)
		for _, pc := range r.Stack() {
			fmt.Fprintf(out, " %#x", pc&pcMask)
		}
		fmt.Fprintln(out)
		writeText(out, r.Stack())
	}
	fmt.Fprintf(out, "\n# runtime.MemStats\n")
	for _, row := range []struct {
		name  string
		value uint64
	}{
		{"Alloc", m.Alloc}, {"TotalAlloc", m.TotalAlloc}, {"Sys", m.Sys}, {"Lookups", m.Lookups}, {"Mallocs", m.Mallocs}, {"Frees", m.Frees},
		{"HeapAlloc", m.HeapAlloc}, {"HeapSys", m.HeapSys}, {"HeapIdle", m.HeapIdle}, {"HeapInuse", m.HeapInuse},
		{"HeapReleased", m.HeapReleased}, {"HeapObjects", m.HeapObjects},
	} {
		fmt.Fprintf(out, "# %s = %d\n", row.name, row.value)
	}
	fmt.Fprintf(out, "# Stack = %d / %d\n", m.StackInuse, m.StackSys)
	fmt.Fprintf(out, "# MSpan = %d / %d\n", m.MSpanInuse, m.MSpanSys)
	fmt.Fprintf(out, "# MCache = %d / %d\n", m.MCacheInuse, m.MCacheSys)
	fmt.Fprintf(out, "# BuckHashSys = %d\n", m.BuckHashSys)
	fmt.Fprintf(out, "# GCSys = %d\n# OtherSys = %d\n", m.GCSys, m.OtherSys)
	fmt.Fprintf(out, "# NextGC = %d\n# LastGC = %d\n", m.NextGC, m.LastGC)
	fmt.Fprintf(out, "# PauseNs = %d\n# PauseEnd = %d\n", m.PauseNs, m.PauseEnd)
	fmt.Fprintf(out, "# NumGC = %d\n# NumForcedGC = %d\n", m.NumGC, m.NumForcedGC)
	fmt.Fprintf(out, "# GCCPUFraction = %v\n# DebugGC = %v\n", m.GCCPUFraction, m.DebugGC)
	return out.Flush()
}

// empty writes a profile of what is not recorded.
func empty(typ, unit string) func(io.Writer, int) error {
	return func(w io.Writer, debug int) error {
		if debug > 0 {
			_, err := fmt.Fprintf(w, "%s profile: total 0\n", typ)
			return err
		}
		b := newBuilder()
		b.valueType(1, typ, unit)
		b.valueType(11, typ, unit)
		b.out.number(12, 1)
		return b.finish(w, time.Now(), 0)
	}
}

//go:linkname readCPUProfile runtime.readCPUProfile
func readCPUProfile(buf []uintptr) (n int, lost int)

var cpu struct {
	sync.Mutex
	on   bool
	stop chan bool
	done chan bool
}

// Samples per second of CPU time.
const cpuRate = 100

// StartCPUProfile records where CPU time goes, until StopCPUProfile writes the profile to w.
func StartCPUProfile(w io.Writer) error {
	cpu.Lock()
	defer cpu.Unlock()
	if cpu.on {
		return fmt.Errorf("cpu profiling already in use")
	}
	cpu.on = true
	inUse.Lock()
	inUse.profiling = true
	inUse.Unlock()
	keep((*labelMap)(labels()))
	cpu.stop, cpu.done = make(chan bool), make(chan bool)
	runtime.SetCPUProfileRate(cpuRate)
	go collectCPU(w, time.Now(), cpu.stop, cpu.done)
	return nil
}

func collectCPU(w io.Writer, began time.Time, stop, done chan bool) {
	defer close(done)
	buf := make([]uintptr, 1<<14)
	var stacks []group
	lostSamples := 0
	read := func() {
		for {
			n, lost := readCPUProfile(buf)
			lostSamples += lost
			if n == 0 {
				return
			}
			for i := 0; i < n; {
				// How many words, labels, addresses.
				size := int(buf[i])
				labels := *(**labelMap)(unsafe.Pointer(&buf[i+1]))
				stacks = append(stacks, group{pcs: slices.Clone(buf[i+2 : i+1+size]), labels: labels, count: 1})
				i += 1 + size
			}
		}
	}
	// Leftovers of an earlier profile.
	for stopped := false; !stopped; {
		select {
		case <-stop:
			stopped = true
		case <-time.After(100 * time.Millisecond):
		}
		read()
	}
	if lostSamples > 0 {
		stacks = append(stacks, group{pcs: []uintptr{pcSystem}, count: int64(lostSamples)})
	}
	const period = int64(time.Second / cpuRate)
	b := newBuilder()
	b.valueType(1, "samples", "count")
	b.valueType(1, "cpu", "nanoseconds")
	b.valueType(11, "cpu", "nanoseconds")
	b.out.number(12, period)
	for _, g := range grouped(stacks) {
		var labels []label
		if g.labels != nil {
			labels = g.labels.list
		}
		b.sample(g.pcs, true, []int64{g.count, g.count * period}, labels)
	}
	b.finish(w, began, time.Since(began))
}

// StopCPUProfile ends the profile and returns after it was written.
func StopCPUProfile() {
	cpu.Lock()
	defer cpu.Unlock()
	if !cpu.on {
		return
	}
	cpu.on = false
	runtime.SetCPUProfileRate(0)
	close(cpu.stop)
	<-cpu.done
	inUse.Lock()
	inUse.profiling = false
	inUse.kept = nil
	inUse.Unlock()
}
