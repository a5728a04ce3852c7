// Package utf8 translates between runes and their UTF-8 encoding and answers
// questions about UTF-8 text.  The encoding is that of RFC 3629: no surrogate
// halves, nothing above U+10FFFF, and every rune in its shortest form.
//
// Whatever is not a valid encoding counts as one error of width 1, so that a
// decoder always advances.
package utf8

// Numbers that describe the encoding.
const (
	RuneError = '\uFFFD'     // what an invalid sequence decodes to
	RuneSelf  = 0x80         // runes below this are encoded as themselves, in one byte
	MaxRune   = '\U0010FFFF' // the largest code point
	UTFMax    = 4            // the most bytes one rune takes
)

const (
	surrogateMin = 0xD800
	surrogateMax = 0xDFFF

	max1 = 1<<7 - 1  // largest rune of one byte
	max2 = 1<<11 - 1 // of two bytes
	max3 = 1<<16 - 1 // of three bytes

	runeErrorByte0 = 0xEF // the encoding of RuneError
	runeErrorByte1 = 0xBF
	runeErrorByte2 = 0xBD
)

// leadInfo says, for a lead byte that is not ASCII, how long its sequence is and which
// range its second byte must lie in.  Only the second byte's range depends on
// the lead byte: that is where overlong forms, surrogates and too large values
// are rejected.  A size of 0 marks a byte that starts nothing.
func leadInfo(b byte) (size int, lo, hi byte) {
	switch {
	case b < 0xC2:
		return 0, 0, 0
	case b < 0xE0:
		return 2, 0x80, 0xBF
	case b < 0xF0:
		switch b {
		case 0xE0:
			return 3, 0xA0, 0xBF
		case 0xED:
			return 3, 0x80, 0x9F
		}
		return 3, 0x80, 0xBF
	case b < 0xF5:
		switch b {
		case 0xF0:
			return 4, 0x90, 0xBF
		case 0xF4:
			return 4, 0x80, 0x8F
		}
		return 4, 0x80, 0xBF
	}
	return 0, 0, 0
}

func isCont(b byte) bool { return b&0xC0 == 0x80 }

// FullRune reports whether p starts with a complete rune.  An invalid sequence
// is complete too, since it decodes to an error of width 1; only a sequence
// that more bytes could still make valid is not.
func FullRune(p []byte) bool {
	if len(p) == 0 {
		return false
	}
	if p[0] < RuneSelf {
		return true
	}
	size, lo, hi := leadInfo(p[0])
	if len(p) >= size {
		return true
	}
	if len(p) > 1 && (p[1] < lo || hi < p[1]) {
		return true
	}
	return len(p) > 2 && !isCont(p[2])
}

// FullRuneInString is [FullRune] for a string.
func FullRuneInString(s string) bool {
	if len(s) == 0 {
		return false
	}
	if s[0] < RuneSelf {
		return true
	}
	size, lo, hi := leadInfo(s[0])
	if len(s) >= size {
		return true
	}
	if len(s) > 1 && (s[1] < lo || hi < s[1]) {
		return true
	}
	return len(s) > 2 && !isCont(s[2])
}

// DecodeRune returns the first rune of p and the number of bytes it takes:
// (RuneError, 0) if p is empty, (RuneError, 1) if p starts with an invalid
// sequence.
func DecodeRune(p []byte) (r rune, size int) {
	if len(p) > 0 && p[0] < RuneSelf {
		return rune(p[0]), 1
	}
	return decodeSlow(p)
}

