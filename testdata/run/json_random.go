// run

// Random texts and values, right and wrong ones, through every part of encoding/json.

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"math/rand"
	"strconv"
	"strings"
)

type E struct {
	X int8
	Y string `json:"y,omitempty"`
}
type Tx string

func (t *Tx) UnmarshalText(b []byte) error { *t = Tx("<" + string(b) + ">"); return nil }
func (t Tx) MarshalText() ([]byte, error)  { return []byte(strings.Trim(string(t), "<>")), nil }

type S struct {
	A int
	B string
	C []int
	D map[string]int
	E
	F *S
	G any
	H [2]bool
	I float32 `json:"i,string"`
	J []byte
	K map[int]string
	L json.RawMessage
	M []S `json:",omitempty"`
	N json.Number
	O Tx
	P *int `json:"p,omitempty"`
	Q map[Tx]uint8
	R []any
	T uint16 `json:"t,string,omitempty"`
	U struct{ V, W string }
}

var r *rand.Rand

func str() string {
	n := r.Intn(6)
	var b []byte
	for range n {
		switch r.Intn(9) {
		case 0:
			b = append(b, byte(r.Intn(256)))
		case 1:
			b = append(b, string(rune(r.Intn(0x11000)))...)
		case 2:
			b = append(b, `<>&"\/`[r.Intn(6)])
		case 3:
			b = append(b, "\u2028\u2029"[:3*(1+r.Intn(2))]...)
		default:
			b = append(b, byte('a'+r.Intn(26)))
		}
	}
	return string(b)
}
func rawstr() string {
	n := r.Intn(5)
	b := `"`
	for range n {
		switch r.Intn(12) {
		case 0:
			b += fmt.Sprintf(`\u%04x`, r.Intn(0x10000))
		case 1:
			b += fmt.Sprintf(`\ud%03x`, 0x800+r.Intn(0x800))
		case 2:
			b += `\` + string(`"\/bfnrt`[r.Intn(8)])
		case 3:
			b += string([]byte{byte(r.Intn(256))})
		case 4:
			b += string(rune(r.Intn(0x3000)))
		case 5:
			b += fmt.Sprintf(`\ud8%02x\udc%02x`, r.Intn(256), r.Intn(256))
		default:
			b += string(rune('a' + r.Intn(26)))
		}
	}
	return b + `"`
}
func num() string {
	switch r.Intn(8) {
	case 0:
		return strconv.FormatFloat(math.Float64frombits(r.Uint64()), 'g', -1, 64)
	case 1:
		return fmt.Sprint(r.Int63())
	case 2:
		return fmt.Sprintf("%.3e", r.NormFloat64())
	case 3:
		return fmt.Sprint(r.NormFloat64())
	case 4:
		return "-0"
	case 5:
		return fmt.Sprint(r.Uint64())
	}
	return fmt.Sprint(r.Intn(400) - 100)
}
func ws() string {
	if r.Intn(4) > 0 {
		return ""
	}
	return []string{" ", "\n", "\t", "\r\n", "  "}[r.Intn(5)]
}

var keys = []string{"A", "B", "C", "D", "X", "y", "F", "G", "H", "i", "J", "K", "L", "M", "N", "O", "p", "Q", "R", "t", "U", "V", "W", "a", "Y", "x", "E", "I", "zz", "1", "2", "-3", "300"}

