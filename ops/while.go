package ops

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// while repeats Body on a carry as long as Cond says true. Operands are the constants of Cond, those of Body, and the
// carry; each program takes its constants first.
type while struct {
	Cond, Body             *ir.Program
	CondConsts, BodyConsts int
}

func (while) Name() string              { return "while" }
func (o while) Programs() []*ir.Program { return []*ir.Program{o.Cond, o.Body} }

// whileParts cuts a list with an element for each operand into the constants of the condition, those of the body, and
// the carry.
func whileParts[T any](o while, x []T) (condConsts, bodyConsts, carry []T) {
	p := cut(x, o.CondConsts, o.BodyConsts)
	return p[0], p[1], p[2]
}

// Step is a function of the leaves of a tree that returns a tree: its structure and its leaves.
type Step = func(c []*Value) (*trace.Def, []*Value)

// Loop traces condition and body over the carry x and binds the loop. The leaves of the user's carry are the last of x;
// an index may stand before them.
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
				trace.Fail(op, nil, "the body returns another structure than the carry it is given: returned and "+
					"given are\n\t%s", strings.Join(d.Diff(def, "the carry"), "\n\t"))
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
	return trace.Bind(w, slices.Concat(cc, bc, x)...)
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
	condConsts, bodyConsts, carry := whileParts(o, in)
	if err := checkOperands("the condition", o.Cond, slices.Concat(condConsts, carry)); err != nil {
		return nil, err
	}
	if err := checkOperands("the body", o.Body, slices.Concat(bodyConsts, carry)); err != nil {
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
	condConsts, bodyConsts, carry := whileParts(o, x)
	types := e.Out()
	region := func(p *ir.Program, consts []trace.Operand) trace.Region {
		return e.Region(types, func(a []trace.Operand) []trace.Operand { return e.Inline(p, slices.Concat(consts, a)) })
	}
	var regions []trace.Region
	e.Loop(func() { regions = []trace.Region{region(o.Cond, condConsts), region(o.Body, bodyConsts)} })
	return e.OpRegions("stablehlo.while", carry, "", regions, types...)
}

// Batch maps from the start what of the carry is mapped after some step.
func (o while) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	condIn, bodyIn, carryIn := whileParts(o, isMapped(d))
	var body *ir.Program
	carryIn = mask.Fixpoint(carryIn, func(carryIn []bool) (out []bool) {
		body, out = c.Program(o.Body, slices.Concat(bodyIn, carryIn), carryIn)
		return out
	})
	cond, rowsDiffer := c.Program(o.Cond, slices.Concat(condIn, carryIn), nil)
	if rowsDiffer[0] {
		return o.batchRows(c, x, d)
	}
	in := slices.Concat(condIn, bodyIn, carryIn)
	c, at := o.mappedAxes(c, in)
	condAt, bodyAt, carryAt := whileParts(o, at)
	if c.IsLast() {
		body, _ = c.ProgramAt(o.Body, slices.Concat(bodyAt, carryAt), carryAt)
		cond, _ = c.ProgramAt(o.Cond, slices.Concat(condAt, carryAt), nil)
	}
	y := trace.Bind(while{cond, body, o.CondConsts, o.BodyConsts}, placedWhere(c, x, d, at, in)...)
	return y, carryAt
}

// mappedAxes is where the operands marked have their mapped axis in the mapped loop, the first or the last, and the
// context for its programs.
func (o while) mappedAxes(c trace.BatchCtx, marked []bool) (in trace.BatchCtx, at []int) {
	if !lanes(c.AxisSize(), o.Cond, o.Body) {
		return c, frontAxes(marked)
	}
	types := slices.Concat(o.Cond.InTypes()[:o.CondConsts], o.Body.InTypes())
	return c.Last(), lastAxes(types, marked)
}

