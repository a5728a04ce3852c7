package slog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"
)

// A Handler does something with Records. Its methods may be called by several
// goroutines at once. Handle should ignore a zero Time, a zero PC and zero
// Attrs, resolve values, put the members of a group without a key in the
// group's place, and ignore groups without members.
type Handler interface {
	// Enabled is asked before a Record is made.
	Enabled(context.Context, Level) bool
	// Handle is called for enabled levels only.
	Handle(context.Context, Record) error
	// WithAttrs returns a Handler with more attributes. It owns the slice.
	WithAttrs(attrs []Attr) Handler
	// WithGroup returns a Handler that puts all further attributes in a
	// group. With an empty name it returns the receiver.
	WithGroup(name string) Handler
}

// Keys of what every event has.
const (
	TimeKey    = "time"
	LevelKey   = "level"
	MessageKey = "msg"
	SourceKey  = "source"
)

// HandlerOptions are options of TextHandler and JSONHandler.
type HandlerOptions struct {
	// AddSource adds the place of the call with the key SourceKey.
	AddSource bool
	// Level is the least level that is handled, LevelInfo if nil.
	Level Leveler
	// ReplaceAttr is called for every attribute that is not a group; what it
	// returns is written instead, nothing if that is the zero Attr. groups
	// are the names of the groups around it.
	ReplaceAttr func(groups []string, a Attr) Attr
}

// A formatter is what differs between the two handlers.
type formatter interface {
	separator() string
	start(b []byte) []byte
	end(b []byte) []byte
	// key writes a key, with what precedes the value.
	key(b []byte, prefix, key string) []byte
	str(b []byte, s string) []byte
	time(b []byte, t time.Time) ([]byte, error)
	value(b []byte, v Value) ([]byte, error)
	// group starts a group; it returns what goes before keys in it, and
	// before the first of them.
	group(b []byte, prefix, sep, name string) (out []byte, newPrefix, newSep string)
	endGroup(b []byte) []byte
	source(*Source) Value
}

// common is what the handlers share. Attributes given to WithAttrs are
// formatted only once.
type common struct {
	f      formatter
	opts   HandlerOptions
	w      io.Writer
	mu     *sync.Mutex // held while writing, shared by all that come from one handler
	done   []byte      // the attributes of WithAttrs
	prefix string      // what goes before keys in the groups that done has opened
	groups []string    // all groups of WithGroup
	open   int         // how many of them done has opened
}

func newCommon(f formatter, w io.Writer, opts *HandlerOptions) common {
	if opts == nil {
		opts = &HandlerOptions{}
	}
	return common{f: f, opts: *opts, w: w, mu: &sync.Mutex{}}
}

func (c *common) enabled(l Level) bool {
	least := LevelInfo
	if c.opts.Level != nil {
		least = c.opts.Level.Level()
	}
	return l >= least
}

func (c *common) withAttrs(attrs []Attr) (common, bool) {
	if !slices.ContainsFunc(attrs, func(a Attr) bool { return !isEmptyGroup(a) }) {
		return *c, false
	}
	n := *c
	s := n.newState(slices.Clip(n.done))
	if len(n.done) > 0 {
		s.sep = n.f.separator()
	}
	pos := len(s.buf)
	s.openGroups()
	any := false
	for _, a := range attrs {
		if s.attr(a) {
			any = true
		}
	}
	if !any {
		s.buf = s.buf[:pos]
	} else {
		n.open = len(n.groups)
		n.prefix = s.prefix
	}
	n.done = s.buf
	return n, true
}

func (c *common) withGroup(name string) common {
	n := *c
	n.groups = append(slices.Clip(n.groups), name)
	return n
}

// A state is what has been written of one line.
type state struct {
	c      *common
	buf    []byte
	sep    string   // goes before the next key
	prefix string   // goes before keys in groups
	names  []string // the groups, for ReplaceAttr
}

func (c *common) newState(buf []byte) *state {
	s := &state{c: c, buf: buf, prefix: c.prefix}
	if c.opts.ReplaceAttr != nil {
		s.names = append(s.names, c.groups[:c.open]...)
	}
	return s
}

