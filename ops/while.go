package ops

import (
	"fmt"
	"slices"
	"strings"

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

// Step is a function of the leaves of a tree that returns a tree: its structure and its leaves.
type Step = func(c []*Value) (*trace.Def, []*Value)

// Loop traces condition and body over the carry x and binds the loop. The leaves of the user's carry are the last of x; an
// index may stand before them.
func Loop(op string, def *trace.Def, x []*Value, cond func(c []*Value) *Value, body Step) []*Value {
	if len(x) == 0 {
		trace.Fail(op, nil, "the carry holds no arrays, so the condition can never change")
	}
	own := len(x) - def.NumLeaves()
	var bp *ir.Program
	var bc []*Value
	for {
		bp, bc = trace.Trace("the body of "+op, trace.Avals(x), func(c []*Value) []*Value {
			d, y := body(c)
			if !d.Equal(def) {
				trace.Fail(op, nil, "the body returns another structure than the carry it is given: returned and given are\n\t%s",
					strings.Join(d.Diff(def, "the carry"), "\n\t"))
			}
			return y
		})
		y, changed := promoteWeak(x, bp.OutTypes())
		if !changed {
			break
		}
		x = y
	}
	sameCarry(op, def, own, trace.Avals(x), bp.OutTypes())
	cp, cc := trace.Trace("the condition of "+op, trace.Avals(x), func(c []*Value) []*Value {
		p := cond(c)
		CheckSet(op, "what the condition returns", p)
		if t := p.Aval(); t.Rank() != 0 || t.DType != ir.Bool {
			trace.Fail(op, []ir.Aval{t}, "the condition must return a bool scalar, not %v", t)
		}
		return []*Value{p}
	})
	bp, bc = LiftNumbers(bp, bc)
	cp, cc = LiftNumbers(cp, cc)
	n := len(x)
	w := while{constantsFirst(cp, n), constantsFirst(bp, n), len(cc), len(bc)}
	in := make([]*Value, 0, len(cc)+len(bc)+n)
	return trace.Bind(w, append(append(append(in, cc...), bc...), x...)...)
}

// While is Loop on a list of values.
func While(op string, carry []*Value, cond func(c []*Value) *Value, body func(c []*Value) []*Value) []*Value {
	def := flatDef(len(carry))
	return Loop(op, def, carry, cond, func(c []*Value) (*trace.Def, []*Value) { return def, body(c) })
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

// Split runs the loop of the known carry by itself; the linear half is the whole loop again. It cannot be transposed.
func (o while) Split(c trace.SplitCtx, x []*Value) (y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	cc, bc, carry := parts(o, negated(nonZero(x)))
	carry = slices.Clone(carry)
	var known *ir.Program
	for {
		p, _, u, _ := c.Program(o.Body, slices.Concat(bc, carry), carry, nil)
		if known = p; slices.Equal(u, carry) {
			break
		}
		carry = u
	}
	_, reads := o.Cond.DCEOut([]bool{true})
	for i, u := range slices.Concat(cc, carry) {
		if u && reads[i] { // even how often it runs is unknown
			return nil, nil, nil, nil
		}
	}
	ns := len(carry) - count(carry)
	xc, xb, xs := parts(o, x)
	knownBody := (&ir.Program{In: known.In, Eqns: known.Eqns, Out: known.Out[:ns:ns]}).DCE()
	knownCond := &ir.Program{In: ir.Pick(o.Cond.In, negated(slices.Concat(cc, carry))), Eqns: o.Cond.Eqns, Out: o.Cond.Out}
	kc, kb, ks := ir.Pick(xc, negated(cc)), ir.Pick(xb, negated(bc)), ir.Pick(xs, negated(carry))
	var r []*Value
	if ns > 0 {
		r = trace.Bind(while{knownCond, knownBody, len(kc), len(kb)}, slices.Concat(kc, kb, ks)...)
	}
	res := present(x)
	operands := slices.Concat(o.Cond.InTypes()[:o.CondConsts], o.Body.InTypes())
	given := nonZero(x)
	again, _ := trace.Trace("Split", slices.Concat(trace.Avals(res), ir.Pick(operands, negated(given))), func(a []*Value) []*Value {
		in := placed(a[:len(res)], given)
		rest := a[len(res):]
		for i := range in {
			if in[i] == nil {
				in[i], rest = rest[0], rest[1:]
			}
		}
		return ir.Pick(trace.Bind(o, in...), carry)
	})
	return placed(r, negated(carry)), whileTangent{again}, halfArgs(res, x), carry
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

func (o while) Step(x []*Value, run runProgram) []*Value {
	cc, bc, carry := parts(o, x)
	for {
		if scalarInt(run(o.Cond, slices.Concat(cc, carry))[0]) == 0 {
			return carry
		}
		carry = run(o.Body, slices.Concat(bc, carry))
	}
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
