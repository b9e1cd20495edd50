package kit_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func types(vs []*trace.Value) []string { return kit.Map(trace.Avals(vs), ir.Aval.String) }

// Operands come to one inexact dtype; in Elementwise to one shape, in Broadcasting they keep theirs, which must go
// together, in Inexactly whatever they are.
func TestElementwise(t *testing.T) {
	var in []string
	f := func(vs []*trace.Value) *trace.Value { in = types(vs); return vs[0] }
	x, y := jnp.Arange(3), jnp.Ones(2, 1)
	record := func(f func()) {
		trace.Trace("f.F", nil, func([]*trace.Value) []*trace.Value { f(); return nil })
	}
	for name, c := range map[string]struct {
		f    func()
		want []string
	}{
		"Elementwise": {func() { kit.Elementwise("f.F", nil, f, x, y, 2) },
			[]string{"float32[2,3]", "float32[2,3]", "float32[2,3]"}},
		"Broadcasting": {func() { kit.Broadcasting("f.F", nil, f, x, y, 2) },
			[]string{"float32[3]", "float32[2,1]", "float32[]"}},
		"Inexactly": {func() { kit.Inexactly("f.F", nil, f, x, jnp.Ones(2)) }, []string{"float32[3]", "float32[2]"}},
	} {
		if record(c.f); !slices.Equal(in, c.want) {
			t.Errorf("%s computes with %v, want %v", name, in, c.want)
		}
	}
	fails.With(t, func() { kit.Elementwise("f.F", nil, f, x, jnp.Ones(2)) }, "f.F", "[3] and [2] cannot be broadcast")
	fails.With(t, func() { kit.Broadcasting("f.F", nil, f, x, jnp.Ones(2)) }, "f.F", "[3] and [2] cannot be broadcast")
}

// A function with a rule for its derivative has the rule's, also where the derivative is differentiated again.
func TestDerived(t *testing.T) {
	// The square, whose tangent is said to be 5xt.
	f := func(x jnp.Array) jnp.Array {
		return jnp.Wrap(kit.Derived1("f.F",
			func(x []*trace.Value) *trace.Value { return ops.Mul(x[0], x[0]) },
			func(x []*trace.Value, y *trace.Value, t []*trace.Value) *trace.Value {
				five := kit.Convert("f.F", kit.Lift("f.F", 5), x[0].DType(), false)
				return ops.Mul(ops.Mul(ops.BroadcastInDim(five, x[0].Shape(), nil), x[0]), t[0])
			}, x.TraceValue()))
	}
	x := jnp.AsArray(float32(3))
	for name, c := range map[string]struct {
		got  jnp.Array
		want float64
	}{
		"value":             {f(x), 9},
		"derivative":        {gojax.Grad(f)(x), 15},
		"second derivative": {gojax.Grad(gojax.Grad(f))(x), 5},
	} {
		if c.got.Item() != c.want {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
}
