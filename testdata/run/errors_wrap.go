// run

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
)

type notFound struct{ name string }

func (n *notFound) Error() string   { return n.name + " not found" }
func (n *notFound) Is(e error) bool { return e == os.ErrNotExist }

var sentinel = errors.New("sentinel")

func find(s string) error {
	if s == "" {
		return fmt.Errorf("find: %w", sentinel)
	}
	return fmt.Errorf("find %q: %w", s, &notFound{s})
}

func main() {
	e := find("")
	fmt.Println(e, errors.Is(e, sentinel), errors.Is(e, io.EOF))
	e = find("x")
	var nf *notFound
	fmt.Println(e, errors.As(e, &nf), nf.name, errors.Is(e, os.ErrNotExist))
	j := errors.Join(sentinel, nil, io.EOF)
	fmt.Println(j, errors.Is(j, io.EOF))
	_, err := os.Open("/nonexistent/file")
	fmt.Println(err, errors.Is(err, os.ErrNotExist))
	var pe *os.PathError
	fmt.Println(errors.As(err, &pe), pe.Op, pe.Path)
	m := fmt.Errorf("two: %w and %w", sentinel, io.EOF)
	fmt.Println(m, errors.Is(m, io.EOF), errors.Unwrap(m) == nil)
}
