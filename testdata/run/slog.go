// run

// Both handlers with every kind of value, groups, ReplaceAttr; levels; values; records; the bridge to package log.

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"math"
	"os"
	"strings"
	"time"
)

type lv struct{ v slog.Value }

func (l lv) LogValue() slog.Value { return l.v }

type loop struct{}

func (l loop) LogValue() slog.Value { return slog.AnyValue(l) }

type plv struct{}

func (plv) LogValue() slog.Value { panic("oops") }

type tm struct {
	s string
	e error
}

func (t tm) MarshalText() ([]byte, error) { return []byte(t.s), t.e }

type jm struct {
	s string
	e error
}

func (t jm) MarshalJSON() ([]byte, error) { return []byte(t.s), t.e }

type je struct{}

func (je) MarshalJSON() ([]byte, error) { return []byte(`"je"`), nil }
func (je) Error() string                { return "je error" }

type ptm struct{ s string }

func (t *ptm) MarshalText() ([]byte, error) { return []byte(t.s), nil }

type pstr struct{ s string }

func (t *pstr) String() string { return t.s }

type perr struct{ s string }

func (t *perr) Error() string { return t.s }

type panicker struct{}

func (panicker) MarshalText() ([]byte, error) { panic("pm") }

type BS []byte
type MyInt int
type st struct {
	A int
	B string `json:"b"`
	c int
}

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Printf("%s: panic %T %v\n", name, r, r)
		}
	}()
	f()
}
func cut(s string) string {
	if i := strings.Index(s, "LogValue panicked"); i >= 0 {
		return s[:i] + "LogValue panicked..\n"
	}
	return s
}
func keep(...any) {}
func main() {
	keep(&ptm{}, &pstr{}, &perr{}, new(slog.Level), &slog.LevelVar{})
	ctx := context.Background()
	when := time.Date(2023, 4, 5, 6, 7, 8, 123456789, time.UTC)
	vals := []any{nil, true, 1, int8(2), uint(3), uint64(math.MaxUint64), 1.5, float32(2.5), 1e21, math.NaN(), math.Inf(-1), "", "a", "a b", "a=b", "a\"b", "a\\b", "a\nb", "<&>\u2028", "\x00\x1f\x7f", "é", "\u00a0x", "\xff", "\u200b", "日本", "\b\f\t\r", time.Second, time.Duration(1500), when, when.In(time.FixedZone("X", 3600)), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.Time{}, errors.New("err or"), fmt.Errorf("e: %w", io.EOF), []byte("by te"), []byte{}, []byte(nil), BS("bs"), [3]byte{1, 2, 3}, []int{1, 2}, map[string]int{"b": 1, "a": 2}, st{1, "x", 3}, &st{1, "x", 3}, struct{}{}, MyInt(5), 'x', complex(1, 2), make(chan int) == nil, func() {} == nil, lv{slog.IntValue(3)}, lv{slog.GroupValue(slog.Int("x", 1), slog.String("y", "z z"))}, lv{slog.AnyValue(lv{slog.StringValue("deep")})}, lv{slog.GroupValue()}, loop{}, plv{}, tm{"t m", nil}, tm{"x", errors.New("tmerr")}, jm{`{"a":<1}`, nil}, jm{`{"a": 1, "b":"<"}`, nil}, jm{`1`, errors.New("jmerr")}, je{}, (*ptm)(nil), &ptm{"pp"}, (*pstr)(nil), &pstr{"ps"}, (*perr)(nil), &perr{"pe"}, panicker{}, slog.IntValue(9), slog.GroupValue(slog.Int("in", 1)), slog.LevelWarn, slog.LevelInfo + 1, &slog.LevelVar{}, []any{1, "a", nil, errors.New("in")}, slog.Int("attr", 1), []slog.Attr{slog.Int("q", 1), slog.String("r", "s")}, &slog.Source{Function: "f", File: "file.go", Line: 3}, &slog.Source{}, (*slog.Source)(nil), slog.Source{File: "q"}, json.RawMessage(`{"r":1}`), json.Number("12"), uintptr(3), int64(-1), uint8(8), []string{"a", "b c"}, any(nil), (*int)(nil), map[string]any{"f": func() {}}, errors.Join(errors.New("a"), errors.New("b")), []error{io.EOF}}
	for i, v := range vals {
		a := slog.Any(fmt.Sprintf("k%d", i), v)
		fmt.Printf("%d %T %v %s", i, v, a.Value.Kind(), cut(mask(a.String())))
		fmt.Println()
		for _, j := range []bool{false, true} {
			var b bytes.Buffer
			var h slog.Handler = slog.NewTextHandler(&b, nil)
			if j {
				h = slog.NewJSONHandler(&b, nil)
			}
			r := slog.NewRecord(when, slog.LevelInfo, "m", 0)
			r.Add(a, slog.Group("g", a, slog.Group("", a), slog.Group("e")))
			err := h.Handle(ctx, r)
			s := b.String()
			if strings.Contains(s, "panicked") {
				s = cut(s)
			}
			fmt.Print("  ", mask(s))
			if err != nil {
				fmt.Println(err)
			}
		}
	}
	keys := []string{"", "a b", "a.b", "é", "a=", "\"", "<", "\n"}
	for _, k := range keys {
		for _, j := range []bool{false, true} {
			var b bytes.Buffer
			var h slog.Handler = slog.NewTextHandler(&b, nil)
			if j {
				h = slog.NewJSONHandler(&b, nil)
			}
			l := slog.New(h.WithGroup("G").WithAttrs([]slog.Attr{slog.Int(k, 1)}).WithGroup(k)).With("x", 1)
			r := slog.NewRecord(time.Time{}, slog.LevelDebug-1, k, 0)
			r.Add(k, 5, slog.Group(k, k, 6))
			l.Handler().Handle(ctx, r)
			fmt.Printf("%q %s", k, b.String())
		}
	}
	rep := func(mode int) func(groups []string, a slog.Attr) slog.Attr {
		return func(groups []string, a slog.Attr) slog.Attr {
			switch mode {
			case 0:
				fmt.Printf("    rep %v %v %v\n", groups, a, a.Value.Kind())
				return a
			case 1:
				return slog.Attr{}
			case 2:
				if len(groups) == 0 {
					return slog.Attr{}
				}
				return a
			case 3:
				a.Key = strings.ToUpper(a.Key)
				return a
			case 4:
				if a.Key != "a" {
					return a
				}
				return slog.Group("G", "x", a.Value)
			case 5:
				return slog.Any(a.Key, lv{slog.StringValue("replaced")})
			case 6:
				if a.Key == slog.TimeKey || a.Key == slog.LevelKey {
					return slog.String(a.Key, "T")
				}
				if a.Key == slog.MessageKey {
					return slog.Int("mm", 5)
				}
				if a.Key == "a" {
					return slog.Attr{}
				}
				return a
			case 7:
				if a.Key != "a" {
					return a
				}
				return slog.Group("", "inl", 1, "inl2", a.Value)
			}
			return a
		}
	}
	for mode := -1; mode < 8; mode++ {
		for _, j := range []bool{false, true} {
			for _, src := range []bool{false, true} {
				var b bytes.Buffer
				o := &slog.HandlerOptions{AddSource: src, Level: slog.LevelDebug}
				if mode >= 0 {
					o.ReplaceAttr = rep(mode)
				}
				var h slog.Handler = slog.NewTextHandler(&b, o)
				if j {
					h = slog.NewJSONHandler(&b, o)
				}
				mk := func(h slog.Handler, args ...any) {
					r := slog.NewRecord(when, slog.LevelWarn, "hello w", 0)
					r.Add(args...)
					if err := h.Handle(ctx, r); err != nil {
						fmt.Println(err)
					}
				}
				mk(h)
				mk(h, "a", 1, "b", "two")
				mk(h.WithGroup("g"))
				mk(h.WithGroup("g").WithGroup("h"), "a", 1)
				mk(h.WithAttrs([]slog.Attr{slog.Int("a", 1)}))
				mk(h.WithAttrs([]slog.Attr{slog.Int("a", 1), slog.Group("e")}).WithGroup("g").WithAttrs([]slog.Attr{slog.Int("a", 2)}).WithGroup("h"), "a", 3)
				mk(h.WithAttrs([]slog.Attr{slog.Int("a", 1)}).WithGroup("g").WithAttrs([]slog.Attr{slog.Int("p", 2)}).WithGroup("h"))
				mk(h.WithGroup("g").WithAttrs([]slog.Attr{slog.Group("x", "y", 1, "a", 2)}), slog.Group("z", "a", 1), slog.Group("w"), "c", lv{slog.GroupValue(slog.Any("q", lv{slog.IntValue(2)}))})
				mk(h.WithAttrs([]slog.Attr{slog.Group("e")}).WithGroup("only"), slog.Group("e"))
				mk(h.WithAttrs(nil), slog.Attr{}, slog.Any("", nil), slog.String("", ""))
				mk(h.WithGroup(""), "odd", 1, "left")
				mk(h, 5, "k", slog.Int("z", 1), nil, "last", nil)
				fmt.Printf("mode %d json %v src %v\n%s", mode, j, src, b.String())
			}
		}
	}
	var lvl slog.LevelVar
	for _, s := range []string{"INFO", "info", "Warn+3", "error-8", "DEBUG", "x", "", "INFO+", "INFO+x", "INFO 1", "5", "INFO+99999999999999999999", "info-4", "Debug+1"} {
		var l slog.Level
		err := l.UnmarshalText([]byte(s))
		fmt.Printf("%q %v %v\n", s, l, err)
		err = l.UnmarshalJSON([]byte(`"` + s + `"`))
		fmt.Printf("  %v %v %v\n", l, err, lvl.UnmarshalText([]byte(s)))
	}
	var l slog.Level
	fmt.Println(l.UnmarshalJSON([]byte(`5`)), l.UnmarshalJSON([]byte(`"`)), lvl.String(), &lvl)
	for i := -10; i < 14; i++ {
		b, _ := slog.Level(i).MarshalJSON()
		c, _ := slog.Level(i).AppendText([]byte("<"))
		fmt.Print(slog.Level(i), " ", string(b), string(c), " ")
	}
	fmt.Println()
	for i := slog.Kind(-1); i < 11; i++ {
		fmt.Print(i, " ")
	}
	fmt.Println()
	all := []slog.Value{{}, slog.AnyValue(1), slog.BoolValue(true), slog.DurationValue(5), slog.Float64Value(1.5), slog.Int64Value(-1), slog.StringValue("s"), slog.TimeValue(when), slog.Uint64Value(7), slog.GroupValue(slog.Int("a", 1)), slog.AnyValue(lv{}), slog.AnyValue([]int{1}), slog.AnyValue(st{}), slog.TimeValue(time.Time{})}
	for i, v := range all {
		for j, w := range all {
			try("eq", func() {
				if v.Equal(w) != (i == j) {
					fmt.Println("equal", i, j, v.Equal(w))
				}
			})
		}
		n := fmt.Sprint(i, " ", v.Kind())
		fmt.Printf("%s %v %T %v\n", n, v, v.Any(), v.Any())
		try(n+" Bool", func() { fmt.Println(v.Bool()) })
		try(n+" Dur", func() { fmt.Println(v.Duration()) })
		try(n+" F", func() { fmt.Println(v.Float64()) })
		try(n+" I", func() { fmt.Println(v.Int64()) })
		try(n+" U", func() { fmt.Println(v.Uint64()) })
		try(n+" T", func() { fmt.Println(v.Time()) })
		try(n+" G", func() { fmt.Println(v.Group()) })
		try(n+" L", func() { fmt.Println(v.LogValuer()) })
	}
	fmt.Println(slog.TimeValue(when.In(time.FixedZone("Z", 60))).Time(), slog.TimeValue(time.Date(3000, 1, 1, 0, 0, 0, 5, time.UTC)), slog.TimeValue(time.Now()).String() != "")
	fmt.Println(slog.Int("a", 1).Equal(slog.Int("a", 1)), slog.Int("a", 1).Equal(slog.Int("b", 1)), slog.GroupAttrs("g", slog.Int("a", 1)), slog.Group("g", "a", 1, slog.Int("b", 2), "c"))
	// record
	r := slog.NewRecord(when, 0, "m", 0)
	for i := range 10 {
		r.AddAttrs(slog.Int("a", i))
	}
	r.AddAttrs(slog.Group("e"))
	r2 := r
	r3 := r.Clone()
	r.AddAttrs(slog.Int("x", 1))
	r2.AddAttrs(slog.Int("y", 1))
	r3.AddAttrs(slog.Int("z", 1))
	for _, r := range []slog.Record{r, r2, r3} {
		fmt.Print(r.NumAttrs(), " ")
		r.Attrs(func(a slog.Attr) bool { fmt.Print(a, " "); return a.Key == "a" })
		fmt.Println(r.Source())
	}
	try("nil", func() { slog.New(nil) })
	// default, log bridge
	var lb bytes.Buffer
	log.SetOutput(&lb)
	log.SetFlags(log.Lshortfile)
	slog.Info("hello", "a", 1)
	slog.Debug("no")
	slog.Warn("w w", slog.Group("g", "b", "c d"))
	slog.With("p", 1).WithGroup("q").Error("e", "r", 2)
	old := slog.SetLogLoggerLevel(slog.LevelDebug)
	slog.Debug("yes")
	fmt.Println(old, slog.SetLogLoggerLevel(0))
	slog.Default().LogAttrs(ctx, 2, "la", slog.Int("q", 1))
	slog.Log(nil, slog.LevelError, "nilctx")
	var sb bytes.Buffer
	noTime := func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey && len(groups) == 0 {
			return slog.Attr{}
		}
		if a.Key == slog.SourceKey {
			if s, ok := a.Value.Any().(*slog.Source); ok {
				s.File = s.File[strings.LastIndexByte(s.File, '/')+1:]
				return slog.Any(a.Key, s)
			}
		}
		return a
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(&sb, &slog.HandlerOptions{AddSource: true, ReplaceAttr: noTime})))
	log.Print("via log")
	log.Printf("via %d\n", 5)
	slog.Info("direct")
	slog.SetLogLoggerLevel(slog.LevelWarn)
	log.Println("lvl")
	ll := slog.NewLogLogger(slog.NewJSONHandler(&sb, &slog.HandlerOptions{AddSource: true, ReplaceAttr: noTime}), slog.LevelError)
	ll.Print("from ll")
	ll.SetPrefix("pre ")
	ll.Printf("x\n\n")
	slog.NewLogLogger(slog.DiscardHandler, 0).Print("x")
	mh := slog.NewMultiHandler(slog.NewTextHandler(&sb, &slog.HandlerOptions{ReplaceAttr: noTime, Level: slog.LevelWarn}), slog.NewJSONHandler(&sb, &slog.HandlerOptions{ReplaceAttr: noTime}), slog.DiscardHandler, errH{})
	ml := slog.New(mh).With("m", 1).WithGroup("mg")
	ml.Info("one", "a", 1)
	ml.Warn("two", "a", 1)
	fmt.Println(mh.Handle(ctx, r), mh.Enabled(ctx, -8))
	fmt.Print(mask(lb.String()), mask(sb.String()))
	fmt.Println(slog.NewTextHandler(badW{}, nil).Handle(ctx, r), slog.DiscardHandler.Enabled(ctx, 100))
	_ = os.Args
}

type errH struct{}

func (errH) Enabled(context.Context, slog.Level) bool  { return true }
func (errH) Handle(context.Context, slog.Record) error { return errors.New("errH") }
func (h errH) WithAttrs([]slog.Attr) slog.Handler      { return h }
func (h errH) WithGroup(string) slog.Handler           { return h }

type badW struct{}

func (badW) Write([]byte) (int, error) { return 0, errors.New("badW") }
func mask(s string) string {
	for {
		i := strings.Index(s, "0x")
		if i < 0 {
			return s
		}
		j := i + 2
		for j < len(s) && strings.IndexByte("0123456789abcdef", s[j]) >= 0 {
			j++
		}
		s = s[:i] + "PTR" + s[j:]
	}
}
