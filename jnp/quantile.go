package jnp

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// QuantileMethod says what a quantile between two elements is.
type QuantileMethod uint8

const (
	Linear      QuantileMethod = iota // on the line between the two
	Lower                             // the lower of the two
	Higher                            // the higher of the two
	Midpoint                          // their mean
	Nearest                           // the nearer of the two, of two as near that at the even position
	InvertedCDF                       // the first at which the share of elements (or of Weights) reaches q
)

type quantileParams struct {
	Axes     []int
	KeepDims bool
	Method   QuantileMethod
	SkipNaN  bool
	Percent  bool
	Weighted bool
}

func (r Reduction) quantile(op string, skipNaN, percent bool, x Array, q any, axes []int) Array {
	v := x.val(op)
	p := &quantileParams{Axes: kit.AxesOrAll(op, axes, v), KeepDims: r.KeepDims, Method: r.Method, SkipNaN: skipNaN,
		Percent: percent}
	if v.DType().IsComplex() {
		trace.Fail(op, []ir.Aval{v.Aval()},
			"complex numbers have no order, so they have no quantiles; take those of x.Real(), x.Imag() or x.Abs()")
	}
	if r.Method > InvertedCDF {
		trace.Fail(op, []ir.Aval{v.Aval()},
			"there is no method %d: want Linear, Lower, Higher, Midpoint, Nearest or InvertedCDF", r.Method)
	}
	if countOf(v.Shape(), p.Axes) == 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "there are no elements along axes %v", p.Axes)
	}
	qv := kit.LiftAlone(op, q)
	if qv.Rank() > 1 || qv.DType().IsComplex() {
		trace.Fail(op, []ir.Aval{v.Aval(), qv.Aval()}, "q must be a real number or a list of them")
	}
	in := []*trace.Value{v, kit.AsInexact(qv)}
	if w := r.Weights.v; w != nil {
		avals := []ir.Aval{v.Aval(), w.Aval()}
		if p.Method != InvertedCDF {
			trace.Fail(op, avals, "Weights need Method: jnp.InvertedCDF")
		}
		if w.DType().IsComplex() {
			trace.Fail(op, avals, "Weights must be real")
		}
		w, ok := alongAxes(v, w, p.Axes, axes == nil)
		if !ok {
			trace.Fail(op, avals, "Weights have shape %s: want the operand's, or its shape along axes %v",
				ir.ShapeString(w.Shape()), p.Axes)
		}
		p.Weighted = true
		in = append(in, w)
	}
	return whole(op, p, in, p.build)
}

// alongAxes is w, which has the shape of v or its shape along axes, with the shape of v.
func alongAxes(v, w *trace.Value, axes []int, all bool) (*trace.Value, bool) {
	if len(w.Shape()) == v.Rank() {
		for i, n := range w.Shape() {
			if v.Shape()[i] != n {
				return w, false
			}
		}
		return w, true
	}
	if all || w.Rank() != len(axes) {
		return w, false
	}
	for i, a := range axes {
		if w.Shape()[i] != v.Shape()[a] || i > 0 && a <= axes[i-1] {
			return w, false
		}
	}
	return ops.BroadcastInDim(w, v.Shape(), axes), true
}

// lastly moves axes to the end and makes them one.
func lastly(v *trace.Value, axes []int) *trace.Value {
	rest, kept := kit.Without(v.Shape(), axes)
	n := countOf(v.Shape(), axes)
	return ops.Reshape(ops.Transpose(v, append(kept, axes...)), append(rest, n))
}

// pick takes v[..., i] of v [rest..., n] for indices i of shape [q..., rest...] (one for each slice), or [q...] alone
// (the same for all slices): [q..., rest...].
func pick(v, i *trace.Value, qRank int) *trace.Value {
	rest := v.Rank() - 1
	sizes := make([]int, v.Rank())
	dims := ops.GatherDims{CollapsedSliceDims: []int{rest}, StartIndexMap: []int{rest}}
	each := i.Rank() > qRank
	for a := range rest {
		if each {
			sizes[a] = 1
			dims.OperandBatchingDims = append(dims.OperandBatchingDims, a)
			dims.StartIndicesBatchingDims = append(dims.StartIndicesBatchingDims, qRank+a)
		} else {
			sizes[a] = v.Shape()[a]
			dims.OffsetDims = append(dims.OffsetDims, qRank+a)
		}
	}
	sizes[rest] = 1
	i = ops.Reshape(i, append(append([]int{}, i.Shape()...), 1))
	return ops.Gather(v, i, dims, sizes, ops.GatherOptions{Mode: ops.PromiseInBounds})
}

