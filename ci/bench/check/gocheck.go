// Type-checks all packages of a Go tree with go/types, the given number of rounds, and prints the least CPU time of
// a round. Files are chosen as the example check_tree chooses them, whose counterpart this is.
package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

var realArch = []string{
	"encoding/binary", "internal/cpu", "internal/goarch", "internal/runtime/atomic", "internal/runtime/gc/scan",
	"internal/runtime/maps", "internal/runtime/syscall/linux", "internal/syscall/unix", "runtime", "syscall",
	"vendor/golang.org/x/sys/cpu",
}

type pkg struct {
	path  string
	files []*ast.File
}

var (
	root     string
	fset     = token.NewFileSet()
	packages []*pkg
	seen     = map[string]bool{}
	lines    int
)

func resolve(path string) string {
	for _, p := range []string{path, "vendor/" + path} {
		if info, err := os.Stat(filepath.Join(root, p)); err == nil && info.IsDir() {
			return p
		}
	}
	return ""
}

func load(path string) {
	if path == "" || path == "unsafe" || seen[path] {
		return
	}
	seen[path] = true
	cx := build.Default
	cx.GOOS, cx.GOARCH, cx.CgoEnabled = "linux", "neutral", false
	// Arguments in registers are a matter of the machine.
	cx.ToolTags = slices.DeleteFunc(slices.Clone(cx.ToolTags), func(tag string) bool { return strings.Contains(tag, "regabi") })
	if slices.Contains(realArch, path) {
		cx.GOARCH = "amd64"
	}
	cx.BuildTags = []string{"purego", "netgo", "osusergo", "math_big_pure_go"}
	dir := filepath.Join(root, path)
	entries, _ := os.ReadDir(dir)
	p := &pkg{path: path}
	var imports []string
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		if ok, err := cx.MatchFile(dir, name); err != nil || !ok {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			panic(err)
		}
		file, err := parser.ParseFile(fset, filepath.Join(dir, name), text, parser.SkipObjectResolution)
		if err != nil {
			panic(err)
		}
		usesC := false
		var paths []string
		for _, spec := range file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			usesC = usesC || path == "C"
			paths = append(paths, path)
		}
		if usesC || file.Name.Name == "documentation" {
			continue
		}
		imports = append(imports, paths...)
		lines += bytes.Count(text, []byte("\n"))
		p.files = append(p.files, file)
	}
	for _, path := range imports {
		load(resolve(path))
	}
	if len(p.files) > 0 {
		packages = append(packages, p)
	}
}

type importer map[string]*types.Package

func (m importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	for _, p := range []string{path, "vendor/" + path} {
		if found := m[p]; found != nil {
			return found, nil
		}
	}
	return nil, fmt.Errorf("no package %s", path)
}

func cpuTime() time.Duration {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func main() {
	runtime.GOMAXPROCS(1)
	rounds, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	root = os.Args[2]
	filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, dir := entry.Name(), filepath.Dir(path)
		if entry.IsDir() && path != root && (name == "testdata" || strings.ContainsAny(name[:1], "_.") || dir == root && (name == "cmd" || name == "builtin")) {
			return filepath.SkipDir
		}
		if !entry.IsDir() && strings.HasSuffix(name, ".go") && dir != root {
			rel, _ := filepath.Rel(root, dir)
			load(filepath.ToSlash(rel))
		}
		return nil
	})
	least := time.Duration(1 << 62)
	errors := 0
	for range rounds {
		runtime.GC()
		start := cpuTime()
		done := importer{}
		errors = 0
		for _, p := range packages {
			config := types.Config{Importer: done, Sizes: types.SizesFor("gc", "amd64"), GoVersion: "go1.27", Error: func(err error) {
				errors++
				if rounds == 1 {
					fmt.Fprintln(os.Stderr, err)
				}
			}}
			// As much as a compiler needs to go on.
			info := types.Info{
				Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
				Selections: map[*ast.SelectorExpr]*types.Selection{}, Instances: map[*ast.Ident]types.Instance{},
				Implicits: map[ast.Node]types.Object{},
			}
			done[p.path], _ = config.Check(p.path, fset, p.files, &info)
		}
		least = min(least, cpuTime()-start)
	}
	s := least.Seconds()
	fmt.Printf("%d packages %d lines %.4f s %.0f lines/s\n", len(packages), lines, s, float64(lines)/s)
	if errors > 0 {
		fmt.Fprintln(os.Stderr, errors, "errors")
	}
}
