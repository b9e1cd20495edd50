package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func ExampleNorm() {
	d := stats.Norm{Loc: 1, Scale: 2}
	x := jnp.FromSlice([]float32{-1, 1, 4})
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
	// LogPDF [-2.1121 -1.6121 -2.7371]
	// PDF    [0.1210 0.1995 0.0648]
	// CDF    [0.1587 0.5000 0.9332]
	// LogCDF [-1.8410 -0.6931 -0.0691]
	// SF     [0.8413 0.5000 0.0668]
	// LogSF  [-0.1728 -0.6931 -2.7059]
	// PPF    [-1.5631 1.0000 3.5631]
	// ISF    [3.5631 1.0000 -1.5631]
}

func ExampleTruncNorm() {
	d := stats.TruncNorm{A: -1, B: 2}
	x := jnp.FromSlice([]float32{-1.5, 0, 1})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPDF", d.LogPDF(x))
	show("PDF", d.PDF(x))
	show("CDF", d.CDF(x))
	show("LogCDF", d.LogCDF(x))
	show("SF", d.SF(x))
	show("LogSF", d.LogSF(x))
	// Output:
	// LogPDF [-Inf -0.7188 -1.2188]
	// PDF    [0.0000 0.4874 0.2956]
	// CDF    [0.0000 0.4170 0.8340]
	// LogCDF [-Inf -0.8747 -0.1815]
	// SF     [1.0000 0.5830 0.1660]
	// LogSF  [0.0000 -0.5395 -1.7956]
}