func (p *quantileParams) build(x []*trace.Value) *trace.Value {
	v, q := kit.AsInexact(x[0]), x[1]
	if p.Weighted { // the weights take part in the type
		v = kit.PromoteInexact("jnp.Quantile", x[0], x[2])[0]
	}
	q = ops.ConvertWeak(q, upcastHalf(q.DType()), q.Aval().Weak) // positions need more digits, and may exceed 65504
	if p.Percent {
		q = ops.Div(q, ops.FullLike(q, 100))
	}
	kept := withOnes(v.Shape(), p.Axes)
	v = lastly(v, p.Axes)
	v = replace(v, isNaN(v), ir.FloatLit(math.NaN(), v.DType())) // all NaN of one sign, so that all sort last
	var y *trace.Value
	if p.Method == InvertedCDF {
		y = p.inverted(v, q, x)
	} else {
		y = p.between(v, q)
	}
	if p.KeepDims {
		if len(kept) == 0 { // JAX keeps an axis even of a scalar
			kept = []int{1}
		}
		y = ops.Reshape(y, slices.Concat(q.Shape(), kept))
	}
	return y
}

// between is what Method makes of the two elements next to the position q in the order, along the last axis of v.
func (p *quantileParams) between(v, q *trace.Value) *trace.Value {
	d, qd, qRank := v.DType(), q.DType(), q.Rank()
	rest, n := v.Shape()[:v.Rank()-1], v.Shape()[v.Rank()-1]
	out := slices.Concat(q.Shape(), rest)
	ofRest, ofQ := kit.From(qRank, len(rest)), kit.UpTo(qRank)
	last := ops.FullLike(q, float64(n-1)) // the highest position, as a number: n-1, or what the NaN leave of it
	if p.SkipNaN {
		c := ops.ReduceSum(ops.Convert(ops.Eq(v, v), qd), []int{len(rest)})
		last = ops.BroadcastInDim(ops.Sub(c, ops.FullLike(c, 1)), out, ofRest)
		q = ops.BroadcastInDim(q, out, ofQ)
	}
	pos := ops.Mul(q, last)
	lo, hi := ops.Floor(pos), ops.Ceil(pos)
	hiWeight := ops.Sub(pos, lo)
	loWeight := ops.Sub(ops.FullLike(pos, 1), hiWeight)
	place := func(i *trace.Value) *trace.Value {
		i = ops.Convert(ops.Max(ops.FullLike(pos, 0), ops.Min(i, last)), ir.Int32)
		if !p.SkipNaN {
			i = ops.BroadcastInDim(i, out, ofQ)
		}
		return i
	}
	if p.Method == Nearest {
		lo = nearest(pos)
	}
	places := []*trace.Value{place(lo), place(hi)}
	if !p.SkipNaN { // a NaN is last in the order
		places = append(places, ops.Full(out, ir.IntLit(int64(n-1), ir.Int32)))
	}
	elements := sortedAt(v, places, qRank)
	a, b := elements[0], elements[1]
	if !p.SkipNaN {
		loWeight, hiWeight = ops.BroadcastInDim(loWeight, out, ofQ), ops.BroadcastInDim(hiWeight, out, ofQ)
	}
	y := a
	switch p.Method {
	case Linear:
		// In q's type, which may be wider or narrower than that of the elements.
		y = ops.Convert(onTheWay(ops.Convert(a, qd), ops.Convert(b, qd), loWeight, hiWeight), d)
		y = ops.Select(ops.Eq(hiWeight, ops.FullLike(hiWeight, 0)), a, y)
	case Higher:
		y = b
	case Midpoint:
		half := ops.Full(out, ir.FloatLit(0.5, upcastHalf(d)))
		y = onTheWay(ops.Convert(a, half.DType()), ops.Convert(b, half.DType()), half, half)
	}
	y = ops.Convert(y, d)
	if !p.SkipNaN {
		y = replace(y, isNaN(elements[2]), ir.FloatLit(math.NaN(), d))
	}
	return y
}

