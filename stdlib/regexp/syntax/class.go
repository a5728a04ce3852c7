package syntax

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// A class of characters is a slice of pairs, the first and the last rune of a range. It is clean if the ranges are
// sorted and there is a gap between any two.

// The runes that have others that differ only by case are in this range.
const (
	firstFolding = 0x0041
	lastFolding  = 0x1e943
)

// isFolding reports whether r is the same as others but for its case.
func isFolding(r rune) bool {
	return firstFolding <= r && r <= lastFolding && unicode.SimpleFold(r) != r
}

// minFold returns the least rune that is the same as r but for its case.
func minFold(r rune) rune {
	if r < firstFolding || r > lastFolding {
		return r
	}
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return least
}

// inClass reports whether r is in a clean class.
func inClass(class []rune, r rune) bool {
	lo, hi := 0, len(class)/2
	for lo < hi {
		m := int(uint(lo+hi) / 2)
		switch {
		case r < class[2*m]:
			hi = m
		case class[2*m+1] < r:
			lo = m + 1
		default:
			return true
		}
	}
	return false
}

// addRange adds the range from lo to hi. It looks at the last two ranges for one to extend, which is where a
// neighbour is if letters come in both cases.
func addRange(class []rune, lo, hi rune) []rune {
	n := len(class)
	for i := n - 2; i >= 0 && i >= n-4; i -= 2 {
		if lo <= class[i+1]+1 && class[i] <= hi+1 {
			class[i] = min(class[i], lo)
			class[i+1] = max(class[i+1], hi)
			return class
		}
	}
	return append(class, lo, hi)
}

// addFolded adds the range from lo to hi and all that differs from it by case only.
func addFolded(class []rune, lo, hi rune) []rune {
	if lo <= firstFolding && hi >= lastFolding || hi < firstFolding || lo > lastFolding {
		return addRange(class, lo, hi)
	}
	if lo < firstFolding {
		class = addRange(class, lo, firstFolding-1)
		lo = firstFolding
	}
	if hi > lastFolding {
		class = addRange(class, lastFolding+1, hi)
		hi = lastFolding
	}
	for r := lo; r <= hi; r++ {
		class = addRange(class, r, r)
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			class = addRange(class, f, f)
		}
	}
	return class
}

// addLiteral adds one rune, with the flags of a literal.
func addLiteral(class []rune, r rune, flags Flags) []rune {
	if flags&FoldCase != 0 {
		return addFolded(class, r, r)
	}
	return addRange(class, r, r)
}

func addClass(class, more []rune) []rune {
	for i := 0; i < len(more); i += 2 {
		class = addRange(class, more[i], more[i+1])
	}
	return class
}

func addTable(class []rune, t *unicode.RangeTable) []rune {
	add := func(lo, hi, stride rune) {
		if stride == 1 {
			class = addRange(class, lo, hi)
			return
		}
		for r := lo; r <= hi; r += stride {
			class = addRange(class, r, r)
		}
	}
	for _, x := range t.R16 {
		add(rune(x.Lo), rune(x.Hi), rune(x.Stride))
	}
	for _, x := range t.R32 {
		add(rune(x.Lo), rune(x.Hi), rune(x.Stride))
	}
	return class
}

// clean sorts a class and joins what overlaps or touches, in place.
func clean(class []rune) []rune {
	n := len(class)
	sorted := true
	for i := 2; i < n && sorted; i += 2 {
		sorted = class[i-1]+1 < class[i]
	}
	if sorted {
		return class
	}
	pairs := make([][2]rune, n/2)
	for i := range pairs {
		pairs[i] = [2]rune{class[2*i], class[2*i+1]}
	}
	slices.SortFunc(pairs, func(a, b [2]rune) int { return int(a[0] - b[0]) })
	out := class[:0]
	for _, p := range pairs {
		if k := len(out); k > 0 && p[0] <= out[k-1]+1 {
			out[k-1] = max(out[k-1], p[1])
			continue
		}
		out = append(out, p[0], p[1])
	}
	return out
}

