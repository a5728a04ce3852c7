// run

// Package text/scanner: tokens, positions, modes and errors.
package main

import (
	"fmt"
	"strings"
	"text/scanner"
)

func main() {
	var s scanner.Scanner
	show := func(text string, mode uint) {
		s.Init(strings.NewReader(text))
		s.Filename = "f"
		if mode != 0 {
			s.Mode = mode
		}
		s.Error = func(s *scanner.Scanner, msg string) { fmt.Println("error:", s.Pos(), msg) }
		for tok := s.Scan(); tok != scanner.EOF; tok = s.Scan() {
			fmt.Printf("%s %s %q; ", s.Position, scanner.TokenString(tok), s.TokenText())
		}
		fmt.Println(s.Pos(), s.ErrorCount)
	}
	show("\ufeffif a1 >= 0x1F { // c\n\tprint(\"é\\n\", 'x', `r\n`, 1.5e3, .5)\n}", 0)
	show("a /* b */ 1_000 07 0b12 0x 1e 089 1__0 0x1.8 'ab' '' \"x", 0)
	show("a/*b*/1.5 \"s\" 'c'", scanner.ScanIdents|scanner.ScanInts|scanner.ScanComments)
	show("\"\\q\" \x00 \xff /*", 0)
	s.Init(strings.NewReader("a-b c"))
	s.IsIdentRune = func(ch rune, i int) bool { return ch == '-' && i > 0 || 'a' <= ch && ch <= 'z' }
	s.Whitespace = 0
	fmt.Println(s.Scan() == scanner.Ident, s.TokenText(), string(s.Peek()), s.Next(), s.Pos(), s.Next(), s.Next() == scanner.EOF, s.IsValid())
	fmt.Println(scanner.Position{Filename: "x", Line: 1, Column: 2}, scanner.Position{}, scanner.TokenString('a'))
}
