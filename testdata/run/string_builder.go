// run

package main

import "strings"

func main() {
	var b strings.Builder
	for i := 0; i < 5; i++ {
		b.WriteString("x")
		b.WriteByte('0' + byte(i))
		b.WriteRune('é')
	}
	println(b.String(), b.Len())
	s := ""
	for _, w := range strings.Fields("  a bb  ccc ") {
		s = w + s
	}
	println(s)
	println(strings.Map(func(r rune) rune {
		if r == 'a' {
			return -1
		}
		return r + 1
	}, "abcab"))
	println(strings.Title("hello"), strings.Count("cheese", "e"), strings.LastIndex("go gopher", "go"))
	before, after, ok := strings.Cut("k=v=w", "=")
	println(before, after, ok)
	for p := range strings.SplitSeq("a,b,c", ",") {
		print(p, ";")
	}
	println()
	r := strings.NewReplacer("<", "&lt;", ">", "&gt;")
	println(r.Replace("<b>"))
	println(strings.TrimLeft("xxabc", "x"), strings.TrimSuffix("a.go", ".go"), strings.HasPrefix("golang", "go"))
}
