package grad

import (
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

// Linearize writes the equations of p in the trace that is open here and returns its outputs, and the linear map from the
// tangents of the inputs marked in nonzero to those of the outputs.
func Linearize(p *ir.Program, x []*Value, nonzero []bool) ([]*Value, *LinearMap) {
	var types []ir.Aval
	for i, v := range p.In {
		if nonzero[i] {
			types = append(types, strong(v.Ty))
		}
	}
	side, t := trace.Side("Linearize", types)
	y, yt := walk(p, x, placed(t, nonzero), linearizeEqn)
	m := &LinearMap{In: nonzero, Out: nonZero(yt)}
	m.P, m.Res = side.Close(ir.Pick(yt, m.Out))
	return y, m
}

// linearizeEqn applies the rule of one equation: what depends on tangents goes to the side trace that they are of. An operation
// that holds programs computes outputs and tangents together, and is split at once.
func linearizeEqn(e *ir.Eqn, x, t []*Value) (y, yt []*Value) {
	if _, ok := e.Op.(ir.Nested); !ok {
		return jvp(e, x, t)
	}
	if _, ok := e.Op.(interface{ Apart() }); ok {
		y, yt := jvp(e, x, t)
		here := trace.Current()
		for _, v := range y {
			for _, g := range t {
				if g != nil && v.Traced() && v.Builder() == g.Builder() && v.Builder() != here {
					trace.Fail("gojax.CustomJVP", trace.Avals(x), "the value that the rule returns depends on the tangent; it must be the function's own result")
				}
			}
		}
		return y, yt
	}
	n := len(x)
	nz := nonZero(t)
	types := trace.Avals(x)
	for i, v := range t {
		if nz[i] {
			types = append(types, v.Aval())
		}
	}
	var out []bool
	p, captured := trace.Trace("Linearize", types, func(a []*Value) []*Value {
		y, yt := jvp(e, a[:n], placed(a[n:], nz))
		out = nonZero(yt)
		return append(y, ir.Pick(yt, out)...)
	})
	in := make([]*Value, len(p.In)) // the tangents are unknown
	copy(in, x)
	copy(in[len(types):], captured)
	h := halve(p.DCE(), in, nil)
	operands := append(h.res, ir.Pick(t, nz)...)
	lin := trace.Inline(h.lin, operands)
	get := func(i int) *Value {
		if !h.unknown[i] {
			return h.out[i]
		}
		k := 0
		for _, u := range h.unknown[:i] {
			if u {
				k++
			}
		}
		return lin[k]
	}
	y, yt = make([]*Value, len(e.Out)), make([]*Value, len(e.Out))
	var again []*Value
	for i := range y {
		if y[i] = get(i); h.unknown[i] { // the rule that splits it keeps it with the tangents
			if again == nil {
				again = trace.Bind(e.Op, x...)
			}
			y[i] = again[i]
		}
	}
	k := len(y)
	for i := range yt {
		if out[i] {
			yt[i] = get(k)
			k++
		}
	}
	return y, yt
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
	return placed(trace.Inline(m.P, append(in, res...)), m.Out)
}

// Transpose writes the map from cotangents of the outputs to those of the inputs, nil for zero, in the trace that is open here.
func (m *LinearMap) Transpose(ct, res []*Value) []*Value {
	n := len(m.P.In) - len(res)
	known := make(map[*ir.Var]*Value, len(res))
	for i, v := range res {
		known[m.P.In[n+i]] = v
	}
	got := backward(m.P, known, ir.Pick(ct, m.Out))
	in := make([]*Value, n)
	for i := range in {
		in[i] = got[m.P.In[i]]
	}
	return placed(in, m.In)
}
