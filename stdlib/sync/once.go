package sync

import "sync/atomic"

// A Once does something once. The zero value has done nothing.
type Once struct {
	_    noCopy
	done atomic.Bool
	m    Mutex
}

// Do calls f if it is the first call of Do for o. Calls that come while f runs wait for its end. If f panics it
// counts as done.
func (o *Once) Do(f func()) {
	if !o.done.Load() {
		o.doSlow(f)
	}
}

func (o *Once) doSlow(f func()) {
	o.m.Lock()
	defer o.m.Unlock()
	if !o.done.Load() {
		defer o.done.Store(true)
		f()
	}
}

// onceCall is a function that is called once, and whose panic is repeated for later callers.
type onceCall struct {
	once     Once
	returned bool
	panicked any
}

func (c *onceCall) do(f func()) {
	c.once.Do(func() {
		defer func() {
			if !c.returned {
				// The first caller gets the panic with its own stack.
				c.panicked = recover()
				panic(c.panicked)
			}
		}()
		f()
		c.returned = true
	})
	if !c.returned {
		panic(c.panicked)
	}
}

// OnceFunc gives a function that calls f at its first call only. If f panics, every call panics with that value.
func OnceFunc(f func()) func() {
	c := new(onceCall)
	run := func() {
		f()
		f = nil // may be collected
	}
	return func() { c.do(run) }
}

// OnceValue gives a function that calls f at its first call and gives f's result always.
func OnceValue[T any](f func() T) func() T {
	var (
		c      onceCall
		result T
	)
	run := func() {
		result = f()
		f = nil
	}
	return func() T {
		c.do(run)
		return result
	}
}

// OnceValues gives a function that calls f at its first call and gives f's results always.
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	var (
		c  onceCall
		r1 T1
		r2 T2
	)
	run := func() {
		r1, r2 = f()
		f = nil
	}
	return func() (T1, T2) {
		c.do(run)
		return r1, r2
	}
}
