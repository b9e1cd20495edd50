package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// CheckpointPolicy says which values inside a checkpoint are kept for the way back; the others are computed again.
type CheckpointPolicy int

// The policies.
const (
	SaveNothing    CheckpointPolicy = iota // only the arguments are kept (jax.checkpoint's default)
	SaveDots                               // and the results of DotGeneral and Conv (checkpoint_policies.dots_saveable)
	SaveEverything                         // as without a checkpoint (everything_saveable)
)

// checkpoint runs a program whose values differentiation in reverse does not keep.
type checkpoint struct {
	Body   *ir.Program
	Policy CheckpointPolicy
}

func (checkpoint) Name() string              { return "checkpoint" }
func (o checkpoint) Programs() []*ir.Program { return []*ir.Program{o.Body} }

// Checkpoint applies p, a program without captures beyond its inputs, to x. Differentiated in reverse, it computes again, on the
// way back, what policy does not keep.
func Checkpoint(p *ir.Program, policy CheckpointPolicy, x []*Value) []*Value {
	return trace.Bind(checkpoint{p, policy}, x...)
}

func (o checkpoint) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := checkOperands("the function given to Checkpoint", o.Body, in); err != nil {
		return nil, err
	}
	return o.Body.OutTypes(), nil
}

func (o checkpoint) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return e.Inline(o.Body, x)
}

func (o checkpoint) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	p, out := c.Program(o.Body, isMapped(d), nil)
	return trace.Bind(checkpoint{p, o.Policy}, mappedToFront(x, d)...), frontAxes(out)
}

func (o checkpoint) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	m := nonZero(t)
	p, out := c.Program(o.Body, m, nil)
	r := trace.Bind(checkpoint{p, o.Policy}, slices.Concat(x, ir.Pick(t, m))...)
	n := len(o.Body.Out)
	return r[:n], placed(r[n:], out)
}

// Split computes the known outputs and gives the linear half the known operands and what the policy keeps, with all equations that
// lead from there to the unknown outputs.
func (o checkpoint) Split(c trace.SplitCtx, x []*Value) (y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	unknown := negated(nonZero(x))
	given := negated(unknown)
	if o.Policy == SaveEverything {
		known, half, unknownOut, res := c.Program(o.Body, unknown, nil, nil)
		r := trace.Inline(known, ir.Pick(x, given))
		nk := len(r) - extras(res)
		return placed(r[:nk], negated(unknownOut)), call{"checkpoint", half}, halfArgs(residuals(x, r[nk:], res), x), unknownOut
	}
	body := o.Body
	if o.Policy == SaveDots {
		body = callFree(body)
	}
	u := map[*ir.Var]bool{} // unknown variables
	for i, v := range body.In {
		u[v] = unknown[i]
	}
	isUnknown := func(v ir.Value) bool {
		w, ok := v.(*ir.Var)
		return ok && u[w]
	}
	var saved []*ir.Var
	eqns := make([]ir.Eqn, 0, len(body.Eqns)) // of the linear half
	for _, e := range body.Eqns {
		some := slices.ContainsFunc(e.In, isUnknown)
		for _, v := range e.Out {
			u[v] = some
		}
		if !some && o.Policy == SaveDots && isDot(e.Op) {
			saved = append(saved, e.Out...)
			continue
		}
		if some || !ir.OpEffects(e.Op) { // effects happen once, on the way forward
			eqns = append(eqns, e)
		}
	}
	var outs, knownOuts []ir.Value
	unknownOut = make([]bool, len(body.Out))
	for i, v := range body.Out {
		if unknownOut[i] = isUnknown(v); unknownOut[i] {
			outs = append(outs, v)
		} else {
			knownOuts = append(knownOuts, v)
		}
	}
	half := &ir.Program{In: slices.Concat(saved, ir.Pick(body.In, given), ir.Pick(body.In, unknown)), Eqns: eqns, Out: outs}
	ns, ng := len(saved), len(ir.Pick(x, given))
	keep := make([]bool, len(half.In))
	for i := ns + ng; i < len(keep); i++ {
		keep[i] = true
	}
	half, kept := half.DCEKeeping(nil, keep)
	saved = ir.Pick(saved, kept[:ns])
	known := &ir.Program{In: ir.Pick(body.In, given), Out: slices.Clip(knownOuts)}
	for _, v := range saved {
		known.Out = append(known.Out, v)
	}
	for _, e := range body.Eqns {
		if !slices.ContainsFunc(e.In, isUnknown) {
			known.Eqns = append(known.Eqns, e)
		}
	}
	r := trace.Bind(checkpoint{known.DCE(), o.Policy}, ir.Pick(x, given)...)
	nk := len(knownOuts)
	res := append(slices.Clone(r[nk:]), ir.Pick(ir.Pick(x, given), kept[ns:ns+ng])...)
	return placed(r[:nk], negated(unknownOut)), checkpoint{half, o.Policy}, halfArgs(res, x), unknownOut
}

// Transpose computes again, behind a barrier that keeps the compiler from sharing it with the way forward, and only once the
// cotangents are there.
func (o checkpoint) Transpose(c trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	known := nonlinear(x)
	b := OptimizationBarrier(append(known[:len(known):len(known)], present(ct)...)...)
	in := slices.Clone(x)
	k := 0
	for i := range in {
		if in[i].X != nil {
			in[i].X = b[k]
			k++
		}
	}
	return c.Apply(o.Body, in, placed(b[k:], nonZero(ct)))
}

func (o checkpoint) DCE(used []bool) (ir.Op, []bool, []bool) {
	p, in := o.Body.DCEOut(used)
	return checkpoint{p, o.Policy}, in, used
}

func (o checkpoint) Sequence(order func(p *ir.Program, in, out int) *ir.Program) (ir.Op, int, int) {
	return checkpoint{last(order, o.Body), o.Policy}, -1, len(o.Body.Out)
}

func (o checkpoint) Step(x []*Value, run runProgram) []*Value { return run(o.Body, x) }

// isDot reports whether op is among what SaveDots keeps.
func isDot(op ir.Op) bool {
	switch op.(type) {
	case dotGeneral, conv:
		return true
	}
	return false
}

// callFree is p with calls written out, so that what they hold is seen.
func callFree(p *ir.Program) *ir.Program {
	if !slices.ContainsFunc(p.Eqns, func(e ir.Eqn) bool { _, ok := e.Op.(call); return ok }) {
		return p
	}
	q, _ := trace.Trace("checkpoint", p.InTypes(), func(a []*Value) []*Value { return inlineCalls(p, a) })
	return q
}

func inlineCalls(p *ir.Program, x []*Value) []*Value {
	return trace.Replay(p, x, func(e *ir.Eqn, x []*Value) []*Value {
		if c, ok := e.Op.(call); ok {
			return inlineCalls(c.Body, x)
		}
		return trace.Bind(e.Op, x...)
	})
}
