package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

// checkNestedJVP is checkJVP for one array and functions that hold programs.
func checkNestedJVP(t *testing.T, f fn, in []arr) {
	t.Helper()
	const h = 1e-6
	p := program(t, f, avals(in))
	dir := in[0].direction()
	y, yt := applyJVP(p, putAll(in), []*trace.Value{dir.put()})
	moved := func(s float64) arr {
		x := arr{d: in[0].d, shape: in[0].shape}
		for k, l := range in[0].e {
			x.e = append(x.e, ir.FloatLit(l.Float()+s*h*dir.e[k].Float(), x.d))
		}
		return get(f(putAll([]arr{x}))[0])
	}
	up, down := moved(1), moved(-1)
	want := arr{d: up.d, shape: up.shape}
	for n, u := range up.e {
		want.e = append(want.e, ir.FloatLit((u.Float()-down.e[n].Float())/(2*h), want.d))
	}
	if s := get(y[0]).closeTo(get(f(putAll(in))[0]), 1e-12); s != "" {
		t.Error(s)
	}
	if yt[0] == nil {
		yt[0] = ops.ZerosLike(y[0])
	}
	if s := get(yt[0]).closeTo(want, 1e-5); s != "" {
		t.Errorf("the JVP differs from central differences: %s", s)
	}
}

func TestReduceJVP(t *testing.T) {
	zero := ops.ScalarLit(ir.FloatLit(0, ir.Float64))
	f := func(x []*trace.Value) []*trace.Value {
		return ops.Reduce(x, []*trace.Value{zero}, func(a, b []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Sub(ops.Add(a[0], b[0]), ops.Mul(a[0], b[0]))} // 1-(1-a)(1-b)
		}, []int{0, 2})
	}
	in := []arr{f64([]int{3, 2, 3}, 0)}
	g := f1(func(x *trace.Value) *trace.Value {
		return ops.Add(f([]*trace.Value{ops.Sin(x)})[0], ops.ReduceSum(x, []int{0, 2}))
	})
	checkNestedJVP(t, g, in)
}

func TestReduceGeneral(t *testing.T) {
	// The value that is furthest from 0, and its position.
	furthest := func(a, b []*trace.Value) []*trace.Value {
		x, y := ops.Abs(a[0]), ops.Abs(b[0])
		first := ops.Or(ops.Gt(x, y), ops.And(ops.Eq(x, y), ops.Lt(a[1], b[1])))
		return []*trace.Value{ops.Select(first, a[0], b[0]), ops.Select(first, a[1], b[1])}
	}
	f := func(x []*trace.Value) []*trace.Value { return ops.Reduce(x[:2], x[2:], furthest, []int{1}) }
	in := []arr{nums(ir.Float64, []int{2, 4}, 1, -5, 5, 2, 0, 0, -1, 1), ramp(ir.Int32, 0, 1, 2, 4),
		nums(ir.Float64, []int{}, 0), nums(ir.Int32, []int{}, 99)}
	got := runBoth(t, f, in)
	if s := got[0].closeTo(vec(ir.Float64, -5, -1), 0) + got[1].closeTo(vec(ir.Int32, 1, 6), 0); s != "" {
		t.Error(s)
	}
	checkVmap(t, f, in)
	// A concrete scalar from outside is a constant of the body; a traced one is refused.
	three := nums(ir.Float64, []int{}, 3).put()
	g := func(c *trace.Value) fn {
		return f2(func(x, init *trace.Value) *trace.Value {
			return ops.Reduce([]*trace.Value{x}, []*trace.Value{init}, func(a, b []*trace.Value) []*trace.Value {
				return []*trace.Value{ops.Min(c, ops.Add(a[0], b[0]))}
			}, []int{0})[0]
		})
	}
	two := []arr{vec(ir.Float64, 1, 1, 1, 1, 1), nums(ir.Float64, []int{}, 0)}
	if s := runBoth(t, g(three), two)[0].closeTo(nums(ir.Float64, []int{}, 3), 0); s != "" {
		t.Error(s)
	}
	fails.With(t, func() {
		trace.Trace("outer", avals(two), func(x []*trace.Value) []*trace.Value {
			return g(x[1])(x)
		})
	}, "reduce", "from outside")
	x := putAll(two)
	fails.With(t, func() {
		ops.Reduce(x[:1], x[1:], func(a, b []*trace.Value) []*trace.Value { return []*trace.Value{ops.Eq(a[0], b[0])} },
			[]int{0})
	}, "result 0", "bool", "float64")
}

