package grad

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// LinearMap is a linear program with the values that it takes from where it was made: (tangents) -> tangents.
type LinearMap struct {
	P   *ir.Program // (tangents, residuals) -> tangents
	Res []*Value    // residuals
	In  []bool      // which inputs of the function have a tangent among P's
	Out []bool      // which outputs of the function have one
	Ty  []ir.Aval   // the types of the function's outputs

	push, pull once
}

// Linearize writes the equations of p in the trace that is open here and returns its outputs, and the linear map from
// the tangents of the inputs marked in nonzero to those of the outputs.
func Linearize(p *ir.Program, x []*Value, nonzero []bool) ([]*Value, *LinearMap) {
	side, t := trace.Side("Linearize", tangentTypes(p, nonzero))
	y, yt := walk(p, x, mask.Place(t, nonzero), linearizeEqn)
	m := &LinearMap{In: nonzero, Out: mask.NonNil(yt)}
	m.P, m.Res = side.Close(mask.Pick(yt, m.Out))
	return y, m
}

// linearizeEqn applies the rule of one equation: what depends on tangents goes to the side trace that they are of. An
// operation that holds programs computes outputs and tangents together, and is split at once.
func linearizeEqn(e *ir.Eqn, x, t []*Value) (y, yt []*Value) {
	if _, ok := e.Op.(ir.Nested); !ok {
		return jvp(e, x, t)
	}
	if _, ok := e.Op.(trace.SeparateJVPer); ok {
		y, yt := jvp(e, x, t)
		checkPrimal(x, t, y)
		return y, yt
	}
	n, k, nz := len(x), len(e.Out), mask.NonNil(t)
	tangents := mask.Compact(t)
	types := slices.Concat(trace.Avals(x), trace.Avals(tangents))
	var out []bool
	p, captured := trace.Trace("Linearize", types, func(a []*Value) []*Value {
		y, yt := jvp(e, a[:n], mask.Place(a[n:], nz))
		out = mask.NonNil(yt)
		return append(y, mask.Compact(yt)...)
	})
	h := halve(p.DCE(), slices.Concat(x, make([]*Value, len(tangents)), captured), nil) // the tangents are unknown
	lin := trace.Inline(h.lin, append(h.res, tangents...))
	all := mask.Merge(lin, mask.Compact(h.out), h.unknown)
	y, yt = all[:k:k], mask.Place(all[k:], out)
	if mask.Any(h.unknown[:k]) { // the rule that splits it keeps such outputs with the tangents
		again := trace.Bind(e.Op, x...)
		for i := range y {
			if h.unknown[i] {
				y[i] = again[i]
			}
		}
	}
	return y, yt
}

// checkPrimal refuses outputs y that depend on the tangents t. They are found by their trace: tangents are computed in
// a side trace (trace.Side), and what depends on one is of that trace too.
func checkPrimal(x, t, y []*Value) {
	here := trace.Current()
	for _, v := range y {
		for _, g := range t {
			if g != nil && v.Traced() && v.Builder() == g.Builder() && v.Builder() != here {
				trace.Fail("gojax.CustomJVP", trace.Avals(x), "the value that the rule returns depends on the "+
					"tangent; it must be the function's own result")
			}
		}
	}
}

// Apply writes the linear map of tangents t, nil for zero, with the residuals res, in the trace that is open here.
func (m *LinearMap) Apply(t, res []*Value) []*Value {
	in := make([]*Value, 0, len(m.P.In))
	for i, v := range t {
		if m.In[i] {
			if v == nil {
				v = zeros(m.P.In[len(in)].Ty)
			}
			in = append(in, v)
		}
	}
	return mask.Place(trace.Inline(m.P, append(in, res...)), m.Out)
}

// Transpose writes the map from cotangents of the outputs to those of the inputs, nil for zero, in the trace that is
// open here.
func (m *LinearMap) Transpose(ct, res []*Value) []*Value {
	n := len(m.P.In) - len(res)
	known := make(map[*ir.Var]*Value, len(res))
	for i, v := range res {
		known[m.P.In[n+i]] = v
	}
	got := backward(m.P, known, mask.Pick(ct, m.Out))
	in := make([]*Value, n)
	for i := range in {
		in[i] = got[m.P.In[i]]
	}
	return mask.Place(in, m.In)
}
