// run

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	if len(os.Args) > 1 {
		child(os.Args[1])
		return
	}
	ch := make(chan os.Signal, 10)
	signal.Notify(ch, syscall.SIGUSR1, syscall.SIGHUP, os.Interrupt)
	for _, s := range []syscall.Signal{syscall.SIGUSR1, syscall.SIGHUP, syscall.SIGINT} {
		syscall.Kill(os.Getpid(), s)
		fmt.Println(<-ch)
	}
	signal.Stop(ch)
	signal.Ignore(syscall.SIGHUP)
	fmt.Println(signal.Ignored(syscall.SIGHUP), signal.Ignored(syscall.SIGINT))
	syscall.Kill(os.Getpid(), syscall.SIGHUP)
	signal.Reset(syscall.SIGHUP)
	fmt.Println(signal.Ignored(syscall.SIGHUP))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	fmt.Println(ctx)
	syscall.Kill(os.Getpid(), syscall.SIGINT)
	<-ctx.Done()
	fmt.Println(ctx.Err(), context.Cause(ctx))
	stop()

	// What happens to a program that does not ask, and to one that stopped asking.
	for _, how := range []string{"int", "stopped", "term", "usr1", "pipe", "ignored", "stdout"} {
		cmd := exec.Command(os.Args[0], how)
		if how == "stdout" {
			r, w, _ := os.Pipe()
			cmd.Stdout = w
			cmd.Start()
			r.Close()
			w.Close()
			fmt.Println(how, cmd.Wait())
			continue
		}
		out, err := cmd.Output()
		fmt.Printf("%s: %q %v\n", how, out, err)
	}
}

func child(how string) {
	self := os.Getpid()
	switch how {
	case "int":
		syscall.Kill(self, syscall.SIGINT)
	case "stopped":
		c := make(chan os.Signal, 1)
		signal.Notify(c, os.Interrupt)
		signal.Stop(c)
		syscall.Kill(self, syscall.SIGINT)
	case "term":
		syscall.Kill(self, syscall.SIGTERM)
	case "usr1":
		syscall.Kill(self, syscall.SIGUSR1)
		time.Sleep(5 * time.Millisecond)
		fmt.Println("still here")
		return
	case "ignored":
		signal.Ignore(os.Interrupt)
		syscall.Kill(self, syscall.SIGINT)
		time.Sleep(5 * time.Millisecond)
		// A program started by us inherits that.
		out, err := exec.Command("sh", "-c", "kill -INT $$; echo survived").Output()
		fmt.Printf("%s%v\n", out, err)
		return
	case "pipe":
		// Not standard output: an error.
		r, w, _ := os.Pipe()
		r.Close()
		_, err := w.Write([]byte("x"))
		fmt.Println(errors.Is(err, syscall.EPIPE))
		return
	case "stdout":
		for {
			if _, err := fmt.Println("x"); err != nil {
				fmt.Fprintln(os.Stderr, "not reached", err)
			}
			time.Sleep(time.Millisecond)
		}
	}
	time.Sleep(10 * time.Second)
	fmt.Println("not reached")
}