func decodeSlow(p []byte) (rune, int) {
	if len(p) == 0 {
		return RuneError, 0
	}
	b0 := p[0]
	size, lo, hi := leadInfo(b0)
	if size == 0 || len(p) < size {
		return RuneError, 1
	}
	b1 := p[1]
	if b1 < lo || hi < b1 {
		return RuneError, 1
	}
	if size == 2 {
		return rune(b0&0x1F)<<6 | rune(b1&0x3F), 2
	}
	b2 := p[2]
	if !isCont(b2) {
		return RuneError, 1
	}
	if size == 3 {
		return rune(b0&0x0F)<<12 | rune(b1&0x3F)<<6 | rune(b2&0x3F), 3
	}
	b3 := p[3]
	if !isCont(b3) {
		return RuneError, 1
	}
	return rune(b0&0x07)<<18 | rune(b1&0x3F)<<12 | rune(b2&0x3F)<<6 | rune(b3&0x3F), 4
}

// DecodeRuneInString is [DecodeRune] for a string.
func DecodeRuneInString(s string) (r rune, size int) {
	if len(s) > 0 && s[0] < RuneSelf {
		return rune(s[0]), 1
	}
	return decodeStringSlow(s)
}

func decodeStringSlow(s string) (rune, int) {
	if len(s) == 0 {
		return RuneError, 0
	}
	b0 := s[0]
	size, lo, hi := leadInfo(b0)
	if size == 0 || len(s) < size {
		return RuneError, 1
	}
	b1 := s[1]
	if b1 < lo || hi < b1 {
		return RuneError, 1
	}
	if size == 2 {
		return rune(b0&0x1F)<<6 | rune(b1&0x3F), 2
	}
	b2 := s[2]
	if !isCont(b2) {
		return RuneError, 1
	}
	if size == 3 {
		return rune(b0&0x0F)<<12 | rune(b1&0x3F)<<6 | rune(b2&0x3F), 3
	}
	b3 := s[3]
	if !isCont(b3) {
		return RuneError, 1
	}
	return rune(b0&0x07)<<18 | rune(b1&0x3F)<<12 | rune(b2&0x3F)<<6 | rune(b3&0x3F), 4
}

// DecodeLastRune returns the last rune of p and its width, with the same
// errors as [DecodeRune].
func DecodeLastRune(p []byte) (r rune, size int) {
	end := len(p)
	if end == 0 {
		return RuneError, 0
	}
	if p[end-1] < RuneSelf {
		return rune(p[end-1]), 1
	}
	// The rune starts at most UTFMax bytes before the end; a start byte found
	// there only counts if its sequence ends exactly at the end of p.
	limit := max(end-UTFMax, 0)
	for start := end - 1; start >= limit; start-- {
		if RuneStart(p[start]) {
			r, size = DecodeRune(p[start:end])
			if start+size == end {
				return r, size
			}
			break
		}
	}
	return RuneError, 1
}

// DecodeLastRuneInString is [DecodeLastRune] for a string.
func DecodeLastRuneInString(s string) (r rune, size int) {
	end := len(s)
	if end == 0 {
		return RuneError, 0
	}
	if s[end-1] < RuneSelf {
		return rune(s[end-1]), 1
	}
	limit := max(end-UTFMax, 0)
	for start := end - 1; start >= limit; start-- {
		if RuneStart(s[start]) {
			r, size = DecodeRuneInString(s[start:end])
			if start+size == end {
				return r, size
			}
			break
		}
	}
	return RuneError, 1
}

// RuneLen returns how many bytes the encoding of r takes, or -1 if r is not
// valid.
func RuneLen(r rune) int {
	switch {
	case r < 0:
		return -1
	case r <= max1:
		return 1
	case r <= max2:
		return 2
	case surrogateMin <= r && r <= surrogateMax:
		return -1
	case r <= max3:
		return 3
	case r <= MaxRune:
		return 4
	}
	return -1
}

// EncodeRune writes the encoding of r to p and returns its length.  Invalid
// runes are written as [RuneError].  It panics if p is too short.
func EncodeRune(p []byte, r rune) int {
	if uint32(r) <= max1 {
		p[0] = byte(r)
		return 1
	}
	return encodeSlow(p, r)
}

