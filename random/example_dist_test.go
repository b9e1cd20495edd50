package random_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func ExampleDist() {
	key := random.Key(1)
	fmt.Println(random.Dist{DType: jnp.Float16, Min: -1, Max: 1}.Uniform(key, 3))
	// Output: [-0.5586 -0.9375  0.416 ]
}
