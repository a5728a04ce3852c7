package main

import (
	"fmt"
	"time"
)

func worker(id int, c chan<- int) {
	time.Sleep(time.Millisecond)
	if id == 2 {
		panic(fmt.Sprintf("worker %d", id))
	}
	c <- id
}
func main() {
	c := make(chan int)
	for i := range 3 {
		go worker(i, c)
	}
	for range 3 {
		<-c
	}
}
