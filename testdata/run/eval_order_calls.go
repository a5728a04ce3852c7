// run

// What is evaluated in order with the calls of its statement, and what only afterwards.
package main

import "fmt"

type T int

func (t T) M() int { return int(t) }

type I interface{ M() int }

type big struct{ a, b, c, d, e, f, g, h int }

var tr, fl = true, false
var g int
var gs []int

func use(a ...any) {
	fmt.Print(fmt.Sprint(a...), " | ")
}

func three[A, B any](a A, b B, c A) { use(a, b, c) }

type st struct {
	a any
	b int
	c any
}

func len_() {
	fmt.Print("len: ")
	{
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		a, b, c := len(x), f(), len(x)
		use(a, b, c)
	}
	{
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		use(len(x), f(), len(x))
	}
	{
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		three(len(x), f(), len(x))
	}
	{
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		r := st{len(x), f(), len(x)}
		use(r)
	}
	{
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		var r [3]any
		r[0], r[f()-1] = len(x), 7
		use(r)
	}
	fmt.Println()
}

func cap_() {
	fmt.Print("cap: ")
	{
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		a, b, c := cap(x), f(), cap(x)
		use(a, b, c)
	}
	{
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		use(cap(x), f(), cap(x))
	}
	{
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		three(cap(x), f(), cap(x))
	}
	{
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		r := st{cap(x), f(), cap(x)}
		use(r)
	}
	{
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		var r [3]any
		r[0], r[f()-1] = cap(x), 7
		use(r)
	}
	fmt.Println()
}

func lenstr_() {
	fmt.Print("lenstr: ")
	{
		x := "a"
		f := func() int { x = "bbb"; return 2 }
		a, b, c := len(x), f(), len(x)
		use(a, b, c)
	}
	{
		x := "a"
		f := func() int { x = "bbb"; return 2 }
		use(len(x), f(), len(x))
	}
	{
		x := "a"
		f := func() int { x = "bbb"; return 2 }
		three(len(x), f(), len(x))
	}
	{
		x := "a"
		f := func() int { x = "bbb"; return 2 }
		r := st{len(x), f(), len(x)}
		use(r)
	}
	{
		x := "a"
		f := func() int { x = "bbb"; return 2 }
		var r [3]any
		r[0], r[f()-1] = len(x), 7
		use(r)
	}
	fmt.Println()
}

func lenmap_() {
	fmt.Print("lenmap: ")
	{
		x := map[int]int{1: 1}
		f := func() int { x = map[int]int{}; return 2 }
		a, b, c := len(x), f(), len(x)
		use(a, b, c)
	}
	{
		x := map[int]int{1: 1}
		f := func() int { x = map[int]int{}; return 2 }
		use(len(x), f(), len(x))
	}
	{
		x := map[int]int{1: 1}
		f := func() int { x = map[int]int{}; return 2 }
		three(len(x), f(), len(x))
	}
	{
		x := map[int]int{1: 1}
		f := func() int { x = map[int]int{}; return 2 }
		r := st{len(x), f(), len(x)}
		use(r)
	}
	{
		x := map[int]int{1: 1}
		f := func() int { x = map[int]int{}; return 2 }
		var r [3]any
		r[0], r[f()-1] = len(x), 7
		use(r)
	}
	fmt.Println()
}

func complex_() {
	fmt.Print("complex: ")
	{
		x := 1.0
		f := func() int { x = 3; return 2 }
		a, b, c := complex(x, 0), f(), complex(x, 0)
		use(a, b, c)
	}
	{
		x := 1.0
		f := func() int { x = 3; return 2 }
		use(complex(x, 0), f(), complex(x, 0))
	}
	{
		x := 1.0
		f := func() int { x = 3; return 2 }
		three(complex(x, 0), f(), complex(x, 0))
	}
	{
		x := 1.0
		f := func() int { x = 3; return 2 }
		r := st{complex(x, 0), f(), complex(x, 0)}
		use(r)
	}
	{
		x := 1.0
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = complex(x, 0), 7
		use(r)
	}
	fmt.Println()
}

func real_() {
	fmt.Print("real: ")
	{
		x := 1i + 1
		f := func() int { x = 3i + 3; return 2 }
		a, b, c := real(x), f(), real(x)
		use(a, b, c)
	}
	{
		x := 1i + 1
		f := func() int { x = 3i + 3; return 2 }
		use(real(x), f(), real(x))
	}
	{
		x := 1i + 1
		f := func() int { x = 3i + 3; return 2 }
		three(real(x), f(), real(x))
	}
	{
		x := 1i + 1
		f := func() int { x = 3i + 3; return 2 }
		r := st{real(x), f(), real(x)}
		use(r)
	}
	{
		x := 1i + 1
		f := func() int { x = 3i + 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = real(x), 7
		use(r)
	}
	fmt.Println()
}

func imag_() {
	fmt.Print("imag: ")
	{
		x := 1i
		f := func() int { x = 3i; return 2 }
		a, b, c := imag(x), f(), imag(x)
		use(a, b, c)
	}
	{
		x := 1i
		f := func() int { x = 3i; return 2 }
		use(imag(x), f(), imag(x))
	}
	{
		x := 1i
		f := func() int { x = 3i; return 2 }
		three(imag(x), f(), imag(x))
	}
	{
		x := 1i
		f := func() int { x = 3i; return 2 }
		r := st{imag(x), f(), imag(x)}
		use(r)
	}
	{
		x := 1i
		f := func() int { x = 3i; return 2 }
		var r [3]any
		r[0], r[f()-1] = imag(x), 7
		use(r)
	}
	fmt.Println()
}

func min_() {
	fmt.Print("min: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := min(x, 10), f(), min(x, 10)
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(min(x, 10), f(), min(x, 10))
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(min(x, 10), f(), min(x, 10))
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{min(x, 10), f(), min(x, 10)}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = min(x, 10), 7
		use(r)
	}
	fmt.Println()
}

func max_() {
	fmt.Print("max: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := max(x, -1), f(), max(x, -1)
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(max(x, -1), f(), max(x, -1))
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(max(x, -1), f(), max(x, -1))
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{max(x, -1), f(), max(x, -1)}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = max(x, -1), 7
		use(r)
	}
	fmt.Println()
}

func minstr_() {
	fmt.Print("minstr: ")
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		a, b, c := min(x, "z"), f(), min(x, "z")
		use(a, b, c)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		use(min(x, "z"), f(), min(x, "z"))
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		three(min(x, "z"), f(), min(x, "z"))
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		r := st{min(x, "z"), f(), min(x, "z")}
		use(r)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		var r [3]any
		r[0], r[f()-1] = min(x, "z"), 7
		use(r)
	}
	fmt.Println()
}

