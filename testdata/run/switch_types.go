// run

package main

type A struct{}
type B struct{ n int }
type E interface{ Error() string }

func (b *B) Error() string { return "B" }

func f(x any) int {
	switch x := x.(type) {
	case int, int8:
		if _, ok := x.(int); ok {
			return 1
		}
		return 2
	case string:
		return len(x)
	case A:
		return 100
	case *B:
		return x.n
	case E:
		return 200
	case []string:
		return 300 + len(x)
	case map[string]int:
		return x["k"]
	case func(int) int:
		return x(20)
	case chan int:
		return cap(x)
	case nil:
		return -1
	case [2]int:
		return x[1]
	case struct{ q int }:
		return x.q
	case *int:
		return *x
	default:
		return -2
	}
}

func main() {
	n := 77
	for _, x := range []any{1, int8(1), "four", A{}, &B{5}, []string{"a"}, map[string]int{"k": 9}, func(i int) int { return i + 1 }, make(chan int, 4), nil, [2]int{3, 4}, struct{ q int }{8}, &n, 1.5, B{1}} {
		print(f(x), " ")
	}
	println()
	switch y := any(n); y {
	case 1, "x":
		println("no")
	case 77:
		println("yes")
	}
	switch s := "abc"; {
	case s > "abd":
		println("gt")
	case s == "abc":
		println("eq")
		fallthrough
	case false:
		println("through")
	}
	switch n {
	case 70, 71, 72:
	case 73, 74, 75, 76:
	case 77:
		println("seventy-seven")
	case 78, 79, 80:
	}
	switch r := 'x'; r {
	case 'a', 'e':
		println("vowel")
	default:
		println("other")
	}
}
