package pprof

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unsafe"
)

type label struct{ key, value string }

// LabelSet is a set of labels.
type LabelSet struct {
	list []label // sorted by key, no key twice
}

// labelMap is what a goroutine, or a context, has.
type labelMap struct {
	LabelSet
}

func (m *labelMap) String() string {
	if m == nil {
		return ""
	}
	parts := make([]string, len(m.list))
	for i, l := range m.list {
		parts[i] = strconv.Quote(l.key) + ":" + strconv.Quote(l.value)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

type labelKey struct{}

func labelsOf(ctx context.Context) *labelMap {
	m, _ := ctx.Value(labelKey{}).(*labelMap)
	return m
}

// merge gives a with b's labels added; b wins.
func merge(a, b []label) []label {
	out := slices.Clone(a)
	for _, l := range b {
		i, found := slices.BinarySearchFunc(out, l, func(x, y label) int { return strings.Compare(x.key, y.key) })
		if found {
			out[i] = l
		} else {
			out = slices.Insert(out, i, l)
		}
	}
	return out
}

// Labels makes a set of keys and values in turn.
func Labels(args ...string) LabelSet {
	if len(args)%2 != 0 {
		panic("uneven number of arguments to pprof.Labels")
	}
	list := make([]label, 0, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		list = merge(list, []label{{args[i], args[i+1]}})
	}
	return LabelSet{list}
}

// WithLabels gives a context with labels added.
func WithLabels(ctx context.Context, labels LabelSet) context.Context {
	var old []label
	if m := labelsOf(ctx); m != nil {
		old = m.list
	}
	return context.WithValue(ctx, labelKey{}, &labelMap{LabelSet{merge(old, labels.list)}})
}

// Label gives the value of a label of the context.
func Label(ctx context.Context, key string) (string, bool) {
	if m := labelsOf(ctx); m != nil {
		for _, l := range m.list {
			if l.key == key {
				return l.value, true
			}
		}
	}
	return "", false
}

// ForLabels calls f for the labels of the context until it gives false.
func ForLabels(ctx context.Context, f func(key, value string) bool) {
	if m := labelsOf(ctx); m != nil {
		for _, l := range m.list {
			if !f(l.key, l.value) {
				return
			}
		}
	}
}

// The labels of the current goroutine; goroutines that it starts inherit them. Provided by the runtime.
func setLabels(p unsafe.Pointer)
func labels() unsafe.Pointer

// Samples of CPU profiles hold labels by address where the collector does not look: they are kept as long as a profile is made.
var inUse struct {
	sync.Mutex
	profiling bool
	kept      []*labelMap
}

func keep(m *labelMap) {
	inUse.Lock()
	defer inUse.Unlock()
	if inUse.profiling && m != nil {
		inUse.kept = append(inUse.kept, m)
	}
}

// SetGoroutineLabels gives the goroutine the labels of ctx.
func SetGoroutineLabels(ctx context.Context) {
	m := labelsOf(ctx)
	keep(m)
	setLabels(unsafe.Pointer(m))
}

// Do calls f with labels added to ctx and to the goroutine.
func Do(ctx context.Context, labels LabelSet, f func(context.Context)) {
	defer SetGoroutineLabels(ctx)
	ctx = WithLabels(ctx, labels)
	SetGoroutineLabels(ctx)
	f(ctx)
}