func encodeSlow(p []byte, r rune) int {
	switch u := uint32(r); {
	case u <= max2:
		_ = p[1] // panic before anything is written
		p[0] = 0xC0 | byte(u>>6)
		p[1] = 0x80 | byte(u)&0x3F
		return 2
	case u < surrogateMin, surrogateMax < u && u <= max3:
		_ = p[2]
		p[0] = 0xE0 | byte(u>>12)
		p[1] = 0x80 | byte(u>>6)&0x3F
		p[2] = 0x80 | byte(u)&0x3F
		return 3
	case max3 < u && u <= MaxRune:
		_ = p[3]
		p[0] = 0xF0 | byte(u>>18)
		p[1] = 0x80 | byte(u>>12)&0x3F
		p[2] = 0x80 | byte(u>>6)&0x3F
		p[3] = 0x80 | byte(u)&0x3F
		return 4
	}
	_ = p[2]
	p[0] = runeErrorByte0
	p[1] = runeErrorByte1
	p[2] = runeErrorByte2
	return 3
}

// AppendRune appends the encoding of r to p and returns the longer slice.
// Invalid runes are appended as [RuneError].
func AppendRune(p []byte, r rune) []byte {
	if uint32(r) <= max1 {
		return append(p, byte(r))
	}
	switch u := uint32(r); {
	case u <= max2:
		return append(p, 0xC0|byte(u>>6), 0x80|byte(u)&0x3F)
	case u < surrogateMin, surrogateMax < u && u <= max3:
		return append(p, 0xE0|byte(u>>12), 0x80|byte(u>>6)&0x3F, 0x80|byte(u)&0x3F)
	case max3 < u && u <= MaxRune:
		return append(p, 0xF0|byte(u>>18), 0x80|byte(u>>12)&0x3F, 0x80|byte(u>>6)&0x3F, 0x80|byte(u)&0x3F)
	}
	return append(p, runeErrorByte0, runeErrorByte1, runeErrorByte2)
}

// RuneCount returns the number of runes in p; each invalid byte counts as one.
func RuneCount(p []byte) int {
	n := 0
	for i := 0; i < len(p); n++ {
		if p[i] < RuneSelf {
			i++
			continue
		}
		_, size := decodeSlow(p[i:])
		i += size
	}
	return n
}

// RuneCountInString is [RuneCount] for a string.
func RuneCountInString(s string) (n int) {
	for i := 0; i < len(s); n++ {
		if s[i] < RuneSelf {
			i++
			continue
		}
		_, size := decodeStringSlow(s[i:])
		i += size
	}
	return n
}

// RuneStart reports whether b can be the first byte of an encoded rune, that
// is, whether its two top bits are not 10.
func RuneStart(b byte) bool { return !isCont(b) }

// Valid reports whether p consists of valid encodings only.
func Valid(p []byte) bool {
	// Eight ASCII bytes at a time: text is mostly ASCII.
	for len(p) >= 8 {
		if (p[0]|p[1]|p[2]|p[3]|p[4]|p[5]|p[6]|p[7])&0x80 != 0 {
			break
		}
		p = p[8:]
	}
	for i := 0; i < len(p); {
		if p[i] < RuneSelf {
			i++
			continue
		}
		_, size := decodeSlow(p[i:])
		if size == 1 {
			return false
		}
		i += size
	}
	return true
}

// ValidString is [Valid] for a string.
func ValidString(s string) bool {
	for len(s) >= 8 {
		if (s[0]|s[1]|s[2]|s[3]|s[4]|s[5]|s[6]|s[7])&0x80 != 0 {
			break
		}
		s = s[8:]
	}
	for i := 0; i < len(s); {
		if s[i] < RuneSelf {
			i++
			continue
		}
		_, size := decodeStringSlow(s[i:])
		if size == 1 {
			return false
		}
		i += size
	}
	return true
}

// ValidRune reports whether r can be encoded: not negative, not a surrogate
// half, not above [MaxRune].
func ValidRune(r rune) bool {
	return 0 <= r && r < surrogateMin || surrogateMax < r && r <= MaxRune
}
