package grad

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Split cuts p in two. Outputs marked in force are unknown even if they need not be. Inputs marked in noForward are
// never residuals themselves. nil marks none.
func Split(p *ir.Program, unknown, force, noForward []bool) trace.Halves {
	var h trace.Halves
	types := mask.Pick(p.InTypes(), mask.Not(unknown))
	known, captured := trace.Trace("Split", types, func(a []*Value) []*Value {
		x := mask.Place(a, mask.Not(unknown))
		input := make(map[*Value]int, len(a))
		for i, v := range x {
			if v != nil && (noForward == nil || !noForward[i]) {
				input[v] = i
			}
		}
		half := halve(p, x, force)
		h.Linear, h.UnknownOut = half.lin, half.unknown
		out := mask.Compact(half.out)
		for _, v := range half.res {
			i, ok := input[v]
			if !ok {
				i = trace.Saved
				out = append(out, v)
			}
			h.Residuals = append(h.Residuals, i)
		}
		return out
	})
	h.Known = ops.Closed(known, captured).DCE()
	return h
}

// half is what is left of a program whose known part has been written.
type half struct {
	out     []*Value    // the known outputs, nil where unknown
	unknown []bool      // by output
	res     []*Value    // what lin needs of the known part
	lin     *ir.Program // (residuals, unknown inputs) -> unknown outputs
}

// halve writes the part of p that can be computed in the trace that is open here; x[i] is nil where the input is
// unknown.
func halve(p *ir.Program, x []*Value, force []bool) half {
	s := halver{env: make(map[*ir.Var]*Value, len(p.Eqns)+len(p.In)), resVar: map[*Value]*ir.Var{}}
	for i, v := range p.In {
		if x[i] != nil {
			s.env[v] = x[i]
		}
	}
	at, done := trace.Lines()
	defer done()
	for i := range p.Eqns {
		at(&p.Eqns[i])
		s.eqn(&p.Eqns[i])
	}
	h := half{unknown: make([]bool, len(p.Out)), out: make([]*Value, len(p.Out)), lin: &ir.Program{}}
	for i, v := range p.Out {
		k := s.get(v)
		switch {
		case k == nil:
			h.unknown[i] = true
			h.lin.Out = append(h.lin.Out, v)
		case force != nil && force[i]:
			h.unknown[i] = true
			h.lin.Out = append(h.lin.Out, s.residual(k))
		default:
			h.out[i] = k
		}
	}
	h.lin.Eqns = s.lin // only now: an output that is made unknown may have been made again
	for _, v := range s.res {
		h.lin.In = append(h.lin.In, s.resVar[v])
	}
	nres := len(s.res)
	for i, v := range p.In {
		if x[i] == nil {
			h.lin.In = append(h.lin.In, v)
		}
	}
	// Residuals go where nothing needs them, unknown inputs stay.
	keep := slices.Concat(make([]bool, nres), mask.Full(len(h.lin.In)-nres))
	lin, kept := h.lin.DCEKeeping(nil, keep)
	h.lin, h.res = lin, mask.Pick(s.res, kept)
	return h
}

// halver is the state of halve.
type halver struct {
	env    map[*ir.Var]*Value // of known variables
	lin    []ir.Eqn
	res    []*Value
	resVar map[*Value]*ir.Var
	consts map[*Value]*ir.Eqn // how known values are made that depend on nothing
}

// constant reports whether e makes one array out of nothing but literals.
func constant(e *ir.Eqn, x []*Value) bool {
	for _, v := range x {
		if _, ok := v.Lit(); !ok {
			return false
		}
	}
	return len(e.Out) == 1 && !ir.OpEffects(e.Op)
}

// get is the known value of v, nil if there is none.
func (s *halver) get(v ir.Value) *Value {
	return valueOf(v, s.env)
}

// residual is the operand by which the linear half takes v.
func (s *halver) residual(v *Value) ir.Value {
	if l, ok := v.Lit(); ok {
		return l
	}
	r := s.resVar[v]
	if r == nil {
		if c := s.consts[v]; c != nil { // made again rather than kept
			if c.Out == nil {
				c.Out = []*ir.Var{{Ty: v.Aval()}}
				s.lin = append(s.lin, *c)
			}
			return c.Out[0]
		}
		r = &ir.Var{Ty: v.Aval()}
		s.resVar[v] = r
		s.res = append(s.res, v)
	}
	return r
}

// eqn takes up one equation: it is computed here if all operands are known, else cut by its rule, or left to the linear
// half.
func (s *halver) eqn(e *ir.Eqn) {
	x := make([]*Value, len(e.In))
	unknown := false
	for i, v := range e.In {
		x[i] = s.get(v)
		unknown = unknown || x[i] == nil
	}
	if !unknown {
		y := trace.Bind(e.Op, x...)
		for i := range y {
			s.env[e.Out[i]] = y[i]
		}
		if constant(e, x) {
			if s.consts == nil {
				s.consts = map[*Value]*ir.Eqn{}
			}
			c := &ir.Eqn{Op: e.Op, Src: e.Src}
			for _, v := range x {
				l, _ := v.Lit()
				c.In = append(c.In, l)
			}
			s.consts[y[0]] = c
		}
		return
	}
	if r, ok := e.Op.(trace.Splitter); ok {
		if y, lin, args, unknownOut := r.Split(splitCtx{}, x); lin != nil {
			s.splitEqn(e, y, lin, args, unknownOut)
			return
		}
	}
	l := ir.Eqn{Op: e.Op, Src: e.Src, In: make([]ir.Value, len(e.In)), Out: e.Out}
	for i, v := range e.In {
		if l.In[i] = v; x[i] != nil {
			l.In[i] = s.residual(x[i])
		}
	}
	s.lin = append(s.lin, l)
}

// splitEqn takes up what the rule of an operation that holds programs has split.
func (s *halver) splitEqn(e *ir.Eqn, y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	l := ir.Eqn{Op: lin, Src: e.Src}
	for _, a := range args {
		if a.X != nil {
			l.In = append(l.In, s.residual(a.X))
		} else {
			l.In = append(l.In, e.In[a.I])
		}
	}
	for i, o := range e.Out {
		if unknownOut[i] {
			l.Out = append(l.Out, o)
		} else {
			s.env[o] = y[i]
		}
	}
	if len(l.Out) > 0 || ir.OpEffects(lin) {
		s.lin = append(s.lin, l)
	}
}

type splitCtx struct{}

func (splitCtx) Program(p *ir.Program, unknown, force, noForward []bool) trace.Halves {
	return Split(p, unknown, force, noForward)
}
