package random_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func ExampleExponential() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.Exponential(k, 3)))
	fmt.Println(random.Dist{DType: jnp.Float16}.Exponential(k, 3).DType())
	// Output:
	// [2.950 3.843 0.404]
	// float16
}

func ExampleLaplace() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.Laplace(k, 3)))
	fmt.Println(random.Dist{DType: jnp.Float32}.Laplace(k, 3).DType())
	// Output:
	// [-2.257 -3.150 0.409]
	// float32
}

func ExampleLogistic() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.Logistic(k, 3)))
	fmt.Println(random.Dist{DType: jnp.Float32}.Logistic(k, 3).DType())
	// Output:
	// [2.896 3.822 -0.698]
	// float32
}

func ExampleCauchy() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.Cauchy(k, 3)))
	fmt.Println(random.Dist{DType: jnp.Float32}.Cauchy(k, 3).DType())
	// Output:
	// [6.027 14.838 -0.582]
	// float32
}

func ExampleGumbel() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.Gumbel(k, 3)))
	fmt.Println(random.Dist{DType: jnp.Float32}.Gumbel(k, 3).DType())
	// Output:
	// [2.923 3.833 -0.097]
	// float32
}

func ExampleTruncatedNormal() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.TruncatedNormal(k, -1, 1, 3))) // between -1 and 1
	fmt.Println(random.Dist{DType: jnp.Float32}.TruncatedNormal(k, -1, 1, 3).DType())
	// Output:
	// [0.862 0.941 -0.291]
	// float32
}

func ExampleLogNormal() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.LogNormal(k, 0.5, 3))) // exp of a normal number of deviation 0.5
	fmt.Println(random.Dist{DType: jnp.Float32}.LogNormal(k, 0.5, 3).DType())
	// Output:
	// [2.251 2.753 0.805]
	// float32
}

func ExamplePareto() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.Pareto(k, 3, 3))) // exponent 3
	fmt.Println(random.Dist{DType: jnp.Float32}.Pareto(k, 3, 3).DType())
	// Output:
	// [2.673 3.601 1.144]
	// float32
}

func ExampleRayleigh() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.Rayleigh(k, 2, 3))) // scale 2
	fmt.Println(random.Dist{DType: jnp.Float32}.Rayleigh(k, 2, 3).DType())
	// Output:
	// [0.656 0.416 2.969]
	// float32
}

func ExampleWeibullMin() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.WeibullMin(k, 1, 2, 3))) // scale 1, concentration 2
	fmt.Println(random.Dist{DType: jnp.Float32}.WeibullMin(k, 1, 2, 3).DType())
	// Output:
	// [1.718 1.960 0.636]
	// float32
}

func ExampleTriangular() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.Triangular(k, 0, 1, 3, 3))) // from 0 to 3, most often 1
	fmt.Println(random.Dist{DType: jnp.Float32}.Triangular(k, 0, 1, 3, 3).DType())
	// Output:
	// [2.440 2.642 0.998]
	// float32
}

func ExampleWald() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.Wald(k, 2, 3))) // mean 2
	fmt.Println(random.Dist{DType: jnp.Float32}.Wald(k, 2, 3).DType())
	// Output:
	// [0.533 0.598 0.725]
	// float32
}

func ExampleMaxwell() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.Maxwell(k, 3)))
	fmt.Println(random.Dist{DType: jnp.Float32}.Maxwell(k, 3).DType())
	// Output:
	// [2.631 0.991 0.965]
	// float32
}

func ExampleDoubleSidedMaxwell() {
	k := random.Key(0)
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](random.DoubleSidedMaxwell(k, 0, 1, 3))) // location 0, scale 1
	fmt.Println(random.Dist{DType: jnp.Float32}.DoubleSidedMaxwell(k, 0, 1, 3).DType())
	// Output:
	// [1.546 1.574 -2.083]
	// float32
}
