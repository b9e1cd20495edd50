package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// How the operations that hold programs take a token through them: ir.Sequencer.

// last adds the token behind p's inputs and outputs.
func last(order func(p *ir.Program, in, out int) *ir.Program, p *ir.Program) *ir.Program {
	return order(p, len(p.In), len(p.Out))
}

func (o call) Sequence(order func(p *ir.Program, in, out int) *ir.Program) (ir.Op, int, int) {
	return call{o.Func, last(order, o.Body)}, -1, len(o.Body.Out)
}

func (o cond) Sequence(order func(p *ir.Program, in, out int) *ir.Program) (ir.Op, int, int) {
	q := make([]*ir.Program, len(o.Branches))
	for i, b := range o.Branches {
		q[i] = last(order, b)
	}
	return cond{q}, -1, len(o.Branches[0].Out)
}

func (o scan) Sequence(order func(p *ir.Program, in, out int) *ir.Program) (ir.Op, int, int) {
	k := o.Consts + o.Carry
	n := o.Carry
	o.Body = order(o.Body, k, n)
	o.Carry++
	return o, k, n
}

// Sequence makes the token one more carry. A condition with effects cannot hand it on, so there the condition is computed before
// the loop and at the end of every round, and its result is part of the carry.
func (o while) Sequence(order func(p *ir.Program, in, out int) *ir.Program) (ir.Op, int, int) {
	n := len(o.Body.Out)
	body := last(order, o.Body)
	if !o.Cond.Effects() {
		cond := &ir.Program{In: append(slices.Clone(o.Cond.In), &ir.Var{Ty: ir.TokenType}), Eqns: o.Cond.Eqns, Out: o.Cond.Out}
		return while{cond, body, o.CondConsts, o.BodyConsts}, -1, n
	}
	cond := last(order, o.Cond)
	nc, nb := o.CondConsts, o.BodyConsts
	consts := append(o.Cond.InTypes()[:nc:nc], o.Body.InTypes()[:nb]...)
	carry := append([]ir.Aval{ir.Scalar(ir.Bool)}, body.InTypes()[nb:]...)
	goesOn, _ := trace.Trace("while", carry, func(a []*Value) []*Value { return a[:1] })
	step, _ := trace.Trace("while", slices.Concat(consts, carry), func(a []*Value) []*Value {
		next := trace.Inline(body, slices.Concat(a[nc:nc+nb], a[nc+nb+1:]))
		r := trace.Inline(cond, slices.Concat(a[:nc], next)) // the answer and the token
		next[n] = r[1]
		return append([]*Value{r[0]}, next...)
	})
	whole, _ := trace.Trace("while", slices.Concat(consts, carry[1:]), func(a []*Value) []*Value {
		start := slices.Clone(a[nc+nb:])
		r := trace.Inline(cond, slices.Concat(a[:nc], start))
		start[n] = r[1]
		y := trace.Bind(while{goesOn, step, 0, nc + nb}, slices.Concat(a[:nc+nb], r[:1], start)...)
		return y[1:]
	})
	return call{"while", whole}, -1, n
}
