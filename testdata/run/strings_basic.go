// run

package main

func main() {
	s := "héllo, 世界"
	println(len(s), s[1], s[1:3], s[:2] < s[2:])
	for i, r := range s {
		print(i, ":", r, " ")
	}
	println()
	for i, r := range "a\xffb\xc0\xafc" {
		print(i, ":", r, " ")
	}
	println()
	b := []byte(s)
	b[0] = 'H'
	println(string(b), len(b))
	rs := []rune(s)
	println(len(rs), string(rs[7:]), string(rs[1]), string(rune(-1)) == "\uFFFD")
	t := s
	t += "!" + s[:1]
	println(t, s == t, s < t, s+"" == s, "a"+t[:2]+"b"+t[2:4]+"c"+"d")
	var z string
	println(z == "", len(z))
	switch t[0] {
	case 'h', 'H':
		println("h")
	default:
		println("other")
	}
	m := map[string]int{"a": 1, "b": 2}
	m[string(b[:1])]++
	println(m["H"], m["a"], m["zz"])
}