func (c *common) handle(r Record) error {
	buf := buffers.Get().(*[]byte)
	s := c.newState((*buf)[:0])
	defer func() {
		if cap(s.buf) <= 16<<10 {
			*buf = s.buf
			buffers.Put(buf)
		}
	}()
	s.buf = c.f.start(s.buf)
	rep := c.opts.ReplaceAttr
	names := s.names
	s.names = nil // these attributes are in no group
	prefix := s.prefix
	s.prefix = ""
	if !r.Time.IsZero() {
		t := r.Time.Round(0)
		if rep == nil {
			s.key(TimeKey)
			s.time(t)
		} else {
			s.attr(Time(TimeKey, t))
		}
	}
	if rep == nil {
		s.key(LevelKey)
		s.str(r.Level.String())
	} else {
		s.attr(Any(LevelKey, r.Level))
	}
	if c.opts.AddSource {
		src := r.Source()
		if src == nil {
			src = &Source{}
		}
		s.attr(Any(SourceKey, src))
	}
	if rep == nil {
		s.key(MessageKey)
		s.str(r.Message)
	} else {
		s.attr(String(MessageKey, r.Message))
	}
	s.names = names
	s.prefix = prefix
	s.rest(r)
	s.buf = c.f.end(s.buf)
	s.buf = append(s.buf, '\n')
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := c.w.Write(s.buf)
	return err
}

var buffers = sync.Pool{New: func() any {
	b := make([]byte, 0, 1024)
	return &b
}}

// rest writes the attributes of the handler and of the Record.
func (s *state) rest(r Record) {
	c := s.c
	if len(c.done) > 0 {
		s.buf = append(s.buf, s.sep...)
		s.buf = append(s.buf, c.done...)
		s.sep = c.f.separator()
	}
	open := c.open
	if r.NumAttrs() > 0 {
		pos := len(s.buf)
		s.openGroups()
		open = len(c.groups)
		any := false
		r.Attrs(func(a Attr) bool {
			if s.attr(a) {
				any = true
			}
			return true
		})
		if !any {
			// Perhaps ReplaceAttr left nothing.
			s.buf = s.buf[:pos]
			open = c.open
		}
	}
	for range open {
		s.buf = c.f.endGroup(s.buf)
	}
}

func (s *state) openGroups() {
	for _, name := range s.c.groups[s.c.open:] {
		s.openGroup(name)
	}
}

func (s *state) openGroup(name string) {
	s.buf, s.prefix, s.sep = s.c.f.group(s.buf, s.prefix, s.sep, name)
	if s.c.opts.ReplaceAttr != nil {
		s.names = append(s.names, name)
	}
}

func (s *state) closeGroup(name string) {
	s.buf = s.c.f.endGroup(s.buf)
	if n := len(s.prefix) - len(name) - 1; n >= 0 {
		s.prefix = s.prefix[:n]
	}
	s.sep = s.c.f.separator()
	if s.c.opts.ReplaceAttr != nil {
		s.names = s.names[:len(s.names)-1]
	}
}

// attr writes an attribute and reports whether it was not left out.
func (s *state) attr(a Attr) bool {
	a.Value = a.Value.Resolve()
	if rep := s.c.opts.ReplaceAttr; rep != nil && a.Value.Kind() != KindGroup {
		a = rep(s.names, a)
		a.Value = a.Value.Resolve()
	}
	if a.isZero() {
		return false
	}
	if src, ok := a.Value.any.(*Source); ok {
		if src == nil || *src == (Source{}) {
			return false
		}
		a.Value = s.c.f.source(src)
	}
	if a.Value.Kind() != KindGroup {
		s.key(a.Key)
		s.value(a.Value)
		return true
	}
	attrs := a.Value.Group()
	if len(attrs) == 0 {
		return true
	}
	pos := len(s.buf)
	if a.Key != "" {
		s.openGroup(a.Key)
	}
	any := false
	for _, m := range attrs {
		if s.attr(m) {
			any = true
		}
	}
	if !any {
		s.buf = s.buf[:pos]
		return false
	}
	if a.Key != "" {
		s.closeGroup(a.Key)
	}
	return true
}

func (s *state) key(key string) {
	s.buf = append(s.buf, s.sep...)
	s.buf = s.c.f.key(s.buf, s.prefix, key)
	s.sep = s.c.f.separator()
}

