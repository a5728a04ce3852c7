// Package cpu says what the processor can do, for packages that a Go tree has vendored: nothing beyond the
// portable, since they are built without assembly.
package cpu

// CacheLinePad separates fields of a struct.
type CacheLinePad struct{ _ [64]byte }

// Initialized says that the variables below are set.
var Initialized = true

// X86 has the extensions of x86 that packages ask for.
var X86 struct {
	HasAES, HasADX, HasAVX, HasAVX2, HasBMI1, HasBMI2, HasFMA, HasPCLMULQDQ, HasPOPCNT, HasSSE2, HasSSE3, HasSSSE3, HasSSE41, HasSSE42 bool
}

// ARM64 has the extensions of arm64 that packages ask for.
var ARM64 struct {
	HasAES, HasPMULL, HasSHA1, HasSHA2, HasSHA512, HasSHA3, HasCRC32 bool
}

// S390X has the facilities of s390x that packages ask for.
var S390X struct {
	HasAES, HasAESCBC, HasAESCTR, HasAESGCM, HasGHASH, HasSHA1, HasSHA256, HasSHA512, HasSHA3, HasVX, HasVXE bool
}
