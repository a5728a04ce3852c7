// Package sync gives locks and other ways for goroutines to wait for each other. Waiting itself is done by the
// runtime's semaphores; the fast paths are atomic operations here.
package sync

import "sync/atomic"

// A Locker can be locked and unlocked.
type Locker interface {
	Lock()
	Unlock()
}

// noCopy marks types that must not be copied after first use, for tools that look for its Lock method.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// A Mutex is a mutual exclusion lock. The zero value is unlocked.
//
// state: bit 0 locked; bit 1 a waiter is awake (set by the waiter itself or by the Unlock that wakes one, so that
// at most one waiter competes with newcomers); bit 2 starving; the rest counts the waiters.
//
// Newcomers may overtake waiters, which is fast. A waiter that has waited longer than starveAfter sets starving:
// then Unlock hands the lock to the first waiter and newcomers queue, until a waiter finds that it was the last
// one or had not waited long.
type Mutex struct {
	state int32
	sema  uint32
}

const (
	mutexLocked = 1 << iota
	mutexAwake
	mutexStarving
	mutexWaiter // one waiter

	// Long enough that a lock held briefly by many never gets there, short against what a user notices.
	starveAfter = 1e6 // ns
)

// Lock locks m; it waits until m is free.
func (m *Mutex) Lock() {
	if !atomic.CompareAndSwapInt32(&m.state, 0, mutexLocked) {
		m.lockSlow()
	}
}

// TryLock locks m if that is possible at once.
func (m *Mutex) TryLock() bool {
	old := atomic.LoadInt32(&m.state)
	return old&(mutexLocked|mutexStarving) == 0 && atomic.CompareAndSwapInt32(&m.state, old, old|mutexLocked)
}

func (m *Mutex) lockSlow() {
	var waitingSince int64 // 0: did not wait yet
	awake := false         // this goroutine owns the awake bit
	starving := false
	for spins := 0; ; {
		old := atomic.LoadInt32(&m.state)
		if old&(mutexLocked|mutexStarving) == mutexLocked && runtime_canSpin(spins) {
			// The holder runs and will be done soon. Tell Unlock not to wake anybody else.
			if !awake && old&mutexAwake == 0 && old/mutexWaiter != 0 {
				awake = atomic.CompareAndSwapInt32(&m.state, old, old|mutexAwake)
			}
			runtime_doSpin()
			spins++
			continue
		}
		next := old
		if old&mutexStarving == 0 {
			next |= mutexLocked
		}
		if old&(mutexLocked|mutexStarving) != 0 {
			next += mutexWaiter
		}
		if starving && old&mutexLocked != 0 {
			next |= mutexStarving
		}
		if awake {
			next &^= mutexAwake
		}
		if !atomic.CompareAndSwapInt32(&m.state, old, next) {
			continue
		}
		if old&(mutexLocked|mutexStarving) == 0 {
			return
		}
		// Those who waited before go to the front of the queue.
		queueFirst := waitingSince != 0
		if !queueFirst {
			waitingSince = runtime_nanotime()
		}
		runtime_SemacquireMutex(&m.sema, queueFirst)
		starving = starving || runtime_nanotime()-waitingSince > starveAfter
		old = atomic.LoadInt32(&m.state)
		if old&mutexStarving != 0 {
			// Handed over by Unlock: not locked, not awake, this goroutine still counted as a waiter.
			delta := int32(mutexLocked - mutexWaiter)
			if !starving || old/mutexWaiter == 1 {
				delta -= mutexStarving
			}
			atomic.AddInt32(&m.state, delta)
			return
		}
		awake = true
		spins = 0
	}
}

// Unlock unlocks m. Any goroutine may do that, not only the one that locked it. It is a fatal error if m is not
// locked.
func (m *Mutex) Unlock() {
	if next := atomic.AddInt32(&m.state, -mutexLocked); next != 0 {
		m.unlockSlow(next)
	}
}

func (m *Mutex) unlockSlow(state int32) {
	if (state+mutexLocked)&mutexLocked == 0 {
		fatal("sync: unlock of unlocked mutex")
	}
	if state&mutexStarving != 0 {
		runtime_Semrelease(&m.sema, true)
		return
	}
	for {
		// Nobody to wake, or somebody is up already and will see to it.
		if state/mutexWaiter == 0 || state&(mutexLocked|mutexAwake|mutexStarving) != 0 {
			return
		}
		if atomic.CompareAndSwapInt32(&m.state, state, state-mutexWaiter|mutexAwake) {
			runtime_Semrelease(&m.sema, false)
			return
		}
		state = atomic.LoadInt32(&m.state)
	}
}
