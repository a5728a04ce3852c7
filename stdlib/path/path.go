// Package path works on paths with slashes, such as those in URLs.  For file
// names of the operating system there is path/filepath.
package path

import "internal/bytealg"

// Clean returns the shortest path with the same meaning, without looking at
// any files: it drops empty and . elements, each .. with the element before it,
// and .. at the start of a rooted path.  The result ends with a slash only if it is
// "/", and is "." instead of empty.
func Clean(path string) string {
	if path == "" {
		return "."
	}
	rooted := path[0] == '/'
	// Often nothing changes; out is made when something does.
	var out []byte
	n := 0 // length of the result so far, in out or as a prefix of path
	put := func(c byte) {
		if out == nil {
			if n < len(path) && path[n] == c {
				n++
				return
			}
			out = make([]byte, len(path))
			copy(out, path[:n])
		}
		out[n] = c
		n++
	}
	at := func(i int) byte {
		if out != nil {
			return out[i]
		}
		return path[i]
	}
	i, floor := 0, 0 // .. does not go back before floor
	if rooted {
		put('/')
		i, floor = 1, 1
	}
	for i < len(path) {
		end := i
		for end < len(path) && path[end] != '/' {
			end++
		}
		elem := path[i:end]
		switch {
		case elem == "" || elem == ".":
		case elem == "..":
			switch {
			case n > floor:
				n--
				for n > floor && at(n) != '/' {
					n--
				}
			case !rooted:
				if n > 0 {
					put('/')
				}
				put('.')
				put('.')
				floor = n
			}
		default:
			if rooted && n != 1 || !rooted && n != 0 {
				put('/')
			}
			for j := 0; j < len(elem); j++ {
				put(elem[j])
			}
		}
		i = end + 1
	}
	switch {
	case n == 0:
		return "."
	case out != nil:
		return string(out[:n])
	}
	return path[:n]
}

// Split splits path after its last slash.
func Split(path string) (dir, file string) {
	i := bytealg.LastIndexByteString(path, '/')
	return path[:i+1], path[i+1:]
}

// Join puts slashes between the elements that are not empty and cleans the
// result.  If there are none, the result is empty.
func Join(elem ...string) string {
	size := 0
	for _, e := range elem {
		size += len(e) + 1
	}
	b := make([]byte, 0, size)
	for _, e := range elem {
		if len(b) > 0 || e != "" {
			if len(b) > 0 {
				b = append(b, '/')
			}
			b = append(b, e...)
		}
	}
	if len(b) == 0 {
		return ""
	}
	return Clean(string(b))
}

// Ext returns what the last element ends with from its last dot on, or "".
func Ext(path string) string {
	for i := len(path) - 1; i >= 0 && path[i] != '/'; i-- {
		if path[i] == '.' {
			return path[i:]
		}
	}
	return ""
}

// Base returns the last element without slashes after it: "." if path is
// empty, "/" if it has slashes only.
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
	return path[bytealg.LastIndexByteString(path, '/')+1:]
}

// IsAbs reports whether path starts with a slash.
func IsAbs(path string) bool { return len(path) > 0 && path[0] == '/' }

// Dir returns path without its last element, cleaned.
func Dir(path string) string {
	dir, _ := Split(path)
	return Clean(dir)
}
