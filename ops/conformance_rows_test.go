package ops_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

// m makes a float64 array of the given shape.
func m(shape []int, v ...float64) arr { return nums(ir.Float64, shape, v...) }

// s makes an int32 scalar.
func s(v float64) arr { return nums(ir.Int32, []int{}, v) }

func flag(v float64) arr { return nums(ir.Bool, []int{}, v) }

func f64(shape []int, start float64) arr {
	a := ramp(ir.Float64, 0, 0, shape...)
	for i := range a.e {
		a.e[i] = ir.FloatLit(math.Sin(start+1.7*float64(i))+0.1*math.Cos(11*float64(i)), ir.Float64)
	}
	return a
}

func c128(shape []int, start float64) arr {
	re, im := f64(shape, start), f64(shape, start+0.3)
	out := arr{d: ir.Complex128, shape: shape}
	for i := range re.e {
		out.e = append(out.e, ir.ComplexLit(complex(re.e[i].Float(), im.e[i].Float()), ir.Complex128))
	}
	return out
}

type structuralRow struct {
	name   string
	f      fn
	in     []arr
	want   arr
	linear []int // operands whose transpose is tested, where f is one equation
}

func shape(n ...int) []int { return append([]int{}, n...) }

var (
	m23 = m(shape(2, 3), 1, 2, 3, 4, 5, 6)
	m33 = m(shape(3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9)
	e03 = m(shape(0, 3))
)

func one(f func(x *trace.Value) *trace.Value) fn { return f1(f) }

var structuralRows = []structuralRow{
	{"broadcast scalar", one(func(x *trace.Value) *trace.Value { return ops.BroadcastInDim(x, shape(2, 2), nil) }),
		[]arr{m(shape(), 7)}, m(shape(2, 2), 7, 7, 7, 7), []int{0}},
	{"broadcast rows", one(func(x *trace.Value) *trace.Value { return ops.BroadcastInDim(x, shape(3, 2), shape(1)) }),
		[]arr{m(nil, 1, 2)}, m(shape(3, 2), 1, 2, 1, 2, 1, 2), []int{0}},
	{"broadcast size 1",
		one(func(x *trace.Value) *trace.Value { return ops.BroadcastInDim(x, shape(2, 3, 2), shape(0, 2)) }),
		[]arr{m(shape(2, 1), 1, 2)}, m(shape(2, 3, 2), 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2), []int{0}},
	{"broadcast to nothing",
		one(func(x *trace.Value) *trace.Value { return ops.BroadcastInDim(x, shape(0, 2), shape(1)) }),
		[]arr{m(nil, 1, 2)}, m(shape(0, 2)), []int{0}},
	{"broadcast leading", one(func(x *trace.Value) *trace.Value { return ops.Broadcast(x, shape(2)) }),
		[]arr{m(nil, 1, 2)}, m(shape(2, 2), 1, 2, 1, 2), []int{0}},
	{"expand_dims", one(func(x *trace.Value) *trace.Value { return ops.ExpandDims(x, []int{0, -1}) }),
		[]arr{m(nil, 1, 2)}, m(shape(1, 2, 1), 1, 2), []int{0}},
	{"reshape", one(func(x *trace.Value) *trace.Value { return ops.Reshape(x, shape(3, 2)) }),
		[]arr{m23}, m(shape(3, 2), 1, 2, 3, 4, 5, 6), []int{0}},
	{"reshape behind an axis", one(func(x *trace.Value) *trace.Value { return ops.Reshape(x, shape(2, 3, 1)) }),
		[]arr{m23}, m(shape(2, 3, 1), 1, 2, 3, 4, 5, 6), []int{0}},
	{"reshape to scalar", one(func(x *trace.Value) *trace.Value { return ops.Reshape(x, nil) }),
		[]arr{m(shape(1, 1), 5)}, m(shape(), 5), []int{0}},
	{"reshape of nothing", one(func(x *trace.Value) *trace.Value { return ops.Reshape(x, shape(5, 0, 2)) }),
		[]arr{e03}, m(shape(5, 0, 2)), nil},
	{"squeeze", one(func(x *trace.Value) *trace.Value { return ops.Squeeze(x, []int{-1, 0}) }),
		[]arr{m(shape(1, 2, 1), 1, 2)}, m(nil, 1, 2), []int{0}},
	{"transpose", one(func(x *trace.Value) *trace.Value { return ops.Transpose(x, []int{1, 0}) }),
		[]arr{m23}, m(shape(3, 2), 1, 4, 2, 5, 3, 6), []int{0}},
	{"transpose 3", one(func(x *trace.Value) *trace.Value { return ops.Transpose(x, []int{2, 0, 1}) }),
		[]arr{m(shape(1, 2, 3), 1, 2, 3, 4, 5, 6)}, m(shape(3, 1, 2), 1, 4, 2, 5, 3, 6), []int{0}},
	{"rev", one(func(x *trace.Value) *trace.Value { return ops.Rev(x, []int{1}) }),
		[]arr{m23}, m(shape(2, 3), 3, 2, 1, 6, 5, 4), []int{0}},
	{"concatenate", func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.Concatenate(x, 1)} },
		[]arr{m23, m(shape(2, 1), 7, 8)}, m(shape(2, 4), 1, 2, 3, 7, 4, 5, 6, 8), []int{0, 1}},
	{"concatenate nothing", func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.Concatenate(x, 0)} },
		[]arr{e03, m(shape(1, 3), 7, 8, 9)}, m(shape(1, 3), 7, 8, 9), []int{1}},
	{"split", one(func(x *trace.Value) *trace.Value {
		parts := ops.Split(x, shape(1, 0, 2), 1)
		return ops.Concatenate([]*trace.Value{parts[2], parts[1], parts[0]}, 1)
	}), []arr{m23}, m(shape(2, 3), 2, 3, 1, 5, 6, 4), nil},
	{"split and half used", one(func(x *trace.Value) *trace.Value { return ops.Split(x, shape(1, 1), 0)[1] }),
		[]arr{m23}, m(shape(1, 3), 4, 5, 6), nil},
	{"pad", f2(func(x, v *trace.Value) *trace.Value { return ops.Pad(x, v, shape(1, 0), shape(0, 2), shape(0, 1)) }),
		[]arr{m(shape(1, 2), 1, 2), m(shape(), 9)}, m(shape(2, 5), 9, 9, 9, 9, 9, 1, 9, 2, 9, 9), []int{0, 1}},
	{"pad negative", f2(func(x, v *trace.Value) *trace.Value { return ops.Pad(x, v, shape(-1), shape(1), shape(1)) }),
		[]arr{m(nil, 1, 2, 3), m(shape(), 9)}, m(nil, 9, 2, 9, 3, 9), []int{0, 1}},
	{"pad nothing", f2(func(x, v *trace.Value) *trace.Value { return ops.Pad(x, v, shape(1), shape(1), shape(2)) }),
		[]arr{m(shape(0)), m(shape(), 9)}, m(nil, 9, 9), []int{1}},
	{"slice", one(func(x *trace.Value) *trace.Value { return ops.Slice(x, shape(0, 1), shape(3, 3), shape(2, 1)) }),
		[]arr{m33}, m(shape(2, 2), 2, 3, 8, 9), []int{0}},
	{"slice to nothing", one(func(x *trace.Value) *trace.Value { return ops.Slice(x, shape(1, 1), shape(1, 3), nil) }),
		[]arr{m33}, m(shape(0, 2)), []int{0}},
	{"slice_in_dim", one(func(x *trace.Value) *trace.Value { return ops.SliceInDim(x, -2, 3, 1, -1) }),
		[]arr{m33}, m(shape(3, 2), 2, 3, 5, 6, 8, 9), []int{0}},
	{"slice_in_dim, negative limit", one(func(x *trace.Value) *trace.Value { return ops.SliceInDim(x, -3, -1, 2, 0) }),
		[]arr{m33}, m(shape(1, 3), 1, 2, 3), []int{0}},
	{"slice_in_dim at the end", one(func(x *trace.Value) *trace.Value { return ops.SliceInDim(x, 3, 3, 1, 1) }),
		[]arr{m33}, m(shape(3, 0)), []int{0}},
	{"slice_in_dim to the beginning", one(func(x *trace.Value) *trace.Value { return ops.SliceInDim(x, 0, -3, 1, 0) }),
		[]arr{m33}, m(shape(0, 3)), []int{0}},
	{"slice_in_dim, long stride", one(func(x *trace.Value) *trace.Value { return ops.SliceInDim(x, 0, 3, 7, 0) }),
		[]arr{m33}, m(shape(1, 3), 1, 2, 3), []int{0}},
	{"index_in_dim, first", one(func(x *trace.Value) *trace.Value { return ops.IndexInDim(x, -3, -1, false) }),
		[]arr{m33}, m(nil, 1, 4, 7), nil},
	{"index_in_dim", one(func(x *trace.Value) *trace.Value { return ops.IndexInDim(x, -1, 0, false) }),
		[]arr{m33}, m(nil, 7, 8, 9), nil},
	{"index_in_dim keep", one(func(x *trace.Value) *trace.Value { return ops.IndexInDim(x, 1, 1, true) }),
		[]arr{m33}, m(shape(3, 1), 2, 5, 8), []int{0}},
	{"dynamic_slice", func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.DynamicSlice(x[0], x[1:], shape(2, 1))}
	}, []arr{m33, s(1), s(2)}, m(shape(2, 1), 6, 9), nil},
	{"dynamic_slice clamped", func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.DynamicSlice(x[0], x[1:], shape(2, 1))}
	}, []arr{m33, s(5), s(-1)}, m(shape(2, 1), 6, 9), nil},
	{"dynamic_slice unsigned", func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.DynamicSlice(x[0], x[1:], shape(1, 3))}
	}, []arr{m33, nums(ir.Uint32, []int{}, 1), nums(ir.Uint32, []int{}, 0)}, m(shape(1, 3), 4, 5, 6), []int{0}},
	{"dynamic_slice of bytes", func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.DynamicSlice(x[0], x[1:], shape(1, 3))}
	}, []arr{m33, nums(ir.Int8, []int{}, -3), nums(ir.Uint8, []int{}, 0)}, m(shape(1, 3), 1, 2, 3), nil},
	{"dynamic_index_in_dim", f2(func(x, i *trace.Value) *trace.Value { return ops.DynamicIndexInDim(x, i, -1, false) }),
		[]arr{m33, s(1)}, m(nil, 2, 5, 8), nil},
	{"dynamic_index_in_dim, clamped",
		f2(func(x, i *trace.Value) *trace.Value { return ops.DynamicIndexInDim(x, i, 0, true) }),
		[]arr{m33, s(7)}, m(shape(1, 3), 7, 8, 9), nil},
	{"dynamic_slice_in_dim, clamped",
		f2(func(x, i *trace.Value) *trace.Value { return ops.DynamicSliceInDim(x, i, 2, -1) }),
		[]arr{m33, s(-9)}, m(shape(3, 2), 1, 2, 4, 5, 7, 8), nil},
	{"dynamic_slice_in_dim, negative",
		f2(func(x, i *trace.Value) *trace.Value { return ops.DynamicSliceInDim(x, i, 2, 0) }),
		[]arr{m33, s(-1)}, m(shape(2, 3), 4, 5, 6, 7, 8, 9), nil},
	{"dynamic_update_slice_in_dim, clamped",
		f3(func(x, u, i *trace.Value) *trace.Value { return ops.DynamicUpdateSliceInDim(x, u, i, -1) }),
		[]arr{m23, m(shape(1, 2), 8, 9), s(5)}, m(shape(2, 3), 1, 8, 9, 4, 5, 6), nil},
	{"dynamic_update_slice", func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.DynamicUpdateSlice(x[0], x[1], x[2:])}
	}, []arr{m23, m(shape(1, 2), 8, 9), s(-1), s(2)}, m(shape(2, 3), 1, 2, 3, 4, 8, 9), nil},
	{"dynamic_update_slice unsigned", func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.DynamicUpdateSlice(x[0], x[1], x[2:])}
	}, []arr{m23, m(shape(1, 2), 8, 9), nums(ir.Uint32, []int{}, 0), nums(ir.Uint32, []int{}, 1)},
		m(shape(2, 3), 1, 8, 9, 4, 5, 6), []int{0, 1}},
	{"dynamic_update_index_in_dim",
		f3(func(x, u, i *trace.Value) *trace.Value { return ops.DynamicUpdateIndexInDim(x, u, i, 1) }),
		[]arr{m23, m(nil, 8, 9), s(0)}, m(shape(2, 3), 8, 2, 3, 9, 5, 6), nil},
	{"select", f3(ops.Select), []arr{vec(ir.Bool, 1, 0), m(nil, 1, 2), m(nil, 3, 4)}, m(nil, 1, 4), []int{1, 2}},
	{"select by scalar", f3(ops.Select), []arr{flag(0), m(nil, 1, 2), m(nil, 3, 4)}, m(nil, 3, 4), []int{1}},
	{"select of scalars", f3(ops.Select), []arr{flag(1), m(shape(), 1), m(shape(), 3)}, m(shape(), 1), []int{1}},
	{"clamp", f3(ops.Clamp), []arr{m(nil, 0, 0, 0), m(nil, -1, 0.5, 2), m(nil, 1, 1, 1)}, m(nil, 0, 0.5, 1), nil},
	{"clamp by scalars", f3(ops.Clamp), []arr{m(shape(), 0), m(nil, -1, 0.5, 2), m(shape(), 1)}, m(nil, 0, 0.5, 1),
		nil},
	{"iota like", one(func(x *trace.Value) *trace.Value { return ops.Add(x, ops.Iota(ir.Float64, shape(2, 3), 1)) }),
		[]arr{m23}, m(shape(2, 3), 1, 3, 5, 4, 6, 8), nil},
	{"full", one(func(x *trace.Value) *trace.Value {
		return ops.Add(x, ops.Full(shape(2, 3), ir.FloatLit(2, ir.Float64)))
	}),
		[]arr{m23}, m(shape(2, 3), 3, 4, 5, 6, 7, 8), nil},
	{"optimization_barrier", func(x []*trace.Value) []*trace.Value { return ops.OptimizationBarrier(x...)[:1] },
		[]arr{m23, m(nil, 1)}, m23, nil},
}

func TestStructural(t *testing.T) {
	var kinds sample.Kinds
	for _, r := range structuralRows {
		var names []string
		for _, e := range program(t, r.f, avals(r.in)).Eqns {
			names = append(names, e.Op.Name())
		}
		again := !kinds.Add(names...)
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			onBench(t, func(b *bench) {
				b.again = again
				b.values(r.f, r.in, func(got []arr) {
					if d := got[0].closeTo(r.want, 0); d != "" {
						t.Error(d)
					}
				})
				b.vmap(r.f, r.in)
				b.jvp(r.f, r.in)
				if r.linear != nil {
					b.transpose(r.f, r.in, r.linear...)
				}
			})
		})
	}
}
