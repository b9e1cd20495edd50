package ops

import (
	"fmt"
	"math"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// IndexMode says what Gather and Scatter do with a window that does not lie wholly inside the operand.
type IndexMode uint8

const (
	// Fill is JAX's FILL_OR_DROP, and the default (of JAX's lax.gather it is PromiseInBounds): Gather returns the fill
	// value for such a window, Scatter leaves it out.
	Fill IndexMode = iota
	// Clip moves the window to the nearest place inside.
	Clip
	// PromiseInBounds: the caller knows that there is none; what happens to one is not specified.
	PromiseInBounds
)

// String is the name of the mode.
func (m IndexMode) String() string {
	switch m {
	case Fill:
		return "fill"
	case Clip:
		return "clip"
	case PromiseInBounds:
		return "promise_in_bounds"
	}
	return fmt.Sprintf("IndexMode(%d)", uint8(m))
}

// GatherDims says which axes of Gather's operands and result belong together, as JAX's GatherDimensionNumbers (and
// XLA's Gather, with the index vector on the last axis of the indices).
type GatherDims struct {
	OffsetDims               []int // axes of the result that run over the window, ascending
	CollapsedSliceDims       []int // axes of the operand, of window size 1, that the result lacks, ascending
	StartIndexMap            []int // the operand's axis that each element of an index vector is a position on
	OperandBatchingDims      []int // axes of the operand that go along with axes of the indices, ascending
	StartIndicesBatchingDims []int // and those axes of the indices, in the same order
}

// GatherOptions are the options of Gather.
type GatherOptions struct {
	Mode             IndexMode
	FillValue        *ir.Lit // for Fill; nil: NaN for floats, the least signed, the greatest unsigned integer, true
	IndicesAreSorted bool    // a promise, which may make it faster
	UniqueIndices    bool    // a promise about the transpose
}

type gather struct {
	Dims           GatherDims
	Sizes          []int
	Mode           IndexMode
	FillValue      ir.Lit
	Sorted, Unique bool
}

func (gather) Name() string { return "gather" }

// Gather takes windows of the given sizes (one for each axis of x) out of x, each starting where a vector along the
// last axis of indices says, as lax.gather. indices is of an integer type; the result has x's dtype.
func Gather(x, indices *Value, dims GatherDims, sizes []int, o GatherOptions) *Value {
	g := gather{
		Dims: GatherDims{own(dims.OffsetDims), own(dims.CollapsedSliceDims), own(dims.StartIndexMap),
			own(dims.OperandBatchingDims), own(dims.StartIndicesBatchingDims)},
		Sizes: own(sizes), Mode: o.Mode, Sorted: o.IndicesAreSorted, Unique: o.UniqueIndices,
	}
	if o.Mode == Fill {
		if o.FillValue != nil {
			g.FillValue = o.FillValue.Convert(x.DType())
		} else {
			g.FillValue = defaultFill(x.DType())
		}
	}
	return one(g, x, indices)
}

// defaultFill is what stands for an element outside the operand.
func defaultFill(d ir.DType) ir.Lit {
	switch d.Kind() {
	case ir.KindInt:
		return ir.IntLit(math.MinInt64>>(64-d.Bits()), d)
	case ir.KindUint:
		return ir.UintLit(math.MaxUint64, d)
	case ir.KindBool:
		return ir.BoolLit(true)
	}
	return ir.FloatLit(math.NaN(), d)
}

// IndexTake takes, for each position in vectors of one length, one for each of the given axes of x, the element or the
// part of x that lies there, as lax.index_take. Positions are taken modulo the size of their axis. The positions' axis
// comes first.
func IndexTake(x *Value, positions []*Value, axes []int) *Value {
	const op = "index_take"
	in := append([]ir.Aval{x.Aval()}, trace.Avals(positions)...)
	trace.Must(checkAxes("axis", axes, x.Rank()), op, in)
	if len(positions) != len(axes) || len(axes) == 0 {
		trace.Fail(op, in, "needs as many vectors of positions as axes, one at least, not %d and %d", len(positions),
			len(axes))
	}
	cols := make([]*Value, len(positions))
	sizes := own(x.Shape())
	for i, v := range positions {
		if v.Rank() != 1 || !v.DType().IsInteger() {
			trace.Fail(op, in, "the positions must be vectors of integers, not %v", v.Aval())
		}
		n := Full(v.Shape(), ir.IntLit(int64(x.Shape()[axes[i]]), v.DType()))
		r := Rem(v, n)
		if v.DType().IsSigned() { // the remainder has the sign of v
			r = Select(Lt(r, ZerosLike(r)), Add(r, n), r)
		}
		cols[i] = ExpandDims(r, []int{1})
		sizes[axes[i]] = 1
	}
	collapsed := own(axes)
	slices.Sort(collapsed)
	return Gather(x, Concatenate(cols, 1), GatherDims{
		OffsetDims: arange(1, x.Rank()-len(axes)+1), CollapsedSliceDims: collapsed, StartIndexMap: axes,
	}, sizes, GatherOptions{Mode: PromiseInBounds})
}

func (g gather) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 2); err != nil {
		return nil, err
	}
	x, idx, d := in[0], in[1], g.Dims
	if err := checkIndices(idx, len(d.StartIndexMap), "StartIndexMap"); err != nil {
		return nil, err
	}
	rank := len(d.OffsetDims) + idx.Rank() - 1
	if err := firstError(
		ascendingAxes("OffsetDims", d.OffsetDims, rank, "the result"),
		ascendingAxes("CollapsedSliceDims", d.CollapsedSliceDims, x.Rank(), "the operand"),
		checkBatching(x, idx, d.OperandBatchingDims, d.StartIndicesBatchingDims, d.CollapsedSliceDims, d.StartIndexMap),
		checkAxes("StartIndexMap: axis", d.StartIndexMap, x.Rank()),
	); err != nil {
		return nil, err
	}
	if len(g.Sizes) != x.Rank() {
		return nil, fmt.Errorf("needs one window size for each of the operand's %d axes, has %v", x.Rank(), g.Sizes)
	}
	window := rest(x.Rank(), d.CollapsedSliceDims, d.OperandBatchingDims)
	if len(window) != len(d.OffsetDims) {
		return nil, fmt.Errorf("the operand has %d axes that are neither collapsed (%v) nor batching (%v), and "+
			"OffsetDims %v has %d",
			len(window), d.CollapsedSliceDims, d.OperandBatchingDims, d.OffsetDims, len(d.OffsetDims))
	}
	for i, n := range g.Sizes {
		if n < 0 || n > x.Shape[i] && !slices.Contains(idx.Shape, 0) {
			return nil, fmt.Errorf("window size %d on axis %d is not within 0 to %d, the operand's size there", n, i,
				x.Shape[i])
		}
	}
	for _, a := range d.CollapsedSliceDims {
		if g.Sizes[a] != 1 {
			return nil, fmt.Errorf("axis %d is collapsed, so its window size must be 1, not %d", a, g.Sizes[a])
		}
	}
	for _, a := range d.OperandBatchingDims {
		if g.Sizes[a] > 1 {
			return nil, fmt.Errorf("axis %d is a batching axis, so its window size must be 0 or 1, not %d", a,
				g.Sizes[a])
		}
	}
	if g.Mode > PromiseInBounds {
		return nil, fmt.Errorf("%v is not Fill, Clip or PromiseInBounds", g.Mode)
	}
	shape := make([]int, 0, rank)
	batch := idx.Shape[:idx.Rank()-1]
	for i := range rank {
		if k := slices.Index(d.OffsetDims, i); k >= 0 {
			shape = append(shape, g.Sizes[window[k]])
		} else {
			shape, batch = append(shape, batch[0]), batch[1:]
		}
	}
	return []ir.Aval{x.With(shape)}, nil
}

