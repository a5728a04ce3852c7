// run

package main

import (
	"sync"
	"sync/atomic"
)

type queue struct {
	mu    sync.Mutex
	cond  *sync.Cond
	items []int
}

func (q *queue) put(x int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, x)
	q.cond.Signal()
}

func (q *queue) get() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.cond.Wait()
	}
	x := q.items[0]
	q.items = q.items[1:]
	return x
}

func main() {
	q := &queue{}
	q.cond = sync.NewCond(&q.mu)
	go func() {
		for i := 0; i < 100; i++ {
			q.put(i)
		}
	}()
	t := 0
	for i := 0; i < 100; i++ {
		t += q.get()
	}
	println(t)
	var n atomic.Int64
	var flag atomic.Bool
	var wg sync.WaitGroup
	for i := 0; i < 50; i++ {
		wg.Go(func() {
			for j := 0; j < 20; j++ {
				n.Add(1)
			}
			flag.Store(true)
		})
	}
	wg.Wait()
	println(n.Load(), flag.Load(), n.CompareAndSwap(1000, 1), n.Load())
	var rw sync.RWMutex
	m := map[int]int{}
	for i := 0; i < 10; i++ {
		wg.Add(2)
		go func() { defer wg.Done(); rw.Lock(); m[i] = i; rw.Unlock() }()
		go func() { defer wg.Done(); rw.RLock(); _ = m[i]; rw.RUnlock() }()
	}
	wg.Wait()
	println(len(m))
	var sm sync.Map
	sm.Store("a", 1)
	v, ok := sm.LoadOrStore("a", 2)
	println(v.(int), ok)
	f := sync.OnceValue(func() int { println("computed"); return 7 })
	println(f()+f(), mutexTry())
	p := sync.Pool{New: func() any { return new(int) }}
	x := p.Get().(*int)
	*x = 3
	p.Put(x)
	println(*x)
}

func mutexTry() bool {
	var m sync.Mutex
	m.Lock()
	return m.TryLock()
}
