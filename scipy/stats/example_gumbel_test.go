package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func ExampleGumbelR_LogPDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.GumbelR{Scale: 2}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.8419 -1.6931 -2.8285]
}

func ExampleGumbelR_PDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.GumbelR{Scale: 2}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.1585 0.1839 0.0591]
}

func ExampleGumbelR_CDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.GumbelR{Scale: 2}.CDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.1923 0.3679 0.8734]
}

func ExampleGumbelR_LogCDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.GumbelR{Scale: 2}.LogCDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.6487 -1.0000 -0.1353]
}

func ExampleGumbelR_SF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.GumbelR{Scale: 2}.SF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.8077 0.6321 0.1266]
}

func ExampleGumbelR_LogSF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.GumbelR{Scale: 2}.LogSF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.2136 -0.4587 -2.0669]
}

func ExampleGumbelR_PPF() {
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.GumbelR{Scale: 2}.PPF(p)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.6681 0.7330 4.5007]
}

func ExampleGumbelR_ISF() {
	q := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.GumbelR{Loc: 1, Scale: 2}.ISF(q)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [5.5007 1.7330 -0.6681]
}

func ExampleGumbelL_LogPDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.GumbelL{Scale: 2}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.7997 -1.6931 -6.0822]
}

func ExampleGumbelL_PDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.GumbelL{Scale: 2}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.1654 0.1839 0.0023]
}

func ExampleGumbelL_CDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.GumbelL{Scale: 2}.CDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.4548 0.6321 0.9994]
}

func ExampleGumbelL_LogCDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.GumbelL{Scale: 2}.LogCDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.7880 -0.4587 -0.0006]
}

func ExampleGumbelL_SF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.GumbelL{Scale: 2}.SF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.5452 0.3679 0.0006]
}

func ExampleGumbelL_LogSF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.GumbelL{Scale: 2}.LogSF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.6065 -1.0000 -7.3891]
}

func ExampleGumbelL_PPF() {
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.GumbelL{Scale: 2}.PPF(p)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-4.5007 -0.7330 1.6681]
}

func ExampleGumbelL_ISF() {
	q := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.GumbelL{Loc: 1, Scale: 2}.ISF(q)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [2.6681 0.2670 -3.5007]
}
