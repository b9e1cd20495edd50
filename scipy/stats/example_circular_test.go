package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func ExampleVonMises() {
	d := stats.VonMises{Kappa: 2}
	x := jnp.FromSlice([]float32{-1, 0, 3})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPDF", d.LogPDF(x))
	show("PDF", d.PDF(x))
	// Output:
	// LogPDF [-1.5813 -0.6619 -4.6419]
	// PDF    [0.2057 0.5159 0.0096]
}

func ExampleWrapCauchy() {
	d := stats.WrapCauchy{C: 0.4}
	x := jnp.FromSlice([]float32{0, 1, 3})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPDF", d.LogPDF(x))
	show("PDF", d.PDF(x))
	// Output:
	// LogPDF [-0.9906 -1.6944 -2.6811]
	// PDF    [0.3714 0.1837 0.0685]
}

func ExampleGenNorm() {
	d := stats.GenNorm{Beta: 1.5}
	x := jnp.FromSlice([]float32{-1, 0, 3})
	y := jnp.FromSlice([]float32{-1, 0.5, 2})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPDF", d.LogPDF(x))
	show("PDF", d.PDF(x))
	show("CDF", d.CDF(x))
	show("LogCDF", d.LogCDF(y))
	show("SF", d.SF(y))
	show("LogSF", d.LogSF(y))
	// Output:
	// LogPDF [-1.5908 -0.5908 -5.7870]
	// PDF    [0.2038 0.5539 0.0031]
	// CDF    [0.1124 0.5000 0.9989]
	// LogCDF [-2.1856 -0.2987 -0.0142]
	// SF     [0.8876 0.2583 0.0141]
	// LogSF  [-0.1192 -1.3538 -4.2602]
}
