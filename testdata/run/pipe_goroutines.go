// run

// Blocking system calls in goroutines do not keep the others from running.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sync"
)

func main() {
	r, w, err := os.Pipe()
	if err != nil {
		fmt.Println(err)
		return
	}
	lines := make(chan string)
	go func() {
		sc := bufio.NewScanner(r)
		for sc.Scan() {
			lines <- sc.Text()
		}
		close(lines)
	}()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 20 {
				fmt.Fprintf(w, "%d\n", i*20+j)
			}
		})
	}
	go func() {
		wg.Wait()
		w.Close()
	}()
	n, sum := 0, 0
	for s := range lines {
		var v int
		fmt.Sscan(s, &v)
		n++
		sum += v
	}
	fmt.Println(n, sum)
}
