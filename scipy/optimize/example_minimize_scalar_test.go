package optimize_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/optimize"
)

func ExampleMinimizeScalar() {
	f := func(x jnp.Array) jnp.Array { return jnp.Square(x.Sub(2)).Add(1) }
	r := optimize.MinimizeScalar(f)
	fmt.Printf("%.2f %.2f\n", r.X.Item(), r.Fun.Item())
	r = optimize.MinimizeScalar(f, optimize.MinimizeScalarOptions{Bounds: [2]any{-1, 1}})
	fmt.Printf("%.2f %.2f\n", r.X.Item(), r.Fun.Item())
	// Output:
	// 2.00 1.00
	// 1.00 2.00
}
