package optimize_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/optimize"
)

func ExampleCurveFit() {
	type params struct{ Size, Rate jnp.Array }
	model := func(t jnp.Array, p params) jnp.Array { return p.Size.Mul(jnp.Exp(p.Rate.Neg().Mul(t))) }
	t := jnp.LinSpace(0, 4, 5)
	y := jnp.FromSlice([]float32{2.1, 1.2, 0.7, 0.5, 0.2})
	fit := optimize.CurveFit(model, t, y, params{jnp.AsArray(1.0), jnp.AsArray(1.0)})
	errors := jnp.Sqrt(jnp.Diag(fit.Cov))
	fmt.Printf("size %.2f ± %.2f, rate %.2f ± %.2f\n", fit.X.Size.Item(), errors.Index(0).Item(), fit.X.Rate.Item(),
		errors.Index(1).Item())
	// Output: size 2.09 ± 0.05, rate 0.53 ± 0.03
}
