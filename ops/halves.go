package ops

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// What the rules Split and Transpose of operations that hold programs share. For Split, x are an equation's operands,
// nil where unknown.

// splitBody is the rule Split for operations that do what one program does, of which h are the halves; with makes the
// operation of another program.
func splitBody(
	h trace.Halves, x []*Value, with func(p *ir.Program) ir.Op,
) (y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	r := cut(trace.Bind(with(h.Known), mask.Compact(x)...), h.NumKnown())
	known, saved := r[0], r[1]
	args = linearArgs(residuals(h, x, saved), x)
	return mask.Place(known, mask.Not(h.UnknownOut)), with(h.Linear), args, h.UnknownOut
}

// residuals are the values of h's residuals: operands among x, or saved by the known half.
func residuals(h trace.Halves, x, saved []*Value) []*Value {
	r := make([]*Value, len(h.Residuals))
	for j, i := range h.Residuals {
		if i == trace.Saved {
			r[j], saved = saved[0], saved[1:]
		} else {
			r[j] = x[i]
		}
	}
	return r
}

// linearArgs are the operands of a linear half: the residuals res, then the operands that are unknown.
func linearArgs(res, x []*Value) []trace.Arg {
	args := residualArgs(res)
	for i := range x {
		if x[i] == nil {
			args = append(args, trace.Arg{I: i})
		}
	}
	return args
}

// residualArgs are residuals as operands of a linear half.
func residualArgs(res []*Value) []trace.Arg {
	args := make([]trace.Arg, len(res))
	for i, v := range res {
		args[i].X = v
	}
	return args
}

// demote makes all outputs marked in unknown unknown. Those that h.Known returns so far become residuals instead, which
// h.Linear returns as its own outputs. unknownIn marks the unknown inputs of the program that was cut into h.
func demote(h trace.Halves, unknownIn, unknown []bool) trace.Halves {
	if slices.Equal(h.UnknownOut, unknown) {
		return h
	}
	r := residualsOf(h, unknownIn)
	out := mask.Merge(h.Linear.Out, h.Known.Out[:h.NumKnown()], h.UnknownOut)
	for i, v := range out {
		if unknown[i] && !h.UnknownOut[i] {
			out[i] = r.add(v)
		}
	}
	unknownVars := h.Linear.In[len(h.Residuals):]
	return trace.Halves{
		Known: &ir.Program{
			In: h.Known.In, Eqns: h.Known.Eqns, Out: slices.Concat(mask.Pick(out, mask.Not(unknown)), r.saved),
		},
		Linear: &ir.Program{
			In: slices.Concat(r.vars, unknownVars), Eqns: h.Linear.Eqns, Out: mask.Pick(out, unknown),
		},
		UnknownOut: unknown,
		Residuals:  r.from,
	}
}

// residualSet are the residuals of a program cut in two.
type residualSet struct {
	vars  []*ir.Var            // by which the linear half knows them
	from  []int                // what they are: Halves.Residuals
	saved []ir.Value           // those that the known half returns
	of    map[ir.Value]*ir.Var // vars, by the values of the known half
	input map[ir.Value]int     // the inputs of the known half, by their number in the program
}

// residualsOf is a set of the residuals of h, to which more can be added.
func residualsOf(h trace.Halves, unknownIn []bool) *residualSet {
	n := len(h.Residuals)
	r := &residualSet{
		vars:  slices.Clone(h.Linear.In[:n]),
		from:  slices.Clone(h.Residuals),
		saved: slices.Clone(h.Known.Out[h.NumKnown():]),
		of:    map[ir.Value]*ir.Var{},
		input: map[ir.Value]int{},
	}
	inputs := mask.Place(h.Known.In, mask.Not(unknownIn))
	for i, v := range inputs {
		if v != nil {
			r.input[v] = i
		}
	}
	saved := r.saved
	for j, i := range r.from {
		if i == trace.Saved {
			r.of[saved[0]], saved = r.vars[j], saved[1:]
		} else {
			r.of[inputs[i]] = r.vars[j]
		}
	}
	return r
}

// add makes the value v of the known half a residual, and returns the variable by which the linear half knows it.
func (r *residualSet) add(v ir.Value) ir.Value {
	if _, ok := v.(ir.Lit); ok {
		return v
	}
	if w, ok := r.of[v]; ok {
		return w
	}
	w := &ir.Var{Ty: v.Aval()}
	r.of[v] = w
	r.vars = append(r.vars, w)
	if i, ok := r.input[v]; ok {
		r.from = append(r.from, i)
	} else {
		r.from = append(r.from, trace.Saved)
		r.saved = append(r.saved, v)
	}
	return w
}

// given marks the operands that have values.
func given(x []trace.Linear) []bool {
	return mask.Of(x, func(l trace.Linear) bool { return l.X != nil })
}

// nonlinear are the operands that have values.
func nonlinear(x []trace.Linear) []*Value {
	y := make([]*Value, 0, len(x))
	for _, l := range x {
		if l.X != nil {
			y = append(y, l.X)
		}
	}
	return y
}

// linearOperands are operands of the given types, of which those that are not nil have values.
func linearOperands(types []ir.Aval, x []*Value) []trace.Linear {
	y := make([]trace.Linear, len(types))
	for i, t := range types {
		y[i] = trace.Linear{X: x[i], Aval: t}
	}
	return y
}

// pullback is the transpose of p as a program of its own: (nonlinear operands, cotangents of the outputs that have one,
// captures) -> cotangents of the inputs marked in got.
func pullback(
	c trace.TransposeCtx, p *ir.Program, x []trace.Linear, ct []*Value,
) (q *ir.Program, got []bool, captured []*Value) {
	in := append(nonlinear(x), mask.Compact(ct)...)
	q, captured = trace.Trace("Transpose", trace.Avals(in), func(a []*Value) []*Value {
		isGiven, hasCt := given(x), mask.NonNil(ct)
		a1 := cut(a, mask.Count(isGiven))
		y := c.Apply(p, linearOperands(p.InTypes(), mask.Place(a1[0], isGiven)), mask.Place(a1[1], hasCt))
		for i := range y {
			if isGiven[i] {
				y[i] = nil
			}
		}
		got = mask.NonNil(y)
		return mask.Compact(y)
	})
	return q, got, captured
}

// withZeros is p, whose outputs are those marked in have, with zeros put in for the others that are marked in want: of
// a program that returns a and c, have 101 and want 111, it is one that returns a, 0, c. types are those of all
// outputs.
func withZeros(p *ir.Program, have, want []bool, types []ir.Aval) *ir.Program {
	if slices.Equal(have, want) {
		return p
	}
	q := &ir.Program{In: p.In, Eqns: slices.Clip(p.Eqns), Out: mask.Place(p.Out, have)}
	for i := range want {
		if want[i] && !have[i] {
			z, _ := trace.Trace("zeros", nil, func([]*Value) []*Value { return []*Value{Zeros(types[i].Strong())} })
			q.Eqns = append(q.Eqns, z.Eqns...)
			q.Out[i] = z.Out[0]
		}
	}
	q.Out = mask.Pick(q.Out, want)
	return q
}
