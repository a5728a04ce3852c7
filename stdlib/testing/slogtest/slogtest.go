// Package slogtest checks that a log/slog.Handler does what package slog demands of handlers.
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

// testCase logs one record and says what has to be in the result.
type testCase struct {
	name        string
	explanation string
	log         func(l *slog.Logger)
	// change, if there is one, alters the record before the handler sees it.
	change func(*slog.Record)
	checks []check
}

// check looks at one result and says what is wrong, if anything is.
type check func(result map[string]any) string

// here is the text of the source of a case, for messages.
func here(text string) string {
	if _, _, line, ok := runtime.Caller(1); ok {
		return fmt.Sprintf("%s (slogtest.go:%d)", text, line)
	}
	return text
}

var cases = []testCase{
	{
		name:        "built-ins",
		explanation: here("this test expects slog.TimeKey, slog.LevelKey and slog.MessageKey"),
		log:         func(l *slog.Logger) { l.Info("message") },
		checks:      []check{hasKey(slog.TimeKey), hasKey(slog.LevelKey), hasAttr(slog.MessageKey, "message")},
	},
	{
		name:        "attrs",
		explanation: here("a Handler should output attributes passed to the logging function"),
		log:         func(l *slog.Logger) { l.Info("message", "k", "v") },
		checks:      []check{hasAttr("k", "v")},
	},
	{
		name:        "empty-attr",
		explanation: here("a Handler should ignore an empty Attr"),
		log:         func(l *slog.Logger) { l.Info("msg", "a", "b", "", nil, "c", "d") },
		checks:      []check{hasAttr("a", "b"), lacksKey(""), hasAttr("c", "d")},
	},
	{
		name:        "zero-time",
		explanation: here("a Handler should ignore a zero Record.Time"),
		log:         func(l *slog.Logger) { l.Info("msg", "k", "v") },
		change:      func(r *slog.Record) { r.Time = time.Time{} },
		checks:      []check{lacksKey(slog.TimeKey)},
	},
	{
		name:        "WithAttrs",
		explanation: here("a Handler should include the attributes from the WithAttrs method"),
		log:         func(l *slog.Logger) { l.With("a", "b").Info("msg", "k", "v") },
		checks:      []check{hasAttr("a", "b"), hasAttr("k", "v")},
	},
	{
		name:        "groups",
		explanation: here("a Handler should handle Group attributes"),
		log: func(l *slog.Logger) {
			l.Info("msg", "a", "b", slog.Group("G", slog.String("c", "d")), "e", "f")
		},
		checks: []check{hasAttr("a", "b"), inGroup("G", hasAttr("c", "d")), hasAttr("e", "f")},
	},
	{
		name:        "empty-group",
		explanation: here("a Handler should ignore an empty group"),
		log:         func(l *slog.Logger) { l.Info("msg", "a", "b", slog.Group("G"), "e", "f") },
		checks:      []check{hasAttr("a", "b"), lacksKey("G"), hasAttr("e", "f")},
	},
	{
		name:        "inline-group",
		explanation: here("a Handler should inline the Attrs of a group with an empty key"),
		log: func(l *slog.Logger) {
			l.Info("msg", "a", "b", slog.Group("", slog.String("c", "d")), "e", "f")
		},
		checks: []check{hasAttr("a", "b"), hasAttr("c", "d"), hasAttr("e", "f")},
	},
	{
		name:        "WithGroup",
		explanation: here("a Handler should handle the WithGroup method"),
		log:         func(l *slog.Logger) { l.WithGroup("G").Info("msg", "a", "b") },
		checks: []check{
			hasKey(slog.TimeKey), hasKey(slog.LevelKey), hasAttr(slog.MessageKey, "msg"),
			lacksKey("a"), inGroup("G", hasAttr("a", "b")),
		},
	},
	{
		name:        "multi-with",
		explanation: here("a Handler should handle multiple WithGroup and WithAttr calls"),
		log: func(l *slog.Logger) {
			l.With("a", "b").WithGroup("G").With("c", "d").WithGroup("H").Info("msg", "e", "f")
		},
		checks: []check{
			hasKey(slog.TimeKey), hasKey(slog.LevelKey), hasAttr(slog.MessageKey, "msg"),
			hasAttr("a", "b"), inGroup("G", hasAttr("c", "d")), inGroup("G", inGroup("H", hasAttr("e", "f"))),
		},
	},
	{
		name:        "empty-group-record",
		explanation: here("a Handler should not output groups if there are no attributes"),
		log:         func(l *slog.Logger) { l.With("a", "b").WithGroup("G").With("c", "d").WithGroup("H").Info("msg") },
		checks: []check{
			hasKey(slog.TimeKey), hasKey(slog.LevelKey), hasAttr(slog.MessageKey, "msg"),
			hasAttr("a", "b"), inGroup("G", hasAttr("c", "d")), inGroup("G", lacksKey("H")),
		},
	},
	{
		name:        "nested-empty-group-record",
		explanation: here("a Handler should not output nested groups if there are no attributes"),
		log: func(l *slog.Logger) {
			l.With("a", "b").WithGroup("G").With("c", "d").WithGroup("H").WithGroup("I").Info("msg")
		},
		checks: []check{
			hasKey(slog.TimeKey), hasKey(slog.LevelKey), hasAttr(slog.MessageKey, "msg"),
			hasAttr("a", "b"), inGroup("G", hasAttr("c", "d")), inGroup("G", lacksKey("H")), inGroup("G", lacksKey("I")),
		},
	},
	{
		name:        "resolve",
		explanation: here("a Handler should call Resolve on attribute values"),
		log:         func(l *slog.Logger) { l.Info("msg", "k", &replace{"replaced"}) },
		checks:      []check{hasAttr("k", "replaced")},
	},
	{
		name:        "resolve-groups",
		explanation: here("a Handler should call Resolve on attribute values in groups"),
		log: func(l *slog.Logger) {
			l.Info("msg", slog.Group("G", slog.String("a", "v1"), slog.Any("b", &replace{"v2"})))
		},
		checks: []check{inGroup("G", hasAttr("a", "v1")), inGroup("G", hasAttr("b", "v2"))},
	},
	{
		name:        "resolve-WithAttrs",
		explanation: here("a Handler should call Resolve on attribute values from WithAttrs"),
		log:         func(l *slog.Logger) { l.With("k", &replace{"replaced"}).Info("msg") },
		checks:      []check{hasAttr("k", "replaced")},
	},
	{
		name:        "resolve-WithAttrs-groups",
		explanation: here("a Handler should call Resolve on attribute values in groups from WithAttrs"),
		log: func(l *slog.Logger) {
			l.With(slog.Group("G", slog.String("a", "v1"), slog.Any("b", &replace{"v2"}))).Info("msg")
		},
		checks: []check{inGroup("G", hasAttr("a", "v1")), inGroup("G", hasAttr("b", "v2"))},
	},
	{
		name:        "empty-PC",
		explanation: here("a Handler should not output SourceKey if the PC is zero"),
		log:         func(l *slog.Logger) { l.Info("message") },
		change:      func(r *slog.Record) { r.PC = 0 },
		checks:      []check{lacksKey(slog.SourceKey)},
	},
}

