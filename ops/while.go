package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// while repeats Body on a carry as long as Cond says true. Operands are the constants of Cond, those of Body, and the carry;
// each program takes its constants first.
type while struct {
	Cond, Body             *ir.Program
	CondConsts, BodyConsts int
}

func (while) Name() string              { return "while" }
func (o while) Programs() []*ir.Program { return []*ir.Program{o.Cond, o.Body} }

// parts splits the operands.
func parts[T any](o while, x []T) (cc, bc, carry []T) {
	k := o.CondConsts + o.BodyConsts
	return x[:o.CondConsts], x[o.CondConsts:k], x[k:]
}

func (o while) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if len(in) < o.CondConsts+o.BodyConsts {
		return nil, fmt.Errorf("takes %d constants, has %d operands", o.CondConsts+o.BodyConsts, len(in))
	}
	cc, bc, carry := parts(o, in)
	if err := checkOperands("the condition", o.Cond, slices.Concat(cc, carry)); err != nil {
		return nil, err
	}
	if err := checkOperands("the body", o.Body, slices.Concat(bc, carry)); err != nil {
		return nil, err
	}
	if t := o.Cond.OutTypes(); len(t) != 1 || t[0].Rank() != 0 || t[0].DType != ir.Bool {
		return nil, fmt.Errorf("the condition returns %v; want one bool scalar", t)
	}
	out := o.Body.OutTypes()
	if len(out) != len(carry) {
		return nil, fmt.Errorf("the body returns %d arrays for a carry of %d", len(out), len(carry))
	}
	for i := range out {
		if !out[i].SameType(carry[i]) {
			return nil, fmt.Errorf("carry %d enters as %v and the body returns %v", i, carry[i], out[i])
		}
		out[i].Weak = out[i].Weak && carry[i].Weak
	}
	return out, nil
}

func (o while) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	cc, bc, carry := parts(o, x)
	t := e.Out()
	cond := e.Region(t, func(a []trace.Operand) []trace.Operand { return e.Inline(o.Cond, slices.Concat(cc, a)) })
	body := e.Region(t, func(a []trace.Operand) []trace.Operand { return e.Inline(o.Body, slices.Concat(bc, a)) })
	return e.OpRegions("stablehlo.while", carry, "", []trace.Region{cond, body}, t...)
}

func (o while) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	x = mappedToFront(x, d)
	cc, bc, carry := parts(o, x)
	cm, bm, m := parts(o, isMapped(d))
	m = slices.Clone(m)
	var body *ir.Program
	for { // what enters unmapped may come out mapped
		p, out := c.Program(o.Body, slices.Concat(bm, m), m)
		if body = p; slices.Equal(out, m) {
			break
		}
		m = out
	}
	cond, one := c.Program(o.Cond, slices.Concat(cm, m), []bool{false})
	if one[0] {
		return o.batchRows(c, x, isMapped(d))
	}
	in := slices.Concat(cc, bc)
	for i := range carry {
		in = append(in, mapIf(c, carry[i], d[len(x)-len(carry)+i], m[i]))
	}
	return trace.Bind(while{cond, body, o.CondConsts, o.BodyConsts}, in...), frontAxes(m)
}

// mapIf broadcasts an unmapped x that must be mapped.
func mapIf(c trace.BatchCtx, x *Value, d int, want bool) *Value {
	if want && d == trace.NotMapped {
		return bdimAt(c, x, d, 0)
	}
	return x
}

