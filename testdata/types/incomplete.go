package p

import "unsafe"

type T0 [unsafe.Sizeof(T0{})]int
type A [unsafe.Sizeof(S{})]byte
type S struct {
	a A
}
type T6 struct {
	f T7
}
type T7 [unsafe.Sizeof(T6{}.f)]int
type (
	A1 struct {
		_ [unsafe.Sizeof(B1{})]int
	}
	B1 struct {
		_ [unsafe.Sizeof(A1{})]int
	}
)
type B2 A2
type A2 [unsafe.Sizeof(B2{})]int
