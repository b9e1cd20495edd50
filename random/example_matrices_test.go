package random_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func ExampleMultinomial() {
	k := random.Key(0)
	fmt.Println(random.Multinomial(k, 100, jnp.FromSlice([]float32{0.2, 0.5, 0.3}))) // how often each outcome, of 100
	fmt.Println(random.Dist{DType: jnp.Float32}.Multinomial(k, 100, []float32{0.2, 0.5, 0.3}).DType())
	// Output:
	// [14. 61. 25.]
	// float32
}

func ExampleOrthogonal() {
	k := random.Key(0)
	q := random.Orthogonal(k, 3, 3)
	fmt.Println(jnp.Tolerance{ATol: 1e-5}.AllClose(q.MatMul(q.T()), jnp.Eye(3)))
	fmt.Println(random.Dist{DType: jnp.Complex64}.Orthogonal(k, 4, 2, 7).Shape())
	// Output:
	// True
	// [7 4 2]
}
