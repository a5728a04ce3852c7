package p



const c = 1

var v int

func f() {}

type G[T any] struct{}

func g(p int) (res int) {
	const lc = 2
	var lv int
	var a v
	var b f
	var d c
	var e p
	var g res
	var h lc
	var i lv
	var j nil
	var k len
	var l true
	_ = lv
L:
	goto L
	type Q struct{ f int }
	var r Q.f
	var s iota
	return
}
