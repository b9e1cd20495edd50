package random_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func ExampleBits() {
	k := random.Key(0)
	fmt.Println(random.Bits(k, 2), random.Dist{DType: jnp.Uint8}.Bits(k, 4))
	// Output: [4070199207 4202968722] [167 146  40  53]
}
