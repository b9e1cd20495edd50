package jnp

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// statParams is what the program of a mean or variance depends on besides its operands.
type statParams struct {
	Axes      []int
	KeepDims  bool
	DType     ir.DType // of the result, resolved
	Compute   ir.DType
	DDof      float64
	SkipNaN   bool
	HasWhere  bool
	HasCenter bool
	Root      bool // standard deviation
}

// count is how many elements of v enter each result, as a value of dtype d in the reduced shape: of those where mask
// (if any) is true and skip (if any) is not.
func count(v, mask *trace.Value, axes []int, d ir.DType) *trace.Value {
	rest, _ := kit.Without(v.Shape(), axes)
	if mask == nil {
		return known(float64(countOf(v.Shape(), axes)), rest, d)
	}
	return ops.ReduceSum(ops.Convert(kit.BroadcastTo(mask, v.Shape()), d), axes)
}

// known is a number that follows from shapes, filling shape. Whole numbers are written as integers and converted: float
// literals of a mapped function may become inputs of its program (so that a new one need not be compiled), and equal
// ones would then no longer be the same to the compiler, nor a division by one a multiplication.
func known(n float64, shape []int, d ir.DType) *trace.Value {
	if n != math.Trunc(n) || math.Abs(n) > math.MaxInt32 {
		return ops.Full(shape, ir.FloatLit(n, d))
	}
	i := ir.IntLit(int64(n), ir.Int32)
	if len(shape) == 0 { // a scalar literal would be converted at once, to a float literal
		return ops.Reshape(ops.Convert(ops.Full([]int{1}, i), d), []int{})
	}
	return ops.Convert(ops.Full(shape, i), d)
}

// total is the sum of v, where mask (if any) is true.
func total(v, mask *trace.Value, axes []int) *trace.Value {
	if mask != nil {
		v = ops.Select(kit.BroadcastTo(mask, v.Shape()), v, ops.Full(v.Shape(), ir.IntLit(0, v.DType())))
	}
	return ops.ReduceSum(v, axes)
}

// roomy is f(1) or, where that is not finite, f(scale)/scale, for an f that is linear in what it is given to scale:
// float32, in which bfloat16 is summed, has no more range than that.
func roomy(from ir.DType, f func(scale float64) *trace.Value) *trace.Value {
	y := f(1)
	if from != ir.BFloat16 || y.DType() != ir.Float32 {
		return y
	}
	const scale = 0x1p-64
	return ops.Select(ops.IsFinite(y), y, scaledBy(f(scale), 1/scale))
}

// scaledBy is v·scale.
func scaledBy(v *trace.Value, scale float64) *trace.Value {
	if scale == 1 {
		return v
	}
	return ops.Mul(v, ops.FullLike(v, scale))
}

// used is the mask of elements to use: those of Where that are not NaN, nil for all.
func (p *statParams) used(v, where *trace.Value) *trace.Value {
	if !p.SkipNaN {
		return where
	}
	ok := ops.Eq(v, v)
	if where == nil {
		return ok
	}
	return ops.And(ok, kit.BroadcastTo(where, v.Shape()))
}

func (p *statParams) mean(v, mask *trace.Value) *trace.Value {
	return ops.Div(total(v, mask, p.Axes), count(v, mask, p.Axes, v.DType()))
}

func (p *statParams) buildMean(x []*trace.Value) *trace.Value {
	v, where := ops.Convert(x[0], p.Compute), (*trace.Value)(nil)
	if p.HasWhere {
		where = x[1]
	}
	mask := p.used(v, where)
	mean := roomy(x[0].DType(), func(scale float64) *trace.Value { return p.mean(scaledBy(v, scale), mask) })
	y := ops.Convert(mean, p.DType)
	return keepDims(y, v.Shape(), p.Axes, p.KeepDims)
}

// computeIn is the dtype in which means and variances of v of dtype d are computed: one with room for sums.
func computeIn(d ir.DType, v *trace.Value) ir.DType {
	if d.IsInteger() {
		return promoteInteger(d, trace.X64(v))
	}
	return upcastHalf(d)
}

// operands lists v and the arrays among r's options.
func (r Reduction) operands(op string, v *trace.Value, p *statParams) []*trace.Value {
	in := []*trace.Value{v}
	if m := r.mask(op, v); m != nil {
		p.HasWhere = true
		in = append(in, m)
	}
	if m := r.Center.v; m != nil {
		if !kit.BroadcastsTo(m.Shape(), v.Shape()) {
			trace.Fail(op, []ir.Aval{v.Aval()},
				"Center has shape %s, which cannot be broadcast to the operand's; compute it with KeepDims",
				ir.ShapeString(m.Shape()))
		}
		p.HasCenter = true
		in = append(in, m)
	}
	return in
}

func (r Reduction) mean(op string, skipNaN bool, x Array, axes []int) Array {
	v := x.val(op)
	p := &statParams{Axes: kit.AxesOrAll(op, axes, v), KeepDims: r.KeepDims, DType: r.dtype(op, v),
		SkipNaN: skipNaN && v.DType().IsInexact()}
	if p.DType == ir.Invalid {
		p.DType = kit.Inexact(v.DType())
	}
	p.Compute = computeIn(p.DType, v)
	if p.Compute == ir.Bool {
		trace.Fail(op, []ir.Aval{v.Aval()}, "a mean cannot be made in bool; leave DType out, or use Any or All")
	}
	return whole(op, p, r.operands(op, v, p), p.buildMean)
}