// sortedAt is the elements at some places of the order along the last axis of v, [rest..., n]; the places are of shape
// [q..., rest...], with at most one axis q.
func sortedAt(v *trace.Value, places []*trace.Value, qRank int) []*trace.Value {
	rest := v.Rank() - 1
	toLast := append(kit.From(qRank, rest), kit.UpTo(qRank)...)
	shape := append(slices.Clone(v.Shape()[:rest]), 1)
	at := make([]*trace.Value, len(places))
	for i, k := range places {
		if qRank == 1 {
			shape[rest] = k.Shape()[0]
		}
		at[i] = ops.Reshape(ops.Transpose(k, toLast), shape)
	}
	found, _ := ops.SortedAt(v, ops.Concatenate(at, rest))
	y := make([]*trace.Value, len(places))
	for i, k := range places {
		y[i] = ops.SliceInDim(found, i*shape[rest], (i+1)*shape[rest], 1, rest)
		if qRank == 1 {
			y[i] = ops.Transpose(y[i], append([]int{rest}, kit.UpTo(rest)...))
		}
		y[i] = ops.Reshape(y[i], k.Shape())
	}
	return y
}

// onTheWay is the mean of a and b, which is not below a, by the weights v and w, whose sum is 1. It lies between them
// also where the products or their sum do not, and is either where the other has no weight.
func onTheWay(a, b, v, w *value) *value {
	mean := func(x []*value) *value {
		a, b, v, w := x[0], x[1], x[2], x[3]
		y := ops.Sub(ops.Mul(a, v), ops.Mul(ops.Neg(b), w)) // which XLA does not make a product of the sum
		none := func(w *value) *value { return ops.Eq(w, ops.FullLike(w, 0)) }
		y = ops.Select(ops.Gt(y, b), b, ops.Select(ops.Lt(y, a), a, y))
		return ops.Select(ops.Or(none(w), ops.EqExact(a, b)), a, ops.Select(none(v), b, y))
	}
	return kit.DerivedBy("jnp.Quantile", []*value{a, b, v, w}, mean, func(x []*value, i int) *value {
		if i < 2 {
			return x[i+2]
		}
		// What has no weight may be infinite.
		return ops.Select(ops.IsFinite(x[i-2]), x[i-2], ops.FullLike(v, 0))
	})
}

// inverted is the quantile by the cumulated weights: the first element whose share reaches q.
func (p *quantileParams) inverted(v, q *trace.Value, x []*trace.Value) *trace.Value {
	d := v.DType()
	last := v.Rank() - 1
	rest, n := v.Shape()[:last], v.Shape()[last]
	outShape := slices.Concat(q.Shape(), rest)
	zeros := ops.Full(v.Shape(), ir.FloatLit(0, d))
	w := ops.Full(v.Shape(), ir.FloatLit(1, d))
	if p.Weighted {
		w = lastly(ops.Convert(x[2], d), p.Axes)
	}
	s := ops.Sort([]*trace.Value{v, w}, last, true, 1)
	v, w = s[0], s[1]
	nans := isNaN(v)
	badWeight := ops.Or(ops.Lt(w, zeros), isNaN(w))
	cum := ops.CumSum(ops.Select(ops.Or(badWeight, nans), zeros, w), last, false)
	qRank := q.Rank()
	all := append(append([]int{}, outShape...), n)
	target := ops.Mul(
		ops.BroadcastInDim(ops.Convert(q, d), all, kit.UpTo(qRank)),
		ops.BroadcastInDim(ops.Reshape(ops.SliceInDim(cum, n-1, n, 1, last), rest), all, kit.From(qRank, len(rest))))
	cum = ops.BroadcastInDim(cum, all, kit.From(qRank, len(rest)+1))
	// An element without weight is not even the first.
	less := ops.Or(ops.Lt(cum, target), ops.Le(cum, ops.FullLike(cum, 0)))
	i := ops.ReduceSum(ops.Convert(less, ir.Int32), []int{len(all) - 1})
	limit := ops.Full(rest, ir.IntLit(int64(n-1), ir.Int32))
	valid := ops.ReduceSum(ops.Convert(ops.Eq(v, v), ir.Int32), []int{last})
	if p.SkipNaN {
		limit = ops.Sub(valid, ops.Full(rest, ir.IntLit(1, ir.Int32)))
	}
	i = ops.Max(ops.Full(outShape, ir.IntLit(0, ir.Int32)),
		ops.Min(i, ops.BroadcastInDim(limit, outShape, kit.From(qRank, len(rest)))))
	if len(rest) == 0 {
		i = ops.Reshape(i, outShape)
	}
	y := pick(v, i, qRank)
	bad := ops.ReduceOr(badWeight, []int{last})
	if p.SkipNaN {
		bad = ops.Or(bad, ops.Eq(valid, ops.Full(rest, ir.IntLit(0, ir.Int32))))
	} else {
		bad = ops.Or(bad, ops.ReduceOr(nans, []int{last}))
	}
	return replace(y, ops.BroadcastInDim(bad, outShape, kit.From(qRank, len(rest))), ir.FloatLit(math.NaN(), d))
}

