// run

// Comparing structs and arrays: lengths of strings before their bytes, first words of interfaces before their
// values, and nothing moves over a comparison that may panic.
package main

import "fmt"

type bad struct{ f []int }

type A struct {
	x any
	n int
}
type B struct {
	n int
	x any
}
type C struct {
	x, y any
	s    string
}
type D struct {
	s [3]string
	x [2]any
	n int
}
type E struct {
	in A
	s  string
}
type F struct {
	b  B
	fs [6]any
}

func try(name string, f func() bool) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "panics:", r)
		}
	}()
	fmt.Println(name, f())
}

func main() {
	u := any(bad{})
	try("A", func() bool { return A{u, 1} == A{u, 2} })
	try("A", func() bool { return A{1, 1} == A{u, 2} })
	try("B", func() bool { return B{1, u} == B{2, u} })
	try("B", func() bool { return B{1, u} == B{1, u} })
	try("C", func() bool { return C{1, u, "a"} == C{2, u, "b"} })
	try("C", func() bool { return C{u, 1, "a"} == C{u, "", "b"} })
	try("C", func() bool { return C{1, 2, "a"} == C{1, 2, "b"} })
	try("D", func() bool { return D{[3]string{"a"}, [2]any{u, 1}, 1} == D{[3]string{"b"}, [2]any{u, 1}, 1} })
	try("D", func() bool { return D{[3]string{"a"}, [2]any{u, 1}, 1} == D{[3]string{"a"}, [2]any{u, ""}, 1} })
	try("D", func() bool { return D{[3]string{"a"}, [2]any{u, 1}, 1} == D{[3]string{"a"}, [2]any{u, 1}, 2} })
	try("D", func() bool { return any(D{[3]string{"a"}, [2]any{u, 1}, 1}) == any(D{[3]string{"b"}, [2]any{u, 1}, 1}) })
	try("E", func() bool { return E{A{u, 1}, "a"} == E{A{u, 1}, "bb"} })
	try("E", func() bool { return E{A{1, 1}, "a"} == E{A{1, 1}, "a"} })
	try("E", func() bool { return any(E{A{1, 1}, "a"}) == any(E{A{2, 1}, "a"}) })
	try("F", func() bool { return F{b: B{1, 2}, fs: [6]any{5: u}} == F{b: B{1, 2}, fs: [6]any{5: u}} })
	try("F", func() bool { return F{b: B{1, 2}, fs: [6]any{4: u}} == F{b: B{1, 2}, fs: [6]any{4: u, 5: 1}} })
	try("F", func() bool { return any(F{b: B{1, u}, fs: [6]any{4: u}}) == any(F{b: B{2, u}, fs: [6]any{4: u}}) })
	try("strings", func() bool { return [6]string{"a", "b"} == [6]string{"a", "c"} })
	try("map", func() bool { return map[B]int{{1, 2}: 5}[B{1, u}] == 0 })

	// Arrays behind pointers into one slice.
	var x [64]byte
	for i := range x {
		x[i] = byte(i)
	}
	y := x
	copy(x[4:36], x[2:34])
	*(*[32]byte)(y[4:36]) = *(*[32]byte)(y[2:34])
	fmt.Println(x == y)
	copy(x[2:34], x[4:36])
	*(*[32]byte)(y[2:34]) = *(*[32]byte)(y[4:36])
	fmt.Println(x == y)
	s := []int{0, 1, 2, 3, 4, 5, 6, 7}
	*(*[6]int)(s[1:]) = *(*[6]int)(s)
	fmt.Println(s)
}
