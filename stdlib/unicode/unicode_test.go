package unicode_test

import (
	"testing"
	"unicode"
)

// Every table is sorted, without overlap, and its LatinOffset is right.
func TestTables(t *testing.T) {
	for _, tables := range []map[string]*unicode.RangeTable{
		unicode.Categories, unicode.Scripts, unicode.Properties, unicode.FoldCategory, unicode.FoldScript,
	} {
		for name, table := range tables {
			latin, end := 0, -1
			for _, r := range table.R16 {
				if int(r.Lo) <= end || r.Hi < r.Lo || r.Stride == 0 || (r.Hi-r.Lo)%r.Stride != 0 {
					t.Errorf("%s: bad range %v", name, r)
				}
				end = int(r.Hi)
				if r.Hi <= unicode.MaxLatin1 {
					latin++
				}
			}
			if latin != table.LatinOffset {
				t.Errorf("%s: LatinOffset is %d, not %d", name, table.LatinOffset, latin)
			}
			end = 0xFFFF
			for _, r := range table.R32 {
				if int(r.Lo) <= end || r.Hi < r.Lo || r.Stride == 0 || (r.Hi-r.Lo)%r.Stride != 0 {
					t.Errorf("%s: bad range %v", name, r)
				}
				end = int(r.Hi)
			}
		}
	}
}

// Every rune has exactly one two-letter category, and the functions agree with the tables.
func TestCategories(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		n := 0
		for name, table := range unicode.Categories {
			if len(name) == 2 && name != "LC" && unicode.Is(table, r) {
				n++
			}
		}
		if n != 1 {
			t.Fatalf("%U is in %d categories", r, n)
		}
		if unicode.IsLetter(r) != unicode.Is(unicode.L, r) || unicode.IsUpper(r) != unicode.Is(unicode.Lu, r) ||
			unicode.IsDigit(r) != unicode.Is(unicode.Nd, r) || unicode.IsSpace(r) != unicode.Is(unicode.White_Space, r) {
			t.Fatalf("%U: function and table differ", r)
		}
	}
}

// Folding goes round: whoever starts comes back.
func TestSimpleFold(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		x := unicode.SimpleFold(r)
		for n := 0; x != r; n++ {
			if n > 4 {
				t.Fatalf("%U does not come back", r)
			}
			x = unicode.SimpleFold(x)
		}
	}
	for _, c := range [][2]rune{{'A', 'a'}, {'a', 'A'}, {'K', 'k'}, {'k', '\u212A'}, {'\u212A', 'K'}, {'1', '1'}, {-2, -2}} {
		if got := unicode.SimpleFold(c[0]); got != c[1] {
			t.Errorf("SimpleFold(%U) = %U, want %U", c[0], got, c[1])
		}
	}
}

func TestCase(t *testing.T) {
	for _, c := range []struct{ r, upper, lower, title rune }{
		{'a', 'A', 'a', 'A'},
		{'ß', 'ß', 'ß', 'ß'},
		{'ǆ', 'Ǆ', 'ǆ', 'ǅ'},
		{'ſ', 'S', 'ſ', 'S'},
		{'İ', 'İ', 'i', 'İ'},
		{'\u0100', '\u0100', '\u0101', '\u0100'},
		{'\u0101', '\u0100', '\u0101', '\u0100'},
	} {
		if u, l, ti := unicode.ToUpper(c.r), unicode.ToLower(c.r), unicode.ToTitle(c.r); u != c.upper || l != c.lower || ti != c.title {
			t.Errorf("%U: %U %U %U", c.r, u, l, ti)
		}
	}
	if unicode.TurkishCase.ToUpper('i') != 'İ' || unicode.TurkishCase.ToLower('I') != 'ı' {
		t.Error("Turkish")
	}
	if unicode.To(unicode.MaxCase, 'a') != unicode.ReplacementChar {
		t.Error("bad case")
	}
}