func (s *state) str(v string) { s.buf = s.c.f.str(s.buf, v) }

func (s *state) time(t time.Time) {
	b, err := s.c.f.time(s.buf, t)
	if err != nil {
		s.error(err)
		return
	}
	s.buf = b
}

func (s *state) error(err error) { s.str(fmt.Sprintf("!ERROR:%v", err)) }

// value writes a value. A panic of one of its methods is shown in its place.
func (s *state) value(v Value) {
	pos := len(s.buf)
	defer func() {
		if r := recover(); r != nil {
			s.buf = s.buf[:pos]
			if p := reflect.ValueOf(v.any); p.Kind() == reflect.Pointer && p.IsNil() {
				s.str("<nil>")
				return
			}
			s.str(fmt.Sprintf("!PANIC: %v", r))
		}
	}()
	if v.Kind() == KindTime {
		s.time(v.time())
		return
	}
	b, err := s.c.f.value(s.buf, v)
	if err != nil {
		s.buf = s.buf[:pos]
		s.error(err)
		return
	}
	s.buf = b
}

// defaultHandler is the handler of the default Logger at first: it writes
// lines through package log.
type defaultHandler struct {
	c      common
	output func(pc uintptr, line []byte) error
}

func newDefaultHandler(output func(uintptr, []byte) error) *defaultHandler {
	return &defaultHandler{common{f: textFormat{}, mu: &sync.Mutex{}}, output}
}

func (*defaultHandler) Enabled(_ context.Context, l Level) bool { return l >= logLoggerLevel.Level() }

func (h *defaultHandler) Handle(_ context.Context, r Record) error {
	s := h.c.newState(nil)
	s.buf = append(s.buf, r.Level.String()...)
	s.buf = append(s.buf, ' ')
	s.buf = append(s.buf, r.Message...)
	s.sep = " "
	s.rest(r)
	return h.output(r.PC, s.buf)
}

func (h *defaultHandler) WithAttrs(attrs []Attr) Handler {
	c, _ := h.c.withAttrs(attrs)
	return &defaultHandler{c, h.output}
}

func (h *defaultHandler) WithGroup(name string) Handler {
	return &defaultHandler{h.c.withGroup(name), h.output}
}

// DiscardHandler discards everything.
var DiscardHandler Handler = discardHandler{}

type discardHandler struct{}

func (discardHandler) Enabled(context.Context, Level) bool  { return false }
func (discardHandler) Handle(context.Context, Record) error { return nil }
func (h discardHandler) WithAttrs([]Attr) Handler           { return h }
func (h discardHandler) WithGroup(string) Handler           { return h }

// A MultiHandler gives Records to several Handlers.
type MultiHandler struct {
	multi []Handler
}

// NewMultiHandler makes a MultiHandler.
func NewMultiHandler(handlers ...Handler) *MultiHandler {
	return &MultiHandler{slices.Clone(handlers)}
}

// Enabled reports whether one of the handlers is enabled.
func (h *MultiHandler) Enabled(ctx context.Context, l Level) bool {
	return slices.ContainsFunc(h.multi, func(h Handler) bool { return h.Enabled(ctx, l) })
}

// Handle gives clones of r to the enabled handlers and joins their errors.
func (h *MultiHandler) Handle(ctx context.Context, r Record) error {
	var errs []error
	for _, one := range h.multi {
		if one.Enabled(ctx, r.Level) {
			if err := one.Handle(ctx, r.Clone()); err != nil {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}

// WithAttrs calls WithAttrs of each handler.
func (h *MultiHandler) WithAttrs(attrs []Attr) Handler {
	n := &MultiHandler{make([]Handler, 0, len(h.multi))}
	for _, one := range h.multi {
		n.multi = append(n.multi, one.WithAttrs(slices.Clone(attrs)))
	}
	return n
}

// WithGroup calls WithGroup of each handler.
func (h *MultiHandler) WithGroup(name string) Handler {
	if name == "" {
		return h
	}
	n := &MultiHandler{make([]Handler, 0, len(h.multi))}
	for _, one := range h.multi {
		n.multi = append(n.multi, one.WithGroup(name))
	}
	return n
}

func fileLine(s *Source) string { return s.File + ":" + strconv.Itoa(s.Line) }
