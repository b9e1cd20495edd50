package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Segmenting holds the options of SegmentSum, SegmentProd, SegmentMin and SegmentMax.
type Segmenting struct {
	// IndicesAreSorted and UniqueIndices are promises about the segments, which may make it faster.
	IndicesAreSorted, UniqueIndices bool
	// BucketSize, if not 0, is the number of rows that are combined first: sums and products of many then lose less
	// precision.
	BucketSize int
	// Mode says what happens to rows whose segment does not exist: they are left out, or with ModeClip belong to the
	// nearest.
	Mode Mode
}

// SegmentSum is, for each of n segments, the sum of the rows of data (the elements of its first axis) that belong to it
// (jax.ops.segment_sum). segments, an integer Array or Go slice, says for each row which segment that is; rows of
// segments below 0 or from n on are left out. Without n, JAX's num_segments, segments must not be traced, and n is
// their largest plus one. The result has shape [n, data.Shape()[1:]...] and data's dtype, and an empty segment is 0.
//
// Options: Segmenting (IndicesAreSorted, UniqueIndices, BucketSize, Mode).
func SegmentSum(data Array, segments any, n ...int) Array {
	return Segmenting{}.SegmentSum(data, segments, n...)
}

// SegmentProd is SegmentSum with products (jax.ops.segment_prod); an empty segment is 1.
//
// Options: Segmenting (IndicesAreSorted, UniqueIndices, BucketSize, Mode).
func SegmentProd(data Array, segments any, n ...int) Array {
	return Segmenting{}.SegmentProd(data, segments, n...)
}

// SegmentMin is SegmentSum with the least (jax.ops.segment_min); an empty segment is the largest number of the dtype,
// for floats +Inf. Complex data are refused. CPUs take subnormal numbers for 0 in it.
//
// Options: Segmenting (IndicesAreSorted, UniqueIndices, BucketSize, Mode).
func SegmentMin(data Array, segments any, n ...int) Array {
	return Segmenting{}.SegmentMin(data, segments, n...)
}

// SegmentMax is SegmentSum with the greatest (jax.ops.segment_max); an empty segment is the smallest number of the
// dtype, for floats -Inf. Complex data are refused. CPUs take subnormal numbers for 0 in it.
//
// Options: Segmenting (IndicesAreSorted, UniqueIndices, BucketSize, Mode).
func SegmentMax(data Array, segments any, n ...int) Array {
	return Segmenting{}.SegmentMax(data, segments, n...)
}

// SegmentSum is the function SegmentSum with options.
func (o Segmenting) SegmentSum(data Array, segments any, n ...int) Array {
	return o.segment(
		segmentWay{"jnp.SegmentSum", ops.ScatterAdd, ops.ReduceSum, func(d ir.DType) ir.Lit { return ir.IntLit(0, d) }},
		data, segments, n)
}

// SegmentProd is the function SegmentProd with options.
func (o Segmenting) SegmentProd(data Array, segments any, n ...int) Array {
	return o.segment(
		segmentWay{"jnp.SegmentProd", ops.ScatterMul, ops.ReduceProd,
			func(d ir.DType) ir.Lit { return ir.IntLit(1, d) }}, data, segments, n)
}

// SegmentMin is the function SegmentMin with options.
func (o Segmenting) SegmentMin(data Array, segments any, n ...int) Array {
	return o.segment(segmentWay{"jnp.SegmentMin", ops.ScatterMin, ops.ReduceMin, kit.Highest}, data, segments, n)
}

// SegmentMax is the function SegmentMax with options.
func (o Segmenting) SegmentMax(data Array, segments any, n ...int) Array {
	return o.segment(segmentWay{"jnp.SegmentMax", ops.ScatterMax, ops.ReduceMax, kit.Lowest}, data, segments, n)
}

// segmentWay is how rows are combined.
type segmentWay struct {
	op      string
	scatter func(x, indices, updates *trace.Value, d ops.ScatterDims, o ops.ScatterOptions) *trace.Value
	reduce  func(x *trace.Value, axes []int) *trace.Value
	none    func(d ir.DType) ir.Lit
}

func (o Segmenting) segment(w segmentWay, data Array, segments any, size []int) Array {
	x := data.val(w.op)
	a := x.Aval()
	ids := positionsOf(w.op, a, segments)
	in := []ir.Aval{a, ids.Aval()}
	if a.Rank() == 0 || ids.Rank() != 1 || a.Shape[0] != ids.Shape()[0] && a.Shape[0] != 1 {
		trace.Fail(w.op, in, "needs a segment for each of the rows of the data (their first axis)")
	}
	if o.BucketSize < 0 || o.Mode >= ModeWrap {
		trace.Fail(w.op, in, "the bucket size %d is negative, or %v is not a mode of segments (ModeDrop, ModeClip)",
			o.BucketSize, o.Mode)
	}
	var n int
	switch len(size) {
	case 0:
		known, b := ids.Eval()
		if b != nil {
			trace.Fail(w.op, in,
				"the segments are traced (%s at %v), so how many there are is not known; give the number as the last "+
					"argument", b.What(), b.Src())
		}
		if ids.Aval().Size() > 0 {
			n = int(Max(Wrap(known)).Item()) + 1
		}
	case 1:
		n = size[0]
	default:
		trace.Fail(w.op, in, "one number of segments is wanted, not %v", size)
	}
	if n < 0 {
		trace.Fail(w.op, in, "the number of segments must not be negative, not %d", n)
	}
	type params struct {
		Segmenting
		N int
	}
	return whole(w.op, params{o, n}, []*trace.Value{x, ids}, func(in []*trace.Value) *trace.Value {
		return o.combine(w, in[0], in[1], n)
	})
}

// combine scatters the rows of x to n segments or, in buckets, to as many for each bucket, which it then combines.
func (o Segmenting) combine(w segmentWay, x, ids *trace.Value, n int) *trace.Value {
	a := x.Aval()
	rows, row := ids.Shape()[0], a.Shape[1:]
	none := w.none(a.DType)
	into := append([]int{n}, row...)
	out := ops.Full(into, none)
	if rows == 0 || a.Size() == 0 || ir.SizeOf(into) == 0 {
		return out
	}
	opt := ops.ScatterOptions{Mode: o.Mode.scatter(), IndicesAreSorted: o.IndicesAreSorted,
		UniqueIndices: o.UniqueIndices}
	window := kit.UpTo(len(row))
	for i := range window {
		window[i]++
	}
	x = kit.BroadcastTo(kit.Strong(x), append([]int{rows}, row...)) // one row may stand for all
	ids = ops.Reshape(ids, []int{rows, 1})
	if o.BucketSize == 0 {
		return w.scatter(out, ids, x,
			ops.ScatterDims{UpdateWindowDims: window, InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}},
			opt)
	}
	d := ids.DType()
	if d.Bits() < 32 {
		d = ir.Int32
	}
	bucket := ops.Convert(
		ops.Div(ops.Iota(ir.Int32, []int{rows, 1}, 0),
			ops.Full([]int{rows, 1}, ir.IntLit(int64(o.BucketSize), ir.Int32))), d)
	buckets := (rows + o.BucketSize - 1) / o.BucketSize
	out = ops.Full(append([]int{buckets}, into...), none)
	y := w.scatter(out, ops.Concatenate([]*trace.Value{bucket, ops.Convert(ids, d)}, 1), x,
		ops.ScatterDims{UpdateWindowDims: window, InsertedWindowDims: []int{0, 1},
			ScatterDimsToOperandDims: []int{0, 1}}, opt)
	return w.reduce(y, []int{0})
}
