package time

import "unsafe"

// Provided by the runtime. A timer sends the time on a channel, if there is room, or starts a goroutine with a function,
// at the time when of the monotonic clock, and then every period nanoseconds if that is not 0.

// Sleep makes the goroutine wait for d.
func Sleep(d Duration)

// newTimer starts a timer. If ch (a chan Time with room for one) is not nil the current time is sent, with loc as its
// zone; else f is called.
//
//go:linkname newTimer runtime.newTimer
func newTimer(when, period int64, ch unsafe.Pointer, loc *Location, f func()) unsafe.Pointer

// stopTimer takes a timer out of service, and reports whether it was to go off. No send is under way any more then.
//
//go:linkname stopTimer runtime.stopTimer
func stopTimer(t unsafe.Pointer) bool

// resetTimer stops a timer and starts it again, and reports whether it was to go off.
//
//go:linkname resetTimer runtime.resetTimer
func resetTimer(t unsafe.Pointer, when, period int64) bool

// whenIn gives the clock reading d from now.
func whenIn(d Duration) int64 {
	t := runtimeNano()
	if d <= 0 {
		return t
	}
	if t += int64(d); t < 0 {
		t = 1<<63 - 1
	}
	return t
}

// A Timer goes off once: it sends the time on C, or calls a function.
type Timer struct {
	C <-chan Time
	r unsafe.Pointer
}

// NewTimer starts a timer that sends the time on its channel after at least d.
func NewTimer(d Duration) *Timer {
	c := make(chan Time, 1)
	return &Timer{C: c, r: newTimer(whenIn(d), 0, chanPointer(c), Local, nil)}
}

func chanPointer(c chan Time) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&c)) }

// After gives the channel of a new timer.
func After(d Duration) <-chan Time { return NewTimer(d).C }

// AfterFunc calls f on a new goroutine after at least d. The Timer's C is nil.
func AfterFunc(d Duration, f func()) *Timer {
	return &Timer{r: newTimer(whenIn(d), 0, nil, nil, f)}
}

// drain removes a value that nobody has received, so that none is received after Stop or Reset.
func drain(c <-chan Time) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// Stop keeps the timer from going off. It gives false if the timer has gone off (and its value was received) or was
// stopped already.
func (t *Timer) Stop() bool {
	if t.r == nil {
		panic("time: Stop called on uninitialized Timer")
	}
	pending := stopTimer(t.r)
	return t.C != nil && drain(t.C) || pending
}

// Reset makes the timer go off after d from now, and gives what Stop would give.
func (t *Timer) Reset(d Duration) bool {
	if t.r == nil {
		panic("time: Reset called on uninitialized Timer")
	}
	pending := t.Stop()
	resetTimer(t.r, whenIn(d), 0)
	return pending
}

// A Ticker sends the time on C again and again.
type Ticker struct {
	C <-chan Time
	r unsafe.Pointer
}

// NewTicker starts a ticker with the period d, which must be positive. Ticks that nobody receives are dropped.
func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	c := make(chan Time, 1)
	return &Ticker{C: c, r: newTimer(whenIn(d), int64(d), chanPointer(c), Local, nil)}
}

// Tick gives the channel of a new ticker; nil if d is not positive.
func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}

// Stop turns the ticker off. The channel stays open.
func (t *Ticker) Stop() {
	if t.r == nil {
		// A Ticker that NewTicker did not make; it never ticked.
		return
	}
	stopTimer(t.r)
	drain(t.C)
}

// Reset changes the period to d; the next tick comes after d.
func (t *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if t.r == nil {
		panic("time: Reset called on uninitialized Ticker")
	}
	stopTimer(t.r)
	drain(t.C)
	resetTimer(t.r, whenIn(d), int64(d))
}
