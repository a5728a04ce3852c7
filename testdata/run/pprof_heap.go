// run
// mode: -gcstress: a million collections

package main

import (
	"bytes"
	"fmt"
	"math"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"
)

type node struct {
	next *node
	data [6]int
}

var list *node
var blocks [][]byte
var garbage []int

const megabyte = 1 << 20

//go:noinline
func keepSmall(bytes int) {
	for range bytes / 64 {
		list = &node{next: list}
	}
}

//go:noinline
func keepLarge(bytes int) {
	for range bytes / 50_000 {
		blocks = append(blocks, make([]byte, 50_000))
	}
}

//go:noinline
func waste(bytes int) {
	for range bytes / 1000 {
		garbage = make([]int, 125)
	}
}

// within tells whether an estimate is near the truth.
func within(x, want float64) bool { return x > want*0.7 && x < want*1.4 }

func main() {
	runtime.MemProfileRate = 64 << 10
	keepSmall(20 * megabyte)
	keepLarge(20 * megabyte)
	waste(60 * megabyte)
	for range 3 {
		runtime.GC()
	}
	time.Sleep(time.Millisecond)
	records := make([]runtime.MemProfileRecord, 10_000)
	n, ok := runtime.MemProfile(records, true)
	fmt.Println(n > 2, ok)
	alloc, inUse := map[string]float64{}, map[string]float64{}
	for i := range records[:n] {
		r := &records[i]
		frames := runtime.CallersFrames(r.Stack())
		for {
			f, more := frames.Next()
			if name, ok := strings.CutPrefix(f.Function, "main."); ok && name != "main" {
				size := float64(r.AllocBytes) / float64(r.AllocObjects)
				factor := 1 / (1 - math.Exp(-size/float64(runtime.MemProfileRate)))
				alloc[name] += float64(r.AllocBytes) * factor
				inUse[name] += float64(r.InUseBytes()) * factor
			}
			if !more {
				break
			}
		}
	}
	fmt.Println(within(alloc["keepSmall"], 20*megabyte), within(inUse["keepSmall"], 20*megabyte))
	fmt.Println(within(alloc["keepLarge"], 20*megabyte), within(inUse["keepLarge"], 20*megabyte))
	fmt.Println(within(alloc["waste"], 60*megabyte), inUse["waste"] < megabyte)
	var b bytes.Buffer
	fmt.Println(pprof.WriteHeapProfile(&b), b.Len() > 100)
	b.Reset()
	fmt.Println(pprof.Lookup("heap").WriteTo(&b, 1), strings.HasPrefix(b.String(), "heap profile: "), strings.Contains(b.String(), "main.keepSmall"))
	list, blocks, garbage = nil, nil, nil
	for range 3 {
		runtime.GC()
	}
	small := 0
	n, _ = runtime.MemProfile(records, false)
	for i := range records[:n] {
		if records[i].InUseObjects() <= 0 {
			small++
		}
	}
	fmt.Println("empty records:", small)
	runtime.KeepAlive(garbage)
}
