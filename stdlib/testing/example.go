package testing

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// InternalExample is one example, for the main package that gorc test makes.
type InternalExample struct {
	Name      string
	F         func()
	Output    string
	Unordered bool
}

// RunExamples runs the examples that -run chooses and compares what they print.
func RunExamples(matchString func(pat, str string) (bool, error), examples []InternalExample) (ok bool) {
	_, ok = runExamples(matchString, examples)
	return ok
}

func runExamples(matchString func(pat, str string) (bool, error), examples []InternalExample) (ran, ok bool) {
	ok = true
	m := newMatcher(matchString, *match, "-test.run", *skip)
	for _, example := range examples {
		if _, matched, _ := m.fullName(nil, example.Name); !matched {
			continue
		}
		ran = true
		if !runExample(example) {
			ok = false
		}
		if !ok && *failfast {
			break
		}
	}
	return ran, ok
}

// runExample runs one example with a pipe as its standard output.
func runExample(example InternalExample) (ok bool) {
	if chatty.on {
		fmt.Printf("%s=== RUN   %s\n", chatty.prefix(), example.Name)
	}
	stdout := os.Stdout
	r, w, err := os.Pipe()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Stdout = w
	said := make(chan string)
	go func() {
		var b strings.Builder
		_, err := io.Copy(&b, r)
		r.Close()
		if err != nil {
			fmt.Fprintf(os.Stderr, "testing: copying pipe: %v\n", err)
			os.Exit(1)
		}
		said <- b.String()
	}()
	finished := false
	start := time.Now()
	defer func() {
		d := time.Since(start)
		w.Close()
		os.Stdout = stdout
		out := <-said
		err := recover()
		ok = example.result(out, d, finished, err)
	}()
	example.F()
	finished = true
	return ok
}

// result shows how an example ended. A panic goes on.
func (example *InternalExample) result(out string, d time.Duration, finished bool, panicked any) bool {
	got, want := strings.TrimSpace(out), strings.TrimSpace(example.Output)
	same := got == want
	if example.Unordered {
		got, want := sortedLines(got), sortedLines(want)
		same = got == want
	}
	failed := ""
	if finished && panicked == nil && !same {
		if example.Unordered {
			failed = fmt.Sprintf("got:\n%s\nwant (unordered):\n%s\n", out, example.Output)
		} else {
			failed = fmt.Sprintf("got:\n%s\nwant:\n%s\n", got, want)
		}
	}
	if failed != "" || !finished || panicked != nil {
		fmt.Printf("%s--- FAIL: %s (%s)\n%s", chatty.prefix(), example.Name, seconds(d), failed)
		failures.Add(1)
	} else if chatty.on {
		fmt.Printf("%s--- PASS: %s (%s)\n", chatty.prefix(), example.Name, seconds(d))
	}
	if chatty.on && chatty.json {
		fmt.Printf("%s=== NAME   %s\n", chatty.prefix(), "")
	}
	if panicked != nil {
		panic(panicked)
	}
	if !finished {
		panic(errNilPanicOrGoexit)
	}
	return failed == ""
}

func sortedLines(s string) string {
	lines := strings.Split(s, "\n")
	sortStrings(lines)
	return strings.Join(lines, "\n")
}
