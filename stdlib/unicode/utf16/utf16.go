// Package utf16 translates between runes and UTF-16.  A rune above U+FFFF
// takes two units, a high surrogate (D800–DBFF) followed by a low one
// (DC00–DFFF), which share the 20 bits of the rune less 0x10000.
package utf16

const (
	replacementChar = '\uFFFD' // stands for what cannot be coded
	maxRune         = '\U0010FFFF'

	surr1    = 0xD800  // first high surrogate
	surr2    = 0xDC00  // first low surrogate
	surr3    = 0xE000  // first value after the surrogates
	surrSelf = 0x10000 // first rune that needs two units
)

// IsSurrogate reports whether r lies in the range reserved for surrogates.
func IsSurrogate(r rune) bool { return surr1 <= r && r < surr3 }

// DecodeRune returns the rune that the pair (r1, r2) stands for, or U+FFFD if
// they are not a high surrogate and a low one.
func DecodeRune(r1, r2 rune) rune {
	if surr1 <= r1 && r1 < surr2 && surr2 <= r2 && r2 < surr3 {
		return (r1-surr1)<<10 | (r2 - surr2) + surrSelf
	}
	return replacementChar
}

// EncodeRune returns the surrogate pair for r, or (U+FFFD, U+FFFD) if r needs
// no pair or is not valid.
func EncodeRune(r rune) (r1, r2 rune) {
	if r < surrSelf || maxRune < r {
		return replacementChar, replacementChar
	}
	r -= surrSelf
	return surr1 + r>>10&0x3FF, surr2 + r&0x3FF
}

// RuneLen returns how many 16-bit units r takes, or -1 if it is not valid.
func RuneLen(r rune) int {
	switch {
	case 0 <= r && r < surr1, surr3 <= r && r < surrSelf:
		return 1
	case surrSelf <= r && r <= maxRune:
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
	return append(a, replacementChar)
}

// Encode returns the encoding of s.
func Encode(s []rune) []uint16 {
	n := len(s)
	for _, r := range s {
		if r >= surrSelf {
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
	// A short result can stay on the caller's stack if this is inlined there.
	return decode(s, make([]rune, 0, 64))
}

// decode appends what s encodes to runes.
func decode(s []uint16, runes []rune) []rune {
	for i := 0; i < len(s); i++ {
		r := rune(s[i])
		if IsSurrogate(r) {
			if i+1 < len(s) && r < surr2 && surr2 <= s[i+1] && s[i+1] < surr3 {
				r = DecodeRune(r, rune(s[i+1]))
				i++
			} else {
				r = replacementChar
			}
		}
		runes = append(runes, r)
	}
	return runes
}
