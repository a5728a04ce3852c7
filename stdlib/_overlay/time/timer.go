package time

import "unsafe"

// runtimeTimer begins as Timer and Ticker do.
type runtimeTimer struct {
	c      <-chan Time
	init   bool
	handle unsafe.Pointer
	filled chan Time
}

//go:linkname startRuntimeTimer runtime.newTimer
func startRuntimeTimer(when, period int64, ch unsafe.Pointer, loc *Location, f func()) unsafe.Pointer

//go:linkname stopRuntimeTimer runtime.stopTimer
func stopRuntimeTimer(t unsafe.Pointer) bool

//go:linkname resetRuntimeTimer runtime.resetTimer
func resetRuntimeTimer(t unsafe.Pointer, when, period int64) bool

// newTimer starts a timer of the runtime's, which sends times itself and starts functions on goroutines.
func newTimer(when, period int64, f func(any, uintptr, int64), arg any, cp unsafe.Pointer) *Timer {
	t := &runtimeTimer{init: true}
	switch arg := arg.(type) {
	case chan Time:
		t.filled = arg
		t.handle = startRuntimeTimer(when, period, *(*unsafe.Pointer)(unsafe.Pointer(&arg)), Local, nil)
	case func():
		t.handle = startRuntimeTimer(when, period, nil, nil, arg)
	default:
		t.handle = startRuntimeTimer(when, period, nil, nil, func() { f(arg, 0, 0) })
	}
	return (*Timer)(unsafe.Pointer(t))
}

// drain removes a value that nobody has received: none is received after Stop or Reset.
func (t *runtimeTimer) drain() bool {
	select {
	case <-t.filled:
		return true
	default:
		return false
	}
}

func stopTimer(t *Timer) bool {
	r := (*runtimeTimer)(unsafe.Pointer(t))
	pending := stopRuntimeTimer(r.handle)
	return r.drain() || pending
}

func resetTimer(t *Timer, when, period int64) bool {
	r := (*runtimeTimer)(unsafe.Pointer(t))
	pending := stopRuntimeTimer(r.handle)
	pending = r.drain() || pending
	resetRuntimeTimer(r.handle, when, period)
	return pending
}

// syncTimer gives the channel if the runtime keeps it empty until the receiver comes; ours does not.
func syncTimer(c chan Time) unsafe.Pointer { return nil }
