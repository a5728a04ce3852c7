// run

// What Unmarshal does to values that hold something already, names of fields, tags, paths in errors.

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

type Un struct{ s string }

func (t *Un) UnmarshalJSON(b []byte) error {
	if strings.Contains(string(b), "bad") {
		return errors.New("bad json " + string(b))
	}
	t.s = string(b)
	return nil
}

type UnV map[string]int

func (t UnV) UnmarshalJSON(b []byte) error { t["x"] = len(b); return nil }

type T struct {
	A int
	U Un
	B int
	V UnV
	P *Un
	L []Un
}
type UT struct{ s string }

func (t *UT) UnmarshalText(b []byte) error {
	if string(b) == "bad" {
		return errors.New("bad")
	}
	t.s = string(b)
	return nil
}

type KS string

func (t *KS) UnmarshalText(b []byte) error { *t = KS("u" + string(b)); return nil }

type KI int

func (t *KI) UnmarshalText(b []byte) error { *t = KI(len(b)); return nil }

type SS struct {
	Aa int
	AA int
	aA int
	Bb int `json:"bB"`
	BB int
	K  int `json:"ſ"`
	K2 int `json:"kelvin"`
}
type I interface{ M() }
type Impl struct{ X int }

func (*Impl) M() {}

type unexp struct{ X int }
type PE struct{ *unexp }
type Exp struct{ X int }
type PE2 struct{ *Exp }
type Named1 struct {
	A struct{ B []map[string]struct{ C int } }
}
type Str string
type SubE struct{ F int8 }
type Sub struct {
	SubE
	Z int8 `json:"zz.top"`
}
type CI struct {
	A int `json:"foo_bar,case:ignore"`
	B int `json:"Baz,case:strict"`
}
type EM struct {
	A int
	M map[string]int `json:",embed"`
}
type ER struct {
	A int
	M json.RawMessage `json:",embed"`
}
type ES struct {
	A int
	M *Exp `json:",embed"`
}

