// run

// Maps that change while they are ranged over.
package main

import "fmt"

func main() {
	// Deleted entries do not appear, changed ones show the new value, added ones may or may not.
	for round := 0; round < 20; round++ {
		m := map[int]int{}
		for i := 0; i < 100; i++ {
			m[i] = i
		}
		seen := map[int]int{}
		n := 0
		for k, v := range m {
			seen[k]++
			if v != m[k] {
				panic("stale")
			}
			if _, ok := m[k]; !ok {
				panic("deleted")
			}
			delete(m, k)
			delete(m, (k+1)%100)
			m[(k+50)%100] = k + 1000
			if n++; n > 10000 {
				panic("endless")
			}
			m[1000+n] = n
		}
		for k, c := range seen {
			if c > 1 && k >= 1000 {
				panic("twice")
			}
		}
	}
	// Growth in the loop: every original entry once.
	m := map[int]bool{}
	for i := range 8 {
		m[i] = true
	}
	seen := map[int]int{}
	for k := range m {
		seen[k]++
		for j := range 100 {
			m[1000*k+j+10] = true
		}
		if len(m) > 5000 {
			break
		}
	}
	for k, c := range seen {
		if c != 1 {
			fmt.Println("seen", k, c)
		}
	}
	c := map[int]int{1: 1, 2: 2, 3: 3}
	n := 0
	for range c {
		clear(c)
		n++
	}
	fmt.Println(n, len(c))
	order := map[string]bool{}
	for range 50 {
		s := ""
		for k := range map[int]int{1: 1, 2: 2, 3: 3, 4: 4} {
			s += fmt.Sprint(k)
		}
		order[s] = true
	}
	fmt.Println(len(order) > 1)
	var nm map[string]int
	for range nm {
		panic("nil")
	}
	delete(nm, "a")
	clear(nm)
	fmt.Println(len(nm), nm["x"])
}
