package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// m makes a float64 array of the given shape.
func m(shape []int, v ...float64) arr { return nums(ir.Float64, shape, v...) }

// s makes an int32 scalar.
func s(v float64) arr { return nums(ir.Int32, []int{}, v) }

func flag(v float64) arr { return nums(ir.Bool, []int{}, v) }

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
	{"broadcast size 1", one(func(x *trace.Value) *trace.Value { return ops.BroadcastInDim(x, shape(2, 3, 2), shape(0, 2)) }),
		[]arr{m(shape(2, 1), 1, 2)}, m(shape(2, 3, 2), 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2), []int{0}},
	{"broadcast to nothing", one(func(x *trace.Value) *trace.Value { return ops.BroadcastInDim(x, shape(0, 2), shape(1)) }),
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
	{"dynamic_index_in_dim, clamped", f2(func(x, i *trace.Value) *trace.Value { return ops.DynamicIndexInDim(x, i, 0, true) }),
		[]arr{m33, s(7)}, m(shape(1, 3), 7, 8, 9), nil},
	{"dynamic_slice_in_dim, clamped", f2(func(x, i *trace.Value) *trace.Value { return ops.DynamicSliceInDim(x, i, 2, -1) }),
		[]arr{m33, s(-9)}, m(shape(3, 2), 1, 2, 4, 5, 7, 8), nil},
	{"dynamic_slice_in_dim, negative", f2(func(x, i *trace.Value) *trace.Value { return ops.DynamicSliceInDim(x, i, 2, 0) }),
		[]arr{m33, s(-1)}, m(shape(2, 3), 4, 5, 6, 7, 8, 9), nil},
	{"dynamic_update_slice_in_dim, clamped", f3(func(x, u, i *trace.Value) *trace.Value { return ops.DynamicUpdateSliceInDim(x, u, i, -1) }),
		[]arr{m23, m(shape(1, 2), 8, 9), s(5)}, m(shape(2, 3), 1, 8, 9, 4, 5, 6), nil},
	{"dynamic_update_slice", func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.DynamicUpdateSlice(x[0], x[1], x[2:])}
	}, []arr{m23, m(shape(1, 2), 8, 9), s(-1), s(2)}, m(shape(2, 3), 1, 2, 3, 4, 8, 9), nil},
	{"dynamic_update_slice unsigned", func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.DynamicUpdateSlice(x[0], x[1], x[2:])}
	}, []arr{m23, m(shape(1, 2), 8, 9), nums(ir.Uint32, []int{}, 0), nums(ir.Uint32, []int{}, 1)}, m(shape(2, 3), 1, 8, 9, 4, 5, 6), []int{0, 1}},
	{"dynamic_update_index_in_dim", f3(func(x, u, i *trace.Value) *trace.Value { return ops.DynamicUpdateIndexInDim(x, u, i, 1) }),
		[]arr{m23, m(nil, 8, 9), s(0)}, m(shape(2, 3), 8, 2, 3, 9, 5, 6), nil},
	{"select", f3(ops.Select), []arr{vec(ir.Bool, 1, 0), m(nil, 1, 2), m(nil, 3, 4)}, m(nil, 1, 4), []int{1, 2}},
	{"select by scalar", f3(ops.Select), []arr{flag(0), m(nil, 1, 2), m(nil, 3, 4)}, m(nil, 3, 4), []int{1}},
	{"select of scalars", f3(ops.Select), []arr{flag(1), m(shape(), 1), m(shape(), 3)}, m(shape(), 1), []int{1}},
	{"clamp", f3(ops.Clamp), []arr{m(nil, 0, 0, 0), m(nil, -1, 0.5, 2), m(nil, 1, 1, 1)}, m(nil, 0, 0.5, 1), nil},
	{"clamp by scalars", f3(ops.Clamp), []arr{m(shape(), 0), m(nil, -1, 0.5, 2), m(shape(), 1)}, m(nil, 0, 0.5, 1), nil},
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
	for _, r := range structuralRows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			if d := runBoth(t, r.f, r.in)[0].closeTo(r.want, 0); d != "" {
				t.Error(d)
			}
			checkVmap(t, r.f, r.in)
			checkJVP(t, r.f, r.in)
			if r.linear != nil {
				checkTranspose(t, r.f, r.in, r.linear...)
			}
		})
	}
}

