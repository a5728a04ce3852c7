// run

// Random values written, and read back after changes. Set verbose to see where they differ.

package main

import (
	"encoding/xml"
	"fmt"
	"hash/fnv"
	"math/rand"
	"strings"
)

type In struct {
	X int    `xml:"x"`
	Y string `xml:"y,attr,omitempty"`
	Z string `xml:",chardata"`
}
type T struct {
	XMLName xml.Name   `xml:"t"`
	A       int        `xml:"a"`
	B       string     `xml:"b,omitempty"`
	C       []string   `xml:"l>c"`
	D       []In       `xml:"l>d"`
	E       *In        `xml:"e"`
	F       bool       `xml:"f,attr"`
	G       []byte     `xml:"g"`
	H       float64    `xml:"h"`
	I       string     `xml:"http://n i"`
	J       []In       `xml:",any"`
	K       string     `xml:",comment"`
	L       *T         `xml:"t"`
	M       []xml.Attr `xml:",any,attr"`
	N       string     `xml:"p>q>r"`
	O       uint8      `xml:"p>q>s,omitempty"`
	P       string     `xml:"p>u"`
}
type W struct {
	XMLName xml.Name
	Inner   string     `xml:",innerxml"`
	Attrs   []xml.Attr `xml:",any,attr"`
	Kids    []W        `xml:",any"`
	Text    string     `xml:",chardata"`
	Com     []byte     `xml:",comment"`
}

var r *rand.Rand

func str() string {
	s := ""
	for range r.Intn(5) {
		switch r.Intn(8) {
		case 0:
			s += string("<>&'\"\n\t\r]-"[r.Intn(10)])
		case 1:
			s += string(rune(r.Intn(0x3000)))
		default:
			s += string(rune('a' + r.Intn(26)))
		}
	}
	return s
}
func in() In { return In{r.Intn(100) - 50, str(), str()} }
func gen(d int) T {
	t := T{A: r.Int(), B: str(), F: r.Intn(2) == 0, H: r.NormFloat64(), I: str(), N: str(), O: uint8(r.Intn(3)), P: str()}
	for range r.Intn(3) {
		t.C = append(t.C, str())
	}
	for range r.Intn(3) {
		t.D = append(t.D, in())
	}
	if r.Intn(2) == 0 {
		x := in()
		t.E = &x
	}
	if r.Intn(2) == 0 {
		t.G = []byte(str())
	}
	for range r.Intn(2) {
		t.J = append(t.J, in())
	}
	t.K = strings.ReplaceAll(str(), "-", "")
	if d > 0 && r.Intn(3) == 0 {
		x := gen(d - 1)
		t.L = &x
	}
	for range r.Intn(3) {
		t.M = append(t.M, xml.Attr{Name: xml.Name{Space: []string{"", "http://q/w", "http://e"}[r.Intn(3)], Local: string(rune('k' + r.Intn(5)))}, Value: str()})
	}
	return t
}
func mutate(s string) string {
	b := []byte(s)
	for range r.Intn(3) {
		i := r.Intn(len(b))
		switch r.Intn(4) {
		case 0:
			b[i] = "<>/&;!?-[]\"'= abcdehxy:\n1"[r.Intn(25)]
		case 1:
			j := i + r.Intn(min(20, len(b)-i))
			b = append(b[:i], b[j:]...)
		case 2:
			j := i + r.Intn(min(40, len(b)-i))
			b = append(b[:j:j], b[i:]...)
		case 3:
			b[i] = b[r.Intn(len(b))]
		}
		if len(b) == 0 {
			return "x"
		}
	}
	return string(b)
}
func main() {
	const seed, n, verbose = 9, 40, false
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
		x := gen(2)
		var b []byte
		var err error
		if r.Intn(2) == 0 {
			b, err = xml.Marshal(x)
		} else {
			b, err = xml.MarshalIndent(&x, "", " ")
		}
		p("%d %q %v\n", i, b, err)
		for range 4 {
			s := string(b)
			if len(s) > 0 {
				s = mutate(s)
			}
			var y T
			err = xml.Unmarshal([]byte(s), &y)
			c, err2 := xml.Marshal(y)
			p(" T %q %v %q %v\n", s, err, c, err2)
			var w W
			err = xml.Unmarshal([]byte(s), &w)
			p(" W %+q %v\n", w, err)
			w.Inner = ""
			c, err2 = xml.MarshalIndent(w, "", "  ")
			p("  %q %v\n", c, err2)
		}
	}
	fmt.Printf("%d %x\n", seed, h.Sum64())
}
