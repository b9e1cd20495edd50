package special_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func ExampleSpence() {
	// At 0 it is pi²/6.
	fmt.Println(special.Spence(jnp.FromSlice([]float64{0, 1, 2})).Round(5))
	// Output: [ 1.64493  0.      -0.82247]
}