func (g gather) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()[0]
	d, shape := g.Dims, x[0].Aval.Shape
	if out.Size() == 0 {
		return []trace.Operand{e.Const(ir.IntLit(0, out.DType), out.Shape)}
	}
	prep := lowerFun(e, x[1:], func(v []*Value) []*Value {
		idx := signedIndices(v[0], shape)
		if g.Mode != Fill {
			return []*Value{idx}
		}
		return []*Value{idx, inBounds(idx, g.bounds(shape))}
	})
	idx := prep[0]
	text := attrs(
		fmt.Sprintf("dimension_numbers = #stablehlo.gather<offset_dims = [%s], collapsed_slice_dims = [%s], "+
			"operand_batching_dims = [%s], start_indices_batching_dims = [%s], start_index_map = [%s], "+
			"index_vector_dim = %d>",
			commas(d.OffsetDims), commas(d.CollapsedSliceDims), commas(d.OperandBatchingDims),
			commas(d.StartIndicesBatchingDims), commas(d.StartIndexMap), idx.Aval.Rank()-1),
		fmt.Sprintf("indices_are_sorted = %t", g.Sorted),
		"slice_sizes = "+i64s(g.Sizes))
	y := e.Op("stablehlo.gather", []trace.Operand{x[0], idx}, text, out)
	if g.Mode != Fill {
		return y
	}
	return lowerFun(e, []trace.Operand{y[0], prep[1]}, func(v []*Value) []*Value {
		mask := BroadcastInDim(v[1], out.Shape, rest(out.Rank(), d.OffsetDims))
		return []*Value{Select(mask, v[0], Full(out.Shape, g.FillValue))}
	})
}

