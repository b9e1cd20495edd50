package grad

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Transpose is the program (inputs that are not linear, cotangents of the outputs) -> cotangents of the linear inputs, zeros made
// explicit, of a program that is linear in the inputs marked.
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
	return closed(q, captured).DCE()
}

// Pullback writes the transpose of p in the trace that is open here: given the cotangents of the outputs, nil for zero, it
// returns those of the linear inputs, nil for the others and for zeros.
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

// backward walks the equations of a linear program from its outputs' cotangents to the cotangents of its variables. known are
// the values that it takes as they are.
func backward(p *ir.Program, known map[*ir.Var]*Value, out []*Value) map[*ir.Var]*Value {
	ct := make(map[*ir.Var]*Value, len(p.Eqns)+len(p.In))
	add := func(v ir.Value, c *Value) {
		w, ok := v.(*ir.Var)
		if !ok || c == nil || known[w] != nil {
			return
		}
		ct[w] = ops.AddTangents(ct[w], c)
	}
	b := trace.Current()
	if b != nil {
		defer b.SetAt(b.At())
	}
	asIs := make([]bool, len(p.Eqns)) // what no tangent goes into is computed: constants that were made again rather than kept
	for i := range p.Eqns {
		e := &p.Eqns[i]
		x := make([]*Value, len(e.In))
		for j, v := range e.In {
			switch v := v.(type) {
			case ir.Lit:
				x[j] = trace.FromLit(v)
			case *ir.Var:
				x[j] = known[v]
			}
		}
		if asIs[i] = !slices.Contains(x, nil); asIs[i] {
			for j, y := range trace.Bind(e.Op, x...) {
				known[e.Out[j]] = y
			}
		}
	}
	for i, v := range p.Out {
		add(v, out[i])
	}
	for i := len(p.Eqns) - 1; i >= 0; i-- {
		e := &p.Eqns[i]
		if asIs[i] {
			continue
		}
		outs, some := make([]*Value, len(e.Out)), false
		for j, o := range e.Out {
			outs[j] = ct[o]
			some = some || outs[j] != nil
		}
		if !some {
			continue
		}
		if b != nil && e.Src != 0 {
			b.SetAt(e.Src)
		}
		x := make([]trace.Linear, len(e.In))
		for j, v := range e.In {
			x[j].Aval = v.Aval()
			switch v := v.(type) {
			case ir.Lit:
				x[j].X = trace.FromLit(v)
			case *ir.Var:
				x[j].X = known[v]
			}
		}
		for j, c := range transposeEqn(e, outs, x) {
			add(e.In[j], c)
		}
	}
	return ct
}

func transposeEqn(e *ir.Eqn, ct []*Value, x []trace.Linear) []*Value {
	types := func() []ir.Aval {
		t := make([]ir.Aval, len(x))
		for i := range x {
			t[i] = x[i].Aval
		}
		return t
	}
	r, ok := e.Op.(trace.Transposer)
	if !ok {
		trace.Fail(e.Op.Name(), types(), "this operation cannot be differentiated in reverse; use gojax.JVP or Jacfwd, or give the function a derivative with gojax.CustomVJP")
	}
	in := r.Transpose(transposeCtx{}, ct, x)
	if len(in) != len(x) {
		trace.Fail(e.Op.Name(), types(), "its transpose rule returns %d cotangents, not %d: this is a fault of gojax", len(in), len(x))
	}
	for i, c := range in {
		if c != nil && x[i].X == nil && !c.Aval().SameType(x[i].Aval) {
			trace.Fail(e.Op.Name(), types(), "its transpose rule returns a cotangent of type %v for operand %d: this is a fault of gojax", c.Aval(), i)
		}
	}
	return in
}

type transposeCtx struct{}

func (transposeCtx) Program(p *ir.Program, linear []bool) *ir.Program { return Transpose(p, linear) }

func (transposeCtx) Apply(p *ir.Program, x []trace.Linear, ct []*Value) []*Value {
	return Pullback(p, x, ct)
}
