// Package utf16 translates between runes and UTF-16.  A rune above U+FFFF
// takes two units, a high surrogate (D800–DBFF) followed by a low one
// (DC00–DFFF), which share the 20 bits of the rune less 0x10000.
package utf16

const (
	replacement = '\uFFFD' // stands for what cannot be coded
	maxRune     = '\U0010FFFF'

	highMin  = 0xD800
	lowMin   = 0xDC00
	lowEnd   = 0xE000 // first value after the surrogates
	selfOver = 0x10000
)

// IsSurrogate reports whether r lies in the range reserved for surrogates.
func IsSurrogate(r rune) bool { return highMin <= r && r < lowEnd }

// DecodeRune returns the rune that the pair (r1, r2) stands for, or U+FFFD if
// they are not a high surrogate and a low one.
func DecodeRune(r1, r2 rune) rune {
	if highMin <= r1 && r1 < lowMin && lowMin <= r2 && r2 < lowEnd {
		return (r1-highMin)<<10 | (r2 - lowMin) + selfOver
	}
	return replacement
}

// EncodeRune returns the surrogate pair for r, or (U+FFFD, U+FFFD) if r needs
// no pair or is not valid.
func EncodeRune(r rune) (r1, r2 rune) {
	if r < selfOver || maxRune < r {
		return replacement, replacement
	}
	r -= selfOver
	return highMin + r>>10&0x3FF, lowMin + r&0x3FF
}

// RuneLen returns how many 16-bit units r takes, or -1 if it is not valid.
func RuneLen(r rune) int {
	switch {
	case 0 <= r && r < highMin, lowEnd <= r && r < selfOver:
		return 1
	case selfOver <= r && r <= maxRune:
		return 2
	}
	return -1
}

// AppendRune appends the encoding of r to a; invalid runes become U+FFFD.
func AppendRune(a []uint16, r rune) []uint16 {
	switch RuneLen(r) {
	case 1:
		return append(a, uint16(r))
	case 2:
		r1, r2 := EncodeRune(r)
		return append(a, uint16(r1), uint16(r2))
	}
	return append(a, replacement)
}

// Encode returns the encoding of s.
func Encode(s []rune) []uint16 {
	n := len(s)
	for _, r := range s {
		if r >= selfOver {
			n++
		}
	}
	a := make([]uint16, 0, n)
	for _, r := range s {
		a = AppendRune(a, r)
	}
	return a
}

// Decode returns the runes that s encodes; a surrogate without its partner
// becomes U+FFFD.
func Decode(s []uint16) []rune {
	runes := make([]rune, 0, len(s))
	for i := 0; i < len(s); i++ {
		r := rune(s[i])
		if IsSurrogate(r) {
			if i+1 < len(s) && r < lowMin && lowMin <= s[i+1] && s[i+1] < lowEnd {
				r = DecodeRune(r, rune(s[i+1]))
				i++
			} else {
				r = replacement
			}
		}
		runes = append(runes, r)
	}
	return runes
}
