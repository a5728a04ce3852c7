package strings_test

import (
	"math/rand"
	"slices"
	"strings"
	"testing"
)

// naive is what Index must agree with.
func naive(s, sep string) int {
	for i := 0; i+len(sep) <= len(s); i++ {
		if s[i:i+len(sep)] == sep {
			return i
		}
	}
	return -1
}

// Few letters make many near misses and periodic patterns.
func TestIndexAgainstNaive(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	text := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = "ab"[r.Intn(2)]
		}
		return string(b)
	}
	for range 20000 {
		s, sep := text(r.Intn(120)), text(r.Intn(12))
		if r.Intn(3) == 0 {
			s = strings.Repeat(text(1+r.Intn(4)), 30) + s
			sep = strings.Repeat("a", r.Intn(10)) + sep
		}
		if got, want := strings.Index(s, sep), naive(s, sep); got != want {
			t.Fatalf("Index(%q, %q) = %d, want %d", s, sep, got, want)
		}
		last := -1
		for from := 0; ; {
			i := naive(s[from:], sep)
			if i < 0 || from > len(s) {
				break
			}
			last = from + i
			from = last + 1
			if from > len(s) {
				break
			}
		}
		if got := strings.LastIndex(s, sep); got != last {
			t.Fatalf("LastIndex(%q, %q) = %d, want %d", s, sep, got, last)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		s, sep string
		n      int
		want   []string
	}{
		{"", "", -1, []string{}},
		{"", ",", -1, []string{""}},
		{"a,b,,c", ",", -1, []string{"a", "b", "", "c"}},
		{"a,b,,c", ",", 2, []string{"a", "b,,c"}},
		{"a,b", ",", 0, nil},
		{"日\xffa", "", -1, []string{"日", "\xff", "a"}},
		{"日\xffa", "", 2, []string{"日", "\xffa"}},
	} {
		if got := strings.SplitN(c.s, c.sep, c.n); !slices.Equal(got, c.want) {
			t.Errorf("SplitN(%q, %q, %d) = %q", c.s, c.sep, c.n, got)
		}
	}
	if got := slices.Collect(strings.Lines("a\n\nb")); !slices.Equal(got, []string{"a\n", "\n", "b"}) {
		t.Errorf("%q", got)
	}
	if got := strings.Fields(" \ta\u00a0b\u2028 c\n"); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("%q", got)
	}
}

func TestCaseAndFold(t *testing.T) {
	if got := strings.ToUpper("aé\xffǆß"); got != "AÉ\uFFFDǄß" {
		t.Errorf("%q", got)
	}
	if !strings.EqualFold("Kſ", "\u212AS") || strings.EqualFold("a", "B") || strings.EqualFold("[", "{") {
		t.Error("EqualFold")
	}
	if got := strings.Map(func(r rune) rune {
		if r == 'b' {
			return -1
		}
		return r
	}, "abc\xff"); got != "ac\uFFFD" {
		t.Errorf("%q", got)
	}
}

func TestReplacer(t *testing.T) {
	for _, c := range []struct {
		oldnew []string
		s      string
		want   string
	}{
		{[]string{"a", "1", "b", "2", "a", "3"}, "abca", "12c1"},
		{[]string{"a", "11", "b", ""}, "abca", "11c11"},
		{[]string{"abc", "x"}, "abcabcab", "xxab"},
		{[]string{"a", "1", "aa", "2", "aaa", "3"}, "aaaa", "1111"},
		{[]string{"aaa", "3", "aa", "2", "a", "1"}, "aaaaa", "32"},
		{[]string{"", "-"}, "ab", "-a-b-"},
		{[]string{"a", "x", "", "-"}, "ab", "x-b-"},
	} {
		if got := strings.NewReplacer(c.oldnew...).Replace(c.s); got != c.want {
			t.Errorf("%q on %q: %q, want %q", c.oldnew, c.s, got, c.want)
		}
	}
}

func TestBuilderCopied(t *testing.T) {
	var a strings.Builder
	a.WriteString("x")
	b := a
	defer func() {
		if recover() != "strings: illegal use of non-zero Builder copied by value" {
			t.Error("no panic")
		}
	}()
	b.WriteString("y")
}
