// run

// Methods, calls, fields and setters through reflection, and what panics.
package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

type T struct {
	A int `json:"a" xml:"b"`
	b string
	C []T
	*E
	F
}
type E struct{ X, y int }
type F struct{ Z float64 }

func (t T) Val(x int) int        { return t.A + x }
func (t *T) Ptr(s ...string) int { return len(s) + t.A }
func (t T) hidden()              {}
func (e *E) Emb() string         { return "emb" }
func (f F) FM(a, b float64) (float64, error) {
	return a*b + f.Z, nil
}

type Big struct{ a [20]int }

func (b Big) Sum(c Big, d string, e float32) (Big, string, float32, int8) {
	c.a[3] += b.a[3]
	return c, d + "!", e * 2, -3
}

type S string

func (s S) String() string { return "S(" + string(s) + ")" }

type Fn func(int) int

func (f Fn) Call2(x int) int { return f(f(x)) }

type M map[string]int

func (m M) Len() int { return len(m) }

type I interface {
	Val(int) int
	Ptr(...string) int
}
type In int8

func (i In) Get() In { return i }

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "panic:", r)
			if e, ok := r.(*reflect.ValueError); ok {
				fmt.Println("   ValueError", e.Method, e.Kind)
			}
		}
	}()
	f()
}

func methods(x any) {
	t := reflect.TypeOf(x)
	v := reflect.ValueOf(x)
	fmt.Println(t, t.NumMethod(), v.NumMethod())
	for i := 0; i < t.NumMethod(); i++ {
		m := t.Method(i)
		fmt.Println("  ", i, m.Name, m.Type, m.PkgPath, m.Index, m.IsExported(), m.Func.Type() == m.Type, v.Method(i).Type())
	}
}

