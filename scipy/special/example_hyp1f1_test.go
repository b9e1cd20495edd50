package special_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func ExampleHyp1F1() {
	// 1F1(a; a; x) is exp(x).
	fmt.Println(special.Hyp1F1(jnp.FromSlice([]float64{1, 2}), 2, 1.0).Round(5))
	// Output: [1.71828 2.71828]
}
