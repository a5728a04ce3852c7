// run

// What a variable in the frame held is collected once nothing reads the variable any more.
package main

import (
	"fmt"
	"runtime"
)

type object [64]byte

type holder struct{ p *object }

var finalized = map[string]bool{}
var done = make(chan string, 10)

func tracked(name string) *object {
	o := new(object)
	runtime.SetFinalizer(o, func(*object) { done <- name })
	return o
}

func collected(name string) bool {
	for range 5 {
		runtime.GC()
		runtime.Gosched()
		for len(done) > 0 {
			finalized[<-done] = true
		}
	}
	return finalized[name]
}

//go:noinline
func read(h *holder) *object { return h.p }

func viaCall() {
	var h holder
	h.p = tracked("call")
	read(&h)[0] = 1
	fmt.Println("still used:", collected("call"))
	fmt.Println(read(&h)[0])
	fmt.Println("no longer:", collected("call"))
}

func inLoop() {
	for i := range 2 {
		var h holder
		h.p = tracked(fmt.Sprint("loop", i))
		read(&h)[0] = byte(i)
		fmt.Println("before:", collected("loop0"), read(&h)[0])
	}
	fmt.Println("after:", collected("loop1"))
}

func recovered() (r any) {
	var h holder
	defer func() {
		r = recover()
		fmt.Println("in deferred:", collected("rec"), h.p[0])
	}()
	h.p = tracked("rec")
	read(&h)[0] = 7
	var m map[string]int
	m["a"] = 1
	return
}

func main() {
	viaCall()
	inLoop()
	fmt.Println(recovered())
	fmt.Println("recovered:", collected("rec"))
}
