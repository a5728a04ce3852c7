// run

// A loop without calls must not keep others from running.
package main

import (
	"runtime"
	"sync/atomic"
	"time"
)

func main() {
	runtime.GOMAXPROCS(1)
	var stop atomic.Bool
	done := make(chan bool)
	go func() {
		n := 0
		for !stop.Load() {
			n++
		}
		done <- n >= 0
	}()
	x := 0
	go func() {
		for {
			x++
		}
	}()
	time.Sleep(20 * time.Millisecond)
	stop.Store(true)
	println(<-done)
	runtime.GC()
	println("gc done")
}