func idx_() {
	fmt.Print("idx: ")
	{
		x := []int{1}
		f := func() int { x[0] = 3; return 2 }
		a, b, c := x[0], f(), x[0]
		use(a, b, c)
	}
	{
		x := []int{1}
		f := func() int { x[0] = 3; return 2 }
		use(x[0], f(), x[0])
	}
	{
		x := []int{1}
		f := func() int { x[0] = 3; return 2 }
		three(x[0], f(), x[0])
	}
	{
		x := []int{1}
		f := func() int { x[0] = 3; return 2 }
		r := st{x[0], f(), x[0]}
		use(r)
	}
	{
		x := []int{1}
		f := func() int { x[0] = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = x[0], 7
		use(r)
	}
	fmt.Println()
}

func idx2_() {
	fmt.Print("idx2: ")
	{
		x := []int{1}
		f := func() int { x = []int{3}; return 2 }
		a, b, c := x[0], f(), x[0]
		use(a, b, c)
	}
	{
		x := []int{1}
		f := func() int { x = []int{3}; return 2 }
		use(x[0], f(), x[0])
	}
	{
		x := []int{1}
		f := func() int { x = []int{3}; return 2 }
		three(x[0], f(), x[0])
	}
	{
		x := []int{1}
		f := func() int { x = []int{3}; return 2 }
		r := st{x[0], f(), x[0]}
		use(r)
	}
	{
		x := []int{1}
		f := func() int { x = []int{3}; return 2 }
		var r [3]any
		r[0], r[f()-1] = x[0], 7
		use(r)
	}
	fmt.Println()
}

func arr_() {
	fmt.Print("arr: ")
	{
		x := [2]int{1}
		f := func() int { x[0] = 3; return 2 }
		a, b, c := x[0], f(), x[0]
		use(a, b, c)
	}
	{
		x := [2]int{1}
		f := func() int { x[0] = 3; return 2 }
		use(x[0], f(), x[0])
	}
	{
		x := [2]int{1}
		f := func() int { x[0] = 3; return 2 }
		three(x[0], f(), x[0])
	}
	{
		x := [2]int{1}
		f := func() int { x[0] = 3; return 2 }
		r := st{x[0], f(), x[0]}
		use(r)
	}
	{
		x := [2]int{1}
		f := func() int { x[0] = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = x[0], 7
		use(r)
	}
	fmt.Println()
}

func map_() {
	fmt.Print("map: ")
	{
		x := map[string]int{"a": 1}
		f := func() int { x["a"] = 3; return 2 }
		a, b, c := x["a"], f(), x["a"]
		use(a, b, c)
	}
	{
		x := map[string]int{"a": 1}
		f := func() int { x["a"] = 3; return 2 }
		use(x["a"], f(), x["a"])
	}
	{
		x := map[string]int{"a": 1}
		f := func() int { x["a"] = 3; return 2 }
		three(x["a"], f(), x["a"])
	}
	{
		x := map[string]int{"a": 1}
		f := func() int { x["a"] = 3; return 2 }
		r := st{x["a"], f(), x["a"]}
		use(r)
	}
	{
		x := map[string]int{"a": 1}
		f := func() int { x["a"] = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = x["a"], 7
		use(r)
	}
	fmt.Println()
}

func mapint_() {
	fmt.Print("mapint: ")
	{
		x := map[int]int{1: 1}
		f := func() int { x[1] = 3; return 2 }
		a, b, c := x[1], f(), x[1]
		use(a, b, c)
	}
	{
		x := map[int]int{1: 1}
		f := func() int { x[1] = 3; return 2 }
		use(x[1], f(), x[1])
	}
	{
		x := map[int]int{1: 1}
		f := func() int { x[1] = 3; return 2 }
		three(x[1], f(), x[1])
	}
	{
		x := map[int]int{1: 1}
		f := func() int { x[1] = 3; return 2 }
		r := st{x[1], f(), x[1]}
		use(r)
	}
	{
		x := map[int]int{1: 1}
		f := func() int { x[1] = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = x[1], 7
		use(r)
	}
	fmt.Println()
}

func mapslow_() {
	fmt.Print("mapslow: ")
	{
		x := map[[2]int]int{{1}: 1}
		f := func() int { x[[2]int{1}] = 3; return 2 }
		a, b, c := x[[2]int{1}], f(), x[[2]int{1}]
		use(a, b, c)
	}
	{
		x := map[[2]int]int{{1}: 1}
		f := func() int { x[[2]int{1}] = 3; return 2 }
		use(x[[2]int{1}], f(), x[[2]int{1}])
	}
	{
		x := map[[2]int]int{{1}: 1}
		f := func() int { x[[2]int{1}] = 3; return 2 }
		three(x[[2]int{1}], f(), x[[2]int{1}])
	}
	{
		x := map[[2]int]int{{1}: 1}
		f := func() int { x[[2]int{1}] = 3; return 2 }
		r := st{x[[2]int{1}], f(), x[[2]int{1}]}
		use(r)
	}
	{
		x := map[[2]int]int{{1}: 1}
		f := func() int { x[[2]int{1}] = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = x[[2]int{1}], 7
		use(r)
	}
	fmt.Println()
}

func mapif_() {
	fmt.Print("mapif: ")
	{
		x := map[any]int{1: 1}
		f := func() int { x[1] = 3; return 2 }
		a, b, c := x[1], f(), x[1]
		use(a, b, c)
	}
	{
		x := map[any]int{1: 1}
		f := func() int { x[1] = 3; return 2 }
		use(x[1], f(), x[1])
	}
	{
		x := map[any]int{1: 1}
		f := func() int { x[1] = 3; return 2 }
		three(x[1], f(), x[1])
	}
	{
		x := map[any]int{1: 1}
		f := func() int { x[1] = 3; return 2 }
		r := st{x[1], f(), x[1]}
		use(r)
	}
	{
		x := map[any]int{1: 1}
		f := func() int { x[1] = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = x[1], 7
		use(r)
	}
	fmt.Println()
}

func var_() {
	fmt.Print("var: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := x, f(), x
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(x, f(), x)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(x, f(), x)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{x, f(), x}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = x, 7
		use(r)
	}
	fmt.Println()
}

func add_() {
	fmt.Print("add: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := x+1, f(), x+1
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(x+1, f(), x+1)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(x+1, f(), x+1)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{x + 1, f(), x + 1}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = x+1, 7
		use(r)
	}
	fmt.Println()
}

func addstr_() {
	fmt.Print("addstr: ")
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		a, b, c := x+"z", f(), x+"z"
		use(a, b, c)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		use(x+"z", f(), x+"z")
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		three(x+"z", f(), x+"z")
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		r := st{x + "z", f(), x + "z"}
		use(r)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		var r [3]any
		r[0], r[f()-1] = x+"z", 7
		use(r)
	}
	fmt.Println()
}

func addstr3_() {
	fmt.Print("addstr3: ")
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		a, b, c := "q"+x+"z", f(), "q"+x+"z"
		use(a, b, c)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		use("q"+x+"z", f(), "q"+x+"z")
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		three("q"+x+"z", f(), "q"+x+"z")
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		r := st{"q" + x + "z", f(), "q" + x + "z"}
		use(r)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		var r [3]any
		r[0], r[f()-1] = "q"+x+"z", 7
		use(r)
	}
	fmt.Println()
}

func deref_() {
	fmt.Print("deref: ")
	{
		y := 1
		x := &y
		f := func() int { *x = 3; return 2 }
		a, b, c := *x, f(), *x
		use(a, b, c)
	}
	{
		y := 1
		x := &y
		f := func() int { *x = 3; return 2 }
		use(*x, f(), *x)
	}
	{
		y := 1
		x := &y
		f := func() int { *x = 3; return 2 }
		three(*x, f(), *x)
	}
	{
		y := 1
		x := &y
		f := func() int { *x = 3; return 2 }
		r := st{*x, f(), *x}
		use(r)
	}
	{
		y := 1
		x := &y
		f := func() int { *x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = *x, 7
		use(r)
	}
	fmt.Println()
}

func field_() {
	fmt.Print("field: ")
	{
		x := struct{ a int }{1}
		f := func() int { x.a = 3; return 2 }
		a, b, c := x.a, f(), x.a
		use(a, b, c)
	}
	{
		x := struct{ a int }{1}
		f := func() int { x.a = 3; return 2 }
		use(x.a, f(), x.a)
	}
	{
		x := struct{ a int }{1}
		f := func() int { x.a = 3; return 2 }
		three(x.a, f(), x.a)
	}
	{
		x := struct{ a int }{1}
		f := func() int { x.a = 3; return 2 }
		r := st{x.a, f(), x.a}
		use(r)
	}
	{
		x := struct{ a int }{1}
		f := func() int { x.a = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = x.a, 7
		use(r)
	}
	fmt.Println()
}

func pfield_() {
	fmt.Print("pfield: ")
	{
		x := &struct{ a int }{1}
		f := func() int { x.a = 3; return 2 }
		a, b, c := x.a, f(), x.a
		use(a, b, c)
	}
	{
		x := &struct{ a int }{1}
		f := func() int { x.a = 3; return 2 }
		use(x.a, f(), x.a)
	}
	{
		x := &struct{ a int }{1}
		f := func() int { x.a = 3; return 2 }
		three(x.a, f(), x.a)
	}
	{
		x := &struct{ a int }{1}
		f := func() int { x.a = 3; return 2 }
		r := st{x.a, f(), x.a}
		use(r)
	}
	{
		x := &struct{ a int }{1}
		f := func() int { x.a = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = x.a, 7
		use(r)
	}
	fmt.Println()
}

func assert_() {
	fmt.Print("assert: ")
	{
		var x any = 1
		f := func() int { x = 3; return 2 }
		a, b, c := x.(int), f(), x.(int)
		use(a, b, c)
	}
	{
		var x any = 1
		f := func() int { x = 3; return 2 }
		use(x.(int), f(), x.(int))
	}
	{
		var x any = 1
		f := func() int { x = 3; return 2 }
		three(x.(int), f(), x.(int))
	}
	{
		var x any = 1
		f := func() int { x = 3; return 2 }
		r := st{x.(int), f(), x.(int)}
		use(r)
	}
	{
		var x any = 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = x.(int), 7
		use(r)
	}
	fmt.Println()
}

func assertI_() {
	fmt.Print("assertI: ")
	{
		var x any = T(1)
		f := func() int { x = T(3); return 2 }
		a, b, c := x.(I), f(), x.(I)
		use(a, b, c)
	}
	{
		var x any = T(1)
		f := func() int { x = T(3); return 2 }
		use(x.(I), f(), x.(I))
	}
	{
		var x any = T(1)
		f := func() int { x = T(3); return 2 }
		three(x.(I), f(), x.(I))
	}
	{
		var x any = T(1)
		f := func() int { x = T(3); return 2 }
		r := st{x.(I), f(), x.(I)}
		use(r)
	}
	{
		var x any = T(1)
		f := func() int { x = T(3); return 2 }
		var r [3]any
		r[0], r[f()-1] = x.(I), 7
		use(r)
	}
	fmt.Println()
}

func assertstr_() {
	fmt.Print("assertstr: ")
	{
		var x any = "a"
		f := func() int { x = "b"; return 2 }
		a, b, c := x.(string), f(), x.(string)
		use(a, b, c)
	}
	{
		var x any = "a"
		f := func() int { x = "b"; return 2 }
		use(x.(string), f(), x.(string))
	}
	{
		var x any = "a"
		f := func() int { x = "b"; return 2 }
		three(x.(string), f(), x.(string))
	}
	{
		var x any = "a"
		f := func() int { x = "b"; return 2 }
		r := st{x.(string), f(), x.(string)}
		use(r)
	}
	{
		var x any = "a"
		f := func() int { x = "b"; return 2 }
		var r [3]any
		r[0], r[f()-1] = x.(string), 7
		use(r)
	}
	fmt.Println()
}

func convI_() {
	fmt.Print("convI: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := any(x), f(), any(x)
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(any(x), f(), any(x))
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(any(x), f(), any(x))
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{any(x), f(), any(x)}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = any(x), 7
		use(r)
	}
	fmt.Println()
}

func convI2_() {
	fmt.Print("convI2: ")
	{
		x := "s"
		f := func() int { x = "t"; return 2 }
		a, b, c := any(x), f(), any(x)
		use(a, b, c)
	}
	{
		x := "s"
		f := func() int { x = "t"; return 2 }
		use(any(x), f(), any(x))
	}
	{
		x := "s"
		f := func() int { x = "t"; return 2 }
		three(any(x), f(), any(x))
	}
	{
		x := "s"
		f := func() int { x = "t"; return 2 }
		r := st{any(x), f(), any(x)}
		use(r)
	}
	{
		x := "s"
		f := func() int { x = "t"; return 2 }
		var r [3]any
		r[0], r[f()-1] = any(x), 7
		use(r)
	}
	fmt.Println()
}

func convIbig_() {
	fmt.Print("convIbig: ")
	{
		x := [3]int{1}
		f := func() int { x[0] = 3; return 2 }
		a, b, c := any(x), f(), any(x)
		use(a, b, c)
	}
	{
		x := [3]int{1}
		f := func() int { x[0] = 3; return 2 }
		use(any(x), f(), any(x))
	}
	{
		x := [3]int{1}
		f := func() int { x[0] = 3; return 2 }
		three(any(x), f(), any(x))
	}
	{
		x := [3]int{1}
		f := func() int { x[0] = 3; return 2 }
		r := st{any(x), f(), any(x)}
		use(r)
	}
	{
		x := [3]int{1}
		f := func() int { x[0] = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = any(x), 7
		use(r)
	}
	fmt.Println()
}

func convIface_() {
	fmt.Print("convIface: ")
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		a, b, c := I(x), f(), I(x)
		use(a, b, c)
	}
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		use(I(x), f(), I(x))
	}
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		three(I(x), f(), I(x))
	}
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		r := st{I(x), f(), I(x)}
		use(r)
	}
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		var r [3]any
		r[0], r[f()-1] = I(x), 7
		use(r)
	}
	fmt.Println()
}

func bytes_() {
	fmt.Print("bytes: ")
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		a, b, c := []byte(x), f(), []byte(x)
		use(a, b, c)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		use([]byte(x), f(), []byte(x))
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		three([]byte(x), f(), []byte(x))
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		r := st{[]byte(x), f(), []byte(x)}
		use(r)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		var r [3]any
		r[0], r[f()-1] = []byte(x), 7
		use(r)
	}
	fmt.Println()
}

func str_() {
	fmt.Print("str: ")
	{
		x := []byte("a")
		f := func() int { x[0] = 98; return 2 }
		a, b, c := string(x), f(), string(x)
		use(a, b, c)
	}
	{
		x := []byte("a")
		f := func() int { x[0] = 98; return 2 }
		use(string(x), f(), string(x))
	}
	{
		x := []byte("a")
		f := func() int { x[0] = 98; return 2 }
		three(string(x), f(), string(x))
	}
	{
		x := []byte("a")
		f := func() int { x[0] = 98; return 2 }
		r := st{string(x), f(), string(x)}
		use(r)
	}
	{
		x := []byte("a")
		f := func() int { x[0] = 98; return 2 }
		var r [3]any
		r[0], r[f()-1] = string(x), 7
		use(r)
	}
	fmt.Println()
}

func runes_() {
	fmt.Print("runes: ")
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		a, b, c := []rune(x), f(), []rune(x)
		use(a, b, c)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		use([]rune(x), f(), []rune(x))
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		three([]rune(x), f(), []rune(x))
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		r := st{[]rune(x), f(), []rune(x)}
		use(r)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		var r [3]any
		r[0], r[f()-1] = []rune(x), 7
		use(r)
	}
	fmt.Println()
}

func runestr_() {
	fmt.Print("runestr: ")
	{
		x := []rune("a")
		f := func() int { x[0] = 98; return 2 }
		a, b, c := string(x), f(), string(x)
		use(a, b, c)
	}
	{
		x := []rune("a")
		f := func() int { x[0] = 98; return 2 }
		use(string(x), f(), string(x))
	}
	{
		x := []rune("a")
		f := func() int { x[0] = 98; return 2 }
		three(string(x), f(), string(x))
	}
	{
		x := []rune("a")
		f := func() int { x[0] = 98; return 2 }
		r := st{string(x), f(), string(x)}
		use(r)
	}
	{
		x := []rune("a")
		f := func() int { x[0] = 98; return 2 }
		var r [3]any
		r[0], r[f()-1] = string(x), 7
		use(r)
	}
	fmt.Println()
}

func runetostr_() {
	fmt.Print("runetostr: ")
	{
		x := rune(65)
		f := func() int { x = 66; return 2 }
		a, b, c := string(x), f(), string(x)
		use(a, b, c)
	}
	{
		x := rune(65)
		f := func() int { x = 66; return 2 }
		use(string(x), f(), string(x))
	}
	{
		x := rune(65)
		f := func() int { x = 66; return 2 }
		three(string(x), f(), string(x))
	}
	{
		x := rune(65)
		f := func() int { x = 66; return 2 }
		r := st{string(x), f(), string(x)}
		use(r)
	}
	{
		x := rune(65)
		f := func() int { x = 66; return 2 }
		var r [3]any
		r[0], r[f()-1] = string(x), 7
		use(r)
	}
	fmt.Println()
}

func slice_() {
	fmt.Print("slice: ")
	{
		x := []int{1, 2}
		f := func() int { x = []int{3, 4}; return 2 }
		a, b, c := x[:1], f(), x[:1]
		use(a, b, c)
	}
	{
		x := []int{1, 2}
		f := func() int { x = []int{3, 4}; return 2 }
		use(x[:1], f(), x[:1])
	}
	{
		x := []int{1, 2}
		f := func() int { x = []int{3, 4}; return 2 }
		three(x[:1], f(), x[:1])
	}
	{
		x := []int{1, 2}
		f := func() int { x = []int{3, 4}; return 2 }
		r := st{x[:1], f(), x[:1]}
		use(r)
	}
	{
		x := []int{1, 2}
		f := func() int { x = []int{3, 4}; return 2 }
		var r [3]any
		r[0], r[f()-1] = x[:1], 7
		use(r)
	}
	fmt.Println()
}

func slicestr_() {
	fmt.Print("slicestr: ")
	{
		x := "abc"
		f := func() int { x = "def"; return 2 }
		a, b, c := x[:2], f(), x[:2]
		use(a, b, c)
	}
	{
		x := "abc"
		f := func() int { x = "def"; return 2 }
		use(x[:2], f(), x[:2])
	}
	{
		x := "abc"
		f := func() int { x = "def"; return 2 }
		three(x[:2], f(), x[:2])
	}
	{
		x := "abc"
		f := func() int { x = "def"; return 2 }
		r := st{x[:2], f(), x[:2]}
		use(r)
	}
	{
		x := "abc"
		f := func() int { x = "def"; return 2 }
		var r [3]any
		r[0], r[f()-1] = x[:2], 7
		use(r)
	}
	fmt.Println()
}

func slicearr_() {
	fmt.Print("slicearr: ")
	{
		x := [3]int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		a, b, c := x[:2], f(), x[:2]
		use(a, b, c)
	}
	{
		x := [3]int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		use(x[:2], f(), x[:2])
	}
	{
		x := [3]int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		three(x[:2], f(), x[:2])
	}
	{
		x := [3]int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		r := st{x[:2], f(), x[:2]}
		use(r)
	}
	{
		x := [3]int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		var r [3]any
		r[0], r[f()-1] = x[:2], 7
		use(r)
	}
	fmt.Println()
}

func andand_() {
	fmt.Print("andand: ")
	{
		x := true
		f := func() int { x = false; return 2 }
		a, b, c := x && true, f(), x && true
		use(a, b, c)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		use(x && true, f(), x && true)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		three(x && true, f(), x && true)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		r := st{x && true, f(), x && true}
		use(r)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		var r [3]any
		r[0], r[f()-1] = x && true, 7
		use(r)
	}
	fmt.Println()
}

func andand2_() {
	fmt.Print("andand2: ")
	{
		x := true
		f := func() int { x = false; return 2 }
		a, b, c := tr && x, f(), tr && x
		use(a, b, c)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		use(tr && x, f(), tr && x)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		three(tr && x, f(), tr && x)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		r := st{tr && x, f(), tr && x}
		use(r)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		var r [3]any
		r[0], r[f()-1] = tr && x, 7
		use(r)
	}
	fmt.Println()
}

func oror_() {
	fmt.Print("oror: ")
	{
		x := true
		f := func() int { x = false; return 2 }
		a, b, c := x || fl, f(), x || fl
		use(a, b, c)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		use(x || fl, f(), x || fl)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		three(x || fl, f(), x || fl)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		r := st{x || fl, f(), x || fl}
		use(r)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		var r [3]any
		r[0], r[f()-1] = x || fl, 7
		use(r)
	}
	fmt.Println()
}

func not_() {
	fmt.Print("not: ")
	{
		x := true
		f := func() int { x = false; return 2 }
		a, b, c := !x, f(), !x
		use(a, b, c)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		use(!x, f(), !x)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		three(!x, f(), !x)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		r := st{!x, f(), !x}
		use(r)
	}
	{
		x := true
		f := func() int { x = false; return 2 }
		var r [3]any
		r[0], r[f()-1] = !x, 7
		use(r)
	}
	fmt.Println()
}

func cmp_() {
	fmt.Print("cmp: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := x == 1, f(), x == 1
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(x == 1, f(), x == 1)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(x == 1, f(), x == 1)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{x == 1, f(), x == 1}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = x == 1, 7
		use(r)
	}
	fmt.Println()
}

func cmpstr_() {
	fmt.Print("cmpstr: ")
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		a, b, c := x == "a", f(), x == "a"
		use(a, b, c)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		use(x == "a", f(), x == "a")
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		three(x == "a", f(), x == "a")
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		r := st{x == "a", f(), x == "a"}
		use(r)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		var r [3]any
		r[0], r[f()-1] = x == "a", 7
		use(r)
	}
	fmt.Println()
}

