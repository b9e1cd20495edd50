package special_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func ExampleSici() {
	si, ci := special.Sici(jnp.FromSlice([]float64{0.5, 5}))
	fmt.Println(si.Round(5), ci.Round(5))
	// Output: [0.49311 1.54993] [-0.17778 -0.19003]
}
