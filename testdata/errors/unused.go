package main

import (
	"fmt"
	"os"
)

func f() int {
	x := 1
	for {
		break
	}
}

func main() {
	var s string = 5
	y := undefined
	fmt.Println(s + 1)
	return 3
}
