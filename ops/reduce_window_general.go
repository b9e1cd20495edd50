package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// reduceWindows combines the elements of every window of several arrays together by a program of scalars.
type reduceWindows struct {
	Body   *ir.Program
	Window windowing
}

func (reduceWindows) Name() string              { return "reduce_window" }
func (r reduceWindows) Programs() []*ir.Program { return []*ir.Program{r.Body} }

func (r reduceWindows) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := checkReduced(r.Body, in); err != nil {
		return nil, err
	}
	if err := r.Window.check(in[0].Rank()); err != nil {
		return nil, err
	}
	n := len(in) / 2
	out := make([]ir.Aval, n)
	for i, x := range in[:n] {
		out[i] = ir.Aval{Shape: r.Window.out(x.Shape), DType: x.DType, Weak: x.Weak && in[n+i].Weak}
	}
	return out, nil
}

func (r reduceWindows) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out, n := e.Out(), len(x)/2
	if out[0].Size() == 0 || x[0].Aval.Size() == 0 || ir.SizeOf(r.Window.Sizes) == 0 {
		y := make([]trace.Operand, n)
		for i := range y {
			y[i] = writer{e}.fill(x[n+i], out[i].Shape)
		}
		return y
	}
	in := make([]ir.Aval, 0, 2*n)
	for range 2 {
		for _, v := range x[:n] {
			in = append(in, ir.Scalar(v.Aval.DType))
		}
	}
	if out[0].Rank() == 0 {
		return e.Inline(r.Body, append(slices.Clone(x[n:]), x[:n]...))
	}
	body := e.Region(in, func(a []trace.Operand) []trace.Operand { return e.Inline(r.Body, a) })
	return e.OpRegions("stablehlo.reduce_window", x, r.Window.attrs(true), []trace.Region{body}, out...)
}

// Batch. As in Reduce, mapped initial values are taken one by one.
func (r reduceWindows) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	n := len(x) / 2
	if !allEqual(d[n:], trace.NotMapped) {
		return oneByOne(c, r, x, d)
	}
	xs, at := alignBatch(c, x[:n], d[:n])
	return trace.Bind(reduceWindows{r.Body, r.Window.batched(at)}, append(xs, x[n:]...)...), repeated(at, n)
}

// JVP is that of the same combination written out over the places of the window.
func (r reduceWindows) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvpWritten(c, x, t, func(x []*Value) []*Value {
		n, last := len(x)/2, x[0].Rank()
		cells := make([]*Value, n)
		for i, v := range x[:n] {
			cells[i] = r.Window.cells(v, ir.IntLit(0, v.DType()))
		}
		// Places outside of the array take no part: they hold the initial value.
		inside := r.Window.cells(Full(x[0].Shape(), ir.BoolLit(true)), ir.BoolLit(false))
		for i, v := range cells {
			cells[i] = Select(inside, v, BroadcastInDim(x[n+i], v.Shape(), nil))
		}
		return foldLast(r.Body, cells, x[n:], last)
	})
}

// checkReduced checks the operands of a reduction of several arrays by body: the arrays and then their initial values.
func checkReduced(body *ir.Program, in []ir.Aval) error {
	n := len(in) / 2
	if n == 0 || len(in)%2 != 0 {
		return fmt.Errorf("takes as many initial values as arrays, at least one of each, not %d operands in all", len(in))
	}
	types := body.OutTypes()
	if len(types) != n || len(body.In) != 2*n {
		return fmt.Errorf("the body must return %d values, one for each array, not %d", n, len(types))
	}
	for i := range n {
		x, init := in[i], in[n+i]
		if !slices.Equal(x.Shape, in[0].Shape) {
			return fmt.Errorf("takes arrays of one shape, not %s and %s", ir.ShapeString(in[0].Shape), ir.ShapeString(x.Shape))
		}
		if init.Rank() != 0 || init.DType != x.DType {
			return fmt.Errorf("initial value %d must be a %v scalar as array %d is of that dtype, not %v", i, x.DType, i, init)
		}
		if t := types[i]; t.Rank() != 0 || t.DType != x.DType {
			return fmt.Errorf("the body's result %d must be a %v scalar, not %v; convert it with lax.Convert", i, x.DType, t)
		}
	}
	return nil
}

