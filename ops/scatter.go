package ops

import (
	"fmt"
	"math"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// ScatterDims says which axes of Scatter's operands belong together, as JAX's ScatterDimensionNumbers (and XLA's
// Scatter, with the index vector on the last axis of the indices).
type ScatterDims struct {
	UpdateWindowDims           []int // axes of the updates that run over the window, ascending
	InsertedWindowDims         []int // axes of the operand, of window size 1, that the updates lack, ascending
	ScatterDimsToOperandDims   []int // the operand's axis that each element of an index vector is a position on
	OperandBatchingDims        []int // axes of the operand that go along with axes of the indices, ascending
	ScatterIndicesBatchingDims []int // and those axes of the indices, in the same order
}

// ScatterOptions are the options of Scatter and its kin.
type ScatterOptions struct {
	Mode             IndexMode // Fill leaves out the windows that are not wholly inside
	IndicesAreSorted bool      // a promise, which may make it faster
	UniqueIndices    bool      // a promise that no windows overlap
}

type scatterKind uint8

const (
	scatterSet scatterKind = iota
	scatterAdd
	scatterMul
	scatterMin
	scatterMax
)

type scatter struct {
	Kind           scatterKind
	Dims           ScatterDims
	Mode           IndexMode
	Sorted, Unique bool
}

func (s scatter) Name() string {
	return [...]string{"scatter", "scatter_add", "scatter_mul", "scatter_min", "scatter_max"}[s.Kind]
}

// Scatter returns x with windows of it replaced by those of updates, each starting where a vector along the last axis
// of indices says, as lax.scatter. Where windows overlap, one of the updates wins.
func Scatter(x, indices, updates *Value, dims ScatterDims, o ScatterOptions) *Value {
	return bindScatter(scatterSet, x, indices, updates, dims, o)
}

// ScatterAdd is Scatter that adds the updates to what is there, all of them where windows overlap, as lax.scatter_add.
func ScatterAdd(x, indices, updates *Value, dims ScatterDims, o ScatterOptions) *Value {
	return bindScatter(scatterAdd, x, indices, updates, dims, o)
}

// ScatterSub is Scatter that subtracts the updates from what is there, as lax.scatter_sub.
func ScatterSub(x, indices, updates *Value, dims ScatterDims, o ScatterOptions) *Value {
	if updates.DType() == ir.Bool {
		trace.Fail("scatter_sub", trace.Avals([]*Value{x, indices, updates}), "takes numbers, not bool")
	}
	return ScatterAdd(x, indices, Neg(updates), dims, o)
}

// ScatterMul is Scatter that multiplies by the updates, as lax.scatter_mul.
func ScatterMul(x, indices, updates *Value, dims ScatterDims, o ScatterOptions) *Value {
	return bindScatter(scatterMul, x, indices, updates, dims, o)
}

// ScatterMin is Scatter that keeps the least, as lax.scatter_min.
func ScatterMin(x, indices, updates *Value, dims ScatterDims, o ScatterOptions) *Value {
	return bindScatter(scatterMin, x, indices, updates, dims, o)
}

// ScatterMax is Scatter that keeps the greatest, as lax.scatter_max.
func ScatterMax(x, indices, updates *Value, dims ScatterDims, o ScatterOptions) *Value {
	return bindScatter(scatterMax, x, indices, updates, dims, o)
}

func bindScatter(k scatterKind, x, indices, updates *Value, d ScatterDims, o ScatterOptions) *Value {
	return one(newScatter(k, d, o), x, indices, updates)
}

func newScatter(k scatterKind, d ScatterDims, o ScatterOptions) scatter {
	return scatter{Kind: k, Mode: o.Mode, Sorted: o.IndicesAreSorted, Unique: o.UniqueIndices, Dims: ScatterDims{
		own(d.UpdateWindowDims), own(d.InsertedWindowDims), own(d.ScatterDimsToOperandDims),
		own(d.OperandBatchingDims), own(d.ScatterIndicesBatchingDims)}}
}

func (s scatter) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 3); err != nil {
		return nil, err
	}
	x, idx, up, d := in[0], in[1], in[2], s.Dims
	if x.DType != up.DType {
		return nil,
			fmt.Errorf(
				"the operand is %v and the updates are %v; convert the updates first with lax.ConvertElementType",
				x.DType, up.DType)
	}
	if x.DType == ir.Bool && (s.Kind == scatterAdd || s.Kind == scatterMul) {
		return nil, fmt.Errorf("takes numbers, not bool; for a logical or use ScatterMax, for a logical and ScatterMin")
	}
	if err := checkIndices(idx, len(d.ScatterDimsToOperandDims), "ScatterDimsToOperandDims"); err != nil {
		return nil, err
	}
	if rank := len(d.UpdateWindowDims) + idx.Rank() - 1; up.Rank() != rank {
		return nil, fmt.Errorf("the updates must have %d axes, %d of windows and %d of indices, not %d", rank,
			len(d.UpdateWindowDims), idx.Rank()-1, up.Rank())
	}
	if err := firstError(
		ascendingAxes("UpdateWindowDims", d.UpdateWindowDims, up.Rank(), "the updates"),
		ascendingAxes("InsertedWindowDims", d.InsertedWindowDims, x.Rank(), "the operand"),
		checkBatching(x, idx, d.OperandBatchingDims, d.ScatterIndicesBatchingDims, d.InsertedWindowDims,
			d.ScatterDimsToOperandDims),
		checkAxes("ScatterDimsToOperandDims: axis", d.ScatterDimsToOperandDims, x.Rank()),
	); err != nil {
		return nil, err
	}
	for _, a := range d.InsertedWindowDims {
		if slices.Contains(d.OperandBatchingDims, a) {
			return nil, fmt.Errorf("axis %d is both inserted and batching", a)
		}
	}
	window := rest(x.Rank(), d.InsertedWindowDims, d.OperandBatchingDims)
	if len(window) != len(d.UpdateWindowDims) {
		return nil, fmt.Errorf("the operand has %d axes that are neither inserted (%v) nor batching (%v), and "+
			"UpdateWindowDims %v has %d",
			len(window), d.InsertedWindowDims, d.OperandBatchingDims, d.UpdateWindowDims, len(d.UpdateWindowDims))
	}
	for i, a := range d.UpdateWindowDims {
		if up.Shape[a] > x.Shape[window[i]] {
			return nil, fmt.Errorf("axis %d of the updates has size %d, more than the %d of axis %d of the operand", a,
				up.Shape[a], x.Shape[window[i]], window[i])
		}
	}
	for i, a := range rest(up.Rank(), d.UpdateWindowDims) {
		if up.Shape[a] != idx.Shape[i] {
			return nil, fmt.Errorf("axis %d of the updates has size %d, but axis %d of the indices has %d", a,
				up.Shape[a], i, idx.Shape[i])
		}
	}
	if s.Mode > PromiseInBounds {
		return nil, fmt.Errorf("%v is not Fill, Clip or PromiseInBounds", s.Mode)
	}
	return []ir.Aval{x}, nil
}

