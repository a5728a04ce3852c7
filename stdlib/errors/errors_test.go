package errors_test

import (
	"errors"
	"testing"
)

type coded struct{ code int }

func (e *coded) Error() string        { return "coded" }
func (e *coded) Is(target error) bool { return target == errAny }

var errAny = errors.New("any")

type wrapped struct{ inner error }

func (w wrapped) Error() string { return "wrapped: " + w.inner.Error() }
func (w wrapped) Unwrap() error { return w.inner }

type incomparable struct{ list []int }

func (incomparable) Error() string { return "incomparable" }

func TestTree(t *testing.T) {
	a, b := errors.New("a"), errors.New("a")
	c := &coded{3}
	tree := errors.Join(a, nil, wrapped{errors.Join(c, incomparable{})})
	if tree.Error() != "a\nwrapped: coded\nincomparable" {
		t.Errorf("%q", tree.Error())
	}
	if !errors.Is(tree, a) || errors.Is(tree, b) || !errors.Is(tree, c) || !errors.Is(tree, errAny) || errors.Is(tree, incomparable{}) {
		t.Error("Is")
	}
	var target *coded
	if !errors.As(tree, &target) || target != c {
		t.Error("As")
	}
	if got, ok := errors.AsType[incomparable](tree); !ok || got.list != nil {
		t.Error("AsType")
	}
	if _, ok := errors.AsType[*coded](a); ok {
		t.Error("AsType found what is not there")
	}
	if errors.Join(nil, nil) != nil || errors.Unwrap(tree) != nil || errors.Unwrap(wrapped{a}) != a {
		t.Error("Join, Unwrap")
	}
}

func TestAsPanics(t *testing.T) {
	var nilPointer *error
	for _, target := range []any{nil, errAny, nilPointer, new(int)} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("As(%T) does not panic", target)
				}
			}()
			errors.As(errAny, target)
		}()
	}
}
