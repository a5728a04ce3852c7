package path

import (
	"errors"
	"unicode/utf8"
)

// ErrBadPattern says that a pattern is malformed.
var ErrBadPattern = errors.New("syntax error in pattern")

// Match reports whether all of name matches pattern:
//
//   - any characters but slashes, or none
//     ?        one character but no slash
//     [a-z_]   one of these; [^…] one other
//     \c       c
//     c        c itself
//
// In brackets \, - and ] must be escaped; there must be something in them.  A
// malformed pattern is [ErrBadPattern], even if the name could not match
// anyway.
func Match(pattern, name string) (matched bool, err error) {
	// Chunks between stars: the first must match at the start, each other at the
	// first place where it does, unless it is the last, which must match the end.
	for len(pattern) > 0 {
		star := false
		for len(pattern) > 0 && pattern[0] == '*' {
			pattern = pattern[1:]
			star = true
		}
		chunk := nextChunk(pattern)
		pattern = pattern[len(chunk):]
		if star && chunk == "" {
			for i := 0; i < len(name); i++ {
				if name[i] == '/' {
					return false, nil
				}
			}
			return true, nil
		}
		rest, ok, err := matchChunk(chunk, name)
		if ok && (rest == "" || len(pattern) > 0) {
			name = rest
			continue
		}
		if err != nil {
			return false, err
		}
		found := false
		if star {
			for i := 0; i < len(name) && name[i] != '/'; i++ {
				rest, ok, err := matchChunk(chunk, name[i+1:])
				if ok {
					if pattern == "" && rest != "" {
						continue
					}
					name = rest
					found = true
					break
				}
				if err != nil {
					return false, err
				}
			}
		}
		if found {
			continue
		}
		// No match; but is the rest of the pattern well formed?
		for len(pattern) > 0 {
			for len(pattern) > 0 && pattern[0] == '*' {
				pattern = pattern[1:]
			}
			chunk := nextChunk(pattern)
			pattern = pattern[len(chunk):]
			if _, _, err := matchChunk(chunk, ""); err != nil {
				return false, err
			}
		}
		return false, nil
	}
	return name == "", nil
}

// nextChunk returns the part of pattern before the next star that is one.
func nextChunk(pattern string) string {
	inSet := false
	for i := 0; i < len(pattern); i++ {
		switch pattern[i] {
		case '\\':
			i++
		case '[':
			inSet = true
		case ']':
			inSet = false
		case '*':
			if !inSet {
				return pattern[:i]
			}
		}
	}
	return pattern
}

// matchChunk matches a pattern without stars with the start of s and returns
// the rest.  After a mismatch it goes on to the end of the chunk, for errors.
func matchChunk(chunk, s string) (rest string, ok bool, err error) {
	failed := false
	for len(chunk) > 0 {
		failed = failed || s == ""
		switch chunk[0] {
		case '[':
			var r rune
			if !failed {
				var size int
				r, size = utf8.DecodeRuneInString(s)
				s = s[size:]
			}
			chunk = chunk[1:]
			negated := false
			if chunk != "" && chunk[0] == '^' {
				negated = true
				chunk = chunk[1:]
			}
			match := false
			for n := 0; ; n++ {
				if chunk != "" && chunk[0] == ']' && n > 0 {
					chunk = chunk[1:]
					break
				}
				var lo, hi rune
				if lo, chunk, err = setRune(chunk); err != nil {
					return "", false, err
				}
				hi = lo
				if chunk[0] == '-' {
					if hi, chunk, err = setRune(chunk[1:]); err != nil {
						return "", false, err
					}
				}
				match = match || lo <= r && r <= hi
			}
			failed = failed || match == negated
		case '?':
			if !failed {
				if s[0] == '/' {
					failed = true
				}
				_, size := utf8.DecodeRuneInString(s)
				s = s[size:]
			}
			chunk = chunk[1:]
		case '\\':
			chunk = chunk[1:]
			if chunk == "" {
				return "", false, ErrBadPattern
			}
			fallthrough
		default:
			if !failed {
				failed = chunk[0] != s[0]
				s = s[1:]
			}
			chunk = chunk[1:]
		}
	}
	if failed {
		return "", false, nil
	}
	return s, true, nil
}

// setRune returns the next character in brackets and what follows, which is not
// empty.
func setRune(chunk string) (r rune, rest string, err error) {
	if chunk == "" || chunk[0] == '-' || chunk[0] == ']' {
		return 0, "", ErrBadPattern
	}
	if chunk[0] == '\\' {
		chunk = chunk[1:]
		if chunk == "" {
			return 0, "", ErrBadPattern
		}
	}
	r, size := utf8.DecodeRuneInString(chunk)
	rest = chunk[size:]
	if r == utf8.RuneError && size == 1 || rest == "" {
		return 0, "", ErrBadPattern
	}
	return r, rest, nil
}