func cmpstr2_() {
	fmt.Print("cmpstr2: ")
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		a, b, c := x < "ab", f(), x < "ab"
		use(a, b, c)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		use(x < "ab", f(), x < "ab")
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		three(x < "ab", f(), x < "ab")
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		r := st{x < "ab", f(), x < "ab"}
		use(r)
	}
	{
		x := "a"
		f := func() int { x = "b"; return 2 }
		var r [3]any
		r[0], r[f()-1] = x < "ab", 7
		use(r)
	}
	fmt.Println()
}

func cmpif_() {
	fmt.Print("cmpif: ")
	{
		var x any = 1
		f := func() int { x = 2; return 2 }
		a, b, c := x == any(1), f(), x == any(1)
		use(a, b, c)
	}
	{
		var x any = 1
		f := func() int { x = 2; return 2 }
		use(x == any(1), f(), x == any(1))
	}
	{
		var x any = 1
		f := func() int { x = 2; return 2 }
		three(x == any(1), f(), x == any(1))
	}
	{
		var x any = 1
		f := func() int { x = 2; return 2 }
		r := st{x == any(1), f(), x == any(1)}
		use(r)
	}
	{
		var x any = 1
		f := func() int { x = 2; return 2 }
		var r [3]any
		r[0], r[f()-1] = x == any(1), 7
		use(r)
	}
	fmt.Println()
}

