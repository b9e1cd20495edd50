package debug_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExamplePrint() {
	f := gojax.Jit(func(x jnp.Array) jnp.Array {
		y := jnp.Sum(jnp.Square(x))
		debug.Print("x = %v, and the sum of squares is %.1f", x, y)
		return y
	})
	f(jnp.FromSlice([]float32{1, 2, 3}, 3))
	// Output: x = [1. 2. 3.], and the sum of squares is 14.0
}

func ExampleCallback() {
	var seen []float64
	f := gojax.Jit(func(x jnp.Array) jnp.Array {
		return lax.ForiLoop(0, 4, func(_, c jnp.Array) jnp.Array {
			debug.Callback(func(c jnp.Array) { seen = append(seen, c.Item()) }, c)
			return c.Mul(2)
		}, x)
	})
	y := f(jnp.Full(nil, float32(1)))
	fmt.Println(y, seen)
	// Output: 16.0 [1 2 4 8]
}

func ExampleNaNs() {
	defer debug.NaNs(debug.NaNs(true))
	f := gojax.Jit(func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Log(x)) })
	err := gojax.Try(func() { f(jnp.FromSlice([]float32{1, -1}, 2)) })
	fmt.Println(err)
	// Output:
	// example_doc_test.go:37: jnp.Log(float32[2]): its result, float32[2], has a NaN at [1] (GOJAX_DEBUG_NANS is on)
}
