package special_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func ExampleFresnel() {
	s, c := special.Fresnel(jnp.FromSlice([]float64{0.5, 5}))
	fmt.Println(s.Round(5), c.Round(5))
	// Output: [0.06473 0.49919] [0.49234 0.56363]
}
