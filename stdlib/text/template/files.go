package template

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// source finds and reads the files of templates.
type source struct {
	base func(name string) string
	read func(name string) ([]byte, error)
}

var (
	onDisk = source{filepath.Base, os.ReadFile}
	noFile = "template: no files named in call to ParseFiles"
)

func inFS(fsys fs.FS) source {
	return source{path.Base, func(name string) ([]byte, error) { return fs.ReadFile(fsys, name) }}
}

// parse parses files into t or, if that is nil, a new template with the name of the first.
func (s source) parse(t *Template, names []string) (*Template, error) {
	if len(names) == 0 {
		return nil, fmt.Errorf("%s", noFile)
	}
	for _, file := range names {
		text, err := s.read(file)
		if err != nil {
			return nil, err
		}
		name := s.base(file)
		if t == nil {
			t = New(name)
		}
		nt := t
		if name != t.Name() {
			nt = t.New(name)
		}
		if _, err := nt.Parse(string(text)); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (s source) parseGlob(t *Template, glob func(string) ([]string, error), patterns ...string) (*Template, error) {
	var names []string
	for _, pattern := range patterns {
		list, err := glob(pattern)
		if err != nil {
			return nil, err
		}
		if len(list) == 0 {
			return nil, fmt.Errorf("template: pattern matches no files: %#q", pattern)
		}
		names = append(names, list...)
	}
	return s.parse(t, names)
}

// ParseFiles returns a template with the content of the first of the files, and its name without the
// directory; the others are associated with it.  Of files with the same name the last one counts.
func ParseFiles(filenames ...string) (*Template, error) { return onDisk.parse(nil, filenames) }

// ParseFiles parses files into templates associated with t, called like the files without their directories.  That of t's
// own name becomes t's content; if there is none, t may stay without, and [Template.ExecuteTemplate] is the way to use the
// others.  Of files with the same name the last one counts.
func (t *Template) ParseFiles(filenames ...string) (*Template, error) {
	t.init()
	return onDisk.parse(t, filenames)
}

// ParseGlob is [ParseFiles] with the files that match the pattern, as of [filepath.Match].  There must be one.
func ParseGlob(pattern string) (*Template, error) {
	return onDisk.parseGlob(nil, filepath.Glob, pattern)
}

// ParseGlob is [Template.ParseFiles] with the files that match the pattern, as of [filepath.Match].  There must be
// one.
func (t *Template) ParseGlob(pattern string) (*Template, error) {
	t.init()
	return onDisk.parseGlob(t, filepath.Glob, pattern)
}

// ParseFS is [ParseFiles] with the files in fsys that match the patterns, as of [path.Match].
func ParseFS(fsys fs.FS, patterns ...string) (*Template, error) { return parseFS(nil, fsys, patterns) }

// ParseFS is [Template.ParseFiles] with the files in fsys that match the patterns, as of [path.Match].
func (t *Template) ParseFS(fsys fs.FS, patterns ...string) (*Template, error) {
	t.init()
	return parseFS(t, fsys, patterns)
}

func parseFS(t *Template, fsys fs.FS, patterns []string) (*Template, error) {
	glob := func(pattern string) ([]string, error) { return fs.Glob(fsys, pattern) }
	return inFS(fsys).parseGlob(t, glob, patterns...)
}
