// Parses all .go files below a directory (testdata left out) with go/parser, the given number of rounds, and
// prints the least time of a round. The counterpart of the example parse_tree -bench.
package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

func main() {
	runtime.GOMAXPROCS(1)
	rounds, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	var texts [][]byte
	size := 0
	err = filepath.WalkDir(os.Args[2], func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == "testdata" {
			return filepath.SkipDir
		}
		if !entry.IsDir() && strings.HasSuffix(path, ".go") {
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			texts = append(texts, text)
			size += len(text)
		}
		return nil
	})
	if err != nil {
		panic(err)
	}
	least := time.Duration(1 << 62)
	for range rounds {
		start := time.Now()
		for _, text := range texts {
			parser.ParseFile(token.NewFileSet(), "x.go", text, parser.SkipObjectResolution)
		}
		least = min(least, time.Since(start))
	}
	s := least.Seconds()
	fmt.Printf("%d files %d bytes %.6f s %.1f MB/s\n", len(texts), size, s, float64(size)/s/1e6)
}
