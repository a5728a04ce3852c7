// run

// Files in variables: a string, bytes, a file system with directories. The file embeds itself.
package main

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

//go:embed embed.go
var text string

//go:embed "embed.go"
var raw []byte

//go:embed embed.g* all:embed.go
var files embed.FS

type named string

//go:embed `embed.go`
var other named

var empty embed.FS

func main() {
	fmt.Println(len(text) == len(raw), text == string(raw), string(other) == text, cap(raw) == len(raw))
	fmt.Println(text[:strings.Index(text, "\n")])
	raw[0] = '#'
	fmt.Println(string(raw[:6]), text[:6])
	fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		info, _ := d.Info()
		fmt.Println(path, d, err, info.Mode(), info.ModTime().IsZero())
		return nil
	})
	data, err := files.ReadFile("embed.go")
	fmt.Println(string(data) == text, err)
	for _, name := range []string{".", "nope", "../x", ""} {
		_, err := files.ReadFile(name)
		fmt.Println(err)
	}
	_, err = files.ReadDir("embed.go")
	fmt.Println(err)
	f, err := files.Open("embed.go")
	if err != nil {
		panic(err)
	}
	at, err := f.(io.Seeker).Seek(3, io.SeekStart)
	b := make([]byte, 3)
	n, err2 := f.Read(b)
	fmt.Println(at, err, n, err2, string(b))
	_, err = f.(io.Seeker).Seek(-1, io.SeekStart)
	fmt.Println(err)
	n, err = f.(io.ReaderAt).ReadAt(b, int64(len(text)-2))
	fmt.Println(n, err)
	list, err := empty.ReadDir(".")
	fmt.Println(list, err)
	_, err = empty.Open("x")
	fmt.Println(err)
}
