package lax

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// reduce reduces several arrays together by a program of scalars.
type reduce struct {
	Body *ir.Program
	Axes []int
}

func (reduce) Name() string              { return "reduce" }
func (r reduce) Programs() []*ir.Program { return []*ir.Program{r.Body} }

// Reduce reduces arrays of one shape together over axes, as lax.reduce. body combines two tuples of scalars, one from each
// array, into one; it must be associative and commutative, and inits, scalars of the arrays' dtypes, must not change what
// they are combined with: how often and in what order they are is not specified. body may use concrete scalars from
// outside, but no traced values.
func Reduce(xs, inits []*Value, body func(a, b []*Value) []*Value, axes []int) []*Value {
	n := len(xs)
	in := make([]ir.Aval, 0, 2*n)
	for range 2 {
		for _, v := range xs {
			in = append(in, ir.Aval{DType: v.DType(), Weak: v.Aval().Weak})
		}
	}
	traced := func(in []ir.Aval, f func(x []*Value) []*Value) (*ir.Program, []*Value) {
		return trace.Trace("the body of lax.Reduce", in, f)
	}
	p, captured := traced(in, func(x []*Value) []*Value { return body(x[:n], x[n:]) })
	if len(captured) > 0 {
		lits := make([]*Value, len(captured))
		for i, c := range captured {
			if c.Traced() || c.Rank() > 0 {
				trace.Fail("reduce", trace.Avals(xs), "the body uses a value from outside, %v; XLA's reductions take none but constant scalars: make it one of the arrays that are reduced", c)
			}
			b := make([]byte, c.DType().Size())
			trace.TheRuntime().ToHost(c, b)
			lits[i] = trace.FromLit(litOf(b, c.Aval()))
		}
		q := p
		p, _ = traced(in, func(x []*Value) []*Value { return trace.Inline(q, append(slices.Clone(x), lits...)) })
	}
	return trace.Bind(reduce{p, sortedAxes(axes)}, append(slices.Clone(xs), inits...)...)
}

// litOf is the scalar whose host representation is b.
func litOf(b []byte, a ir.Aval) ir.Lit {
	l := ir.Lit{DType: a.DType, Weak: a.Weak}
	for i, c := range b {
		if i < 8 {
			l.Lo |= uint64(c) << (8 * i)
		} else {
			l.Hi |= uint64(c) << (8 * (i - 8))
		}
	}
	return l
}

func (r reduce) Infer(in []ir.Aval) ([]ir.Aval, error) {
	n := len(in) / 2
	if n == 0 || len(in)%2 != 0 {
		return nil, fmt.Errorf("takes as many initial values as arrays, at least one of each, not %d operands in all", len(in))
	}
	out := make([]ir.Aval, n)
	types := r.Body.OutTypes()
	if len(types) != n || len(r.Body.In) != 2*n {
		return nil, fmt.Errorf("the body must return %d values, one for each array, not %d", n, len(types))
	}
	for i := range n {
		x, init := in[i], in[n+i]
		if !slices.Equal(x.Shape, in[0].Shape) {
			return nil, fmt.Errorf("takes arrays of one shape, not %s and %s", ir.ShapeString(in[0].Shape), ir.ShapeString(x.Shape))
		}
		if init.Rank() != 0 || init.DType != x.DType {
			return nil, fmt.Errorf("initial value %d must be a %v scalar as array %d is of that dtype, not %v", i, x.DType, i, init)
		}
		if t := types[i]; t.Rank() != 0 || t.DType != x.DType {
			return nil, fmt.Errorf("the body's result %d must be a %v scalar, not %v; convert it with lax.Convert", i, x.DType, t)
		}
		out[i] = ir.Aval{Shape: without(x.Shape, r.Axes), DType: x.DType, Weak: x.Weak && init.Weak}
	}
	return out, checkAxes("axis", r.Axes, in[0].Rank())
}

func (r reduce) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	n := len(x) / 2
	in := make([]ir.Aval, 0, 2*n)
	for range 2 {
		for _, v := range x[:n] {
			in = append(in, ir.Scalar(v.Aval.DType))
		}
	}
	body := e.Region(in, func(a []trace.Operand) []trace.Operand { return e.Inline(r.Body, a) })
	return e.OpRegions("stablehlo.reduce", x, "dimensions = "+i64s(r.Axes), []trace.Region{body}, e.Out()...)
}

// Batch. XLA takes scalar initial values only: where they are mapped, each element of the batch is reduced by itself.
func (r reduce) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	n := len(x) / 2
	if allEqual(d[n:], trace.NotMapped) {
		xs, at := alignBatch(c, x[:n], d[:n])
		axes, to := batchedAxes(r.Axes, at)
		return trace.Bind(reduce{r.Body, axes}, append(xs, x[n:]...)...), repeated(to, n)
	}
	size := c.AxisSize()
	parts := make([][]*Value, n)
	for b := range size {
		y := mappedAt(x, func(i int, v *Value) *Value {
			if d[i] == trace.NotMapped {
				return v
			}
			return IndexInDim(v, b, d[i], false)
		})
		for i, v := range c.Self(y...) {
			parts[i] = append(parts[i], ExpandDims(v, []int{0}))
		}
	}
	out := make([]*Value, n)
	for i := range out {
		if size > 0 {
			out[i] = Concatenate(parts[i], 0)
			continue
		}
		shape := x[i].Shape()
		if d[i] != trace.NotMapped {
			shape = without(shape, []int{d[i]})
		}
		out[i] = Zeros(ir.Aval{Shape: inserted(without(shape, r.Axes), 0, 0), DType: x[i].DType()})
	}
	return out, repeated(0, n)
}

func mappedAt(x []*Value, f func(i int, v *Value) *Value) []*Value {
	y := make([]*Value, len(x))
	for i, v := range x {
		y[i] = f(i, v)
	}
	return y
}
