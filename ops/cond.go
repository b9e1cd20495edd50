package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// cond runs one of several programs of equal inputs and outputs. Operand 0 picks it: an int32 scalar within the number of
// branches, or, where there are two, a bool scalar, false for the first; the other operands go to the branch.
type cond struct{ Branches []*ir.Program }

func (cond) Name() string              { return "cond" }
func (o cond) Programs() []*ir.Program { return o.Branches }

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
