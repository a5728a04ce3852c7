package p

type I interface{ m[T any]() }
func f() {
	if x := 1; x {
	}
	if x
	{
	}
	if x = 1 {
	}
	go (f())
	go f
	defer 1
	switch x, y := z.(type) {
	}
	x := 0x
	y.(type)
	a.b := 3
	fallthrough
	break
	"abc
	'ab'
	for var i = 1; i < 2; i++ { }
L:
}
func () g() {}
func (a, b T) g() {}
func h(a ...int, b int)
type S struct { a int 1; }
//| errors_header.go:3:20: interface method must have no type parameters
//| errors_header.go:7:6: syntax error: unexpected newline, expected { after if clause
//| errors_header.go:10:7: syntax error: cannot use assignment x = 1 as value
//| errors_header.go:12:5: expression in go must not be parenthesized
//| errors_header.go:15:14: syntax error: cannot use x, y := z.(type) as value
//| errors_header.go:17:9: hexadecimal literal has no digits
//| errors_header.go:22:6: newline in string
//| errors_header.go:23:2: more than one character in rune literal
//| errors_header.go:24:10: syntax error: var declaration not allowed in for initializer
//| errors_header.go:27:9: method has no receiver
//| errors_header.go:28:15: method has multiple receivers
//| errors_header.go:29:10: can only use ... with final parameter
