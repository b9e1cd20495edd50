package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleSpace() {
	fmt.Println(jnp.Space{NoEndpoint: true}.Linspace(0, 1, 4))
	fmt.Println(jnp.Space{}.LinspaceStep(0, 1, 5))
	fmt.Println(jnp.Space{Base: 2}.Logspace(0, 4, 5), jnp.Space{DType: jnp.Int32}.Geomspace(1, 1000, 4))
	// Output:
	// [0.   0.25 0.5  0.75]
	// [0.   0.25 0.5  0.75 1.  ] 0.25
	// [ 1.  2.  4.  8. 16.] [   1   10  100 1000]
}

func ExampleLinspace() {
	fmt.Println(jnp.Linspace(0, 1, 5))
	// Output:
	// [0.   0.25 0.5  0.75 1.  ]
}

func ExampleLogspace() {
	fmt.Println(jnp.Logspace(0, 2, 3))
	// Output:
	// [  1.  10. 100.]
}

func ExampleGeomspace() {
	fmt.Println(jnp.Geomspace(1, 8, 4).Round(2))
	// Output:
	// [1. 2. 4. 8.]
}
