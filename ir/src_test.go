package ir

import (
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
