package kit_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/fails"
)

func TestNested(t *testing.T) {
	x := jnp.Arange(2)
	for _, c := range []struct {
		x    any
		to   ir.DType
		want string
		data []float64
	}{
		{[2][2]int8{{1, 2}, {3, 4}}, ir.Invalid, "int8[2,2]", []float64{1, 2, 3, 4}},
		{[][]int8{{1, 2}}, ir.Float16, "float16[1,2]", []float64{1, 2}},
		{[]any{1, true, 2.5}, ir.Invalid, "float32[3]", []float64{1, 1, 2.5}},
		{[]any{x, []any{2, 3}}, ir.Invalid, "", nil},
		{[][]jnp.Array{{x, x}}, ir.Float32, "float32[1,2,2]", []float64{0, 1, 0, 1}},
		{[]any{}, ir.Invalid, "float32[0]", nil},
		{[][]int32{}, ir.Invalid, "float32[0]", nil},
		{[3][0]bool{}, ir.Invalid, "bool[3,0]", nil},
	} {
		if c.want == "" {
			fails.With(t, func() { kit.Nested("f.F", c.x, c.to) }, "f.F", "ragged")
			continue
		}
		v := kit.Nested("f.F", c.x, c.to)
		if got := v.Aval().String(); got != c.want || !slices.Equal(jnp.ToSlice[float64](jnp.Wrap(v)), c.data) {
			t.Errorf("%v: %s %v, want %s %v", c.x, got, jnp.Wrap(v), c.want, c.data)
		}
	}
	loop := []any{nil}
	loop[0] = loop
	fails.With(t, func() { kit.Nested("f.F", loop, ir.Invalid) }, "f.F", "contains itself")
	fails.With(t, func() { kit.Nested("f.F", []int{300}, ir.Uint8) }, "f.F", "element 300 does not fit uint8")
}
