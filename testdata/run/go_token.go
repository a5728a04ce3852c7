// run

// Positions and sets of files.
package main

import (
	"fmt"
	"go/token"
)

func try(f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("panic:", r)
		}
	}()
	f()
}

func main() {
	for t := token.Token(-2); t < 95; t++ {
		fmt.Print(int(t), " ", t, " ", t.Precedence(), t.IsLiteral(), t.IsOperator(), t.IsKeyword(), "\n")
	}
	for _, s := range []string{"", "a", "A", "break", "Éa", "1a", "a1", "_", "日", "a-b", "func", "any", "\xff"} {
		fmt.Println(token.Lookup(s), token.IsExported(s), token.IsIdentifier(s), token.IsKeyword(s))
	}
	for _, p := range []token.Position{{}, {Filename: "f"}, {Line: 3}, {Line: 3, Column: 4}, {Filename: "f", Line: 3}, {Filename: "f", Line: 3, Column: 4}} {
		fmt.Println(p, p.IsValid())
	}
	fs := token.NewFileSet()
	a := fs.AddFile("a.go", -1, 10)
	b := fs.AddFile("b.go", 50, 0)
	c := fs.AddFile("c.go", fs.Base(), 100)
	fmt.Println(a, b, c, fs.Base(), a.Base(), a.Size(), a.End(), b.LineCount())
	try(func() { fs.AddFile("x", 5, 1) })
	try(func() { fs.AddFile("x", -1, -1) })
	a.AddLine(3)
	a.AddLine(3)
	a.AddLine(2)
	a.AddLine(10)
	a.AddLine(7)
	fmt.Println(a.Lines(), a.LineCount(), a.SetLines([]int{0, 5, 5}), a.SetLines([]int{0, 11}), a.SetLines([]int{0, 4, 8}), a.Lines())
	c.SetLinesForContent([]byte("ab\nc\n\nlonger line\nlast"))
	fmt.Println(c.Lines())
	c.AddLineInfo(3, "other", 100)
	c.AddLineColumnInfo(8, "third", 5, 7)
	c.AddLineColumnInfo(7, "no", 1, 1)
	c.AddLineColumnInfo(15, "fourth", 9, 0)
	for p := token.Pos(-1); p < 75; p++ {
		f := fs.File(p)
		if f != nil {
			fmt.Println(p, f.Name(), fs.Position(p), fs.PositionFor(p, false), f.Offset(p), f.Line(p))
		}
	}
	fmt.Println(c.Pos(-5), c.Pos(1000), c.Offset(0), c.Offset(100000), c.Position(100000), c.Position(token.NoPos), c.LineStart(2))
	try(func() { c.LineStart(0) })
	try(func() { c.LineStart(99) })
	try(func() { c.MergeLine(0) })
	try(func() { c.MergeLine(99) })
	c.MergeLine(2)
	fmt.Println(c.Lines())
	for f := range fs.Iterate {
		fmt.Print(f.Name(), " ")
	}
	fs.RemoveFile(b)
	fs.RemoveFile(b)
	for f := range fs.Iterate {
		fmt.Print(f.Name(), " ")
		if f == a {
			fs.AddFile("late.go", -1, 5)
		}
	}
	fmt.Println(fs.File(50), fs.File(a.Pos(2)))
	fs2 := token.NewFileSet()
	fs2.AddExistingFiles(c, a, a)
	for f := range fs2.Iterate {
		fmt.Print(f, " ")
	}
	fmt.Println(fs2.Base())
	over := token.NewFileSet().AddFile("over", 5, 3)
	try(func() { fs2.AddExistingFiles(over) })
	try(func() { fs2.AddExistingFiles(token.NewFileSet().AddFile("same", 1, 3)) })
}
