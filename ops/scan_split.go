package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// strong is t without the weak flag, as cotangents are.
func strong(t ir.Aval) ir.Aval {
	t.Weak = false
	return t
}

// Split computes what is invariant once, before the loop, then runs the known half, which stacks the residuals that change from step to
// step, and returns the loop over the linear half.
func (o scan) Split(c trace.SplitCtx, x []*Value) (y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	given := nonZero(x)
	invariant := slices.Clone(given)
	for i := range invariant { // a loop of no steps computes nothing
		invariant[i] = invariant[i] && i < o.Consts && o.Length > 0
	}
	before, body := hoist(o.Body, invariant)
	// From here on the constants are what was hoisted and then those of o; at is how far its operands have moved.
	x2 := slices.Concat(trace.Inline(before, ir.Pick(x, invariant)), x)
	at := len(x2) - len(x)
	nc := at + o.Consts
	k := nc + o.Carry
	unknown := negated(nonZero(x2))
	noForward := make([]bool, len(x2)) // a carry changes from step to step: it is saved, not passed on
	for i := nc; i < k; i++ {
		noForward[i] = true
	}
	carry := unknown[nc:k:k]
	var known, half *ir.Program
	var res []int
	for { // a carry that is known at first may turn unknown on the way
		known, half, unknownOut, res = c.Program(body, slices.Clone(unknown), slices.Concat(carry, make([]bool, len(body.Out)-o.Carry)), noForward)
		if slices.Equal(unknownOut[:o.Carry], carry) {
			break
		}
		copy(carry, unknownOut)
	}
	nuc, nus := count(unknown[:nc]), count(carry)

	// The loop forward. A residual that it returns as a result anyway is not stacked twice, nor is one that is an index which
	// goes up by a constant: it is counted out.
	nk := len(known.Out) - extras(res)
	ns := o.Carry - nus
	outs := known.Out[:nk:nk]
	where := map[ir.Value]int{}
	for i := ns; i < nk; i++ {
		if v, ok := outs[i].(*ir.Var); ok {
			where[v] = i
		}
	}
	counted := counters(known, nc-nuc, ns)
	place := make([]int, 0, len(known.Out)-nk) // of each extra output among the results of the loop
	counts := map[int]*Value{}                 // those that are counted out, by their number among the extras
	for j, v := range known.Out[nk:] {
		if w, ok := v.(*ir.Var); ok {
			if step, is := counted[w]; is {
				counts[j] = o.counter(ir.Pick(x2[nc:k], negated(carry)), known, nc-nuc, w, step)
				place = append(place, -1)
				continue
			}
		}
		i, ok := where[v]
		if !ok {
			i = len(outs)
			outs = append(outs, v)
			if w, is := v.(*ir.Var); is {
				where[w] = i
			}
		}
		place = append(place, i)
	}
	forward := o
	forward.Body = &ir.Program{In: known.In, Eqns: known.Eqns, Out: outs}
	forward.Consts, forward.Carry = nc-nuc, ns
	r := trace.Bind(forward, ir.Pick(x2, negated(unknown))...)

	// The linear loop: constants among the residuals, unknown constants, unknown carry, residual arrays, unknown arrays.
	var fixed, moving []trace.Arg
	var fixedIn, movingIn []*ir.Var
	extra := 0
	for j, i := range res {
		switch {
		case i >= 0 && i < nc:
			fixed, fixedIn = append(fixed, trace.Arg{X: x2[i]}), append(fixedIn, half.In[j])
		case i >= 0:
			moving, movingIn = append(moving, trace.Arg{X: x2[i]}), append(movingIn, half.In[j])
		default:
			v := counts[extra]
			if v == nil {
				v = r[place[extra]]
			}
			extra++
			moving, movingIn = append(moving, trace.Arg{X: v}), append(movingIn, half.In[j])
		}
	}
	rest := half.In[len(res):]
	linear := o
	linear.Body = &ir.Program{In: slices.Concat(fixedIn, rest[:nuc+nus], movingIn, rest[nuc+nus:]), Eqns: half.Eqns, Out: half.Out}
	linear.Consts, linear.Carry = len(fixedIn)+nuc, nus
	args = fixed
	for i := at; i < k; i++ {
		switch {
		case !unknown[i]:
		case x2[i] != nil: // a zero tangent that turned unknown
			args = append(args, trace.Arg{X: x2[i]})
		default:
			args = append(args, trace.Arg{I: i - at})
		}
	}
	args = append(args, moving...)
	for i := k; i < len(x2); i++ {
		if unknown[i] {
			args = append(args, trace.Arg{I: i - at})
		}
	}
	return placed(r[:nk], negated(unknownOut)), linear, args, unknownOut
}

