// mode: -gcstress: values nested 20 000 deep, collected at every allocation, take a minute (and pass)
// mode: -stackstress: the same depth, a stack of megabytes that would move at every call

// Marshal, MarshalIndent, Encoder, Compact, Indent and the errors of Decoder's tokens.

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"

	"time"
)

func show(err error) string {
	if err == nil {
		return "nil"
	}
	s := fmt.Sprintf("%T %q", err, err.Error())
	var se *json.SyntaxError
	if errors.As(err, &se) {
		s += fmt.Sprintf(" off=%d", se.Offset)
	}
	var ue *json.UnmarshalTypeError
	if errors.As(err, &ue) {
		s += fmt.Sprintf(" {Value:%q Type:%v Off:%d Struct:%q Field:%q Err:%v}", ue.Value, ue.Type, ue.Offset, ue.Struct, ue.Field, ue.Err)
	}
	var me *json.MarshalerError
	if errors.As(err, &me) {
		s += fmt.Sprintf(" {ME %v %T %v}", me.Type, me.Err, me.Err)
	}
	return s
}
func M(v any) {
	b, err := json.Marshal(v)
	fmt.Printf("M %T: %s %s\n", v, b, show(err))
}

type MJ struct {
	s string
	e error
}

func (m MJ) MarshalJSON() ([]byte, error) { return []byte(m.s), m.e }

type MJP struct{ s string }

func (m *MJP) MarshalJSON() ([]byte, error) {
	if m == nil {
		return []byte(`"nilptr"`), nil
	}
	return []byte(`"P` + m.s + `"`), nil
}

type MT struct {
	s string
	e error
}

func (m MT) MarshalText() ([]byte, error) { return []byte(m.s), m.e }

type MTP struct{ s string }

func (m *MTP) MarshalText() ([]byte, error) { return []byte("TP" + m.s), nil }

type AT struct {
	s string
	e error
}

func (m AT) AppendText(b []byte) ([]byte, error) { return append(b, "AT"+m.s...), m.e }

type Both struct{}

func (Both) AppendText(b []byte) ([]byte, error) { return append(b, "AT"...), nil }
func (Both) MarshalText() ([]byte, error)        { return []byte("MT"), nil }

type KI int

func (k KI) MarshalText() ([]byte, error) { return []byte(fmt.Sprintf("k%d", int(k))), nil }

type KS string

func (k KS) MarshalText() ([]byte, error) { return []byte("ks" + string(k)), nil }

type KP struct{ a int }

func (k *KP) MarshalText() ([]byte, error) { return []byte("kp"), nil }

type KErr int

func (k KErr) MarshalText() ([]byte, error) { return nil, errors.New("kerr") }

type Str string
type Bo bool
type By byte
type Bys []byte
type ByM byte

func (b ByM) MarshalJSON() ([]byte, error) { return []byte(fmt.Sprint(int(b))), nil }

type ByT byte

func (b ByT) MarshalText() ([]byte, error) { return []byte(fmt.Sprint(int(b))), nil }

type Cyc struct {
	A int
	N *Cyc
	M map[string]*Cyc
	S []*Cyc
	I any
}
type rec []rec
type recm map[string]recm
type recp *recp

type E1 struct {
	A int
	B int `json:"b"`
}
type E2 struct {
	A int
	C int
}
type E3 struct {
	A int `json:"A"`
	D int
}
type unexp struct {
	X int
	y int
}
type Emb struct {
	E1
	E2
	Z int
}
type Emb2 struct {
	E1
	E3
	*unexp
}
type Emb3 struct {
	E1 `json:"e1"`
	*E2
	unexp
	Str
	fmt.Stringer
	error
}
type ptrE struct{ *E2 }
type deep struct{ Emb }
type Opts struct {
	A  int             `json:"a,omitempty"`
	B  string          `json:",omitempty"`
	C  []int           `json:"c,omitempty"`
	D  map[string]int  `json:",omitempty"`
	E  *int            `json:",omitempty"`
	F  any             `json:",omitempty"`
	G  [0]int          `json:",omitempty"`
	H  [1]int          `json:",omitempty"`
	I  struct{}        `json:",omitempty"`
	J  time.Time       `json:",omitempty"`
	K  time.Time       `json:",omitzero"`
	L  time.Time       `json:",omitempty,omitzero"`
	M1 Z               `json:",omitzero"`
	N  *Z              `json:",omitzero"`
	O  ZP              `json:",omitzero"`
	P  struct{ A int } `json:",omitzero"`
	Q  []int           `json:",omitzero"`
	R  bool            `json:",omitempty"`
	S  float64         `json:",omitempty"`
	T  zi              `json:",omitzero"`
	U  MT              `json:",omitempty"`
	V  error           `json:",omitzero"`
}
type zi interface{ IsZero() bool }
type Z struct{ v int }