func cmparr_() {
	fmt.Print("cmparr: ")
	{
		x := [3]int{1}
		f := func() int { x[0] = 2; return 2 }
		a, b, c := x == [3]int{1}, f(), x == [3]int{1}
		use(a, b, c)
	}
	{
		x := [3]int{1}
		f := func() int { x[0] = 2; return 2 }
		use(x == [3]int{1}, f(), x == [3]int{1})
	}
	{
		x := [3]int{1}
		f := func() int { x[0] = 2; return 2 }
		three(x == [3]int{1}, f(), x == [3]int{1})
	}
	{
		x := [3]int{1}
		f := func() int { x[0] = 2; return 2 }
		r := st{x == [3]int{1}, f(), x == [3]int{1}}
		use(r)
	}
	{
		x := [3]int{1}
		f := func() int { x[0] = 2; return 2 }
		var r [3]any
		r[0], r[f()-1] = x == [3]int{1}, 7
		use(r)
	}
	fmt.Println()
}

func neg_() {
	fmt.Print("neg: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := -x, f(), -x
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(-x, f(), -x)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(-x, f(), -x)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{-x, f(), -x}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = -x, 7
		use(r)
	}
	fmt.Println()
}

func shift_() {
	fmt.Print("shift: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := 1<<x, f(), 1<<x
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(1<<x, f(), 1<<x)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(1<<x, f(), 1<<x)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{1 << x, f(), 1 << x}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = 1<<x, 7
		use(r)
	}
	fmt.Println()
}

