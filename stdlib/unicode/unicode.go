// Package unicode tells what kind of character a rune is and maps runes
// between upper, lower and title case.
//
// tables.go is generated from the Unicode Character Database.  This file has
// the types the tables are made of and the functions that look things up.
// Mappings are from one rune to one rune; those of full case folding, which
// change the number of runes, are not here.
package unicode

// Bounds.
const (
	MaxRune         = '\U0010FFFF' // the largest code point
	ReplacementChar = '\uFFFD'     // stands for what is no code point
	MaxASCII        = '\u007F'
	MaxLatin1       = '\u00FF'
)

// RangeTable is a set of runes: those of R16 and R32, each sorted and without
// overlap.  R32 has only runes from 0x10000 on.
type RangeTable struct {
	R16         []Range16
	R32         []Range32
	LatinOffset int // how many ranges of R16 end within Latin-1
}

// Range16 is Lo, Lo+Stride and so on up to Hi.
type Range16 struct {
	Lo     uint16
	Hi     uint16
	Stride uint16
}

// Range32 is a [Range16] for larger runes.
type Range32 struct {
	Lo     uint32
	Hi     uint32
	Stride uint32
}

// CaseRange says how the case mappings change the runes from Lo to Hi: by
// Delta[UpperCase], Delta[LowerCase], Delta[TitleCase].  If these are
// [UpperLower], the range is one of alternating upper and lower case, beginning with upper.
type CaseRange struct {
	Lo    uint32
	Hi    uint32
	Delta d
}

type d [MaxCase]rune

// Indices of a CaseRange's Delta, and arguments of [To].
const (
	UpperCase = iota
	LowerCase
	TitleCase
	MaxCase
)

// UpperLower marks alternating ranges in a [CaseRange]; no real delta is as large.
const UpperLower = MaxRune + 1

// SpecialCase has the case mappings that a language does differently.
type SpecialCase []CaseRange

// TurkishCase is for Turkish: it has a dotted and a dotless i, each with both
// cases.
var TurkishCase SpecialCase = SpecialCase{
	{'I', 'I', d{0, 'ı' - 'I', 0}},
	{'i', 'i', d{'İ' - 'i', 0, 'İ' - 'i'}},
	{'İ', 'İ', d{0, 'i' - 'İ', 0}},
	{'ı', 'ı', d{'I' - 'ı', 0, 'I' - 'ı'}},
}

// AzeriCase is for Azeri, which has the same two letters.
var AzeriCase SpecialCase = TurkishCase

// GraphicRanges are the graphic runes: letters, marks, numbers, punctuation,
// symbols and spaces.
var GraphicRanges = []*RangeTable{L, M, N, P, S, Zs}

// PrintRanges are the printable runes but for the ASCII space: graphic runes
// without spaces.
var PrintRanges = []*RangeTable{L, M, N, P, S}

// Properties of Latin-1 runes, see latin1.
const (
	pControl = 1 << iota
	pPunct
	pNumber
	pSymbol
	pSpace // the category; IsSpace is wider
	pUpper
	pLower
	pPrint

	pLetter = pUpper | pLower // a letter without case has both
	pGraph  = pPrint | pSpace
)

// linearMax is the length up to which searching from the front beats halving.
const linearMax = 18

func is16(ranges []Range16, r uint16) bool {
	if len(ranges) <= linearMax || r <= MaxLatin1 {
		for i := range ranges {
			if x := &ranges[i]; r <= x.Hi {
				return x.Lo <= r && (x.Stride == 1 || (r-x.Lo)%x.Stride == 0)
			}
		}
		return false
	}
	lo, hi := 0, len(ranges)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		switch x := &ranges[mid]; {
		case r < x.Lo:
			hi = mid
		case x.Hi < r:
			lo = mid + 1
		default:
			return x.Stride == 1 || (r-x.Lo)%x.Stride == 0
		}
	}
	return false
}

func is32(ranges []Range32, r uint32) bool {
	lo, hi := 0, len(ranges)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		switch x := &ranges[mid]; {
		case r < x.Lo:
			hi = mid
		case x.Hi < r:
			lo = mid + 1
		default:
			return x.Stride == 1 || (r-x.Lo)%x.Stride == 0
		}
	}
	return false
}

// Is reports whether r is in the table.
func Is(rangeTab *RangeTable, r rune) bool {
	if r16 := rangeTab.R16; len(r16) > 0 && uint32(r) <= uint32(r16[len(r16)-1].Hi) {
		return is16(r16, uint16(r))
	}
	r32 := rangeTab.R32
	return len(r32) > 0 && r >= rune(r32[0].Lo) && is32(r32, uint32(r))
}

// isBeyondLatin is [Is] for a rune that is not in Latin-1.
func isBeyondLatin(t *RangeTable, r rune) bool {
	r16 := t.R16[t.LatinOffset:]
	if len(r16) > 0 && uint32(r) <= uint32(r16[len(r16)-1].Hi) {
		return is16(r16, uint16(r))
	}
	return len(t.R32) > 0 && r >= rune(t.R32[0].Lo) && is32(t.R32, uint32(r))
}

// In reports whether r is in one of the tables.
func In(r rune, ranges ...*RangeTable) bool { return IsOneOf(ranges, r) }

// IsOneOf reports whether r is in one of the tables; [In] reads better.
func IsOneOf(ranges []*RangeTable, r rune) bool {
	for _, t := range ranges {
		if Is(t, r) {
			return true
		}
	}
	return false
}

// IsControl reports whether r is a control character (Cc).  The category C has more.
func IsControl(r rune) bool {
	return uint32(r) <= MaxLatin1 && latin1[uint8(r)]&pControl != 0
}

