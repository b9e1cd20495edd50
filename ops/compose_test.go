package ops_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// cycle is the numbers 0 to n-1, again and again, less off, as float32.
func cycle(n, off int, shape ...int) *ops.Value {
	v := make([]float32, ir.SizeOf(shape))
	for i := range v {
		v[i] = float32(i%n - off)
	}
	return jnp.FromSlice(v, shape...).TraceValue()
}

// The figures are JAX's, of lax.ragged_dot_general.
func TestRaggedDotGeneral(t *testing.T) {
	for _, c := range []struct {
		name  string
		x, y  []int
		sizes any
		d     ops.RaggedDims
		shape []int
		want  []float32
	}{
		{"kept", []int{5, 3}, []int{2, 3, 2}, []int32{2, 2},
			ops.RaggedDims{Dot: ops.DotDims{LhsContract: []int{1}, RhsContract: []int{1}}, RhsGroups: []int{0}},
			[]int{5, 2}, []float32{4, 3, 4, -3, -2, -4, -1, -1, 0, 0}},
		{"kept, in a batch", []int{2, 4, 3}, []int{2, 2, 3, 2}, [][]int32{{1, 3}, {2, 1}},
			ops.RaggedDims{Dot: ops.DotDims{LhsContract: []int{2}, RhsContract: []int{2}, LhsBatch: []int{0}, RhsBatch: []int{1}}, LhsRagged: 1, RhsGroups: []int{0}},
			[]int{2, 4, 2}, []float32{4, 3, 0, -2, -4, 9, -1, -1, 7, 9, 1, -2, -3, 3, 0, 0}},
		{"contracted", []int{3, 4}, []int{4, 2}, []int32{1, 2},
			ops.RaggedDims{Dot: ops.DotDims{LhsContract: []int{1}, RhsContract: []int{0}}, LhsRagged: 1},
			[]int{2, 3, 2}, []float32{6, 3, -2, -1, 4, 2, -2, 0, 6, -4, 0, -1}},
		{"contracted, in a batch", []int{2, 3, 4}, []int{2, 4, 2}, [][]int32{{1, 2}, {3, 1}},
			ops.RaggedDims{Dot: ops.DotDims{LhsContract: []int{2}, RhsContract: []int{1}, LhsBatch: []int{0}, RhsBatch: []int{0}}, LhsRagged: 2},
			[]int{2, 2, 3, 2}, []float32{6, 3, -2, -1, 4, 2, -4, -2, -1, -1, 9, 7, -2, 0, 6, -4, 0, -1, -4, 4, 4, -4, -2, 2}},
		{"batch", []int{3, 2, 4}, []int{3, 4, 2}, []int32{2, 1},
			ops.RaggedDims{Dot: ops.DotDims{LhsContract: []int{2}, RhsContract: []int{1}, LhsBatch: []int{0}, RhsBatch: []int{0}}},
			[]int{3, 2, 2}, []float32{4, 3, 7, -5, 2, -5, -8, 2, -1, 1, -2, -5}},
	} {
		y := ops.RaggedDotGeneral(cycle(7, 3, c.x...), cycle(5, 2, c.y...), value(c.sizes), c.d, ops.DotOptions{})
		if got := jnp.ToSlice[float32](jnp.Wrap(y)); !slices.Equal(y.Shape(), c.shape) || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v of shape %v, want %v of shape %v", c.name, got, y.Shape(), c.want, c.shape)
		}
	}
}