func (r Reduction) variance(op string, root, skipNaN bool, x Array, axes []int) Array {
	v := x.val(op)
	p := &statParams{Axes: kit.AxesOrAll(op, axes, v), KeepDims: r.KeepDims, DType: r.dtype(op, v),
		SkipNaN: skipNaN && v.DType().IsInexact(), DDof: r.DDof, Root: root}
	switch d := v.DType(); {
	case p.DType != ir.Invalid:
		if !p.DType.IsComplex() && d.IsComplex() {
			trace.Fail(op, []ir.Aval{v.Aval()},
				"the variance of complex numbers cannot be made in %v; leave DType out, or give a complex one", p.DType)
		}
		if !p.DType.IsInexact() && (root || !p.DType.IsInteger()) {
			trace.Fail(op, []ir.Aval{v.Aval()}, "DType must be a floating-point type, not %v", p.DType)
		}
		p.Compute = computeIn(p.DType, v)
	case !d.IsInexact():
		p.DType = kit.Inexact(d)
		p.Compute = p.DType
	default:
		p.DType = d.Real()
		p.Compute = upcastHalf(d)
	}
	return whole(op, p, r.operands(op, v, p), p.buildVar)
}

const (
	takesMeans = takesKeepDims | takesDType | takesWhere
	takesVars  = takesMeans | takesDDof | takesCenter
)

// Mean is the arithmetic mean over axes (all if none are given), NumPy's mean: of integers and bools in the default
// float type; NaN of no elements.
//
// Options: Reduction (KeepDims, DType, Where).
func Mean(x Array, axes ...int) Array { return Reduction{}.Mean(x, axes...) }

// Mean is Mean with options: KeepDims, DType, Where.
func (r Reduction) Mean(x Array, axes ...int) Array {
	r.only("jnp.Mean", takesMeans)
	return r.mean("jnp.Mean", false, x, axes)
}

// Var is the variance over axes (all if none are given), NumPy's var: the mean squared distance from the mean, real for
// complex operands too. NaN where there are no more elements than DDof (default 0).
//
// Options: Reduction (KeepDims, DType, DDof, Where, Center).
func Var(x Array, axes ...int) Array { return Reduction{}.Var(x, axes...) }

// Var is Var with options: KeepDims, DType, DDof, Where, Center.
func (r Reduction) Var(x Array, axes ...int) Array {
	r.only("jnp.Var", takesVars)
	return r.variance("jnp.Var", false, false, x, axes)
}

// Std is the standard deviation over axes (all if none are given), NumPy's std: the square root of Var. Where it is 0
// its derivative is taken for 0 (JAX: NaN).
//
// Options: Reduction (KeepDims, DType, DDof, Where, Center).
func Std(x Array, axes ...int) Array { return Reduction{}.Std(x, axes...) }

// Std is Std with options: KeepDims, DType, DDof, Where, Center.
func (r Reduction) Std(x Array, axes ...int) Array {
	r.only("jnp.Std", takesVars)
	return r.variance("jnp.Std", true, false, x, axes)
}

// NaNMean is Mean with NaN left out, NumPy's nanmean: NaN where there is nothing else.
//
// Options: Reduction (KeepDims, DType, Where).
func NaNMean(x Array, axes ...int) Array { return Reduction{}.NaNMean(x, axes...) }

// NaNMean is NaNMean with options: KeepDims, DType, Where.
func (r Reduction) NaNMean(x Array, axes ...int) Array {
	r.only("jnp.NaNMean", takesMeans)
	return r.mean("jnp.NaNMean", true, x, axes)
}

// NaNVar is Var with NaN left out, NumPy's nanvar.
//
// Options: Reduction (KeepDims, DType, DDof, Where, Center).
func NaNVar(x Array, axes ...int) Array { return Reduction{}.NaNVar(x, axes...) }

// NaNVar is NaNVar with options: KeepDims, DType, DDof, Where, Center.
func (r Reduction) NaNVar(x Array, axes ...int) Array {
	r.only("jnp.NaNVar", takesVars)
	return r.variance("jnp.NaNVar", false, true, x, axes)
}

// NaNStd is Std with NaN left out, NumPy's nanstd.
//
// Options: Reduction (KeepDims, DType, DDof, Where, Center).
func NaNStd(x Array, axes ...int) Array { return Reduction{}.NaNStd(x, axes...) }

// NaNStd is NaNStd with options: KeepDims, DType, DDof, Where, Center.
func (r Reduction) NaNStd(x Array, axes ...int) Array {
	r.only("jnp.NaNStd", takesVars)
	return r.variance("jnp.NaNStd", true, true, x, axes)
}

// Mean is jnp.Mean.
func (x Array) Mean(axes ...int) Array { return Mean(x, axes...) }

// Var is jnp.Var.
func (x Array) Var(axes ...int) Array { return Var(x, axes...) }

// Std is jnp.Std.
func (x Array) Std(axes ...int) Array { return Std(x, axes...) }
