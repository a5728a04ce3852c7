package p

func f() {
	//go:noinline
	x := 1
//line other.go:10
	break
//line third.go:20:5
	continue
	y := /*line in.go:7:3*/ 0x
//line :x
//line a.go:0
}

//go:embed x

//go:noinline
//| directives.go:4:4: misplaced compiler directive
//| in.go:7:6: hexadecimal literal has no digits
//| in.go:8:9: invalid line number: x
//| in.go:9:13: invalid line number: 0
//| in.go:12:3: misplaced go:embed directive
//| in.go:14:3: misplaced compiler directive
