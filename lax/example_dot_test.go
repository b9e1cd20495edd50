package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleDotGeneral() {
	x, y := jnp.FromSlice([]float32{1, 2, 3, 4}, 2, 2), jnp.FromSlice([]float32{1, 1, 0, 2}, 2, 2)
	fmt.Println(lax.DotGeneral(x, y, lax.DotDims{LHSContract: []int{1}, RHSContract: []int{1}}))
	// Output:
	// [[3. 4.]
	//  [7. 8.]]
}

func ExampleDot() {
	x, y := jnp.FromSlice([]float32{1, 2, 3, 4}, 2, 2), jnp.FromSlice([]float32{1, 10}, 2)
	fmt.Println(lax.Dot(x, y, lax.DotOptions{Precision: lax.PrecisionHighest}))
	// Output: [21. 43.]
}

func ExampleBatchMatMul() {
	x, y := jnp.Full([]int{2, 1, 3}, float32(2)), lax.Iota(jnp.Float32, []int{2, 3, 1}, 1)
	fmt.Println(lax.BatchMatMul(x, y).Reshape(2))
	// Output: [6. 6.]
}

func ExampleRaggedDot() {
	rows, matrices := jnp.Ones(3, 1), jnp.FromSlice([]float32{10, 20}, 2, 1, 1)
	sizes := jnp.FromSlice([]int32{2, 1}, 2) // rows of each matrix
	fmt.Println(lax.RaggedDot(rows, matrices, sizes).Reshape(3))
	// Output: [10. 10. 20.]
}

func ExampleRaggedDotGeneral() {
	// The ragged axis is summed over: one product for each group.
	x, y := jnp.FromSlice([]float32{1, 2, 3}, 1, 3), jnp.Ones(3, 1)
	dims := lax.RaggedDims{Dot: lax.DotDims{LHSContract: []int{1}, RHSContract: []int{0}}, LHSRagged: 1}
	fmt.Println(lax.RaggedDotGeneral(x, y, jnp.FromSlice([]int32{2, 1}, 2), dims).Reshape(2))
	// Output: [3. 3.]
}
