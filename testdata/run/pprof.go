// run

package main

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync"
	"time"
)

//go:noinline
func waiter(wg *sync.WaitGroup, c chan int) {
	wg.Done()
	<-c
}

//go:noinline
func burn(until time.Time) (n int) {
	for time.Now().Before(until) {
		for i := range 1000 {
			n += i * i
		}
	}
	return n
}

//go:noinline
func open(p *pprof.Profile, key int) { p.Add(key, 0) }

func main() {
	// Custom profiles.
	p := pprof.NewProfile("my/profile")
	for i := range 5 {
		open(p, i)
	}
	p.Remove(3)
	p.Remove(33)
	var b bytes.Buffer
	fmt.Println(p.Count(), p.Name(), p.WriteTo(&b, 1))
	lines := strings.Split(b.String(), "\n")
	fmt.Println(lines[0], lines[1][:4], strings.Contains(lines[2], "main.open"), strings.Contains(lines[3], "main.main"))
	func() {
		defer func() { fmt.Println(recover()) }()
		p.Add(1, 0)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		pprof.Lookup("goroutine").Add(1, 0)
	}()
	fmt.Println(pprof.Lookup("my/profile") == p, pprof.Lookup("none") == nil)

	// Goroutines, with labels.
	c := make(chan int)
	var wg sync.WaitGroup
	wg.Add(8)
	for range 5 {
		go waiter(&wg, c)
	}
	pprof.Do(context.Background(), pprof.Labels("kind", "labelled", "a", "b"), func(ctx context.Context) {
		fmt.Println(pprof.Label(ctx, "kind"))
		for range 3 {
			go waiter(&wg, c)
		}
	})
	wg.Wait()
	time.Sleep(5 * time.Millisecond)
	fmt.Println(pprof.Lookup("goroutine").Count())
	b.Reset()
	pprof.Lookup("goroutine").WriteTo(&b, 1)
	for block := range strings.SplitSeq(b.String(), "\n\n") {
		if strings.Contains(block, "main.waiter") {
			first, _, _ := strings.Cut(block[strings.Index(block, "@")-2:], "@")
			fmt.Printf("%swaiters, labels: %v\n", first, strings.Contains(block, `# labels: {"a":"b", "kind":"labelled"}`))
		}
	}
	var records [20]runtime.StackRecord
	n, ok := runtime.GoroutineProfile(records[:])
	fmt.Println(n, ok, len(records[0].Stack()) > 1)
	n, ok = runtime.GoroutineProfile(records[:2])
	fmt.Println(n, ok)
	close(c)

	// CPU.
	b.Reset()
	fmt.Println(pprof.StartCPUProfile(&b), pprof.StartCPUProfile(&b))
	burn(time.Now().Add(100 * time.Millisecond))
	pprof.StopCPUProfile()
	pprof.StopCPUProfile()
	fmt.Printf("%x %v\n", b.Bytes()[:3], b.Len() > 100)
	b.Reset()
	fmt.Println(pprof.WriteHeapProfile(&b), b.Len() > 0)
}
