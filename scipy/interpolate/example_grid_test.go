package interpolate_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/interpolate"
)

func ExampleNewRegularGridInterpolator() {
	x, y := jnp.FromSlice([]float32{1, 2, 3}), jnp.FromSlice([]float32{4, 5, 6})
	z := jnp.FromSlice([]float32{10, 20, 30, 40, 50, 60, 70, 80, 90}, 3, 3)
	places := jnp.FromSlice([]float32{1.5, 4.5, 2.2, 5.8, 0, 5}, 3, 2)
	grid := []jnp.Array{x, y}
	fmt.Println(interpolate.NewRegularGridInterpolator(grid, z).Evaluate(places))
	o := interpolate.Interpolation{Method: interpolate.Nearest, FillValue: -1}
	fmt.Println(o.NewRegularGridInterpolator(grid, z).Evaluate(places))
	// Output:
	// [30. 64. nan]
	// [10. 60. -1.]
}

// The slope of a table, between and beyond its points.
func ExampleRegularGridInterpolator_Evaluate() {
	f := interpolate.Interpolation{Extrapolate: true}.NewRegularGridInterpolator(
		[]jnp.Array{jnp.Arange(3.0)}, jnp.FromSlice([]float32{0, 1, 4}))
	fmt.Println(f.Evaluate([]float32{-1, 0.5, 3}))
	slope := gojax.Grad(func(x jnp.Array) jnp.Array { return f.Evaluate([]jnp.Array{x}) })
	fmt.Println(gojax.Vmap(slope)(jnp.FromSlice([]float32{-1, 0.5, 3})))
	// Output:
	// [-1.   0.5  7. ]
	// [1. 1. 3.]
}
