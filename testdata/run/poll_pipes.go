// run

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func threads() int {
	data, err := os.ReadFile("/proc/self/status")
	must(err)
	n := 0
	i := bytes.Index(data, []byte("Threads:"))
	fmt.Sscan(string(data[i+8:]), &n)
	return n
}

// A pipe carries a large amount of data between two goroutines; the writer has to wait for room.
func transfer() {
	r, w, err := os.Pipe()
	must(err)
	const total = 400_000
	go func() {
		buf := make([]byte, 70_001)
		for n := 0; n < total; {
			part := buf[:min(len(buf), total-n)]
			for i := range part {
				part[i] = byte((n + i) % 251)
			}
			m, err := w.Write(part)
			if m != len(part) || err != nil {
				panic(fmt.Sprint("write: ", m, err))
			}
			n += m
		}
		must(w.Close())
	}()
	data, err := io.ReadAll(r)
	ok := len(data) == total
	for i, b := range data {
		ok = ok && b == byte(i%251)
	}
	fmt.Println("transfer:", len(data), err, ok)
	n, err := r.Read(make([]byte, 1))
	fmt.Println("at the end:", n, err)
	must(r.Close())
}

// Many goroutines wait in reads at once, without a thread each.
func many(n int) {
	type pipe struct{ r, w *os.File }
	pipes := make([]pipe, n)
	sums := make([]int, n)
	var started, done sync.WaitGroup
	for i := range pipes {
		r, w, err := os.Pipe()
		must(err)
		pipes[i] = pipe{r, w}
		started.Add(1)
		done.Go(func() {
			started.Done()
			var b [8]byte
			for {
				n, err := r.Read(b[:])
				for _, x := range b[:n] {
					sums[i] += int(x)
				}
				if err == io.EOF {
					break
				}
				must(err)
			}
			must(r.Close())
		})
	}
	started.Wait()
	time.Sleep(2 * time.Millisecond)
	fmt.Println("few threads:", threads() < 24)
	for round := range 3 {
		for i, p := range pipes {
			_, err := p.w.Write([]byte{byte(i), byte(round), 1})
			must(err)
		}
	}
	for _, p := range pipes {
		must(p.w.Close())
	}
	done.Wait()
	bad := 0
	for i, s := range sums {
		if s != 3*int(byte(i))+3+3 {
			bad++
		}
	}
	fmt.Println("many:", n, "bad:", bad)
}

// A ring of pipes: each stage adds one.
func ring() {
	const stages = 20
	first, in, err := os.Pipe()
	must(err)
	r := first
	for range stages {
		next, w, err := os.Pipe()
		must(err)
		go func(r *os.File) {
			var b [1]byte
			for {
				if _, err := r.Read(b[:]); err != nil {
					w.Close()
					return
				}
				b[0]++
				w.Write(b[:])
			}
		}(r)
		r = next
	}
	sum := 0
	var b [1]byte
	for i := range 50 {
		b[0] = byte(i)
		in.Write(b[:])
		r.Read(b[:])
		sum += int(b[0])
	}
	in.Close()
	_, err = r.Read(b[:])
	fmt.Println("ring:", sum, err)
}

// Close wakes readers and writers.
func closeWakes() {
	r, w, err := os.Pipe()
	must(err)
	errs := make(chan error)
	for range 3 {
		go func() {
			_, err := r.Read(make([]byte, 1))
			errs <- err
		}()
	}
	time.Sleep(time.Millisecond)
	must(r.Close())
	for range 3 {
		err := <-errs
		fmt.Println("reader:", err, errors.Is(err, os.ErrClosed), errors.Is(err, fs.ErrClosed))
	}
	_, err = w.Write([]byte("x"))
	fmt.Println("write without reader:", err, errors.Is(err, syscall.EPIPE))
	must(w.Close())

	r, w, err = os.Pipe()
	must(err)
	written := make(chan int)
	go func() {
		n, err := w.Write(make([]byte, 1<<20))
		errs <- err
		written <- n
	}()
	time.Sleep(time.Millisecond)
	must(w.Close())
	fmt.Println("writer:", <-errs, <-written == 65536)
	data, err := io.ReadAll(r)
	fmt.Println("left in the pipe:", len(data), err)
	fmt.Println("twice:", r.Close(), r.Close())
}

// A goroutine in a read does not keep others from running, whatever GOMAXPROCS.
func others() {
	old := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(old)
	r, w, err := os.Pipe()
	must(err)
	done := make(chan string)
	go func() {
		var b [16]byte
		n, _ := r.Read(b[:])
		done <- string(b[:n])
	}()
	runtime.Gosched()
	n := 0
	for i := range 1000 {
		n += i
		runtime.Gosched()
	}
	w.Write([]byte("late"))
	fmt.Println("others:", n, <-done)

	// A blocking descriptor: the system call keeps its thread, not the P.
	var p [2]int
	must(syscall.Pipe(p[:]))
	br, bw := os.NewFile(uintptr(p[0]), "br"), os.NewFile(uintptr(p[1]), "bw")
	go func() {
		var b [16]byte
		n, _ := br.Read(b[:])
		done <- string(b[:n])
	}()
	for range 100 {
		runtime.Gosched()
	}
	time.Sleep(time.Millisecond)
	fmt.Println("deadline on it:", br.SetReadDeadline(time.Now()))
	bw.WriteString("blocking")
	fmt.Println("others:", <-done)
}

func main() {
	transfer()
	many(300)
	ring()
	closeWakes()
	others()
}
