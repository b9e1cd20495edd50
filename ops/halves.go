package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// residuals are the values of the residuals of a split program: inputs, among x, or extra outputs.
func residuals(x, extra []*Value, res []int) []*Value {
	r := make([]*Value, len(res))
	for j, i := range res {
		if i >= 0 {
			r[j] = x[i]
		} else {
			r[j], extra = extra[0], extra[1:]
		}
	}
	return r
}

// extras counts the residuals that are not inputs.
func extras(res []int) (n int) {
	for _, i := range res {
		if i < 0 {
			n++
		}
	}
	return n
}

// halfArgs are the operands of a linear half: residuals, then the operands that are unknown.
func halfArgs(res, x []*Value) []trace.Arg {
	args := make([]trace.Arg, 0, len(res)+len(x))
	for _, r := range res {
		args = append(args, trace.Arg{X: r})
	}
	for i := range x {
		if x[i] == nil {
			args = append(args, trace.Arg{I: i})
		}
	}
	return args
}

// nonlinear are the operands that have values.
func nonlinear(x []trace.Linear) (y []*Value) {
	for _, l := range x {
		if l.X != nil {
			y = append(y, l.X)
		}
	}
	return y
}

// pullback is the transpose of p as a program of its own: (nonlinear operands, cotangents of the outputs that have one, captures) ->
// cotangents of the inputs marked in got.
func pullback(c trace.TransposeCtx, p *ir.Program, x []trace.Linear, ct []*Value) (q *ir.Program, got []bool, captured []*Value) {
	got = make([]bool, len(x))
	q, captured = trace.Trace("Transpose", trace.Avals(append(nonlinear(x), present(ct)...)), func(a []*Value) []*Value {
		next := func() (v *Value) {
			v, a = a[0], a[1:]
			return v
		}
		in := slices.Clone(x)
		for i := range in {
			if in[i].Aval = p.In[i].Ty; in[i].X != nil {
				in[i].X = next()
			}
		}
		cts := make([]*Value, len(ct))
		for i := range ct {
			if ct[i] != nil {
				cts[i] = next()
			}
		}
		y := c.Apply(p, in, cts)
		for i := range y {
			got[i] = x[i].X == nil && y[i] != nil
		}
		return present(ir.Pick(y, got))
	})
	return q, got, captured
}
