package ops_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func constrained(entries string) fn {
	return f1(func(x *trace.Value) *trace.Value {
		return ops.ShardingConstraint(ops.Sin(x), ir.Sharding{Mesh: mesh23, Spec: cutBy(entries)})
	})
}

// A constraint changes no value, and is on tangents and cotangents too.
func TestShardingConstraint(t *testing.T) {
	in := []arr{ramp(float64Type, 0.3, 0.2, 2, 3)}
	p := program(t, constrained("x|y"), avals(in))
	onBench(t, func(b *bench) { b.sameRules(p, program(t, f1(ops.Sin), avals(in)), in) })
	for what, q := range map[string]*ir.Program{"jvp": jvpProgram(t, p), "vjp": vjpProgram(t, p, true)} {
		n := strings.Count(q.Format(false), `sharding_constraint[Sharding=P("x", "y") over Mesh(x: 2, y: 3)]`)
		if n != map[string]int{"jvp": 2, "vjp": 1}[what] {
			t.Errorf("%s has %d constraints:\n%v", what, n, q)
		}
	}
	for axis, want := range []string{
		`P(Unconstrained, "x", "y")`, `P("x", Unconstrained, "y")`, `P("x", "y", Unconstrained)`,
	} {
		if s := vmapProgram(t, p, 4, []int{axis}).Format(false); !strings.Contains(s, want) {
			t.Errorf("mapped over axis %d, the program lacks %s:\n%s", axis, want, s)
		}
	}
	vector := []ir.Aval{{Shape: []int{4, 3}, DType: ir.Float64}}
	s := program(t, mapOver(constrained("y"), "", "x"), vector).Format(false)
	if !strings.Contains(s, `P("x", "y") over`) {
		t.Errorf("mapped over an axis of the mesh, the program is\n%s", s)
	}
	fails.With(t, func() { program(t, mapOver(constrained("y"), "", "y"), vector) }, `the axis "y" cuts a mapped array`)
	text := string(lower.Text(p, lower.Options{Mesh: mesh23}).Text)
	if !strings.Contains(text, `%2 = sdy.sharding_constraint %1 <@mesh, [{"x"}, {"y"}]> : tensor<2x3xf64>`) {
		t.Errorf("the text is\n%s", text)
	}
}

func TestShardingConstraintErrors(t *testing.T) {
	shape := func(n ...int) []ir.Aval { return []ir.Aval{{Shape: n, DType: ir.Float32}} }
	fails.With(t, func() { program(t, constrained("x"), shape(3)) }, "ShardingConstraint(float32[3])",
		"into 2 parts", "pad it to 4")
	fails.With(t, func() { program(t, constrained("x|y"), shape(2)) }, "2 entries", "1 dimensions")
	fails.With(t, func() { program(t, constrained("z"), shape(2)) }, `"z"`, "Mesh(x: 2, y: 3)")
	fails.With(t, func() {
		program(t, f1(func(x *trace.Value) *trace.Value { return ops.ShardingConstraint(x, ir.Sharding{}) }), shape(2))
	}, "no mesh", "gojax.NamedSharding")
	fails.With(t, func() { program(t, sharded(constrained("x"), "", []string{"x"}, []string{"x"}), shape(4)) },
		"blocks along all axes", "gojax.ManualAxes")
	fails.With(t, func() { program(t, sharded(constrained("x"), "x", []string{"x"}, []string{"x"}), shape(4)) },
		`the axis "x"`, "sees blocks already")
	text := string(lower.Text(program(t, sharded(constrained("y"), "x", []string{"x"}, []string{"x"}), shape(12)),
		lower.Options{Mesh: mesh23}).Text)
	if !strings.Contains(text, `<@mesh, [{"y"}]> : tensor<6xf32>`) {
		t.Errorf("over the other axis, the text is\n%s", text)
	}
}