// hoist takes out of p the equations that depend only on the inputs marked in invariant: before computes them, in the order of
// its extra outputs, from those inputs; loop takes the results before p's own inputs. What depends on nothing at all stays, as it
// costs nothing to make again; effects stay where they are.
func hoist(p *ir.Program, invariant []bool) (before, loop *ir.Program) {
	const (
		free  = 1 // depends on nothing
		fixed = 2
	)
	state := make(map[*ir.Var]int, len(p.Eqns))
	for i, v := range p.In {
		if invariant[i] {
			state[v] = fixed
		}
	}
	var early, late []ir.Eqn
	made := map[*ir.Var]bool{} // by early equations that are not free
	for i := range p.Eqns {
		e := &p.Eqns[i]
		all, some := !ir.OpEffects(e.Op), false
		for _, v := range e.In {
			if w, ok := v.(*ir.Var); ok {
				some = true
				all = all && state[w] != 0
			}
		}
		if !all {
			late = append(late, *e)
			continue
		}
		s := fixed
		if !some {
			s = free
			late = append(late, *e)
		}
		early = append(early, *e)
		for _, o := range e.Out {
			state[o] = s
			made[o] = s == fixed
		}
	}
	var carried []*ir.Var
	take := func(v ir.Value) {
		if w, ok := v.(*ir.Var); ok && made[w] {
			made[w] = false
			carried = append(carried, w)
		}
	}
	for i := range late {
		for _, v := range late[i].In {
			take(v)
		}
	}
	for _, v := range p.Out {
		take(v)
	}
	out := make([]ir.Value, len(carried))
	for i, v := range carried {
		out[i] = v
	}
	before = (&ir.Program{In: ir.Pick(p.In, invariant), Eqns: early, Out: out}).DCE()
	loop = &ir.Program{In: slices.Concat(carried, p.In), Eqns: late, Out: p.Out}
	return before, loop
}

// counters finds the carries of p, inputs consts to consts+n, that are integers to which each step adds a literal.
func counters(p *ir.Program, consts, n int) map[*ir.Var]ir.Lit {
	found := map[*ir.Var]ir.Lit{}
	for i := range n {
		v, next := p.In[consts+i], p.Out[i]
		if !v.Ty.DType.IsInteger() {
			continue
		}
		for j := range p.Eqns {
			e := &p.Eqns[j]
			if _, ok := e.Op.(add); !ok || e.Out[0] != next || e.In[0] != v {
				continue
			}
			if l, ok := e.In[1].(ir.Lit); ok {
				found[v] = l
			}
		}
	}
	return found
}

// counter is the array of the values that the carry v of p has at each step, from its initial value among start.
func (o scan) counter(start []*Value, p *ir.Program, consts int, v *ir.Var, step ir.Lit) *Value {
	from := start[slices.Index(p.In, v)-consts]
	t := from.Aval()
	shape := append([]int{o.Length}, t.Shape...)
	n := Iota(t.DType, shape, 0)
	if o.Reverse {
		n = Sub(Full(shape, ir.IntLit(int64(o.Length-1), t.DType)), n)
	}
	step.Weak = false
	n = Mul(n, Full(shape, step))
	from = BroadcastInDim(from, shape, arange(1, len(shape)))
	return ConvertWeak(Add(ConvertWeak(from, t.DType, false), n), t.DType, v.Ty.Weak)
}

