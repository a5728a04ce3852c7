// Package filepathlite has the operations on slash-separated paths that path, path/filepath, io/fs and os share.
package filepathlite

import (
	"errors"
	"unicode/utf8"
)

// Clean gives the shortest equivalent path: no empty or "." elements, no ".." that can be resolved by looking at the
// path alone. The empty path becomes ".".
func Clean(path string) string {
	if path == "" {
		return "."
	}
	rooted := path[0] == '/'
	out := make([]byte, 0, len(path))
	if rooted {
		out = append(out, '/')
	}
	// Elements before floor cannot be taken back by "..": the root, and leading ".."s.
	floor := len(out)
	for i := 0; i < len(path); {
		for i < len(path) && path[i] == '/' {
			i++
		}
		start := i
		for i < len(path) && path[i] != '/' {
			i++
		}
		switch elem := path[start:i]; {
		case elem == "" || elem == ".":
		case elem != "..":
			if len(out) > 0 && out[len(out)-1] != '/' {
				out = append(out, '/')
			}
			out = append(out, elem...)
		case len(out) > floor:
			for len(out) > floor && out[len(out)-1] != '/' {
				out = out[:len(out)-1]
			}
			if len(out) > floor {
				out = out[:len(out)-1]
			}
		case !rooted:
			if len(out) > 0 {
				out = append(out, '/')
			}
			out = append(out, ".."...)
			floor = len(out)
		}
	}
	if len(out) == 0 {
		return "."
	}
	if string(out) == path {
		return path
	}
	return string(out)
}

// Split cuts path after its last slash.
func Split(path string) (dir, file string) {
	i := len(path) - 1
	for i >= 0 && path[i] != '/' {
		i--
	}
	return path[:i+1], path[i+1:]
}

// Base gives the last element; "." for the empty path, "/" for slashes only.
func Base(path string) string {
	if path == "" {
		return "."
	}
	for len(path) > 0 && path[len(path)-1] == '/' {
		path = path[:len(path)-1]
	}
	if path == "" {
		return "/"
	}
	_, file := Split(path)
	return file
}

// Dir gives all but the last element, cleaned.
func Dir(path string) string {
	dir, _ := Split(path)
	return Clean(dir)
}

// Ext gives the end of the last element from its last dot.
func Ext(path string) string {
	for i := len(path) - 1; i >= 0 && path[i] != '/'; i-- {
		if path[i] == '.' {
			return path[i:]
		}
	}
	return ""
}

// Join puts slashes between the elements that are not empty, and cleans the result; "" if there are none.
func Join(elems []string) string {
	n := 0
	for _, e := range elems {
		n += len(e) + 1
	}
	b := make([]byte, 0, n)
	for _, e := range elems {
		if e == "" && len(b) == 0 {
			continue
		}
		if len(b) > 0 {
			b = append(b, '/')
		}
		b = append(b, e...)
	}
	if len(b) == 0 {
		return ""
	}
	return Clean(string(b))
}

// IsLocal reports whether the path stays below the directory that it is used in.
func IsLocal(path string) bool {
	if path == "" || path[0] == '/' {
		return false
	}
	depth := 0
	for i := 0; i < len(path); {
		start := i
		for i < len(path) && path[i] != '/' {
			i++
		}
		switch path[start:i] {
		case "", ".":
		case "..":
			if depth--; depth < 0 {
				return false
			}
		default:
			depth++
		}
		i++
	}
	return true
}

// ErrBadPattern says that a pattern is malformed.
var ErrBadPattern = errors.New("syntax error in pattern")

