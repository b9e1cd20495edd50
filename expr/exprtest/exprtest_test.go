package exprtest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/expr"
	"github.com/gojax/gojax/expr/exprtest"
)

// weight is a formula of this package's own, which TestCheck finds.
var weight = expr.MustCompile("rho*w*(1 + 3*p)", "rho", "w", "p")

// recorder keeps what a test is told.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func TestCheck(t *testing.T) {
	exprtest.Check(t)
	if n := weight.Names(); !slices.Equal(n, []string{"rho", "w", "p"}) {
		t.Errorf("the names are %v", n)
	}
	source := `package p

import (
	"github.com/gojax/gojax/jnp"
	e "github.com/gojax/gojax/expr"
)

const half = "0.5*"

var (
	good = e.MustCompile(half + "x")
	bad  = e.MustCompile("x + * y")
	also = e.MustCompile(half + "(x")
	name = e.MustCompile("a*x + c", "a", "x", "b")
	func_ = e.MustCompile("logg(x)")
)

func f(x jnp.Array, text string) {
	e.Eval("sin(x", nil)
	e.Eval(text, nil) // not constant
	x.Ix("0, 1:-1")
	x.AtIx("0,, 1").Set(0)
	Compile("+") // another's
	const half, times = "(" + "x", text2(" *")
	type text2 string
	e.Compile(half)
	e.Compile(string(times) + " y")
	for _, c := range []string{"x +"} { // not constant
		e.Compile(c)
	}
}

type text2 string
`
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "p.go"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	r := &recorder{TB: t}
	exprtest.Check(r, dir)
	want := []string{
		"p.go:12:28: column 5 of \"x + * y\"", "p.go:13:23: column 7", "p.go:14:30: column 7 of \"a*x + c\"",
		"p.go:15:25: column 1 of \"logg(x)\": there is no function logg; there is Log", "p.go:19:15: column 6",
		"p.go:22:12: column 3", `p.go:26:12: column 3 of "(x"`, `p.go:27:12: column 2 of " * y"`,
	}
	for i, w := range want {
		if i >= len(r.errors) || !strings.Contains(r.errors[i], w) {
			t.Errorf("error %d is not %q:\n%s", i, w, strings.Join(r.errors, "\n"))
		}
	}
	if len(r.errors) != len(want) {
		t.Errorf("%d errors, want %d:\n%s", len(r.errors), len(want), strings.Join(r.errors, "\n"))
	}
	r = &recorder{TB: t}
	if exprtest.Check(r, t.TempDir()); len(r.errors) != 1 || !strings.Contains(r.errors[0], "no formulas") {
		t.Errorf("of nothing: %q", r.errors)
	}
}
