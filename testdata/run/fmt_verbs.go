// run

package main

import (
	"errors"
	"fmt"
)

type P struct {
	X, Y int
	name string
}
type S string

func (s S) String() string { return "S(" + string(s) + ")" }

type E struct{ code int }

func (e *E) Error() string { return fmt.Sprint("code ", e.code) }

type In struct {
	A any
	M map[string]int
	L []P
	Q *P
	F func()
}

func main() {
	p := P{1, 2, "n"}
	fmt.Printf("%v %+v %#v %T\n", p, p, p, p)
	fmt.Printf("%v %+v\n", &p, []*int{nil})
	fmt.Println(1, "a", 2.5, true, nil, 'x', []int{1, 2}, map[string]int{"b": 2, "a": 1}, S("q"), error(&E{7}))
	fmt.Printf("%5d|%-5d|%05d|%x|%X|%o|%b|%c|%q|%U\n", 42, 42, 42, 255, 255, 8, 5, 'é', 'x', 0x1F600)
	fmt.Printf("%8.3f|%-8.2f|%e|%g|%G\n", 3.14159, 2.5, 123456.789, 1e-7, 1e20)
	fmt.Printf("%s|%10s|%-10s|%q|%x|%.2s\n", "go", "go", "go", "a\"b\n", "hi", "hello")
	fmt.Printf("%t|%v|%p\n", true, false, nil)
	fmt.Printf("%d %s %!|%z %d\n", "str", 5, 1)
	fmt.Printf("%[2]d %[1]d %d\n", 1, 2)
	fmt.Printf("%*d|%.*f\n", 6, 42, 2, 3.14159)
	fmt.Printf("%v %d\n", []byte("ab"), []byte("ab"))
	fmt.Printf("%x % x %#x\n", []byte("abc"), []byte("abc"), "abc")
	in := In{A: 1, M: map[string]int{"z": 1, "a": 2}, L: []P{{1, 2, "x"}}}
	fmt.Printf("%v\n%+v\n", in, in)
	fmt.Printf("%#v\n", []any{1, "a", nil, 2.0, []int(nil), map[int]bool{1: true}})
	err := fmt.Errorf("wrap: %w", &E{3})
	var e *E
	fmt.Println(err, errors.As(err, &e), e.code, errors.Unwrap(err) == error(e))
	fmt.Println(fmt.Sprintf("%6.2f%%", 12.345), fmt.Sprintln("a", 1), fmt.Sprint("a", 1, 2, "b"))
	var np *P
	var ni fmt.Stringer
	fmt.Printf("%v %v %+v %s\n", np, ni, ni, np)
	fmt.Printf("%v %v\n", complex(1, -2), [2]bool{true})
	fmt.Printf("%08b|%+d|% d|%#o|%#b\n", 5, 5, 5, 8, 5)
	fmt.Printf("%v %s\n", struct {
		a int
		s S
	}{1, "x"}, S("y"))
	var n, m int
	fmt.Sscanf("10-20", "%d-%d", &n, &m)
	fmt.Println(n + m)
}