func div_() {
	fmt.Print("div: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := 12/x, f(), 12/x
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(12/x, f(), 12/x)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(12/x, f(), 12/x)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{12 / x, f(), 12 / x}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = 12/x, 7
		use(r)
	}
	fmt.Println()
}

func conv_() {
	fmt.Print("conv: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := float64(x), f(), float64(x)
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(float64(x), f(), float64(x))
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(float64(x), f(), float64(x))
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{float64(x), f(), float64(x)}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = float64(x), 7
		use(r)
	}
	fmt.Println()
}

func lit_() {
	fmt.Print("lit: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := [2]int{x, x}, f(), [2]int{x, x}
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use([2]int{x, x}, f(), [2]int{x, x})
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three([2]int{x, x}, f(), [2]int{x, x})
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{[2]int{x, x}, f(), [2]int{x, x}}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = [2]int{x, x}, 7
		use(r)
	}
	fmt.Println()
}

func lits_() {
	fmt.Print("lits: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := []int{x, x}, f(), []int{x, x}
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use([]int{x, x}, f(), []int{x, x})
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three([]int{x, x}, f(), []int{x, x})
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{[]int{x, x}, f(), []int{x, x}}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = []int{x, x}, 7
		use(r)
	}
	fmt.Println()
}

