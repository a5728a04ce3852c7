package strconv_test

import (
	"errors"
	"math"
	"math/rand"
	"strconv"
	"testing"
)

func TestFormatFloat(t *testing.T) {
	for _, c := range []struct {
		f    float64
		fmt  byte
		prec int
		size int
		want string
	}{
		{0, 'g', -1, 64, "0"},
		{math.Copysign(0, -1), 'e', 2, 64, "-0.00e+00"},
		{0.1, 'g', -1, 64, "0.1"},
		{float64(float32(0.1)), 'g', -1, 32, "0.1"},
		{float64(float32(0.1)), 'g', -1, 64, "0.10000000149011612"},
		{5e-324, 'g', -1, 64, "5e-324"},
		{math.MaxFloat64, 'g', -1, 64, "1.7976931348623157e+308"},
		{1e23, 'g', -1, 64, "1e+23"},
		{2.5, 'f', 0, 64, "2"},
		{3.5, 'f', 0, 64, "4"},
		{0.5, 'f', 0, 64, "0"},
		{999999.5, 'g', 6, 64, "1e+06"},
		{123456, 'g', -1, 64, "123456"},
		{1234567, 'g', -1, 64, "1.234567e+06"},
		{1 / 3.0, 'f', 30, 64, "0.333333333333333314829616256247"},
		{1 << 60, 'e', 25, 64, "1.1529215046068469760000000e+18"},
		{1, 'b', -1, 64, "4503599627370496p-52"},
		{1.5, 'x', -1, 64, "0x1.8p+00"},
		{1.9999, 'X', 1, 64, "0X1.0P+01"},
		{math.Inf(-1), 'f', 3, 64, "-Inf"},
		{math.NaN(), 'f', 3, 64, "NaN"},
		{1, 'z', 3, 64, "%z"},
	} {
		if got := strconv.FormatFloat(c.f, c.fmt, c.prec, c.size); got != c.want {
			t.Errorf("FormatFloat(%v, %c, %d, %d) = %s, want %s", c.f, c.fmt, c.prec, c.size, got, c.want)
		}
	}
}

func TestParseFloat(t *testing.T) {
	for _, c := range []struct {
		s    string
		want float64
		err  error
	}{
		{"1", 1, nil},
		{"+.5e1", 5, nil},
		{"1_000.5", 1000.5, nil},
		{"0x1p-1074", 5e-324, nil},
		{"0x1.00000000000008p0", 1, nil},
		{"2.4703282292062327208e-324", 0, nil},
		{"2.4703282292062328e-324", 5e-324, nil},
		{"9007199254740993", 9007199254740992, nil},
		{"9007199254740993.00000000000000000000000000000001", 9007199254740994, nil},
		{"1.7976931348623159e308", math.Inf(1), strconv.ErrRange},
		{"-1e400", math.Inf(-1), strconv.ErrRange},
		{"infinity", math.Inf(1), nil},
		{"-Inf", math.Inf(-1), nil},
		{"1e", 0, strconv.ErrSyntax},
		{"0x1", 0, strconv.ErrSyntax},
		{"1__0", 0, strconv.ErrSyntax},
		{"", 0, strconv.ErrSyntax},
	} {
		got, err := strconv.ParseFloat(c.s, 64)
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("ParseFloat(%q) = %v, %v, want %v, %v", c.s, got, err, c.want, c.err)
		}
	}
}

// What the shortest form says must come back exactly, and no shorter form can
// do that.
func TestShortestRoundTrip(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 20000 {
		f := math.Float64frombits(r.Uint64())
		if math.IsNaN(f) || math.IsInf(f, 0) {
			continue
		}
		s := strconv.FormatFloat(f, 'e', -1, 64)
		if g, err := strconv.ParseFloat(s, 64); g != f || err != nil {
			t.Fatalf("%x became %s became %x, %v", f, s, g, err)
		}
		digits := 0
		for i := 0; i < len(s) && s[i] != 'e'; i++ {
			if '0' <= s[i] && s[i] <= '9' {
				digits++
			}
		}
		if digits > 1 {
			shorter := strconv.FormatFloat(f, 'e', digits-2, 64)
			if g, _ := strconv.ParseFloat(shorter, 64); g == f {
				t.Fatalf("%s would do for %s", shorter, s)
			}
		}
	}
}

func TestIntegers(t *testing.T) {
	for _, c := range []struct {
		s    string
		base int
		size int
		want int64
		err  string
	}{
		{"0", 0, 0, 0, ""},
		{"-0x_ff", 0, 16, -255, ""},
		{"0b101", 0, 0, 5, ""},
		{"0o17", 0, 0, 15, ""},
		{"017", 0, 0, 15, ""},
		{"zz", 36, 0, 35*36 + 35, ""},
		{"128", 10, 8, 127, `strconv.ParseInt: parsing "128": value out of range`},
		{"-129", 10, 8, -128, `strconv.ParseInt: parsing "-129": value out of range`},
		{"1_0", 10, 0, 0, `strconv.ParseInt: parsing "1_0": invalid syntax`},
		{"", 10, 0, 0, `strconv.ParseInt: parsing "": invalid syntax`},
		{"1", 1, 0, 0, `strconv.ParseInt: parsing "1": invalid base 1`},
		{"1", 10, 65, 0, `strconv.ParseInt: parsing "1": invalid bit size 65`},
	} {
		got, err := strconv.ParseInt(c.s, c.base, c.size)
		text := ""
		if err != nil {
			text = err.Error()
		}
		if got != c.want || text != c.err {
			t.Errorf("ParseInt(%q, %d, %d) = %d, %q", c.s, c.base, c.size, got, text)
		}
	}
	if got := strconv.FormatInt(math.MinInt64, 2); got != "-1000000000000000000000000000000000000000000000000000000000000000" {
		t.Error(got)
	}
	if got := strconv.FormatUint(math.MaxUint64, 36); got != "3w5e11264sgsf" {
		t.Error(got)
	}
}

func TestQuote(t *testing.T) {
	const s = "a\t\"\\\x00\xff\u00e9\u200b\U0001f600\x7f"
	for _, c := range []struct {
		quote func(string) string
		want  string
	}{
		{strconv.Quote, `"a\t\"\\\x00\xffé\u200b😀\x7f"`},
		{strconv.QuoteToASCII, `"a\t\"\\\x00\xff\u00e9\u200b\U0001f600\x7f"`},
	} {
		got := c.quote(s)
		if got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
		if back, err := strconv.Unquote(got); back != s || err != nil {
			t.Errorf("Unquote(%s) = %q, %v", got, back, err)
		}
	}
	for _, bad := range []string{``, `"`, `"a`, `'ab'`, `"\'"`, `'\"'`, `"\ud800"`, "\"\n\"", `"\400"`} {
		if s, err := strconv.Unquote(bad); err != strconv.ErrSyntax {
			t.Errorf("Unquote(%s) = %q, %v", bad, s, err)
		}
	}
	if s, _ := strconv.Unquote("`a\r\nb`"); s != "a\nb" {
		t.Errorf("%q", s)
	}
	if p, err := strconv.QuotedPrefix(`"a\"b"c`); p != `"a\"b"` || err != nil {
		t.Error(p, err)
	}
}
