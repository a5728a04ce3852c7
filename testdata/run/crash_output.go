// run

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
)

func main() {
	if len(os.Args) > 2 {
		f, err := os.Create(os.Args[2])
		if err != nil {
			panic(err)
		}
		if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
			panic(err)
		}
		f.Close()
		println("ordinary output")
		if os.Args[1] == "panic" {
			panic("crash")
		}
		var m map[string]int
		go func() { select {} }()
		debug.SetTraceback("all")
		m["x"] = 1
	}
	dir, err := os.MkdirTemp("", "crash")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	for _, how := range []string{"panic", "map"} {
		name := filepath.Join(dir, how)
		var stderr strings.Builder
		cmd := exec.Command(os.Args[0], how, name)
		cmd.Stderr = &stderr
		err := cmd.Run()
		var exit *exec.ExitError
		fmt.Println(how, errors.As(err, &exit), cmd.ProcessState.ExitCode())
		data, err := os.ReadFile(name)
		text := string(data)
		fmt.Println(err, "ordinary output\n"+text == stderr.String())
		lines := strings.Split(text, "\n")
		fmt.Println(lines[0], lines[2], lines[3], strings.Count(text, "goroutine "))
	}
}