func (z Z) IsZero() bool { return z.v == 5 }

type ZP struct{ V int }

func (z *ZP) IsZero() bool { return z.V == 5 }

type Q struct {
	A int            `json:",string"`
	B string         `json:",string"`
	C bool           `json:",string"`
	D float64        `json:",string"`
	E *int           `json:",string"`
	F **int          `json:",string"`
	G []int          `json:",string"`
	H any            `json:",string"`
	I json.Number    `json:",string"`
	J MT             `json:",string"`
	K time.Duration  `json:",string"`
	L Str            `json:",string"`
	M map[string]int `json:",string"`
	N *string        `json:",string"`
	O uintptr        `json:",string"`
	P KI             `json:",string"`
}
type Tags struct {
	A int `json:"a b"`
	B int `json:"a\"b"`
	C int `json:"a'b"`
	D int `json:"-"`
	E int `json:"-,"`
	F int `json:"é"`
	G int `json:"$%&/()"`
	H int `json:"a\\b"`
	I int `json:",foo"`
	J int `json:" j"`
	K int `json:"k, omitempty"`
	L int `json:"l,omitempty,string"`
	M int `json:"<m>"`
	N int `json:"'q,r'"`
	O int `json:"'-'"`
	P int `json:"'x\\n\\'y'"`
	R int `json:"''"`
	S int `json:"'s',omitempty"`
	T int `json:"日本"`
	U int `json:"a.b-c_d"`
	V int `json:"'v"`
	W int "json:\"a`b\""
	X int `json:"x,OMITEMPTY"`
	Y int `json:"y,'omitempty'"`
	Z int `json:"z,string,string"`
}
type T2 struct {
	A int `json:"a!#"`
	B int `json:"a;b"`
	C int `json:"a:b"`
	D int `json:"a\u2028b"`
	E int `json:"a\tb"`
	F int `json:"|~^@?=*+{}[]"`
	g int `json:"g"`
	H int `json:"h,case:ignore"`
	I int `json:"I_J,case:strict"`
	J int `json:"k\xff"`
	K int `xml:"k"`
	L int `json`
	M int `json:"dup"`
	N int `json:"dup"`
}
type EmbTag struct {
	A int
	X E1             `json:",embed"`
	Y map[string]any `json:",embed"`
}
type EmbTag2 struct {
	A int
	X *E1             `json:",embed"`
	Y json.RawMessage `json:",embed"`
}
type F32 struct{ F float32 }

