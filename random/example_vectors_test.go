package random_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func ExampleMultivariateNormal() {
	k := random.Key(0)
	mean, cov := jnp.FromSlice([]float32{1, -1}), jnp.FromSlice([]float32{1, 0.5, 0.5, 2}, 2, 2)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.MultivariateNormal(k, mean, cov)))
	fmt.Println(random.Dist{DType: jnp.BFloat16}.MultivariateNormal(k, mean, cov, 5).Shape())
	// Output:
	// [2.623 2.490]
	// [5 2]
}

func ExampleDist_MultivariateNormal() {
	k := random.Key(3)
	// Of rank one, so that there is no Cholesky factor: what is drawn lies on a line.
	mean, cov := []float32{0, 0}, [][]float32{{4, 2}, {2, 1}}
	x := random.Dist{Factor: random.FactorSVD}.MultivariateNormal(k, mean, cov, 3)
	fmt.Printf("%.1f\n", jnp.ToSlice[float32](x.Index(jnp.All, 0).Div(x.Index(jnp.All, 1))))
	// Output: [2.0 2.0 2.0]
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

func ExampleDist_Normal() {
	k := random.Key(0)
	fmt.Println(random.Dist{DType: jnp.Complex64}.Normal(k, 2, 3).DType())
	// Output: complex64
}

func ExampleWrapKeyData() {
	keys := random.Split(random.Key(7), 4)
	same := random.WrapKeyData(keys.Data())
	fmt.Println(keys.Shape(), keys.NDim(), keys.Size(), keys.Len(), keys.Reshape(2, 2).Shape())
	fmt.Println(jnp.ArrayEqual(random.Clone(same.Index(1)).Data(), keys.Index(1).Data()))
	// Output:
	// [4] 1 4 4 [2 2]
	// True
}
