// run

package main

import (
	"fmt"
	"reflect"
)

type Inner struct{ A, b int }
type T struct {
	Name  string `json:"name" x:"y"`
	N     int
	In    Inner
	P     *Inner
	S     []string
	M     map[string]int
	f     func()
	Iface any
}

func (T) Hello() string       { return "hi" }
func (*T) Pointer(n int) error { return nil }

func main() {
	t := T{Name: "n", S: []string{"a"}, M: map[string]int{"k": 1}}
	v := reflect.ValueOf(t)
	ty := v.Type()
	fmt.Println(ty, ty.Kind(), ty.NumField(), ty.NumMethod(), reflect.TypeOf(&t).NumMethod())
	for i := 0; i < ty.NumField(); i++ {
		f := ty.Field(i)
		fmt.Println(f.Name, f.Type, f.Tag.Get("json"), f.IsExported(), f.Offset)
	}
	e := reflect.ValueOf(&t).Elem()
	e.Field(0).SetString("changed")
	e.FieldByName("N").SetInt(7)
	e.FieldByName("S").Set(reflect.Append(e.FieldByName("S"), reflect.ValueOf("b")))
	fmt.Println(t.Name, t.N, t.S)
	fmt.Println(reflect.DeepEqual(map[int][]string{1: {"a"}}, map[int][]string{1: {"a"}}), reflect.DeepEqual(1, int64(1)))
	m := reflect.ValueOf(t.M)
	for _, k := range m.MapKeys() {
		fmt.Println(k, m.MapIndex(k))
	}
	fmt.Println(reflect.TypeOf((*error)(nil)).Elem().Kind(), reflect.TypeOf(main), reflect.TypeOf(map[string][]*T{}))
	s := reflect.MakeSlice(reflect.TypeOf([]int{}), 2, 5)
	s.Index(1).SetInt(9)
	fmt.Println(s.Interface(), s.Len(), s.Cap())
	fmt.Println(reflect.Zero(ty).Field(1).Int(), reflect.New(ty).Elem().IsZero(), v.Field(3).IsNil())
	var x any = 3.5
	fmt.Println(reflect.ValueOf(x).Float(), reflect.TypeOf(x).ConvertibleTo(reflect.TypeOf(1)))
}
