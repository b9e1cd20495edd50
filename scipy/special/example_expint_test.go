package special_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func ExampleExp1() {
	fmt.Println(special.Exp1(jnp.FromSlice([]float64{0, 1, 2})).Round(5))
	// Output: [    inf 0.21938 0.0489 ]
}

func ExampleExpi() {
	fmt.Println(special.Expi(jnp.FromSlice([]float64{-1, 1, 2})).Round(5))
	// Output: [-0.21938  1.89512  4.95423]
}

func ExampleExpn() {
	fmt.Println(special.Expn(jnp.Arange(4), 1.0).Round(5))
	// Output: [0.36788 0.21938 0.1485  0.10969]
}
