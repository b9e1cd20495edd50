package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func ExampleGumbelR() {
	d := stats.GumbelR{Scale: 2}
	e := stats.GumbelR{Loc: 1, Scale: 2}
	x := jnp.FromSlice([]float32{-1, 0, 4})
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPDF", d.LogPDF(x))
	show("PDF", d.PDF(x))
	show("CDF", d.CDF(x))
	show("LogCDF", d.LogCDF(x))
	show("SF", d.SF(x))
	show("LogSF", d.LogSF(x))
	show("PPF", d.PPF(p))
	show("ISF", e.ISF(p))
	// Output:
	// LogPDF [-1.8419 -1.6931 -2.8285]
	// PDF    [0.1585 0.1839 0.0591]
	// CDF    [0.1923 0.3679 0.8734]
	// LogCDF [-1.6487 -1.0000 -0.1353]
	// SF     [0.8077 0.6321 0.1266]
	// LogSF  [-0.2136 -0.4587 -2.0669]
	// PPF    [-1.6681 0.7330 4.5007]
	// ISF    [5.5007 1.7330 -0.6681]
}

func ExampleGumbelL() {
	d := stats.GumbelL{Scale: 2}
	e := stats.GumbelL{Loc: 1, Scale: 2}
	x := jnp.FromSlice([]float32{-1, 0, 4})
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPDF", d.LogPDF(x))
	show("PDF", d.PDF(x))
	show("CDF", d.CDF(x))
	show("LogCDF", d.LogCDF(x))
	show("SF", d.SF(x))
	show("LogSF", d.LogSF(x))
	show("PPF", d.PPF(p))
	show("ISF", e.ISF(p))
	// Output:
	// LogPDF [-1.7997 -1.6931 -6.0822]
	// PDF    [0.1654 0.1839 0.0023]
	// CDF    [0.4548 0.6321 0.9994]
	// LogCDF [-0.7880 -0.4587 -0.0006]
	// SF     [0.5452 0.3679 0.0006]
	// LogSF  [-0.6065 -1.0000 -7.3891]
	// PPF    [-4.5007 -0.7330 1.6681]
	// ISF    [2.6681 0.2670 -3.5007]
}
