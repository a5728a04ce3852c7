package p

func f() {
	goto Q
	var a, b = 1, 2
	c, d := 3, 4
Q:
	goto R
	{
	R:
		break R
	}
L:
	for {
		break M
		goto L2
		var z int
		_ = z
	L2:
		fallthrough
	}
	if true {
		fallthrough
	}
T:
	goto T
	break T
	for range 3 {
		func() {
			break
			continue T
		}()
	}
	switch {
	case true:
		fallthrough
		;
	case a+b+c+d == 0:
		fallthrough
	}
}
//| errors_branch.go:4:7: goto Q jumps over declaration of c, d at errors_branch.go:6:7
//| errors_branch.go:8:7: goto R jumps into block starting at errors_branch.go:9:2
//| errors_branch.go:11:9: invalid break label R
//| errors_branch.go:13:1: label L defined and not used
//| errors_branch.go:15:9: break label not defined: M
//| errors_branch.go:16:8: goto L2 jumps over declaration of z at errors_branch.go:17:7
//| errors_branch.go:20:3: fallthrough statement out of place
//| errors_branch.go:23:3: fallthrough statement out of place
//| errors_branch.go:27:8: invalid break label T
//| errors_branch.go:30:4: break is not in a loop, switch, or select
//| errors_branch.go:31:13: continue label not defined: T
//| errors_branch.go:39:3: cannot fallthrough final case in switch
