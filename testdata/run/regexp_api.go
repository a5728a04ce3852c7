// run

// Package regexp: syntax errors, printed forms, searches by every engine, replacements.
package main

import (
	"bytes"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
)

func syntaxes() {
	for _, s := range []string{
		`abc|abd`, `a|b|cd`, `(?i)Straße`, `(?i:a)B(?s:.)$`, `(?m)^a$`, `[a-z&&]`, `[^a-z]`, `\p{Greek}`, `(?U)a+?b*`,
		`x{2,5}`, `(?:x{0,1}){3,}`, `a(?:b|c|)`, `\Qa.b\E+`, `[[:alpha:]\d_-]`, `(?P<n>x)(?<m>y)`, `\x41\x{1F600}\101`, `a||b`,
		`a(`, `a)`, `a**`, `*`, `a{1001}`, `a{3,2}`, `[z-a]`, `[a`, `[[:foo:]]`, `\p{Foo}`, `\8`, `\`, `(?P<1$>a)`, `(?z)`, "a\xff",
		`((a{100}){100}){100}`, `(?i`, `\C`,
	} {
		re, err := syntax.Parse(s, syntax.Perl)
		if err != nil {
			fmt.Println(err)
			continue
		}
		simple := re.Simplify()
		prog, _ := syntax.Compile(simple)
		prefix, complete := prog.Prefix()
		fmt.Printf("%s -> %v -> %v %d %q %q %v %v\n", s, re, simple, len(prog.Inst), re.CapNames(), prefix, complete, prog.StartCond())
	}
	prog, _ := syntax.Compile(must(syntax.Parse(`(?i)^(a|[b-d]*)+?.\b$`, syntax.Perl)))
	fmt.Print(prog)
	_, err := syntax.Parse(`a\d`, syntax.POSIX)
	fmt.Println(err)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func searches() {
	text := "one 2024-05-06, two 1999-12-31; née 日本 x@y.org, \xff\n last=line\n"
	for _, s := range []string{
		`(\d+)-(\d+)-(?P<day>\d+)`, `\w+`, `\b\w`, `(?m)^.*$`, `[^\x00-\x7F]+`, `(a|ab)(c|bcd)*`, `n*`, `$`, `^one`, `x@y\.org`, `(o)?ne`, `\x{FFFD}`,
		`(?:(t)|(o))+`, `(?s).{5}$`,
	} {
		re := regexp.MustCompile(s)
		// Again and again, so that all ways to search are used.
		for _, times := range []int{1, 40} {
			long := strings.Repeat(text, times)
			all := re.FindAllStringSubmatchIndex(long, -1)
			sum := 0
			for _, m := range all {
				for _, at := range m {
					sum = sum*31 + at
				}
			}
			fmt.Println(s, len(all), sum, re.FindStringSubmatchIndex(long), re.MatchString(long[1:]))
		}
		fmt.Printf("%q %q\n", re.FindAllString(text, 4), re.Split(text, 3))
		fmt.Println(re.FindReaderSubmatchIndex(strings.NewReader(text)))
		re.Longest()
		fmt.Printf("%q\n", re.FindSubmatch([]byte(text)))
	}
	posix := regexp.MustCompilePOSIX(`a+|a+b`)
	fmt.Println(posix.FindString("xaab"), regexp.MustCompile(`a+|a+b`).FindString("xaab"))
	// Linear, if anything.
	hard := regexp.MustCompile(`(x+x+)+y`)
	fmt.Println(hard.MatchString(strings.Repeat("x", 5000)), hard.FindStringIndex(strings.Repeat("x", 5000)+"y"))
}

func replacements() {
	re := regexp.MustCompile(`(?P<key>\w+)=(\w*)`)
	src := "a=1, bc=, d=$x"
	fmt.Println(re.ReplaceAllString(src, "${key}:$2$$ $key_ $9 ${"))
	fmt.Println(re.ReplaceAllLiteralString(src, "$1"))
	fmt.Println(re.ReplaceAllStringFunc(src, strings.ToUpper))
	fmt.Printf("%s\n", re.ReplaceAllFunc([]byte(src), bytes.ToUpper))
	fmt.Println(regexp.MustCompile(`a*`).ReplaceAllString("baaac", "<$0>"))
	fmt.Printf("%s\n", re.ExpandString([]byte("> "), "$2-$1", src, re.FindStringSubmatchIndex(src)))
	fmt.Println(regexp.QuoteMeta(`a.b[c]$^|日`), re.SubexpIndex("key"), re.SubexpIndex("no"), re.NumSubexp())
	fmt.Println(regexp.MustCompile(`^ab`).LiteralPrefix())
	var zero regexp.Regexp
	fmt.Println(zero.UnmarshalText([]byte("a[")), zero.UnmarshalText([]byte("a+")), zero.String())
	defer func() { fmt.Println(recover()) }()
	regexp.MustCompile("a`(")
}

func main() {
	syntaxes()
	searches()
	replacements()
}
