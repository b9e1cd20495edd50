package random_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func ExampleBinomial() {
	k := random.Key(0)
	fmt.Println(random.Binomial(k, 10, 0.5, 6), random.Dist{DType: jnp.Float32}.Binomial(k, 10, 0.5, 6).DType())
	// Output: [6. 7. 5. 6. 7. 3.] float32
}