func TestReduceTree(t *testing.T) {
	// The largest number and where it is, together.
	f := func(in []*trace.Value) []*trace.Value {
		type at struct{ V, I A }
		idx := ops.Iota(ir.Int32, in[0].Shape(), 1)
		r := lax.ReduceTree(at{jnp.Wrap(in[0]), jnp.Wrap(idx)},
			at{jnp.Wrap(litOf(float64Type, -1e300)), jnp.Wrap(ScalarInt(-1))}, func(a, b at) at {
				first := ops.Or(ops.Gt(a.V.TraceValue(), b.V.TraceValue()),
					ops.And(ops.Eq(a.V.TraceValue(), b.V.TraceValue()), ops.Lt(a.I.TraceValue(), b.I.TraceValue())))
				return at{jnp.Wrap(ops.Select(first, a.V.TraceValue(), b.V.TraceValue())),
					jnp.Wrap(ops.Select(first, a.I.TraceValue(), b.I.TraceValue()))}
			}, -1)
		return []*trace.Value{r.V.TraceValue(), r.I.TraceValue()}
	}
	got := runBoth(t, f, []arr{nums(float64Type, []int{2, 3}, 1, 5, 2, 9, 7, 9)})
	for i, w := range []arr{vec(float64Type, 5, 9), vec(ir.Int32, 1, 0)} {
		if s := got[i].closeTo(w, 0); s != "" {
			t.Errorf("output %d: %s", i, s)
		}
	}
	// Complex products of pairs, reduced together, forward and back.
	g := func(in []*trace.Value) []*trace.Value {
		y := lax.ReduceTree([2]A{jnp.Wrap(in[0]), jnp.Wrap(in[1])},
			[2]A{jnp.Wrap(litOf(float64Type, 1)), jnp.Wrap(litOf(float64Type, 0))}, func(a, b [2]A) [2]A {
				return [2]A{
					jnp.Wrap(
						ops.Sub(ops.Mul(a[0].TraceValue(), b[0].TraceValue()),
							ops.Mul(a[1].TraceValue(), b[1].TraceValue()))),
					jnp.Wrap(
						ops.Add(ops.Mul(a[0].TraceValue(), b[1].TraceValue()),
							ops.Mul(a[1].TraceValue(), b[0].TraceValue())))}
			}, 0)
		return []*trace.Value{y[0].TraceValue(), y[1].TraceValue()}
	}
	h := func(in []*trace.Value) []*trace.Value {
		z := ops.ReduceProd(ops.Complex(in[0], in[1]), []int{0})
		return []*trace.Value{ops.Real(z), ops.Imag(z)}
	}
	in := []arr{ramp(float64Type, 0.3, 0.21, 5, 2), ramp(float64Type, -0.7, 0.17, 5, 2)}
	p, q := program(t, g, avals(in)), program(t, h, avals(in))
	onBench(t, func(b *bench) {
		b.same("values", p, q, in)
		b.same("jvp", jvpProgram(t, p), jvpProgram(t, q), in)
		b.same("vjp", vjpProgram(t, p, false), vjpProgram(t, q, false), in)
		b.same("vmap", vmapProgram(t, p, 2, []int{0, -1}), vmapProgram(t, q, 2, []int{0, -1}), nil)
	})
}

func ExampleReduce() {
	x := value([][]int{{1, 2}, {3, 4}})
	show(ops.Reduce([]*ops.Value{x}, []*ops.Value{ops.ScalarLit(ir.IntLit(1, x.DType()))},
		func(a, b []*ops.Value) []*ops.Value {
			return []*ops.Value{ops.Mul(a[0], b[0])}
		}, []int{1})...)
	// Output: [ 2 12]
}
