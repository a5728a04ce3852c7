// run

// Random texts as tokens, with positions and errors. Set verbose to see where they differ.

package main

import (
	"fmt"
	"go/scanner"
	"go/token"
	"hash/fnv"
	"math/rand"
)

var r *rand.Rand

var frags = []string{"foo", "x", "break", "return", "func", "1", "0x1F", "0b12", "0o8", "089", "08.5", "1_000", "1__0", "_1", "0x", "0x.p", "0x1.8p3", "1e", "1e+5", "1.5i", ".5", "1.", "0b1.0", "0b1e3", "1p3", "0x1_", "'a'", "'ab'", "''", "'\\n'", "'\\x'", "'\\400'", "'\\uD800'", "'", "\"str\"", "\"\\q\"", "\"a\\", "\"x\n", "`raw\r\n`", "`", "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "&^", "+=", "&^=", "<<=", ">>=", "&&", "||", "<-", "++", "--", "==", "<", ">", "=", "!", "!=", "<=", ">=", ":=", "...", "..", "(", "[", "{", ",", ".", ")", "]", "}", ";", ":", "~", "//c", "// c\r\n", "/* c */", "/* a\nb */", "/*", "/* \r*/", "//line a.go:10\n", "//line b.go:5:3\n", "/*line c.go:7:9*/", "//line :5:x\n", "//line foo:0\n", "//line /abs/d.go:3\n", "//line :9\n", "//line :9:2\n", "\n", "\n", " ", "\t", "\r\n", "\x00", "\xff", "\ufeff", "é", "日本", "٣", "@", "#", "$", "“", "”", "?", "\\", "case", "var", "goto"}

func main() {
	const seed, n, verbose = 3, 400, false
	r = rand.New(rand.NewSource(int64(seed)))
	h := fnv.New64a()
	p := func(f string, a ...any) {
		if verbose {
			fmt.Printf(f, a...)
		}
		fmt.Fprintf(h, f, a...)
	}
	for i := range n {
		if i%20 == 0 {
			fmt.Printf("%d %x\n", i, h.Sum64())
		}
		src := ""
		for range r.Intn(12) {
			src += frags[r.Intn(len(frags))]
			if r.Intn(2) == 0 {
				src += " "
			}
		}
		if r.Intn(5) == 0 && len(src) > 0 {
			b := []byte(src)
			b[r.Intn(len(b))] = byte(r.Intn(128))
			src = string(b)
		}
		p("%d %q\n", i, src)
		fs := token.NewFileSet()
		f := fs.AddFile("dir/in.go", fs.Base()+r.Intn(5), len(src))
		var s scanner.Scanner
		var el scanner.ErrorList
		s.Init(f, []byte(src), func(pos token.Position, msg string) { el.Add(pos, msg); p("  E %v %s\n", pos, msg) }, scanner.Mode(r.Intn(2)))
		for range 100 {
			pos, tok, lit := s.Scan()
			p("  %d %v %v %v %q %d\n", pos, fs.Position(pos), fs.PositionFor(pos, false), tok, lit, s.End())
			if tok == token.EOF {
				break
			}
		}
		el.RemoveMultiples()
		p(" %v %v %d %v %v\n", el.Err(), f, s.ErrorCount, f.Lines(), f.LineCount())
	}
	fmt.Printf("%d %x\n", seed, h.Sum64())
}
