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

// onceCall is what is known of a function that is called once: how it ended. A panic is repeated for later callers.
type onceCall struct {
	once     Once
	returned bool
	panicked any
}

// end is deferred around the call.
func (c *onceCall) end() {
	if !c.returned {
		// The first caller gets the panic with its own stack.
		c.panicked = recover()
		panic(c.panicked)
	}
}

// check is called after the call, by the first caller and all others.
func (c *onceCall) check() {
	if !c.returned {
		panic(c.panicked)
	}
}

// In what follows f is forgotten before it is called, so that it may be collected, also if it panics. The functions that
// are returned allocate nothing.

type onceFunc struct {
	onceCall
	f func()
}

func (o *onceFunc) call() {
	defer o.end()
	f := o.f
	o.f = nil
	f()
	o.returned = true
}

// OnceFunc gives a function that calls f at its first call only. If f panics, every call panics with that value.
func OnceFunc(f func()) func() {
	o := &onceFunc{f: f}
	return func() {
		if !o.once.done.Load() {
			o.once.doSlow(o.call)
		}
		o.check()
	}
}

type onceValue[T any] struct {
	onceCall
	f      func() T
	result T
}

func (o *onceValue[T]) call() {
	defer o.end()
	f := o.f
	o.f = nil
	o.result = f()
	o.returned = true
}

// OnceValue gives a function that calls f at its first call and gives f's result always.
func OnceValue[T any](f func() T) func() T {
	o := &onceValue[T]{f: f}
	return func() T {
		if !o.once.done.Load() {
			o.once.doSlow(o.call)
		}
		o.check()
		return o.result
	}
}

type onceValues[T1, T2 any] struct {
	onceCall
	f  func() (T1, T2)
	r1 T1
	r2 T2
}

func (o *onceValues[T1, T2]) call() {
	defer o.end()
	f := o.f
	o.f = nil
	o.r1, o.r2 = f()
	o.returned = true
}

// OnceValues gives a function that calls f at its first call and gives f's results always.
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	o := &onceValues[T1, T2]{f: f}
	return func() (T1, T2) {
		if !o.once.done.Load() {
			o.once.doSlow(o.call)
		}
		o.check()
		return o.r1, o.r2
	}
}
