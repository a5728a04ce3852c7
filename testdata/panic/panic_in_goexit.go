package main

import "runtime"

func main() {
	go func() {
		defer func() { panic("in deferred") }()
		runtime.Goexit()
	}()
	select {}
}
