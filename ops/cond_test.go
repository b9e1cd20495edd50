package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func TestCond(t *testing.T) {
	// Each branch uses what the other does not, one returns an operand as it is, one a constant.
	f := func(x []*trace.Value) []*trace.Value {
		p := lax.Cond(jnp.Wrap(x[0]), func() pair {
			return pair{jnp.Wrap(ops.Mul(x[1], x[1])), jnp.Wrap(x[2]), "n"}
		}, func() pair {
			return pair{jnp.Wrap(ops.Add(x[1], x[3])), jnp.Wrap(litLike(x[2], 7)), "n"}
		})
		if p.Name != "n" {
			t.Errorf("the static part of the result is %q", p.Name)
		}
		return []*trace.Value{p.X.TraceValue(), p.Y.TraceValue()}
	}
	b := newBench(t)
	for _, c := range []struct {
		pred arr
		yes  bool
	}{
		{nums(ir.Bool, nil, 1), true}, {nums(ir.Bool, nil, 0), false},
		{scalar(ir.Int32, -3), true}, {scalar(ir.Int32, 0), false}, {scalar(ir.Float32, 0.5), true},
		{scalar(ir.Float64, 0), false},
	} {
		in := []arr{c.pred, vec(ir.Float64, 1, 2, 3), vec(ir.Int32, 4, 5), vec(ir.Float64, 10, 20, 30)}
		want := []arr{vec(ir.Float64, 11, 22, 33), vec(ir.Int32, 7, 7)}
		if c.yes {
			want = []arr{vec(ir.Float64, 1, 4, 9), vec(ir.Int32, 4, 5)}
		}
		b.values(f, in, func(got []arr) {
			for i, g := range got {
				if s := g.closeTo(want[i], 0); s != "" {
					t.Errorf("pred %v, output %d: %s", c.pred, i, s)
				}
			}
		})
	}
	b.vmap(f,
		[]arr{nums(ir.Bool, nil, 1), vec(ir.Float64, 1, 2, 3), vec(ir.Int32, 4, 5), vec(ir.Float64, 10, 20, 30)})
	b.run()
	// A mapped predicate: rows of both kinds, on every kind of mapping of the operands.
	g := func(x []*trace.Value) []*trace.Value {
		return f(append([]*trace.Value{ops.Gt(ops.ReduceSum(x[0], []int{0}), litOf(ir.Float64, 0))}, x[1:]...))
	}
	rows := []arr{vec(ir.Float64, 1, -2), vec(ir.Float64, 1, 2, 3), vec(ir.Int32, 4, 5), vec(ir.Float64, 10, 20, 30)}
	p := program(t, g, avals(rows))
	rows[0] = nums(ir.Float64, []int{2, 3}, 1, -1, 2, -2, 3, 0)
	for _, axes := range [][]int{{1, -1, -1, -1}, {1, -1, 0, -1}} {
		checkVmapRows(t, p, g, rows, axes)
	}
}

func TestSwitch(t *testing.T) {
	bench := newBench(t)
	for _, c := range []struct {
		d    ir.DType
		i    float64
		want float64
	}{
		{ir.Int32, 0, 10}, {ir.Int32, 1, 11}, {ir.Int32, 2, 12}, {ir.Int32, 3, 12}, {ir.Int32, -1, 10},
		{ir.Int8, 100, 12}, {ir.Int8, -100, 10}, {ir.Uint8, 255, 12}, {ir.Int64, 1 << 40, 12}, {ir.Int64, -1 << 40, 10},
		{ir.Uint64, 1 << 63, 12},
	} {
		f := func(x []*trace.Value) []*trace.Value {
			b := func(v float64) func() A { return func() A { return jnp.Wrap(ops.Add(x[1], litOf(ir.Float32, v))) } }
			return []*trace.Value{lax.Switch(jnp.Wrap(x[0]), b(10), b(11), b(12)).TraceValue()}
		}
		in := []arr{scalar(c.d, c.i), scalar(ir.Float32, 0)}
		bench.values(f, in, func(got []arr) {
			if s := got[0].closeTo(scalar(ir.Float32, c.want), 0); s != "" {
				t.Errorf("Switch(%v): %s", in[0], s)
			}
		})
		if c.d == ir.Int32 {
			bench.vmap(f, in)
		}
	}
	bench.run()
	// Rows that take different branches.
	f := func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{
			lax.Switch(jnp.Wrap(ops.ReduceSum(x[0], []int{0})), func() A { return jnp.Wrap(ops.Neg(x[1])) },
				func() A { return jnp.Wrap(x[1]) }, func() A { return jnp.Wrap(litLike(x[1], 3)) }).TraceValue()}
	}
	in := []arr{vec(ir.Int32, 0), vec(ir.Float32, 1, 2)}
	p := program(t, f, avals(in))
	in[0] = nums(ir.Int32, []int{1, 5}, 2, 0, 1, -9, 9)
	checkVmapRows(t, p, f, in, []int{1, -1})
	checkVmapRows(t, p, f, in, []int{1, 1})
}

func TestCondWith(t *testing.T) {
	for _, pred := range []float64{0, 1} {
		f := func(x []*trace.Value) []*trace.Value {
			r := lax.CondWith(jnp.Wrap(x[0]), func(m map[string]A) A { return m["a"] },
				func(m map[string]A) A { return m["b"] },
				map[string]A{"a": jnp.Wrap(x[1]), "b": jnp.Wrap(x[2])})
			return []*trace.Value{r.TraceValue()}
		}
		if s := runBoth(t, f,
			[]arr{nums(ir.Bool, nil, pred), vec(ir.Float32, 1), vec(ir.Float32, 0)})[0].closeTo(vec(ir.Float32, pred),
			0); s != "" {
			t.Error(s)
		}
	}
}
