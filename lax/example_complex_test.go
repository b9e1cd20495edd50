package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleComplex() {
	z := lax.Complex(jnp.FromSlice([]float32{1, 2}, 2), 3)
	fmt.Println(z, lax.Conj(z))
	fmt.Println(lax.Real(z), lax.Imag(z))
	// Output:
	// [1.+3.j 2.+3.j] [1.-3.j 2.-3.j]
	// [1. 2.] [3. 3.]
}
