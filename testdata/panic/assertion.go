package main

import "io"

func main() {
	var x any = 5
	println(x.(io.Reader) != nil)
}
