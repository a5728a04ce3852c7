// Package goarch holds what differs between the target architectures: sizes and byte order.
// Both targets of gorc (amd64, arm64) are 64-bit and little endian, so these are plain constants.
package goarch

// PtrSize is the size of a pointer, and of a word of a pointer map, in bytes.
const PtrSize = 8

// BigEndian tells the byte order of the target.
const BigEndian = false

// Int64Align is the alignment of a 64-bit integer in memory.
const Int64Align = 8
