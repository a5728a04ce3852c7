package main

func f(x, y int) int { return x / y }
func main() {
	for range seq {
		println(f(1, 0))
	}
}
func seq(y func() bool) { y() }
