package jnp

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func sameShape(x, y *value) bool { return slices.Equal(x.Shape(), y.Shape()) }

// Where is x where cond holds (is not 0) and y elsewhere; the three are broadcast, x and y promoted (NumPy where with three
// arguments). Both x and y are computed in full.
func Where[C, A, B Operand](cond C, x A, y B) Array {
	const op = "jnp.Where"
	return where(op, wide(cond, op), wide(x, op), wide(y, op))
}

func where(op string, cond, x, y *value) Array {
	if l, ok := cond.Lit(); ok {
		cond = trace.FromLit(ir.BoolLit(l.Lo|l.Hi != 0 && l.Complex() != 0))
	}
	ax, ay := x.Aval(), y.Aval()
	d, weak := promote(trace.X64(cond, x, y), ax, ay)
	x, y = cheap(op, x, d, weak), cheap(op, y, d, weak)
	types := []ir.Aval{cond.Aval(), x.Aval(), y.Aval()}
	shape := broadcastShapes2(op, broadcastShapes2(op, ax.Shape, ay.Shape, types), cond.Shape(), types)
	if cond.DType() == ir.Bool && typed(x, d, weak, shape) && typed(y, d, weak, shape) &&
		(cond.Rank() == 0 || slices.Equal(cond.Shape(), shape)) {
		return Wrap(ops.Select(cond, x, y))
	}
	return whole(op, nil, []*value{cond, x, y}, func(in []*value) *value {
		c := toBool(in[0])
		if c.Rank() > 0 {
			c = broadcastTo(c, shape)
		}
		x := broadcastTo(convert(op, in[1], d, weak), shape)
		y := broadcastTo(convert(op, in[2], d, weak), shape)
		return ops.Select(c, x, y)
	})
}

// Select takes each element from the first of choices whose condition holds there, or from otherwise where none does (NumPy
// select). All are broadcast, choices and otherwise promoted; otherwise is an Array or a Go scalar.
func Select(conditions, choices []Array, otherwise any) Array {
	const op = "jnp.Select"
	if len(conditions) != len(choices) || len(choices) == 0 {
		trace.Fail(op, nil, "%d conditions and %d choices: there must be as many of each, and at least one", len(conditions), len(choices))
	}
	in := make([]*value, 0, 2*len(choices)+1)
	shape := []int{}
	for _, c := range conditions {
		in = append(in, c.val(op))
	}
	for _, c := range choices {
		in = append(in, c.val(op))
	}
	in = append(in, wide(otherwise, op))
	types := trace.Avals(in)
	for _, v := range in {
		shape = broadcastShapes2(op, shape, v.Shape(), types)
	}
	n := len(choices)
	d, weak := promote(trace.X64(in...), types[n:]...)
	in[2*n] = cheap(op, in[2*n], d, weak)
	return whole(op, n, in, func(in []*value) *value {
		fit := func(v *value) *value { return broadcastTo(convert(op, v, d, weak), shape) }
		out := fit(in[2*n])
		for i := n - 1; i >= 0; i-- {
			out = ops.Select(broadcastTo(toBool(in[i]), shape), fit(in[n+i]), out)
		}
		return out
	})
}
