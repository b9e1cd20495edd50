package special_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func ExampleLpmn() {
	// P(m, l) at 0.5, the orders m as rows, and the derivatives.
	p, dp := special.Lpmn(2, 2, jnp.FromSlice([]float64{0.5}))
	fmt.Println(p.Squeeze(2).Round(4))
	fmt.Println(dp.Squeeze(2).Round(4))
	// Output:
	// [[ 1.     0.5   -0.125]
	//  [ 0.    -0.866 -1.299]
	//  [ 0.     0.     2.25 ]]
	// [[ 0.      1.      1.5   ]
	//  [ 0.      0.5774 -1.7321]
	//  [ 0.      0.     -3.    ]]
}

func ExampleLpmnValues() {
	fmt.Println(special.LpmnValues(1, 1, jnp.FromSlice([]float64{0, 0.5}), true).Round(4))
	// Output:
	// [[[ 0.2821  0.2821]
	//   [ 0.      0.2443]]
	//
	//  [[ 0.      0.    ]
	//   [-0.3455 -0.2992]]]
}

func ExampleSphHarmY() {
	n, m := jnp.FromSlice([]int{0, 1, 1}), jnp.FromSlice([]int{0, 0, 1})
	theta, phi := jnp.FromSlice([]float64{0, 0, 1.5707963}), jnp.FromSlice([]float64{0, 0, 0})
	fmt.Println(special.SphHarmY(n, m, theta, phi).Round(4))
	// Output: [ 0.2821+0.j  0.4886+0.j -0.3455-0.j]
}

func ExampleHarmonics_SphHarmY() {
	// The greatest degree is given, so that n may be traced.
	n, m := jnp.FromSlice([]int{2}), jnp.FromSlice([]int{-1})
	theta, phi := jnp.FromSlice([]float64{1}), jnp.FromSlice([]float64{0.5})
	fmt.Println(special.Harmonics{NMax: new(2)}.SphHarmY(n, m, theta, phi).Round(4))
	// Output: [0.3082-0.1684j]
}
