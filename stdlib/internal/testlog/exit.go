// Package testlog lets the package testing know what a test does to the process. It is below os, which reports to it.
package testlog

import "sync/atomic"

var panicOnExit0 atomic.Bool

// PanicOnExit0 reports whether os.Exit(0) is to panic: a test that ends the program would pass otherwise.
func PanicOnExit0() bool { return panicOnExit0.Load() }

// SetPanicOnExit0 says whether os.Exit(0) is to panic.
func SetPanicOnExit0(v bool) { panicOnExit0.Store(v) }