// Mapped axes stay where they are, where nothing forces them to move.
func TestBatchKeepsAxes(t *testing.T) {
	for _, r := range structuralRows {
		if len(r.in) != 1 || len(r.in[0].shape) == 0 {
			continue
		}
		p := program(t, r.f, avals(r.in))
		if len(p.Eqns) != 1 {
			continue
		}
		last := len(r.in[0].shape)
		batched, _ := trace.Trace("vmap", []ir.Aval{{Shape: append(shape(r.in[0].shape...), 4), DType: ir.Float64}}, func(x []*trace.Value) []*trace.Value {
			op := p.Eqns[0].Op
			y, _ := op.(trace.Batcher).Batch(batchCtx{op: op, n: 4}, x, []int{last})
			return y
		})
		moves := 0
		for _, e := range batched.Eqns {
			if e.Op.Name() == "transpose" {
				moves++
			}
		}
		want := 0
		if p.Eqns[0].Op.Name() == "transpose" {
			want = 1
		}
		if moves != want {
			t.Errorf("%s: %d transposes, want %d:\n%v", r.name, moves, want, batched)
		}
	}
}

type batchCtx struct {
	trace.BatchCtx
	op ir.Op
	n  int
}

func (c batchCtx) AxisSize() int                         { return c.n }
func (c batchCtx) Self(x ...*trace.Value) []*trace.Value { return trace.Bind(c.op, x...) }

func TestCreation(t *testing.T) {
	for _, d := range every {
		zeros := getAll([]*trace.Value{ops.Zeros(ir.Aval{Shape: shape(2), DType: d}), ops.Ones(ir.Aval{Shape: shape(2), DType: d})})
		if e := zeros[0].closeTo(vec(d, 0, 0), 0); e != "" {
			t.Error(e)
		}
		if e := zeros[1].closeTo(vec(d, 1, 1), 0); e != "" {
			t.Error(e)
		}
		if d == ir.Bool {
			wantFail(t, func() { ops.Iota(d, shape(2), 0) }, "iota", "bool")
			continue
		}
		if e := get(ops.Iota(d, shape(2, 3), 1)).closeTo(nums(d, shape(2, 3), 0, 1, 2, 0, 1, 2), 0); e != "" {
			t.Error(e)
		}
	}
	if e := get(ops.Full(shape(0, 2), ir.IntLit(3, ir.Int8))).closeTo(nums(ir.Int8, shape(0, 2)), 0); e != "" {
		t.Error(e)
	}
	if e := get(ops.FullLike(m23.put(), -0.5)).closeTo(m(shape(2, 3), -0.5, -0.5, -0.5, -0.5, -0.5, -0.5), 0); e != "" {
		t.Error(e)
	}
}

func TestConvert(t *testing.T) {
	values := []float64{0, 1, 3.7, -2.5, 100}
	for _, from := range every {
		in := vec(from, values...)
		if from.IsUnsigned() || from == ir.Bool {
			in = vec(from, 0, 1, 3, 100)
		}
		for _, to := range every {
			if to.IsUnsigned() && !(from.IsUnsigned() || from == ir.Bool) {
				continue // negative numbers: below
			}
			f := one(func(x *trace.Value) *trace.Value { return ops.Convert(x, to) })
			want := arr{d: to, shape: in.shape}
			for _, l := range in.e {
				if to == ir.Bool {
					want.e = append(want.e, ir.BoolLit(l.Complex() != 0))
				} else {
					want.e = append(want.e, l.Convert(to))
				}
			}
			if e := get(f([]*trace.Value{in.put()})[0]).closeTo(want, 0); e != "" {
				t.Errorf("%v to %v: %s", from, to, e)
			}
		}
	}
	f := one(func(x *trace.Value) *trace.Value { return ops.Convert(x, ir.Bool) })
	if e := runBoth(t, f, []arr{vec(ir.Float32, 0.5, 0, nan)})[0].closeTo(vec(ir.Bool, 1, 0, 1), 0); e != "" {
		t.Error(e)
	}
	wrap := one(func(x *trace.Value) *trace.Value { return ops.Convert(x, ir.Uint8) })
	if e := runBoth(t, wrap, []arr{vec(ir.Int32, -1, 256, 300)})[0].closeTo(vec(ir.Uint8, 255, 0, 44), 0); e != "" {
		t.Error(e)
	}
	half := one(func(x *trace.Value) *trace.Value { return ops.Convert(x, ir.Float32) })
	checkVmap(t, half, []arr{m23})
	checkTranspose(t, half, []arr{vec(ir.Float64, 1, 2)}, 0)
}