func main() {
	x := T{A: 5, E: &E{1, 2}, F: F{0.5}}
	for _, v := range []any{x, &x, x.E, x.F, &x.F, Big{}, S("a"), Fn(nil), M{}, In(1), new(In), struct{ *E }{}, struct {
		T
		n int
	}{}} {
		methods(v)
	}
	v := reflect.ValueOf(x)
	p := reflect.ValueOf(&x)
	fmt.Println(v.MethodByName("Val").Call([]reflect.Value{reflect.ValueOf(3)})[0])
	fmt.Println(p.MethodByName("Ptr").Call([]reflect.Value{reflect.ValueOf("a"), reflect.ValueOf("b")})[0])
	fmt.Println(p.MethodByName("Ptr").CallSlice([]reflect.Value{reflect.ValueOf([]string{"a", "b", "c"})})[0])
	fmt.Println(p.MethodByName("Emb").Call(nil)[0], p.MethodByName("nope").IsValid(), p.MethodByName("hidden").IsValid())
	r := v.MethodByName("FM").Call([]reflect.Value{reflect.ValueOf(2.0), reflect.ValueOf(3.5)})
	fmt.Println(r[0], r[1], r[1].IsNil(), r[1].Type())
	var b Big
	b.a[3] = 4
	r = reflect.ValueOf(b).Method(0).Call([]reflect.Value{reflect.ValueOf(b), reflect.ValueOf("x"), reflect.ValueOf(float32(1.5))})
	fmt.Println(r[0].Field(0).Index(3), r[1], r[2], r[3])
	fn := reflect.ValueOf(b.Sum).Interface().(func(Big, string, float32) (Big, string, float32, int8))
	_, s2, _, _ := fn(b, "q", 1)
	fmt.Println(s2)
	mv := reflect.ValueOf(b).Method(0).Interface().(func(Big, string, float32) (Big, string, float32, int8))
	c, s3, f3, i3 := mv(b, "z", 2)
	fmt.Println(c.a[3], s3, f3, i3)
	me := reflect.TypeOf(b).Method(0).Func.Interface().(func(Big, Big, string, float32) (Big, string, float32, int8))
	c, s3, f3, i3 = me(b, b, "y", 3)
	fmt.Println(c.a[3], s3, f3, i3)
	fmt.Println(reflect.ValueOf(Fn(func(i int) int { return i * 3 })).Method(0).Call([]reflect.Value{reflect.ValueOf(2)})[0])
	fmt.Println(reflect.ValueOf(M{"a": 1}).Method(0).Call(nil)[0])
	fmt.Println(reflect.ValueOf(In(-7)).Method(0).Call(nil)[0])
	var i I = &x
	iv := reflect.ValueOf(&i).Elem()
	fmt.Println(iv.Kind(), iv.NumMethod(), iv.Type().Method(0).Name, iv.Type().Method(1).Type, iv.Method(1).Call([]reflect.Value{reflect.ValueOf(10)})[0])
	mi := iv.Method(0).Interface().(func(...string) int)
	fmt.Println(mi("1", "2"))
	var ni I
	try("nil iface method", func() { reflect.ValueOf(&ni).Elem().Method(0).Call(nil) })
	try("nil iface method intf", func() { fmt.Println(reflect.ValueOf(&ni).Elem().Method(0).Interface()) })
	try("zero method", func() { reflect.Value{}.Method(0) })
	try("out of range", func() { v.Method(99) })
	try("type out of range", func() { v.Type().Method(99) })
	try("too few", func() { v.Method(1).Call(nil) })
	try("too many", func() { v.MethodByName("Val").Call([]reflect.Value{v, v}) })
	try("wrong type", func() { v.MethodByName("Val").Call([]reflect.Value{reflect.ValueOf("a")}) })
	try("zero arg", func() { v.MethodByName("Val").Call([]reflect.Value{{}}) })
	try("variadic wrong", func() { p.MethodByName("Ptr").Call([]reflect.Value{reflect.ValueOf(1)}) })
	try("callslice nonvariadic", func() { v.MethodByName("Val").CallSlice(nil) })
	try("callslice few", func() { p.MethodByName("Ptr").CallSlice(nil) })
	try("call nonfunc", func() { reflect.ValueOf(1).Call(nil) })
	try("call nil", func() { reflect.ValueOf((func())(nil)).Call(nil) })
	try("call unexported", func() {
		type q struct{ f func() }
		reflect.ValueOf(q{func() {}}).Field(0).Call(nil)
	})
	try("nil ptr value method", func() {
		var e *T
		reflect.ValueOf(e).MethodByName("Val").Call([]reflect.Value{reflect.ValueOf(1)})
	})
	try("fields", func() {
		t := reflect.TypeOf(x)
		for i := range t.NumField() {
			f := t.Field(i)
			fmt.Println(f.Name, f.PkgPath, f.Type, f.Tag, f.Tag.Get("xml"), f.Offset, f.Index, f.Anonymous, f.IsExported())
		}
		for _, f := range reflect.VisibleFields(t) {
			fmt.Println("vis", f.Name, f.Index)
		}
		fmt.Println(t.FieldByName("X"))
		fmt.Println(t.FieldByName("y"))
		fmt.Println(t.FieldByName("nope"))
		fmt.Println(t.FieldByNameFunc(func(s string) bool { return s == "Z" }))
		fmt.Println(v.FieldByName("X"), v.FieldByIndex([]int{4, 0}))
	})
	try("nil embedded", func() {
		var z T
		_, err := reflect.ValueOf(z).FieldByIndexErr([]int{3, 0})
		fmt.Println(err)
		reflect.ValueOf(z).FieldByName("X")
	})
	try("set unexported", func() { p.Elem().Field(1).SetString("q") })
	try("set unaddr", func() { v.Field(0).SetInt(1) })
	try("set wrong", func() { p.Elem().Field(0).SetString("q") })
	try("set type", func() { p.Elem().Field(0).Set(reflect.ValueOf("q")) })
	try("iface unexported", func() { v.Field(1).Interface() })
	try("addr", func() { v.Addr() })
	try("elem", func() { v.Elem() })
	try("field of int", func() { reflect.ValueOf(1).Field(0) })
	try("field range", func() { v.Field(9) })
	try("isnil", func() { reflect.ValueOf(1).IsNil() })
	try("len", func() { reflect.ValueOf(1).Len() })
	try("index", func() { reflect.ValueOf([]int{1}).Index(1) })
	try("index str", func() { reflect.ValueOf("a").Index(1) })
	try("index arr", func() { reflect.ValueOf([2]int{}).Index(2) })
	try("slice", func() { reflect.ValueOf([]int{1}).Slice(0, 3) })
	try("slice arr", func() { reflect.ValueOf([2]int{}).Slice(0, 1) })
	try("slice3", func() { reflect.ValueOf([]int{1}).Slice3(0, 3, 1) })
	try("int of string", func() { reflect.ValueOf("a").Int() })
	try("uint", func() { reflect.ValueOf(1).Uint() })
	try("float", func() { reflect.ValueOf(1).Float() })
	try("complex", func() { reflect.ValueOf(1).Complex() })
	try("bool", func() { reflect.ValueOf(1).Bool() })
	try("bytes", func() { reflect.ValueOf(1).Bytes() })
	try("pointer", func() { reflect.ValueOf(1).Pointer() })
	try("type zero", func() { reflect.Value{}.Type() })
	try("kind zero", func() { fmt.Println(reflect.Value{}.Kind(), reflect.Value{}.String(), reflect.Value{}.IsValid()) })
	try("interface zero", func() { reflect.Value{}.Interface() })
	try("numfield", func() { reflect.TypeOf(1).NumField() })
	try("elem type", func() { reflect.TypeOf(1).Elem() })
	try("key type", func() { reflect.TypeOf(1).Key() })
	try("len type", func() { reflect.TypeOf(1).Len() })
	try("in type", func() { reflect.TypeOf(1).In(0) })
	try("chandir", func() { reflect.TypeOf(1).ChanDir() })
	try("bits", func() { reflect.TypeOf("").Bits() })
	try("variadic", func() { reflect.TypeOf("").IsVariadic() })
	try("strings", func() {
		fmt.Println(reflect.ValueOf(1), reflect.ValueOf(1).String(), reflect.ValueOf([]int{}).String(), reflect.ValueOf(x).String(), reflect.ValueOf("hi").String())
	})
	try("size", func() {
		for _, a := range []any{1, "a", x, [3]int8{}, unsafe.Pointer(nil), struct{}{}, []int{}, map[int]int{}} {
			t := reflect.TypeOf(a)
			fmt.Println(t, t.Name(), t.PkgPath(), t.Size(), t.Align(), t.FieldAlign(), t.Kind(), t.Comparable(), t.String())
		}
	})
	try("setters", func() {
		var a struct {
			I  int16
			U  uint8
			F  float32
			C  complex64
			S  string
			B  bool
			By []byte
			P  unsafe.Pointer
			An any
			Ru []rune
		}
		e := reflect.ValueOf(&a).Elem()
		e.Field(0).SetInt(70000)
		e.Field(1).SetUint(300)
		e.Field(2).SetFloat(1.1)
		e.Field(3).SetComplex(1 + 2i)
		e.Field(4).SetString("s")
		e.Field(5).SetBool(true)
		e.Field(6).SetBytes([]byte("xy"))
		e.Field(8).Set(reflect.ValueOf(x.F))
		fmt.Println(a, e.Field(0).OverflowInt(40000), e.Field(1).OverflowUint(255), e.Field(2).OverflowFloat(1e39), e.Field(3).OverflowComplex(1e39))
		e.Field(8).SetZero()
		e.Field(6).Grow(10)
		fmt.Println(a, e.Field(6).Cap() >= 12, e.Field(8).IsZero(), e.IsZero(), e.Field(8).IsNil())
		e.SetZero()
		fmt.Println(e.IsZero(), e.CanSet(), e.CanAddr(), e.CanInterface(), e.Field(0).CanInt(), e.Field(0).CanUint(), e.Field(0).CanFloat())
		e.Field(6).Set(reflect.AppendSlice(e.Field(6), reflect.ValueOf([]byte("abc"))))
		e.Field(6).Set(reflect.Append(e.Field(6), reflect.ValueOf(byte('d'))))
		e.Field(6).SetLen(2)
		fmt.Println(string(a.By))
		e.Field(6).SetCap(3)
		fmt.Println(e.Field(6).Cap())
		e.Field(6).SetLen(4)
	})
}
