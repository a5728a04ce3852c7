// run

package main

import "time"

func main() {
	a, b := make(chan int), make(chan string)
	quit := make(chan bool)
	go func() {
		for i := 0; i < 5; i++ {
			a <- i
			b <- string(rune('a' + i))
		}
		close(quit)
	}()
	n := 0
loop:
	for {
		select {
		case v := <-a:
			n += v
		case s, ok := <-b:
			if !ok || s == "" {
				println("bad")
			}
			n += 100
		case <-quit:
			break loop
		}
	}
	println(n)
	var nilc chan int
	select {
	case <-nilc:
		println("no")
	case <-time.After(time.Millisecond):
		println("timeout")
	}
	c := make(chan int, 1)
	hits := [2]int{}
	for i := 0; i < 1000; i++ {
		c2 := make(chan int, 1)
		c <- 1
		c2 <- 1
		select {
		case <-c:
			hits[0]++
		case <-c2:
			hits[1]++
			<-c
		}
	}
	println(hits[0] > 300, hits[1] > 300)
	out := make(chan int, 1)
	for i := 0; i < 4; i++ {
		select {
		case out <- i:
		case v := <-out:
			println(v)
		}
	}
	start := time.Now()
	time.Sleep(5 * time.Millisecond)
	println(time.Since(start) >= 5*time.Millisecond)
	t := time.NewTimer(time.Hour)
	println(t.Stop())
	tick := time.NewTicker(time.Millisecond)
	<-tick.C
	<-tick.C
	tick.Stop()
	println("done")
}
