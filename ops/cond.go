package ops

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// cond runs one of several programs of equal inputs and outputs. Operand 0 picks it: an int32 scalar within the number of
// branches, or, where there are two, a bool scalar, false for the first; the other operands go to the branch.
type cond struct{ Branches []*ir.Program }

func (cond) Name() string              { return "cond" }
func (o cond) Programs() []*ir.Program { return o.Branches }

// Branch is a function that returns a tree: its structure and its leaves.
type Branch = func() (*trace.Def, []*Value)

// Condition is pred as a bool scalar.
func Condition(op string, pred *Value) *Value {
	CheckSet(op, "the predicate", pred)
	t := pred.Aval()
	switch {
	case t.Rank() != 0:
		trace.Fail(op, []ir.Aval{t}, "the predicate must be a scalar, not %v; reduce it with jnp.All or jnp.Any, or choose element by element with jnp.Where", t)
	case t.DType.IsComplex():
		trace.Fail(op, []ir.Aval{t}, "the predicate must be a bool or a real number, not %v", t)
	case t.DType != ir.Bool:
		zero := ir.IntLit(0, t.DType)
		zero.Weak = t.Weak
		return Ne(pred, trace.FromLit(zero))
	}
	return pred
}

// ClampIndex brings an index into 0..n-1, as int32.
func ClampIndex(i *Value, n int) *Value {
	clamp := func(x *Value) *Value {
		d := x.DType()
		return Clamp(trace.FromLit(ir.IntLit(0, d)), x, trace.FromLit(ir.IntLit(int64(n-1), d)))
	}
	if i.DType().Bits() >= 32 { // a narrower type may not hold n-1, a wider one must be clamped before it is cut
		return Convert(clamp(i), ir.Int32)
	}
	return clamp(Convert(i, ir.Int32))
}

// Branches traces the functions, gives all of them the captures of all, and binds the operation.
func Branches(op string, index *Value, names []string, fs ...Branch) (*trace.Def, []*Value) {
	progs := make([]*ir.Program, len(fs))
	defs := make([]*trace.Def, len(fs))
	captured := make([][]*Value, len(fs))
	for i, f := range fs {
		progs[i], captured[i] = trace.Trace(names[i]+" of "+op, nil, func([]*Value) (y []*Value) {
			defs[i], y = f()
			return y
		})
		progs[i], captured[i] = LiftNumbers(progs[i], captured[i])
	}
	for i := 1; i < len(fs); i++ {
		sameResult(op, names[0], names[i], defs[0], defs[i], progs[0].OutTypes(), progs[i].OutTypes())
	}
	all := shareCaptures(progs, captured)
	return defs[0], trace.Bind(cond{progs}, append([]*Value{index}, all...)...)
}

// sameResult panics unless two branches return trees of one structure and type.
func sameResult(op, nameA, nameB string, a, b *trace.Def, ta, tb []ir.Aval) {
	if !a.Equal(b) {
		trace.Fail(op, nil, "the branches return different structures: of %s and of %s it is\n\t%s",
			nameB, nameA, strings.Join(b.Diff(a, "the result"), "\n\t"))
	}
	paths := b.PathsFrom("the result")
	var diff []string
	for i := range ta {
		if !ta[i].SameType(tb[i]) {
			diff = append(diff, fmt.Sprintf("%s is %v in %s and %v in %s", paths[i], ta[i], nameA, tb[i], nameB))
		}
	}
	if diff != nil {
		trace.Fail(op, nil, "the branches must return equal shapes and dtypes:\n\t%s\nConvert or broadcast the arrays so that they agree", strings.Join(diff, "\n\t"))
	}
}

func (o cond) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if len(in) == 0 || in[0].Rank() != 0 || in[0].DType != ir.Int32 && (in[0].DType != ir.Bool || len(o.Branches) != 2) {
		return nil, fmt.Errorf("is chosen by an int32 scalar, or by a bool scalar between two branches")
	}
	var out []ir.Aval
	for i, b := range o.Branches {
		if err := checkOperands(fmt.Sprintf("branch %d", i), b, in[1:]); err != nil {
			return nil, err
		}
		t := b.OutTypes()
		if i == 0 {
			out = t
			continue
		}
		if len(t) != len(out) {
			return nil, fmt.Errorf("branch %d returns %d arrays, branch 0 %d", i, len(t), len(out))
		}
		for j := range t {
			if !t[j].SameType(out[j]) {
				return nil, fmt.Errorf("output %d of branch %d is %v, of branch 0 %v", j, i, t[j], out[j])
			}
			out[j].Weak = out[j].Weak && t[j].Weak
		}
	}
	return out, nil
}

func (o cond) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	region := func(b *ir.Program) trace.Region {
		return e.Region(nil, func([]trace.Operand) []trace.Operand { return e.Inline(b, x[1:]) })
	}
	if x[0].Aval.DType == ir.Bool {
		no, yes := region(o.Branches[0]), region(o.Branches[1])
		return e.OpRegions("stablehlo.if", x[:1], "", []trace.Region{yes, no}, e.Out()...)
	}
	r := make([]trace.Region, len(o.Branches))
	for i, b := range o.Branches {
		r[i] = region(b)
	}
	return e.OpRegions("stablehlo.case", x[:1], "", r, e.Out()...)
}

