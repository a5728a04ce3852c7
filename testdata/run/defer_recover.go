// run

package main

import "errors"

func f(n int) (r int, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = x.(error)
			r = -1
		}
	}()
	arr := []int{1, 2, 3}
	return arr[n], nil
}

func order() {
	for i := 0; i < 3; i++ {
		defer print(i, " ")
	}
	defer println("first")
}

func nested() (s string) {
	defer func() {
		s += " outer:" + recover().(string)
	}()
	defer func() {
		defer func() { s += "inner:" + recover().(string) }()
		panic("two")
	}()
	panic("one")
}

func repanic() (s string) {
	defer func() { s = recover().(string) }()
	defer func() {
		x := recover().(string)
		panic(x + "+again")
	}()
	panic("p")
}

type T struct{ n int }

func (t T) show()   { print("T", t.n, " ") }
func (t *T) ptr()   { print("P", t.n, " ") }

func args() {
	t := T{1}
	defer t.show()
	defer t.ptr()
	t.n = 2
	x := 1
	defer func(v int) { print("v", v, " x", x, " ") }(x)
	x = 5
}

func named() (n int) {
	defer func() { n *= 2 }()
	n = 3
	return n + 1
}

func noRecover() (r any) {
	defer func() { r = recover() }()
	defer func() { func() { r = recover() }() }()
	panic("deep")
}

func deref(p *T) (s string) {
	defer func() { s = recover().(error).Error() }()
	return string(rune(p.n))
}

func div(a, b int) (s string) {
	defer func() { s = recover().(error).Error() }()
	return string(rune(a / b))
}

func main() {
	println(f(1))
	_, err := f(5)
	println(err.Error())
	order()
	println()
	println(nested())
	println(repanic())
	args()
	println()
	println(named())
	println(noRecover().(string))
	println(deref(nil))
	println(div(1, 0))
	println(recover() == nil)
	e := errors.New("x")
	func() {
		defer func() { println(recover() == any(e)) }()
		panic(e)
	}()
	// Deferred calls run in loops, and the function goes on after recovery.
	for i := 0; i < 3; i++ {
		func() {
			defer func() { recover() }()
			if i%2 == 0 {
				panic(i)
			}
			print("ok", i, " ")
		}()
	}
	println()
}
