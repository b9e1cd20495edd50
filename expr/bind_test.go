package expr

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/fails"
)

type base struct{ Mu float64 }

type model struct {
	base
	SigmaSq, P arr
	Weight     float32 `expr:"w"`
	Inner      *model
	p          int
	Names      map[string]any
}

func TestBind(t *testing.T) {
	type name string
	one := jnp.AsArray(1.0)
	m := &model{base: base{Mu: 2}, SigmaSq: one.Mul(3), P: one, Weight: 5, p: 1,
		Inner: &model{P: one.Mul(7)}, Names: map[string]any{"k": uint8(9)}}
	for text, want := range map[string]float64{
		"mu": 2, "sigma_sq": 3, "sigmasq + SigmaSq": 6, "P": 1, "w": 5, "inner.P + Inner.Names.k": 7 + 9,
	} {
		if m.Inner.Names == nil {
			m.Inner.Names = m.Names
		}
		if got := Eval(text, m); got.Item() != want {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
	for _, vars := range []any{map[name]int{"x": 4}, struct{ X any }{4}, map[string]any{"x": 4, "y": "unused"}} {
		if got := Eval("x", vars); got.Int() != 4 {
			t.Errorf("of %v it is %v", vars, got)
		}
	}
	if got := Eval("sum(x)*e", map[string]any{"x": []float64{1, 2}, "e": 10}); got.Item() != 30 {
		t.Errorf("with an e of its own it is %v", got)
	}
	for text, parts := range map[string][]string{
		"mu + nu":        {"column 6", "there is no variable nu among", "Mu", "SigmaSq"},
		"weight":         {"no variable weight"},
		"inner.inner.P":  {"column 13", "inner.inner has no P"},
		"names.q":        {"names has no q"},
		"mu.q":           {"variables are in a struct", "not in a float64"},
		"inner":          {"inner is a *expr.model: want an Array"},
		"inner.sigma_sq": {"never set"},
	} {
		fails.With(t, func() { Eval(text, m) }, append(parts, "bind_test.go:")...)
	}
	fails.With(t, func() { Eval("p", m) }, "the field p of expr.model is unexported")
	fails.With(t, func() { Eval("AB", struct{ Ab, A_B int }{}) }, "Ab and A_B", "`expr:\"AB\"`")
	fails.With(t, func() { Eval("x", nil) }, "no variable x")
	fails.With(t, func() { Eval("x", 3) }, "not in a int")
	fails.With(t, func() { Eval("x", map[string]any{"x": nil}) }, "x is nil")
	fails.With(t, func() { Eval("x", map[string]any{"x": func() {}}) }, "x is a func()")
}