// A literal converted while tracing is what XLA makes of it at run time.
func TestConvertLiteral(t *testing.T) {
	for _, from := range every {
		for _, to := range every {
			for _, v := range []float64{0, 1, 3.7, -2.5, 1e10} {
				if from == ir.Bool && v > 1 || from.IsUnsigned() && v < 0 || from.IsInteger() && v > 100 || from == ir.Float16 && v > 1e4 {
					continue
				}
				l := ir.FloatLit(v, from)
				got := get(ops.Convert(ops.ScalarLit(l), to))
				want := get(ops.Convert(arr{d: from, shape: shape(), e: []ir.Lit{l}}.put(), to))
				if e := got.closeTo(want, 0); e != "" {
					t.Errorf("%v %v to %v: %s", from, l, to, e)
				}
			}
		}
	}
}

func TestBitcast(t *testing.T) {
	to := func(d ir.DType) fn { return one(func(x *trace.Value) *trace.Value { return ops.Bitcast(x, d) }) }
	x := vec(ir.Uint32, 0x3f800000, 0x40490fdb)
	if e := runBoth(t, to(ir.Float32), []arr{x})[0].closeTo(vec(ir.Float32, 1, float64(float32(3.14159274))), 0); e != "" {
		t.Error(e)
	}
	bytes := runBoth(t, to(ir.Uint8), []arr{x})[0]
	if e := bytes.closeTo(nums(ir.Uint8, shape(2, 4), 0, 0, 0x80, 0x3f, 0xdb, 0x0f, 0x49, 0x40), 0); e != "" {
		t.Error(e)
	}
	if e := runBoth(t, to(ir.Uint32), []arr{bytes})[0].closeTo(x, 0); e != "" {
		t.Error(e)
	}
	checkVmap(t, to(ir.Uint8), []arr{x})
	checkVmap(t, to(ir.Uint32), []arr{bytes})
	wantFail(t, func() { ops.Bitcast(x.put(), ir.Bool) }, "bitcast_convert_type(uint32[2])", "bool")
	wantFail(t, func() { ops.Bitcast(vec(ir.Uint8, 1, 2, 3).put(), ir.Uint32) }, "last axis of size 4", "[3]")
}

