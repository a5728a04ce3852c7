// run

package main

import "unsafe"

type S struct {
	a byte
	b int64
	c uint16
	d string
}

func main() {
	var s S
	println(unsafe.Sizeof(s), unsafe.Alignof(s.b), unsafe.Offsetof(s.c), unsafe.Offsetof(s.d))
	arr := [4]int32{1, 2, 3, 4}
	p := unsafe.Pointer(&arr[0])
	q := (*int32)(unsafe.Add(p, 8))
	println(*q, *(*int32)(unsafe.Pointer(uintptr(p) + 4)))
	sl := unsafe.Slice(&arr[1], 3)
	println(len(sl), cap(sl), sl[2])
	b := []byte("bytes")
	str := unsafe.String(&b[0], 3)
	println(str, *unsafe.StringData("xyz"), *unsafe.SliceData(b))
	f := 1.5
	println(*(*uint64)(unsafe.Pointer(&f)) == 0x3ff8000000000000)
	type header struct {
		data     unsafe.Pointer
		len, cap int
	}
	h := (*header)(unsafe.Pointer(&sl))
	println(h.len, h.cap, h.data == unsafe.Pointer(&arr[1]))
}
