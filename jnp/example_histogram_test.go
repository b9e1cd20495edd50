package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleBinCount() {
	x := jnp.FromSlice([]int32{1, 1, 3, 0, 1})
	fmt.Println(jnp.BinCount(x))
	fmt.Println(jnp.Counting{Weights: jnp.FromSlice([]float32{1, 2, 3, 4, 5}), Length: 5}.BinCount(x))
	// Output:
	// [1 3 0 1]
	// [4. 8. 0. 3. 0.]
}

func ExampleHistogram() {
	counts, edges := jnp.Histogram(jnp.FromSlice([]float32{0, 1, 1, 2, 10}))
	fmt.Println(counts)
	fmt.Println(edges)
	// Output:
	// [1. 2. 1. 0. 0. 0. 0. 0. 0. 1.]
	// [ 0.  1.  2.  3.  4.  5.  6.  7.  8.  9. 10.]
}

func ExampleHistograms_Histogram() {
	x := jnp.FromSlice([]float32{0.5, 1, 1.5, 3})
	counts, edges := jnp.Histograms{Bins: []float64{0, 1, 2, 4}}.Histogram(x)
	fmt.Println(counts, edges)
	density, _ := jnp.Histograms{Bins: 2, Range: [2]float64{0, 4}, Density: true}.Histogram(x)
	fmt.Println(density)
	// Output:
	// [1. 2. 1.] [0. 1. 2. 4.]
	// [0.375 0.125]
}

func ExampleHistogramBinEdges() {
	x := jnp.FromSlice([]float32{1, 2, 5})
	fmt.Println(jnp.Histograms{Bins: 4}.HistogramBinEdges(x))
	fmt.Println(jnp.HistogramBinEdges(x).Shape())
	// Output:
	// [1. 2. 3. 4. 5.]
	// [11]
}

func ExampleHistogram2D() {
	x, y := jnp.FromSlice([]float32{0, 0, 1}), jnp.FromSlice([]float32{0, 2, 2})
	counts, xEdges, yEdges := jnp.Histograms{Bins: 2}.Histogram2D(x, y)
	fmt.Println(counts)
	fmt.Println(xEdges, yEdges)
	counts, _, _ = jnp.Histogram2D(x, y)
	fmt.Println(counts.Shape())
	// Output:
	// [[1 1]
	//  [0 1]]
	// [0.  0.5 1. ] [0. 1. 2.]
	// [10 10]
}

func ExampleHistogramDD() {
	points := jnp.FromSlice([]float32{0, 0, 0, 2, 1, 2}).Reshape(3, 2)
	counts, edges := jnp.Histograms{Bins: []int{2, 1}}.HistogramDD(points)
	fmt.Println(counts)
	fmt.Println(edges)
	counts, _ = jnp.HistogramDD(points)
	fmt.Println(counts.Shape())
	// Output:
	// [[2]
	//  [1]]
	// [[0.  0.5 1. ] [0. 2.]]
	// [10 10]
}
