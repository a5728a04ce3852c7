package main

func main() {
	x := 0
	func() {
		defer func() { recover() }()
		panic(1)
	}()
	defer println("deferred", x)
	func(a, b int) { _ = []int{}[a] }(5, 6)
}
