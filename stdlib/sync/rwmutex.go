package sync

import "sync/atomic"

// A RWMutex can be held by any number of readers or by one writer. The zero value is unlocked. A writer that
// waits keeps new readers out, so readers must not lock twice.
type RWMutex struct {
	w           Mutex        // held by the writer, from before it waits for readers
	writerSem   uint32       // the writer waits here for the readers that were before it
	readerSem   uint32       // readers wait here for the writer
	readerCount atomic.Int32 // readers, inside and waiting; maxReaders less while a writer is there
	readerWait  atomic.Int32 // readers that the writer waits for
}

const maxReaders = 1 << 30

// RLock locks rw for reading.
func (rw *RWMutex) RLock() {
	if rw.readerCount.Add(1) < 0 {
		runtime_SemacquireRWMutexR(&rw.readerSem, false)
	}
}

// TryRLock locks rw for reading if that is possible at once.
func (rw *RWMutex) TryRLock() bool {
	for {
		n := rw.readerCount.Load()
		if n < 0 {
			return false
		}
		if rw.readerCount.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// RUnlock undoes one RLock. It is a fatal error if rw is not locked for reading.
func (rw *RWMutex) RUnlock() {
	if n := rw.readerCount.Add(-1); n < 0 {
		if n == -1 || n == -1-maxReaders {
			fatal("sync: RUnlock of unlocked RWMutex")
		}
		// A writer waits; the last reader lets it in.
		if rw.readerWait.Add(-1) == 0 {
			runtime_Semrelease(&rw.writerSem, false)
		}
	}
}

// Lock locks rw for writing.
func (rw *RWMutex) Lock() {
	rw.w.Lock()
	readers := rw.readerCount.Add(-maxReaders) + maxReaders
	if readers != 0 && rw.readerWait.Add(readers) != 0 {
		runtime_SemacquireRWMutex(&rw.writerSem, false)
	}
}

// TryLock locks rw for writing if that is possible at once.
func (rw *RWMutex) TryLock() bool {
	if !rw.w.TryLock() {
		return false
	}
	if !rw.readerCount.CompareAndSwap(0, -maxReaders) {
		rw.w.Unlock()
		return false
	}
	return true
}

// Unlock undoes Lock. It is a fatal error if rw is not locked for writing.
func (rw *RWMutex) Unlock() {
	readers := rw.readerCount.Add(maxReaders)
	if readers >= maxReaders {
		fatal("sync: Unlock of unlocked RWMutex")
	}
	for ; readers > 0; readers-- {
		runtime_Semrelease(&rw.readerSem, false)
	}
	rw.w.Unlock()
}

// RLocker gives a Locker whose methods lock rw for reading.
func (rw *RWMutex) RLocker() Locker { return (*readLocker)(rw) }

type readLocker RWMutex

func (r *readLocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *readLocker) Unlock() { (*RWMutex)(r).RUnlock() }
