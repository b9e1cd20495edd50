package special_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func ExampleGamma() {
	fmt.Println(special.Gamma(jnp.FromSlice([]float64{0.5, 5, -1.5})).Round(5))
	// Output: [ 1.77245 24.       2.36327]
}

func ExampleLogGamma() {
	fmt.Println(special.LogGamma(jnp.FromSlice([]float64{4, 0.5, -0.5})).Round(5)) // a negative real number has none
	fmt.Println(special.LogGamma(jnp.FromSlice([]complex128{-0.5})).Round(5))
	// Output:
	// [1.79176 0.57236     nan]
	// [1.26551-3.14159j]
}

func ExampleGammaSgn() {
	fmt.Println(special.GammaSgn(jnp.FromSlice([]float64{2.5, -0.5, -1.5, -1})))
	// Output: [ 1. -1.  1. nan]
}

func ExampleFactorial() {
	fmt.Println(special.Factorial(jnp.Arange(6)).Round())
	// Output: [  1.   1.   2.   6.  24. 120.]
}

func ExampleComb() {
	fmt.Println(special.Comb(5, jnp.Arange(7)).Round(0))
	// Output: [ 1.  5. 10. 10.  5.  1.  0.]
}

func ExampleCombination_Comb() {
	// Ways to choose 2 of 4, each as often as one likes.
	fmt.Println(special.Combination{Repetition: true}.Comb(4, 2).Round(0))
	// Output: 10.0
}

func ExampleDigamma() {
	fmt.Println(special.Digamma(jnp.FromSlice([]float64{1, 2, 0.5})).Round(5))
	// Output: [-0.57722  0.42278 -1.96351]
}

func ExamplePolygamma() {
	// The first is pi²/6.
	fmt.Println(special.Polygamma(jnp.FromSlice([]int{1, 2}), 1.0).Round(5))
	// Output: [ 1.64493 -2.40411]
}

func ExampleMultiGammaLn() {
	fmt.Println(special.MultiGammaLn(jnp.FromSlice([]float64{2.5, 10}), 2).Round(5))
	// Output: [ 0.85705 25.06353]
}

func ExampleBeta() {
	fmt.Println(special.Beta(2, jnp.FromSlice([]float64{1, 2, 0.5})).Round(5))
	// Output: [0.5     0.16667 1.33333]
}

func ExampleBetaLn() {
	// B(1e10, 1e10) itself is beyond floats.
	fmt.Println(special.BetaLn(1e10, 1e10))
	// Output: -13862943621.44632
}

func ExampleBetaInc() {
	fmt.Println(special.BetaInc(2, 3, jnp.FromSlice([]float64{0, 0.25, 0.5, 1})).Round(5))
	// Output: [0.      0.26172 0.6875  1.     ]
}

func ExamplePoch() {
	// 3·4·5·6 and 1·2·3.
	fmt.Println(special.Poch(jnp.FromSlice([]float64{3, 1}), jnp.FromSlice([]float64{4, 3})).Round(0))
	// Output: [360.   6.]
}

func ExampleGammaInc() {
	fmt.Println(special.GammaInc(2, jnp.FromSlice([]float64{0, 1, 2, 10})).Round(5))
	// Output: [0.      0.26424 0.59399 0.9995 ]
}

func ExampleGammaIncc() {
	fmt.Println(special.GammaIncc(1, 50.0)) // exp(-50)
	// Output: 1.9287498479639178e-22
}

func ExampleGammaLn() {
	fmt.Println(jnp.Exp(special.GammaLn(jnp.FromSlice([]float32{1, 3, 5}))).Round())
	// Output: [ 1.  2. 24.]
}
