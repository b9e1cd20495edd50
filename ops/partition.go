package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// partition puts the element that is the K-th in order at its place.
type partition struct{ K int }

func (partition) Name() string { return "partition" }

// Partition is the vectors along the last axis of x with the element that Sort puts at position k there, those that
// Sort puts before it before it, and the others behind it, either in no particular order; and the positions that the
// elements come from, int32. It is jnp.partition, for which JAX has no primitive.
func Partition(x *Value, k int) (values, positions *Value) {
	y := trace.Bind(partition{k}, x)
	return y[0], y[1]
}

func (o partition) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	x := in[0]
	if err := wantKind(x, kOrdered); err != nil {
		return nil, err
	}
	if x.Rank() == 0 || o.K < 0 || o.K >= x.Shape[x.Rank()-1] {
		return nil, fmt.Errorf("position %d is not within the vectors of %v", o.K, x)
	}
	return []ir.Aval{x, {Shape: x.Shape, DType: ir.Int32}}, nil
}

func (o partition) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	t, out := x[0].Aval, e.Out()
	last := t.Rank() - 1
	if n := t.Shape[last]; t.Size() > 0 && hasKernel(e, selectKernel, n) && hasKernel(e, partitionKernel, n) {
		one := append(own(t.Shape[:last]), 1)
		at := e.Const(ir.IntLit(int64(o.K), ir.Int32), one)
		pivot := callKernel(e, selectKernel, []trace.Operand{x[0], at}, "", t.With(one), at.Aval)
		return callKernel(e, partitionKernel, append(x[:1:1], pivot...), "", out...)
	}
	return lowerFun(e, x, func(v []*Value) []*Value {
		s, from := SortWithPositions(v, last, true, 1)
		return []*Value{s[0], Convert(from, ir.Int32)}
	})
}

func (o partition) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return c.Self(front(c, x, d)...), []int{0, 0}
}

// JVP takes the tangents from where the elements are.
func (o partition) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	if t[0] == nil {
		return y, make([]*Value, 2)
	}
	return y, []*Value{takeAlong(t[0], y[1], x[0].Rank()-1), nil}
}
