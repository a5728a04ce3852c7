package main

import "time"

func worker(n int) {
	if n == 0 {
		panic("worker failed")
	}
	worker(n - 1)
}

func main() {
	go worker(2)
	time.Sleep(time.Second)
}
