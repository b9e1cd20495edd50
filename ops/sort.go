package ops

import (
	"fmt"
	"math"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// sortOp sorts by the first NumKeys of its operands. Its results are the operands sorted, from number From on, and
// behind them the positions that their elements come from, if asked for.
type sortOp struct {
	Axis      int
	Stable    bool
	NumKeys   int
	From      int
	Positions bool
}

func (sortOp) Name() string { return "sort" }

// Sort sorts arrays of one shape together along axis, by the first numKeys of them, one after the other, as lax.sort.
// Floats are in the order -inf to +inf, then NaNs; -0 and +0, and all NaNs, count as equal; complex numbers go by their
// real, then their imaginary parts. stable keeps equal elements in order.
func Sort(xs []*Value, axis int, stable bool, numKeys int) []*Value {
	return trace.Bind(sortOp{axis, stable, numKeys, 0, false}, xs...)
}

// SortKeyVal sorts keys along an axis and reorders values, of the same shape, in the same way, as lax.sort_key_val.
// stable keeps equal keys in order.
func SortKeyVal(keys, values *Value, axis int, stable bool) (sortedKeys, sortedValues *Value) {
	out := Sort([]*Value{keys, values}, axis, stable, 1)
	return out[0], out[1]
}

// SortBy is values, in the order in which Sort puts keys of the same shape, equal ones in their order.
func SortBy(keys, values *Value, axis int) *Value {
	return trace.Bind(sortOp{axis, true, 1, 1, false}, keys, values)[0]
}

// ArgSort is the positions along axis, int32 (of an axis that is too long for it int64), that would sort keys of one
// shape as Sort does, the first key first.
func ArgSort(keys []*Value, axis int, stable bool) *Value {
	return trace.Bind(sortOp{axis, stable, len(keys), len(keys), true}, keys...)[0]
}

// SortWithPositions is the results of Sort, and the positions of ArgSort by the same keys.
func SortWithPositions(xs []*Value, axis int, stable bool, numKeys int) (sorted []*Value, positions *Value) {
	y := trace.Bind(sortOp{axis, stable, numKeys, 0, true}, xs...)
	return y[:len(xs)], y[len(xs)]
}

func (s sortOp) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if len(in) == 0 {
		return nil, fmt.Errorf("takes at least one array")
	}
	if s.NumKeys < 1 || s.NumKeys > len(in) {
		return nil, fmt.Errorf("the number of keys must be 1 to %d, the number of arrays, not %d", len(in), s.NumKeys)
	}
	for _, a := range in[1:] {
		if ir.ShapeString(a.Shape) != ir.ShapeString(in[0].Shape) {
			return nil, fmt.Errorf("takes arrays of one shape, not %s and %s", ir.ShapeString(in[0].Shape),
				ir.ShapeString(a.Shape))
		}
	}
	if err := checkAxes("axis", []int{s.Axis}, in[0].Rank()); err != nil {
		return nil, err
	}
	out := slices.Clone(in[s.From:])
	if s.Positions {
		out = append(out, ir.Aval{Shape: in[0].Shape, DType: positionType(in[0].Shape[s.Axis])})
	}
	return out, nil
}

// positionType is the type of positions along an axis of n elements.
func positionType(n int) ir.DType {
	if n > math.MaxInt32 {
		return ir.Int64
	}
	return ir.Int32
}

func (s sortOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	shape, out := x[0].Aval.Shape, e.Out()
	size, n := ir.SizeOf(shape), shape[s.Axis]
	if n >= 2 && size > 0 && s.NumKeys <= maxSortKeys && hasKernel(e, sortKernel, n) {
		return alongLast(e, x, s.Axis, out, func(x []trace.Operand, out []ir.Aval) []trace.Operand {
			return callKernel(e, sortKernel, x, fmt.Sprintf("num_keys = %s, from = %s", i64(s.NumKeys), i64(s.From)),
				out...)
		})
	}
	if s.Positions {
		d := out[len(out)-1].DType
		x = append(slices.Clone(x),
			lowerFun(e, nil, func([]*Value) []*Value { return []*Value{Iota(d, shape, s.Axis)} })...)
	}
	if n >= 2 && size > 0 {
		x = s.write(e, x)
	}
	return x[s.From:]
}

func (s sortOp) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	y, at := alignBatch(c, x, d)
	h := s
	if at <= s.Axis {
		h.Axis++
	}
	z := trace.Bind(h, y...)
	return z, repeated(at, len(z))
}

// JVP takes the tangents from the positions that the elements come from.
func (s sortOp) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if !anyTangent(t[s.From:]) {
		return jvpZero(c, x)
	}
	h := s
	h.Positions = true
	y := trace.Bind(h, x...)
	from := y[len(y)-1]
	if !s.Positions {
		y = y[:len(y)-1]
	}
	yt := make([]*Value, len(y))
	for i, g := range t[s.From:] {
		if g != nil {
			yt[i] = takeAlong(g, from, s.Axis)
		}
	}
	return y, yt
}

// write writes XLA's own sort, with the comparison that it is by.
func (s sortOp) write(e trace.Emitter, x []trace.Operand) []trace.Operand {
	var in, out []ir.Aval
	for _, o := range x {
		t := ir.Scalar(o.Aval.DType)
		in, out = append(in, t, t), append(out, o.Aval)
	}
	less := e.Region(in, func(a []trace.Operand) []trace.Operand {
		return lowerFun(e, a, func(v []*Value) []*Value { return []*Value{lexicalLess(v[:2*s.NumKeys])} })
	})
	return e.OpRegions("stablehlo.sort", x, fmt.Sprintf("dimension = %s, is_stable = %t", i64(s.Axis), s.Stable),
		[]trace.Region{less}, out...)
}

// lexicalLess compares pairs of scalars, the first the most significant.
func lexicalLess(v []*Value) *Value {
	var x, y []*Value
	for i := 0; i < len(v); i += 2 {
		x, y = append(x, sortKeys(v[i])...), append(y, sortKeys(v[i+1])...)
	}
	last := len(x) - 1
	less := Lt(x[last], y[last])
	for i := last - 1; i >= 0; i-- {
		less = Or(Lt(x[i], y[i]), And(Eq(x[i], y[i]), less))
	}
	return less
}

// sortKeys are integers by which x is compared, the most significant first.
func sortKeys(x *Value) []*Value {
	switch d := x.DType(); {
	case d.IsComplex():
		return []*Value{OrderKey(Real(x)), OrderKey(Imag(x))}
	case d.IsFloat():
		return []*Value{OrderKey(x)}
	}
	return []*Value{x}
}

// takeAlong has at each place the element of x at the position along axis that from has there; all are within bounds.
func takeAlong(x, from *Value, axis int) *Value {
	shape := x.Shape()
	if from.Aval().Size() == 0 {
		return Zeros(x.Aval().With(from.Shape()))
	}
	others := rest(len(shape), []int{axis})
	dims := GatherDims{CollapsedSliceDims: []int{axis}, StartIndexMap: []int{axis}, OperandBatchingDims: others,
		StartIndicesBatchingDims: others}
	return Gather(x, ExpandDims(from, []int{len(shape)}), dims, repeated(1, len(shape)),
		GatherOptions{Mode: PromiseInBounds, UniqueIndices: true})
}
