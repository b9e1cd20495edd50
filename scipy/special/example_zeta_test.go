package special_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func ExampleZeta() {
	fmt.Println(special.Zeta(jnp.FromSlice([]float64{2, 4}), 1).Round(5))
	// Output: [1.64493 1.08232]
}

func ExampleBernoulli() {
	fmt.Println(special.Bernoulli(6).Round(5))
	// Output: [ 1.      -0.5      0.16667  0.      -0.03333  0.       0.02381]
}
