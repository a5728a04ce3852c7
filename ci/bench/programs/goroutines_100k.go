// 100 000 goroutines alive at once meet at a WaitGroup.
package main

import "sync"

func main() {
	var ready, done sync.WaitGroup
	var mu sync.Mutex
	gate := make(chan struct{})
	total := 0
	for i := 0; i < 100_000; i++ {
		ready.Add(1)
		done.Add(1)
		go func() {
			defer done.Done()
			ready.Done()
			<-gate
			mu.Lock()
			total += i
			mu.Unlock()
		}()
	}
	ready.Wait()
	close(gate)
	done.Wait()
	println(total)
}
