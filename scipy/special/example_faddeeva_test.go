package special_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func ExampleErfcx() {
	// exp(x²) and erfc(x) themselves are beyond floats at 100.
	fmt.Println(special.Erfcx(jnp.FromSlice([]float64{0, 1, 100})).Round(5))
	// Output: [1.      0.42758 0.00564]
}

func ExampleWofz() {
	fmt.Println(special.Wofz(jnp.FromSlice([]complex128{0, 1, 1i})).Round(4))
	// Output: [1.    +0.j     0.3679+0.6072j 0.4276+0.j    ]
}

func ExampleDawsn() {
	fmt.Println(special.Dawsn(jnp.FromSlice([]float64{-1, 0, 1, 10})).Round(5))
	// Output: [-0.53808  0.       0.53808  0.05025]
}
