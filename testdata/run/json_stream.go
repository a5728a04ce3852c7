// run

// Keys of maps, methods of interfaces, Decoder and its offsets, the option string.

package main

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
)

type KErr int

func (k KErr) MarshalText() ([]byte, error) { return nil, fmt.Errorf("kerr") }

type MJP struct{ s string }

func (m *MJP) MarshalJSON() ([]byte, error) {
	if m == nil {
		return []byte(`"nilptr"`), nil
	}
	return []byte(`bad`), nil
}

type MTP struct{ s string }

func (m *MTP) MarshalText() ([]byte, error) {
	if m == nil {
		return []byte(`nilptr`), nil
	}
	return nil, fmt.Errorf("mtp")
}

type MJ struct{}

func (m MJ) MarshalJSON() ([]byte, error) { return []byte(`bad`), nil }

type IM interface {
	json.Marshaler
	X()
}

func (m MJ) X() {}
func main() {
	for _, v := range []any{map[any]int{float32(1.5): 1}, map[any]int{uint8(3): 1}, map[any]int{KErr(3): 1}, map[any]int{json.Number("5"): 1}, map[any]int{"b": 1, true: 2}, map[any]int{math.NaN(): 1}, map[float64]int{math.NaN(): 1}, map[float64]int{math.Inf(1): 1}, struct{ A json.Marshaler }{(*MJP)(nil)}, struct{ A json.Marshaler }{&MJP{}}, struct{ A json.Marshaler }{MJ{}}, struct{ A IM }{MJ{}}, struct {
		A interface{ MarshalText() ([]byte, error) }
	}{&MTP{}}, struct{ A any }{(*MJP)(nil)}, []json.Marshaler{nil, (*MJP)(nil)}, map[string]IM{"a": nil}, map[IM]int{MJ{}: 1}, map[any]int{int64(7): 1, float64(7): 2}, map[any]string{float64(2): "a"}, map[*int]int{new(int): 1}, map[*float64]int{new(float64): 1}, map[any]int{new(float64): 1}, map[[1]int]int{{1}: 1}} {
		b, err := json.Marshal(v)
		fmt.Printf("%T %s %v\n", v, b, err)
	}
	d := json.NewDecoder(strings.NewReader(`[1E400, 2]`))
	for range 5 {
		t, err := d.Token()
		fmt.Println(t, err, d.InputOffset())
	}
	d = json.NewDecoder(strings.NewReader(`1 "x" {"a":"y"}`))
	var i int
	var m map[string]int
	fmt.Println(d.Decode(&i))
	err := d.Decode(&i)
	fmt.Printf("%+v\n", *err.(*json.UnmarshalTypeError))
	err = d.Decode(&m)
	fmt.Printf("%+v\n", *err.(*json.UnmarshalTypeError))
	d = json.NewDecoder(strings.NewReader(` [ 1 , 2 ] x `))
	for range 6 {
		fmt.Print(d.More(), d.InputOffset(), " ")
		t, err := d.Token()
		fmt.Println(t, err, d.InputOffset())
	}
	d = json.NewDecoder(strings.NewReader(` { "a" : [ 1 ] , "b" : 2 } `))
	for range 9 {
		fmt.Print(d.More(), d.InputOffset(), " ")
		t, err := d.Token()
		fmt.Println(t, err, d.InputOffset())
	}
	type QS struct {
		A string  `json:",string"`
		B *string `json:",string"`
		C *bool   `json:",string"`
	}
	for _, s := range []string{`"\"a\"x"`, `"\"a\" "`, `"\"a\\"`, `"\"a\n\""`, `"\"\\q\""`, `" \"a\""`, `"\"\\u12\""`, `"null"`, `"nul"`, `""`} {
		var q QS
		err := json.Unmarshal([]byte(`{"A":`+s+`}`), &q)
		q.B = new(string)
		q.C = new(bool)
		err2 := json.Unmarshal([]byte(`{"B":`+s+`}`), &q)
		err3 := json.Unmarshal([]byte(`{"C":`+s+`}`), &q)
		fmt.Printf("%s %q %v | %v %v| %v %v\n", s, q.A, err, q.B == nil, err2, q.C == nil, err3)
	}
	var u uint
	var u8 uint8
	var i8 int8
	var f32 float32
	for _, s := range []string{"-0", "-1", "0", "18446744073709551615", "18446744073709551616", "256", "255", "-128", "-129", "127", "128", "1.0", "1e0", "3.5e38", "1e-50", "-0.0", "0.1", "00000"} {
		fmt.Println(s, json.Unmarshal([]byte(s), &u), u, json.Unmarshal([]byte(s), &u8), u8, json.Unmarshal([]byte(s), &i8), i8, json.Unmarshal([]byte(s), &f32), f32)
	}
	var mi map[int8]string
	fmt.Println(json.Unmarshal([]byte(`{"+5":"a","-0":"b","007":"c"," 1":"d","1.0":"e","128":"f","null":"g"}`), &mi), mi)
	var mb map[bool]int
	fmt.Println(json.Unmarshal([]byte(`{"true":1}`), &mb), mb)
	var ma map[any]int
	fmt.Println(json.Unmarshal([]byte(`{"true":1}`), &ma), ma)
	var mp map[*string]int
	fmt.Println(json.Unmarshal([]byte(`{"true":1}`), &mp), len(mp))
	var mm map[MJ]int
	fmt.Println(json.Unmarshal([]byte(`{"true":1}`), &mm), len(mm))
	var ms map[fmt.Stringer]int
	fmt.Println(json.Unmarshal([]byte(`{"true":1}`), &ms), len(ms))
	var c chan int
	var cc complex64
	fmt.Println(json.Unmarshal([]byte(`null`), &c), json.Unmarshal([]byte(`null`), &cc))
	var x any = 5
	fmt.Println(json.Unmarshal([]byte(`{"A":"x"`), &x), x)
	type R struct {
		R *R
		V int
	}
	var r R
	fmt.Println(json.Unmarshal([]byte(`{"R":{"R":{"V":"x"}},"V":3}`), &r), r.V)
	// Encoder
	var sb strings.Builder
	e := json.NewEncoder(&sb)
	fmt.Println(e.Encode(1), e.Encode([]any{MJ{}}), e.Encode(map[bool]int{true: 1}))
	type S struct {
		A, B int
		C    []int
		D    map[string]int
	}
	e.SetIndent("", " ")
	e.Encode(S{})
	e.Encode([]S{{C: []int{1}}})
	fmt.Println(sb.String())
}
