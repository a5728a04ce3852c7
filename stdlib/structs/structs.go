// Package structs has types that mark properties of a struct: a field named _
// of such a type at the start of the struct.
package structs

// HostLayout marks a struct whose layout in memory is that of the host's C.
// Structs in it and around it are not affected. (Here all structs are laid out
// that way.)
type HostLayout struct {
	_ hostLayout
}

// hostLayout keeps HostLayout from being convertible to other empty structs.
type hostLayout struct {
}
