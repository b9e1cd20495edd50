package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleExp() {
	x := jnp.FromSlice([]float32{0, 1, 3}, 3)
	for _, f := range []func(x jnp.Array) jnp.Array{lax.Exp, lax.Exp2, lax.Expm1, lax.Log, lax.Log1p, lax.Logistic} {
		fmt.Println(f(x))
	}
	// Output:
	// [ 1.         2.7182817 20.085537 ]
	// [1. 2. 8.]
	// [ 0.         1.7182817 19.085537 ]
	// [     -inf 0.        1.0986123]
	// [0.        0.6931472 1.3862944]
	// [0.5        0.7310586  0.95257413]
}
