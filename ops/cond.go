package ops

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// cond runs one of several programs of equal inputs and outputs. Operand 0 picks it: an int32 scalar within the number
// of branches, or, where there are two, a bool scalar, false for the first; the other operands go to the branch.
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
		trace.Fail(op, []ir.Aval{t}, "the predicate must be a scalar, not %v; reduce it with jnp.All or jnp.Any, or "+
			"choose element by element with jnp.Where", t)
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
	choice := trace.Choice()
	for i, f := range fs {
		progs[i], captured[i] = trace.Trace(names[i]+" of "+op, nil, func([]*Value) (y []*Value) {
			choice(i, func() { defs[i], y = f() })
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

// If is Branches of lists of values, for a bool scalar.
func If(op string, pred *Value, onTrue, onFalse func() []*Value) []*Value {
	list := func(f func() []*Value) Branch {
		return func() (*trace.Def, []*Value) {
			y := f()
			return flatDef(len(y)), y
		}
	}
	_, y := Branches(op, pred, []string{"onFalse", "onTrue"}, list(onFalse), list(onTrue))
	return y
}

// sameResult panics unless two branches return trees of one structure and type.
func sameResult(op, nameA, nameB string, a, b *trace.Def, ta, tb []ir.Aval) {
	if !a.Equal(b) {
		trace.Fail(op, nil, "the branches return different structures: of %s and of %s it is\n\t%s",
			nameB, nameA, strings.Join(b.Diff(a, trace.ResultName(0)), "\n\t"))
	}
	paths := b.PathsFrom(trace.ResultName(0))
	var diff []string
	for i := range ta {
		if !ta[i].SameType(tb[i]) {
			diff = append(diff, fmt.Sprintf("%s is %v in %s and %v in %s", paths[i], ta[i], nameA, tb[i], nameB))
		}
	}
	if diff != nil {
		trace.Fail(op, nil, "the branches must return equal shapes and dtypes:\n\t%s\nConvert or broadcast the "+
			"arrays so that they agree", strings.Join(diff, "\n\t"))
	}
}

func (o cond) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if len(in) == 0 || in[0].Rank() != 0 || in[0].DType != ir.Int32 &&
		(in[0].DType != ir.Bool || len(o.Branches) != 2) {
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
	index, x := x[0], mappedToFront(x[1:], d[1:])
	in := isMapped(d[1:])
	if d[0] != trace.NotMapped { // rows differ in their branch: run every branch on all of them and pick
		all := mask.Full(len(o.Branches[0].Out))
		p := make([]*ir.Program, len(o.Branches))
		for i, b := range o.Branches {
			p[i], _ = c.Program(b, in, all)
		}
		return pickRows(moveTo(index, d[0], 0), p, x, in), make([]int, len(all))
	}
	p := make([]*ir.Program, len(o.Branches))
	masks := make([][]bool, len(o.Branches))
	out := make([]bool, len(o.Branches[0].Out))
	for i, b := range o.Branches {
		p[i], masks[i] = c.Program(b, in, nil)
		out = mask.Or(out, masks[i])
	}
	for i, b := range o.Branches {
		if !slices.Equal(masks[i], out) { // an output that one branch maps must be mapped in all
			p[i], _ = c.Program(b, in, out)
		}
	}
	return trace.Bind(cond{p}, append([]*Value{index}, x...)...), frontAxes(out)
}

// pickRows runs all branches and selects, row by row of index, whose result counts.
func pickRows(index *Value, branches []*ir.Program, x []*Value, mapped []bool) []*Value {
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

// onRows runs a branch for the marked rows; in the others its results are anything. A branch with a loop is kept from
// rows that do not take it, on which the loop might never end, and is not run where no row takes it. (JAX runs it, and
// hangs.)
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

func (o cond) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	in := mask.NonNil(t[1:])
	p := make([]*ir.Program, len(o.Branches))
	masks := make([][]bool, len(o.Branches))
	types := o.Branches[0].OutTypes()
	out := make([]bool, len(types))
	for i, b := range o.Branches {
		p[i], masks[i] = c.Program(b, in, nil)
		out = mask.Or(out, masks[i])
	}
	primal := mask.Full(len(types))
	for i := range p { // a tangent that is zero in one branch alone is written out there
		p[i] = withZeros(p[i], slices.Concat(primal, masks[i]), slices.Concat(primal, out), slices.Concat(types, types))
	}
	r := cut(trace.Bind(cond{p}, slices.Concat(x, mask.Pick(t[1:], in))...), len(types))
	return r[0], mask.Place(r[1], out)
}

// Split keeps the choice for the way back: the linear half is a cond too.
func (o cond) Split(
	c trace.SplitCtx, x []*Value,
) (y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	index, in := x[0], x[1:]
	if index == nil {
		return nil, nil, nil, nil
	}
	s := splitCond{types: o.Branches[0].InTypes(), unknownIn: mask.Not(mask.NonNil(in))}
	s.halve(c, o.Branches)
	s.shareSlots()
	var known, linear cond
	for i := range o.Branches {
		known.Branches = append(known.Branches, s.known(i))
		linear.Branches = append(linear.Branches, s.linear(i))
	}
	r := trace.Bind(known, append([]*Value{index}, mask.Pick(in, mask.Not(s.unknownIn))...)...)
	parts := cut(r, len(r)-len(s.slots))
	outs, saved := parts[0], parts[1]
	res := slices.Concat([]*Value{index}, saved, mask.Pick(in, s.passed))
	return mask.Place(outs, mask.Not(s.unknownOut)), linear, linearArgs(res, x), s.unknownOut
}

// splitCond is a cond being cut in two. Its branches save different residuals, but a cond returns the same types
// whatever branch it takes. So the branches share slots, each for a value of one type: a branch puts what it saves into
// slots of that type, and zeros into the slots that it does not need.
type splitCond struct {
	types      []ir.Aval // of the branches' inputs
	unknownIn  []bool
	unknownOut []bool
	halves     []trace.Halves // of each branch
	slots      []ir.Aval
	slot       [][]int // of each branch, of each of its saved residuals
	passed     []bool  // known inputs that are residuals of some branch, and are passed to the linear cond once
}

// halve cuts the branches. An output that one branch does not know is unknown in all.
func (s *splitCond) halve(c trace.SplitCtx, branches []*ir.Program) {
	s.unknownOut = make([]bool, len(branches[0].Out))
	s.passed = make([]bool, len(s.types))
	for _, b := range branches {
		h := c.Program(b, s.unknownIn, nil, nil)
		s.halves = append(s.halves, h)
		s.unknownOut = mask.Or(s.unknownOut, h.UnknownOut)
	}
	for i, h := range s.halves {
		h = demote(h, s.unknownIn, s.unknownOut)
		for _, r := range h.Residuals {
			if r != trace.Saved {
				s.passed[r] = true
			}
		}
		s.halves[i] = h
	}
}

// shareSlots gives each saved residual a slot of its type that no other one of its branch has; one of its own where
// casts ask what it varies over, of which slots must not make one answer for several.
func (s *splitCond) shareSlots() {
	apart := len(trace.CastAxes()) > 0
	for _, h := range s.halves {
		taken := slices.Repeat([]bool{apart}, len(s.slots))
		var slot []int
		for _, v := range h.Known.Out[h.NumKnown():] {
			t := v.Aval().Strong()
			k := 0
			for k < len(s.slots) && (taken[k] || !s.slots[k].SameType(t)) {
				k++
			}
			if k == len(s.slots) {
				s.slots, taken = append(s.slots, t), append(taken, false)
			}
			taken[k] = true
			slot = append(slot, k)
		}
		s.slot = append(s.slot, slot)
	}
}

// known is the known half of branch i: (known inputs) -> (known outputs, slots).
func (s *splitCond) known(i int) *ir.Program {
	h := s.halves[i]
	p, _ := trace.Trace("Split", mask.Pick(s.types, mask.Not(s.unknownIn)), func(a []*Value) []*Value {
		r := cut(trace.Inline(h.Known, a), h.NumKnown())
		outs, saved := r[0], r[1]
		slots := make([]*Value, len(s.slots))
		for j, k := range s.slot[i] {
			slots[k] = ConvertWeak(saved[j], s.slots[k].DType, false)
		}
		for k, v := range slots {
			if v == nil {
				slots[k] = Zeros(s.slots[k])
			}
		}
		return slices.Concat(outs, slots)
	})
	return p
}

// linear is the linear half of branch i: (slots, passed inputs, unknown inputs) -> (unknown outputs).
func (s *splitCond) linear(i int) *ir.Program {
	h := s.halves[i]
	in := slices.Concat(s.slots, mask.Pick(s.types, s.passed), mask.Pick(s.types, s.unknownIn))
	p, _ := trace.Trace("Split", in, func(a []*Value) []*Value {
		parts := cut(a, len(s.slots), mask.Count(s.passed))
		slots, passed, unknown := parts[0], mask.Place(parts[1], s.passed), parts[2]
		saved := make([]*Value, len(s.slot[i]))
		for j, k := range s.slot[i] {
			weak := h.Known.Out[h.NumKnown()+j].Aval().Weak
			saved[j] = ConvertWeak(slots[k], s.slots[k].DType, weak)
		}
		return trace.Inline(h.Linear, append(residuals(h, passed, saved), unknown...))
	})
	return p
}

func (o cond) Transpose(c trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	index, in := x[0].X, x[1:]
	if index == nil {
		trace.Fail("cond", nil, "the predicate is among the values that are differentiated; it must not depend on them")
	}
	p := make([]*ir.Program, len(o.Branches))
	masks := make([][]bool, len(o.Branches))
	captured := make([][]*Value, len(o.Branches))
	got := make([]bool, len(in))
	for i, b := range o.Branches {
		p[i], masks[i], captured[i] = pullback(c, b, in, ct)
		got = mask.Or(got, masks[i])
	}
	types := o.Branches[0].InTypes()
	for i := range p {
		p[i] = withZeros(p[i], masks[i], got, types)
	}
	shared := shareCaptures(p, captured)
	r := trace.Bind(cond{p}, slices.Concat([]*Value{index}, nonlinear(in), mask.Compact(ct), shared)...)
	return append([]*Value{nil}, mask.Place(r, got)...)
}

func (o cond) DCE(used []bool) (op ir.Op, keptIn, keptOut []bool) {
	kept := make([]bool, len(o.Branches[0].In))
	p := make([]*ir.Program, len(o.Branches))
	for i, b := range o.Branches {
		var k []bool
		p[i], k = b.DCEOut(used)
		kept = mask.Or(kept, k)
	}
	for i, b := range o.Branches {
		p[i] = keeping(b, p[i], kept)
	}
	return cond{p}, append([]bool{true}, kept...), used
}

func (o cond) Sequence(order ir.OrderFunc) (op ir.Op, in, out int) {
	p := make([]*ir.Program, len(o.Branches))
	for i, b := range o.Branches {
		p[i] = orderLast(order, b)
	}
	return cond{p}, -1, len(o.Branches[0].Out)
}

func (o cond) Step(x []*Value, run trace.RunFunc) []*Value {
	return run(o.Branches[litOf(x[0]).Int()], x[1:])
}
