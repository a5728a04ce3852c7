package poll

import "sync/atomic"

// fdMutex guards a descriptor: one reader and one writer at a time, any number of other users, and a close that waits for
// them. The descriptor is closed by the last who gives up its reference after close was asked for.
//
//	state   bit 0       closed
//	        bit 1, 2    locked for reading, for writing
//	        bits 3–22   references: each user, lock holders included, has one
//	        bits 23–42  goroutines that wait for the read lock
//	        bits 43–62  ... for the write lock
type fdMutex struct {
	state atomic.Uint64
	rsema uint32
	wsema uint32
}

const (
	mutexClosed uint64 = 1 << 0
	mutexRLock  uint64 = 1 << 1
	mutexWLock  uint64 = 1 << 2
	mutexRef    uint64 = 1 << 3
	mutexRWait  uint64 = 1 << 23
	mutexWWait  uint64 = 1 << 43

	fieldMask          = 1<<20 - 1
	mutexRefs   uint64 = fieldMask * mutexRef
	mutexRWaits uint64 = fieldMask * mutexRWait
	mutexWWaits uint64 = fieldMask * mutexWWait
)

// Provided by the runtime: a semaphore on *sema.
func runtime_Semacquire(sema *uint32)
func runtime_Semrelease(sema *uint32)

const tooMany = "too many concurrent operations on a single file or socket (max 1048575)"

// incref takes a reference; false after close.
func (m *fdMutex) incref() bool {
	for {
		old := m.state.Load()
		if old&mutexClosed != 0 {
			return false
		}
		if old&mutexRefs == mutexRefs {
			panic(tooMany)
		}
		if m.state.CompareAndSwap(old, old+mutexRef) {
			return true
		}
	}
}

// close takes a reference, forbids new ones and wakes those who wait for the locks; false if it was closed before.
func (m *fdMutex) close() bool {
	for {
		old := m.state.Load()
		if old&mutexClosed != 0 {
			return false
		}
		if old&mutexRefs == mutexRefs {
			panic(tooMany)
		}
		if !m.state.CompareAndSwap(old, ((old|mutexClosed)+mutexRef)&^(mutexRWaits|mutexWWaits)) {
			continue
		}
		for n := old & mutexRWaits / mutexRWait; n > 0; n-- {
			runtime_Semrelease(&m.rsema)
		}
		for n := old & mutexWWaits / mutexWWait; n > 0; n-- {
			runtime_Semrelease(&m.wsema)
		}
		return true
	}
}

// decref gives a reference back; true if the descriptor is to be closed now.
func (m *fdMutex) decref() bool {
	for {
		old := m.state.Load()
		if old&mutexRefs == 0 {
			panic("inconsistent poll.fdMutex")
		}
		if m.state.CompareAndSwap(old, old-mutexRef) {
			return (old-mutexRef)&(mutexClosed|mutexRefs) == mutexClosed
		}
	}
}

// lock takes a reference and the lock for reading or for writing; false after close.
func (m *fdMutex) lock(read bool) bool {
	bit, wait, waits, sema := mutexRLock, mutexRWait, mutexRWaits, &m.rsema
	if !read {
		bit, wait, waits, sema = mutexWLock, mutexWWait, mutexWWaits, &m.wsema
	}
	for {
		old := m.state.Load()
		if old&mutexClosed != 0 {
			return false
		}
		if old&bit == 0 {
			if old&mutexRefs == mutexRefs {
				panic(tooMany)
			}
			if m.state.CompareAndSwap(old, (old|bit)+mutexRef) {
				return true
			}
			continue
		}
		if old&waits == waits {
			panic(tooMany)
		}
		if m.state.CompareAndSwap(old, old+wait) {
			// Who unlocks, or closes, takes our count away and wakes us.
			runtime_Semacquire(sema)
		}
	}
}

// unlock gives back the lock and its reference; true if the descriptor is to be closed now.
func (m *fdMutex) unlock(read bool) bool {
	bit, wait, waits, sema := mutexRLock, mutexRWait, mutexRWaits, &m.rsema
	if !read {
		bit, wait, waits, sema = mutexWLock, mutexWWait, mutexWWaits, &m.wsema
	}
	for {
		old := m.state.Load()
		if old&bit == 0 || old&mutexRefs == 0 {
			panic("inconsistent poll.fdMutex")
		}
		now := (old &^ bit) - mutexRef
		if old&waits != 0 {
			now -= wait
		}
		if m.state.CompareAndSwap(old, now) {
			if old&waits != 0 {
				runtime_Semrelease(sema)
			}
			return now&(mutexClosed|mutexRefs) == mutexClosed
		}
	}
}
