// run

package main

type op byte

const (
	push op = iota
	add
	mul
	jmpnz
	dec
	dup
	swap
	pop
	halt
)

type ins struct {
	op  op
	arg int
}

func run(code []ins) (steps, result int) {
	var st [16]int
	sp, pc := 0, 0
	for {
		in := code[pc]
		pc++
		steps++
		switch in.op {
		case push:
			st[sp] = in.arg
			sp++
		case add:
			st[sp-2] += st[sp-1]
			sp--
		case mul:
			st[sp-2] *= st[sp-1]
			sp--
		case dec:
			st[sp-1]--
		case dup:
			st[sp] = st[sp-1]
			sp++
		case swap:
			st[sp-1], st[sp-2] = st[sp-2], st[sp-1]
		case pop:
			sp--
		case jmpnz:
			if st[sp-1] != 0 {
				pc = in.arg
			}
		case halt:
			return steps, st[0]
		}
	}
}

func main() {
	code := []ins{{push, 1}, {push, 10}, {swap, 0}, {push, 3}, {add, 0}, {push, 7}, {mul, 0}, {push, 1}, {add, 0}, {swap, 0}, {dec, 0}, {jmpnz, 2}, {pop, 0}, {halt, 0}}
	println(run(code))
}