// IsGraphic reports whether r is graphic, see [GraphicRanges].
func IsGraphic(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin1[uint8(r)]&pGraph != 0
	}
	return IsOneOf(GraphicRanges, r)
}

// IsPrint reports whether r is printable: in [PrintRanges], or the ASCII
// space, which is the only space that counts.
func IsPrint(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin1[uint8(r)]&pPrint != 0
	}
	return IsOneOf(PrintRanges, r)
}

// IsLetter reports whether r is a letter (L).
func IsLetter(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin1[uint8(r)]&pLetter != 0
	}
	return isBeyondLatin(_L, r)
}

// IsUpper reports whether r is an upper case letter (Lu).
func IsUpper(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin1[uint8(r)]&pLetter == pUpper
	}
	return isBeyondLatin(_Lu, r)
}

// IsLower reports whether r is a lower case letter (Ll).
func IsLower(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin1[uint8(r)]&pLetter == pLower
	}
	return isBeyondLatin(_Ll, r)
}

// IsTitle reports whether r is a title case letter (Lt).
func IsTitle(r rune) bool { return r > MaxLatin1 && isBeyondLatin(_Lt, r) }

// IsMark reports whether r is a mark (M).
func IsMark(r rune) bool { return r > MaxLatin1 && isBeyondLatin(_M, r) }

// IsDigit reports whether r is a decimal digit (Nd).
func IsDigit(r rune) bool {
	if r <= MaxLatin1 {
		return '0' <= r && r <= '9'
	}
	return isBeyondLatin(_Nd, r)
}

// IsNumber reports whether r is a number of any kind (N).
func IsNumber(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin1[uint8(r)]&pNumber != 0
	}
	return isBeyondLatin(_N, r)
}

// IsPunct reports whether r is punctuation (P).
func IsPunct(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin1[uint8(r)]&pPunct != 0
	}
	return isBeyondLatin(_P, r)
}

// IsSymbol reports whether r is a symbol (S).
func IsSymbol(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin1[uint8(r)]&pSymbol != 0
	}
	return isBeyondLatin(_S, r)
}

// IsSpace reports whether r is white space, by the property White_Space.  In
// Latin-1 that is tab, newline, vertical tab, form feed, carriage return,
// space, U+0085 (next line) and U+00A0 (no-break space).
func IsSpace(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return '\t' <= r && r <= '\r' || r == ' ' || r == 0x85 || r == 0xA0
	}
	return isBeyondLatin(_White_Space, r)
}

// convert maps r by the ranges, and reports whether one of them has r.
func convert(to int, r rune, ranges []CaseRange) (mapped rune, found bool) {
	if to < 0 || MaxCase <= to {
		return ReplacementChar, false
	}
	lo, hi := 0, len(ranges)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		x := &ranges[mid]
		switch {
		case r < rune(x.Lo):
			hi = mid
		case rune(x.Hi) < r:
			lo = mid + 1
		default:
			delta := x.Delta[to]
			if delta <= MaxRune {
				return r + delta, true
			}
			// Even distances from Lo are upper case, odd ones lower.
			pair := rune(x.Lo) + (r-rune(x.Lo))&^1
			if to == LowerCase {
				pair++
			}
			return pair, true
		}
	}
	return r, false
}

// To maps r to the case _case, which is [UpperCase], [LowerCase] or
// [TitleCase].
func To(_case int, r rune) rune {
	r, _ = convert(_case, r, CaseRanges)
	return r
}

// ToUpper maps r to upper case.
func ToUpper(r rune) rune {
	if uint32(r) <= MaxASCII {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}
	return To(UpperCase, r)
}

// ToLower maps r to lower case.
func ToLower(r rune) rune {
	if uint32(r) <= MaxASCII {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return To(LowerCase, r)
}

// ToTitle maps r to title case.
func ToTitle(r rune) rune {
	if uint32(r) <= MaxASCII {
		return ToUpper(r)
	}
	return To(TitleCase, r)
}

// ToUpper maps r to upper case, the special way if there is one.
func (special SpecialCase) ToUpper(r rune) rune {
	mapped, found := convert(UpperCase, r, special)
	if !found {
		mapped = ToUpper(r)
	}
	return mapped
}

// ToLower maps r to lower case, the special way if there is one.
func (special SpecialCase) ToLower(r rune) rune {
	mapped, found := convert(LowerCase, r, special)
	if !found {
		mapped = ToLower(r)
	}
	return mapped
}

// ToTitle maps r to title case, the special way if there is one.
func (special SpecialCase) ToTitle(r rune) rune {
	mapped, found := convert(TitleCase, r, special)
	if !found {
		mapped = ToTitle(r)
	}
	return mapped
}

// foldPair says that the next rune after from, among those that fold alike, is to.
type foldPair struct{ from, to rune }

// SimpleFold goes round the runes that are equal under simple case folding: it
// returns the next larger one, or the smallest if r is the largest.  A rune
// that is equal to no other, or not valid, is returned as it is.
//
//	SimpleFold('A') = 'a'
//	SimpleFold('a') = 'A'
//	SimpleFold('K') = 'k', then '\u212A' (Kelvin sign), then 'K' again
//	SimpleFold('1') = '1'
func SimpleFold(r rune) rune {
	if r < 0 || MaxRune < r {
		return r
	}
	lo, hi := 0, len(foldExceptions)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		switch x := &foldExceptions[mid]; {
		case r < x.from:
			hi = mid
		case x.from < r:
			lo = mid + 1
		default:
			return x.to
		}
	}
	if l := ToLower(r); l != r {
		return l
	}
	return ToUpper(r)
}
