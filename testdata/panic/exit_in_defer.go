// exit 3
package main

import "os"

func main() {
	defer os.Exit(3)
	defer func() { panic("second") }()
	var m map[string]int
	m["a"] = 1
}
