// run

// Types made by reflection, MakeFunc, Select, Seq, conversions, and what panics.
package main

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"sort"
	"strings"
	"unsafe"
)

type Named struct{ A int }
type Str string
type MyInt int
type MyErr struct{}

func (MyErr) Error() string { return "myerr" }

type PtrErr struct{}

func (*PtrErr) Error() string { return "ptrerr" }

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "panic:", r)
		}
	}()
	f()
}

func main() {
	try("types", func() {
		ti, ts := reflect.TypeOf(0), reflect.TypeOf("")
		fmt.Println(reflect.SliceOf(ti), reflect.ArrayOf(3, ts), reflect.MapOf(ts, ti), reflect.ChanOf(reflect.RecvDir, ti), reflect.ChanOf(reflect.SendDir, reflect.ChanOf(reflect.RecvDir, ti)), reflect.ChanOf(reflect.BothDir, reflect.ChanOf(reflect.RecvDir, ti)), reflect.PointerTo(ti), reflect.PtrTo(ts))
		fmt.Println(reflect.FuncOf([]reflect.Type{ti, ts}, []reflect.Type{ts}, false), reflect.FuncOf([]reflect.Type{ti, reflect.SliceOf(ts)}, nil, true), reflect.FuncOf(nil, []reflect.Type{ti, ts}, false))
		fmt.Println(reflect.SliceOf(ti) == reflect.TypeOf([]int{}), reflect.ArrayOf(3, ts) == reflect.TypeOf([3]string{}), reflect.MapOf(ts, ti) == reflect.TypeOf(map[string]int{}), reflect.ChanOf(reflect.BothDir, ti) == reflect.TypeOf(make(chan int)))
		fmt.Println(reflect.FuncOf([]reflect.Type{ti}, nil, false) == reflect.TypeOf(func(int) {}))
		fmt.Println(reflect.ArrayOf(77, reflect.SliceOf(ti)) == reflect.ArrayOf(77, reflect.SliceOf(ti)))
		fmt.Println(reflect.TypeFor[error](), reflect.TypeFor[[]Named](), reflect.TypeFor[io.Reader]().Kind())
	})
	try("structof", func() {
		f := []reflect.StructField{
			{Name: "A", Type: reflect.TypeOf(0), Tag: `json:"a"`},
			{Name: "B", Type: reflect.TypeOf(""), Tag: `q:"z"`},
			{Name: "C", Type: reflect.TypeOf([2]byte{})},
			{Name: "Named", Type: reflect.TypeOf(Named{}), Anonymous: true},
		}
		t := reflect.StructOf(f)
		fmt.Println(t, t.Size(), t.NumField(), t.Field(1).Tag.Get("q"), t.Field(3).Anonymous, t.Comparable())
		v := reflect.New(t).Elem()
		v.Field(0).SetInt(7)
		v.Field(1).SetString("x")
		v.Field(2).Index(1).SetUint(200)
		fmt.Printf("%v %+v %#v\n", v.Interface(), v.Interface(), v.Interface())
		w := reflect.New(t).Elem()
		w.Set(v)
		fmt.Println(v.Interface() == w.Interface(), v.Equal(w), v.Comparable())
		m := reflect.MakeMap(reflect.MapOf(t, reflect.TypeOf(0)))
		m.SetMapIndex(v, reflect.ValueOf(9))
		fmt.Println(m.MapIndex(w), m.Len(), t == reflect.StructOf(f))
		fmt.Println(reflect.StructOf([]reflect.StructField{{Name: "X", Type: reflect.TypeOf(0)}}) == reflect.TypeOf(struct{ X int }{}))
		fmt.Println(reflect.TypeOf(struct {
			A int `k:"v"`
		}{}), reflect.StructOf(nil))
	})
	try("structof dup", func() {
		reflect.StructOf([]reflect.StructField{{Name: "A", Type: reflect.TypeOf(0)}, {Name: "A", Type: reflect.TypeOf(0)}})
	})
	try("structof lower", func() { reflect.StructOf([]reflect.StructField{{Name: "a", Type: reflect.TypeOf(0)}}) })
	try("structof noname", func() { reflect.StructOf([]reflect.StructField{{Type: reflect.TypeOf(0)}}) })
	try("structof notype", func() { reflect.StructOf([]reflect.StructField{{Name: "A"}}) })
	try("structof badname", func() { reflect.StructOf([]reflect.StructField{{Name: "1A", Type: reflect.TypeOf(0)}}) })
	try("structof lower pkg", func() {
		t := reflect.StructOf([]reflect.StructField{{Name: "a", PkgPath: "main", Type: reflect.TypeOf(0)}})
		fmt.Println(t)
	})
	try("arrayof neg", func() { reflect.ArrayOf(-1, reflect.TypeOf(0)) })
	try("mapof bad", func() { reflect.MapOf(reflect.TypeOf([]int{}), reflect.TypeOf(0)) })
	try("chanof bad", func() { reflect.ChanOf(0, reflect.TypeOf(0)) })
	try("funcof bad", func() { reflect.FuncOf([]reflect.Type{reflect.TypeOf(0)}, nil, true) })
	try("makefunc", func() {
		swap := func(in []reflect.Value) []reflect.Value { return []reflect.Value{in[1], in[0]} }
		var f func(int, string) (string, int)
		reflect.ValueOf(&f).Elem().Set(reflect.MakeFunc(reflect.TypeOf(f), swap))
		fmt.Println(f(1, "a"))
		var g func(a, b [10]int) ([10]int, [10]int)
		reflect.ValueOf(&g).Elem().Set(reflect.MakeFunc(reflect.TypeOf(g), swap))
		x, y := g([10]int{1}, [10]int{2})
		fmt.Println(x[0], y[0])
		var h func(a float32, b complex128) (complex128, float32)
		reflect.ValueOf(&h).Elem().Set(reflect.MakeFunc(reflect.TypeOf(h), swap))
		fmt.Println(h(1.5, 2i))
		var v func(s string, xs ...int) int
		reflect.ValueOf(&v).Elem().Set(reflect.MakeFunc(reflect.TypeOf(v), func(in []reflect.Value) []reflect.Value {
			return []reflect.Value{reflect.ValueOf(in[1].Len() + len(in))}
		}))
		fmt.Println(v("a", 1, 2, 3), v("b"))
		var many func(a, b, c, d, e, f, g, h int, i, j, k, l, m, n, o, p, q float64, s string) string
		reflect.ValueOf(&many).Elem().Set(reflect.MakeFunc(reflect.TypeOf(many), func(in []reflect.Value) []reflect.Value {
			var s []string
			for _, x := range in {
				s = append(s, fmt.Sprint(x))
			}
			return []reflect.Value{reflect.ValueOf(strings.Join(s, ","))}
		}))
		fmt.Println(many(1, 2, 3, 4, 5, 6, 7, 8, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, "end"))
		fmt.Println(reflect.ValueOf(many).Call([]reflect.Value{reflect.ValueOf(1), reflect.ValueOf(2), reflect.ValueOf(3), reflect.ValueOf(4), reflect.ValueOf(5), reflect.ValueOf(6), reflect.ValueOf(7), reflect.ValueOf(8), reflect.ValueOf(1.0), reflect.ValueOf(2.0), reflect.ValueOf(3.0), reflect.ValueOf(4.0), reflect.ValueOf(5.0), reflect.ValueOf(6.0), reflect.ValueOf(7.0), reflect.ValueOf(8.0), reflect.ValueOf(9.0), reflect.ValueOf("x")})[0])
		var e func() error
		reflect.ValueOf(&e).Elem().Set(reflect.MakeFunc(reflect.TypeOf(e), func(in []reflect.Value) []reflect.Value {
			return []reflect.Value{reflect.ValueOf(MyErr{})}
		}))
		fmt.Println(e())
		var e2 func() error
		reflect.ValueOf(&e2).Elem().Set(reflect.MakeFunc(reflect.TypeOf(e2), func(in []reflect.Value) []reflect.Value {
			return []reflect.Value{reflect.Zero(reflect.TypeFor[error]())}
		}))
		fmt.Println(e2() == nil)
	})
	try("makefunc count", func() {
		reflect.MakeFunc(reflect.TypeOf(func() int { return 0 }), func([]reflect.Value) []reflect.Value { return nil }).Call(nil)
	})
	try("makefunc type", func() {
		reflect.MakeFunc(reflect.TypeOf(func() int { return 0 }), func([]reflect.Value) []reflect.Value { return []reflect.Value{reflect.ValueOf("")} }).Call(nil)
	})
	try("makefunc zero", func() {
		reflect.MakeFunc(reflect.TypeOf(func() int { return 0 }), func([]reflect.Value) []reflect.Value { return []reflect.Value{{}} }).Call(nil)
	})
	try("makefunc nonfunc", func() { reflect.MakeFunc(reflect.TypeOf(0), nil) })
	try("select", func() {
		a, b := make(chan int, 1), make(chan string, 1)
		a <- 5
		cases := []reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(a)}, {Dir: reflect.SelectRecv, Chan: reflect.ValueOf(b)}}
		i, v, ok := reflect.Select(cases)
		fmt.Println(i, v, ok)
		close(b)
		i, v, ok = reflect.Select(cases)
		fmt.Println(i, v.String() == "", ok)
		cases[1].Chan = reflect.ValueOf((chan string)(nil))
		cases = append(cases, reflect.SelectCase{Dir: reflect.SelectDefault})
		i, v, ok = reflect.Select(cases)
		fmt.Println(i, v.IsValid(), ok)
		i, v, ok = reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectSend, Chan: reflect.ValueOf(a), Send: reflect.ValueOf(8)}})
		fmt.Println(i, v.IsValid(), ok, <-a)
	})
	try("select closed", func() {
		a := make(chan int)
		close(a)
		reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectSend, Chan: reflect.ValueOf(a), Send: reflect.ValueOf(8)}})
	})
	try("select 2 defaults", func() {
		reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectDefault}, {Dir: reflect.SelectDefault}})
	})
	try("select bad dir", func() { reflect.Select([]reflect.SelectCase{{}}) })
	try("select send wrong", func() {
		reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectSend, Chan: reflect.ValueOf(make(chan int)), Send: reflect.ValueOf("")}})
	})
	try("select recvonly", func() {
		reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectSend, Chan: reflect.ValueOf(make(<-chan int)), Send: reflect.ValueOf(1)}})
	})
	try("chan", func() {
		c := reflect.MakeChan(reflect.TypeOf(make(chan int)), 2)
		c.Send(reflect.ValueOf(1))
		fmt.Println(c.TrySend(reflect.ValueOf(2)), c.TrySend(reflect.ValueOf(3)), c.Len(), c.Cap())
		fmt.Println(c.Recv())
		fmt.Println(c.TryRecv())
		v, ok := c.TryRecv()
		fmt.Println(v.IsValid(), ok)
		c.Close()
		fmt.Println(c.TryRecv())
		c.Close()
	})
	try("chan dir", func() { reflect.ValueOf(make(<-chan int)).Close() })
	try("chan dir2", func() { reflect.ValueOf(make(<-chan int)).Send(reflect.ValueOf(1)) })
	try("chan dir3", func() { reflect.ValueOf(make(chan<- int)).Recv() })
	try("makechan neg", func() { reflect.MakeChan(reflect.TypeOf(make(chan int)), -1) })
	try("makechan dir", func() { reflect.MakeChan(reflect.TypeOf(make(<-chan int)), 1) })
	try("makechan type", func() { reflect.MakeChan(reflect.TypeOf(1), 1) })
	try("makeslice neg", func() { reflect.MakeSlice(reflect.TypeOf([]int{}), -1, 1) })
	try("makeslice cap", func() { reflect.MakeSlice(reflect.TypeOf([]int{}), 2, 1) })
	try("makeslice type", func() { reflect.MakeSlice(reflect.TypeOf(1), 2, 1) })
	try("makemap type", func() { reflect.MakeMap(reflect.TypeOf(1)) })
	try("seq", func() {
		for v := range reflect.ValueOf(3).Seq() {
			fmt.Print(v, " ", v.Type(), " ")
		}
		for v := range reflect.ValueOf(MyInt(2)).Seq() {
			fmt.Print(v, " ", v.Type(), " ")
		}
		for v := range reflect.ValueOf([]string{"a", "b"}).Seq() {
			fmt.Print(v, " ")
		}
		for k, v := range reflect.ValueOf([]string{"a", "b"}).Seq2() {
			fmt.Print(k, v, " ")
		}
		for k, v := range reflect.ValueOf(&[2]string{"a", "b"}).Seq2() {
			fmt.Print(k, v, " ")
		}
		for k, v := range reflect.ValueOf("hé").Seq2() {
			fmt.Print(k, v, v.Type(), " ")
		}
		for k, v := range reflect.ValueOf(map[string]int{"z": 3}).Seq2() {
			fmt.Print(k, v, " ")
		}
		for v := range reflect.ValueOf(func(y func(int) bool) { _ = y(4) && y(5) }).Seq() {
			fmt.Print(v, " ")
			break
		}
		for k, v := range reflect.ValueOf(func(y func(int, string) bool) { _ = y(4, "q") && y(5, "r") }).Seq2() {
			fmt.Print(k, v, " ")
		}
		c := make(chan int, 3)
		c <- 1
		c <- 2
		close(c)
		for v := range reflect.ValueOf(c).Seq() {
			fmt.Print(v, " ")
		}
		fmt.Println()
	})
	try("seq bad", func() { reflect.ValueOf(1.5).Seq() })
	try("seq2 bad", func() { reflect.ValueOf(1).Seq2() })
	try("mapiter", func() {
		m := map[string]int{"a": 1, "b": 2, "c": 3}
		it := reflect.ValueOf(m).MapRange()
		var s []string
		k, e := reflect.New(reflect.TypeOf("")).Elem(), reflect.New(reflect.TypeOf(0)).Elem()
		for it.Next() {
			k.SetIterKey(it)
			e.SetIterValue(it)
			s = append(s, fmt.Sprint(k, e, it.Key(), it.Value()))
		}
		sort.Strings(s)
		fmt.Println(s)
		it.Reset(reflect.ValueOf(map[string]int{"q": 1}))
		it.Next()
		fmt.Println(it.Key(), it.Next())
		keys := reflect.ValueOf(m).MapKeys()
		fmt.Println(len(keys), keys[0].Type())
		v := reflect.ValueOf(m)
		v.SetMapIndex(reflect.ValueOf("a"), reflect.Value{})
		v.SetMapIndex(reflect.ValueOf("n"), reflect.ValueOf(5))
		fmt.Println(m, v.MapIndex(reflect.ValueOf("zz")).IsValid())
		v.Clear()
		fmt.Println(m)
		it.Next()
	})
	try("iter before next", func() { reflect.ValueOf(map[int]int{1: 1}).MapRange().Key() })
	try("nil map set", func() { reflect.ValueOf(map[int]int(nil)).SetMapIndex(reflect.ValueOf(1), reflect.ValueOf(1)) })
	try("map key type", func() { reflect.ValueOf(map[int]int{}).MapIndex(reflect.ValueOf("")) })
	try("map unhashable", func() { reflect.ValueOf(map[any]int{}).MapIndex(reflect.ValueOf([]int{})) })
	conv := func(x any, t reflect.Type) {
		try(fmt.Sprintf("convert %T %v", x, t), func() {
			v := reflect.ValueOf(x)
			fmt.Print(v.Type().ConvertibleTo(t), v.CanConvert(t), v.Type().AssignableTo(t), " ")
			r := v.Convert(t)
			if r.Kind() == reflect.Pointer {
				fmt.Println(r.Type(), r.Elem())
				return
			}
			fmt.Println(r.Type(), r)
		})
	}
	for _, x := range []any{1, int8(-3), uint(70000), 3.9, float32(-1.5), MyInt(66), "héllo", Str("q"), []byte("bytes"), []rune("rünes"), Named{3}, []int{1, 2, 3, 4}, complex64(1 + 2i), MyErr{}, &PtrErr{}, errors.New("e"), chan int(nil), unsafe.Pointer(nil), true, uintptr(9)} {
		for _, t := range []reflect.Type{reflect.TypeOf(0), reflect.TypeOf(int8(0)), reflect.TypeOf(uint16(0)), reflect.TypeOf(1.5), reflect.TypeOf(""), reflect.TypeOf(Str("")), reflect.TypeOf([]byte{}), reflect.TypeOf([]rune{}), reflect.TypeOf(struct{ A int }{}), reflect.TypeOf([2]int{}), reflect.TypeOf([5]int{}), reflect.TypeOf(&[2]int{}), reflect.TypeOf(1i), reflect.TypeFor[error](), reflect.TypeFor[any](), reflect.TypeOf(make(<-chan int)), reflect.TypeOf(MyInt(0))} {
			conv(x, t)
		}
	}
	try("implements", func() {
		e := reflect.TypeFor[error]()
		fmt.Println(reflect.TypeOf(MyErr{}).Implements(e), reflect.TypeOf(PtrErr{}).Implements(e), reflect.TypeOf(&PtrErr{}).Implements(e), e.Implements(reflect.TypeFor[any]()), reflect.TypeFor[any]().Implements(e))
		reflect.TypeOf(1).Implements(reflect.TypeOf(1))
	})
	try("implements nil", func() { reflect.TypeOf(1).Implements(nil) })
	try("comparable", func() {
		for _, x := range []any{1, []int{}, [2]any{1, 2}, [2]any{1, []int{}}, Named{}, struct{ x any }{func() {}}, map[int]int{}, struct{ x []int }{}} {
			v := reflect.ValueOf(x)
			fmt.Print(v.Type().Comparable(), v.Comparable(), " ")
		}
		fmt.Println(reflect.Value{}.Comparable())
		fmt.Println(reflect.ValueOf(1).Equal(reflect.ValueOf(1)), reflect.ValueOf(1).Equal(reflect.ValueOf("")), reflect.ValueOf(Named{1}).Equal(reflect.ValueOf(Named{1})), reflect.Value{}.Equal(reflect.Value{}))
		reflect.ValueOf([]int{}).Equal(reflect.ValueOf([]int{}))
	})
	try("deepequal", func() {
		type L struct{ next *L }
		a := &L{}
		a.next = a
		b := &L{}
		b.next = b
		fmt.Println(reflect.DeepEqual(a, b), reflect.DeepEqual([]int{1}, []int{1}), reflect.DeepEqual([]int(nil), []int{}), reflect.DeepEqual(map[string][]int{"a": {1}}, map[string][]int{"a": {1}}), reflect.DeepEqual(1, int64(1)), reflect.DeepEqual(nil, nil), reflect.DeepEqual(errors.New("a"), errors.New("a")))
	})
	try("swapper", func() {
		s := []string{"a", "b", "c"}
		reflect.Swapper(s)(0, 2)
		b := []Named{{1}, {2}}
		reflect.Swapper(b)(0, 1)
		fmt.Println(s, b)
		reflect.Swapper(s)(0, 3)
	})
	try("swapper bad", func() { reflect.Swapper(1) })
	try("copy", func() {
		d := make([]byte, 3)
		fmt.Println(reflect.Copy(reflect.ValueOf(d), reflect.ValueOf("hello")), string(d))
		var arr [2]int
		fmt.Println(reflect.Copy(reflect.ValueOf(&arr).Elem(), reflect.ValueOf([]int{7, 8, 9})), arr)
		reflect.Copy(reflect.ValueOf(arr), reflect.ValueOf([]int{7, 8, 9}))
	})
	try("new", func() {
		fmt.Println(reflect.New(reflect.TypeOf(Named{})).Interface(), reflect.Zero(reflect.TypeOf(Named{})), reflect.Indirect(reflect.ValueOf(&Named{2})), reflect.ValueOf(nil).IsValid())
		reflect.New(nil)
	})
	try("zero nil", func() { reflect.Zero(nil) })
	try("newat", func() {
		x := 5
		fmt.Println(reflect.NewAt(reflect.TypeOf(0), unsafe.Pointer(&x)).Elem())
	})
	try("generic names", func() {
		fmt.Println(reflect.TypeOf(G[int]{}), reflect.TypeOf(G[Named]{}).Name(), reflect.TypeOf(G[G[[]Str]]{}).String(), reflect.TypeOf(G[struct{ X int }]{}), reflect.TypeOf(G[map[string]func(int) error]{}).Name(), reflect.TypeOf(G[int]{}).PkgPath())
		type local struct{}
		fmt.Println(reflect.TypeOf(local{}), reflect.TypeOf(G[local]{}), reflect.TypeOf(G[local]{}).Name())
	})
	try("canseq", func() {
		for _, x := range []any{1, "a", []int{}, map[int]int{}, func(func(int) bool) {}, func(func(int, int) bool) {}, 1.5, make(chan int), &[2]int{}} {
			fmt.Print(reflect.TypeOf(x).CanSeq(), reflect.TypeOf(x).CanSeq2(), " ")
		}
		fmt.Println(reflect.TypeOf(int8(0)).OverflowInt(200), reflect.TypeOf(uint8(0)).OverflowUint(200))
	})
	try("kinds", func() {
		for k := reflect.Invalid; k <= reflect.UnsafePointer+1; k++ {
			fmt.Print(k, " ")
		}
		fmt.Println(reflect.RecvDir, reflect.BothDir, reflect.SendDir, reflect.ChanDir(7))
	})
	try("tag", func() {
		t := reflect.StructTag(`a:"b" c:"d\"e" bad`)
		fmt.Println(t.Get("a"), t.Get("c"))
		fmt.Println(t.Lookup("x"))
	})
	try("typeassert", func() {
		v := reflect.ValueOf(Named{4})
		fmt.Println(reflect.TypeAssert[Named](v))
		fmt.Println(reflect.TypeAssert[int](v))
		fmt.Println(reflect.TypeAssert[any](v))
		fmt.Println(reflect.TypeAssert[error](reflect.ValueOf(MyErr{})))
	})
}

type G[T any] struct{ x T }