// Transpose goes through the steps the other way round. The cotangents of the carry are its carry, those of the constants are
// added up in it, those of the elements are stacked.
func (o scan) Transpose(c trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	body := o.Body
	types := body.InTypes()
	k := o.Consts + o.Carry
	// The initial carry may be a zero tangent that is known: linear all the same.
	linear := make([]bool, len(x))
	for i := range x {
		linear[i] = x[i].X == nil || i >= o.Consts && i < k
	}
	var consts, carry, xs []*Value // of the loop backward
	var accIn, ctIn []int          // which inputs and outputs of the body these belong to
	var constsIn, xsIn []int
	var elems []ir.Aval
	for i := range o.Consts {
		if linear[i] {
			accIn = append(accIn, i)
			carry = append(carry, Zeros(strong(types[i])))
		} else {
			constsIn = append(constsIn, i)
			consts = append(consts, x[i].X)
		}
	}
	outs := body.OutTypes()
	for i := range o.Carry {
		v := ct[i]
		if v == nil {
			v = Zeros(strong(outs[i]))
		}
		carry = append(carry, v)
	}
	for i := k; i < len(x); i++ {
		if !linear[i] {
			xsIn = append(xsIn, i)
			xs = append(xs, x[i].X)
			elems = append(elems, types[i])
		}
	}
	for i := o.Carry; i < len(ct); i++ {
		if ct[i] != nil {
			ctIn = append(ctIn, i)
			xs = append(xs, ct[i])
			elems = append(elems, strong(outs[i]))
		}
	}
	na := len(accIn)
	var grown, made []bool // constants and elements that have a cotangent
	p, captured := trace.Trace("Transpose", slices.Concat(trace.Avals(consts), trace.Avals(carry), elems), func(a []*Value) []*Value {
		in := make([]trace.Linear, len(x))
		for i := range in {
			in[i].Aval = types[i]
		}
		for _, i := range constsIn {
			in[i].X, a = a[0], a[1:]
		}
		acc, now := a[:na], a[na:na+o.Carry]
		a = a[na+o.Carry:]
		for _, i := range xsIn {
			in[i].X, a = a[0], a[1:]
		}
		cts := make([]*Value, len(ct))
		copy(cts, now)
		for _, i := range ctIn {
			cts[i], a = a[0], a[1:]
		}
		got := c.Apply(body, in, cts)
		var out []*Value
		grown, made = make([]bool, na), make([]bool, len(x)-k)
		for j, i := range accIn {
			if grown[j] = got[i] != nil; grown[j] {
				out = append(out, Add(acc[j], got[i]))
			}
		}
		for i := range o.Carry {
			v := got[o.Consts+i]
			if v == nil {
				v = Zeros(strong(outs[i]))
			}
			out = append(out, v)
		}
		for i := k; i < len(x); i++ {
			if made[i-k] = got[i] != nil; made[i-k] {
				out = append(out, got[i])
			}
		}
		return out
	})
	n := len(consts)
	back := scan{
		Body: &ir.Program{In: slices.Concat(p.In[len(p.In)-len(captured):], p.In[:n], ir.Pick(p.In[n:n+na], grown), p.In[n+na:len(p.In)-len(captured)]), Eqns: p.Eqns, Out: p.Out},

		Consts: n + len(captured), Carry: count(grown) + o.Carry, Length: o.Length, Reverse: !o.Reverse, Unroll: o.Unroll,
	}
	r := trace.Bind(back, slices.Concat(captured, consts, ir.Pick(carry[:na], grown), carry[na:], xs)...)
	out := make([]*Value, len(x))
	for j, i := range accIn {
		if grown[j] {
			out[i], r = r[0], r[1:]
		}
	}
	for i := o.Consts; i < k; i++ {
		if x[i].X == nil {
			out[i] = r[0]
		}
		r = r[1:]
	}
	for i := range made {
		if made[i] {
			out[k+i], r = r[0], r[1:]
		}
	}
	return out
}
