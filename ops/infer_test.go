package ops_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

// The output of operations on weakly typed scalars alone is weak, and bool is always strong.
func TestWeak(t *testing.T) {
	w := ir.Aval{DType: ir.Float32, Weak: true}
	s := ir.Aval{DType: ir.Float32}
	for _, c := range []struct {
		f    fn
		in   []ir.Aval
		weak bool
	}{
		{f2(ops.Add), []ir.Aval{w, w}, true},
		{f2(ops.Add), []ir.Aval{w, s}, false},
		{f1(ops.Exp), []ir.Aval{w}, true},
		{f2(ops.Lt), []ir.Aval{w, w}, true},
		{f2(ops.Lt), []ir.Aval{w, s}, false},
		{f1(ops.IsFinite), []ir.Aval{w}, true},
		{f1(ops.IsFinite), []ir.Aval{s}, false},
		{f3(ops.Select), []ir.Aval{{DType: ir.Bool}, w, w}, true},
		{f3(ops.Select), []ir.Aval{{DType: ir.Bool}, w, s}, false},
		{f3(ops.Clamp), []ir.Aval{w, s, w}, false},
		{f1(func(x *trace.Value) *trace.Value { return ops.Convert(x, ir.Int32) }), []ir.Aval{w}, false},
		{f1(func(x *trace.Value) *trace.Value { return ops.ConvertWeak(x, ir.Int32, true) }), []ir.Aval{s}, true},
		{f1(func(x *trace.Value) *trace.Value { return ops.Broadcast(x, []int{3}) }), []ir.Aval{w}, true},
	} {
		p := program(t, c.f, c.in)
		if got := p.OutTypes()[0].Weak; got != c.weak {
			t.Errorf("weak is %v, want %v:\n%v", got, c.weak, p)
		}
	}
}

