package io

import (
	"errors"
	"sync"
)

// ErrClosedPipe is what writing to or reading from a closed pipe returns.
var ErrClosedPipe = errors.New("io: read/write on closed pipe")

// pipe is what the two ends share.  A write offers its bytes and waits until
// readers have taken them all or an end is closed; nothing is buffered.
type pipe struct {
	turn sync.Mutex // held by the one Write that is under way

	mu       sync.Mutex // guards what follows
	offered  sync.Cond  // readers wait for an offer, or a close
	taken    sync.Cond  // the writer waits for its offer to be taken, or a close
	offer    []byte     // what is left of the write under way
	pending  bool       // there is an offer (an empty write is one, too)
	readErr  error      // why the reading end was closed
	writeErr error      // why the writing end was closed
}

func (p *pipe) closed() bool { return p.readErr != nil || p.writeErr != nil }

func (p *pipe) read(b []byte) (n int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.closed() {
		if p.pending {
			n = copy(b, p.offer)
			p.offer = p.offer[n:]
			if len(p.offer) == 0 {
				p.pending = false
				p.taken.Signal()
			} else {
				p.offered.Signal() // there is something left for another reader
			}
			return n, nil
		}
		p.offered.Wait()
	}
	if p.readErr == nil {
		return 0, p.writeErr
	}
	return 0, ErrClosedPipe
}

func (p *pipe) write(b []byte) (n int, err error) {
	p.turn.Lock()
	defer p.turn.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed() {
		p.offer, p.pending = b, true
		p.offered.Signal()
		for p.pending && !p.closed() {
			p.taken.Wait()
		}
		n = len(b) - len(p.offer)
		done := !p.pending
		p.offer, p.pending = nil, false
		if done {
			return n, nil
		}
	}
	if p.writeErr == nil {
		return n, p.readErr
	}
	return n, ErrClosedPipe
}

// close stores err in one of the two error fields unless there is one already,
// and wakes everybody.
func (p *pipe) close(field *error, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if *field == nil {
		*field = err
	}
	p.offered.Broadcast()
	p.taken.Broadcast()
}

// Pipe returns the two ends of a pipe within the program.  Each Write waits
// until Reads have taken all its bytes, which are copied straight from one slice to
// the other.  Reads, writes and closes may run in parallel: concurrent writes
// take turns.
func Pipe() (*PipeReader, *PipeWriter) {
	p := new(pipe)
	p.offered.L = &p.mu
	p.taken.L = &p.mu
	return &PipeReader{p}, &PipeWriter{p}
}

// PipeReader is the reading end of a pipe.
type PipeReader struct{ pipe *pipe }

// Read waits for a write, or for the writing end to be closed; then the error
// is the one it was closed with, EOF by default.
func (r *PipeReader) Read(data []byte) (n int, err error) { return r.pipe.read(data) }

// Close closes the reading end; writes then fail with [ErrClosedPipe].
func (r *PipeReader) Close() error { return r.CloseWithError(nil) }

// CloseWithError closes the reading end; writes then fail with err, or with
// [ErrClosedPipe] if it is nil.  Only the first close counts.  It returns nil.
func (r *PipeReader) CloseWithError(err error) error {
	if err == nil {
		err = ErrClosedPipe
	}
	r.pipe.close(&r.pipe.readErr, err)
	return nil
}

// PipeWriter is the writing end of a pipe.
type PipeWriter struct{ pipe *pipe }

// Write waits until readers have taken all of data or the reading end is
// closed; then the error is the one it was closed with.
func (w *PipeWriter) Write(data []byte) (n int, err error) { return w.pipe.write(data) }

// Close closes the writing end; reads then return EOF.
func (w *PipeWriter) Close() error { return w.CloseWithError(nil) }

// CloseWithError closes the writing end; reads then return err, or EOF if it
// is nil.  Only the first close counts.  It returns nil.
func (w *PipeWriter) CloseWithError(err error) error {
	if err == nil {
		err = EOF
	}
	w.pipe.close(&w.pipe.writeErr, err)
	return nil
}