// batchRows batches a loop whose rows end at different times: it goes on until the last has ended, and rows that have ended
// keep their carry. Which rows still run is part of the carry, so the condition is computed once a round.
func (o while) batchRows(c trace.BatchCtx, x []*Value, mapped []bool) ([]*Value, []int) {
	cc, bc, carry := parts(o, x)
	cm, bm, m := parts(o, mapped)
	all := make([]bool, len(carry))
	for i := range all {
		all[i] = true
	}
	cond, _ := c.Program(o.Cond, slices.Concat(cm, all), []bool{true})
	body, _ := c.Program(o.Body, slices.Concat(bm, all), all)
	start := make([]*Value, len(carry))
	for i := range carry {
		start[i] = carry[i]
		if !m[i] {
			start[i] = bdimAt(c, carry[i], trace.NotMapped, 0)
		}
	}
	start = append([]*Value{trace.Inline(cond, slices.Concat(cc, start))[0]}, start...)
	nc, nb := len(cc), len(bc)
	types := trace.Avals(start)
	loops := holdsLoop(body)
	operands := slices.Concat(bm, all)
	anyRow, _ := trace.Trace("while", types, func(a []*Value) []*Value { return []*Value{ReduceOr(a[0], []int{0})} })
	step, _ := trace.Trace("while", slices.Concat(trace.Avals(cc), trace.Avals(bc), types), func(a []*Value) []*Value {
		runs, now := a[nc+nb], a[nc+nb+1:]
		in := slices.Concat(a[nc:nc+nb], now)
		if loops { // a loop inside might never end on a row that has ended
			in = liveRows(runs, in, operands)
		}
		next := trace.Inline(body, in)
		for i := range next {
			next[i] = Select(BroadcastInDim(runs, next[i].Shape(), []int{0}), next[i], now[i])
		}
		more := And(runs, trace.Inline(cond, slices.Concat(a[:nc], next))[0])
		return append([]*Value{more}, next...)
	})
	y := trace.Bind(while{anyRow, step, 0, nc + nb}, slices.Concat(cc, bc, start)...)
	return y[1:], make([]int, len(carry))
}

func (o while) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	cc, bc, carry := parts(o, x)
	_, tb, tc := parts(o, t)
	bm, m := nonZero(tb), nonZero(tc)
	var p *ir.Program
	for { // a carry may take up a tangent on the way
		q, out := c.Program(o.Body, slices.Concat(bm, m), m)
		if p = q; slices.Equal(out, m) {
			break
		}
		m = out
	}
	var tangents []*Value
	for i := range carry {
		if m[i] {
			tangents = append(tangents, materialize(tc[i], carry[i]))
		}
	}
	// The program takes constants, carry, tangents of constants, tangents of carry; the loop wants all constants first.
	nb, n, nt := len(bc), len(carry), len(ir.Pick(tb, bm))
	in := p.In
	body := &ir.Program{In: slices.Concat(in[:nb], in[nb+n:nb+n+nt], in[nb:nb+n], in[nb+n+nt:]), Eqns: p.Eqns, Out: p.Out}
	cond := &ir.Program{In: slices.Clone(o.Cond.In), Eqns: o.Cond.Eqns, Out: o.Cond.Out}
	for _, v := range tangents {
		cond.In = append(cond.In, &ir.Var{Ty: v.Aval()})
	}
	r := trace.Bind(while{cond, body, o.CondConsts, nb + nt}, slices.Concat(cc, bc, ir.Pick(tb, bm), carry, tangents)...)
	return r[:n], placed(r[n:], m)
}

func (o while) DCE(used []bool) (ir.Op, []bool, []bool) {
	cond, in := o.Cond.DCEOut([]bool{true})
	cc, carry := in[:o.CondConsts], union(slices.Clone(in[o.CondConsts:]), used)
	var bc []bool
	var body *ir.Program
	for {
		q, in := o.Body.DCEOut(carry)
		body, bc = q, in[:o.BodyConsts]
		next := union(slices.Clone(in[o.BodyConsts:]), carry)
		if slices.Equal(next, carry) {
			break
		}
		carry = next
	}
	cond = keeping(o.Cond, cond, slices.Concat(cc, carry))
	body = keeping(o.Body, body, slices.Concat(bc, carry))
	return while{cond, body, count(cc), count(bc)}, slices.Concat(cc, bc, carry), carry
}
