// run

// Each call wants 8 KB of stack: the stack grows by copying.
package main

import "fmt"

func recursiveFunction(n int) {
	if n == 0 {
		return
	}
	var arr [1000]int
	_ = arr
	fmt.Println(n)
	recursiveFunction(n - 1)
}

func main() {
	recursiveFunction(10)
}