// batchRows batches a loop whose rows end at different times: it goes on until the last has ended, and rows that have
// ended keep their carry. Which rows still run is part of the carry, so the condition is computed once a round.
func (o while) batchRows(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	condIn, bodyIn, carryIn := whileParts(o, isMapped(d))
	carryIn = mask.Full(len(carryIn))
	bodyIn = slices.Concat(bodyIn, carryIn)
	in := slices.Concat(condIn, bodyIn)
	c, at := o.mappedAxes(c, in)
	condAt, bodyAt, carryAt := whileParts(o, at)
	cond, _ := c.ProgramAt(o.Cond, slices.Concat(condAt, carryAt), []int{0})
	body, _ := c.ProgramAt(o.Body, slices.Concat(bodyAt, carryAt), carryAt)
	condConsts, bodyConsts, start := whileParts(o, placedWhere(c, x, d, at, in))
	consts := slices.Concat(condConsts, bodyConsts)
	carry := slices.Concat(trace.Inline(cond, slices.Concat(condConsts, start)), start)

	anyRow, _ := trace.Trace("while", trace.Avals(carry), func(a []*Value) []*Value {
		return []*Value{ReduceOr(a[0], []int{0})}
	})
	step, _ := trace.Trace("while", trace.Avals(slices.Concat(consts, carry)), func(a []*Value) []*Value {
		part := cut(a, len(condConsts), len(bodyConsts), 1)
		condConsts, bodyConsts, running, now := part[0], part[1], part[2][0], part[3]
		in := slices.Concat(bodyConsts, now)
		if holdsLoop(body) { // it might never end on a row that has ended
			in = liveRows(running, in, bodyIn)
		}
		next := trace.Inline(body, in)
		for i := range next {
			next[i] = Select(BroadcastInDim(running, next[i].Shape(), carryAt[i:i+1]), next[i], now[i])
		}
		more := And(running, trace.Inline(cond, slices.Concat(condConsts, next))[0])
		return append([]*Value{more}, next...)
	})
	y := trace.Bind(while{anyRow, step, 0, len(consts)}, slices.Concat(consts, carry)...)
	return y[1:], carryAt
}

// JVP carries tangents beside the carry.
func (o while) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	condConsts, bodyConsts, carry := whileParts(o, x)
	_, bodyT, carryT := whileParts(o, t)
	bodyIn, carryIn := mask.NonNil(bodyT), mask.NonNil(carryT)
	var p *ir.Program // (constants, carry, their tangents) -> (carry, its tangents)
	carryIn = mask.Fixpoint(carryIn, func(carryIn []bool) (out []bool) {
		p, out = c.Program(o.Body, slices.Concat(bodyIn, carryIn), carryIn)
		return out
	})
	bodyT, carryT = mask.Pick(bodyT, bodyIn), tangentsAt(carryT, carry, carryIn)
	in := cut(p.In, len(bodyConsts), len(carry), len(bodyT))
	w := while{
		Cond:       withInputs(o.Cond, o.Cond.In, varsOf(trace.Avals(carryT))),
		Body:       withInputs(p, in[0], in[2], in[1], in[3]),
		CondConsts: o.CondConsts,
		BodyConsts: o.BodyConsts + len(bodyT),
	}
	r := cut(trace.Bind(w, slices.Concat(condConsts, bodyConsts, bodyT, carry, carryT)...), len(carry))
	return r[0], mask.Place(r[1], carryIn)
}

// Split runs the loop of the known carry by itself; the linear half is the whole loop again, which cannot be
// transposed. It declines where even how often the loop runs is unknown.
func (o while) Split(
	c trace.SplitCtx, x []*Value,
) (y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	given := mask.NonNil(x)
	condIn, bodyIn, carryIn := whileParts(o, mask.Not(given)) // unknown
	var known *ir.Program
	carryIn = mask.Fixpoint(carryIn, func(carryIn []bool) []bool {
		h := c.Program(o.Body, slices.Concat(bodyIn, carryIn), carryIn, nil)
		known = h.Known
		return h.UnknownOut
	})
	_, reads := o.Cond.DCEOut([]bool{true})
	if mask.Any(mask.And(reads, slices.Concat(condIn, carryIn))) {
		return nil, nil, nil, nil
	}
	if n := mask.Count(mask.Not(carryIn)); n > 0 {
		w := while{
			Cond:       withInputs(o.Cond, mask.Pick(o.Cond.In, mask.Not(slices.Concat(condIn, carryIn)))),
			Body:       (&ir.Program{In: known.In, Eqns: known.Eqns, Out: known.Out[:n:n]}).DCE(),
			CondConsts: mask.Count(mask.Not(condIn)),
			BodyConsts: mask.Count(mask.Not(bodyIn)),
		}
		y = trace.Bind(w, mask.Pick(x, mask.Not(slices.Concat(condIn, bodyIn, carryIn)))...)
	}
	res := mask.Compact(x)
	types := slices.Concat(o.Cond.InTypes()[:o.CondConsts], o.Body.InTypes())
	in := slices.Concat(trace.Avals(res), mask.Pick(types, mask.Not(given)))
	again, _ := trace.Trace("Split", in, func(a []*Value) []*Value {
		part := cut(a, len(res))
		return mask.Pick(trace.Bind(o, mask.Merge(part[0], part[1], given)...), carryIn)
	})
	return mask.Place(y, mask.Not(carryIn)), whileTangent{body{again}}, linearArgs(res, x), carryIn
}

