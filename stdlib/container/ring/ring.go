// Package ring is a circular list.
package ring

// Ring is an element of a circular list, and stands for the whole list; an
// empty ring is a nil pointer.  The zero value is a ring of one element.
type Ring struct {
	next, prev *Ring
	Value      any // for the user
}

func (r *Ring) ready() *Ring {
	if r.next == nil {
		r.next, r.prev = r, r
	}
	return r
}

// New returns a ring of n elements.
func New(n int) *Ring {
	if n <= 0 {
		return nil
	}
	r := new(Ring).ready()
	for range n - 1 {
		e := &Ring{prev: r.prev, next: r}
		r.prev.next = e
		r.prev = e
	}
	return r
}

// Next returns the next element.  r must not be empty.
func (r *Ring) Next() *Ring { return r.ready().next }

// Prev returns the previous element.  r must not be empty.
func (r *Ring) Prev() *Ring { return r.ready().prev }

// Move returns the element n places on, or back if n is negative.  r must not
// be empty.
func (r *Ring) Move(n int) *Ring {
	r.ready()
	for ; n < 0; n++ {
		r = r.prev
	}
	for ; n > 0; n-- {
		r = r.next
	}
	return r
}

// Link puts s after r and returns what was after r.  If they are in one ring,
// this removes the elements between them, which are then a ring of their own, the
// result; if in different ones, it joins those.  r must not be empty.
func (r *Ring) Link(s *Ring) *Ring {
	after := r.Next()
	if s != nil {
		last := s.Prev()
		r.next, s.prev = s, r
		after.prev, last.next = last, after
	}
	return after
}

// Unlink removes n elements after r, counting round, and returns them as a
// ring.  r must not be empty.
func (r *Ring) Unlink(n int) *Ring {
	if n <= 0 {
		return nil
	}
	return r.Link(r.Move(n + 1))
}

// Len returns the number of elements, by counting.
func (r *Ring) Len() int {
	if r == nil {
		return 0
	}
	n := 1
	for e := r.Next(); e != r; e = e.next {
		n++
	}
	return n
}

// Do calls f for each value, in order.  f must not change the ring.
func (r *Ring) Do(f func(any)) {
	if r == nil {
		return
	}
	f(r.Value)
	for e := r.Next(); e != r; e = e.next {
		f(e.Value)
	}
}
