package fstest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing/iotest"
)

// TestFS walks a file system and checks that it behaves as package fs demands, and that the expected files are there.
func TestFS(fsys fs.FS, expected ...string) error {
	if err := testFS(fsys, expected); err != nil {
		return err
	}
	// Once more below a directory: what Sub gives is a file system too.
	for _, name := range expected {
		dir, _, ok := strings.Cut(name, "/")
		if !ok {
			continue
		}
		sub, err := fs.Sub(fsys, dir)
		if err != nil {
			return err
		}
		var below []string
		for _, each := range expected {
			if rest, ok := strings.CutPrefix(each, dir+"/"); ok {
				below = append(below, rest)
			}
		}
		if err := testFS(sub, below); err != nil {
			return fmt.Errorf("testing fs.Sub(fsys, %s): %w", dir, err)
		}
		break // one is enough
	}
	return nil
}

func testFS(fsys fs.FS, expected []string) error {
	t := &tester{fsys: fsys}
	t.dir(".")
	t.open(".")
	found := make(map[string]bool)
	for _, name := range append(slices.Clone(t.dirs), t.files...) {
		found[name] = true
	}
	delete(found, ".")
	if len(expected) == 0 && len(found) > 0 {
		var list []string
		for name := range found {
			list = append(list, name)
		}
		slices.Sort(list)
		if len(list) > 15 {
			list = append(list[:10], "...")
		}
		t.errorf("expected empty file system but found files:\n%s", strings.Join(list, "\n"))
	}
	for _, name := range expected {
		if !found[name] {
			t.errorf("expected but not found: %s", name)
		}
	}
	return errors.Join(t.errs...)
}

// tester walks the tree and collects what is wrong.
type tester struct {
	fsys  fs.FS
	errs  []error
	dirs  []string
	files []string
}

func (t *tester) errorf(format string, args ...any) {
	t.errs = append(t.errs, fmt.Errorf(format, args...))
}

func (t *tester) openDir(dir string) fs.ReadDirFile {
	f, err := t.fsys.Open(dir)
	if err != nil {
		t.errorf("%s: Open: %w", dir, err)
		return nil
	}
	d, ok := f.(fs.ReadDirFile)
	if !ok {
		f.Close()
		t.errorf("%s: Open returned File type %T, not a fs.ReadDirFile", dir, f)
		return nil
	}
	return d
}

