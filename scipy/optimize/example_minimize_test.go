package optimize_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/optimize"
)

func ExampleMinimize() {
	rosenbrock := func(x jnp.Array) jnp.Array {
		a, b := x.Index(0), x.Index(1)
		return jnp.Square(b.Sub(jnp.Square(a))).Mul(100).Add(jnp.Square(jnp.Sub(1, a)))
	}
	r := optimize.Minimize(rosenbrock, jnp.Zeros(2))
	fmt.Printf("%.2f %v\n", jnp.ToSlice[float64](r.X), r.Success)
	// Output: [1.00 1.00] True
}

// Parameters are a tree, and the minimum has derivatives by what the function takes from outside.
func ExampleMinimize_tree() {
	type params struct{ W, B jnp.Array }
	best := func(c jnp.Array) params {
		loss := func(p params) jnp.Array {
			return jnp.Sum(jnp.Square(p.W.Sub(c))).Add(jnp.Square(p.B.Add(jnp.Square(c))))
		}
		start := params{jnp.Ones(2), jnp.AsArray(0.0)}
		return optimize.Minimize(loss, start, optimize.MinimizeOptions{Method: optimize.LBFGS}).X
	}
	c := jnp.AsArray(3.0)
	fmt.Printf("%.2f\n", best(c).B.Item())
	fmt.Printf("%.2f\n", gojax.Grad(func(c jnp.Array) jnp.Array { return best(c).B })(c).Item())
	// Output:
	// -9.00
	// -6.00
}
