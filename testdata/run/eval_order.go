// run

package main

func t(name string, v int) int { print(name, " "); return v }
func ts(name string, v []int) []int { print(name, " "); return v }
func tm(v map[int]int) map[int]int { print("m "); return v }
func tp(p *int) *int { print("p "); return p }
func two() (int, int) { print("two "); return 1, 2 }
func add3(a, b, c int) int { return a*100 + b*10 + c }

func main() {
	x := t("a", 1) + t("b", 2)*t("c", 3)
	println(x)
	println(add3(t("x", 1), t("y", 2), t("z", 3)))
	arr := []int{0, 0, 0}
	ts("s", arr)[t("i", 1)] = t("v", 5)
	println(arr[1])
	m := map[int]int{}
	tm(m)[t("k", 2)] += t("w", 3)
	println(m[2])
	n := 0
	*tp(&n) = t("q", 4)
	println(n)
	arr[t("i0", 0)], arr[t("i2", 2)] = two()
	println(arr[0], arr[2])
	_ = t("l", 0) == 1 && t("never", 1) == 1 || t("r", 1) == 1
	println()
	y := []int{t("e0", 1), t("e1", 2)}
	z := map[int]int{t("k0", 1): t("v0", 1), t("k1", 2): t("v1", 2)}
	println(len(y), len(z))
	i := 1
	i, arr[i] = 2, 9
	println(i, arr[1])
	f := func() func(int) int { print("fn "); return func(a int) int { return a + 1 } }
	println(f()(t("arg", 1)))
	a, b := 1, 2
	a, b = b, a+b
	println(a, b)
	defer println("deferred", t("darg", 1))
	println("end")
}
