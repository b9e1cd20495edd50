package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func ExampleNorm_LogPDF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Norm{Loc: 1, Scale: 2}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-2.1121 -1.6121 -2.7371]
}

func ExampleNorm_PDF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Norm{Loc: 1, Scale: 2}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.1210 0.1995 0.0648]
}

func ExampleNorm_CDF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Norm{Loc: 1, Scale: 2}.CDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.1587 0.5000 0.9332]
}

func ExampleNorm_LogCDF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Norm{Loc: 1, Scale: 2}.LogCDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.8410 -0.6931 -0.0691]
}

func ExampleNorm_SF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Norm{Loc: 1, Scale: 2}.SF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.8413 0.5000 0.0668]
}

func ExampleNorm_LogSF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Norm{Loc: 1, Scale: 2}.LogSF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.1728 -0.6931 -2.7059]
}

func ExampleNorm_PPF() {
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Norm{Loc: 1, Scale: 2}.PPF(p)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.5631 1.0000 3.5631]
}

func ExampleNorm_ISF() {
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Norm{Loc: 1, Scale: 2}.ISF(p)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [3.5631 1.0000 -1.5631]
}

func ExampleTruncNorm_LogPDF() {
	x := jnp.FromSlice([]float32{-1.5, 0, 1})
	y := stats.TruncNorm{A: -1, B: 2}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-Inf -0.7188 -1.2188]
}

func ExampleTruncNorm_PDF() {
	x := jnp.FromSlice([]float32{-1.5, 0, 1})
	y := stats.TruncNorm{A: -1, B: 2}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 0.4874 0.2956]
}

func ExampleTruncNorm_CDF() {
	x := jnp.FromSlice([]float32{-1.5, 0, 1})
	y := stats.TruncNorm{A: -1, B: 2}.CDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 0.4170 0.8340]
}

func ExampleTruncNorm_LogCDF() {
	x := jnp.FromSlice([]float32{-1.5, 0, 1})
	y := stats.TruncNorm{A: -1, B: 2}.LogCDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-Inf -0.8747 -0.1815]
}

func ExampleTruncNorm_SF() {
	x := jnp.FromSlice([]float32{-1.5, 0, 1})
	y := stats.TruncNorm{A: -1, B: 2}.SF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [1.0000 0.5830 0.1660]
}

func ExampleTruncNorm_LogSF() {
	x := jnp.FromSlice([]float32{-1.5, 0, 1})
	y := stats.TruncNorm{A: -1, B: 2}.LogSF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 -0.5395 -1.7956]
}
