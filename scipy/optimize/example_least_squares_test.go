package optimize_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/optimize"
)

// The point whose distances from three others are known best.
func ExampleLeastSquares() {
	from := jnp.FromSlice([]float32{0, 0, 4, 0, 0, 3}, 3, 2)
	distances := jnp.FromSlice([]float32{1.5, 3.1, 2.3})
	r := optimize.LeastSquares(func(x jnp.Array) jnp.Array {
		d := from.Sub(x)
		return jnp.Sqrt(jnp.Sum(jnp.Square(d), 1)).Sub(distances)
	}, jnp.Ones(2))
	fmt.Printf("%.2f %v\n", jnp.ToSlice[float64](r.X), r.Success)
	// Output: [1.09 1.00] True
}
