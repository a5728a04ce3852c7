// run

// Random documents, right and wrong ones, as tokens. Set verbose to see where they differ.

package main

import (
	"encoding/xml"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand"
	"strings"
)

var r *rand.Rand

func pick(s ...string) string { return s[r.Intn(len(s))] }
func name() string {
	return pick("a", "b", "c", "A", "x:a", "y:b", "xml:lang", "xmlns:q", "xmlns", "q:z", "é", "br", "BR", "a:b:c", ":a", "a:", "x", "hr", "-a", "1", "_", "a.b", "日本")
}
func ent() string {
	return pick("&lt;", "&gt;", "&amp;", "&apos;", "&quot;", "&foo;", "&nbsp;", "&#65;", "&#x41;", "&#0;", "&#xD800;", "&#x110000;", "&#;", "&#x;", "&", "&a", "&a b;", "&lt", "&#65", "&é;", "&#99999999999999999999;", "&;")
}
func text() string {
	s := ""
	for range r.Intn(4) {
		switch r.Intn(12) {
		case 0:
			s += ent()
		case 1:
			s += pick("\r\n", "\r", "\n", "\t", "]]", "]]>", ">", "\x00", "\xff", "\u2028", "\ufffe", "\"", "'", "é", "--", "?>")
		default:
			s += pick("hello", " ", "1", "x y", "", "zz")
		}
	}
	return s
}
func attr() string {
	n := name()
	switch r.Intn(14) {
	case 0:
		return n
	case 1:
		return n + "=v"
	case 2:
		return n + " = '" + text() + "'"
	case 3:
		return n + "=\"" + text()
	case 4:
		return "xmlns:x=\"http://x/" + pick("1", "2") + "\""
	case 5:
		return "xmlns=\"http://d/" + pick("1", "2") + "\""
	}
	return n + "=\"" + strings.Map(func(r rune) rune {
		if r == '"' || r == '<' {
			return -1
		}
		return r
	}, text()) + "\""
}
func gen(d int) string {
	s := ""
	for range 1 + r.Intn(4) {
		switch k := r.Intn(16); {
		case k < 6 && d > 0:
			n := name()
			s += "<" + n
			for range r.Intn(3) {
				s += pick(" ", "\n", "  ", "\t") + attr()
			}
			switch r.Intn(8) {
			case 0:
				s += "/>"
			case 1:
				s += ">" + gen(d-1)
			case 2:
				s += ">" + gen(d-1) + "</" + name() + ">"
			default:
				s += ">" + gen(d-1) + "</" + n + pick("", "", "", " ", "\n", " x") + ">"
			}
		case k == 6:
			s += "<!--" + text() + "-->"
		case k == 7:
			s += "<?" + pick("xml", "pi", "php", "") + " " + text() + pick("version=\"1.0\"", "version='1.1'", "encoding='UTF-8'", "encoding=\"latin1\"", "", " version = \"1.0\"", "xversion=\"2.0\"", "version=\"1.0\" encoding=\"utf-8\"") + "?>"
		case k == 8:
			s += "<![CDATA[" + text() + "]]>"
		case k == 9:
			s += "<!DOCTYPE " + text() + pick("", "[<!ELEMENT a>]", "\"<\"", "<!-- c -->", "'>'", "<", "[<!-", "<!--x") + ">"
		case k == 10:
			s += pick("<", "</", "<!", "<!-", "<![", "<![CDA", "<?", "</>", "< a>", "<a", "<a b", "</a", "<a/ >", "<!>", "<!->")
		default:
			s += text()
		}
	}
	return s
}
func mutate(s string) string {
	b := []byte(s)
	if len(b) == 0 {
		return s
	}
	i := r.Intn(len(b))
	switch r.Intn(3) {
	case 0:
		b[i] = "<>/&;!?-[]\"'= ax:\n"[r.Intn(18)]
	case 1:
		b = append(b[:i], b[i+1:]...)
	case 2:
		b = b[:i]
	}
	return string(b)
}

func main() {
	const seed, n, verbose = 9, 60, false
	r = rand.New(rand.NewSource(int64(seed)))
	h := fnv.New64a()
	p := func(f string, a ...any) {
		if verbose {
			fmt.Printf(f, a...)
		}
		fmt.Fprintf(h, f, a...)
	}
	for i := range n {
		if i%10 == 0 {
			fmt.Printf("%d %x\n", i, h.Sum64())
		}
		s := "<r>" + gen(3) + "</r>"
		if r.Intn(3) == 0 {
			s = gen(3)
		}
		if r.Intn(3) == 0 {
			s = mutate(s)
		}
		p("%d %q\n", i, s)
		for mode := range 6 {
			d := xml.NewDecoder(strings.NewReader(s))
			d.Strict = mode&1 == 0
			if mode == 3 {
				d.AutoClose = xml.HTMLAutoClose
				d.Entity = xml.HTMLEntity
			}
			if mode == 2 {
				d.DefaultSpace = "def"
				d.CharsetReader = func(cs string, in io.Reader) (io.Reader, error) {
					p("charset %s ", cs)
					return in, nil
				}
			}
			p(" mode %d:", mode)
			for range 100 {
				var t xml.Token
				var err error
				if mode >= 4 {
					t, err = d.RawToken()
				} else {
					t, err = d.Token()
				}
				l, c := d.InputPos()
				switch x := t.(type) {
				case xml.ProcInst:
					p(" [PI %q %q %d %d:%d]", x.Target, x.Inst, d.InputOffset(), l, c)
				default:
					p(" [%T %q %d %d:%d]", t, t, d.InputOffset(), l, c)
				}
				if err != nil {
					p(" %T %v", err, err)
					t, err = d.Token()
					p(" again %v %v", t, err)
					break
				}
				if _, ok := t.(xml.StartElement); ok && r.Intn(10) == 0 && mode < 4 {
					p(" skip %v", d.Skip())
				}
			}
			p("\n")
		}
	}
	fmt.Printf("%d %x\n", seed, h.Sum64())
}
