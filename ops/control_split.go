package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Split and transpose of call, cond and while.

// residuals are the values of the residuals of a split program: inputs, among x, or extra outputs.
func residuals(x, extra []*Value, res []int) []*Value {
	r := make([]*Value, len(res))
	for j, i := range res {
		if i >= 0 {
			r[j] = x[i]
		} else {
			r[j], extra = extra[0], extra[1:]
		}
	}
	return r
}

// halfArgs are the operands of a linear half: residuals, then the operands that are unknown.
func halfArgs(res, x []*Value) []trace.Arg {
	args := make([]trace.Arg, 0, len(res)+len(x))
	for _, r := range res {
		args = append(args, trace.Arg{X: r})
	}
	for i := range x {
		if x[i] == nil {
			args = append(args, trace.Arg{I: i})
		}
	}
	return args
}

func (o call) Split(c trace.SplitCtx, x []*Value) (y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	unknown := negated(nonZero(x))
	known, half, unknownOut, res := c.Program(o.Body, unknown, nil, nil)
	r := trace.Bind(call{o.Func, known}, ir.Pick(x, negated(unknown))...)
	nk := len(r) - extras(res)
	return placed(r[:nk], negated(unknownOut)), call{o.Func, half}, halfArgs(residuals(x, r[nk:], res), x), unknownOut
}

func (o call) Transpose(c trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	p, got, captured := pullback(c, o.Body, x, ct)
	r := trace.Bind(call{o.Func, p}, slices.Concat(nonlinear(x), present(ct), captured)...)
	return placed(r, got)
}

// nonlinear are the operands that have values.
func nonlinear(x []trace.Linear) (y []*Value) {
	for _, l := range x {
		if l.X != nil {
			y = append(y, l.X)
		}
	}
	return y
}

// present is x without nils.
func present(x []*Value) (y []*Value) {
	for _, v := range x {
		if v != nil {
			y = append(y, v)
		}
	}
	return y
}

// pullback is the transpose of p as a program of its own: (nonlinear operands, cotangents of the outputs that have one, captures) ->
// cotangents of the inputs marked in got.
func pullback(c trace.TransposeCtx, p *ir.Program, x []trace.Linear, ct []*Value) (q *ir.Program, got []bool, captured []*Value) {
	got = make([]bool, len(x))
	q, captured = trace.Trace("Transpose", trace.Avals(append(nonlinear(x), present(ct)...)), func(a []*Value) []*Value {
		next := func() (v *Value) {
			v, a = a[0], a[1:]
			return v
		}
		in := slices.Clone(x)
		for i := range in {
			if in[i].Aval = p.In[i].Ty; in[i].X != nil {
				in[i].X = next()
			}
		}
		cts := make([]*Value, len(ct))
		for i := range ct {
			if ct[i] != nil {
				cts[i] = next()
			}
		}
		y := c.Apply(p, in, cts)
		for i := range y {
			got[i] = x[i].X == nil && y[i] != nil
		}
		return present(ir.Pick(y, got))
	})
	return q, got, captured
}

// spread is p with its outputs, those marked in have, at the places marked in want; zeros of the given types where it has none.
func spread(p *ir.Program, have, want []bool, types []ir.Aval) *ir.Program {
	if slices.Equal(have, want) {
		return p
	}
	q := &ir.Program{In: p.In, Eqns: slices.Clip(p.Eqns)}
	k := 0
	for i := range want {
		switch {
		case have[i]:
			q.Out = append(q.Out, p.Out[k])
			k++
		case want[i]:
			z, _ := trace.Trace("zeros", nil, func([]*Value) []*Value { return []*Value{Zeros(strong(types[i]))} })
			q.Eqns = append(q.Eqns, z.Eqns...)
			q.Out = append(q.Out, z.Out[0])
		}
	}
	return q
}

// splitBranch is a branch of a cond that was cut in two.
type splitBranch struct {
	known, lin *ir.Program
	res        []int
	slot       []int // of each extra output
}