// Match reports whether all of name matches the shell pattern: * is any sequence of characters that are not slashes, ? any
// one of them, [a-z] and [^a-z] one of a set, \x the character x. If whole is set all of the pattern is checked, else as
// far as it was needed.
func Match(pattern, name string, whole bool) (matched bool, err error) {
	for pattern != "" {
		// A star (or several), then a piece without star.
		star := false
		for pattern != "" && pattern[0] == '*' {
			star = true
			pattern = pattern[1:]
		}
		n := pieceLength(pattern)
		piece := pattern[:n]
		pattern = pattern[n:]
		if star && piece == "" {
			// The rest of the name, if there is no slash in it.
			for i := 0; i < len(name); i++ {
				if name[i] == '/' {
					return false, nil
				}
			}
			return true, nil
		}
		rest, ok, err := matchPiece(piece, name)
		// At the end of the pattern the piece must reach the end of the name.
		if ok && (rest == "" || pattern != "") {
			name = rest
			continue
		}
		if err != nil {
			return false, err
		}
		found := false
		if star {
			for i := 0; i < len(name) && name[i] != '/'; i++ {
				rest, ok, err := matchPiece(piece, name[i+1:])
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
		// No match; still, the rest of the pattern must be well-formed.
		for whole && pattern != "" {
			for pattern != "" && pattern[0] == '*' {
				pattern = pattern[1:]
			}
			n := pieceLength(pattern)
			piece := pattern[:n]
			pattern = pattern[n:]
			if _, _, err := matchPiece(piece, ""); err != nil {
				return false, err
			}
		}
		return false, nil
	}
	return name == "", nil
}

// pieceLength finds the first star that is one.
func pieceLength(pattern string) int {
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
				return i
			}
		}
	}
	return len(pattern)
}

// matchPiece matches a piece at the start of s and gives what is left of s. After a mismatch it goes on reading the piece
// for errors.
func matchPiece(piece, s string) (rest string, ok bool, err error) {
	failed := false
	for piece != "" {
		failed = failed || s == ""
		switch piece[0] {
		case '[':
			var r rune
			if !failed {
				var n int
				r, n = utf8.DecodeRuneInString(s)
				s = s[n:]
			}
			piece = piece[1:]
			negated := false
			if piece != "" && piece[0] == '^' {
				negated = true
				piece = piece[1:]
			}
			match := false
			for ranges := 0; ; ranges++ {
				if piece != "" && piece[0] == ']' && ranges > 0 {
					piece = piece[1:]
					break
				}
				var low, high rune
				if low, piece, err = setChar(piece); err != nil {
					return "", false, err
				}
				high = low
				if piece[0] == '-' {
					if high, piece, err = setChar(piece[1:]); err != nil {
						return "", false, err
					}
				}
				match = match || low <= r && r <= high
			}
			failed = failed || match == negated
		case '?':
			if !failed {
				failed = s[0] == '/'
				_, n := utf8.DecodeRuneInString(s)
				s = s[n:]
			}
			piece = piece[1:]
		default:
			if piece[0] == '\\' {
				if piece = piece[1:]; piece == "" {
					return "", false, ErrBadPattern
				}
			}
			if !failed {
				failed = piece[0] != s[0]
				s = s[1:]
			}
			piece = piece[1:]
		}
	}
	if failed {
		return "", false, nil
	}
	return s, true, nil
}

// setChar reads a character of a set; something must follow it.
func setChar(piece string) (r rune, rest string, err error) {
	if piece == "" || piece[0] == '-' || piece[0] == ']' {
		return 0, "", ErrBadPattern
	}
	if piece[0] == '\\' {
		if piece = piece[1:]; piece == "" {
			return 0, "", ErrBadPattern
		}
	}
	r, n := utf8.DecodeRuneInString(piece)
	if r == utf8.RuneError && n == 1 {
		return 0, "", ErrBadPattern
	}
	if rest = piece[n:]; rest == "" {
		return 0, "", ErrBadPattern
	}
	return r, rest, nil
}

// HasMeta reports whether a pattern has characters that are special.
func HasMeta(path string) bool {
	for i := 0; i < len(path); i++ {
		switch path[i] {
		case '*', '?', '[', '\\':
			return true
		}
	}
	return false
}
