package goarch

// GOARCH is the name of the target architecture.
const GOARCH = "arm64"

// DefaultPhysPageSize is the size of a page of memory when the system does not tell.
const DefaultPhysPageSize = 65536

// PCQuantum is the smallest distance between two instructions.
const PCQuantum = 4

// The target, and the other one.
const (
	IsArm64 = 1
	IsAmd64 = 0
)
