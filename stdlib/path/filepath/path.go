// Package filepath works with paths of files as the system writes them: on Linux, elements separated by slashes.
package filepath

import (
	"errors"
	"internal/filepathlite"
	"io/fs"
	"os"
	"slices"
	"syscall"
)

// lstat is replaced by tests.
var lstat = os.Lstat

const (
	Separator     = os.PathSeparator
	ListSeparator = os.PathListSeparator
)

// Clean gives the shortest equivalent path: no empty or "." elements, no ".." that can be resolved without looking at
// files. "" becomes ".".
func Clean(path string) string { return filepathlite.Clean(path) }

// IsLocal reports whether the path stays below the directory that it is used in.
func IsLocal(path string) bool { return filepathlite.IsLocal(path) }

// Localize makes a system path of a path of package io/fs; it fails if that cannot be one.
func Localize(path string) (string, error) {
	valid := fs.ValidPath(path)
	for i := range len(path) {
		valid = valid && path[i] != 0
	}
	if !valid {
		return "", errors.New("invalid path")
	}
	return path, nil
}

// ToSlash and FromSlash change the separators to slashes and back: the same here.
func ToSlash(path string) string   { return path }
func FromSlash(path string) string { return path }

// SplitList splits a list like $PATH.
func SplitList(path string) []string {
	if path == "" {
		return []string{}
	}
	var list []string
	start := 0
	for i := 0; i <= len(path); i++ {
		if i == len(path) || path[i] == ListSeparator {
			list = append(list, path[start:i])
			start = i + 1
		}
	}
	return list
}

// Split cuts path after its last separator.
func Split(path string) (dir, file string) { return filepathlite.Split(path) }

// Join puts separators between the elements that are not empty, and cleans the result; "" if there are none.
func Join(elem ...string) string { return filepathlite.Join(elem) }

// Ext gives the end of the last element from its last dot.
func Ext(path string) string { return filepathlite.Ext(path) }

// Base gives the last element; "." for "", "/" for separators only.
func Base(path string) string { return filepathlite.Base(path) }

// Dir gives all but the last element, cleaned.
func Dir(path string) string { return filepathlite.Dir(path) }

// VolumeName gives the name of the volume at the start of the path: none here.
func VolumeName(path string) string { return "" }

// IsAbs reports whether the path is absolute.
func IsAbs(path string) bool { return path != "" && path[0] == Separator }

