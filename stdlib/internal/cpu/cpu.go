// Package cpu says what the processor can do, for packages of a Go tree. They are built without assembly, so the
// answer to every question is no.
package cpu

// CacheLinePadSize is what keeps two variables on different cache lines.
const CacheLinePadSize = 64

// CacheLineSize is the size of a cache line.
var CacheLineSize uintptr = CacheLinePadSize

// CacheLinePad separates fields of a struct.
type CacheLinePad struct{ _ [CacheLinePadSize]byte }

// X86 has the extensions of x86 that packages ask for.
var X86 struct {
	HasAES, HasADX, HasAVX, HasAVX2, HasAVX512F, HasAVX512BW, HasAVX512VL, HasAVX512VAES, HasAVX512VPCLMULQDQ   bool
	HasBMI1, HasBMI2, HasERMS, HasFSRM, HasFMA, HasGFNI, HasOSXSAVE, HasPCLMULQDQ, HasPOPCNT, HasRDTSCP, HasSHA bool
	HasSSE3, HasSSSE3, HasSSE41, HasSSE42, HasVAES, HasVPCLMULQDQ                                               bool
}

// ARM64 has the extensions of arm64 that packages ask for.
var ARM64 struct {
	HasAES, HasPMULL, HasSHA1, HasSHA2, HasSHA512, HasSHA3, HasCRC32, HasATOMICS, HasCPUID, HasDIT, HasSB, IsNeoverse bool
}

// Loong64 has the extensions of loong64 that packages ask for.
var Loong64 struct {
	HasLSX, HasLASX, HasCRC32 bool
}

// RISCV64 has the extensions of riscv64 that packages ask for.
var RISCV64 struct {
	HasFastMisaligned, HasV, HasZbb, HasZvbb bool
}

// S390X has the facilities of s390x that packages ask for.
var S390X struct {
	HasAES, HasAESCBC, HasAESCTR, HasAESGCM, HasGHASH, HasSHA1, HasSHA256, HasSHA512, HasSHA3, HasECDSA, HasEDDSA, HasVX, HasVXE bool
}

// Name is the processor's name, or "" if it is not known.
func Name() string { return "" }

// Initialize is called before package initialisation in gc; nothing is to be done.
func Initialize(env string) {}
