package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func ExampleBernoulli_LogPMF() {
	k := jnp.FromSlice([]int32{0, 1, 3})
	y := stats.Bernoulli{P: 0.3}.LogPMF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.3567 -1.2040 -Inf]
}

func ExampleBernoulli_PMF() {
	k := jnp.FromSlice([]int32{0, 1, 3})
	y := stats.Bernoulli{P: 0.3}.PMF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.7000 0.3000 0.0000]
}

func ExampleBernoulli_CDF() {
	k := jnp.FromSlice([]int32{0, 1, 3})
	y := stats.Bernoulli{P: 0.3}.CDF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.7000 1.0000 1.0000]
}

func ExampleBernoulli_LogCDF() {
	k := jnp.FromSlice([]float32{-1, 0, 1})
	y := stats.Bernoulli{P: 0.25}.LogCDF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-Inf -0.2877 0.0000]
}

func ExampleBernoulli_SF() {
	k := jnp.FromSlice([]float32{-1, 0, 1})
	y := stats.Bernoulli{P: 0.25}.SF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [1.0000 0.2500 0.0000]
}

func ExampleBernoulli_LogSF() {
	k := jnp.FromSlice([]float32{-1, 0, 1})
	y := stats.Bernoulli{P: 0.25}.LogSF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 -1.3863 -Inf]
}

func ExampleBernoulli_PPF() {
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Bernoulli{P: 0.3}.PPF(p)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 0.0000 1.0000]
}

func ExampleBernoulli_ISF() {
	q := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Bernoulli{P: 0.25}.ISF(q)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [1.0000 0.0000 0.0000]
}

func ExampleBinom_LogPMF() {
	k := jnp.FromSlice([]int32{0, 1, 3})
	y := stats.Binom{N: 4, P: 0.3}.LogPMF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.4267 -0.8877 -2.5823]
}

func ExampleBinom_PMF() {
	k := jnp.FromSlice([]int32{0, 1, 3})
	y := stats.Binom{N: 4, P: 0.3}.PMF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.2401 0.4116 0.0756]
}

func ExampleGeom_LogPMF() {
	k := jnp.FromSlice([]int32{0, 1, 3})
	y := stats.Geom{P: 0.3}.LogPMF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-Inf -1.2040 -1.9173]
}

func ExampleGeom_PMF() {
	k := jnp.FromSlice([]int32{0, 1, 3})
	y := stats.Geom{P: 0.3}.PMF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 0.3000 0.1470]
}

func ExampleNBinom_LogPMF() {
	k := jnp.FromSlice([]int32{0, 1, 3})
	y := stats.NBinom{N: 4, P: 0.3}.LogPMF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-4.8159 -3.7863 -2.8902]
}

func ExampleNBinom_PMF() {
	k := jnp.FromSlice([]int32{0, 1, 3})
	y := stats.NBinom{N: 4, P: 0.3}.PMF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0081 0.0227 0.0556]
}

func ExampleBetaBinom_LogPMF() {
	k := jnp.FromSlice([]int32{0, 1, 3})
	y := stats.BetaBinom{N: 4, A: 2, B: 3}.LogPMF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.5404 -1.2528 -1.7636]
}

func ExampleBetaBinom_PMF() {
	k := jnp.FromSlice([]int32{0, 1, 3})
	y := stats.BetaBinom{N: 4, A: 2, B: 3}.PMF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.2143 0.2857 0.1714]
}

func ExamplePoisson_LogPMF() {
	k := jnp.FromSlice([]int32{0, 1, 3})
	y := stats.Poisson{Mu: 2.5}.LogPMF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-2.5000 -1.5837 -1.5429]
}

func ExamplePoisson_PMF() {
	k := jnp.FromSlice([]int32{0, 1, 3})
	y := stats.Poisson{Mu: 2.5}.PMF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0821 0.2052 0.2138]
}

func ExamplePoisson_CDF() {
	k := jnp.FromSlice([]int32{0, 1, 3})
	y := stats.Poisson{Mu: 2.5}.CDF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0821 0.2873 0.7576]
}

func ExamplePoisson_LogCDF() {
	k := jnp.FromSlice([]float32{0, 2, 5})
	y := stats.Poisson{Mu: 2.5}.LogCDF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-2.5000 -0.6091 -0.0429]
}

func ExamplePoisson_SF() {
	k := jnp.FromSlice([]float32{0, 2, 5})
	y := stats.Poisson{Mu: 2.5}.SF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.9179 0.4562 0.0420]
}

func ExamplePoisson_LogSF() {
	k := jnp.FromSlice([]float32{0, 2, 5})
	y := stats.Poisson{Mu: 2.5}.LogSF(k)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.0857 -0.7849 -3.1696]
}

func ExamplePoisson_Entropy() {
	mu := jnp.FromSlice([]float32{0, 1, 20, 300})
	y := stats.Poisson{Mu: mu}.Entropy()
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 1.3048 2.9125 4.2706]
}
