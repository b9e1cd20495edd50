package lax_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleReduceWindow() {
	x := jnp.FromSlice([]float32{1, 5, 2, 4}, 4)
	fmt.Println(lax.ReduceWindow(x, math.Inf(-1), lax.Max, []int{2}, []int{2}, lax.PadValid())) // max pooling
	fmt.Println(lax.ReduceWindow(x, 0, lax.Add, []int{2}, nil, lax.PadSame()))
	// Output:
	// [5. 4.]
	// [6. 7. 6. 4.]
}

func ExampleReduceWindowTree() {
	// The least and the greatest element of each window.
	type span struct{ Lo, Hi jnp.Array }
	wider := func(a, b span) span { return span{lax.Min(a.Lo, b.Lo), lax.Max(a.Hi, b.Hi)} }
	x := jnp.FromSlice([]float32{1, 5, 2, 4}, 4)
	none := span{jnp.AsArray(math.Inf(1)), jnp.AsArray(math.Inf(-1))}
	y := lax.ReduceWindowTree(span{x, x}, none, wider, []int{2}, []int{1}, lax.PadValid())
	fmt.Println(y.Lo, y.Hi)
	// Output: [1. 2. 2.] [5. 5. 4.]
}

func ExampleReduceWindowShape() {
	fmt.Println(lax.ReduceWindowShape([]int{5, 6}, []int{2, 2}, []int{2, 2}, lax.PadValid()))
	// Output: [2 3]
}

func ExampleWindowPadding() {
	shape, window, strides := []int{5, 6}, []int{3, 2}, []int{2, 1}
	for _, p := range []lax.WindowPadding{lax.PadValid(), lax.PadSame(), lax.PadSameLower(),
		lax.PadWith([2]int{1, 0}, [2]int{0, 0})} {
		fmt.Println(p.Pairs(shape, window, strides))
	}
	// Output:
	// [[0 0] [0 0]]
	// [[1 1] [0 1]]
	// [[1 1] [1 0]]
	// [[1 0] [0 0]]
}
