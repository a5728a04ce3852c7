package sync

import (
	"sync/atomic"
	"unsafe"
)

// A Cond lets goroutines wait for an event that others announce. L is held when waiting begins and when it ends.
type Cond struct {
	noCopy noCopy
	L      Locker
	notify notifyList
	self   unsafe.Pointer // address of the Cond at first use, to find copies
}

// NewCond makes a Cond with the lock l.
func NewCond(l Locker) *Cond { return &Cond{L: l} }

func (c *Cond) checkCopy() {
	self := unsafe.Pointer(c)
	if atomic.LoadPointer(&c.self) == self || atomic.CompareAndSwapPointer(&c.self, nil, self) || atomic.LoadPointer(&c.self) == self {
		return
	}
	panic("sync.Cond is copied")
}

// Wait unlocks c.L, waits for Signal or Broadcast, and locks c.L again. The condition may not hold any more
// then, so Wait belongs in a loop.
func (c *Cond) Wait() {
	c.checkCopy()
	ticket := runtime_notifyListAdd(&c.notify)
	c.L.Unlock()
	runtime_notifyListWait(&c.notify, ticket)
	c.L.Lock()
}

// Signal wakes the goroutine that has waited longest, if there is one.
func (c *Cond) Signal() {
	c.checkCopy()
	runtime_notifyListNotifyOne(&c.notify)
}

// Broadcast wakes all goroutines that wait.
func (c *Cond) Broadcast() {
	c.checkCopy()
	runtime_notifyListNotifyAll(&c.notify)
}
