package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// slice takes the elements Start, Start+Strides, ... below Limit along every axis.
type slice struct{ Start, Limit, Strides []int }

func (slice) Name() string { return "slice" }

// Slice is x[start:limit:strides] with one entry an axis, 0 <= start <= limit <= size and strides of 1 or more (nil:
// all 1). x itself is returned where that is all of it.
func Slice(x *Value, start, limit, strides []int) *Value {
	if strides == nil {
		strides = repeated(1, x.Rank())
	}
	if slices.Equal(limit, x.Shape()) && len(start) == len(limit) && len(strides) == len(limit) &&
		allEqual(start, 0) && allEqual(strides, 1) {
		return x
	}
	return one(slice{own(start), own(limit), own(strides)}, x)
}

// SliceInDim slices along one axis, which may be negative (jax.lax.slice_in_dim). A start or limit that is negative
// counts from the end; then 0 <= start <= limit <= size must hold, for nothing is clipped, and the stride is at least
// 1.
func SliceInDim(x *Value, start, limit, stride, axis int) *Value {
	const op = "slice_in_dim"
	a := axisOf(op, x, axis)
	n := x.Shape()[a]
	fromEnd := func(i int) int {
		if i < 0 {
			return i + n
		}
		return i
	}
	lo := repeated(0, x.Rank())
	hi := slices.Clone(x.Shape())
	by := repeated(1, x.Rank())
	lo[a], hi[a], by[a] = fromEnd(start), fromEnd(limit), stride
	switch {
	case lo[a] < 0 || hi[a] < 0 || hi[a] > n:
		trace.Fail(op, []ir.Aval{x.Aval()}, "start %d and limit %d are not within the size %d of axis %d; slices are "+
			"not clipped, limit them with min and max", start, limit, n, axis)
	case lo[a] > hi[a]:
		trace.Fail(op, []ir.Aval{x.Aval()}, "start %d lies behind limit %d of axis %d, of size %d", start, limit, axis,
			n)
	case stride < 1:
		trace.Fail(op, []ir.Aval{x.Aval()}, "the stride %d of axis %d is not positive; reverse with lax.Rev", stride,
			axis)
	}
	return Slice(x, lo, hi, by)
}

// IndexInDim is x at position i of one axis, which stays, of size 1, if keep. Both may be negative; i must be in range.
func IndexInDim(x *Value, i, axis int, keep bool) *Value {
	a := axisOf("index_in_dim", x, axis)
	n := x.Shape()[a]
	if i < -n || i >= n {
		trace.Fail("index_in_dim", []ir.Aval{x.Aval()}, "index %d is out of range for axis %d of size %d", i, axis, n)
	}
	if i < 0 {
		i += n
	}
	y := SliceInDim(x, i, i+1, 1, a)
	if keep {
		return y
	}
	return Squeeze(y, []int{a})
}

func (o slice) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	a := in[0]
	if r := len(a.Shape); len(o.Start) != r || len(o.Limit) != r || len(o.Strides) != r {
		return nil, fmt.Errorf("start %v, limit %v and strides %v must have one entry for each axis of shape %s",
			o.Start, o.Limit, o.Strides, ir.ShapeString(a.Shape))
	}
	shape := make([]int, len(a.Shape))
	for i, n := range a.Shape {
		lo, hi, by := o.Start[i], o.Limit[i], o.Strides[i]
		switch {
		case by < 1:
			return nil, fmt.Errorf("the stride %d of axis %d is not positive; reverse with lax.Rev", by, i)
		case lo < 0 || lo > hi || hi > n:
			return nil, fmt.Errorf("start %d and limit %d of axis %d are not within its size %d", lo, hi, i, n)
		}
		shape[i] = (hi - lo + by - 1) / by
	}
	return []ir.Aval{a.With(shape)}, nil
}

func (o slice) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.slice", x, sliceAttrs(o.Start, o.Limit, o.Strides))
}

func sliceAttrs(start, limit, strides []int) string {
	return attrs("limit_indices = "+i64s(limit), "start_indices = "+i64s(start), "strides = "+i64s(strides))
}

func (o slice) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	b := d[0]
	o = slice{inserted(o.Start, b, 0), inserted(o.Limit, b, c.AxisSize()), inserted(o.Strides, b, 1)}
	return []*Value{one(o, x[0])}, d
}

func (slice) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

// Transpose puts zeros around and between.
func (o slice) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value {
		r := len(o.Start)
		hi, interior := make([]int, r), make([]int, r)
		for i, n := range ct.Shape() {
			used := 0
			if n > 0 {
				used = (n-1)*o.Strides[i] + 1
			}
			hi[i] = x[0].Aval.Shape[i] - o.Start[i] - used
			interior[i] = o.Strides[i] - 1
		}
		return Pad(ct, zeroOf(ct), o.Start, hi, interior)
	})
}