// Batch keeps one gather, and no operand is transposed: a mapped operand makes the window (its axis whole) or, where
// the indices are mapped too, a pair of batching axes.
func (g gather) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	s, ids := x[0], x[1]
	ds, di := d[0], d[1]
	n := g.Dims
	if di != trace.NotMapped && di == ids.Rank()-1 { // the index vectors stay last
		ids = moveTo(ids, di, 0)
		di = 0
	}
	h := g
	at := 0 // the new axis of the result
	if di == trace.NotMapped {
		k := 0 // window axes before the mapped one
		for _, a := range rest(s.Rank()-1, n.CollapsedSliceDims, n.OperandBatchingDims) {
			if a < ds {
				k++
			}
		}
		if k > 0 {
			at = n.OffsetDims[k-1] + 1
		}
		h.Dims.OffsetDims = slices.Insert(shifted(n.OffsetDims, at), k, at)
		h.Sizes = inserted(g.Sizes, ds, c.AxisSize())
	} else {
		batch := rest(len(n.OffsetDims)+ids.Rank()-2, n.OffsetDims)
		at = len(n.OffsetDims) + len(batch)
		if di < len(batch) {
			at = batch[di]
		}
		h.Dims.OffsetDims = shifted(n.OffsetDims, at)
		h.Dims.StartIndicesBatchingDims = shifted(n.StartIndicesBatchingDims, di)
		h.Sorted = false
		h.Unique = g.Unique && ds != trace.NotMapped
	}
	if ds != trace.NotMapped {
		h.Dims.CollapsedSliceDims = shifted(n.CollapsedSliceDims, ds)
		h.Dims.StartIndexMap = shifted(n.StartIndexMap, ds)
		h.Dims.OperandBatchingDims = shifted(n.OperandBatchingDims, ds)
		if di != trace.NotMapped {
			k, _ := slices.BinarySearch(h.Dims.OperandBatchingDims, ds)
			h.Dims.OperandBatchingDims = slices.Insert(h.Dims.OperandBatchingDims, k, ds)
			h.Dims.StartIndicesBatchingDims = slices.Insert(h.Dims.StartIndicesBatchingDims, k, di)
			h.Sizes = inserted(g.Sizes, ds, min(c.AxisSize(), 1))
		}
	}
	return []*Value{one(h, s, ids)}, []int{at}
}

// JVP: a gather is linear in its operand; outside it the tangent is zero.
func (g gather) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	if t[0] == nil {
		return y, []*Value{nil}
	}
	return y, []*Value{one(g.filling(0), t[0], x[1])}
}

// Transpose adds each window of the cotangent where it was taken.
func (g gather) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	if ct[0] == nil {
		return []*Value{nil, nil}
	}
	s := scatter{Kind: scatterAdd, Dims: g.scatterDims(), Mode: g.Mode, Sorted: g.Sorted, Unique: g.Unique}
	zeros := x[0].Aval
	zeros.DType, zeros.Weak = ct[0].DType(), false
	return []*Value{one(s, Zeros(zeros), x[1].X, ct[0]), nil}
}

// bounds are the greatest valid start indices for each element of an index vector.
func (g gather) bounds(shape []int) []int {
	out := make([]int, len(g.Dims.StartIndexMap))
	for i, a := range g.Dims.StartIndexMap {
		out[i] = shape[a] - g.Sizes[a]
	}
	return out
}

// filling is g with another fill value.
func (g gather) filling(v float64) gather {
	if g.Mode == Fill {
		g.FillValue = ir.FloatLit(v, g.FillValue.DType)
	}
	return g
}

