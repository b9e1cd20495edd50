package optimize_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/optimize"
)

// Square roots, of several numbers at once.
func ExampleRootScalar() {
	sqrt := func(a jnp.Array) jnp.Array {
		f := func(x jnp.Array) jnp.Array { return jnp.Square(x).Sub(a) }
		return optimize.RootScalar(f, optimize.RootScalarOptions{Bracket: [2]any{0, 10}}).X
	}
	fmt.Printf("%.4f\n", jnp.ToSlice[float64](gojax.Vmap(sqrt)(jnp.FromSlice([]float32{2, 3, 49}))))
	fmt.Printf("%.4f\n", gojax.Grad(sqrt)(jnp.AsArray(4.0)).Item())
	// Output:
	// [1.4142 1.7321 7.0000]
	// 0.2500
}
