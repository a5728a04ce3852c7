// run

package main

type In struct{ x, y int }
type Mid struct {
	In
	m string
}
type Out struct {
	Mid
	z int
}

func main() {
	o := Out{x: 1, z: 2, m: "mid"}
	println(o.x, o.y, o.z, o.m)
	p := &Out{y: 5}
	println(p.In.y)
}
