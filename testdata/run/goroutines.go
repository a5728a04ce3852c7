// run

package main

import "sync"

func gen(n int) <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := 0; i < n; i++ {
			c <- i
		}
	}()
	return c
}

func filter(in <-chan int, p int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for v := range in {
			if v%p != 0 {
				out <- v
			}
		}
	}()
	return out
}

func main() {
	sum := 0
	for v := range gen(100) {
		sum += v
	}
	println(sum)
	var wg sync.WaitGroup
	var mu sync.Mutex
	total := 0
	for i := 0; i < 100; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 100; j++ {
				mu.Lock()
				total += i
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	println(total)
	ch := gen(200)
	<-ch
	<-ch
	c := ch
	for i := 0; i < 20; i++ {
		p, ok := <-c
		if !ok {
			break
		}
		print(p, " ")
		c = filter(c, p)
	}
	println()
	b := make(chan string, 3)
	b <- "x"
	b <- "y"
	println(len(b), cap(b), <-b, <-b)
	close(b)
	v, ok := <-b
	println(v == "", ok)
	done := make(chan struct{})
	res := make(chan int)
	go func() {
		n := 0
		for {
			select {
			case x := <-res:
				n += x
			case <-done:
				println("got", n)
				done <- struct{}{}
				return
			}
		}
	}()
	for i := 0; i < 10; i++ {
		res <- i
	}
	done <- struct{}{}
	<-done
	select {
	case <-make(chan int):
		println("no")
	default:
		println("default")
	}
	var once sync.Once
	for i := 0; i < 3; i++ {
		once.Do(func() { println("once") })
	}
}
