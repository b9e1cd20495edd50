package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// What the operations that hold programs (call, cond, while) share: masks over operands, and checks of programs against
// operands.

// axisKeeper is implemented by batching contexts that can map a program over axes where they lie, so that operands need not
// be transposed first. Outputs come where they fall.
type axisKeeper interface {
	ProgramAt(p *ir.Program, d []int) (*ir.Program, []int)
}

// checkOperands says which operand does not fit the inputs of p.
func checkOperands(what string, p *ir.Program, in []ir.Aval) error {
	if len(in) != len(p.In) {
		return fmt.Errorf("%s takes %d operands, not %d", what, len(p.In), len(in))
	}
	for i, v := range p.In {
		if !v.Ty.SameType(in[i]) {
			return fmt.Errorf("operand %d of %s is %v, wants %v", i, what, in[i], v.Ty)
		}
	}
	return nil
}

// isMapped marks the operands that have a mapped axis.
func isMapped(d []int) []bool {
	m := make([]bool, len(d))
	for i := range d {
		m[i] = d[i] != trace.NotMapped
	}
	return m
}

// frontAxes is the axis list of operands mapped at axis 0 where marked.
func frontAxes(m []bool) []int {
	d := make([]int, len(m))
	for i := range m {
		if !m[i] {
			d[i] = trace.NotMapped
		}
	}
	return d
}

// mappedToFront moves the mapped axes to position 0 and leaves operands without one as they are.
func mappedToFront(x []*Value, d []int) []*Value {
	y := make([]*Value, len(x))
	for i := range x {
		y[i] = x[i]
		if d[i] > 0 {
			y[i] = moveTo(x[i], d[i], 0)
		}
	}
	return y
}

// nonZero marks the tangents that are not zero.
func nonZero(t []*Value) []bool {
	m := make([]bool, len(t))
	for i := range t {
		m[i] = t[i] != nil
	}
	return m
}

// placed puts the elements of t at the marked places, nil elsewhere.
func placed(t []*Value, m []bool) []*Value {
	y, k := make([]*Value, len(m)), 0
	for i := range m {
		if m[i] {
			y[i] = t[k]
			k++
		}
	}
	return y
}

// union is the union of masks, in place in a.
func union(a, b []bool) []bool {
	for i := range a {
		a[i] = a[i] || b[i]
	}
	return a
}

// holdsLoop reports whether p has a loop in it, which may not end on operands that it was not meant for.
func holdsLoop(p *ir.Program) bool {
	found := false
	p.Walk(func(e *ir.Eqn) {
		if _, ok := e.Op.(while); ok {
			found = true
		}
	})
	return found
}

// liveRows replaces, in the operands that are mapped (at axis 0), the rows that are not live by the first one that is. Some
// row must be.
func liveRows(live *Value, x []*Value, mapped []bool) []*Value {
	n := live.Shape()[0]
	if n == 0 {
		return x
	}
	first := ArgMax(Convert(live, ir.Int32), 0, ir.Int32)
	rows := Reshape(Select(live, Iota(ir.Int32, []int{n}, 0), Broadcast(first, []int{n})), []int{n, 1})
	y := make([]*Value, len(x))
	for i, v := range x {
		if y[i] = v; !mapped[i] {
			continue
		}
		sizes := append([]int{1}, v.Shape()[1:]...)
		d := GatherDims{OffsetDims: arange(1, v.Rank()), CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}
		y[i] = Gather(v, rows, d, sizes, GatherOptions{Mode: PromiseInBounds})
	}
	return y
}

// keeping is q, which is p with dead equations and inputs left out, with the inputs of p that are marked. It is p itself where
// nothing is left out.
func keeping(p, q *ir.Program, marked []bool) *ir.Program {
	in := ir.Pick(p.In, marked)
	n := len(p.Eqns)
	if len(in) == len(p.In) && len(q.Out) == len(p.Out) && len(q.Eqns) == n && (n == 0 || &q.Eqns[0] == &p.Eqns[0]) {
		return p
	}
	return &ir.Program{In: in, Eqns: q.Eqns, Out: q.Out}
}
