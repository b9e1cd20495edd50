package showtest

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"
)

// mostLines is how many lines of code a port in Go may have for each of its original in Python.
const mostLines = 1.4

// Port tests the port to Go of a program in JAX, in the working folder: run, which main.go has, against the arrays that
// the original, name.py, returns under the same names (testdata/jax.json, written by figures.py), to within tol of the
// largest element or of 1; that it holds no buffers; and the lines of the two.
func Port(t *testing.T, name string, run func() map[string]jnp.Array, tol float64) {
	t.Helper()
	got, want := run(), map[string]jnp.Array{}
	if err := json.Unmarshal([]byte(read(t, "testdata/jax.json")), &want); err != nil {
		t.Fatal(err)
	}
	if g, w := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)); !slices.Equal(g, w) {
		t.Fatalf("arrays %q, JAX has %q", g, w)
	}
	for name, w := range want {
		g := got[name]
		if !slices.Equal(g.Shape(), w.Shape()) {
			t.Errorf("%s has shape %v, JAX's %v", name, g.Shape(), w.Shape())
		} else if off := g.Sub(w).Abs().Max().Item(); !(off <= tol*max(1, w.Abs().Max().Item())) {
			t.Errorf("%s is off by %.2g:\n%v, JAX has\n%v", name, off, g, w)
		}
	}
	clear(got)
	clear(want)
	if n := leak.Settle(gojax.LiveBuffers, 0); n > 0 {
		t.Errorf("%d buffers are still held", n)
	}
	g, p := GoLines(read(t, "main.go")), PythonLines(read(t, name+".py"))
	t.Logf("%d lines of Go, %d of Python: %.2f", g, p, float64(g)/float64(p))
	if float64(g) > mostLines*float64(p) {
		t.Errorf("main.go has %d lines of code, more than %.1f times the %d of %s.py", g, mostLines, p, name)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// GoLines is the number of lines of a Go file that are neither blank nor comments. Directives such as //go:embed count.
func GoLines(text string) (n int) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line != "" && (!strings.HasPrefix(line, "//") || strings.HasPrefix(line, "//go:")) {
			n++
		}
	}
	return n
}

// PythonLines is the number of lines of a Python file that are neither blank nor comments nor docstrings.
func PythonLines(text string) (n int) {
	const quotes = `"""`
	within := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case within:
			within = !strings.HasSuffix(line, quotes)
		case strings.HasPrefix(line, quotes):
			within = strings.Count(line, quotes) == 1
		case line != "" && !strings.HasPrefix(line, "#"):
			n++
		}
	}
	return n
}
