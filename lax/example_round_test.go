package lax_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleRound() {
	x := jnp.FromSlice([]float32{-2.5, 0.5, 1.2}, 3)
	fmt.Println(lax.Round(x), lax.Round(x, lax.RoundOptions{Method: lax.ToNearestEven}))
	fmt.Println(lax.Floor(x), lax.Ceil(x))
	// Output:
	// [-3.  1.  1.] [-2.  0.  1.]
	// [-3.  0.  1.] [-2.  1.  2.]
}

func ExampleIsFinite() {
	fmt.Println(lax.IsFinite(jnp.FromSlice([]float32{1, float32(math.Inf(1)), float32(math.NaN())}, 3)))
	// Output: [ True False False]
}

func ExampleReducePrecision() {
	x := jnp.FromSlice([]float32{1.1, 3.14159}, 2)
	fmt.Println(lax.ReducePrecision(x, 8, 7)) // what bfloat16 can hold
	// Output: [1.1015625 3.140625 ]
}
