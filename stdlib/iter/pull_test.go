package iter_test

import (
	"iter"
	"testing"
)

func count(n int, left *bool) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer func() { *left = true }()
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func TestPull(t *testing.T) {
	var left bool
	next, stop := iter.Pull(count(3, &left))
	for i := range 3 {
		if v, ok := next(); v != i || !ok {
			t.Fatal(v, ok)
		}
	}
	if v, ok := next(); v != 0 || ok || !left {
		t.Fatal(v, ok, left)
	}
	next()
	stop()

	left = false
	next, stop = iter.Pull(count(3, &left))
	next()
	stop()
	if !left {
		t.Error("stop did not end the iteration")
	}
	if _, ok := next(); ok {
		t.Error("a value after stop")
	}

	left = false
	_, stop = iter.Pull(count(3, &left))
	stop()
	if left {
		t.Error("the iteration began")
	}
}

func TestPullPanics(t *testing.T) {
	next, _ := iter.Pull2(func(yield func(int, string) bool) {
		yield(1, "a")
		panic("inside")
	})
	if k, v, ok := next(); k != 1 || v != "a" || !ok {
		t.Fatal(k, v, ok)
	}
	func() {
		defer func() {
			if e := recover(); e != "inside" {
				t.Error(e)
			}
		}()
		next()
	}()
	if _, _, ok := next(); ok {
		t.Error("a value after a panic")
	}
}