// TestHandler logs with h all cases and checks what results then gives, one map for each.
func TestHandler(h slog.Handler, results func() []map[string]any) error {
	for _, c := range cases {
		c.run(h)
	}
	var errs []error
	got := results()
	if n, want := len(got), len(cases); n != want {
		return fmt.Errorf("got %d results, want %d", n, want)
	}
	for i, c := range cases {
		for _, check := range c.checks {
			if problem := check(got[i]); problem != "" {
				errs = append(errs, fmt.Errorf("%s: %s", problem, c.explanation))
			}
		}
	}
	return errors.Join(errs...)
}

// Run checks each case in a subtest with a handler of its own.
func Run(t *testing.T, newHandler func(*testing.T) slog.Handler, result func(*testing.T) map[string]any) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.run(newHandler(t))
			got := result(t)
			for _, check := range c.checks {
				if problem := check(got); problem != "" {
					t.Errorf("%s: %s", problem, c.explanation)
				}
			}
		})
	}
}

func (c *testCase) run(h slog.Handler) {
	if c.change != nil {
		h = &changing{h, c.change}
	}
	c.log(slog.New(h))
}

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

func hasAttr(key string, want any) check {
	return func(m map[string]any) string {
		if problem := hasKey(key)(m); problem != "" {
			return problem
		}
		if got := m[key]; !reflect.DeepEqual(got, want) {
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
		group, ok := v.(map[string]any)
		if !ok {
			return fmt.Sprintf("value for group %q is not map[string]any", name)
		}
		return c(group)
	}
}

// changing is a handler that alters records.
type changing struct {
	slog.Handler
	change func(*slog.Record)
}

func (h *changing) Handle(ctx context.Context, r slog.Record) error {
	h.change(&r)
	return h.Handler.Handle(ctx, r)
}

// replace is a value that stands for another one.
type replace struct{ v any }

func (r *replace) LogValue() slog.Value { return slog.AnyValue(r.v) }
func (r *replace) String() string       { return fmt.Sprintf("<replace(%v)>", r.v) }
