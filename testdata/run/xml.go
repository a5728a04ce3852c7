// mode: -stackstress: a document 20 000 levels deep has a stack of megabytes, which would move at every call

// Marshal with every kind of field, tags that are wrong, tokens, Unmarshal and its errors.

package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"
)

type Mx struct {
	S string
	E error
}

func (m Mx) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	if m.E != nil {
		return m.E
	}
	start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: "m"}, Value: m.S})
	return e.EncodeElement(m.S, start)
}

type MxP struct{ S string }

func (m *MxP) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	return e.EncodeElement("ptr"+m.S, start)
}

type Bad1 struct{}

func (Bad1) MarshalXML(e *xml.Encoder, start xml.StartElement) error { return e.EncodeToken(start) }

type Bad2 struct{}

func (Bad2) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	return e.EncodeToken(start.End())
}

type Bad3 struct{}

func (Bad3) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	e.EncodeToken(start)
	e.EncodeToken(start.End())
	return e.EncodeToken(start.End())
}

type Tx struct {
	S string
	E error
}

func (m Tx) MarshalText() ([]byte, error) { return []byte("t:" + m.S), m.E }

type TxP struct{ S string }

func (m *TxP) MarshalText() ([]byte, error) { return []byte("tp:" + m.S), nil }

type Ax struct {
	S string
	E error
}

func (m Ax) MarshalXMLAttr(n xml.Name) (xml.Attr, error) {
	if m.S == "" {
		return xml.Attr{}, m.E
	}
	return xml.Attr{Name: n, Value: "ax:" + m.S}, m.E
}