func show(err error) string {
	if err == nil {
		return "nil"
	}
	s := fmt.Sprintf("%T %q", err, err.Error())
	var ue *json.UnmarshalTypeError
	if errors.As(err, &ue) {
		s += fmt.Sprintf(" {Value:%q Type:%v Off:%d Struct:%q Field:%q Err:%v}", ue.Value, ue.Type, ue.Offset, ue.Struct, ue.Field, ue.Err)
	}
	return s
}
func U(s string, v any) {
	err := json.Unmarshal([]byte(s), v)
	b, _ := json.Marshal(v)
	fmt.Printf("%s -> %+v %s | %s\n", s, hexre.ReplaceAllString(fmt.Sprintf("%+v", reflect.ValueOf(v).Elem()), "PTR"), b, show(err))
}
func main() {
	keep(new(UT), new(KS), new(KI), new(UnV), new(Un))
	U(`{"A":1,"U":"bad","B":2}`, &T{})
	U(`{"A":"x","U":"bad","B":2}`, &T{})
	U(`{"U":"bad","A":"x","B":2}`, &T{})
	U(`{"U":"bad1","P":"bad2","B":2}`, &T{})
	U(`{"L":["a","bad","c"],"B":2}`, &T{})
	U(`{"V":1,"B":2}`, &T{V: UnV{}})
	U(`{"P":null,"U":null}`, &T{P: &Un{"q"}})
	U(`{"P":"z"}`, &T{P: &Un{"q"}})
	var x UT
	U(`"a"`, &x)
	U(`null`, &x)
	U(`5`, &x)
	px := &x
	U(`null`, &px)
	U(`"bad"`, &px)
	U(`{"a":1,"bb":2}`, &map[KS]int{})
	U(`{"a":1,"bb":2}`, &map[KI]int{})
	U(`{"a":1,"bb":2}`, &map[UT]int{})
	U(`{"bad":1,"bb":2}`, &map[UT]int{})
	U(`{"aa":1,"AA":2,"aA":3,"Aa":4,"bb":5,"BB":6,"Bb":7,"S":8,"s":9,"KELVIN":10,"\u212aelvin":11}`, &SS{})
	var a any = &Exp{1}
	U(`{"X":2}`, &a)
	a = Exp{1}
	U(`{"X":2}`, &a)
	a = (*Exp)(nil)
	U(`{"X":2}`, &a)
	a = &Exp{1}
	U(`null`, &a)
	a = &Exp{5}
	U(`"s"`, &a)
	var i I = &Impl{1}
	U(`{"X":2}`, &i)
	U(`{"X":"s"}`, &i)
	U(`null`, &i)
	U(`{"X":2}`, &i)
	i = (*Impl)(nil)
	U(`{"X":2}`, &i)
	var self any
	_ = self
	var p1 any = 5
	p2 := &p1
	var p3 any = p2
	U(`7`, &p3)
	fmt.Println(p1)
	U(`{"X":1}`, &PE{})
	U(`{"X":1}`, &PE2{})
	U(`{"X":1}`, &struct {
		*unexp
		Y int
	}{})
	U(`{"X":1, "Y":2}`, &struct {
		*unexp
		Y int
	}{})
	U(`{"A":{"B":[{"k":{"C":"x"}}]}}`, &Named1{})
	U(`{"F":500}`, &Sub{})
	U(`{"zz.top":500}`, &Sub{})
	U(`{"a/b~c":"x"}`, &map[string]int{})
	U(`{"a.b":"x"}`, &map[string]int{})
	U(`{"F":500}`, &struct{ SubE }{})
	U(`{"a":{"F":500}}`, &map[string]Sub{})
	U(`{"a":[{"F":500}]}`, &map[string]any{"a": &[]Sub{}})
	pp := &Sub{}
	U(`{"F":500}`, &pp)
	U(`{"F":500}`, &[]Sub{})
	U(`[{"F":500}]`, &[]Sub{})
	type L []Sub
	U(`[{"F":500}]`, &L{})
	// merge
	m := map[string]Sub{"a": {Z: 3}}
	U(`{"a":{"F":1}}`, &m)
	mp := map[string]*Sub{"a": {Z: 3}}
	U(`{"a":{"F":1}}`, &mp)
	ma := map[string]any{"a": &Sub{Z: 3}, "b": 1}
	U(`{"a":{"F":1}}`, &ma)
	ss := []Sub{{Z: 1}, {Z: 2}, {Z: 3}}
	U(`[{"F":1}]`, &ss)
	fmt.Println(ss[:3])
	ss = []Sub{{Z: 1}, {Z: 2}, {Z: 3}}[:1]
	U(`[{"F":1},{"F":2},{"F":3},{"F":4}]`, &ss)
	ss = []Sub{{Z: 1}, {Z: 2}, {Z: 3}}
	U(`[]`, &ss)
	fmt.Println(cap(ss), ss == nil)
	ss = nil
	U(`[]`, &ss)
	fmt.Println(cap(ss), ss == nil)
	arr := [3]Sub{{Z: 1}, {Z: 2}, {Z: 3}}
	U(`[{"F":1}]`, &arr)
	U(`[{"F":1},{"F":2},{"F":3},{"F":4,"X":"y"}, 300]`, &arr)
	U(`null`, &arr)
	by := []byte("abcdef")
	U(`"eHk="`, &by)
	fmt.Println(cap(by) > 2)
	U(`null`, &by)
	U(`[1,2,null,3]`, &by)
	is := []int{7, 8, 9}
	U(`[1,null,3]`, &is)
	U(`{"foo_bar":1,"baz":5}`, &CI{})
	U(`{"FooBar":1,"Baz":5}`, &CI{})
	U(`{"foo-bar":1,"BAZ":5}`, &CI{})
	U(`{"a":1,"b":2,"A":3,"c":"x","d":4}`, &EM{})
	U(`{"a":1,"b":2,"A":3,"c":"x"}`, &ER{})
	U(`{"a":1,"b":2,"A":3,"c":"x"}`, &ER{M: json.RawMessage(`{"z":1}`)})
	U(`{"a":1,"X":2}`, &ES{})
	d := json.NewDecoder(strings.NewReader(`{"a":1,"b":2,"A":3,"c":"x"}`))
	d.DisallowUnknownFields()
	er := ER{}
	fmt.Println(show(d.Decode(&er)), er)
	d = json.NewDecoder(strings.NewReader(`{"a":"x","b":2,"A":3,"c":"x"}`))
	d.DisallowUnknownFields()
	fmt.Println(show(d.Decode(&Exp{})))
	d = json.NewDecoder(strings.NewReader(`{"X":"x","b":2,"A":3,"c":"x"} 5`))
	d.DisallowUnknownFields()
	fmt.Println(show(d.Decode(&Exp{})), d.InputOffset())
	d = json.NewDecoder(strings.NewReader(`{"b":2,"X":"x","A":3,"c":"x"} 5`))
	d.DisallowUnknownFields()
	e := Exp{}
	fmt.Println(show(d.Decode(&e)), e)
	d = json.NewDecoder(strings.NewReader(`{"a":1.0,"b":[1e5,{"c":-0}]} 5`))
	d.UseNumber()
	var v any
	fmt.Println(show(d.Decode(&v)))
	fmt.Printf("%#v\n", v)
	var ee *json.UnmarshalTypeError
	for _, f := range []string{"", "a", "0", "a.0", "a.-1", "a.01", "a.x1", "a.1x", "a.", ".", "5.a", "a.b.1"} {
		for _, s := range []string{"", "S"} {
			ee = &json.UnmarshalTypeError{Value: "v", Type: reflect.TypeFor[int](), Field: f, Struct: s, Err: errors.New("E")}
			fmt.Println(f, s, ee)
		}
	}
	fmt.Println(&json.UnmarshalTypeError{Value: "v"}, &json.MarshalerError{Err: errors.New("x"), Type: reflect.TypeFor[int]()}, (&json.UnmarshalFieldError{Key: "k", Type: reflect.TypeFor[int](), Field: reflect.StructField{Name: "F"}}), &json.InvalidUTF8Error{"x\xff"}, &json.UnsupportedValueError{Str: "s"}, &json.UnsupportedTypeError{reflect.TypeFor[int]()}, &json.SyntaxError{}, json.Delim('x'))
	// duplicate key embedding and caps
	var ss2 []string
	for i := 0; i < 12; i++ {
		ss2 = nil
		json.Unmarshal([]byte("["+strings.Repeat(`"a",`, i)+`"b"]`), &ss2)
		fmt.Print(cap(ss2), " ")
	}
	var as any
	for i := 0; i < 12; i++ {
		json.Unmarshal([]byte("["+strings.Repeat(`1,`, i)+`1]`), &as)
		fmt.Print(cap(as.([]any)), " ")
	}
	fmt.Println()
	var kk map[string]int
	b, err := json.Marshal(map[string]int{"\uffff": 1, "\U00010000": 2, "\xff": 3, "\ufffe": 4, "z": 5, "\ue000": 6})
	fmt.Printf("%+q %v %v\n", b, err, kk)
	for _, v := range []any{[]any{map[bool]int{true: 1}}, map[string]any{"abc": map[bool]int{false: 1}}, map[bool]int{false: 1, true: 2}, struct{ A map[bool]int }{map[bool]int{true: 1}}, map[any]int{nil: 1}, map[any]int{1.5: 1}, map[error]int{nil: 1}, map[*int]int{nil: 1}, map[*string]int{nil: 1}, map[any]int{make(chan int): 1}, map[chan int]int{nil: 1}} {
		b, err := json.Marshal(v)
		fmt.Printf("%T %s %v\n", v, b, err)
	}
	type g1 struct {
		A int `json:"a\"b"`
	}
	type g2 struct {
		A int `json:"a'b"`
	}
	type g3 struct {
		A int `json:"a\\b"`
	}
	type g4 struct {
		A int "json:\"a`b\""
	}
	type g5 struct {
		A int `json:"\"b"`
	}
	type g6 struct {
		A int `json:"'b"`
	}
	type g7 struct {
		A int `json:"a'b,omitempty"`
	}
	type g8 struct {
		A int `json:"a\"b,string"`
	}
	type g9 struct {
		A int `json:"a,omit'empty,string"`
	}
	type g10 struct {
		A int `json:"'a b',string"`
	}
	type g11 struct {
		A int `json:"'a\"b,c\\n',string"`
	}
	type g12 struct {
		A int `json:"\\"`
	}
	type g13 struct {
		A int `json:"a,"`
	}
	type g14 struct {
		A int `json:",,string"`
	}
	type g15 struct {
		A int `json:"a, string"`
	}
	type g16 struct {
		A int `json:"a,'string'"`
	}
	type g17 struct {
		A int `json:"a,foo:'x,y',string"`
	}
	type g18 struct {
		A int `json:"a,STRING"`
	}
	type g19 struct {
		A int `json:"a,case:ignore,string"`
	}
	type g20 struct {
		A int `json:"a\u00a0\u200b"`
	}
	type g21 struct {
		A int `json:"\x01"`
	}
	type g22 struct {
		A int `json:"a\x00b"`
	}
	type g23 struct {
		A int `json:"-,string"`
	}
	type g24 struct {
		A int `json:"-b"`
	}
	type g25 struct {
		A int `json:"'"`
	}
	type g26 struct {
		A int `json:"😀"`
	}
	for _, v := range []any{g1{}, g2{}, g3{}, g4{}, g5{}, g6{}, g7{}, g8{}, g9{}, g10{}, g11{}, g12{}, g13{}, g14{}, g15{}, g16{}, g17{}, g18{}, g19{}, g20{}, g21{}, g22{}, g23{}, g24{}, g25{}, g26{}} {
		b, err := json.Marshal(v)
		fmt.Printf("%T %s %v %q\n", v, b, err, reflect.TypeOf(v).Field(0).Tag)
	}
}
func keep(...any) {}

type hr struct{}

var hexre hr

func (hr) ReplaceAllString(s, r string) string {
	for {
		i := strings.Index(s, "0x")
		if i < 0 {
			return s
		}
		j := i + 2
		for j < len(s) && strings.IndexByte("0123456789abcdef", s[j]) >= 0 {
			j++
		}
		s = s[:i] + r + s[j:]
	}
}
