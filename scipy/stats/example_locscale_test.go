package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func ExampleUniform() {
	d := stats.Uniform{Loc: 1, Scale: 2}
	x := jnp.FromSlice([]float32{0, 1.5, 4})
	y := jnp.FromSlice([]float32{0, 1.5, 2.5})
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPDF", d.LogPDF(x))
	show("PDF", d.PDF(x))
	show("CDF", d.CDF(x))
	show("LogCDF", d.LogCDF(y))
	show("SF", d.SF(y))
	show("LogSF", d.LogSF(y))
	show("PPF", d.PPF(p))
	show("ISF", d.ISF(p))
	// Output:
	// LogPDF [-Inf -0.6931 -Inf]
	// PDF    [0.0000 0.5000 0.0000]
	// CDF    [0.0000 0.2500 1.0000]
	// LogCDF [-Inf -1.3863 -0.2877]
	// SF     [1.0000 0.7500 0.2500]
	// LogSF  [0.0000 -0.2877 -1.3863]
	// PPF    [1.2000 2.0000 2.8000]
	// ISF    [2.8000 2.0000 1.2000]
}

func ExampleExpon() {
	d := stats.Expon{Scale: 2}
	x := jnp.FromSlice([]float32{-1, 0.5, 4})
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
	// LogPDF [-Inf -0.9431 -2.6931]
	// PDF    [0.0000 0.3894 0.0677]
	// CDF    [0.0000 0.2212 0.8647]
	// LogCDF [-Inf -1.5087 -0.1454]
	// SF     [1.0000 0.7788 0.1353]
	// LogSF  [0.0000 -0.2500 -2.0000]
	// PPF    [0.2107 1.3863 4.6052]
	// ISF    [4.6052 1.3863 0.2107]
}

func ExampleCauchy() {
	d := stats.Cauchy{Loc: 1}
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
	// LogPDF [-2.7542 -1.1447 -3.4473]
	// PDF    [0.0637 0.3183 0.0318]
	// CDF    [0.1476 0.5000 0.8976]
	// LogCDF [-1.9134 -0.6931 -0.1080]
	// SF     [0.8524 0.5000 0.1024]
	// LogSF  [-0.1597 -0.6931 -2.2787]
	// PPF    [-2.0777 1.0000 4.0777]
	// ISF    [4.0777 1.0000 -2.0777]
}

func ExampleLaplace() {
	d := stats.Laplace{Scale: 2}
	e := stats.Laplace{Loc: 1, Scale: 2}
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := jnp.FromSlice([]float32{-1, 1, 4})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPDF", d.LogPDF(x))
	show("PDF", d.PDF(x))
	show("CDF", d.CDF(x))
	show("LogCDF", e.LogCDF(y))
	show("SF", e.SF(y))
	show("LogSF", e.LogSF(y))
	// Output:
	// LogPDF [-1.8863 -1.3863 -3.3863]
	// PDF    [0.1516 0.2500 0.0338]
	// CDF    [0.3033 0.5000 0.9323]
	// LogCDF [-1.6931 -0.6931 -0.1183]
	// SF     [0.8161 0.5000 0.1116]
	// LogSF  [-0.2033 -0.6931 -2.1931]
}

func ExampleLogistic() {
	d := stats.Logistic{Scale: 2}
	e := stats.Logistic{Loc: 1, Scale: 2}
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := jnp.FromSlice([]float32{-1, 1, 4})
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	show := func(name string, y jnp.Array) { fmt.Printf("%-6s %.4f\n", name, jnp.ToSlice[float32](y)) }
	show("LogPDF", d.LogPDF(x))
	show("PDF", d.PDF(x))
	show("CDF", d.CDF(x))
	show("LogCDF", e.LogCDF(y))
	show("SF", d.SF(x))
	show("LogSF", e.LogSF(y))
	show("PPF", d.PPF(p))
	show("ISF", d.ISF(p))
	// Output:
	// LogPDF [-2.1413 -2.0794 -2.9470]
	// PDF    [0.1175 0.1250 0.0525]
	// CDF    [0.3775 0.5000 0.8808]
	// LogCDF [-1.3133 -0.6931 -0.2014]
	// SF     [0.6225 0.5000 0.1192]
	// LogSF  [-0.3133 -0.6931 -1.7014]
	// PPF    [-4.3944 0.0000 4.3944]
	// ISF    [4.3944 0.0000 -4.3944]
}
