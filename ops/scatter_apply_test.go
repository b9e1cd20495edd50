package ops_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

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
		"both": {[]any{0, 0}, func(r int) jnp.Array { return x.Index(r) },
			func(r int) jnp.Array { return at.Index(r) }},
		"operand": {[]any{0, nil}, func(r int) jnp.Array { return x.Index(r) },
			func(int) jnp.Array { return at.Index(0) }},
		"indices": {[]any{nil, 0}, func(int) jnp.Array { return x.Index(1) },
			func(r int) jnp.Array { return at.Index(r) }},
	} {
		in := func(axis any, whole, part jnp.Array) jnp.Array {
			if axis == nil {
				return part
			}
			return whole
		}
		got := gojax.Jit(gojax.Vmap(apply, gojax.InAxes(c.axes...)))(in(c.axes[0], x, c.x(0)),
			in(c.axes[1], at, c.i(0)))
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

func ExampleScatterApply() {
	double := func(v *ops.Value) *ops.Value { return ops.Add(v, v) }
	show(ops.ScatterApply(value([]int{1, 2, 3}), value([][]int{{1}, {1}, {0}}), double, []int{3}, elements,
		ops.ScatterOptions{}))
	// Output: [2 8 3]
}
