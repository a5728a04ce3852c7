package main

type I interface{ M() }
type T struct{ x [3]int }

func (t T) M() { panic("in M") }

type E struct{ I }

func main() {
	var i I = E{T{}}
	f := i.M
	func() { f() }()
}
