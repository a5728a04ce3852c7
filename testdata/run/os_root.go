// run

package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	dir, _ := os.MkdirTemp("", "root")
	defer os.RemoveAll(dir)
	p := func(args ...any) { fmt.Println(strings.ReplaceAll(strings.TrimRight(fmt.Sprintln(args...), "\n"), dir, "$D")) }
	os.Mkdir(dir+"/in", 0755)
	os.WriteFile(dir+"/secret", []byte("secret"), 0644)
	r, err := os.OpenRoot(dir + "/in")
	p(err, r.Name())
	p(r.WriteFile("a", []byte("aaa"), 0644))
	p(r.Mkdir("d", 0755), r.Mkdir("d", 0755), r.Mkdir("d/", 0755), r.Mkdir("x/y", 0755), r.Mkdir("../z", 0755), r.Mkdir("m", 01755))
	p(r.MkdirAll("d/e/f", 0755), r.MkdirAll("d/e/f/", 0755), r.MkdirAll("a/b", 0755), r.MkdirAll("a", 0755), r.MkdirAll("..", 0755))
	p(r.WriteFile("d/e/f/file", []byte("deep"), 0600))
	for _, l := range [][2]string{{"../secret", "up"}, {"/etc/passwd", "abs"}, {"d/e", "in"}, {"loop", "loop"}, {"../../a", "d/e/back"}, {"../in/a", "outin"}, {"nothing", "dangling"}, {"in/f/../f/file", "twice"}, {".", "dot"}, {"d/", "slash"}} {
		p(r.Symlink(l[0], l[1]))
	}
	p(r.Symlink("x", "up"))
	for _, n := range []string{"a", "./a", "d/../a", "../in/a", "..", ".", "", "/", "/etc/passwd", "up", "abs", "in/f/file", "loop", "d/e/back", "outin", "dangling", "twice", "dot/a", "dot/dot/d/e/f/file", "slash/e/f/file", "a/", "d/", "a/.", "a/..", "nothing", "nothing/x", "d/e/../../..", "d/./e//f///file", "slash", "in", "in/", "up/", "dot"} {
		b, err := r.ReadFile(n)
		p("read", n, string(b), err)
		i, err := r.Stat(n)
		if err == nil {
			p("stat", n, i.Name(), i.Mode())
		} else {
			p("stat", n, err)
		}
		i, err = r.Lstat(n)
		if err == nil {
			p("lstat", n, i.Name(), i.Mode())
		} else {
			p("lstat", n, err)
		}
		t, err := r.Readlink(n)
		p("readlink", n, t, err)
		s, err := r.OpenRoot(n)
		if err == nil {
			p("openroot", n, s.Name(), s.Close())
		} else {
			p("openroot", n, err)
		}
	}
	f, err := r.OpenFile("dangling", os.O_CREATE|os.O_RDWR, 0644)
	p(err)
	if err == nil {
		p(f.Name())
		f.Close()
	}
	_, err = r.Stat("nothing")
	p(err)
	_, err = r.Create("up")
	p(err)
	_, err = r.OpenFile("dangling", os.O_CREATE|os.O_EXCL, 0644)
	p(err)
	_, err = r.OpenFile("q", os.O_CREATE, os.ModeSetuid)
	p(err)
	p(r.Chmod("a", 0600), r.Chmod("up", 0600), r.Chmod("none", 0))
	p(r.Chtimes("a", time.Unix(1e9, 0), time.Unix(1e9, 0)), r.Chtimes("up", time.Time{}, time.Time{}))
	i, _ := r.Stat("a")
	p(i.Mode(), i.ModTime().Unix())
	p(r.Chown("a", -1, -1), r.Chown("up", -1, -1), r.Lchown("up", -1, -1), r.Lchown("none", 0, 0))
	p(r.Link("a", "b"), r.Link("a", "b"), r.Link("../secret", "c"), r.Link("a", "../c"), r.Link("none", "c"))
	p(r.Rename("b", "c"), r.Rename("none", "c"), r.Rename("c", "../c"), r.Rename("d", "c"))
	p(r.Remove("c"), r.Remove("c"), r.Remove("d"), r.Remove("../secret"), r.Remove("up"), r.Remove(""), r.Remove("."))
	p(r.RemoveAll("d/e"), r.RemoveAll("none"), r.RemoveAll("../secret"), r.RemoveAll("."), r.RemoveAll(""), r.RemoveAll("d/"))
	fsys := r.FS()
	fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error { p(path, d, err); return nil })
	_, err = fsys.Open("../x")
	p(err)
	b, err := fs.ReadFile(fsys, "a")
	p(string(b), err)
	_, err = fs.ReadDir(fsys, "none")
	p(err)
	f, err = os.OpenInRoot(dir+"/in", "a")
	b, _ = io.ReadAll(f)
	p(string(b), err, f.Name())
	_, err = os.OpenInRoot(dir+"/in", "abs")
	p(err)
	_, err = os.OpenRoot(dir + "/none")
	p(err)
	_, err = os.OpenRoot(dir + "/secret")
	p(err)
	p(r.Close(), r.Close())
	_, err = r.Open("a")
	p(err)
	m, _ := filepath.Glob(dir + "/*")
	p(m)
}
