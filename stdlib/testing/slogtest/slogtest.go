// Package slogtest tests Handlers of log/slog.
package slogtest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"runtime"
	"testing"
	"time"
)

// A testCase is one event, and what must be true of the output for it.
type testCase struct {
	name   string
	what   string // the rule of Handler's documentation
	log    func(*slog.Logger)
	change func(*slog.Record) // applied before Handle
	checks []check
}

// A check returns what is wrong with the output, or "".
type check func(m map[string]any) string

func hasKey(key string) check {
	return func(m map[string]any) string {
		if _, ok := m[key]; !ok {
			return fmt.Sprintf("missing key %q", key)
		}
		return ""
	}
}

func lacksKey(key string) check {
	return func(m map[string]any) string {
		if _, ok := m[key]; ok {
			return fmt.Sprintf("unexpected key %q", key)
		}
		return ""
	}
}

// hasAttr looks for a value. JSON makes other types of numbers, so values are
// compared as text if they are not equal.
func hasAttr(key string, want any) check {
	return func(m map[string]any) string {
		if s := hasKey(key)(m); s != "" {
			return s
		}
		if got := m[key]; !reflect.DeepEqual(got, want) && fmt.Sprint(got) != fmt.Sprint(want) {
			return fmt.Sprintf("%q: got %#v, want %#v", key, got, want)
		}
		return ""
	}
}

func inGroup(name string, c check) check {
	return func(m map[string]any) string {
		v, ok := m[name]
		if !ok {
			return fmt.Sprintf("missing group %q", name)
		}
		g, ok := v.(map[string]any)
		if !ok {
			return fmt.Sprintf("value for group %q is not map[string]any", name)
		}
		return c(g)
	}
}

// replace is a value that resolves to another.
type replace struct{ v any }

func (r *replace) LogValue() slog.Value { return slog.AnyValue(r.v) }

