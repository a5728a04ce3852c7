package main

func main() {
	defer func() {
		recover()
		panic("other")
	}()
	panic("one")
}