func litst_() {
	fmt.Print("litst: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := struct{ a, b int }{x, x}, f(), struct{ a, b int }{x, x}
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(struct{ a, b int }{x, x}, f(), struct{ a, b int }{x, x})
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(struct{ a, b int }{x, x}, f(), struct{ a, b int }{x, x})
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{struct{ a, b int }{x, x}, f(), struct{ a, b int }{x, x}}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = struct{ a, b int }{x, x}, 7
		use(r)
	}
	fmt.Println()
}

func litp_() {
	fmt.Print("litp: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := *&struct{ a, b int }{x, x}, f(), *&struct{ a, b int }{x, x}
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(*&struct{ a, b int }{x, x}, f(), *&struct{ a, b int }{x, x})
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(*&struct{ a, b int }{x, x}, f(), *&struct{ a, b int }{x, x})
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{*&struct{ a, b int }{x, x}, f(), *&struct{ a, b int }{x, x}}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = *&struct{ a, b int }{x, x}, 7
		use(r)
	}
	fmt.Println()
}

func litm_() {
	fmt.Print("litm: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := map[int]int{x: x}, f(), map[int]int{x: x}
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(map[int]int{x: x}, f(), map[int]int{x: x})
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(map[int]int{x: x}, f(), map[int]int{x: x})
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{map[int]int{x: x}, f(), map[int]int{x: x}}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = map[int]int{x: x}, 7
		use(r)
	}
	fmt.Println()
}

func make_() {
	fmt.Print("make: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := make([]int, x), f(), make([]int, x)
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(make([]int, x), f(), make([]int, x))
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(make([]int, x), f(), make([]int, x))
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{make([]int, x), f(), make([]int, x)}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = make([]int, x), 7
		use(r)
	}
	fmt.Println()
}

func new_() {
	fmt.Print("new: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := *new(x), f(), *new(x)
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(*new(x), f(), *new(x))
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(*new(x), f(), *new(x))
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{*new(x), f(), *new(x)}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = *new(x), 7
		use(r)
	}
	fmt.Println()
}

func app_() {
	fmt.Print("app: ")
	{
		x := make([]int, 0)
		f := func() int { x = make([]int, 2); return 2 }
		a, b, c := append(x, 1), f(), append(x, 1)
		use(a, b, c)
	}
	{
		x := make([]int, 0)
		f := func() int { x = make([]int, 2); return 2 }
		use(append(x, 1), f(), append(x, 1))
	}
	{
		x := make([]int, 0)
		f := func() int { x = make([]int, 2); return 2 }
		three(append(x, 1), f(), append(x, 1))
	}
	{
		x := make([]int, 0)
		f := func() int { x = make([]int, 2); return 2 }
		r := st{append(x, 1), f(), append(x, 1)}
		use(r)
	}
	{
		x := make([]int, 0)
		f := func() int { x = make([]int, 2); return 2 }
		var r [3]any
		r[0], r[f()-1] = append(x, 1), 7
		use(r)
	}
	fmt.Println()
}

