// run

package main

type expr interface{ eval(env map[string]int) int }
type num int
type ref string
type bin struct {
	op   byte
	l, r expr
}
type let struct {
	name    string
	v, body expr
}

func (n num) eval(map[string]int) int     { return int(n) }
func (r ref) eval(env map[string]int) int { return env[string(r)] }
func (b bin) eval(env map[string]int) int {
	l, r := b.l.eval(env), b.r.eval(env)
	switch b.op {
	case '+':
		return l + r
	case '-':
		return l - r
	case '*':
		return l * r
	}
	panic("bad op")
}
func (l let) eval(env map[string]int) int {
	old, had := env[l.name]
	env[l.name] = l.v.eval(env)
	defer func() {
		if had {
			env[l.name] = old
		} else {
			delete(env, l.name)
		}
	}()
	return l.body.eval(env)
}

type parser struct {
	s string
	i int
}

func (p *parser) peek() byte {
	if p.i < len(p.s) {
		return p.s[p.i]
	}
	return 0
}
func (p *parser) expr() expr {
	e := p.term()
	for p.peek() == '+' || p.peek() == '-' {
		op := p.s[p.i]
		p.i++
		e = bin{op, e, p.term()}
	}
	return e
}
func (p *parser) term() expr {
	e := p.factor()
	for p.peek() == '*' {
		p.i++
		e = bin{'*', e, p.factor()}
	}
	return e
}
func (p *parser) factor() expr {
	c := p.peek()
	switch {
	case c == '(':
		p.i++
		e := p.expr()
		p.i++
		return e
	case c >= '0' && c <= '9':
		n := 0
		for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
			n = n*10 + int(c-'0')
			p.i++
		}
		return num(n)
	default:
		p.i++
		return ref(string(c))
	}
}

func main() {
	p := &parser{s: "2*(x+3)-y*y"}
	e := let{"x", num(4), let{"y", bin{'-', ref("x"), num(1)}, p.expr()}}
	env := map[string]int{}
	println(e.eval(env), len(env))
	even := func(int) bool { return false }
	odd := func(n int) bool { return n != 0 && even(n-1) }
	even = func(n int) bool { return n == 0 || odd(n-1) }
	println(even(10), odd(7), even(7))
}