func (s scatter) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return s.lower(e, x, func(old, update trace.Operand) trace.Operand {
		switch s.Kind {
		case scatterAdd:
			return monoidAdd.write(e, old, update)
		case scatterMul:
			return monoidMul.write(e, old, update)
		case scatterMin:
			return monoidMin.write(e, old, update)
		case scatterMax:
			return monoidMax.write(e, old, update)
		}
		return update
	})
}

// Batch keeps one scatter: the mapped axis becomes one more window axis where the indices are shared, and a pair of
// batching axes where they are mapped too. The operand keeps its layout.
func (s scatter) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	h, y, at := s.batched(c, x, d)
	return []*Value{one(h, y...)}, []int{at}
}

// JVP. A scatter-add is linear. The others follow JAX: a scatter whose windows may overlap finds by a scatter of
// numbers which update has won; minima and maxima share the tangent among those that tie. Of a product it is that of
// each update times the others, which JAX refuses.
func (s scatter) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if t[0] == nil && t[2] == nil {
		return jvpZero(c, x)
	}
	to, tu := materialize(t[0], x[0]), materialize(t[2], x[2])
	switch s.Kind {
	case scatterAdd:
		return c.Self(x...), c.Self(to, x[1], tu)
	case scatterMul:
		var a, b *Value
		if t[0] != nil {
			a = one(s, t[0], x[1], x[2])
		}
		if t[2] != nil {
			add := s
			add.Kind = scatterAdd
			if s.Unique {
				b = Mul(x[0], one(add, ZerosLike(x[0]), x[1], tu))
			} else {
				b = one(add, ZerosLike(x[0]), x[1], Mul(tu, s.scatteredProductOfOthers(x[0], x[1], x[2])))
			}
		}
		return c.Self(x...), []*Value{AddTangents(a, b)}
	case scatterMin, scatterMax:
		y := c.Self(x...)
		return y, []*Value{s.extremalTangent(x, to, tu, y[0])}
	}
	if s.Unique {
		return c.Self(x...), c.Self(to, x[1], tu)
	}
	return s.setJVP(x, to, tu)
}

