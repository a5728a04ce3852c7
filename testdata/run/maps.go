// run

package main

import "math"

type key struct {
	a int
	s string
}

func main() {
	m := map[int]string{}
	for i := 0; i < 1000; i++ {
		m[i*7] = "v"
	}
	println(len(m))
	for i := 0; i < 500; i++ {
		delete(m, i*7)
	}
	n, sum := 0, 0
	for k := range m {
		n++
		sum += k
	}
	println(len(m), n, sum)
	v, ok := m[1]
	println(v == "", ok)
	ks := map[key][]int{{1, "a"}: {1}, {2, "b"}: {2, 3}}
	ks[key{1, "a"}] = append(ks[key{1, "a"}], 9)
	println(len(ks[key{1, "a"}]), len(ks[key{3, ""}]))
	nan := math.NaN()
	fm := map[float64]int{nan: 1, nan: 2, 0: 3}
	fm[nan] = 4
	_, ok = fm[nan]
	negz := 0.0
	negz = -negz
	println(len(fm), ok, fm[negz])
	clear(fm)
	println(len(fm))
	var nm map[string]int
	println(nm["x"], len(nm), nm == nil)
	delete(nm, "x")
	for range nm {
		println("never")
	}
	// Entries deleted during iteration are not produced, each entry at most once.
	seen := map[int]bool{}
	d := map[int]int{}
	for i := 0; i < 100; i++ {
		d[i] = i
	}
	for k := range d {
		if seen[k] {
			println("twice", k)
		}
		seen[k] = true
		delete(d, k)
		delete(d, (k+1)%100)
	}
	println(len(d))
	g := map[int]int{1: 1}
	for k := range g {
		if len(g) < 2000 {
			for j := 0; j < 100; j++ {
				g[k*1000+j*13+len(g)] = j
			}
		}
	}
	println(len(g) >= 100)
	c := map[string]*key{}
	c["x"] = &key{}
	c["x"].a++
	c["x"].a += 4
	println(c["x"].a)
	cnt := map[byte]int{}
	for _, b := range []byte("hello") {
		cnt[b]++
	}
	println(cnt['l'], cnt['h'], len(cnt))
	nested := map[string]map[string]int{"a": {"b": 1}}
	nested["a"]["c"] = 2
	println(len(nested["a"]), nested["q"]["z"])
	arr := map[[2]int]bool{{1, 2}: true}
	println(arr[[2]int{1, 2}], arr[[2]int{2, 1}])
	type big struct{ x [40]int }
	bm := map[big]int{{}: 5}
	println(bm[big{}])
}
