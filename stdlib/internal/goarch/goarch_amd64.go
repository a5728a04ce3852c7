package goarch

// GOARCH is the name of the target architecture.
const GOARCH = "amd64"

// DefaultPhysPageSize is the size of a page of memory when the system does not tell.
const DefaultPhysPageSize = 4096

// PCQuantum is the smallest distance between two instructions.
const PCQuantum = 1

// The target, and the other one.
const (
	IsAmd64 = 1
	IsArm64 = 0
)