// dir checks a directory and everything below it.
func (t *tester) dir(dir string) {
	t.dirs = append(t.dirs, dir)
	d := t.openDir(dir)
	if d == nil {
		return
	}
	list, err := d.ReadDir(-1)
	if err != nil {
		d.Close()
		t.errorf("%s: ReadDir(-1): %w", dir, err)
		return
	}
	prefix := dir + "/"
	if dir == "." {
		prefix = ""
	}
	for _, entry := range list {
		name := entry.Name()
		switch name {
		case ".", "..", "":
			t.errorf("%s: ReadDir: child has invalid name: %#q", dir, name)
			continue
		}
		if strings.ContainsAny(name, `/\`) {
			t.errorf("%s: ReadDir: child name contains %s: %#q", dir, string(name[strings.IndexAny(name, `/\`)]), name)
			continue
		}
		full := prefix + name
		t.stat(full, entry)
		t.open(full)
		switch entry.Type() {
		case fs.ModeDir:
			t.dir(full)
		case fs.ModeSymlink:
			// Not followed, but it is there.
			t.files = append(t.files, full)
		default:
			t.file(full)
		}
	}
	// At the end, reading all gives nothing, reading some says so.
	if list, err := d.ReadDir(-1); len(list) > 0 || err != nil {
		d.Close()
		t.errorf("%s: ReadDir(-1) at EOF = %d entries, %v, wanted 0 entries, nil", dir, len(list), err)
		return
	}
	if list, err := d.ReadDir(1); len(list) > 0 || err != io.EOF {
		d.Close()
		t.errorf("%s: ReadDir(1) at EOF = %d entries, %v, wanted 0 entries, EOF", dir, len(list), err)
		return
	}
	if err := d.Close(); err != nil {
		t.errorf("%s: Close: %w", dir, err)
	}
	// Closing twice may fail, but not crash.
	d.Close()

	if d = t.openDir(dir); d == nil {
		return
	}
	defer d.Close()
	again, err := d.ReadDir(-1)
	if err != nil {
		t.errorf("%s: second Open+ReadDir(-1): %w", dir, err)
		return
	}
	t.sameList(dir, "first Open+ReadDir(-1) vs second Open+ReadDir(-1)", list, again)

	if d = t.openDir(dir); d == nil {
		return
	}
	defer d.Close()
	var parts []fs.DirEntry
	for n := 1; ; n = n%3 + 1 {
		some, err := d.ReadDir(n)
		if len(some) > n {
			t.errorf("%s: third Open: ReadDir(%d) after %d entries returned too many: %d entries", dir, n, len(parts), len(some))
			return
		}
		parts = append(parts, some...)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.errorf("%s: third Open: ReadDir(%d) after %d entries: %w", dir, n, len(parts), err)
			return
		}
		if len(some) == 0 {
			t.errorf("%s: third Open: ReadDir(%d) after %d entries: no entries but nil error", dir, n, len(parts))
			return
		}
	}
	t.sameList(dir, "first Open+ReadDir(-1) vs third Open+ReadDir(1,2) loop", list, parts)

	if fsys, ok := t.fsys.(fs.ReadDirFS); ok {
		list2, err := fsys.ReadDir(dir)
		if err != nil {
			t.errorf("%s: fsys.ReadDir: %w", dir, err)
			return
		}
		t.sameList(dir, "first Open+ReadDir(-1) vs fsys.ReadDir", list, list2)
		t.sorted(dir, "fsys.ReadDir", list2)
	}
	list2, err := fs.ReadDir(t.fsys, dir)
	if err != nil {
		t.errorf("%s: fs.ReadDir: %w", dir, err)
		return
	}
	t.sameList(dir, "first Open+ReadDir(-1) vs fs.ReadDir", list, list2)
	t.sorted(dir, "fs.ReadDir", list2)
	t.glob(dir, list2)
}

func (t *tester) sorted(dir, what string, list []fs.DirEntry) {
	if !slices.IsSortedFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) }) {
		t.errorf("%s: %s: list not sorted", dir, what)
	}
}

// glob checks a file system's own Glob with patterns for the names of a directory.
func (t *tester) glob(dir string, list []fs.DirEntry) {
	fsys, ok := t.fsys.(fs.GlobFS)
	if !ok {
		return
	}
	// Each element of the path as a pattern that matches it.
	pattern := ""
	if dir != "." {
		for i, element := range strings.Split(dir, "/") {
			if i > 0 {
				pattern += "/"
			}
			for n, r := range element {
				switch {
				case strings.ContainsRune(`*?[\`, r):
					pattern += `\` + string(r)
				case n%3 == 1 && r != '-' && r != ']' && r != '^':
					pattern += "[" + string(r) + "]"
				case n%3 == 2:
					pattern += "?"
				default:
					pattern += string(r)
				}
			}
		}
		pattern += "/"
	}
	if _, err := fsys.Glob(pattern + "nonexist/[]"); err == nil {
		t.errorf("%s: Glob(%#q): bad pattern not detected", dir, pattern+"nonexist/[]")
	}
	// Names with a letter that some of them have and others have not.
	letter := ""
	for c := 'a'; c <= 'z' && letter == ""; c++ {
		have, lack := false, false
		for _, entry := range list {
			if strings.ContainsRune(entry.Name(), c) {
				have = true
			} else {
				lack = true
			}
		}
		if have && lack {
			letter = string(c)
		}
	}
	pattern += "*"
	if letter != "" {
		pattern += letter + "*"
	}
	var want []string
	for _, entry := range list {
		if strings.Contains(entry.Name(), letter) {
			want = append(want, path.Join(dir, entry.Name()))
		}
	}
	// The directory's pattern may match others beside it.
	got, err := fsys.Glob(pattern)
	if err != nil {
		t.errorf("%s: Glob(%#q): %w", dir, pattern, err)
		return
	}
	if !slices.IsSorted(got) {
		t.errorf("%s: Glob(%#q): unsorted output:\n%s", dir, pattern, strings.Join(got, "\n"))
	}
	for _, name := range want {
		if !slices.Contains(got, name) {
			t.errorf("%s: Glob(%#q): wrong output: missing: %s", dir, pattern, name)
		}
	}
	for _, name := range got {
		if path.Dir(name) == dir && !slices.Contains(want, name) {
			t.errorf("%s: Glob(%#q): wrong output: extra: %s", dir, pattern, name)
		}
	}
}

func entryText(entry fs.DirEntry) string {
	return fmt.Sprintf("%s IsDir=%v Type=%v", entry.Name(), entry.IsDir(), entry.Type())
}

func infoText(info fs.FileInfo) string {
	return fmt.Sprintf("%s IsDir=%v Mode=%v Size=%d ModTime=%v", info.Name(), info.IsDir(), info.Mode(), info.Size(), info.ModTime())
}

// entryOf is what a directory's entry for the file would say.
func entryOf(info fs.FileInfo) string {
	return fmt.Sprintf("%s IsDir=%v Type=%v", info.Name(), info.IsDir(), info.Mode().Type())
}

// stat checks that everything that describes a file says the same.
func (t *tester) stat(name string, entry fs.DirEntry) {
	file, err := t.fsys.Open(name)
	if err != nil {
		t.errorf("%s: Open: %w", name, err)
		return
	}
	info, err := file.Stat()
	file.Close()
	if err != nil {
		t.errorf("%s: Stat: %w", name, err)
		return
	}
	isLink := entry.Type()&fs.ModeSymlink != 0
	// Of a link, the entry describes the link and the open file its target.
	if !isLink && entryOf(info) != entryText(entry) {
		t.errorf("%s: mismatch:\n\tentry = %s\n\tfile.Stat() = %s", name, entryText(entry), entryOf(info))
	}
	own, err := entry.Info()
	if err != nil {
		t.errorf("%s: entry.Info: %w", name, err)
		return
	}
	if entryText(entry) != entryOf(own) {
		t.errorf("%s: mismatch\n\tentry = %s\n\tentry.Info() = %s\n", name, entryText(entry), entryOf(own))
	}
	if !isLink && infoText(own) != infoText(info) {
		t.errorf("%s: mismatch:\n\tentry.Info() = %s\n\tfile.Stat() = %s\n", name, infoText(own), infoText(info))
	}
	by, err := fs.Stat(t.fsys, name)
	if err != nil {
		t.errorf("%s: fs.Stat: %w", name, err)
		return
	}
	if infoText(by) != infoText(info) {
		t.errorf("%s: fs.Stat(...) = %s\n\twant %s", name, infoText(by), infoText(info))
	}
	if fsys, ok := t.fsys.(fs.StatFS); ok {
		by, err := fsys.Stat(name)
		if err != nil {
			t.errorf("%s: fsys.Stat: %w", name, err)
			return
		}
		if infoText(by) != infoText(info) {
			t.errorf("%s: fsys.Stat(...) = %s\n\twant %s", name, infoText(by), infoText(info))
		}
	}
	if fsys, ok := t.fsys.(fs.ReadLinkFS); ok {
		by, err := fsys.Lstat(name)
		if err != nil {
			t.errorf("%s: fsys.Lstat: %v", name, err)
			return
		}
		if infoText(by) != infoText(own) {
			t.errorf("%s: mismatch:\n\tentry.Info() = %s\n\tfsys.Lstat(...) = %s\n", name, infoText(own), infoText(by))
		}
		if isLink {
			if _, err := fsys.ReadLink(name); err != nil {
				t.errorf("%s: fsys.ReadLink: %v", name, err)
			}
		}
	}
}

func (t *tester) sameList(dir, what string, list1, list2 []fs.DirEntry) {
	old := make(map[string]fs.DirEntry)
	for _, entry := range list1 {
		old[entry.Name()] = entry
	}
	var diffs []string
	for _, entry := range list2 {
		before := old[entry.Name()]
		switch {
		case before == nil:
			diffs = append(diffs, entry.Name()+" +"+entryText(entry))
			continue
		case entryText(before) != entryText(entry):
			diffs = append(diffs, entry.Name()+" -"+entryText(before)+" +"+entryText(entry))
		}
		delete(old, entry.Name())
	}
	for name, entry := range old {
		diffs = append(diffs, name+" -"+entryText(entry))
	}
	if len(diffs) > 0 {
		slices.Sort(diffs)
		t.errorf("%s: diff %s:\n\t%s", dir, what, strings.Join(diffs, "\n\t"))
	}
}

// file checks the content of a file, read in all ways.
func (t *tester) file(name string) {
	t.files = append(t.files, name)
	f, err := t.fsys.Open(name)
	if err != nil {
		t.errorf("%s: Open: %w", name, err)
		return
	}
	data, err := io.ReadAll(f)
	if err != nil {
		f.Close()
		t.errorf("%s: Open+ReadAll: %w", name, err)
		return
	}
	if err := f.Close(); err != nil {
		t.errorf("%s: Close: %w", name, err)
	}
	// Closing twice may fail, but not crash.
	f.Close()

	if fsys, ok := t.fsys.(fs.ReadFileFS); ok {
		by, err := fsys.ReadFile(name)
		if err != nil {
			t.errorf("%s: fsys.ReadFile: %w", name, err)
			return
		}
		t.sameData(name, "ReadAll vs fsys.ReadFile", data, by)
		// The caller may change what it got.
		for i := range by {
			by[i]++
		}
		again, err := fsys.ReadFile(name)
		if err != nil {
			t.errorf("%s: second call to fsys.ReadFile: %w", name, err)
			return
		}
		t.sameData(name, "Readall vs second fsys.ReadFile", data, again)
	}
	by, err := fs.ReadFile(t.fsys, name)
	if err != nil {
		t.errorf("%s: fs.ReadFile: %w", name, err)
		return
	}
	t.sameData(name, "ReadAll vs fs.ReadFile", data, by)

	f, err = t.fsys.Open(name)
	if err != nil {
		t.errorf("%s: second Open: %w", name, err)
		return
	}
	defer f.Close()
	if err := iotest.TestReader(f, data); err != nil {
		t.errorf("%s: failed TestReader:\n\t%s", name, strings.ReplaceAll(err.Error(), "\n", "\n\t"))
	}
}

func (t *tester) sameData(name, what string, data1, data2 []byte) {
	if string(data1) != string(data2) {
		t.errorf("%s: %s: different data returned\n\t%q\n\t%q", name, what, data1, data2)
	}
}

// open checks that names that are not valid cannot be opened, whatever the method.
func (t *tester) open(file string) {
	bad := []string{"/" + file, file + "/."}
	if file == "." {
		bad = append(bad, "/")
	}
	if at := strings.Index(file, "/"); at >= 0 {
		bad = append(bad, file[:at]+"//"+file[at+1:], file[:at]+"/./"+file[at+1:], file[:at]+`\`+file[at+1:], file[:at]+"/../"+file)
	}
	if at := strings.LastIndex(file, "/"); at >= 0 {
		bad = append(bad, file[:at]+"//"+file[at+1:], file[:at]+"/./"+file[at+1:], file+"/../"+file[at+1:])
	}
	calls := []struct {
		name string
		try  func(string) error
	}{
		{"Open", func(name string) error {
			f, err := t.fsys.Open(name)
			if err == nil {
				f.Close()
			}
			return err
		}},
	}
	if fsys, ok := t.fsys.(fs.ReadFileFS); ok {
		calls = append(calls, struct {
			name string
			try  func(string) error
		}{"ReadFile", func(name string) error { _, err := fsys.ReadFile(name); return err }})
	}
	if fsys, ok := t.fsys.(fs.StatFS); ok {
		calls = append(calls, struct {
			name string
			try  func(string) error
		}{"Stat", func(name string) error { _, err := fsys.Stat(name); return err }})
	}
	for _, call := range calls {
		for _, name := range bad {
			// A backslash is a letter like others, so there may be such a file.
			if fs.ValidPath(name) && !strings.Contains(name, `\`) {
				continue
			}
			if err := call.try(name); err == nil {
				t.errorf("%s: %s(%s) succeeded, want error", file, call.name, name)
			} else if e := (*fs.PathError)(nil); errors.As(err, &e) && e.Path != name {
				t.errorf("%s: %s(%s) error has Path %q", file, call.name, name, e.Path)
			}
		}
	}
}
