// run

package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"
	"unique"
	"weak"
)

type big struct{ a, b [100]int }

var global int

//go:noinline
func weakOnes() (weak.Pointer[big], weak.Pointer[int]) {
	b := new(big)
	w := weak.Make(b)
	wi := weak.Make(&b.b[3])
	runtime.GC()
	fmt.Println(w.Value() == b, wi.Value() == &b.b[3], w == weak.Make(b), weak.Make[int](nil).Value() == nil)
	runtime.KeepAlive(b)
	return w, wi
}

//go:noinline
func clearStack(n int) int {
	var a [64]int
	a[n] = n
	if n > 0 {
		return a[n] + clearStack(n-1)
	}
	return 0
}

//go:noinline
func handles(n int) {
	for i := range n {
		unique.Make(fmt.Sprint("value ", i))
	}
}

// A cache that forgets what nobody uses.
type cache struct {
	mu sync.Mutex
	m  map[string]weak.Pointer[big]
}

func (c *cache) get(key string) *big {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p := c.m[key].Value(); p != nil {
		return p
	}
	p := new(big)
	c.m[key] = weak.Make(p)
	runtime.AddCleanup(p, func(key string) {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.m[key].Value() == nil {
			delete(c.m, key)
		}
	}, key)
	return p
}

//go:noinline
func fill(c *cache) {
	for i := range 10 {
		c.get(fmt.Sprint(i)).a[0] = i
	}
}

func main() {
	// unique
	h1, h2 := unique.Make("abc"), unique.Make(strings.Clone("abc"))
	fmt.Println(h1 == h2, h1.Value(), unique.Make("d") == h1)
	type k struct {
		a int
		s string
	}
	fmt.Println(unique.Make(k{1, "x"}) == unique.Make(k{1, "x"}), unique.Make(k{1, "x"}) == unique.Make(k{2, "x"}))
	fmt.Println(unique.Make(struct{}{}) == unique.Make(struct{}{}))
	// weak
	w, wi := weakOnes()
	clearStack(20)
	runtime.GC()
	runtime.GC()
	fmt.Println(w.Value() == nil, wi.Value() == nil, wi == wi)
	var x = &global
	fmt.Println(weak.Make(x).Value() == x, weak.Make(x) == weak.Make(&global))

	handles(1000)
	runtime.GC()
	c := &cache{m: map[string]weak.Pointer[big]{}}
	kept := c.get("kept")
	fill(c)
	clearStack(30)
	for range 100 {
		runtime.GC()
		time.Sleep(time.Millisecond)
		c.mu.Lock()
		n := len(c.m)
		c.mu.Unlock()
		if n == 1 {
			break
		}
	}
	fmt.Println(len(c.m), c.get("kept") == kept)
	var wg sync.WaitGroup
	all := make([]unique.Handle[int], 8)
	for i := range all {
		wg.Go(func() {
			for j := range 100 {
				if j == 50 {
					all[i] = unique.Make(7)
				}
				unique.Make(j)
			}
		})
	}
	wg.Wait()
	for _, h := range all {
		if h != all[0] || h.Value() != 7 {
			fmt.Println("different")
		}
	}
	runtime.KeepAlive(kept)
}
