package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// sortedAt selects elements by their positions in the order.
type sortedAt struct{}

func (sortedAt) Name() string { return "sorted_at" }

// SortedAt is the elements that Sort along the last axis of x puts at the positions at, int32 and in bounds, whose axes
// before the last are those of x: of shape at. The second result is the positions that they come from, int32, of equal
// elements in their order. On CPUs only so much is sorted as it takes. It has no counterpart in JAX.
func SortedAt(x, at *Value) (values, positions *Value) {
	y := trace.Bind(sortedAt{}, x, at)
	return y[0], y[1]
}

func (sortedAt) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 2); err != nil {
		return nil, err
	}
	x, at := in[0], in[1]
	if err := wantKind(x, kOrdered); err != nil {
		return nil, err
	}
	last := x.Rank() - 1
	if at.DType != ir.Int32 || last < 0 || at.Rank() != x.Rank() ||
		ir.ShapeString(at.Shape[:last]) != ir.ShapeString(x.Shape[:last]) {
		return nil, fmt.Errorf("takes an array of at least one axis and int32 positions along the last, for each of "+
			"its vectors: not %v and %v", x, at)
	}
	if x.Shape[last] == 0 && at.Size() > 0 {
		return nil, fmt.Errorf("the last axis of %s is empty and has no elements", ir.ShapeString(x.Shape))
	}
	return []ir.Aval{x.With(at.Shape), at.Strong()}, nil
}

func (sortedAt) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	shape, out := x[0].Aval.Shape, e.Out()
	last := len(shape) - 1
	if out[0].Size() > 0 && hasKernel(e, selectKernel, shape[last]) {
		return callKernel(e, selectKernel, x, "", out...)
	}
	return lowerFun(e, x, func(v []*Value) []*Value {
		s, from := SortWithPositions(v[:1], last, true, 1)
		return []*Value{takeAlong(s[0], v[1], last), Convert(takeAlong(from, v[1], last), ir.Int32)}
	})
}

func (sortedAt) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return c.Self(front(c, x, d)...), []int{0, 0}
}

// JVP takes the tangents from where the elements are.
func (sortedAt) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	if t[0] == nil {
		return y, make([]*Value, 2)
	}
	return y, []*Value{takeAlong(t[0], y[1], x[0].Rank()-1), nil}
}
