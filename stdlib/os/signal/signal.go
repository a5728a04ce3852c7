// Package signal hands signals of the system to channels.
package signal

import (
	"context"
	"os"
	"runtime"
	"slices"
	"sync"
	"syscall"
)

// Provided by the runtime.

// signal_recv waits for the next signal.
func signal_recv() uint32

// signal_enable makes signal_recv give the signal; signal_disable gives it back its usual effect.
func signal_enable(sig uint32)
func signal_disable(sig uint32)
func signal_ignore(sig uint32)
func signal_ignored(sig uint32) bool

// signal_idle reports whether no signal is on its way to a channel.
func signal_idle() bool

const numSignals = 65

// mask is a set of signals.
type mask [2]uint64

func (m *mask) has(n int) bool { return m[n/64]>>(n%64)&1 != 0 }
func (m *mask) add(n int)      { m[n/64] |= 1 << (n % 64) }
func (m *mask) remove(n int)   { m[n/64] &^= 1 << (n % 64) }
func (m *mask) empty() bool    { return m[0]|m[1] == 0 }

var handlers struct {
	mu      sync.Mutex
	started bool
	// What each channel wants.
	wants map[chan<- os.Signal]*mask
	// How many channels want the signal.
	refs [numSignals]int
	// Channels whose Stop waits: they get what was on its way.
	stopping []stopping
}

type stopping struct {
	c     chan<- os.Signal
	wants mask
}

func number(sig os.Signal) int {
	if s, ok := sig.(syscall.Signal); ok && 0 <= s && s < numSignals {
		return int(s)
	}
	return -1
}

// each calls f for the signals, all that there are if none is given.
func each(sigs []os.Signal, f func(n int)) {
	if len(sigs) == 0 {
		for n := range numSignals {
			f(n)
		}
		return
	}
	for _, s := range sigs {
		if n := number(s); n >= 0 {
			f(n)
		}
	}
}

func loop() {
	for {
		process(syscall.Signal(signal_recv()))
	}
}

func process(sig syscall.Signal) {
	handlers.mu.Lock()
	defer handlers.mu.Unlock()
	deliver := func(c chan<- os.Signal) {
		// Never wait: the channel has to have room.
		select {
		case c <- sig:
		default:
		}
	}
	for c, m := range handlers.wants {
		if m.has(int(sig)) {
			deliver(c)
		}
	}
	for _, s := range handlers.stopping {
		if s.wants.has(int(sig)) {
			deliver(s.c)
		}
	}
}

// Notify makes the signals be sent to c; all signals if none is given. A signal for which c has no room is dropped.
func Notify(c chan<- os.Signal, sig ...os.Signal) {
	if c == nil {
		panic("os/signal: Notify using nil channel")
	}
	handlers.mu.Lock()
	defer handlers.mu.Unlock()
	m := handlers.wants[c]
	if m == nil {
		if handlers.wants == nil {
			handlers.wants = make(map[chan<- os.Signal]*mask)
		}
		m = new(mask)
		handlers.wants[c] = m
	}
	each(sig, func(n int) {
		if m.has(n) {
			return
		}
		m.add(n)
		if handlers.refs[n] == 0 {
			signal_enable(uint32(n))
			if !handlers.started {
				handlers.started = true
				go loop()
			}
		}
		handlers.refs[n]++
	})
}

// Stop undoes Notify for c. After it nothing is sent to c any more.
func Stop(c chan<- os.Signal) {
	handlers.mu.Lock()
	m := handlers.wants[c]
	if m == nil {
		handlers.mu.Unlock()
		return
	}
	delete(handlers.wants, c)
	for n := range numSignals {
		if m.has(n) {
			drop(n)
		}
	}
	// Signals that came before are still for c.
	handlers.stopping = append(handlers.stopping, stopping{c, *m})
	handlers.mu.Unlock()
	for !signal_idle() {
		runtime.Gosched()
	}
	handlers.mu.Lock()
	handlers.stopping = slices.DeleteFunc(handlers.stopping, func(s stopping) bool { return s.c == c })
	handlers.mu.Unlock()
}

// drop counts one channel less for the signal.
func drop(n int) {
	handlers.refs[n]--
	if handlers.refs[n] == 0 {
		signal_disable(uint32(n))
	}
}

// cancel takes the signals away from all channels, and does action.
func cancel(sigs []os.Signal, action func(n uint32)) {
	handlers.mu.Lock()
	defer handlers.mu.Unlock()
	each(sigs, func(n int) {
		for c, m := range handlers.wants {
			if m.has(n) {
				m.remove(n)
				handlers.refs[n]--
				if m.empty() {
					delete(handlers.wants, c)
				}
			}
		}
		action(uint32(n))
	})
}

// Ignore makes the signals have no effect; all signals if none is given.
func Ignore(sig ...os.Signal) { cancel(sig, signal_ignore) }

// Reset gives the signals their usual effect; all signals if none is given.
func Reset(sig ...os.Signal) { cancel(sig, signal_disable) }

// Ignored reports whether the signal has no effect.
func Ignored(sig os.Signal) bool {
	n := number(sig)
	return n >= 0 && signal_ignored(uint32(n))
}

// NotifyContext gives a context that is done when one of the signals comes, stop is called, or parent is done.
func NotifyContext(parent context.Context, signals ...os.Signal) (ctx context.Context, stop context.CancelFunc) {
	inner, cancel := context.WithCancelCause(parent)
	c := &signalCtx{Context: inner, cancel: cancel, signals: signals, ch: make(chan os.Signal, 1)}
	Notify(c.ch, c.signals...)
	if inner.Err() == nil {
		go func() {
			select {
			case s := <-c.ch:
				c.cancel(signalError(s.String() + " signal received"))
			case <-c.Done():
			}
		}()
	}
	return c, c.stop
}

type signalCtx struct {
	context.Context
	cancel  context.CancelCauseFunc
	signals []os.Signal
	ch      chan os.Signal
}

func (c *signalCtx) stop() {
	c.cancel(nil)
	Stop(c.ch)
}

func (c *signalCtx) String() string {
	// The parent's text, without the cancellation around it.
	name := "context"
	if s, ok := c.Context.(interface{ String() string }); ok {
		name = s.String()
		const suffix = ".WithCancel"
		if n := len(name) - len(suffix); n > 0 && name[n:] == suffix {
			name = name[:n]
		}
	}
	text := "signal.NotifyContext(" + name
	if len(c.signals) != 0 {
		text += ", ["
		for i, s := range c.signals {
			text += s.String()
			if i != len(c.signals)-1 {
				text += " "
			}
		}
		text += "]"
	}
	return text + ")"
}

type signalError string

func (s signalError) Error() string { return string(s) }
