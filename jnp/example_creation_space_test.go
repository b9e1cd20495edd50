package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleSpace() {
	fmt.Println(jnp.Space{NoEndpoint: true}.LinSpace(0, 1, 4))
	fmt.Println(jnp.Space{}.LinSpaceStep(0, 1, 5))
	fmt.Println(jnp.Space{Base: 2}.LogSpace(0, 4, 5), jnp.Space{DType: jnp.Int32}.GeomSpace(1, 1000, 4))
	// Output:
	// [0.   0.25 0.5  0.75]
	// [0.   0.25 0.5  0.75 1.  ] 0.25
	// [ 1.  2.  4.  8. 16.] [   1   10  100 1000]
}

func ExampleLinSpace() {
	fmt.Println(jnp.LinSpace(0, 1, 5))
	// Output:
	// [0.   0.25 0.5  0.75 1.  ]
}

func ExampleLogSpace() {
	fmt.Println(jnp.LogSpace(0, 2, 3))
	// Output:
	// [  1.  10. 100.]
}

func ExampleGeomSpace() {
	fmt.Println(jnp.GeomSpace(1, 8, 4).Round(2))
	// Output:
	// [1. 2. 4. 8.]
}
