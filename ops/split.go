package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// splitOp cuts its operand along Axis into parts of the given Sizes. As slices it would be the same, but each would be
// transposed to an array of the whole size, and these added up: with many parts, a square of the work.
type splitOp struct {
	Sizes []int
	Axis  int
}

func (splitOp) Name() string { return "split" }

// Split is x cut along axis into parts of the given sizes, which must add up to the axis's, as lax.split. One part
// alone is x itself.
func Split(x *Value, sizes []int, axis int) []*Value {
	if len(sizes) == 1 && axis < x.Rank() && sizes[0] == x.Shape()[axis] {
		return []*Value{x}
	}
	return trace.Bind(splitOp{own(sizes), axis}, x)
}

func (o splitOp) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	a := in[0]
	if err := checkAxes("axis", []int{o.Axis}, a.Rank()); err != nil {
		return nil, err
	}
	sum := 0
	out := make([]ir.Aval, len(o.Sizes))
	for i, n := range o.Sizes {
		if n < 0 {
			return nil, fmt.Errorf("the sizes %v must not be negative", o.Sizes)
		}
		sum += n
		shape := own(a.Shape)
		shape[o.Axis] = n
		out[i] = a.With(shape)
	}
	if n := a.Shape[o.Axis]; sum != n {
		return nil, fmt.Errorf("the sizes %v add up to %d, and axis %d of %s has size %d", o.Sizes, sum, o.Axis,
			ir.ShapeString(a.Shape), n)
	}
	return out, nil
}

func (o splitOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	r := x[0].Aval.Rank()
	start := repeated(0, r)
	out := make([]trace.Operand, len(o.Sizes))
	for i, t := range e.Out() {
		limit := own(x[0].Aval.Shape)
		limit[o.Axis] = start[o.Axis] + o.Sizes[i]
		out[i] = e.Op("stablehlo.slice", x, sliceAttrs(start, limit, repeated(1, r)), t)[0]
		start[o.Axis] = limit[o.Axis]
	}
	return out
}

func (o splitOp) Batch(_ trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return trace.Bind(splitOp{o.Sizes, shifted([]int{o.Axis}, d[0])[0]}, x[0]), repeated(d[0], len(o.Sizes))
}

func (splitOp) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

// Transpose joins what there is of the parts, and zeros for the others.
func (o splitOp) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	if !anyTangent(ct) {
		return []*Value{nil}
	}
	parts := make([]*Value, len(ct))
	for i, v := range ct {
		shape := own(x[0].Aval.Shape)
		shape[o.Axis] = o.Sizes[i]
		parts[i] = orZeros(v, x[0].Aval.With(shape))
	}
	return []*Value{Concatenate(parts, o.Axis)}
}
