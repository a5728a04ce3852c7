// 1 000 goroutines recurse about 1 MB deep each, a few at a time.
package main

import "sync"

//go:noinline
func down(n int) int {
	var pad [10]int
	pad[n%10] = n
	if n == 0 {
		return pad[0]
	}
	return down(n-1) + pad[n%10]
}

func main() {
	var wg sync.WaitGroup
	slots := make(chan struct{}, 8)
	sums := make([]int, 1000)
	for i := range sums {
		wg.Add(1)
		slots <- struct{}{}
		go func() {
			defer wg.Done()
			sums[i] = down(8000)
			<-slots
		}()
	}
	wg.Wait()
	total := 0
	for _, s := range sums {
		total += s
	}
	println(total)
}