// Transpose, by which of the operands s is linear in.
func (s scatter) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	out := make([]*Value, 3)
	if ct[0] == nil {
		return out
	}
	idx := x[1].X
	if x[0].X == nil {
		switch s.Kind {
		case scatterAdd:
			out[0] = ct[0]
		case scatterMul:
			out[0] = one(s, ct[0], idx, x[2].X)
		default: // what was overwritten does not matter
			out[0] = one(s, ct[0], idx, Zeros(x[2].Aval))
		}
	}
	if x[2].X == nil {
		g := s.gather(len(x[0].Aval.Shape), x[2].Aval.Shape, ct[0].DType())
		if s.Kind == scatterMul {
			out[2] = one(g, Mul(ct[0], x[0].X), idx)
		} else {
			out[2] = one(g, ct[0], idx)
		}
	}
	return out
}

// sizes are the window's, for each axis of an operand of the given rank.
func (s scatter) sizes(rank int, updates []int) []int {
	out := repeated(1, rank)
	for i, a := range rest(rank, s.Dims.InsertedWindowDims, s.Dims.OperandBatchingDims) {
		out[a] = updates[s.Dims.UpdateWindowDims[i]]
	}
	return out
}

// gather is the gather that reads the windows that s writes, 0 outside.
func (s scatter) gather(rank int, updates []int, d ir.DType) gather {
	n := s.Dims
	return gather{Sizes: s.sizes(rank, updates), Mode: s.Mode, FillValue: s.fill(d), Sorted: s.Sorted, Unique: s.Unique,
		Dims: GatherDims{
			OffsetDims: n.UpdateWindowDims, CollapsedSliceDims: n.InsertedWindowDims,
			StartIndexMap:       n.ScatterDimsToOperandDims,
			OperandBatchingDims: n.OperandBatchingDims, StartIndicesBatchingDims: n.ScatterIndicesBatchingDims}}
}

func (s scatter) fill(d ir.DType) ir.Lit {
	if s.Mode == Fill {
		return ir.IntLit(0, d)
	}
	return ir.Lit{}
}

// lower writes a scatter whose new elements body makes of the old ones and the updates.
func (s scatter) lower(e trace.Emitter, x []trace.Operand,
	combine func(old, update trace.Operand) trace.Operand) []trace.Operand {
	out, d := e.Out()[0], s.Dims
	if out.Size() == 0 || x[2].Aval.Size() == 0 {
		return x[:1]
	}
	idx := lowerFun(e, x[1:2], func(v []*Value) []*Value {
		idx := signedIndices(v[0], x[0].Aval.Shape)
		if s.Mode == Clip {
			sizes := s.sizes(out.Rank(), x[2].Aval.Shape)
			idx = clampIndices(idx, sizesAt(out.Shape, d.ScatterDimsToOperandDims),
				sizesAt(sizes, d.ScatterDimsToOperandDims))
		}
		return []*Value{idx}
	})[0]
	if y := s.sumsByKernel(e, x[0], idx, x[2]); y != nil {
		return y
	}
	text := attrs(
		fmt.Sprintf("scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [%s], inserted_window_dims "+
			"= [%s], input_batching_dims = [%s], scatter_indices_batching_dims = [%s], scatter_dims_to_operand_dims "+
			"= [%s], index_vector_dim = %d>",
			commas(d.UpdateWindowDims), commas(d.InsertedWindowDims), commas(d.OperandBatchingDims),
			commas(d.ScatterIndicesBatchingDims), commas(d.ScatterDimsToOperandDims), idx.Aval.Rank()-1),
		fmt.Sprintf("indices_are_sorted = %t, unique_indices = %t", s.Sorted, s.Unique))
	scalar := ir.Scalar(out.DType)
	body := e.Region([]ir.Aval{scalar, scalar}, func(a []trace.Operand) []trace.Operand {
		return []trace.Operand{combine(a[0], a[1])}
	})
	return e.OpRegions("stablehlo.scatter", []trace.Operand{x[0], idx, x[2]}, text, []trace.Region{body}, out)
}

