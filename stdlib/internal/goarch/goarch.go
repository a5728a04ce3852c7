// Package goarch holds what differs between the target architectures: sizes and byte order.
// Both targets of gorc (amd64, arm64) are 64-bit and little endian, so these are plain constants.
package goarch

// PtrSize is the size of a pointer, and of a word of a pointer map, in bytes.
const PtrSize = 8

// BigEndian tells the byte order of the target.
const BigEndian = false

// Int64Align is the alignment of a 64-bit integer in memory.
const Int64Align = 8

// What the target is not, whatever it is.
const (
	Is386      = 0
	IsArm      = 0
	IsArmbe    = 0
	IsArm64be  = 0
	IsLoong64  = 0
	IsMips     = 0
	IsMipsle   = 0
	IsMips64   = 0
	IsMips64le = 0
	IsPpc      = 0
	IsPpc64    = 0
	IsPpc64le  = 0
	IsRiscv    = 0
	IsRiscv64  = 0
	IsS390     = 0
	IsS390x    = 0
	IsSparc    = 0
	IsSparc64  = 0
	IsWasm     = 0
)
