package ops_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// SelectN takes the nearest case for a choice beyond them, of any integer type.
func TestSelectNBeyond(t *testing.T) {
	cases := []*ops.Value{value([]float32{1, 1, 1}), value([]float32{2, 2, 2}), value([]float32{3, 3, 3})}
	for _, which := range []any{[]int32{-4, 1, 9}, []int8{-128, 1, 127}, []int16{-1, 1, 3}} {
		if got := jnp.ToSlice[float32](jnp.Wrap(ops.SelectN(value(which), cases...))); !slices.Equal(got,
			[]float32{1, 2, 3}) {
			t.Errorf("%T: %v", which, got)
		}
	}
	if got := jnp.ToSlice[float32](jnp.Wrap(ops.SelectN(value(uint8(200)), cases...))); !slices.Equal(got,
		[]float32{3, 3, 3}) {
		t.Errorf("a scalar: %v", got)
	}
}

func ExampleSelect() {
	show(ops.Select(value([]bool{true, false}), value([]int{1, 2}), value([]int{10, 20})))
	// Output: [ 1 20]
}

func ExampleSelectN() {
	a, b, c := value([]int{1, 2, 3}), value([]int{10, 20, 30}), value([]int{100, 200, 300})
	show(ops.SelectN(value([]int{0, 2, 1}), a, b, c))
	// Output: [  1 200  30]
}