// A function applied where windows overlap, under Jit and Vmap too: the indices mapped, the operand mapped, both.
func TestScatterApplyMapped(t *testing.T) {
	apply := func(x, at jnp.Array) jnp.Array {
		i := ops.ExpandDims(at.TraceValue(), []int{1})
		f := func(v *ops.Value) *ops.Value { return ops.Add(ops.Add(v, v), ops.FullLike(v, 1)) }
		return jnp.Wrap(ops.ScatterApply(x.TraceValue(), i, f, at.Shape(), elements, ops.ScatterOptions{}))
	}
	x := jnp.FromSlice([]float32{0, 1, 2, 3, 4, 5}, 2, 3)
	at := jnp.FromSlice([]int32{1, 1, 5, 0, 2, 2}, 2, 3)
	for name, c := range map[string]struct {
		axes []any
		x, i func(r int) jnp.Array
	}{
		"both":    {[]any{0, 0}, func(r int) jnp.Array { return x.Index(r) }, func(r int) jnp.Array { return at.Index(r) }},
		"operand": {[]any{0, nil}, func(r int) jnp.Array { return x.Index(r) }, func(int) jnp.Array { return at.Index(0) }},
		"indices": {[]any{nil, 0}, func(int) jnp.Array { return x.Index(1) }, func(r int) jnp.Array { return at.Index(r) }},
	} {
		in := func(axis any, whole, part jnp.Array) jnp.Array {
			if axis == nil {
				return part
			}
			return whole
		}
		got := gojax.Jit(gojax.Vmap(apply, gojax.InAxes(c.axes...)))(in(c.axes[0], x, c.x(0)), in(c.axes[1], at, c.i(0)))
		for r := range 2 {
			want := jnp.ToSlice[float32](c.x(r))
			for _, i := range jnp.ToSlice[int32](c.i(r)) {
				if i < 3 {
					want[i] = 2*want[i] + 1
				}
			}
			if g := jnp.ToSlice[float32](got.Index(r)); !slices.Equal(g, want) {
				t.Errorf("%s mapped, row %d: %v, want %v", name, r, g, want)
			}
		}
	}
}

// SelectN takes the nearest case for a choice beyond them, of any integer type.
func TestSelectNBeyond(t *testing.T) {
	cases := []*ops.Value{value([]float32{1, 1, 1}), value([]float32{2, 2, 2}), value([]float32{3, 3, 3})}
	for _, which := range []any{[]int32{-4, 1, 9}, []int8{-128, 1, 127}, []int16{-1, 1, 3}} {
		if got := jnp.ToSlice[float32](jnp.Wrap(ops.SelectN(value(which), cases...))); !slices.Equal(got, []float32{1, 2, 3}) {
			t.Errorf("%T: %v", which, got)
		}
	}
	if got := jnp.ToSlice[float32](jnp.Wrap(ops.SelectN(value(uint8(200)), cases...))); !slices.Equal(got, []float32{3, 3, 3}) {
		t.Errorf("a scalar: %v", got)
	}
}

// Wrong operands name the operation and the shapes.
func TestComposedErrors(t *testing.T) {
	m, v := cycle(5, 0, 2, 3), cycle(5, 0, 3)
	for _, c := range []struct {
		f    func()
		want []string
	}{
		{func() { ops.BatchMatMul(m, v) }, []string{"batch_matmul(float32[2,3], float32[3])", "2 and 1"}},
		{func() { ops.Tile(m, []int{2}) }, []string{"tile(float32[2,3])", "[2]"}},
		{func() { ops.Tile(m, []int{2, -1}) }, []string{"tile(float32[2,3])", "-1"}},
		{func() { ops.Collapse(m, 2, 1) }, []string{"collapse(float32[2,3])", "axis 1"}},
		{func() { ops.IndexTake(m, []*ops.Value{v}, []int{0}) }, []string{"index_take(float32[2,3], float32[3])", "integers"}},
		{func() { ops.SelectN(value([]bool{true, false, true}), v, v, v) }, []string{"select_n", "bool chooses between two", "3"}},
		{func() { ops.SelectN(value([]int32{1, 2}), v, v) }, []string{"select_n", "[3]", "[2]"}},
		{func() { ops.RaggedDot(m, cycle(5, 0, 2, 3, 1), v, ops.DotOptions{}) }, []string{"ragged_dot_general(float32[2,3], float32[2,3,1], float32[3])", "integers"}},
		{func() { ops.RaggedDot(m, cycle(5, 0, 2, 3, 1), value([]int32{1, 1, 1}), ops.DotOptions{}) }, []string{"ragged_dot_general", "size 2", "3 groups"}},
		{func() {
			ops.ScatterSub(value([]bool{true}), value([][]int32{{0}}), value([]bool{true}), elements, ops.ScatterOptions{})
		}, []string{"scatter_sub(bool[1]", "not bool"}},
		{func() {
			ops.ScatterApply(v, value([][]int32{{0}}), func(v *ops.Value) *ops.Value { return ops.Convert(v, ir.Int32) }, []int{1}, elements, ops.ScatterOptions{})
		}, []string{"scatter_apply(float32[3]", "one float32 scalar"}},
		{func() { ops.TopK(m, 1, 2) }, []string{"top_k(float32[2,3])", "axis 2"}},
	} {
		err := gojax.Try(c.f)
		if err == nil {
			t.Errorf("no error; want %q", c.want)
			continue
		}
		for _, w := range append(c.want, "compose_test.go:") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%q does not contain %q", err, w)
			}
		}
	}
}
