package jit_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/tests/fails"
)

func TestLower(t *testing.T) {
	outside := vec(5, 5)
	f := func(l layer, x arr, n int, more ...arr) arr {
		for range n {
			x = add(mul(l.W, x), outside)
		}
		for _, m := range more {
			x = add(x, m)
		}
		return x
	}
	before := gojax.Compilations()
	l := gojax.Lower(f, gojax.Named("affine"))(layer{W: vec(1, 2), B: vec(0)}, vec(1, 1), 2, vec(100, 100))
	p := l.Program()
	if err := p.Verify(); err != nil || len(p.In) != 5 || p.NumEqns() != 5 {
		t.Errorf("%v, or not 5 inputs and 5 equations in\n%v", err, p)
	}
	if s := l.Text(); !strings.Contains(s, "@affine") || !strings.Contains(s, "stablehlo.multiply") ||
		!strings.Contains(s, `"jit_test.go":`) {
		t.Errorf("text:\n%s", s)
	}
	if gojax.Compilations() != before {
		t.Error("lowering compiled something")
	}
	c, err := l.Compile()
	if err != nil {
		t.Fatal(err)
	}
	defer gojax.ForbidCompiles()()
	want(t, c.Call(layer{W: vec(1, 2), B: vec(0)}, vec(1, 1), 2, vec(100, 100)), 111, 119)
	fails.With(t, func() { c.Call(layer{W: vec(1, 2), B: vec(0)}, vec(1, 1), 3, vec(100, 100)) }, "args[2]: 3 was 2",
		"lower it again")
	fails.With(t, func() { c.Call(layer{W: vec(1, 2, 3), B: vec(0)}, vec(1, 1), 2, vec(100, 100)) },
		"args[0].W: float32[3] was float32[2]")
	if m, err := c.MemoryAnalysis(); err != nil || m.Output != 8 {
		t.Errorf("memory %+v, %v", m, err)
	}
	if cost, err := c.CostAnalysis(); err == nil && len(cost) == 0 || err != nil &&
		!strings.Contains(err.Error(), "not implemented") {
		t.Errorf("cost %v, %v", cost, err) // this CPU plugin has none
	}
	if s, err := c.Text(); err == nil && !strings.Contains(s, "multiply") {
		t.Errorf("compiled text %q", s)
	}
	fails.With(t, func() { gojax.Lower(f)(layer{}) }, "lower_test.go:", "1 arguments")
	fails.With(t, func() { gojax.Lower(f)(layer{}, 3.5, 1) }, "args[1] is float64", "takes jnp.Array")
}
