// run

package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	dir, err := os.MkdirTemp("", "gorc")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, "a.txt")
	fmt.Println(os.WriteFile(name, []byte("one\ntwo\nthree\n"), 0o644))
	f, err := os.OpenFile(name, os.O_APPEND|os.O_RDWR, 0)
	fmt.Fprintf(f, "%d\n", 4)
	f.Seek(0, io.SeekStart)
	sc := bufio.NewScanner(f)
	n := 0
	for sc.Scan() {
		n += len(sc.Text())
	}
	f.Close()
	fmt.Println(n)
	b, _ := os.ReadFile(name)
	fmt.Printf("%q\n", b)
	st, _ := os.Stat(name)
	fmt.Println(st.Size(), st.Mode(), st.IsDir(), st.Name())
	os.Mkdir(filepath.Join(dir, "sub"), 0o755)
	es, _ := os.ReadDir(dir)
	for _, e := range es {
		fmt.Println(e.Name(), e.IsDir())
	}
	fmt.Println(os.Rename(name, name+"2"), os.Remove(name) != nil)
	r, w, _ := os.Pipe()
	go func() { io.WriteString(w, "through a pipe"); w.Close() }()
	all, _ := io.ReadAll(r)
	fmt.Println(string(all))
	os.Setenv("GORC_TEST", "v")
	v, ok := os.LookupEnv("GORC_TEST")
	fmt.Println(v, ok, os.Getenv("GORC_UNSET") == "", len(os.Args))
	fmt.Fprintln(os.Stderr, "to stderr")
}