// batched is the scatter and its operands for all examples, and the mapped axis of its result.
func (s scatter) batched(c trace.BatchCtx, x []*Value, d []int) (_ scatter, y []*Value, at int) {
	at = d[0] // the mapped axis of the operand and of the result
	if at == trace.NotMapped {
		at = 0
	}
	x0 := bdimAt(c, x[0], d[0], at)
	idx, n := x[1], s.Dims
	h := s
	h.Dims.InsertedWindowDims = shifted(n.InsertedWindowDims, at)
	h.Dims.ScatterDimsToOperandDims = shifted(n.ScatterDimsToOperandDims, at)
	h.Dims.OperandBatchingDims = shifted(n.OperandBatchingDims, at)
	var up int // the mapped axis of the updates
	if d[1] == trace.NotMapped {
		k := 0
		for _, a := range rest(x0.Rank()-1, n.InsertedWindowDims, n.OperandBatchingDims) {
			if a < at {
				k++
			}
		}
		lo, hi := 0, len(n.UpdateWindowDims)+idx.Rank()-1
		if k > 0 {
			lo = n.UpdateWindowDims[k-1] + 1
		}
		if k < len(n.UpdateWindowDims) {
			hi = n.UpdateWindowDims[k]
		}
		up = within(d[2], lo, hi)
		h.Dims.UpdateWindowDims = slices.Insert(shifted(n.UpdateWindowDims, up), k, up)
	} else {
		di := d[1]
		if di == idx.Rank()-1 { // the index vectors stay last
			idx, di = moveTo(idx, di, 0), 0
		}
		batch := rest(len(n.UpdateWindowDims)+idx.Rank()-2, n.UpdateWindowDims)
		lo, hi := 0, len(n.UpdateWindowDims)+len(batch)
		if di > 0 {
			lo = batch[di-1] + 1
		}
		if di < len(batch) {
			hi = batch[di]
		}
		up = within(d[2], lo, hi)
		h.Dims.UpdateWindowDims = shifted(n.UpdateWindowDims, up)
		k, _ := slices.BinarySearch(h.Dims.OperandBatchingDims, at)
		h.Dims.OperandBatchingDims = slices.Insert(h.Dims.OperandBatchingDims, k, at)
		h.Dims.ScatterIndicesBatchingDims = slices.Insert(shifted(n.ScatterIndicesBatchingDims, di), k, di)
		h.Sorted = false
	}
	return h, []*Value{x0, idx, bdimAt(c, x[2], d[2], up)}, at
}

// clampIndices moves each element of the index vectors (the last axis of idx) to within 0 and dim - size.
func clampIndices(idx *Value, dims, sizes []int) *Value {
	if len(dims) == 0 {
		return idx
	}
	axis := idx.Rank() - 1
	cols := make([]*Value, len(dims))
	for i := range dims {
		v := SliceInDim(idx, i, i+1, 1, axis)
		lit := func(n int) *Value { return trace.FromLit(ir.IntLit(int64(n), v.DType())) }
		cols[i] = Clamp(lit(0), v, lit(dims[i]-sizes[i]))
	}
	return Concatenate(cols, axis)
}

// within is a if it lies in lo to hi, else lo.
func within(a, lo, hi int) int {
	if a < lo || a > hi {
		return lo
	}
	return a
}

// setJVP numbers the updates from 1 and scatters the numbers: what is read back says which update has won where. The
// outputs are then scatter-adds of the winners, of which there is one at each place.
func (s scatter) setJVP(x []*Value, to, tu *Value) ([]*Value, []*Value) {
	shape := own(x[2].Shape())
	for _, a := range s.Dims.UpdateWindowDims {
		shape[a] = 1
	}
	d := ir.Uint32
	if ir.SizeOf(shape) >= math.MaxInt32 {
		d = ir.Uint64
	}
	n := ir.SizeOf(shape)
	ids := Add(Reshape(Iota(d, []int{n}, 0), shape), Full(shape, ir.IntLit(1, d)))
	ids = BroadcastInDim(ids, x[2].Shape(), arange(0, len(shape)))
	won := one(s, Full(x[0].Shape(), ir.IntLit(0, d)), x[1], ids)
	read := one(s.gather(x[0].Rank(), x[2].Shape(), d), won, x[1])
	kept, wins := Eq(won, ZerosLike(won)), Eq(ids, read)
	add := s
	add.Kind = scatterAdd
	masked := func(o, u *Value) *Value {
		return one(add, Select(kept, o, ZerosLike(o)), x[1], Select(wins, u, ZerosLike(u)))
	}
	y := masked(x[0], x[2])
	if x[0].Aval().Weak {
		y = ConvertWeak(y, y.DType(), true)
	}
	return []*Value{y}, []*Value{masked(to, tu)}
}

// extremalTangent gives each place the mean of the tangents of the values, old and new, that equal the extremum there.
// Where none does, as it is NaN, the old tangent stays.
func (s scatter) extremalTangent(x []*Value, to, tu, y *Value) *Value {
	idx, up := x[1], x[2]
	g := s.gather(x[0].Rank(), up.Shape(), up.DType())
	add := s
	add.Kind = scatterAdd
	read := func(v *Value) *Value { return one(g, v, idx) }
	wins := Eq(up, read(y))
	ones, none := Ones(up.Aval()), ZerosLike(x[0])
	kept := Convert(Eq(x[0], y), y.DType())
	all := Add(kept, one(add, none, idx, Select(wins, ones, ZerosLike(up))))
	lost := Eq(all, none)
	all = Select(lost, Ones(x[0].Aval()), all)
	n := read(all) // 0 out of bounds
	shares := Select(wins, Div(ones, Select(Eq(n, ZerosLike(n)), ones, n)), ZerosLike(up))
	return one(add, Select(lost, to, Mul(to, Div(kept, all))), idx, Mul(tu, shares))
}