// oneByOne binds op for each example and stacks what comes out, for operands that op cannot take mapped.
func oneByOne(c trace.BatchCtx, op ir.Op, x []*Value, d []int) ([]*Value, []int) {
	in := make([]ir.Aval, len(x))
	for i, v := range x {
		in[i] = v.Aval()
		if d[i] != trace.NotMapped {
			in[i].Shape = without(v.Shape(), []int{d[i]})
		}
	}
	types, err := op.Infer(in)
	trace.Must(err, op.Name(), in)
	parts := make([][]*Value, len(types))
	for b := range c.AxisSize() {
		y := mappedAt(x, func(i int, v *Value) *Value {
			if d[i] == trace.NotMapped {
				return v
			}
			return IndexInDim(v, b, d[i], false)
		})
		for i, v := range trace.Bind(op, y...) {
			parts[i] = append(parts[i], ExpandDims(v, []int{0}))
		}
	}
	out := make([]*Value, len(types))
	for i, t := range types {
		if c.AxisSize() > 0 {
			out[i] = Concatenate(parts[i], 0)
		} else {
			out[i] = Zeros(t.With(inserted(t.Shape, 0, 0)))
		}
	}
	return out, repeated(0, len(out))
}

// jvpWritten is the JVP of an operation that f computes by other operations, which have rules of their own.
func jvpWritten(c trace.JVPCtx, x, t []*Value, f func(x []*Value) []*Value) ([]*Value, []*Value) {
	if !anyTangent(t) {
		return jvpZero(c, x)
	}
	p, _ := trace.Trace("the derivative of a reduction", trace.Avals(x), f)
	m := nonZero(t)
	q, out := c.Program(p, m, nil)
	r := trace.Inline(q, slices.Concat(x, ir.Pick(t, m)))
	return c.Self(x...), placed(r[len(p.Out):], out)
}

// foldLast combines the arrays' elements along their last axis by body, halving it until one is left, and those with inits.
func foldLast(body *ir.Program, xs, inits []*Value, last int) []*Value {
	for {
		n := xs[0].Shape()[last]
		if n < 2 {
			break
		}
		part := func(lo, hi int) []*Value {
			return mapped(xs, func(v *Value) *Value { return SliceInDim(v, lo, hi, 1, last) })
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
	full := mapped(inits, func(v *Value) *Value { return BroadcastInDim(v, shape, nil) })
	if xs[0].Shape()[last] == 0 {
		return full
	}
	return mapScalars(body, slices.Concat(full, mapped(xs, func(v *Value) *Value { return Reshape(v, shape) })))
}

// mapScalars applies p, a program of scalars, to every element of arrays of one shape.
func mapScalars(p *ir.Program, x []*Value) []*Value {
	shape := x[0].Shape()
	size := ir.SizeOf(shape)
	flat := mapped(x, func(v *Value) *Value { return Reshape(v, []int{size}) })
	in := make([]bool, len(x))
	for i := range in {
		in[i] = true
	}
	return mapped(mapRows(p, size, flat, in), func(v *Value) *Value { return Reshape(v, shape) })
}

// mapRows applies p along the first axis of the operands marked; all that it returns has that axis.
func mapRows(p *ir.Program, size int, x []*Value, in []bool) []*Value {
	rows := map[*Value]bool{}
	for i, v := range x {
		if in[i] {
			rows[v] = true
		}
	}
	y := trace.Replay(p, x, func(e *ir.Eqn, x []*Value) []*Value {
		d := make([]int, len(x))
		for i, v := range x {
			if d[i] = trace.NotMapped; rows[v] {
				d[i] = 0
			}
		}
		if allEqual(d, trace.NotMapped) {
			return trace.Bind(e.Op, x...)
		}
		b, ok := e.Op.(trace.Batcher)
		if !ok {
			trace.Fail(e.Op.Name(), trace.Avals(x), "cannot be used in a reduction that is differentiated: it has no rule for mapping it")
		}
		y, at := b.Batch(rowsCtx{size, e.Op}, x, d)
		for i, v := range y {
			if at[i] != trace.NotMapped {
				y[i] = moveTo(v, at[i], 0)
				rows[y[i]] = true
			}
		}
		return y
	})
	for i, v := range y {
		if !rows[v] {
			y[i] = BroadcastInDim(v, inserted(v.Shape(), 0, size), arange(1, v.Rank()+1))
		}
	}
	return y
}

// rowsCtx serves Batch rules within mapRows.
type rowsCtx struct {
	size int
	op   ir.Op
}

func (c rowsCtx) AxisSize() int             { return c.size }
func (c rowsCtx) Self(x ...*Value) []*Value { return trace.Bind(c.op, x...) }

func (c rowsCtx) Program(p *ir.Program, in, _ []bool) (*ir.Program, []bool) {
	t := make([]ir.Aval, len(p.In))
	for i, v := range p.In {
		t[i] = v.Ty
		if in[i] {
			t[i].Shape = inserted(v.Ty.Shape, 0, c.size)
		}
	}
	q, captured := trace.Trace("the body of a reduction", t, func(x []*Value) []*Value { return mapRows(p, c.size, x, in) })
	if len(captured) > 0 {
		panic("lax: a program mapped over rows captured a value")
	}
	out := make([]bool, len(p.Out))
	for i := range out {
		out[i] = true
	}
	return q, out
}