// unknow makes the outputs marked in all unknown, where only those in have are: they become residuals that the linear half passes on.
func (h *splitBranch) unknow(unknownIn, have, all []bool) {
	if slices.Equal(have, all) {
		return
	}
	nk := len(have) - count(have)
	outs, extra, half := h.known.Out[:nk], slices.Clone(h.known.Out[nk:]), h.lin.Out
	nres := len(h.res)
	residuals := slices.Clone(h.lin.In[:nres])
	res := slices.Clone(h.res)
	made := map[ir.Value]*ir.Var{}
	j := 0
	for i, r := range res {
		if r < 0 {
			made[extra[j]] = residuals[i]
			j++
		}
	}
	input := map[ir.Value]int{}
	for i, k := 0, 0; i < len(unknownIn); i++ {
		if !unknownIn[i] {
			input[h.known.In[k]] = i
			k++
		}
	}
	pass := func(v ir.Value) ir.Value {
		if _, ok := v.(ir.Lit); ok {
			return v
		}
		if w, ok := made[v]; ok {
			return w
		}
		w := &ir.Var{Ty: v.Aval()}
		made[v] = w
		residuals = append(residuals, w)
		if i, ok := input[v]; ok {
			res = append(res, i)
		} else {
			res = append(res, -1)
			extra = append(extra, v)
		}
		return w
	}
	var knownOut, linOut []ir.Value
	for i := range all {
		switch {
		case have[i]:
			linOut, half = append(linOut, half[0]), half[1:]
			continue
		case all[i]:
			linOut = append(linOut, pass(outs[0]))
		default:
			knownOut = append(knownOut, outs[0])
		}
		outs = outs[1:]
	}
	h.known = &ir.Program{In: h.known.In, Eqns: h.known.Eqns, Out: append(knownOut, extra...)}
	h.lin = &ir.Program{In: slices.Concat(residuals, h.lin.In[nres:]), Eqns: h.lin.Eqns, Out: linOut}
	h.res = res
}

// Split keeps the choice for the way back. The branches save different values: they share places of one type, and what a branch does
// not fill is zeros.
func (o cond) Split(c trace.SplitCtx, x []*Value) (y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	if x[0] == nil {
		return nil, nil, nil, nil
	}
	n := len(o.Branches[0].Out)
	unknown := negated(nonZero(x[1:]))
	given := negated(unknown)
	unknownOut = make([]bool, n)
	parts := make([]splitBranch, len(o.Branches))
	masks := make([][]bool, len(o.Branches))
	for i, b := range o.Branches {
		parts[i].known, parts[i].lin, masks[i], parts[i].res = c.Program(b, unknown, nil, nil)
		union(unknownOut, masks[i])
	}
	for i := range parts { // an output that one branch does not know is unknown in all
		parts[i].unknow(unknown, masks[i], unknownOut)
	}
	nk := n - count(unknownOut)
	var slots []ir.Aval
	forwarded := make([]bool, len(unknown)) // operands that some linear half reads
	for i := range parts {
		h := &parts[i]
		taken := make([]bool, len(slots))
		for _, v := range h.known.Out[nk:] {
			t := strong(v.Aval())
			s := 0
			for s < len(slots) && (taken[s] || !slots[s].SameType(t)) {
				s++
			}
			if s == len(slots) {
				slots, taken = append(slots, t), append(taken, false)
			}
			taken[s] = true
			h.slot = append(h.slot, s)
		}
		for _, r := range h.res {
			if r >= 0 {
				forwarded[r] = true
			}
		}
	}
	knownIn := o.Branches[0].InTypes()
	known, linear := cond{}, cond{}
	nf := count(forwarded)
	for _, h := range parts {
		k, _ := trace.Trace("Split", ir.Pick(knownIn, given), func(a []*Value) []*Value {
			r := trace.Inline(h.known, a)
			out := slices.Clone(r[:nk])
			saved := make([]*Value, len(slots))
			for j, s := range h.slot {
				saved[s] = ConvertWeak(r[nk+j], slots[s].DType, false)
			}
			for s, v := range saved {
				if v == nil {
					v = Zeros(slots[s])
				}
				out = append(out, v)
			}
			return out
		})
		known.Branches = append(known.Branches, k)
		in := slices.Concat(slots, ir.Pick(knownIn, forwarded), ir.Pick(knownIn, unknown))
		l, _ := trace.Trace("Split", in, func(a []*Value) []*Value {
			operands := placed(a[len(slots):len(slots)+nf], forwarded)
			saved := make([]*Value, len(h.slot))
			for j, s := range h.slot {
				saved[j] = ConvertWeak(a[s], slots[s].DType, h.known.Out[nk+j].Aval().Weak)
			}
			return trace.Inline(h.lin, append(residuals(operands, saved, h.res), a[len(slots)+nf:]...))
		})
		linear.Branches = append(linear.Branches, l)
	}
	r := trace.Bind(known, append([]*Value{x[0]}, ir.Pick(x[1:], given)...)...)
	res := slices.Concat([]*Value{x[0]}, r[nk:], ir.Pick(x[1:], forwarded))
	return placed(r[:nk], negated(unknownOut)), linear, halfArgs(res, x), unknownOut
}

