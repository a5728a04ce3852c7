package p

func f() {
	x := [3]int{1, 2
	y := 2
	g(1, 2
	if y == 1
	{
	}
	for i := 0; i < 10 {
	}
	switch x {
	y:
	}
	if x {
	}
	else {
	}
	if x {} else y
	a[1,2:3]
	for var i = 0; i < 1; i++ {}
	L:
}

func g(a int b int) {}

x := 1

type T struct {
	a int,
	b int
}

func h() int
{
}

var m = map[string]int{
	"a": 1
}

func (t T) n( { }
//| errors_recovery.go:4:18: syntax error: unexpected newline in composite literal; possibly missing comma or }
//| errors_recovery.go:7:2: syntax error: unexpected keyword if at end of statement
//| errors_recovery.go:10:21: syntax error: unexpected {, expected semicolon or newline
//| errors_recovery.go:11:2: syntax error: unexpected }, expected expression
//| errors_recovery.go:13:2: syntax error: unexpected name y, expected case or default or }
//| errors_recovery.go:17:2: syntax error: unexpected keyword else, expected }
//| errors_recovery.go:21:17: syntax error: non-declaration statement outside function body
//| errors_recovery.go:25:14: syntax error: unexpected name b in parameter list; possibly missing comma or )
//| errors_recovery.go:27:1: syntax error: non-declaration statement outside function body
//| errors_recovery.go:30:7: syntax error: unexpected comma in struct type; possibly missing semicolon or newline or }
//| errors_recovery.go:35:1: syntax error: unexpected semicolon or newline before {
//| errors_recovery.go:39:8: syntax error: unexpected newline in composite literal; possibly missing comma or }
//| errors_recovery.go:42:15: syntax error: unexpected {, expected )
