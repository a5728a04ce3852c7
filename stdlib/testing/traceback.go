package testing

import (
	"os"
	"runtime"
	"strings"
)

// dieOf ends the program as a panic would, with the stacks of all goroutines whatever GOTRACEBACK says.
func dieOf(text string) {
	buf := make([]byte, 1<<20)
	n := runtime.Stack(buf, true)
	for n == len(buf) {
		buf = make([]byte, 2*len(buf))
		n = runtime.Stack(buf, true)
	}
	os.Stderr.WriteString("panic: " + strings.ReplaceAll(text, "\n", "\n\t") + "\n\n")
	os.Stderr.Write(buf[:n])
	os.Exit(2)
}
