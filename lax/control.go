package lax

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