func val(d int) string {
	k := r.Intn(12)
	if d <= 0 && k < 4 {
		k += 4
	}
	switch k {
	case 0, 1, 2:
		s := "{"
		for i := range r.Intn(5) {
			if i > 0 {
				s += "," + ws()
			}
			if r.Intn(6) == 0 {
				s += rawstr()
			} else {
				s += `"` + keys[r.Intn(len(keys))] + `"`
			}
			s += ws() + ":" + ws() + val(d-1) + ws()
		}
		return s + "}"
	case 3:
		s := "["
		for i := range r.Intn(4) {
			if i > 0 {
				s += "," + ws()
			}
			s += val(d-1) + ws()
		}
		return s + ws() + "]"
	case 4:
		return "null"
	case 5:
		return "true"
	case 6:
		return "false"
	case 7, 8:
		return rawstr()
	case 9:
		return `"` + num() + `"`
	}
	return num()
}
func mutate(s string) string {
	b := []byte(s)
	if len(b) == 0 {
		return s
	}
	switch r.Intn(4) {
	case 0:
		return string(b[:r.Intn(len(b))])
	case 1:
		b[r.Intn(len(b))] = `{}[]",:0123.-+eE \utfn`[r.Intn(22)]
	case 2:
		i := r.Intn(len(b))
		b = append(b[:i], b[i+1:]...)
	case 3:
		i := r.Intn(len(b))
		b = append(b[:i], append([]byte{`{}[]",:0 \n`[r.Intn(11)]}, b[i:]...)...)
	}
	return string(b)
}
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
		s += fmt.Sprintf(" {%q %v %d %q %q %v}", ue.Value, ue.Type, ue.Offset, ue.Struct, ue.Field, ue.Err)
	}
	return s
}
func gen(d int) S {
	s := S{A: r.Intn(1000), B: str(), I: r.Float32() * 1e5, N: json.Number(fmt.Sprint(r.Intn(9))), O: Tx(str()), T: uint16(r.Intn(3))}
	for range r.Intn(4) {
		s.C = append(s.C, r.Int())
	}
	if r.Intn(2) == 0 {
		s.D = map[string]int{}
		for range r.Intn(5) {
			s.D[str()] = r.Intn(9)
		}
	}
	s.Y = str()
	if d > 0 && r.Intn(3) == 0 {
		x := gen(d - 1)
		s.F = &x
	}
	switch r.Intn(6) {
	case 0:
		s.G = math.Float64frombits(r.Uint64())
	case 1:
		s.G = str()
	case 2:
		s.G = []any{1, str(), nil, true, math.Float32frombits(r.Uint32())}
	case 3:
		s.G = map[string]any{str(): str(), str(): r.NormFloat64() * 1e10}
	}
	if r.Intn(2) == 0 {
		s.J = []byte(str())
	}
	if r.Intn(3) == 0 {
		s.K = map[int]string{r.Intn(100): str(), -r.Intn(100): str()}
	}
	if r.Intn(4) == 0 {
		s.L = json.RawMessage(val(2))
	}
	if d > 0 && r.Intn(4) == 0 {
		s.M = append(s.M, gen(d-1))
	}
	s.U.V, s.U.W = str(), str()
	return s
}

func keep(x ...any) {
	if r != nil {
		fmt.Println(x...)
	}
}
func main() {
	keep(new(Tx))
	const seed, n, verbose = 7, 40, true
	r = rand.New(rand.NewSource(int64(seed)))
	h := fnv.New64a()
	p := func(f string, a ...any) {
		if verbose {
			fmt.Printf(f, a...)
		}
		fmt.Fprintf(h, f, a...)
	}
	for i := range n {
		s := val(4)
		if r.Intn(3) == 0 {
			s = mutate(s)
		}
		var v any
		err := json.Unmarshal([]byte(s), &v)
		b, err2 := json.Marshal(v)
		p("%d U %q\n %q %s %s\n", i, s, b, show(err), show(err2))
		var st S
		if r.Intn(2) == 0 {
			st = gen(1)
		}
		err = json.Unmarshal([]byte(s), &st)
		b, err2 = json.Marshal(st)
		p(" S %q %s %s\n", b, show(err), show(err2))
		var buf bytes.Buffer
		err = json.Compact(&buf, []byte(s))
		p(" C %q %s\n", buf.Bytes(), show(err))
		buf.Reset()
		err = json.Indent(&buf, []byte(s), "p", "  ")
		p(" I %q %s\n", buf.Bytes(), show(err))
		s2 := s + ws() + val(3)
		if r.Intn(3) == 0 {
			s2 = mutate(s2)
		}
		d := json.NewDecoder(&slow{s: s2})
		if r.Intn(2) == 0 {
			d.UseNumber()
		}
		if r.Intn(2) == 0 {
			d.DisallowUnknownFields()
		}
		for range 200 {
			switch r.Intn(6) {
			case 0:
				var v any
				err := d.Decode(&v)
				p(" D %v %s %d\n", v, show(err), d.InputOffset())
				if err != nil {
					goto out
				}
			case 1:
				var v S
				err := d.Decode(&v)
				b, _ := json.Marshal(v)
				p(" DS %q %s %d\n", b, show(err), d.InputOffset())
				if err != nil {
					goto out
				}
			case 2:
				p(" M %v", d.More())
			default:
				t, err := d.Token()
				p(" T %T %v %s %d\n", t, t, show(err), d.InputOffset())
				if err != nil {
					goto out
				}
			}
		}
	out:
		x := gen(2)
		b, err = json.Marshal(x)
		p(" G %q %s\n", b, show(err))
		var y S
		err = json.Unmarshal(b, &y)
		b2, err2 := json.MarshalIndent(&y, "", "\t")
		p(" %s %q %s\n", show(err), b2, show(err2))
	}
	fmt.Printf("%x\n", h.Sum64())
}

type slow struct{ s string }

func (s *slow) Read(b []byte) (int, error) {
	if s.s == "" {
		return 0, io.EOF
	}
	n := min(1+len(s.s)%5, len(s.s), len(b))
	copy(b, s.s[:n])
	s.s = s.s[n:]
	return n, nil
}
