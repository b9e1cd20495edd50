package random_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func ExampleMultivariateNormal() {
	k := random.Key(0)
	mean, cov := jnp.FromSlice([]float32{1, -1}), jnp.FromSlice([]float32{1, 0.5, 0.5, 2}, 2, 2)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.MultivariateNormal(k, mean, cov)))
	fmt.Println(random.Dist{DType: jnp.BFloat16}.MultivariateNormal(k, mean, cov, 5).Shape())
	// Output:
	// [2.623 2.490]
	// [5 2]
}

func ExampleDist_MultivariateNormal() {
	k := random.Key(3)
	// Of rank one, so that there is no Cholesky factor: what is drawn lies on a line.
	mean, cov := []float32{0, 0}, [][]float32{{4, 2}, {2, 1}}
	x := random.Dist{Factor: random.FactorSVD}.MultivariateNormal(k, mean, cov, 3)
	fmt.Printf("%.1f\n", jnp.ToSlice[float32](x.Index(jnp.All, 0).Div(x.Index(jnp.All, 1))))
	// Output: [2.0 2.0 2.0]
}
