package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func ExampleMultivariateNormal() {
	d := stats.MultivariateNormal{Mean: []float32{0, 1}, Cov: [][]float32{{2, 1}, {1, 2}}}
	x := [][]float32{{0, 1}, {1, 1}}
	fmt.Printf("%.4f %.4f\n", jnp.ToSlice[float32](d.LogPDF(x)), jnp.ToSlice[float32](d.PDF(x)))
	// Output:
	// [-2.3872 -2.7205] [0.0919 0.0658]
}

// The last share may be left out.
func ExampleDirichlet() {
	d := stats.Dirichlet{Alpha: []float32{1, 2, 3}}
	fmt.Printf("%.4f %.4f\n", d.LogPDF([]float32{0.2, 0.3, 0.5}).Item(), d.LogPDF([]float32{0.2, 0.3}).Item())
	fmt.Printf("%.4f %.4f\n", d.PDF([]float32{0.2, 0.3, 0.5}).Item(), d.PDF([]float32{0.2, 0.3}).Item())
	// Output:
	// 1.5041 1.5041
	// 4.5000 4.5000
}

func ExampleMultinomial() {
	d := stats.Multinomial{N: 6, P: []float32{0.2, 0.3, 0.5}}
	fmt.Printf("%.4f %.4f\n", d.LogPMF([]int32{1, 2, 3}).Item(), d.LogPMF([]int32{1, 2, 2}).Item())
	fmt.Printf("%.4f %.4f\n", d.PMF([]int32{1, 2, 3}).Item(), d.PMF([]int32{1, 2, 2}).Item())
	// Output:
	// -2.0025 -Inf
	// 0.1350 0.0000
}