// scatterDims are the dimension numbers of the scatter that undoes g.
func (g gather) scatterDims() ScatterDims {
	d := g.Dims
	return ScatterDims{UpdateWindowDims: d.OffsetDims, InsertedWindowDims: d.CollapsedSliceDims,
		ScatterDimsToOperandDims: d.StartIndexMap, OperandBatchingDims: d.OperandBatchingDims,
		ScatterIndicesBatchingDims: d.StartIndicesBatchingDims}
}

// signedIndices converts indices to a signed type that holds every position in an array of the given shape, so that
// what XLA computes with them (bounds of narrow types, comparisons of unsigned ones) does not wrap around: what is out
// of bounds stays so.
func signedIndices(idx *Value, shape []int) *Value {
	wide := ir.Int32
	for _, n := range shape {
		if n > math.MaxInt32 {
			wide = ir.Int64
		}
	}
	switch d := idx.DType(); {
	case d == ir.Int64, d == ir.Int32 && wide == ir.Int32:
		return idx
	case d.Bits() < wide.Bits() || d.IsSigned():
		return Convert(idx, wide)
	case d == ir.Uint64:
		wide = ir.Int64
	}
	most := int64(math.MaxInt64) >> (64 - wide.Bits())
	return Convert(Min(idx, Full(idx.Shape(), ir.IntLit(most, idx.DType()))), wide)
}

// inBounds tells, without the axis of the index vectors, where each index lies within 0 and its bound. The vectors are
// short: one comparison for each element fuses, where a reduction over them would not.
func inBounds(idx *Value, bounds []int) *Value {
	axis := idx.Rank() - 1
	shape := idx.Shape()[:axis]
	var all *Value
	for i, b := range bounds {
		v := idx
		if len(bounds) > 1 {
			v = SliceInDim(idx, i, i+1, 1, axis)
		}
		v = Reshape(v, shape)
		in := And(Ge(v, Full(shape, ir.IntLit(0, v.DType()))), Le(v, Full(shape, ir.IntLit(int64(b), v.DType()))))
		if all == nil {
			all = in
		} else {
			all = And(all, in)
		}
	}
	if all == nil {
		return Full(shape, ir.BoolLit(true))
	}
	return all
}

// checkIndices checks the type of the indices and that their vectors have the length of the map from them to axes.
func checkIndices(idx ir.Aval, n int, what string) error {
	switch {
	case !idx.DType.IsInteger():
		return fmt.Errorf("the indices must be of an integer type, not %v", idx.DType)
	case idx.Rank() == 0:
		return fmt.Errorf("the indices need an axis of index vectors, their last; a scalar has none: reshape it to [1]")
	case idx.Shape[idx.Rank()-1] != n:
		return fmt.Errorf("%s has %d axes, but the index vectors (the last axis of the indices) have %d elements", what,
			n, idx.Shape[idx.Rank()-1])
	}
	return nil
}

// ascendingAxes checks a list of axes that must be in order.
func ascendingAxes(what string, axes []int, rank int, of string) error {
	if err := checkAxes(what+" of "+of+": axis", axes, rank); err != nil {
		return err
	}
	if !slices.IsSorted(axes) {
		return fmt.Errorf("%s must be ascending, not %v", what, axes)
	}
	return nil
}

// checkBatching checks the pairs of batching axes of an operand and its indices.
func checkBatching(x, idx ir.Aval, ofX, ofIdx, inserted, mapped []int) error {
	if err := firstError(
		ascendingAxes("OperandBatchingDims", ofX, x.Rank(), "the operand"),
		checkAxes("batching axis of the indices", ofIdx, idx.Rank()-1),
	); err != nil {
		return err
	}
	if len(ofX) != len(ofIdx) {
		return fmt.Errorf("the operand has %d batching axes (%v), the indices have %d (%v)", len(ofX), ofX, len(ofIdx),
			ofIdx)
	}
	for i, a := range ofX {
		if slices.Contains(inserted, a) || slices.Contains(mapped, a) {
			return fmt.Errorf("axis %d of the operand is a batching axis, so it can be neither collapsed (%v) nor "+
				"indexed (%v)", a, inserted, mapped)
		}
		if m, n := x.Shape[a], idx.Shape[ofIdx[i]]; m != n {
			return fmt.Errorf("batching axis %d of the operand has size %d, batching axis %d of the indices has %d", a,
				m, ofIdx[i], n)
		}
	}
	return nil
}
