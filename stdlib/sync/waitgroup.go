package sync

import "sync/atomic"

// A WaitGroup counts tasks; Wait waits until there are none. The zero value counts none.
type WaitGroup struct {
	noCopy noCopy
	state  atomic.Uint64 // high 32 bits: tasks; low 32 bits: goroutines in Wait
	sema   uint32
}

// Add adds delta, which may be negative, to the number of tasks. It panics if the number becomes negative.
func (wg *WaitGroup) Add(delta int) {
	state := wg.state.Add(uint64(delta) << 32)
	tasks, waiters := int32(state>>32), uint32(state)
	if tasks < 0 {
		panic("sync: negative WaitGroup counter")
	}
	if waiters != 0 && delta > 0 && tasks == int32(delta) {
		panic("sync: WaitGroup misuse: Add called concurrently with Wait")
	}
	if tasks > 0 || waiters == 0 {
		return
	}
	// The last task is done and nobody may change the state now: Add would be concurrent with Wait, and Wait
	// adds no waiter when there are no tasks.
	if wg.state.Load() != state {
		panic("sync: WaitGroup misuse: Add called concurrently with Wait")
	}
	wg.state.Store(0)
	for ; waiters > 0; waiters-- {
		runtime_Semrelease(&wg.sema, false)
	}
}

// Done counts one task less.
func (wg *WaitGroup) Done() { wg.Add(-1) }

// Wait waits until there are no tasks.
func (wg *WaitGroup) Wait() {
	for {
		state := wg.state.Load()
		if state>>32 == 0 {
			return
		}
		if wg.state.CompareAndSwap(state, state+1) {
			runtime_SemacquireWaitGroup(&wg.sema)
			if wg.state.Load() != 0 {
				panic("sync: WaitGroup is reused before previous Wait has returned")
			}
			return
		}
	}
}

// Go runs f as a task on a new goroutine. f must not panic.
func (wg *WaitGroup) Go(f func()) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		f()
	}()
}
