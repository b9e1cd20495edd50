package ops

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Split and Transpose of scan. What does not change from step to step is computed once, before the loops. The forward
// loop computes what is known, and saves for each step what the loop over the linear half reads. That second loop is
// linear in the unknown operands; its transpose is the backward loop.

// Split is a loop forward over the known half, bound here, and one over the linear half. Residuals that change from
// step to step are stacked by the first and gone through by the second; those that do not are constants.
func (o scan) Split(
	c trace.SplitCtx, x []*Value,
) (y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	s := hoistConstants(o, x)
	s.halve(c)
	y, saved := s.forward()
	lin, args = s.linear(saved)
	return mask.Place(y, mask.Not(s.halves.UnknownOut)), lin, args, s.halves.UnknownOut
}

// splitScan is a scan being cut in two.
type splitScan struct {
	loop    scan     // the scan, with what was hoisted as its first constants
	x       []*Value // its operands, nil where unknown
	hoisted int      // how many of them were hoisted: the others are the equation's own
	unknown []bool   // which of them the linear half has
	halves  trace.Halves
}

// hoistConstants computes what depends on known constants alone, before the loops.
func hoistConstants(o scan, x []*Value) splitScan {
	invariant := make([]bool, len(x))
	if o.Length > 0 { // a loop of no steps computes nothing
		copy(invariant, mask.NonNil(x[:o.Consts]))
	}
	before, body := hoist(o.Body, invariant)
	made := trace.Inline(before, mask.Pick(x, invariant))
	o.Body = body
	o.Consts += len(made)
	return splitScan{loop: o, x: slices.Concat(made, x), hoisted: len(made)}
}

// halve cuts the body. A carry that is known at first may turn unknown on the way.
func (s *splitScan) halve(c trace.SplitCtx) {
	o := s.loop
	consts, carry, xs := scanParts(o, mask.Not(mask.NonNil(s.x)))
	ys := make([]bool, len(o.Body.Out)-o.Carry)
	// The carry changes from step to step: what the linear half needs of it is saved.
	noForward := slices.Concat(make([]bool, len(consts)), mask.Full(len(carry)), make([]bool, len(xs)))
	mask.Fixpoint(carry, func(carry []bool) []bool {
		s.unknown = slices.Concat(consts, carry, xs)
		s.halves = c.Program(o.Body, s.unknown, slices.Concat(carry, ys), noForward)
		return s.halves.UnknownOut[:o.Carry]
	})
}

// forward binds the loop over the known half. It returns the known results and the values of the saved residuals,
// stacked.
func (s *splitScan) forward() (known, saved []*Value) {
	h, o := s.halves, s.loop
	consts, carry, _ := scanParts(o, mask.Not(s.unknown))
	o.Body, o.Consts, o.Carry = h.Known, mask.Count(consts), mask.Count(carry)
	x := mask.Pick(s.x, mask.Not(s.unknown))
	counters := o.counters(x)

	out := cut(h.Known.Out, h.NumKnown())
	results, residuals := slices.Clip(out[0]), out[1]
	at := map[ir.Value]int{} // where the loop returns a value, stacked: none is returned twice
	for i, v := range results[o.Carry:] {
		at[v] = o.Carry + i
	}
	for _, v := range residuals {
		if _, is := at[v]; !is && counters[v] == nil {
			at[v] = len(results)
			results = append(results, v)
		}
	}
	o.Body = &ir.Program{In: h.Known.In, Eqns: h.Known.Eqns, Out: results}
	r := trace.Bind(o, x...)
	for _, v := range residuals {
		if count := counters[v]; count != nil {
			saved = append(saved, count())
		} else {
			saved = append(saved, r[at[v]])
		}
	}
	return r[:h.NumKnown()], saved
}

// linear is the loop over the linear half, and its operands: residuals that are constants, unknown constants; the
// unknown carry; residuals that change from step to step, unknown arrays.
func (s *splitScan) linear(saved []*Value) (lin scan, args []trace.Arg) {
	h, o := s.halves, s.loop
	res := residualArgs(residuals(h, s.x, saved))
	fixed := mask.Of(h.Residuals, func(i int) bool { return i != trace.Saved && i < o.Consts })
	moving := mask.Not(fixed)

	operands := make([]trace.Arg, len(s.x))
	for i, v := range s.x {
		// An unknown operand that has a value is a zero tangent of the carry which turned unknown.
		operands[i] = trace.Arg{X: v, I: i - s.hoisted}
	}
	consts, carry, xs := scanParts(o, operands)
	constsIn, carryIn, xsIn := scanParts(o, s.unknown)
	consts, carry, xs = mask.Pick(consts, constsIn), mask.Pick(carry, carryIn), mask.Pick(xs, xsIn)
	args = slices.Concat(mask.Pick(res, fixed), consts, carry, mask.Pick(res, moving), xs)

	in := cut(h.Linear.In, len(res), len(consts)+len(carry))
	lin = o
	lin.Body = withInputs(h.Linear, mask.Pick(in[0], fixed), in[1], mask.Pick(in[0], moving), in[2])
	lin.Consts, lin.Carry = mask.Count(fixed)+len(consts), len(carry)
	return lin, args
}