func clos_() {
	fmt.Print("clos: ")
	{
		x := 1
		f := func() int { x = 3; return 2 }
		a, b, c := func() int { return x }(), f(), func() int { return x }()
		use(a, b, c)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		use(func() int { return x }(), f(), func() int { return x }())
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		three(func() int { return x }(), f(), func() int { return x }())
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		r := st{func() int { return x }(), f(), func() int { return x }()}
		use(r)
	}
	{
		x := 1
		f := func() int { x = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = func() int { return x }(), 7
		use(r)
	}
	fmt.Println()
}

func methval_() {
	fmt.Print("methval: ")
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		a, b, c := x.M(), f(), x.M()
		use(a, b, c)
	}
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		use(x.M(), f(), x.M())
	}
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		three(x.M(), f(), x.M())
	}
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		r := st{x.M(), f(), x.M()}
		use(r)
	}
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		var r [3]any
		r[0], r[f()-1] = x.M(), 7
		use(r)
	}
	fmt.Println()
}

func methe_() {
	fmt.Print("methe: ")
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		a, b, c := T.M(x), f(), T.M(x)
		use(a, b, c)
	}
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		use(T.M(x), f(), T.M(x))
	}
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		three(T.M(x), f(), T.M(x))
	}
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		r := st{T.M(x), f(), T.M(x)}
		use(r)
	}
	{
		x := T(1)
		f := func() int { x = T(3); return 2 }
		var r [3]any
		r[0], r[f()-1] = T.M(x), 7
		use(r)
	}
	fmt.Println()
}

func copy_() {
	fmt.Print("copy: ")
	{
		t := make([]int, 5)
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		a, b, c := copy(t, x), f(), copy(t, x)
		use(a, b, c)
	}
	{
		t := make([]int, 5)
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		use(copy(t, x), f(), copy(t, x))
	}
	{
		t := make([]int, 5)
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		three(copy(t, x), f(), copy(t, x))
	}
	{
		t := make([]int, 5)
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		r := st{copy(t, x), f(), copy(t, x)}
		use(r)
	}
	{
		t := make([]int, 5)
		x := make([]int, 1)
		f := func() int { x = make([]int, 3); return 2 }
		var r [3]any
		r[0], r[f()-1] = copy(t, x), 7
		use(r)
	}
	fmt.Println()
}

func recv_() {
	fmt.Print("recv: ")
	{
		x := make(chan int, 2)
		x <- 1
		x <- 2
		f := func() int { <-x; return 2 }
		a, b, c := len(x), f(), len(x)
		use(a, b, c)
	}
	{
		x := make(chan int, 2)
		x <- 1
		x <- 2
		f := func() int { <-x; return 2 }
		use(len(x), f(), len(x))
	}
	{
		x := make(chan int, 2)
		x <- 1
		x <- 2
		f := func() int { <-x; return 2 }
		three(len(x), f(), len(x))
	}
	{
		x := make(chan int, 2)
		x <- 1
		x <- 2
		f := func() int { <-x; return 2 }
		r := st{len(x), f(), len(x)}
		use(r)
	}
	{
		x := make(chan int, 2)
		x <- 1
		x <- 2
		f := func() int { <-x; return 2 }
		var r [3]any
		r[0], r[f()-1] = len(x), 7
		use(r)
	}
	fmt.Println()
}

func arr2_() {
	fmt.Print("arr2: ")
	{
		x := []int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		a, b, c := [2]int(x), f(), [2]int(x)
		use(a, b, c)
	}
	{
		x := []int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		use([2]int(x), f(), [2]int(x))
	}
	{
		x := []int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		three([2]int(x), f(), [2]int(x))
	}
	{
		x := []int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		r := st{[2]int(x), f(), [2]int(x)}
		use(r)
	}
	{
		x := []int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		var r [3]any
		r[0], r[f()-1] = [2]int(x), 7
		use(r)
	}
	fmt.Println()
}

func arrp_() {
	fmt.Print("arrp: ")
	{
		x := []int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		a, b, c := *(*[2]int)(x), f(), *(*[2]int)(x)
		use(a, b, c)
	}
	{
		x := []int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		use(*(*[2]int)(x), f(), *(*[2]int)(x))
	}
	{
		x := []int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		three(*(*[2]int)(x), f(), *(*[2]int)(x))
	}
	{
		x := []int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		r := st{*(*[2]int)(x), f(), *(*[2]int)(x)}
		use(r)
	}
	{
		x := []int{1, 2, 3}
		f := func() int { x[0] = 9; return 2 }
		var r [3]any
		r[0], r[f()-1] = *(*[2]int)(x), 7
		use(r)
	}
	fmt.Println()
}

func globlen_() {
	fmt.Print("globlen: ")
	{

		f := func() int { gs = make([]int, 3); return 2 }
		a, b, c := len(gs), f(), len(gs)
		use(a, b, c)
	}
	{

		f := func() int { gs = make([]int, 3); return 2 }
		use(len(gs), f(), len(gs))
	}
	{

		f := func() int { gs = make([]int, 3); return 2 }
		three(len(gs), f(), len(gs))
	}
	{

		f := func() int { gs = make([]int, 3); return 2 }
		r := st{len(gs), f(), len(gs)}
		use(r)
	}
	{

		f := func() int { gs = make([]int, 3); return 2 }
		var r [3]any
		r[0], r[f()-1] = len(gs), 7
		use(r)
	}
	fmt.Println()
}

func bigstruct_() {
	fmt.Print("bigstruct: ")
	{
		x := big{a: 1}
		f := func() int { x.a = 3; return 2 }
		a, b, c := x, f(), x
		use(a, b, c)
	}
	{
		x := big{a: 1}
		f := func() int { x.a = 3; return 2 }
		use(x, f(), x)
	}
	{
		x := big{a: 1}
		f := func() int { x.a = 3; return 2 }
		three(x, f(), x)
	}
	{
		x := big{a: 1}
		f := func() int { x.a = 3; return 2 }
		r := st{x, f(), x}
		use(r)
	}
	{
		x := big{a: 1}
		f := func() int { x.a = 3; return 2 }
		var r [3]any
		r[0], r[f()-1] = x, 7
		use(r)
	}
	fmt.Println()
}

