// Package internal connects package log with log/slog.
package internal

// DefaultOutput writes a line with the default Logger of package log, which
// sets it. pc is where the call came from, if that is known.
var DefaultOutput func(pc uintptr, line []byte) error
