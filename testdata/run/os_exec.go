// run

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

func main() {
	out, err := exec.Command("echo", "hello", "world").Output()
	fmt.Printf("%q %v\n", out, err)
	out, err = exec.Command("sh", "-c", "echo out; echo err >&2; exit 3").CombinedOutput()
	fmt.Printf("%q %v\n", out, err)
	out, err = exec.Command("sh", "-c", "echo out; echo err >&2; exit 3").Output()
	var ee *exec.ExitError
	fmt.Printf("%q %v %v\n", out, err, errors.As(err, &ee))
	fmt.Printf("%q %d %v\n", ee.Stderr, ee.ExitCode(), ee.Exited())
	c := exec.Command("tr", "a-z", "A-Z")
	c.Stdin = strings.NewReader(strings.Repeat("abc", 100000))
	var b bytes.Buffer
	c.Stdout = &b
	fmt.Println(c.Run(), b.Len(), b.String()[:6], c.ProcessState)
	c = exec.Command("cat")
	in, _ := c.StdinPipe()
	o, _ := c.StdoutPipe()
	fmt.Println(c.Start())
	go func() {
		fmt.Fprintln(in, "line")
		in.Close()
	}()
	data, err := io.ReadAll(o)
	fmt.Printf("%q %v\n", data, err)
	fmt.Println(c.Wait())
	fmt.Println(c.Wait())
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	start := time.Now()
	err = exec.CommandContext(ctx, "sleep", "10").Run()
	fmt.Println(err, time.Since(start) < 5*time.Second, ctx.Err())
	cancel()
	fmt.Println(exec.CommandContext(ctx, "true").Run())
	// WaitDelay: an orphan holds the pipe
	c = exec.Command("sh", "-c", "sleep 5 & echo x")
	c.Stdout = &b
	c.WaitDelay = 50 * time.Millisecond
	start = time.Now()
	fmt.Println(c.Run(), time.Since(start) < 3*time.Second)
	// ignores the signal
	ctx, cancel = context.WithTimeout(context.Background(), 100*time.Millisecond)
	c = exec.CommandContext(ctx, "sh", "-c", "trap '' TERM; sleep 10 & wait; sleep 10")
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	c.WaitDelay = 100 * time.Millisecond
	c.Stdout = &b
	start = time.Now()
	fmt.Println(c.Run(), time.Since(start) < 3*time.Second)
	cancel()
	_, err = exec.LookPath("nonexistent-program")
	fmt.Println(err, errors.Is(err, exec.ErrNotFound))
	_, err = exec.LookPath("/etc/passwd")
	fmt.Println(err)
	_, err = exec.LookPath("/etc")
	fmt.Println(err)
	fmt.Println(exec.Command("nonexistent-program").Run())
	fmt.Println(exec.Command("/nonexistent").Run())
	fmt.Println(exec.Command("").Run())
	c = exec.Command("pwd")
	c.Dir = "/tmp"
	out, err = c.Output()
	fmt.Printf("%q %v\n", out, err)
	c = exec.Command("sh", "-c", "echo $A-$B; echo to3 >&3")
	c.Env = []string{"A=1", "A=2", "B=3", "PATH=/bin:/usr/bin"}
	r, w, _ := os.Pipe()
	c.ExtraFiles = []*os.File{w}
	out, err = c.Output()
	w.Close()
	x, _ := io.ReadAll(r)
	fmt.Printf("%q %v %q\n", out, err, x)
	c = exec.Command("sh", "-c", "kill -9 $$")
	fmt.Println(c.Run())
	c = exec.Command("sh", "-c", "test $(ps -o sid= -p $$ 2>/dev/null || echo $$) = $$ && echo leader")
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	out, err = c.Output()
	fmt.Printf("%q %v\n", out, err)
	var wg sync.WaitGroup
	var mu sync.Mutex
	n := 0
	for i := range 20 {
		wg.Go(func() {
			out, err := exec.Command("echo", fmt.Sprint(i)).Output()
			if err == nil && string(out) == fmt.Sprintln(i) {
				mu.Lock()
				n++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	fmt.Println(n)

}
