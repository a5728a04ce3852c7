package p
import 5
import "a
import x
type T[] int
type T2[P] int
type T3[P *int] int
type T4[P *C,] int
type T5[P *C] int
type T6 struct { (a); *(b); a "x"; c int 'x'; d T[]; e T[int,]; []int }
func f[]() {}
func (T) m[P any]() {}
func g[P any, Q]() {}
func h(a, b, c int, string) {}
func h2(a int, b) {}
func h3(...) {}
func h4(a ...int, b ...int) (c ...int, d int)
type F func[T any]()
var _ = func[T any]() {}
var a [3,]int
var b [...]int
const c := 3
var d := 3
var m map[int
var ch chan
type A[P any] = int
type B[P interface{}, Q ~int|string] struct {}
var z = <-chan int(nil)
var z2 = <-<-chan int(nil)
var z3 = <-chan<- int(nil)
x := 1
func ff() 
{
}
}
//| errors_declaration.go:2:8: syntax error: import path must be a string
//| errors_declaration.go:3:10: newline in string
//| errors_declaration.go:4:9: syntax error: missing import path
//| errors_declaration.go:10:18: syntax error: cannot parenthesize embedded type
//| errors_declaration.go:11:8: syntax error: empty type parameter list
//| errors_declaration.go:13:16: syntax error: missing type constraint
//| errors_declaration.go:14:27: syntax error: missing parameter type
//| errors_declaration.go:15:17: syntax error: missing parameter type
//| errors_declaration.go:16:12: syntax error: ... is missing type
//| errors_declaration.go:17:11: can only use ... with final parameter
//| errors_declaration.go:17:32: invalid use of ...
//| errors_declaration.go:18:12: syntax error: function type must have no type parameters
//| errors_declaration.go:19:13: syntax error: function type must have no type parameters
//| errors_declaration.go:20:9: syntax error: unexpected comma; expected ]
//| errors_declaration.go:22:9: syntax error: unexpected :=, expected =
//| errors_declaration.go:23:7: syntax error: unexpected :=, expected =
//| errors_declaration.go:24:14: syntax error: unexpected newline, expected ]
//| errors_declaration.go:25:1: syntax error: unexpected keyword var, expected type
//| errors_declaration.go:26:13: syntax error: unexpected ] after top level declaration
//| errors_declaration.go:31:1: syntax error: non-declaration statement outside function body
//| errors_declaration.go:33:1: syntax error: unexpected semicolon or newline before {
