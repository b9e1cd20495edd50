package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
)

// collatz counts the steps to 1; rows end at different times.
func collatz(x []*trace.Value) []*trace.Value {
	one, two, three := litOf(ir.Int32, 1), litOf(ir.Int32, 2), litOf(ir.Int32, 3)
	r := lax.WhileLoop(func(c []A) A { return jnp.Wrap(ops.Ne(c[0].TraceValue(), one)) }, func(c []A) []A {
		odd := ops.Eq(ops.Rem(c[0].TraceValue(), two), one)
		n := ops.Select(odd, ops.Add(ops.Mul(c[0].TraceValue(), three), one), ops.Div(c[0].TraceValue(), two))
		return []A{jnp.Wrap(n), jnp.Wrap(ops.Add(c[1].TraceValue(), x[1]))}
	}, []A{jnp.Wrap(x[0]), jnp.Wrap(ops.Sub(x[1], x[1]))})
	return []*trace.Value{r[0].TraceValue(), r[1].TraceValue()}
}

func TestWhileLoop(t *testing.T) {
	got := runBoth(t, collatz, []arr{scalar(ir.Int32, 27), scalar(ir.Int32, 1)})
	if s := got[1].closeTo(scalar(ir.Int32, 111), 0); s != "" {
		t.Error(s)
	}
	p := program(t, collatz, []ir.Aval{ir.Scalar(ir.Int32), ir.Scalar(ir.Int32)})
	for _, axes := range [][]int{{0, -1}, {0, 0}} {
		q := mapProgram(t, p, 5, axes)
		step := scalar(ir.Int32, 1)
		want := vec(ir.Int32, 0, 1, 111, 7, 8)
		if axes[1] == 0 {
			step, want = vec(ir.Int32, 1, 2, 3, 4, 5), vec(ir.Int32, 0, 2, 333, 28, 40)
		}
		out := getAll(trace.TheRuntime().Run(q, putAll([]arr{vec(ir.Int32, 1, 2, 27, 3, 6), step})))
		if s := out[1].closeTo(want, 0); s != "" {
			t.Errorf("axes %v: %s", axes, s)
		}
	}
	checkVmap(t, collatz, []arr{scalar(ir.Int32, 6), scalar(ir.Int32, 1)})

	// A carry that becomes mapped on the way, through a second carry, while the condition is not mapped.
	chain := func(x []*trace.Value) []*trace.Value {
		r := lax.ForiLoop(0, 3, func(i A, c []A) []A {
			return []A{jnp.Wrap(ops.Add(c[0].TraceValue(), c[1].TraceValue())),
				jnp.Wrap(ops.Mul(c[1].TraceValue(), x[1])), c[2]}
		}, []A{jnp.Wrap(x[0]), jnp.Wrap(x[0]), jnp.Wrap(x[0])})
		return []*trace.Value{r[0].TraceValue(), r[1].TraceValue(), r[2].TraceValue()}
	}
	checkVmap(t, chain, []arr{vec(ir.Float64, 1, 2), vec(ir.Float64, 3, 5)})
	q := mapProgram(t,
		program(t, chain, []ir.Aval{{Shape: []int{2}, DType: ir.Float64}, {Shape: []int{2}, DType: ir.Float64}}), 4,
		[]int{-1, 0})
	if n := q.Out[2].Aval().Rank(); n != 1 {
		t.Errorf("the carry that depends on nothing mapped comes out with %d axes, want 1", n)
	}
}

// TestWhileForward differentiates a loop of unknown length forward, in a scan that is differentiated in reverse where
// it does not matter, and asks for its way back.
func TestWhileForward(t *testing.T) {
	grow := func(x *trace.Value) *trace.Value {
		return lax.WhileLoop(func(c A) A { return jnp.Wrap(ops.Lt(c.TraceValue(), litOf(float64Type, 10))) },
			func(c A) A { return jnp.Wrap(ops.Mul(c.TraceValue(), litOf(float64Type, 1.7))) }, jnp.Wrap(x)).TraceValue()
	}
	in := []arr{scalar(float64Type, 1.3)}
	f := func(in []*trace.Value) []*trace.Value { return []*trace.Value{ops.Sin(grow(in[0]))} }
	g := func(in []*trace.Value) []*trace.Value {
		x := in[0]
		for range 12 { // as many as any of the examples needs
			x = ops.Select(ops.Lt(x, litOf(float64Type, 10)), ops.Mul(x, litOf(float64Type, 1.7)), x)
		}
		return []*trace.Value{ops.Sin(x)}
	}
	sameAsUnrolled(t, f, g, in, false)
	// Linearised, the tangent loop is applied to any tangent, under vmap and differentiated again.
	linear := func(f fn) fn {
		return func(in []*trace.Value) []*trace.Value {
			p, _ := trace.Trace("f", trace.Avals(in), f)
			y, m := grad.Linearize(p, in, []bool{true})
			return append(y, m.Apply([]*trace.Value{ops.Mul(in[0], in[0])}, m.Res)...)
		}
	}
	sameAsUnrolled(t, linear(f), linear(g), in, false)
	err := trace.Try(func() { vjpProgram(t, program(t, f, avals(in)), false) })
	wantText(t, err, "while_test.go:", "while", "lax.Scan", "reverse")
	// No cotangent comes to the loop, so it needs no way back.
	h := func(in []*trace.Value) []*trace.Value {
		steps := ops.Convert(grow(in[0]), ir.Int32)
		c, _ := lax.Scan(func(c A, _ struct{}) (A, struct{}) {
			return jnp.Wrap(
					ops.Mul(c.TraceValue(),
						ops.Add(ops.Convert(ops.Convert(grow(c.TraceValue()), ir.Int32), float64Type),
							ops.Sin(in[0])))),
				struct{}{}
		}, jnp.Wrap(ops.Mul(in[0], ops.Convert(steps, float64Type))), struct{}{}, lax.ScanOptions{Length: 1})
		return []*trace.Value{c.TraceValue()}
	}
	k := func(in []*trace.Value) []*trace.Value {
		return []*trace.Value{
			ops.Mul(ops.Mul(in[0], litOf(float64Type, 10)), ops.Add(litOf(float64Type, 13), ops.Sin(in[0])))}
	}
	onBench(t, func(b *bench) {
		b.same("vjp", vjpProgram(t, program(t, h, avals(in)), false), vjpProgram(t, program(t, k, avals(in)), false),
			in)
	})
}
