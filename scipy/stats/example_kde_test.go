package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/stats"
)

func ExampleNewGaussianKDE() {
	k := stats.NewGaussianKDE(jnp.FromSlice([]float32{-1, 0, 0.5, 2}))
	fmt.Printf("%d %d %.4f\n", k.D(), k.N(), k.Covariance.Index(0, 0).Item())
	// Output:
	// 1 4 0.8974
}

func ExampleKDE_NewGaussianKDE() {
	o := stats.KDE{BWMethod: "silverman", Weights: []float32{1, 1, 1, 2}}
	k := o.NewGaussianKDE(jnp.FromSlice([]float32{-1, 0, 0.5, 2}))
	fmt.Printf("%v %.4f %.4f\n", k.Weights, k.Neff.Item(), k.Covariance.Index(0, 0).Item())
	// Output:
	// [0.2 0.2 0.2 0.4] 3.5714 1.2736
}

func ExampleGaussianKDE() {
	k := stats.NewGaussianKDE(jnp.FromSlice([]float32{-1, 0, 0.5, 2}))
	x := []float32{-1, 0, 1}
	fmt.Println(k.D(), "dimension,", k.N(), "points")
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](k.Evaluate(x)))
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](k.PDF(x))) // the same
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](k.LogPDF(x)))
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](k.Resample(random.Key(0), 3)))
	// Output:
	// 1 dimension, 4 points
	// [0.1963 0.2685 0.2235]
	// [0.1963 0.2685 0.2235]
	// [-1.6279 -1.3148 -1.4981]
	// [-3.314 0.072 2.195]
}

// The integral of the product with another density, and that between two numbers.
func ExampleGaussianKDE_IntegrateGaussian() {
	k := stats.NewGaussianKDE(jnp.FromSlice([]float32{-1, 0, 0.5, 2}))
	fmt.Printf("%.4f %.4f\n", k.IntegrateGaussian(0.0, 1.0).Item(), k.IntegrateKDE(k).Item())
	fmt.Printf("%.4f\n", k.IntegrateBox1D(-1.0, 1.0).Item())
	// Output:
	// 0.2211 0.1924
	// 0.4952
}
