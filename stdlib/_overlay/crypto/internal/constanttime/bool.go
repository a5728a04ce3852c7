package constanttime

import "unsafe"

// boolToUint8 gives a bool's representation, without a branch on it.
func boolToUint8(b bool) uint8 { return *(*uint8)(unsafe.Pointer(&b)) }
