// run

package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"structs"
	"testing/slogtest"
	"unsafe"
)

type host struct {
	_ structs.HostLayout
	a int8
	b int64
}

func main() {
	// JSONHandler passes all of slogtest's checks.
	var buf bytes.Buffer
	err := slogtest.TestHandler(slog.NewJSONHandler(&buf, nil), func() (out []map[string]any) {
		for _, line := range bytes.Split(bytes.TrimSpace(buf.Bytes()), []byte("\n")) {
			var m map[string]any
			if err := json.Unmarshal(line, &m); err != nil {
				fmt.Println(err)
			}
			out = append(out, m)
		}
		return out
	})
	fmt.Println(err)

	// An FS that nothing was embedded in.
	var f embed.FS
	fmt.Println(fs.ReadDir(f, "."))
	_, err = f.Open("x")
	fmt.Println(err, errors.Is(err, fs.ErrNotExist))
	_, err = f.ReadFile(".")
	fmt.Println(err)
	_, err = f.ReadFile("a/../b")
	fmt.Println(err)
	d, err := f.Open(".")
	fmt.Println(err)
	info, _ := d.Stat()
	fmt.Println(info.Name(), info.Mode(), info.Size(), info.ModTime().IsZero(), info.IsDir(), info)
	_, err = d.Read(nil)
	fmt.Println(err)
	list, err := d.(fs.ReadDirFile).ReadDir(1)
	fmt.Println(list, err == io.EOF)
	fmt.Println(fs.WalkDir(f, ".", func(path string, d fs.DirEntry, err error) error { fmt.Println(path, d, err); return nil }))
	fmt.Println(unsafe.Sizeof(host{}))

	// What the compiler would write, made by hand.
	type file struct {
		name, data string
		hash       [16]byte
	}
	files := []file{{name: "a.txt", data: "hello"}, {name: "d/"}, {name: "z", data: ""}, {name: "d/b.txt", data: "bb"}, {name: "d/e/"}, {name: "d/e/f", data: "deep"}}
	p := &files
	f = *(*embed.FS)(unsafe.Pointer(&p))
	fmt.Println(fs.WalkDir(f, ".", func(path string, d fs.DirEntry, err error) error { fmt.Println(path, d, err); return nil }))
	fmt.Println(fs.Glob(f, "*/*"))
	for _, name := range []string{"a.txt", "d", "d/b.txt", "d/e/f", "z", "d/x", "d/", ""} {
		b, err := f.ReadFile(name)
		fmt.Printf("%q %v\n", b, err)
		l, err := f.ReadDir(name)
		fmt.Println(l, err)
		x, err := f.Open(name)
		if err != nil {
			fmt.Println(err)
			continue
		}
		info, _ := x.Stat()
		fmt.Println(info.Name(), info.Mode(), info.Size())
		if s, ok := x.(io.ReadSeeker); ok {
			fmt.Println(s.Seek(1, 0))
			fmt.Println(s.Seek(1, 1))
			fmt.Println(s.Seek(-1, 2))
			b, err := io.ReadAll(s)
			fmt.Printf("%q %v\n", b, err)
			fmt.Println(s.Seek(100, 0))
			n, err := x.(io.ReaderAt).ReadAt(make([]byte, 3), 1)
			fmt.Println(n, err)
			n, err = x.(io.ReaderAt).ReadAt(make([]byte, 3), 100)
			fmt.Println(n, err)
		}
		fmt.Println(x.Close())
	}
	sub, err := fs.Sub(f, "d")
	fmt.Println(err)
	b, err := fs.ReadFile(sub, "e/f")
	fmt.Printf("%q %v\n", b, err)
}