// Abs makes a path absolute by means of the working directory, and cleans it.
func Abs(path string) (string, error) {
	if IsAbs(path) {
		return Clean(path), nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	return Join(dir, path), nil
}

// HasPrefix is there for old programs.
//
// Deprecated: it does not know where elements end.
func HasPrefix(p, prefix string) bool { return len(p) >= len(prefix) && p[:len(prefix)] == prefix }

// Rel gives a path that leads from basePath to targPath. It fails if that takes the working directory, or the names
// behind "..".
func Rel(basePath, targPath string) (string, error) {
	base, target := Clean(basePath), Clean(targPath)
	if base == target {
		return ".", nil
	}
	if base == "." {
		base = ""
	}
	if target == "." {
		target = ""
	}
	failed := errors.New("Rel: can't make " + targPath + " relative to " + basePath)
	if IsAbs(base) != IsAbs(target) {
		return "", failed
	}
	// Take off common elements.
	b, t := elements(base), elements(target)
	for len(b) > 0 && len(t) > 0 && b[0] == t[0] {
		b, t = b[1:], t[1:]
	}
	if len(b) > 0 && b[0] == ".." {
		return "", failed
	}
	path := make([]string, 0, len(b)+len(t))
	for range b {
		path = append(path, "..")
	}
	path = append(path, t...)
	out := ""
	for i, e := range path {
		if i > 0 {
			out += "/"
		}
		out += e
	}
	return out, nil
}

// elements splits a clean path.
func elements(path string) []string {
	var list []string
	start := 0
	for i := 0; i <= len(path); i++ {
		if i == len(path) || path[i] == Separator {
			if i > start {
				list = append(list, path[start:i])
			}
			start = i + 1
		}
	}
	// A slash at the end demands a directory.
	if n := len(path); len(list) > 0 && path[n-1] == Separator {
		list = append(list, ".")
	}
	return list
}

// EvalSymlinks gives the path with all links replaced by what they stand for, cleaned.
func EvalSymlinks(path string) (string, error) {
	// Elements to go, and where we are.
	todo := elements(path)
	at := ""
	if IsAbs(path) {
		at = "/"
	}
	for links := 0; len(todo) > 0; {
		elem := todo[0]
		todo = todo[1:]
		switch elem {
		case ".":
			continue
		case "..":
			// All links in at are resolved, so its last element can be taken off.
			switch _, last := Split(at); {
			case at == "/":
			case at == "" || last == "..":
				at = Join(at, "..")
			default:
				if at = Dir(at); at == "." {
					at = ""
				}
			}
			continue
		}
		next := Join(at, elem)
		info, err := lstat(next)
		if err != nil {
			return "", err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			if !info.IsDir() && len(todo) > 0 {
				return "", syscall.ENOTDIR
			}
			at = next
			continue
		}
		if links++; links > 255 {
			return "", errors.New("EvalSymlinks: too many links")
		}
		target, err := os.Readlink(next)
		if err != nil {
			return "", err
		}
		if IsAbs(target) {
			at = "/"
		}
		todo = append(elements(target), todo...)
	}
	return Clean(at), nil
}

// Errors of walks, as in package io/fs.
var (
	SkipDir error = fs.SkipDir
	SkipAll error = fs.SkipAll
)

// WalkFunc is called by Walk for every file; err is why it could not be looked at (info may be nil then).
type WalkFunc func(path string, info fs.FileInfo, err error) error

// WalkDir calls fn for root and everything below it, in lexical order, a directory before its contents. It does not follow
// links. An error of fn ends the walk, but for SkipDir and SkipAll.
func WalkDir(root string, fn fs.WalkDirFunc) error {
	info, err := lstat(root)
	if err != nil {
		err = fn(root, nil, err)
	} else {
		err = walkDir(root, fs.FileInfoToDirEntry(info), fn)
	}
	if err == SkipDir || err == SkipAll {
		return nil
	}
	return err
}

func walkDir(path string, d fs.DirEntry, fn fs.WalkDirFunc) error {
	if err := fn(path, d, nil); err != nil || !d.IsDir() {
		if err == SkipDir && d.IsDir() {
			return nil
		}
		return err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		if err = fn(path, d, err); err != nil {
			if err == SkipDir && d.IsDir() {
				return nil
			}
			return err
		}
	}
	for _, e := range entries {
		if err := walkDir(Join(path, e.Name()), e, fn); err != nil {
			if err == SkipDir {
				break
			}
			return err
		}
	}
	return nil
}

// Walk is WalkDir with FileInfos, which it asks for every file.
func Walk(root string, fn WalkFunc) error {
	info, err := lstat(root)
	if err != nil {
		err = fn(root, nil, err)
	} else {
		err = walk(root, info, fn)
	}
	if err == SkipDir || err == SkipAll {
		return nil
	}
	return err
}

func walk(path string, info fs.FileInfo, fn WalkFunc) error {
	if !info.IsDir() {
		return fn(path, info, nil)
	}
	names, err := names(path)
	// The directory is visited once, with the error of reading it if there is one. Then the contents are left out.
	if visitErr := fn(path, info, err); err != nil || visitErr != nil {
		return visitErr
	}
	for _, name := range names {
		file := Join(path, name)
		info, err := lstat(file)
		if err != nil {
			if err := fn(file, info, err); err != nil && err != SkipDir {
				return err
			}
			continue
		}
		if err := walk(file, info, fn); err != nil {
			if !info.IsDir() || err != SkipDir {
				return err
			}
		}
	}
	return nil
}

// names gives the names in a directory, sorted.
func names(dir string) ([]string, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := f.Readdirnames(-1)
	if err != nil {
		return nil, err
	}
	slices.Sort(list)
	return list, nil
}

// ErrBadPattern says that a pattern is malformed.
var ErrBadPattern = filepathlite.ErrBadPattern

// Match reports whether all of name matches the shell pattern: * is any sequence of characters but separators, ? any one,
// [a-z] and [^a-z] one of a set, \x the character x.
func Match(pattern, name string) (matched bool, err error) {
	return filepathlite.Match(pattern, name, false)
}

// Glob gives the names of all files that match the pattern. Errors of reading are ignored.
func Glob(pattern string) (matches []string, err error) { return glob(pattern, 0) }

const maxGlobDepth = 10000

func glob(pattern string, depth int) (matches []string, err error) {
	if depth > maxGlobDepth {
		return nil, ErrBadPattern
	}
	if _, err := Match(pattern, ""); err != nil {
		return nil, err
	}
	if !filepathlite.HasMeta(pattern) {
		if _, err := lstat(pattern); err != nil {
			return nil, nil
		}
		return []string{pattern}, nil
	}
	dir, file := Split(pattern)
	switch dir {
	case "":
		dir = "."
	case "/":
	default:
		dir = dir[:len(dir)-1]
	}
	if !filepathlite.HasMeta(dir) {
		return globIn(dir, file, nil)
	}
	if dir == pattern {
		return nil, ErrBadPattern
	}
	dirs, err := glob(dir, depth+1)
	if err != nil {
		return nil, err
	}
	for _, d := range dirs {
		if matches, err = globIn(d, file, matches); err != nil {
			return matches, err
		}
	}
	return matches, nil
}

// globIn adds the files in dir that match.
func globIn(dir, pattern string, matches []string) ([]string, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return matches, nil
	}
	list, err := names(dir)
	if err != nil {
		return matches, nil
	}
	for _, name := range list {
		ok, err := Match(pattern, name)
		if err != nil {
			return matches, err
		}
		if ok {
			matches = append(matches, Join(dir, name))
		}
	}
	return matches, nil
}
