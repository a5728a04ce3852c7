// run

// The local s outlives its function: it lives on the heap.
package main

import "fmt"

func createString() *string {
	s := "Hello, world!"
	return &s
}

func main() {
	strPtr := createString()
	fmt.Println(*strPtr)
}
