package p
func f() {
	go x
	go (x)
	go (f())
	defer int(3)
	defer a.b
	a.b, c[1] := 2
	for a, b, c := range 5 {}
	for a.b := range 5 {}
	_ = x.(type)
	switch a := x.(type) { default: }
	switch a.b := x.(type) { default: }
	switch a, b := x.(type), 1; a {}
	switch x := 2; x.(type) {}
	if x.(type) {}
	x.(type)
	a.b := x.(type)
}
type I interface { m[](); n[]; k[int]; j[p int]() }
//| errors_statement.go:4:5: expression in go must not be parenthesized
//| errors_statement.go:5:5: expression in go must not be parenthesized
//| errors_statement.go:13:13: syntax error: cannot use a.b := x.(type) as value
//| errors_statement.go:20:22: empty type parameter list
//| errors_statement.go:20:29: empty type argument list
//| errors_statement.go:20:41: interface method must have no type parameters
