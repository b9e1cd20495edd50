package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// What the reductions by a program of scalars share: reduce, reduceWindows, scatterApply.

// scalarBody traces the body of a reduction of xs, on scalars of their types. What it uses from outside becomes
// literals.
func scalarBody(op string, xs []*Value, body func(a, b []*Value) []*Value) *ir.Program {
	n := len(xs)
	in := trace.Avals(slices.Concat(xs, xs))
	for i := range in {
		in[i] = in[i].With(nil)
	}
	p, captured := trace.Trace("the body of "+op, in, func(x []*Value) []*Value { return body(x[:n], x[n:]) })
	if len(captured) == 0 {
		return p
	}
	lits := make([]*Value, len(captured))
	for i, c := range captured {
		if c.Traced() || c.Rank() > 0 {
			trace.Fail(op, trace.Avals(xs), "the body uses a value from outside, %v; XLA's reductions take none but "+
				"constant scalars: make it one of the arrays that are reduced", c)
		}
		lits[i] = trace.FromLit(litOf(c))
	}
	q, _ := trace.Trace("the body of "+op, in, func(x []*Value) []*Value {
		return trace.Inline(p, slices.Concat(x, lits))
	})
	return q
}

// scalarRegion is body, of scalars, as the region of a reduction of xs.
func scalarRegion(e trace.Emitter, body *ir.Program, xs []trace.Operand) trace.Region {
	var in []ir.Aval
	for range 2 {
		for _, x := range xs {
			in = append(in, ir.Scalar(x.Aval.DType))
		}
	}
	if m, ok := monoidIn(body); ok && losesNaN(e, m, xs[0].Aval) {
		return m.region(e, xs[0].Aval.DType, true)
	}
	return e.Region(in, func(a []trace.Operand) []trace.Operand { return e.Inline(body, a) })
}

// checkReduced checks the operands of a reduction of several arrays by body: the arrays and then their initial values.
func checkReduced(body *ir.Program, in []ir.Aval) error {
	n := len(in) / 2
	if n == 0 || len(in)%2 != 0 {
		return fmt.Errorf("takes as many initial values as arrays, at least one of each, not %d operands in all",
			len(in))
	}
	types := body.OutTypes()
	if len(types) != n || len(body.In) != 2*n {
		return fmt.Errorf("the body must return %d values, one for each array, not %d", n, len(types))
	}
	for i := range n {
		x, init := in[i], in[n+i]
		if !slices.Equal(x.Shape, in[0].Shape) {
			return fmt.Errorf("takes arrays of one shape, not %s and %s", ir.ShapeString(in[0].Shape),
				ir.ShapeString(x.Shape))
		}
		if init.Rank() != 0 || init.DType != x.DType {
			return fmt.Errorf("initial value %d must be a %v scalar as array %d is of that dtype, not %v", i, x.DType,
				i, init)
		}
		if t := types[i]; t.Rank() != 0 || t.DType != x.DType {
			return fmt.Errorf(
				"the body's result %d must be a %v scalar, not %v; convert it with lax.ConvertElementType", i,
				x.DType, t)
		}
	}
	return nil
}

// foldLast combines the arrays' elements along their last axis by body, halving it until one is left, and those with
// inits.
func foldLast(body *ir.Program, xs, inits []*Value, last int) []*Value {
	for {
		n := xs[0].Shape()[last]
		if n < 2 {
			break
		}
		part := func(lo, hi int) []*Value {
			return mapEach(xs, func(v *Value) *Value { return SliceInDim(v, lo, hi, 1, last) })
		}
		y := mapScalars(body, slices.Concat(part(0, n/2), part(n/2, n/2*2)))
		if n%2 == 1 {
			odd := part(n-1, n)
			for i := range y {
				y[i] = Concatenate([]*Value{y[i], odd[i]}, last)
			}
		}
		xs = y
	}
	shape := own(xs[0].Shape()[:last])
	full := mapEach(inits, func(v *Value) *Value { return BroadcastInDim(v, shape, nil) })
	if xs[0].Shape()[last] == 0 {
		return full
	}
	return mapScalars(body, slices.Concat(full, mapEach(xs, func(v *Value) *Value { return Reshape(v, shape) })))
}

// mapScalars applies p, a program of scalars, to every element of arrays of one shape.
func mapScalars(p *ir.Program, x []*Value) []*Value {
	shape := x[0].Shape()
	size := ir.SizeOf(shape)
	q, _ := trace.Vmap(p, size, make([]int, len(x)), make([]int, len(p.Out)), "the body of a reduction")
	flat := mapEach(x, func(v *Value) *Value { return Reshape(v, []int{size}) })
	return mapEach(trace.Inline(q, flat), func(v *Value) *Value { return Reshape(v, shape) })
}

// scalarOf refuses an initial value init that is not a scalar of the array x's dtype.
func scalarOf(x, init ir.Aval) error {
	if init.Rank() != 0 || init.DType != x.DType {
		return fmt.Errorf("the initial value must be a %v scalar as the array is of that dtype, not %v", x.DType, init)
	}
	return nil
}
