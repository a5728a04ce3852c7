package rand

import _ "unsafe" // for linkname

// runtimeRand returns random bits from the runtime; any goroutine may call it.
//
//go:linkname runtimeRand runtime.rand
func runtimeRand() uint64
