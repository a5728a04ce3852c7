// run

package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func describe(err error) string {
	var t interface{ Timeout() bool }
	timeout := errors.As(err, &t) && t.Timeout()
	return fmt.Sprint(err, " ", errors.Is(err, os.ErrDeadlineExceeded), " ", timeout, " ", os.IsTimeout(err))
}

func main() {
	r, w, err := os.Pipe()
	must(err)
	var b [4]byte

	// In the past: at once, also with data there.
	w.Write([]byte("abcd"))
	must(r.SetReadDeadline(time.Now().Add(-time.Hour)))
	n, err := r.Read(b[:])
	fmt.Println("past:", n, describe(err))
	must(r.SetReadDeadline(time.Time{}))
	n, err = r.Read(b[:])
	fmt.Println("none:", n, err)

	// In the future: when it passes, not before.
	start := time.Now()
	must(r.SetReadDeadline(start.Add(30 * time.Millisecond)))
	n, err = r.Read(b[:])
	fmt.Println("future:", n, describe(err), time.Since(start) >= 30*time.Millisecond)
	n, err = r.Read(b[:])
	fmt.Println("still:", n, err)

	// Moved on while a read waits.
	must(r.SetDeadline(time.Now().Add(time.Hour)))
	done := make(chan error)
	read := func() {
		_, err := r.Read(b[:])
		done <- err
	}
	go read()
	time.Sleep(2 * time.Millisecond)
	must(r.SetReadDeadline(time.Now().Add(5 * time.Millisecond)))
	fmt.Println("earlier:", <-done)
	must(r.SetReadDeadline(time.Now().Add(5 * time.Millisecond)))
	go read()
	must(r.SetReadDeadline(time.Time{}))
	time.Sleep(10 * time.Millisecond)
	w.Write([]byte("z"))
	fmt.Println("taken away:", <-done)
	go read()
	time.Sleep(2 * time.Millisecond)
	must(r.SetReadDeadline(time.Now()))
	fmt.Println("now:", <-done)
	must(r.SetReadDeadline(time.Time{}))

	// Writing.
	must(w.SetWriteDeadline(time.Now().Add(10 * time.Millisecond)))
	big := make([]byte, 1<<20)
	n, err = w.Write(big)
	fmt.Println("write:", n == 65536, describe(err))
	must(w.SetWriteDeadline(time.Time{}))
	must(w.SetReadDeadline(time.Now()))
	go func() {
		n, err := w.Write(big[:100_000])
		if n != 100_000 {
			err = errors.New("short")
		}
		done <- err
	}()
	left := 65536 + 100_000
	buf := make([]byte, 10_000)
	for left > 0 {
		n, err := r.Read(buf)
		must(err)
		left -= n
	}
	fmt.Println("rest:", left, <-done)

	// A deadline that passes while a read is repeated over and over.
	must(r.SetReadDeadline(time.Now().Add(20 * time.Millisecond)))
	stop := make(chan bool)
	go func() {
		for {
			select {
			case <-stop:
				close(done)
				return
			default:
				w.Write([]byte("."))
				time.Sleep(time.Millisecond)
			}
		}
	}()
	for {
		if _, err = r.Read(b[:]); err != nil {
			break
		}
	}
	close(stop)
	<-done
	fmt.Println("busy:", err)

	// Files without deadlines.
	f, err := os.Open(os.DevNull)
	must(err)
	fmt.Println("null:", f.SetDeadline(time.Now()))
	d, err := os.Open("/")
	must(err)
	fmt.Println("directory:", d.SetDeadline(time.Now()))
	must(r.Close())
	fmt.Println("closed:", r.SetDeadline(time.Now()))
	must(w.Close())
	var none *os.File
	fmt.Println("nil:", none.SetDeadline(time.Now()))

	// A pair of sockets.
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
	must(err)
	x, y := os.NewFile(uintptr(fds[0]), "x"), os.NewFile(uintptr(fds[1]), "y")
	must(x.SetReadDeadline(time.Now().Add(5 * time.Millisecond)))
	_, err = x.Read(b[:])
	fmt.Println("socket:", err)
	must(x.SetReadDeadline(time.Time{}))
	go func() {
		var b [4]byte
		for {
			n, err := y.Read(b[:])
			if err != nil {
				y.Close()
				done2 <- err
				return
			}
			for i := range b[:n] {
				b[i] ^= 0x20
			}
			y.Write(b[:n])
		}
	}()
	for _, s := range []string{"ping", "Pong", "x"} {
		x.WriteString(s)
		n, err := x.Read(b[:])
		fmt.Println("echo:", string(b[:n]), err)
	}
	c, err := x.SyscallConn()
	must(err)
	must(c.Control(func(fd uintptr) { must(syscall.Shutdown(int(fd), syscall.SHUT_WR)) }))
	fmt.Println("echo's end:", <-done2)
	n, err = x.Read(b[:])
	fmt.Println("end:", n, err)
	n, err = x.Write(b[:])
	fmt.Println("write after shutdown:", n, err)

	// The descriptor itself.
	p, q, err := os.Pipe()
	must(err)
	c, err = p.SyscallConn()
	must(err)
	calls := 0
	go func() {
		time.Sleep(3 * time.Millisecond)
		q.WriteString("raw")
	}()
	err = c.Read(func(fd uintptr) bool {
		calls++
		n, err := syscall.Read(int(fd), b[:])
		if err == syscall.EAGAIN {
			return false
		}
		fmt.Println("raw:", string(b[:n]), err)
		return true
	})
	fmt.Println("raw:", calls == 2, err)
	must(p.SetReadDeadline(time.Now().Add(time.Millisecond)))
	fmt.Println("raw deadline:", c.Read(func(uintptr) bool { return false }))
	must(p.Close())
	fmt.Println("raw closed:", c.Read(func(uintptr) bool { return true }), c.Control(func(uintptr) {}))
}

var done2 = make(chan error)