// hoist takes out of p the equations that depend only on the inputs marked in invariant. The program before computes
// them from those inputs; loop is the rest of p, whose first inputs are the results of before that it reads. Equations
// of literals alone stay in the loop, where they cost nothing, and so do those with effects.
func hoist(p *ir.Program, invariant []bool) (before, loop *ir.Program) {
	known := make(map[*ir.Var]bool, len(p.In)+len(p.Eqns)) // to before
	for i, v := range p.In {
		known[v] = invariant[i]
	}
	var early, late []ir.Eqn
	moved := map[*ir.Var]bool{} // what only before computes
	for i := range p.Eqns {
		e := &p.Eqns[i]
		all, some := !ir.OpEffects(e.Op), false
		for _, v := range e.In {
			if w, ok := v.(*ir.Var); ok {
				all, some = all && known[w], true
			}
		}
		if all {
			early = append(early, *e)
		}
		if !all || !some {
			late = append(late, *e)
		}
		for _, v := range e.Out {
			known[v], moved[v] = all, all && some
		}
	}
	taken := readBy(late, p.Out, moved)
	out := make([]ir.Value, len(taken))
	for i, v := range taken {
		out[i] = v
	}
	before = (&ir.Program{In: mask.Pick(p.In, invariant), Eqns: early, Out: out}).DCE()
	loop = &ir.Program{In: slices.Concat(taken, p.In), Eqns: late, Out: p.Out}
	return before, loop
}

// readBy are those of the variables vars that the equations or outputs read, in the order of their first use.
func readBy(eqns []ir.Eqn, out []ir.Value, vars map[*ir.Var]bool) (read []*ir.Var) {
	seen := map[*ir.Var]bool{}
	take := func(values []ir.Value) {
		for _, v := range values {
			if w, ok := v.(*ir.Var); ok && vars[w] && !seen[w] {
				seen[w] = true
				read = append(read, w)
			}
		}
	}
	for i := range eqns {
		take(eqns[i].In)
	}
	take(out)
	return read
}

// counters finds the parts of the carry that are integers to which each step adds a literal. Their values at each step
// need not be stacked: the functions make the arrays of them. x are the operands.
func (o scan) counters(x []*Value) map[ir.Value]func() *Value {
	_, carry, _ := scanParts(o, x)
	_, in, _ := scanParts(o, o.Body.In)
	found := map[ir.Value]func() *Value{}
	for i, v := range in {
		if !v.Ty.DType.IsInteger() {
			continue
		}
		for j := range o.Body.Eqns {
			e := &o.Body.Eqns[j]
			if _, ok := e.Op.(add); !ok || e.Out[0] != o.Body.Out[i] || e.In[0] != v {
				continue
			}
			if step, ok := e.In[1].(ir.Lit); ok {
				found[v] = func() *Value { return o.counter(carry[i], v.Ty.Weak, step) }
			}
		}
	}
	return found
}

// counter is the array of from, from + step, from + 2 step, ..., in the order of the arrays that the scan goes through.
func (o scan) counter(from *Value, weak bool, step ir.Lit) *Value {
	t := from.Aval()
	shape := inserted(t.Shape, 0, o.Length)
	n := Iota(t.DType, shape, 0)
	if o.Reverse {
		n = Sub(Full(shape, ir.IntLit(int64(o.Length-1), t.DType)), n)
	}
	step.Weak = false
	n = Mul(n, Full(shape, step))
	from = BroadcastInDim(ConvertWeak(from, t.DType, false), shape, arange(1, len(shape)))
	return ConvertWeak(Add(from, n), t.DType, weak)
}

