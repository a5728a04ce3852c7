// run

package main

import "runtime"

func main() {
	done := make(chan string, 4)
	go func() {
		defer func() { done <- "outer" }()
		func() {
			defer func() { println(recover() == nil); done <- "inner" }()
			runtime.Goexit()
		}()
		done <- "not reached"
	}()
	println(<-done)
	println(<-done)
	go func() {
		defer close(done)
		defer func() { recover() }()
		defer func() { runtime.Goexit() }()
		panic("lost")
	}()
	_, ok := <-done
	println(ok, runtime.NumGoroutine() >= 1)
}
