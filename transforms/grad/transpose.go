package grad

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Transpose is the program (inputs that are not linear, cotangents of the outputs) -> cotangents of the linear inputs,
// zeros made explicit, of a program that is linear in the inputs marked.
func Transpose(p *ir.Program, linear []bool) *ir.Program {
	given := mask.Not(linear)
	types := mask.Pick(p.InTypes(), given)
	n := len(types)
	for _, t := range p.OutTypes() {
		types = append(types, t.Strong())
	}
	q, captured := trace.Trace("Transpose", types, func(a []*Value) []*Value {
		x := make([]trace.Linear, len(p.In))
		for i, v := range mask.Place(a[:n], given) {
			x[i] = trace.Linear{X: v, Aval: p.In[i].Ty}
		}
		ct := Pullback(p, x, a[n:])
		for i := range ct {
			if ct[i] == nil {
				ct[i] = zeros(x[i].Aval)
			}
		}
		return mask.Pick(ct, linear)
	})
	return ops.Closed(q, captured).DCE()
}

// Pullback writes the transpose of p in the trace that is open here: given the cotangents of the outputs, nil for zero,
// it returns those of the linear inputs, nil for the others and for zeros.
func Pullback(p *ir.Program, x []trace.Linear, ct []*Value) []*Value {
	in := make([]*Value, len(x))
	for i := range x {
		in[i] = x[i].X
	}
	// An output that no linear input reaches takes its cotangent to nowhere.
	h := halve(p, in, mask.Full(len(p.Out)))
	known := make(map[*ir.Var]*Value, len(h.res))
	for i, v := range h.res {
		known[h.lin.In[i]] = v
	}
	got := backward(h.lin, known, ct)
	out := make([]*Value, len(x))
	for i, v := range p.In {
		if x[i].X == nil {
			out[i] = got[v]
		}
	}
	return out
}

// backward walks the equations of a linear program from its outputs' cotangents to the cotangents of its variables.
// known are the values that it takes as they are.
func backward(p *ir.Program, known map[*ir.Var]*Value, out []*Value) map[*ir.Var]*Value {
	linear := evaluateConstants(p, known)
	ct := make(map[*ir.Var]*Value, len(p.Eqns)+len(p.In))
	add := func(v ir.Value, c *Value) {
		if w, ok := v.(*ir.Var); ok && c != nil && known[w] == nil {
			ct[w] = ops.AddTangents(ct[w], c)
		}
	}
	for i, v := range p.Out {
		add(v, out[i])
	}
	at, done := trace.Lines()
	defer done()
	for _, e := range slices.Backward(linear) {
		outs, some := make([]*Value, len(e.Out)), false
		for j, o := range e.Out {
			outs[j] = ct[o]
			some = some || outs[j] != nil
		}
		if !some {
			continue
		}
		at(e)
		x := make([]trace.Linear, len(e.In))
		for j, v := range e.In {
			x[j] = trace.Linear{X: valueOf(v, known), Aval: v.Aval()}
		}
		for j, c := range transposeEqn(e, outs, x) {
			add(e.In[j], c)
		}
	}
	return ct
}

// evaluateConstants computes what no tangent goes into, constants that were made again rather than kept, and adds it to
// known. The other equations are returned.
func evaluateConstants(p *ir.Program, known map[*ir.Var]*Value) (linear []*ir.Eqn) {
	linear = make([]*ir.Eqn, 0, len(p.Eqns))
	for i := range p.Eqns {
		e := &p.Eqns[i]
		x := make([]*Value, len(e.In))
		for j, v := range e.In {
			x[j] = valueOf(v, known)
		}
		if slices.Contains(x, nil) {
			linear = append(linear, e)
			continue
		}
		for j, y := range trace.Bind(e.Op, x...) {
			known[e.Out[j]] = y
		}
	}
	return linear
}

// valueOf is the known value of v, nil if there is none.
func valueOf(v ir.Value, known map[*ir.Var]*Value) *Value {
	if l, ok := v.(ir.Lit); ok {
		return trace.FromLit(l)
	}
	return known[v.(*ir.Var)]
}

// transposeEqn applies the rule of one equation.
func transposeEqn(e *ir.Eqn, ct []*Value, x []trace.Linear) []*Value {
	fail := func(format string, args ...any) {
		t := make([]ir.Aval, len(x))
		for i := range x {
			t[i] = x[i].Aval
		}
		trace.Fail(e.Op.Name(), t, format, args...)
	}
	r, ok := e.Op.(trace.Transposer)
	if !ok {
		fail("this operation cannot be differentiated in reverse; use gojax.JVP or JacFwd, or give the function a " +
			"derivative with gojax.CustomVJP")
	}
	in := r.Transpose(transposeCtx{}, ct, x)
	if len(in) != len(x) {
		fail("its transpose rule returns %d cotangents, not %d: this is a fault of gojax", len(in), len(x))
	}
	for i, c := range in {
		if c != nil && x[i].X == nil && !c.Aval().SameType(x[i].Aval) {
			fail("its transpose rule returns a cotangent of type %v for operand %d: this is a fault of gojax", c.Aval(),
				i)
		}
	}
	return in
}

type transposeCtx struct{}

func (transposeCtx) Program(p *ir.Program, linear []bool) *ir.Program { return Transpose(p, linear) }

func (transposeCtx) Apply(p *ir.Program, x []trace.Linear, ct []*Value) []*Value {
	return Pullback(p, x, ct)
}
