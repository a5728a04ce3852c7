// Package unique makes equal values one: handles of equal values are equal, and comparing them costs as much as comparing pointers.
package unique

import (
	"internal/abi"
	"runtime"
	"strings"
	"sync"
	"weak"
)

// Handle stands for a value. Two handles are equal exactly if the values they were made of are.
type Handle[T comparable] struct {
	value *T
}

// Value gives a copy of the value.
func (h Handle[T]) Value() T { return *h.value }

// The canonical values of each type, by *abi.Type.
var tables sync.Map

// table holds the canonical copies weakly: one that no handle refers to goes away, and its entry after it.
type table[T comparable] struct {
	mu   sync.Mutex
	refs map[T]weak.Pointer[T]
}

func tableOf[T comparable]() *table[T] {
	var p *T
	typ := abi.TypeOf(p)
	if t, ok := tables.Load(typ); ok {
		return t.(*table[T])
	}
	t, _ := tables.LoadOrStore(typ, &table[T]{refs: make(map[T]weak.Pointer[T])})
	return t.(*table[T])
}

// Make gives the handle of value.
func Make[T comparable](value T) Handle[T] {
	t := tableOf[T]()
	t.mu.Lock()
	defer t.mu.Unlock()
	if w, ok := t.refs[value]; ok {
		if p := w.Value(); p != nil {
			return Handle[T]{p}
		}
	}
	// A string may be a part of a much larger one.
	if s, ok := any(value).(string); ok {
		value = any(strings.Clone(s)).(T)
	}
	// The box makes the canonical copy an object of its own, whatever the size of T.
	b := &box[T]{value: value}
	w := weak.Make(&b.value)
	// The old key may belong to what is gone.
	delete(t.refs, value)
	t.refs[value] = w
	runtime.AddCleanup(b, t.drop, value)
	return Handle[T]{&b.value}
}

type box[T any] struct {
	value T
	// Never an empty object, never one that shares its memory with others.
	_ *byte
}

// drop takes out the entry of a value whose canonical copy is gone, unless there is a new one.
func (t *table[T]) drop(value T) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if w, ok := t.refs[value]; ok && w.Value() == nil {
		delete(t.refs, value)
	}
}