func TestStructuralErrors(t *testing.T) {
	x := m23.put()
	zero := ops.ScalarLit(ir.FloatLit(0, ir.Float64))
	i := ops.ScalarLit(ir.IntLit(0, ir.Int32))
	for _, c := range []struct {
		f     func()
		parts []string
	}{
		{func() { ops.BroadcastInDim(x, shape(2, 4), shape(0, 1)) },
			[]string{"ops.BroadcastInDim(float64[2,3])", "[2,4]", "axis 1 has size 3"}},
		{func() { ops.BroadcastInDim(x, shape(3, 2), shape(1, 0)) }, []string{"must increase", "[1 0]"}},
		{func() { ops.BroadcastInDim(x, shape(3, 2), shape(0)) }, []string{"1 broadcast dimensions", "2 axes"}},
		{func() { ops.BroadcastInDim(zero, shape(1<<40, 1<<40), nil) }, []string{"more elements than can be counted"}},
		{func() { ops.BroadcastInDim(zero, shape(-1), nil) }, []string{"negative size"}},
		{func() { ops.ExpandDims(x, []int{5}) }, []string{"ops.ExpandDims(float64[2,3])", "axis 5"}},
		{func() { ops.Reshape(x, shape(4, 2)) }, []string{"ops.Reshape(float64[2,3])", "6 elements", "[4,2] of 8"}},
		{func() { ops.Reshape(x, shape(3, -1)) }, []string{"no -1", "jnp.Reshape"}},
		{func() { ops.Round(x, 7) }, []string{"ops.Round(float64[2,3])", "7 is no RoundingMethod"}},
		{func() { ops.Squeeze(x, []int{1}) }, []string{"ops.Squeeze(float64[2,3])", "size 3", "size 1"}},
		{func() { ops.Transpose(x, []int{0, 0}) }, []string{"ops.Transpose(float64[2,3])", "0 is named twice"}},
		{func() { ops.Transpose(x, []int{0}) }, []string{"has 1 axes"}},
		{func() { ops.Transpose(x, []int{0, -1}) }, []string{"-1 is out of range", "jnp"}},
		{func() { ops.Rev(x, []int{2}) }, []string{"ops.Rev(float64[2,3])", "axis 2"}},
		{func() { ops.Concatenate(nil, 0) }, []string{"ops.Concatenate", "at least one"}},
		{func() { ops.Concatenate([]*trace.Value{x, x}, 2) }, []string{"axis 2 is out of range"}},
		{func() { ops.Concatenate([]*trace.Value{x, m33.put()}, 1) }, []string{"[2,3]", "[3,3]", "axis 1"}},
		{func() { ops.Concatenate([]*trace.Value{x, nums(ir.Float32, shape(1, 3), 1, 2, 3).put()}, 0) },
			[]string{"float64", "operand 1 is float32"}},
		{func() { ops.Pad(x, x, shape(0, 0), shape(0, 0), shape(0, 0)) }, []string{"ops.Pad(", "scalar", "[2,3]"}},
		{func() { ops.Pad(x, i, shape(0, 0), shape(0, 0), shape(0, 0)) }, []string{"int32", "float64"}},
		{func() { ops.Pad(x, zero, shape(0), shape(0), shape(0)) }, []string{"one entry for each axis"}},
		{func() { ops.Pad(x, zero, shape(-2, 0), shape(-1, 0), shape(0, 0)) }, []string{"axis 0", "size 2"}},
		{func() { ops.Pad(x, zero, shape(0, 0), shape(0, 0), shape(-1, 0)) }, []string{"interior padding -1"}},
		{func() { ops.Slice(x, shape(0, 2), shape(2, 1), nil) },
			[]string{"ops.Slice(float64[2,3])", "start 2", "limit 1", "axis 1"}},
		{func() { ops.Slice(x, shape(0, 0), shape(2, 4), nil) }, []string{"limit 4", "size 3"}},
		{func() { ops.Slice(x, shape(0, 0), shape(2, 3), shape(1, 0)) }, []string{"stride 0", "axis 1", "lax.Rev"}},
		{func() { ops.Slice(x, shape(0), shape(2), nil) }, []string{"one entry for each axis"}},
		{func() { ops.SliceInDim(x, 0, 4, 1, 1) },
			[]string{"ops.SliceInDim(float64[2,3])", "limit 4", "size 3 of axis 1"}},
		{func() { ops.SliceInDim(x, -2, 100, 1, -1) },
			[]string{"ops.SliceInDim(float64[2,3])", "limit 100", "size 3 of axis -1"}},
		{func() { ops.SliceInDim(x, -4, 2, 1, 1) },
			[]string{"ops.SliceInDim(float64[2,3])", "start -4", "size 3 of axis 1"}},
		{func() { ops.SliceInDim(x, 0, -4, 1, 1) }, []string{"ops.SliceInDim(float64[2,3])", "limit -4"}},
		{func() { ops.SliceInDim(x, 4, 4, 1, 1) }, []string{"ops.SliceInDim(float64[2,3])", "start 4"}},
		{func() { ops.SliceInDim(x, 2, 1, 1, 1) },
			[]string{"ops.SliceInDim(float64[2,3])", "start 2 lies behind limit 1"}},
		{func() { ops.SliceInDim(x, 3, 0, 1, 1) }, []string{"start 3 lies behind limit 0"}},
		{func() { ops.SliceInDim(x, 0, 3, 0, 1) }, []string{"ops.SliceInDim(float64[2,3])", "stride 0", "lax.Rev"}},
		{func() { ops.SliceInDim(x, 0, 3, -1, 1) }, []string{"stride -1"}},
		{func() { ops.SliceInDim(x, 0, 1, 1, 2) }, []string{"ops.SliceInDim(float64[2,3])", "axis 2 is out of range"}},
		{func() { ops.SliceInDim(x, 0, 1, 1, -3) }, []string{"axis -3 is out of range"}},
		{func() { ops.SliceInDim(zero, 0, 1, 1, 0) }, []string{"ops.SliceInDim(", "0 axes"}},
		{func() { ops.IndexInDim(x, -4, 1, false) }, []string{"ops.IndexInDim(float64[2,3])", "index -4"}},
		{func() { ops.IndexInDim(x, 3, 1, false) }, []string{"index 3", "axis 1 of size 3"}},
		{func() { ops.IndexInDim(x, 0, 2, false) }, []string{"axis 2 is out of range"}},
		{func() { ops.DynamicSlice(x, []*trace.Value{i}, shape(1, 1)) },
			[]string{"ops.DynamicSlice(float64[2,3])", "2 axes, not 1"}},
		{func() { ops.DynamicSlice(x, []*trace.Value{i, zero}, shape(1, 1)) },
			[]string{"start 1 must be an integer scalar", "float64[]"}},
		{func() { ops.DynamicSlice(x, []*trace.Value{i, i}, shape(1, 4)) }, []string{"size 4", "size 3 of axis 1"}},
		{func() { ops.DynamicSliceInDim(x, i, 4, 1) },
			[]string{"ops.DynamicSliceInDim(float64[2,3]", "size 4", "size 3 of axis 1"}},
		{func() { ops.DynamicSliceInDim(x, i, -1, 1) }, []string{"size -1"}},
		{func() { ops.DynamicSliceInDim(x, i, 1, 2) }, []string{"ops.DynamicSliceInDim(float64[2,3]", "axis 2"}},
		{func() { ops.DynamicSliceInDim(x, zero, 1, 0) },
			[]string{"dynamic_slice", "must be an integer scalar", "float64[]"}},
		{func() { ops.DynamicSliceInDim(x, vec(ir.Int32, 0, 1).put(), 1, 0) },
			[]string{"dynamic_slice", "must be an integer scalar", "int32[2]"}},
		{func() { ops.DynamicIndexInDim(m(shape(0, 3)).put(), i, 0, false) },
			[]string{"dynamic_slice", "float64[0,3]", "size 1"}},
		{func() { ops.DynamicIndexInDim(x, i, 2, true) }, []string{"axis 2 is out of range"}},
		{func() { ops.DynamicUpdateSliceInDim(x, m33.put(), i, 0) },
			[]string{"ops.DynamicUpdateSliceInDim(float64[2,3], float64[3,3]", "does not fit"}},
		{func() { ops.DynamicUpdateSliceInDim(x, zero, i, 0) }, []string{"as many axes"}},
		{func() { ops.DynamicUpdateSliceInDim(x, x, i, 2) },
			[]string{"ops.DynamicUpdateSliceInDim(float64[2,3]", "axis 2"}},
		{func() { ops.DynamicUpdateSliceInDim(x, x, vec(ir.Int32, 0, 1).put(), 0) },
			[]string{"must be an integer scalar", "int32[2]"}},
		{func() { ops.DynamicUpdateIndexInDim(x, zero, i, 0) }, []string{"as many axes"}},
		{func() { ops.DynamicUpdateSlice(x, m33.put(), []*trace.Value{i, i}) },
			[]string{"[3,3] does not fit", "[2,3]"}},
		{func() { ops.DynamicUpdateSlice(x, zero, []*trace.Value{i, i}) }, []string{"as many axes"}},
		{func() { ops.DynamicUpdateSlice(x, i, []*trace.Value{i, i}) }, []string{"int32", "float64"}},
		{func() { ops.Select(x, x, x) }, []string{"ops.Select(", "must be bool, not float64"}},
		{func() { ops.Select(vec(ir.Bool, 1, 0).put(), x, x) }, []string{"[2,3]", "not [2]"}},
		{func() { ops.Select(flag(1).put(), x, m33.put()) }, []string{"[2,3]", "[3,3]"}},
		{func() { ops.Clamp(vec(ir.Float64, 1, 2).put(), x, zero) }, []string{"ops.Clamp(", "lower limit", "[2]"}},
		{func() { ops.Clamp(zero, x, i) }, []string{"upper limit is int32"}},
		{func() { ops.Complex(vec(ir.Float16, 1).put(), vec(ir.Float16, 1).put()) },
			[]string{"ops.Complex(float16[1]", "float32 or float64"}},
		{func() { ops.ReducePrecision(x, 0, 3) }, []string{"exponent bits", "not 0"}},
		{func() { ops.Iota(ir.Int32, shape(2), 1) }, []string{"ops.Iota", "axis 1"}},
		{func() { ops.Convert(x, ir.DType(99)) }, []string{"no dtype number 99"}},
	} {
		fails.With(t, c.f, append(c.parts, "infer_test.go:")...)
	}
}

