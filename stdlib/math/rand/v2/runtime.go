package rand

// runtimeRand returns random bits from the runtime; any goroutine may call it.
func runtimeRand() uint64
