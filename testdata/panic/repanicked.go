package main

func main() {
	defer func() {
		e := recover()
		panic(e)
	}()
	panic("same")
}
