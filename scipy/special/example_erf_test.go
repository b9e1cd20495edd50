package special_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func ExampleErf() {
	fmt.Println(special.Erf(jnp.FromSlice([]float64{-1, 0, 1})).Round(5))
	// Output: [-0.8427  0.      0.8427]
}

func ExampleErfc() {
	fmt.Println(special.Erfc(jnp.FromSlice([]float64{0, 1, 10})))
	// Output: [1.00000000e+00 1.57299207e-01 2.08848758e-45]
}

func ExampleErfInv() {
	fmt.Println(special.ErfInv(special.Erf(jnp.FromSlice([]float64{-1, 0, 0.5}))).Round(5))
	// Output: [-1.   0.   0.5]
}
