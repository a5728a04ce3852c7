package sync

import (
	"internal/abi"
	"sync/atomic"
	"unsafe"
)

// Map is a map[any]any for concurrent use. The zero value is empty.
//
// Keys are spread over parts by their hash, each an ordinary map under a lock of its own: goroutines that work
// with different keys seldom meet, and a key is always in one place, so every operation on it is atomic.
type Map struct {
	_     noCopy
	parts atomic.Pointer[[mapParts]mapPart]
}

// A power of two. Sixteen keeps an empty Map's table at a page's quarter and lets as many writers in at a time as
// common machines have CPUs.
const mapParts = 16

type mapPart struct {
	mu RWMutex
	m  map[any]any
}

// part gives the part for key; nil if the Map is empty and create is false.
func (m *Map) part(key any, create bool) *mapPart {
	parts := m.parts.Load()
	if parts == nil {
		if !create {
			return nil
		}
		parts = new([mapParts]mapPart)
		if !m.parts.CompareAndSwap(nil, parts) {
			parts = m.parts.Load()
		}
	}
	hash := typehash(abi.TypeFor[any](), unsafe.Pointer(&key), 0x9e3779b97f4a7c15>>1)
	return &parts[(hash^hash>>32)%mapParts]
}

// Load gives the value of key.
func (m *Map) Load(key any) (value any, ok bool) {
	p := m.part(key, false)
	if p == nil {
		return nil, false
	}
	p.mu.RLock()
	value, ok = p.m[key]
	p.mu.RUnlock()
	return value, ok
}

// Store sets the value of key.
func (m *Map) Store(key, value any) {
	m.Swap(key, value)
}

// Swap sets the value of key and gives the former one.
func (m *Map) Swap(key, value any) (previous any, loaded bool) {
	p := m.part(key, true)
	p.mu.Lock()
	defer p.mu.Unlock()
	previous, loaded = p.m[key]
	p.set(key, value)
	return previous, loaded
}

func (p *mapPart) set(key, value any) {
	if p.m == nil {
		p.m = make(map[any]any)
	}
	p.m[key] = value
}

// LoadOrStore gives the value of key if there is one; else it sets it.
func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	if actual, loaded = m.Load(key); loaded {
		return actual, true
	}
	p := m.part(key, true)
	p.mu.Lock()
	defer p.mu.Unlock()
	if actual, loaded = p.m[key]; loaded {
		return actual, true
	}
	p.set(key, value)
	return value, false
}

// LoadAndDelete removes key and gives the value that it had.
func (m *Map) LoadAndDelete(key any) (value any, loaded bool) {
	p := m.part(key, false)
	if p == nil {
		return nil, false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	value, loaded = p.m[key]
	delete(p.m, key)
	return value, loaded
}

// Delete removes key.
func (m *Map) Delete(key any) {
	m.LoadAndDelete(key)
}

// CompareAndSwap sets the value of key to new if it is old, which must be comparable.
func (m *Map) CompareAndSwap(key, old, new any) (swapped bool) {
	p := m.part(key, false)
	if p == nil {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if value, ok := p.m[key]; !ok || value != old {
		return false
	}
	p.m[key] = new
	return true
}

// CompareAndDelete removes key if its value is old, which must be comparable.
func (m *Map) CompareAndDelete(key, old any) (deleted bool) {
	p := m.part(key, false)
	if p == nil {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if value, ok := p.m[key]; !ok || value != old {
		return false
	}
	delete(p.m, key)
	return true
}

// Clear removes all keys.
func (m *Map) Clear() {
	parts := m.parts.Load()
	if parts == nil {
		return
	}
	for i := range parts {
		p := &parts[i]
		p.mu.Lock()
		clear(p.m)
		p.mu.Unlock()
	}
}

// Range calls f for the entries until it gives false. No key is visited twice; what is stored or deleted
// meanwhile may be seen or not. f may use the Map.
func (m *Map) Range(f func(key, value any) bool) {
	parts := m.parts.Load()
	if parts == nil {
		return
	}
	var keys []any
	for i := range parts {
		p := &parts[i]
		keys = keys[:0]
		p.mu.RLock()
		for key := range p.m {
			keys = append(keys, key)
		}
		p.mu.RUnlock()
		for _, key := range keys {
			p.mu.RLock()
			value, ok := p.m[key]
			p.mu.RUnlock()
			if ok && !f(key, value) {
				return
			}
		}
	}
}