// Wrong operands name the operation and the shapes.
func TestComposedErrors(t *testing.T) {
	m, v := cycle(5, 0, 2, 3), cycle(5, 0, 3)
	for _, c := range []struct {
		f    func()
		want []string
	}{
		{func() { ops.BatchMatMul(m, v) }, []string{"ops.BatchMatMul(float32[2,3], float32[3])", "2 and 1"}},
		{func() { ops.Tile(m, []int{2}) }, []string{"ops.Tile(float32[2,3])", "[2]"}},
		{func() { ops.Tile(m, []int{2, -1}) }, []string{"ops.Tile(float32[2,3])", "-1"}},
		{func() { ops.Collapse(m, 2, 1) }, []string{"ops.Collapse(float32[2,3])", "axis 1"}},
		{func() { ops.IndexTake(m, []*ops.Value{v}, []int{0}) },
			[]string{"ops.IndexTake(float32[2,3], float32[3])", "integers"}},
		{func() { ops.SelectN(value([]bool{true, false, true}), v, v, v) },
			[]string{"ops.SelectN", "bool chooses between two", "3"}},
		{func() { ops.SelectN(value([]int32{1, 2}), v, v) }, []string{"ops.SelectN", "[3]", "[2]"}},
		{func() { ops.RaggedDot(m, cycle(5, 0, 2, 3, 1), v, ops.DotOptions{}) },
			[]string{"ops.RaggedDot(float32[2,3], float32[2,3,1], float32[3])", "integers"}},
		{func() { ops.RaggedDot(m, cycle(5, 0, 2, 3, 1), value([]int32{1, 1, 1}), ops.DotOptions{}) },
			[]string{"ragged_dot_general", "size 2", "3 groups"}},
		{func() {
			ops.ScatterSub(value([]bool{true}), value([][]int32{{0}}), value([]bool{true}), elements,
				ops.ScatterOptions{})
		}, []string{"ops.ScatterSub(bool[1]", "not bool"}},
		{func() {
			ops.ScatterApply(v, value([][]int32{{0}}),
				func(v *ops.Value) *ops.Value { return ops.Convert(v, ir.Int32) }, []int{1}, elements,
				ops.ScatterOptions{})
		}, []string{"ops.ScatterApply(float32[3]", "one float32 scalar"}},
		{func() { ops.TopK(m, 1, 2) }, []string{"ops.TopK(float32[2,3])", "axis 2"}},
	} {
		err := gojax.Try(c.f)
		if err == nil {
			t.Errorf("no error; want %q", c.want)
			continue
		}
		for _, w := range append(c.want, "infer_test.go:") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%q does not contain %q", err, w)
			}
		}
	}
}