func TestStructuralErrors(t *testing.T) {
	x := m23.put()
	zero := ops.ScalarLit(ir.FloatLit(0, ir.Float64))
	i := ops.ScalarLit(ir.IntLit(0, ir.Int32))
	for _, c := range []struct {
		f     func()
		parts []string
	}{
		{func() { ops.BroadcastInDim(x, shape(2, 4), shape(0, 1)) }, []string{"broadcast_in_dim(float64[2,3])", "[2,4]", "axis 1 has size 3"}},
		{func() { ops.BroadcastInDim(x, shape(3, 2), shape(1, 0)) }, []string{"must increase", "[1 0]"}},
		{func() { ops.BroadcastInDim(x, shape(3, 2), shape(0)) }, []string{"1 broadcast dimensions", "2 axes"}},
		{func() { ops.BroadcastInDim(zero, shape(1<<40, 1<<40), nil) }, []string{"more elements than can be counted"}},
		{func() { ops.BroadcastInDim(zero, shape(-1), nil) }, []string{"negative size"}},
		{func() { ops.ExpandDims(x, []int{5}) }, []string{"expand_dims(float64[2,3])", "axis 5"}},
		{func() { ops.Reshape(x, shape(4, 2)) }, []string{"reshape(float64[2,3])", "6 elements", "[4,2] of 8"}},
		{func() { ops.Reshape(x, shape(3, -1)) }, []string{"no -1", "jnp.Reshape"}},
		{func() { ops.Squeeze(x, []int{1}) }, []string{"squeeze(float64[2,3])", "size 3", "size 1"}},
		{func() { ops.Transpose(x, []int{0, 0}) }, []string{"transpose(float64[2,3])", "0 is named twice"}},
		{func() { ops.Transpose(x, []int{0}) }, []string{"has 1 axes"}},
		{func() { ops.Transpose(x, []int{0, -1}) }, []string{"-1 is out of range", "jnp"}},
		{func() { ops.Rev(x, []int{2}) }, []string{"rev(float64[2,3])", "axis 2"}},
		{func() { ops.Concatenate(nil, 0) }, []string{"concatenate", "at least one"}},
		{func() { ops.Concatenate([]*trace.Value{x, x}, 2) }, []string{"axis 2 is out of range"}},
		{func() { ops.Concatenate([]*trace.Value{x, m33.put()}, 1) }, []string{"[2,3]", "[3,3]", "axis 1"}},
		{func() { ops.Concatenate([]*trace.Value{x, nums(ir.Float32, shape(1, 3), 1, 2, 3).put()}, 0) }, []string{"float64", "operand 1 is float32"}},
		{func() { ops.Pad(x, x, shape(0, 0), shape(0, 0), shape(0, 0)) }, []string{"pad(", "scalar", "[2,3]"}},
		{func() { ops.Pad(x, i, shape(0, 0), shape(0, 0), shape(0, 0)) }, []string{"int32", "float64"}},
		{func() { ops.Pad(x, zero, shape(0), shape(0), shape(0)) }, []string{"one entry for each axis"}},
		{func() { ops.Pad(x, zero, shape(-2, 0), shape(-1, 0), shape(0, 0)) }, []string{"axis 0", "size 2"}},
		{func() { ops.Pad(x, zero, shape(0, 0), shape(0, 0), shape(-1, 0)) }, []string{"interior padding -1"}},
		{func() { ops.Slice(x, shape(0, 2), shape(2, 1), nil) }, []string{"slice(float64[2,3])", "start 2", "limit 1", "axis 1"}},
		{func() { ops.Slice(x, shape(0, 0), shape(2, 4), nil) }, []string{"limit 4", "size 3"}},
		{func() { ops.Slice(x, shape(0, 0), shape(2, 3), shape(1, 0)) }, []string{"stride 0", "axis 1", "lax.Rev"}},
		{func() { ops.Slice(x, shape(0), shape(2), nil) }, []string{"one entry for each axis"}},
		{func() { ops.SliceInDim(x, 0, 4, 1, 1) }, []string{"slice_in_dim(float64[2,3])", "limit 4", "size 3 of axis 1"}},
		{func() { ops.SliceInDim(x, -2, 100, 1, -1) }, []string{"slice_in_dim(float64[2,3])", "limit 100", "size 3 of axis -1"}},
		{func() { ops.SliceInDim(x, -4, 2, 1, 1) }, []string{"slice_in_dim(float64[2,3])", "start -4", "size 3 of axis 1"}},
		{func() { ops.SliceInDim(x, 0, -4, 1, 1) }, []string{"slice_in_dim(float64[2,3])", "limit -4"}},
		{func() { ops.SliceInDim(x, 4, 4, 1, 1) }, []string{"slice_in_dim(float64[2,3])", "start 4"}},
		{func() { ops.SliceInDim(x, 2, 1, 1, 1) }, []string{"slice_in_dim(float64[2,3])", "start 2 lies behind limit 1"}},
		{func() { ops.SliceInDim(x, 3, 0, 1, 1) }, []string{"start 3 lies behind limit 0"}},
		{func() { ops.SliceInDim(x, 0, 3, 0, 1) }, []string{"slice_in_dim(float64[2,3])", "stride 0", "lax.Rev"}},
		{func() { ops.SliceInDim(x, 0, 3, -1, 1) }, []string{"stride -1"}},
		{func() { ops.SliceInDim(x, 0, 1, 1, 2) }, []string{"slice_in_dim(float64[2,3])", "axis 2 is out of range"}},
		{func() { ops.SliceInDim(x, 0, 1, 1, -3) }, []string{"axis -3 is out of range"}},
		{func() { ops.SliceInDim(zero, 0, 1, 1, 0) }, []string{"slice_in_dim(", "0 axes"}},
		{func() { ops.IndexInDim(x, -4, 1, false) }, []string{"index_in_dim(float64[2,3])", "index -4"}},
		{func() { ops.IndexInDim(x, 3, 1, false) }, []string{"index 3", "axis 1 of size 3"}},
		{func() { ops.IndexInDim(x, 0, 2, false) }, []string{"axis 2 is out of range"}},
		{func() { ops.DynamicSlice(x, []*trace.Value{i}, shape(1, 1)) }, []string{"dynamic_slice(float64[2,3])", "2 axes, not 1"}},
		{func() { ops.DynamicSlice(x, []*trace.Value{i, zero}, shape(1, 1)) }, []string{"start 1 must be an integer scalar", "float64[]"}},
		{func() { ops.DynamicSlice(x, []*trace.Value{i, i}, shape(1, 4)) }, []string{"size 4", "size 3 of axis 1"}},
		{func() { ops.DynamicSliceInDim(x, i, 4, 1) }, []string{"dynamic_slice(float64[2,3]", "size 4", "size 3 of axis 1"}},
		{func() { ops.DynamicSliceInDim(x, i, -1, 1) }, []string{"size -1"}},
		{func() { ops.DynamicSliceInDim(x, i, 1, 2) }, []string{"dynamic_slice_in_dim(float64[2,3]", "axis 2"}},
		{func() { ops.DynamicSliceInDim(x, zero, 1, 0) }, []string{"dynamic_slice", "must be an integer scalar", "float64[]"}},
		{func() { ops.DynamicSliceInDim(x, vec(ir.Int32, 0, 1).put(), 1, 0) }, []string{"dynamic_slice", "must be an integer scalar", "int32[2]"}},
		{func() { ops.DynamicIndexInDim(m(shape(0, 3)).put(), i, 0, false) }, []string{"dynamic_slice", "float64[0,3]", "size 1"}},
		{func() { ops.DynamicIndexInDim(x, i, 2, true) }, []string{"axis 2 is out of range"}},
		{func() { ops.DynamicUpdateSliceInDim(x, m33.put(), i, 0) }, []string{"dynamic_update_slice(float64[2,3], float64[3,3]", "does not fit"}},
		{func() { ops.DynamicUpdateSliceInDim(x, zero, i, 0) }, []string{"as many axes"}},
		{func() { ops.DynamicUpdateSliceInDim(x, x, i, 2) }, []string{"dynamic_update_slice_in_dim(float64[2,3]", "axis 2"}},
		{func() { ops.DynamicUpdateSliceInDim(x, x, vec(ir.Int32, 0, 1).put(), 0) }, []string{"must be an integer scalar", "int32[2]"}},
		{func() { ops.DynamicUpdateIndexInDim(x, zero, i, 0) }, []string{"as many axes"}},
		{func() { ops.DynamicUpdateSlice(x, m33.put(), []*trace.Value{i, i}) }, []string{"[3,3] does not fit", "[2,3]"}},
		{func() { ops.DynamicUpdateSlice(x, zero, []*trace.Value{i, i}) }, []string{"as many axes"}},
		{func() { ops.DynamicUpdateSlice(x, i, []*trace.Value{i, i}) }, []string{"int32", "float64"}},
		{func() { ops.Select(x, x, x) }, []string{"select_n(", "must be bool, not float64"}},
		{func() { ops.Select(vec(ir.Bool, 1, 0).put(), x, x) }, []string{"[2,3]", "not [2]"}},
		{func() { ops.Select(flag(1).put(), x, m33.put()) }, []string{"[2,3]", "[3,3]"}},
		{func() { ops.Clamp(vec(ir.Float64, 1, 2).put(), x, zero) }, []string{"clamp(", "lower limit", "[2]"}},
		{func() { ops.Clamp(zero, x, i) }, []string{"upper limit is int32"}},
		{func() { ops.Complex(vec(ir.Float16, 1).put(), vec(ir.Float16, 1).put()) }, []string{"complex(float16[1]", "float32 or float64"}},
		{func() { ops.ReducePrecision(x, 0, 3) }, []string{"exponent bits", "not 0"}},
		{func() { ops.Iota(ir.Int32, shape(2), 1) }, []string{"iota", "axis 1"}},
		{func() { ops.Convert(x, ir.DType(99)) }, []string{"no dtype number 99"}},
	} {
		wantFail(t, c.f, append(c.parts, "structural_test.go:")...)
	}
}
