// Package weak has pointers that do not keep what they point to.
package weak

import (
	"runtime"
	"sync"
	"unsafe"
)

// Pointer refers to a value of type T without keeping it alive. Two of them are equal if the pointers they were made of are,
// also after the value is gone. The zero Pointer is that of nil.
type Pointer[T any] struct {
	_ [0]*T // not convertible to another Pointer
	// The runtime's word for the object, cleared when the object is found unreachable; the same word for the same object.
	handle unsafe.Pointer
	// Of the pointer in its object.
	offset uintptr
}

// runtime_registerWeakPointer gives the word of the object that p points into; nil if p is not in the heap.
func runtime_registerWeakPointer(p unsafe.Pointer) unsafe.Pointer

// runtime_makeStrongFromWeak gives the object of a word, nil if it is gone.
func runtime_makeStrongFromWeak(handle unsafe.Pointer) unsafe.Pointer

// Variables of the program never go away: their words are made here.
var static struct {
	mu    sync.Mutex
	words map[unsafe.Pointer]*unsafe.Pointer
}

func staticWord(p unsafe.Pointer) unsafe.Pointer {
	static.mu.Lock()
	defer static.mu.Unlock()
	w := static.words[p]
	if w == nil {
		w = new(unsafe.Pointer)
		*w = p
		if static.words == nil {
			static.words = make(map[unsafe.Pointer]*unsafe.Pointer)
		}
		static.words[p] = w
	}
	return unsafe.Pointer(w)
}

// Make gives a weak pointer of ptr.
func Make[T any](ptr *T) Pointer[T] {
	p := unsafe.Pointer(ptr)
	var w Pointer[T]
	if p != nil {
		if w.handle = runtime_registerWeakPointer(p); w.handle == nil {
			w.handle = staticWord(p)
		} else {
			w.offset = uintptr(p) - uintptr(runtime_makeStrongFromWeak(w.handle))
		}
	}
	runtime.KeepAlive(ptr)
	return w
}

// Value gives the pointer that p was made of, or nil if the value is gone. A value with a finalizer is gone when the finalizer is
// queued.
func (p Pointer[T]) Value() *T {
	if p.handle == nil {
		return nil
	}
	start := runtime_makeStrongFromWeak(p.handle)
	if start == nil {
		return nil
	}
	return (*T)(unsafe.Add(start, p.offset))
}
