package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func ExampleGamma() {
	d := stats.Gamma{A: 2.5}
	x := jnp.FromSlice([]float32{0.5, 2, 6})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPDF", d.LogPDF(x))
	show("PDF", d.PDF(x))
	show("CDF", d.CDF(x))
	show("LogCDF", d.LogCDF(x))
	show("SF", d.SF(x))
	show("LogSF", d.LogSF(x))
	// Output:
	// LogPDF [-1.8244 -1.2450 -3.5970]
	// PDF    [0.1613 0.2880 0.0274]
	// CDF    [0.0374 0.4506 0.9652]
	// LogCDF [-3.2852 -0.7972 -0.0354]
	// SF     [0.9626 0.5494 0.0348]
	// LogSF  [-0.0382 -0.5989 -3.3585]
}

func ExampleChi2() {
	d := stats.Chi2{DF: 3}
	x := jnp.FromSlice([]float32{0.5, 2, 6})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPDF", d.LogPDF(x))
	show("PDF", d.PDF(x))
	show("CDF", d.CDF(x))
	show("LogCDF", d.LogCDF(x))
	show("SF", d.SF(x))
	show("LogSF", d.LogSF(x))
	// Output:
	// LogPDF [-1.5155 -1.5724 -3.0231]
	// PDF    [0.2197 0.2076 0.0487]
	// CDF    [0.0811 0.4276 0.8884]
	// LogCDF [-2.5120 -0.8496 -0.1183]
	// SF     [0.9189 0.5724 0.1116]
	// LogSF  [-0.0846 -0.5579 -2.1927]
}

func ExampleBeta() {
	d := stats.Beta{A: 2, B: 3}
	x := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPDF", d.LogPDF(x))
	show("PDF", d.PDF(x))
	show("CDF", d.CDF(x))
	show("LogCDF", d.LogCDF(x))
	show("SF", d.SF(x))
	show("LogSF", d.LogSF(x))
	// Output:
	// LogPDF [-0.0284 0.4055 -2.2256]
	// PDF    [0.9720 1.5000 0.1080]
	// CDF    [0.0523 0.6875 0.9963]
	// LogCDF [-2.9508 -0.3747 -0.0037]
	// SF     [0.9477 0.3125 0.0037]
	// LogSF  [-0.0537 -1.1632 -5.5994]
}

func ExampleT() {
	d := stats.T{DF: 5}
	x := jnp.FromSlice([]float32{-1, 0, 4})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPDF", d.LogPDF(x))
	show("PDF", d.PDF(x))
	// Output:
	// LogPDF [-1.5156 -0.9686 -5.2739]
	// PDF    [0.2197 0.3796 0.0051]
}

func ExamplePareto() {
	d := stats.Pareto{B: 2}
	x := jnp.FromSlice([]float32{0.5, 1.5, 4})
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPDF", d.LogPDF(x))
	show("PDF", d.PDF(x))
	show("CDF", d.CDF(x))
	show("LogCDF", d.LogCDF(x))
	show("SF", d.SF(x))
	show("LogSF", d.LogSF(x))
	show("PPF", d.PPF(p))
	show("ISF", d.ISF(p))
	// Output:
	// LogPDF [-Inf -0.5232 -3.4657]
	// PDF    [0.0000 0.5926 0.0312]
	// CDF    [0.0000 0.5556 0.9375]
	// LogCDF [-Inf -0.5878 -0.0645]
	// SF     [1.0000 0.4444 0.0625]
	// LogSF  [0.0000 -0.8109 -2.7726]
	// PPF    [1.0541 1.4142 3.1623]
	// ISF    [3.1623 1.4142 1.0541]
}