type Simple struct{ A int }
type Named struct {
	XMLName xml.Name `xml:"nm"`
	A       int
}
type NamedNS struct {
	XMLName xml.Name `xml:"http://ns nm"`
	A       int
	B       string `xml:"http://other b"`
	C       string `xml:"http://ns c,attr"`
	D       string `xml:"http://ns2/foo d,attr"`
	E       string `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
}
type NamedDyn struct {
	XMLName xml.Name
	A       int
}
type All struct {
	I    int
	I8   int8
	U    uint64
	F32  float32
	F    float64
	S    string
	B    bool
	By   []byte
	Ar   [3]byte
	P    *int
	PP   **int
	Sl   []string
	Sn   []Simple
	In   any
	St   Simple
	StP  *Simple
	Nm   Named
	T    time.Time
	D    time.Duration
	AI   int        `xml:"ai,attr"`
	AS   string     `xml:",attr"`
	AP   *string    `xml:"ap,attr"`
	AO   string     `xml:"ao,attr,omitempty"`
	AL   []int      `xml:"al,attr"`
	AA   xml.Attr   `xml:",attr"`
	AAs  []xml.Attr `xml:",any,attr"`
	AB   []byte     `xml:"ab,attr"`
	AT   Tx         `xml:"at,attr"`
	AX   Ax         `xml:"ax,attr"`
	AXP  *Ax        `xml:"axp,attr"`
	AIn  any        `xml:"ain,attr"`
	O    string     `xml:",omitempty"`
	OP   *int       `xml:",omitempty"`
	OS   []int      `xml:",omitempty"`
	P1   string     `xml:"p>a"`
	P2   string     `xml:"p>b"`
	P3   string     `xml:"p>q>c"`
	P4   string     `xml:"p>q>d"`
	P5   *string    `xml:"r>e"`
	P6   []string   `xml:"s>f"`
	P7   string     `xml:"t>,omitempty2"`
	MX   Mx
	MXP  MxP
	MXQ  *MxP
	TX   Tx
	TXP  TxP
	TXQ  *TxP
	Skip string `xml:"-"`
	low  int
	Any  []Simple `xml:",any"`
	Emb
	*EmbP
}
type Emb struct {
	E1 int
	E2 string `xml:"e2,attr"`
}
type EmbP struct{ E3 int }
type CD struct {
	A string `xml:"a"`
	C string `xml:",chardata"`
	B string `xml:"b"`
}
type CDI struct {
	C int `xml:",chardata"`
}
type CDP struct {
	C *string `xml:",chardata"`
}
type CDT struct {
	C Tx `xml:",chardata"`
}
type CDA struct {
	A string `xml:"x>a"`
	C string `xml:",cdata"`
}
type CDB struct {
	C []byte `xml:",cdata"`
}
type CM struct {
	A string `xml:"a"`
	C string `xml:",comment"`
}
type CMB struct {
	C []byte `xml:",comment"`
}
type CMI struct {
	C int `xml:",comment"`
}
type IX struct {
	A string `xml:",attr"`
	X string `xml:",innerxml"`
}
type IXB struct {
	X []byte `xml:",innerxml"`
}
type Gen[T any] struct{ V T }
type conf1 struct {
	A string `xml:"x"`
	B string `xml:"x"`
}
type conf2 struct {
	A string `xml:"x>y"`
	B string `xml:"x"`
}
type conf3 struct {
	A string `xml:"a,attr,chardata"`
}
type conf4 struct {
	A string `xml:"http://x "`
}
type conf5 struct {
	A string `xml:"a>"`
}
type conf6 struct {
	A string `xml:"a>b,attr"`
}
type conf7 struct {
	A Named `xml:"other"`
}
type conf8 struct {
	A string `xml:"n,chardata"`
}
type conf9 struct {
	A string `xml:",chardata,omitempty"`
}
type conf10 struct {
	XMLName xml.Name `xml:"a,attr"`
}
type conf11 struct {
	Emb
	E1 string
}
type conf12 struct {
	Emb
	Emb2
}
type Emb2 struct{ E1 int }
type Str string
type priv struct{ X int }
type embPriv struct{ priv }
type Outer struct {
	XMLName xml.Name `xml:"http://o outer"`
	In      Inner
	In2     Named
	S       string
	S2      string `xml:"http://o s2"`
}
type Inner struct{ X int }

func M(v any) {
	b, err := xml.Marshal(v)
	fmt.Printf("%T %s %v", v, b, err)
	if err != nil {
		fmt.Printf(" %T", err)
	}
	fmt.Println()
	b, err = xml.MarshalIndent(v, ">", "  ")
	fmt.Printf("%s %v\n", b, err)
}
func keep(...any) {}

func main() {
	keep(&Ux{}, &Ut{}, &Uat{}, &Mx{}, &MxP{}, &Tx{}, &TxP{}, &Ax{}, &time.Time{})
	i, s := 5, "str"
	pi := &i
	full := All{I: -1, I8: 3, U: 1 << 63, F32: 1.5, F: 1e100, S: "a<b>&\"'\n\t\r\x01\xff", B: true, By: []byte("by<"), Ar: [3]byte{65, 66, 67}, P: pi, PP: &pi, Sl: []string{"x", "", "z"}, Sn: []Simple{{1}, {2}}, In: 5, St: Simple{3}, StP: &Simple{4}, T: time.Date(2020, 1, 2, 3, 4, 5, 6, time.UTC), D: 5, AI: 7, AS: "a\"b\n", AP: &s, AL: []int{1, 2}, AA: xml.Attr{Name: xml.Name{Local: "dyn"}, Value: "v"}, AAs: []xml.Attr{{Name: xml.Name{Space: "http://sp/ace", Local: "q"}, Value: "1"}, {Name: xml.Name{Space: "http://sp/ace", Local: "r"}, Value: "2"}, {Name: xml.Name{Space: "other", Local: "z"}, Value: "3"}}, AB: []byte("ab"), AT: Tx{"q", nil}, AX: Ax{"w", nil}, AXP: &Ax{"v", nil}, AIn: 9, O: "o", OP: pi, OS: []int{1}, P1: "1", P2: "2", P3: "3", P4: "4", P5: &s, P6: []string{"6", "7"}, P7: "7", MX: Mx{"m", nil}, MXQ: &MxP{"n"}, TX: Tx{"t", nil}, TXQ: &TxP{"u"}, Any: []Simple{{8}}, EmbP: &EmbP{6}}
	vals := []any{nil, 1, -5, "s<", true, 1.5, float32(0.1), []int{1, 2}, []string{}, []byte("b"), [2]byte{65, 66}, Str("q"), struct{ A int }{1}, Simple{1}, &Simple{2}, []Simple{{1}, {2}}, []*Simple{nil, {1}}, Named{A: 1}, NamedNS{A: 1, B: "b", C: "c", D: "d", E: "en"}, NamedDyn{A: 1}, NamedDyn{XMLName: xml.Name{Local: "dyn"}, A: 1}, NamedDyn{XMLName: xml.Name{Space: "sp", Local: "dyn"}}, All{}, full, &full,
		CD{"a", "c<\n", "b"}, CDI{5}, CDP{nil}, CDP{&s}, CDT{Tx{"x", nil}}, CDA{"a", "c]]>d<"}, CDA{}, CDB{[]byte("x]]>]]>")}, CM{"a", "com"}, CM{"a", "a--b"}, CM{"a", "a-"}, CM{}, CMB{[]byte("x")}, CMI{3}, IX{"a", "<raw/>"}, IXB{[]byte("<r>")}, Gen[int]{1}, Gen[string]{"x"}, struct{ G Gen[int] }{},
		map[string]int{"a": 1}, make(chan int), func() {}, complex(1, 2), struct{ M map[string]int }{}, struct {
			XMLName xml.Name `xml:"x"`
			M       map[string]int
		}{}, conf1{}, conf2{}, conf3{}, conf4{}, conf5{}, conf6{}, conf7{}, conf8{}, conf9{}, conf10{}, conf11{}, conf12{}, embPriv{priv{1}},
		Mx{"a", nil}, &Mx{"b", nil}, Mx{"", errors.New("boom")}, MxP{"a"}, &MxP{"a"}, []Mx{{"1", nil}, {"2", nil}}, Bad1{}, Bad2{}, Bad3{}, Tx{"a", nil}, Tx{"a", errors.New("txe")}, &TxP{"z"}, TxP{"z"}, struct {
			XMLName xml.Name `xml:"x"`
			A       Ax       `xml:"a,attr"`
		}{A: Ax{"x", errors.New("axe")}}, struct {
			XMLName xml.Name       `xml:"x"`
			M       map[string]int `xml:"m,attr"`
		}{M: map[string]int{}}, Outer{S: "s"}, (*int)(nil), any(nil), time.Unix(0, 0).UTC(), xml.Name{Space: "a", Local: "b"}, xml.Attr{}, struct{ N xml.Name }{xml.Name{Local: "q"}}, []any{1, "a", nil, Simple{3}}, [][]int{{1}, {2, 3}}, struct {
			XMLName xml.Name `xml:"a"`
			X       [][]int  `xml:"x"`
		}{X: [][]int{{1}, {2, 3}}}}
	for _, v := range vals {
		M(v)
	}
	// tokens
	toks := map[string][]xml.Token{}
	st := func(n string, a ...xml.Attr) xml.StartElement {
		return xml.StartElement{Name: xml.Name{Local: n}, Attr: a}
	}
	en := func(n string) xml.EndElement { return xml.EndElement{Name: xml.Name{Local: n}} }
	_ = toks
	seqs := [][]xml.Token{
		{st("a"), en("a")}, {st("a"), en("b")}, {en("a")}, {st("")}, {st("a"), en("")}, {st("a"), xml.CharData("x\n<"), st("b"), en("b"), xml.CharData("y"), en("a")}, {xml.Comment("c"), st("a"), xml.Comment("-->"), en("a")}, {xml.ProcInst{Target: "xml", Inst: []byte(`version="1.0"`)}, st("a"), en("a")}, {st("a"), xml.ProcInst{Target: "xml"}, en("a")}, {xml.ProcInst{Target: "", Inst: nil}}, {xml.ProcInst{Target: "p", Inst: []byte("?>")}}, {xml.ProcInst{Target: "p q"}}, {xml.Directive("DOCTYPE a")}, {xml.Directive("a>")}, {xml.Directive("<a>")}, {xml.Directive("'>'")}, {xml.Directive("<!-- > -->")}, {xml.Directive("'")}, {nil}, {5}, {st("a", xml.Attr{}, xml.Attr{Name: xml.Name{Local: "b"}, Value: "\"\n"}), en("a")}, {xml.StartElement{Name: xml.Name{Space: "s", Local: "l"}}, xml.EndElement{Name: xml.Name{Space: "t", Local: "l"}}}, {xml.StartElement{Name: xml.Name{Space: "s", Local: "l"}, Attr: []xml.Attr{{Name: xml.Name{Space: "http://a/b/", Local: "x"}}, {Name: xml.Name{Space: "http://c/b", Local: "y"}}, {Name: xml.Name{Space: "http://c/", Local: "z"}}, {Name: xml.Name{Space: "XMLfoo", Local: "w"}}, {Name: xml.Name{Space: "xmlns", Local: "v"}}, {Name: xml.Name{Space: "http://www.w3.org/XML/1998/namespace", Local: "u"}}, {Name: xml.Name{Space: "1", Local: "t"}}, {Name: xml.Name{Space: "a:b", Local: "s"}}}}, st("in", xml.Attr{Name: xml.Name{Space: "http://c/b", Local: "y"}}), en("in"), xml.EndElement{Name: xml.Name{Space: "s", Local: "l"}}, st("after", xml.Attr{Name: xml.Name{Space: "http://c/b", Local: "y"}})},
		{st("a"), st("b"), en("b"), xml.Comment("x"), st("c"), xml.ProcInst{Target: "pi"}, en("c"), en("a")},
	}
	for i, seq := range seqs {
		for _, ind := range []bool{false, true} {
			var b bytes.Buffer
			e := xml.NewEncoder(&b)
			if ind {
				e.Indent("", " ")
			}
			for _, t := range seq {
				if err := e.EncodeToken(t); err != nil {
					fmt.Println("  err", err)
				}
			}
			fmt.Println(e.Flush(), e.Close(), e.Close(), e.EncodeToken(st("z")), e.Encode(5))
			fmt.Printf("%d %s\n", i, b.String())
		}
	}
	var b bytes.Buffer
	e := xml.NewEncoder(&b)
	fmt.Println(e.EncodeElement(5, xml.StartElement{}), e.EncodeElement(5, st("five", xml.Attr{Name: xml.Name{Local: "k"}, Value: "v"})), e.EncodeElement(full.Sn, st("sn")), e.EncodeElement(Named{A: 1}, st("over")), e.EncodeElement(map[int]int{}, st("m")), e.EncodeElement(Mx{"q", nil}, st("mx")))
	fmt.Println(b.String())
	xml.EscapeText(&b, []byte("a\x00\xffb\ufffe<\u2028"))
	xml.Escape(&b, []byte("'"))
	fmt.Printf("%q\n", b.String())
	fmt.Println(xml.EscapeText(badW{}, []byte("<")), xml.NewEncoder(badW{}).Encode(5))
	fmt.Println(xml.Header, len(xml.HTMLEntity), xml.HTMLAutoClose, xml.HTMLEntity["nbsp"] == "\u00a0")
	// unmarshal
	U := func(s string, v any) {
		err := xml.Unmarshal([]byte(s), v)
		fmt.Printf("%s -> %+v %v", s, reflect.ValueOf(v).Elem(), err)
		if err != nil {
			fmt.Printf(" %T", err)
		}
		fmt.Println()
	}
	type UA struct {
		XMLName xml.Name
		A       int                `xml:"a,attr"`
		B       string             `xml:"b"`
		C       []string           `xml:"c"`
		D       struct{ X, Y int } `xml:"d"`
		E       []byte             `xml:"e"`
		F       bool               `xml:"f"`
		G       float32            `xml:"g"`
		H       uint8              `xml:"h"`
		I       any                `xml:"i"`
		J       xml.Name           `xml:"j"`
		K       [2]int             `xml:"k"`
		L       map[string]int     `xml:"l"`
		M       []struct {
			Z string `xml:"z,attr"`
		} `xml:"m"`
		P     string     `xml:"p>q>r"`
		P2    []int      `xml:"p>q>s"`
		NS    string     `xml:"http://n ns"`
		NA    string     `xml:"http://n na,attr"`
		Text  string     `xml:",chardata"`
		Com   string     `xml:",comment"`
		Inner string     `xml:",innerxml"`
		Rest  []xml.Attr `xml:",any,attr"`
		Any   []AnyEl    `xml:",any"`
		T     time.Time  `xml:"t"`
		UX    Ux         `xml:"ux"`
		UT    Ut         `xml:"ut"`
		UTA   Ut         `xml:"uta,attr"`
		UAt   Uat        `xml:"uat,attr"`
		Emb
	}
	docs := []string{
		`<x a="5"><b>hello</b><c>1</c><c>2</c><d><X>3</X><Y> 4 </Y><Z/></d><e>bytes</e><f>true</f><g>1.5</g><h>200</h><i>any</i><j/><m z="1"/><m z="2"/></x>`,
		`<x a=" 5 "/>`, `<x a="x"/>`, `<x a=""/>`, `<x><f>maybe</f></x>`, `<x><h>300</h></x>`, `<x><g>zz</g></x>`, `<x><f/><g/><h/><b/><e/></x>`, `<x><k>1</k></x>`, `<x><l>1</l></x>`,
		`<x>t1<!--c1-->t2<b/>t3<!--c2--></x>`, `<x><p><q><r>R</r><s>1</s><other/></q><q><s>2</s></q><z/></p><p><q><r>R2</r></q></p></x>`,
		`<x xmlns:n="http://n" n:na="1" na="2"><ns>no</ns><n:ns>yes</n:ns></x>`, `<x xmlns="http://n"><ns>yes</ns></x>`, `<x q="1" w:e="2" xmlns:w="W"><any1>a</any1><any2><b>c</b></any2></x>`,
		`<x><t>2020-01-02T03:04:05Z</t></x>`, `<x><t>bad</t></x>`, `<x><ux k="v">ab<i/>c</ux><ut>tt<i>no</i>uu</ut></x>`, `<x uta="1" uat="2"/>`, `<x uta="bad"/>`, `<x><ut>bad</ut></x>`, `<x><ux>bad</ux></x>`, `<x><ux>short</ux></x>`, `<x><E1>5</E1></x>`, `<x e2="q"/>`,
		``, ` `, `<x`, `<x>`, `<x></y>`, `text<x/>`, `<?xml version="1.0"?><!-- c --><x/>trailing`, `<x/><y/>`, `<x><b>a&amp;b<![CDATA[<c>]]></b></x>`, `<x><b>a<i>no</i>b</b></x>`, `<x><c>1</c><b>2</b><c>3</c></x>`,
	}
	for _, d := range docs {
		U(d, &UA{})
	}
	U(`<nm><A>1</A></nm>`, &Named{})
	U(`<other/>`, &Named{})
	U(`<nm/>`, &NamedNS{})
	U(`<nm xmlns="http://ns"/>`, &NamedNS{})
	U(`<nm xmlns="http://zz"/>`, &NamedNS{})
	var n int
	U(`<a>5</a>`, &n)
	U(`<a> 6 </a>`, &n)
	U(`<a>x</a>`, &n)
	var ss []string
	U(`<a>5</a><a>6</a>`, &ss)
	var str string
	U(`<a>x<b>y</b>z</a>`, &str)
	var pp **int
	xml.Unmarshal([]byte(`<a>7</a>`), &pp)
	fmt.Println(pp == nil)
	fmt.Println(pp != nil && *pp != nil)
	var iface any
	U(`<a>7</a>`, &iface)
	iface = &Simple{}
	fmt.Println(xml.Unmarshal([]byte(`<a><A>7</A></a>`), &iface), *iface.(*Simple))
	fmt.Println(xml.Unmarshal([]byte(`<a/>`), 5), xml.Unmarshal([]byte(`<a/>`), (*int)(nil)), xml.Unmarshal([]byte(`<a/>`), nil))
	var ch chan int
	U(`<a/>`, &ch)
	U(`<a/>`, &conf1{})
	U(`<a/>`, &conf5{})
	U(`<a>1</a>`, &CDI{})
	U(`<a>x</a>`, &CDI{})
	U(`<a><x><a>1</a></x>cd</a>`, &CDA{})
	U(`<a A="b"><c>d</c> e<!-- f --></a>`, &IX{})
	U(`<a><c>d</c> e</a>`, &IXB{})
	d := xml.NewDecoder(strings.NewReader(`<l><i>1</i><i>2</i></l>`))
	d.Token()
	for {
		var v int
		err := d.Decode(&v)
		fmt.Println(v, err, d.InputOffset())
		if err != nil {
			break
		}
	}
	td := xml.NewTokenDecoder(&tr{toks: []xml.Token{st("a"), st("A"), xml.CharData("5"), en("A"), en("a")}})
	var sm Simple
	fmt.Println(td.Decode(&sm), sm)
	fmt.Println(td.Token())
	deep := strings.Repeat("<a>", 20000)
	type R struct {
		A *R `xml:"a"`
	}
	fmt.Println(xml.Unmarshal([]byte(deep), &R{}))
	c := xml.CopyToken(xml.CharData("x"))
	fmt.Printf("%T %v %v\n", c, c, xml.StartElement{Name: xml.Name{Local: "a"}}.End())
	fmt.Println((&xml.SyntaxError{Msg: "m", Line: 3}), xml.UnmarshalError("u"), &xml.TagPathError{Struct: reflect.TypeFor[conf1](), Field1: "a", Tag1: "b", Field2: "c", Tag2: "d"}, &xml.UnsupportedTypeError{Type: reflect.TypeFor[int]()})
}

type tr struct{ toks []xml.Token }

func (t *tr) Token() (xml.Token, error) {
	if len(t.toks) == 0 {
		return nil, io.EOF
	}
	x := t.toks[0]
	t.toks = t.toks[1:]
	return x, nil
}

type AnyEl struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Kids    []AnyEl    `xml:",any"`
}
type Ux struct{ S string }

func (u *Ux) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	u.S = fmt.Sprint(start)
	for {
		t, err := d.Token()
		if err != nil {
			return err
		}
		if c, ok := t.(xml.CharData); ok && string(c) == "bad" {
			return errors.New("bad ux")
		} else if ok && string(c) == "short" {
			return nil
		}
		_, rerr := d.RawToken()
		u.S += fmt.Sprintf("|%T %v %v", t, t, rerr)
		if e, ok := t.(xml.EndElement); ok && e.Name == start.Name {
			return nil
		}
	}
}

type Ut struct{ S string }

func (u *Ut) UnmarshalText(b []byte) error {
	if string(b) == "bad" {
		return errors.New("bad ut")
	}
	u.S = string(b)
	return nil
}

type Uat struct{ S string }

func (u *Uat) UnmarshalXMLAttr(a xml.Attr) error { u.S = fmt.Sprint(a); return nil }

type badW struct{}

func (badW) Write([]byte) (int, error) { return 0, errors.New("badW") }
