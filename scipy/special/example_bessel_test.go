package special_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func ExampleI0() {
	fmt.Println(special.I0(jnp.FromSlice([]float64{0, 1, -1})).Round(5))
	// Output: [1.      1.26607 1.26607]
}

func ExampleI0e() {
	fmt.Println(special.I0e(jnp.FromSlice([]float64{0, 1, 1000})).Round(5))
	// Output: [1.      0.46576 0.01262]
}

func ExampleI1() {
	fmt.Println(special.I1(jnp.FromSlice([]float64{0, 1, -1})).Round(5))
	// Output: [ 0.       0.56516 -0.56516]
}

func ExampleI1e() {
	fmt.Println(special.I1e(jnp.FromSlice([]float64{0, 1, -1000})).Round(5))
	// Output: [ 0.       0.20791 -0.01261]
}

func ExampleBesselJn() {
	// J0, J1 and J2 at two points.
	fmt.Println(special.BesselJn(jnp.FromSlice([]float64{1, 2}), 2).Round(5))
	// Output:
	// [[0.7652  0.22389]
	//  [0.44005 0.57672]
	//  [0.1149  0.35283]]
}

func ExampleRecurrence_BesselJn() {
	fmt.Println(special.Recurrence{Iterations: 120}.BesselJn(jnp.FromSlice([]float64{60}), 1).Round(5))
	// Output:
	// [[-0.09147]
	//  [ 0.0466 ]]
}
