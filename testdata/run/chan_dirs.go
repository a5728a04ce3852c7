// run

package main

func producer(n int, out chan<- int) {
	for i := 0; i < n; i++ {
		out <- i
	}
	close(out)
}

func double(in <-chan int, out chan<- int) {
	for v := range in {
		out <- v * 2
	}
	close(out)
}

type req struct {
	n    int
	resp chan<- int
}

func server(c <-chan req) {
	for r := range c {
		r.resp <- r.n * r.n
	}
}

func main() {
	a, b := make(chan int), make(chan int, 2)
	go producer(5, a)
	go double(a, b)
	for v := range b {
		print(v, " ")
	}
	println()
	c := make(chan req)
	go server(c)
	resp := make(chan int)
	for i := 0; i < 4; i++ {
		c <- req{i, resp}
		print(<-resp, " ")
	}
	println()
	cc := make(chan chan string, 1)
	s := make(chan string, 1)
	cc <- s
	s <- "nested"
	println(<-<-cc)
	var nc chan int
	println(nc == nil, len(nc), cap(nc))
	done := make(chan struct{})
	go func() { defer close(done) }()
	_, ok := <-done
	println(ok)
	sem := make(chan struct{}, 3)
	res := make(chan int, 10)
	for i := 0; i < 10; i++ {
		go func() {
			sem <- struct{}{}
			res <- i
			<-sem
		}()
	}
	t := 0
	for i := 0; i < 10; i++ {
		t += <-res
	}
	println(t)
	big := make(chan [100]int, 1)
	big <- [100]int{50: 5}
	v := <-big
	println(v[50])
}