// complement returns all that is not in a clean class.
func complement(class []rune) []rune {
	out := make([]rune, 0, len(class)+2)
	next := rune(0)
	for i := 0; i < len(class); i += 2 {
		if next < class[i] {
			out = append(out, next, class[i]-1)
		}
		next = class[i+1] + 1
	}
	if next <= unicode.MaxRune {
		out = append(out, next, unicode.MaxRune)
	}
	return out
}

// addPart adds a class or its complement to a class being written, by the parser's flags.
func addPart(class, part []rune, negate bool, flags Flags) []rune {
	if flags&FoldCase != 0 {
		var folded []rune
		for i := 0; i < len(part); i += 2 {
			folded = addFolded(folded, part[i], part[i+1])
		}
		part = clean(folded)
	}
	if negate {
		part = complement(part)
	}
	return addClass(class, part)
}

// perlClass returns the class that c, one of d s w, names after a backslash.
func perlClass(c byte) []rune {
	switch c {
	case 'd':
		return []rune{'0', '9'}
	case 's':
		return []rune{'\t', '\n', '\f', '\r', ' ', ' '}
	case 'w':
		return []rune{'0', '9', 'A', 'Z', '_', '_', 'a', 'z'}
	}
	return nil
}

// asciiClass returns the class [:name:].
func asciiClass(name string) []rune {
	switch name {
	case "alnum":
		return []rune{'0', '9', 'A', 'Z', 'a', 'z'}
	case "alpha":
		return []rune{'A', 'Z', 'a', 'z'}
	case "ascii":
		return []rune{0, 0x7f}
	case "blank":
		return []rune{'\t', '\t', ' ', ' '}
	case "cntrl":
		return []rune{0, 0x1f, 0x7f, 0x7f}
	case "digit":
		return []rune{'0', '9'}
	case "graph":
		return []rune{'!', '~'}
	case "lower":
		return []rune{'a', 'z'}
	case "print":
		return []rune{' ', '~'}
	case "punct":
		return []rune{'!', '/', ':', '@', '[', '`', '{', '~'}
	case "space":
		return []rune{'\t', '\r', ' ', ' '}
	case "upper":
		return []rune{'A', 'Z'}
	case "word":
		return []rune{'0', '9', 'A', 'Z', '_', '_', 'a', 'z'}
	case "xdigit":
		return []rune{'0', '9', 'A', 'F', 'a', 'f'}
	}
	return nil
}

// unicodeNames maps the names of Unicode's classes, without case, spaces, hyphens and underscores, to how
// package unicode spells them. Categories win over scripts.
var unicodeNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for name := range unicode.Scripts {
		names[plainName(name)] = name
	}
	for alias, name := range unicode.CategoryAliases {
		names[plainName(alias)] = name
	}
	for name := range unicode.Categories {
		names[plainName(name)] = name
	}
	return names
})

func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-' || r == '_':
			return -1
		case 'A' <= r && r <= 'Z':
			return r + ('a' - 'A')
		}
		return r
	}, name)
}

// unicodeClass returns the class \p{name} and what is to be added to it where case does not matter.
func unicodeClass(name string) (class, folded []rune, ok bool) {
	if t := unicode.Categories[name]; t != nil {
		class = addTable(nil, t)
	} else if t := unicode.Scripts[name]; t != nil {
		class = addTable(nil, t)
	} else {
		plain := plainName(name)
		switch plain {
		case "any":
			return []rune{0, unicode.MaxRune}, nil, true
		case "ascii":
			// The two beyond ASCII are k and s of other shapes.
			return []rune{0, unicode.MaxASCII}, []rune{0x17f, 0x17f, 0x212a, 0x212a}, true
		case "assigned":
			return complement(clean(addTable(nil, unicode.Cn))), nil, true
		}
		known, found := unicodeNames()[plain]
		if !found || known == name {
			return nil, nil, false
		}
		return unicodeClass(known)
	}
	if t := unicode.FoldCategory[name]; t != nil {
		folded = addTable(nil, t)
	} else if t := unicode.FoldScript[name]; t != nil {
		folded = addTable(nil, t)
	}
	return class, folded, true
}
