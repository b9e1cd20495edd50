package ir

import (
	"strings"
	"testing"
)

func TestPrint(t *testing.T) {
	p := chain(testOp{N: "f", Axes: []int{0, 1}, Body: chain(testOp{N: "g"}, 2)}, 3)
	got := p.Format(false)
	want := strings.TrimSpace(`
{ lambda ; a:float32[3]. let
    b:float32[3] = f[N=f Axes=[0 1]] a a
      { lambda ; a:float32[2]. let
          b:float32[2] = g[N=g Axes=[]] a a
          c:float32[2] = g[N=g Axes=[]] b a
        in (c) }
    c:float32[3] = f[N=f Axes=[0 1]] b a
      { lambda ; a:float32[2]. let
          b:float32[2] = g[N=g Axes=[]] a a
          c:float32[2] = g[N=g Axes=[]] b a
        in (c) }
  in (c) }`)
	if got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
	if lines := p.String(); !strings.Contains(lines, "# program_test.go:") {
		t.Errorf("no source line in\n%s", lines)
	}
}
