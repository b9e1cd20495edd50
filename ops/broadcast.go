package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// broadcastInDim puts operand axis i at output axis Dims[i]; the other output axes repeat it.
type broadcastInDim struct{ Shape, Dims []int }

func (broadcastInDim) Name() string { return "broadcast_in_dim" }

// BroadcastInDim is x with its axis i placed at axis dims[i] of an array of the given shape, and repeated along the
// other axes and along those where x has size 1. dims must increase; nil puts a scalar everywhere. x itself is returned
// where nothing changes.
func BroadcastInDim(x *Value, shape, dims []int) *Value {
	if slices.Equal(x.Shape(), shape) && slices.Equal(dims, arange(0, len(shape))) {
		return x
	}
	return one(broadcastInDim{own(shape), own(dims)}, x)
}

func (o broadcastInDim) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	if err := checkShape(o.Shape); err != nil {
		return nil, err
	}
	a := in[0]
	if len(o.Dims) != len(a.Shape) {
		return nil, fmt.Errorf("%d broadcast dimensions %v are given for an operand of %d axes", len(o.Dims), o.Dims,
			len(a.Shape))
	}
	for i, d := range o.Dims {
		switch {
		case d < 0 || d >= len(o.Shape):
			return nil, fmt.Errorf("broadcast dimension %d is out of range for the shape %s", d,
				ir.ShapeString(o.Shape))
		case i > 0 && d <= o.Dims[i-1]:
			return nil, fmt.Errorf("broadcast dimensions must increase, which %v do not; transpose first", o.Dims)
		case a.Shape[i] != 1 && a.Shape[i] != o.Shape[d]:
			return nil, fmt.Errorf("shape %s cannot be broadcast to %s: axis %d has size %d, which is neither 1 nor %d",
				ir.ShapeString(a.Shape), ir.ShapeString(o.Shape), i, a.Shape[i], o.Shape[d])
		}
	}
	return []ir.Aval{a.With(o.Shape)}, nil
}

func (o broadcastInDim) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.broadcast_in_dim", x, "broadcast_dimensions = "+i64s(o.Dims))
}

// Batch puts the mapped axis between the same two operand axes in the output, behind the first of them or, where it is
// to be last, behind all that are new.
func (o broadcastInDim) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	b, at := d[0], 0
	switch {
	case b == len(o.Dims) && c.IsLast():
		at = len(o.Shape)
	case b > 0:
		at = o.Dims[b-1] + 1
	}
	dims := slices.Insert(shifted(o.Dims, at), b, at)
	return []*Value{one(broadcastInDim{inserted(o.Shape, at, c.AxisSize()), dims}, x[0])}, []int{at}
}

func (broadcastInDim) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

// Transpose sums over what was repeated.
func (o broadcastInDim) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value {
		in := x[0].Aval.Shape
		keep := make([]bool, len(o.Shape))
		for i, d := range o.Dims {
			keep[d] = in[i] == o.Shape[d]
		}
		var axes []int
		for i, k := range keep {
			if !k {
				axes = append(axes, i)
			}
		}
		if len(axes) > 0 {
			ct = ReduceSum(ct, axes)
		}
		return Reshape(ct, in) // gives back the axes of size 1
	})
}

// Broadcast is x repeated along new leading axes of the given sizes.
func Broadcast(x *Value, leading []int) *Value {
	n := len(leading)
	return BroadcastInDim(x, slices.Concat(leading, x.Shape()), arange(n, n+x.Rank()))
}

// BroadcastLike is x repeated to the shape of like, axes of size 1 and missing leading ones, as lax.broadcast_like.
func BroadcastLike(x, like *Value) *Value {
	to := like.Rank()
	if x.Rank() > to {
		trace.Fail("broadcast_like", trace.Avals([]*Value{x, like}),
			"the array has more axes than the one it is to be like")
	}
	return BroadcastInDim(x, like.Shape(), arange(to-x.Rank(), to))
}

// BroadcastToRank is x with axes of size 1 put in front, so that it has rank axes, as lax.broadcast_to_rank.
func BroadcastToRank(x *Value, rank int) *Value {
	if rank < x.Rank() {
		trace.Fail("broadcast_to_rank", []ir.Aval{x.Aval()}, "the array has more than %d axes", rank)
	} else if rank > ir.MaxRank {
		trace.Fail("broadcast_to_rank", []ir.Aval{x.Aval()}, "an array of %d axes; there can be %d", rank, ir.MaxRank)
	}
	return Broadcast(x, repeated(1, rank-x.Rank()))
}

// ExpandDims inserts axes of size 1, at the given positions of the result. Negative positions count from the end of the
// result.
func ExpandDims(x *Value, axes []int) *Value {
	rank := x.Rank() + len(axes)
	at := make([]bool, rank)
	for _, a := range axes {
		b := a
		if b < 0 {
			b += rank
		}
		if b < 0 || b >= rank || at[b] {
			trace.Fail("expand_dims", []ir.Aval{x.Aval()}, "axis %d of %v is out of range for the %d axes of the "+
				"result, or named twice", a, axes, rank)
		}
		at[b] = true
	}
	shape, dims := make([]int, 0, rank), make([]int, 0, x.Rank())
	for i, isNew := range at {
		if isNew {
			shape = append(shape, 1)
			continue
		}
		shape = append(shape, x.Shape()[len(dims)])
		dims = append(dims, i)
	}
	return BroadcastInDim(x, shape, dims)
}

// Tile repeats x along each axis as often as reps says, a number for each axis, as lax.tile.
func Tile(x *Value, reps []int) *Value {
	if len(reps) != x.Rank() {
		trace.Fail("tile", []ir.Aval{x.Aval()}, "needs a number of repetitions for each of the %d axes, not %v",
			x.Rank(), reps)
	}
	shape := make([]int, 0, 2*x.Rank())
	out := own(x.Shape())
	dims := make([]int, x.Rank())
	for i, n := range reps {
		if n < 0 {
			trace.Fail("tile", []ir.Aval{x.Aval()}, "the numbers of repetitions must not be negative: %v", reps)
		}
		dims[i] = len(shape) + 1
		shape = append(shape, n, out[i])
		out[i] *= n
	}
	return Reshape(BroadcastInDim(x, shape, dims), out)
}
