package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func ExampleVonMises_LogPDF() {
	x := jnp.FromSlice([]float32{-1, 0, 3})
	y := stats.VonMises{Kappa: 2}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.5813 -0.6619 -4.6419]
}

func ExampleVonMises_PDF() {
	x := jnp.FromSlice([]float32{-1, 0, 3})
	y := stats.VonMises{Kappa: 2}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.2057 0.5159 0.0096]
}

func ExampleWrapCauchy_LogPDF() {
	x := jnp.FromSlice([]float32{0, 1, 3})
	y := stats.WrapCauchy{C: 0.4}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.9906 -1.6944 -2.6811]
}

func ExampleWrapCauchy_PDF() {
	x := jnp.FromSlice([]float32{0, 1, 3})
	y := stats.WrapCauchy{C: 0.4}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.3714 0.1837 0.0685]
}

func ExampleGenNorm_LogPDF() {
	x := jnp.FromSlice([]float32{-1, 0, 3})
	y := stats.GenNorm{Beta: 1.5}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.5908 -0.5908 -5.7870]
}

func ExampleGenNorm_PDF() {
	x := jnp.FromSlice([]float32{-1, 0, 3})
	y := stats.GenNorm{Beta: 1.5}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.2038 0.5539 0.0031]
}

func ExampleGenNorm_CDF() {
	x := jnp.FromSlice([]float32{-1, 0, 3})
	y := stats.GenNorm{Beta: 1.5}.CDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.1124 0.5000 0.9989]
}

func ExampleGenNorm_LogCDF() {
	x := jnp.FromSlice([]float32{-1, 0.5, 2})
	y := stats.GenNorm{Beta: 1.5}.LogCDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-2.1856 -0.2987 -0.0142]
}

func ExampleGenNorm_SF() {
	x := jnp.FromSlice([]float32{-1, 0.5, 2})
	y := stats.GenNorm{Beta: 1.5}.SF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.8876 0.2583 0.0141]
}

func ExampleGenNorm_LogSF() {
	x := jnp.FromSlice([]float32{-1, 0.5, 2})
	y := stats.GenNorm{Beta: 1.5}.LogSF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.1192 -1.3538 -4.2602]
}
