// run

package main

type Tree struct {
	Left, Right *Tree
	Key         int
	Val         string
}

func (t *Tree) Put(k int, v string) *Tree {
	if t == nil {
		return &Tree{Key: k, Val: v}
	}
	switch {
	case k < t.Key:
		t.Left = t.Left.Put(k, v)
	case k > t.Key:
		t.Right = t.Right.Put(k, v)
	default:
		t.Val = v
	}
	return t
}

func (t *Tree) Walk(f func(*Tree) bool) bool {
	return t == nil || t.Left.Walk(f) && f(t) && t.Right.Walk(f)
}

type Stack struct{ top *elem }
type elem struct {
	v    any
	next *elem
}

func (s *Stack) Push(v any) { s.top = &elem{v, s.top} }
func (s *Stack) Pop() (v any) {
	v, s.top = s.top.v, s.top.next
	return
}

func main() {
	var t *Tree
	x := uint32(12345)
	for i := 0; i < 1000; i++ {
		x = x*1664525 + 1013904223
		t = t.Put(int(x>>16)%500, string(rune('a'+i%26)))
	}
	n, last, ordered := 0, -1, true
	t.Walk(func(t *Tree) bool {
		ordered = ordered && t.Key > last
		last = t.Key
		n++
		return n < 300
	})
	println(n, ordered)
	var s Stack
	for i := 0; i < 5; i++ {
		s.Push(i)
		s.Push(string(rune('A' + i)))
	}
	for s.top != nil {
		switch v := s.Pop().(type) {
		case int:
			print(v, " ")
		case string:
			print(v, " ")
		}
	}
	println()
}