func (o cond) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	in := isMapped(d[1:])
	y := mappedToFront(x[1:], d[1:])
	n := len(o.Branches[0].Out)
	all := make([]*ir.Program, len(o.Branches))
	out := make([]bool, n)
	if d[0] != trace.NotMapped { // rows differ in their branch: run every branch on all of them and pick
		for i := range out {
			out[i] = true
		}
		for i, b := range o.Branches {
			all[i], _ = c.Program(b, in, out)
		}
		return o.pick(mappedToFront(x[:1], d[:1])[0], all, y, in), make([]int, n)
	}
	masks := make([][]bool, len(o.Branches))
	for i, b := range o.Branches {
		all[i], masks[i] = c.Program(b, in, nil)
		union(out, masks[i])
	}
	for i, b := range o.Branches {
		if slices.Equal(masks[i], out) {
			continue
		}
		// Outputs that one branch maps must be mapped in all.
		p, m := c.Program(b, in, out)
		if !slices.Equal(m, out) {
			panic(fmt.Sprintf("lax: batching a branch gave outputs %v, want %v", m, out))
		}
		all[i] = p
	}
	return trace.Bind(cond{all}, append([]*Value{x[0]}, y...)...), frontAxes(out)
}

func (o cond) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	m := nonZero(t[1:])
	n := len(o.Branches[0].Out)
	out := make([]bool, n)
	masks := make([][]bool, len(o.Branches))
	q := make([]*ir.Program, len(o.Branches))
	for i, b := range o.Branches {
		q[i], masks[i] = c.Program(b, m, nil)
		union(out, masks[i])
	}
	all := make([]bool, n)
	for i := range all {
		all[i] = true
	}
	types := slices.Concat(o.Branches[0].OutTypes(), o.Branches[0].OutTypes())
	for i := range q { // a tangent that is zero in one branch alone is written out there
		q[i] = spread(q[i], slices.Concat(all, masks[i]), slices.Concat(all, out), types)
	}
	r := trace.Bind(cond{q}, slices.Concat(x, ir.Pick(t[1:], m))...)
	return r[:len(out)], placed(r[len(out):], out)
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

func (o cond) DCE(used []bool) (ir.Op, []bool, []bool) {
	keep := make([]bool, len(o.Branches[0].In))
	q := make([]*ir.Program, len(o.Branches))
	for i, b := range o.Branches {
		p, k := b.DCEOut(used)
		q[i] = p
		union(keep, k)
	}
	for i, b := range o.Branches {
		q[i] = keeping(b, q[i], keep)
	}
	return cond{q}, append([]bool{true}, keep...), used
}

func (o cond) Sequence(order func(p *ir.Program, in, out int) *ir.Program) (ir.Op, int, int) {
	q := make([]*ir.Program, len(o.Branches))
	for i, b := range o.Branches {
		q[i] = last(order, b)
	}
	return cond{q}, -1, len(o.Branches[0].Out)
}

func (o cond) Step(x []*Value, run runProgram) []*Value {
	return run(o.Branches[scalarInt(x[0])], x[1:])
}

// pick runs all branches and selects, row by row of index, whose result counts.
func (o cond) pick(index *Value, branches []*ir.Program, x []*Value, mapped []bool) []*Value {
	takes := func(i int) *Value {
		switch {
		case index.DType() == ir.Int32:
			return Eq(index, Full(index.Shape(), ir.IntLit(int64(i), ir.Int32)))
		case i == 0:
			return Not(index)
		}
		return index
	}
	last := len(branches) - 1
	r := onRows(branches[last], takes(last), x, mapped)
	for i := last - 1; i >= 0; i-- {
		rows := takes(i)
		y := onRows(branches[i], rows, x, mapped)
		for j := range r {
			r[j] = Select(BroadcastInDim(rows, y[j].Shape(), []int{0}), y[j], r[j])
		}
	}
	return r
}

// onRows runs a branch for the marked rows; in the others its results are anything. A branch with a loop is kept from rows
// that do not take it, on which the loop might never end, and is not run where no row takes it. (JAX runs it, and hangs.)
func onRows(p *ir.Program, rows *Value, x []*Value, mapped []bool) []*Value {
	if !holdsLoop(p) {
		return trace.Inline(p, x)
	}
	in := append([]*Value{rows}, x...)
	none, _ := trace.Trace("cond", trace.Avals(in), func([]*Value) []*Value {
		y := make([]*Value, len(p.Out))
		for i, t := range p.OutTypes() {
			y[i] = Zeros(t)
		}
		return y
	})
	some, _ := trace.Trace("cond", trace.Avals(in), func(a []*Value) []*Value {
		return trace.Inline(p, liveRows(a[0], a[1:], mapped))
	})
	return trace.Bind(cond{[]*ir.Program{none, some}}, append([]*Value{ReduceOr(rows, []int{0})}, in...)...)
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
