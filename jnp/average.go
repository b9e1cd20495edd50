package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Average is the mean over axes (all if none are given), weighted by Reduction.Weights where they are given. NumPy's
// average.
//
// Options: Reduction (KeepDims, Weights).
func Average(x Array, axes ...int) Array { return Reduction{}.Average(x, axes...) }

// Average is Average with options: KeepDims, Weights. Weights have the operand's shape, or its shape along the given
// axes.
func (r Reduction) Average(x Array, axes ...int) Array {
	avg, _ := r.average("jnp.Average", x, axes)
	return avg
}

// AverageReturned is Average together with the sum of the weights (the count where there are none), NumPy's
// returned=True.
func (r Reduction) AverageReturned(x Array, axes ...int) (avg, weight Array) {
	return r.average("jnp.Reduction.AverageReturned", x, axes)
}

func (r Reduction) average(op string, x Array, axes []int) (avg, weight Array) {
	r.only(op, takesKeepDims|takesWeights)
	v := x.val(op)
	p := &averageParams{Axes: kit.AxesOrAll(op, axes, v), KeepDims: r.KeepDims}
	in := []*trace.Value{v}
	if w := r.Weights.v; w != nil {
		in = append(in, w)
		if !slices.Equal(w.Shape(), v.Shape()) {
			avals := []ir.Aval{v.Aval(), w.Aval()}
			if axes == nil {
				trace.Fail(op, avals, "weights of another shape than the operand's need the axes that they belong to")
			}
			along := make([]int, len(p.Axes))
			for i, a := range p.Axes {
				along[i] = v.Shape()[a]
			}
			if !slices.Equal(w.Shape(), along) {
				trace.Fail(op, avals, "weights have shape %s, but the operand has %s along axes %v",
					ir.ShapeString(w.Shape()), ir.ShapeString(along), p.Axes)
			}
			p.Along = true
		}
	}
	out := trace.Whole(op, p, in, p.build)
	return Wrap(out[0]), Wrap(out[1])
}

type averageParams struct {
	Axes     []int
	KeepDims bool
	Along    bool // weights have the shape along Axes alone
}

func (p *averageParams) build(x []*trace.Value) []*trace.Value {
	shape := x[0].Shape()
	rest, _ := kit.Without(shape, p.Axes)
	var avg, weight *trace.Value
	if len(x) == 1 {
		v := kit.AsInexact(x[0])
		d := v.DType()
		v = ops.Convert(v, upcastHalf(d))
		avg = roomy(d, func(scale float64) *trace.Value {
			return ops.Div(ops.ReduceSum(scaledBy(v, scale), p.Axes), count(v, nil, p.Axes, v.DType()))
		})
		avg = ops.Convert(avg, d)
		weight = ops.Full(rest, ir.IntLit(int64(countOf(shape, p.Axes)), d))
	} else {
		x = kit.PromoteInexact("jnp.Average", x...)
		v, w := x[0], x[1]
		d := v.DType()
		v, w = ops.Convert(v, upcastHalf(d)), ops.Convert(w, upcastHalf(d))
		w, unit := p.scale(w, rest)
		if p.Along {
			// Axis i of the weights is axis Axes[i] of v; broadcast_in_dim wants them in v's order.
			order := kit.UpTo(len(p.Axes))
			slices.SortFunc(order, func(i, j int) int { return p.Axes[i] - p.Axes[j] })
			w = ops.BroadcastInDim(ops.Transpose(w, order), shape, slices.Sorted(slices.Values(p.Axes)))
		}
		sum := ops.ReduceSum(w, p.Axes)
		weight = ops.Convert(ops.Div(sum, unit), d)
		avg = ops.Convert(roomy(d, func(scale float64) *trace.Value {
			return ops.Div(ops.ReduceSum(ops.Mul(scaledBy(v, scale), w), p.Axes), sum)
		}), d)
	}
	return []*trace.Value{keepDims(avg, shape, p.Axes, p.KeepDims), keepDims(weight, shape, p.Axes, p.KeepDims)}
}

// scale is w·unit and unit, in the shape rest of the result: a power of 2 which brings the largest weight close to 1,
// so that sums and products have room.
func (p *averageParams) scale(w *trace.Value, rest []int) (scaled, unit *trace.Value) {
	axes, shape := p.Axes, rest
	if p.Along {
		axes, shape = kit.UpTo(w.Rank()), []int{}
	}
	most := kit.Unit(ops.Abs(w), axes, false)
	by := ops.Convert(powerOf2(ops.Div(ops.FullLike(most, 1), most)), w.DType())
	return ops.Mul(w, kit.BroadcastTo(by, w.Shape())), kit.BroadcastTo(ops.Reshape(by, shape), rest)
}

// powerOf2 is the power of 2 nearest to x.
func powerOf2(x *trace.Value) *trace.Value {
	exponent := 8
	if x.DType() == ir.Float64 {
		exponent = 11
	}
	return ops.ReducePrecision(x, exponent, 0)
}
