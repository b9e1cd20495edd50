package optimize_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/optimize"
)

// Where a circle meets a line.
func ExampleRoot() {
	type point struct{ X, Y jnp.Array }
	f := func(p point) point {
		return point{jnp.Square(p.X).Add(jnp.Square(p.Y)).Sub(25), p.Y.Sub(p.X).Sub(1)}
	}
	r := optimize.Root(f, point{jnp.AsArray(1.0), jnp.AsArray(1.0)})
	fmt.Printf("%.3f %.3f %v\n", r.X.X.Item(), r.X.Y.Item(), r.Success)
	// Output: 3.000 4.000 True
}
