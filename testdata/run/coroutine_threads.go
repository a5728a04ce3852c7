// run

package main

import (
	"fmt"
	"iter"
	"runtime"
	"syscall"
)

func tids(yield func(int) bool) {
	for range 5 {
		runtime.Gosched()
		if !yield(syscall.Gettid()) {
			return
		}
	}
}

func main() {
	// The coroutine of a goroutine that is locked to its thread runs there too.
	done := make(chan bool)
	for range 4 {
		go func() {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			own := syscall.Gettid()
			same := true
			for range 3 {
				next, stop := iter.Pull(tids)
				for {
					tid, ok := next()
					if !ok {
						break
					}
					same = same && tid == own && syscall.Gettid() == own
				}
				stop()
			}
			next, stop := iter.Pull(tids)
			next()
			stop()
			done <- same && syscall.Gettid() == own
		}()
	}
	for range 4 {
		fmt.Println(<-done)
	}

	// Whoever calls next: each goroutine in turn.
	next, stop := iter.Pull(func(yield func(int) bool) {
		for i := 0; yield(i); i++ {
		}
	})
	values := make(chan int)
	for range 5 {
		go func() {
			v, _ := next()
			values <- v
		}()
		fmt.Println(<-values)
	}
	stop()

	// Many at once, with collections.
	sum := make(chan int)
	for n := range 8 {
		go func() {
			next, stop := iter.Pull(func(yield func([]int) bool) {
				for i := range 50 {
					if i%25 == 0 {
						runtime.GC()
					}
					if !yield(make([]int, i+n)) {
						return
					}
				}
			})
			defer stop()
			s := 0
			for {
				v, ok := next()
				if !ok {
					break
				}
				s += len(v)
			}
			sum <- s
		}()
	}
	total := 0
	for range 8 {
		total += <-sum
	}
	fmt.Println(total)
}