func mapdel_() {
	fmt.Print("mapdel: ")
	{
		x := map[int]int{1: 1}
		f := func() int { delete(x, 1); return 2 }
		a, b, c := len(x), f(), len(x)
		use(a, b, c)
	}
	{
		x := map[int]int{1: 1}
		f := func() int { delete(x, 1); return 2 }
		use(len(x), f(), len(x))
	}
	{
		x := map[int]int{1: 1}
		f := func() int { delete(x, 1); return 2 }
		three(len(x), f(), len(x))
	}
	{
		x := map[int]int{1: 1}
		f := func() int { delete(x, 1); return 2 }
		r := st{len(x), f(), len(x)}
		use(r)
	}
	{
		x := map[int]int{1: 1}
		f := func() int { delete(x, 1); return 2 }
		var r [3]any
		r[0], r[f()-1] = len(x), 7
		use(r)
	}
	fmt.Println()
}

func idxarrcap_() {
	fmt.Print("idxarrcap: ")
	{
		x := [2]int{1, 2}
		i := 0
		f := func() int { i = 1; return 2 }
		a, b, c := x[i], f(), x[i]
		use(a, b, c)
	}
	{
		x := [2]int{1, 2}
		i := 0
		f := func() int { i = 1; return 2 }
		use(x[i], f(), x[i])
	}
	{
		x := [2]int{1, 2}
		i := 0
		f := func() int { i = 1; return 2 }
		three(x[i], f(), x[i])
	}
	{
		x := [2]int{1, 2}
		i := 0
		f := func() int { i = 1; return 2 }
		r := st{x[i], f(), x[i]}
		use(r)
	}
	{
		x := [2]int{1, 2}
		i := 0
		f := func() int { i = 1; return 2 }
		var r [3]any
		r[0], r[f()-1] = x[i], 7
		use(r)
	}
	fmt.Println()
}

func idxstr_() {
	fmt.Print("idxstr: ")
	{
		x := "ab"
		i := 0
		f := func() int { i = 1; return 2 }
		a, b, c := x[i], f(), x[i]
		use(a, b, c)
	}
	{
		x := "ab"
		i := 0
		f := func() int { i = 1; return 2 }
		use(x[i], f(), x[i])
	}
	{
		x := "ab"
		i := 0
		f := func() int { i = 1; return 2 }
		three(x[i], f(), x[i])
	}
	{
		x := "ab"
		i := 0
		f := func() int { i = 1; return 2 }
		r := st{x[i], f(), x[i]}
		use(r)
	}
	{
		x := "ab"
		i := 0
		f := func() int { i = 1; return 2 }
		var r [3]any
		r[0], r[f()-1] = x[i], 7
		use(r)
	}
	fmt.Println()
}

func main() {
	g, gs = 1, nil
	len_()
	g, gs = 1, nil
	cap_()
	g, gs = 1, nil
	lenstr_()
	g, gs = 1, nil
	lenmap_()
	g, gs = 1, nil
	complex_()
	g, gs = 1, nil
	real_()
	g, gs = 1, nil
	imag_()
	g, gs = 1, nil
	min_()
	g, gs = 1, nil
	max_()
	g, gs = 1, nil
	minstr_()
	g, gs = 1, nil
	idx_()
	g, gs = 1, nil
	idx2_()
	g, gs = 1, nil
	arr_()
	g, gs = 1, nil
	map_()
	g, gs = 1, nil
	mapint_()
	g, gs = 1, nil
	mapslow_()
	g, gs = 1, nil
	mapif_()
	g, gs = 1, nil
	var_()
	g, gs = 1, nil
	add_()
	g, gs = 1, nil
	addstr_()
	g, gs = 1, nil
	addstr3_()
	g, gs = 1, nil
	deref_()
	g, gs = 1, nil
	field_()
	g, gs = 1, nil
	pfield_()
	g, gs = 1, nil
	assert_()
	g, gs = 1, nil
	assertI_()
	g, gs = 1, nil
	assertstr_()
	g, gs = 1, nil
	convI_()
	g, gs = 1, nil
	convI2_()
	g, gs = 1, nil
	convIbig_()
	g, gs = 1, nil
	convIface_()
	g, gs = 1, nil
	bytes_()
	g, gs = 1, nil
	str_()
	g, gs = 1, nil
	runes_()
	g, gs = 1, nil
	runestr_()
	g, gs = 1, nil
	runetostr_()
	g, gs = 1, nil
	slice_()
	g, gs = 1, nil
	slicestr_()
	g, gs = 1, nil
	slicearr_()
	g, gs = 1, nil
	andand_()
	g, gs = 1, nil
	andand2_()
	g, gs = 1, nil
	oror_()
	g, gs = 1, nil
	not_()
	g, gs = 1, nil
	cmp_()
	g, gs = 1, nil
	cmpstr_()
	g, gs = 1, nil
	cmpstr2_()
	g, gs = 1, nil
	cmpif_()
	g, gs = 1, nil
	cmparr_()
	g, gs = 1, nil
	neg_()
	g, gs = 1, nil
	shift_()
	g, gs = 1, nil
	div_()
	g, gs = 1, nil
	conv_()
	g, gs = 1, nil
	lit_()
	g, gs = 1, nil
	lits_()
	g, gs = 1, nil
	litst_()
	g, gs = 1, nil
	litp_()
	g, gs = 1, nil
	litm_()
	g, gs = 1, nil
	make_()
	g, gs = 1, nil
	new_()
	g, gs = 1, nil
	app_()
	g, gs = 1, nil
	clos_()
	g, gs = 1, nil
	methval_()
	g, gs = 1, nil
	methe_()
	g, gs = 1, nil
	copy_()
	g, gs = 1, nil
	recv_()
	g, gs = 1, nil
	arr2_()
	g, gs = 1, nil
	arrp_()
	g, gs = 1, nil
	globlen_()
	g, gs = 1, nil
	bigstruct_()
	g, gs = 1, nil
	mapdel_()
	g, gs = 1, nil
	idxarrcap_()
	g, gs = 1, nil
	idxstr_()
}
