package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func sameShape(x, y *value) bool { return slices.Equal(x.Shape(), y.Shape()) }

// Where is x where cond holds (is not 0) and y elsewhere; the three are broadcast, x and y promoted (NumPy where with
// three arguments). Both x and y are computed in full.
func Where[C, A, B Operand](cond C, x A, y B) Array {
	const op = "jnp.Where"
	return where(op, lift(op, cond), lift(op, x), lift(op, y))
}

func where(op string, cond, x, y *value) Array {
	if l, ok := cond.Lit(); ok {
		cond = trace.FromLit(ir.BoolLit(l.Lo|l.Hi != 0 && l.Complex() != 0))
	}
	ax, ay := x.Aval(), y.Aval()
	d, weak := kit.CommonType(trace.X64(cond, x, y), ax, ay)
	x, y = kit.Settle(op, x, d, weak), kit.Settle(op, y, d, weak)
	types := []ir.Aval{cond.Aval(), x.Aval(), y.Aval()}
	t := target{ir.Aval{Shape: kit.BroadcastShapes(op, types, ax.Shape, ay.Shape, cond.Shape()), DType: d, Weak: weak}}
	if cond.DType() == ir.Bool && x.Aval().Equal(t.Aval) && y.Aval().Equal(t.Aval) &&
		(cond.Rank() == 0 || slices.Equal(cond.Shape(), t.Shape)) {
		return Wrap(ops.Select(cond, x, y))
	}
	return whole(op, nil, []*value{cond, x, y}, func(in []*value) *value {
		c := truth(op, in[0])
		if c.Rank() > 0 {
			c = kit.BroadcastTo(c, t.Shape)
		}
		return ops.Select(c, t.fit(op, in[1]), t.fit(op, in[2]))
	})
}

// Select takes each element from the first of choices whose condition holds there, or from otherwise where none does
// (NumPy select). All are broadcast, choices and otherwise promoted; otherwise is an Array or a Go scalar.
func Select[D Operand](conditions, choices []Array, otherwise D) Array {
	const op = "jnp.Select"
	if len(conditions) != len(choices) || len(choices) == 0 {
		trace.Fail(op, nil, "%d conditions and %d choices: there must be as many of each, and at least one",
			len(conditions), len(choices))
	}
	in := make([]*value, 0, 2*len(choices)+1)
	shape := []int{}
	for _, c := range conditions {
		in = append(in, c.val(op))
	}
	for _, c := range choices {
		in = append(in, c.val(op))
	}
	in = append(in, lift(op, otherwise))
	types := trace.Avals(in)
	for _, v := range in {
		shape = kit.BroadcastShapes(op, types, shape, v.Shape())
	}
	n := len(choices)
	d, weak := kit.CommonType(trace.X64(in...), types[n:]...)
	in[2*n] = kit.Settle(op, in[2*n], d, weak)
	return whole(op, n, in, func(in []*value) *value {
		fit := func(v *value) *value { return kit.BroadcastTo(kit.Convert(op, v, d, weak), shape) }
		out := fit(in[2*n])
		for i := n - 1; i >= 0; i-- {
			out = ops.Select(kit.BroadcastTo(truth(op, in[i]), shape), fit(in[n+i]), out)
		}
		return out
	})
}
