package lax

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type sortOp struct {
	Axis    int
	Stable  bool
	NumKeys int
}

func (sortOp) Name() string { return "sort" }

// Sort sorts arrays of one shape together along axis, by the first numKeys of them, one after the other, as lax.sort. Floats
// are in the order -inf to +inf, then NaNs; -0 and +0, and all NaNs, count as equal; complex numbers go by their real, then
// their imaginary parts. stable keeps equal elements in order.
func Sort(xs []*Value, axis int, stable bool, numKeys int) []*Value {
	return trace.Bind(sortOp{axis, stable, numKeys}, xs...)
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
			return nil, fmt.Errorf("takes arrays of one shape, not %s and %s", ir.ShapeString(in[0].Shape), ir.ShapeString(a.Shape))
		}
	}
	if err := checkAxes("axis", []int{s.Axis}, in[0].Rank()); err != nil {
		return nil, err
	}
	return append([]ir.Aval(nil), in...), nil
}

func (s sortOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	size := x[0].Aval.Size()
	if x[0].Aval.Shape[s.Axis] < 2 || size == 0 {
		return x
	}
	if len(x) == 1 && size >= nativeSort && x[0].Aval.DType.IsFloat() && e.Platform() == "cpu" {
		return s.lowerByBits(e, x)
	}
	return s.write(e, x, e.Out())
}

// write writes the sort itself, with the comparison that it is by.
func (s sortOp) write(e trace.Emitter, x []trace.Operand, out []ir.Aval) []trace.Operand {
	var in []ir.Aval
	for _, o := range x {
		t := ir.Scalar(o.Aval.DType)
		in = append(in, t, t)
	}
	less := e.Region(in, func(a []trace.Operand) []trace.Operand {
		return lowerFun(e, a, func(v []*Value) []*Value { return []*Value{lexicalLess(v[:2*s.NumKeys])} })
	})
	return e.OpRegions("stablehlo.sort", x, fmt.Sprintf("dimension = %s, is_stable = %t", i64(s.Axis), s.Stable), []trace.Region{less}, out...)
}

// nativeSort is the size from which floats are sorted by their bits on CPUs. XLA sorts an array by its elements' own < natively:
// 4e6 int32 take a fifth of the time of 4e6 float32 under a comparison of several operations.
const nativeSort = 1 << 12

// lowerByBits sorts the integers that are ordered as floats are, -0 before +0. As those two count as equal, which only shows
// where there is a -0, the floats themselves are compared then.
func (s sortOp) lowerByBits(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()
	prep := lowerFun(e, x, func(v []*Value) []*Value {
		x := v[0]
		x = Select(Ne(x, x), FullLike(x, math.NaN()), x)
		b := Bitcast(x, signedOf(x.DType()))
		least := monoidMax.identity(b.DType())
		return []*Value{flipNegative(b), ReduceOr(Eq(b, Full(b.Shape(), least)), arange(0, x.Rank()))}
	})
	compared := e.Region(nil, func([]trace.Operand) []trace.Operand { return s.write(e, x, out) })
	native := e.Region(nil, func([]trace.Operand) []trace.Operand {
		k := s.write(e, prep[:1], []ir.Aval{prep[0].Aval})
		return lowerFun(e, k, func(v []*Value) []*Value { return []*Value{Bitcast(flipNegative(v[0]), out[0].DType)} })
	})
	return e.OpRegions("stablehlo.if", prep[1:], "", []trace.Region{compared, native}, out...)
}

// signedOf is the signed integer type as wide as d.
func signedOf(d ir.DType) ir.DType {
	return map[int]ir.DType{16: ir.Int16, 32: ir.Int32, 64: ir.Int64}[d.Bits()]
}

// flipNegative turns the bits of floats into integers in the same order, and back: all but the sign of negative ones flip.
func flipNegative(b *Value) *Value {
	d := b.DType()
	shift := Full(b.Shape(), ir.IntLit(int64(d.Bits()-1), d))
	return Xor(b, And(ShiftRightArithmetic(b, shift), Full(b.Shape(), monoidMin.identity(d))))
}

// lexicalLess compares pairs of scalars, the first the most significant.
func lexicalLess(v []*Value) *Value {
	var x, y []*Value
	for i := 0; i < len(v); i += 2 {
		if d := v[i].DType(); d.IsComplex() {
			x = append(x, sortKey(Real(v[i])), sortKey(Imag(v[i])))
			y = append(y, sortKey(Real(v[i+1])), sortKey(Imag(v[i+1])))
		} else {
			x, y = append(x, sortKey(v[i])), append(y, sortKey(v[i+1]))
		}
	}
	last := len(x) - 1
	less := LtTo(x[last], y[last])
	for i := last - 1; i >= 0; i-- {
		less = Or(LtTo(x[i], y[i]), And(EqTo(x[i], y[i]), less))
	}
	return less
}

// sortKey makes all zeros, and all NaNs, of a float one, for comparison in the total order.
func sortKey(x *Value) *Value {
	if !x.DType().IsFloat() {
		return x
	}
	zero := ZerosLike(x)
	x = Select(Eq(x, zero), zero, x)
	return Select(Ne(x, x), FullLike(x, math.NaN()), x)
}

func (s sortOp) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	y, at := alignBatch(c, x, d)
	h := s
	if at <= s.Axis {
		h.Axis++
	}
	return trace.Bind(h, y...), repeated(at, len(y))
}

// JVP sorts the positions along and takes the tangents from there.
func (s sortOp) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if !anyTangent(t) {
		return jvpZero(c, x)
	}
	shape := x[0].Shape()
	index := ir.Int32
	if shape[s.Axis] > math.MaxInt32 {
		index = ir.Int64
	}
	y := c.Self(append(append([]*Value{}, x...), Iota(index, shape, s.Axis))...)
	from := ExpandDims(y[len(x)], []int{len(shape)})
	others := rest(len(shape), []int{s.Axis})
	dims := GatherDims{CollapsedSliceDims: []int{s.Axis}, StartIndexMap: []int{s.Axis},
		OperandBatchingDims: others, StartIndicesBatchingDims: others}
	sizes := make([]int, len(shape))
	for i, n := range shape {
		sizes[i] = min(n, 1)
	}
	yt := make([]*Value, len(x))
	for i, g := range t {
		if g != nil {
			if ir.SizeOf(shape) == 0 {
				yt[i] = g
				continue
			}
			yt[i] = Gather(g, from, dims, sizes, GatherOptions{Mode: PromiseInBounds, UniqueIndices: true})
		}
	}
	return y[:len(x)], yt
}