func (o cond) Transpose(c trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	if x[0].X == nil {
		trace.Fail("cond", nil, "the predicate is among the values that are differentiated; it must not depend on them")
	}
	in := x[1:]
	progs := make([]*ir.Program, len(o.Branches))
	got := make([][]bool, len(o.Branches))
	captured := make([][]*Value, len(o.Branches))
	all := make([]bool, len(in))
	for i, b := range o.Branches {
		progs[i], got[i], captured[i] = pullback(c, b, in, ct)
		union(all, got[i])
	}
	operands := slices.Concat([]*Value{x[0].X}, nonlinear(in), present(ct))
	types := o.Branches[0].InTypes()
	for i, p := range progs {
		progs[i] = spread(p, got[i], all, types)
	}
	return append([]*Value{nil}, placed(trace.Bind(cond{progs}, append(operands, shareCaptures(progs, captured)...)...), all)...)
}

// shareCaptures gives every program, whose last inputs are its captures, the captures of all, and returns them.
func shareCaptures(progs []*ir.Program, captured [][]*Value) []*Value {
	var all []*Value
	at := map[*Value]int{}
	for _, c := range captured {
		for _, v := range c {
			if _, ok := at[v]; !ok {
				at[v] = len(all)
				all = append(all, v)
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	for i, p := range progs {
		n := len(p.In) - len(captured[i])
		extra := make([]*ir.Var, len(all))
		for j, v := range captured[i] {
			extra[at[v]] = p.In[n+j]
		}
		for j := range extra {
			if extra[j] == nil {
				extra[j] = &ir.Var{Ty: all[j].Aval()}
			}
		}
		progs[i] = &ir.Program{In: slices.Concat(p.In[:n], extra), Eqns: p.Eqns, Out: p.Out}
	}
	return all
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

// whileTangent is a program with a loop in it, linear in what is unknown; it stands for the loop where that would be split again.
type whileTangent struct{ Body *ir.Program }

func (whileTangent) Name() string              { return "while_tangent" }
func (o whileTangent) Programs() []*ir.Program { return []*ir.Program{o.Body} }

func (o whileTangent) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := checkOperands("the loop", o.Body, in); err != nil {
		return nil, err
	}
	return o.Body.OutTypes(), nil
}

func (o whileTangent) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return e.Inline(o.Body, x)
}

func (o whileTangent) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	p, out := c.Program(o.Body, isMapped(d), nil)
	return trace.Bind(whileTangent{p}, mappedToFront(x, d)...), frontAxes(out)
}

// JVP: the loop and its own derivative are an ordinary loop again.
func (o whileTangent) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	return call{"while", o.Body}.JVP(c, x, t)
}

func (o whileTangent) Sequence(order func(p *ir.Program, in, out int) *ir.Program) (ir.Op, int, int) {
	return whileTangent{last(order, o.Body)}, -1, len(o.Body.Out)
}

func (o whileTangent) DCE(used []bool) (ir.Op, []bool, []bool) {
	p, in := o.Body.DCEOut(used)
	return whileTangent{p}, in, used
}

func (whileTangent) Transpose(_ trace.TransposeCtx, _ []*Value, x []trace.Linear) []*Value {
	var in []ir.Aval
	for _, l := range x {
		if l.X == nil {
			in = append(in, l.Aval)
		}
	}
	trace.Fail("while", in, "a loop whose number of steps is found out on the way cannot be differentiated in reverse, since the memory it needs is not known; use lax.Scan, or lax.ForiLoop between Go ints, or differentiate forward (gojax.JVP, Jacfwd)")
	return nil
}
