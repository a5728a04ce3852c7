// Package testdeps joins a test's main package with packages that testing itself must not import.
package testdeps

import "internal/testlog"

// Set by the main package before it starts the tests.
var (
	ImportPath string
	ModulePath string
)

// TestDeps is what testing.MainStart takes.
type TestDeps struct{}

func (TestDeps) ImportPath() string { return ImportPath }
func (TestDeps) ModulePath() string { return ModulePath }

// SetPanicOnExit0 makes os.Exit(0) a panic.
func (TestDeps) SetPanicOnExit0(v bool) { testlog.SetPanicOnExit0(v) }

var (
	lastPattern string
	last        *matcher
)

// MatchString reports whether the regular expression matches a part of str.
func (TestDeps) MatchString(pat, str string) (bool, error) {
	if last == nil || pat != lastPattern {
		m, err := compile(pat)
		if err != nil {
			return false, err
		}
		last, lastPattern = m, pat
	}
	return last.match(str), nil
}