// DCE keeps the carry that the condition, an output, an effect or other needed carry reads.
func (o while) DCE(used []bool) (op ir.Op, keptIn, keptOut []bool) {
	cond, in := o.Cond.DCEOut([]bool{true})
	condIn, carryIn := in[:o.CondConsts], mask.Or(in[o.CondConsts:], used)
	var body *ir.Program
	var bodyIn []bool
	carryIn = mask.Fixpoint(carryIn, func(carryIn []bool) []bool {
		p, in := o.Body.DCEOut(carryIn)
		body, bodyIn = p, in[:o.BodyConsts]
		return mask.Or(in[o.BodyConsts:], carryIn)
	})
	op = while{
		Cond:       keeping(o.Cond, cond, slices.Concat(condIn, carryIn)),
		Body:       keeping(o.Body, body, slices.Concat(bodyIn, carryIn)),
		CondConsts: mask.Count(condIn),
		BodyConsts: mask.Count(bodyIn),
	}
	return op, slices.Concat(condIn, bodyIn, carryIn), carryIn
}

// Sequence makes the token one more carry. A condition with effects cannot hand it on, so there the condition is
// computed before the loop and at the end of every round, and its result is part of the carry.
func (o while) Sequence(order ir.OrderFunc) (op ir.Op, in, out int) {
	n := len(o.Body.Out)
	if c := orderLast(order, o.Cond); c.Out[1] == ir.Value(c.In[len(c.In)-1]) { // it has no effects
		o.Cond = withInputs(o.Cond, o.Cond.In, varsOf([]ir.Aval{ir.TokenType()}))
		o.Body = orderLast(order, o.Body)
		return o, -1, n
	}
	return call{Func: "while", body: body{o.sequenceCond(order)}}, -1, n
}

// sequenceCond is o with its effects in order, as a program: (constants, carry, token) -> (carry, token).
func (o while) sequenceCond(order ir.OrderFunc) *ir.Program {
	cond, body := orderLast(order, o.Cond), orderLast(order, o.Body)
	consts := slices.Concat(o.Cond.InTypes()[:o.CondConsts], o.Body.InTypes()[:o.BodyConsts])
	carry := body.InTypes()[o.BodyConsts:] // the token is its last
	token := len(carry) - 1
	// test computes the condition of carry, in which it replaces the token.
	test := func(condConsts, carry []*Value) (goesOn *Value, next []*Value) {
		r := trace.Inline(cond, slices.Concat(condConsts, carry))
		return r[0], append(carry[:token:token], r[1])
	}
	flag := []ir.Aval{ir.Scalar(ir.Bool)}
	first, _ := trace.Trace("while", slices.Concat(flag, carry), func(a []*Value) []*Value { return a[:1] })
	step, _ := trace.Trace("while", slices.Concat(consts, flag, carry), func(a []*Value) []*Value {
		part := cut(a, o.CondConsts, o.BodyConsts, 1)
		goesOn, next := test(part[0], trace.Inline(body, slices.Concat(part[1], part[3])))
		return append([]*Value{goesOn}, next...)
	})
	p, _ := trace.Trace("while", slices.Concat(consts, carry), func(a []*Value) []*Value {
		part := cut(a, o.CondConsts, o.BodyConsts)
		goesOn, start := test(part[0], part[2])
		y := trace.Bind(while{first, step, 0, len(consts)}, slices.Concat(part[0], part[1], []*Value{goesOn}, start)...)
		return y[1:]
	})
	return p
}

func (o while) Step(x []*Value, run trace.RunFunc) []*Value {
	condConsts, bodyConsts, carry := whileParts(o, x)
	for litOf(run(o.Cond, slices.Concat(condConsts, carry))[0]).Int() != 0 {
		carry = run(o.Body, slices.Concat(bodyConsts, carry))
	}
	return carry
}
