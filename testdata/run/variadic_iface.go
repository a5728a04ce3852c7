// run

package main

import "fmt"

type Logger interface{ Log(format string, args ...any) }
type lg struct{ prefix string }

func (l lg) Log(format string, args ...any) { fmt.Printf(l.prefix+format+"\n", args...) }

func sum(xs ...float64) (t float64) {
	for _, x := range xs {
		t += x
	}
	return
}

func count(args ...any) int      { return len(args) }
func mutate(xs ...int)           { xs[0] = 99 }
func isNil(xs ...int) bool       { return xs == nil }
func opts(fs ...func(*int)) (n int) {
	for _, f := range fs {
		f(&n)
	}
	return
}

func main() {
	var l Logger = lg{"> "}
	l.Log("%d %s", 1, "two")
	l.Log("none")
	fmt.Println(sum(), sum(1), sum(1, 2.5), count(nil), count(nil, nil), count([]any{1, 2}...), count([]int{1, 2}))
	xs := []int{1, 2}
	mutate(xs...)
	fmt.Println(xs, isNil(), isNil(xs[:0]...))
	fmt.Println(opts(func(n *int) { *n += 2 }, func(n *int) { *n *= 10 }))
	f := fmt.Sprintf
	fmt.Println(f("%v-%v", 1, 2))
}
