// Package sys is what packages of a Go tree ask about machine and runtime.
package sys

import "math/bits"

// NotInHeap marks types that the collector does not see.
type NotInHeap struct{ _ nih }

type nih struct{}

// DITSupported says whether the processor can be told to take the same time for all data.
const DITSupported = false

// EnableDIT asks for data-independent timing, and reports whether it was on before.
func EnableDIT() bool { return false }

// DITEnabled reports whether timing is independent of data.
func DITEnabled() bool { return false }

// DisableDIT takes EnableDIT back.
func DisableDIT() {}

// Prefetch may load the line of an address early.
func Prefetch(addr uintptr) {}

// TrailingZeros64 counts the zero bits below the lowest one.
func TrailingZeros64(x uint64) int { return bits.TrailingZeros64(x) }

// TrailingZeros32 counts the zero bits below the lowest one.
func TrailingZeros32(x uint32) int { return bits.TrailingZeros32(x) }

// LeadingZeros64 counts the zero bits above the highest one.
func LeadingZeros64(x uint64) int { return bits.LeadingZeros64(x) }

// Len64 is the number of bits that x takes.
func Len64(x uint64) int { return bits.Len64(x) }

// OnesCount64 counts the one bits.
func OnesCount64(x uint64) int { return bits.OnesCount64(x) }

// Bswap64 reverses the bytes.
func Bswap64(x uint64) uint64 { return bits.ReverseBytes64(x) }

// Bswap32 reverses the bytes.
func Bswap32(x uint32) uint32 { return bits.ReverseBytes32(x) }
