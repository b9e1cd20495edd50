package ir

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestSrc(t *testing.T) {
	var s [2]Src
	for i := range s {
		s[i] = Here(0) // one place, twice
	}
	if s[0] != s[1] {
		t.Error("one place has two Srcs")
	}
	file, line := s[0].Position()
	if !strings.HasSuffix(file, "src_test.go") || line == 0 || !strings.HasSuffix(s[0].Func(), "TestSrc") {
		t.Errorf("Here is %s:%d in %s", file, line, s[0].Func())
	}
	if Src(0).String() != "?" {
		t.Errorf("the unknown place prints %v", Src(0))
	}
	for fn, want := range map[string]bool{
		module + ".Jit":                      true,
		module + "/jnp.Add[...]":             true,
		module + "/transforms/jit.(*F).Call": true,
		module + "/jnp/linalg.Norm":          true,
		module + "/examples/tutorial.main":   false,
		module + "/tests/golden.run":         false,
		module + "/testsuite.Run":            true, // of the library, unless it is listed among the users
		module + "tra.Run":                   false,
		"main.main":                          false,
		"runtime.goexit":                     true,
		"reflect.Value.call":                 true,
	} {
		if got := internal(fn, "x.go"); got != want {
			t.Errorf("internal(%s) = %v", fn, got)
		}
	}
}

func BenchmarkHere(b *testing.B) {
	for b.Loop() {
		Here(0)
	}
}

// placed prints the place where it is printed.
type placed struct{ at *Src }

func (p placed) String() string {
	*p.at = Here(1)
	return ""
}

// The standard library's frames are passed over: what is found is the user's line that called it.
func TestSrcPassesTheStandardLibrary(t *testing.T) {
	var s Src
	for what, call := range map[string]func(){
		"fmt":    func() { _ = fmt.Sprint(placed{&s}) },
		"slices": func() { _ = slices.ContainsFunc([]int{1}, func(int) bool { s = Here(1); return true }) },
	} {
		call()
		if got := s.String(); !strings.HasPrefix(got, "src_test.go:") {
			t.Errorf("%s: %s (%s)", what, got, s.Func())
		}
	}
}
