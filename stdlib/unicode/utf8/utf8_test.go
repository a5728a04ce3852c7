package utf8_test

import (
	"testing"
	"unicode/utf8"
)

// Every rune survives, in the length it should have, and nothing shorter is complete.
func TestAllRunes(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		b := utf8.AppendRune(nil, r)
		if !utf8.ValidRune(r) {
			if string(b) != "\uFFFD" || utf8.RuneLen(r) != -1 {
				t.Fatalf("%x became % x", r, b)
			}
			continue
		}
		got, size := utf8.DecodeRune(b)
		last, lastSize := utf8.DecodeLastRune(b)
		if got != r || last != r || size != len(b) || lastSize != len(b) || utf8.RuneLen(r) != len(b) || string(b) != string(r) {
			t.Fatalf("%x became % x became %x", r, b, got)
		}
		for n := range b {
			if utf8.FullRune(b[:n]) || utf8.Valid(b[:n]) != (n == 0) {
				t.Fatalf("% x counts as complete", b[:n])
			}
		}
	}
}

func TestInvalid(t *testing.T) {
	for _, s := range []string{"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xe2\x82", "\xf0\x9f\x98"} {
		if r, size := utf8.DecodeRuneInString(s); r != utf8.RuneError || size != 1 {
			t.Errorf("% x: %x, %d", s, r, size)
		}
		if r, size := utf8.DecodeLastRuneInString(s); r != utf8.RuneError || size != 1 {
			t.Errorf("% x, last: %x, %d", s, r, size)
		}
		if utf8.ValidString(s) || utf8.RuneCountInString(s) != len(s) {
			t.Errorf("% x counts as valid", s)
		}
	}
}
