// run

// Frames of 8 KB whose arrays are used: the stack grows by copying several times, in several goroutines.
package main

import "fmt"

//go:noinline
func fill(arr *[1000]int, n int) int {
	for i := range arr {
		arr[i] = i * n
	}
	return arr[n%1000]
}

func recurse(n int) int {
	if n == 0 {
		return 0
	}
	var arr [1000]int
	s := fill(&arr, n)
	return recurse(n-1) + s + arr[999] - 999*n
}

func main() {
	fmt.Println(recurse(40))
	c := make(chan int)
	for i := 1; i <= 4; i++ {
		go func() { c <- recurse(10 * i) }()
	}
	t := 0
	for i := 0; i < 4; i++ {
		t += <-c
	}
	fmt.Println(t)
}
