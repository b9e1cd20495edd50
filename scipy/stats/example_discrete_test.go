package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func ExamplePoisson_Entropy() {
	mu := jnp.FromSlice([]float32{0, 1, 20, 300})
	y := stats.Poisson{Mu: mu}.Entropy()
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 1.3048 2.9125 4.2706]
}

func ExampleBernoulli() {
	d := stats.Bernoulli{P: 0.3}
	e := stats.Bernoulli{P: 0.25}
	k := jnp.FromSlice([]int32{0, 1, 3})
	l := jnp.FromSlice([]float32{-1, 0, 1})
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPMF", d.LogPMF(k))
	show("PMF", d.PMF(k))
	show("CDF", d.CDF(k))
	show("LogCDF", e.LogCDF(l))
	show("SF", e.SF(l))
	show("LogSF", e.LogSF(l))
	show("PPF", d.PPF(p))
	show("ISF", e.ISF(p))
	// Output:
	// LogPMF [-0.3567 -1.2040 -Inf]
	// PMF    [0.7000 0.3000 0.0000]
	// CDF    [0.7000 1.0000 1.0000]
	// LogCDF [-Inf -0.2877 0.0000]
	// SF     [1.0000 0.2500 0.0000]
	// LogSF  [0.0000 -1.3863 -Inf]
	// PPF    [0.0000 0.0000 1.0000]
	// ISF    [1.0000 0.0000 0.0000]
}

func ExampleBinom() {
	d := stats.Binom{N: 4, P: 0.3}
	k := jnp.FromSlice([]int32{0, 1, 3})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPMF", d.LogPMF(k))
	show("PMF", d.PMF(k))
	// Output:
	// LogPMF [-1.4267 -0.8877 -2.5823]
	// PMF    [0.2401 0.4116 0.0756]
}

func ExampleGeom() {
	d := stats.Geom{P: 0.3}
	k := jnp.FromSlice([]int32{0, 1, 3})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPMF", d.LogPMF(k))
	show("PMF", d.PMF(k))
	// Output:
	// LogPMF [-Inf -1.2040 -1.9173]
	// PMF    [0.0000 0.3000 0.1470]
}

func ExampleNBinom() {
	d := stats.NBinom{N: 4, P: 0.3}
	k := jnp.FromSlice([]int32{0, 1, 3})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPMF", d.LogPMF(k))
	show("PMF", d.PMF(k))
	// Output:
	// LogPMF [-4.8159 -3.7863 -2.8902]
	// PMF    [0.0081 0.0227 0.0556]
}

func ExampleBetaBinom() {
	d := stats.BetaBinom{N: 4, A: 2, B: 3}
	k := jnp.FromSlice([]int32{0, 1, 3})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPMF", d.LogPMF(k))
	show("PMF", d.PMF(k))
	// Output:
	// LogPMF [-1.5404 -1.2528 -1.7636]
	// PMF    [0.2143 0.2857 0.1714]
}

func ExamplePoisson() {
	d := stats.Poisson{Mu: 2.5}
	k := jnp.FromSlice([]int32{0, 1, 3})
	l := jnp.FromSlice([]float32{0, 2, 5})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPMF", d.LogPMF(k))
	show("PMF", d.PMF(k))
	show("CDF", d.CDF(k))
	show("LogCDF", d.LogCDF(l))
	show("SF", d.SF(l))
	show("LogSF", d.LogSF(l))
	// Output:
	// LogPMF [-2.5000 -1.5837 -1.5429]
	// PMF    [0.0821 0.2052 0.2138]
	// CDF    [0.0821 0.2873 0.7576]
	// LogCDF [-2.5000 -0.6091 -0.0429]
	// SF     [0.9179 0.4562 0.0420]
	// LogSF  [-0.0857 -0.7849 -3.1696]
}
