package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleEinsumPath() {
	path, cost := jnp.EinsumPath("ij,jk,kl->il", jnp.Zeros(3, 100), jnp.Zeros(100, 5), jnp.Zeros(5, 100))
	fmt.Println(path)
	fmt.Println(cost)
	// Output:
	// [[0 1] [0 1]]
	//   Complete contraction:  ij,jk,kl->il
	//       Naive FLOP count:  4.500e+05
	//   Optimized FLOP count:  6.000e+03
	//    Theoretical speedup:  7.500e+01
	//   Largest intermediate:  3.000e+02 elements
	//   jk,ij->ki
	//   kl,ki->il
}
