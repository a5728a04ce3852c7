// run

// recover sees through what reflection puts between a panic and a deferred method, and through nothing else.
package main

import (
	"fmt"
	"reflect"
)

type Small struct{}
type Word uintptr
type Big [64]int
type Pointer struct{ n int }

func report(name string) { fmt.Println(name, recover()) }

func (Small) M()      { r := recover(); fmt.Println("Small", r) }
func (Word) M()       { r := recover(); fmt.Println("Word", r) }
func (b Big) M()      { r := recover(); fmt.Println("Big", b[63], r) }
func (p *Pointer) M() { r := recover(); fmt.Println("Pointer", p.n, r) }
func (Small) Deep()   { report("Deep") }
func (Small) Args(x ...int) {
	r := recover()
	fmt.Println("Args", x, r)
}

type Embeds struct{ *Pointer }
type I interface{ M() }

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "not recovered:", r)
		}
	}()
	f()
}

func method(x any, name string) {
	try(name, func() {
		defer reflect.ValueOf(x).MethodByName(name).Interface().(func())()
		panic(fmt.Sprintf("%T.%s", x, name))
	})
}

func main() {
	for _, x := range []any{Small{}, Word(3), Big{63: 9}, &Pointer{4}, &Small{}, Embeds{&Pointer{5}}} {
		method(x, "M")
	}
	method(Small{}, "Deep")
	try("method expression", func() {
		f := reflect.TypeOf(Big{}).Method(0).Func.Interface().(func(Big))
		defer f(Big{63: 1})
		panic(1)
	})
	try("pointer's method expression", func() {
		m, _ := reflect.TypeOf(&Small{}).MethodByName("Args")
		defer m.Func.Interface().(func(*Small, ...int))(&Small{}, 1, 2)
		panic(2)
	})
	try("MakeFunc", func() {
		f := reflect.MakeFunc(reflect.TypeOf(func() {}), func([]reflect.Value) []reflect.Value {
			fmt.Println("made", recover())
			return nil
		})
		defer f.Interface().(func())()
		panic(3)
	})
	try("Call", func() {
		defer reflect.ValueOf(Small{}).Method(2).Call(nil)
		panic(4)
	})
	try("CallSlice", func() {
		defer reflect.ValueOf(report).Call([]reflect.Value{reflect.ValueOf("called")})
		panic(5)
	})
	try("interface method", func() {
		var i I = Embeds{&Pointer{6}}
		v := reflect.ValueOf(&i).Elem().Method(0)
		defer v.Interface().(func())()
		panic(6)
	})
	try("addressable", func() {
		b := Big{63: 7}
		f := reflect.ValueOf(&b).Elem().Method(0).Interface().(func())
		b[63] = 8
		defer f()
		panic(7)
	})
	try("nil", func() {
		var p *Big
		reflect.ValueOf(p).Method(0).Call(nil)
	})
	t := reflect.PointerTo(reflect.TypeOf(Small{}))
	m, ok := t.MethodByName("M")
	fmt.Println(m.Type, ok)
	m.Func.Call([]reflect.Value{reflect.New(reflect.TypeOf(Small{}))})
}
