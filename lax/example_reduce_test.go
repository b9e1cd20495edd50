package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleReduceSum() {
	x := jnp.FromSlice([]int32{1, 2, 3, 4}, 2, 2)
	for _, f := range []func(x jnp.Array, axes ...int) jnp.Array{lax.ReduceSum, lax.ReduceProd, lax.ReduceMax,
		lax.ReduceMin} {
		fmt.Println(f(x, 0), f(x))
	}
	// Output:
	// [4 6] 10
	// [3 8] 24
	// [3 4] 4
	// [1 2] 1
}

func ExampleReduceAnd() {
	x := jnp.FromSlice([]uint8{0b1100, 0b1010}, 2)
	fmt.Println(lax.ReduceAnd(x), lax.ReduceOr(x), lax.ReduceXor(x))
	// Output: 8 14 6
}

func ExampleReduce() {
	x := jnp.FromSlice([]int32{1, 2, 3, 4}, 2, 2)
	fmt.Println(lax.Reduce(x, 1, lax.Mul, 1))
	// Output: [ 2 12]
}

func ExampleReduceTree() {
	// The greatest element, and where it is.
	type found struct{ Value, At jnp.Array }
	greater := func(a, b found) found {
		first := lax.Ge(a.Value, b.Value)
		return found{lax.Select(first, a.Value, b.Value), lax.Select(first, a.At, b.At)}
	}
	x := jnp.FromSlice([]int32{3, 9, 4}, 3)
	y := lax.ReduceTree(found{x, jnp.Arange(3)}, found{jnp.AsArray(-1), jnp.AsArray(-1)}, greater)
	fmt.Println(y.Value, y.At)
	// Output: 9 1
}

func ExampleArgMax() {
	x := jnp.FromSlice([]float32{3, 9, 1, 7, 2, 7}, 2, 3)
	fmt.Println(lax.ArgMax(x, 1), lax.ArgMin(x, 1, lax.ArgOptions{DType: jnp.Uint8}))
	// Output: [1 0] [2 1]
}
