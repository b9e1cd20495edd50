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

func ExampleGaussianKDE_D() {
	k := stats.NewGaussianKDE(jnp.AsArray([][]float32{{-1, 0, 0.5}, {2, 1, 0}}))
	fmt.Println(k.D())
	// Output:
	// 2
}

func ExampleGaussianKDE_N() {
	k := stats.NewGaussianKDE(jnp.AsArray([][]float32{{-1, 0, 0.5}, {2, 1, 0}}))
	fmt.Println(k.N())
	// Output:
	// 3
}

func ExampleGaussianKDE_Evaluate() {
	k := stats.NewGaussianKDE(jnp.FromSlice([]float32{-1, 0, 0.5, 2}))
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](k.Evaluate([]float32{-1, 0, 1})))
	// Output:
	// [0.1963 0.2685 0.2235]
}

func ExampleGaussianKDE_PDF() {
	k := stats.NewGaussianKDE(jnp.FromSlice([]float32{-1, 0, 0.5, 2}))
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](k.PDF([]float32{-1, 0, 1})))
	// Output:
	// [0.1963 0.2685 0.2235]
}

func ExampleGaussianKDE_LogPDF() {
	k := stats.NewGaussianKDE(jnp.FromSlice([]float32{-1, 0, 0.5, 2}))
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](k.LogPDF([]float32{-1, 0, 1})))
	// Output:
	// [-1.6279 -1.3148 -1.4981]
}

func ExampleGaussianKDE_IntegrateGaussian() {
	k := stats.NewGaussianKDE(jnp.FromSlice([]float32{-1, 0, 0.5, 2}))
	fmt.Printf("%.4f\n", k.IntegrateGaussian(0.0, 1.0).Item())
	// Output:
	// 0.2211
}

func ExampleGaussianKDE_IntegrateBox1D() {
	k := stats.NewGaussianKDE(jnp.FromSlice([]float32{-1, 0, 0.5, 2}))
	fmt.Printf("%.4f\n", k.IntegrateBox1D(-1.0, 1.0).Item())
	// Output:
	// 0.4952
}

func ExampleGaussianKDE_IntegrateKDE() {
	k := stats.NewGaussianKDE(jnp.FromSlice([]float32{-1, 0, 0.5, 2}))
	fmt.Printf("%.4f\n", k.IntegrateKDE(k).Item())
	// Output:
	// 0.1924
}

func ExampleGaussianKDE_Resample() {
	k := stats.NewGaussianKDE(jnp.FromSlice([]float32{-1, 0, 0.5, 2}))
	fmt.Printf("%.3f\n", jnp.ToSlice[float32](k.Resample(random.Key(0), 3)))
	// Output:
	// [-3.314 0.072 2.195]
}