func main() {
	keep(&MJP{}, &MTP{}, &ZP{}, &KP{}, new(ByM), new(ByT))
	// scalars
	for _, v := range []any{nil, true, false, 1, -1, int8(-128), uint64(math.MaxUint64), "a", "", 1.0, 0.1, 1e20, 1e21, 1e-6, 1e-7, 123456789.123, float32(0.1), float32(1e21), float32(1e-7), float32(3.4e38), math.MaxFloat64, math.SmallestNonzeroFloat64, math.Copysign(0, -1), 1e100, -1e-100, 5e-324, 100000000000000000000.0, math.NaN(), math.Inf(1), math.Inf(-1), float32(math.Inf(1)),
		"<>&\u2028\u2029", "\x00\x01\b\f\n\r\t\"\\/\x7f", "é日本😀", "\xff\xfe", "a\xc3", "\xed\xa0\x80", "\ufffd",
		[]byte("hello"), []byte{}, []byte(nil), [3]byte{1, 2, 3}, []int{}, []int(nil), [0]int{}, []any{1, "a", nil, []any{}}, map[string]int{}, map[string]int(nil), map[string]any{"b": 1, "a": 2, "<": 3, "\xff": 4}, map[int]string{2: "b", -1: "a", 10: "c"}, map[uint8]int{1: 1}, map[KI]int{1: 1, 2: 2}, map[KS]int{"a": 1}, map[*KP]int{{1}: 1}, map[*KP]int{nil: 1}, map[KErr]int{1: 1}, map[float64]int{1.5: 1}, map[float32]int{1.5: 2}, map[bool]int{true: 1}, map[bool]int{}, map[bool]int(nil), map[any]int{"a": 1, 2: 2}, map[any]int{true: 1}, map[[2]int]int{}, map[[2]int]int{{1, 2}: 1}, map[complex64]int{1: 1}, map[KP]int{{1}: 1}, map[MJ]int{{"a", nil}: 1},
		map[struct{}]int{{}: 1}, map[time.Time]int{time.Unix(0, 0).UTC(): 1}, map[AT]int{{"x", nil}: 1}, map[time.Duration]int{5: 1}, map[json.Number]int{"1": 1}, map[Str]int{"s": 1}, map[uintptr]int{3: 3}, map[int8]int{3: 3, 20: 1},
		json.Number("12"), json.Number(""), json.Number("x"), json.Number("1e5"), json.Number("01"), json.Number("-"), json.Number("1.50"),
		json.RawMessage(`{"a" : [ 1 , 2 ], "b":"<\u003c"}`), json.RawMessage(nil), json.RawMessage(``), json.RawMessage(`x`), json.RawMessage(`{"a"`), json.RawMessage(`1 2`), json.RawMessage("\"\xff\""),
		make(chan int), func() {}, complex(1, 2), struct{ C chan int }{}, struct {
			C chan int `json:"-"`
		}{}, []chan int{}, []chan int{nil}, map[string]func(){}, map[string]func(){"a": nil}, struct {
			F func() `json:",omitempty"`
		}{}, (*chan int)(nil), [0]chan int{}, any((*int)(nil)), struct{ P *chan int }{},
		MJ{`{"a": 1}`, nil}, MJ{``, nil}, MJ{`x`, nil}, MJ{`"<a>"`, nil}, MJ{`1`, errors.New("boom")}, MJ{` 1 `, nil}, MJ{`1 2`, nil}, MJ{`{"a":1,"a":2}`, nil}, MJ{"\"\xff\"", nil}, &MJ{`1`, nil}, (*MJ)(nil), MJP{"a"}, &MJP{"a"}, (*MJP)(nil), []MJP{{"a"}}, [1]MJP{{"a"}}, &[1]MJP{{"a"}}, map[string]MJP{"k": {"a"}}, struct{ A MJP }{}, &struct{ A MJP }{}, struct{ A *MJP }{},
		MT{"a<b", nil}, MT{"x", errors.New("boom")}, MT{"\xff", nil}, &MT{"p", nil}, (*MT)(nil), MTP{"a"}, &MTP{"a"}, (*MTP)(nil), AT{"a", nil}, AT{"a", errors.New("boom")}, Both{}, []any{MJ{`x`, nil}}, struct{ A MJ }{MJ{`{`, nil}},
		[]By{1, 2}, Bys{1, 2}, []ByM{1, 2}, []ByT{1, 2}, []*By{}, []int8{1}, [2]By{1, 2},
		time.Unix(0, 5).UTC(), time.Duration(5), time.Time{}, time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), 'a', uintptr(5),
		Emb{}, Emb2{}, Emb3{}, ptrE{}, ptrE{&E2{1, 2}}, deep{}, Opts{}, Opts{M1: Z{5}, N: &Z{5}, O: ZP{5}}, &Opts{M1: Z{1}, N: &Z{5}, O: ZP{5}, C: []int{1}, Q: []int{}, F: 0, T: &Z{5}}, Opts{T: (*Z)(nil)}, Tags{}, Tags{X: 1, Y: 1, K: 1, L: 1, S: 1}, T2{}, Q{}, Emb{E1: E1{1, 2}, E2: E2{3, 4}},
		EmbTag{}, EmbTag{Y: map[string]any{"q": 1, "A": 2, "c": 3}}, EmbTag2{}, EmbTag2{X: &E1{1, 2}, Y: json.RawMessage(`{"z":1}`)}, EmbTag2{Y: json.RawMessage(`3`)},
		F32{0.3}, []float32{0.1, 16777216, 1e10}, struct{ A any }{math.NaN()}, map[string]any{"x": math.Inf(1)}, []any{func() {}}, reflect.ValueOf(1), struct{}{}, [2]struct{}{}, &struct{ A **int }{}, errors.New("x"), time.UTC, time.March, struct{ error }{}, struct{ error }{errors.New("x")}, struct{ fmt.Stringer }{}, struct{ io.Reader }{strings.NewReader("a")},
	} {
		M(v)
	}
	i := 5
	pi := &i
	s := "str"
	M(Q{A: 1, B: "a\"b<", C: true, D: 1e21, E: pi, F: &pi, G: []int{1}, H: 5, I: "7", J: MT{"x", nil}, K: 5, L: "l<", M: map[string]int{"a": 1}, N: &s, O: 3, P: 4})
	c := &Cyc{}
	c.N = c
	M(c)
	c = &Cyc{}
	c.M = map[string]*Cyc{"a": c}
	M(c)
	c = &Cyc{}
	c.S = []*Cyc{c}
	M(c)
	c = &Cyc{}
	c.I = c
	M(c)
	var r rec = make(rec, 1)
	r[0] = r
	M(r)
	rm := recm{}
	rm["a"] = rm
	M(rm)
	var rp recp
	rp = &rp
	_ = rp
	a := []any{nil}
	a[0] = a
	M(a)
	mm := map[string]any{}
	mm["x"] = mm
	M(mm)
	// deep but not cyclic
	var d any
	for i := 0; i < 20000; i++ {
		d = []any{d}
	}
	b, err := json.Marshal(d)
	fmt.Println(len(b), show(err))
	for _, n := range []int{9998, 9999, 10000, 10001} {
		var x any
		err := json.Unmarshal([]byte(strings.Repeat("[", n)+strings.Repeat("]", n)), &x)
		fmt.Println(n, show(err))
		err = json.Unmarshal([]byte(strings.Repeat(`{"a":`, n)+"1"+strings.Repeat("}", n)), &x)
		fmt.Println(n, show(err), json.Valid([]byte(strings.Repeat("[", n)+strings.Repeat("]", n))))
		var bb bytes.Buffer
		fmt.Println(show(json.Compact(&bb, []byte(strings.Repeat("[", n)+strings.Repeat("]", n)))))
	}
	// encoder
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	fmt.Println(show(enc.Encode(map[string]any{"a": "<>", "b": []any{}, "c": map[string]any{}, "d": []int{1}})))
	enc.SetEscapeHTML(false)
	enc.Encode(map[string]any{"a": "<>\u2028"})
	enc.Encode(MJ{`"<>"`, nil})
	enc.SetIndent(">", "  ")
	enc.Encode(map[string]any{"a": "<>", "b": []any{}, "c": map[string]any{}, "d": []int{1}, "e": []any{map[string]any{"x": 1}}})
	fmt.Println(show(enc.Encode(make(chan int))))
	enc.Encode(1)
	enc.SetIndent("", "")
	enc.Encode([]int{1})
	fmt.Println(buf.String())
	e2 := json.NewEncoder(badW{})
	fmt.Println(show(e2.Encode(1)), show(e2.Encode(2)), show(e2.Encode(make(chan int))))
	bI, err := json.MarshalIndent(map[string]any{"a": []any{}, "b": map[string]any{}, "c": MJ{`{"x":[1,2]}`, nil}, "d": "<"}, "p", "\t")
	fmt.Printf("%s %s\n", bI, show(err))
	bI, err = json.MarshalIndent([]int{1}, "", "")
	fmt.Printf("%q %s\n", bI, show(err))
	bI, err = json.MarshalIndent(make(chan int), "", "")
	fmt.Printf("%q %s\n", bI, show(err))
	// Compact etc
	for _, s := range []string{` { "a" : 1 , "b" : [ ] , "c" : { } } `, "\"\u2028<\"", ` [ 1 , [ 2 , { } ] ] `, "1 \n", "\"\xff\"", "{}\n\n", "\n{}", `{"a":1}{`, "[1,2,x"} {
		buf.Reset()
		buf.WriteString("pre")
		err := json.Compact(&buf, []byte(s))
		fmt.Printf("compact %q %q %s\n", s, buf.String(), show(err))
		buf.Reset()
		buf.WriteString("pre")
		err = json.Indent(&buf, []byte(s), "p", "\t")
		fmt.Printf("indent %q %q %s\n", s, buf.String(), show(err))
		buf.Reset()
		json.HTMLEscape(&buf, []byte(s))
		fmt.Printf("html %q\n", buf.String())
	}
	// io errors
	dd := json.NewDecoder(io.MultiReader(strings.NewReader(`{"a":`), errR{}))
	var v any
	fmt.Println(show(dd.Decode(&v)), show(dd.Decode(&v)))
	dd = json.NewDecoder(io.MultiReader(strings.NewReader(` `), errR{}))
	fmt.Println(dd.More())
	_, err = dd.Token()
	fmt.Println(show(err), show(dd.Decode(&v)))
	dd = json.NewDecoder(strings.NewReader(`{"a":[1,2,{"b":3}],"c":4} [5] "x`))
	dd.Token()
	dd.Token()
	fmt.Println(show(dd.Decode(&v)), v, dd.InputOffset())
	bb, _ := io.ReadAll(dd.Buffered())
	fmt.Printf("%q\n", bb)
	fmt.Println(show(dd.Decode(&v)), v, dd.InputOffset())
	bb, _ = io.ReadAll(dd.Buffered())
	fmt.Printf("%q\n", bb)
	fmt.Println(show(dd.Decode(&v)), v, dd.InputOffset())
	fmt.Println(show(dd.Decode(&v)), v, dd.InputOffset())
	t, err := dd.Token()
	fmt.Println(t, show(err))
	fmt.Println(show(dd.Decode(&v)), v, dd.InputOffset())
	fmt.Println(dd.More())
	fmt.Println(show(dd.Decode(&v)), v, dd.InputOffset())
	dd = json.NewDecoder(strings.NewReader(`[1, "a", tru`))
	dd.UseNumber()
	for i := 0; i < 6; i++ {
		fmt.Println(dd.More(), dd.InputOffset())
		t, err := dd.Token()
		fmt.Printf("%T %v %s %d\n", t, t, show(err), dd.InputOffset())
	}
	for _, s := range []string{`{null:1}`, `{[`, `{{`, `{true`, `{nul`, `{"a":1,2}`, `{"a":1,:`, `[:1]`, `{"a"::1}`, `{:`, `,1`, `:1`, `[1,,2]`, `[1 :`, `{"a",`, ` [ 1 , 2 ] `, `["abc`, `[1.`, `[12`, `{"a":1 `, `[x`, `1,2`, `1:2`, `]`, `[]]`, `[1]]`, "[1,\xff", `{"a":"\x"}`, `[1}`, `{"a":1]`, `[1,2}`, `{"a":]`, `[1,}`, `{"a"]`, `{"a" }`, `{"a":1,]`, `{"a":1,x`} {
		dd = json.NewDecoder(strings.NewReader(s))
		fmt.Printf("TT %q:", s)
		for i := 0; i < 8; i++ {
			m := dd.More()
			t, err := dd.Token()
			fmt.Printf(" [%v %v %d]", m, t, dd.InputOffset())
			if err != nil {
				fmt.Print(show(err))
				_, err2 := dd.Token()
				fmt.Print(" again ", show(err2), " dec ", show(dd.Decode(&v)))
				break
			}
		}
		fmt.Println()
		dd = json.NewDecoder(strings.NewReader(s))
		fmt.Printf("TD %q:", s)
		dd.Token()
		for i := 0; i < 5; i++ {
			m := dd.More()
			err := dd.Decode(&v)
			fmt.Printf(" [%v %v %d]%s", m, v, dd.InputOffset(), show(err))
			if err != nil {
				break
			}
		}
		fmt.Println()
	}
}

type badW struct{}

func (badW) Write(b []byte) (int, error) { return 0, errors.New("badw") }
func keep(...any)                        {}

type errR struct{}

func (errR) Read([]byte) (int, error) { return 0, errors.New("rd") }