func cases() []testCase {
	resolved := func() *replace { return &replace{"replaced"} }
	group := func() *replace {
		return &replace{slog.GroupValue(slog.Any("inner", resolved()), slog.Int("n", 2))}
	}
	return []testCase{
		{
			name:   "built-ins",
			what:   "the output has the time, the level and the message",
			log:    func(l *slog.Logger) { l.Info("message") },
			checks: []check{hasKey(slog.TimeKey), hasKey(slog.LevelKey), hasAttr(slog.MessageKey, "message")},
		},
		{
			name:   "attrs",
			what:   "attributes of the call are written",
			log:    func(l *slog.Logger) { l.Info("message", "k", "v") },
			checks: []check{hasAttr("k", "v")},
		},
		{
			name:   "empty-attr",
			what:   "an Attr whose key and value are zero is ignored",
			log:    func(l *slog.Logger) { l.Info("msg", "a", "b", slog.Attr{}, "c", "d") },
			checks: []check{hasAttr("a", "b"), lacksKey(""), hasAttr("c", "d")},
		},
		{
			name:   "zero-time",
			what:   "a zero Record.Time is ignored",
			log:    func(l *slog.Logger) { l.Info("msg", "k", "v") },
			change: func(r *slog.Record) { r.Time = time.Time{} },
			checks: []check{lacksKey(slog.TimeKey)},
		},
		{
			name:   "WithAttrs",
			what:   "attributes of WithAttrs are written with those of the call",
			log:    func(l *slog.Logger) { l.With("a", "b").Info("msg", "k", "v") },
			checks: []check{hasAttr("a", "b"), hasAttr("k", "v")},
		},
		{
			name: "groups",
			what: "group attributes are written",
			log: func(l *slog.Logger) {
				l.Info("msg", "a", "b", slog.Group("G", slog.String("c", "d")), "e", "f")
			},
			checks: []check{hasAttr("a", "b"), inGroup("G", hasAttr("c", "d")), hasAttr("e", "f")},
		},
		{
			name:   "empty-group",
			what:   "a group without attributes is ignored",
			log:    func(l *slog.Logger) { l.Info("msg", "a", "b", slog.Group("G"), "e", "f") },
			checks: []check{hasAttr("a", "b"), lacksKey("G"), hasAttr("e", "f")},
		},
		{
			name: "inline-group",
			what: "the attributes of a group without a key stand in its place",
			log: func(l *slog.Logger) {
				l.Info("msg", "a", "b", slog.Group("", slog.String("c", "d")), "e", "f")
			},
			checks: []check{hasAttr("a", "b"), hasAttr("c", "d"), hasAttr("e", "f")},
		},
		{
			name:   "WithGroup",
			what:   "WithGroup puts further attributes in a group",
			log:    func(l *slog.Logger) { l.WithGroup("G").Info("msg", "a", "b") },
			checks: []check{hasKey(slog.TimeKey), hasKey(slog.LevelKey), hasAttr(slog.MessageKey, "msg"), lacksKey("a"), inGroup("G", hasAttr("a", "b"))},
		},
		{
			name: "multi-With",
			what: "several calls of WithGroup and WithAttrs work together",
			log: func(l *slog.Logger) {
				l.With("a", "b").WithGroup("G").With("c", "d").WithGroup("H").Info("msg", "e", "f")
			},
			checks: []check{hasAttr("a", "b"), inGroup("G", hasAttr("c", "d")), inGroup("G", inGroup("H", hasAttr("e", "f")))},
		},
		{
			name: "empty-group-record",
			what: "a group of WithGroup without attributes is ignored",
			log: func(l *slog.Logger) {
				l.With("a", "b").WithGroup("G").With("c", "d").WithGroup("H").Info("msg")
			},
			checks: []check{hasAttr("a", "b"), inGroup("G", hasAttr("c", "d")), inGroup("G", lacksKey("H"))},
		},
		{
			name: "nested-empty-group-record",
			what: "all open groups without attributes are ignored",
			log: func(l *slog.Logger) {
				l.With("a", "b").WithGroup("G").WithGroup("H").Info("msg")
			},
			checks: []check{hasAttr("a", "b"), lacksKey("G"), lacksKey("H")},
		},
		{
			name:   "resolve",
			what:   "values are resolved",
			log:    func(l *slog.Logger) { l.Info("msg", "k", resolved()) },
			checks: []check{hasAttr("k", "replaced")},
		},
		{
			name:   "resolve-groups",
			what:   "values in groups are resolved",
			log:    func(l *slog.Logger) { l.Info("msg", slog.Group("G", "a", "v1", "b", resolved()), "g", group()) },
			checks: []check{inGroup("G", hasAttr("a", "v1")), inGroup("G", hasAttr("b", "replaced")), inGroup("g", hasAttr("inner", "replaced"))},
		},
		{
			name:   "resolve-WithAttrs",
			what:   "values of WithAttrs are resolved",
			log:    func(l *slog.Logger) { l.With("k", resolved()).Info("msg") },
			checks: []check{hasAttr("k", "replaced")},
		},
		{
			name:   "resolve-WithAttrs-groups",
			what:   "values in groups of WithAttrs are resolved",
			log:    func(l *slog.Logger) { l.With(slog.Group("G", "a", "v1", "b", resolved())).Info("msg") },
			checks: []check{inGroup("G", hasAttr("a", "v1")), inGroup("G", hasAttr("b", "replaced"))},
		},
		{
			name:   "empty-PC",
			what:   "a zero Record.PC means that there is no source",
			log:    func(l *slog.Logger) { l.Info("message") },
			change: func(r *slog.Record) { r.PC = 0 },
			checks: []check{hasKey(slog.TimeKey), hasKey(slog.LevelKey), hasAttr(slog.MessageKey, "message"), lacksKey(slog.SourceKey)},
		},
	}
}

// changer is a Handler that changes Records before another handles them.
type changer struct {
	slog.Handler
	change func(*slog.Record)
}

func (c *changer) Handle(ctx context.Context, r slog.Record) error {
	c.change(&r)
	return c.Handler.Handle(ctx, r)
}

func (c testCase) run(h slog.Handler) {
	if c.change != nil {
		h = &changer{h, c.change}
	}
	c.log(slog.New(h))
}

// place is the position of the caller's caller, for messages.
func place() string {
	_, file, line, ok := runtime.Caller(2)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s:%d: ", file, line)
}

// TestHandler logs a number of events with h and then checks what results
// returns: one map for each event, groups as maps in it. It returns all
// mistakes, joined.
func TestHandler(h slog.Handler, results func() []map[string]any) error {
	at := place()
	all := cases()
	for _, c := range all {
		c.run(h)
	}
	got := results()
	if len(got) != len(all) {
		return fmt.Errorf("%sresults() returned %d results, want %d", at, len(got), len(all))
	}
	var errs []error
	for i, c := range all {
		for _, check := range c.checks {
			if problem := check(got[i]); problem != "" {
				errs = append(errs, fmt.Errorf("%s%s: %s", at, c.what, problem))
			}
		}
	}
	return errors.Join(errs...)
}

// Run makes the same checks as subtests of t, each with a handler of its own.
func Run(t *testing.T, newHandler func(*testing.T) slog.Handler, result func(*testing.T) map[string]any) {
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			c.run(newHandler(t))
			got := result(t)
			for _, check := range c.checks {
				if problem := check(got); problem != "" {
					t.Errorf("%s: %s", c.what, problem)
				}
			}
		})
	}
}
