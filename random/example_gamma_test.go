package random_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func ExamplePoisson() {
	k := random.Key(0)
	fmt.Println(random.Poisson(k, 3, 8), random.Dist{DType: jnp.Int16}.Poisson(k, 3).DType())
	// Output: [0 0 4 4 1 2 2 6] int16
}

func ExampleGamma() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.Gamma(k, 2, 3))) // shape 2
	fmt.Println(random.Dist{DType: jnp.Float16}.Gamma(k, 2, 3).DType())
	// Output:
	// [1.590 1.760 1.129]
	// float16
}

func ExampleLogGamma() {
	k := random.Key(0)
	// its logarithm is exact where gamma numbers are too small
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.LogGamma(k, 2, 3)))
	fmt.Println(random.Dist{DType: jnp.Float32}.LogGamma(k, 2, 3).DType())
	// Output:
	// [0.464 0.565 0.121]
	// float32
}

func ExampleBeta() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.Beta(k, 2, 3, 3)))
	fmt.Println(random.Dist{DType: jnp.Float32}.Beta(k, 2, 3, 3).DType())
	// Output:
	// [0.236 0.490 0.684]
	// float32
}

func ExampleChiSquare() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.ChiSquare(k, 4, 3))) // 4 degrees of freedom
	fmt.Println(random.Dist{DType: jnp.Float32}.ChiSquare(k, 4, 3).DType())
	// Output:
	// [3.180 3.520 2.258]
	// float32
}

func ExampleF() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.F(k, 4, 9, 3))) // 4 and 9 degrees of freedom
	fmt.Println(random.Dist{DType: jnp.Float32}.F(k, 4, 9, 3).DType())
	// Output:
	// [2.209 0.257 0.231]
	// float32
}

func ExampleT() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.T(k, 5, 3))) // 5 degrees of freedom
	fmt.Println(random.Dist{DType: jnp.Float32}.T(k, 5, 3).DType())
	// Output:
	// [0.759 -2.056 -1.282]
	// float32
}

func ExampleGeneralizedNormal() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.GeneralizedNormal(k, 1.5, 3))) // exponent 1.5
	fmt.Println(random.Dist{DType: jnp.Float32}.GeneralizedNormal(k, 1.5, 3).DType())
	// Output:
	// [1.060 0.089 -1.375]
	// float32
}

func ExampleBall() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.Ball(k, 2, 2, 2))) // two points in the unit disc
	fmt.Println(random.Dist{DType: jnp.Float32}.Ball(k, 2, 2, 2).DType())
	// Output:
	// [0.917 0.393 0.043 -0.909]
	// float32
}

func ExampleDirichlet() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.Dirichlet(k, jnp.FromSlice([]float32{1, 2, 3})))) // adds up to 1
	fmt.Println(random.Dist{DType: jnp.Float32}.Dirichlet(k, []float32{1, 2, 3}).DType())
	// Output:
	// [0.142 0.405 0.453]
	// float32
}