const takesQuantile = takesKeepDims | takesMethod | takesWeights

// Quantile is the q-quantile (0 <= q <= 1) over axes (all if none are given), NumPy's quantile, in the operand's
// floating-point type. q is a number or a 1-d array, whose axis then leads the result. NaN among the elements gives
// NaN.
//
// Options: Reduction (KeepDims, Method, Weights).
func Quantile[Q Operand](x Array, q Q, axes ...int) Array { return Reduction{}.Quantile(x, q, axes...) }

// Quantile is Quantile with options: KeepDims, Method, Weights (with InvertedCDF). q is a number or an Array.
func (r Reduction) Quantile(x Array, q any, axes ...int) Array {
	r.only("jnp.Quantile", takesQuantile)
	return r.quantile("jnp.Quantile", false, false, x, q, axes)
}

// Percentile is Quantile of q/100, NumPy's percentile.
//
// Options: Reduction (KeepDims, Method, Weights).
func Percentile[Q Operand](x Array, q Q, axes ...int) Array {
	return Reduction{}.Percentile(x, q, axes...)
}

// Percentile is Percentile with the options of Quantile.
func (r Reduction) Percentile(x Array, q any, axes ...int) Array {
	r.only("jnp.Percentile", takesQuantile)
	return r.quantile("jnp.Percentile", false, true, x, q, axes)
}

// NaNQuantile is Quantile with NaN left out, NumPy's nanquantile.
//
// Options: Reduction (KeepDims, Method, Weights).
func NaNQuantile[Q Operand](x Array, q Q, axes ...int) Array {
	return Reduction{}.NaNQuantile(x, q, axes...)
}

// NaNQuantile is NaNQuantile with the options of Quantile.
func (r Reduction) NaNQuantile(x Array, q any, axes ...int) Array {
	r.only("jnp.NaNQuantile", takesQuantile)
	return r.quantile("jnp.NaNQuantile", true, false, x, q, axes)
}

// NaNPercentile is Percentile with NaN left out, NumPy's nanpercentile.
//
// Options: Reduction (KeepDims, Method, Weights).
func NaNPercentile[Q Operand](x Array, q Q, axes ...int) Array {
	return Reduction{}.NaNPercentile(x, q, axes...)
}

// NaNPercentile is NaNPercentile with the options of Quantile.
func (r Reduction) NaNPercentile(x Array, q any, axes ...int) Array {
	r.only("jnp.NaNPercentile", takesQuantile)
	return r.quantile("jnp.NaNPercentile", true, true, x, q, axes)
}

// Median is the median over axes (all if none are given), NumPy's median: the mean of the two middle elements of an
// even number.
//
// Options: Reduction (KeepDims).
func Median(x Array, axes ...int) Array { return Reduction{}.Median(x, axes...) }

// Median is Median with the option KeepDims.
func (r Reduction) Median(x Array, axes ...int) Array {
	r.only("jnp.Median", takesKeepDims)
	r.Method = Midpoint
	return r.quantile("jnp.Median", false, false, x, 0.5, axes)
}

// NaNMedian is Median with NaN left out, NumPy's nanmedian.
//
// Options: Reduction (KeepDims).
func NaNMedian(x Array, axes ...int) Array { return Reduction{}.NaNMedian(x, axes...) }

// NaNMedian is NaNMedian with the option KeepDims.
func (r Reduction) NaNMedian(x Array, axes ...int) Array {
	r.only("jnp.NaNMedian", takesKeepDims)
	r.Method = Midpoint
	return r.quantile("jnp.NaNMedian", true, false, x, 0.5, axes)
}
