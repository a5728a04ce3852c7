// run

// Package text/template: actions, methods and functions by reflection, errors of parsing and of execution.
package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"text/template"
	"text/template/parse"
)

type Item struct {
	Name   string
	Price  float64
	Tags   []string
	Next   *Item
	Props  map[string]int
	F      func(int) string
	Any    any
	hidden int
}

func (i Item) Total(n int) float64                 { return i.Price * float64(n) }
func (i *Item) Upper() string                      { return strings.ToUpper(i.Name) }
func (i Item) Join(sep string, s ...string) string { return strings.Join(append(s, i.Tags...), sep) }
func (i Item) Fail(b bool) (string, error) {
	if b {
		return "", errors.New("told to fail")
	}
	return "fine", nil
}
func (i Item) Panic() string { panic("oops") }

type Level int

func (l Level) String() string { return fmt.Sprintf("L%d", int(l)) }

type failing struct{ n int }

func (w *failing) Write(p []byte) (int, error) {
	w.n -= len(p)
	if w.n < 0 {
		return 0, errors.New("disk full")
	}
	return len(p), nil
}

func main() {
	item := &Item{
		Name: "pen", Price: 1.5, Tags: []string{"a", "b"}, Next: &Item{Name: "ink"}, Props: map[string]int{"x": 1, "b": 2},
		F: func(i int) string { return fmt.Sprint("f", i) }, Any: Level(3),
	}
	data := map[string]any{
		"Item": item, "Val": *item, "N": 3, "U": uint8(7), "S": "it's <b>\"&\x00", "Nil": (*Item)(nil), "None": nil,
		"Seq": func(yield func(int) bool) { _ = yield(10) && yield(20) && yield(30) }, "C": 2 + 1i, "L": Level(2), "Err": errors.New("e"),
		"M": map[int]string{2: "two", 1: "one"}, "Fn": func(a ...int) int { return len(a) }, "Arr": [3]int{4, 5, 6},
	}
	funcs := template.FuncMap{
		"add":  func(a, b int) int { return a + b },
		"fail": func() (int, error) { return 0, errors.New("no luck") },
		"typ":  func(a any) string { return fmt.Sprintf("%T", a) },
		"ptr":  func(i *Item) string { return i.Name },
		"val":  func(i Item) string { return i.Name },
	}
	for _, text := range []string{
		`{{.Item.Name}} {{.Item.Upper}} {{.Val.Total 2}} {{.Item.Next.Name | printf "%q"}} {{.Item.Join "-" "x" "y"}} {{.Item.Any}} {{.L}}`,
		`{{range $i, $t := .Item.Tags}}{{if $i}}, {{end}}{{$i}}={{$t}}{{else}}none{{end}}`,
		`{{range .M}}{{.}} {{end}}{{range $k, $v := .Item.Props}}{{$k}}:{{$v}};{{end}}{{range 3}}{{.}}{{end}}`,
		`{{range .Seq}}{{if eq . 20}}{{continue}}{{end}}{{.}},{{end}}{{range .Arr}}{{if gt . 4}}{{break}}{{end}}{{.}}{{end}}`,
		`{{with .Item.Next}}{{.Name}}{{else with .N}}{{.}}{{end}} {{with .None}}x{{else}}y{{end}}`,
		`{{$x := 1}}{{range .Arr}}{{$x = add $x .}}{{end}}{{$x}} {{$.N}}`,
		"a  {{- 1 -}}  b {{/* c */}} {{- \" s \" }}\n{{`raw`}} {{'a'}} {{0x10}} {{1e3}} {{true}} {{.C}} {{2+3i}}",
		`{{html .S}} {{js .S}} {{urlquery .S}} {{len .S}} {{print 1 2 "x"}} {{println .None}}`,
		`{{index .M 1}} {{index .Item.Props "x"}} {{index .Arr 1}} {{slice .Item.Name 1}} {{slice .Item.Tags 0 1}} {{call .Item.F 4}} {{call .Fn 1 2}}`,
		`{{and 1 0 2}} {{or 0 "" "z"}} {{not .None}} {{eq .N 1 2 3}} {{lt .N .U}} {{ge 1.5 .Item.Price}} {{ne "a" "b"}} {{and .None .None.X}}`,
		`{{define "t"}}[{{.}}{{template "u" .}}]{{end}}{{define "u"}}({{.}}){{end}}{{template "t" .N}}{{block "b" "blk"}}{{.}}!{{end}}`,
		`{{typ 1}} {{typ "s"}} {{typ 'a'}} {{typ nil}} {{typ .L}} {{ptr .Item}} {{val .Item}} {{(.Item.Fail false)}} {{.Err}} {{.Missing}} {{.Missing.X}}`,
		`{{if .Nil}}a{{else if .None}}b{{else if "x"}}c{{end}}`,
		// Errors while it is parsed.
		`{{.X`, `{{"a}}`, `{{nofunc}}`, `{{$x}}`, `{{if}}{{end}}`, `{{end}}`, "\n\n{{range .X}}{{", `{{break}}`, `{{1 | 2}}`, `{{.A.}}`, `{{(.A}}`, `{{.A)}}`,
		`{{/* c`, `{{1x}}`, `{{template}}`, `{{define "a"}}1{{end}}{{define "a"}}2{{end}}`, `{{$x, $y := .A}}`, `{{range $x, 1 := .A}}{{end}}`, "{{if\n.A\n|}}",
		`{{99999999999999999999}}`, `{{nil}}`, `{{"s".X}}`, `{{else}}`, `{{@}}`, "{{\x01}}", `{{'ab'}}`, `{{.A "x}}`,
		// And while it is executed.
		`{{.Item.Nope}}`, `{{.N.X}}`, `{{.Item.hidden}}`, `{{.Nil.Name}}`, `{{.Item.Total}}`, `{{.Item.Total "x"}}`, `{{.Item.Fail true}}`, `{{.Item.Panic}}`, `{{fail}}`,
		`{{index .Arr 9}}`, `{{index .M "x"}}`, `{{len .N}}`, `{{lt 1 "a"}}`, `{{template "zz"}}`, `{{range .N.X}}{{end}}`, `{{.Fn}}`,
		`{{1 | .N}}`, `{{.Item.Name 1}}`, `{{call .N}}`, `{{slice .Item.Name 2 1}}`, `{{ptr .N}}`, `{{add 1}}`, `{{nil | print}}`,
	} {
		t, err := template.New("main").Funcs(funcs).Parse(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		var b strings.Builder
		err = t.Execute(&b, data)
		fmt.Printf("%q %v\n", b.String(), err)
	}

	t := template.Must(template.New("a").Delims("<<", ">>").Option("missingkey=error").Parse(`<<.X>>{{.}}<<define "sub">>s<<.>><<end>>`))
	fmt.Println(t.Execute(os.Stdout, map[string]int{"X": 1}))
	fmt.Println(t.Execute(os.Stdout, map[string]int{}))
	fmt.Println(t.ExecuteTemplate(os.Stdout, "sub", 7), t.ExecuteTemplate(os.Stdout, "no", 7))
	c := template.Must(t.Clone())
	template.Must(c.New("sub").Parse("other"))
	fmt.Println(c.ExecuteTemplate(os.Stdout, "sub", 7), t.ExecuteTemplate(os.Stdout, "sub", 8), len(c.Templates()), t.Lookup("x"))
	fmt.Println(t.Execute(&failing{0}, map[string]int{"X": 1}))
	var ee template.ExecError
	fmt.Println(errors.As(template.Must(template.New("e").Parse("{{.X.Y}}")).Execute(os.Stdout, struct{ X int }{}), &ee), ee.Name)
	fmt.Println(template.New("empty").Execute(os.Stdout, nil))

	trees, err := parse.Parse("p", `x{{if .A.B $}}{{$y := (len "a").C | print 1}}{{else}}{{range $i, $e := .}}{{.}}{{break}}{{end}}{{end}}{{template "t" 1.5}}`, "", "", map[string]any{"len": 1, "print": 1})
	fmt.Println(trees["p"].Root, err, parse.IsEmptyTree(trees["p"].Root), trees["p"].Copy().Root.Nodes[1].Position())
	defer func() { fmt.Println(recover()) }()
	template.New("x").Funcs(template.FuncMap{"bad name": 1})
}
