// run
// mode: -gcstress: a hundred thousand collections

package main

import (
	"fmt"
	"runtime"
	"time"
)

//go:noinline
func forgotten() {
	for range 50_000 {
		time.NewTicker(time.Hour)
		time.NewTimer(time.Hour)
	}
}

func main() {
	// timers
	tm := time.NewTimer(time.Hour)
	fmt.Println(len(tm.C), cap(tm.C), tm.Stop(), tm.Stop(), tm.Reset(time.Millisecond))
	time.Sleep(3 * time.Millisecond)
	fmt.Println(len(tm.C), cap(tm.C), tm.Stop())
	select {
	case <-tm.C:
		fmt.Println("stale")
	default:
		fmt.Println("nothing")
	}
	tm.Reset(time.Millisecond)
	<-tm.C
	fmt.Println(tm.Stop())
	tk := time.NewTicker(time.Millisecond)
	for range 5 {
		<-tk.C
	}
	time.Sleep(5 * time.Millisecond)
	tk.Reset(time.Hour)
	fmt.Println(len(tk.C), cap(tk.C))
	select {
	case <-tk.C:
		fmt.Println("stale")
	default:
		fmt.Println("nothing")
	}

	// Nobody has to stop what nobody can see.
	after := time.After(2 * time.Millisecond)
	forgotten()
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Println(m.HeapAlloc < 4<<20)
	<-after
	fired := make(chan int)
	time.AfterFunc(time.Millisecond, func() { fired <- 1 })
	runtime.GC()
	fmt.Println(<-fired)
	f := time.AfterFunc(time.Hour, func() {})
	fmt.Println(f.C == nil, f.Stop(), f.Stop(), f.Reset(0))

	// A stopped or reset timer leaves no stale value, also when it races with its end.
	t := time.NewTimer(0)
	stale := 0
	for i := range 300 {
		t.Reset(time.Duration(i%7) * 20 * time.Microsecond)
		time.Sleep(time.Duration(i%5) * 20 * time.Microsecond)
		t.Stop()
		select {
		case <-t.C:
			stale++
		default:
		}
	}
	fmt.Println("stale:", stale)
	start := time.Now()
	t.Reset(5 * time.Millisecond)
	select {
	case now := <-t.C:
		fmt.Println(now.Sub(start) >= 5*time.Millisecond)
	case <-time.After(10 * time.Second):
		fmt.Println("late")
	}
}
