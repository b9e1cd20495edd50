package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func ExampleUniform_LogPDF() {
	x := jnp.FromSlice([]float32{0, 1.5, 4})
	y := stats.Uniform{Loc: 1, Scale: 2}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-Inf -0.6931 -Inf]
}

func ExampleUniform_PDF() {
	x := jnp.FromSlice([]float32{0, 1.5, 4})
	y := stats.Uniform{Loc: 1, Scale: 2}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 0.5000 0.0000]
}

func ExampleUniform_CDF() {
	x := jnp.FromSlice([]float32{0, 1.5, 4})
	y := stats.Uniform{Loc: 1, Scale: 2}.CDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 0.2500 1.0000]
}

func ExampleUniform_LogCDF() {
	x := jnp.FromSlice([]float32{0, 1.5, 2.5})
	y := stats.Uniform{Loc: 1, Scale: 2}.LogCDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-Inf -1.3863 -0.2877]
}

func ExampleUniform_SF() {
	x := jnp.FromSlice([]float32{0, 1.5, 2.5})
	y := stats.Uniform{Loc: 1, Scale: 2}.SF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [1.0000 0.7500 0.2500]
}

func ExampleUniform_LogSF() {
	x := jnp.FromSlice([]float32{0, 1.5, 2.5})
	y := stats.Uniform{Loc: 1, Scale: 2}.LogSF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 -0.2877 -1.3863]
}

func ExampleUniform_PPF() {
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Uniform{Loc: 1, Scale: 2}.PPF(p)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [1.2000 2.0000 2.8000]
}

func ExampleUniform_ISF() {
	q := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Uniform{Loc: 1, Scale: 2}.ISF(q)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [2.8000 2.0000 1.2000]
}

func ExampleExpon_LogPDF() {
	x := jnp.FromSlice([]float32{-1, 0.5, 4})
	y := stats.Expon{Scale: 2}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-Inf -0.9431 -2.6931]
}

func ExampleExpon_PDF() {
	x := jnp.FromSlice([]float32{-1, 0.5, 4})
	y := stats.Expon{Scale: 2}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 0.3894 0.0677]
}

func ExampleExpon_CDF() {
	x := jnp.FromSlice([]float32{-1, 0.5, 4})
	y := stats.Expon{Scale: 2}.CDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 0.2212 0.8647]
}

func ExampleExpon_LogCDF() {
	x := jnp.FromSlice([]float32{-1, 0.5, 4})
	y := stats.Expon{Scale: 2}.LogCDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-Inf -1.5087 -0.1454]
}

func ExampleExpon_SF() {
	x := jnp.FromSlice([]float32{-1, 0.5, 4})
	y := stats.Expon{Scale: 2}.SF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [1.0000 0.7788 0.1353]
}

func ExampleExpon_LogSF() {
	x := jnp.FromSlice([]float32{-1, 0.5, 4})
	y := stats.Expon{Scale: 2}.LogSF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0000 -0.2500 -2.0000]
}

func ExampleExpon_PPF() {
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Expon{Scale: 2}.PPF(p)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.2107 1.3863 4.6052]
}

func ExampleExpon_ISF() {
	q := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Expon{Scale: 2}.ISF(q)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [4.6052 1.3863 0.2107]
}

func ExampleCauchy_LogPDF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Cauchy{Loc: 1}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-2.7542 -1.1447 -3.4473]
}

func ExampleCauchy_PDF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Cauchy{Loc: 1}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.0637 0.3183 0.0318]
}

func ExampleCauchy_CDF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Cauchy{Loc: 1}.CDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.1476 0.5000 0.8976]
}

func ExampleCauchy_LogCDF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Cauchy{Loc: 1}.LogCDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.9134 -0.6931 -0.1080]
}

func ExampleCauchy_SF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Cauchy{Loc: 1}.SF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.8524 0.5000 0.1024]
}

func ExampleCauchy_LogSF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Cauchy{Loc: 1}.LogSF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.1597 -0.6931 -2.2787]
}

func ExampleCauchy_PPF() {
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Cauchy{Loc: 1}.PPF(p)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-2.0777 1.0000 4.0777]
}

func ExampleCauchy_ISF() {
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Cauchy{Loc: 1}.ISF(p)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [4.0777 1.0000 -2.0777]
}

func ExampleLaplace_LogPDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.Laplace{Scale: 2}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.8863 -1.3863 -3.3863]
}

func ExampleLaplace_PDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.Laplace{Scale: 2}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.1516 0.2500 0.0338]
}

func ExampleLaplace_CDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.Laplace{Scale: 2}.CDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.3033 0.5000 0.9323]
}

func ExampleLaplace_LogCDF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Laplace{Loc: 1, Scale: 2}.LogCDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.6931 -0.6931 -0.1183]
}

func ExampleLaplace_SF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Laplace{Loc: 1, Scale: 2}.SF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.8161 0.5000 0.1116]
}

func ExampleLaplace_LogSF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Laplace{Loc: 1, Scale: 2}.LogSF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.2033 -0.6931 -2.1931]
}

func ExampleLogistic_LogPDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.Logistic{Scale: 2}.LogPDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-2.1413 -2.0794 -2.9470]
}

func ExampleLogistic_PDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.Logistic{Scale: 2}.PDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.1175 0.1250 0.0525]
}

func ExampleLogistic_CDF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.Logistic{Scale: 2}.CDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.3775 0.5000 0.8808]
}

func ExampleLogistic_LogCDF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Logistic{Loc: 1, Scale: 2}.LogCDF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-1.3133 -0.6931 -0.2014]
}

func ExampleLogistic_SF() {
	x := jnp.FromSlice([]float32{-1, 0, 4})
	y := stats.Logistic{Scale: 2}.SF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.6225 0.5000 0.1192]
}

func ExampleLogistic_LogSF() {
	x := jnp.FromSlice([]float32{-1, 1, 4})
	y := stats.Logistic{Loc: 1, Scale: 2}.LogSF(x)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-0.3133 -0.6931 -1.7014]
}

func ExampleLogistic_PPF() {
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Logistic{Scale: 2}.PPF(p)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [-4.3944 0.0000 4.3944]
}

func ExampleLogistic_ISF() {
	p := jnp.FromSlice([]float32{0.1, 0.5, 0.9})
	y := stats.Logistic{Scale: 2}.ISF(p)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [4.3944 0.0000 -4.3944]
}
