package kit

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// RootSumSquares is the root of the sum of |v|² over axes, of floats or complex numbers, in v's real dtype. Squares
// neither overflow nor underflow where the result does not. Where it is 0, its derivative is 0: that of least norm
// among those that it has from all sides.
func RootSumSquares(v *trace.Value, axes []int) *trace.Value {
	d := v.DType().Real()
	switch d {
	case ir.Float16: // float32 has room for their squares
		return ops.Convert(Root(SumSquares(v, axes, ir.Float32)), d)
	case ir.BFloat16: // whose range float32 has, and no more
		return ops.Convert(RootSumSquares(ops.Convert(v, ir.Float32), axes), d)
	}
	// Too large or too small a sum is made again of numbers that are nearer to 1, by a power of 2. (A sum of float32 in
	// float64 would take many times as long.)
	most, least, by := 0x1p120, 0x1p-90, 0x1p90
	if d == ir.Float64 {
		most, least, by = 0x1p1000, 0x1p-900, 0x1p600
	}
	s := SumSquares(v, axes, d)
	scale := ops.Select(ops.Gt(s, ops.FullLike(s, most)), ops.FullLike(s, 1/by),
		ops.Select(ops.Lt(s, ops.FullLike(s, least)), ops.FullLike(s, by), ops.FullLike(s, 1)))
	scale = ops.StopGradient(scale)
	_, kept := Without(v.Shape(), axes)
	scaled := ops.Mul(v, ops.BroadcastInDim(ops.Convert(scale, v.DType()), v.Shape(), kept))
	return ops.Div(Root(SumSquares(scaled, axes, d)), scale)
}

// Unit is what the numbers of abs, which are not negative, are divided by along axes so that their powers have room:
// the largest or, if least is set, the least of them; 1 where that is 0 or not finite, and never so large that XLA,
// which multiplies by the reciprocal, would lose that. It is a constant for differentiation, and its reduced axes have
// size 1. abs is of float32 or float64.
func Unit(abs *trace.Value, axes []int, least bool) *trace.Value {
	y := ops.ReduceMax(abs, axes)
	if least {
		y = ops.ReduceMin(abs, axes)
	}
	most := 0x1p125
	if y.DType() == ir.Float64 {
		most = 0x1p1021
	}
	good := ops.And(ops.IsFinite(y), ops.Gt(y, ops.FullLike(y, 0)))
	y = ops.Select(good, ops.Min(y, ops.FullLike(y, most)), ops.FullLike(y, 1))
	shape := slices.Clone(abs.Shape())
	for _, a := range axes {
		shape[a] = 1
	}
	return ops.StopGradient(ops.Reshape(y, shape))
}

// Root is the root of a sum of squares s, with the derivative 0 at 0.
func Root(s *trace.Value) *trace.Value {
	zero := ops.Eq(s, ops.FullLike(s, 0))
	return ops.Select(zero, ops.FullLike(s, 0), ops.Sqrt(ops.Select(zero, ops.FullLike(s, 1), s)))
}

// SumSquares is the sum of |v|² over axes, in the real dtype d.
func SumSquares(v *trace.Value, axes []int, d ir.DType) *trace.Value {
	square := func(v *trace.Value) *trace.Value { return ops.Square(ops.Convert(v, d)) }
	if v.DType().IsComplex() {
		return ops.ReduceSum(ops.Add(square(ops.Real(v)), square(ops.Imag(v))), axes)
	}
	return ops.ReduceSum(square(v), axes)
}
