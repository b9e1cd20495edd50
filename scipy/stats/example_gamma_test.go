package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func ExampleGamma_LogPDF() {
	x := jnp.FromSlice([]float32{0.5, 2, 6})
	y := stats.Gamma{A: 2.5}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.8244 -1.2450 -3.5970]
}

func ExampleGamma_PDF() {
	x := jnp.FromSlice([]float32{0.5, 2, 6})
	y := stats.Gamma{A: 2.5}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.1613 0.2880 0.0274]
}

func ExampleGamma_CDF() {
	x := jnp.FromSlice([]float32{0.5, 2, 6})
	y := stats.Gamma{A: 2.5}.CDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0374 0.4506 0.9652]
}

func ExampleGamma_LogCDF() {
	x := jnp.FromSlice([]float32{0.5, 2, 6})
	y := stats.Gamma{A: 2.5}.LogCDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-3.2852 -0.7972 -0.0354]
}

func ExampleGamma_SF() {
	x := jnp.FromSlice([]float32{0.5, 2, 6})
	y := stats.Gamma{A: 2.5}.SF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.9626 0.5494 0.0348]
}

func ExampleGamma_LogSF() {
	x := jnp.FromSlice([]float32{0.5, 2, 6})
	y := stats.Gamma{A: 2.5}.LogSF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.0382 -0.5989 -3.3585]
}

func ExampleChi2_LogPDF() {
	x := jnp.FromSlice([]float32{0.5, 2, 6})
	y := stats.Chi2{DF: 3}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.5155 -1.5724 -3.0231]
}

func ExampleChi2_PDF() {
	x := jnp.FromSlice([]float32{0.5, 2, 6})
	y := stats.Chi2{DF: 3}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.2197 0.2076 0.0487]
}

func ExampleChi2_CDF() {
	x := jnp.FromSlice([]float32{0.5, 2, 6})
	y := stats.Chi2{DF: 3}.CDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0811 0.4276 0.8884]
}

func ExampleChi2_LogCDF() {
	x := jnp.FromSlice([]float32{0.5, 2, 6})
	y := stats.Chi2{DF: 3}.LogCDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-2.5120 -0.8496 -0.1183]
}

func ExampleChi2_SF() {
	x := jnp.FromSlice([]float32{0.5, 2, 6})
	y := stats.Chi2{DF: 3}.SF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.9189 0.5724 0.1116]
}

func ExampleChi2_LogSF() {
	x := jnp.FromSlice([]float32{0.5, 2, 6})
	y := stats.Chi2{DF: 3}.LogSF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.0846 -0.5579 -2.1927]
}

func ExampleBeta_LogPDF() {
	x := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Beta{A: 2, B: 3}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.0284 0.4055 -2.2256]
}

func ExampleBeta_PDF() {
	x := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Beta{A: 2, B: 3}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.9720 1.5000 0.1080]
}

func ExampleBeta_CDF() {
	x := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Beta{A: 2, B: 3}.CDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0523 0.6875 0.9963]
}

func ExampleBeta_LogCDF() {
	x := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Beta{A: 2, B: 3}.LogCDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-2.9508 -0.3747 -0.0037]
}

func ExampleBeta_SF() {
	x := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Beta{A: 2, B: 3}.SF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.9477 0.3125 0.0037]
}

func ExampleBeta_LogSF() {
	x := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Beta{A: 2, B: 3}.LogSF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.0537 -1.1632 -5.5994]
}

func ExampleT_LogPDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.T{DF: 5}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.5156 -0.9686 -5.2739]
}

func ExampleT_PDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.T{DF: 5}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.2197 0.3796 0.0051]
}

func ExamplePareto_LogPDF() {
	x := jnp.FromSlice([]float32{0.5, 1.5, 4})
	y := stats.Pareto{B: 2}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-Inf -0.5232 -3.4657]
}

func ExamplePareto_PDF() {
	x := jnp.FromSlice([]float32{0.5, 1.5, 4})
	y := stats.Pareto{B: 2}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 0.5926 0.0312]
}

func ExamplePareto_CDF() {
	x := jnp.FromSlice([]float32{0.5, 1.5, 4})
	y := stats.Pareto{B: 2}.CDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 0.5556 0.9375]
}

func ExamplePareto_LogCDF() {
	x := jnp.FromSlice([]float32{0.5, 1.5, 4})
	y := stats.Pareto{B: 2}.LogCDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-Inf -0.5878 -0.0645]
}

func ExamplePareto_SF() {
	x := jnp.FromSlice([]float32{0.5, 1.5, 4})
	y := stats.Pareto{B: 2}.SF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [1.0000 0.4444 0.0625]
}

func ExamplePareto_LogSF() {
	x := jnp.FromSlice([]float32{0.5, 1.5, 4})
	y := stats.Pareto{B: 2}.LogSF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 -0.8109 -2.7726]
}

func ExamplePareto_PPF() {
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Pareto{B: 2}.PPF(p)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [1.0541 1.4142 3.1623]
}

func ExamplePareto_ISF() {
	q := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Pareto{B: 2}.ISF(q)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [3.1623 1.4142 1.0541]
}
