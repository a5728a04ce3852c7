package iter

import "runtime"

// coro is a coroutine: a goroutine that runs only while the one that calls next or stop waits for it. The first word is the
// runtime's.
type coro struct {
	g uintptr
}

// newcoro makes a coroutine that will run f when it is switched to the first time.
func newcoro(c *coro, f func())

// coroswitch lets the other side go on, and comes back when that switches or ends.
func coroswitch(c *coro)

// coroexit ends the coroutine; the other side goes on.
func coroexit(c *coro)

// puller is what the two sides share. They never run at the same time.
type puller[T any] struct {
	coro coro
	done bool // the iterator has returned, or is to
	// Between a call of next and the call of yield that answers it.
	waiting bool
	value   T
	have    bool
	// The iterator panicked, or called Goexit: the caller goes on with that.
	panicked any
	failed   bool
	goexit   bool
}

func (p *puller[T]) start(iterate func(yield func(T) bool)) {
	newcoro(&p.coro, func() {
		returned := false
		defer func() {
			if !returned {
				// recover gives nil if this is runtime.Goexit.
				if r := recover(); r != nil {
					p.panicked, p.failed = r, true
				} else {
					p.goexit = true
				}
			}
			p.done = true
			coroexit(&p.coro)
		}()
		if !p.done {
			iterate(p.yield)
		}
		returned = true
	})
}

func (p *puller[T]) yield(v T) bool {
	if p.done {
		return false
	}
	if !p.waiting {
		panic("iter.Pull: yield called again before next")
	}
	p.waiting = false
	p.value, p.have = v, true
	coroswitch(&p.coro)
	return !p.done
}

// run lets the iterator run until it yields or ends.
func (p *puller[T]) run() {
	coroswitch(&p.coro)
	if p.failed {
		v := p.panicked
		p.panicked, p.failed = nil, false
		panic(v)
	}
	if p.goexit {
		p.goexit = false
		runtime.Goexit()
	}
}

func (p *puller[T]) next() (v T, ok bool) {
	if p.done {
		return v, false
	}
	if p.waiting {
		panic("iter.Pull: next called again before yield")
	}
	p.waiting = true
	p.run()
	var zero T
	v, ok = p.value, p.have
	p.value, p.have = zero, false
	return v, ok
}

func (p *puller[T]) stop() {
	if !p.done {
		p.done = true
		p.run()
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
	p := new(puller[V])
	p.start(seq)
	return p.next, p.stop
}

type pair[K, V any] struct {
	k K
	v V
}

// Pull2 is [Pull] for pairs.
func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	p := new(puller[pair[K, V]])
	p.start(func(yield func(pair[K, V]) bool) {
		seq(func(k K, v V) bool { return yield(pair[K, V]{k, v}) })
	})
	next = func() (K, V, bool) {
		kv, ok := p.next()
		return kv.k, kv.v, ok
	}
	return next, p.stop
}