// Transpose goes through the steps the other way round. The cotangents of the carry are its carry, those of the
// constants are added up in it or after it, those of the elements are stacked.
func (o scan) Transpose(c trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	b := o.backward(ct, x)
	p, captured := b.record(c)
	in := cut(p.In, len(b.consts), len(b.sums), len(b.carry)+len(b.xs)+len(b.ys))
	constsIn, sumsIn, movingIn, capturedIn := in[0], in[1], in[2], in[3]
	got := mask.Pick(b.gotConsts, b.linearConsts) // a constant without a cotangent needs no sum

	later := sumsLater(p, slices.Concat(constsIn, capturedIn), movingIn[len(b.carry):], slices.Concat(b.xs, b.ys))
	products := make([][]stepProduct, mask.Count(got))
	for i := range products {
		products[i] = later.products(p.Out[i])
	}
	inLoop := mask.Of(products, func(of []stepProduct) bool { return of == nil })
	sums := mask.Pick(mask.Pick(b.sums, got), inLoop)
	out := cut(p.Out, len(products))
	p = &ir.Program{
		In:   slices.Concat(capturedIn, constsIn, mask.Pick(mask.Pick(sumsIn, got), inLoop), movingIn),
		Eqns: p.Eqns,
		Out:  slices.Concat(mask.Pick(out[0], inLoop), out[1], later.fresh),
	}
	r := trace.Bind(scan{
		Body: p.DCE(), Consts: len(captured) + len(b.consts), Carry: len(sums) + len(b.carry),
		Length: o.Length, Reverse: !o.Reverse, Unroll: o.Unroll,
	}, slices.Concat(captured, b.consts, sums, b.carry, b.xs, b.ys)...)
	part := cut(r, len(sums), len(b.carry), mask.Count(b.gotXs))
	for i, v := range later.fresh {
		later.stacked[v] = part[3][i]
	}
	_, initial, _ := scanParts(o, given(x))
	return slices.Concat(
		mask.Place(later.sums(part[0], products), b.gotConsts),
		mask.Place(mask.Pick(part[1], mask.Not(initial)), mask.Not(initial)),
		mask.Place(part[2], b.gotXs),
	)
}

// scanBackward is a scan being transposed.
type scanBackward struct {
	scan
	linearConsts, linearXs []bool // the whole carry is linear: what has a value is a zero tangent
	ysIn                   []bool // the results with a cotangent

	// The operands of the loop backward, but for what its body captures.
	consts, sums, carry, xs, ys []*Value

	gotConsts, gotXs []bool // once the body is recorded: the constants and arrays with a cotangent
}

// backward prepares the transpose: which operands are linear, and the operands of the loop backward.
func (o scan) backward(ct []*Value, x []trace.Linear) *scanBackward {
	consts, _, xs := scanParts(o, x)
	b := &scanBackward{
		scan:         o,
		linearConsts: mask.Not(given(consts)),
		linearXs:     mask.Not(given(xs)),
		ysIn:         mask.NonNil(ct[o.Carry:]),
		consts:       nonlinear(consts),
		xs:           nonlinear(xs),
		ys:           mask.Compact(ct[o.Carry:]),
	}
	for _, v := range mask.Pick(o.Body.In[:o.Consts], b.linearConsts) {
		b.sums = append(b.sums, Zeros(v.Ty.Strong()))
	}
	for i, v := range ct[:o.Carry] {
		b.carry = append(b.carry, orZeros(v, o.Body.Out[i].Aval()))
	}
	return b
}

// record traces the body of the loop backward, a program
//
//	(constants, sums, cotangents of the carry, elements of xs, cotangents of elements of ys)
//		-> (sums, cotangents of the carry, cotangents of elements of xs)
func (b *scanBackward) record(c trace.TransposeCtx) (p *ir.Program, captured []*Value) {
	types := b.Body.InTypes()
	_, _, moving := scanParts(b.scan, types)
	moving = mask.Pick(moving, mask.Not(b.linearXs))
	for _, v := range mask.Pick(b.Body.Out[b.Carry:], b.ysIn) {
		moving = append(moving, v.Aval().Strong())
	}
	in := slices.Concat(trace.Avals(b.consts), trace.Avals(b.sums), trace.Avals(b.carry), moving)
	return trace.Trace("Transpose", in, func(a []*Value) []*Value {
		part := cut(a, len(b.consts), len(b.sums), len(b.carry), len(b.xs))
		consts, sums := mask.Place(part[0], mask.Not(b.linearConsts)), mask.Place(part[1], b.linearConsts)
		carry := part[2]
		xs, ys := mask.Place(part[3], mask.Not(b.linearXs)), mask.Place(part[4], b.ysIn)

		x := linearOperands(types, slices.Concat(consts, make([]*Value, b.Carry), xs))
		gotConsts, gotCarry, gotXs := scanParts(b.scan, c.Apply(b.Body, x, slices.Concat(carry, ys)))
		b.gotConsts, b.gotXs = mask.NonNil(gotConsts), mask.NonNil(gotXs)
		var out []*Value
		for i, v := range gotConsts {
			if v != nil {
				out = append(out, Add(sums[i], v))
			}
		}
		for i, v := range gotCarry {
			out = append(out, orZeros(v, b.Body.Out[i].Aval()))
		}
		return slices.Concat(out, mask.Compact(gotXs))
	})
}
