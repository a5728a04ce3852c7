// Allocates 20 GB of garbage while about 50 MB stay alive.
package main

type node struct {
	next *node
	data [14]int
}

func main() {
	const live = 50 << 20 / 128 / 2
	ring := make([]*node, live)
	total := 0
	for i := 0; i < 20<<30/128; i++ {
		n := &node{data: [14]int{i}}
		if i%8 == 0 {
			ring[i/8%live] = n
		}
		total += n.data[0] & 1
	}
	count := 0
	for _, n := range ring {
		if n != nil {
			count++
		}
	}
	println(total, count == live)
}
