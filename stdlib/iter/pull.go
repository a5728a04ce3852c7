package iter

import "runtime"

// pull runs an iterator in a goroutine of its own and lets it go on only while
// the puller waits, so that the two never run at the same time.  One channel
// hands over to the iterator, one back; what they share needs no lock.
type pull[T any] struct {
	resume  chan struct{} // unbuffered: puller to iterator
	yielded chan struct{} // unbuffered: iterator to puller

	value   T
	have    bool // value is an element
	done    bool // the iterator has returned, or is to
	waiting bool // next was called and yield was not yet

	panicked any
	goexit   bool
	started  bool
}

func newPull[T any]() *pull[T] {
	return &pull[T]{resume: make(chan struct{}), yielded: make(chan struct{})}
}

// run is the iterator's goroutine.
func (p *pull[T]) run(iterate func(yield func(T) bool)) {
	returned := false
	defer func() {
		if !returned {
			// recover gives nil if this is runtime.Goexit.
			if p.panicked = recover(); p.panicked == nil {
				p.goexit = true
			}
		}
		p.done = true
		p.yielded <- struct{}{}
	}()
	<-p.resume
	if !p.done {
		iterate(p.yield)
	}
	returned = true
}

func (p *pull[T]) yield(v T) bool {
	if p.done {
		return false
	}
	if !p.waiting {
		panic("iter.Pull: yield called again before next")
	}
	p.waiting = false
	p.value, p.have = v, true
	p.yielded <- struct{}{}
	<-p.resume
	return !p.done
}

// switchTo lets the iterator run until it yields or ends; a panic in it comes
// out here.
func (p *pull[T]) switchTo(iterate func(yield func(T) bool)) {
	if !p.started {
		p.started = true
		go p.run(iterate)
	}
	p.resume <- struct{}{}
	<-p.yielded
	switch {
	case p.goexit:
		p.goexit = false
		runtime.Goexit()
	case p.panicked != nil:
		v := p.panicked
		p.panicked = nil
		panic(v)
	}
}

func (p *pull[T]) next(iterate func(yield func(T) bool)) (v T, ok bool) {
	if p.done {
		return v, false
	}
	if p.waiting {
		panic("iter.Pull: next called again before yield")
	}
	p.waiting = true
	p.have = false
	p.switchTo(iterate)
	if p.have {
		v, ok = p.value, true
		var zero T
		p.value = zero
	}
	return v, ok
}

func (p *pull[T]) stop(iterate func(yield func(T) bool)) {
	if p.done {
		return
	}
	p.done = true
	if p.started {
		p.switchTo(iterate)
	}
}

// Pull turns seq into two functions.  next returns the next value, and false
// when there are no more.  stop ends the iteration: whoever does not call next until it
// returns false must call it.  It may be called more than once, and next after it
// returns false.
//
// A panic in seq comes out of the call of next or stop that ran it.  The two
// must not be called from several goroutines at once.
func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	p := newPull[V]()
	iterate := (func(func(V) bool))(seq)
	return func() (V, bool) { return p.next(iterate) }, func() { p.stop(iterate) }
}

type pair[K, V any] struct {
	k K
	v V
}

// Pull2 is [Pull] for pairs.
func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	p := newPull[pair[K, V]]()
	iterate := func(yield func(pair[K, V]) bool) {
		seq(func(k K, v V) bool { return yield(pair[K, V]{k, v}) })
	}
	next = func() (K, V, bool) {
		kv, ok := p.next(iterate)
		return kv.k, kv.v, ok
	}
	return next, func() { p.stop(iterate) }
}
