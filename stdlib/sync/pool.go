package sync

import "sync/atomic"

// A Pool keeps objects for reuse. Objects that two collections did not see used are dropped. It may be used by
// several goroutines; the zero value is empty.
//
// Every P has a shelf of its own, so that goroutines on different Ps do not meet. A shelf has a lock, which is
// hardly ever contended: only a goroutine that was moved to another P, or one that looks for objects
// elsewhere, finds it taken.
type Pool struct {
	noCopy noCopy

	shelves atomic.Pointer[[]shelf] // in use
	victims atomic.Pointer[[]shelf] // in use before the last collection, only taken from
	listed  atomic.Bool             // is in the list of pools to clean
	next    *Pool                   // in that list

	// New makes an object when the pool has none; it may be nil.
	New func() any
}

type shelf struct {
	mu    Mutex
	items []any
	_     [128 - 8 - 24]byte // a cache line pair of its own
}

// pools is the list of pools that have shelves.
var pools atomic.Pointer[Pool]

func init() { runtime_registerPoolCleanup(cleanPools) }

func (p *Pool) list() {
	if p.listed.Load() || !p.listed.CompareAndSwap(false, true) {
		return
	}
	for {
		p.next = pools.Load()
		if pools.CompareAndSwap(p.next, p) {
			return
		}
	}
}

// cleanPools ages all pools: what is in use becomes the victim, the old victim is dropped. The runtime calls it
// before each collection, on an ordinary goroutine.
func cleanPools() {
	p := pools.Swap(nil)
	for p != nil {
		next := p.next
		p.next = nil
		old := p.shelves.Swap(nil)
		p.victims.Store(old)
		p.listed.Store(false)
		if old != nil || p.shelves.Load() != nil {
			p.list()
		}
		p = next
	}
}

// own gives the shelf of the current P, and all shelves. make tells whether to make them if there are none.
func (p *Pool) own(make bool) (*shelf, []shelf) {
	id := runtime_procPin()
	runtime_procUnpin()
	all := p.shelves.Load()
	if all == nil || id >= len(*all) {
		if !make {
			return nil, nil
		}
		all = p.grow(id, all)
	}
	return &(*all)[id], *all
}

// grow replaces the shelves so that there is one for P number id. Objects on the old ones are dropped.
func (p *Pool) grow(id int, old *[]shelf) *[]shelf {
	n := 1
	for n <= id {
		n *= 2
	}
	fresh := make([]shelf, n)
	if !p.shelves.CompareAndSwap(old, &fresh) {
		if now := p.shelves.Load(); now != nil && id < len(*now) {
			return now
		}
		p.shelves.Store(&fresh)
	}
	p.list()
	return &fresh
}

// Put adds x to the pool.
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	s, _ := p.own(true)
	s.mu.Lock()
	s.items = append(s.items, x)
	s.mu.Unlock()
}

func (s *shelf) take() (x any) {
	if !s.mu.TryLock() {
		return nil
	}
	if n := len(s.items); n > 0 {
		x = s.items[n-1]
		s.items[n-1] = nil
		s.items = s.items[:n-1]
	}
	s.mu.Unlock()
	return x
}

// Get takes an object out of the pool, any one, or makes one with New. It gives nil if there is none and no New.
func (p *Pool) Get() any {
	s, all := p.own(false)
	if s != nil {
		if x := s.take(); x != nil {
			return x
		}
		for i := range all {
			if x := all[i].take(); x != nil {
				return x
			}
		}
	}
	if old := p.victims.Load(); old != nil {
		for i := range *old {
			if x := (*old)[i].take(); x != nil {
				return x
			}
		}
		p.victims.CompareAndSwap(old, nil)
	}
	if p.New != nil {
		return p.New()
	}
	return nil
}
